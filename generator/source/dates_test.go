package source

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// TestDatesAsWritten reads dates in the forms in which source documents have
// them. What several dates give is parted by a space.
func TestDatesAsWritten(t *testing.T) {
	for text, want := range map[string]string{
		"July 22, 2011":                      "2011-07-22",
		"July 22 2011":                       "2011-07-22",
		"Jul. 22, 2011":                      "2011-07-22",
		"Sep 5,2016 5:54 PM":                 "2016-09-05",
		"September 5th, 2016":                "2016-09-05",
		"JULY 22, 2011":                      "2011-07-22",
		"22 July 2011":                       "2011-07-22",
		"22 July 201119:20":                  "2011-07-22",
		"3 July 20119:20":                    "2011-07-03",
		"23rd, August 2023":                  "2023-08-23",
		"23rd of August, 2023":               "2023-08-23",
		"Wed, 23 Feb 2022 18:37:10 +0000":    "2022-02-23",
		"Wed 09th September 2020 | 11:00 PM": "2020-09-09",
		"6-Mar-2024":                         "2024-03-06",
		"PHNOM PENH, November 12.":           "XXXX-11-12",
		"November 12":                        "XXXX-11-12",
		"12 November":                        "XXXX-11-12",
		"On July 25−26,":                     "XXXX-07-25..07-26",
		"July 25-26, 2016":                   "2016-07-25/2016-07-26",
		"On July 26 and 27,":                 "XXXX-07-26..07-27",
		"25 and 26 July 2016":                "2016-07-25/2016-07-26",
		"25–26 июля 2016 года":               "2016-07-25/2016-07-26",
		"30 July - 2 August 2019":            "2019-07-30/2019-08-02",
		"July 30 - August 2, 2019":           "2019-07-30/2019-08-02",
		"October 2024":                       "2024-10",
		"в октябре 1990":                     "",
		"8 мая 2025 года 10:10":              "2025-05-08",
		"15:16, 18 июля 2024":                "2024-07-18",
		"23 октября, 11:02":                  "XXXX-10-23",
		"9 окт. 2023 г.":                     "2023-10-09",
		"12 листопада 2022 року":             "2022-11-12",
		"1er mars 2023":                      "2023-03-01",
		"10 juil 2024":                       "2024-07-10",
		"le 14 août 2021":                    "2021-08-14",
		"21 ene":                             "XXXX-01-21",
		"10 de julio de 2024":                "2024-07-10",
		"3. Oktober 2019":                    "2019-10-03",
		"3 ottobre 2019":                     "2019-10-03",
		"7 de março de 2020":                 "2020-03-07",
		"Kamis 10 Agu 2017 04:26 WIB":        "2017-08-10",
		"5 Ağustos 2021":                     "2021-08-05",
		"11 listopada 2018":                  "2018-11-11",
		"2024年2月6日":                          "2024-02-06",
		"11月12日":                             "XXXX-11-12",
		"2022년 11월 12일":                      "2022-11-12",
		"يونيو 10, 2024":                     "2024-06-10",
		"25 شوال 1436 هـ الموافق 10 أغسطس 2015 م": "2015-08-10",
		"١٠ أغسطس ٢٠١٥":                           "2015-08-10",
		"2022-11-12T10:00:00Z":                    "2022-11-12",
		"2022/11/12":                              "2022-11-12",
		"2022.11.12":                              "2022-11-12",
		"03.08.2022 15:51":                        "2022-08-03",
		"18/05/2023":                              "2023-05-18",
		"11/26/2024":                              "2024-11-26",
		"20/1/2026 18:30":                         "2026-01-20",
		"2/ 11/ 92":                               "1992?",
		"08/04/2021":                              "2021?",
		"10-09-2020 00:17 IST":                    "2020?",
		"212101 GMT Nov 18":                       "2018-11-21",
		"February 30, 2020":                       "",
		"31.04.2020":                              "",
		"may 10 people":                           "",
		"May 10":                                  "XXXX-05-10",
		"version 1.2.2024.7":                      "",
		"192.168.10.12":                           "",
		"at 10:15:20":                             "",
		"a march of 20,000":                       "",
		"between 1999 and 2004":                   "",
		"May 10:30":                               "",
		"July 7, 2021 and 8 July 2022":            "2021-07-07 2022-07-08",
	} {
		if got := written(findDates(text)); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// written gives stamps in one line.
func written(stamps []stamp) string {
	var out []string
	for _, t := range stamps {
		s := t.date().String()
		if t.swapped {
			s += "?"
		}
		if t.year == 0 && t.endDay > 0 {
			s += ".." + stamp{year: 2000, month: t.endMonth, day: t.endDay}.date().String()[5:]
		}
		out = append(out, s)
	}
	return strings.Join(out, " ")
}

func TestTimesAsWritten(t *testing.T) {
	for text, want := range map[string]string{
		"10:00":                           "10:00",
		"23 July 201610:00":               "10:00",
		"3 July 20119:20":                 "09:20",
		"Wed, 23 Feb 2022 18:37:10 +0000": "18:37 +00:00",
		"2:03 p.m. EDT":                   "14:03 -04:00",
		"08/04/2021 12:11 PM EDT":         "12:11 -04:00",
		"12:30 AM":                        "00:30",
		"11h38 le 14/11":                  "11:38",
		"5.15 pm":                         "17:15",
		"15:51 МСК":                       "15:51 +03:00",
		"25:00":                           "",
		"1:2":                             "",
		"13:75":                           "",
		"3.14":                            "",
	} {
		got := ""
		if c, ok := findTime(text); ok {
			got = strings.TrimSpace(c.time + " " + c.zone)
		}
		if got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// FuzzDates reads dates and times out of any text: what is found lies in the
// text, in order, and is a day of the calendar.
func FuzzDates(f *testing.F) {
	for _, s := range []string{"July 25−26, 2016", "23 July 201610:00", "30 July - 2 August 2019", "2024年2月6日", "212101 GMT Nov 18", "١٠ أغسطس ٢٠١٥", "2/ 11/ 92", "25 and 26 July 2016"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if !utf8.ValidString(s) {
			t.Skip("import reads UTF-8 alone")
		}
		end := 0
		for _, d := range findDates(s) {
			if d.start < end || d.end <= d.start || d.end > len(s) {
				t.Fatalf("%q: found at %d to %d, after %d", s, d.start, d.end, end)
			}
			end = d.end
			if d.month > 12 || d.endMonth > 12 || !dayExists(d.year, d.month, d.day) || !dayExists(d.year, d.endMonth, d.endDay) {
				t.Fatalf("%q: no such day %+v", s, d)
			}
			if d.year != 0 && (d.year < 1500 || d.year > 2100) {
				t.Fatalf("%q: year %d", s, d.year)
			}
		}
		if c, ok := findTime(s); ok && (c.time > "23:59" || len(c.time) != 5 || c.end > len(s) || c.start >= c.end) {
			t.Fatalf("%q: no such time %+v", s, c)
		}
	})
}
