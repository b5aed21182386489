package source

import (
	"bytes"
	"html"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
)

var engine = goldmark.New(goldmark.WithExtensions(extension.Table, extension.Strikethrough, extension.Footnote, extension.DefinitionList))

var tags = regexp.MustCompile(`<[^>]*>`)

// shown gives the text that a reader sees of Markdown, and the tags in it.
func shown(tb testing.TB, markdown string) (string, string) {
	var b bytes.Buffer
	if err := engine.Convert([]byte(markdown), &b); err != nil {
		tb.Fatal(err)
	}
	text := tags.ReplaceAllString(b.String(), "")
	return strings.Join(strings.Fields(html.UnescapeString(text)), " "), strings.Join(tags.FindAllString(b.String(), -1), "")
}

// checkMarkdown holds the Markdown of a body to showing its text and nothing
// but paragraphs and links.
func checkMarkdown(tb testing.TB, body string) {
	tb.Helper()
	markdown := Markdown(body, "")
	got, marks := shown(tb, markdown)
	if want := strings.Join(strings.Fields(body), " "); got != want {
		tb.Errorf("shown %q\n want %q\nmarkdown %q", got, want, markdown)
	}
	for _, tag := range tags.FindAllString(marks, -1) {
		if tag != "<p>" && tag != "</p>" && tag != "</a>" && !strings.HasPrefix(tag, "<a href=") {
			tb.Errorf("%s in the page of %q", tag, markdown)
		}
	}
}

func TestMarkdownShowsTheText(t *testing.T) {
	for _, body := range []string{
		"# a\n## b\n#c", "- a\n+ b\n* c\n1. d\n37.\te\n9) f", "> a", "a\n===\n---\n***\n___", "*a* _b_ __c__ a_b_c ~d~ ~~e~~ `f` ``g``",
		"[a](b) ![c](d) [e]: f\n[^1]: note [^1]", "<b>x</b> <...> <script> <https://x.y> &amp; &#65; & b", "a | b\n---|---\n1 | 2", "term\n: definition",
		`back\slash \* \`, "    code\n\tcode", "```\ncode\n```", "see https://example.org/a_b_c?d=e&f=*g*. And http://x.org/(y), ok", "a  \nb", "line one goes on\nand on and on\n+ and on it went for some time\nuntil the end of it",
		"https://", "http://a", "a<!-- b", "x\u00a0y", "&copy &copy;", "1986\\. A year", "!\\[a]", "<a@b.c>", "~~~\na\n~~~",
	} {
		checkMarkdown(t, body)
	}
	files, _ := filepath.Glob("testdata/*.txt")
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		checkMarkdown(t, string(text))
	}
}

// TestMarkdownLeavesTheTitleOut only where the line equals the title.
func TestMarkdownLeavesTheTitleOut(t *testing.T) {
	for _, c := range [][3]string{
		{"A title\n\nThe text.", "A title", "The text."},
		{"3 May 2024\n\nA title\n\nThe text.", "A title", "3 May 2024\n\nThe text."},
		{"#A title\nThe text.", "A title", "\\#A title\n\nThe text."},
		{"A title\nA title\nThe text.", "A title", "A title\n\nThe text."},
	} {
		if got := Markdown(c[0], c[1]); got != c[2] {
			t.Errorf("%q: %q, want %q", c[0], got, c[2])
		}
	}
}

func FuzzMarkdown(f *testing.F) {
	f.Add("# a *b* [c](d) <e> &amp;")
	f.Add("a\n===\n| b |\n|---|\n~c~ `d`")
	f.Fuzz(func(t *testing.T, body string) {
		if !utf8.ValidString(body) || strings.ContainsFunc(body, func(c rune) bool { return c < ' ' && c != '\n' && c != '\t' || c == 0x7f || c == utf8.RuneError }) {
			t.Skip("no body of a draft holds such characters")
		}
		checkMarkdown(t, body)
	})
}
