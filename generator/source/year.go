package source

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"chancery/generator/archive"
)

// nearEdition is how far, in days, a text that is about an edition may lie
// from it for the edition to tell its year.
const nearEdition = 14

// inferYear finds the year of a day and month that the source document gives
// without one. Where nothing decides, the date is left without a year.
func (g *reading) inferYear(rule string, n int) {
	t := g.stamp
	if t.day == 0 || t.year > 0 {
		return
	}
	for _, infer := range []func(stamp) (int, string){g.yearOfEdition, g.yearOfAge, g.yearWritten, g.yearOfWeekday, g.yearBeforePlans} {
		year, why := infer(t)
		if year > 0 && dayExists(year, t.month, t.day) {
			g.setDate(t.in(year), rule, n, archive.Inferred, fmt.Sprintf("%s is written; the year, because %s", dayName(t), why))
			return
		}
	}
	g.setDate(t, rule, n, archive.Inferred, dayName(t)+" is written; nothing in the text tells the year")
}

// dayName gives "July 25-26".
func dayName(t stamp) string {
	s := fmt.Sprintf("%s %d", time.Month(t.month), t.day)
	switch {
	case t.endDay == 0:
		return s
	case t.endMonth != t.month:
		return fmt.Sprintf("%s to %s %d", s, time.Month(t.endMonth), t.endDay)
	}
	return fmt.Sprintf("%s-%d", s, t.endDay)
}

// yearOfEdition takes the year from an edition that the title or the first
// sentence names and that lies about that day.
func (g *reading) yearOfEdition(t stamp) (int, string) {
	for _, v := range g.draft.Subjects.Venues {
		term := g.r.vocabulary.Find(archive.Venues, v.Name)
		if term == nil || v.Edition == "" {
			continue
		}
		e, ok := term.Edition(v.Edition)
		if !ok || e.Start == 0 {
			continue
		}
		first, _, _ := e.Start.Civil()
		for _, year := range []int{first, first - 1, first + 1} {
			day := archive.DayOf(year, t.month, t.day)
			if day < e.Start-nearEdition || day > e.End+nearEdition {
				continue
			}
			if days := weekdaysIn(g.firstWords()); len(days) > 0 && !days[day.Weekday()] {
				return 0, "" // the text contradicts it
			}
			return year, fmt.Sprintf("the %s %s was on %s, and the day was a %s then", archive.Ordinal(v.Edition), term.Name, editionDays(e), day.Weekday())
		}
	}
	return 0, ""
}

func editionDays(e archive.Edition) string {
	if e.End > e.Start {
		return e.Start.String() + "/" + e.End.String()
	}
	return e.Start.String()
}

// yearOfAge takes the year from a venue's age: one begun in 1967 turns 57 in
// 2024.
func (g *reading) yearOfAge(stamp) (int, string) {
	title := plainKeycaps(g.title.text)
	for _, m := range g.r.names[archive.Venues].find(title) {
		rest := strings.Fields(title[m.end:])
		if m.term.Venue.Since == 0 || len(rest) < 2 || rest[0] != "turns" && rest[0] != "исполняется" {
			continue
		}
		age, err := strconv.Atoi(strings.Trim(rest[1], "!.,"))
		if err == nil && age > 0 && age < 200 {
			return m.term.Venue.Since + age, fmt.Sprintf("%s, begun in %d, turns %d", m.term.Name, m.term.Venue.Since, age)
		}
	}
	return 0, ""
}

// yearWritten takes the year from the same day written in full elsewhere.
func (g *reading) yearWritten(t stamp) (int, string) {
	year, at := 0, 0
	for _, l := range g.lines {
		for _, other := range findDates(l.text) {
			if !other.full() || other.month != t.month || other.day != t.day {
				continue
			}
			if year > 0 && year != other.year {
				return 0, ""
			}
			year, at = other.year, l.number
		}
	}
	if year == 0 || year > g.r.lastYear+5 {
		return 0, ""
	}
	return year, fmt.Sprintf("line %d gives the same day in full", at)
}

// firstWords gives the first sentence, in which a wire story names the day of
// the week.
func (g *reading) firstWords() string { return firstSentence(g.lead.text) }

// weekdaysIn gives the days of the week that a text names.
func weekdaysIn(s string) map[time.Weekday]bool {
	days := map[time.Weekday]bool{}
	for _, w := range words(s) {
		word := s[w.start:w.end]
		if d, ok := weekdays()[strings.ToLower(word)]; ok && (len(word) > 4 && word != strings.ToLower(word) || word[0] >= 0x80) {
			days[time.Weekday(d)] = true
		}
	}
	return days
}

// yearOfWeekday takes the year from the one day of the week that the first
// sentence tells of as past: of the years since the youngest venue began that
// the text names, it must fit one.
func (g *reading) yearOfWeekday(t stamp) (int, string) {
	days := weekdaysIn(g.firstWords())
	if len(days) != 1 || announces(g.firstWords()) {
		return 0, ""
	}
	floor, because := g.youngestVenue()
	if floor == 0 {
		return 0, ""
	}
	year, weekday := 0, ""
	for y := floor; y <= g.r.lastYear; y++ {
		day := archive.DayOf(y, t.month, t.day)
		if !days[day.Weekday()] || !dayExists(y, t.month, t.day) {
			continue
		}
		if year > 0 {
			return 0, ""
		}
		year, weekday = y, day.Weekday().String()
	}
	return year, fmt.Sprintf("the text says %s, and between %d, when %s, which it names, began, and %d that day was one only in %d", weekday, floor, because, g.r.lastYear, year)
}

// youngestVenue gives the venue begun last of all that the text names: the
// text is not older.
func (g *reading) youngestVenue() (year int, name string) {
	for _, l := range g.lines {
		for _, m := range g.r.names[archive.Venues].find(l.text) {
			if since := m.term.Venue.Since; since > year {
				year, name = since, m.term.Name
			}
		}
	}
	return year, name
}

// yearBeforePlans takes the latest year in which the day comes before
// something dated that the text says is still to come.
func (g *reading) yearBeforePlans(t stamp) (int, string) {
	for _, l := range g.lines {
		for _, s := range sentences(l.text, 50) {
			for _, plan := range findDates(s) {
				if plan.year == 0 || plan.month == 0 || !announces(s) && !strings.Contains(s[:plan.start], "scheduled") {
					continue
				}
				year := plan.year
				if plan.month < t.month || plan.month == t.month && (plan.day == 0 || plan.day < t.day) {
					year--
				}
				return year, fmt.Sprintf("the text speaks of %s as still to come (line %d)", strings.TrimSpace(s[plan.start:plan.end]), l.number)
			}
		}
	}
	return 0, ""
}
