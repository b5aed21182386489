// Package site lists the files that a site consists of and writes them: only
// what changed, and never over or beside what a person put there. It knows
// nothing of when or in which order the work is done.
package site

import (
	"bytes"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"

	"chancery/generator/archive"
	"chancery/generator/content"
	"chancery/generator/index"
	"chancery/generator/page"
	"chancery/generator/problem"
)

// A Site is all that the files of a site are made of.
type Site struct {
	Renderer *page.Renderer
	Assets   []Asset
	Source   fs.FS // the root of the archive
	others   func() map[string]Output
}

// An Output is one file of the site, not yet made: the page of a document,
// another page, data, or a file of the archive as it is.
type Output struct {
	Path     string // below the site's folder: "documents/2022/…/index.html"
	Document *content.Reading
	Page     func() *page.Page
	Data     func() ([]byte, error)
	File     string         // below the root of the archive
	Digest   content.Digest // of File
	from     string
}

// From says what the output is made from, for messages.
func (o Output) From() string {
	if o.Document != nil {
		return o.Document.ID.File()
	}
	return o.from
}

// An emitter yields the outputs of one sort.
type emitter func(s *Site, yield func(Output))

// emitters is the table of all sorts of output. A new one is a line here.
var emitters = []emitter{documents, attachments, home, terms, listings, feeds, sitemaps, hostFiles, assets}

// Outputs lists every file of the site. Two with one path, or one in the place
// of another's folder, are a problem that names what both are made from; only
// the first is kept.
func (s *Site) Outputs() ([]Output, []problem.Problem) {
	var outputs []Output
	for _, emit := range emitters {
		emit(s, func(o Output) { outputs = append(outputs, o) })
	}
	slices.SortStableFunc(outputs, func(a, b Output) int { return strings.Compare(a.Path, b.Path) })
	var problems []problem.Problem
	kept := outputs[:0]
	for _, o := range outputs {
		other, clash := Output{}, false
		if len(kept) > 0 && kept[len(kept)-1].Path == o.Path {
			other, clash = kept[len(kept)-1], true
		}
		for folder := path.Dir(o.Path); !clash && folder != "."; folder = path.Dir(folder) {
			if o.File == "" && path.Ext(folder) == "" {
				continue // no page lies below what is not one of the program's files
			}
			if at, found := slices.BinarySearchFunc(kept, folder, func(k Output, path string) int { return strings.Compare(k.Path, path) }); found {
				other, clash = kept[at], true
			}
		}
		if clash {
			problems = append(problems, problem.Problem{File: o.From(), What: fmt.Sprintf("its address /%s is that of %s too, so it is not published", o.Path, other.From()), Mend: "give one of the two another name"})
			continue
		}
		kept = append(kept, o)
	}
	clear(outputs[len(kept):])
	return kept, problems
}

// Find gives the output at a path, as Outputs would list it.
func (s *Site) Find(path string) (Output, bool) {
	if id, ok := documentAt(path); ok {
		if d := s.Document(id); d != nil {
			return Output{Path: path, Document: d}, true
		}
	}
	if s.others == nil {
		return Output{}, false
	}
	o, ok := s.others()[path]
	return o, ok
}

// documentAt gives the document whose page a file is.
func documentAt(path string) (archive.ID, bool) {
	id, ok := strings.CutPrefix(path, "documents/")
	if !ok {
		return "", false
	}
	id, ok = strings.CutSuffix(id, "/index.html")
	return archive.ID(id), ok && archive.ID(id).WellFormed()
}

// Document gives the reading of a published document, nil where there is none.
func (s *Site) Document(id archive.ID) *content.Reading {
	e := s.Renderer.Index.Entry(id)
	if e == nil {
		return nil
	}
	at, _ := slices.BinarySearchFunc(s.Renderer.Archive.Documents, e, func(d *content.Reading, e *archive.Entry) int { return d.Compare(e) })
	return s.Renderer.Archive.Documents[at]
}

// Findable prepares Find for outputs that are no documents. The list of them is
// made when it is first asked for.
func (s *Site) Findable() *Site {
	s.others = sync.OnceValue(func() map[string]Output {
		outputs, _ := s.Outputs()
		found := make(map[string]Output, len(outputs))
		for _, o := range outputs {
			if _, isDocument := documentAt(o.Path); !isDocument {
				found[o.Path] = o
			}
		}
		return found
	})
	return s
}

