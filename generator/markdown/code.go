package markdown

import (
	"bytes"
	"strings"
	"sync"

	"github.com/alecthomas/chroma/v2"
	"github.com/alecthomas/chroma/v2/formatters/html"
	"github.com/alecthomas/chroma/v2/lexers"
	"github.com/yuin/goldmark/ast"
	goldmarkhtml "github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/util"
)

// code renders a fenced block with chroma's classes; the colours are the style
// sheet's, so that they follow light and dark.
func (r *nodes) code(w util.BufWriter, source []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	n := node.(*ast.FencedCodeBlock)
	var code bytes.Buffer
	for i := range n.Lines().Len() {
		line := n.Lines().At(i)
		code.Write(line.Value(source))
	}
	if !highlight(w, string(n.Language(source)), code.String()) {
		_, _ = w.WriteString(`<pre class="chroma" tabindex="0"><code>`)
		goldmarkhtml.DefaultWriter.RawWrite(w, code.Bytes())
		_, _ = w.WriteString("</code></pre>\n")
	}
	return ast.WalkContinue, nil
}

func highlight(w util.BufWriter, language, code string) bool {
	lexer := lexerFor(language)
	if lexer == nil {
		return false
	}
	tokens, err := lexer.Tokenise(nil, code)
	if err != nil {
		return false
	}
	var out bytes.Buffer
	if err := html.New(html.WithClasses(true), html.WithPreWrapper(scrollable{})).Format(&out, noStyle(), tokens); err != nil {
		return false
	}
	_, _ = w.Write(out.Bytes())
	return true
}

// scrollable is a block of code that the keyboard can scroll.
type scrollable struct{}

func (scrollable) Start(_ bool, style string) string { return `<pre tabindex="0"` + style + `><code>` }
func (scrollable) End(bool) string                   { return "</code></pre>\n" }

// noStyle colours nothing: with classes the formatter needs a style only to
// leave out the classes of tokens it does not mention, so all are mentioned.
var noStyle = sync.OnceValue(func() *chroma.Style {
	entries := chroma.StyleEntries{}
	for token := range chroma.StandardTypes {
		entries[token] = "inherit"
	}
	entries[chroma.Text] = ""
	style, err := chroma.NewStyle("classes", entries)
	if err != nil {
		return &chroma.Style{Name: "classes"}
	}
	return style
})

// known keeps what was found for a language: a name that no lexer has costs
// milliseconds to look up.
var known sync.Map // string → chroma.Lexer, nil where there is none

func lexerFor(language string) chroma.Lexer {
	language = strings.ToLower(language)
	if language == "" {
		return nil
	}
	if found, ok := known.Load(language); ok {
		lexer, _ := found.(chroma.Lexer)
		return lexer
	}
	lexer := lexers.Get(language)
	if lexer == nil {
		known.Store(language, 0)
		return nil
	}
	lexer = chroma.Coalesce(lexer)
	known.Store(language, lexer)
	return lexer
}
