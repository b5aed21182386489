package manuscript

import (
	"strings"

	"golang.org/x/net/html"
)

// dropSoftHyphens leaves out what says where words may be parted: it would keep
// them from being found.
func dropSoftHyphens(doc *html.Node) {
	each(doc, func(n *html.Node) bool {
		if n.Type == html.TextNode && strings.Contains(n.Data, softHyphen) {
			n.Data = strings.ReplaceAll(n.Data, softHyphen, "")
		}
		return true
	})
}

// simplify turns what Markdown has no form for into what it has: tables that only
// arrange, blocks within cells, raised numbers, quotation elements.
func simplify(main *html.Node) {
	for _, n := range all(main, "table") {
		if isLayout(n) {
			flatten(n)
		}
	}
	for _, n := range all(main, "caption") {
		if table := around(n, func(a *html.Node) bool { return tag(a) == "table" }); table != nil {
			n.Parent.RemoveChild(n)
			table.Parent.InsertBefore(n, table)
		}
		become(n, "div")
	}
	for _, n := range all(main, "td", "th") {
		plainCell(n)
	}
	for _, n := range all(main, "sup") {
		raised(n)
	}
	for _, n := range all(main, "q") {
		n.InsertBefore(textNode("“"), n.FirstChild)
		n.AppendChild(textNode("”"))
	}
	for _, n := range all(main, "details", "summary", "figure", "figcaption", "address", "center", "fieldset", "legend", "form", "header", "footer", "hgroup") {
		become(n, "div")
	}
}

// mergeTexts makes one node of texts that follow each other, and leaves out what
// is empty: what writes Markdown takes long for many.
func mergeTexts(n *html.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type != html.TextNode {
			mergeTexts(c)
			continue
		}
		if c.NextSibling == nil || c.NextSibling.Type != html.TextNode {
			continue
		}
		var b strings.Builder
		b.WriteString(c.Data)
		for next := c.NextSibling; next != nil && next.Type == html.TextNode; next = c.NextSibling {
			b.WriteString(next.Data)
			n.RemoveChild(next)
		}
		c.Data = b.String()
	}
}

// longCell is the length, in letters, from which a cell is a text of its own.
const longCell = 400

// isLayout says whether a table only arranges parts of a page.
func isLayout(table *html.Node) bool {
	if attribute(table, "role") == "presentation" || attribute(table, "role") == "none" {
		return true
	}
	if len(all(table, "table")) > 1 {
		return true
	}
	if first(table, "th") != nil || first(table, "caption") != nil {
		return false
	}
	widest := 0
	for _, row := range all(table, "tr") {
		cells := 0
		for c := row.FirstChild; c != nil; c = c.NextSibling {
			if tag(c) == "td" {
				cells++
				if textLength(c) > longCell || len(all(c, "h1", "h2", "h3", "p")) > 2 {
					return true
				}
			}
		}
		widest = max(widest, cells)
	}
	return widest <= 1
}

// flatten makes blocks of the cells of a table that only arranges, but not of
// the tables within it.
func flatten(table *html.Node) {
	become(table, "div")
	each(table, func(n *html.Node) bool {
		switch tag(n) {
		case "table":
			return false
		case "tbody", "thead", "tfoot", "tr", "td", "th", "caption", "colgroup":
			become(n, "div")
		}
		return true
	})
}

// plainCell puts the blocks of a table's cell on one line.
func plainCell(cell *html.Node) {
	if tag(cell) != "td" && tag(cell) != "th" {
		return // of a table that was only for arranging
	}
	each(cell, func(n *html.Node) bool {
		if n == cell || tag(n) == "" || isInlineTag(n.Data) {
			return true
		}
		n.Parent.InsertBefore(textNode(" "), n)
		n.Parent.InsertBefore(textNode(" "), n.NextSibling)
		become(n, "span")
		return true
	})
}

// superscripts are the raised digits.
var superscripts = strings.NewReplacer("0", "⁰", "1", "¹", "2", "²", "3", "³", "4", "⁴", "5", "⁵", "6", "⁶", "7", "⁷", "8", "⁸", "9", "⁹")

// raised writes a raised number: one that refers to a note in brackets, another
// in raised digits. Other raised words stand on the line.
func raised(n *html.Node) {
	words := wordsOf(n)
	digits := strings.Trim(words, "[]() ")
	if digits == "" || strings.Trim(digits, "0123456789,* ") != "" {
		return
	}
	refers := first(n, "a") != nil || tag(n.Parent) == "a" || attribute(n, "id") != "" || attribute(n, "class") != "" || digits != words || strings.Trim(digits, "0123456789") != ""
	for c := n.FirstChild; c != nil; c = n.FirstChild {
		n.RemoveChild(c)
	}
	if refers {
		n.AppendChild(textNode("[" + digits + "]"))
		return
	}
	n.AppendChild(textNode(superscripts.Replace(digits)))
}
