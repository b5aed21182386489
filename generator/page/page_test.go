package page

import (
	"bytes"
	"fmt"
	"html"
	"html/template"
	"io/fs"
	"reflect"
	"strings"
	"testing"
	"unicode"

	"chancery/generator/archive"
	"chancery/generator/content"
	"chancery/generator/index"
	"chancery/templates"
)

func TestADateIsGivenInTheWordsOfAReader(t *testing.T) {
	for date, want := range map[string]string{
		"": "", "2022-11-12": "12 November 2022", "2022-11": "November 2022", "2022": "2022", "0800": "800",
		"2022-11-12?": "12 November 2022 (uncertain)", "2022~": "about 2022", "2022-11%": "about November 2022 (uncertain)",
		"XXXX-11-12":            "12 November (year unknown)",
		"2016-07-25/2016-07-26": "25–26 July 2016", "2016-07-25/2016-08-02": "25 July – 2 August 2016", "2016-12-31/2017-01-02": "31 December 2016 – 2 January 2017",
		"2016-07/2016-08": "July – August 2016", "2016/2018": "2016 – 2018", "2016-12/2017-01": "December 2016 – January 2017",
		"2016-07-25~/2016-07-26":   "about 25 July 2016 – 26 July 2016",
		"[2024-07-28..2024-08-08]": "between 28 July and 8 August 2024", "[2024-07-28..2024-07-30]": "between 28 and 30 July 2024", "[2024..2025]": "between 2024 and 2025", "[2024-11..2025-01]": "between November 2024 and January 2025",
	} {
		d, err := archive.ParseDate(date)
		if err != nil {
			t.Fatal(err)
		}
		if got := DateWords(d); got != want {
			t.Errorf("%s: %q, want %q", date, got, want)
		}
	}
}

// TestADatesWordsSayItsDoubtAndItsYears holds what no wording may lose.
func TestADatesWordsSayItsDoubtAndItsYears(t *testing.T) {
	for _, date := range []string{"XXXX-11-12?", "XXXX-11-12~", "2022-11-12?", "2022~", "2022-11-12/2022-11-13?", "[2022?..2023]", "2022-11-01/2022-11", "2022-11-12/2022", "2022-11/2022-11", "2022/2022", "2022-11-12/2022-11-12"} {
		d, err := archive.ParseDate(date)
		if err != nil {
			t.Fatal(err)
		}
		words := DateWords(d)
		if strings.Contains(date, "?") && !strings.Contains(words, "uncertain") || strings.Contains(date, "~") && !strings.Contains(words, "about") {
			t.Errorf("%s: its doubt is dropped in %q", date, words)
		}
		if d.From.Month > 0 && !strings.Contains(words, "November") || d.HasYear() && !strings.Contains(words, "2022") {
			t.Errorf("%s: %q", date, words)
		}
		// A day alone before a dash belongs to the month after it.
		if from, to, ok := strings.Cut(words, " – "); ok && strings.Trim(from, "0123456789") == "" && len(from) < 3 && strings.Trim(to[:1], "0123456789") != "" {
			t.Errorf("%s: %q says no month of its first day", date, words)
		}
	}
}

