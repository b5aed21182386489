package manuscript

import (
	"fmt"
	"regexp"
	"strings"
	"sync"

	"golang.org/x/net/html"
)

// A meta is one value that the page's head or an itemprop gives.
type meta struct {
	key   string // in lower case: "og:title"
	value string
	shown string // as written: "DC.title"
}

// mostMetas bounds the values that are taken from a page's head.
const mostMetas = 500

// collectHead gathers the tags that state something of the page.
func (p *page) collectHead() {
	each(p.doc, func(n *html.Node) bool {
		if len(p.metas) >= mostMetas {
			return false
		}
		switch tag(n) {
		case "meta":
			for _, key := range []string{"name", "property", "itemprop"} {
				if name := strings.TrimSpace(attribute(n, key)); name != "" {
					p.metas = append(p.metas, meta{strings.ToLower(name), attribute(n, "content"), name})
				}
			}
		case "script":
			if strings.HasPrefix(strings.ToLower(strings.TrimSpace(attribute(n, "type"))), "application/ld+json") && n.FirstChild != nil {
				p.readLinked(n.FirstChild.Data)
			}
		}
		return true
	})
}

// meta gives the first value of a key, "" where there is none.
func (p *page) meta(key string) string {
	for _, m := range p.metas {
		if m.key == key && !isBlank(m.value) {
			return strings.TrimSpace(m.value)
		}
	}
	return ""
}

// link gives the address of the first link element of that relation.
func (p *page) link(relation string) string {
	for _, n := range all(p.doc, "link") {
		for _, word := range strings.Fields(strings.ToLower(attribute(n, "rel"))) {
			if word == relation {
				return strings.TrimSpace(attribute(n, "href"))
			}
		}
	}
	return ""
}

// fromMetas claims the values of keys, in the order of the keys.
func (p *page) fromMetas(field string, form func(string) string, keys ...string) {
	for _, key := range keys {
		for _, m := range p.metas {
			if m.key == key {
				p.claim(field, form(m.value), "the tag "+m.shown)
			}
		}
	}
}

func asWritten(s string) string { return s }

// stateAll claims what the page states of its document, the most trusted first.
func (p *page) stateAll() {
	p.stateTitle()
	p.stateDate()
	p.stateLinked("author", asWritten, "author.name", "author")
	p.fromMetas("author", personName, "citation_author", "dc.creator", "dcterms.creator", "author", "article:author", "parsely-author")
	p.stateLinked("source", asWritten, "publisher.name", "publisher")
	p.fromMetas("source", asWritten, "citation_publisher", "dc.publisher", "dcterms.publisher", "og:site_name")
	p.stateLanguage()
	p.stateOriginal()
	p.stateSummary()
	p.stateTags()
	p.stateLinked("rights", asWritten, "license", "copyrightNotice")
	p.fromMetas("rights", asWritten, "dc.rights", "dcterms.rights", "dcterms.license", "copyright")
	p.claim("rights", p.link("license"), "the link of the licence")
	p.stateLinked("place", asWritten, "contentLocation.name", "contentLocation", "dateline")
	p.fromMetas("place", asWritten, "contentlocation", "dateline")
	p.stateItems("place", "contentLocation", "dateline")
}

// stateTitle claims the titles, without the name of the site behind them.
func (p *page) stateTitle() {
	sites := map[string]bool{}
	for _, key := range []string{"og:site_name", "application-name", "dc.publisher", "citation_publisher", "author"} {
		sites[strings.ToLower(p.meta(key))] = true
	}
	shown := map[string]bool{}
	if body := first(p.doc, "body"); body != nil {
		for _, line := range blockLines(body) {
			shown[line] = true
		}
	}
	form := func(s string) string { return withoutSite(s, sites, shown) }
	p.stateLinked("title", form, "headline")
	p.fromMetas("title", form, "citation_title", "dc.title", "dcterms.title", "og:title", "twitter:title")
	if h := first(p.doc, "h1"); h != nil {
		p.claim("title", wordsOf(h), "the heading h1")
	}
	if n := first(p.doc, "title"); n != nil && n.FirstChild != nil {
		p.claim("title", form(n.FirstChild.Data), "the tag title")
	}
}

// withoutSite takes the site's name off the end of a title: where it is known, or
// where the page shows what goes before it on a line of its own.
func withoutSite(title string, sites, shown map[string]bool) string {
	title = strings.Join(strings.Fields(title), " ")
	for _, separator := range []string{" | ", " - ", " – ", " — ", " :: ", " • ", " · ", " » "} {
		for i := strings.Index(title, separator); i > 0; {
			rest := title[i+len(separator):]
			if sites[strings.ToLower(rest)] || i > len(rest) && shown[title[:i]] && !shown[title] {
				return title[:i]
			}
			next := strings.Index(rest, separator)
			if next < 0 {
				break
			}
			i += len(separator) + next
		}
	}
	return title
}

