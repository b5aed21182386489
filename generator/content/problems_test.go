package content

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"chancery/generator/archive"
	"chancery/generator/problem"
)

// TestEachMistakeIsToldWithItsLine holds messages to the exact line, to the
// value as written, and to what a mend must name.
func TestEachMistakeIsToldWithItsLine(t *testing.T) {
	for _, test := range []struct {
		name, file string
		want       []string // "line: a part of what is wrong | a part of the mend"
	}{
		{"nothing wrong", "---\ntitle: A\n---\n", nil},
		{"an empty file", "", []string{"1: no metadata | ---"}},
		{"no metadata", "Just text\n", []string{"1: no metadata | ---"}},
		{"metadata without an end", "---\ntitle: A\n\nBody\n", []string{"1: does not end | ---"}},
		{"not UTF-8", "---\ntitle: A\n---\n\nBo\xffdy\n", []string{"5: not UTF-8 | UTF-8"}},
		{"no title", "---\ndate: 2022\n---\n", []string{"1: no title | title:"}},
		{"an empty title", "---\ndate: 2022\ntitle:\n---\n", []string{"3: title is empty | title"}},
		{"empty metadata", "---\n---\n", []string{"1: no title | title:"}},
		{"an unknown key", "---\ntitle: A\nsumary: B\n---\n", []string{`3: unknown key "sumary" | "summary"`}},
		{"letters of a key changed about", "---\ntilte: A\n---\n", []string{`2: unknown key "tilte" | "title"`}},
		{"an unknown key like no other", "---\ntitle: A\nxyzzyplugh: B\n---\n", []string{`3: unknown key "xyzzyplugh" | the keys are title, date,`}},
		{"a key in capitals", "---\nTitle: A\n---\n", []string{`2: unknown key "Title" | "title"`}},
		{"a key twice", "---\ntitle: A\ndate: 2022\ntitle: B\n---\n", []string{`4: "title" stands here a second time, after line 2 | `}},
		{"a key of a group twice", "---\ntitle: A\nimported:\n  file: x\n  file: y\n---\n", []string{`5: "file" stands here a second time, after line 4 | `}},
		{"a date that is none", "---\ntitle: A\ndate: yesterday\n---\n", []string{`3: "yesterday" | 2022-11-12`}},
		{"a month that is none", "---\ntitle: A\ndate: 2022-13\n---\n", []string{`3: "2022-13": there is no month 13 | `}},
		{"a day that is none", "---\ntitle: A\ndate: 2023-02-29\n---\n", []string{`3: "2023-02-29": February has no day 29 | `}},
		{"a range backwards", "---\ntitle: A\ndate: 2023/2022\n---\n", []string{`3: "2023/2022": 2022 is before 2023 | `}},
		{"a date in brackets that were not quoted", "---\ntitle: A\ndate: [2023..]\n---\n", []string{`3: "[2023..]" | `}},
		{"a time", "---\ntitle: A\ntime: 25:00\n---\n", []string{`3: "25:00" | 10:00`}},
		{"a zone", "---\ntitle: A\nzone: Moscow\n---\n", []string{`3: "Moscow" | Europe/Moscow`}},
		{"a kind", "---\ntitle: A\nkind: novel\n---\n", []string{`3: "novel" | wire, statement`}},
		{"a language", "---\ntitle: A\nlanguage: English\n---\n", []string{`3: "English" | zh-Hans`}},
		{"an address", "---\ntitle: A\noriginal: javascript:alert(1)\n---\n", []string{`3: "javascript:alert(1)" | https://`}},
		{"an ID", "---\ntitle: A\nplace: Phnom Penh\n---\n", []string{`3: "Phnom Penh" | content/places`}},
		{"an ID in a list", "---\ntitle: A\nspeakers:\n  - lavrov\n  - Sergey Lavrov\n---\n", []string{`5: "Sergey Lavrov" | content/speakers`}},
		{"an ID in a list twice", "---\ntitle: A\nspeakers:\n  - lavrov\n  - putin\n  - lavrov\n---\n", []string{`6: "lavrov" stands here twice | delete`}},
		{"a venue", "---\ntitle: A\nvenues:\n  - eas/17\n  - eas/17/2\n---\n", []string{`5: "eas/17/2" | east-asia-summit/17`}},
		{"a venue's edition left out", "---\ntitle: A\nvenues: [eas/]\n---\n", []string{`3: "eas/" | `}},
		{"a venue twice", "---\ntitle: A\nvenues:\n  - eas/17\n  - eas/17\n---\n", []string{`5: "eas/17" stands here twice | delete`}},
		{"a document's ID", "---\ntitle: A\nsame-as:\n  - 2022/a\n  - some document\n---\n", []string{`5: "some document" | `}},
		{"a correction without a day", "---\ntitle: A\ncorrections:\n  - \"2024-03-01: a name\"\n  - a name\n---\n", []string{`5: "a name" | 2024-03-01`}},
		{"a correction whose day is none", "---\ntitle: A\ncorrections:\n  - \"2024-03-01: a\"\n  - \"2024-02-30: b\"\n---\n", []string{`5: "2024-02-30: b" | 2024-03-01`}},
		{"a flag", "---\ntitle: A\ndraft: perhaps\n---\n", []string{`3: "perhaps" | true`}},
		{"a list where one value is meant", "---\ntitle:\n  - A\n  - B\n---\n", []string{`3: "[A, B]" | one line`}},
		{"a group where one value is meant", "---\ntitle: A\nsummary:\n  a: b\n---\n", []string{`4: "a: b" | one line`}},
		{"a group of two keys where a list of words is meant", "---\ntitle: A\ntags:\n  - a\n  - b: c\n    d: e\n---\n", []string{`5: tags | a list of words`}},
		{"a list in a list", "---\ntitle: A\ntags:\n  - a\n  - [b]\n---\n", []string{`5: "[b]" | a list of words`}},
		{"a value where a group is meant", "---\ntitle: A\nimported: x\n---\n", []string{`3: "x" | source and file`}},
		{"a colon in a value", "---\ntitle: Talks: the second day\n---\n", []string{`2: none of the metadata can be read | quotation marks`}},
		{"a quotation mark not closed", "---\ntitle: \"A\nsummary: B\n---\n", []string{`2: none of the metadata can be read | quotation mark`}},
		{"a tab before a key", "---\ntitle: A\n\tdate: 2022\n---\n", []string{`3: none of the metadata can be read | `}},
		{"a reference", "---\ntitle: *A*\n---\n", []string{`2: none of the metadata can be read | quotation marks`}},
		{"a list for metadata", "---\n- title\n---\n", []string{"2: not a list of keys | title:"}},
		{"a text for metadata", "---\ntitle\n---\n", []string{"2: not a list of keys | title:"}},
		{"two mistakes, both told", "---\ntitle: A\ndate: x\ntime: y\n---\n", []string{`3: "x" | `, `4: "y" | `}},
		{"lines that end as on Windows", "---\r\ntitle: A\r\ndate: x\r\n---\r\n", []string{`3: "x" | `}},
		{"a byte order mark", "\ufeff---\ntitle: A\ndate: x\n---\n", []string{`3: "x" | `}},
		{"empty lines and comments", "---\n\n# a comment\ntitle: A\n\ndate: x # y\n---\n", []string{`6: "x" | `}},
	} {
		t.Run(test.name, func(t *testing.T) {
			r, _ := ReadDocument("2022/a", []byte(test.file))
			tellProblems(t, problemsOf(r), "content/documents/2022/a.md", test.want)
		})
	}
}

