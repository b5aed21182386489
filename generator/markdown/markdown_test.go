package markdown

import (
	"bytes"
	"strings"
	"testing"
)

func render(t *testing.T, body string) string {
	t.Helper()
	var b bytes.Buffer
	if err := New("/base/").Render(&b, []byte(body)); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestNothingThatRunsIsLetThrough(t *testing.T) {
	for _, body := range []string{
		"<script>alert(1)</script>", "a <b onclick=x>b</b>", "[x](javascript:alert(1))", "[x](JaVaScRiPt&colon;alert(1))",
		"![x](data:text/html,hi)", "<javascript:alert(1)>", "[x]: vbscript:a\n\n[x]", "[x](java\tscript:a)", "<div>\n<img src=x onerror=y>\n</div>",
		"[x](&#106;avascript:alert(1))", "[x](file:///etc/passwd)",
	} {
		got := strings.ToLower(render(t, body))
		for _, bad := range []string{"<script", "<b ", `href="java`, `href="vbs`, `src="data`, "<img src=x", "<div", `href="file`, `href="&#`} {
			if strings.Contains(got, bad) {
				t.Errorf("%q became %q", body, got)
			}
		}
	}
}

func TestRawHTMLStaysAsText(t *testing.T) {
	got := render(t, "He said <quietly> so.\n\n<p>\nkept\n</p>\n")
	for _, want := range []string{"&lt;quietly&gt;", "&lt;p&gt;\nkept\n&lt;/p&gt;"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in %q", want, got)
		}
	}
}

func TestHeadingsStandUnderTheTitleAndAreNamedInAnyScript(t *testing.T) {
	got := render(t, "# Вопрос и ответ\n\n## Да\n\n# Вопрос и ответ\n")
	want := "<h2 id=\"вопрос-и-ответ\">Вопрос и ответ</h2>\n<h3 id=\"да\">Да</h3>\n<h2 id=\"вопрос-и-ответ-2\">Вопрос и ответ</h2>\n"
	if got != want {
		t.Errorf("got %q", got)
	}
}

func TestLinksFromTheRootGetTheBase(t *testing.T) {
	if got := render(t, "[a](/documents/2022/x/) [b](scan.pdf)"); !strings.Contains(got, `"/base/documents/2022/x/"`) || !strings.Contains(got, `"scan.pdf"`) {
		t.Error(got)
	}
}

func TestCodeHasChromasClasses(t *testing.T) {
	if got := render(t, "```go\nfunc main() { return 1 }\n```\n"); !strings.Contains(got, `<span class="kd">func</span>`) || strings.Contains(got, "style=") {
		t.Error(got)
	}
	if got := render(t, "```nosuchlanguage\na < b\n```\n"); !strings.Contains(got, "a &lt; b") {
		t.Error(got)
	}
}

func TestLinksAreFoundWithTheirLines(t *testing.T) {
	local, refused := Links([]byte("[web](https://example.org/)\n\nText ![p](pictures/a.png)\nand [q](/documents/2022/x/#p1)\n\n`[no](code.pdf)` [bad](javascript:x)\n"))
	if len(local) != 2 || local[0] != (Link{"pictures/a.png", 3}) || local[1] != (Link{"/documents/2022/x/#p1", 4}) {
		t.Errorf("local: %v", local)
	}
	if len(refused) != 1 || refused[0] != (Link{"javascript:x", 6}) {
		t.Errorf("refused: %v", refused)
	}
}
