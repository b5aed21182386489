package source

import (
	"fmt"
	"strings"
)

// A clock is a time of day as written in a text.
type clock struct {
	time       string // HH:MM
	zone       string // +03:00, Z, or ""
	start, end int
}

// findTime gives the first time of day that is written in a text: "10:00",
// "2:03 p.m. EDT", "18:37:10 +0000", "11h38", and the "10:00" of "201610:00".
func findTime(s string) (clock, bool) {
	sc := scan(s)
	for i := range sc.toks {
		if c, next, ok := sc.timeAt(i); ok {
			c.start, c.end = sc.toks[i].start, sc.toks[next-1].end
			return c, true
		}
	}
	return clock{}, false
}

// timeAt reads a time that begins at token i.
func (sc *scanned) timeAt(i int) (clock, int, bool) {
	if sc.kind(i) != 'd' || sc.kind(i-1) == ':' || sc.kind(i+2) != 'd' || sc.toks[i+2].length != 2 {
		return clock{}, i, false
	}
	hour, minute := sc.toks[i].value, sc.toks[i+2].value
	if _, ok := sc.year(i); ok && sc.toks[i].length > 4 {
		hour %= 100
		if sc.toks[i].length == 5 {
			hour %= 10
		}
	} else if sc.toks[i].length > 2 {
		return clock{}, i, false
	}
	sep := sc.kind(i + 1)
	j := i + 3
	if sep == ':' && sc.kind(j) == ':' && sc.kind(j+1) == 'd' {
		j += 2
	}
	half := sc.halfDay(&j)
	if sep != ':' && !sc.word(i+1, " h ч 時 时 시 ") && !(sep == '.' && half != "") {
		return clock{}, i, false
	}
	if half == "a" && hour > 12 || hour > 23 || minute > 59 {
		return clock{}, i, false
	}
	if half != "" && hour <= 12 { // "21:16 PM" is met too
		hour = hour%12 + 12*btoi(half == "p")
	}
	return clock{time: fmt.Sprintf("%02d:%02d", hour, minute), zone: sc.zoneAt(&j)}, j, true
}

// halfDay reads "AM", "p.m." after a time: "a", "p" or nothing.
func (sc *scanned) halfDay(j *int) string {
	k := sc.skip(*j, " ")
	switch {
	case sc.word(k, " am pm "):
		*j = k + 1
	case sc.word(k, " a p ") && sc.kind(k+1) == '.' && sc.word(k+2, " m "):
		*j = sc.skip(k+3, ".")
	default:
		return ""
	}
	return strings.ToLower(sc.s[sc.toks[k].start : sc.toks[k].start+1])
}

// zoneAt reads the zone after a time.
func (sc *scanned) zoneAt(j *int) string {
	k := sc.skip(*j, " ")
	switch sc.kind(k) {
	case '(':
		if sc.word(k+1, " gmt utc ") && (sc.kind(k+2) == '+' || sc.kind(k+2) == '-') && sc.kind(k+3) == 'd' {
			*j = k + 4
			return zoneOf(strings.ToUpper(sc.s[sc.toks[k+1].start:sc.toks[k+3].end]))
		}
	case 'w':
		if sc.word(k, " gmt utc ") && (sc.kind(k+1) == '+' || sc.kind(k+1) == '-') && sc.kind(k+2) == 'd' {
			*j = k + 3
			return zoneOf(strings.ToUpper(sc.s[sc.toks[k].start:sc.toks[k+2].end]))
		}
		if z := zoneOf(sc.s[sc.toks[k].start:sc.toks[k].end]); z != "" {
			*j = k + 1
			return z
		}
	case '+', '-':
		if sc.kind(k+1) == 'd' && sc.toks[k+1].length == 2 && sc.kind(k+2) == ':' && sc.kind(k+3) == 'd' && sc.toks[k+3].length == 2 && sc.toks[k].end-sc.toks[k].start == 1 {
			*j = k + 4
			return zoneOf(sc.s[sc.toks[k].start:sc.toks[k+3].end])
		}
		if sc.kind(k+1) == 'd' && sc.toks[k+1].length == 4 && sc.toks[k].end-sc.toks[k].start == 1 {
			*j = k + 2
			return zoneOf(sc.s[sc.toks[k].start:sc.toks[k+1].end])
		}
	}
	return ""
}
