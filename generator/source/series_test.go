package source

import (
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"chancery/generator/archive"
	"chancery/generator/manuscript"
)

// inWindows yields a text as a large file comes: in parts of about that many
// bytes, cut at line ends.
func inWindows(text string, size int) iter.Seq[manuscript.Manuscript] {
	return func(yield func(manuscript.Manuscript) bool) {
		for line := 1; text != ""; {
			part := text
			if len(text) > size {
				end := strings.LastIndexByte(text[:size], '\n') + 1
				if end == 0 {
					end = strings.IndexByte(text, '\n') + 1
				}
				if end > 0 {
					part = text[:end]
				}
			}
			text = text[len(part):]
			m := manuscript.Manuscript{Lines: manuscript.SplitLines(part, line), Line: line, Continues: text != ""}
			line += len(m.Lines)
			if !yield(m) {
				return
			}
		}
	}
}

// readInWindows gives the drafts of a text that comes in parts and is read as
// soon as so many bytes are at hand, and its problems.
func readInWindows(r *Reader, text string, size, atOnce int) (drafts []archive.Draft, problems []string) {
	tell := func(line int, what, mend string) { problems = append(problems, fmt.Sprint(line, ": ", what)) }
	keep := func(d archive.Draft) bool {
		drafts = append(drafts, d)
		return true
	}
	s := series{reader: r, yield: keep, tell: tell, digests: map[uint64]int32{}, atOnce: atOnce}
	for m := range inWindows(text, size) {
		if !s.take(&m) {
			return drafts, problems
		}
	}
	s.flush()
	return drafts, problems
}

// sameDrafts holds drafts that were read in parts against those read at once.
func sameDrafts(t *testing.T, what string, got, want []archive.Draft) {
	t.Helper()
	if len(got) != len(want) {
		t.Errorf("%s: %d drafts, at once %d", what, len(got), len(want))
	}
	for i := range min(len(got), len(want)) {
		if !reflect.DeepEqual(got[i], want[i]) {
			g, w := fmt.Sprintf("%+v", got[i]), fmt.Sprintf("%+v", want[i])
			at := 0
			for at < min(len(g), len(w)) && g[at] == w[at] {
				at++
			}
			t.Errorf("%s: draft %d of %d is\n%.300s\nat once\n%.300s", what, i, len(got), g[max(0, at-60):], w[max(0, at-60):])
			return
		}
	}
}

// TestAPartedTextGivesTheSameDrafts reads texts of every shape in windows.
func TestAPartedTextGivesTheSameDrafts(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) < 15 {
		t.Fatalf("texts: %d, %v", len(files), err)
	}
	r := ownReader(t)
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		text := strings.TrimPrefix(string(data), "\uFEFF")
		want, _, _ := readText(r, file, []byte(text))
		for _, size := range []int{200, 500, 1000, 3000} {
			got, problems := readInWindows(r, text, size, 0)
			if len(problems) > 0 {
				t.Errorf("%s: %v", file, problems)
			}
			sameDrafts(t, fmt.Sprintf("%s in windows of %d bytes", file, size), got, want)
		}
	}
}

// TestPartedDumpsGiveTheSameDrafts reads larger dumps in windows.
func TestPartedDumpsGiveTheSameDrafts(t *testing.T) {
	if testing.Short() {
		t.Skip("skipped by -short: it reads long dumps many times")
	}
	r := ownReader(t)
	preview, _ := bigDump(1 << 20)
	for name, text := range map[string]string{
		"a dump of posts twice":   preview,
		"with the channel's head": "Harbour Daily\n1 204 subscribers\n" + preview,
		"posts behind signs":      signedDump(800 << 10),
		"a copy of the desktop":   bigDesktopCopy(1 << 20),
	} {
		want, _, _ := readText(r, name, []byte(text))
		for _, size := range []int{100 << 10, 200 << 10, 333333} {
			got, problems := readInWindows(r, text, size, size)
			if len(problems) > 0 {
				t.Errorf("%s: %v", name, problems)
			}
			sameDrafts(t, fmt.Sprintf("%s in windows of %d bytes", name, size), got, want)
		}
	}
}

// bigDesktopCopy makes a copy of a channel of about that many bytes.
func bigDesktopCopy(size int) string {
	var b strings.Builder
	for n := 1; b.Len() < size; n++ {
		fmt.Fprintf(&b, "Harbour Daily, [%02d.%02d.2023 %02d:%02d]\nPost number %d of the harbour\n\nThe boats of line %d sailed on time, and the fog lifted at noon over the sound.\n%s\n", n%28+1, n%12+1, n%24, n%60, n, n, strings.Repeat("More of it.\n", n%9))
	}
	return b.String()
}

// signedDump makes a dump whose posts stand there once, behind a sign each.
func signedDump(size int) string {
	var b strings.Builder
	for n := 1; b.Len() < size; n++ {
		fmt.Fprintf(&b, "VIEW IN TELEGRAM\nPost number %d of the harbour\n\nThe boats of line %d sailed on time.\n%s", n, n, strings.Repeat(fmt.Sprintf("More of it, %d.\n", n), n%5))
	}
	return b.String()
}
