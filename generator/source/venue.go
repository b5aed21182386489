package source

import (
	"fmt"
	"slices"
	"strings"

	"chancery/generator/archive"
	"chancery/generator/markdown"
)

// venues files the draft under the venues that its title names and, where it
// names none, under those of its first sentence. A paragraph further down is
// background. The first sentence may tell which edition the title means.
func (g *reading) venues() {
	if len(g.draft.Subjects.Venues) > 0 {
		return // the file states them
	}
	g.venuesInText()
	for _, v := range g.draft.Subjects.Venues {
		g.tookVenue(v)
	}
}

func (g *reading) tookVenue(v archive.DraftVenue) {
	g.took("venues", archive.DraftValue{Text: v.String(), Evidence: v.Evidence})
}

func (g *reading) venuesInText() {
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
		if len(inLead) == 0 && g.draft.Form.Kind.Text != "post" {
			g.venueOften()
		}
		return
	}
	for i := range inTitle {
		for _, v := range inLead {
			if v.Edition != "" && inTitle[i].Edition == "" && g.sameVenue(v.Name, inTitle[i].Name) {
				inTitle[i] = v
			}
		}
	}
	for _, v := range inLead {
		if !slices.ContainsFunc(inTitle, func(t archive.DraftVenue) bool { return g.sameVenue(t.Name, v.Name) }) {
			g.left("venues", v.Rule, v.Line, v.Name, v.Why+"; the title names another, which goes before it")
		}
	}
	g.draft.Subjects.Venues = inTitle
}

// A text is about a venue that its first paragraph names and the rest names
// again, or that it names often and no other nearly as often.
const (
	namedAgain = 2
	namedOften = 4
)

// venueOften files the draft under the one venue that the text comes back to,
// where neither title nor first sentence names any.
func (g *reading) venueOften() {
	counts, first, inParagraph := map[string]int{}, map[string]int{}, map[string]bool{}
	for _, l := range g.lines[:min(len(g.lines), mentionsWithin)] {
		for _, m := range g.r.names[archive.Venues].find(l.text) {
			name := m.term.Name
			if isActor(l.text, m) {
				continue
			}
			if counts[name]++; first[name] == 0 {
				first[name] = l.number
			}
			inParagraph[name] = inParagraph[name] || l.number == g.lead.number
		}
	}
	best := mostOf(counts)
	second := 0
	for name, n := range counts {
		if name != best {
			second = max(second, n)
		}
	}
	n := counts[best]
	if best == "" || n <= second || !(inParagraph[best] && n >= namedAgain && n > 2*second) && !(n >= namedOften && n > 2*second) {
		return
	}
	why := fmt.Sprintf("the text names it %d times, first in this line, and no other venue as often", n)
	g.draft.Subjects.Venues = []archive.DraftVenue{{Name: best, Evidence: archive.Evidence{Rule: "whole text", Line: first[best], Grade: archive.Inferred, Why: why}}}
}

// editionsInText gives a venue without an ordinal the one that the text has
// beside its name further down, if it has one alone and the days agree.
func (g *reading) editionsInText() {
	for i := range g.draft.Subjects.Venues {
		v := &g.draft.Subjects.Venues[i]
		if v.Edition == "" {
			g.editionInText(v)
		}
	}
}

func (g *reading) editionInText(v *archive.DraftVenue) {
	term := g.r.vocabulary.Find(archive.Venues, v.Name)
	var found archive.Edition
	var at line
	for _, l := range g.lines[:min(len(g.lines), headerWithin+25)] {
		for _, m := range g.r.names[archive.Venues].find(l.text) {
			key, how := editionOf(l.text, m)
			e, known := m.term.Edition(key)
			if m.term != term || !known || key == found.Key {
				continue
			}
			if found.Key != "" {
				return
			}
			found, at = e, line{how, l.number}
		}
	}
	if found.Key == "" || !g.near(found) {
		return
	}
	v.Edition, v.Why = found.Key, fmt.Sprintf("%s; line %d says %s, which was on %s", v.Why, at.number, quote(at.text), editionDays(found))
}

// near says whether the draft's day lies about an edition.
func (g *reading) near(e archive.Edition) bool {
	if e.Start == 0 || g.stamp.day == 0 || g.stamp.swapped {
		return false
	}
	year, _, _ := e.Start.Civil()
	if g.stamp.year > 0 {
		year = g.stamp.year
	}
	day := archive.DayOf(year, g.stamp.month, g.stamp.day)
	return day >= e.Start-nearEdition && day <= e.End+nearEdition
}

// asks says whether a line is a question put to a speaker.
func asks(s string) bool {
	name, _, ok := turn(s)
	return ok && markdown.IsQuestion(name)
}

// editionByDay finds the edition that met on the day and at the place of the
// draft, for a venue named without an ordinal. Both must fit, and one edition
// alone; then a day without a year has its year too.
func (g *reading) editionByDay() {
	g.editionsInText()
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
			g.left("venues", where, n, m.term.Name, fmt.Sprintf("the %s names %s as one that acts, or as a part of another", where, quote(m.text)))
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
	for _, w := range []string{"national", "homeland", "russian", "russia’s", "russia's", "supreme", "response to", "against", "threat from", "threats from", "because of", "blames", "accuses", "в ответ на действия", "против"} {
		if strings.HasSuffix(before, w) {
			return true
		}
	}
	after := strings.ToLower(firstWord(s[m.end:]))
	return strings.Contains(" moves actions activities activity aggression expansion enlargement weapons troops forces bases military infrastructure ", " "+after+" ") && after != ""
}
