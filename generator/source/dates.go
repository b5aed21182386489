package source

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"chancery/generator/archive"
)

// A stamp is a date as written in a text: what of it is written, and where.
type stamp struct {
	year, month, day int  // 0 where not written
	endMonth, endDay int  // of a range, else 0
	swapped          bool // whether day and month may be the other way round
	start, end       int  // bytes of the text
}

// full says whether one day or range of days with its year is written.
func (t stamp) full() bool { return t.year > 0 && t.day > 0 && !t.swapped }

// date gives the stamp as a date of the archive, as exact as it is. A range
// without a year has none of its own, so its first day stands for it.
func (t stamp) date() archive.Date {
	from := archive.Point{Year: int16(t.year), Month: uint8(t.month), Day: uint8(t.day)}
	if t.swapped {
		return archive.Date{From: archive.Point{Year: int16(t.year)}}
	}
	if t.endDay == 0 || t.year == 0 {
		return archive.Date{From: from}
	}
	to := archive.Point{Year: int16(t.year), Month: uint8(t.endMonth), Day: uint8(t.endDay)}
	return archive.Date{Span: archive.Interval, From: from, To: to}
}

// in gives the stamp with a year.
func (t stamp) in(year int) stamp {
	t.year = year
	return t
}

// findDates gives the dates written in a text, in their order. A day has its
// month; years run from 1500 to 2100.
func findDates(s string) []stamp {
	sc := scan(s)
	var found []stamp
	for i := 0; i < len(sc.toks); {
		t, next, ok := sc.dateAt(i)
		if !ok {
			i++
			continue
		}
		t.start, t.end = sc.toks[i].start, sc.toks[next-1].end
		found = append(found, t)
		i = next
	}
	return found
}

// A token is a run of digits or letters, of spaces, or one other character.
type token struct {
	kind       byte // 'd' digits, 'm' month, 'w' word, ' ' spaces, ASCII signs as they are, '?' other
	value      int  // of digits, or the month
	length     int  // in characters
	start, end int
}

type scanned struct {
	s    string
	toks []token
}

// scan cuts a text into the tokens of the date grammar.
func scan(s string) scanned {
	sc := scanned{s: s, toks: make([]token, 0, len(s)/4+4)}
	for i := 0; i < len(s); {
		c, size := utf8.DecodeRuneInString(s[i:])
		t := token{start: i, end: i + size, length: 1}
		switch {
		case digit(c) >= 0:
			t.kind = 'd'
			sc.extend(&t, func(c rune) bool { return digit(c) >= 0 })
			for _, c := range s[t.start:t.end] {
				t.value = min(t.value*10+digit(c), 1<<40)
			}
		case unicode.IsSpace(c):
			t.kind = ' '
			sc.extend(&t, unicode.IsSpace)
		case ideograph(c):
			t.kind = '?'
		case unicode.IsLetter(c):
			t.kind = 'w'
			sc.extend(&t, func(c rune) bool { return (unicode.IsLetter(c) || unicode.IsMark(c)) && !ideograph(c) })
			t.value = monthOf(s[t.start:t.end])
			if t.value > 0 {
				t.kind = 'm'
			}
		case c < 0x80:
			t.kind = byte(c)
		case strings.ContainsRune("–—−‑‐", c):
			t.kind = '-'
		case c == '，' || c == '、' || c == '،':
			t.kind = ','
		default:
			t.kind = '?'
		}
		sc.toks = append(sc.toks, t)
		i = t.end
	}
	return sc
}

// extend draws the following characters of one sort into a token.
func (sc *scanned) extend(t *token, sort func(rune) bool) {
	for t.end < len(sc.s) {
		c, size := utf8.DecodeRuneInString(sc.s[t.end:])
		if !sort(c) {
			return
		}
		t.end += size
		t.length++
	}
}

// digit gives the value of a Western, Arabic or Persian digit, else -1.
func digit(c rune) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c >= '٠' && c <= '٩':
		return int(c - '٠')
	case c >= '۰' && c <= '۹':
		return int(c - '۰')
	}
	return -1
}

func ideograph(c rune) bool {
	return c >= 0x2e80 && (unicode.In(c, unicode.Han, unicode.Hiragana, unicode.Katakana) || c == '년' || c == '월' || c == '일')
}

// monthOf gives the number of a month's name, else 0. English "may" and
// "march" are verbs unless they are capitalised.
func monthOf(word string) int {
	if len(word) < 3 || len(word) > 32 {
		return 0
	}
	n := months()[strings.ToLower(word)]
	if n > 0 && (word == "may" || word == "march" || word == "mar" || word == "dec" || word == "sen") {
		return 0
	}
	return n
}

// kind gives the kind of the token at i, 0 beyond the end.
func (sc *scanned) kind(i int) byte {
	if i < 0 || i >= len(sc.toks) {
		return 0
	}
	return sc.toks[i].kind
}

// skip passes over tokens of the given kinds, each at most once and in any
// order.
func (sc *scanned) skip(i int, kinds string) int {
	for n := 0; n < len(kinds) && sc.kind(i) != 0 && strings.IndexByte(kinds, sc.kind(i)) >= 0; n++ {
		i++
	}
	return i
}

// word says whether the token at i is one of the words, given with a space on
// each side.
func (sc *scanned) word(i int, words string) bool {
	k := sc.kind(i)
	return (k == 'w' || k == '?') && strings.Contains(words, " "+strings.ToLower(sc.s[sc.toks[i].start:sc.toks[i].end])+" ")
}

// number gives the digits at i if they are between the bounds and no longer
// than two.
func (sc *scanned) number(i, low, high int) (int, bool) {
	if sc.kind(i) != 'd' || sc.toks[i].length > 2 || sc.toks[i].value < low || sc.toks[i].value > high {
		return 0, false
	}
	return sc.toks[i].value, true
}

// year gives the year at i: four digits, or four with the hour of a time
// glued to them, "201610:00".
func (sc *scanned) year(i int) (int, bool) {
	if sc.kind(i) != 'd' {
		return 0, false
	}
	t, y := sc.toks[i], sc.toks[i].value
	if sc.kind(i+1) == ':' && sc.kind(i+2) == 'd' && sc.toks[i+2].length == 2 && (t.length == 5 || t.length == 6) {
		for n := t.length; n > 4; n-- {
			y /= 10
		}
	} else if t.length != 4 {
		return 0, false
	}
	return y, y >= 1500 && y <= 2100
}

// dateAt reads a date that begins at token i and gives the token after it.
func (sc *scanned) dateAt(i int) (stamp, int, bool) {
	switch sc.kind(i) {
	case 'm':
		return checked(sc.monthFirst(i))
	case 'd':
		if k := sc.kind(i - 1); (k == '.' || k == '/' || k == ':' || k == '-') && sc.kind(i-2) == 'd' {
			return stamp{}, i, false // the rest of a longer number
		}
		for _, form := range []func(int) (stamp, int, bool){sc.yearFirst, sc.ideographic, sc.dayFirst, sc.numeric, sc.wireSlug} {
			if t, next, ok := checked(form(i)); ok {
				return t, next, true
			}
		}
	}
	return stamp{}, i, false
}

// checked refuses a day that its month does not have.
func checked(t stamp, next int, ok bool) (stamp, int, bool) {
	return t, next, ok && dayExists(t.year, t.month, t.day) && dayExists(t.year, t.endMonth, t.endDay)
}

func dayExists(year, month, day int) bool {
	if day == 0 {
		return true
	}
	if year == 0 {
		year = 2000
	}
	_, m, _ := archive.DayOf(year, month, day).Civil()
	return m == month
}
