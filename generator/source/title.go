package source

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"chancery/generator/archive"
)

// heading gives the text its title: the one that the file states, else the
// line that heads the text. It gives the index of the line after it.
func (g *reading) heading(lines []line) (next int, ok bool) {
	if g.title.text != "" {
		return 0, true
	}
	next, title, ok := g.pickTitle(lines)
	if ok {
		g.setTitle(title)
	}
	return next, ok
}

// pickTitle gives the title among the first lines of a text, and the index of
// the line after it. Lines that are a date, a number, an office or a place are
// none, nor is a sentence of the text.
func (g *reading) pickTitle(lines []line) (next int, title line, ok bool) {
	first := -1
	for i, l := range lines[:min(len(lines), headerWithin)] {
		rank := g.titleRank(l, lines, i)
		if rank == 2 {
			next, title = joinTitle(lines, i)
			return next, title, true
		}
		if rank == 1 && first < 0 {
			first = i
		}
		if rank < 0 && first >= 0 || rank == -2 {
			break
		}
	}
	if first < 0 {
		return 0, line{}, false
	}
	next, title = joinTitle(lines, first)
	return next, title, true
}

// titleRank says how well a line may be the title: 2 well, 1 where no better
// follows, 0 no, -1 it is text, so that none follows, -2 none comes at all.
func (g *reading) titleRank(l line, lines []line, i int) int {
	s := strings.TrimSpace(unmarked(l.text))
	length := utf8.RuneCountInString(s)
	last, _ := utf8.DecodeLastRuneInString(s)
	capitals := s == strings.ToUpper(s) && cased(s)
	if _, _, ok := g.dateLine(l.text); ok || length < 3 || !lettersPrevail(s) {
		return 0
	}
	dated := false
	if ds := findDates(s); len(ds) > 0 && ds[0].start == 0 && ds[0].full() {
		dated = true
	}
	if wrapped(lines, i) || length > 320 {
		return -2
	}
	if (last == '.' || last == '。' || last == ';') && !capitals && !strings.HasSuffix(s, "...") && length > 60 {
		return -2
	}
	if name, rest, ok := turn(s); ok && (strings.TrimSpace(rest) == "" || g.person(name) != "" || i > 0) {
		return -1
	}
	if len(g.r.names[archive.Venues].find(s)) > 0 && i == 0 {
		return 2
	}
	short := length < 15 && !strings.ContainsFunc(s, ideograph) || length < 6
	if _, ok := g.placeLine(s); ok || isOfficeLine(s) {
		return 0
	}
	if short || dated || !hasLongWord(s) {
		return 1
	}
	return 2
}

// hasLongWord says whether a line has a word of four letters; debris of
// scanning has none.
func hasLongWord(s string) bool {
	return strings.ContainsFunc(s, ideograph) || anyWord(s, func(w string) bool { return utf8.RuneCountInString(w) >= 4 })
}

// lettersPrevail says whether most of a line is letters and spaces; scanned
// pages begin with lines of debris.
func lettersPrevail(s string) bool {
	letters, signs := 0, 0
	for _, c := range s {
		switch {
		case unicode.IsLetter(c):
			letters++
		case !unicode.IsSpace(c) && !isEmojiPart(c):
			signs++
		}
	}
	return letters > 2*signs
}

// isOfficeLine says whether a line is only an office, "PRIME MINISTER".
func isOfficeLine(s string) bool {
	fields := strings.Fields(strings.ToLower(s))
	for _, f := range fields {
		if !strings.Contains(offices, " "+strings.Trim(f, ".,")+" ") {
			return false
		}
	}
	return len(fields) <= 6
}

// wrapped says whether a line goes on directly below in the middle of a
// sentence, as in a text broken to a width.
func wrapped(lines []line, i int) bool {
	if i+1 >= len(lines) || lines[i+1].number != lines[i].number+1 {
		return false
	}
	c, _ := utf8.DecodeRuneInString(strings.TrimSpace(lines[i+1].text))
	return unicode.IsLower(c) && utf8.RuneCountInString(strings.TrimSpace(lines[i+1].text)) > 30
}

