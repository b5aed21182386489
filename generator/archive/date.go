package archive

import (
	"cmp"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// A Day is a civil day, counted from 0001-01-01, which is 1: 0 is no day. It has
// no zone and no clock.
type Day int32

// unixEpoch is 1970-01-01.
const unixEpoch Day = 719163

// DayOf gives the civil day with that year, month (1 to 12) and day of month.
func DayOf(year, month, day int) Day {
	return Day(time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC).Unix()/86400) + unixEpoch
}

// Start gives the day's first moment, in UTC.
func (d Day) Start() time.Time { return time.Unix(int64(d-unixEpoch)*86400, 0).UTC() }

// Civil gives the day's year, month (1 to 12) and day of month.
func (d Day) Civil() (year, month, day int) {
	t := d.Start()
	return t.Year(), int(t.Month()), t.Day()
}

// Weekday gives the day of the week.
func (d Day) Weekday() time.Weekday { return d.Start().Weekday() }

// String gives the day as YYYY-MM-DD.
func (d Day) String() string {
	y, m, dd := d.Civil()
	return fmt.Sprintf("%04d-%02d-%02d", y, m, dd)
}

// A Point is a day, a month or a year of the calendar, as exact as it is known,
// with the source's own doubt about it.
type Point struct {
	Year  int16 // 0 where it is not known
	Month uint8 // 0 where the year alone is known
	Day   uint8 // 0 where the month alone is known
	Mark  byte  // 0, '?' uncertain, '~' approximate, '%' both
}

// String gives the point in EDTF.
func (p Point) String() string {
	if p == (Point{}) {
		return ""
	}
	b := make([]byte, 0, len("2022-11-12~"))
	if p.Year == 0 {
		b = append(b, "XXXX"...)
	} else {
		b = appendPadded(b, int(p.Year), 4)
	}
	if p.Month > 0 {
		b = appendPadded(append(b, '-'), int(p.Month), 2)
	}
	if p.Day > 0 {
		b = appendPadded(append(b, '-'), int(p.Day), 2)
	}
	if p.Mark != 0 {
		b = append(b, p.Mark)
	}
	return string(b)
}

// appendPadded appends a number with so many digits at least.
func appendPadded(b []byte, n, digits int) []byte {
	for least := 10; digits > 1; digits-- {
		if n < least {
			b = append(b, "000"[:digits-1]...)
			break
		}
		least *= 10
	}
	return strconv.AppendInt(b, int64(n), 10)
}

// first and last are the bounds of the days that the point may mean.
func (p Point) first() Day { return DayOf(int(p.Year), max(1, int(p.Month)), max(1, int(p.Day))) }

func (p Point) last() Day {
	switch {
	case p.Month == 0:
		return DayOf(int(p.Year), 12, 31)
	case p.Day == 0:
		return DayOf(int(p.Year), int(p.Month)+1, 0)
	}
	return p.first()
}

// A Span says how the two points of a Date belong together.
type Span uint8

const (
	Single   Span = iota // one point
	Interval             // from the first to the last point, all of it
	OneOf                // one day between the two
)

// A Date is a civil date as exact as it is known: a subset of the Extended
// Date/Time Format (Library of Congress, 2019), level 1 with level 2's
// "one of a set" for ranges and an unknown year. The zero Date is no date.
type Date struct {
	Span     Span
	From, To Point // To is zero in a Single
}

// DateOf gives the date of one day.
func DateOf(d Day) Date {
	y, m, dd := d.Civil()
	return Date{From: Point{Year: int16(y), Month: uint8(m), Day: uint8(dd)}}
}

// DateForms names what ParseDate takes, for messages and documentation.
const DateForms = `2022-11-12, 2022-11, 2022, 2022-11-12? (uncertain), 2022-11-12~ (approximate), 2022-11-12% (both), ` +
	`2016-07-25/2016-07-26 (from, to), "[2024-07-28..2024-08-08]" (one day between) or XXXX-11-12 (year unknown)`

