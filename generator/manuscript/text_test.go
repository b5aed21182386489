package manuscript

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"chancery/generator/problem"
)

// read gives what a file of that name and content holds, and its problems.
func read(t *testing.T, name, content string) ([]Manuscript, []problem.Problem) {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	f := Open(path)
	all := slices.Collect(f.Manuscripts())
	return all, f.Problems
}

// TestDamageIsToldAndTheTextRead imports a text with broken bytes.
func TestDamageIsToldAndTheTextRead(t *testing.T) {
	for content, want := range map[string]string{
		"one\ntwo \xff three":                     "2: 1 byte is no UTF-8 and stands as �",
		"one\n\xff two\nthree \xfe and \xff four": "2: 3 bytes are no UTF-8 and stand as �",
		"one\ntwo\nthree\x00 and more":            "3: 1 NUL is left out",
		"one\x00 and more\ntwo\x00":               "1: 2 NULs are left out",
	} {
		all, problems := read(t, "x.txt", content)
		if len(all) != 1 || len(problems) != 1 || !strings.Contains(problems[0].String(), "x.txt:"+want) {
			t.Errorf("%q: %d manuscripts, %v; want %q", content, len(all), problems, want)
		}
	}
	all, problems := read(t, "x", "\xcf\xe0\xf0\xee\xf5\xee\xe4 \xee\xf2\xee\xf8\xb8\xeb \xee\xf2 \xef\xf0\xe8\xf1\xf2\xe0\xed\xe8")
	if len(problems) > 0 || len(all) != 1 || all[0].Text() != "Пароход отошёл от пристани\n" ||
		!slices.Equal(all[0].Claims, []Claim{{Field: "encoding", Text: "windows-1251", Where: "the bytes of the file"}}) {
		t.Errorf("%+v, %v", all, problems)
	}
}

// TestWindowsHoldTheWholeText reads texts in windows of several sizes, in
// several encodings, and puts them together again.
func TestWindowsHoldTheWholeText(t *testing.T) {
	var text strings.Builder
	for i := range 300 {
		fmt.Fprintf(&text, "Строка %d: пароход отошёл от пристани%s\n", i, strings.Repeat(", и туман", i%7))
	}
	for _, encoding := range []string{"UTF-8", "windows-1251", "UTF-16LE", "UTF-16BE", "koi8-r"} {
		for _, end := range []string{"\n", "\r\n", "\r"} {
			if end == "\r" && unitOf(encoding) > 1 {
				continue // windows of UTF-16 end at line feeds alone
			}
			content := strings.ReplaceAll(text.String(), "\n", end)
			if encoding != "UTF-8" {
				content = string(inEncoding(t, content, encoding))
			}
			for _, size := range []int{600, 1000, 4096, 1 << 20} {
				checkWindows(t, content, text.String(), size)
			}
		}
	}
}

func checkWindows(t *testing.T, content, want string, size int) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "x")
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	f := Open(path)
	var all []Manuscript
	readWindows(f, cutting{whole: size, window: size, longest: 4 * size}, func(m Manuscript) bool {
		all = append(all, m)
		return true
	})
	var got strings.Builder
	line := 1
	for i, m := range all {
		if m.Line != line || m.Lines[0].Number != line || m.Continues != (i < len(all)-1) {
			t.Fatalf("part %d of %d begins on line %d, %d; want %d; continues: %v", i, len(all), m.Line, m.Lines[0].Number, line, m.Continues)
		}
		line += len(m.Lines)
		got.WriteString(m.Text())
	}
	if got.String() != want || len(f.Problems) > 0 || size < 1<<20 && len(all) < 3 {
		t.Errorf("%d parts of %d bytes: %d characters of %d, %v", len(all), size, got.Len(), len(want), f.Problems)
	}
}

// TestAnEncodingMayShowLate decides on the window that has the first letter
// beyond ASCII.
func TestAnEncodingMayShowLate(t *testing.T) {
	late := "Пароход отошёл от пристани ровно в семь часов утра\n"
	content := strings.Repeat("plain words\n", 200) + string(inEncoding(t, strings.Repeat(late, 3), "koi8-r"))
	checkWindows(t, content, strings.Repeat("plain words\n", 200)+strings.Repeat(late, 3), 700)
}

// TestALineWithoutEndIsTold reads what stands before a line that is too long.
func TestALineWithoutEndIsTold(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x")
	content := strings.Repeat("a short line\n", 100) + strings.Repeat("x", 9000) + "\nafter it\n"
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	f := Open(path)
	lines := 0
	readWindows(f, cutting{whole: 1000, window: 1000, longest: 4000}, func(m Manuscript) bool {
		lines += len(m.Lines)
		return true
	})
	if lines != 100 || len(f.Problems) != 1 || f.Problems[0].Line != 101 || !strings.Contains(f.Problems[0].What, "is longer than") {
		t.Errorf("%d lines, %v", lines, f.Problems)
	}
}
