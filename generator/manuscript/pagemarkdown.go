package manuscript

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"sync"

	"github.com/JohannesKaufmann/html-to-markdown/v2/converter"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/base"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/commonmark"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/strikethrough"
	tableplugin "github.com/JohannesKaufmann/html-to-markdown/v2/plugin/table"
	"golang.org/x/net/html"
	"golang.org/x/text/unicode/norm"
)

// toMarkdown is the converter, in the dialect that bodies are written in.
var toMarkdown = sync.OnceValue(func() *converter.Converter {
	c := converter.NewConverter(converter.WithPlugins(
		base.NewBasePlugin(),
		commonmark.NewCommonmarkPlugin(commonmark.WithListEndComment(false), commonmark.WithHorizontalRule("---")),
		tableplugin.NewTablePlugin(tableplugin.WithHeaderPromotion(true), tableplugin.WithCellPaddingBehavior(tableplugin.CellPaddingBehaviorMinimal)),
		strikethrough.NewStrikethroughPlugin(),
	))
	c.Register.RendererFor("a", converter.TagTypeInline, renderLink, converter.PriorityEarly)
	c.Register.RendererFor("dt", converter.TagTypeBlock, renderTerm, converter.PriorityEarly)
	c.Register.RendererFor("dd", converter.TagTypeBlock, renderDefinition, converter.PriorityEarly)
	c.Register.TextTransformer(keepEntities, converter.PriorityLate)
	return c
})

// markdownOf writes a text as Markdown, "" where that cannot be done.
func markdownOf(main *html.Node) (text string) {
	// A page that breaks the library is imported by its lines.
	defer func() {
		if recover() != nil {
			text = ""
		}
	}()
	mergeTexts(main)
	out, err := toMarkdown().ConvertNode(main)
	if err != nil {
		return ""
	}
	if text = strings.TrimSpace(string(norm.NFC.Bytes(out))); text == "" {
		return ""
	}
	return text + "\n"
}

// destination writes an address so that Markdown takes all of it for one.
var destination = sync.OnceValue(func() *strings.Replacer {
	return strings.NewReplacer(" ", "%20", "(", "%28", ")", "%29", "<", "%3C", ">", "%3E", "\\", "%5C", "\t", "%09", "\n", "", "\r", "")
})

// renderLink writes a link with its address as the page has it.
func renderLink(ctx converter.Context, w converter.Writer, n *html.Node) converter.RenderStatus {
	var inner bytes.Buffer
	ctx.RenderChildNodes(ctx.WithValue("is_inside_link", true), &inner, n)
	words := inner.String()
	href := attribute(n, "href")
	if href == "" || isBlank(words) {
		w.WriteString(words)
		return converter.RenderSuccess
	}
	trimmed := strings.TrimSpace(words)
	if words[0] == ' ' || words[0] == '\n' {
		w.WriteByte(' ')
	}
	fmt.Fprintf(w, "[%s](%s)", strings.ReplaceAll(trimmed, "\n", " "), destination().Replace(href))
	if words[len(words)-1] == ' ' || words[len(words)-1] == '\n' {
		w.WriteByte(' ')
	}
	return converter.RenderSuccess
}

// renderTerm and renderDefinition write a definition list.
func renderTerm(ctx converter.Context, w converter.Writer, n *html.Node) converter.RenderStatus {
	var inner bytes.Buffer
	ctx.RenderChildNodes(ctx, &inner, n)
	if words := strings.Join(strings.Fields(inner.String()), " "); words != "" {
		w.WriteString("\n\n" + words + "\n")
	}
	return converter.RenderSuccess
}

func renderDefinition(ctx converter.Context, w converter.Writer, n *html.Node) converter.RenderStatus {
	var inner bytes.Buffer
	ctx.RenderChildNodes(ctx, &inner, n)
	text := strings.TrimSpace(inner.String())
	if text == "" {
		return converter.RenderSuccess
	}
	if !followsTerm(n) {
		w.WriteString("\n\n" + text + "\n\n")
		return converter.RenderSuccess
	}
	w.WriteString("\n:   " + strings.ReplaceAll(text, "\n", "\n    ") + "\n")
	return converter.RenderSuccess
}

// followsTerm says whether a term with words goes before a definition.
func followsTerm(n *html.Node) bool {
	for c := n.PrevSibling; c != nil; c = c.PrevSibling {
		if tag(c) == "dt" {
			return wordsOf(c) != ""
		}
	}
	return false
}

var entityForm = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`&(#?\w+;)`) })

// keepEntities escapes what reads as an entity in a text: there it is words. The
// converter has written its own two by then.
func keepEntities(_ converter.Context, content string) string {
	if !strings.Contains(content, "&") {
		return content
	}
	return entityForm().ReplaceAllStringFunc(content, func(s string) string {
		if s == "&lt;" || s == "&gt;" {
			return s
		}
		return "&amp;" + s[1:]
	})
}