func TestNumbersAndNamesInWords(t *testing.T) {
	for n, want := range map[int]string{0: "0 documents", 1: "1 document", 999: "999 documents", 1000: "1,000 documents", 1234567: "1,234,567 documents"} {
		if got := count(n, "document"); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	for key, want := range map[string]string{"1": "1st", "2": "2nd", "3": "3rd", "4": "4th", "11": "11th", "12": "12th", "13": "13th", "21": "21st", "101": "101st", "111": "111th", "2024": "2024", "017": "017", "x": "x", "3rd": "3rd", "": ""} {
		if got := archive.Ordinal(key); got != want {
			t.Errorf("edition %q: %q, want %q", key, got, want)
		}
	}
	for tag, want := range map[string]string{"en": "English", "zh-Hans": "Chinese (zh-Hans)", "xx": "xx", "": ""} {
		if got := languageWords(tag); got != want {
			t.Errorf("language %q: %q, want %q", tag, got, want)
		}
	}
	long := strings.Repeat("ж", 200) + " " + strings.Repeat("я", 200)
	if got := clip(long); len(got) > 310 || !strings.HasSuffix(got, "…") || strings.ContainsRune(got, '\ufffd') {
		t.Errorf("clipped to %q", got)
	}
	if got := clip("short"); got != "short" {
		t.Errorf("clipped to %q", got)
	}
}

// FuzzTextIsEscaped lets no text out of its element or attribute, and nothing
// that HTML forbids into the page.
func FuzzTextIsEscaped(f *testing.F) {
	for _, s := range []string{"", "a", "<script>", `"><img src=x onerror=alert(1)>`, "' onload='x", "&lt;", "&amp;amp;", "\x00", "a\x01b", "\x1b[31m", "\x7f", "\u0085", "\u009f", "\ufffe", "\u2028", "line\nline\ttab", "\xff", "😀", "\u202e"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		out := string(newFragment().text(s).done())
		if strings.ContainsAny(out, `<>"'`) {
			t.Fatalf("%q became %q", s, out)
		}
		for _, r := range out {
			if unicode.IsControl(r) && r != '\n' && r != '\t' {
				t.Fatalf("%q lets a control character through: %q", s, out)
			}
		}
		want := strings.Map(func(r rune) rune {
			if unicode.IsControl(r) && r != '\n' && r != '\t' {
				return -1
			}
			return r
		}, s)
		got := strings.Map(func(r rune) rune {
			if r == '\ufffd' {
				return -1
			}
			return r
		}, html.UnescapeString(out))
		if got != strings.ReplaceAll(strings.ToValidUTF8(want, ""), "\ufffd", "") {
			t.Fatalf("%q is read as %q", s, got)
		}
		link := string(newFragment().link(s, s).done())
		if strings.Count(link, "<") != 2 || strings.Count(link, ">") != 2 || strings.Count(link, `"`) != 2 || strings.Contains(link, "'") {
			t.Fatalf("a link of %q is %q", s, link)
		}
	})
}

func TestTextInAnotherLanguageSaysSo(t *testing.T) {
	for _, test := range []struct{ tag, page, want string }{
		{"en", "en", ""}, {"", "en", ""}, {"ru", "en", ` lang="ru"`}, {"ar", "en", ` lang="ar" dir="rtl"`}, {"en", "he", ` lang="en" dir="ltr"`}, {"fa", "ar", ` lang="fa"`},
	} {
		if got := string(newFragment().lang(test.tag, test.page).done()); got != test.want {
			t.Errorf("%q on a page in %q: %q, want %q", test.tag, test.page, got, test.want)
		}
	}
}

// eachText calls do for every text of a view, with the way to it.
func eachText(t *testing.T, v reflect.Value, way string, do func(way string, text reflect.Value)) {
	t.Helper()
	if n := v.Type().NumMethod() + v.Addr().Type().NumMethod(); n > 0 {
		t.Errorf("%s has methods: what they give is not in the key", way)
	}
	for i := range v.NumField() {
		f, name := v.Field(i), way+"."+v.Type().Field(i).Name
		if !v.Type().Field(i).IsExported() {
			t.Errorf("%s is not exported", name)
			continue
		}
		switch {
		case f.Kind() == reflect.String:
			if f.Type().NumMethod() > 0 {
				t.Errorf("%s has methods", name)
			}
			do(name, f)
		case f.Type() == reflect.TypeFor[content.Digest]():
		case f.Kind() == reflect.Struct:
			eachText(t, f, name, do)
		default:
			t.Errorf("%s is a %s: a view holds texts, digests and structures of them alone", name, f.Type())
		}
	}
}

// TestKeysCoverWhatTemplatesSee changes each value that a template can see, and
// each of what a page is made from: the key changes with any of them.
func TestKeysCoverWhatTemplatesSee(t *testing.T) {
	for name, view := range views {
		t.Run(name, func(t *testing.T) {
			value := reflect.New(reflect.TypeOf(view).Elem())
			p := &Page{Template: name, Value: value.Interface()}
			r := &Renderer{Templates: &Templates{digests: map[string]content.Digest{name: {1}}}}
			keys := map[content.Digest]string{r.Key(p): "nothing"}
			note := func(what string) {
				key := r.Key(p)
				if other, there := keys[key]; there {
					t.Errorf("the key is the same after a change of %s as after one of %s", what, other)
				}
				keys[key] = what
			}
			texts := 0
			eachText(t, value.Elem(), name, func(way string, text reflect.Value) {
				texts++
				text.SetString("x")
				note(way)
				text.SetString("")
			})
			if texts < 10 {
				t.Errorf("only %d texts were found", texts)
			}
			// What is in one text is not taken for the beginning of the next.
			var all []reflect.Value
			eachText(t, value.Elem(), name, func(_ string, text reflect.Value) { all = append(all, text) })
			all[0].SetString("ab")
			note("ab, nothing")
			all[0].SetString("a")
			all[1].SetString("b")
			note("a, b")
			p.Parts = content.Digest{2}
			note("the parts")
			r.common = content.Digest{3}
			note("what all pages are made from")
			r.Templates.digests[name] = content.Digest{4}
			note("the template")
		})
	}
}

