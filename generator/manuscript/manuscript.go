// Package manuscript reads files of every format into manuscripts: the text of
// each document that a file holds, and what the file says of it beside its
// text. It knows no vocabulary, and no rule by which a text is understood.
package manuscript

import (
	"io"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// A Manuscript is the text of one document as a file holds it.
type Manuscript struct {
	Lines     []Line
	Markdown  string       // the same text with its mark-up, "" where the format has none
	Claims    []Claim      // what the file says of the document beside its text
	Files     []Attachment // pictures and files that go with it
	Line      int          // of the file on which it begins, from 1; 0 where the format has no lines
	Post      bool         // whether it is one post of a channel
	Continues bool         // whether the text goes on in the next manuscript
}

// A Line is one line of a text, composed (NFC), without its end.
type Line struct {
	Text   string
	Number int // from 1, in the file or, where the format has no lines, in the text
}

// A Claim is a value that a file states of a document beside its text.
type Claim struct {
	Field string // the key of the value in a document's metadata: title, date, time, zone, kind, place, speakers, source, via, language, original, retrieved, summary, tags, rights; "author" where the file does not say what its author is; of a post also "post", its ID, "reply-to" and "edited"; "encoding", "created" (of the file), "left out" and "unread" (with the name of the value) are for a person to know
	Text  string // the value; a date in EDTF or as the file writes it
	Where string // what states it, to go on after "says": "the tag og:title"
	Line  int    // 0 where the format has no lines
	Aside bool   // whether it stands in a file's properties, which people seldom keep: the text itself goes before it
}

// An Attachment is a file that belongs to a document.
type Attachment struct {
	Name    string // by which the Markdown links it: lower-case ASCII letters, digits, hyphens, points
	Caption string
	Open    func() (io.ReadCloser, error)
}

// Text gives the lines as one text.
func (m *Manuscript) Text() string {
	var b strings.Builder
	for _, l := range m.Lines {
		b.WriteString(l.Text)
		b.WriteByte('\n')
	}
	return b.String()
}

// SplitLines cuts a text at its line ends, whichever they are, and composes it.
// The first line has the number first.
func SplitLines(text string, first int) []Line {
	if strings.ContainsRune(text, '\r') {
		text = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text)
	}
	if !norm.NFC.IsNormalString(text) {
		text = norm.NFC.String(text)
	}
	lines := make([]Line, 0, strings.Count(text, "\n")+1)
	for n := first; text != ""; n++ {
		var s string
		s, text, _ = strings.Cut(text, "\n")
		lines = append(lines, Line{s, n})
	}
	return lines
}
