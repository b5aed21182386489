package archive

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestADateIsReadAndWritten(t *testing.T) {
	day := func(y, m, d int) Day { return DayOf(y, m, d) }
	for _, test := range []struct {
		written     string
		first, last Day
		year        int
	}{
		{"2022-11-12", day(2022, 11, 12), day(2022, 11, 12), 2022},
		{"2022-11-12?", day(2022, 11, 12), day(2022, 11, 12), 2022},
		{"2022-11-12~", day(2022, 11, 12), day(2022, 11, 12), 2022},
		{"2022-11-12%", day(2022, 11, 12), day(2022, 11, 12), 2022},
		{"2022-11", day(2022, 11, 1), day(2022, 11, 30), 2022},
		{"2020-02", day(2020, 2, 1), day(2020, 2, 29), 2020},
		{"2022-12", day(2022, 12, 1), day(2022, 12, 31), 2022},
		{"2022-11~", day(2022, 11, 1), day(2022, 11, 30), 2022},
		{"2022", day(2022, 1, 1), day(2022, 12, 31), 2022},
		{"2022?", day(2022, 1, 1), day(2022, 12, 31), 2022},
		{"0001-01-01", day(1, 1, 1), day(1, 1, 1), 1},
		{"9999-12-31", day(9999, 12, 31), day(9999, 12, 31), 9999},
		{"1900-02-28", day(1900, 2, 28), day(1900, 2, 28), 1900},
		{"2000-02-29", day(2000, 2, 29), day(2000, 2, 29), 2000},
		{"2016-07-25/2016-07-26", day(2016, 7, 25), day(2016, 7, 26), 2016},
		{"2016-07/2016-08", day(2016, 7, 1), day(2016, 8, 31), 2016},
		{"2016/2018", day(2016, 1, 1), day(2018, 12, 31), 2016},
		{"2016-12-31~/2017-01-01?", day(2016, 12, 31), day(2017, 1, 1), 2016},
		{"[2024-07-28..2024-08-08]", day(2024, 7, 28), day(2024, 8, 8), 2024},
		{"[2024..2025]", day(2024, 1, 1), day(2025, 12, 31), 2024},
	} {
		d, err := ParseDate(test.written)
		if err != nil {
			t.Errorf("%s: %v", test.written, err)
			continue
		}
		first, last := d.Bounds()
		if d.String() != test.written || first != test.first || last != test.last || d.Year() != test.year || !d.HasYear() || d.IsZero() {
			t.Errorf("%s: written as %s, from %s to %s, of %d", test.written, d, first, last, d.Year())
		}
	}
	for _, written := range []string{"XXXX-11-12", "XXXX-02-29", "XXXX-11-12?"} {
		d, err := ParseDate(written)
		if err != nil || d.String() != written || d.HasYear() || d.Year() != 0 || d.IsZero() {
			t.Errorf("%s: written as %s, %v", written, d, err)
		}
	}
	if d, err := ParseDate("  2022-11-12 "); err != nil || d.String() != "2022-11-12" {
		t.Errorf("with spaces around it: %v, %v", d, err)
	}
	if d, err := ParseDate(" "); err != nil || !d.IsZero() || d.String() != "" || d.HasYear() {
		t.Errorf("no date: %v, %v", d, err)
	}
}

func TestWhatIsNoDateIsRefused(t *testing.T) {
	for _, written := range []string{
		"yesterday", "12.11.2022", "11/12/2022", "2022/11/12", "2022-11-12T10:00", "22", "22-11-12", "02022", "2022-1", "2022-1-2", "2022-11-1", "2022-011", "-2022", "+2022", "2022-", "2022-11-", "2022--12",
		"0000", "0000-01-01", "2022-00", "2022-11-00", "2022-13", "2022-11-31", "2023-02-29", "1900-02-29", "2022-255", "2022-11-255",
		"XXXX", "XXXX-11", "XXXX-02-30", "xxxx-11-12", "2022-XX-12", "2022-11-XX", "202X", "2022-11-12??", "2022?-11", "?2022", "?", "~",
		"2022-11-13/2022-11-12", "2022-12/2022-11", "2023/2022", "XXXX-11-12/2022-11-13", "2022-11-12/", "/2022-11-12", "/", "2022/..", "2022-11-12/2022-11-13/2022-11-14",
		"[2022]", "[2022..", "2022..2023", "[2022..2023", "[2022,2023]", "[..2023]", "[2022..]", "[2023..2022]", "[]", "[..]", "[2022...2023]", "２０２２", "2022–11–12", "2022-11-12\x00",
	} {
		d, err := ParseDate(written)
		if err == nil {
			t.Errorf("%q is read as %s", written, d)
			continue
		}
		if words := regexp.MustCompile(`(?i)invalid|failed|illegal|strconv|parse|syntax|<nil>`).FindString(err.Error()); words != "" {
			t.Errorf("%q is refused with %q: %v", written, words, err)
		}
	}
}