func embedded(t *testing.T) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	names, err := fs.Glob(templates.Files, "*.html")
	if err != nil || len(names) < 6 {
		t.Fatal(names, err)
	}
	for _, name := range names {
		if files[name], err = fs.ReadFile(templates.Files, name); err != nil {
			t.Fatal(err)
		}
	}
	return files
}

func TestATemplatesMistakesAreToldInADesignersWords(t *testing.T) {
	for _, test := range []struct {
		name, file, text string
		line             int
		what, mend       string
	}{
		{"an unknown value", "document.html", "\n\n{{.Titel}}", 3, `there is no value "Titel"`, "Title"},
		{"an unknown value where nothing is shown", "document.html", "{{if .Summary}}\n{{.Titel}}{{end}}", 2, `there is no value "Titel"`, "Heading"},
		{"an unknown value of the site", "home.html", "{{.Site.Nmae}}", 1, `there is no value "Nmae"`, "Navigation"},
		{"an unknown value in what is included", "base.html", `{{define "head"}}{{.Gone}}{{end}}{{define "foot"}}{{end}}`, 1, `there is no value "Gone"`, "Crumbs"},
		{"a mistake of syntax", "term.html", "a\nb {{if .Heading}}\nc", 3, "cannot be used", ""},
		{"an unknown function", "term.html", "a\n{{shout .Heading}}", 2, "shout", ""},
		{"a template that is not there", "index.html", "{{template \"gone\" .}}", 1, "gone", ""},
		{"a quotation mark not closed", "listing.html", "\n<a href=\"{{.Heading}}>x\n", 0, "cannot be used", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			files := embedded(t)
			files[test.file] = []byte(test.text)
			_, problems := ParseTemplates(files)
			if len(problems) == 0 {
				t.Fatal("nothing is told")
			}
			for _, p := range problems {
				if p.File != "templates/"+test.file || test.line != 0 && p.Line != test.line || !strings.Contains(p.What, test.what) || !strings.Contains(p.Mend, test.mend) {
					t.Errorf("told is\n%v", p)
				}
				for _, word := range []string{"*page.", "page.Document", "<nil>", "invalid", "html/template", "reflect"} {
					if strings.Contains(p.What+p.Mend, word) {
						t.Errorf("%q is no designer's word, in\n%v", word, p)
					}
				}
			}
		})
	}
}

func TestATemplateThatIsMissingIsTold(t *testing.T) {
	files := embedded(t)
	delete(files, "term.html")
	if _, problems := ParseTemplates(files); len(problems) != 1 || problems[0].File != "templates/term.html" {
		t.Errorf("%v", problems)
	}
	if _, problems := ParseTemplates(embedded(t)); len(problems) != 0 {
		t.Errorf("the program's own templates: %v", problems)
	}
}

// TestATemplatesDigestCoversWhatItIncludes changes each template, and looks
// whose digests follow.
func TestATemplatesDigestCoversWhatItIncludes(t *testing.T) {
	files := map[string][]byte{}
	for name := range views {
		files[name] = []byte(`{{.Heading}}`)
	}
	files["home.html"] = []byte(`{{if .Heading}}{{template "first" .}}{{else}}{{template "other" .}}{{end}}`)
	files["parts.html"] = []byte(`{{define "first"}}{{with .Title}}x{{else}}{{template "second" $}}{{end}}{{end}}{{define "second"}}2{{end}}{{define "other"}}o{{end}}`)
	before, problems := ParseTemplates(files)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	for _, change := range [][2]string{{"}}2{{", "}}3{{"}, {"}}o{{", "}}p{{"}, {"}}x{{", "}}y{{"}, {"with .Title", "with .Heading"}} {
		changed := map[string][]byte{}
		for name, text := range files {
			changed[name] = text
		}
		changed["parts.html"] = bytes.Replace(files["parts.html"], []byte(change[0]), []byte(change[1]), 1)
		after, problems := ParseTemplates(changed)
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		for name := range views {
			if same := before.digests[name] == after.digests[name]; same != (name != "home.html") {
				t.Errorf("after %q the digest of %s is the same: %v", change[1], name, same)
			}
		}
	}
}

