package source

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"chancery/generator/archive"
	"chancery/generator/manuscript"
)

// fuzzFormat reads any text as one format would: whatever it is, nothing is
// lost and every value is one that the archive can hold.
func fuzzFormat(f *testing.F, texts string, read func(*reading) []*reading) {
	addTexts(f, texts)
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

// addTexts begins with the texts of that pattern.
func addTexts(f *testing.F, texts string) {
	f.Helper()
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

// fuzzFramed reads any text as posts with lines of their page about them: each
// line is in a post or frames one.
func fuzzFramed(f *testing.F, texts string, read func(*reading) []*reading, framing func(whole []line, s string) bool) {
	addTexts(f, texts)
	r := ownReader(f)
	f.Fuzz(func(t *testing.T, written string) {
		if !utf8.ValidString(written) || strings.ContainsRune(written, 0) {
			t.Skip("import reads text alone")
		}
		lines := testLines(written)
		var bodies strings.Builder
		for _, g := range read(r.newReading(text{lines: lines})) {
			g.finish()
			checkDraft(t, r, &g.draft)
			bodies.WriteString(g.draft.Body + "\n")
		}
		if bodies.Len() == 0 {
			t.Skip("no post is in it")
		}
		for _, l := range lines {
			s := strings.TrimSpace(l.text)
			if !l.blank() && !isChrome(s) && !framing(lines, s) && !strings.Contains(bodies.String(), s) {
				t.Errorf("line %d is in no post: %q", l.number, l.text)
			}
		}
	})
}

func FuzzPreview(f *testing.F) {
	fuzzFramed(f, "testdata/accuracy/dumps/web_*.txt", readPreview, func(whole []line, s string) bool {
		p := previewOf(whole)
		return p.cut == noCut || p.from > 0 && slices.ContainsFunc(whole[:p.from], func(l line) bool { return strings.TrimSpace(l.text) == s }) ||
			counterLine().MatchString(s) || clockLine().MatchString(s) || isDay(s) || s == p.name.text
	})
}

func FuzzPosts(f *testing.F) {
	fuzzFramed(f, "testdata/accuracy/dumps/*.txt", func(g *reading) []*reading {
		if !isPosts(g) {
			return nil
		}
		return readPosts(g)
	}, func([]line, string) bool { return false })
}

func FuzzChat(f *testing.F) {
	fuzzFramed(f, "testdata/accuracy/dumps/whatsapp_*.txt", func(g *reading) []*reading {
		if !isChat(g) {
			return nil
		}
		return readChat(g)
	}, func(whole []line, s string) bool {
		messages, _ := chatMessages(whole)
		for _, m := range messages {
			if m.sender == "" || leftOut(m.lines) {
				for _, l := range m.lines {
					if strings.HasSuffix(s, strings.TrimSpace(l.text)) {
						return true
					}
				}
			}
		}
		_, _, _, _, header := chatHeader(s)
		return header
	})
}

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