// joinTitle draws the lines of a broken title together: lines in capitals that
// follow one in capitals, and the line after one that ends with a comma.
func joinTitle(lines []line, i int) (next int, title line) {
	title = lines[i]
	for next = i + 1; next < len(lines) && next < i+6; next++ {
		so, s := strings.TrimSpace(title.text), strings.TrimSpace(lines[next].text)
		comma := strings.HasSuffix(so, ",")
		broken := so == strings.ToUpper(so) && cased(so) && s == strings.ToUpper(s) && cased(s) && lettersPrevail(s) && lines[next].number <= lines[next-1].number+2
		if !comma && !broken || len(so)+len(s) > 300 || strings.HasSuffix(s, ":") || strings.HasPrefix(s, "E") && len(s) < 40 && strings.Contains(s, "PROOF") || sameTitle(so, s) {
			break
		}
		title.text = so + " " + s
	}
	return next, title
}

// sameTitle says whether the second of two lines repeats the first or a good
// part of it.
func sameTitle(a, b string) bool {
	a, b = archive.Fold(a), archive.Fold(b)
	return a == b || len(b) > 12 && strings.Contains(a, b)
}

// firstOfBody gives the line with which the text proper begins: behind the
// title, its repetition, and the lines of the header.
func (g *reading) firstOfBody(lines []line) line {
	title := archive.Fold(tidyTitle(g.title.text))
	for i, l := range lines {
		if i >= headerWithin {
			break
		}
		s := strings.TrimSpace(l.text)
		_, _, dated := g.dateLine(s)
		if _, isPlace := g.placeLine(s); dated || isPlace || archive.Fold(s) == title || l.number <= g.draft.When.Time.Line || bylineForm().MatchString(s) {
			continue
		}
		if utf8.RuneCountInString(s) >= 50 || sentenceEnd(s) < len(s) || strings.HasSuffix(s, ".") || strings.ContainsFunc(s, ideograph) {
			return l
		}
	}
	if len(lines) > 0 {
		return lines[0]
	}
	return g.title
}

// dateInTitle takes the date that closes a title or stands in it between
// commas: "Press Briefing – June 2, 2021". A range there is an event's.
func (g *reading) dateInTitle() {
	if !g.draft.When.Date.Date.IsZero() && g.stamp.year > 0 {
		return
	}
	s := tidyTitle(g.title.text)
	for _, t := range findDates(s) {
		before, after := strings.TrimRight(s[:t.start], " "), strings.TrimLeft(s[t.end:], " ")
		apart := before == "" || strings.ContainsAny(before[len(before)-1:], ",-–—(|:") || strings.HasSuffix(before, "–") || strings.HasSuffix(before, "—")
		if t.full() && t.endDay == 0 && (after == "" || after == ")" || apart && strings.HasPrefix(after, ",")) {
			g.setDate(t, "title", g.title.number, archive.Stated, "the title ends with "+quote(s[t.start:t.end]))
			return
		}
	}
}

// dateAtEnd takes a date that stands alone on one of the last lines.
func (g *reading) dateAtEnd() {
	if !g.draft.When.Date.Date.IsZero() {
		return
	}
	text := filled(g.lines)
	for i := len(text) - 1; i >= 0 && i >= len(text)-3; i-- {
		if t, _, ok := g.dateLine(text[i].text); ok && t.full() && t.endDay == 0 {
			g.setDate(t, "last lines", text[i].number, archive.Stated, fmt.Sprintf("the text ends with %s", quote(text[i].text)))
			return
		}
	}
}

// placeInTitle takes the place that closes a title: "Press Conference, London",
// "(Kuala Lumpur, July 11, 2025)".
func (g *reading) placeInTitle() {
	s := tidyTitle(g.title.text)
	if g.draft.Subjects.Place.Text != "" || announces(s) {
		return
	}
	for _, m := range g.r.names[archive.Places].find(s) {
		before := strings.TrimRight(s[:m.start], " ")
		after := strings.TrimLeft(s[m.end:], " ,)")
		closes := after == "" || placeLike(after) && len(strings.Fields(after)) <= 2 && strings.HasPrefix(strings.TrimLeft(s[m.end:], " "), ",")
		if dates := findDates(after); len(dates) > 0 && dates[0].start == 0 && strings.Trim(after[dates[0].end:], " ).") == "" {
			closes = true
		}
		if closes && before != "" && strings.ContainsAny(before[len(before)-1:], ",-(|") {
			g.setPlace(upright(m.text), "title", g.title.number, archive.Stated, "the title ends with "+quote(s[len(before)-1:]))
		}
	}
}
