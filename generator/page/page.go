// Package page turns documents and listings into HTML. It knows where pages lie
// and what they show, and nothing of files or of earlier builds.
package page

import (
	"bytes"
	"fmt"
	"html/template"
	"net/url"
	"reflect"
	"strings"

	"chancery/generator/archive"
	"chancery/generator/content"
	"chancery/generator/index"
	"chancery/generator/markdown"
)

// A Page is one page of the site, ready to be made.
type Page struct {
	Template string         // "document.html"
	Value    any            // what the template sees: one of the views
	Frame    *Frame         // the frame within Value
	Parts    content.Digest // of all that Fill is made from
	Fill     func() error   // completes Value with what only a page that is made needs; nil where nothing is missing
	Preview  template.HTML  // what the preview puts above the page; "" in the site
}

// A Renderer makes the pages of one archive. It is not changed once made, so
// any number of goroutines may use it.
type Renderer struct {
	Archive   *content.Archive
	Index     *index.Index
	Templates *Templates
	place
	markdown *markdown.Renderer
	site     Site
	common   content.Digest                  // of what all pages are made from
	names    map[*archive.Term]template.HTML // links to the terms' pages
	cards    map[*archive.Entry]card
}

// A place is where the pages of a site lie.
type place struct {
	base   string // the path of the home page, "/"
	origin string // what stands before base in an absolute address; "" without base URL
	style  string // the style sheet's path below the home page
}

// NewRenderer makes a renderer. style is the style sheet's path below the home
// page; generator tells one version of the program from another.
func NewRenderer(a *content.Archive, ix *index.Index, t *Templates, style string, generator content.Digest) *Renderer {
	base, origin := "/", ""
	if u, err := url.Parse(a.Settings.BaseURL); err == nil && u.Host != "" {
		base, origin = u.EscapedPath(), u.Scheme+"://"+u.Host
	}
	r := &Renderer{Archive: a, Index: ix, Templates: t, place: place{base, origin, style},
		markdown: markdown.New(base), names: map[*archive.Term]template.HTML{}}
	r.site = Site{
		Title: a.Settings.Title, Language: a.Settings.Language, Home: base,
		Name:       newFragment().markup(`<a class="name" href="`).text(base).markup(`">`).text(a.Settings.Title).markup(`</a>`).done(),
		Navigation: r.navigation(), Footer: r.footer(),
	}
	for _, f := range archive.Facets {
		for _, t := range a.Vocabulary.Terms(f) {
			r.names[t] = newFragment().link(r.address(TermPath(f, t.ID)), t.Name).done()
		}
	}
	d := newDigester()
	d.digest(generator)
	d.text(origin, base, style)
	digestValue(d, reflect.ValueOf(r.site))
	r.common = d.sum()
	r.cards = make(map[*archive.Entry]card, len(a.Documents))
	for _, e := range ix.Entries {
		r.cards[e] = r.card(e)
	}
	return r
}

// Base gives the path of the home page, with a slash at both ends.
func (r *Renderer) Base() string { return r.base }

// Absolute gives the absolute address of a path below the home page; "" where
// the archive has no base URL.
func (r *Renderer) Absolute(path string) string {
	if r.origin == "" {
		return ""
	}
	return r.origin + r.base + path
}

// Key digests all that the page shows, and how: two pages with one key have
// the same bytes.
func (r *Renderer) Key(p *Page) content.Digest {
	d := newDigester()
	d.digest(r.common)
	d.digest(r.Templates.digests[p.Template])
	d.digest(p.Parts)
	digestValue(d, reflect.ValueOf(p.Value).Elem())
	return d.sum()
}

// Write completes the page's value and writes the page.
func (r *Renderer) Write(w *bytes.Buffer, p *Page) error {
	if p.Fill != nil {
		if err := p.Fill(); err != nil {
			return err
		}
	}
	p.Frame.Preview = p.Preview
	return r.Templates.set.ExecuteTemplate(w, p.Template, p.Value)
}

// Paths of pages below the home page, each with its final slash.

// DocumentPath gives the path of a document's page.
func DocumentPath(id archive.ID) string { return "documents/" + string(id) + "/" }

// TermPath gives the path of a term's page.
func TermPath(f archive.Facet, id archive.TermID) string { return f.String() + "/" + string(id) + "/" }

// ListingPath gives the path of a listing's first page.
func ListingPath(k index.Key) string {
	switch k.Grouping {
	case index.Years:
		return "years/" + k.Part + "/"
	case index.VenueYears:
		return TermPath(archive.Venues, k.Term) + k.Part + "/"
	case index.Editions:
		return TermPath(archive.Venues, k.Term) + "editions/" + k.Part + "/"
	}
	return k.Grouping + "/" + string(k.Term) + "/"
}

