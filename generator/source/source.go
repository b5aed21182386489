// Package source turns a source document, the text that somebody published,
// into drafts: names as written there, each value with its evidence. It knows
// the vocabulary, not the archive that the drafts go to.
package source

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"unicode/utf8"

	"chancery/generator/archive"
	"chancery/generator/problem"
)

// A Format is a shape in which source documents come.
type Format struct {
	Name      string
	Recognise func(r *Reader, lines []line) bool
	Read      func(r *Reader, lines []line) []*reading
}

// Formats lists the formats in the order in which they are tried. The last
// one takes every text.
var Formats = []Format{
	{"channel copied from Telegram Desktop", isDesktopCopy, readDesktopCopy},
	{"channel dump", isDump, readDump},
	{"wire story", isWire, readWire},
	{"page with a header", isPage, readPage},
	{"news text", isNews, readNews},
}

// A Reader reads source documents with the names of one vocabulary. It may be
// used by several goroutines at once.
type Reader struct {
	vocabulary *archive.Vocabulary
	names      [len(archive.Facets)]*gazetteer
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

// Read gives the drafts of one source document, in its order, and the name of
// its format. What stands in the way of reading it is told as problems of file.
func (r *Reader) Read(file string, text []byte) (drafts []archive.Draft, format string, problems []problem.Problem) {
	if what, mend := unreadable(text); what != "" {
		return nil, "", []problem.Problem{{File: file, What: what, Mend: mend}}
	}
	lines := splitLines(string(bytes.TrimPrefix(text, []byte("\uFEFF"))))
	for _, f := range Formats {
		if !f.Recognise(r, lines) {
			continue
		}
		digests := map[string]int{}
		for _, g := range f.Read(r, lines) {
			g.finish()
			g.draft.Digest = digest(g.raw, digests)
			drafts = append(drafts, g.draft)
		}
		format = f.Name
		break
	}
	if len(drafts) == 0 {
		problems = append(problems, problem.Problem{File: file, What: "there is no text in it besides the chrome of a site, so nothing is imported", Mend: "look whether the file was saved whole"})
	}
	return drafts, format, problems
}

// foreign names the formats that are told by their first bytes and read by none.
var foreign = []struct{ start, name string }{
	{"%PDF-", "a PDF file"},
	{"PK\x03\x04", "a ZIP file (a DOCX, ODT or EPUB document is one too)"},
	{"{\\rtf", "an RTF document"},
	{"\xd0\xcf\x11\xe0", "an old Word document"},
	{"\x1f\x8b", "a file packed by gzip"},
	{"\x89PNG", "a picture"}, {"\xff\xd8\xff", "a picture"}, {"GIF8", "a picture"},
	{"<!doctype html", "a saved web page (HTML)"},
	{"<html", "a saved web page (HTML)"},
	{"<?xml", "an XML file"}, {"<rss", "a feed (RSS)"}, {"<feed", "a feed (Atom)"},
	{"\xff\xfe", "a text in UTF-16"}, {"\xfe\xff", "a text in UTF-16"},
}

// unreadable says what keeps a file from being read as plain text, "" if nothing.
func unreadable(text []byte) (what, mend string) {
	const asText = "save it as plain text in UTF-8 and import that"
	start := bytes.ToLower(bytes.TrimSpace(bytes.TrimPrefix(text[:min(len(text), 512)], []byte("\uFEFF"))))
	for _, f := range foreign {
		if bytes.HasPrefix(text, []byte(f.start)) || bytes.HasPrefix(start, []byte(f.start)) {
			return "this is " + f.name + ", which import does not read", asText
		}
	}
	if len(start) > 1 && (start[0] == '{' || start[0] == '[' && bytes.IndexByte([]byte("{[\"\n\r \t"), start[1]) >= 0) {
		return "this is a JSON file, which import does not read", asText
	}
	if len(start) == 0 && len(bytes.TrimSpace(text)) == 0 {
		return "the file is empty, so nothing is imported", "look whether it was saved whole"
	}
	if i := bytes.IndexByte(text, 0); i >= 0 {
		return fmt.Sprintf("this is no text: byte %d is NUL", i+1), asText
	}
	if !utf8.Valid(text) {
		return fmt.Sprintf("this is no text in UTF-8: see line %d", invalidLine(text)), asText
	}
	return "", ""
}

// invalidLine gives the line of the first byte that is not UTF-8.
func invalidLine(text []byte) int {
	n := 1
	for len(text) > 0 {
		c, size := utf8.DecodeRune(text)
		if c == utf8.RuneError && size == 1 {
			return n
		}
		if c == '\n' {
			n++
		}
		text = text[size:]
	}
	return n
}

// digest names a text by its words: white space at the ends of lines and empty
// lines do not count. A text that comes again in one source document is
// another document, so its count goes in.
func digest(lines []line, seen map[string]int) string {
	h := sha256.New()
	for _, l := range lines {
		if s := strings.TrimSpace(l.text); s != "" {
			h.Write([]byte(s))
			h.Write([]byte{'\n'})
		}
	}
	sum := hex.EncodeToString(h.Sum(nil)[:16])
	seen[sum]++
	if n := seen[sum]; n > 1 {
		return fmt.Sprintf("%s-%d", sum, n)
	}
	return sum
}
