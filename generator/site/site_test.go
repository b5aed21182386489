package site

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"chancery/generator/archive"
	"chancery/generator/content"
	"chancery/generator/index"
	"chancery/generator/page"
	"chancery/templates"
)

// siteOf makes ready the site of an archive given as files below content/.
func siteOf(t *testing.T, base string, files map[string]string) *Site {
	t.Helper()
	root := fstest.MapFS{}
	all := &content.Readings{Settings: archive.Settings{Title: "The & Archive", Language: "en", BaseURL: base, Publisher: "Keepers"}, Attachments: map[archive.ID][]content.Attachment{}}
	for path, text := range files {
		f := content.File{Path: "content/" + path}
		root[f.Path] = &fstest.MapFile{Data: []byte(text)}
		switch parts := strings.Split(f.Path, "/"); {
		case parts[1] != "documents":
			facet, id := f.Term()
			all.Terms = append(all.Terms, content.ReadTerm(facet, id, []byte(text)))
		case len(parts) == 4:
			r, _ := content.ReadDocument(f.DocumentID(), []byte(text))
			all.Documents = append(all.Documents, r)
		default:
			id, name := f.Owner()
			all.Attachments[id] = append(all.Attachments[id], content.Attachment{Name: name, Digest: content.DigestOf([]byte(text))})
		}
	}
	a := content.Resolve(root, all, false)
	var entries index.Listing
	for _, d := range a.Documents {
		entries = append(entries, &d.Entry)
	}
	own := map[string][]byte{}
	for _, name := range []string{"base.html", "home.html", "document.html", "term.html", "listing.html", "index.html", "404.html", "assets/style.css"} {
		data, err := templates.Files.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		own[name] = data
	}
	parsed, problems := page.ParseTemplates(own)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	assets := Assets(own)
	return &Site{Renderer: page.NewRenderer(a, index.Make(entries), parsed, AssetPath(assets, "style.css"), content.Digest{}), Assets: assets, Source: root}
}

// bytesOf gives an output's bytes.
func bytesOf(t *testing.T, s *Site, path string) string {
	t.Helper()
	outputs, problems := s.Outputs()
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	for _, o := range outputs {
		if o.Path == path {
			_, write, err := s.Made(o)
			var b bytes.Buffer
			if err != nil || write(&b) != nil {
				t.Fatal(path, err)
			}
			return b.String()
		}
	}
	t.Fatalf("there is no %s", path)
	return ""
}

func TestARequestIsAnsweredByAFileOfTheSiteAlone(t *testing.T) {
	for request, want := range map[string]string{
		"": "index.html", "/": "index.html", "years/2022/": "years/2022/index.html", "feed.xml": "feed.xml", "404.html": "404.html", "years/2022": "years/2022",
		"../../etc/passwd": "etc/passwd", "/../..": "index.html", "a/../../b": "b", "a//b/": "a/b/index.html", "./": "index.html", "a/./b": "a/b", "..": "index.html",
	} {
		if got := Path(request); got != want {
			t.Errorf("%q: %q, want %q", request, got, want)
		}
	}
}

func TestTwoOutputsWithOnePathAreToldAndTheFirstIsKept(t *testing.T) {
	s := siteOf(t, "", map[string]string{"documents/2022/a.md": "---\ntitle: A\n---\n", "documents/2022/b.md": "---\ntitle: B\n---\n"})
	s.Renderer.Archive.Attachments = map[archive.ID][]content.Attachment{"2022/a": {{Name: "index.html"}, {Name: "x"}}, "2022/b": {{Name: "y.txt"}, {Name: "y.txt/within.txt"}}}
	outputs, problems := s.Outputs()
	if len(problems) != 2 {
		t.Fatalf("%v", problems)
	}
	for i, want := range [][2]string{{"content/documents/2022/a/index.html", "content/documents/2022/a.md"}, {"content/documents/2022/b/y.txt/within.txt", "content/documents/2022/b/y.txt"}} {
		if p := problems[i]; p.File != want[0] || !strings.Contains(p.What, want[1]) || p.Mend == "" {
			t.Errorf("%v names not both", p)
		}
	}
	seen := map[string]bool{}
	for _, o := range outputs {
		if seen[o.Path] {
			t.Errorf("%s stands there twice", o.Path)
		}
		seen[o.Path] = true
		if strings.HasSuffix(o.Path, "/a/index.html") && o.Document == nil {
			t.Error("the document's page is not the one kept")
		}
	}
}

