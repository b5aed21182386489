package source

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"chancery/generator/archive"
	"chancery/generator/markdown"
)

// A layout says where the parts of a page stand among its filled lines: menus
// and kickers before the title, the header about it, then the text proper.
type layout struct {
	lines   []line
	heading line // the title, its lines joined
	title   int  // the first line of the title, -1 where there is none
	next    int  // the line after the title
	start   int  // the first line that looks like text
	body    int  // the first line of the text proper, behind the title
}

// topWithin is how many filled lines may stand before the text proper; the
// menus of some sites have more than a hundred.
const topWithin = 220

// layout finds the parts of the text, as if it were a page.
func (g *reading) layout() *layout {
	if g.page != nil {
		return g.page
	}
	p := &layout{lines: g.text(), title: -1}
	p.start = g.bodyStart(p.lines)
	p.body = p.start
	if i, next, title := g.bestTitle(p.lines, p.start); i >= 0 {
		p.title, p.next, p.heading = i, next, title
		p.body = max(p.body, next)
	}
	g.page = p
	return p
}

// ledeWithin is how many lines of text, a lede in bold, may stand between a
// title and its date.
const ledeWithin = 5

// header gives the lines between the title and the text, and some of the text.
func (p layout) header() []line {
	return p.lines[p.next:min(len(p.lines), p.body+ledeWithin)]
}

// above gives the lines before the title that may belong to it, the nearest first.
func (p layout) above() []line {
	var near []line
	for i := p.title - 1; i >= 0 && i >= p.title-6; i-- {
		near = append(near, p.lines[i])
	}
	return near
}

// bodyStart gives the line with which the text proper begins: a dateline, a
// speaker's turn, a paragraph.
func (g *reading) bodyStart(lines []line) int {
	within := lines[:min(len(lines), topWithin)]
	for i := range within {
		if g.isProse(lines, i) {
			return i
		}
	}
	return min(len(lines), headerWithin)
}

// isProse says whether a line is text proper and no part of what stands above.
func (g *reading) isProse(lines []line, i int) bool {
	s := strings.TrimSpace(unmarked(lines[i].text))
	if isNotice(s) {
		return false
	}
	if _, ok := g.r.dateline(s); ok {
		return true
	}
	if _, _, dated := g.dateLine(s); dated {
		return false
	}
	if name, rest, ok := turn(s); ok && i > 0 && g.hasTurns(name) && (g.speaks(name) || strings.Contains(rest, ". ")) {
		return true
	}
	length := utf8.RuneCountInString(s)
	long := 120
	if strings.ContainsFunc(s, dense) {
		long = 50
	}
	if length > 400 || length >= long && (sentenceEnd(s) < len(s) || endsSentence(s)) || i > 0 && length >= long/2 && strings.HasSuffix(s, ".") {
		return true
	}
	return wrapped(lines, i) || spaced(lines, i)
}

// spaced says whether a line begins a paragraph broken to a width, with a blank
// line below each of its lines, as texts scanned from paper have it.
func spaced(lines []line, i int) bool {
	if i+2 >= len(lines) {
		return false
	}
	width := utf8.RuneCountInString(lines[i].text)
	for j := i; j < i+3; j++ {
		n := utf8.RuneCountInString(lines[j].text)
		if n < 38 || n > 90 || n < width-25 || n > width+25 || allCapitals(lines[j].text) || j > i && lines[j].number != lines[j-1].number+2 {
			return false
		}
	}
	return !endsSentence(lines[i].text)
}

// wrapped says whether a line belongs to a paragraph broken to a width: it is
// long, and one of the next lines goes on in the middle of a sentence. A text
// scanned from paper may have a blank line below each.
func wrapped(lines []line, i int) bool {
	s := lines[i].text
	if utf8.RuneCountInString(strings.TrimSpace(s)) < 40 || allCapitals(s) || strings.HasPrefix(s, "      ") {
		return false
	}
	for j := i + 1; j < min(len(lines), i+4) && lines[j].number <= lines[j-1].number+2; j++ {
		next := strings.TrimSpace(lines[j].text)
		c, _ := utf8.DecodeRuneInString(next)
		if !unicode.IsLetter(c) && c != '"' && c != '“' || lines[j].number-lines[j-1].number != lines[i+1].number-lines[i].number {
			return false
		}
		if unicode.IsLower(c) && utf8.RuneCountInString(next) > 25 {
			return true
		}
		if endsSentence(lines[j-1].text) || utf8.RuneCountInString(next) < 40 {
			return false
		}
	}
	return false
}

