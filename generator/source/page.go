package source

import (
	"strings"

	"chancery/generator/archive"
)

// headerWithin is how many lines of text a page's header may have.
const headerWithin = 15

// isPage says whether a date stands alone on one of the first lines, as sites
// print it beside a title, or before the text on a page of one line.
func isPage(g *reading) bool {
	text := g.text()
	p := g.layout()
	for _, l := range append(p.header(), p.lines[:max(0, p.title)]...) {
		if _, _, ok := g.dateLine(l.text); ok {
			return true
		}
	}
	if len(text) == 0 {
		return false
	}
	_, ok := runningDate(text[0].text)
	return ok
}

// readPage reads a page of a ministry, an office or a newspaper: title and
// date, in either order, perhaps time, place and byline, and the text.
func readPage(g *reading) []*reading {
	text := g.text()
	if len(text) == 0 {
		return nil
	}
	if t, ok := runningDate(text[0].text); ok && g.title.text == "" {
		g.readRunning(text, t)
	} else {
		p := g.heading()
		g.header(p)
		g.slugLine()
		g.sourceInTitle()
		g.sourceOnPage(p)
		g.lead = g.firstOfBody(p)
		if g.title.text == "" {
			g.makeTitle(g.lead, "the page has no title, so its first sentence stands for one")
		}
	}
	g.readRest()
	return []*reading{g}
}

// readRest reads what titles and texts of every page tell.
func (g *reading) readRest() {
	g.dateInTitle()
	g.dateAtEnd()
	g.closing()
	g.venues()
	if g.stamp.day > 0 && g.stamp.year == 0 {
		g.inferYear(g.draft.When.Date.Rule, g.draft.When.Date.Line)
	}
	g.sourceInTitle()
	g.placeInTitle()
	g.placeBesideDate()
	if !firstPerson(g.lead.text) {
		g.placeOfEvent()
	}
	g.editionByDay()
	g.speakers()
}

// runningDate finds the date of a page whose header and text run together on
// one long line: a full date, and a time of day directly after it.
func runningDate(s string) (stamp, bool) {
	if len(s) < 200 {
		return stamp{}, false
	}
	s = clip(s, 1200)
	for _, d := range findDates(s) {
		if !d.full() {
			continue
		}
		if c, ok := findTime(clip(s[d.end:], 60)); ok && strings.TrimLeft(s[d.end:d.end+c.start], " ,\u00a0") == "" {
			return d, true
		}
	}
	return stamp{}, false
}

// beforeLede cuts what stands before the date of a page on one line where its
// lede begins: a person known, and a verb in the past.
func (g *reading) beforeLede(head string) string {
	for _, m := range g.r.names[archive.Speakers].find(head) {
		if next := firstWord(head[m.end:]); len(strings.Fields(head[:m.start])) >= 3 && next != "" && isPast(strings.ToLower(next)) {
			return strings.TrimSpace(head[:m.start])
		}
	}
	return head
}

// readRunning reads a page on one line: what stands before the date is its
// title, what stands after the time its text.
func (g *reading) readRunning(text []line, t stamp) {
	l := text[0]
	n := l.number
	g.setDate(t, "header", n, archive.Stated, "the line goes on with "+quote(clip(l.text[t.start:], t.end-t.start+8)))
	g.clockIn(line{clip(l.text[t.end:], 40), n})
	c, _ := findTime(clip(l.text[t.end:], 100))
	rest := l.text[t.end+c.end:]
	if place, ok := g.placeAfter(rest); ok {
		g.setPlace(place, "header", n, archive.Stated, "the place follows the time in the header")
	}
	g.lead = line{strings.TrimSpace(rest), n}
	head := strings.TrimSpace(l.text[:t.start])
	for _, menu := range []string{"События ", "Events ", "Новости ", "News "} {
		head = strings.TrimPrefix(head, menu)
	}
	if head == "" {
		g.makeTitle(g.lead, "the page has no title, so its first sentence stands for one")
		return
	}
	g.makeTitle(line{g.beforeLede(head), n}, "the title is what stands before the date on a line that holds the whole page")
}
