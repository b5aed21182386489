package source

import (
	"unicode"
	"unicode/utf8"
)

const (
	ordinalSigns = " st nd rd th er ère º e го "
	ofWords      = " de of del do da di dei d du tháng "
	rangeWords   = " and to и по et au y al und bis e dan hingga do "
	yearWords    = " г года год году р року year del de "

	buddhistYears = 543 // by which Thai years are ahead
)

// rest reads the end of a range, "-26" or " and 26" or " - August 2", into the
// stamp.
func (sc *scanned) rest(t *stamp, i int, monthFirst bool) int {
	j := sc.skip(i, " ")
	if sc.kind(j) != '-' && sc.kind(j) != '/' && !(sc.word(j, rangeWords) && j > i) {
		return i
	}
	if sc.kind(j) == '-' && sc.kind(j+1) == '-' {
		return i
	}
	k := sc.skip(j+1, " ")
	month := t.month
	if monthFirst && sc.kind(k) == 'm' {
		month, k = sc.toks[k].value, sc.skip(k+1, ". ")
	}
	day, ok := sc.number(k, 1, 31)
	if !ok || month == t.month && day <= t.day && month > 0 {
		return i
	}
	if n := sc.kind(k + 1); n == ':' || n == '.' && sc.kind(k+2) == 'd' || n == '/' {
		return i
	}
	t.endMonth, t.endDay = month, day
	return k + 1
}

// monthFirst reads "July 25−26, 2016", "Sep. 5,2016", "October 2024".
func (sc *scanned) monthFirst(i int) (stamp, int, bool) {
	t := stamp{month: sc.toks[i].value}
	j := sc.skip(i+1, " .")
	if sc.kind(j) == ',' {
		j = sc.skip(j+1, " ")
	}
	if sc.word(j, ofWords) {
		j = sc.skip(j+1, " ")
	}
	if y, ok := sc.year(j); ok {
		t.year = y
		return t, j + 1, true
	}
	if j == i+1 && sc.kind(j) != 'd' {
		return t, i, false
	}
	day, ok := sc.number(j, 1, 31)
	if !ok {
		return t, i, false
	}
	t.day = day
	j++
	if sc.word(j, ordinalSigns) {
		j++
	} else if sc.kind(j) == 'w' || sc.kind(j) == ':' || sc.kind(j) == '.' && sc.kind(j+1) == 'd' {
		return t, i, false
	}
	j = sc.rest(&t, j, true)
	if y, next, ok := sc.yearAfter(j); ok {
		t.year, j = y, next
	}
	return t, j, true
}

// yearAfter reads the year of a date that ends before token i.
func (sc *scanned) yearAfter(i int) (int, int, bool) {
	j := sc.skip(i, " ,.")
	j = sc.skip(j, " -")
	if sc.word(j, ofWords) {
		j = sc.skip(j+1, " ")
	}
	y, ok := sc.year(j)
	if sc.kind(j) == 'd' && sc.toks[j].length == 4 && sc.toks[j].value > 2400 && sc.toks[j].value < 2700 && sc.thai(i-1) {
		y, ok = sc.toks[j].value-buddhistYears, true
	}
	if !ok || j > i+4 {
		return 0, i, false
	}
	j++
	if k := sc.skip(j, " "); sc.word(k, yearWords) {
		j = sc.skip(k+1, ".")
	}
	return y, j, true
}

// dayFirst reads "22 July 2011", "1er mars", "25–26 июля 2016 года",
// "23rd, August 2023", "10 de julio de 2024", "6-Mar-2024".
func (sc *scanned) dayFirst(i int) (stamp, int, bool) {
	day, ok := sc.number(i, 1, 31)
	if !ok || sc.kind(i-1) == 'w' {
		return stamp{}, i, false
	}
	t := stamp{day: day}
	j := i + 1
	if sc.word(j, ordinalSigns) {
		j++
	}
	if j = sc.rest(&t, j, false); t.endDay > 0 && sc.word(j, ordinalSigns) {
		j++
	}
	j = sc.skip(j, " .,-")
	if sc.word(j, ofWords) {
		j = sc.skip(j+1, " ")
	}
	if month, ok := sc.number(j, 1, 12); ok && sc.word(j-2, " tháng ") { // "5 tháng 7 năm 2023"
		t.month = month
		if k := sc.skip(j+1, " "); sc.word(k, " năm ") {
			if y, ok := sc.year(sc.skip(k+1, " ")); ok {
				t.year, j = y, sc.skip(k+1, " ")
			}
		}
		return t, j + 1, t.endDay == 0
	}
	if sc.kind(j) != 'm' {
		return t, i, false
	}
	t.month = sc.toks[j].value
	if t.endDay > 0 {
		t.endMonth = t.month
	}
	j++
	if k := sc.skip(j, " "); t.endDay == 0 && sc.kind(k) == '-' {
		j = sc.laterDay(&t, j, sc.skip(k+1, " "))
	}
	if y, next, ok := sc.yearAfter(j); ok {
		t.year, j = y, next
	}
	if t.endDay > 0 && t.endMonth == t.month && t.endDay <= t.day {
		return t, i, false
	}
	return t, j, true
}

