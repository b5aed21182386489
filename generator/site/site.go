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
	Files    map[archive.ID][]content.Attachment
	Source   fs.FS // the root of the archive
	others   func() map[string]Output
}

// An Output is one file of the site, not yet made: a page, or data.
type Output struct {
	Path   string         // below the site's folder: "documents/2022/…/index.html"
	From   string         // what it is made from, for messages
	Digest content.Digest // of the data, where it is known without making it
	Page   func() *page.Page
	Data   func() ([]byte, error)
}

// An emitter yields the outputs of one sort.
type emitter func(s *Site, yield func(Output))

// emitters is the table of all sorts of output. A new one is a line here.
var emitters = []emitter{documents, attachments, home, terms, listings, feeds, sitemaps, hostFiles, assets}

// Outputs lists every file of the site. Two with one path are a problem that
// names what both are made from, and only the first is kept.
func (s *Site) Outputs() ([]Output, []problem.Problem) {
	var outputs []Output
	var problems []problem.Problem
	from := map[string]string{}
	for _, emit := range emitters {
		emit(s, func(o Output) {
			if first, taken := from[o.Path]; taken {
				problems = append(problems, problem.Problem{File: o.From, What: fmt.Sprintf("its address /%s is that of %s too, so it is not published", o.Path, first), Mend: "give one of the two another name"})
				return
			}
			from[o.Path] = o.From
			outputs = append(outputs, o)
		})
	}
	return outputs, problems
}

// Find gives the output at a path, as Outputs would list it.
func (s *Site) Find(path string) (Output, bool) {
	if id, ok := documentAt(path); ok {
		if d := s.Document(id); d != nil {
			return s.document(d), true
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

// Made says how an output is made: its key, by which it is told whether it has
// to be, and how to write it.
func (s *Site) Made(o Output) (key content.Digest, write func(*bytes.Buffer) error, err error) {
	if o.Page != nil {
		p := o.Page()
		return s.Renderer.Key(p), func(w *bytes.Buffer) error { return s.Renderer.Write(w, p) }, nil
	}
	if o.Digest != (content.Digest{}) {
		return o.Digest, func(w *bytes.Buffer) error {
			data, err := o.Data()
			w.Write(data)
			return err
		}, nil
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
		yield(s.document(d))
	}
}

func (s *Site) document(d *content.Reading) Output {
	return Output{Path: file(page.DocumentPath(d.ID)), From: d.ID.File(), Page: func() *page.Page {
		return s.Renderer.Document(d, s.Files[d.ID], func() ([]byte, error) { return fs.ReadFile(s.Source, d.ID.File()) })
	}}
}

func attachments(s *Site, yield func(Output)) {
	for _, d := range s.Renderer.Archive.Documents {
		for _, a := range s.Files[d.ID] {
			from := d.ID.Attachments() + "/" + a.Name
			yield(Output{Path: page.DocumentPath(d.ID) + a.Name, From: from, Digest: a.Digest, Data: func() ([]byte, error) { return fs.ReadFile(s.Source, from) }})
		}
	}
}

func home(s *Site, yield func(Output)) {
	yield(Output{Path: "index.html", From: content.SettingsFile, Page: s.Renderer.Home})
	yield(Output{Path: "404.html", From: "the page for missing addresses", Page: s.Renderer.Missing})
	yield(Output{Path: file("years/"), From: "the index of years", Page: s.Renderer.Years})
	for _, f := range archive.Facets {
		yield(Output{Path: file(f.String() + "/"), From: "the index of " + f.String(), Page: func() *page.Page { return s.Renderer.Terms(f) }})
	}
}

func terms(s *Site, yield func(Output)) {
	r := s.Renderer
	for _, f := range archive.Facets {
		for _, t := range r.Archive.Vocabulary.Terms(f) {
			pages := r.TermPages(t)
			for n := 1; n <= max(1, len(pages)); n++ {
				yield(Output{Path: file(page.PartPath(page.TermPath(f, t.ID), n)), From: t.File(), Page: func() *page.Page { return r.Term(t, pages, n) }})
			}
		}
	}
}

func listings(s *Site, yield func(Output)) {
	r := s.Renderer
	emit := func(k index.Key, from string) {
		pages := r.Index.Listing(k).Pages()
		for n := 1; n <= max(1, len(pages)); n++ {
			yield(Output{Path: file(page.PartPath(page.ListingPath(k), n)), From: from, Page: func() *page.Page { return r.Listing(k, pages, n) }})
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
