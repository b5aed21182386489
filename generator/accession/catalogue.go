package accession

import (
	"cmp"
	"encoding/hex"
	"hash/fnv"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"chancery/generator/archive"
)

// A catalogue is what import has to know of the documents that the archive has:
// some 200 bytes of each.
type catalogue struct {
	cards   chunked[card]
	known   map[fingerprint]uint32 // cards by the digest of their source text
	alike   index
	sameDay map[uint64]leaves // by day and source
}

// Leaves are the list of what a source or channel gave on one day.
type leaves struct {
	last  uint32 // plus one
	count uint32
}

// crowdedDay is how many documents of one day and source may be held against
// another for being its translation. Of more, one cannot be told from the rest.
const crowdedDay = 1000

// A card is what is kept of one document. It has a leaf for its source and one
// for its channel in the lists of what each of them gave on one day.
type card struct {
	id         archive.ID
	next       [2]uint32 // the leaf before in the list, plus one
	language   uint32
	subjects   uint32 // venues and place
	address    uint32 // where it was published, but for the language; 0 where unknown
	minute     int16  // of the day, -1 where unknown
	paragraphs uint16
	from       int32 // the source of this run that gave it, plus one; 0 for one of the archive
	edited     bool  // by a person, since it was imported
	spilled    int64 // the place of its text in what a dry run has put aside, or 0
}

// A fingerprint is the digest of a source text and, where the text stood there
// before, how many times.
type fingerprint struct {
	digest [16]byte
	count  uint32
}

// fingerprintOf reads a digest as drafts have it, "…" or "…-2".
func fingerprintOf(digest string) (f fingerprint, ok bool) {
	sum, count, _ := strings.Cut(digest, "-")
	n, _ := strconv.ParseUint(count, 10, 32)
	f.count = uint32(n)
	if len(sum) != 2*len(f.digest) {
		return f, false
	}
	_, err := hex.Decode(f.digest[:], []byte(sum))
	return f, err == nil
}

func newCatalogue() *catalogue {
	return &catalogue{known: map[fingerprint]uint32{}, sameDay: map[uint64]leaves{}}
}

// find gives the document that was imported from a text, nil where none was.
func (c *catalogue) find(digest string) *card {
	f, ok := fingerprintOf(digest)
	if !ok {
		return nil
	}
	at, found := c.known[f]
	if !found {
		return nil
	}
	return c.cards.at(at)
}

// shortText is how many words a text has to have for its likeness to another to
// say something.
const shortText = 25

// add enters a document. Of two of the same text the one with the lesser ID is
// that which find gives.
func (c *catalogue) add(k card, doc *archive.Document, s sketch) {
	k.language, k.subjects, k.address = hashOf(doc.Language), subjectsOf(doc), addressOf(doc.Original)
	k.minute, k.paragraphs = minuteOf(doc.Time), uint16(min(s.paragraphs, 1<<16-1))
	n := uint32(c.cards.length())
	for i, key := range dayKeys(doc) {
		if key != 0 {
			day := c.sameDay[key]
			k.next[i], c.sameDay[key] = day.last, leaves{2*n + uint32(i) + 1, day.count + 1}
		}
	}
	c.cards.add(k)
	if f, ok := fingerprintOf(doc.Imported.Source); ok {
		if at, twice := c.known[f]; !twice || k.id < c.cards.at(at).id {
			c.known[f] = n
		}
	}
	if s.words >= shortText {
		c.alike.add(s.hash, n, hashOf(string(k.id)))
	}
}

// A candidate is a document that may have the text of another.
type candidate struct {
	card     *card
	distance int
}

func (c candidate) compare(other candidate) int {
	return cmp.Or(cmp.Compare(c.distance, other.distance), cmp.Compare(c.card.id, other.card.id))
}

// candidatesHeld bounds how many documents one is held against.
const candidatesHeld = 8

// candidates gives the documents whose texts may be like one of that sketch,
// the most promising first.
func (c *catalogue) candidates(s sketch) []candidate {
	if s.words < shortText {
		return nil
	}
	var best [candidatesHeld]candidate
	n := 0
	c.alike.near(s.hash, func(number uint32, distance int) {
		found := candidate{c.cards.at(number), distance}
		at := n
		for at > 0 && found.compare(best[at-1]) < 0 {
			at--
		}
		if at == len(best) || at > 0 && best[at-1].card == found.card {
			return
		}
		n = min(n+1, len(best))
		copy(best[at+1:n], best[at:n])
		best[at] = found
	})
	return slices.Clone(best[:n])
}