// laterDay reads the "2 August" of "30 July - 2 August"; what is none is left.
func (sc *scanned) laterDay(t *stamp, otherwise, i int) int {
	day, ok := sc.number(i, 1, 31)
	j := sc.skip(i+1, " ")
	if !ok || sc.kind(j) != 'm' {
		return otherwise
	}
	t.endDay, t.endMonth = day, sc.toks[j].value
	return j + 1
}

// yearFirst reads "2022-11-12", "2022/11/12", "2022.11.12".
func (sc *scanned) yearFirst(i int) (stamp, int, bool) {
	y, ok := sc.year(i)
	sep := sc.kind(i + 1)
	if !ok || sc.toks[i].length != 4 || sep != '-' && sep != '/' && sep != '.' || sc.kind(i+3) != sep {
		return stamp{}, i, false
	}
	month, okM := sc.number(i+2, 1, 12)
	day, okD := sc.number(i+4, 1, 31)
	return stamp{year: y, month: month, day: day}, i + 5, okM && okD
}

// thai says whether the token at i is in Thai letters.
func (sc *scanned) thai(i int) bool {
	c, _ := utf8.DecodeRuneInString(sc.s[sc.toks[i].start:])
	return unicode.Is(unicode.Thai, c)
}

// eras gives the years that Japanese eras add, by their two signs.
var eras = map[string]int{"令和": 2018, "平成": 1988, "昭和": 1925, "大正": 1911}

// eraYear reads the year of a Japanese era whose number is token i.
func (sc *scanned) eraYear(i int) (int, bool) {
	n, ok := sc.number(i, 1, 64)
	if !ok || i < 2 || !sc.word(i+1, " 年 ") {
		return 0, false
	}
	base := eras[sc.s[sc.toks[i-2].start:sc.toks[i].start]]
	return base + n, base > 0
}

// ideographic reads "2024年7月26日", "7月26日", "2024년 7월 26일".
func (sc *scanned) ideographic(i int) (stamp, int, bool) {
	var t stamp
	if y, ok := sc.year(i); ok && sc.word(i+1, " 年 년 ") {
		t.year = y
		i = sc.skip(i+2, " ")
	} else if y, ok := sc.eraYear(i); ok {
		t.year = y
		i += 2
	}
	month, ok := sc.number(i, 1, 12)
	if !ok || !sc.word(i+1, " 月 월 ") {
		return t, i, false
	}
	t.month = month
	j := sc.skip(i+2, " ")
	day, ok := sc.number(j, 1, 31)
	if !ok {
		return t, i + 2, t.year > 0
	}
	t.day = day
	j++
	if sc.kind(j) == '-' {
		if end, ok := sc.number(j+1, day+1, 31); ok {
			t.endMonth, t.endDay, j = month, end, j+2
		}
	}
	if !sc.word(j, " 日 일 号 ") {
		return t, i, false
	}
	return t, j + 1, true
}

// numeric reads "12.11.2022", "23/07/2016", "2/ 11/ 92". Where both numbers may
// be the month, the stamp says so.
func (sc *scanned) numeric(i int) (stamp, int, bool) {
	a, okA := sc.number(i, 1, 31)
	sep := sc.kind(i + 1)
	if !okA || sep != '.' && sep != '/' && sep != '-' {
		return stamp{}, i, false
	}
	j := sc.skip(i+2, " ")
	b, okB := sc.number(j, 1, 31)
	if !okB || sc.kind(j+1) != sep {
		return stamp{}, i, false
	}
	j = sc.skip(j+2, " ")
	y, ok := sc.year(j)
	if two, is := sc.number(j, 0, 99); !ok && is && sc.toks[j].length == 2 && sep == '/' {
		y, ok = 1900+two+100*btoi(two < 40), true
	}
	if k := sc.kind(j + 1); !ok || (k == sep || k == '/') && sc.kind(j+2) == 'd' {
		return stamp{}, i, false
	}
	t := stamp{year: y, month: b, day: a}
	if b > 12 && a <= 12 {
		t.month, t.day = a, b
	}
	t.swapped = sep != '.' && a <= 12 && b <= 12 && a != b
	return t, j + 1, t.month <= 12
}

// wireSlug reads the agencies' "212101 GMT Nov 18": day, hour, minute, zone,
// month, year.
func (sc *scanned) wireSlug(i int) (stamp, int, bool) {
	t := sc.toks[i]
	if t.length != 6 || sc.kind(i+1) != ' ' || !sc.word(i+2, " gmt utc ") || sc.kind(i+4) != 'm' {
		return stamp{}, i, false
	}
	y, ok := sc.number(sc.skip(i+5, " "), 0, 99)
	day := t.value / 10000
	return stamp{year: 2000 + y, month: sc.toks[i+4].value, day: day}, sc.skip(i+5, " ") + 1, ok && day >= 1 && day <= 31
}
