package manuscript

import (
	"strings"
	"unicode"

	"golang.org/x/net/html"
)

// tag gives the name of an element, "" for what is none.
func tag(n *html.Node) string {
	if n != nil && n.Type == html.ElementNode {
		return n.Data
	}
	return ""
}

// attribute gives the value of a node's attribute, "" where it has none.
func attribute(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key && a.Namespace == "" {
			return a.Val
		}
	}
	return ""
}

func hasAttribute(n *html.Node, key string) bool {
	for _, a := range n.Attr {
		if a.Key == key {
			return true
		}
	}
	return false
}

func setAttribute(n *html.Node, key, value string) {
	for i := range n.Attr {
		if n.Attr[i].Key == key {
			n.Attr[i].Val = value
			return
		}
	}
	n.Attr = append(n.Attr, html.Attribute{Key: key, Val: value})
}

// each visits a node and all below it in the order of the text. Where visit says
// false, it goes no further down. The tree may be changed below the node visited.
func each(n *html.Node, visit func(*html.Node) bool) {
	if !visit(n) {
		return
	}
	for c := n.FirstChild; c != nil; {
		next := c.NextSibling
		each(c, visit)
		c = next
	}
}

// first gives the first element of that name, nil where there is none.
func first(n *html.Node, name string) *html.Node {
	var found *html.Node
	each(n, func(c *html.Node) bool {
		if found == nil && tag(c) == name {
			found = c
		}
		return found == nil
	})
	return found
}

// all gives the elements of those names in the order of the text.
func all(n *html.Node, names ...string) []*html.Node {
	var found []*html.Node
	each(n, func(c *html.Node) bool {
		for _, name := range names {
			if tag(c) == name {
				found = append(found, c)
			}
		}
		return true
	})
	return found
}

// wordsOf gives the text of a node on one line.
func wordsOf(n *html.Node) string {
	var b strings.Builder
	each(n, func(c *html.Node) bool {
		switch {
		case c.Type == html.TextNode:
			b.WriteString(c.Data)
		case isUnseen(tag(c)):
			return false
		case tag(c) != "" && !isInlineTag(c.Data):
			b.WriteByte(' ')
		}
		return true
	})
	return strings.Join(strings.Fields(b.String()), " ")
}

// isUnseen says of what elements a browser shows no text.
func isUnseen(name string) bool {
	switch name {
	case "script", "style", "template", "noscript", "head", "iframe", "object", "embed", "svg", "canvas", "video", "audio",
		"button", "input", "select", "textarea", "datalist", "map":
		return true
	}
	return false
}

// isInlineTag says whether an element stands within a line.
func isInlineTag(name string) bool {
	switch name {
	case "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img", "ins", "kbd",
		"label", "mark", "nobr", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr":
		return true
	}
	return false
}

// isBlank says whether a text has nothing that can be seen.
func isBlank(s string) bool { return strings.TrimFunc(s, unicode.IsSpace) == "" }

// unwrap puts the children of a node in its place.
func unwrap(n *html.Node) {
	for c := n.FirstChild; c != nil; c = n.FirstChild {
		n.RemoveChild(c)
		n.Parent.InsertBefore(c, n)
	}
	n.Parent.RemoveChild(n)
}

// replace puts one node in the place of another.
func replace(n, with *html.Node) {
	n.Parent.InsertBefore(with, n)
	n.Parent.RemoveChild(n)
}

func textNode(s string) *html.Node { return &html.Node{Type: html.TextNode, Data: s} }

func element(name string) *html.Node { return &html.Node{Type: html.ElementNode, Data: name} }

// become makes another element of one.
func become(n *html.Node, name string) {
	n.Data, n.DataAtom = name, 0
}

// extents measures the text of a tree: how many letters each element has, and
// how many of them are words of links. nil measures the tree and keeps nothing.
type extents map[*html.Node]extent

type extent struct{ text, linked int }

func (e extents) measure(n *html.Node) extent {
	var sum extent
	switch {
	case n.Type == html.TextNode:
		for _, c := range n.Data {
			if !unicode.IsSpace(c) {
				sum.text++
			}
		}
		return sum
	case isUnseen(tag(n)):
		return sum
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		part := e.measure(c)
		sum.text += part.text
		sum.linked += part.linked
	}
	if tag(n) == "a" {
		sum.linked = sum.text
	}
	if e != nil && n.Type == html.ElementNode {
		e[n] = sum
	}
	return sum
}
