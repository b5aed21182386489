// Package index groups entries into listings: by year, venue, venue and year,
// edition, place, speaker, source. It knows nothing of pages.
package index

import (
	"cmp"
	"slices"
	"strconv"

	"chancery/generator/archive"
)

// Undated is the part of a listing's key and address for documents without a year.
const Undated = "undated"

// A Key names a listing.
type Key struct {
	Grouping string         // the name of one of Groupings
	Term     archive.TermID // "" in the grouping by year
	Part     string         // a year, Undated or an edition's key, where the grouping has such parts
}

// A Grouping is one way in which entries are put together.
type Grouping struct {
	Name string
	keys func(e *archive.Entry, yield func(Key))
}

// The names of the groupings.
const (
	Years      = "years"
	Venues     = "venues"
	VenueYears = "venue-years"
	Editions   = "editions"
	Places     = "places"
	Speakers   = "speakers"
	Sources    = "sources"
)

// Groupings is the table of all groupings. A new one is a line here.
var Groupings = []Grouping{
	{Years, func(e *archive.Entry, yield func(Key)) { yield(Key{Years, "", Year(e)}) }},
	{Venues, byTerm(Venues, archive.Venues)},
	{VenueYears, func(e *archive.Entry, yield func(Key)) {
		for _, id := range e.Terms(archive.Venues) {
			yield(Key{VenueYears, id, Year(e)})
		}
	}},
	{Editions, func(e *archive.Entry, yield func(Key)) {
		for _, v := range e.Venues {
			if v.Edition != "" {
				yield(Key{Editions, v.Venue, v.Edition})
			}
		}
	}},
	{Places, byTerm(Places, archive.Places)},
	{Speakers, byTerm(Speakers, archive.Speakers)},
	{Sources, byTerm(Sources, archive.Sources)},
}

func byTerm(grouping string, f archive.Facet) func(*archive.Entry, func(Key)) {
	return func(e *archive.Entry, yield func(Key)) {
		for _, id := range e.Terms(f) {
			yield(Key{grouping, id, ""})
		}
	}
}

// Year gives the part of a key for the entry's year: its earliest possible one.
func Year(e *archive.Entry) string {
	if !e.Date.HasYear() {
		return Undated
	}
	return strconv.Itoa(e.Date.Year())
}

// A Listing is the entries under one key, in the order of Entry.Compare.
type Listing []*archive.Entry

// An Index holds every listing of an archive.
type Index struct {
	Entries  Listing // all of them
	byID     map[archive.ID]*archive.Entry
	listings map[Key]Listing
	parts    map[Key][]string // the parts that a grouping has for a term, in order
	related  map[archive.ID][]*archive.Entry
}

// Make groups the entries, which are in the order of Entry.Compare.
func Make(entries Listing) *Index {
	ix := &Index{
		Entries:  entries,
		byID:     make(map[archive.ID]*archive.Entry, len(entries)),
		listings: map[Key]Listing{},
		parts:    map[Key][]string{},
		related:  map[archive.ID][]*archive.Entry{},
	}
	for _, e := range entries {
		ix.byID[e.ID] = e
		for _, g := range Groupings {
			g.keys(e, func(k Key) { ix.listings[k] = append(ix.listings[k], e) })
		}
	}
	for k := range ix.listings {
		if k.Part != "" {
			whole := Key{Grouping: k.Grouping, Term: k.Term}
			ix.parts[whole] = append(ix.parts[whole], k.Part)
		}
	}
	for _, parts := range ix.parts {
		slices.SortFunc(parts, compareParts)
	}
	ix.relate()
	return ix
}

// compareParts puts numbers in their order, other parts after them.
func compareParts(a, b string) int {
	n, errA := strconv.Atoi(a)
	m, errB := strconv.Atoi(b)
	switch {
	case errA == nil && errB == nil:
		return cmp.Or(cmp.Compare(n, m), cmp.Compare(a, b))
	case errA == nil:
		return -1
	case errB == nil:
		return 1
	}
	return cmp.Compare(a, b)
}

