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
// but paragraphs, links and the labels of turns.
func checkMarkdown(tb testing.TB, body string) {
	tb.Helper()
	markdown := Markdown(body, "")
	got, marks := shown(tb, markdown)
	if want := strings.Join(strings.Fields(body), " "); got != want {
		tb.Errorf("shown %q\n want %q\nmarkdown %q", got, want, markdown)
	}
	for _, tag := range tags.FindAllString(marks, -1) {
		if tag != "<p>" && tag != "</p>" && tag != "<strong>" && tag != "</strong>" && tag != "</a>" && !strings.HasPrefix(tag, "<a href=") {
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
	for _, label := range []string{"MR. SMITH:", "QUESTION (through interpreter):", "Q:", "Q :", "В.Путин:", "汪文斌：", "汪文斌（外交部）：", "O'Neil_Smith*:", "A & B:", "[Voice]:", "<Voice>:", "Mr *:"} {
		for _, rest := range []string{" text", "", "中方", "  two", "\u00a0x", " *a* `b` [c](d) **e** _f_", "**", "*x", " https://x.org/a_b", "_"} {
			checkMarkdown(t, label+rest+"\n\nQ: and "+rest+"\n"+label+rest+"\n\nA: x")
		}
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

func TestTheLabelsOfTurnsAreStrong(t *testing.T) {
	for _, c := range []struct{ name, body, want string }{
		{"questions and answers", "Q: Why?\n\nA: So: *thus*.", "**Q:** Why?\n\n**A:** So: \\*thus\\*."},
		{"names that come back", "Tran: One.\nMore: of it.\nDoe: Two.\nTran: Three.\nDoe: Four.", "**Tran:** One.\n\nMore: of it.\n\n**Doe:** Two.\n\n**Tran:** Three.\n\n**Doe:** Four."},
		{"notes in brackets", "QUESTION (in Thai): Why?\nMr. Doe [nods]: So.", "**QUESTION (in Thai):** Why?\n\n**Mr. Doe \\[nods\\]:** So."},
		{"Russian", "Вопрос: Когда?\nВ.Петров: Скоро.\nВопрос: Где?", "**Вопрос:** Когда?\n\n**В.Петров:** Скоро.\n\n**Вопрос:** Где?"},
		{"Chinese", "记者：何时？\n李明：五月。\n记者：何地？\n李明：河港。", "**记者**：何时？\n\n**李明**：五月。\n\n**记者**：何地？\n\n**李明**：河港。"},
		{"broken to a width", "MS. TRAN: The register of the pilots opens in\njune, and it is kept by the harbour office of\nthe town of the river.\nQUESTION: Who pays for it, and for the small\nboats of the towns?\nMS. TRAN: We do.", "**MS. TRAN:** The register of the pilots opens in\njune, and it is kept by the harbour office of\nthe town of the river.\n\n**QUESTION:** Who pays for it, and for the small\nboats of the towns?\n\n**MS. TRAN:** We do."},
		{"one heading", "Note: a heading.\nText.", "Note: a heading.\n\nText."},
		{"topics of a statement", "Climate Change: we agree.\nFood Security: we agree.\nRiver Trade: we agree.", "Climate Change: we agree.\n\nFood Security: we agree.\n\nRiver Trade: we agree."},
		{"a list of meetings", "Date: 3 May\nVenue: Port\nDate: 4 May\nVenue: Town", "Date: 3 May\n\nVenue: Port\n\nDate: 4 May\n\nVenue: Town"},
		{"one turn", "Minister: we agree.\nText.", "Minister: we agree.\n\nText."},
	} {
		if got := Markdown(c.body, ""); got != c.want {
			t.Errorf("%s:\n%s\nwant\n%s", c.name, got, c.want)
		}
	}
}

func FuzzMarkdown(f *testing.F) {
	f.Add("# a *b* [c](d) <e> &amp;")
	f.Add("Q: *a*\nMR. B*: **c**\nQ:d\n记者：e\nA: f")
	f.Add("a\n===\n| b |\n|---|\n~c~ `d`")
	f.Fuzz(func(t *testing.T, body string) {
		if !utf8.ValidString(body) || strings.ContainsFunc(body, func(c rune) bool { return c < ' ' && c != '\n' && c != '\t' || c == 0x7f || c == utf8.RuneError }) {
			t.Skip("no body of a draft holds such characters")
		}
		checkMarkdown(t, body)
	})
}
