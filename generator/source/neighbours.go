package source

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"

	"chancery/generator/archive"
)

// slack is how many days a post may lie before the one above it: an event's
// day is told a little later.
const slack = 10

// byNeighbours dates the posts of a dump by what the posts beside them tell:
// the year of a day written without one, and the span in which a post lies
// that says nothing. A dump is in order, from either end.
func byNeighbours(all []*reading) {
	posts := all
	if newestFirst(all) {
		posts = make([]*reading, len(all))
		for i, g := range all {
			posts[len(all)-1-i] = g
		}
	}
	forgetFarDays(posts)
	named := namedDays(posts)
	for _, g := range posts {
		g.yearlyDay(named)
	}
	yearsBetween(posts)
	between(posts)
	for _, g := range posts {
		if g.draft.Origin.Source.Text == "" && g.draft.Form.Kind.Text == "post" {
			g.doubt("source", g.draft.Line, "none stated in the post")
		}
	}
}

// farYears is how many years the day that a post tells of may lie from those of
// the posts about it; beyond, it is an anniversary's.
const farYears = 3

// forgetFarDays takes the day off a post that tells of one long before or after
// its neighbours' days.
func forgetFarDays(posts []*reading) {
	var years []int
	for _, g := range posts {
		if g.stamp.full() {
			years = append(years, g.stamp.year)
		}
	}
	if len(years) < 3 {
		return
	}
	slices.Sort(years)
	middle := years[len(years)/2]
	for _, g := range posts {
		if d := g.draft.When.Date; g.stamp.full() && d.Rule == "day of the event" && (g.stamp.year < middle-farYears || g.stamp.year > middle+farYears) {
			g.left("date", d.Rule, d.Line, d.Date.String(), d.Why+"; the posts about it are of other years")
			g.stamp, g.draft.When.Date = stamp{}, archive.DraftDate{}
		}
	}
}

// newestFirst says whether the dated posts run backwards.
func newestFirst(all []*reading) bool {
	steps := 0
	var last archive.Day
	for _, g := range all {
		if !g.stamp.full() {
			continue
		}
		day := g.day()
		if last != 0 && day > last {
			steps++
		} else if last != 0 && day < last {
			steps--
		}
		last = day
	}
	return steps < 0
}

// day gives the first day of a post's full date.
func (g *reading) day() archive.Day {
	return archive.DayOf(g.stamp.year, g.stamp.month, g.stamp.day)
}

// bounds gives for each post the latest day told above it and the earliest
// told below it, 0 where none is.
func bounds(posts []*reading) (above, below []archive.Day) {
	above, below = make([]archive.Day, len(posts)), make([]archive.Day, len(posts))
	var day archive.Day
	for i, g := range posts {
		above[i] = day
		if g.stamp.full() {
			day = max(day, g.day())
		}
	}
	day = 0
	for i := len(posts) - 1; i >= 0; i-- {
		below[i] = day
		if posts[i].stamp.full() && (day == 0 || posts[i].day() < day) {
			day = posts[i].day()
		}
	}
	return above, below
}

// yearsBetween gives a day without a year the one year that puts the post
// between its neighbours.
func yearsBetween(posts []*reading) {
	above, below := bounds(posts)
	for i, g := range posts {
		t := g.stamp
		if t.day == 0 || t.year > 0 {
			continue
		}
		if year, why := yearBetween(t, above[i], below[i]); year > 0 {
			rule := g.draft.When.Date.Rule
			if rule == "" {
				rule = "day of the event"
			}
			said := "the post tells of " + dayName(t)
			if g.draft.When.Date.Why != "" {
				said = g.draft.When.Date.Why
			}
			g.setDate(t.in(year), rule, g.title.number, archive.Inferred, fmt.Sprintf("%s; the year, because %s", said, why))
			continue
		}
		g.inferYear("day of the event", g.title.number)
	}
}

