package content

import (
	"bytes"
	"fmt"
	"io/fs"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"

	"chancery/generator/archive"
	"chancery/generator/markdown"
	"chancery/generator/problem"
)

// Readings are all the files of content/, each read for itself.
type Readings struct {
	Settings    archive.Settings
	Terms       []*TermReading
	Documents   []*Reading
	Attachments map[archive.ID][]Attachment
	Notices     []problem.Problem // of the folder and of archive.yaml
	Problems    []problem.Problem
}

// An Attachment is a file that is published beside a document's page.
type Attachment struct {
	Name   string // path below the page: "pictures/hall.jpg"
	Digest Digest
}

// An Archive is the readings held against each other: what can be published,
// and what has to be mended.
type Archive struct {
	Settings   archive.Settings
	Vocabulary *archive.Vocabulary
	Documents  []*Reading // those without a problem, in the order of listings
	// Attachments are the files that go with documents, in the order of their names.
	Attachments map[archive.ID][]Attachment
	Drafts      int     // documents left out because they are drafts
	Doubts      []Doubt // what waits for a person: of terms, then of documents
	Notices     []problem.Problem
	Problems    []problem.Problem
	Broken      map[archive.ID][]problem.Problem // the documents left out, and why
}

// Resolve holds the readings against each other: whether every term, document
// and file that is named is there is asked anew at each call. Drafts take part
// only where they are asked for. A file is looked into again, in root, only to
// find the line of a problem.
func Resolve(root fs.FS, all *Readings, drafts bool) *Archive {
	r := &resolver{root: root, all: all, a: &Archive{Settings: all.Settings, Attachments: map[archive.ID][]Attachment{}, Broken: map[archive.ID][]problem.Problem{}}}
	r.a.Notices = append(r.a.Notices, all.Notices...)
	r.a.Problems = append(r.a.Problems, all.Problems...)
	r.years = sync.OnceValue(func() map[string]bool { return yearsOf(all.Documents) })
	r.terms()
	r.known = make(map[archive.ID]*Reading, len(all.Documents))
	for _, d := range all.Documents {
		r.known[d.ID] = d
	}
	for _, d := range all.Documents {
		r.document(d, drafts)
	}
	for _, t := range all.Terms {
		r.a.Problems = append(r.a.Problems, r.links(t.File(), t.Facet.String()+"/"+string(t.ID), t.BodyLine, false, t.Local)...)
	}
	r.attachments()
	slices.SortFunc(r.a.Documents, func(x, y *Reading) int { return x.Compare(&y.Entry) })
	r.a.Problems = problem.Sort(r.a.Problems)
	r.a.Notices = problem.Sort(r.a.Notices)
	return r.a
}

type resolver struct {
	root  fs.FS
	all   *Readings
	a     *Archive
	known map[archive.ID]*Reading
	years func() map[string]bool
}

func (r *resolver) tell(file string, line int, mend, what string, args ...any) {
	r.a.Problems = append(r.a.Problems, problem.Problem{File: file, Line: line, What: fmt.Sprintf(what, args...), Mend: mend})
}

func (r *resolver) terms() {
	terms := make([]*archive.Term, 0, len(r.all.Terms))
	for _, t := range r.all.Terms {
		r.a.Problems = append(r.a.Problems, t.Problems...)
		r.a.Notices = append(r.a.Notices, t.Notices...)
		if !archive.IsSlug(string(t.ID)) {
			continue // told above; it cannot have a page
		}
		term := t.Term
		term.Venue.Editions = slices.Clone(term.Venue.Editions) // the reading is kept as it is
		if term.Name == "" {
			term.Name = string(term.ID) // told above; documents filed under it are not to blame
		}
		terms = append(terms, &term)
		r.doubts(t.Doubts)
	}
	vocabulary, clashes := archive.NewVocabulary(terms)
	r.a.Vocabulary = vocabulary
	for _, c := range clashes {
		r.tell(c.Second.File(), r.line(c.Second.File(), "", c.Name), fmt.Sprintf("let one of the two have the name: take it out of this file or out of %s", c.First.File()),
			"the name %q is claimed by %s %q already, so a text that uses it is filed there", c.Name, c.First.Facet.Singular(), c.First.ID)
	}
	for _, t := range terms {
		r.term(t)
	}
}

// doubts tells what waits for a person in a file.
func (r *resolver) doubts(doubts []Doubt) {
	for _, d := range doubts {
		r.a.Notices = append(r.a.Notices, d.Notice())
	}
	r.a.Doubts = append(r.a.Doubts, doubts...)
}

func (r *resolver) term(t *archive.Term) {
	if parent := t.Venue.Parent; parent != "" {
		if r.a.Vocabulary.Term(archive.Venues, parent) == nil {
			r.a.Problems = append(r.a.Problems, r.unknown(t.File(), archive.Venues, parent, "parent"))
			t.Venue.Parent = ""
		} else if r.circular(t) {
			r.tell(t.File(), r.line(t.File(), "parent", string(parent)), "take out the line parent: of one of them", "the venue %q is, over its parents, a part of itself", t.ID)
			t.Venue.Parent = ""
		}
	}
	for i, e := range t.Venue.Editions {
		if e.Place != "" && r.a.Vocabulary.Term(archive.Places, e.Place) == nil {
			r.a.Problems = append(r.a.Problems, r.unknown(t.File(), archive.Places, e.Place, "editions"))
			t.Venue.Editions[i].Place = ""
		}
	}
}