func TestEachOutputIsFoundAtItsPath(t *testing.T) {
	s := siteOf(t, "https://example.org/", map[string]string{"documents/2022/a.md": "---\ntitle: A\nvenues: [v/1]\n---\n", "documents/2022/a/x.txt": "a file", "venues/v.md": "---\nname: V\neditions:\n  - key: 1\n---\n"}).Findable()
	outputs, _ := s.Outputs()
	if len(outputs) < 15 {
		t.Fatalf("only %d outputs", len(outputs))
	}
	for _, o := range outputs {
		if found, ok := s.Find(o.Path); !ok || found.Path != o.Path || found.From() != o.From() {
			t.Errorf("%s: found %v %+v", o.Path, ok, found.Path)
		}
	}
	for _, path := range []string{"", "gone", "documents/2022/gone/index.html", "documents/index.html", "../index.html", "documents/2022/a/gone.txt"} {
		if _, ok := s.Find(path); ok {
			t.Errorf("%q is found", path)
		}
	}
}

// many gives the files of n documents of one venue, each a day after another.
func many(n int) map[string]string {
	files := map[string]string{"venues/v.md": "---\nname: V < & W\n---\n", "venues/empty.md": "---\nname: Empty\n---\n", "sources/s.md": "---\nname: The \"Source\"\n---\n"}
	for i := range n {
		day := archive.DayOf(2020, 1, 1) + archive.Day(i)
		files[fmt.Sprintf("documents/2020/%03d.md", i)] = fmt.Sprintf("---\ntitle: 'Title <%d> & \"x\" \U0001F600'\ndate: %s\nvenues: [v]\nsource: s\nsummary: \"a\\u0001b\"\n---\n", i, day)
	}
	files["documents/undated/u.md"] = "---\ntitle: Undated\nvenues: [v]\n---\n"
	files["documents/undated/c.md"] = "---\ntitle: Corrected\nvenues: [v]\ncorrections: [\"2031-05-06: a name\"]\n---\n"
	return files
}

// atom is what RFC 4287 has a feed hold.
type atom struct {
	XMLName xml.Name `xml:"http://www.w3.org/2005/Atom feed"`
	ID      string   `xml:"http://www.w3.org/2005/Atom id"`
	Title   string   `xml:"http://www.w3.org/2005/Atom title"`
	Updated string   `xml:"http://www.w3.org/2005/Atom updated"`
	Author  struct {
		Name string `xml:"http://www.w3.org/2005/Atom name"`
	} `xml:"http://www.w3.org/2005/Atom author"`
	Links []struct {
		Rel  string `xml:"rel,attr"`
		Href string `xml:"href,attr"`
	} `xml:"http://www.w3.org/2005/Atom link"`
	Entries []struct {
		ID        string `xml:"http://www.w3.org/2005/Atom id"`
		Title     string `xml:"http://www.w3.org/2005/Atom title"`
		Updated   string `xml:"http://www.w3.org/2005/Atom updated"`
		Published string `xml:"http://www.w3.org/2005/Atom published"`
		Link      []struct {
			Href string `xml:"href,attr"`
		} `xml:"http://www.w3.org/2005/Atom link"`
	} `xml:"http://www.w3.org/2005/Atom entry"`
}

