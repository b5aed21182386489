package markdown

import (
	"fmt"
	"strings"
	"testing"
)

// TestPlainGivesWordsAndLines takes the words out of every form of mark-up.
func TestPlainGivesWordsAndLines(t *testing.T) {
	body := "# A *heading*\n\nOne line,\nand [its](https://x.example) rest\\*.\\\nBroken.\n\n- item &amp; `a\\*b`\n- two\n\n> quoted ![alt](p.png)\n\n" +
		"| a | b |\n|---|---|\n| 1 | **2** |\n\n```go\nx := 1\n\n  y\n```\n\nTerm\n:   Meaning[^n]\n\n<div>\nraw\n</div>\n\n<https://y.example> a <b>c\n\n---\n\n[^n]: The note.\n"
	var got strings.Builder
	for _, l := range Plain([]byte(body)) {
		fmt.Fprintf(&got, "%d/%d %s\n", l.Number, l.Heading, l.Text)
	}
	want := `1/1 A heading
3/0 One line, and its rest*.
5/0 Broken.
7/0 item & a\*b
8/0 two
10/0 quoted alt
12/0 a | b
14/0 1 | 2
17/0 x := 1
19/0   y
22/0 Term
23/0 Meaning[1]
25/0 <div>
26/0 raw
27/0 </div>
29/0 https://y.example a <b>c
33/0 The note.
`
	if got.String() != want {
		t.Errorf("got\n%s", got.String())
	}
}
