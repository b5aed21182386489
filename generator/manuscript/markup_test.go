package manuscript

import (
	"bytes"
	"html"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
)

var engine = goldmark.New(goldmark.WithExtensions(extension.Table, extension.Strikethrough, extension.Footnote, extension.DefinitionList))

var (
	anyTag     = regexp.MustCompile(`<[^>]*>`)
	allowedTag = regexp.MustCompile(`^</?(?:p|em|strong|del|code|pre|blockquote|a)>$|^<a href="(?:https?:|mailto:|tel:|tg:)[^"]*">$|^<code class="language-[^"]*">$`)
)

// checkMarkup holds the Markdown of spans to showing exactly their text.
func checkMarkup(tb testing.TB, spans []span) {
	tb.Helper()
	spans = tidySpans(spans)
	markdown := spansMarkdown(spans)
	var b bytes.Buffer
	if err := engine.Convert([]byte(markdown), &b); err != nil {
		tb.Fatal(err)
	}
	for _, tag := range anyTag.FindAllString(b.String(), -1) {
		if !allowedTag.MatchString(tag) {
			tb.Errorf("%s in the page of %q, from %+v", tag, markdown, spans)
		}
	}
	got := strings.Join(strings.Fields(html.UnescapeString(anyTag.ReplaceAllString(b.String(), ""))), "")
	if want := strings.Join(strings.Fields(plainOf(spans)), ""); got != want {
		tb.Errorf("shown %q\n want %q\nmarkdown %q, from %+v", got, want, markdown, spans)
	}
}

func TestMarkupIsWrittenAsMarkdown(t *testing.T) {
	for _, c := range []struct {
		spans []span
		want  string
	}{
		{[]span{{text: "a "}, {text: "b", marks: bold}, {text: " c"}}, "a **b** c"},
		{[]span{{text: "Title ", marks: bold}, {text: "text"}}, "**Title** text"},
		{[]span{{text: "Title:", marks: bold}, {text: "text"}}, "**Title**:text"},
		{[]span{{text: "“Title”", marks: bold}, {text: "\n\ntext\nmore"}}, "**“Title”**\n\ntext\n\nmore"},
		{[]span{{text: "one\ntwo", marks: italic}}, "_one_\n\n_two_"},
		{[]span{{text: "un", marks: italic}, {text: "done"}}, "*un*done"},
		{[]span{{text: "a", marks: bold | italic | struck}}, "~~**_a_**~~"},
		{[]span{{text: "bold ", marks: bold}, {text: "both", marks: bold | italic}, {text: " end", marks: bold}}, "**bold _both_ end**"},
		{[]span{{text: "see"}, {text: " here ", href: "https://example.org/a?b=c&d=(e)"}, {text: "now"}}, "see [here](https://example.org/a?b=c&amp;d=%28e%29) now"},
		{[]span{{text: "no", href: "javascript:alert(1)"}, {text: " and "}, {text: "mail", href: "mailto:a@example.org"}}, "no and [mail](mailto:a@example.org)"},
		{[]span{{text: "look!"}, {text: "there", href: "https://example.org"}}, `look\![there](https://example.org)`},
		{[]span{{text: "https://example.org/x", href: "https://example.org/x"}}, "<https://example.org/x>"},
		{[]span{{text: "at https://example.org/x", href: "https://example.org/y"}}, "[at https://example.org/x](https://example.org/y)"},
		{[]span{{text: "a`b", marks: code}, {text: " "}, {text: "`", marks: code}}, "``a`b`` `` ` ``"},
		{[]span{{text: "run:\n"}, {text: "x := 1\n\n  y()\n", marks: fenced, language: "go"}, {text: "done"}}, "run:\n\n```go\nx := 1\n\n  y()\n```\n\ndone"},
		{[]span{{text: "```", marks: fenced, language: "a b`c"}}, "````abc\n```\n````"},
		{[]span{{text: "before"}, {text: "one\ntwo", marks: quoted}, {text: "after"}}, "before\n\n> one\n>\n> two\n\nafter"},
		{[]span{{text: "# no heading\n1. no list\n- nor here\n*stars*"}}, "\\# no heading\n\n1\\. no list\n\n\\- nor here\n\n\\*stars\\*"},
		{[]span{{text: "- a", marks: bold}}, `**- a**`},
		{[]span{{text: "\n\n \n"}, {text: "  ", marks: bold}}, ""},
		{[]span{{text: "e\u0301\x00\u200b\r\nx"}}, "é\uFFFD\u200b\n\nx"},
	} {
		if got := spansMarkdown(tidySpans(c.spans)); got != c.want {
			t.Errorf("%+v:\n%s\nwant\n%s", c.spans, got, c.want)
		}
		checkMarkup(t, c.spans)
	}
}

// TestMarkupNextToMarkup puts every two marks beside each other.
func TestMarkupNextToMarkup(t *testing.T) {
	texts := []string{"a", "«a»", " a", "a ", "!", "*", "_a_", "`", "~", "[x]", "&", "copy;", "https://example.org/_a_", "\\", "1."}
	for m := range markSet(32) {
		for n := range markSet(32) {
			for i, s := range texts {
				u := texts[(i*7+int(m)+3*int(n))%len(texts)]
				checkMarkup(t, []span{{text: s, marks: m}, {text: u, marks: n}, {text: s, marks: m ^ n}, {text: u, marks: m, href: "https://example.org/&copy;"}, {text: s, marks: n}})
			}
		}
	}
}

func FuzzMarkup(f *testing.F) {
	f.Add("bold", "«it»", "x", "! ", uint32(0x02040801))
	f.Add("a\n> b", "`", "``c``", "https://e.org", uint32(0x80204008))
	f.Fuzz(func(t *testing.T, a, b, c, d string, m uint32) {
		spans := []span{
			{text: a, marks: markSet(m) & 63},
			{text: b, marks: markSet(m>>8) & 63, href: []string{"", "https://e.org/" + d}[m>>7&1]},
			{text: c, marks: markSet(m>>16) & 63, language: a},
			{text: d, marks: markSet(m>>24) & 63, href: []string{"", "tg://x?" + a}[m>>31&1]},
		}
		checkMarkup(t, spans)
		if !utf8.ValidString(spansMarkdown(tidySpans(spans))) {
			t.Error("the Markdown is not UTF-8")
		}
	})
}
