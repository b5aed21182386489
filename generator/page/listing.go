package page

import (
	"fmt"
	"html/template"
	"strconv"
	"strings"
	"time"

	"chancery/generator/archive"
	"chancery/generator/content"
	"chancery/generator/index"
)

// latestShown is how many documents a page shows of a listing that stands
// whole elsewhere.
const latestShown = 10

// Listing gives the n-th page, from 1, of a listing's pages.
func (r *Renderer) Listing(k index.Key, pages []index.Listing, n int) *Page {
	v := &Listing{}
	path := ListingPath(k)
	total := total(pages)
	facts := newFragment()
	var title string
	var crumbs []crumb
	switch k.Grouping {
	case index.Years:
		title = k.Part
		if k.Part == index.Undated {
			title = "Undated documents"
		}
		crumbs = []crumb{{"years/", "Years"}}
		facts.row("Venues", r.venuesOf(pages))
	case index.VenueYears:
		venue := r.nameOf(archive.Venues, k.Term)
		title = venue + ", " + strings.ToLower(yearWords(k.Part))
		crumbs = []crumb{{"venues/", "Venues"}, {TermPath(archive.Venues, k.Term), venue}}
		facts.row("Meetings", r.editionsIn(k))
	case index.Editions:
		title = r.editionTitle(archive.VenueRef{Venue: k.Term, Edition: k.Part})
		crumbs = []crumb{{"venues/", "Venues"}, {TermPath(archive.Venues, k.Term), r.nameOf(archive.Venues, k.Term)}}
		if e, ok := r.Archive.Vocabulary.Term(archive.Venues, k.Term).Edition(k.Part); ok {
			if e.Start != 0 {
				facts.row("Date", plain(spanWords(e.Start, e.End)))
			}
			facts.row("Place", r.term(archive.Places, e.Place))
		}
	}
	v.Heading = title
	v.Facts = facts.done()
	v.Shown = count(total, "document")
	v.Pager = r.pager(path, pages, n)
	v.Frame = r.frame(heading{title: numbered(title, n, len(pages)), description: fmt.Sprintf("%s: %s of the archive.", title, v.Shown), path: PartPath(path, n), crumbs: crumbs})
	p := &Page{Template: "listing.html", Value: v, Frame: &v.Frame}
	r.fillList(p, pages, n, func(list template.HTML) { v.Documents = list })
	return p
}

// fillList has a page show the n-th page of a listing, once it is made.
func (r *Renderer) fillList(p *Page, pages []index.Listing, n int, show func(template.HTML)) {
	if len(pages) == 0 {
		return
	}
	d := newDigester()
	r.entries(d, pages[n-1])
	p.Parts = d.sum()
	p.Fill = func() error {
		show(r.list(pages[n-1]))
		return nil
	}
}

func total(pages []index.Listing) int {
	n := 0
	for _, p := range pages {
		n += len(p)
	}
	return n
}

func numbered(title string, n, of int) string {
	if of <= 1 {
		return title
	}
	return fmt.Sprintf("%s, page %d", title, n)
}

// list gives entries under the months and years that they fall in.
func (r *Renderer) list(l index.Listing) template.HTML {
	f := newFragment()
	heading := ""
	for _, e := range l {
		if h := period(e); h != heading {
			if heading != "" {
				f.markup("</ul>\n")
			}
			heading = h
			f.markup(`<h2>`).text(h).markup("</h2>\n<ul class=\"list\">\n")
		}
		f.html(r.item(e))
	}
	if heading != "" {
		f.markup("</ul>\n")
	}
	return f.done()
}

// period gives the heading under which an entry stands: its month, its year
// where no month is known.
func period(e *archive.Entry) string {
	d := e.Date
	switch {
	case !d.HasYear():
		return "Undated"
	case d.From.Month == 0:
		return strconv.Itoa(d.Year())
	}
	return time.Month(d.From.Month).String() + " " + strconv.Itoa(d.Year())
}

// latest gives the latest entries with their summaries.
func (r *Renderer) latest(l index.Listing) template.HTML {
	f := newFragment()
	for _, e := range l.Latest(latestShown) {
		f.html(r.itemWith(e, e.Summary))
	}
	return f.done()
}

// latestParts digests what latest gives.
func (r *Renderer) latestParts(l index.Listing) content.Digest {
	d := newDigester()
	for _, e := range l.Latest(latestShown) {
		d.digest(r.cards[e].latest)
	}
	return d.sum()
}

// pager links the pages of a listing, each with the years it holds.
func (r *Renderer) pager(path string, pages []index.Listing, n int) template.HTML {
	if len(pages) <= 1 {
		return ""
	}
	f := newFragment()
	link := func(to int, rel, text string) {
		f.markup(`<a rel="`).markup(rel).markup(`" href="`).text(r.address(PartPath(path, to))).markup(`">`).text(text).markup(`</a> `)
	}
	if n > 1 {
		link(n-1, "prev", "Earlier")
	}
	f.text(fmt.Sprintf("Page %d of %d", n, len(pages))).markup(" ")
	if n < len(pages) {
		link(n+1, "next", "Later")
	}
	return f.done()
}

// venuesOf names the venues of a listing with their counts.
func (r *Renderer) venuesOf(pages []index.Listing) template.HTML {
	if len(pages) == 0 || len(pages[0]) == 0 {
		return ""
	}
	year := index.Year(pages[0][0])
	f := newFragment()
	for _, t := range r.Archive.Vocabulary.Terms(archive.Venues) {
		k := index.Key{Grouping: index.VenueYears, Term: t.ID, Part: year}
		if n := len(r.Index.Listing(k)); n > 0 {
			if f.b.Len() > 0 {
				f.markup(`<br>`)
			}
			f.link(r.address(ListingPath(k)), t.Name).text(" (" + number(n) + ")")
		}
	}
	return f.done()
}

// editionsIn names the meetings that a venue held in a year.
func (r *Renderer) editionsIn(k index.Key) template.HTML {
	f := newFragment()
	for _, e := range r.Archive.Vocabulary.Term(archive.Venues, k.Term).Venue.Editions {
		if y, _, _ := e.Start.Civil(); e.Start == 0 || strconv.Itoa(y) != k.Part {
			continue
		}
		if f.b.Len() > 0 {
			f.markup(`<br>`)
		}
		ref := archive.VenueRef{Venue: k.Term, Edition: e.Key}
		f.link(r.address(ListingPath(index.Key{Grouping: index.Editions, Term: k.Term, Part: e.Key})), r.editionTitle(ref)).text(", " + spanWords(e.Start, e.End))
	}
	return f.done()
}
