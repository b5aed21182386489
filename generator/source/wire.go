package source

import (
	"fmt"

	"chancery/generator/archive"
)

// datelineWithin is how many lines of text may stand before a dateline: a
// subtitle, a summary, a caption.
const datelineWithin = 5

// isWire says whether one of the first lines of the text begins with an
// agency's dateline.
func isWire(g *reading) bool {
	_, _, ok := g.findDateline()
	return ok
}

func (g *reading) findDateline() (dateline, int, bool) {
	p := g.layout()
	for i, l := range p.lines[:min(len(p.lines), p.start+datelineWithin)] {
		if d, ok := g.r.dateline(l.text); ok {
			return d, i, true
		}
	}
	return dateline{}, 0, false
}

// readWire reads a news agency's story: title, perhaps a subtitle, and a text
// that opens with place, day and agency.
func readWire(g *reading) []*reading {
	d, at, ok := g.findDateline()
	if !ok {
		return nil
	}
	g.setKind("wire", "the text opens with a news agency's dateline")
	text := g.text()
	n := text[at].number
	g.lead = line{d.rest, n}
	if d.rest == "" && at+1 < len(text) {
		g.lead = text[at+1]
	}
	p := g.heading()
	g.header(p)
	g.slugLine()
	if g.title.text == "" {
		g.makeTitle(g.lead, "the story has no title, so its first sentence stands for one")
	}
	g.setPlace(placeName(d.place), "dateline", n, archive.Stated, "the dateline "+quote(d.text))
	if d.agency == "" {
		g.sourceOnPage(p)
	}
	g.setSource(d.agency, "dateline", n, archive.Stated, "the dateline names the agency")
	g.venues()
	g.datelineDate(d, n)
	g.timeAtEnd()
	g.speakers()
	return []*reading{g}
}

// datelineDate dates a story by its dateline; where that has no year, the
// page's date may give it, or what the text tells.
func (g *reading) datelineDate(d dateline, n int) {
	header := g.stamp
	if d.stamp.full() {
		g.setDate(d.stamp, "dateline", n, archive.Stated, "the dateline "+quote(d.text))
		g.editionByDay()
		return
	}
	if d.stamp.day == 0 {
		g.dateAtEnd()
		return
	}
	if header.full() && g.yearOfHeader(header, d, n) {
		return
	}
	g.stamp = d.stamp
	g.editionByDay()
	g.inferYear("dateline", n)
}

// yearOfHeader gives a dateline's day the year of the page's date, which is of
// the same day or somewhat later. The time of another day is not the story's.
func (g *reading) yearOfHeader(header stamp, d dateline, n int) bool {
	for _, year := range []int{header.year, header.year - 1} {
		apart := archive.DayOf(header.year, header.month, header.day) - archive.DayOf(year, d.stamp.month, d.stamp.day)
		if apart < 0 || apart > 31 {
			continue
		}
		grade := archive.Stated
		if apart > 3 {
			grade = archive.Inferred
		}
		if apart > 0 {
			g.draft.When.Time, g.draft.When.Zone = archive.DraftValue{}, archive.DraftValue{}
		}
		g.setDate(d.stamp.in(year), "dateline", n, grade, fmt.Sprintf("the dateline %s, with the year of the page's date", quote(d.text)))
		g.editionByDay()
		return true
	}
	return false
}
