package main

import (
	"fmt"
	"strings"
)

const (
	firstYear = 2004
	years     = 21

	venueCount   = 40
	placeCount   = 60
	speakerCount = 200
)

// term is one file of the vocabulary: fields besides name and aliases, and the
// text that heads its page.
type term struct {
	id, name, alias string
	fields          []field
	text            string
}

// vocabulary holds every term, the commonest first. It takes no chance: names
// are products of short lists, so that none occurs twice.
type vocabulary struct {
	venues, places, speakers, sources []term
}

func newVocabulary() vocabulary {
	places := makeTerms(placeCount, place)
	return vocabulary{
		venues:   makeTerms(venueCount, func(i int) term { return venue(i, places) }),
		places:   places,
		speakers: makeTerms(speakerCount, speaker),
		sources:  makeTerms(len(sources), source),
	}
}

// folders names each folder of terms as it is called below content/.
func (v vocabulary) folders() map[string][]term {
	return map[string][]term{"venues": v.venues, "places": v.places, "speakers": v.speakers, "sources": v.sources}
}

func makeTerms(n int, one func(int) term) []term {
	terms := make([]term, n)
	for i := range terms {
		terms[i] = one(i)
		terms[i].id = slug(terms[i].name)
	}
	return terms
}

func (t term) page(folder string) page {
	fields := []field{{"name", t.name}, {"aliases", list(t.alias)}}
	return page{path: folder + "/" + t.id + ".md", fields: append(fields, t.fields...), body: []byte(t.text + "\n")}
}

var (
	regions = []string{"Amber Coast", "Northern Straits", "Inner Sea", "Great Plateau", "Velmar Basin",
		"Long River", "Eastern Islands", "Silver Mountains", "Free Harbours", "Quorva Delta"}
	forms = []string{"Summit", "Economic Forum", "Ministerial Council", "Regional Conference"}

	townStarts = []string{"Vel", "Tar", "Om", "Kad", "Lis", "Han", "Bre", "Quor", "Mel", "Sar", "Pel", "Xim"}
	townEnds   = []string{"grad", "haven", "brook", "mere", "stead"}
	countries  = []string{"Arlunde", "Nortavi", "Fenquil", "Grasimo", "Jolveth", "Ustaren", "Wimbrel"}

	givenNames = []string{"Ada", "Boris", "Clara", "Dmitri", "Elena", "Farid", "Greta", "Hugo", "Irina", "Jonas",
		"Katya", "Lars", "Mira", "Nadir", "Olga", "Pavel", "Rosa", "Stepan", "Talia", "Viktor"}
	familyNames = []string{"Tarnov", "Obrest", "Keldin", "Marosh", "Vintar", "Solanek", "Drumond", "Halvik", "Perrin", "Osterby",
		"Zaleth", "Corvane", "Lindqual", "Brastik", "Norvell", "Imbert", "Fasolen", "Yarrow", "Uldane", "Quillby"}
	offices = []string{"minister", "deputy minister", "ambassador", "spokesperson", "governor", "president"}

	sources = []string{"Harbour Gazette", "Ministry of the Coast", "Northern Wire", "Straits Channel", "Plateau Radio",
		"Office of the Governor", "River Courier", "Island Dispatch", "Silver Post", "Delta Observer", "Forum Secretariat", "Free Press Bureau"}
	sourceTypes = []string{"newspaper", "ministry", "news-agency", "channel"}
)

func venue(i int, places []term) term {
	region, form := regions[i%len(regions)], forms[i/len(regions)]
	name := region + " " + form
	return term{
		name:  name,
		alias: form + " of the " + region,
		fields: []field{
			{"abbreviations", list(initials(name))},
			{"hashtags", list(strings.ReplaceAll(name, " ", ""))},
			{"since", fmt.Sprint(since(i))},
			{"editions", editions(i, places)},
		},
		text: "The " + name + " meets once a year, each time in another place.",
	}
}

// since is the year in which the venue of this index first met.
func since(venue int) int {
	return firstYear - 1 - venue*7%29
}

// editionKey numbers the meetings of a venue from its first.
func editionKey(venue, year int) int {
	return year - since(venue) + 1
}

func editions(venue int, places []term) string {
	var b strings.Builder
	for year := firstYear; year < firstYear+years; year++ {
		month, day := 1+(venue+year)%12, 1+(venue*5+year)%25
		fmt.Fprintf(&b, "\n  - key: \"%d\"\n    start: %d-%02d-%02d\n    end: %d-%02d-%02d\n    place: %s",
			editionKey(venue, year), year, month, day, year, month, day+2, places[(venue*3+year)%len(places)].id)
	}
	return b.String()
}

func place(i int) term {
	name := townStarts[i%len(townStarts)] + townEnds[i/len(townStarts)]
	return term{
		name:  name,
		alias: "City of " + name,
		fields: []field{
			{"country", countries[i%len(countries)]},
			{"latitude", fmt.Sprintf("%.2f", float64(i)*1.9-55.4)},
			{"longitude", fmt.Sprintf("%.2f", float64(i*47%360)-179.6)},
		},
		text: name + " is a town that exists in this archive alone.",
	}
}

func speaker(i int) term {
	given := givenNames[i%len(givenNames)]
	family := familyNames[(i/len(givenNames)+i*7)%len(familyNames)]
	office := offices[i%len(offices)]
	return term{
		name:   given + " " + family,
		alias:  capital(office) + " " + given + " " + family,
		fields: []field{{"sort-name", family + ", " + given}, {"office", office}},
		text:   given + " " + family + " speaks in this archive alone.",
	}
}

func source(i int) term {
	name := sources[i]
	return term{
		name:   name,
		alias:  "The " + name,
		fields: []field{{"type", sourceTypes[i%len(sourceTypes)]}, {"home", "https://" + slug(name) + ".example.org/"}},
		text:   "The " + name + " publishes nothing outside this archive.",
	}
}

func initials(name string) string {
	var b strings.Builder
	for word := range strings.FieldsSeq(name) {
		b.WriteByte(word[0])
	}
	return b.String()
}

// slug makes a name fit for a path: lower case, hyphens for anything else.
func slug(name string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(name), func(c rune) bool {
		return (c < 'a' || c > 'z') && (c < '0' || c > '9')
	}), "-")
}
