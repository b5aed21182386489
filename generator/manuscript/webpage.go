package manuscript

import (
	"bytes"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/html"

	"chancery/generator/problem"
)

// isWebPage knows a saved page by its first tag, or by its name where a tag
// stands in it at all.
func isWebPage(f *File) bool {
	start := markupStart(f.Head)
	for _, tag := range []string{"<!doctype html", "<html", "<head", "<body", "<title", "<meta "} {
		if strings.HasPrefix(start, tag) {
			return true
		}
	}
	switch f.Extension() {
	case ".html", ".htm", ".xhtml", ".xht", ".shtml":
		return strings.Contains(start, "<") && !startsForeign(f.Head)
	}
	return false
}

// markupStart gives the first bytes of mark-up in lower case, from the first tag
// on that is no comment and no XML declaration. Of UTF-16 only the ASCII is left.
func markupStart(head []byte) string {
	for _, mark := range []string{"\uFEFF", "\xff\xfe", "\xfe\xff"} {
		head = bytes.TrimPrefix(head, []byte(mark))
	}
	s := strings.ToLower(string(bytes.ReplaceAll(head, []byte{0}, nil)))
	s = strings.TrimLeft(s, " \t\r\n")
	for {
		end := ""
		switch {
		case strings.HasPrefix(s, "<!--"):
			end = "-->"
		case strings.HasPrefix(s, "<?"):
			end = "?>"
		default:
			return s
		}
		_, rest, ok := strings.Cut(s, end)
		if !ok {
			return s
		}
		s = strings.TrimLeft(rest, " \t\r\n")
	}
}

// startsForeign says whether bytes begin as those of a format that is no text.
func startsForeign(head []byte) bool {
	for _, known := range foreignStarts {
		if known.start[0] != '<' && known.start[0] < 0xfe && bytes.HasPrefix(head, []byte(known.start)) {
			return true
		}
	}
	return false
}

// readWebPage reads a saved page as one manuscript: its main text, and what its
// head says of it.
func readWebPage(f *File, yield func(Manuscript) bool) {
	if data, ok := f.whole(); ok {
		readPageBytes(f, data, yield)
	}
}

func readPageBytes(f *File, data []byte, yield func(Manuscript) bool) {
	if m, ok := readPage(f, data); ok {
		yield(m)
	}
}

// readPage makes a manuscript of a page's bytes. It says false where no text is
// in them, which it tells.
func readPage(f *File, data []byte) (Manuscript, bool) {
	p := &page{file: f}
	return p.readBytes(data, "")
}

// readBytes reads the bytes of a page whose encoding may be declared outside it.
func (p *page) readBytes(data []byte, declared string) (Manuscript, bool) {
	text, encoding, lossy := decodeMarkup(data, declared)
	if encoding != utf8Name {
		p.claim("encoding", encoding, "the bytes of the page")
	}
	if lossy > 0 {
		p.file.Tell(0, fmt.Sprintf("bytes of the page that are no character in the encoding %s are shown as \uFFFD: %d", encoding, lossy), "compare the text with the page in a browser")
	}
	doc, err := html.Parse(strings.NewReader(text))
	if err != nil {
		p.file.Tell(0, "the tags of the page are nested deeper than any browser shows, so its words are imported without mark-up and metadata", "compare the text with the page in a browser")
		return p.withoutTree(text)
	}
	p.doc = doc
	return p.read()
}

// A page is a saved web page while it is being read.
type page struct {
	file   *File
	doc    *html.Node
	base   *url.URL // its own address, nil where the page does not tell it
	claims []Claim
	metas  []meta
	linked []linkedBlock // its blocks of JSON-LD
	head   []string      // the lines of its header, which stand before the main text
	files  []Attachment
	parts  webParts // the pictures within its file, if that is a web archive
	lost   int      // pictures that should lie beside the page and do not
}

// claim notes what the page states.
func (p *page) claim(field, text, where string) {
	text = strings.Join(strings.Fields(text), " ")
	clean := Visible(text)
	if isBlank(clean) {
		return
	}
	told := func(q problem.Problem) bool { return strings.Contains(q.What, turned) }
	if field == "title" && strings.ContainsFunc(text, turnsDirection) && !slices.ContainsFunc(p.file.Problems, told) {
		p.file.Tell(0, fmt.Sprintf("%s %s", where, turned), "look whether the title reads as it should")
	}
	p.claims = append(p.claims, Claim{Field: field, Text: clip(clean, longestClaim), Where: where})
}

