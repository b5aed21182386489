package main

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"sort"
	"strings"
	"time"
)

// document is what is known of one document besides its text. Venues are
// indices into the vocabulary; the other terms are IDs.
type document struct {
	name           string // of the file, without .md
	title, summary string
	day, retrieved time.Time
	venues         []appearance
	speakers       []string
	place, source  string
	kind, original string
	language       string
	tags           []string
}

// appearance is a document's tie to a venue, or to the year's edition of it.
type appearance struct {
	venue   int
	edition bool
}

var (
	kinds = []string{"wire", "statement", "comment", "press-release", "transcript",
		"press-conference", "interview", "speech", "report", "post"}
	languages = []string{"en", "en-GB", "fr", "id"}
)

// skew is a cumulative distribution after Zipf: the first of n is the commonest.
type skew []float64

func newSkew(n int, exponent float64) skew {
	s, sum := make(skew, n), 0.0
	for i := range s {
		sum += math.Pow(float64(i+1), -exponent)
		s[i] = sum
	}
	for i := range s {
		s[i] /= sum
	}
	return s
}

func (s skew) pick(r *rand.Rand) int {
	return min(sort.SearchFloat64s(s, r.Float64()), len(s)-1)
}

// pickSome picks none to three different ones: mostly one.
func (s skew) pickSome(r *rand.Rand) []int {
	var picked []int
	for range min(3, max(0, int(1.6+0.9*r.NormFloat64()))) {
		if i := s.pick(r); !slices.Contains(picked, i) {
			picked = append(picked, i)
		}
	}
	return picked
}

// chances holds how often each thing occurs.
type chances struct {
	year, venue, place, speaker, source, kind, language skew
}

func newChances() chances {
	return chances{
		year: newSkew(years, 0.5), venue: newSkew(venueCount, 1), place: newSkew(placeCount, 1),
		speaker: newSkew(speakerCount, 0.9), source: newSkew(len(sources), 1),
		kind: newSkew(len(kinds), 0.8), language: newSkew(len(languages), 3),
	}
}

// newDocument makes the document of number n, the same for the same r.
func newDocument(n int, r *rand.Rand, v vocabulary, c chances) document {
	year := firstYear + years - 1 - c.year.pick(r)
	day := time.Date(year, 1, 1+r.IntN(365), 0, 0, 0, 0, time.UTC)
	d := document{
		title:     phrase(r, titles),
		summary:   phrase(r, sentences) + " " + phrase(r, sentences),
		day:       day,
		retrieved: day.AddDate(0, 0, r.IntN(60)),
		place:     v.places[c.place.pick(r)].id,
		source:    v.sources[c.source.pick(r)].id,
		kind:      kinds[c.kind.pick(r)],
		language:  languages[c.language.pick(r)],
	}
	for _, i := range c.venue.pickSome(r) {
		d.venues = append(d.venues, appearance{i, r.IntN(5) < 2})
	}
	for _, i := range c.speaker.pickSome(r) {
		d.speakers = append(d.speakers, v.speakers[i].id)
	}
	for range 2 + r.IntN(3) {
		if tag := word(r, nouns); !slices.Contains(d.tags, tag) {
			d.tags = append(d.tags, tag)
		}
	}
	words := strings.Split(slug(d.title), "-")
	short := strings.Join(words[:min(5, len(words))], "-")
	d.name = fmt.Sprintf("%s-%s-%d", day.Format("01-02"), short, n)
	d.original = fmt.Sprintf("https://%s.example.org/%s/%s.html", d.source, day.Format("2006/01/02"), slug(d.title))
	return d
}

// page is the document as Chancery reads it.
func (d document) page(v vocabulary, body []byte) page {
	var venues []string
	for _, a := range d.venues {
		id := v.venues[a.venue].id
		if a.edition {
			id += fmt.Sprintf("/%d", editionKey(a.venue, d.day.Year()))
		}
		venues = append(venues, id)
	}
	return page{
		path: fmt.Sprintf("documents/%d/%s.md", d.day.Year(), d.name),
		fields: []field{
			{"title", d.title},
			{"date", d.day.Format(time.DateOnly)},
			{"kind", d.kind},
			{"place", d.place},
			{"venues", list(venues...)},
			{"speakers", list(d.speakers...)},
			{"source", d.source},
			{"language", d.language},
			{"original", d.original},
			{"retrieved", d.retrieved.Format(time.DateOnly)},
			{"summary", d.summary},
			{"tags", list(d.tags...)},
			{"rights", "Text of the source named above, kept here for study and quotation"},
		},
		body: body,
	}
}
