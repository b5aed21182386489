package manuscript

import (
	"net/url"
	"regexp"
	"strings"
	"sync"
	"time"

	"golang.org/x/net/html"
)

// What the programs that save pages write into them.
var (
	savedFrom  = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`saved from url=(?:\(\d+\))?\s*(\S+)`) })
	singleFile = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?s)Page saved with SingleFile.*?url:\s*(\S+).*?saved date:\s*\w+ (\w+ \d+ \d+ [\d:]+)`)
	})
	waybackAddress = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^(?:(?:https?:)?//(?:web|wayback)\.archive\.org)?/web/(\d{4,14})(?:[a-z]{2}_)?/(.+)$`)
	})
	waybackCall = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`__wm\.(?:wombat|init)\(\s*["'](https?://[^"']+)["']\s*,\s*["'](\d{8,14})["']`)
	})
	waybackNote = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`FILE ARCHIVED ON [\d:]+ (\w+ \d+, \d+)`)
	})
)

// savedWhere names what states the address of a page that a browser saved.
const savedWhere = "the browser's comment “saved from url”"

// unwrapSaved takes what the program that saved the page put into it: notes of
// its address and day, and an archive's own tool bar and addresses.
func (p *page) unwrapSaved() {
	archived := false
	each(p.doc, func(n *html.Node) bool {
		switch {
		case n.Type == html.CommentNode:
			archived = p.savedComment(n) || archived
		case tag(n) == "script" && n.FirstChild != nil:
			if m := waybackCall().FindStringSubmatch(clip(n.FirstChild.Data, 4<<10)); m != nil {
				archived = true
				p.saved(m[1], "the tool bar of the Wayback Machine")
				p.retrieved(day(m[2]), "the tool bar of the Wayback Machine")
			}
		case isArchiveBar(n):
			archived = true
		}
		return true
	})
	each(p.doc, func(n *html.Node) bool {
		for i, a := range n.Attr {
			switch a.Key {
			case "href", "src", "content", "data-src", "action":
				if m := waybackAddress().FindStringSubmatch(a.Val); m != nil {
					n.Attr[i].Val = m[2]
				}
			}
		}
		return true
	})
	if archived {
		p.dropArchiveBar()
	}
}

// savedComment reads a comment of a program that saves pages. It says whether
// that was the Wayback Machine.
func (p *page) savedComment(n *html.Node) (archived bool) {
	if m := savedFrom().FindStringSubmatch(n.Data); m != nil {
		p.savedAddress(m[1], savedWhere)
	}
	if m := singleFile().FindStringSubmatch(n.Data); m != nil {
		const where = "the comment of SingleFile"
		p.savedAddress(m[1], where)
		if t, err := time.Parse("Jan 2 2006 15:04:05", m[2]); err == nil {
			p.retrieved(t.Format(time.DateOnly), where)
		}
	}
	if m := waybackNote().FindStringSubmatch(n.Data); m != nil {
		archived = true
		if t, err := time.Parse("Jan 2, 2006", m[1]); err == nil {
			p.retrieved(t.Format(time.DateOnly), "the comment of the Wayback Machine")
		}
	}
	return archived || strings.Contains(n.Data, "WAYBACK TOOLBAR INSERT")
}

// savedAddress notes the address that a page was saved from, and behind an
// archive's address the page's own.
func (p *page) savedAddress(address, where string) {
	if m := waybackAddress().FindStringSubmatch(address); m != nil {
		p.retrieved(day(m[1]), where)
		address = m[2]
	}
	p.saved(address, where)
}

// saved notes the page's own address as the program that saved it tells.
func (p *page) saved(address, where string) {
	u, ok := webAddress(address)
	if !ok {
		return
	}
	if p.base == nil {
		p.base = u
	}
	p.claim("original", u.String(), where)
}

func (p *page) retrieved(date, where string) { p.claim("retrieved", date, where) }

// day writes the day of a timestamp: "20230712143211" is 2023-07-12.
func day(stamp string) string {
	if t, err := time.Parse("20060102", stamp[:min(len(stamp), 8)]); err == nil {
		return t.Format(time.DateOnly)
	}
	return ""
}

func isArchiveBar(n *html.Node) bool {
	id := ""
	if n.Type == html.ElementNode {
		id = attribute(n, "id")
	}
	return id == "wm-ipp-base" || id == "wm-ipp" || id == "wm-ipp-print"
}

// dropArchiveBar takes the Wayback Machine's tool bar off the page.
func (p *page) dropArchiveBar() {
	var drop []*html.Node
	each(p.doc, func(n *html.Node) bool {
		if isArchiveBar(n) || tag(n) == "div" && attribute(n, "id") == "donato" {
			drop = append(drop, n)
			return false
		}
		if n.Type == html.CommentNode && strings.Contains(n.Data, "BEGIN WAYBACK TOOLBAR INSERT") {
			var bar []*html.Node
			for c := n.NextSibling; c != nil; c = c.NextSibling {
				if c.Type == html.CommentNode && strings.Contains(c.Data, "END WAYBACK TOOLBAR INSERT") {
					drop = append(drop, bar...)
					break
				}
				bar = append(bar, c)
			}
		}
		return true
	})
	for _, n := range drop {
		if n.Parent != nil {
			n.Parent.RemoveChild(n)
		}
	}
}

// webAddress reads an absolute address of the web.
func webAddress(s string) (*url.URL, bool) {
	u, err := url.Parse(strings.TrimSpace(s))
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return nil, false
	}
	return u, true
}

// findBase finds the address by which the page's relative links are read.
func (p *page) findBase() {
	if b := first(p.doc, "base"); b != nil {
		if u, ok := webAddress(attribute(b, "href")); ok {
			p.base = u
			return
		}
	}
	if p.base != nil {
		return
	}
	for _, address := range []string{p.link("canonical"), p.meta("og:url")} {
		if u, ok := webAddress(address); ok {
			p.base = u
			return
		}
	}
}
