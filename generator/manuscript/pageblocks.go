package manuscript

import (
	"strings"

	"golang.org/x/net/html"
)

// A liner writes a tree as lines, one for each block.
type liner struct {
	lines []string
	words strings.Builder
}

// blockLines gives the plain text of a tree: a line for each paragraph, heading,
// item and row, more where it is broken by hand.
func blockLines(n *html.Node) []string {
	var l liner
	l.write(n)
	l.flush()
	return l.lines
}

func (l *liner) flush() {
	if line := strings.Join(strings.Fields(l.words.String()), " "); line != "" {
		l.lines = append(l.lines, line)
	}
	l.words.Reset()
}

func (l *liner) write(n *html.Node) {
	if n.Type == html.TextNode {
		l.words.WriteString(n.Data)
		return
	}
	name := tag(n)
	switch {
	case isUnseen(name), hasAttribute(n, headerMark):
		return
	case name == "br" || name == "hr":
		l.flush()
		return
	case name == "img":
		return
	case name == "pre":
		l.flush()
		for line := range strings.Lines(preformatted(n)) {
			l.lines = append(l.lines, strings.TrimRight(line, " \t\r\n"))
		}
		return
	case name == "tr":
		l.row(n)
		return
	}
	block := name != "" && !isInlineTag(name)
	if block {
		l.flush()
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		l.write(c)
	}
	if block {
		l.flush()
	}
}

// row writes a table's row as one line.
func (l *liner) row(n *html.Node) {
	l.flush()
	var cells []string
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if tag(c) == "td" || tag(c) == "th" {
			cells = append(cells, wordsOf(c))
		}
	}
	if line := strings.Trim(strings.Join(cells, " | "), " |"); line != "" {
		l.lines = append(l.lines, strings.Join(cells, " | "))
	}
}

// preformatted gives the text of a pre element, its lines as they are.
func preformatted(n *html.Node) string {
	var b strings.Builder
	each(n, func(c *html.Node) bool {
		if c.Type == html.TextNode {
			b.WriteString(c.Data)
		} else if tag(c) == "br" {
			b.WriteByte('\n')
		}
		return true
	})
	return strings.Trim(b.String(), "\r\n")
}

// mostlyPreformatted says whether nearly all of a text stands in pre elements: it
// is a plain text in a page's clothes.
func mostlyPreformatted(n *html.Node) bool {
	size := extents{}
	whole := size.measure(n).text
	in := 0
	for _, pre := range all(n, "pre") {
		in += size[pre].text
	}
	return in*5 > whole*4
}
