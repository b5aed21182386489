package main

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// TestShippedSiteLeadsNowhereWrong builds the archive that the repository holds,
// for its own address and for one with a path, and follows every link.
func TestShippedSiteLeadsNowhereWrong(t *testing.T) {
	for _, base := range []string{"https://archive.example.org/", "https://example.org/a/b/"} {
		t.Run(strings.TrimPrefix(base, "https://"), func(t *testing.T) {
			t.Parallel()
			s := readSite(t, base, buildShipped(t, base))
			if len(s.pages) < 100 {
				t.Fatalf("the site has %d pages", len(s.pages))
			}
			for name, p := range s.pages {
				s.checkPage(t, name, p)
			}
			s.checkXML(t)
		})
	}
}

// buildShipped builds a copy of the repository's archive for an address and
// gives the folder of the site.
func buildShipped(t *testing.T, base string) string {
	t.Helper()
	root, out := t.TempDir(), t.TempDir()
	for _, folder := range []string{"content", "templates"} {
		if err := os.CopyFS(filepath.Join(root, folder), os.DirFS(filepath.Join("..", folder))); err != nil {
			t.Fatal(err)
		}
	}
	settings := filepath.Join(root, "content", "archive.yaml")
	data, err := os.ReadFile(settings)
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for line := range strings.Lines(string(data)) {
		if strings.HasPrefix(line, "base-url:") {
			line = "base-url: " + base + "\n"
		}
		lines = append(lines, line)
	}
	if err := os.WriteFile(settings, []byte(strings.Join(lines, "")), 0o644); err != nil {
		t.Fatal(err)
	}
	var stdout, stderr bytes.Buffer
	if code := run([]string{"build", "--quiet", "--root", root, "--out", out}, &stdout, &stderr); code != exitDone {
		t.Fatalf("exit code %d\n%s%s", code, &stdout, &stderr)
	}
	return out
}

// A builtSite is what a browser could ask of a site's folder.
type builtSite struct {
	base  *url.URL
	files map[string][]byte
	pages map[string]*readPage // the HTML files
}

// A readPage is what a page of HTML says of itself and where it leads.
type readPage struct {
	lang        string
	headings    int // h1
	mains       int
	ids         map[string]int
	links       []string
	stylesheets int
}