func readAtom(t *testing.T, data string) atom {
	t.Helper()
	var feed atom
	if err := xml.Unmarshal([]byte(data), &feed); err != nil {
		t.Fatalf("%v in\n%s", err, data)
	}
	instant := func(s string) {
		if _, err := time.Parse(time.RFC3339, s); err != nil {
			t.Errorf("%q is no instant", s)
		}
	}
	absolute := func(s string) {
		if u, err := url.Parse(s); err != nil || u.Scheme != "https" || u.Host != "example.org" || !strings.HasPrefix(u.Path, "/base/") {
			t.Errorf("%q is no address of the archive", s)
		}
	}
	if feed.Title == "" || feed.Author.Name == "" {
		t.Error("a feed needs a title and an author")
	}
	absolute(feed.ID)
	instant(feed.Updated)
	var rels []string
	for _, l := range feed.Links {
		absolute(l.Href)
		rels = append(rels, l.Rel)
	}
	if !slices.Contains(rels, "self") {
		t.Errorf("links: %v", rels)
	}
	ids := map[string]bool{}
	for i, e := range feed.Entries {
		absolute(e.ID)
		instant(e.Updated)
		if e.Published != "" {
			instant(e.Published)
		}
		if e.Title == "" || len(e.Link) != 1 || ids[e.ID] {
			t.Errorf("entry %+v", e)
		}
		ids[e.ID] = true
		if i > 0 && e.Updated > feed.Entries[i-1].Updated {
			t.Errorf("entry %d is later than the one before it", i)
		}
	}
	return feed
}

func TestAFeedHoldsTheLatestAndNoMore(t *testing.T) {
	s := siteOf(t, "https://example.org/base/", many(45))
	for _, path := range []string{"feed.xml", "venues/v/feed.xml"} {
		feed := readAtom(t, bytesOf(t, s, path))
		if len(feed.Entries) != feedSize || feedSize > 30 || feed.Entries[0].Title != "Corrected" || feed.Updated != "2031-05-06T00:00:00Z" || feed.Entries[0].Published != "" {
			t.Errorf("%s: %d entries, updated %s", path, len(feed.Entries), feed.Updated)
		}
		if e := feed.Entries[1]; e.ID != "https://example.org/base/documents/2020/044/" || e.Title != "Title <44> & \"x\" \U0001F600" || e.Updated != "2020-02-14T00:00:00Z" {
			t.Errorf("%s: %+v", path, e)
		}
		for _, e := range feed.Entries {
			if e.Title == "Undated" {
				t.Errorf("%s holds a document of which no day is known", path)
			}
		}
	}
	if feed := readAtom(t, bytesOf(t, s, "venues/empty/feed.xml")); len(feed.Entries) != 0 {
		t.Errorf("of a venue without documents: %+v", feed)
	}
}

func TestSitemapsListEveryPageOnceAndDaysThatAreKnown(t *testing.T) {
	files := many(3)
	files["documents/2020/r.md"] = "---\ntitle: Retrieved\ndate: 2020\nretrieved: 2024-02\n---\n"
	s := siteOf(t, "https://example.org/base/", files)
	var whole struct {
		XMLName  xml.Name `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 sitemapindex"`
		Sitemaps []string `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 sitemap>loc"`
	}
	if err := xml.Unmarshal([]byte(bytesOf(t, s, "sitemap.xml")), &whole); err != nil {
		t.Fatal(err)
	}
	days := map[string]string{}
	for _, address := range whole.Sitemaps {
		var one struct {
			XMLName xml.Name `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
			URLs    []struct {
				Loc     string `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 loc"`
				LastMod string `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 lastmod"`
			} `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 url"`
		}
		path, ok := strings.CutPrefix(address, "https://example.org/base/")
		if !ok {
			t.Fatalf("a sitemap at %s", address)
		}
		if err := xml.Unmarshal([]byte(bytesOf(t, s, path)), &one); err != nil {
			t.Fatal(err)
		}
		if len(one.URLs) == 0 || len(one.URLs) > sitemapSize || sitemapSize > 50_000 {
			t.Errorf("%s lists %d", path, len(one.URLs))
		}
		for _, u := range one.URLs {
			if _, twice := days[u.Loc]; twice {
				t.Errorf("%s is listed twice", u.Loc)
			}
			days[u.Loc] = u.LastMod
		}
	}
	outputs, _ := s.Outputs()
	pages := 0
	for _, o := range outputs {
		if o.Document == nil && o.Page == nil || o.Path == "404.html" || strings.Contains(o.Path, "/page/") {
			continue
		}
		pages++
		if _, there := days["https://example.org/base/"+strings.TrimSuffix(o.Path, "index.html")]; !there {
			t.Errorf("%s is in no sitemap", o.Path)
		}
	}
	if len(days) != pages {
		t.Errorf("%d addresses and %d pages", len(days), pages)
	}
	for id, want := range map[string]string{"2020/000": "", "undated/u": "", "undated/c": "2031-05-06", "2020/r": "2024-02-29"} {
		if got := days["https://example.org/base/documents/"+id+"/"]; got != want {
			t.Errorf("%s was changed on %q, want %q", id, got, want)
		}
	}
}

