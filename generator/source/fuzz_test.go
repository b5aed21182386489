package source

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"chancery/generator/archive"
	"chancery/generator/manuscript"
)

// fuzzFormat reads any text as one format would: whatever it is, nothing is
// lost and every value is one that the archive can hold.
func fuzzFormat(f *testing.F, texts string, read func(*reading) []*reading) {
	files, err := filepath.Glob(texts)
	if err != nil || len(files) == 0 {
		f.Fatalf("no texts like %s", texts)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(text))
	}
	r := ownReader(f)
	f.Fuzz(func(t *testing.T, written string) {
		if !utf8.ValidString(written) || strings.ContainsRune(written, 0) {
			t.Skip("import reads text alone")
		}
		lines := testLines(written)
		if len(filled(withoutChrome(lines))) == 0 {
			t.Skip("nothing is left but chrome")
		}
		var drafts []archive.Draft
		for _, g := range read(r.newReading(text{lines: lines})) {
			g.finish()
			drafts = append(drafts, g.draft)
		}
		for i := range drafts {
			checkDraft(t, r, &drafts[i])
		}
		if len(drafts) > 0 {
			checkWhole(t, written, drafts)
		}
	})
}

// checkDraft holds a draft to what the archive can keep.
func checkDraft(t *testing.T, r *Reader, d *archive.Draft) {
	doc, terms := d.Document(r.vocabulary)
	if _, err := archive.ParseDate(doc.Date.String()); err != nil {
		t.Errorf("date %v: %v", doc.Date, err)
	}
	if id := archive.NewID(doc.Date, doc.Title); !id.WellFormed() {
		t.Errorf("title %q gives the ID %q", doc.Title, id)
	}
	for _, term := range terms {
		if !archive.IsSlug(string(term.ID)) || strings.ContainsAny(term.Name, "\n\x00") {
			t.Errorf("new term %q: %q", term.ID, term.Name)
		}
	}
	for _, line := range doc.Review {
		if strings.Contains(line, "\n") {
			t.Errorf("review is of several lines: %q", line)
		}
	}
	if strings.ContainsAny(doc.Title, "\n\r") || strings.TrimSpace(d.Body) == "" {
		t.Errorf("title %q, body %q", doc.Title, d.Body)
	}
}

func FuzzWire(f *testing.F) { fuzzFormat(f, "testdata/wire_*.txt", readWire) }
func FuzzPage(f *testing.F) { fuzzFormat(f, "testdata/page_*.txt", readPage) }
func FuzzNews(f *testing.F) { fuzzFormat(f, "testdata/news_*.txt", readNews) }
func FuzzDump(f *testing.F) { fuzzFormat(f, "testdata/dump_*.txt", readDump) }

func FuzzDesktopCopy(f *testing.F) {
	fuzzFormat(f, "testdata/desktop.txt", func(g *reading) []*reading {
		if !isDesktopCopy(g) {
			return nil
		}
		return readDesktopCopy(g)
	})
}

// testLines gives the lines of a text as they come out of a file.
func testLines(text string) []line {
	return linesOf(&manuscript.Manuscript{Lines: manuscript.SplitLines(text, 1)})
}
