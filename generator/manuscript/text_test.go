package manuscript

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestUnreadableIsTold names what no format reads.
func TestUnreadableIsTold(t *testing.T) {
	for text, want := range map[string]string{
		"%PDF-1.7 …":          "a PDF file",
		"PK\x03\x04rest":      "a ZIP file",
		`{"messages": []}`:    "a JSON file",
		"":                    "is empty",
		" \n\t\n":             "is empty",
		"a\x00b":              "byte 2 is NUL",
		"one\ntwo \xff three": "line 2",
	} {
		path := filepath.Join(t.TempDir(), "x")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		file, drafts := Open(path), 0
		for range file.Manuscripts() {
			drafts++
		}
		problems := file.Problems
		if drafts != 0 || len(problems) != 1 || !strings.Contains(problems[0].What, want) {
			t.Errorf("%q: %d drafts, %v; want %q", text, drafts, problems, want)
		}
	}
}
