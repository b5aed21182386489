package content

import (
	"bytes"
	"fmt"
	"math"
	"net/url"
	"slices"
	"strings"

	"chancery/generator/archive"
)

// TermFields gives the table of a term's metadata, in the order in which it is
// written: what all terms have, then what those of the facet have.
func TermFields(f archive.Facet) []Field[archive.Term] {
	return slices.Concat(commonTermFields, [][]Field[archive.Term]{venueFields, placeFields, speakerFields, sourceFields}[f])
}

var commonTermFields = []Field[archive.Term]{
	{"name", "text of one line", "The form under which it is filed and shown. Required.",
		func(v value, t *archive.Term) { t.Name = oneLine(v.one()) },
		func(t *archive.Term) any { return t.Name }},
	{"aliases", "a list of names", "Other names it goes by, in any language. No two terms of a folder may share one.",
		func(v value, t *archive.Term) { t.Aliases = v.texts() },
		func(t *archive.Term) any { return t.Aliases }},
	{"unverified", "true", "Set by `import` on a term it made. Delete the line once you have checked the term.",
		func(v value, t *archive.Term) { t.Unverified = v.flag() },
		func(t *archive.Term) any { return t.Unverified }},
	{reviewKey, `a list of lines: "name: met as Mai Tram in 2 documents"`, "What `import` knows of a term it made: where the name was met, which term is near. `chancery import --accept` deletes what you have checked.",
		func(v value, t *archive.Term) { t.Review = v.texts() },
		func(t *archive.Term) any { return t.Review }},
}

var venueFields = []Field[archive.Term]{
	{"abbreviations", "a list of abbreviations", "Found in texts only when written just so: EAS, ВАС.",
		func(v value, t *archive.Term) { t.Venue.Abbreviations = v.texts() },
		func(t *archive.Term) any { return t.Venue.Abbreviations }},
	{"hashtags", "a list of hashtags without the sign #", "The hashtags that stand for it.",
		readHashtags, func(t *archive.Term) any { return t.Venue.Hashtags }},
	{"parent", "the ID of a file in content/venues", "The venue or body it belongs to.",
		func(v value, t *archive.Term) { t.Venue.Parent = archive.TermID(v.slug()) },
		func(t *archive.Term) any { return string(t.Venue.Parent) }},
	{"since", "a year", "The year it began: a text that names it is not older.",
		readSince, func(t *archive.Term) any { return yearOrNothing(t.Venue.Since) }},
	{"editions", "a list of groups: key, start, end, place", "Its meetings, each with the days it lasted and its place.",
		readEditions, writeEditions},
}

var placeFields = []Field[archive.Term]{
	{"country", "text of one line", "The country it lies in.",
		func(v value, t *archive.Term) { t.Place.Country = oneLine(v.one()) },
		func(t *archive.Term) any { return t.Place.Country }},
	{"latitude", "degrees from -90 to 90", "North is positive.",
		func(v value, t *archive.Term) { t.Place.Latitude = v.degrees(90) },
		func(t *archive.Term) any { return coordinate(t, t.Place.Latitude) }},
	{"longitude", "degrees from -180 to 180", "East is positive.",
		func(v value, t *archive.Term) { t.Place.Longitude = v.degrees(180) },
		func(t *archive.Term) any { return coordinate(t, t.Place.Longitude) }},
}

var speakerFields = []Field[archive.Term]{
	{"sort-name", "text of one line", "The name as indexes sort it: Lavrov, Sergey.",
		func(v value, t *archive.Term) { t.Speaker.SortName = oneLine(v.one()) },
		func(t *archive.Term) any { return t.Speaker.SortName }},
	{"office", "text of one line", "The office or offices held, with years.",
		func(v value, t *archive.Term) { t.Speaker.Office = oneLine(v.one()) },
		func(t *archive.Term) any { return t.Speaker.Office }},
	{"offices", "a list of groups: title, of, start, end", "The offices held, each with its days: by them `import` knows who is meant where a text names the office alone.",
		readOffices, writeOffices},
}

