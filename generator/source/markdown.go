package source

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Markdown writes a draft's body as Markdown that shows exactly its text: each
// line a paragraph, or the lines of a text broken to a width as they are. The
// line that equals the title is left out, since the page shows it above. In a
// transcript the label of each turn is strong text.
func Markdown(body, title string) string {
	lines := strings.Split(body, "\n")
	separator := "\n\n"
	if hardWrapped(lines) {
		separator = "\n"
	}
	labels := turnLabels(lines, title)
	var b strings.Builder
	gap, last := "", ""
	seen := 0
	for _, l := range lines {
		l = strings.TrimFunc(l, func(c rune) bool { return unicode.IsSpace(c) })
		if l == "" {
			gap = "\n\n"
			continue
		}
		if seen++; title != "" && l == title && seen <= headerWithin {
			title = ""
			continue
		}
		name, label := turnLabel(l)
		if !labels[name] {
			label = 0
		} else if endsSentence(last) {
			gap = "\n\n" // a turn is a paragraph
		}
		if gap = max(gap, separator); b.Len() > 0 {
			b.WriteString(gap)
		}
		if label > 0 && (gap == "\n\n" || b.Len() == 0) {
			escapeTurn(&b, l, label)
		} else {
			escapeLine(&b, l)
		}
		gap, last = "", l
	}
	return b.String()
}

// hardWrapped says whether lines are broken to a width in the middle of their
// sentences.
func hardWrapped(lines []string) bool {
	pairs, broken := 0, 0
	for i := 1; i < len(lines); i++ {
		a, b := strings.TrimSpace(lines[i-1]), strings.TrimSpace(lines[i])
		if a == "" || b == "" {
			continue
		}
		pairs++
		c, _ := utf8.DecodeRuneInString(b)
		if len(a) > 30 && utf8.RuneCountInString(a) < 120 && unicode.IsLower(c) {
			broken++
		}
	}
	return pairs >= 2 && broken*3 > pairs
}

// escapeLine writes one line so that Markdown finds no mark-up in it but links
// to the addresses that stand there.
func escapeLine(b *strings.Builder, l string) {
	escapeInline(b, escapeStart(b, l))
}

// escapeInline writes what does not begin a line.
func escapeInline(b *strings.Builder, l string) {
	for i := 0; i < len(l); {
		if n := addressLength(l, i); n > 0 {
			b.WriteString("<" + l[i:i+n] + ">")
			i += n
			continue
		}
		c, size := utf8.DecodeRuneInString(l[i:])
		if needsEscape(l, i, c) {
			b.WriteByte('\\')
		}
		b.WriteString(l[i : i+size])
		i += size
	}
}

// escapeStart writes what of a line's start would make a heading, a list, a
// quotation or a rule of it, and gives the rest.
func escapeStart(b *strings.Builder, l string) string {
	switch l[0] {
	case '#', '>', '-', '+', '=', ':', '|':
		b.WriteByte('\\')
		b.WriteByte(l[0])
		return l[1:]
	}
	digits := len(l) - len(strings.TrimLeft(l, "0123456789"))
	if digits > 0 && digits < 10 && digits < len(l) && (l[digits] == '.' || l[digits] == ')') {
		b.WriteString(l[:digits] + `\` + l[digits:digits+1])
		return l[digits+1:]
	}
	return l
}

// needsEscape says whether the character at i could begin or end mark-up.
func needsEscape(l string, i int, c rune) bool {
	switch c {
	case '*', '`', '[', ']', '<', '~', '\\', '|':
		return true
	case '_':
		before, _ := utf8.DecodeLastRuneInString(l[:i])
		after, _ := utf8.DecodeRuneInString(l[i+1:])
		return i == 0 || i+1 == len(l) || !isWordRune(before) || !isWordRune(after)
	case '&':
		return i+1 < len(l) && (l[i+1] == '#' || l[i+1] < 0x80 && unicode.IsLetter(rune(l[i+1])))
	}
	return false
}

func isWordRune(c rune) bool { return unicode.IsLetter(c) || unicode.IsDigit(c) }

// addressLength gives the length of the web address that begins at i, 0 where
// none does. The end mark of a sentence is no part of it.
func addressLength(l string, i int) int {
	if !strings.HasPrefix(l[i:], "https://") && !strings.HasPrefix(l[i:], "http://") {
		return 0
	}
	end := strings.IndexFunc(l[i:], func(c rune) bool {
		return unicode.IsSpace(c) || unicode.IsControl(c) || c == '<' || c == '>' || c == '"' || c == utf8.RuneError
	})
	if end < 0 {
		end = len(l) - i
	}
	end = len(strings.TrimRight(l[i:i+end], ".,;:!?)]»”’'*_"))
	if strings.HasSuffix(l[i:i+end], "//") {
		return 0
	}
	return end
}
