package source

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"chancery/generator/archive"
)

// venues files the draft under the venues that its title names and, where it
// names none, under those of its first sentence. A paragraph further down is
// background. The first sentence may tell which edition the title means.
func (g *reading) venues() {
	title := plainKeycaps(g.title.text)
	inTitle := g.venuesIn(title, g.title.number, "title")
	var inLead []archive.DraftVenue
	if !asks(g.lead.text) {
		inLead = g.venuesIn(g.firstWords(), g.lead.number, "first sentence")
	}
	for _, m := range g.r.names[archive.Venues].find(title) {
		if isActor(title, m) { // what acts in the title does so in the text
			inLead = slices.DeleteFunc(inLead, func(v archive.DraftVenue) bool { return g.sameVenue(v.Name, m.term.Name) })
		}
	}
	if len(inTitle) == 0 {
		g.draft.Subjects.Venues = inLead
		return
	}
	for i := range inTitle {
		for _, v := range inLead {
			if v.Edition != "" && inTitle[i].Edition == "" && g.sameVenue(v.Name, inTitle[i].Name) {
				inTitle[i] = v
			}
		}
	}
	g.draft.Subjects.Venues = inTitle
}

// asks says whether a line is a question put to a speaker.
func asks(s string) bool {
	name, _, ok := turn(s)
	return ok && (strings.HasSuffix(name, "记者") || strings.Contains(" question q journalist reporter вопрос ", " "+strings.ToLower(name)+" "))
}

// editionByDay finds the edition that met on the day and at the place of the
// draft, for a venue named without an ordinal. Both must fit, and one edition
// alone; then a day without a year has its year too.
func (g *reading) editionByDay() {
	place := archive.FindPlace(g.r.vocabulary, g.draft.Subjects.Place.Text)
	if place == nil || g.stamp.day == 0 || g.stamp.swapped {
		return
	}
	for i := range g.draft.Subjects.Venues {
		v := &g.draft.Subjects.Venues[i]
		term := g.r.vocabulary.Find(archive.Venues, v.Name)
		if v.Edition != "" || term == nil {
			continue
		}
		var fits []archive.Edition
		for _, e := range term.Venue.Editions {
			year, _, _ := e.Start.Civil()
			day := archive.DayOf(year, g.stamp.month, g.stamp.day)
			if e.Place == place.ID && day >= e.Start && day <= e.End && (g.stamp.year == 0 || g.stamp.year == year) {
				fits = append(fits, e)
			}
		}
		if len(fits) == 1 {
			v.Edition, v.Grade = fits[0].Key, archive.Inferred
			v.Why += fmt.Sprintf("; the %s met then and there (%s, %s)", archive.Ordinal(fits[0].Key), editionDays(fits[0]), place.Name)
		}
	}
}

func (g *reading) sameVenue(a, b string) bool {
	return g.r.vocabulary.Find(archive.Venues, a) == g.r.vocabulary.Find(archive.Venues, b)
}

// venuesIn gives the venues that a title or sentence is about, each once. One
// whose name is a part of another's, or that is the parent of another, says
// nothing more than that.
func (g *reading) venuesIn(s string, n int, where string) []archive.DraftVenue {
	matches := g.r.names[archive.Venues].find(s)
	var out []archive.DraftVenue
	seen := map[archive.TermID]int{}
	for _, m := range matches {
		if isActor(s, m) || isParent(m.term.ID, matches) {
			continue
		}
		edition, how := editionOf(s, m)
		if _, known := m.term.Edition(edition); !known {
			edition = ""
		}
		why := fmt.Sprintf("the %s names %s", where, quote(m.text))
		if edition != "" {
			why = fmt.Sprintf("the %s names %s with %s", where, quote(m.text), quote(how))
		}
		if i, ok := seen[m.term.ID]; ok {
			if edition != "" && out[i].Edition == "" {
				out[i].Edition, out[i].Why = edition, why
			}
			continue
		}
		seen[m.term.ID] = len(out)
		out = append(out, archive.DraftVenue{Name: m.term.Name, Edition: edition, Evidence: archive.Evidence{Rule: where, Line: n, Grade: archive.Stated, Why: why}})
	}
	return out
}

// isParent says whether a term is the parent of another one named.
func isParent(id archive.TermID, matches []match) bool {
	for _, m := range matches {
		if m.term.Venue.Parent == id {
			return true
		}
	}
	return false
}

// isActor says whether an organisation is named as one that acts, not as the
// meeting that a text is about: "in response to NATO moves".
func isActor(s string, m match) bool {
	before := strings.ToLower(strings.TrimRight(s[:m.start], " #"))
	for _, w := range []string{"response to", "against", "threat from", "threats from", "because of", "blames", "accuses", "в ответ на действия", "против"} {
		if strings.HasSuffix(before, w) {
			return true
		}
	}
	after := strings.ToLower(firstWord(s[m.end:]))
	return strings.Contains(" moves actions activities activity aggression expansion enlargement weapons troops forces bases military infrastructure ", " "+after+" ") && after != ""
}