func TestEachMistakeOfATermIsToldWithItsLine(t *testing.T) {
	for _, test := range []struct {
		name  string
		facet archive.Facet
		file  string
		want  []string
	}{
		{"nothing wrong", archive.Venues, "---\nname: A\n---\n", nil},
		{"no metadata", archive.Places, "text\n", []string{"1: no metadata, so | ---"}},
		{"no name", archive.Venues, "---\naliases: [B]\n---\n", []string{"1: no name | name:"}},
		{"a field of another facet", archive.Places, "---\nname: A\nhashtags: [b]\n---\n", []string{`3: unknown key "hashtags" | `}},
		{"an edition without a key", archive.Venues, "---\nname: A\neditions:\n  - key: 1\n  - start: 2022-11-11\n---\n", []string{`5: an edition needs a key | `}},
		{"an edition's key twice", archive.Venues, "---\nname: A\neditions:\n  - key: 1\n  - key: 1\n---\n", []string{`5: "1" stands here twice | `}},
		{"an edition that ends before it starts", archive.Venues, "---\nname: A\neditions:\n  - key: 1\n    start: 2022-11-13\n    end: 2022-11-11\n---\n", []string{`4: "1" ends before it starts | `}},
		{"an edition's day", archive.Venues, "---\nname: A\neditions:\n  - key: 1\n    start: 2022-11\n---\n", []string{`5: "2022-11": this is not one day | 2022-11-11`}},
		{"an edition's place", archive.Venues, "---\nname: A\neditions:\n  - key: 1\n    start: 2022-11-11\n    place: Phnom Penh\n---\n", []string{`6: "Phnom Penh" | content/places`}},
		{"an edition's unknown key", archive.Venues, "---\nname: A\neditions:\n  - key: 1\n    begin: 2022-11-11\n---\n", []string{`5: unknown key "begin" | key, start, end, place`}},
		{"a year", archive.Venues, "---\nname: A\nsince: 2005-01\n---\n", []string{`3: "2005-01": this is not a year | `}},
		{"a degree too many", archive.Places, "---\nname: A\nlatitude: 91\n---\n", []string{`3: "91": there is no such degree | -90 to 90`}},
		{"a degree that is no number", archive.Places, "---\nname: A\nlongitude: east\n---\n", []string{`3: "east": this is not a number | -180 to 180`}},
		{"a home", archive.Sources, "---\nname: A\nhome: tass.com\n---\n", []string{`3: "tass.com" | https://`}},
	} {
		t.Run(test.name, func(t *testing.T) {
			tellProblems(t, ReadTerm(test.facet, "a", []byte(test.file)).Problems, archive.TermFile(test.facet, "a"), test.want)
		})
	}
}