// TestPagesWithOneKeyHaveTheSameBytes makes pages of two archives that differ in
// one thing: where a page's bytes differ, its key does.
func TestPagesWithOneKeyHaveTheSameBytes(t *testing.T) {
	parsed, problems := ParseTemplates(embedded(t))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	files := map[string]string{
		"documents/2022/a.md": "---\ntitle: A\ndate: 2022-11-12\nvenues: [v/17]\nplace: p\nspeakers: [s]\nsource: o\nvia: o2\nsummary: Sum\nlanguage: ru\n---\n\nBody\n",
		"documents/2022/b.md": "---\ntitle: B\ndate: 2022-11-13\nvenues: [v/17]\nsource: o\ntranslation-of: 2022/a\n---\n\nBody\n",
		"documents/2022/c.md": "---\ntitle: C\ndate: 2022-12\nvenues: [v]\nkind: wire\n---\n\nBody\n",
		"venues/v.md":         "---\nname: Venue\nparent: w\neditions:\n  - key: 17\n    start: 2022-11-11\n    place: p\n---\n\nText\n", "venues/w.md": "---\nname: Whole\n---\n",
		"places/p.md": "---\nname: Place\ncountry: Land\n---\n", "speakers/s.md": "---\nname: Speaker\n---\n", "sources/o.md": "---\nname: Origin\n---\n", "sources/o2.md": "---\nname: Channel\n---\n",
	}
	settings := archive.Settings{Title: "T", Description: "D", BaseURL: "https://example.org/a/", Language: "en", Publisher: "P", Licence: "L", Cite: "C"}
	before := pagesOf(t, parsed, settings, "style.css", files)
	edits := 0
	compare := func(what string, after map[string]keyed) {
		edits++
		for path, p := range before {
			if q, there := after[path]; there && p.key == q.key && p.html != q.html {
				t.Errorf("%s changes %s, and not its key", what, path)
			}
		}
	}
	for path, text := range files {
		lines := strings.Split(text, "\n")
		for i, line := range lines {
			if line == "" || line == "---" || strings.HasSuffix(line, ":") {
				continue
			}
			changed := map[string]string{}
			for p, t := range files {
				changed[p] = t
			}
			without := append(append([]string{}, lines[:i]...), lines[i+1:]...)
			if !strings.HasPrefix(line, "title") && !strings.HasPrefix(line, "name") && !strings.Contains(line, "key:") {
				changed[path] = strings.Join(without, "\n")
				compare(path+" without "+line, pagesOf(t, parsed, settings, "style.css", changed))
			}
			for _, swap := range [][2]string{{"2022-11-1", "2022-11-0"}, {"title: ", "title: X"}, {"name: ", "name: X"}, {"Sum", "Other"}, {"Body", "Other"}, {"Text", "Other"}, {"Land", "Other"}, {"wire", "speech"}, {"ru", "ar"}, {"v/17", "v"}, {"2022-12", "2021-12"}} {
				if strings.Contains(line, swap[0]) {
					edited := append([]string{}, lines...)
					edited[i] = strings.Replace(line, swap[0], swap[1], 1)
					changed[path] = strings.Join(edited, "\n")
					compare(path+" with "+edited[i], pagesOf(t, parsed, settings, "style.css", changed))
				}
			}
		}
	}
	v := reflect.ValueOf(&settings).Elem()
	for i := range v.NumField() {
		old := v.Field(i).String()
		v.Field(i).SetString(map[bool]string{true: "https://example.net/b/", false: "fr"}[v.Type().Field(i).Name == "BaseURL"])
		compare(v.Type().Field(i).Name, pagesOf(t, parsed, settings, "style.css", files))
		v.Field(i).SetString("")
		compare("no "+v.Type().Field(i).Name, pagesOf(t, parsed, settings, "style.css", files))
		v.Field(i).SetString(old)
	}
	compare("the style sheet", pagesOf(t, parsed, settings, "other.css", files))
	if edits < 40 {
		t.Errorf("only %d edits were tried", edits)
	}
}

type keyed struct {
	key  content.Digest
	html string
}