func (r *resolver) circular(t *archive.Term) bool {
	for n, at := 0, t; at != nil && at.Venue.Parent != ""; n++ {
		if at = r.a.Vocabulary.Term(archive.Venues, at.Venue.Parent); at == t || n > 100 {
			return true
		}
	}
	return false
}

func (r *resolver) document(d *Reading, drafts bool) {
	var told Told
	if d.Told != nil {
		told = *d.Told
	}
	problems := slices.Clone(told.Problems)
	file := d.ID.File()
	for _, f := range archive.Facets {
		for _, id := range d.Terms(f) {
			if r.a.Vocabulary.Term(f, id) == nil {
				problems = append(problems, r.unknown(file, f, id, fieldOf(&d.Entry, f, id)))
			}
		}
	}
	for _, v := range d.Venues {
		if t := r.a.Vocabulary.Term(archive.Venues, v.Venue); t != nil && v.Edition != "" {
			if _, ok := t.Edition(v.Edition); !ok {
				problems = append(problems, problem.Problem{File: file, Line: r.line(file, "venues", v.String()), What: fmt.Sprintf("unknown edition %q: %s lists no edition with the key %q", v, t.File(), v.Edition),
					Mend: fmt.Sprintf("add the edition to %s, or write %q without it", t.File(), v.Venue)})
			}
		}
	}
	for i, id := range slices.Concat(d.TranslationOf, d.SameAs) {
		if r.known[id] == nil || id == d.ID {
			key := "translation-of"
			if i >= len(d.TranslationOf) {
				key = "same-as"
			}
			problems = append(problems, problem.Problem{File: file, Line: r.line(file, key, string(id)), What: fmt.Sprintf("no other document has the ID %q", id),
				Mend: "write the path of its file below content/documents, without .md"})
		}
	}
	problems = append(problems, r.links(file, "documents/"+string(d.ID), d.BodyLine, d.Draft, told.Local)...)
	r.a.Notices = append(r.a.Notices, told.Notices...)
	r.doubts(told.Doubts)
	switch {
	case len(problems) > 0:
		r.a.Problems = append(r.a.Problems, problems...)
		r.a.Broken[d.ID] = problem.Sort(problems)
	case d.Draft && !drafts:
		r.a.Drafts++
	default:
		r.a.Documents = append(r.a.Documents, d)
	}
}

// fieldOf gives the key under which a document names the term.
func fieldOf(e *archive.Entry, f archive.Facet, id archive.TermID) string {
	switch f {
	case archive.Venues, archive.Speakers:
		return f.String()
	case archive.Places:
		return "place"
	}
	if e.Source == id {
		return "source"
	}
	return "via"
}

// line finds the line of a file on which a value stands, at or below that key;
// 0 where it is not to be found.
func (r *resolver) line(file, key, value string) int {
	data, err := fs.ReadFile(r.root, file)
	if err != nil {
		return 0
	}
	at := 0
	if key != "" {
		at = max(0, bytes.Index(data, []byte("\n"+key+":")))
	}
	for {
		i := bytes.Index(data[at:], []byte(value))
		if i < 0 {
			return 0
		}
		at += i + len(value)
		if !isNameByte(data, at) && !isNameByte(data, at-len(value)-1) {
			return 1 + bytes.Count(data[:at], []byte("\n"))
		}
	}
}

// isNameByte says whether the byte there belongs to an ID, so that what ends or
// begins beside it is a part of a longer one.
func isNameByte(data []byte, i int) bool {
	return i >= 0 && i < len(data) && (data[i] == '-' || data[i] >= 'a' && data[i] <= 'z' || data[i] >= '0' && data[i] <= '9')
}

// unknown is the problem of a term, named under a key of the file, that has no
// file of its own.
func (r *resolver) unknown(file string, f archive.Facet, id archive.TermID, key string) problem.Problem {
	mend := "add " + archive.TermFile(f, id)
	ids := r.a.Vocabulary.IDs(f)
	names := make([]string, len(ids))
	for i, known := range ids {
		names[i] = string(known)
	}
	if near := problem.Nearest(string(id), names); near != "" {
		mend = fmt.Sprintf("did you mean %q? For a new %s, add %s", near, f.Singular(), archive.TermFile(f, id))
	}
	return problem.Problem{File: file, Line: r.line(file, key, string(id)), What: fmt.Sprintf("unknown %s %q", f.Singular(), id), Mend: mend}
}

