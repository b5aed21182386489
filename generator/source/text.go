package source

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"chancery/generator/manuscript"
)

// A line is one line of a source document, composed (NFC), with its number.
type line struct {
	text   string
	number int // from 1
}

// linesOf gives the lines of a manuscript.
func linesOf(m *manuscript.Manuscript) []line {
	lines := make([]line, len(m.Lines))
	for i, l := range m.Lines {
		lines[i] = line{l.Text, l.Number}
	}
	return lines
}

// blank says whether nothing of the line can be seen.
func (l line) blank() bool { return strings.TrimFunc(l.text, invisible) == "" }

func invisible(c rune) bool {
	return unicode.IsSpace(c) || c == '\u200b' || c == '\ufeff' || c == '\u00ad'
}

// filled gives the lines that are not blank.
func filled(lines []line) []line {
	out := make([]line, 0, len(lines))
	for _, l := range lines {
		if !l.blank() {
			out = append(out, l)
		}
	}
	return out
}

// joinBody puts kept lines together again. Blank lines at the ends are no
// text, and of several in a row one is kept.
func joinBody(lines []line) string {
	var b strings.Builder
	gap := false
	for _, l := range lines {
		if l.blank() {
			gap = b.Len() > 0
			continue
		}
		if b.Len() > 0 {
			b.WriteByte('\n')
		}
		if gap {
			b.WriteByte('\n')
			gap = false
		}
		b.WriteString(strings.TrimRightFunc(l.text, unicode.IsSpace))
	}
	return b.String()
}

// unmarked gives a line without the emoji, bullets and signs before its first
// letter, digit, quotation mark or bracket.
func unmarked(s string) string {
	return strings.TrimLeftFunc(s, func(c rune) bool {
		return unicode.IsSpace(c) || isEmojiPart(c) || c == '#' || c == '•' || c == '·' || c == '*'
	})
}

// isEmojiPart says whether a character is an emoji or belongs to one: joiners,
// variation selectors, flags, keycaps.
func isEmojiPart(c rune) bool {
	switch {
	case c < 0x80, unicode.IsLetter(c), unicode.IsDigit(c):
		return false
	case c == '\u200d', c == '\u20e3', c >= 0xfe00 && c <= 0xfe0f, c >= 0xe0020 && c <= 0xe007f:
		return true
	case c >= 0x1f000 && c <= 0x1faff, c >= 0x2190 && c <= 0x21ff, c >= 0x2300 && c <= 0x23ff:
		return true
	}
	return c >= 0x2460 && c <= 0x27bf || c >= 0x2900 && c <= 0x297f || c >= 0x2b00 && c <= 0x2bff || c == '〰' || c == '〽'
}

// plainKeycaps turns keycap digits into digits: "5️⃣7️⃣" is "57".
func plainKeycaps(s string) string {
	if !strings.ContainsRune(s, '\u20e3') {
		return s
	}
	return strings.NewReplacer("\ufe0f\u20e3", "", "\u20e3", "").Replace(s)
}

// sentences gives the first n sentences of a text, each with its end mark.
func sentences(s string, n int) []string {
	var out []string
	for s = clip(s, n*longestSentence); len(out) < n; {
		s = strings.TrimSpace(s)
		if s == "" {
			break
		}
		end := sentenceEnd(s)
		out = append(out, strings.TrimSpace(s[:end]))
		s = s[end:]
	}
	return out
}

// longestSentence bounds, in bytes, how far a sentence is read.
const longestSentence = 2000

// firstSentence gives the first sentence of a text.
func firstSentence(s string) string {
	s = clip(strings.TrimSpace(s), longestSentence)
	return s[:sentenceEnd(s)]
}

// clip gives the first n bytes of a text, less the part of a character.
func clip(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}

// sentenceEnd gives where the first sentence of s ends. A full stop after an
// abbreviation, an initial or a number ends none.
func sentenceEnd(s string) int {
	for i, c := range s {
		switch c {
		case '。', '！', '？', '؟', '\n':
			return i + utf8.RuneLen(c)
		case '.', '!', '?', '…':
			end := i + utf8.RuneLen(c)
			for end < len(s) && strings.IndexByte(`"')]`, s[end]) >= 0 {
				end++
			}
			for _, quote := range []string{"”", "’", "»"} {
				end += len(quote) * btoi(strings.HasPrefix(s[end:], quote))
			}
			if end == len(s) {
				return end
			}
			next, _ := utf8.DecodeRuneInString(strings.TrimLeft(s[end:], " \u00a0\t"))
			if !unicode.IsSpace(rune(s[end])) && s[end] != 0xc2 || unicode.IsLower(next) || c == '.' && abbreviated(s[:i]) {
				continue
			}
			return end
		}
	}
	return len(s)
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

// abbreviations are words after which a full stop ends no sentence.
const abbreviations = " mr mrs ms dr prof hon rt st gen col lt sen rep gov no vol art inc ltd co jr sr vs ie eg etc mt ft dept sgt capt amb jan feb mar apr jun jul aug sep sept oct nov dec г гг т е им ул стр тыс млн млрд руб см др пр св д n sr sra dª m mme bzw nr str usw "

// abbreviated says whether a full stop after s belongs to its last word.
func abbreviated(s string) bool {
	start := strings.LastIndexFunc(s, func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) }) + 1
	word := s[max(0, start):]
	if word == "" {
		return false
	}
	if utf8.RuneCountInString(word) == 1 && unicode.IsLetter([]rune(word)[0]) {
		return true // an initial, or "U.S."
	}
	return strings.Contains(abbreviations, " "+strings.ToLower(word)+" ")
}