// allCapitals says whether a line is written in capitals alone.
func allCapitals(s string) bool { return s == strings.ToUpper(s) && cased(s) }

// hasTurns says whether a label stands before several turns; the words before
// a colon in a title do not.
func (g *reading) hasTurns(label string) bool {
	if g.labels == nil {
		g.labels = map[string]int{}
		for _, l := range g.lines {
			if name, _, ok := turn(l.text); ok {
				g.labels[strings.ToLower(name)]++
			}
		}
	}
	return markdown.IsQuestion(label) || g.labels[strings.ToLower(label)] > 1
}

// speaks says whether a label before a colon is that of a person or office, or
// of one who asks.
func (g *reading) speaks(label string) bool {
	if office, _ := officeOf(label); office != "" {
		return true
	}
	return markdown.IsQuestion(label) || g.person(label) != ""
}

// dense says whether a character is of a script that says much in few.
func dense(c rune) bool { return ideograph(c) || unicode.Is(unicode.Hangul, c) }

// endsSentence says whether a line ends with the mark of a sentence.
func endsSentence(s string) bool {
	s = strings.TrimRight(s, "\"”’»)] ")
	last, _ := utf8.DecodeLastRuneInString(s)
	return strings.ContainsRune(".!?。！？؟…:;", last)
}

// bestTitle gives the lines of the title among those before the text: the
// candidate that most looks like one and has most in common with the text.
func (g *reading) bestTitle(lines []line, body int) (at, next int, title line) {
	words := wordsOf(lines[body:min(len(lines), body+60)])
	at, best := -1, 0.0
	for i := 0; i < min(body, len(lines)); i++ {
		if !g.mayBeTitle(lines, i) {
			continue
		}
		n, t := g.joinTitle(lines, i)
		score := g.titleScore(lines, i, n, t.text, words)
		if g.r.traced {
			g.left("title", "title line", t.number, tidyTitle(t.text), fmt.Sprintf("a line that may be the title, weighed %.1f by its words in the text, its place and its form; the heaviest is taken", score))
		}
		if at < 0 || score > best {
			at, next, title, best = i, n, t, score
		}
	}
	if at < 0 && body == 0 && len(lines) > 1 && g.mayBeTitle(lines, 0) && !endsSentence(lines[0].text) && !wrapped(lines, 0) {
		next, title = g.joinTitle(lines, 0)
		return 0, next, title
	}
	return at, next, title
}

// mayBeTitle leaves out what is no title: dates, offices, places, debris,
// turns, bylines, notices.
func (g *reading) mayBeTitle(lines []line, i int) bool {
	s := strings.TrimSpace(unmarked(lines[i].text))
	if _, _, ok := g.dateLine(s); ok || utf8.RuneCountInString(s) < 3 || !lettersPrevail(s) || isNotice(s) || isAddress(s) || isProofMark(s) {
		return false
	}
	if name, rest, ok := turn(s); ok && (strings.TrimSpace(rest) == "" && g.speaks(name) || i > 0 && g.hasTurns(name) && g.speaks(name)) {
		return false
	}
	if _, ok := g.r.dateline(s); ok || strings.HasSuffix(s, ":") || isLabelled(s) {
		return false
	}
	if _, ok := g.placeLine(s); ok && len(g.r.names[archive.Venues].find(s)) == 0 || isOfficeLine(s) {
		return false
	}
	switch strings.ToLower(strings.Trim(s, " .:*-")) {
	case "for media", "for press", "for the press", "for immediate release", "press statement", "media statement", "final", "unofficial", "embargoed":
		return false
	}
	return g.r.institution(s) == "" && !creditLine().MatchString(s) && !honourForm().MatchString(s)
}

// titleScore says how well a line, joined with those that continue it, may be
// the title: by its words, its form and its place.
func (g *reading) titleScore(lines []line, i, next int, s string, text map[string]bool) float64 {
	s = strings.TrimSpace(unmarked(s))
	score := wordScore(s, text) + formScore(s) + g.placeScore(lines, i, next, s)
	if !hasLongWord(lines[i].text) {
		score -= 4
	}
	return score
}