// personName drops what is an address and no name.
func personName(s string) string {
	if strings.Contains(s, "://") {
		return ""
	}
	return s
}

var languageForm = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^([A-Za-z]{2,3})(?:[-_]([A-Za-z]{4}))?(?:[-_]([A-Za-z]{2}|\d{3}))?(?:[.@-].*)?$`)
})

// languageTag writes a language as BCP 47 has it, "" where it is none.
func languageTag(s string) string {
	m := languageForm().FindStringSubmatch(strings.TrimSpace(s))
	if m == nil {
		return ""
	}
	language := strings.ToLower(m[1])
	switch language {
	case "und", "mul", "xx", "zxx", "mis":
		return ""
	}
	if m[2] != "" {
		language += "-" + strings.ToUpper(m[2][:1]) + strings.ToLower(m[2][1:])
	}
	if m[3] != "" {
		language += "-" + strings.ToUpper(m[3])
	}
	return language
}

func (p *page) stateLanguage() {
	if root := first(p.doc, "html"); root != nil {
		p.claim("language", languageTag(attribute(root, "lang")), "the attribute lang")
		p.claim("language", languageTag(attribute(root, "xml:lang")), "the attribute xml:lang")
	}
	p.fromMetas("language", languageTag, "og:locale", "dc.language", "dcterms.language", "citation_language")
	p.stateLinked("language", languageTag, "inLanguage", "inLanguage.name")
}

// stateOriginal claims the page's address. One that is but a site's front page
// goes behind the others: it is a common mistake of sites.
func (p *page) stateOriginal() {
	saved := p.claims
	var others, found, front []Claim
	for _, c := range saved {
		if c.Field == "original" {
			found = append(found, c)
		} else {
			others = append(others, c)
		}
	}
	p.claims = nil
	address := func(s string) string {
		if u, ok := webAddress(s); ok {
			return u.String()
		}
		return ""
	}
	p.claim("original", address(p.link("canonical")), "the canonical link")
	p.fromMetas("original", address, "og:url")
	p.stateLinked("original", address, "url", "mainEntityOfPage", "mainEntityOfPage.@id")
	claims := others
	for _, c := range append(p.claims, found...) {
		if u, _ := webAddress(c.Text); len(u.Path) <= 1 && u.RawQuery == "" {
			front = append(front, c)
			continue
		}
		claims = append(claims, c)
	}
	p.claims = append(claims, front...)
}

// stateSummary claims the descriptions.
func (p *page) stateSummary() {
	p.stateLinked("summary", asWritten, "description")
	p.fromMetas("summary", asWritten, "og:description", "description", "dc.description", "dcterms.description", "citation_abstract")
}

// dropCutSummaries leaves out the summaries that are but the beginning of the
// text, cut off.
func (p *page) dropCutSummaries(lines []string) {
	text := strings.Join(lines[:min(len(lines), 40)], " ")
	kept := p.claims[:0]
	for _, c := range p.claims {
		start := strings.TrimRight(c.Text, " .…")
		cut := start != c.Text && (strings.HasSuffix(c.Text, "…") || strings.HasSuffix(c.Text, "...") || strings.HasSuffix(c.Text, ".."))
		if c.Field == "summary" && cut && strings.Contains(text, start) {
			continue
		}
		kept = append(kept, c)
	}
	p.claims = kept
}

// mostTags bounds the tags of a page: some sites list every word.
const mostTags = 20

func (p *page) stateTags() {
	seen := map[string]bool{}
	add := func(value, where string) {
		for _, word := range strings.FieldsFunc(value, func(c rune) bool { return c == ',' || c == ';' || c == '،' || c == '，' }) {
			word = strings.Join(strings.Fields(word), " ")
			if key := strings.ToLower(word); word != "" && !seen[key] && len(seen) < mostTags {
				seen[key] = true
				p.claim("tags", word, where)
			}
		}
	}
	for _, v := range p.linkedValues("keywords") {
		add(v.text, v.where)
	}
	for _, key := range []string{"article:tag", "citation_keywords", "dc.subject", "dcterms.subject", "news_keywords", "keywords"} {
		for _, m := range p.metas {
			if m.key == key {
				add(m.value, "the tag "+m.shown)
			}
		}
	}
}

// stateItems claims the words of elements with those itemprops.
func (p *page) stateItems(field string, names ...string) {
	each(p.doc, func(n *html.Node) bool {
		if n.Type != html.ElementNode || n.Data == "meta" {
			return true
		}
		for _, name := range names {
			if attribute(n, "itemprop") == name {
				p.claim(field, clip(wordsOf(n), 200), fmt.Sprintf("the element with itemprop %s", name))
				return false
			}
		}
		return true
	})
}
