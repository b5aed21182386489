package manuscript

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"chancery/generator/markdown"
)

// readBytes reads a file of that name and content.
func readBytes(tb testing.TB, name string, data []byte) (*File, []Manuscript) {
	tb.Helper()
	path := filepath.Join(tb.TempDir(), name)
	if err := os.WriteFile(path, data, 0o600); err != nil {
		tb.Fatal(err)
	}
	f := Open(path)
	var all []Manuscript
	for m := range f.Manuscripts() {
		all = append(all, m)
	}
	return f, all
}

func claimOf(m *Manuscript, field string) string {
	for _, c := range m.Claims {
		if c.Field == field {
			return c.Text
		}
	}
	return ""
}

// TestPagesOfEveryEncoding reads one text in encodings declared, marked and not
// declared at all.
func TestPagesOfEveryEncoding(t *testing.T) {
	const words = "Мост через реку снова открыт для пешеходов и телег, сообщила городская управа."
	for name, c := range map[string]struct {
		declared string
		as       encoding.Encoding
		want     string
	}{
		"declared":         {`<meta charset="windows-1251">`, charmap.Windows1251, "windows-1251"},
		"declared of old":  {`<meta http-equiv="Content-Type" content="text/html; charset=koi8-r">`, charmap.KOI8R, "koi8-r"},
		"undeclared":       {"", charmap.Windows1251, "windows-1251"},
		"undeclared KOI8":  {"", charmap.KOI8R, "koi8-r"},
		"wrongly declared": {`<meta charset="utf-8">`, charmap.Windows1251, "windows-1251"},
		"UTF-16":           {`<meta charset="utf-8">`, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), "utf-16le"},
		"UTF-16 turned":    {"", unicode.UTF16(unicode.BigEndian, unicode.UseBOM), "utf-16be"},
		"UTF-16 unmarked":  {"", unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), "utf-16le"},
		"UTF-8":            {`<meta charset="windows-1251">`, encoding.Nop, ""},
	} {
		page := "<!DOCTYPE html><html><head>" + c.declared + "<title>Мост открыт</title></head><body><h1>Мост открыт</h1><p>" + words + "</p></body></html>"
		data, err := c.as.NewEncoder().Bytes([]byte(page))
		if err != nil {
			t.Fatal(err)
		}
		f, all := readBytes(t, "page.html", data)
		if len(all) != 1 || len(f.Problems) != 0 {
			t.Fatalf("%s: %d manuscripts, %v", name, len(all), f.Problems)
		}
		if m := &all[0]; claimOf(m, "title") != "Мост открыт" || !strings.Contains(m.Markdown, words) || claimOf(m, "encoding") != c.want {
			t.Errorf("%s: %v %q", name, m.Claims, m.Markdown)
		}
	}
}

// TestBytesThatAreNoCharacterAreTold counts what cannot be shown.
func TestBytesThatAreNoCharacterAreTold(t *testing.T) {
	f, all := readBytes(t, "page.html", []byte("<html><meta charset=utf-8><body><p>Caf\xe9 on the quay — a house of three rooms — is closed until further notice — ask next door.</p>"))
	if len(all) != 1 || len(f.Problems) != 1 || !strings.Contains(f.Problems[0].What, "no character in the encoding utf-8") {
		t.Errorf("%v %v", all, f.Problems)
	}
}

// TestHostilePagesEndQuickly reads pages that are made to break parsers.
func TestHostilePagesEndQuickly(t *testing.T) {
	if testing.Short() {
		t.Skip("skipped by -short: it reads large pages")
	}
	const words = "The harbour is closed until the ice is gone."
	for name, page := range map[string]string{
		"deep":         "<html><title>Deep</title><body>" + strings.Repeat("<div>", 100_000) + words,
		"deep inline":  "<html><body>" + strings.Repeat("<b>", 100_000) + words,
		"deep tables":  "<html><body>" + strings.Repeat("<table><tr><td>", 150) + words,
		"unclosed":     "<html><body><p>" + words + "<b><i><a href=x><table><tr><td>" + strings.Repeat("x ", 1000),
		"many links":   "<html><body><p>" + words + strings.Repeat("<a href='/x'>x</a> ", 100_000),
		"many items":   "<html><body><p>" + words + "<ul>" + strings.Repeat("<li>x", 100_000) + "</ul>",
		"many cells":   "<html><body><p>" + words + "<table><tr>" + strings.Repeat("<td>x", 50_000),
		"NUL":          "<html><body><p>The har\x00bour is closed until the ice is gone.",
		"attributes":   "<html><body><p " + strings.Repeat("a='x' ", 100_000) + ">" + words,
		"comment":      "<html><body><p>" + words + "<!--" + strings.Repeat("-", 1<<20),
		"entities":     "<html><body><p>" + words + strings.Repeat("&amp;#x&lt;", 100_000),
		"script":       "<html><body><p>" + words + "<script>" + strings.Repeat("</scrip", 100_000),
		"deep JSON-LD": `<html><script type="application/ld+json">` + strings.Repeat(`[`, 50_000) + `</script><body><p>` + words,
	} {
		start := time.Now()
		_, all := readBytes(t, "page.html", []byte(page))
		if len(all) != 1 || !strings.Contains(strings.ReplaceAll(all[0].Text(), "\n", " "), words) {
			t.Errorf("%s: the text is lost: %d", name, len(all))
		}
		if took := time.Since(start); took > 20*time.Second {
			t.Errorf("%s: it took %v", name, took)
		} else {
			t.Log(name, took)
		}
	}
}

