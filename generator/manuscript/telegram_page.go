package manuscript

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"

	"golang.org/x/net/html"
)

// media reads the files of a message, and what else stands beside its text.
func (x *htmlExport) media(p *telegramPost, wrap *html.Node) {
	for n := range wrap.ChildNodes() {
		if n.Type != html.ElementNode || hasClass(n, "media_call") {
			continue
		}
		href := attributeOf(n, "href")
		title, description, status := partOf(n, "title"), partOf(n, "description"), partOf(n, "status")
		thing := ""
		switch {
		case hasClass(n, "media_poll"):
			thing = pollOf(n)
		case hasClass(n, "media_contact"):
			thing = labelled("Contact", title, strings.TrimSuffix(status, " - vCard"))
			if href != "" {
				p.media = append(p.media, href)
			}
		case hasClass(n, "media_location"), hasClass(n, "media_live_location"):
			thing = labelled("Location", status)
		case hasClass(n, "media_venue"):
			thing = labelled("Location", title, description, positionOf(href))
		case hasClass(n, "media_game"), hasClass(n, "media_invoice"):
			thing = joinFilled("\n", title, description)
		case linkTarget(href) != "":
			thing = joinFilled("\n", title, description, href)
		default:
			p.media = append(p.media, href)
		}
		x.things = joinFilled("\n\n", x.things, thing)
	}
}

// pollOf gives a poll's question and answers, a line each.
func pollOf(n *html.Node) string {
	lines := []string{partOf(n, "question")}
	for c := range n.Descendants() {
		if hasClass(c, "answer") {
			lines = append(lines, ownText(c))
		}
	}
	return joinFilled("\n", lines...)
}

// positionOf gives the latitude and longitude that a map's address has.
func positionOf(href string) string {
	u, err := url.Parse(href)
	if err != nil {
		return ""
	}
	return strings.Replace(u.Query().Get("q"), ",", ", ", 1)
}

// partOf gives the text of the first element of a class, on one line.
func partOf(n *html.Node, class string) string {
	for c := range n.Descendants() {
		if hasClass(c, class) {
			return oneLine(textContent(c))
		}
	}
	return ""
}

// senderOf gives whose a message is, without the bot that it was sent by.
func senderOf(n *html.Node) string {
	name, _, _ := strings.Cut(ownText(n), " via @")
	return name
}

// ownText gives an element's text without what is set small beside it.
func ownText(n *html.Node) string {
	var b strings.Builder
	for c := range n.ChildNodes() {
		if !hasClass(c, "details") {
			b.WriteString(textContent(c))
		}
	}
	return oneLine(b.String())
}

var goToMessage = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`go_to_message(\d+)`) })

// replyOf gives the ID of the message that one answers, "" for one of another chat.
func replyOf(n *html.Node) string {
	for c := range n.Descendants() {
		if m := goToMessage().FindStringSubmatch(attributeOf(c, "href")); m != nil {
			return m[1]
		}
	}
	return ""
}

var shownMoments = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^(\d\d)\.(\d\d)\.(\d{4}) (\d\d:\d\d)(?::\d\d)?(?: UTC([+-]\d\d:\d\d)?)?$`)
})

// shownMoment gives a moment as a claim gives a date: "16.11.2024 12:53:11
// UTC+03:00" is 2024-11-16T12:53+03:00.
func shownMoment(s string) string {
	s = oneLine(s)
	m := shownMoments().FindStringSubmatch(s)
	if m == nil {
		return s // import tells that it does not read it
	}
	zone := m[5]
	if zone == "" && strings.HasSuffix(s, "UTC") {
		zone = "+00:00"
	}
	return m[3] + "-" + m[2] + "-" + m[1] + "T" + m[4] + zone
}

// A spanCollector gathers the spans of a text.
type spanCollector struct {
	spans     []span
	lineStart bool
}

// collect adds what an element holds, in the manner of style.
func (c *spanCollector) collect(parent *html.Node, style span) {
	for n := range parent.ChildNodes() {
		switch {
		case n.Type == html.TextNode:
			c.add(n.Data, style)
		case n.Type != html.ElementNode || n.Data == "script" || n.Data == "style" || hasClass(n, "reactions"):
		case n.Data == "br":
			c.newLine(style)
		case n.Data == "img":
			c.add(attributeOf(n, "alt"), style)
		case n.Data == "div" || n.Data == "p":
			c.block(n, style)
		default:
			c.collect(n, styled(n, style))
		}
	}
}

// block collects an element that stands on lines of its own.
func (c *spanCollector) block(n *html.Node, style span) {
	if !c.lineStart {
		c.newLine(style)
	}
	c.collect(n, style)
	if !c.lineStart {
		c.newLine(style)
	}
}

func (c *spanCollector) newLine(style span) {
	style.text = "\n"
	c.spans = append(c.spans, style)
	c.lineStart = true
}

// add adds a text. Outside of code a line end in the file is a space.
func (c *spanCollector) add(text string, style span) {
	if style.marks&fenced == 0 {
		text = fileLineEnds().ReplaceAllString(text, " ")
		if c.lineStart {
			text = strings.TrimLeft(text, " \t")
		}
	}
	if text == "" {
		return
	}
	style.text = text
	c.spans = append(c.spans, style)
	c.lineStart = strings.HasSuffix(text, "\n")
}

var fileLineEnds = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`[ \t\f]*[\r\n][ \t\f\r\n]*`) })

// styled gives the manner of what stands in an element.
func styled(n *html.Node, style span) span {
	switch n.Data {
	case "b", "strong":
		style.marks |= bold
	case "i", "em":
		style.marks |= italic
	case "s", "del", "strike":
		style.marks |= struck
	case "code":
		if style.marks&fenced == 0 {
			style.marks |= code
		}
	case "pre":
		style.marks = style.marks&quoted | fenced
	case "blockquote":
		style.marks |= quoted
	case "a":
		style.href = shownLink(n)
	}
	if style.marks&fenced != 0 {
		style.href = ""
		for _, class := range strings.Fields(attributeOf(n, "class")) {
			if language, ok := strings.CutPrefix(class, "language-"); ok {
				style.language = language
			}
		}
	}
	return style
}

// shownLink gives where an element leads, "" where its text says as much: a
// mention, a mail address, a telephone number.
func shownLink(n *html.Node) string {
	href, text := attributeOf(n, "href"), strings.TrimSpace(textContent(n))
	if href == "mailto:"+text || href == "tel:"+text || strings.HasPrefix(text, "@") && strings.HasSuffix(href, "/"+text[1:]) {
		return ""
	}
	return href
}

func textContent(n *html.Node) string {
	if n.Type == html.TextNode {
		return n.Data
	}
	var b strings.Builder
	for c := range n.Descendants() {
		if c.Type == html.TextNode {
			b.WriteString(c.Data)
		}
	}
	return b.String()
}

func attributeOf(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return strings.TrimSpace(a.Val)
		}
	}
	return ""
}

func hasClass(n *html.Node, class string) bool {
	return slices.Contains(strings.Fields(attributeOf(n, "class")), class)
}
