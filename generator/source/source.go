// Package source turns manuscripts, the texts that somebody published, into
// drafts: names as written there, each value with its evidence. It knows the
// vocabulary, not the archive that the drafts go to.
package source

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"iter"
	"strings"

	"chancery/generator/archive"
	"chancery/generator/manuscript"
)

// A text is what a shape is read from: lines, and what their file says of them.
type text struct {
	lines  []line
	claims []manuscript.Claim
}

// isWhole says whether the file gives the text as one document: it states its
// title, or where it stood.
func (t text) isWhole() bool {
	for _, c := range t.claims {
		if c.Field == "title" || c.Field == "original" {
			return true
		}
	}
	return false
}

// A Shape is a form in which texts stand.
type Shape struct {
	Name      string
	Several   bool // whether a text of this shape holds several documents
	Recognise func(g *reading) bool
	Read      func(g *reading) []*reading
	// Cut gives how many of the first lines hold whole documents, where the
	// text goes on behind them; nil where a text is one document.
	Cut func(lines []line) int
}

// Shapes lists the shapes in the order in which they are tried. The last one
// is that of every text.
var Shapes = []Shape{
	{"channel copied from Telegram Desktop", true, isDesktopCopy, readDesktopCopy, cutDesktopCopy},
	{"chat copied from a messenger", true, isChat, readChat, cutChat},
	{"channel's page", true, isPreview, readPreview, cutPreview},
	{"channel dump", true, isDump, readDump, cutDump},
	{"posts one below the other", true, isPosts, readPosts, cutPosts},
	{"wire story", false, isWire, readWire, nil},
	{"page with a header", false, isPage, readPage, nil},
	{"news text", false, isNews, readNews, nil},
}

// A Reader reads manuscripts with the names of one vocabulary. It may be used
// by several goroutines at once.
type Reader struct {
	vocabulary *archive.Vocabulary
	names      [len(archive.Facets)]*gazetteer
	traced     bool
	lastYear   int // the latest year that an edition in the vocabulary has
}

// NewReader gives the reader for a vocabulary.
func NewReader(v *archive.Vocabulary) *Reader {
	r := &Reader{vocabulary: v}
	for _, f := range archive.Facets {
		r.names[f] = newGazetteer(v.Terms(f))
	}
	for _, t := range v.Terms(archive.Venues) {
		r.lastYear = max(r.lastYear, t.Venue.Since)
		for _, e := range t.Venue.Editions {
			year, _, _ := e.End.Civil()
			r.lastYear = max(r.lastYear, year)
		}
	}
	return r
}

// Drafts yields the drafts of one source file's manuscripts, in their order.
// What stands in the way of reading one is told.
func (r *Reader) Drafts(manuscripts iter.Seq[manuscript.Manuscript], tell func(line int, what, mend string)) iter.Seq[archive.Draft] {
	return func(yield func(archive.Draft) bool) {
		s := series{reader: r, yield: yield, tell: tell, digests: map[uint64]int32{}}
		for m := range manuscripts {
			if !s.take(&m) {
				return
			}
		}
		s.flush()
	}
}

// finished makes the last of a reading, and gives its draft.
func (g *reading) finished(digests map[uint64]int32) archive.Draft {
	g.finish()
	g.draft.Digest = digest(g.raw, digests)
	return g.draft
}

// digest names a text by its words: white space at the ends of lines and empty
// lines do not count. A text that comes again in one source document is
// another document, so its count goes in.
func digest(lines []line, seen map[uint64]int32) string {
	h := sha256.New()
	for _, l := range lines {
		if s := strings.TrimSpace(l.text); s != "" {
			h.Write([]byte(s))
			h.Write([]byte{'\n'})
		}
	}
	sum := h.Sum(nil)[:16]
	key := binary.BigEndian.Uint64(sum) // enough to tell the texts of one file apart
	seen[key]++
	if n := seen[key]; n > 1 {
		return fmt.Sprintf("%x-%d", sum, n)
	}
	return hex.EncodeToString(sum)
}
