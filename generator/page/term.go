package page

import (
	"fmt"
	"html/template"
	"slices"
	"strconv"
	"strings"

	"chancery/generator/archive"
	"chancery/generator/index"
)

// groupingOf gives the grouping by the terms of a facet.
func groupingOf(f archive.Facet) string {
	return [...]string{index.Venues, index.Places, index.Speakers, index.Sources}[f]
}

// TermPages gives the pages into which a term's documents are cut. A venue has
// one: it shows them all, or the latest and its years.
func (r *Renderer) TermPages(t *archive.Term) []index.Listing {
	l := r.Index.Listing(index.Key{Grouping: groupingOf(t.Facet), Term: t.ID})
	if t.Facet == archive.Venues {
		return []index.Listing{l}
	}
	return l.Pages()
}

// Term gives the n-th page, from 1, of a term.
func (r *Renderer) Term(t *archive.Term, pages []index.Listing, n int) *Page {
	path := TermPath(t.Facet, t.ID)
	all := total(pages)
	v := &Term{Heading: t.Name, Pager: r.pager(path, pages, n)}
	p := &Page{Template: "term.html", Value: v, Frame: &v.Frame}
	switch {
	case all == 0:
		v.Shown = "No documents yet"
	case t.Facet == archive.Venues && all > index.PageSize:
		v.Shown = fmt.Sprintf("The latest %d of %s", latestShown, count(all, "document"))
		p.Parts = r.latestParts(pages[0])
		p.Fill = func() error {
			v.Documents = newFragment().markup("<ul class=\"list latest\">\n").html(r.latest(pages[0])).markup("</ul>").done()
			return nil
		}
	default:
		v.Shown = count(all, "document")
		r.fillList(p, pages, n, func(list template.HTML) { v.Documents = list })
	}
	if n == 1 {
		v.Facts = r.termFacts(t)
		v.Text = r.prose(t.Text)
		v.Editions = r.editions(t)
		v.Years = r.years(t)
		v.Parts = r.parts(t)
	}
	h := heading{title: numbered(t.Name, n, len(pages)), description: clip(fmt.Sprintf("%s: %s in %s.", t.Name, count(all, "document"), r.site.Title)),
		path: PartPath(path, n), crumbs: []crumb{{t.Facet.String() + "/", facetNames[t.Facet]}}}
	if t.Facet == archive.Venues {
		h.feed = path + "feed.xml"
	}
	v.Frame = r.frame(h)
	return p
}

func (r *Renderer) termFacts(t *archive.Term) template.HTML {
	f := newFragment()
	f.row("Abbreviated", plain(strings.Join(t.Venue.Abbreviations, " · ")))
	f.row("Other names", otherNames(t.Aliases))
	f.row("Part of", r.term(archive.Venues, t.Venue.Parent))
	if t.Venue.Since != 0 {
		f.row("Since", plain(strconv.Itoa(t.Venue.Since)))
	}
	f.row("Country", plain(t.Place.Country))
	if t.Place.Located {
		f.row("Position", plain(position(t.Place)))
	}
	f.row("Office", plain(t.Speaker.Office))
	f.row("Type", plain(strings.ReplaceAll(t.Source.Type, "-", " ")))
	if t.Source.Home != "" {
		f.row("Home", newFragment().link(t.Source.Home, t.Source.Home).done())
	}
	if t.Unverified {
		f.row("State", "Not yet checked by an editor")
	}
	return f.done()
}

// namesShown is how many other names of a term are shown at once: many have
// more, one for each form in which texts write them.
const namesShown = 4

func otherNames(names []string) template.HTML {
	if len(names) <= namesShown {
		return plain(strings.Join(names, " · "))
	}
	f := newFragment().markup(`<details><summary>`).text(strings.Join(names[:2], " · ") + fmt.Sprintf(" and %d more", len(names)-2)).markup(`</summary>`)
	return f.text(strings.Join(names[2:], " · ")).markup(`</details>`).done()
}

