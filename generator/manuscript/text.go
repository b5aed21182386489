package manuscript

import (
	"bytes"
	"fmt"
	"unicode/utf8"
)

// isText takes every file that no other format is known to have.
func isText(f *File) bool {
	what, _ := f.foreign()
	return what == "this is no text"
}

// readText reads a file of plain text as one manuscript.
func readText(f *File, yield func(Manuscript) bool) {
	text, ok := f.whole()
	if !ok {
		return
	}
	const asText = "save it as plain text in UTF-8 and import that"
	text = bytes.TrimPrefix(text, []byte("\uFEFF"))
	if i := bytes.IndexByte(text, 0); i >= 0 {
		f.Tell(0, fmt.Sprintf("this is no text: byte %d is NUL", i+1), asText)
		return
	}
	if !utf8.Valid(text) {
		f.Tell(0, fmt.Sprintf("this is no text in UTF-8: see line %d", invalidLine(text)), asText)
		return
	}
	yield(Manuscript{Lines: SplitLines(string(text), 1), Line: 1})
}

// invalidLine gives the line of the first byte that is not UTF-8.
func invalidLine(text []byte) int {
	n := 1
	for len(text) > 0 {
		c, size := utf8.DecodeRune(text)
		if c == utf8.RuneError && size == 1 {
			return n
		}
		if c == '\n' {
			n++
		}
		text = text[size:]
	}
	return n
}