func readSite(t *testing.T, base, out string) *builtSite {
	t.Helper()
	s := &builtSite{files: map[string][]byte{}, pages: map[string]*readPage{}}
	var err error
	if s.base, err = url.Parse(base); err != nil {
		t.Fatal(err)
	}
	site := os.DirFS(out)
	err = fs.WalkDir(site, ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || name == ".chancery" {
			return err
		}
		s.files[name], err = fs.ReadFile(site, name)
		if path.Ext(name) == ".html" {
			s.pages[name] = readHTML(t, name, s.files[name])
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func readHTML(t *testing.T, name string, data []byte) *readPage {
	t.Helper()
	p := &readPage{ids: map[string]int{}}
	for z := html.NewTokenizer(bytes.NewReader(data)); ; {
		kind := z.Next()
		if kind == html.ErrorToken {
			if z.Err() != io.EOF {
				t.Errorf("%s: %v", name, z.Err())
			}
			return p
		}
		if token := z.Token(); kind == html.StartTagToken || kind == html.SelfClosingTagToken {
			p.element(token)
		}
	}
}

func (p *readPage) element(token html.Token) {
	switch token.Data {
	case "h1":
		p.headings++
	case "main":
		p.mains++
	}
	for _, a := range token.Attr {
		switch a.Key {
		case "id":
			p.ids[a.Val]++
		case "href", "src", "poster", "data", "action", "cite":
			p.links = append(p.links, a.Val)
		case "srcset":
			for candidate := range strings.SplitSeq(a.Val, ",") {
				p.links = append(p.links, strings.Fields(candidate)[0])
			}
		case "lang":
			if token.Data == "html" {
				p.lang = a.Val
			}
		case "rel":
			if a.Val == "stylesheet" {
				p.stylesheets++
			}
		}
	}
}

func (s *builtSite) checkPage(t *testing.T, name string, p *readPage) {
	t.Helper()
	if p.lang == "" || p.headings != 1 || p.mains != 1 || p.stylesheets != 1 {
		t.Errorf("%s: lang %q, h1 %d times, main %d times, stylesheet %d times", name, p.lang, p.headings, p.mains, p.stylesheets)
	}
	for id, n := range p.ids {
		if n > 1 || id == "" || strings.ContainsAny(id, " \t\n") {
			t.Errorf("%s: the ID %q is there %d times", name, id, n)
		}
	}
	address := s.base.ResolveReference(&url.URL{Path: strings.TrimSuffix(name, "index.html")})
	for _, link := range p.links {
		if why := s.follow(address, link); why != "" {
			t.Errorf("%s: %q %s", name, link, why)
		}
	}
}

// follow says why a link on a page leads nowhere, "" where it does lead
// somewhere or out of the site.
func (s *builtSite) follow(from *url.URL, link string) string {
	target, err := from.Parse(link)
	switch {
	case err != nil:
		return err.Error()
	case link == "":
		return "is empty"
	case target.Host != s.base.Host:
		if target.Scheme != "https" && target.Scheme != "http" && target.Scheme != "mailto" {
			return "has a scheme that browsers may run"
		}
		return ""
	}
	name, below := strings.CutPrefix(target.Path, s.base.Path)
	if !below {
		return "leads out of the site's base path"
	}
	if name == "" || strings.HasSuffix(name, "/") {
		name += "index.html"
	}
	if _, ok := s.files[name]; !ok {
		return fmt.Sprintf("leads to %s, which there is none of", name)
	}
	if anchor := target.Fragment; anchor != "" && (s.pages[name] == nil || s.pages[name].ids[anchor] == 0) {
		return fmt.Sprintf("leads to #%s, which %s has none of", anchor, name)
	}
	return ""
}

// checkXML follows what feeds and sitemaps list. Every document's page has to be
// in a sitemap.
func (s *builtSite) checkXML(t *testing.T) {
	t.Helper()
	listed := map[string]bool{}
	count := map[string]int{}
	for name, data := range s.files {
		if path.Ext(name) != ".xml" {
			continue
		}
		d := xml.NewDecoder(bytes.NewReader(data))
		var element string
		for {
			token, err := d.Token()
			if err == io.EOF {
				break
			}
			if err != nil {
				t.Errorf("%s: %v", name, err)
				break
			}
			var addresses []string
			switch token := token.(type) {
			case xml.StartElement:
				element = token.Name.Local
				count[element]++
				for _, a := range token.Attr {
					if a.Name.Local == "href" {
						addresses = append(addresses, a.Value)
					}
				}
			case xml.CharData:
				if element == "loc" || element == "id" {
					addresses = append(addresses, string(token))
				}
				if element == "loc" {
					listed[string(token)] = true
				}
			case xml.EndElement:
				element = ""
			}
			for _, address := range addresses {
				if !strings.HasPrefix(address, s.base.String()) {
					t.Errorf("%s lists %q, which is no address of the site", name, address)
				}
				if why := s.follow(s.base, address); why != "" {
					t.Errorf("%s lists %q, which %s", name, address, why)
				}
			}
		}
	}
	if count["feed"] == 0 || count["entry"] == 0 || count["urlset"] == 0 || count["sitemapindex"] != 1 {
		t.Errorf("there are %d feeds with %d entries, %d sitemaps, %d lists of them", count["feed"], count["entry"], count["urlset"], count["sitemapindex"])
	}
	for name := range s.pages {
		if page, isIndex := strings.CutSuffix(name, "index.html"); isIndex && strings.HasPrefix(name, "documents/") && !listed[s.base.String()+page] {
			t.Errorf("no sitemap lists %s", name)
		}
	}
}
