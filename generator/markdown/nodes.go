package markdown

import (
	"strconv"
	"strings"
	"unicode"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/util"
	"golang.org/x/text/unicode/norm"
)

// nodes renders what goldmark's own renderer would render otherwise: links and
// pictures, raw HTML, code with its language.
type nodes struct {
	base string // where the archive's pages lie: "/"
}

func (r *nodes) RegisterFuncs(reg renderer.NodeRendererFuncRegisterer) {
	reg.Register(ast.KindLink, r.link)
	reg.Register(ast.KindAutoLink, r.autoLink)
	reg.Register(ast.KindImage, r.image)
	reg.Register(ast.KindRawHTML, r.rawHTML)
	reg.Register(ast.KindHTMLBlock, r.htmlBlock)
	reg.Register(ast.KindFencedCodeBlock, r.code)
	reg.Register(kindSpeakerLabel, r.speaker)
}

// address is the target as it may stand in an attribute; empty where its scheme
// is not let through. Targets from the root get the archive's base.
func (r *nodes) address(target []byte) []byte {
	t := string(target)
	if scheme := schemeOf(t); scheme != "" && !openScheme(scheme) {
		return nil
	}
	if strings.HasPrefix(t, "/") && !strings.HasPrefix(t, "//") {
		t = r.base + t[1:]
	}
	return util.EscapeHTML(util.URLEscape([]byte(t), true))
}

func (r *nodes) link(w util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	n := node.(*ast.Link)
	if !entering {
		_, _ = w.WriteString("</a>")
		return ast.WalkContinue, nil
	}
	r.openLink(w, r.address(n.Destination))
	r.title(w, n.Title)
	_ = w.WriteByte('>')
	return ast.WalkContinue, nil
}

// openLink begins a link; one to an address that is not let through leads
// nowhere.
func (r *nodes) openLink(w util.BufWriter, address []byte) {
	if address == nil {
		_, _ = w.WriteString("<a")
		return
	}
	r.attribute(w, `<a href="`, address)
}

func (r *nodes) autoLink(w util.BufWriter, source []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	n := node.(*ast.AutoLink)
	target := n.URL(source)
	if n.AutoLinkType == ast.AutoLinkEmail && !strings.HasPrefix(strings.ToLower(string(target)), "mailto:") {
		target = append([]byte("mailto:"), target...)
	}
	r.openLink(w, r.address(target))
	_ = w.WriteByte('>')
	_, _ = w.Write(util.EscapeHTML(n.Label(source)))
	_, _ = w.WriteString("</a>")
	return ast.WalkContinue, nil
}

func (r *nodes) image(w util.BufWriter, source []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	n := node.(*ast.Image)
	address := r.address(n.Destination)
	if isElsewhere(string(n.Destination)) { // the reader's browser asks nobody but the archive
		_, _ = w.Write(util.EscapeHTML([]byte(textOf(n, source))))
		return ast.WalkSkipChildren, nil
	}
	r.attribute(w, `<img src="`, address)
	r.attribute(w, ` alt="`, util.EscapeHTML([]byte(textOf(n, source))))
	r.title(w, n.Title)
	_, _ = w.WriteString(` loading="lazy">`)
	return ast.WalkSkipChildren, nil
}

func (r *nodes) title(w util.BufWriter, title []byte) {
	if len(title) > 0 {
		_, _ = w.WriteString(` title="`)
		html.DefaultWriter.Write(w, title)
		_ = w.WriteByte('"')
	}
}

func (r *nodes) attribute(w util.BufWriter, start string, value []byte) {
	_, _ = w.WriteString(start)
	_, _ = w.Write(value)
	_ = w.WriteByte('"')
}

func (r *nodes) rawHTML(w util.BufWriter, source []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		segments := node.(*ast.RawHTML).Segments
		for i := range segments.Len() {
			segment := segments.At(i)
			html.DefaultWriter.RawWrite(w, segment.Value(source))
		}
	}
	return ast.WalkSkipChildren, nil
}

func (r *nodes) htmlBlock(w util.BufWriter, source []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	n := node.(*ast.HTMLBlock)
	if entering {
		_, _ = w.WriteString("<p>")
		for i := range n.Lines().Len() {
			line := n.Lines().At(i)
			html.DefaultWriter.RawWrite(w, line.Value(source))
		}
		return ast.WalkContinue, nil
	}
	if n.HasClosure() {
		html.DefaultWriter.RawWrite(w, n.ClosureLine.Value(source))
	}
	_, _ = w.WriteString("</p>\n")
	return ast.WalkContinue, nil
}

// textOf gives the text below a node, without markup.
func textOf(n ast.Node, source []byte) string {
	var b strings.Builder
	_ = ast.Walk(n, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Text:
			b.Write(n.Value(source))
		case *ast.String:
			b.Write(n.Value)
		}
		return ast.WalkContinue, nil
	})
	return b.String()
}

// headingIDs names headings by their words, in any script, each name once.
type headingIDs struct {
	taken map[string]bool
}

// Generate gives a heading's ID: its letters and digits in lower case, hyphens
// for all between.
func (ids *headingIDs) Generate(value []byte, _ ast.NodeKind) []byte {
	var b strings.Builder
	gap := false
	for _, r := range norm.NFC.String(string(value)) {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) {
			gap = b.Len() > 0
			continue
		}
		if gap {
			b.WriteByte('-')
			gap = false
		}
		b.WriteRune(unicode.ToLower(r))
	}
	name := b.String()
	if name == "" {
		name = "section"
	}
	if ids.taken == nil {
		ids.Put(nil)
	}
	unique := name
	for n := 2; ids.taken[unique]; n++ {
		unique = name + "-" + strconv.Itoa(n)
	}
	ids.Put([]byte(unique))
	return []byte(unique)
}

// Put takes a name that the text gave itself.
func (ids *headingIDs) Put(value []byte) {
	if ids.taken == nil {
		ids.taken = map[string]bool{"main": true} // the page's own
	}
	ids.taken[string(value)] = true
}
