package manuscript

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"chancery/generator/markdown"
)

// fuzzFormat reads any bytes as one format: it never panics, gives only text, and
// never loses a file without a word.
func fuzzFormat(f *testing.F, seeds, name string, read func(*File, []byte, func(Manuscript) bool)) {
	files, err := filepath.Glob(seeds)
	if err != nil || len(files) == 0 {
		f.Fatalf("no files like %s", seeds)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		if !strings.HasSuffix(file, ".golden") {
			f.Add(data)
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 1<<16 {
			t.Skip("this input is left out: a large file shows nothing that a small one does not")
		}
		file := &File{Path: filepath.Join("testdata", "none", name), Size: int64(len(data)), Head: data[:min(len(data), headLength)]}
		var all []Manuscript
		read(file, data, func(m Manuscript) bool { all = append(all, m); return true })
		if len(all) == 0 && len(file.Problems) == 0 {
			t.Error("nothing is read and nothing told")
		}
		for i := range all {
			checkManuscript(t, &all[i])
		}
	})
}

func checkManuscript(t *testing.T, m *Manuscript) {
	if isBlank(m.Text()) {
		t.Error("a manuscript has no text")
	}
	if !utf8.ValidString(m.Text()) || !utf8.ValidString(m.Markdown) || strings.ContainsRune(m.Text(), 0) {
		t.Errorf("this is no text: %q, %q", m.Text(), m.Markdown)
	}
	for _, l := range m.Lines {
		if strings.ContainsAny(l.Text, "\r\n") {
			t.Errorf("line %d has line ends", l.Number)
		}
	}
	for _, c := range m.Claims {
		if isBlank(c.Text) || !utf8.ValidString(c.Text) || c.Where == "" || c.Field == "" {
			t.Errorf("claim %+v", c)
		}
		if c.Field == "original" {
			if _, ok := webAddress(c.Text); !ok {
				t.Errorf("the original %q is no address", c.Text)
			}
		}
	}
	names := map[string]bool{}
	for _, a := range m.Files {
		if names[a.Name] || !plainName().MatchString(a.Name) {
			t.Errorf("the file %q", a.Name)
		}
		names[a.Name] = true
	}
	var out bytes.Buffer
	if err := markdown.New("/").Render(&out, []byte(m.Markdown)); err != nil {
		t.Error(err)
	}
}

func FuzzWebPage(f *testing.F) { fuzzFormat(f, "testdata/pages/*.*", "page.html", readPageBytes) }

func FuzzFeed(f *testing.F) { fuzzFormat(f, "testdata/feeds/*.*", "feed.xml", readFeedBytes) }

func FuzzFrontMatter(f *testing.F) {
	fuzzFormat(f, "testdata/metadata/*.*", "2020-01-02-note.md", readMarkdownBytes)
}

func FuzzWebArchive(f *testing.F) {
	fuzzFormat(f, "testdata/pages/*.mhtml", "page.mhtml", readArchiveBytes)
}
