package source

import (
	"fmt"
	"strings"

	"chancery/generator/archive"
)

// isNews takes any text.
func isNews(g *reading) bool { return len(g.text()) > 0 }

// readNews reads a text that has neither dateline nor header: a news report, a
// speech, a transcript. Its day is that of the one past event which its first
// sentences report, and no other.
func readNews(g *reading) []*reading {
	text := g.text()
	if len(text) == 0 {
		return nil
	}
	p := g.heading()
	if g.title.text != "" {
		g.sourceInTitle()
		g.sourceOnPage(p)
		g.lead = g.firstOfBody(p)
		g.roomAndTime(p.header())
		for _, l := range p.header() {
			g.byline(l)
		}
	} else {
		g.lead = unwrapped(text)
		g.makeTitle(g.lead, "the text has no title, so its first sentence stands for one")
	}
	g.dateInTitle()
	g.slugLine()
	g.dateAtEnd()
	g.closing()
	g.venues()
	if g.draft.When.Date.Date.IsZero() && !firstPerson(g.lead.text) {
		g.dateOfEvent(text)
	}
	g.sourceInTitle()
	g.placeInTitle()
	g.placeBesideDate()
	if !firstPerson(g.lead.text) {
		g.placeOfEvent()
	}
	g.speakers()
	return []*reading{g}
}

// unwrapped gives the first lines of a text broken to a width as one.
func unwrapped(text []line) line {
	l := text[0]
	for i := 0; i+1 < len(text) && i < 8 && wrapped(text, i); i++ {
		l.text = strings.TrimSpace(l.text) + " " + strings.TrimSpace(text[i+1].text)
	}
	return l
}

// firstPerson says whether a text speaks for itself, as a speech does; days
// that it names are not its own.
func firstPerson(s string) bool {
	return anyWord(" "+s, func(w string) bool {
		switch w {
		case "I", "We", "we", "my", "our", "my own", "Я", "я", "мы", "Мы", "nous", "je", "nosotros", "ich", "wir":
			return true
		}
		return false
	})
}

// dateOfEvent dates a report by the day on which its first sentences put the
// event, where they tell of it as past.
func (g *reading) dateOfEvent(text []line) {
	var first []line
	for _, l := range text[:min(len(text), 3)] {
		for _, s := range sentences(l.text, 3) {
			first = append(first, line{s, l.number})
		}
	}
	for _, s := range first[:min(len(first), 3)] {
		if t, ok := eventDay(s.text); ok {
			g.stamp = t
			if t.year > 0 {
				g.setDate(t, "day of the event", s.number, archive.Inferred, fmt.Sprintf("the event that the text reports was then: %s", quote(s.text)))
				return
			}
			g.inferYear("day of the event", s.number)
			return
		}
	}
}

// eventDay gives the day on which a sentence puts a past event: "On August 27,
// … took part", "held on July 27".
func eventDay(s string) (stamp, bool) {
	if announces(s) || !happened(s) || dialogue(s) {
		return stamp{}, false
	}
	lower := strings.ToLower(s)
	for _, w := range []string{"anniversary", "founded", "born ", "since ", "годовщин", "основан", "deadline", "years ago", "лет назад", "#otd", "on this day", "thisday", "в этот день"} {
		if strings.Contains(lower, w) {
			return stamp{}, false
		}
	}
	for _, t := range findDates(s) {
		if t.day == 0 || t.swapped {
			continue
		}
		before := strings.Fields(strings.ToLower(unmarked(s[:t.start])))
		if len(before) == 0 {
			return t, true
		}
		switch before[len(before)-1] {
		case "on", "le", "el", "am", "в":
			return t, true
		}
		return stamp{}, false
	}
	return stamp{}, false
}
