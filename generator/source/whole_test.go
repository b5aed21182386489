package source

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"chancery/generator/archive"
)

// checkWhole holds a reading to its promise: each line of the source document
// stands in a body, in the order of the text, or is chrome, or heads posts.
func checkWhole(tb testing.TB, text string, drafts []archive.Draft) {
	tb.Helper()
	lines := testLines(strings.TrimPrefix(text, "\uFEFF"))
	kept := map[string]bool{}
	for _, d := range drafts {
		for l := range strings.SplitSeq(d.Body, "\n") {
			kept[strings.TrimSpace(l)] = true
		}
	}
	menu := len(lines) - menuAtEnd(lines)
	channel, from := newDump(lines).channel()
	for i, l := range filled(lines) {
		s := strings.TrimSpace(l.text)
		if kept[s] || isChrome(l.text) || l.number > menu || i < from && channel.Text != "" || desktopHeader().MatchString(l.text) {
			continue
		}
		tb.Errorf("line %d is in no document and no chrome: %q", l.number, l.text)
	}
	all := map[string]bool{}
	for _, l := range lines {
		all[strings.TrimSpace(l.text)] = true
	}
	for _, d := range drafts {
		for l := range strings.SplitSeq(d.Body, "\n") {
			if l = strings.TrimSpace(l); l != "" && !all[l] {
				tb.Errorf("a line of the document %q is not in the source: %q", d.Title.Text, l)
			}
		}
	}
}

// TestNothingIsLost reads the texts of the golden drafts.
func TestNothingIsLost(t *testing.T) {
	files, _ := filepath.Glob("testdata/*.txt")
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		drafts, _, _ := readText(ownReader(t), file, text)
		checkWhole(t, string(text), drafts)
	}
}

// TestChromeAloneIsTold has a problem for a text of which nothing is left.
func TestChromeAloneIsTold(t *testing.T) {
	drafts, _, problems := readText(ownReader(t), "x", []byte("All news\nVIEW IN TELEGRAM\n\n"))
	if len(drafts) != 0 || len(problems) != 1 || !strings.Contains(problems[0].What, "no text in it") {
		t.Errorf("%d drafts, %v", len(drafts), problems)
	}
}