// turned says of a title what was wrong with it.
const turned = "has characters that turn the direction of writing, which are left out of the title"

// longestClaim bounds the text of a claim, in bytes.
const longestClaim = 4 << 10

// clip gives the first n bytes of a text, less the part of a character.
func clip(s string, n int) string {
	if len(s) <= n {
		return s
	}
	return strings.ToValidUTF8(s[:n], "")
}

// turnsDirection says whether a character changes the direction in which the
// text after it is shown.
func turnsDirection(c rune) bool { return c >= 0x202a && c <= 0x202e || c >= 0x2066 && c <= 0x2069 }

// Visible gives a title without the characters that change the direction in
// which the text after them is shown, and those that show nothing and only say
// where a line may end or may not. The signs that join letters and emoji stay.
func Visible(s string) string {
	return strings.Map(func(c rune) rune {
		switch {
		case turnsDirection(c), c == '\u200b', c == '\u200e', c == '\u200f', c == '\u061c', c == '\u2060', c == '\ufeff', c == '\u00ad':
			return -1
		}
		return c
	}, s)
}

// read makes the manuscript of the page's tree.
func (p *page) read() (Manuscript, bool) {
	p.unwrapSaved()
	dropSoftHyphens(p.doc)
	p.collectHead()
	p.findBase()
	p.stateAll()
	p.header()
	main := p.mainText()
	if h := first(p.doc, "h1"); h != nil {
		dropHeading(main, wordsOf(h)) // pages show the title above the text
	}
	p.pictures(main)
	simplify(main)
	p.links(main)
	body := blockLines(main)
	p.dropCutSummaries(body)
	lines := append(p.head, body...)
	if len(lines) == 0 {
		p.file.Tell(0, "there is no text in the page, so nothing is imported", "look whether it was saved whole: some pages fetch their text only when they are shown")
		return Manuscript{}, false
	}
	p.doc = nil // of a large page memory does not hold two trees and its Markdown
	m := Manuscript{Lines: SplitLines(strings.Join(lines, "\n"), 1), Claims: p.claims}
	if !mostlyPreformatted(main) {
		m.Markdown = markdownOf(main)
	}
	if m.Markdown != "" {
		m.Files = p.files
	}
	if p.lost > 0 {
		p.file.Tell(0, fmt.Sprintf("pictures of the page are not in the folder saved with it, so their words alone are imported: %d", p.lost), "save the page again with its pictures, or add them by hand")
	}
	return m, true
}

// withoutTree reads the words of a page whose tree cannot be made.
func (p *page) withoutTree(text string) (Manuscript, bool) {
	lines, title := tokenLines(text)
	p.claim("title", title, "the tag title")
	if len(lines) == 0 {
		p.file.Tell(0, "there is no text in the page, so nothing is imported", "look whether it was saved whole")
		return Manuscript{}, false
	}
	return Manuscript{Lines: SplitLines(strings.Join(lines, "\n"), 1), Claims: p.claims}, true
}

// tokenLines gives the words of a page, a line for each run without a block's
// tag, and its title.
func tokenLines(text string) (lines []string, title string) {
	z := html.NewTokenizer(strings.NewReader(text))
	var words []string
	flush := func() {
		if len(words) > 0 {
			lines = append(lines, strings.Join(words, " "))
			words = nil
		}
	}
	hidden := ""
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			flush()
			return lines, title
		}
		name, _ := z.TagName()
		tag := string(name)
		switch kind {
		case html.TextToken:
			found := strings.Fields(string(z.Text()))
			switch hidden {
			case "":
				words = append(words, found...)
			case "title":
				title = strings.Join(found, " ")
			}
		case html.StartTagToken:
			if tag == "script" || tag == "style" || tag == "title" {
				hidden = tag
			}
			fallthrough
		case html.SelfClosingTagToken:
			if !isInlineTag(tag) {
				flush()
			}
		case html.EndTagToken:
			if tag == hidden {
				hidden = ""
			}
			if !isInlineTag(tag) {
				flush()
			}
		}
	}
}
