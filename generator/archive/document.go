// Package archive holds the nouns of an archive: documents, entries, terms,
// editions, dates. It reads no file and knows no other package but problem.
package archive

import (
	"cmp"
	"slices"
	"strings"
)

// An ID names a document for ever: its path below content/documents without
// ".md". "2022/11-12-lavrov-east-asia-summit" is read at
// /documents/2022/11-12-lavrov-east-asia-summit/.
type ID string

// File gives the document's file below the root of the archive.
func (id ID) File() string { return "content/documents/" + string(id) + ".md" }

// Attachments gives the folder, below the root of the archive, of the files
// that go with the document.
func (id ID) Attachments() string { return "content/documents/" + string(id) }

// Originals is the folder, below that of a document's files, in which the files
// lie that the document was imported from.
const Originals = "original"

// WellFormed says whether the ID is a folder and a name of lower-case ASCII
// letters, digits and hyphens.
func (id ID) WellFormed() bool {
	folder, name, two := strings.Cut(string(id), "/")
	return two && IsSlug(folder) && IsSlug(name)
}

// IsSlug says whether s may be a part of an address: lower-case ASCII letters,
// digits and hyphens, no hyphen at either end.
func IsSlug(s string) bool {
	if s == "" || s[0] == '-' || s[len(s)-1] == '-' {
		return false
	}
	for i := range len(s) {
		c := s[i]
		if (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-' {
			return false
		}
	}
	return true
}

// A Kind says what sort of text a document is.
type Kind string

// Kinds lists the kinds of document.
var Kinds = []Kind{"wire", "statement", "comment", "press-release", "transcript", "press-conference", "interview", "speech", "report", "post"}

// A Form is the sort of text that a document is, and its language.
type Form struct {
	Kind     Kind
	Language string // BCP 47, or ""
}

// A When is the moment to which a document belongs, as far as it is known.
type When struct {
	Date Date
	Time string // HH:MM, or ""
	Zone string // +03:00, Z or an IANA name, or ""
}

// A VenueRef names a venue and, where it is known, which of its editions.
type VenueRef struct {
	Venue   TermID
	Edition string // the edition's key, or ""
}

// String gives "east-asia-summit" or "east-asia-summit/17".
func (r VenueRef) String() string {
	if r.Edition == "" {
		return string(r.Venue)
	}
	return string(r.Venue) + "/" + r.Edition
}

// ParseVenueRef reads what String writes.
func ParseVenueRef(s string) VenueRef {
	venue, edition, _ := strings.Cut(s, "/")
	return VenueRef{TermID(venue), edition}
}

// Subjects are the terms a document is filed under for what it is.
type Subjects struct {
	Place    TermID
	Venues   []VenueRef
	Speakers []TermID
}

// Origin says where a document comes from.
type Origin struct {
	Source TermID // who published it
	Via    TermID // the channel or site it came by
}

// An Entry is a document's catalogue card: all that any page but its own may
// know of it. A million of them fit into memory.
type Entry struct {
	ID    ID
	Title string
	When
	Form
	Subjects
	Origin
	Related
	Summary string
	Updated Day // the last day on which the record is known to have changed, 0 where none is
}

// Related names the documents that are another form of this one.
type Related struct {
	TranslationOf []ID
	SameAs        []ID
}

// Compare puts entries in the order in which listings show them: by date, time
// and ID.
func (e *Entry) Compare(f *Entry) int {
	return cmp.Or(e.Date.Compare(f.Date), cmp.Compare(e.Time, f.Time), cmp.Compare(e.ID, f.ID))
}

// Terms gives the document's terms of one facet, each once, in their order.
func (e *Entry) Terms(f Facet) []TermID {
	switch f {
	case Venues:
		ids := make([]TermID, 0, len(e.Venues))
		for _, r := range e.Venues {
			if !slices.Contains(ids, r.Venue) {
				ids = append(ids, r.Venue)
			}
		}
		return ids
	case Places:
		return nonEmpty(e.Place)
	case Speakers:
		return e.Speakers
	}
	if e.Via == e.Source {
		return nonEmpty(e.Source)
	}
	return append(nonEmpty(e.Source), nonEmpty(e.Via)...)
}

func nonEmpty(id TermID) []TermID {
	if id == "" {
		return nil
	}
	return []TermID{id}
}

// A Document is one page of the archive without its body: the entry and what
// only the document's own page shows.
type Document struct {
	Entry
	Record
}

// A Record is what a document's own page shows beside its entry and its body.
type Record struct {
	Original    string // the URL it was published at
	Retrieved   Date
	Tags        []string
	Rights      string
	Corrections []string // "2024-03-01: what was mended", oldest first
	Draft       bool
	// PublishOriginal says whether the files in Originals are published too.
	PublishOriginal bool
	Review          []string // "field: reason (line N)"
	Imported        Imported
}

// Imported remembers what a document was imported from.
type Imported struct {
	Source string // digest of the source document's text
	File   string // digest of the file as import wrote it
}

// Settings are the archive's own metadata, from content/archive.yaml.
type Settings struct {
	Title       string
	Description string
	BaseURL     string // absolute, with a final slash; "" where none is set
	Language    string // BCP 47
	Publisher   string
	Licence     string
	Cite        string // how to cite the archive itself
}