// yearBetween gives the year in which a day lies between two others, one of
// which may be missing: then the nearest within half a year is meant.
func yearBetween(t stamp, above, below archive.Day) (int, string) {
	if above == 0 && below == 0 {
		return 0, ""
	}
	anchor := above
	if anchor == 0 {
		anchor = below
	}
	y, _, _ := anchor.Civil()
	found := 0
	for year := y - 1; year <= y+2; year++ {
		day := archive.DayOf(year, t.month, t.day)
		if !dayExists(year, t.month, t.day) || above != 0 && (day < above-slack || day > above+183 && below == 0) || below != 0 && (day > below+slack || day < below-183 && above == 0) {
			continue
		}
		if found > 0 {
			return 0, ""
		}
		found = year
	}
	switch {
	case above == 0:
		return found, fmt.Sprintf("a post after it is of %s", below)
	case below == 0:
		return found, fmt.Sprintf("a post before it is of %s", above)
	}
	return found, fmt.Sprintf("the posts about it are of %s and %s", above, below)
}

// between puts a post without any day between the days of its neighbours.
func between(posts []*reading) {
	above, below := bounds(posts)
	for i, g := range posts {
		if g.stamp.day > 0 || above[i] == 0 || below[i] == 0 || below[i] < above[i] {
			continue
		}
		d := archive.DateOf(above[i])
		if below[i] > above[i] {
			d = archive.Date{Span: archive.OneOf, From: d.From, To: archive.DateOf(below[i]).From}
		}
		g.draft.When.Date = archive.DraftDate{Date: d, Evidence: archive.Evidence{Rule: "neighbours", Line: g.title.number, Grade: archive.Inferred,
			Why: fmt.Sprintf("the post has no date; it stands between posts of %s and %s", above[i], below[i])}}
	}
}

var (
	yearly = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?i)\b(?:every year|each year|annually|ежегодно|каждый год|chaque année|cada año)\b`)
	})
	dayNamed = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`\b((?:\p{Lu}[\p{L}-]*\s){1,4}Day)\b|\b(День \p{Lu}[\p{L}-]*)`)
	})
)

// maxNamedDays bounds the feasts that one source document explains.
const maxNamedDays = 40

// A namedDay is the day of the year that a text gives to a feast's name.
type namedDay struct {
	name string
	stamp
	line int
}

// namedDays collects the feasts whose day the source document tells: "Every
// year on August 8 … mark ASEAN Day".
func namedDays(posts []*reading) []namedDay {
	var all []namedDay
	for _, g := range posts {
		if len(all) >= maxNamedDays {
			break
		}
		for _, l := range g.lines {
			if !strings.Contains(l.text, "Day") && !strings.Contains(l.text, "День") {
				continue
			}
			for _, s := range sentences(unmarked(l.text), 6) {
				dates := findDates(s)
				names := dayNamed().FindAllString(s, -1)
				if yearly().MatchString(s) && len(dates) == 1 && dates[0].day > 0 && len(names) == 1 {
					all = append(all, namedDay{names[0], dates[0], l.number})
				}
			}
		}
	}
	return all
}

// yearlyDay dates a post that is about a day that comes every year: it says so
// at its beginning, or names a feast whose day another post gives.
func (g *reading) yearlyDay(named []namedDay) {
	if g.stamp.day > 0 {
		return
	}
	title := tidyTitle(g.title.text)
	if dates := findDates(title); yearly().MatchString(title) && len(dates) == 1 && dates[0].day > 0 && dates[0].year == 0 {
		g.yearlyDate(dates[0], "the post marks "+dayName(dates[0]))
		return
	}
	for _, d := range named {
		for _, l := range g.lines {
			if strings.Contains(l.text, d.name) {
				g.yearlyDate(d.stamp, fmt.Sprintf("the post marks %s, which is %s (line %d)", d.name, dayName(d.stamp), d.line))
				return
			}
		}
	}
}

// yearlyDate notes the day; its year is for the neighbours to tell, or for the
// age of what is celebrated.
func (g *reading) yearlyDate(t stamp, why string) {
	t.year = 0
	g.stamp = t
	g.draft.When.Date = archive.DraftDate{Evidence: archive.Evidence{Rule: "yearly day", Line: g.title.number, Grade: archive.Inferred, Why: why}}
	if year, because := g.yearOfAge(t); year > 0 {
		g.setDate(t.in(year), "yearly day", g.title.number, archive.Inferred, fmt.Sprintf("%s; the year, because %s", why, because))
	}
}