// TestPicturesStayWithinTheFolder takes no file along from outside the folder of
// the page, whatever names it.
func TestPicturesStayWithinTheFolder(t *testing.T) {
	folder := t.TempDir()
	picture, err := os.ReadFile("testdata/pages/news_files/Orlov Bridge.PNG")
	if err != nil {
		t.Fatal(err)
	}
	inside := filepath.Join(folder, "in")
	for _, path := range []string{"outside.png", "in/page_files/a.png", "in/page_files/A.PNG", "in/page_files/Ü b.png"} {
		path = filepath.Join(folder, path)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, picture, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink(filepath.Join(folder, "outside.png"), filepath.Join(inside, "page_files", "link.png")); err != nil {
		t.Skip("this file system has no symbolic links: ", err)
	}
	page := filepath.Join(inside, "page.html")
	text := `<html><body><p>The harbour.</p>`
	for _, src := range []string{"page_files/a.png", "./page_files/A.PNG", "page_files/%C3%9C%20b.png", "../outside.png", "page_files/../../outside.png", filepath.Join(folder, "outside.png"), "file://" + folder + "/outside.png", "page_files/link.png", "page_files/lost.png", "page_files", "page_files/a.png"} {
		text += `<p><img alt="Picture" src="` + src + `"></p>`
	}
	if err := os.WriteFile(page, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	f := Open(page)
	for m := range f.Manuscripts() {
		var names []string
		for _, a := range m.Files {
			names = append(names, a.Name)
			r, err := a.Open()
			if err != nil {
				t.Fatal(err)
			}
			r.Close()
		}
		if got := strings.Join(names, " "); got != "a.png a-2.png u-b.png" && got != "a.png a-2.png ue-b.png" {
			t.Errorf("files: %s", got)
		}
		if n := strings.Count(m.Markdown, "!["); n != 4 {
			t.Errorf("%d pictures are linked in\n%s", n, m.Markdown)
		}
	}
	if len(f.Problems) != 1 || !strings.Contains(f.Problems[0].What, "not in the folder saved with it") {
		t.Error(f.Problems)
	}
}

// TestTurnedTitlesAreTold takes the marks that turn writing out of titles.
func TestTurnedTitlesAreTold(t *testing.T) {
	f, all := readBytes(t, "page.html", []byte("<html><head><title>Ice\u202egone\u2066</title><body><p>The ice is gone."))
	if len(all) != 1 || claimOf(&all[0], "title") != "Icegone" || len(f.Problems) != 1 {
		t.Errorf("%v %v", all, f.Problems)
	}
}

// TestSmallTextIsNotLost takes the whole body where no main text is found.
func TestSmallTextIsNotLost(t *testing.T) {
	for page, want := range map[string]string{
		`<html><body><nav>Only a menu</nav>`:                                        "Only a menu",
		`<html><body><form><div class="menu">All is a form</div></form>`:            "All is a form",
		`<html><body><p>Short.`:                                                     "Short.",
		`<html><body><div style="display:none">Hidden</div><p>Seen, and longer</p>`: "Seen, and longer",
		`<html><body><aside>a</aside><div class="ads">The words.</div>`:             "The words.",
		`<html><frameset><noframes><p>Old.</p></noframes></frameset>`:               "",
		`<html><body><a href="/x">A single link</a>`:                                "A single link",
		`<html><body><table><tr><td>Cell<td>two</table>`:                            "Cell | two",
		"<html><body><pre>one\n  two\n</pre><nav>menu</nav>":                        "one\n  two",
		`<html><body><p>H<sub>2</sub>O, 10<sup>3</sup>, said<sup>[4]</sup>`:         "H2O, 10³, said[4]",
	} {
		_, all := readBytes(t, "page.html", []byte(page))
		got := ""
		if len(all) == 1 {
			got = strings.TrimSpace(all[0].Text())
		}
		if got != want {
			t.Errorf("%s gives %q, want %q", page, got, want)
		}
	}
}

// TestMarkdownOfPagesIsShown renders what pages become: all its words are shown,
// none as mark-up by accident.
func TestMarkdownOfPagesIsShown(t *testing.T) {
	for page, want := range map[string]string{
		`<p>a * b * c _d_ &lt;i&gt; &amp;nbsp; [x](y) # ~~z~~ 1. | \</p>`:            `a * b * c _d_ &lt;i&gt; &amp;nbsp; [x](y) # ~~z~~ 1. | \`,
		`<dl><dt>Term<dd>Meaning<dt>Second<dd>One<dd>Two</dl>`:                       "<dt>Second</dt>",
		`<table><tr><th>a|b<th>c<tr><td>1<br>2<td><ul><li>x<li>y</ul></table>`:       "<td>x y</td>",
		"<pre>``` \n*x*\n</pre><p>after</p>":                                         "*x*",
		`<ol start="4"><li>four<li>five</ol>`:                                        `<ol start="4">`,
		`<p>x <del>gone</del></p>`:                                                   "<del>gone</del>",
		`<p># no heading<br>- no item<br>1. no number<br>: none</p>`:                 "# no heading",
		`<a href="https://x.example/a b(c)&quot;&gt;"><h2>Card</h2><p>Words</p></a>`: `<a href="https://x.example/a%20b%28c%29`,
		`<p>[^1] and [^1]: x</p>`:                                                    "[^1] and [^1]: x",
	} {
		_, all := readBytes(t, "page.html", []byte("<html><body>"+page))
		if len(all) != 1 {
			t.Errorf("%s: %d manuscripts", page, len(all))
			continue
		}
		var out bytes.Buffer
		if err := markdown.New("/").Render(&out, []byte(all[0].Markdown)); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(out.String(), want) {
			t.Errorf("%s becomes\n%s\n%s", page, all[0].Markdown, out.String())
		}
	}
}