// links tells those links of a page that lead nowhere. The page lies at a path
// and may be a draft's; its text begins in that line of its file.
func (r *resolver) links(file, from string, firstLine int, draft bool, links []markdown.Link) []problem.Problem {
	var problems []problem.Problem
	for _, link := range links {
		if why := r.missing(from, draft, link); why != "" {
			problems = append(problems, problem.Problem{File: file, Line: link.Line + firstLine - 1, What: fmt.Sprintf("link to %s: %s", link.Target, why),
				Mend: "mend the link, or add what it leads to"})
		}
	}
	return problems
}

// missing says why a link leads nowhere, "" where it does lead somewhere.
func (r *resolver) missing(from string, draft bool, link markdown.Link) string {
	target, _, _ := strings.Cut(link.Target, "#")
	target, _, _ = strings.Cut(target, "?")
	target, err := url.PathUnescape(target)
	if err != nil {
		return "this is not an address"
	}
	if !strings.HasPrefix(target, "/") {
		target = "/" + from + "/" + target
	}
	parts := strings.SplitN(strings.TrimPrefix(path.Clean(target), "/"), "/", 4)
	if parts[0] == "documents" && len(parts) >= 3 {
		id := archive.ID(parts[1] + "/" + parts[2])
		switch d := r.known[id]; {
		case d == nil:
			return fmt.Sprintf("there is no document %q", id)
		case d.Draft && !draft:
			return fmt.Sprintf("the document %q is a draft, so its page is not published", id)
		case len(parts) == 4 && !slices.ContainsFunc(r.all.Attachments[id], func(a Attachment) bool { return a.Name == parts[3] }):
			return fmt.Sprintf("there is no file %s/%s", id.Attachments(), parts[3])
		case len(parts) == 4 && isOriginal(parts[3]) && !d.Original:
			return fmt.Sprintf("the file %s/%s is kept and not published: %s does not say publish-original: true", id.Attachments(), parts[3], id.File())
		}
		return ""
	}
	return r.missingIndex(parts)
}

// pagesOfTheirOwn are the beginnings of paths that are neither a document's nor
// a facet's.
var pagesOfTheirOwn = []string{"", "years", "feed.xml", "sitemap.xml"}

// missingIndex says why there is no page of an index at a path, "" where there
// is one.
func (r *resolver) missingIndex(parts []string) string {
	const none = "there is no such page"
	if parts[0] == "years" && len(parts) >= 2 && !r.years()[parts[1]] {
		return fmt.Sprintf("no document is of %s", parts[1])
	}
	feed := strings.HasSuffix(parts[len(parts)-1], ".xml")
	f, ok := facetOf(parts[0])
	switch {
	case feed && r.all.Settings.BaseURL == "":
		return "without a base-url there are no feeds and no sitemap"
	case !ok && !slices.Contains(pagesOfTheirOwn, parts[0]):
		return none
	case !ok && len(parts) > 2 && parts[2] != "page":
		return none
	case !ok || len(parts) < 2:
		return ""
	}
	term := r.a.Vocabulary.Term(f, archive.TermID(parts[1]))
	if term == nil {
		return fmt.Sprintf("there is no %s %q", f.Singular(), parts[1])
	}
	if len(parts) < 3 || parts[2] == "page" || f == archive.Venues && parts[2] == "feed.xml" {
		return ""
	}
	if f != archive.Venues {
		return none
	}
	if parts[2] == "editions" && len(parts) == 4 {
		if _, ok := term.Edition(parts[3]); !ok {
			return fmt.Sprintf("%s lists no edition with the key %q", term.File(), parts[3])
		}
	} else if !r.years()[parts[1]+"/"+parts[2]] {
		return fmt.Sprintf("no document of %s is of %s", term.Name, parts[2])
	}
	return ""
}

// yearsOf gives the years that have a page: "2022", and of a venue
// "east-asia-summit/2022".
func yearsOf(documents []*Reading) map[string]bool {
	years := map[string]bool{}
	for _, d := range documents {
		if d.Draft {
			continue
		}
		year := "undated"
		if d.Date.HasYear() {
			year = strconv.Itoa(d.Date.Year())
		}
		years[year] = true
		for _, v := range d.Venues {
			years[string(v.Venue)+"/"+year] = true
		}
	}
	return years
}

func (r *resolver) attachments() {
	for id, files := range r.all.Attachments {
		known := r.known[id]
		if known == nil {
			r.a.Notices = append(r.a.Notices, problem.Problem{File: id.Attachments(), What: fmt.Sprintf("there is no document %s, so the files in this folder are not published", id.File()),
				Mend: "give the folder the name of the document that the files go with"})
			continue
		}
		r.a.Attachments[id] = slices.DeleteFunc(slices.Clone(files), func(a Attachment) bool {
			if isOriginal(a.Name) && !known.Original {
				return true
			}
			first, _, _ := strings.Cut(a.Name, "/")
			taken := strings.EqualFold(first, "index.html")
			if taken {
				r.tell(id.Attachments()+"/"+a.Name, 0, "give it another name", "its address is that of the document's own page, so it is not published")
			}
			return taken
		})
	}
}

// isOriginal says whether a file beside a document is one that it was imported
// from.
func isOriginal(name string) bool { return strings.HasPrefix(name, archive.Originals+"/") }
