package manuscript

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// EscapeLine writes one line of plain text so that Markdown finds no mark-up in
// it but links to the addresses that stand there. The line is not empty and
// begins with no space.
func EscapeLine(b *strings.Builder, l string) {
	EscapeInline(b, escapeStart(b, l))
}

// EscapeInline writes a part of a line that does not begin it.
func EscapeInline(b *strings.Builder, l string) {
	for i := 0; i < len(l); {
		if n := addressLength(l, i); n > 0 {
			b.WriteString("<" + l[i:i+n] + ">")
			i += n
			continue
		}
		i += escapeRune(b, l, i)
	}
}

// escapeRune writes the character at i of a line, and gives its length in bytes.
func escapeRune(b *strings.Builder, l string, i int) int {
	c, size := utf8.DecodeRuneInString(l[i:])
	if needsEscape(l, i, c) {
		b.WriteByte('\\')
	}
	b.WriteString(l[i : i+size])
	return size
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
