// Package content reads and writes content/: files with metadata between ---
// lines become documents, terms and settings, each mistake a problem with its
// line. It knows nothing of how they are shown.
package content

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strings"
	"unique"

	"chancery/generator/archive"
	"chancery/generator/markdown"
	"chancery/generator/problem"
)

// A Digest tells one content of a file from another.
type Digest [16]byte

// DigestOf gives the first half of the data's SHA-256.
func DigestOf(data []byte) Digest {
	sum := sha256.Sum256(data)
	return Digest(sum[:16])
}

// DigestFrom gives the digest of all that can be read, which may be more than
// fits into memory.
func DigestFrom(r io.Reader) (Digest, error) {
	h := sha256.New()
	_, err := io.Copy(h, r)
	return Digest(h.Sum(nil)[:16]), err
}

// A Reading is what one document's file says that any other page, or a check of
// the archive, may want to know, whatever any other file says. It holds neither
// body nor record, so that a million of them fit into memory.
type Reading struct {
	archive.Entry
	Draft    bool
	Original bool   // whether the files that it was imported from are published
	Digest   Digest // of the whole file
	BodyAt   int    // where in the file the body begins
	BodyLine int    // the file's line on which it begins
	Told     *Told  // nil where there is nothing to tell
}

// Told is what a reading has to say to a person, and what has to be there for
// the document's links to lead somewhere.
type Told struct {
	Local    []markdown.Link
	Doubts   []Doubt           // what waits for a person
	Notices  []problem.Problem // what a person should know that keeps nothing back
	Problems []problem.Problem
}

// ReadDocument reads a document's file. The reading is whole even where there
// are problems; then what could not be read is empty.
func ReadDocument(id archive.ID, data []byte) (*Reading, *archive.Record) {
	var d archive.Document
	d.ID = id
	r := &Reading{Digest: DigestOf(data)}
	s := &sheet{file: id.File()}
	if !id.WellFormed() {
		s.tell(0, "rename the file: lower-case letters a to z, digits and hyphens", "the file's name is the page's address, and %q cannot be one", string(id))
	}
	var told Told
	if metadata, bodyAt, ok := s.split(data); ok {
		r.BodyAt, r.BodyLine = bodyAt, 1+bytes.Count(data[:bodyAt], []byte("\n"))
		readFields(s, metadata, 2, DocumentFields, &d)
		if d.Title == "" && len(s.problems) == 0 {
			s.tellMissing(metadata, "title", "the document's title", "the page would have no name")
		}
		d.Updated = updated(&d)
		told.Local, told.Notices = linkNotices(s.file, data[bodyAt:], r.BodyLine)
		told.Doubts = doubtsOf(s.file, metadata, d.Review, DocumentFields, &d)
	}
	told.Problems = s.problems
	if len(told.Local)+len(told.Doubts)+len(told.Notices)+len(told.Problems) > 0 {
		r.Told = &told
	}
	r.Entry, r.Draft, r.Original = d.Entry, d.Draft, d.PublishOriginal
	r.compact()
	return r, &d.Record
}

// ReadRecord gives the record of a document that ReadDocument has read before.
func ReadRecord(id archive.ID, data []byte) *archive.Record {
	d, _ := Split(id, data)
	return &d.Record
}

// Split gives the metadata of a document's file, as far as they can be read,
// and its body, and tells of no problem.
func Split(id archive.ID, data []byte) (*archive.Document, []byte) {
	var d archive.Document
	d.ID = id
	s := &sheet{file: id.File()}
	metadata, bodyAt, ok := s.split(data)
	if !ok {
		return &d, data
	}
	readFields(s, metadata, 2, DocumentFields, &d)
	return &d, data[bodyAt:]
}

// linkNotices gives the links of a text that have to lead somewhere, with the
// text's lines, and tells those that are not let through, with the file's.
func linkNotices(file string, text []byte, firstLine int) (local []markdown.Link, notices []problem.Problem) {
	local, refused := markdown.Links(text)
	for _, link := range refused {
		notices = append(notices, problem.Problem{File: file, Line: link.Line + firstLine - 1,
			What: "the link to " + link.Target + " is not let through: its text is shown, the link goes nowhere", Mend: "link to an address that begins with https://; put a picture into the document's own folder"})
	}
	return local, notices
}

