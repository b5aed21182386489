package manuscript

import (
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"sync"

	readability "codeberg.org/readeck/go-readability/v2"
	"golang.org/x/net/html"
)

// A locator finds the main text of a page. Readability tells where it stands;
// what of that part is text is decided here, since readability also leaves out
// tables, notes and lists that belong to it.
type locator struct {
	size  extents
	whole int                 // letters of the body
	kept  map[*html.Node]bool // what readability takes for text
	above map[*html.Node]bool // what has such below it
	sure  bool                // whether all within the element found is text that is no chrome
	least int                 // letters that the main text has at least
}

// mark is the attribute by which a node is found again in readability's tree.
const mark = "data-chancery-node"

// mostElements bounds the pages that are given to readability, whose time grows
// faster than the page.
const mostElements = 30_000

// shortText is the length, in letters, below which readability is taken to have
// missed the text.
const shortText = 200

// mainText gives a copy of the main text of the page, without what sites put
// around it.
func (p *page) mainText() *html.Node {
	body := first(p.doc, "body")
	if body == nil {
		return element("div")
	}
	l := &locator{size: extents{}}
	l.whole = l.size.measure(body).text
	at := l.locate(p.doc, p.base, body)
	main := element("div")
	l.copyInto(main, at)
	if n := textLength(main); n < l.least || n == 0 && l.whole > 0 {
		l.kept = nil
		main = element("div")
		l.copyInto(main, body)
	}
	return main
}

func textLength(n *html.Node) int { return extents(nil).measure(n).text }

// locate gives the element that holds the main text, the body where nothing
// smaller does.
func (l *locator) locate(doc *html.Node, base *url.URL, body *html.Node) *html.Node {
	nodes := all(body, textTags()...)
	if len(nodes) > mostElements {
		return body
	}
	for i, n := range nodes {
		setAttribute(n, mark, strconv.Itoa(i))
	}
	defer func() {
		for _, n := range nodes {
			n.Attr = n.Attr[:len(n.Attr)-1]
		}
	}()
	found, size := keptNodes(doc, base, nodes)
	if len(found) == 0 {
		return body
	}
	l.least = size / 2
	l.kept, l.above = found, map[*html.Node]bool{}
	var top *html.Node
	for n := range found {
		for a := n.Parent; a != nil && !l.above[a]; a = a.Parent {
			l.above[a] = true
		}
	}
	for top = body; !l.kept[top]; {
		var only *html.Node
		for c := top.FirstChild; c != nil; c = c.NextSibling {
			if l.kept[c] || l.above[c] {
				if only != nil {
					return l.widened(top, body)
				}
				only = c
			}
		}
		if only == nil {
			break
		}
		top = only
	}
	return l.widened(top, body)
}

// keptNodes gives the nodes that readability takes for the main text, none where
// it finds too little, and the letters in them.
func keptNodes(doc *html.Node, base *url.URL, nodes []*html.Node) (kept map[*html.Node]bool, size int) {
	// A page that breaks the library is read without it.
	defer func() {
		if recover() != nil {
			kept = nil
		}
	}()
	parser := readability.NewParser()
	parser.DisableJSONLD = true
	article, err := parser.ParseDocument(doc, base)
	if err != nil || article.Node == nil {
		return nil, 0
	}
	if size = textLength(article.Node); size < shortText {
		return nil, 0
	}
	kept = map[*html.Node]bool{}
	each(article.Node, func(n *html.Node) bool {
		if n.Type == html.ElementNode {
			if i, err := strconv.Atoi(attribute(n, mark)); err == nil && i >= 0 && i < len(nodes) {
				kept[nodes[i]] = true
			}
		}
		return true
	})
	return kept, size
}

// textTags are the elements that a text is made of.
func textTags() []string {
	return []string{"article", "section", "main", "div", "center", "form", "p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd",
		"table", "tbody", "thead", "tr", "td", "th", "pre", "blockquote", "figure", "figcaption", "details", "fieldset", "address", "span", "b", "strong", "i", "em", "a", "img"}
}

// widened gives the element around the main text that the page itself names as
// such, or one so much richer in text that most of it was missed.
func (l *locator) widened(top, body *html.Node) *html.Node {
	if named := around(top, isArticle); named != nil {
		top, l.sure = named, true
	}
	if h := first(body, "h1"); h != nil && !l.sure {
		both := around(top, func(a *html.Node) bool { return around(h, func(b *html.Node) bool { return a == b }) != nil })
		if both != nil && both != top && both != body && 3*l.proper(both) < 4*l.proper(top) {
			top, l.sure = both, true
		}
	}
	for a := top; a != nil && a != body.Parent; a = a.Parent {
		if l.proper(a) > 4*l.proper(top) {
			l.kept = nil
			return body
		}
	}
	return top
}

