package site

import (
	"bytes"
	"cmp"
	"encoding/xml"
	"fmt"
	"slices"
	"time"

	"chancery/generator/archive"
	"chancery/generator/index"
	"chancery/generator/page"
)

// feedSize bounds a feed: readers ask for it again and again.
const feedSize = 30

// The elements of an Atom feed (RFC 4287).
type atomFeed struct {
	XMLName  xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	Language string      `xml:"http://www.w3.org/XML/1998/namespace lang,attr,omitempty"`
	ID       string      `xml:"id"`
	Title    string      `xml:"title"`
	Updated  string      `xml:"updated"`
	Author   atomAuthor  `xml:"author"`
	Links    []atomLink  `xml:"link"`
	Entries  []atomEntry `xml:"entry"`
}

type atomAuthor struct {
	Name string `xml:"name"`
}

type atomLink struct {
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr,omitempty"`
	Href string `xml:"href,attr"`
}

type atomEntry struct {
	ID        string      `xml:"id"`
	Title     string      `xml:"title"`
	Updated   string      `xml:"updated"`
	Published string      `xml:"published,omitempty"`
	Author    *atomAuthor `xml:"author"`
	Link      atomLink    `xml:"link"`
	Summary   string      `xml:"summary,omitempty"`
}

func feeds(s *Site, yield func(Output)) {
	r := s.Renderer
	if r.Absolute("") == "" {
		return
	}
	title := r.Archive.Settings.Title
	yield(Output{Path: "feed.xml", from: "the feed of the archive", Data: func() ([]byte, error) { return s.feed(title, "", r.Index.Entries) }})
	for _, t := range r.Archive.Vocabulary.Terms(archive.Venues) {
		path := page.TermPath(archive.Venues, t.ID)
		yield(Output{Path: path + "feed.xml", from: t.File(), Data: func() ([]byte, error) {
			return s.feed(t.Name+" · "+title, path, r.Index.Listing(index.Key{Grouping: index.Venues, Term: t.ID}))
		}})
	}
}

// updated gives the day on which an entry is known to have changed last: that
// of its record, else the earliest of its date; false where there is neither.
func updated(e *archive.Entry) (archive.Day, bool) {
	if e.Updated != 0 {
		return e.Updated, true
	}
	if !e.Date.HasYear() {
		return 0, false
	}
	first, _ := e.Date.Bounds()
	return first, true
}

// feed makes the feed of a listing whose page lies at path: its entries that
// changed last. Entries of which no day is known cannot stand in a feed.
func (s *Site) feed(title, path string, l index.Listing) ([]byte, error) {
	r := s.Renderer
	feed := atomFeed{Language: r.Archive.Settings.Language, ID: r.Absolute(path), Title: title,
		Author: atomAuthor{cmp.Or(r.Archive.Settings.Publisher, r.Archive.Settings.Title)},
		Links:  []atomLink{{"self", "application/atom+xml", r.Absolute(path + "feed.xml")}, {"alternate", "text/html", r.Absolute(path)}}}
	for _, e := range latestUpdated(l) {
		day, _ := updated(e)
		entry := atomEntry{ID: r.Absolute(page.DocumentPath(e.ID)), Title: e.Title, Updated: rfc3339(day), Summary: e.Summary,
			Link: atomLink{"alternate", "text/html", r.Absolute(page.DocumentPath(e.ID))}}
		if e.Date.HasYear() {
			first, _ := e.Date.Bounds()
			entry.Published = rfc3339(first)
		}
		if t := r.Archive.Vocabulary.Term(archive.Sources, e.Source); t != nil {
			entry.Author = &atomAuthor{t.Name}
		}
		feed.Entries = append(feed.Entries, entry)
	}
	feed.Updated = rfc3339(archive.DayOf(1970, 1, 1))
	if len(feed.Entries) > 0 {
		feed.Updated = feed.Entries[0].Updated
	}
	return encodeXML(feed)
}

// latestUpdated gives the entries that changed last, the latest first.
func latestUpdated(l index.Listing) index.Listing {
	var latest index.Listing
	compare := func(a, b *archive.Entry) int {
		x, _ := updated(a)
		y, _ := updated(b)
		return cmp.Or(-cmp.Compare(x, y), cmp.Compare(a.ID, b.ID))
	}
	for _, e := range l {
		if _, known := updated(e); !known {
			continue
		}
		if len(latest) == feedSize && compare(e, latest[feedSize-1]) > 0 {
			continue
		}
		at, _ := slices.BinarySearchFunc(latest, e, compare)
		latest = slices.Insert(latest, at, e)
		latest = latest[:min(len(latest), feedSize)]
	}
	return latest
}

// rfc3339 gives the beginning of a day as feeds want it.
func rfc3339(d archive.Day) string {
	return d.Start().Format(time.RFC3339)
}

func encodeXML(v any) ([]byte, error) {
	var b bytes.Buffer
	b.WriteString(xml.Header)
	enc := xml.NewEncoder(&b)
	enc.Indent("", " ")
	if err := enc.Encode(v); err != nil {
		return nil, fmt.Errorf("writing XML: %w", err)
	}
	b.WriteByte('\n')
	return b.Bytes(), nil
}
