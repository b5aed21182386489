package source

import (
	"slices"
	"strings"
	"unicode"

	"chancery/generator/archive"
)

// header reads what the lines about a title say: date, time, place, byline.
// A date behind the title goes before one above it, where clocks of sites stand.
func (g *reading) header(p layout) {
	if !g.datedLine(p.header()) && !g.datedLine(p.above()) {
		g.onlyDateAbove(p)
	}
	header := p.header()
	if g.draft.When.Time.Text == "" {
		g.roomAndTime(header)
	}
	for i, l := range header {
		g.labelledPlace(l, header[min(i+1, len(header)-1)])
		g.headerLine(l)
	}
	for _, l := range p.above() {
		g.headerLine(l)
	}
}

// The dates of a header in the order in which they are taken: when the text was
// given, a date with its place, any date, when the page was changed.
const (
	dateGiven = iota
	datePlaced
	dateAlone
	dateUpdated
	dateNone
)

var (
	givenWords   = []string{"delivered on", "given on", "date of speech", "transcript of", "дата выступления"}
	updatedWords = []string{"update", "last modified", "обновл", "оновл", "aktuali", "güncelle", "cập nhật", "mis à jour", "actualizad", "atualizad", "aggiornat", "diperbarui", "uppdatera", "oppdatert", "opdateret", "更新", "수정"}
)

// rankOfDate says which sort of date a line of the header holds. The line
// before may be its label.
func (g *reading) rankOfDate(t stamp, before, s, rest string) int {
	lower := strings.ToLower(before + " " + clip(s, max(0, t.start)))
	has := func(w string) bool { return strings.Contains(lower, w) }
	switch {
	case slices.ContainsFunc(givenWords, has):
		return dateGiven
	case slices.ContainsFunc(updatedWords, has):
		return dateUpdated
	case t.full() && g.isPlaceLine(rest):
		return datePlaced
	}
	return dateAlone
}

// datedLine takes the date that stands alone on one of the lines, and the time
// and place beside it.
func (g *reading) datedLine(lines []line) bool {
	at, rank := -1, dateNone
	var date stamp
	var place, label string
	for i, l := range lines {
		if t, rest, ok := g.dateLine(l.text); ok {
			if n := g.rankOfDate(t, label, l.text, rest); n < rank {
				at, rank, date, place = i, n, t, rest
			}
		}
		if label = strings.TrimSpace(l.text); len(label) > 40 || strings.ContainsFunc(label, unicode.IsDigit) {
			label = "" // only a short line can be one
		}
	}
	if at < 0 {
		return false
	}
	l := lines[at]
	why := "the header says " + quote(l.text)
	g.setDate(date, "header", l.number, archive.Stated, why)
	g.clockIn(l)
	if name, ok := g.placeLine(place); ok {
		g.setPlace(placeName(name), "header", l.number, archive.Stated, why)
	}
	for i := at + 1; i < min(len(lines), at+5); i++ {
		if g.timeLine(lines[i], i == at+1) && i+1 < len(lines) {
			g.placeBelow(lines[i+1])
		}
	}
	return true
}

// onlyDateAbove takes the one date that stands alone somewhere above a title;
// of several, one is a site's clock.
func (g *reading) onlyDateAbove(p layout) {
	var found []line
	for _, l := range p.lines[:max(0, min(p.title, topWithin))] {
		if t, _, ok := g.dateLine(l.text); ok && t.full() {
			found = append(found, l)
		}
	}
	if len(found) == 1 {
		g.datedLine(found)
	}
}

// roomAndTime reads the place and the time at which somebody began to speak,
// each alone on a line, as transcripts have them above the first turn: "The East
// Room", "11:02 A.M. EDT".
func (g *reading) roomAndTime(lines []line) {
	for i, l := range lines {
		s := strings.TrimSpace(l.text)
		c, ok := findTime(s)
		if !ok || c.start > 0 || c.zone == "" && strings.TrimSpace(s[c.end:]) != "" || len(s) > c.end+12 || !strings.ContainsAny(s, "mMhH") {
			continue
		}
		why := "a line above the text says " + quote(s)
		g.draft.When.Time = value(c.time, "header", l.number, archive.Stated, why)
		g.draft.When.Zone = archive.DraftValue{}
		if c.zone != "" {
			g.draft.When.Zone = value(c.zone, "header", l.number, archive.Stated, why)
		}
		if i == 0 {
			return
		}
		room := strings.TrimPrefix(strings.TrimSpace(lines[i-1].text), "The ")
		if len(strings.Fields(room)) <= 6 && placeLike(room) && !endsSentence(room) && g.r.institution(room) == "" && lines[i-1].number != g.title.number {
			g.setPlace(placeName(room), "header", lines[i-1].number, archive.Stated, "the line above the time says "+quote(room))
		}
		return
	}
}

// timeLine reads a line below the date that begins with the time of day, and
// perhaps goes on with the place. The text itself may go on behind it on the
// next line alone.
func (g *reading) timeLine(l line, next bool) (alone bool) {
	c, ok := findTime(clip(l.text, 100))
	if !ok || c.start > 2 {
		return false
	}
	place, placed := g.placeAfter(l.text[c.end:])
	if len(l.text) >= 100 && !placed && !next {
		return false
	}
	g.clockIn(l)
	if placed {
		g.setPlace(place, "header", l.number, archive.Stated, "the header says "+quote(l.text))
	}
	return strings.TrimSpace(l.text[c.end:]) == ""
}

// placeBelow takes a place that nobody knows from the line below a date and a
// time that stand each on a line of their own.
func (g *reading) placeBelow(l line) {
	s := strings.TrimSpace(l.text)
	if (len(strings.Fields(s)) == 1 || strings.Contains(s, ",")) && len(strings.Fields(s)) <= 5 && placeLike(s) && !strings.ContainsAny(s, ".!?") && !isChrome(s) && g.r.institution(s) == "" && !kindWithin(s) {
		g.setPlace(placeName(s), "header", l.number, archive.Stated, "the line below date and time says "+quote(s))
	}
}

// headerLine reads a line of the header that is a place or a byline.
func (g *reading) headerLine(l line) {
	if place, ok := g.placeLine(l.text); ok {
		g.setPlace(placeName(place), "header", l.number, archive.Stated, "the header says "+quote(l.text))
		return
	}
	if m := honourForm().FindStringSubmatch(strings.TrimSpace(l.text)); m != nil {
		g.addSpeaker(strings.TrimSpace(m[1]), "header", l.number, "the header says "+quote(l.text))
		return
	}
	g.byline(l)
}

// clockIn takes the time of day from a header's line, if none is known.
func (g *reading) clockIn(l line) {
	c, ok := findTime(clip(l.text, 160))
	if !ok || g.draft.When.Time.Text != "" {
		return
	}
	g.draft.When.Time = value(c.time, "header", l.number, archive.Stated, "the header says "+quote(l.text))
	if c.zone != "" {
		g.draft.When.Zone = value(c.zone, "header", l.number, archive.Stated, "the header says "+quote(l.text))
	}
}

// placeAfter gives the known place that begins a text, with a building after
// a comma.
func (g *reading) placeAfter(s string) (string, bool) {
	s = strings.TrimLeft(s, " \u00a0,.")
	found := g.r.names[archive.Places].find(clip(s, 80))
	if len(found) == 0 || found[0].start != 0 {
		return "", false
	}
	name := found[0].text
	if len(found) > 1 && s[found[0].end:found[1].start] == ", " && found[1].term == found[0].term {
		name = s[:found[1].end]
	}
	return name, true
}