func TestEachMistakeOfTheSettingsIsToldWithItsLine(t *testing.T) {
	for _, test := range []struct {
		name, file string
		want       []string
	}{
		{"nothing wrong", "title: A\nbase-url: https://example.org/a\n", nil},
		{"an empty file", "", []string{"1: no title | title:"}},
		{"an unknown key", "title: A\nbaseurl: https://example.org\n", []string{`2: unknown key "baseurl" | "base-url"`}},
		{"a base with a query", "title: A\nbase-url: https://example.org/?a\n", []string{`2: no query | `}},
		{"a base without a host", "title: A\nbase-url: https://\n", []string{`2: "https://" | `}},
		{"a language", "title: A\nlanguage: English\n", []string{`2: "English" | `}},
		{"YAML that is none", "title: A\nlicence: \"B\n", []string{`2: none of the metadata can be read | `}},
		{"not UTF-8", "title: A\nlicence: \xff\n", []string{`2: not UTF-8 | UTF-8`}},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, problems := ReadSettings([]byte(test.file))
			tellProblems(t, problems, SettingsFile, test.want)
		})
	}
}

// tellProblems holds problems against lines of the form "2: what | mend".
func tellProblems(t *testing.T, got []problem.Problem, file string, want []string) {
	t.Helper()
	if len(got) != len(want) {
		t.Errorf("%d problems are told, and there are %d: %v", len(got), len(want), got)
	}
	for i := range min(len(got), len(want)) {
		line, rest, _ := strings.Cut(want[i], ": ")
		what, mend, _ := strings.Cut(rest, " | ")
		p := got[i]
		if p.File != file || fmt.Sprint(p.Line) != line || !strings.Contains(p.What, what) || !strings.Contains(p.Mend, mend) || p.Mend == "" {
			t.Errorf("told is\n%v\nand should be %s", p, want[i])
		}
		tellWords(t, p, "")
	}
}

// notArchivists are words that a message never has: they blame, or are the
// programmer's.
var notArchivists = regexp.MustCompile(`(?i)\b(?:invalid|failed|failure|illegal|panic|strconv|reflect|unmarshal\w*|libyaml)\b|<nil>|%!|yaml: |!!|\*?\b(?:yaml|archive|content|problem)\.[A-Z]|\[\]string|map\[`)

