package markdown

import (
	"bytes"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	extension "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// A PlainLine is a line of a body's text without its mark-up.
type PlainLine struct {
	Text    string
	Number  int // of the body's line on which it begins, from 1
	Heading int // its level, 0 where it is no heading
}

// Plain gives the words of a body: a line for each paragraph, heading, item, row
// and line of code, more where a line is broken by hand.
func Plain(body []byte) []PlainLine {
	p := plain{body: body, line: 1}
	p.block(linkParser().Parse(text.NewReader(body)))
	return p.lines
}

// plain is a body while its words are taken.
type plain struct {
	body  []byte
	lines []PlainLine

	words strings.Builder // of the line that is being written
	start int             // where that begins in the body, or -1

	at, line int // a place in the body, and its line
}

// lineAt gives the line of a place. Places are mostly asked for in their order.
func (p *plain) lineAt(place int) int {
	place = min(max(place, 0), len(p.body))
	if place < p.at {
		p.at, p.line = 0, 1
	}
	p.line += bytes.Count(p.body[p.at:place], []byte("\n"))
	p.at = place
	return p.line
}

func (p *plain) add(s string, place, heading int) {
	if s = strings.Join(strings.Fields(s), " "); s != "" {
		p.lines = append(p.lines, PlainLine{s, p.lineAt(place), heading})
	}
}

func (p *plain) block(n ast.Node) {
	switch n := n.(type) {
	case *ast.CodeBlock, *ast.FencedCodeBlock, *ast.HTMLBlock:
		for i := range n.Lines().Len() {
			p.code(n.Lines().At(i))
		}
		if h, ok := n.(*ast.HTMLBlock); ok && h.HasClosure() {
			p.code(h.ClosureLine)
		}
		return
	case *extension.TableRow, *extension.TableHeader:
		p.row(n)
		return
	case *ast.Heading:
		p.inlines(n, n.Level)
		return
	}
	if c := n.FirstChild(); c != nil && c.Type() == ast.TypeInline {
		p.inlines(n, 0)
		return
	}
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		p.block(c)
	}
}

func (p *plain) code(s text.Segment) {
	if line := strings.TrimRight(string(s.Value(p.body)), " \t\r\n"); line != "" {
		p.lines = append(p.lines, PlainLine{line, p.lineAt(s.Start), 0})
	}
}

// row writes the cells of a table's row on one line.
func (p *plain) row(n ast.Node) {
	var cells []string
	place := -1
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		p.words.Reset()
		p.start = -1
		p.inline(c, 0, func() { p.words.WriteByte(' ') })
		if place < 0 {
			place = p.start
		}
		cells = append(cells, strings.Join(strings.Fields(p.words.String()), " "))
	}
	if strings.Join(cells, "") != "" {
		p.add(strings.Join(cells, " | "), place, 0)
	}
}

// inlines writes a block of words.
func (p *plain) inlines(n ast.Node, heading int) {
	p.words.Reset()
	p.start = -1
	fallback := 0
	if n.Lines().Len() > 0 {
		fallback = n.Lines().At(0).Start
	}
	flush := func() {
		if p.start < 0 {
			p.start = fallback
		}
		p.add(p.words.String(), p.start, heading)
		p.words.Reset()
		p.start = -1
	}
	p.inline(n, 0, flush)
	flush()
}

// plainDepth bounds how deep inline mark-up is followed.
const plainDepth = 1000

// inline takes the words below a node; ended is called where a line is broken.
func (p *plain) inline(n ast.Node, depth int, ended func()) {
	if depth > plainDepth {
		return
	}
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Text:
			p.word(c, n.Kind() == ast.KindCodeSpan)
			switch {
			case c.HardLineBreak():
				ended()
			case c.SoftLineBreak():
				p.words.WriteByte(' ')
			}
		case *ast.String:
			p.words.Write(c.Value)
		case *ast.AutoLink:
			p.words.Write(c.Label(p.body))
		case *ast.RawHTML:
			for i := range c.Segments.Len() {
				s := c.Segments.At(i)
				p.words.Write(s.Value(p.body))
			}
		case *extension.FootnoteLink:
			p.words.WriteString("[" + strconv.Itoa(c.Index) + "]")
		case *extension.FootnoteBacklink:
		default:
			p.inline(c, depth+1, ended)
		}
	}
}

func (p *plain) word(t *ast.Text, verbatim bool) {
	if p.start < 0 {
		p.start = t.Segment.Start
	}
	value := t.Segment.Value(p.body)
	if !verbatim {
		value = util.UnescapePunctuations(util.ResolveEntityNames(util.ResolveNumericReferences(value)))
	}
	p.words.Write(value)
}
