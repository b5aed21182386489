package source

import (
	"fmt"
	"regexp"
	"strings"
	"sync"
	"unicode"

	"chancery/generator/archive"
)

// officeNames lists offices by the form under which they are filed, and the
// other forms in which labels of turns and headers name them.
const officeNames = `Prime Minister=pm|p.m.|prime minister|премьер-министр|председатель правительства
President=president|президент|président|presidente
Minister for Foreign Affairs=foreign minister|minister for foreign affairs|minister of foreign affairs|external affairs minister|foreign affairs minister|министр иностранных дел
Secretary of State=secretary|secretary of state
Secretary-General=secretary-general|secretary general|генеральный секретарь
Deputy Prime Minister=deputy prime minister
Vice President=vice president|vice-president
Treasurer=treasurer
Premier=premier
Chancellor=chancellor|bundeskanzler|bundeskanzlerin
Defence Minister=defence minister|defense minister|minister for defence|minister of defence|министр обороны
Trade Minister=trade minister|minister for trade
Spokesperson=spokesperson|spokesman|spokeswoman|официальный представитель|发言人|porte-parole
Foreign Secretary=foreign secretary
High Representative=high representative|high representative/vice-president
Chair=chair|chairman|chairperson|председатель`

var officeTable = sync.OnceValue(func() map[string]string {
	table := map[string]string{}
	for row := range strings.Lines(officeNames) {
		filed, forms, _ := strings.Cut(strings.TrimSpace(row), "=")
		for form := range strings.SplitSeq(forms, "|") {
			table[form] = filed
		}
	}
	return table
})

// officeOf gives the office that a label names and nothing else, and the
// country or body behind "of": "THE PRESIDENT OF RUSSIA".
func officeOf(label string) (office, of string) {
	s := strings.ToLower(strings.Trim(label, " .,"))
	s = strings.TrimPrefix(s, "the ")
	if office := officeTable()[s]; office != "" {
		return office, ""
	}
	for _, between := range []string{" of the ", " of "} {
		at := strings.LastIndex(s, between)
		if at < 0 {
			continue
		}
		if office := officeTable()[s[:at]]; office != "" {
			return office, strings.TrimSpace(label[len(label)-len(s)+at+len(between):])
		}
	}
	return "", ""
}

// officeholder adds whoever held an office that a label or header names
// without a name: on the day of the document, of a country that the text is
// about. Where nobody is found, the office itself is the speaker.
func (g *reading) officeholder(label string, n int, where string) {
	office, of := officeOf(label)
	if office == "" {
		return
	}
	if t, why := g.holder(office, of); t != nil {
		g.inferSpeaker(t.Name, "office", n, fmt.Sprintf("%s says %s; %s", where, quote(label), why))
		return
	}
	if of != "" {
		office += " of " + upright(of)
	}
	g.addSpeaker(office, "office", n, fmt.Sprintf("%s says %s and no name", where, quote(label)))
}

// holder finds the one person in the vocabulary who held an office then. The
// country is the one after "of", or the one that the text names at least twice
// and more than twice as often as any other with such an office.
func (g *reading) holder(office, of string) (*archive.Term, string) {
	first, last := g.draft.When.Date.Date.Bounds()
	if first == 0 || last-first > 366 {
		return nil, ""
	}
	byCountry := map[string]*archive.Term{} // nil where two held it on that day
	for _, t := range g.r.vocabulary.Terms(archive.Speakers) {
		for _, o := range t.Speaker.Offices {
			if o.Held(first, last) && (o.Title == office || officeTable()[strings.ToLower(o.Title)] == office) {
				if other, two := byCountry[o.Of]; two && other != t {
					t = nil
				}
				byCountry[o.Of] = t
			}
		}
	}
	country := g.country(byCountry, of)
	if byCountry[country] == nil {
		return nil, ""
	}
	return byCountry[country], fmt.Sprintf("the %s of %s on %s was %s", office, country, g.draft.When.Date.Date, byCountry[country].Name)
}

// country gives the country of several that the text is about, "" where it
// does not tell.
func (g *reading) country(among map[string]*archive.Term, of string) string {
	best, most, second := "", 0, 0
	for country := range among {
		if of != "" {
			if strings.EqualFold(of, country) {
				return country
			}
			continue
		}
		n := g.mentions(country)
		if n > most || n == most && country < best {
			best, most, second = country, n, most
		} else {
			second = max(second, n)
		}
	}
	if most < 2 || most <= 2*second {
		return ""
	}
	return best
}

// mentionsWithin is how many lines are searched for the names of countries.
const mentionsWithin = 300

// mentions counts how often the text names a country, its people, or a place
// in it.
func (g *reading) mentions(country string) int {
	count := 0
	stem := strings.ToLower(strings.TrimSuffix(country, "s"))
	for _, l := range g.lines[:min(len(g.lines), mentionsWithin)] {
		count += strings.Count(strings.ToLower(l.text), stem)
		for _, m := range g.r.names[archive.Places].find(l.text) {
			count += btoi(m.term.Place.Country == country)
		}
	}
	return count
}

var spokeForm = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`\b(?:Mr|Mrs|Ms|Dr|Senator|Sir|Minister|Secretary|Ambassador|President)\.? ((?:\p{Lu}[\p{L}'’.-]* ){0,2}\p{Lu}[\p{L}'’-]+),? (?:said|says|announced|stated|declared|noted|added|told|stressed|welcomed)\b`)
})

// quoted adds the person whose words a release gives: "Mr Howard said". A
// surname is that of whoever held an office then.
func (g *reading) quoted() {
	for i, l := range g.text() {
		if i > 40 {
			return
		}
		m := spokeForm().FindStringSubmatch(clip(l.text, 4*longestSentence))
		if m == nil {
			continue
		}
		name, why := m[1], fmt.Sprintf("the text gives the words: %s", quote(m[0]))
		if strings.ContainsFunc(name, unicode.IsSpace) {
			g.addSpeaker(name, "words", l.number, why)
		} else if t := g.holderNamed(name); t != nil {
			g.inferSpeaker(t.Name, "words", l.number, why+", and "+t.Name+" held an office then")
		} else {
			g.addSpeaker(name, "words", l.number, why)
		}
		return
	}
}

// holderNamed gives the one person of that surname who held an office on the
// day of the document.
func (g *reading) holderNamed(surname string) *archive.Term {
	first, last := g.draft.When.Date.Date.Bounds()
	var found *archive.Term
	for _, t := range g.r.vocabulary.Terms(archive.Speakers) {
		if first == 0 || lastWord(t.Name) != strings.ToLower(surname) {
			continue
		}
		for _, o := range t.Speaker.Offices {
			if o.Held(first, last) {
				if found != nil && found != t {
					return nil
				}
				found = t
			}
		}
	}
	return found
}