// tellWords finds the programmer's words in a message, but for those that the
// file itself has.
func tellWords(t *testing.T, p problem.Problem, file string) {
	t.Helper()
	for _, text := range []string{p.What, p.Mend} {
		for _, word := range notArchivists.FindAllString(text, -1) {
			if !strings.Contains(strings.ToLower(file), strings.ToLower(word)) {
				t.Errorf("%q is no archivist's word, in %q", word, text)
			}
		}
	}
}

// lineBreak is what editors and YAML count lines by.
var lineBreak = regexp.MustCompile("\r\n|[\n\r\u0085\u2028\u2029]")

// FuzzReadDocument reads any file without a panic, and tells its mistakes with
// file, line and words that an archivist knows.
func FuzzReadDocument(f *testing.F) {
	for _, s := range nasty {
		f.Add("---\ntitle: " + s + "\n---\n\n" + s + "\n")
		f.Add("---\n" + s + "\n---\n")
	}
	for _, field := range []Field[archive.Document]{DocumentFields[0], DocumentFields[1], DocumentFields[6], DocumentFields[14], DocumentFields[len(DocumentFields)-1]} {
		for _, value := range []string{"[", "{a: b, c: d}", "x\n  - y", "\n  - a: b\n    c: d\n  - [e]", "\n  a: b\n  a: c", "&a b", "*a", "!!int 3", "\"\\x\"", "\"\\uD800\"", "|\n  a\n b", "\t", "? ", "a: b: c", "%", "@", "`", "- - -", "!<", "!!binary x", "'a", "\"a"} {
			f.Add("---\ntitle: T\n" + field.Key + ": " + value + "\n---\n\n[a](b) <c> ![d](/documents/e/f/)\n")
		}
	}
	f.Add("---\r\ntitle: A\r\n---\r\n")
	f.Add("\ufeff---\ntitle: A\n--- \n")
	f.Fuzz(func(t *testing.T, file string) {
		r, record := ReadDocument("2022/a", []byte(file))
		if r == nil || record == nil {
			t.Fatal("no reading")
		}
		if r.BodyAt < 0 || r.BodyAt > len(file) {
			t.Fatalf("the body begins at %d of %d", r.BodyAt, len(file))
		}
		problems := problemsOf(r)
		if r.Title == "" && len(problems) == 0 {
			t.Error("there is no title, and no problem either")
		}
		lines := 1 + len(lineBreak.FindAllString(file, -1))
		if r.Told != nil {
			problems = append(problems, r.Told.Notices...)
			for _, l := range r.Told.Local {
				if l.Line < 1 || l.Line+r.BodyLine-1 > lines {
					t.Errorf("a link in line %d of a body that begins in line %d of %d", l.Line, r.BodyLine, lines)
				}
			}
		}
		for _, p := range problems {
			if p.File != "content/documents/2022/a.md" || p.Line < 0 || p.Line > lines || p.What == "" || p.Mend == "" {
				t.Errorf("of %d lines: %+v", lines, p)
			}
			if strings.Contains(p.What, "\n") || strings.Contains(p.Mend, "\n") {
				t.Errorf("more than a line: %q", p)
			}
			tellWords(t, p, file)
		}
		if len(problemsOf(r)) > 0 {
			return
		}
		// What has no problem is written so that it is read the same again.
		d := &archive.Document{Entry: r.Entry, Record: *record}
		again, _ := ReadDocument("2022/a", FormatDocument(d, file[r.BodyAt:]))
		if len(problemsOf(again)) > 0 || again.Title != r.Title || again.Date != r.Date || fmt.Sprint(again.Venues) != fmt.Sprint(r.Venues) {
			t.Errorf("read again: %v %+v", problemsOf(again), again.Entry)
		}
	})
}

// FuzzReadSettings reads any archive.yaml without a panic.
func FuzzReadSettings(f *testing.F) {
	for _, s := range nasty {
		f.Add("title: " + s + "\nbase-url: https://example.org/" + s + "\n")
	}
	f.Fuzz(func(t *testing.T, file string) {
		settings, problems := ReadSettings([]byte(file))
		if settings.Title == "" && len(problems) == 0 {
			t.Error("there is no title, and no problem either")
		}
		if settings.BaseURL != "" && !strings.HasSuffix(settings.BaseURL, "/") {
			t.Errorf("the base is %q", settings.BaseURL)
		}
		for _, p := range problems {
			tellWords(t, p, file)
		}
	})
}