var sourceFields = []Field[archive.Term]{
	{"type", "text of one line", "What it is: news-agency, ministry, government, international-organisation, newspaper, broadcaster, channel.",
		func(v value, t *archive.Term) { t.Source.Type = oneLine(v.one()) },
		func(t *archive.Term) any { return t.Source.Type }},
	{"home", "an address that begins with https:// or http://", "Its home on the web.",
		func(v value, t *archive.Term) { t.Source.Home = v.webAddress() },
		func(t *archive.Term) any { return t.Source.Home }},
}

func coordinate(t *archive.Term, degrees float64) any {
	if !t.Place.Located {
		return nil
	}
	return degrees
}

// hasBoth says whether a term's metadata give its place by two coordinates; one
// alone is told.
func hasBoth(s *sheet, metadata []byte) bool {
	given := [2]int{}
	line := 1
	for l := range bytes.Lines(metadata) {
		line++
		for i, key := range []string{"latitude:", "longitude:"} {
			if bytes.HasPrefix(l, []byte(key)) {
				given[i] = line
			}
		}
	}
	if (given[0] == 0) != (given[1] == 0) && len(s.problems) == 0 {
		s.tell(max(given[0], given[1]), "add the line latitude: or longitude: that is missing", "one of the two coordinates stands alone, so the place has no position")
		return false
	}
	return given[0] > 0 && len(s.problems) == 0
}

func (v value) degrees(limit float64) float64 {
	n := v.number()
	if math.Abs(n) > limit || math.IsNaN(n) {
		v.refuse("there is no such degree")
		return 0
	}
	return n
}

func readHashtags(v value, t *archive.Term) {
	for _, tag := range v.texts() {
		t.Venue.Hashtags = append(t.Venue.Hashtags, strings.TrimPrefix(tag, "#"))
	}
}

func readSince(v value, t *archive.Term) {
	d := v.date()
	if d.Span != archive.Single || d.From.Month != 0 {
		v.refuse("this is not a year")
		return
	}
	t.Venue.Since = d.Year()
}

func yearOrNothing(year int) any {
	if year == 0 {
		return nil
	}
	return verbatim(fmt.Sprintf("%04d", year))
}

var editionFields = []Field[archive.Edition]{
	{"key", "its number or year: 17", "Names the edition within its venue.",
		func(v value, e *archive.Edition) { e.Key = v.slug() }, func(e *archive.Edition) any { return e.Key }},
	{"start", "a day: 2022-11-11", "Its first day.",
		func(v value, e *archive.Edition) { e.Start = v.day() }, func(e *archive.Edition) any { return dayOrNothing(e.Start) }},
	{"end", "a day: 2022-11-13", "Its last day.",
		func(v value, e *archive.Edition) { e.End = v.day() }, func(e *archive.Edition) any { return dayOrNothing(e.End) }},
	{"place", "the ID of a file in content/places", "Where it met.",
		func(v value, e *archive.Edition) { e.Place = archive.TermID(v.slug()) }, func(e *archive.Edition) any { return string(e.Place) }},
}

func dayOrNothing(d archive.Day) any {
	if d == 0 {
		return nil
	}
	return verbatim(d.String())
}

func readEditions(v value, t *archive.Term) {
	eachGroup(v, editionFields, func(item value, e archive.Edition) {
		if e.End == 0 {
			e.End = e.Start
		}
		if e.Start == 0 {
			e.Start = e.End
		}
		switch _, twice := t.Edition(e.Key); {
		case e.Key == "":
			item.refuse("an edition needs a key")
		case twice:
			item.tell(item.line, "give each edition a key of its own", "editions: the key %q stands here twice", e.Key)
		case e.End < e.Start:
			item.tell(item.line, "put the two days in order", "editions: %q ends before it starts", e.Key)
		default:
			t.Venue.Editions = append(t.Venue.Editions, e)
		}
	})
}

func writeEditions(t *archive.Term) any { return groupsOf(editionFields, t.Venue.Editions) }

