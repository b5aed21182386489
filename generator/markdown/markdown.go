// Package markdown turns a body into HTML and tells which local files and pages
// it links to. All that is known of goldmark and chroma is known here. Raw HTML
// is shown as the text it is; only links that cannot run anything are let
// through.
package markdown

import (
	"bytes"
	"strings"
	"sync"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// A Renderer turns bodies into HTML. One serves any number of goroutines.
type Renderer struct {
	engine goldmark.Markdown
}

// New makes a renderer for an archive whose pages lie below base, a path with a
// slash at both ends: "/", "/archive/".
func New(base string) *Renderer {
	return &Renderer{newEngine(base, headings{}, turns{})}
}

func newEngine(base string, transformers ...parser.ASTTransformer) goldmark.Markdown {
	prioritized := make([]util.PrioritizedValue, len(transformers))
	for i, t := range transformers {
		prioritized[i] = util.Prioritized(t, 100+i)
	}
	return goldmark.New(
		extensions(),
		goldmark.WithParserOptions(parser.WithAutoHeadingID(), parser.WithASTTransformers(prioritized...)),
		goldmark.WithRendererOptions(renderer.WithNodeRenderers(util.Prioritized(&nodes{base: base}, 100))),
	)
}

// A buffer is what goldmark writes into without a buffer of its own between.
type buffer struct{ *bytes.Buffer }

func (buffer) Buffered() int { return 0 }
func (buffer) Flush() error  { return nil }

// Render writes the body as HTML. Where it has speakers' turns, two at least,
// each is <p class="turn"> with its label in <b class="speaker">, and those that
// ask have the class question too.
func (r *Renderer) Render(w *bytes.Buffer, body []byte) error {
	return r.engine.Convert(body, buffer{w}, parser.WithContext(newContext()))
}

// RenderTranscript writes a body that is known to be a transcript, where one
// turn is enough to be marked.
func (r *Renderer) RenderTranscript(w *bytes.Buffer, body []byte) error {
	context := newContext()
	context.Set(spoken, true)
	return r.engine.Convert(body, buffer{w}, parser.WithContext(context))
}

func newContext() parser.Context {
	return parser.NewContext(parser.WithIDs(&headingIDs{}))
}

// headings puts a body's headings under the page's own: whatever level the
// highest of them has becomes the second.
type headings struct{}

func (headings) Transform(doc *ast.Document, _ text.Reader, _ parser.Context) {
	highest := 6
	for n := doc.FirstChild(); n != nil; n = n.NextSibling() {
		if h, ok := n.(*ast.Heading); ok {
			highest = min(highest, h.Level)
		}
	}
	lower(doc, highest-2)
}

// lower takes so much from the levels of the headings in a block and in the
// quotations and lists within it; none comes above the second.
func lower(block ast.Node, by int) {
	for n := block.FirstChild(); n != nil; n = n.NextSibling() {
		switch n := n.(type) {
		case *ast.Heading:
			n.Level = max(2, min(6, n.Level-by))
		case *ast.Blockquote, *ast.List, *ast.ListItem:
			lower(n, by)
		}
	}
}

// extensions are those of the Markdown that bodies are written in. Neither
// Typographer, which would change the words of a source, nor Linkify: what was
// no link in the source is none here.
func extensions() goldmark.Option {
	return goldmark.WithExtensions(extension.NewTable(extension.WithTableCellAlignMethod(extension.TableCellAlignAttribute)), extension.Strikethrough, extension.Footnote, extension.DefinitionList)
}

// linkParser reads bodies as a Renderer does.
var linkParser = sync.OnceValue(func() parser.Parser { return goldmark.New(extensions()).Parser() })

// A Link is a target in a body that has no scheme of the open web.
type Link struct {
	Target string // as written
	Line   int    // of the body, from 1
}

// Links finds the body's links to files beside the document and to pages of the
// archive, and those that are not let through: of a scheme that may run
// something, and pictures from elsewhere. It costs next to
// nothing for a body whose links all go to the web.
func Links(body []byte) (local, refused []Link) {
	if !mayLinkLocally(body) {
		return nil, nil
	}
	doc := linkParser().Parse(text.NewReader(body))
	at := 0 // where the last block with lines began: inline nodes have no place of their own
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		if n.Type() == ast.TypeBlock && n.Lines().Len() > 0 {
			at = n.Lines().At(0).Start
		}
		var target string
		switch n := n.(type) {
		case *ast.Link:
			target = string(n.Destination)
		case *ast.Image:
			if target = string(n.Destination); isElsewhere(target) {
				refused = append(refused, Link{target, lineOf(body, at, target)})
				return ast.WalkContinue, nil
			}
		case *ast.AutoLink:
			target = string(n.URL(body))
		default:
			return ast.WalkContinue, nil
		}
		link := Link{target, lineOf(body, at, target)}
		switch scheme := schemeOf(target); {
		case scheme == "" && !strings.HasPrefix(target, "#") && !strings.HasPrefix(target, "//") && target != "":
			local = append(local, link)
		case scheme != "" && !openScheme(scheme):
			refused = append(refused, link)
		}
		return ast.WalkContinue, nil
	})
	return local, refused
}

// lineOf gives the line of the target's first appearance from there on.
func lineOf(body []byte, from int, target string) int {
	if i := bytes.Index(body[from:], []byte(target)); i >= 0 {
		from += i
	}
	return 1 + bytes.Count(body[:from], []byte("\n"))
}

// mayLinkLocally looks for the beginnings of a link that does not go to http.
func mayLinkLocally(body []byte) bool {
	if bytes.Contains(body, []byte("![")) {
		return true
	}
	for _, mark := range [][]byte{[]byte("]("), []byte("]:"), []byte("<")} {
		for rest := body; ; {
			i := bytes.Index(rest, mark)
			if i < 0 {
				break
			}
			rest = rest[i+len(mark):]
			if target := bytes.TrimLeft(rest, " \t\n<"); !bytes.HasPrefix(target, []byte("http")) && !isFootnote(body, rest, mark) {
				return true
			}
		}
	}
	return false
}

// isFootnote says whether the mark just before rest ends a footnote's label.
func isFootnote(body, rest, mark []byte) bool {
	before := body[:len(body)-len(rest)-len(mark)]
	i := bytes.LastIndexByte(before, '[')
	return mark[0] == ']' && mark[1] == ':' && i >= 0 && i+1 < len(before) && before[i+1] == '^'
}

// openSchemes are the schemes of links that cannot run anything.
var openSchemes = []string{"http", "https", "mailto", "tel", "ftp"}

func openScheme(scheme string) bool {
	for _, s := range openSchemes {
		if strings.EqualFold(scheme, s) {
			return true
		}
	}
	return false
}

// isElsewhere says whether a target is of another site.
func isElsewhere(target string) bool {
	return schemeOf(target) != "" || strings.HasPrefix(target, "//")
}

// schemeOf gives what stands before the target's first colon where that can be
// a scheme (RFC 3986), as browsers read it: white space and control characters
// are passed over.
func schemeOf(target string) string {
	target = strings.Map(func(r rune) rune {
		if r <= ' ' || r == 0x7f {
			return -1
		}
		return r
	}, string(util.ResolveEntityNames(util.ResolveNumericReferences([]byte(target)))))
	scheme, _, ok := strings.Cut(target, ":")
	if !ok || scheme == "" || strings.ContainsAny(scheme, "/?#") {
		return ""
	}
	return scheme
}