func TestWithoutABaseURLThereAreNoFeedsAndSitemaps(t *testing.T) {
	s := siteOf(t, "", many(1))
	outputs, _ := s.Outputs()
	for _, o := range outputs {
		if strings.HasSuffix(o.Path, ".xml") {
			t.Errorf("there is %s", o.Path)
		}
		if o.Page == nil && o.Document == nil {
			continue
		}
		if html := bytesOf(t, s, o.Path); strings.Contains(html, "feed.xml") || strings.Contains(html, "canonical") {
			t.Errorf("%s names a feed or an address", o.Path)
		}
	}
	if robots := bytesOf(t, s, "robots.txt"); strings.Contains(robots, "Sitemap") {
		t.Errorf("robots.txt: %s", robots)
	}
}

func TestEveryLinkHonoursTheBasesPath(t *testing.T) {
	files := many(2)
	files["documents/2020/000.md"] += "\n[page](/documents/2020/001/) [file](x.txt)\n"
	files["documents/2020/000/x.txt"] = "x"
	s := siteOf(t, "https://example.org/base/", files)
	outputs, _ := s.Outputs()
	links := 0
	for _, o := range outputs {
		if o.Page == nil && o.Document == nil {
			continue
		}
		html := bytesOf(t, s, o.Path)
		for _, attribute := range []string{`href="/`, `src="/`} {
			for _, rest := range strings.Split(html, attribute)[1:] {
				links++
				if !strings.HasPrefix(rest, "base/") {
					t.Errorf("%s links to /%.40s", o.Path, rest)
				}
			}
		}
	}
	if links < 50 {
		t.Errorf("only %d links were found", links)
	}
	if headers := bytesOf(t, s, "_headers"); !strings.Contains(headers, "\n/base/assets/*") {
		t.Errorf("_headers: %s", headers)
	}
}

// TestNoTwoRulesOfHeadersSetOneHeader reads _headers as hosts do.
func TestNoTwoRulesOfHeadersSetOneHeader(t *testing.T) {
	for _, base := range []string{"", "https://example.org/", "https://example.org/base/"} {
		set := map[string]string{}
		rule := ""
		for line := range strings.Lines(bytesOf(t, siteOf(t, base, many(1)), "_headers")) {
			line = strings.TrimRight(line, "\n")
			if !strings.HasPrefix(line, " ") {
				rule = line
				continue
			}
			header, value, ok := strings.Cut(strings.TrimSpace(line), ": ")
			if other := set[strings.ToLower(header)]; !ok || value == "" || other != "" {
				t.Errorf("%q is set for %s and for %s", line, rule, other)
			}
			set[strings.ToLower(header)] = rule
		}
		if set["content-security-policy"] != "/*" || set["cache-control"] == "/*" {
			t.Errorf("%v", set)
		}
	}
}

func TestAnAssetsNameChangesWithItsContent(t *testing.T) {
	one := Assets(map[string][]byte{"assets/style.css": []byte("a"), "assets/deep/own.js": []byte("b"), "home.html": nil})
	other := Assets(map[string][]byte{"assets/style.css": []byte("c"), "assets/deep/own.js": []byte("b")})
	if len(one) != 2 || AssetPath(one, "style.css") == AssetPath(other, "style.css") || AssetPath(one, "deep/own.js") != AssetPath(other, "deep/own.js") || AssetPath(one, "gone.css") != "" {
		t.Errorf("%v %v", one, other)
	}
	if p := AssetPath(one, "deep/own.js"); !strings.HasPrefix(p, "assets/deep/own.") || !strings.HasSuffix(p, ".js") {
		t.Errorf("%s", p)
	}
}