// meetingWords are the words for a meeting that may follow a venue's name and
// make of it what is numbered: "XVI BRICS Summit".
const meetingWords = " summit summits forum session assembly conference саммит саммита саммите саммиту саммитом форум форума форуме gipfel gipfeltreffen sommet cumbre 峰会 "

func isMeetingWord(w string) bool {
	return w != "" && strings.Contains(meetingWords, " "+strings.ToLower(w)+" ")
}

// partWords are the words after a venue's name that make of it another meeting
// with numbers of its own: "6th East Asia Summit Foreign Ministers Meeting".
const partWords = " foreign ministers ministerial minister ministers' senior officials business economic dialogue meeting youth young parliamentary defence defense working committee council centre center fund media plus fmm министров министерская министерской министерского "

// editionOf gives the key of the edition that stands with a name, and the
// ordinal as written.
func editionOf(s string, m match) (key, how string) {
	if m.number != "" {
		return m.number, m.text
	}
	after := s[m.end:]
	numbered := hasMeetingWord(m.text)
	next := firstWord(after)
	if isMeetingWord(next) && strings.HasPrefix(strings.TrimLeft(after, " -"), next) {
		after = after[strings.Index(after, next)+len(next):]
		numbered = true
	}
	after = strings.TrimLeft(after, " ")
	if next := firstWord(after); strings.Contains(partWords, " "+strings.ToLower(next)+" ") && next != "" && strings.HasPrefix(after, next) {
		return "", ""
	}
	before := strings.TrimRight(s[:m.start], " \u00a0#")
	for _, session := range sessionWords {
		if cut, ok := cutSuffixFold(before, session); ok {
			before, numbered = strings.TrimRight(cut, " \u00a0"), true
			break
		}
	}
	if !numbered {
		return "", ""
	}
	return ordinalBefore(before)
}

// sessionWords are what may stand between an ordinal and the venue whose
// session it counts.
var sessionWords = []string{"session of the", "session of", "сессии", "сессия", "сессию", "session de l'", "session de l’", "edition of the", "annual", "ежегодный", "第"}

func cutSuffixFold(s, suffix string) (string, bool) {
	if len(s) >= len(suffix) && strings.EqualFold(s[len(s)-len(suffix):], suffix) {
		return s[:len(s)-len(suffix)], true
	}
	return s, false
}

// hasMeetingWord says whether a venue's own name is that of a meeting.
func hasMeetingWord(name string) bool {
	for _, w := range words(name) {
		word := strings.ToLower(name[w.start:w.end])
		if isMeetingWord(word) || strings.Contains(" summits assembly ассамблея ассамблеи 峰 大 坛 会 ", " "+word+" ") {
			return true
		}
	}
	return len(name) <= 6 && name == strings.ToUpper(name)
}

// ordinalBefore gives the number that the last word of a text is an ordinal
// for: "17th", "XVI", "the Second", "79-я", "第13届".
func ordinalBefore(s string) (key, how string) {
	i := strings.LastIndexFunc(s, func(c rune) bool { return unicode.IsSpace(c) || c == '(' || c == '“' || c == '"' })
	word := strings.Trim(s[i+1:], ",;:")
	n := ordinalNumber(word)
	if n == 0 {
		if j := strings.LastIndex(s, "第"); j >= 0 {
			word = s[j:]
			n, _ = strconv.Atoi(strings.Trim(word, "第届次屆 "))
		}
	}
	if n == 0 || n > 300 {
		return "", ""
	}
	return strconv.Itoa(n), word
}

// ordinalWords are the ordinals in words, from the first.
var ordinalWords = strings.Fields("first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth")

// ordinalNumber reads one ordinal, 0 for what is none.
func ordinalNumber(w string) int {
	lower := strings.ToLower(w)
	for i, o := range ordinalWords {
		if lower == o {
			return i + 1
		}
	}
	digits := strings.TrimRightFunc(lower, func(c rune) bool { return !unicode.IsDigit(c) })
	if n, err := strconv.Atoi(digits); err == nil && n > 0 {
		switch lower[len(digits):] {
		case "st", "nd", "rd", "th", "-й", "-я", "-го", "-м", "-ом", "-ой", "-ю", "e", "ème", "º", "ª", ".", "届", "次":
			return n
		}
		return 0
	}
	return roman(w)
}

// roman reads a Roman numeral of capitals, 0 for what is none. A lone "I" is
// more often a word.
func roman(w string) int {
	values := map[rune]int{'I': 1, 'V': 5, 'X': 10, 'L': 50, 'C': 100}
	n, last := 0, 0
	for _, c := range w {
		v := values[c]
		if v == 0 {
			return 0
		}
		n += v
		if last < v {
			n -= 2 * last
		}
		last = v
	}
	if w == "I" || n > 150 {
		return 0
	}
	return n
}
