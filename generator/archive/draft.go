package archive

import (
	"fmt"
	"io"
	"strings"

	"github.com/gosimple/slug"
)

// A Grade says how well a value is founded.
type Grade string

const (
	Stated   Grade = "stated"   // read in the source document
	Inferred Grade = "inferred" // concluded from it; a person confirms it
)

// Evidence says where a value comes from: the rule that gave it, the line of
// the source document, and in a sentence why.
type Evidence struct {
	Rule  string `json:"rule"`
	Line  int    `json:"line"` // from 1; 0 where no line gave it
	Grade Grade  `json:"grade"`
	Why   string `json:"why"`
}

// A DraftValue is a value as written in the source document; an empty Text is
// no value.
type DraftValue struct {
	Text string
	Evidence
}

// A DraftDate is a date with its evidence.
type DraftDate struct {
	Date Date
	Evidence
}

// A DraftVenue is a venue by the name that it has in the source document, and
// the key of the edition that is meant, or "".
type DraftVenue struct {
	Name    string
	Edition string
	Evidence
}

// String gives the venue as its evidence is listed: "East Asia Summit, edition 17".
func (v DraftVenue) String() string {
	if v.Edition == "" {
		return v.Name
	}
	return v.Name + ", edition " + v.Edition
}

// DraftWhen is the moment to which a draft belongs.
type DraftWhen struct {
	Date       DraftDate
	Time, Zone DraftValue
}

// DraftSubjects are the names a draft is to be filed under.
type DraftSubjects struct {
	Place    DraftValue
	Venues   []DraftVenue
	Speakers []DraftValue
}

// DraftOrigin says by its names where a draft comes from.
type DraftOrigin struct {
	Source  DraftValue // who published it
	Channel DraftValue // the channel or site it came by
}

// DraftForm is the sort of text that a draft is, and its language.
type DraftForm struct {
	Kind, Language DraftValue
}

// DraftRecord is what else a source file says of the document.
type DraftRecord struct {
	Original, Retrieved, Summary, Rights DraftValue
	Draft                                DraftValue // "true" keeps the document out of the site
	Tags                                 []DraftValue
}

// DraftText is the text of a draft in its two forms, and what goes with it.
type DraftText struct {
	Body     string // plain text, with its title line
	Markdown string // the same with the mark-up of its file, "" where that had none
	Files    []DraftFile
}

// A DraftFile is a picture or file that goes with a draft.
type DraftFile struct {
	Name    string // by which the Markdown links it
	Caption string
	Open    func() (io.ReadCloser, error)
}

// Found says where and how a draft was found.
type Found struct {
	Shape     string // of the text, as people call it: "wire story"
	Line      int    // of the source file, on which the draft begins; 0 where it has no lines
	Digest    string // of the source document's text
	Extracted bool   // whether lines are counted in the text as taken out of its file, not in the file
	Encoding  string // of the file, "" where it is UTF-8 or has none
	Trace     []Step // what each rule did, in order; nil unless it was asked for
}

// A Step is what one rule did while a draft was read.
type Step struct {
	Field string // the key of the value that the rule is for, "" for the whole text
	Rule  string
	Line  int    // of the source document, 0 where none is meant
	Found string // the value, "" where the rule found none
	Taken bool   // whether the value became the draft's
	Why   string // what the rule looked at, or why the value was not taken
}

// A Draft is what import read out of a source document: names as written
// there, each value with its evidence, and the whole text as kept.
type Draft struct {
	Title    DraftValue
	When     DraftWhen
	Subjects DraftSubjects
	Origin   DraftOrigin
	Form     DraftForm
	Record   DraftRecord
	DraftText
	Doubts []DraftValue // what a person has to look at beside the inferred values; Rule is the field
	Found
}

// Document gives the document of the draft, without an ID, and a new,
// unverified term for each name that the vocabulary does not know.
func (d *Draft) Document(v *Vocabulary) (Document, []*Term) {
	r := resolver{vocabulary: v}
	var doc Document
	doc.Title = d.Title.Text
	doc.When = When{Date: d.When.Date.Date, Time: d.When.Time.Text, Zone: d.When.Zone.Text}
	doc.Form = Form{Kind: Kind(d.Form.Kind.Text), Language: d.Form.Language.Text}
	doc.Place = r.place(d.Subjects.Place.Text)
	for _, venue := range d.Subjects.Venues {
		doc.Venues = append(doc.Venues, VenueRef{r.term(Venues, venue.Name), venue.Edition})
	}
	for _, s := range d.Subjects.Speakers {
		doc.Speakers = append(doc.Speakers, r.term(Speakers, s.Text))
	}
	doc.Source = r.term(Sources, d.Origin.Source.Text)
	doc.Via = r.term(Sources, d.Origin.Channel.Text)
	doc.Original = d.Record.Original.Text
	doc.Retrieved, _ = ParseDate(d.Record.Retrieved.Text)
	doc.Summary = d.Record.Summary.Text
	doc.Rights = d.Record.Rights.Text
	doc.Draft = d.Record.Draft.Text == "true"
	for _, tag := range d.Record.Tags {
		doc.Tags = append(doc.Tags, tag.Text)
	}
	doc.Review = d.review()
	doc.Imported.Source = d.Digest
	return doc, r.made
}

