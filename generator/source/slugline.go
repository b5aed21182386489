package source

import (
	"regexp"
	"strconv"
	"strings"
	"sync"

	"chancery/generator/archive"
)

// A slugForm is the line by which an agency's desk closes a story, with the
// moment at which it went out.
type slugForm struct {
	form  *regexp.Regexp
	stamp func(m []string) (stamp, string) // the day, and the time HH:MM or ""
}

var slugForms = sync.OnceValue(func() []slugForm {
	return []slugForm{
		{regexp.MustCompile(`^AP-[A-Z]{2}-(\d\d)-(\d\d)-(\d\d) (\d\d)(\d\d) ?(?:GMT|UTC|[A-Z]{1,2}[DS]T)`), func(m []string) (stamp, string) {
			return stamp{year: century(m[3]), month: atoi(m[1]), day: atoi(m[2])}, m[4] + ":" + m[5]
		}},
		{regexp.MustCompile(`^(?:.{0,40} )?(\d\d)(\d\d)(\d\d) (?:GMT |UTC )?(\p{L}{3,4}) (\d\d)$`), func(m []string) (stamp, string) {
			return stamp{year: century(m[5]), month: monthOf(m[4]), day: atoi(m[1])}, m[2] + ":" + m[3]
		}},
		{regexp.MustCompile(`^(?:.{0,40} )?(\d\d)-(\p{L}{3})-(\d\d) (\d\d):(\d\d)(?: NNNN)?$`), func(m []string) (stamp, string) {
			return stamp{year: century(m[3]), month: monthOf(m[2]), day: atoi(m[1])}, m[4] + ":" + m[5]
		}},
		{regexp.MustCompile(`\(Juche ?(\d{2,3})\.(\d{1,2})\.(\d{1,2})\.?\)`), func(m []string) (stamp, string) {
			return stamp{year: 1911 + atoi(m[1]), month: atoi(m[2]), day: atoi(m[3])}, ""
		}},
	}
})

func atoi(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}

// century gives the year that two figures mean.
func century(s string) int {
	n := atoi(s)
	return 1900 + n + 100*btoi(n < 60)
}

// slugWithin is how many lines at either end may hold an agency's slug.
const slugWithin = 5

var closingTime = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^(\d{1,2}:\d\d)\s*(?:ت\s?م|LOCAL TIME|local time|GMT(?:[+-]\d{1,2})?)?(?:\s*\d{1,2}:\d\d\s*GMT)?$`)
})

// timeAtEnd takes the time of day with which an agency closes its story, alone
// on one of the last lines: "22:41ت م".
func (g *reading) timeAtEnd() {
	if g.draft.When.Time.Text != "" {
		return
	}
	text := g.text()
	for _, l := range text[max(0, len(text)-slugWithin):] {
		if m := closingTime().FindStringSubmatch(strings.TrimSpace(l.text)); m != nil {
			if c, ok := findTime(m[1]); ok {
				g.draft.When.Time = value(c.time, "slug", l.number, archive.Stated, "the story closes with "+quote(l.text))
				return
			}
		}
	}
}

// slugLine dates a story by the slug of its desk, where it has no date.
func (g *reading) slugLine() {
	if g.stamp.year > 0 {
		return
	}
	text := g.text()
	ends := append(append([]line{}, text[max(0, len(text)-slugWithin):]...), text[:min(len(text), slugWithin)]...)
	for _, l := range ends {
		s := strings.TrimSpace(l.text)
		if len(s) > 80 {
			continue
		}
		for _, f := range slugForms() {
			m := f.form.FindStringSubmatch(s)
			if m == nil {
				continue
			}
			t, clock := f.stamp(m)
			if t.month < 1 || t.month > 12 || !dayExists(t.year, t.month, t.day) || t.day == 0 {
				continue
			}
			why := "the desk's slug says " + quote(s)
			g.setDate(t, "slug", l.number, archive.Stated, why)
			if clock != "" && g.draft.When.Time.Text == "" {
				g.draft.When.Time = value(clock, "slug", l.number, archive.Stated, why)
			}
			return
		}
	}
}