// wordScore is for the count of words, and for those that the text has too.
func wordScore(s string, text map[string]bool) float64 {
	count, content, common := 0, 0, 0
	for w := range shingles(s) {
		count++
		if len(w) > 3 {
			content++
			common += btoi(text[w])
		}
	}
	score := min(float64(count), 5) - 3
	if content > 0 {
		score += float64(common)/float64(content)*float64(min(content, 3)) + min(float64(common), 4)/2
	}
	return score
}

// formScore is for what a line looks like by itself.
func formScore(s string) float64 {
	score := 0.0
	weigh := func(points float64, is bool) {
		if is {
			score += points
		}
	}
	first, _ := utf8.DecodeRuneInString(s)
	dates := findDates(s)
	weigh(1, allCapitals(s))
	weigh(2, namesKind(s) || hanKind(s))
	weigh(-3, utf8.RuneCountInString(s) > 250)
	weigh(-3, strings.ContainsAny(s, "|>›·•") || isMenuLine(s) || strings.Contains(s, " / "))
	weigh(-1.5, endsSentence(s) && !strings.HasSuffix(s, "?") && !strings.HasSuffix(s, "..."))
	weigh(-2, unicode.IsDigit(first) && len(s) > 2 && strings.HasPrefix(strings.TrimLeft(s, "0123456789"), ". ")) // a heading within the text
	weigh(-3, firstPerson(firstRunes(s, 12)))
	weigh(-2, len(dates) > 0 && dates[0].start == 0 && dates[0].full() && !strings.ContainsFunc(s, dense))
	weigh(-4, len(strings.Fields(s)) == 1 && strings.Count(s, "-")+strings.Count(s, "/") >= 2) // the keywords of a desk
	return score
}

// placeScore is for where a line stands: first, beside a date, above its own
// repetition, or below the title that it is the subtitle of.
func (g *reading) placeScore(lines []line, i, next int, s string) float64 {
	score := 0.0
	if i == 0 {
		score += 2
	} else {
		if _, _, dated := g.dateLine(lines[i-1].text); dated {
			score += 0.5
		}
		if lines[i-1].number == lines[i].number-1 && g.mayBeTitle(lines, i-1) && saysMuch(lines[i-1].text) {
			score -= 3 // a subtitle
		}
	}
	if next < len(lines) {
		if _, _, dated := g.dateLine(lines[next].text); dated {
			score++
		}
	}
	folded := archive.Fold(tidyTitle(s))
	again := func(l line) bool { return archive.Fold(tidyTitle(l.text)) == folded }
	if slices.ContainsFunc(lines[next:min(len(lines), next+8)], again) {
		score += 2
	}
	return score
}

// isMenuLine says whether a line is a row of short entries with wide spaces
// between them.
func isMenuLine(s string) bool {
	if strings.Contains(s, "   ") {
		return true
	}
	entries := strings.Count(s, "  ") + 1
	return entries >= 4 && len(strings.Fields(s)) <= 2*entries
}

// saysMuch says whether a line has the length of a title.
func saysMuch(s string) bool {
	return len(strings.Fields(s)) > 3 || strings.ContainsFunc(s, dense) && utf8.RuneCountInString(s) >= 10
}

// shingles yields the words of a text as they are compared: in small letters,
// the first six letters of each; of dense scripts each two characters.
func shingles(s string) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		ws := words(s)
		for i := 0; i < len(ws); i++ {
			w := s[ws[i].start:ws[i].end]
			c, _ := utf8.DecodeRuneInString(w)
			if dense(c) {
				if ideograph(c) && i+1 < len(ws) && ws[i].end == ws[i+1].start {
					w = s[ws[i].start:ws[i+1].end]
				}
				w = firstRunes(w, 2)
			} else {
				w = firstRunes(strings.ToLower(w), 6)
			}
			if !yield(w) {
				return
			}
		}
	}
}

// wordsOf collects the words of lines as they are compared.
func wordsOf(lines []line) map[string]bool {
	set := map[string]bool{}
	for _, l := range lines {
		for w := range shingles(clip(l.text, 2*longestSentence)) {
			set[w] = true
		}
	}
	return set
}
