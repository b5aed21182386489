package manuscript

import (
	"os/exec"
	"strings"
	"testing"
)

// officeFile makes a document of Markdown as pandoc does.
func officeFile(t *testing.T, name, text string) []Manuscript {
	t.Helper()
	needs(t, pandoc)
	c := exec.Command("pandoc", "--from=markdown", "--to="+strings.TrimPrefix(name[strings.LastIndexByte(name, '.'):], "."), "--output=-")
	c.Stdin = strings.NewReader(text)
	data, err := c.Output()
	if err != nil {
		t.Fatal(err)
	}
	all, problems := read(t, name, string(data))
	if len(all) != 1 || len(problems) > 0 {
		t.Fatalf("%d manuscripts, %v", len(all), problems)
	}
	return all
}

// TestATableKeepsItsHeadingRow in both formats of word processors.
func TestATableKeepsItsHeadingRow(t *testing.T) {
	for _, name := range []string{"board.odt", "board.docx"} {
		all := officeFile(t, name, "The board met.\n\n| Item | Cost |\n|------|------|\n| Lamp | 12 |\n| Rope | 8 |\n\nIt rose at noon.\n")
		got := strings.Join(strings.Fields(all[0].Markdown), " ")
		for _, want := range []string{"| Item | Cost |", "| Lamp | 12 |", "| Rope | 8 |", "It rose at noon."} {
			if !strings.Contains(got, want) {
				t.Errorf("%s: %q is not in %q", name, want, got)
			}
		}
		if strings.Index(got, "Item") > strings.Index(got, "|--") {
			t.Errorf("%s: the heading is not one: %q", name, got)
		}
		if text := all[0].Text(); !strings.Contains(text, "Item") {
			t.Errorf("%s: %q", name, text)
		}
	}
}

// TestTheTitleOfADocumentIsNotInItsBody whether a style or a heading holds it.
func TestTheTitleOfADocumentIsNotInItsBody(t *testing.T) {
	const styled = "---\ntitle: Minutes of the board\nauthor: Ida Holm\n---\n\n# Minutes of the board\n\nThe board met.\n"
	const headed = "# Minutes of the *board*\n\nThe board met.\n"
	for _, name := range []string{"minutes.odt", "minutes.docx"} {
		for text, want := range map[string]string{styled: "Ida Holm\n\nThe board met.", headed: "The board met."} {
			m := officeFile(t, name, text)[0]
			if got := strings.TrimSpace(m.Markdown); got != want {
				t.Errorf("%s: %q, want %q", name, got, want)
			}
			if got := claimOf(&m, "title"); got != "Minutes of the board" {
				t.Errorf("%s: the title is %q", name, got)
			}
		}
	}
}

// TestSoftHyphensOfAPDF go where they part nothing.
func TestSoftHyphensOfAPDF(t *testing.T) {
	for word, want := range map[string]string{"dou\u00adb\u00adled": "doubled", "dou\u00ad": "dou-", "plain-word": "plain-word"} {
		if got := withoutSoftHyphens(word); got != want {
			t.Errorf("%q: %q, want %q", word, got, want)
		}
	}
}
