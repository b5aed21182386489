package manuscript

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"

	"golang.org/x/net/html"
)

// An xmlNode is an element of a feed, under its name without a prefix.
type xmlNode struct {
	name     string
	line     int
	attrs    []xml.Attr
	children []*xmlNode
	parts    []xmlPart // its words and elements in their order
}

// An xmlPart is a piece of text or an element.
type xmlPart struct {
	text string
	node *xmlNode
}

// A breakage is where a feed can be read no further.
type breakage struct {
	line int
	why  string
}

// feedDepth bounds how deep the elements of a feed are nested.
const feedDepth = 256

// parseFeed gives a feed's own element and its items: those that stand whole
// before the first break.
func parseFeed(text string) (channel *xmlNode, items []*xmlNode, broken *breakage) {
	d := xml.NewDecoder(strings.NewReader(text))
	d.Strict = false
	d.Entity = xml.HTMLEntity
	d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil } // it is decoded already
	channel = &xmlNode{}
	r := feedParser{channel: channel, within: -1}
	for {
		token, err := d.Token()
		line, _ := d.InputPos()
		if err != nil {
			if !errors.Is(err, io.EOF) || len(r.open) > 0 {
				broken = &breakage{line, plainXML(err)}
			}
			return channel, r.items, broken
		}
		switch t := token.(type) {
		case xml.StartElement:
			if len(r.open) >= feedDepth {
				return channel, r.items, &breakage{line, "its elements are nested too deep"}
			}
			r.start(&xmlNode{name: t.Name.Local, line: line, attrs: t.Copy().Attr})
		case xml.EndElement:
			r.end()
		case xml.CharData:
			if len(r.open) > 0 {
				n := r.open[len(r.open)-1]
				n.parts = append(n.parts, xmlPart{text: string(t)})
			}
		}
	}
}

// A feedParser sorts the elements of a feed into its own and its items.
type feedParser struct {
	channel *xmlNode
	items   []*xmlNode
	open    []*xmlNode
	within  int // the place among open of the item that is being read, or -1
}

func (r *feedParser) start(n *xmlNode) {
	parent := r.channel
	if len(r.open) > 0 {
		parent = r.open[len(r.open)-1]
	}
	switch {
	case r.within < 0 && (n.name == "item" || n.name == "entry"):
		r.within = len(r.open)
	case r.within >= 0:
		parent.children = append(parent.children, n)
		parent.parts = append(parent.parts, xmlPart{node: n})
	case n.name == "channel" || n.name == "feed" || n.name == "rss" || n.name == "RDF":
		r.channel.attrs = append(r.channel.attrs, n.attrs...)
		n = r.channel
	case parent == r.channel:
		r.channel.children = append(r.channel.children, n)
	}
	r.open = append(r.open, n)
}

func (r *feedParser) end() {
	if len(r.open) == 0 {
		return
	}
	n := r.open[len(r.open)-1]
	r.open = r.open[:len(r.open)-1]
	if len(r.open) == r.within {
		r.items = append(r.items, n)
		r.within = -1
	}
}

// plainXML says of an error of XML what is wrong.
func plainXML(err error) string {
	var syntax *xml.SyntaxError
	if errors.As(err, &syntax) {
		return syntax.Msg
	}
	if errors.Is(err, io.EOF) {
		return "the file ends within an element"
	}
	return err.Error()
}

// text gives the element's own words.
func (n *xmlNode) text() string {
	var b strings.Builder
	for _, p := range n.parts {
		b.WriteString(p.text)
	}
	return b.String()
}

// inner writes what an element holds as HTML.
func (n *xmlNode) inner(b *strings.Builder) {
	for _, p := range n.parts {
		if p.node == nil {
			b.WriteString(html.EscapeString(p.text))
			continue
		}
		b.WriteString("<" + p.node.name)
		for _, a := range p.node.attrs {
			if a.Name.Space == "" && a.Name.Local != "xmlns" {
				b.WriteString(" " + a.Name.Local + `="` + html.EscapeString(a.Value) + `"`)
			}
		}
		b.WriteByte('>')
		p.node.inner(b)
		switch p.node.name {
		case "br", "img", "hr", "input", "wbr":
		default:
			b.WriteString("</" + p.node.name + ">")
		}
	}
}

// markup gives the HTML that an element holds: as its words, or as elements.
func (n *xmlNode) markup() string {
	if len(n.children) > 0 {
		var b strings.Builder
		n.inner(&b)
		return b.String()
	}
	text := n.text()
	if kind := n.attribute("type"); kind == "text" || kind == "text/plain" || !strings.ContainsAny(text, "<&") {
		return paragraphs(text)
	}
	return text
}

// paragraphs writes plain text as HTML: its lines are kept.
func paragraphs(text string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" {
			b.WriteString("<p>" + html.EscapeString(line) + "</p>\n")
		}
	}
	return b.String()
}

// words gives the text of an element on one line. Titles in Atom may be HTML.
func (n *xmlNode) words() string {
	text := n.text()
	kind := n.attribute("type")
	if len(n.children) > 0 {
		text = plainWords(n.markup())
	} else if kind == "html" || strings.Contains(text, "&") && n.name == "title" {
		text = plainWords(text)
	}
	return strings.Join(strings.Fields(text), " ")
}

// one gives the first child of that name, nil where there is none.
func (n *xmlNode) one(name string) *xmlNode {
	for _, c := range n.children {
		if c.name == name {
			return c
		}
	}
	return nil
}

func (n *xmlNode) named(name string) []*xmlNode {
	var found []*xmlNode
	for _, c := range n.children {
		if c.name == name {
			found = append(found, c)
		}
	}
	return found
}

func (n *xmlNode) attribute(name string) string {
	for _, a := range n.attrs {
		if a.Name.Local == name {
			return strings.TrimSpace(a.Value)
		}
	}
	return ""
}