// compact lets go of the file's text, of which the entry's values are parts,
// and has equal values of many documents be one.
func (r *Reading) compact() {
	text := strings.Clone(r.Title + r.Summary)
	r.Title, r.Summary = text[:len(r.Title)], text[len(r.Title):]
	r.Time, r.Zone, r.Language, r.Kind = intern(r.Time), intern(r.Zone), intern(r.Language), intern(r.Kind)
	r.Place, r.Source, r.Via = intern(r.Place), intern(r.Source), intern(r.Via)
	for i, v := range r.Venues {
		r.Venues[i] = archive.VenueRef{Venue: intern(v.Venue), Edition: intern(v.Edition)}
	}
	for i, id := range r.Speakers {
		r.Speakers[i] = intern(id)
	}
	for _, ids := range [][]archive.ID{r.TranslationOf, r.SameAs} {
		for i, id := range ids {
			ids[i] = intern(id)
		}
	}
	r.Venues, r.Speakers = slices.Clip(r.Venues), slices.Clip(r.Speakers)
}

// intern gives the one string that stands for all equal ones.
func intern[S ~string](s S) S {
	if s == "" {
		return ""
	}
	return S(unique.Make(string(s)).Value())
}

// Restore makes a reading that was kept in a cache like one just made, but for
// what it shares with others.
func (r *Reading) Restore(id archive.ID) {
	r.ID = id
	r.compact()
}

// DiffersInBodyAlone says whether no page but the document's own can show
// anything of what is between two readings of it.
func (r *Reading) DiffersInBodyAlone(other *Reading) bool {
	a, b := *r, *other
	a.Digest, a.BodyAt, a.BodyLine = b.Digest, b.BodyAt, b.BodyLine
	return reflect.DeepEqual(a, b)
}

// A TermReading is what one term's file says.
type TermReading struct {
	archive.Term
	Digest   Digest
	BodyLine int // the file's line on which its text begins
	Told
}

// ReadTerm reads a term's file.
func ReadTerm(f archive.Facet, id archive.TermID, data []byte) *TermReading {
	r := &TermReading{Digest: DigestOf(data)}
	r.Facet, r.ID = f, id
	s := &sheet{file: archive.TermFile(f, id)}
	defer func() { r.Told.Problems = s.problems }()
	if !archive.IsSlug(string(id)) {
		s.tell(0, "rename the file: lower-case letters a to z, digits and hyphens", "the file's name is the page's address, and %q cannot be one", string(id))
	}
	metadata, bodyAt, ok := s.split(data)
	if !ok {
		return r
	}
	text := bytes.TrimLeft(data[bodyAt:], "\r\n")
	r.BodyLine = 1 + bytes.Count(data[:len(data)-len(text)], []byte("\n"))
	readFields(s, metadata, 2, TermFields(f), &r.Term)
	r.Place.Located = hasBoth(s, metadata)
	if r.Name == "" && len(s.problems) == 0 {
		s.tellMissing(metadata, "name", "the name under which it is filed", "nothing can be filed under it")
	}
	r.Text = strings.TrimRight(string(text), " \t\r\n")
	r.Local, r.Notices = linkNotices(s.file, []byte(r.Text), r.BodyLine)
	r.Doubts = doubtsOf(s.file, metadata, r.Review, TermFields(f), &r.Term)
	if r.Unverified {
		r.Doubts = append(r.Doubts, Doubt{File: s.file, Line: keyLine(metadata, unverifiedKey), Field: unverifiedKey, Value: "true",
			Why: fmt.Sprintf("the %s %q was entered by import and waits to be looked at", f.Singular(), r.Name)})
	}
	return r
}

// SettingsFile is where an archive's own metadata stand.
const SettingsFile = "content/archive.yaml"

// ReadSettings reads content/archive.yaml.
func ReadSettings(data []byte) (archive.Settings, []problem.Problem) {
	s := &sheet{file: SettingsFile}
	settings := archive.Settings{}
	if s.isText(data) {
		readFields(s, data, 1, SettingsFields, &settings)
	}
	if settings.Title == "" && len(s.problems) == 0 {
		s.tell(1, "add a line title: and the archive's name", "there is no title, so no page could say what it belongs to")
	}
	if settings.Language == "" {
		settings.Language = "en"
	}
	return settings, s.problems
}