// pagesOf makes all pages of an archive.
func pagesOf(t *testing.T, parsed *Templates, settings archive.Settings, style string, files map[string]string) map[string]keyed {
	t.Helper()
	all := &content.Readings{Settings: settings}
	for path, text := range files {
		f := content.File{Path: "content/" + path}
		if strings.HasPrefix(path, "documents/") {
			r, _ := content.ReadDocument(f.DocumentID(), []byte(text))
			all.Documents = append(all.Documents, r)
			continue
		}
		facet, id := f.Term()
		all.Terms = append(all.Terms, content.ReadTerm(facet, id, []byte(text)))
	}
	a := content.Resolve(nowhere{}, all, true)
	var entries index.Listing
	for _, d := range a.Documents {
		entries = append(entries, &d.Entry)
	}
	r := NewRenderer(a, index.Make(entries), parsed, style, content.Digest{})
	made := map[string]keyed{}
	add := func(path string, p *Page) {
		key := r.Key(p)
		var b bytes.Buffer
		if err := r.Write(&b, p); err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		made[path] = keyed{key, b.String()}
	}
	for _, d := range a.Documents {
		add(DocumentPath(d.ID), r.Document(d, func(b *bytes.Buffer) error {
			b.WriteString(files[strings.TrimPrefix(d.ID.File(), "content/")])
			return nil
		}))
	}
	add("", r.Home())
	add("404", r.Missing())
	add("years/", r.Years())
	listing := func(k index.Key) {
		pages := r.Index.Listing(k).Pages()
		for n := 1; n <= max(1, len(pages)); n++ {
			add(PartPath(ListingPath(k), n), r.Listing(k, pages, n))
		}
	}
	for _, part := range r.Index.Parts(index.Years, "") {
		listing(index.Key{Grouping: index.Years, Part: part})
	}
	for _, f := range archive.Facets {
		add(f.String()+"/", r.Terms(f))
		for _, term := range a.Vocabulary.Terms(f) {
			pages := r.TermPages(term)
			for n := 1; n <= max(1, len(pages)); n++ {
				add(PartPath(TermPath(f, term.ID), n), r.Term(term, pages, n))
			}
			for _, part := range r.Index.Parts(index.VenueYears, term.ID) {
				if f == archive.Venues {
					listing(index.Key{Grouping: index.VenueYears, Term: term.ID, Part: part})
				}
			}
			for _, e := range term.Venue.Editions {
				listing(index.Key{Grouping: index.Editions, Term: term.ID, Part: e.Key})
			}
		}
	}
	return made
}

// nowhere is a root without files: the lines of problems are of no matter here.
type nowhere struct{}

func (nowhere) Open(name string) (fs.File, error) {
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
}

func TestADocumentChangedMeanwhileIsNotShownWithOldMetadata(t *testing.T) {
	parsed, _ := ParseTemplates(embedded(t))
	d, _ := content.ReadDocument("2022/a", []byte("---\ntitle: A\n---\n\nBody\n"))
	a := content.Resolve(nowhere{}, &content.Readings{Documents: []*content.Reading{d}}, false)
	r := NewRenderer(a, index.Make(index.Listing{&d.Entry}), parsed, "", content.Digest{})
	var b bytes.Buffer
	err := r.Write(&b, r.Document(d, func(b *bytes.Buffer) error {
		b.WriteString("---\ntitle: B\n---\n\nBody\n")
		return nil
	}))
	if err != ErrChanged || b.Len() > 0 {
		t.Errorf("%v, %q", err, b.String())
	}
}

func TestTheCodeOfARecordIsShownAsText(t *testing.T) {
	const evil = `"><script>alert(1)</script>`
	parsed, _ := ParseTemplates(embedded(t))
	files := map[string]string{
		"documents/2022/a.md": fmt.Sprintf("---\ntitle: '%[1]s'\nsummary: '%[1]s'\nrights: '%[1]s'\ntags: ['%[1]s']\ncorrections: ['2024-01-01 %[1]s']\nvenues: [v]\nplace: p\nspeakers: [s]\nsource: o\n---\n\n%[1]s\n", evil),
		"venues/v.md":         fmt.Sprintf("---\nname: '%[1]s'\naliases: ['%[1]s']\n---\n\n%[1]s\n", evil), "places/p.md": fmt.Sprintf("---\nname: '%[1]s p'\ncountry: '%[1]s'\n---\n", evil),
		"speakers/s.md": fmt.Sprintf("---\nname: '%[1]s'\noffice: '%[1]s'\nsort-name: '%[1]s'\n---\n", evil), "sources/o.md": fmt.Sprintf("---\nname: '%[1]s'\ntype: '%[1]s'\n---\n", evil),
	}
	pages := pagesOf(t, parsed, archive.Settings{Title: evil, Description: evil, Language: "en", Publisher: evil, Licence: evil, Cite: evil, BaseURL: "https://example.org/"}, "style.css", files)
	if !strings.Contains(pages["documents/2022/a/"].html, template.HTMLEscapeString(evil)) {
		t.Errorf("the title is not shown:\n%s", pages["documents/2022/a/"].html)
	}
	for path, p := range pages {
		if strings.Contains(p.html, "<script") {
			t.Errorf("%s runs a script", path)
		}
	}
}
