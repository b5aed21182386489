package archive

import "strconv"

// A Facet is one of the four sides by which documents are found. Each is a
// folder of content/ with an authority record a term.
type Facet uint8

const (
	Venues Facet = iota
	Places
	Speakers
	Sources
)

// Facets lists all facets in the order in which pages show them.
var Facets = [...]Facet{Venues, Places, Speakers, Sources}

// String gives the name of the facet's folder, which is its part of an address too.
func (f Facet) String() string {
	return [...]string{"venues", "places", "speakers", "sources"}[f]
}

// Singular gives the word for one term of the facet.
func (f Facet) Singular() string {
	return [...]string{"venue", "place", "speaker", "source"}[f]
}

// A TermID names a term within its facet: its file's name without ".md".
type TermID string

// A Term is an authority record: the one form under which a venue, place,
// speaker or source is filed, with the other names it goes by.
type Term struct {
	Facet   Facet
	ID      TermID
	Name    string
	Aliases []string
	Standing
	Text    string // Markdown that heads the term's page
	Venue   Venue
	Place   Place
	Speaker Speaker
	Source  Source
}

// Standing says how far a person has looked at a term.
type Standing struct {
	Unverified bool     // entered by import, not yet looked at by a person
	Review     []string // what to look at: "name: met as … (line N)"
}

// Venue is what a term of the facet Venues has beside its names.
type Venue struct {
	Abbreviations []string
	Hashtags      []string // without "#"
	Parent        TermID   // the venue it belongs to, or ""
	Since         int      // the year it began, 0 where unknown: a text that names it is not older
	Editions      []Edition
}

// An Edition is one meeting of a venue.
type Edition struct {
	Key        string // "17"; unique within the venue, part of an address
	Start, End Day
	Place      TermID // "" where it met nowhere or nobody knows
}

// Place is what a term of the facet Places has beside its names.
type Place struct {
	Country             string
	Latitude, Longitude float64 // degrees, north and east positive
	Located             bool    // whether the two are given
}

// Speaker is what a term of the facet Speakers has beside its names.
type Speaker struct {
	SortName string // "Lavrov, Sergey"
	Office   string
}

// Source is what a term of the facet Sources has beside its names.
type Source struct {
	Type string // news-agency, ministry, …
	Home string // URL
}

// Edition gives the venue's edition with that key.
func (t *Term) Edition(key string) (Edition, bool) {
	for _, e := range t.Venue.Editions {
		if e.Key == key {
			return e, true
		}
	}
	return Edition{}, false
}

// Ordinal gives an edition's key as a reader says it: "17th" for "17", any other
// key, and a year, as it is.
func Ordinal(key string) string {
	n, err := strconv.Atoi(key)
	if err != nil || n < 1 || n > 999 || strconv.Itoa(n) != key {
		return key
	}
	suffix := "th"
	if n/10%10 != 1 && n%10 >= 1 && n%10 <= 3 {
		suffix = [...]string{"st", "nd", "rd"}[n%10-1]
	}
	return key + suffix
}

// Names yields every name by which the term is known: its name first, then
// aliases, abbreviations and hashtags.
func (t *Term) Names() []string {
	names := make([]string, 0, 1+len(t.Aliases)+len(t.Venue.Abbreviations)+len(t.Venue.Hashtags))
	names = append(names, t.Name)
	names = append(names, t.Aliases...)
	names = append(names, t.Venue.Abbreviations...)
	return append(names, t.Venue.Hashtags...)
}

// File gives the term's file below the root of the archive.
func (t *Term) File() string { return TermFile(t.Facet, t.ID) }

// TermFile gives the file below the root of the archive in which a term is kept.
func TermFile(f Facet, id TermID) string { return "content/" + f.String() + "/" + string(id) + ".md" }
