package manuscript

import (
	"fmt"
	"regexp"
	"strings"
	"sync"

	"golang.org/x/net/html"
)

var feedStart = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^<(?:\w+:)?(?:rss|rdf|feed)[\s>]`) })

// isFeed knows RSS, Atom and JSON Feed by how they begin.
func isFeed(f *File) bool {
	start := markupStart(f.Head)
	if feedStart().MatchString(skipDoctype(start)) {
		return strings.Contains(start, "rss") || strings.Contains(start, "/atom") || strings.Contains(start, "purl.org")
	}
	return isJSONFeed(start)
}

// skipDoctype passes over the declaration that old feeds begin with.
func skipDoctype(s string) string {
	if !strings.HasPrefix(s, "<!doctype ") || strings.HasPrefix(s, "<!doctype html") {
		return s
	}
	if i := strings.IndexByte(s, '['); i >= 0 && i < strings.IndexByte(s, '>') { // it declares entities, too
		_, s, _ = strings.Cut(s, "]")
	}
	_, s, _ = strings.Cut(s, ">")
	return strings.TrimLeft(s, " \t\r\n")
}

// readFeed reads a feed: a manuscript for each of its items.
func readFeed(f *File, yield func(Manuscript) bool) {
	if data, ok := f.whole(); ok {
		readFeedBytes(f, data, yield)
	}
}

func readFeedBytes(f *File, data []byte, yield func(Manuscript) bool) {
	if isJSONFeed(markupStart(f.Head)) {
		readJSONFeed(f, data, yield)
		return
	}
	text, encoding, lossy := decodeMarkup(data, "")
	if lossy > 0 {
		f.Tell(0, fmt.Sprintf("bytes of the feed that are no character in the encoding %s are shown as \uFFFD: %d", encoding, lossy), "compare the texts with the site's")
	}
	if strings.Contains(text[:min(len(text), headLength)], "<!ENTITY") {
		f.Tell(0, "the feed declares short names for texts of its own, which are left as the names: &name;", "compare the texts with the site's")
	}
	channel, items, broken := parseFeed(text)
	if broken != nil {
		f.Tell(broken.line, fmt.Sprintf("the feed breaks off here, so nothing behind it is imported: %s (items before it: %d)", broken.why, len(items)), "save the feed again, or mend the line")
	}
	if len(items) == 0 && broken == nil {
		f.Tell(0, "the feed has no items, so nothing is imported", "look whether it was saved whole")
	}
	for _, item := range items {
		e := entryOf(f, channel, item)
		if encoding != utf8Name {
			e.claim("encoding", encoding, "the bytes of the feed")
		}
		if m, ok := e.manuscript(); ok && !yield(m) {
			return
		}
	}
}

// An entry is one item of a feed while it is read.
type entry struct {
	page    // its text is that of a page
	line    int
	title   string
	content string // HTML
}

// entryOf reads what an item states, and what its feed states of all.
func entryOf(f *File, channel, item *xmlNode) *entry {
	e := &entry{page: page{file: f}, line: item.line}
	what := "the item’s "
	if item.name == "entry" {
		what = "the entry’s "
	}
	from := func(field string, form func(string) string, names ...string) {
		for _, name := range names {
			for _, n := range item.named(name) {
				e.claim(field, form(n.words()), what+name)
			}
		}
	}
	if n := item.one("title"); n != nil {
		e.title = n.words()
	}
	e.claim("title", e.title, what+"title")
	from("date", dateTag, "pubDate", "published", "issued", "date", "created")
	from("updated", dateTag, "updated", "modified")
	for _, n := range append(item.named("author"), item.named("creator")...) {
		e.claim("author", authorName(n), what+n.name)
	}
	for _, n := range item.named("link") {
		e.claim("original", linkOf(n), what+"link")
	}
	for _, n := range item.named("guid") {
		if n.attribute("isPermaLink") != "false" {
			e.claim("original", addressOf(n.words()), what+"guid")
		}
	}
	from("guid", asWritten, "guid", "id")
	from("source", asWritten, "source")
	if channel != nil {
		if t := channel.one("title"); t != nil {
			e.claim("source", t.words(), "the title of the feed")
		}
		e.stateFeedLanguage(channel, item)
	}
	e.stateCategories(item, what)
	from("rights", asWritten, "rights", "copyright")
	e.findText(item, what)
	e.findAddress(channel, item)
	return e
}

func (e *entry) stateFeedLanguage(channel, item *xmlNode) {
	e.claim("language", languageTag(item.attribute("lang")), "the item’s attribute xml:lang")
	if n := item.one("language"); n != nil {
		e.claim("language", languageTag(n.words()), "the item’s language")
	}
	e.claim("language", languageTag(channel.attribute("lang")), "the feed’s attribute xml:lang")
	if n := channel.one("language"); n != nil {
		e.claim("language", languageTag(n.words()), "the language of the feed")
	}
}

func (e *entry) stateCategories(item *xmlNode, what string) {
	for i, n := range append(item.named("category"), item.named("subject")...) {
		if i == mostTags {
			return
		}
		word := n.attribute("label")
		if word == "" {
			word = n.words()
		}
		if word == "" {
			word = n.attribute("term")
		}
		e.claim("tags", word, what+n.name)
	}
}

// findText takes the fullest text that an item has; a shorter one beside it is
// its summary.
func (e *entry) findText(item *xmlNode, what string) {
	full := ""
	for _, n := range item.children {
		if n.name == "encoded" || n.name == "content" && len(n.parts) > 0 || n.name == "full-text" {
			if inner := n.markup(); len(inner) > len(full) {
				full = inner
			}
		}
	}
	for _, name := range []string{"description", "summary"} {
		n := item.one(name)
		if n == nil {
			continue
		}
		if full == "" {
			full = n.markup()
			continue
		}
		e.claim("summary", plainWords(n.markup()), what+name)
	}
	e.content = full
}

// findAddress finds the address by which an item's relative links are read.
func (e *entry) findAddress(channel, item *xmlNode) {
	for _, c := range e.claims {
		if c.Field == "original" && e.base == nil {
			e.base, _ = webAddress(c.Text)
		}
	}
	if u, ok := webAddress(item.attribute("base")); ok {
		e.base = u
	} else if channel != nil && e.base == nil {
		if l := channel.one("link"); l != nil {
			e.base, _ = webAddress(linkOf(l))
		}
	}
}

// manuscript makes the manuscript of an item. One without a text has its title for
// one. It says false where there is neither, which it tells.
func (e *entry) manuscript() (Manuscript, bool) {
	m := Manuscript{Line: e.line}
	main := fragment(e.content)
	if main != nil {
		dropSoftHyphens(main)
		e.pictures(main)
		if e.lost > 0 {
			e.file.Tell(e.line, fmt.Sprintf("pictures of this item have addresses that lead nowhere, so their words alone are imported: %d", e.lost), "look at the item on its site, and add them by hand")
		}
		simplify(main)
		e.links(main)
		body := blockLines(main)
		e.dropCutSummaries(body)
		e.head = append(e.head, body...)
		if len(body) > 0 && !mostlyPreformatted(main) {
			m.Markdown = markdownOf(main)
		}
	} else if e.content != "" {
		e.file.Tell(e.line, "the tags of this item are nested deeper than any browser shows, so its words are imported without mark-up", "compare the text with the site's")
		e.head, _ = tokenLines(e.content)
	}
	if e.title != "" && (len(e.head) == 0 || e.head[0] != e.title) {
		e.head = append([]string{e.title}, e.head...)
	}
	if len(e.head) == 0 {
		e.file.Tell(e.line, "this item of the feed has no text and no title, so it is not imported", "look whether the feed was saved whole")
		return m, false
	}
	if m.Markdown != "" {
		m.Files = e.files
	}
	m.Lines, m.Claims = SplitLines(strings.Join(e.head, "\n"), 1), e.claims
	for i := range m.Claims {
		m.Claims[i].Line = e.line
	}
	return m, true
}

// fragment makes a tree of a piece of HTML, nil where it cannot be made.
func fragment(text string) *html.Node {
	doc, err := html.Parse(strings.NewReader(text))
	if err != nil {
		return nil
	}
	body := first(doc, "body")
	if body == nil {
		return nil
	}
	main := element("div")
	copyAll(main, body)
	return main
}

// copyAll copies all that is shown below a node.
func copyAll(to, from *html.Node) {
	for c := from.FirstChild; c != nil; c = c.NextSibling {
		switch {
		case c.Type == html.TextNode:
			to.AppendChild(textNode(c.Data))
		case c.Type == html.ElementNode && !isUnseen(c.Data):
			copied := element(c.Data)
			copied.Attr = c.Attr
			to.AppendChild(copied)
			copyAll(copied, c)
		}
	}
}

// plainWords gives the words of a piece of HTML on one line.
func plainWords(text string) string {
	if n := fragment(text); n != nil {
		return wordsOf(n)
	}
	return ""
}

// authorName gives a person's name: Atom has it in an element of its own, RSS in
// brackets behind an address of mail.
func authorName(n *xmlNode) string {
	if name := n.one("name"); name != nil {
		return name.words()
	}
	s := n.words()
	if strings.Contains(s, "@") {
		_, name, ok := strings.Cut(s, "(")
		if !ok {
			return ""
		}
		return strings.TrimSuffix(strings.TrimSpace(name), ")")
	}
	return personName(s)
}

// linkOf gives the address of an item's own page.
func linkOf(n *xmlNode) string {
	if href := n.attribute("href"); href != "" {
		if rel := n.attribute("rel"); rel != "" && rel != "alternate" {
			return ""
		}
		return addressOf(href)
	}
	return addressOf(n.words())
}

// addressOf gives an absolute address of the web, "" for what is none.
func addressOf(s string) string {
	if u, ok := webAddress(s); ok {
		return u.String()
	}
	return ""
}
