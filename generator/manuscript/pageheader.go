package manuscript

import (
	"regexp"
	"slices"
	"strings"
	"sync"

	"golang.org/x/net/html"
)

// headerNames are the words by which sites call the lines beside a heading.
const headerNames = " date time published pubdate datepublished dateline byline author location place subtitle subheading subhead kicker standfirst "

// nearBlocks is how many lines before and after a heading may belong to it.
const nearBlocks = 10

// longParagraph is the length, in bytes, of what is no line of a header.
const longParagraph = 200

// headerLine is the longest line of a header, in bytes.
const headerLine = 400

// headerMark is the attribute of what stands among the header's lines already.
const headerMark = "data-chancery-header"

// header takes the heading of the page and the lines beside it that say when,
// where and by whom: rules need them, and what finds the main text drops them.
func (p *page) header() {
	for _, n := range nearHeading(p.doc, isHeaderElement) {
		if line := wordsOf(n); line != "" && len(line) <= headerLine && !slices.Contains(p.head, line) {
			p.head = append(p.head, line)
			setAttribute(n, headerMark, "")
		}
	}
}

// dropHeading takes the first heading of those words out of a text.
func dropHeading(main *html.Node, words string) {
	for _, n := range all(main, "h1") {
		if wordsOf(n) == words {
			n.Parent.RemoveChild(n)
			return
		}
	}
}

var headerWord = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`[a-z]+`) })

// isHeaderElement says whether an element is a heading or is called as the lines
// beside one are.
func isHeaderElement(n *html.Node) bool {
	if n.Data == "h1" || n.Data == "time" {
		return true
	}
	if n.Data == "a" || n.Data == "body" || n.Data == "html" {
		return false
	}
	named := strings.ToLower(attribute(n, "class") + " " + attribute(n, "id") + " " + attribute(n, "itemprop") + " " + attribute(n, "property"))
	for _, word := range headerWord().FindAllString(named, -1) {
		if strings.Contains(headerNames, " "+word+" ") {
			return true
		}
	}
	return false
}

// nearHeading gives the elements that are so and stand near the first h1, it
// among them if it is, without those in navigation. Of nested ones the outer is
// taken where it is one line, else those within it.
func nearHeading(doc *html.Node, is func(*html.Node) bool) []*html.Node {
	heading := first(doc, "h1")
	if heading == nil {
		return nil
	}
	type placed struct {
		node *html.Node
		at   int
	}
	var found []placed
	blocks, center, end := 0, 0, 0
	each(doc, func(n *html.Node) bool {
		if n.Type == html.TextNode && !isBlank(n.Data) && !isInlineTag(tag(n.Parent)) {
			blocks++
			if center > 0 && end == 0 && len(n.Data) > longParagraph {
				end = blocks
			}
		}
		if n.Type != html.ElementNode {
			return true
		}
		if n.Data == "nav" || n.Data == "footer" || n.Data == "aside" || isUnseen(n.Data) && n.Data != "head" || isHidden(n) {
			return false
		}
		if n == heading {
			center = max(1, blocks)
		}
		if is(n) && (n == heading || n.Data != "h1") && isOneLine(n) {
			found = append(found, placed{n, blocks})
			return false
		}
		return true
	})
	var near []*html.Node
	for _, f := range found {
		if f.at >= center-nearBlocks/2 && f.at <= center+nearBlocks && (end == 0 || f.at < end) {
			near = append(near, f.node)
		}
	}
	return near
}

// isOneLine says whether an element is shown as a line: it holds text, no other
// block, and not much.
func isOneLine(n *html.Node) bool {
	if n.Data == "time" {
		return true
	}
	lines := blockLines(n)
	return len(lines) == 1 && len(lines[0]) <= headerLine
}
