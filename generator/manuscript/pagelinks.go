package manuscript

import (
	"strings"

	"golang.org/x/net/html"
)

// links makes the links of a text absolute. Those that lead nowhere outside the
// page, or may run something, become their words.
func (p *page) links(main *html.Node) {
	for _, n := range all(main, "a") {
		target := p.target(attribute(n, "href"))
		if target == "" && leadsBack(n) {
			n.Parent.RemoveChild(n)
			continue
		}
		if target == "" || wordsOf(n) == "" && first(n, "img") == nil {
			unwrap(n)
			continue
		}
		setAttribute(n, "href", target)
		linkWithin(n)
	}
}

// leadsBack says whether a link is the arrow that leads from a note to the text.
func leadsBack(n *html.Node) bool {
	const arrows = "↩↑⇑⏎↵^\ufe0e\ufe0f"
	words := wordsOf(n)
	return words != "" && strings.Contains(attribute(n, "href"), "#") && strings.Trim(words, arrows) == ""
}

// target gives the absolute address of a link, "" where it has none that an
// archive may show.
func (p *page) target(href string) string {
	href = strings.Map(func(c rune) rune {
		if c < ' ' || c == 0x7f {
			return -1
		}
		return c
	}, strings.TrimSpace(href))
	if href == "" || strings.HasPrefix(href, "#") {
		return ""
	}
	if u, ok := webAddress(href); ok {
		return u.String()
	}
	scheme, _, _ := strings.Cut(strings.ToLower(href), ":")
	if scheme == "mailto" || scheme == "tel" {
		return href
	}
	if p.base == nil {
		return ""
	}
	u, err := p.base.Parse(href)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	return u.String()
}

// linkWithin moves a link that is around blocks into the first of them that has
// words: Markdown knows links within a line alone.
func linkWithin(a *html.Node) {
	var block *html.Node
	each(a, func(n *html.Node) bool {
		if n != a && tag(n) != "" && !isInlineTag(n.Data) && n.Data != "br" && (block == nil || block == n.Parent) && wordsOf(n) != "" {
			block = n
		}
		return true
	})
	if block == nil {
		for _, br := range all(a, "br") {
			replace(br, textNode(" "))
		}
		return
	}
	inner := element("a")
	inner.Attr = a.Attr
	for c := block.FirstChild; c != nil; c = block.FirstChild {
		block.RemoveChild(c)
		inner.AppendChild(c)
	}
	block.AppendChild(inner)
	unwrap(a)
}