// position gives a place's coordinates in degrees.
func position(p archive.Place) string {
	ns, ew := "N", "E"
	if p.Latitude < 0 {
		ns, p.Latitude = "S", -p.Latitude
	}
	if p.Longitude < 0 {
		ew, p.Longitude = "W", -p.Longitude
	}
	return fmt.Sprintf("%.2f° %s, %.2f° %s", p.Latitude, ns, p.Longitude, ew)
}

// editions gives the meetings of a venue, or those that a place saw.
func (r *Renderer) editions(t *archive.Term) template.HTML {
	f := newFragment()
	add := func(venue *archive.Term, e archive.Edition, other template.HTML) {
		k := index.Key{Grouping: index.Editions, Term: venue.ID, Part: e.Key}
		dates := ""
		if e.Start != 0 {
			dates = spanWords(e.Start, e.End)
		}
		f.markup(`<tr><th scope="row">`).link(r.address(ListingPath(k)), r.editionTitle(archive.VenueRef{Venue: venue.ID, Edition: e.Key}))
		f.markup(`</th><td>`).text(dates).markup(`</td><td>`).html(other).markup(`</td><td>`).text(number(len(r.Index.Listing(k)))).markup("</td></tr>\n")
	}
	second := "Place"
	switch t.Facet {
	case archive.Venues:
		for _, e := range t.Venue.Editions {
			add(t, e, r.term(archive.Places, e.Place))
		}
	case archive.Places:
		second = "Venue"
		for _, venue := range r.Archive.Vocabulary.Terms(archive.Venues) {
			for _, e := range venue.Venue.Editions {
				if e.Place == t.ID {
					add(venue, e, r.names[venue])
				}
			}
		}
	}
	if f.b.Len() == 0 {
		return ""
	}
	head := newFragment().markup(`<thead><tr><th scope="col">Meeting</th><th scope="col">Date</th><th scope="col">`).text(second).markup(`</th><th scope="col">Documents</th></tr></thead>`)
	return head.markup("\n<tbody>\n").html(f.done()).markup("</tbody>").done()
}

// years gives a venue's years with their counts.
func (r *Renderer) years(t *archive.Term) template.HTML {
	if t.Facet != archive.Venues {
		return ""
	}
	f := newFragment()
	for _, part := range r.Index.Parts(index.VenueYears, t.ID) {
		k := index.Key{Grouping: index.VenueYears, Term: t.ID, Part: part}
		f.markup(`<li>`).link(r.address(ListingPath(k)), yearWords(part)).markup(` <span class="count">`).text(number(len(r.Index.Listing(k)))).markup("</span></li>\n")
	}
	return f.done()
}

// parts gives the venues whose parent the venue is.
func (r *Renderer) parts(t *archive.Term) template.HTML {
	if t.Facet != archive.Venues {
		return ""
	}
	f := newFragment()
	for _, part := range r.Archive.Vocabulary.Terms(archive.Venues) {
		if part.Venue.Parent == t.ID {
			f.markup(`<li>`).html(r.names[part]).markup(` <span class="count">`).text(number(len(r.Index.Listing(index.Key{Grouping: index.Venues, Term: part.ID})))).markup("</span></li>\n")
		}
	}
	return f.done()
}

// Terms gives the index of a facet: all its terms with their counts.
func (r *Renderer) Terms(f archive.Facet) *Page {
	terms := r.Archive.Vocabulary.Terms(f)
	slices.SortStableFunc(terms, func(a, b *archive.Term) int { return strings.Compare(sortName(a), sortName(b)) })
	items := newFragment()
	for _, t := range terms {
		items.markup(`<li>`).html(r.names[t]).markup(` <span class="count">`).text(number(len(r.Index.Listing(index.Key{Grouping: groupingOf(f), Term: t.ID})))).markup("</span></li>\n")
	}
	v := &Index{Heading: facetNames[f], Shown: count(len(terms), f.Singular()), Items: items.done()}
	v.Frame = r.frame(heading{title: v.Heading, description: fmt.Sprintf("%s of %s.", v.Shown, r.site.Title), path: f.String() + "/"})
	return &Page{Template: "index.html", Value: v, Frame: &v.Frame}
}

