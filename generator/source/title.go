package source

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"chancery/generator/archive"
)

// heading gives the text its title: the one that the file states, else the
// line that heads the text.
func (g *reading) heading() layout {
	p := *g.layout()
	if g.title.text != "" {
		p.title, p.next = -1, 0
		return p
	}
	if p.title >= 0 {
		g.setTitle(p.heading)
	}
	return p
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

// titleLines bounds the lines over which a title may be broken.
const titleLines = 12

// joinTitle draws the lines of a broken title together: lines in capitals that
// follow one in capitals, centred lines, the line after one that ends with a
// comma, and a line that goes on in small letters.
func (g *reading) joinTitle(lines []line, i int) (next int, title line) {
	title = lines[i]
	title.text = strings.TrimSpace(title.text)
	for next = i + 1; next < min(len(lines), i+titleLines); next++ {
		s := strings.TrimSpace(lines[next].text)
		if !g.continuesTitle(lines, i, next, title.text) || len(title.text)+len(s) > 500 {
			break
		}
		title.text = glued(title.text, s, lines[next:])
	}
	return next, title
}

// glued joins two lines of a title: with a space, or without one where a link
// broke a word in two and the text has the word whole.
func glued(so, s string, text []line) string {
	broken, _ := utf8.DecodeRuneInString(s)
	if end := firstField(s); unicode.IsLower(broken) && utf8.RuneCountInString(end) <= 2 && end != s {
		whole := lastWordAsWritten(so) + end
		for _, l := range text[1:min(len(text), headerWithin)] {
			if strings.Contains(l.text, whole) {
				return so + s
			}
		}
	}
	return so + " " + s
}

func lastWordAsWritten(s string) string {
	return s[strings.LastIndexByte(s, ' ')+1:]
}

// continuesTitle says whether a line belongs to the title that the lines before
// it, so far, begin.
func (g *reading) continuesTitle(lines []line, first, next int, so string) bool {
	s := strings.TrimSpace(lines[next].text)
	before := strings.TrimSpace(lines[next-1].text)
	if g.r.institution(s) != "" || strings.HasSuffix(s, ":") || isProofMark(s) || sameTitle(so, s) || isOfficeLine(s) {
		return false
	}
	near := lines[next].number <= lines[next-1].number+2
	directly := lines[next].number == lines[next-1].number+1
	switch {
	case strings.HasSuffix(so, ","):
		return true
	case allCapitals(s) && g.isPlaceLine(s):
		return false
	case allCapitals(so) && allCapitals(s) && lettersPrevail(s) && near:
		return len(strings.Fields(lines[first].text)) > 2 || !directly || len(strings.Fields(s)) <= 3
	case !directly || endsSentence(before):
		return false
	case isCentred(lines[next-1].text) && isCentred(lines[next].text):
		return true
	}
	if endsOpen(before) {
		return true
	}
	if first := firstField(s); strings.ContainsAny(first, "./@") {
		return false // an address
	}
	return startsSmall(s) || next+1 < len(lines) && lines[next+1].number == lines[next].number+1 && startsSmall(lines[next+1].text) && utf8.RuneCountInString(before) > 15 && utf8.RuneCountInString(s) < 60
}

// endsOpen says whether a line ends with a word after which another must come.
func endsOpen(s string) bool {
	return strings.Contains(" the of and on in for to with at by from de la le du des et der die und von и в на с о по у за от об ", " "+lastWord(s)+" ") && len(strings.Fields(s)) > 2
}

func isCentred(s string) bool { return strings.HasPrefix(s, "      ") }

func startsSmall(s string) bool {
	c, _ := utf8.DecodeRuneInString(strings.TrimSpace(s))
	return unicode.IsLower(c)
}

// sameTitle says whether the second of two lines repeats the first or a good
// part of it.
func sameTitle(a, b string) bool {
	a, b = archive.Fold(a), archive.Fold(b)
	return a == b || len(b) > 12 && strings.Contains(a, b)
}

// firstOfBody gives the line with which the text proper begins: behind the
// title, its repetition, and the lines of the header.
func (g *reading) firstOfBody(p layout) line {
	title := archive.Fold(tidyTitle(g.title.text))
	lines := p.lines[p.body:]
	if len(lines) == 0 && p.next < len(p.lines) {
		lines = p.lines[p.next:] // a text too short to be told from its header
	}
	for _, l := range lines[:min(len(lines), headerWithin)] {
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
	s := tidyTitle(g.title.text)
	for _, t := range findDates(s) {
		if t.swapped {
			t = g.settle(t, s)
		}
		before, after := strings.TrimRight(s[:t.start], " "), strings.TrimLeft(s[t.end:], " ")
		apart := before == "" || strings.ContainsAny(before[len(before)-1:], ",-–—(|:") || strings.HasSuffix(before, "–") || strings.HasSuffix(before, "—")
		if t.full() && t.endDay == 0 && (after == "" || after == ")" || apart && strings.HasPrefix(after, ",")) {
			if g.draft.When.Date.Date == t.date() {
				return
			}
			if header := g.draft.When.Date; header.Date.HasYear() && header.Date != t.date() {
				g.draft.When.Time, g.draft.When.Zone = archive.DraftValue{}, archive.DraftValue{} // of another day
			}
			g.setDate(t, "title", g.title.number, archive.Stated, "the title says "+quote(s[t.start:t.end]))
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
		last, size := utf8.DecodeLastRuneInString(before)
		if closes && strings.ContainsRune(",-–—(|:", last) {
			g.setPlace(upright(m.text), "title", g.title.number, archive.Stated, "the title ends with "+quote(s[len(before)-size:]))
		}
	}
}
