package manuscript

import (
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// markSet holds the ways in which a part of a text is set off.
type markSet uint8

const (
	struck markSet = 1 << iota
	bold
	italic
	code
	fenced // a block of code, its line ends kept
	quoted
)

// A span is a part of a text with the same marks, line ends among it.
type span struct {
	text     string
	marks    markSet
	href     string // where it leads, "" for nowhere
	language string // of a block of code
}

// tidySpans gives spans whose texts are composed (NFC) and have no controls but
// line ends and tabs. Neighbours of one kind are one span, and a quotation or a
// block of code stands on lines of its own.
func tidySpans(spans []span) []span {
	out := make([]span, 0, len(spans))
	var text strings.Builder // of the last of out
	ended := true            // whether the text so far ends a line
	for _, s := range spans {
		if s.text = cleanText(s.text); s.text == "" {
			continue
		}
		if s.href = linkTarget(s.href); s.href == strings.TrimSpace(s.text) {
			s.href = ""
		}
		part := s.text
		s.text = ""
		if n := len(out); n > 0 && out[n-1] != s {
			if (out[n-1].marks^s.marks)&(fenced|quoted) != 0 && !ended && part[0] != '\n' {
				if out[n-1].marks&(fenced|quoted) != 0 {
					part = "\n" + part
				} else {
					text.WriteByte('\n')
				}
			}
			out[n-1].text = text.String()
			text.Reset()
		}
		if text.Len() == 0 {
			out = append(out, s)
		}
		text.WriteString(part)
		ended = strings.HasSuffix(part, "\n")
	}
	if len(out) > 0 {
		out[len(out)-1].text = text.String()
	}
	return out
}

// cleanText composes a text. What no text may hold becomes U+FFFD, line ends
// of every kind \n.
func cleanText(s string) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	if strings.IndexFunc(s, unicode.IsControl) >= 0 {
		s = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(s)
		s = strings.Map(func(c rune) rune {
			if unicode.IsControl(c) && c != '\n' && c != '\t' {
				return '\uFFFD'
			}
			return c
		}, s)
	}
	if !norm.NFC.IsNormalString(s) {
		s = norm.NFC.String(s)
	}
	return s
}

// linkTarget gives an address that a page may link, "" for every other.
func linkTarget(href string) string {
	href = strings.TrimSpace(href)
	scheme, rest, _ := strings.Cut(href, ":")
	switch strings.ToLower(scheme) {
	case "http", "https":
		if u, err := url.Parse(href); err != nil || u.Host == "" {
			return ""
		}
	case "mailto", "tel", "tg":
		if rest == "" {
			return ""
		}
	default:
		return ""
	}
	return href
}

// plainOf gives the text of spans without its marks.
func plainOf(spans []span) string {
	var b strings.Builder
	for _, s := range spans {
		b.WriteString(s.text)
	}
	return b.String()
}

// spansMarkdown writes tidy spans as Markdown that shows exactly their text, each
// line a paragraph. A mark that Markdown cannot put there is left out.
func spansMarkdown(spans []span) string {
	var p paragraphWriter
	for _, s := range spans {
		if s.marks&fenced != 0 {
			p.endLine()
			p.fence(s)
			continue
		}
		for rest, more := s.text, true; more; {
			s.text, rest, more = strings.Cut(rest, "\n")
			if s.text != "" {
				p.line = append(p.line, s)
			}
			if more {
				p.endLine()
			}
		}
	}
	p.endLine()
	return p.out.String()
}

// paragraphWriter is Markdown while it is written line by line.
type paragraphWriter struct {
	out    strings.Builder
	line   []span
	quoted bool // the last paragraph was
}

// endLine writes the line as a paragraph, unless it is blank.
func (p *paragraphWriter) endLine() {
	line := trimmed(p.line)
	if len(line) > 0 {
		w := inline{before: '\n'}
		w.write(line, linkLevel, following{c: '\n'})
		p.put(string(w.out), line[0].marks&quoted != 0)
	}
	p.line = p.line[:0]
}

// put writes a block, its lines behind > where it is quoted.
func (p *paragraphWriter) put(block string, isQuoted bool) {
	if p.out.Len() > 0 && p.quoted && isQuoted {
		p.out.WriteString("\n>\n")
	} else if p.out.Len() > 0 {
		p.out.WriteString("\n\n")
	}
	if isQuoted {
		block = "> " + strings.ReplaceAll(block, "\n", "\n> ")
	}
	p.out.WriteString(block)
	p.quoted = isQuoted
}

// fence writes a block of code.
func (p *paragraphWriter) fence(s span) {
	text := strings.Trim(s.text, "\n")
	if strings.TrimSpace(text) == "" {
		return
	}
	fence := strings.Repeat("`", max(3, longestRun(text, '`')+1))
	language := strings.Map(func(c rune) rune {
		if c < 0x80 && (unicode.IsLetter(c) || unicode.IsDigit(c) || strings.ContainsRune("+-#._", c)) {
			return c
		}
		return -1
	}, s.language)
	p.put(fence+language+"\n"+text+"\n"+fence, s.marks&quoted != 0)
}

// trimmed gives a line without the white space at its ends.
func trimmed(line []span) []span {
	_, line, _ = peel(line, unicode.IsSpace, unicode.IsSpace)
	return line
}

// peel takes from both ends of a line the characters that are told.
func peel(line []span, first, last func(rune) bool) (head, core, tail []span) {
	core = append([]span{}, line...)
	for len(core) > 0 {
		s := &core[0]
		rest := strings.TrimLeftFunc(s.text, first)
		if n := len(s.text) - len(rest); n > 0 {
			part := *s
			part.text = s.text[:n]
			head = append(head, part)
			s.text = rest
		}
		if s.text != "" {
			break
		}
		core = core[1:]
	}
	for len(core) > 0 {
		s := &core[len(core)-1]
		rest := strings.TrimRightFunc(s.text, last)
		if len(rest) < len(s.text) {
			part := *s
			part.text = s.text[len(rest):]
			tail = append([]span{part}, tail...)
			s.text = rest
		}
		if s.text != "" {
			break
		}
		core = core[:len(core)-1]
	}
	return head, core, tail
}

// longestRun gives the length of the longest run of c in s.
func longestRun(s string, c byte) int {
	longest, n := 0, 0
	for i := 0; i < len(s); i++ {
		if s[i] != c {
			n = 0
			continue
		}
		n++
		longest = max(longest, n)
	}
	return longest
}

// firstRune and lastRune give the characters at the ends of a text.
func firstRune(s string) rune { c, _ := utf8.DecodeRuneInString(s); return c }
func lastRune(s string) rune  { c, _ := utf8.DecodeLastRuneInString(s); return c }