// ParseDate reads an EDTF date. The empty string is no date. The error says in
// an archivist's words which part is not one.
func ParseDate(s string) (Date, error) {
	s = strings.TrimSpace(s)
	if s == "" {
		return Date{}, nil
	}
	if inner, ok := strings.CutPrefix(s, "["); ok {
		inner, closed := strings.CutSuffix(inner, "]")
		from, to, two := strings.Cut(inner, "..")
		if !closed || !two {
			return Date{}, fmt.Errorf(`a date in brackets is two dates with ".." between them`)
		}
		return parseSpan(OneOf, from, to)
	}
	if from, to, two := strings.Cut(s, "/"); two {
		return parseSpan(Interval, from, to)
	}
	p, err := parsePoint(s)
	if errors.Is(err, errNoDate) {
		err = errors.New("this is not a date")
	}
	return Date{From: p}, err
}

func parseSpan(span Span, from, to string) (Date, error) {
	a, err := parsePoint(strings.TrimSpace(from))
	if err != nil {
		return Date{}, err
	}
	b, err := parsePoint(strings.TrimSpace(to))
	if err != nil {
		return Date{}, err
	}
	if a.Year == 0 || b.Year == 0 {
		return Date{}, fmt.Errorf("a range needs the year on both sides")
	}
	if b.last() < a.first() {
		return Date{}, fmt.Errorf("%s is before %s", b, a)
	}
	return Date{Span: span, From: a, To: b}, nil
}

var errNoDate = errors.New("not a date")

func parsePoint(s string) (Point, error) {
	var p Point
	rest := s
	if n := len(rest); n > 0 && strings.IndexByte("?~%", rest[n-1]) >= 0 {
		p.Mark, rest = rest[n-1], rest[:n-1]
	}
	parts := strings.Split(rest, "-")
	widths := []int{4, 2, 2}
	if len(parts) > len(widths) {
		return p, fmt.Errorf("%q is %w", s, errNoDate)
	}
	var n [3]int
	for i, part := range parts {
		if i == 0 && part == "XXXX" && len(parts) == 3 {
			continue
		}
		v, err := strconv.ParseUint(part, 10, 16)
		if err != nil || len(part) != widths[i] || v == 0 {
			return p, fmt.Errorf("%q is %w", s, errNoDate)
		}
		n[i] = int(v)
	}
	p.Year, p.Month, p.Day = int16(n[0]), uint8(min(n[1], 99)), uint8(min(n[2], 99))
	return p, p.check()
}

// check refuses a day or month that the calendar does not have.
func (p Point) check() error {
	if p.Month > 12 {
		return fmt.Errorf("there is no month %d", p.Month)
	}
	year := int(p.Year)
	if year == 0 {
		year = 2000 // a leap year: February 29 may be meant
	}
	if p.Day > 0 {
		if _, m, _ := DayOf(year, int(p.Month), int(p.Day)).Civil(); m != int(p.Month) {
			return fmt.Errorf("%s has no day %d", time.Month(p.Month), p.Day)
		}
	}
	return nil
}

// String gives the date in EDTF, "" for no date. ParseDate reads it back.
func (d Date) String() string {
	switch d.Span {
	case Interval:
		return d.From.String() + "/" + d.To.String()
	case OneOf:
		return "[" + d.From.String() + ".." + d.To.String() + "]"
	}
	return d.From.String()
}

// IsZero says whether there is no date at all.
func (d Date) IsZero() bool { return d == Date{} }

// HasYear says whether a year is known, so that Bounds and Year mean something.
func (d Date) HasYear() bool { return d.From.Year != 0 }

// Bounds gives the first and the last day that the date may mean. It is for
// dates that have a year.
func (d Date) Bounds() (first, last Day) {
	if d.Span == Single {
		return d.From.first(), d.From.last()
	}
	return d.From.first(), d.To.last()
}

// Year gives the earliest possible year, 0 where none is known.
func (d Date) Year() int { return int(d.From.Year) }

// Compare puts dates in the order of their first, then of their last possible
// day; dates without a year come last, by month and day.
func (d Date) Compare(e Date) int {
	if !d.HasYear() || !e.HasYear() {
		return cmp.Or(-cmp.Compare(d.sortYear(), e.sortYear()), cmp.Compare(d.From.Month, e.From.Month), cmp.Compare(d.From.Day, e.From.Day))
	}
	dFirst, dLast := d.Bounds()
	eFirst, eLast := e.Bounds()
	return cmp.Or(cmp.Compare(dFirst, eFirst), cmp.Compare(dLast, eLast))
}

// sortYear ranks the kinds of date in Compare: with a year, with a month
// alone, none.
func (d Date) sortYear() int {
	switch {
	case d.HasYear():
		return 2
	case d.From.Month != 0:
		return 1
	}
	return 0
}