// translation gives the one document that may be this one in another language:
// of the same source or channel and day, and published at the same address but
// for the language, or at the same time with the same subjects and about as many
// paragraphs. Where several may be, it gives none.
func (c *catalogue) translation(doc *archive.Document, s sketch) *card {
	this := card{language: hashOf(doc.Language), subjects: subjectsOf(doc), address: addressOf(doc.Original), minute: minuteOf(doc.Time), paragraphs: uint16(min(s.paragraphs, 1<<16-1))}
	var found *card
	for _, key := range dayKeys(doc) {
		if key == 0 || doc.Language == "" {
			continue
		}
		day := c.sameDay[key]
		if day.count > crowdedDay {
			continue
		}
		for leaf := day.last; leaf != 0; {
			other := c.cards.at((leaf - 1) / 2)
			leaf = other.next[(leaf-1)%2]
			if !this.mayTranslate(other) || found == other {
				continue
			}
			if found != nil {
				return nil
			}
			found = other
		}
	}
	return found
}

// mayTranslate says whether two documents of one day may be one text in two
// languages.
func (k *card) mayTranslate(other *card) bool {
	more, fewer := max(k.paragraphs, other.paragraphs), min(k.paragraphs, other.paragraphs)
	if other.language == hashOf("") || other.language == k.language || 5*int(more-fewer) > int(more) || k.subjects != other.subjects {
		return false
	}
	if k.address != 0 && k.address == other.address {
		return true
	}
	if k.minute >= 0 && other.minute >= 0 {
		return k.minute == other.minute
	}
	return k.subjects != hashOf("") // a day and a source alone say too little
}

func hashOf(parts ...string) uint32 {
	h := fnv.New32a()
	for _, p := range parts {
		h.Write([]byte(p))
		h.Write([]byte{0})
	}
	return max(1, h.Sum32())
}

func subjectsOf(doc *archive.Document) uint32 {
	names := make([]string, 0, 8)
	for _, v := range doc.Venues {
		names = append(names, v.String())
	}
	slices.Sort(names)
	if doc.Place != "" {
		names = append(names, "in "+string(doc.Place))
	}
	if len(names) == 0 {
		return hashOf("")
	}
	return hashOf(names...)
}

// dayKeys gives the keys of what the document's source, and its channel, gave on
// its day; 0 where source or day are unknown.
func dayKeys(doc *archive.Document) (keys [2]uint64) {
	if doc.Date.Span != archive.Single || doc.Date.From.Day == 0 || doc.Date.From.Year == 0 {
		return keys
	}
	for i, id := range []archive.TermID{doc.Source, doc.Via} {
		if id != "" && (i == 0 || id != doc.Source) {
			h := fnv.New64a()
			h.Write([]byte(doc.Date.String() + "\x00" + string(id)))
			keys[i] = h.Sum64()
		}
	}
	return keys
}

func minuteOf(clock string) int16 {
	h, m, ok := strings.Cut(clock, ":")
	hours, err := strconv.Atoi(h)
	minutes, err2 := strconv.Atoi(m)
	if !ok || err != nil || err2 != nil {
		return -1
	}
	return int16(60*hours + minutes)
}

// addressOf digests an address without what names the language in it:
// /en/news/5 and /ru/news/5, en.example.org and ru.example.org are one.
func addressOf(original string) uint32 {
	u, err := url.Parse(original)
	if err != nil || u.Host == "" {
		return 0
	}
	parts := append(strings.Split(strings.ToLower(u.Hostname()), "."), strings.Split(strings.Trim(u.Path, "/"), "/")...)
	parts = slices.DeleteFunc(parts, func(p string) bool { return slices.Contains(languageParts, p) || p == "www" })
	return hashOf(append(parts, u.RawQuery)...)
}

// languageParts are the parts of addresses that name a language.
var languageParts = []string{"en", "ru", "fr", "es", "de", "zh", "cn", "ar", "pt", "it", "ja", "jp", "ko", "kr", "uk", "be", "kk", "tr", "fa", "vi", "id", "eng", "rus", "fra", "esp", "english", "russian", "french", "spanish", "chinese", "arabic"}
