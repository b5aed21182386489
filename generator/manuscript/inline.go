package manuscript

import (
	"strings"
	"unicode"
)

// inline is one line of Markdown while it is written.
//
// CommonMark takes a * for a mark only where the characters around it allow
// that. So a mark is written where they do under every reading, moved past
// punctuation where that helps, and left out elsewhere: the text shown is
// always that of the spans.
type inline struct {
	out    []byte
	before rune // what stands before out
	linked bool // inside the text of a link
}

// The marks of a line are written from the outermost to the innermost.
const (
	linkLevel = iota
	struckLevel
	boldLevel
	italicLevel
	textLevel
)

var levelMarks = [...]markSet{struckLevel: struck, boldLevel: bold, italicLevel: italic}

// what follows a part of a line: its first character, and whether a * may
// stand before it.
type following struct {
	c    rune
	star bool
}

// follows gives what follows where a span stands next.
func follows(s span) following { return following{firstRune(s.text), s.marks&(bold|italic) != 0} }

// write writes spans from a level inwards.
func (w *inline) write(line []span, level int, next following) {
	if level == textLevel {
		for i, s := range line {
			w.text(s, i+1 < len(line) || next.c != '\n')
		}
		return
	}
	for len(line) > 0 {
		n := 1
		for n < len(line) && sameAt(level, line[0], line[n]) {
			n++
		}
		after := next
		if n < len(line) {
			after = follows(line[n])
		}
		switch run := line[:n]; {
		case level == linkLevel && run[0].href != "":
			w.link(run, after)
		case level > linkLevel && run[0].marks&levelMarks[level] != 0:
			w.set(run, level, after)
		default:
			w.write(run, level+1, after)
		}
		line = line[n:]
	}
}

func sameAt(level int, a, b span) bool {
	if level == linkLevel {
		return a.href == b.href
	}
	return (a.marks^b.marks)&levelMarks[level] == 0
}

// last gives the character that was written last.
func (w *inline) last() rune {
	if len(w.out) == 0 {
		return w.before
	}
	return lastRune(string(w.out[max(0, len(w.out)-4):]))
}

// set writes spans within the mark of a level.
func (w *inline) set(run []span, level int, after following) {
	loose := func(c rune) bool { return !isSolid(c) }
	first, last := unicode.IsSpace, unicode.IsSpace
	if !isBoundary(w.last()) {
		first = loose
	}
	if !isBoundary(after.c) {
		last = loose
	}
	head, core, tail := peel(run, first, last)
	if len(core) == 0 {
		w.write(run, level+1, after)
		return
	}
	w.write(head, level+1, follows(core[0]))
	next := after
	if len(tail) > 0 {
		next = follows(tail[0])
	}
	inner := inline{before: rune("~~*_"[level]), linked: w.linked}
	inner.write(core, level+1, following{'*', true})
	if d := w.delimiter(level, &inner, next); d != "" {
		w.out = append(w.out, d...)
		w.out = append(w.out, inner.out...)
		w.out = append(w.out, d...)
	} else {
		w.write(core, level+1, next)
	}
	w.write(tail, level+1, after)
}

// delimiter gives what begins and ends the mark around inner, "" where nothing
// can.
func (w *inline) delimiter(level int, inner *inline, next following) string {
	before := w.last()
	opens := isBoundary(before) || isSolid(firstRune(string(inner.out)))
	closes := isBoundary(next.c) || isSolid(inner.last())
	switch {
	case !opens || !closes:
		return ""
	case level == struckLevel && (before == '~' || inner.last() == '~'):
		return ""
	case level == struckLevel:
		return "~~"
	case level == italicLevel && before != '_' && isBoundary(before) && isBoundary(next.c):
		return "_"
	case before == '*' || level == italicLevel && next.star:
		return ""
	case level == boldLevel:
		return "**"
	}
	return "*"
}

// isSolid says whether a character is neither space nor punctuation under any
// reading, isBoundary whether it is one of both under every reading.
func isSolid(c rune) bool    { return unicode.IsLetter(c) || unicode.IsDigit(c) }
func isBoundary(c rune) bool { return unicode.IsSpace(c) || unicode.IsPunct(c) || unicode.IsSymbol(c) }

// link writes spans that lead somewhere.
func (w *inline) link(run []span, after following) {
	head, core, tail := peel(run, unicode.IsSpace, unicode.IsSpace)
	w.write(head, struckLevel, following{c: ' '})
	if len(core) > 0 {
		inner := inline{before: '[', linked: true}
		inner.write(core, struckLevel, following{c: ']'})
		if w.last() == '!' {
			w.out = append(w.out[:len(w.out)-1], `\!`...)
		}
		w.out = append(w.out, '[')
		w.out = append(w.out, inner.out...)
		w.out = append(w.out, "]("+linkDestination(core[0].href)+")"...)
	}
	w.write(tail, struckLevel, after)
}

// linkDestination writes an address as the end of a link.
func linkDestination(href string) string {
	var b strings.Builder
	for i, c := range href {
		switch {
		case c <= ' ' || strings.ContainsRune("<>()\\\"`", c):
			b.WriteString("%" + string("0123456789ABCDEF"[c>>4]) + string("0123456789ABCDEF"[c&15]))
		case unicode.IsSpace(c) || unicode.IsControl(c):
		case c == '&' && needsEscape(href, i, c):
			b.WriteString("&amp;")
		default:
			b.WriteRune(c)
		}
	}
	return b.String()
}

// text writes a span without marks but that of code. more says whether
// something follows it on the line.
func (w *inline) text(s span, more bool) {
	if s.marks&code != 0 && strings.TrimSpace(s.text) != "" && w.last() != '`' {
		w.code(s.text)
		return
	}
	var b strings.Builder
	l := s.text
	if len(w.out) == 0 && w.before == '\n' {
		l = escapeStart(&b, l)
	}
	for i := 0; i < len(l); {
		if n := addressLength(l, i); n > 0 && !w.linked {
			b.WriteString("<" + l[i:i+n] + ">")
			i += n
			continue
		}
		if !needsEscape(l, i, rune(l[i])) && (l[i] == '&' && i+1 == len(l) && more || l[i] == '_' && addressLength(l, i+1) > 0) {
			b.WriteByte('\\') // for what is written behind it
		}
		i += escapeRune(&b, l, i)
	}
	w.out = append(w.out, b.String()...)
}

// code writes a span of code.
func (w *inline) code(text string) {
	core := strings.TrimSpace(text)
	at := strings.Index(text, core)
	w.out = append(w.out, text[:at]...)
	tick := "`"
	for n := longestRun(core, '`'); len(tick) <= n; {
		tick += "`"
	}
	pad := ""
	if core[0] == '`' || core[len(core)-1] == '`' {
		pad = " "
	}
	w.out = append(w.out, tick+pad+core+pad+tick...)
	w.out = append(w.out, text[at+len(core):]...)
}