// eachGroup reads a list of groups by their table and gives each with where to
// tell of it.
func eachGroup[T any](v value, table []Field[T], give func(item value, t T)) {
	for _, item := range v.values() {
		if item.form != group {
			item.refuse("this is not a group of keys")
			continue
		}
		var t T
		readGroup(item, table, &t)
		give(item, t)
	}
}

func groupsOf[T any](table []Field[T], list []T) []pairs {
	groups := make([]pairs, len(list))
	for i := range list {
		groups[i] = pairsOf(table, &list[i])
	}
	return groups
}

var officeFields = []Field[archive.Office]{
	{"title", "text of one line", "The office as texts name it: Prime Minister.",
		func(v value, o *archive.Office) { o.Title = oneLine(v.one()) }, func(o *archive.Office) any { return o.Title }},
	{"of", "text of one line", "The country or body: Australia.",
		func(v value, o *archive.Office) { o.Of = oneLine(v.one()) }, func(o *archive.Office) any { return o.Of }},
	{"start", "a day: 2022-05-23", "Its first day.",
		func(v value, o *archive.Office) { o.Start = v.day() }, func(o *archive.Office) any { return dayOrNothing(o.Start) }},
	{"end", "a day: 2025-05-02", "Its last day. Left out where it is held still.",
		func(v value, o *archive.Office) { o.End = v.day() }, func(o *archive.Office) any { return dayOrNothing(o.End) }},
}

func readOffices(v value, t *archive.Term) {
	eachGroup(v, officeFields, func(item value, o archive.Office) {
		switch {
		case o.Title == "" || o.Start == 0:
			item.refuse("an office needs a title and its first day")
		case o.End != 0 && o.End < o.Start:
			item.tell(item.line, "put the two days in order", "offices: %q ends before it starts", o.Title)
		default:
			t.Speaker.Offices = append(t.Speaker.Offices, o)
		}
	})
}

func writeOffices(t *archive.Term) any { return groupsOf(officeFields, t.Speaker.Offices) }

// SettingsFields is the table of content/archive.yaml.
var SettingsFields = []Field[archive.Settings]{
	{"title", "text of one line", "The archive's name. Required.",
		func(v value, s *archive.Settings) { s.Title = oneLine(v.one()) }, func(s *archive.Settings) any { return s.Title }},
	{"description", "text of a sentence or two", "What the archive holds; heads its home page.",
		func(v value, s *archive.Settings) { s.Description = oneLine(v.one()) }, func(s *archive.Settings) any { return s.Description }},
	{"base-url", "an address that begins with https:// or http://", "Where the site will stand, with its path. Feeds and sitemaps need it.",
		readBaseURL, func(s *archive.Settings) any { return s.BaseURL }},
	{"language", "a BCP 47 tag: en", "The language of the archive's own words.",
		func(v value, s *archive.Settings) {
			if s.Language = v.one(); !languageForm.MatchString(s.Language) {
				v.refuse("this is not a language tag")
				s.Language = ""
			}
		}, func(s *archive.Settings) any { return s.Language }},
	{"publisher", "text of one line", "Who keeps the archive.",
		func(v value, s *archive.Settings) { s.Publisher = oneLine(v.one()) }, func(s *archive.Settings) any { return s.Publisher }},
	{"licence", "text of one line", "Under what terms the archive's own words may be used.",
		func(v value, s *archive.Settings) { s.Licence = oneLine(v.one()) }, func(s *archive.Settings) any { return s.Licence }},
	{"cite", "text of one line", "How to cite the archive itself.",
		func(v value, s *archive.Settings) { s.Cite = oneLine(v.one()) }, func(s *archive.Settings) any { return s.Cite }},
}

func readBaseURL(v value, s *archive.Settings) {
	base := v.webAddress()
	if strings.ContainsAny(base, "?#") {
		v.refuse("the base has no query and no fragment")
		return
	}
	if u, err := url.Parse(base); base != "" && (err != nil || u.Host == "" || strings.Contains(u.Path, "//")) {
		v.refuse("this address names no host, or has two slashes in its path")
		return
	}
	if base != "" {
		s.BaseURL = strings.TrimRight(base, "/") + "/"
	}
}