// relate links documents that are forms of one another, both ways and over one
// step: two translations of one document are each other's too.
func (ix *Index) relate() {
	for _, e := range ix.Entries {
		for _, id := range slices.Concat(e.TranslationOf, e.SameAs) {
			if other := ix.byID[id]; other != nil {
				ix.related[e.ID] = append(ix.related[e.ID], other)
				ix.related[id] = append(ix.related[id], e)
			}
		}
	}
}

// Entry gives the entry with that ID, nil where there is none.
func (ix *Index) Entry(id archive.ID) *archive.Entry { return ix.byID[id] }

// Listing gives the entries under the key, none where nothing is filed there.
func (ix *Index) Listing(k Key) Listing { return ix.listings[k] }

// Parts gives the parts that the grouping has for a term, in order: the years
// of a venue, Undated last.
func (ix *Index) Parts(grouping string, term archive.TermID) []string {
	return ix.parts[Key{Grouping: grouping, Term: term}]
}

// Forms gives the other forms of a document: translations, same texts and
// those of the document they are forms of; each once, in order.
func (ix *Index) Forms(id archive.ID) Listing {
	if len(ix.related[id]) == 0 {
		return nil
	}
	seen := map[archive.ID]bool{id: true}
	var forms Listing
	for _, near := range ix.related[id] {
		for _, e := range append(Listing{near}, ix.related[near.ID]...) {
			if !seen[e.ID] {
				seen[e.ID] = true
				forms = append(forms, e)
			}
		}
	}
	slices.SortFunc(forms, (*archive.Entry).Compare)
	return forms
}

// Neighbours gives the entries before and after e in the listing of its first
// venue, or of its year where it has no venue; nil at the ends.
func (ix *Index) Neighbours(e *archive.Entry) (k Key, before, after *archive.Entry) {
	k = Key{Years, "", Year(e)}
	if len(e.Venues) > 0 {
		k = Key{Venues, e.Venues[0].Venue, ""}
	}
	before, after = ix.listings[k].around(e)
	return k, before, after
}

// around finds e's neighbours in the listing.
func (l Listing) around(e *archive.Entry) (before, after *archive.Entry) {
	at, found := slices.BinarySearchFunc(l, e, (*archive.Entry).Compare)
	if !found {
		return nil, nil
	}
	if at > 0 {
		before = l[at-1]
	}
	if at+1 < len(l) {
		after = l[at+1]
	}
	return before, after
}

// Near gives up to n entries of the listing that stand closest to e, without e,
// in their order.
func (l Listing) Near(e *archive.Entry, n int) Listing {
	at, found := slices.BinarySearchFunc(l, e, (*archive.Entry).Compare)
	if !found {
		return nil
	}
	from := max(0, min(at-n/2, len(l)-n-1))
	to := min(len(l), from+n+1)
	return slices.Concat(l[from:at], l[at+1:to])
}

// Latest gives up to n entries with the latest dates, latest first; those
// without a year only after all others.
func (l Listing) Latest(n int) Listing {
	dated := len(l)
	for dated > 0 && !l[dated-1].Date.HasYear() {
		dated--
	}
	latest := make(Listing, 0, min(n, len(l)))
	for i := dated - 1; i >= 0 && len(latest) < n; i-- {
		latest = append(latest, l[i])
	}
	for i := dated; i < len(l) && len(latest) < n; i++ {
		latest = append(latest, l[i])
	}
	return latest
}

// PageSize is about how many entries a page of a listing shows.
const PageSize = 100

// Pages cuts a listing into pages. A year that fills half a page or more has
// pages of its own, and smaller ones stay whole, so that an entry more moves
// little in the pages of other years. What fits on one page stays on one.
func (l Listing) Pages() []Listing {
	if 0 < len(l) && len(l) <= PageSize {
		return []Listing{l}
	}
	var pages []Listing
	start, at := 0, 0 // of the page being filled, of the year being looked at
	flush := func(end int) {
		if start < end {
			pages = append(pages, l[start:end:end])
		}
		start = end
	}
	for at < len(l) {
		end := at + 1
		for end < len(l) && Year(l[end]) == Year(l[at]) {
			end++
		}
		large := end-at >= PageSize/2
		if large || end-start > PageSize {
			flush(at)
		}
		if large {
			for end-start > PageSize {
				flush(start + PageSize)
			}
			flush(end)
		}
		at = end
	}
	flush(at)
	return pages
}