func sortName(t *archive.Term) string {
	if t.Speaker.SortName != "" {
		return archive.Fold(t.Speaker.SortName)
	}
	return archive.Fold(t.Name)
}

// Years gives the index of all years.
func (r *Renderer) Years() *Page {
	items := newFragment()
	parts := r.Index.Parts(index.Years, "")
	for _, part := range parts {
		k := index.Key{Grouping: index.Years, Part: part}
		items.markup(`<li>`).link(r.address(ListingPath(k)), yearWords(part)).markup(` <span class="count">`).text(number(len(r.Index.Listing(k)))).markup("</span></li>\n")
	}
	v := &Index{Heading: "Years", Shown: count(len(parts), "year"), Items: items.done()}
	if len(parts) > 0 && parts[len(parts)-1] == index.Undated {
		v.Shown = count(len(parts)-1, "year") + " and undated documents"
	}
	v.Frame = r.frame(heading{title: v.Heading, description: "The documents of " + r.site.Title + " by year.", path: "years/"})
	return &Page{Template: "index.html", Value: v, Frame: &v.Frame}
}

// Home gives the home page.
func (r *Renderer) Home() *Page {
	s := r.Archive.Settings
	v := &Home{Heading: s.Title, About: s.Description, Matrix: r.matrix(), Cite: s.Cite}
	v.Frame = r.frame(heading{title: s.Title, description: clip(s.Description)})
	return &Page{Template: "home.html", Value: v, Frame: &v.Frame, Parts: r.latestParts(r.Index.Entries), Fill: func() error {
		v.Latest = r.latest(r.Index.Entries)
		return nil
	}}
}

// matrix gives the table of venues by years.
func (r *Renderer) matrix() template.HTML {
	years := r.Index.Parts(index.Years, "")
	if len(years) == 0 {
		return ""
	}
	f := newFragment().markup(`<thead><tr><th scope="col">Venue</th>`)
	for _, y := range years {
		f.markup(`<th scope="col">`).link(r.address(ListingPath(index.Key{Grouping: index.Years, Part: y})), yearWords(y)).markup(`</th>`)
	}
	f.markup("<th scope=\"col\">All</th></tr></thead>\n<tbody>\n")
	for _, t := range r.Archive.Vocabulary.Terms(archive.Venues) {
		all := r.Index.Listing(index.Key{Grouping: index.Venues, Term: t.ID})
		if len(all) == 0 {
			continue
		}
		f.markup(`<tr><th scope="row">`).html(r.names[t]).markup(`</th>`)
		for _, y := range years {
			k := index.Key{Grouping: index.VenueYears, Term: t.ID, Part: y}
			f.markup(`<td>`)
			if n := len(r.Index.Listing(k)); n > 0 {
				f.link(r.address(ListingPath(k)), number(n))
			}
			f.markup(`</td>`)
		}
		f.markup(`<td>`).text(number(len(all))).markup("</td></tr>\n")
	}
	f.markup(`<tr><th scope="row">All documents</th>`)
	for _, y := range years {
		f.markup(`<td>`).text(number(len(r.Index.Listing(index.Key{Grouping: index.Years, Part: y})))).markup(`</td>`)
	}
	return f.markup(`<td>`).text(number(len(r.Index.Entries))).markup("</td></tr>\n</tbody>").done()
}

// Missing gives the page for addresses that lead nowhere.
func (r *Renderer) Missing() *Page {
	v := &Missing{Heading: "There is no page here"}
	v.Frame = r.frame(heading{title: v.Heading, nowhere: true})
	return &Page{Template: "404.html", Value: v, Frame: &v.Frame}
}