// PartPath gives the path of the n-th page, from 1, of what begins at path.
func PartPath(path string, n int) string {
	if n == 1 {
		return path
	}
	return fmt.Sprintf("%spage/%d/", path, n)
}

// address gives the address, from the root of the host, of a path below home.
func (r *Renderer) address(path string) string { return r.base + path }

// A heading is what a page says of itself in its frame.
type heading struct {
	title       string
	description string // one sentence for search engines, or ""
	path        string // below the home page
	feed        string // the path of the feed of what the page shows, "" for that of the archive
	crumbs      []crumb
	nowhere     bool // the page has no address of its own
}

// frame fills what every page holds.
func (r *Renderer) frame(h heading) Frame {
	if h.title != r.site.Title {
		h.title += " · " + r.site.Title
	}
	if h.feed == "" {
		h.feed = "feed.xml"
	}
	frame := Frame{Site: r.site, Title: h.title, Address: r.Absolute(h.path), Crumbs: r.crumbs(h.crumbs)}
	f := newFragment().markup("<title>").text(h.title).markup("</title>\n")
	if h.description != "" {
		f.markup(`<meta name="description" content="`).text(h.description).markup("\">\n")
	}
	if h.nowhere {
		frame.Address = ""
	}
	if frame.Address != "" {
		f.markup(`<link rel="canonical" href="`).text(frame.Address).markup("\">\n")
		f.markup(`<link rel="alternate" type="application/atom+xml" href="`).text(r.address(h.feed)).markup("\">\n")
	}
	frame.Head = f.markup(`<link rel="stylesheet" href="`).text(r.address(r.style)).markup(`">`).done()
	return frame
}

// A crumb is one step of the way to a page; the page itself has no path.
type crumb struct{ path, name string }

func (r *Renderer) crumbs(crumbs []crumb) template.HTML {
	if len(crumbs) == 0 {
		return ""
	}
	f := newFragment().markup(`<li>`).link(r.base, "Home").markup(`</li>`)
	for _, c := range crumbs {
		f.markup(`<li>`).link(r.address(c.path), c.name).markup(`</li>`)
	}
	return f.done()
}

func (r *Renderer) navigation() template.HTML {
	f := newFragment()
	for _, facet := range archive.Facets {
		f.markup(`<li>`).link(r.address(facet.String()+"/"), facetNames[facet]).markup(`</li>`)
		if facet == archive.Venues {
			f.markup(`<li>`).link(r.address("years/"), "Years").markup(`</li>`)
		}
	}
	return f.done()
}

func (r *Renderer) footer() template.HTML {
	f := newFragment().markup(`<p>`).text(r.Archive.Settings.Title)
	if p := r.Archive.Settings.Publisher; p != "" {
		f.markup(`, kept by `).text(p)
	}
	f.markup(`.</p>`)
	if l := r.Archive.Settings.Licence; l != "" {
		f.markup(`<p>`).text(l).markup(`</p>`)
	}
	if r.origin != "" {
		f.markup(`<p>`).link(r.address("feed.xml"), "Feed of new documents").markup(`</p>`)
	}
	return f.done()
}

// prose turns Markdown of the archive's own into HTML.
func (r *Renderer) prose(text string) template.HTML {
	if text == "" {
		return ""
	}
	f := newFragment()
	if err := r.markdown.Render(f.b, []byte(text)); err != nil {
		return newFragment().markup("<p>").text(text).markup("</p>").done()
	}
	return f.done()
}

// row adds a row of a description list: what it is and its value.
func (f *fragment) row(name string, value template.HTML) {
	if value != "" {
		f.markup(`<div><dt>`).text(name).markup(`</dt><dd>`).html(value).markup(`</dd></div>`)
	}
}

// plain gives text as a fragment.
func plain(s string) template.HTML { return newFragment().text(s).done() }

// term gives a link to the term's page, "" for no term.
func (r *Renderer) term(f archive.Facet, id archive.TermID) template.HTML {
	return r.names[r.Archive.Vocabulary.Term(f, id)]
}

// terms gives links to several terms, each a line.
func (r *Renderer) terms(f archive.Facet, ids []archive.TermID) template.HTML {
	out := newFragment()
	for i, id := range ids {
		if i > 0 {
			out.markup(`<br>`)
		}
		out.html(r.term(f, id))
	}
	return out.done()
}

// nameOf gives the term's name as text, "" for no term.
func (r *Renderer) nameOf(f archive.Facet, id archive.TermID) string {
	if t := r.Archive.Vocabulary.Term(f, id); t != nil {
		return t.Name
	}
	return ""
}

// clip shortens a description to what search engines show.
func clip(s string) string {
	const limit = 300
	if len(s) <= limit {
		return s
	}
	cut := strings.LastIndexByte(s[:limit], ' ')
	if cut < limit/2 {
		cut = limit
		for cut > 0 && s[cut]&0xc0 == 0x80 {
			cut--
		}
	}
	return s[:cut] + "…"
}