// TestDatesStandInTheOrderOfTheirDays lists dates in their order.
func TestDatesStandInTheOrderOfTheirDays(t *testing.T) {
	order := []string{"2021-12-31", "[2021-12-31..2022-01-03]", "2022-01-01", "2022-01", "2022", "2022/2023", "2022-01-02", "2022-02-01/2022-02-02", "2022-02", "2022-12-31", "2023", "XXXX-01-31", "XXXX-11-12", ""}
	var dates []Date
	for _, s := range order {
		d, err := ParseDate(s)
		if err != nil {
			t.Fatal(err)
		}
		dates = append(dates, d)
	}
	for i, d := range dates {
		for j, e := range dates {
			if got := d.Compare(e); got != cmp.Compare(i, j) {
				t.Errorf("%q to %q: %d", order[i], order[j], got)
			}
		}
	}
	sorted := slices.Clone(dates)
	slices.Reverse(sorted)
	slices.SortFunc(sorted, Date.Compare)
	if !slices.Equal(sorted, dates) {
		t.Errorf("sorted: %v", sorted)
	}
}

// TestDaysAreThoseOfTheCalendar holds days against package time, from the year 1
// to 9999.
func TestDaysAreThoseOfTheCalendar(t *testing.T) {
	at := time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC)
	for n := 0; at.Year() < 10000; n++ {
		y, m, d := at.Date()
		day := DayOf(y, int(m), d)
		cy, cm, cd := day.Civil()
		if cy != y || cm != int(m) || cd != d || day.Weekday() != at.Weekday() || day.String() != at.Format(time.DateOnly) {
			t.Fatalf("%s is day %d: %d-%d-%d, a %s", at, day, cy, cm, cd, day.Weekday())
		}
		if y, m, d := at.AddDate(0, 0, 1).Date(); day+1 != DayOf(y, int(m), d) {
			t.Fatalf("the day after %s is %s", day, day+1)
		}
		if got := DateOf(day).String(); got != at.Format(time.DateOnly) {
			t.Fatalf("%s as a date is %s", at, got)
		}
		at = at.AddDate(0, 0, 1+n%41)
	}
}

// FuzzParseDate reads anything without a panic. What it takes for a date it
// writes so that it reads the same again, and its days are in order.
func FuzzParseDate(f *testing.F) {
	for _, s := range []string{"", "2022-11-12", "2022-11", "2022", "2022-11-12?", "2022-11~", "2022%", "2016-07-25/2016-07-26", "[2024-07-28..2024-08-08]", "XXXX-11-12", "XXXX-02-29~", "2022/2022-01-01", "0001", "9999-12-31", "[2022-11?..2022-12~]", " 2022 / 2023 ", "[ 2022 .. 2023 ]"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := ParseDate(s)
		if err != nil {
			if !d.IsZero() && strings.TrimSpace(s) == "" {
				t.Errorf("%q: %v", s, d)
			}
			return
		}
		again, err := ParseDate(d.String())
		if err != nil || again != d {
			t.Fatalf("%q is written as %q and read as %v, %v", s, d, again, err)
		}
		if d.Compare(again) != 0 {
			t.Errorf("%q is not in its own place", s)
		}
		if !d.HasYear() {
			return
		}
		first, last := d.Bounds()
		if y, _, _ := first.Civil(); first > last || y != d.Year() {
			t.Errorf("%q is from %s to %s", s, first, last)
		}
	})
}