// Values yields each value that the draft has by the name of its field, in the
// order of the fields. A list's values come one by one.
func (d *Draft) Values(yield func(field string, v DraftValue) bool) {
	ok := true
	give := func(field string, v DraftValue) {
		if ok && v.Text != "" {
			ok = yield(field, v)
		}
	}
	give("title", d.Title)
	give("date", DraftValue{d.When.Date.Date.String(), d.When.Date.Evidence})
	give("time", d.When.Time)
	give("zone", d.When.Zone)
	give("kind", d.Form.Kind)
	give("place", d.Subjects.Place)
	for _, venue := range d.Subjects.Venues {
		give("venues", DraftValue{venue.String(), venue.Evidence})
	}
	for _, s := range d.Subjects.Speakers {
		give("speakers", s)
	}
	give("source", d.Origin.Source)
	give("via", d.Origin.Channel)
	give("language", d.Form.Language)
	give("original", d.Record.Original)
	give("retrieved", d.Record.Retrieved)
	give("summary", d.Record.Summary)
	give("rights", d.Record.Rights)
	give("draft", d.Record.Draft)
	for _, tag := range d.Record.Tags {
		give("tags", tag)
	}
}

// review lists what a person has to confirm: the inferred values, each field's
// reasons in one line, and what is doubtful beside them.
func (d *Draft) review() []string {
	var lines []string
	add := func(field string, e Evidence) {
		line := field + ": " + e.Why
		switch {
		case e.Line > 0 && d.Extracted:
			line = fmt.Sprintf("%s (line %d of the text)", line, e.Line)
		case e.Line > 0:
			line = fmt.Sprintf("%s (line %d)", line, e.Line)
		}
		lines = append(lines, line)
	}
	for field, value := range d.Values {
		if value.Grade == Inferred {
			add(field, value.Evidence)
		}
	}
	for _, doubt := range d.Doubts {
		add(doubt.Rule, doubt.Evidence)
	}
	return lines
}

// A resolver finds the terms that names mean, and makes those that are missing.
type resolver struct {
	vocabulary *Vocabulary
	made       []*Term
}

// term gives the term that goes by the name, "" for no name.
func (r *resolver) term(f Facet, name string) TermID {
	if name == "" {
		return ""
	}
	if t := r.vocabulary.Find(f, name); t != nil {
		return t.ID
	}
	id := TermID(Slug(name))
	if id == "" || r.vocabulary.Term(f, id) != nil {
		return id
	}
	for _, t := range r.made {
		if t.Facet == f && t.ID == id {
			return id
		}
	}
	r.made = append(r.made, &Term{Facet: f, ID: id, Name: name, Standing: Standing{Unverified: true}})
	return id
}

// place finds a place as datelines write it, "Paks, Hungary": by the whole, by
// each part, and makes a new one of the first part.
func (r *resolver) place(name string) TermID {
	if t := FindPlace(r.vocabulary, name); t != nil {
		return t.ID
	}
	city, rest, _ := strings.Cut(name, ",")
	id := r.term(Places, strings.TrimSpace(city))
	for _, t := range r.made {
		if t.Facet == Places && t.ID == id {
			t.Place.Country = strings.TrimSpace(rest)
		}
	}
	return id
}

// FindPlace gives the place that a name with its region or country means,
// nil where the vocabulary has none: "Moscow, the Kremlin" is Moscow.
func FindPlace(v *Vocabulary, name string) *Term {
	if t := v.Find(Places, name); t != nil {
		return t
	}
	first, _, _ := strings.Cut(name, ",")
	return v.Find(Places, first)
}

// slugLength bounds the name of a document's file.
const slugLength = 60

// Slug gives the form of a name that may stand in an address: lower-case ASCII
// letters, digits and hyphens, at most 60, cut at a word.
func Slug(name string) string {
	if len(name) > 400 {
		name = strings.ToValidUTF8(name[:400], "")
	}
	s := slug.Make(name)
	s = strings.Trim(strings.ReplaceAll(s, "_", "-"), "-")
	if len(s) > slugLength {
		cut := strings.LastIndexByte(s[:slugLength+1], '-')
		if cut <= 0 {
			cut = slugLength
		}
		s = strings.Trim(s[:cut], "-")
	}
	return s
}

// NewID gives the ID of a document of that date and title: a folder for its
// earliest possible year, "undated" where none is known.
func NewID(date Date, title string) ID {
	name := Slug(title)
	if name == "" {
		name = "untitled"
	}
	if !date.HasYear() {
		return ID("undated/" + name)
	}
	p := date.From
	prefix := ""
	if p.Month > 0 {
		prefix = fmt.Sprintf("%02d-", p.Month)
	}
	if p.Day > 0 {
		prefix += fmt.Sprintf("%02d-", p.Day)
	}
	return ID(fmt.Sprintf("%04d/%s%s", p.Year, prefix, name))
}