// WithBody gives the site with a document in place of the one that differs from
// it in its body alone.
func (s *Site) WithBody(d *content.Reading) *Site {
	a := *s.Renderer.Archive
	a.Documents = slices.Clone(a.Documents)
	at, _ := slices.BinarySearchFunc(a.Documents, d, func(d, e *content.Reading) int { return d.Compare(&e.Entry) })
	a.Documents[at] = d
	r := *s.Renderer
	r.Archive = &a
	with := *s
	with.Renderer = &r
	return &with
}

// Page gives the output's page, nil where it is data.
func (s *Site) Page(o Output) *page.Page {
	switch d := o.Document; {
	case d != nil:
		return s.Renderer.Document(d, func(w *bytes.Buffer) error { return s.read(w, d.ID.File()) })
	case o.Page != nil:
		return o.Page()
	}
	return nil
}

// read reads a file of the archive.
func (s *Site) read(w *bytes.Buffer, name string) error {
	file, err := s.Source.Open(name)
	if err != nil {
		return err
	}
	defer file.Close()
	_, err = w.ReadFrom(file)
	return err
}

// Made says how an output is made: its key, by which it is told whether it has
// to be, and how to write it.
func (s *Site) Made(o Output) (key content.Digest, write func(*bytes.Buffer) error, err error) {
	if p := s.Page(o); p != nil {
		return s.Renderer.Key(p), func(w *bytes.Buffer) error { return s.Renderer.Write(w, p) }, nil
	}
	if o.File != "" {
		return o.Digest, func(w *bytes.Buffer) error { return s.read(w, o.File) }, nil
	}
	data, err := o.Data()
	return content.DigestOf(data), func(w *bytes.Buffer) error {
		w.Write(data)
		return nil
	}, err
}

// file gives the path of the file that answers for a path of a page.
func file(path string) string { return path + "index.html" }

func documents(s *Site, yield func(Output)) {
	for _, d := range s.Renderer.Archive.Documents {
		yield(Output{Path: file(page.DocumentPath(d.ID)), Document: d})
	}
}

func attachments(s *Site, yield func(Output)) {
	for _, d := range s.Renderer.Archive.Documents {
		for _, a := range s.Renderer.Archive.Attachments[d.ID] {
			from := d.ID.Attachments() + "/" + a.Name
			yield(Output{Path: page.DocumentPath(d.ID) + a.Name, from: from, File: from, Digest: a.Digest})
		}
	}
}

func home(s *Site, yield func(Output)) {
	yield(Output{Path: "index.html", from: content.SettingsFile, Page: s.Renderer.Home})
	yield(Output{Path: "404.html", from: "the page for missing addresses", Page: s.Renderer.Missing})
	yield(Output{Path: file("years/"), from: "the index of years", Page: s.Renderer.Years})
	for _, f := range archive.Facets {
		yield(Output{Path: file(f.String() + "/"), from: "the index of " + f.String(), Page: func() *page.Page { return s.Renderer.Terms(f) }})
	}
}

func terms(s *Site, yield func(Output)) {
	r := s.Renderer
	for _, f := range archive.Facets {
		for _, t := range r.Archive.Vocabulary.Terms(f) {
			pages := r.TermPages(t)
			for n := 1; n <= max(1, len(pages)); n++ {
				yield(Output{Path: file(page.PartPath(page.TermPath(f, t.ID), n)), from: t.File(), Page: func() *page.Page { return r.Term(t, pages, n) }})
			}
		}
	}
}

func listings(s *Site, yield func(Output)) {
	r := s.Renderer
	emit := func(k index.Key, from string) {
		pages := r.Index.Listing(k).Pages()
		for n := 1; n <= max(1, len(pages)); n++ {
			yield(Output{Path: file(page.PartPath(page.ListingPath(k), n)), from: from, Page: func() *page.Page { return r.Listing(k, pages, n) }})
		}
	}
	for _, part := range r.Index.Parts(index.Years, "") {
		emit(index.Key{Grouping: index.Years, Part: part}, "the documents of "+part)
	}
	for _, t := range r.Archive.Vocabulary.Terms(archive.Venues) {
		for _, part := range r.Index.Parts(index.VenueYears, t.ID) {
			emit(index.Key{Grouping: index.VenueYears, Term: t.ID, Part: part}, t.File())
		}
		for _, e := range t.Venue.Editions {
			emit(index.Key{Grouping: index.Editions, Term: t.ID, Part: e.Key}, t.File())
		}
	}
}

// Path gives the file of a site that answers a request for a path below the
// home page: that of a folder is its index.html.
func Path(request string) string {
	clean := strings.TrimPrefix(path.Clean("/"+request), "/")
	if clean == "" {
		return "index.html"
	}
	if strings.HasSuffix(request, "/") {
		return file(clean + "/")
	}
	return clean
}
