package source

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"chancery/generator/manuscript"
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
	left := "" // the line that equals the title
	seen := 0
	for _, l := range lines {
		l = strings.TrimFunc(l, func(c rune) bool { return unicode.IsSpace(c) })
		if l == "" {
			gap = "\n\n"
			continue
		}
		if seen++; title != "" && l == title && seen <= headerWithin {
			left, title = l, ""
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
			manuscript.EscapeLine(&b, l)
		}
		gap, last = "", l
	}
	if b.Len() == 0 && left != "" {
		manuscript.EscapeLine(&b, left) // a text of one line is its title and its text
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