// proper counts the letters that an element has outside links and chrome.
func (l *locator) proper(n *html.Node) int {
	sum := l.size[n].text - l.size[n].linked
	for c := range n.Descendants() {
		if (c.Data == "nav" || c.Data == "footer" || c.Data == "aside") && c.Type == html.ElementNode {
			sum -= l.size[c].text - l.size[c].linked
		}
	}
	return sum
}

// around gives the nearest element, from n upwards, that is so.
func around(n *html.Node, is func(*html.Node) bool) *html.Node {
	for ; n != nil; n = n.Parent {
		if is(n) {
			return n
		}
	}
	return nil
}

func isArticle(n *html.Node) bool {
	return tag(n) == "article" || n.Type == html.ElementNode && strings.EqualFold(attribute(n, "itemprop"), "articleBody")
}

// copyInto copies what is text below a node.
func (l *locator) copyInto(to, from *html.Node) {
	for c := from.FirstChild; c != nil; c = c.NextSibling {
		switch c.Type {
		case html.TextNode:
			to.AppendChild(textNode(c.Data))
		case html.ElementNode:
			if !l.isText(c) {
				continue
			}
			copied := element(c.Data)
			for _, a := range c.Attr {
				if a.Key != mark {
					copied.Attr = append(copied.Attr, a)
				}
			}
			to.AppendChild(copied)
			l.copyInto(copied, c)
		}
	}
}

// isText says whether an element is text and no chrome.
func (l *locator) isText(n *html.Node) bool {
	if isUnseen(n.Data) {
		return false
	}
	size := l.size[n]
	most := size.text*2 > l.whole
	switch {
	case most || isNote(n):
		return true // a form or a wrapper around the whole page, whatever it is called
	case isChromeElement(n), isHidden(n), isChromeName(n):
		return false
	case l.kept == nil:
		return !isLinkList(n, size)
	case l.kept[n] || l.above[n] || isInlineTag(n.Data):
		return true
	case around(n.Parent, func(a *html.Node) bool { return l.kept[a] }) != nil:
		return !isLinkList(n, size)
	}
	return n.Data == "h1" || (l.sure || l.between(n)) && !isLinkList(n, size)
}

// between says whether main text stands on both sides of an element.
func (l *locator) between(n *html.Node) bool {
	before, after := false, false
	for c := n.PrevSibling; c != nil && !before; c = c.PrevSibling {
		before = l.kept[c] || l.above[c]
	}
	for c := n.NextSibling; c != nil && !after; c = c.NextSibling {
		after = l.kept[c] || l.above[c]
	}
	return before && after
}

// isLinkList says whether most words of a block are links.
func isLinkList(n *html.Node, size extent) bool {
	switch n.Data {
	case "div", "section", "ul", "ol", "table", "header", "td":
		return size.text > 0 && size.linked*5 > size.text*3
	}
	return false
}

// isChromeElement says what elements and roles are never text.
func isChromeElement(n *html.Node) bool {
	switch n.Data {
	case "nav", "aside", "dialog", "menu", "form":
		return true
	case "footer", "header":
		return around(n.Parent, isArticle) == nil
	}
	switch strings.ToLower(attribute(n, "role")) {
	case "navigation", "banner", "contentinfo", "search", "menu", "menubar", "dialog", "complementary", "toolbar":
		return true
	}
	return false
}

func isHidden(n *html.Node) bool {
	style := strings.ReplaceAll(strings.ToLower(attribute(n, "style")), " ", "")
	return hasAttribute(n, "hidden") || strings.Contains(style, "display:none") || strings.Contains(style, "visibility:hidden")
}

var nameWord = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`[a-z]+`) })

// chromeNames are the words by which sites call what is around a text.
const chromeNames = " nav navbar navigation menu submenu breadcrumb breadcrumbs crumbs share sharing sharebar social socials addthis sharedaddy related recommended recommendations promo advert advertisement advertising ads banner cookie cookies consent newsletter subscribe subscription sidebar comments disqus pagination pager pagenav popup modal searchform search footer skip skiplink login signin toolbar tags tagcloud taglist topics widget masthead topbar printbtn "

// isChromeName says whether a block is called by such a word.
func isChromeName(n *html.Node) bool {
	switch n.Data {
	case "div", "section", "ul", "ol", "span", "p", "table", "td", "li", "header", "a":
	default:
		return false
	}
	for _, word := range nameWord().FindAllString(strings.ToLower(attribute(n, "class")+" "+attribute(n, "id")), -1) {
		if strings.Contains(chromeNames, " "+word+" ") {
			return true
		}
	}
	return false
}

// isNote says whether an element holds notes to the text.
func isNote(n *html.Node) bool {
	role := attribute(n, "role")
	if role == "doc-footnote" || role == "doc-endnotes" {
		return true
	}
	for _, word := range nameWord().FindAllString(strings.ToLower(attribute(n, "class")+" "+attribute(n, "id")), -1) {
		switch word {
		case "footnote", "footnotes", "endnote", "endnotes":
			return true
		}
	}
	return false
}
