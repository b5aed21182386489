package manuscript

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"

	"chancery/generator/markdown"
)

// isMarkdown knows Markdown by the name of its file.
func isMarkdown(f *File) bool { return hasMarkdownName(f.Path) && !isBinary(f.Head) }

func hasMarkdownName(path string) bool {
	switch strings.ToLower(filepath.Ext(path)) {
	case ".md", ".markdown", ".mdown", ".mkd":
		return true
	}
	return false
}

// readMarkdown reads a Markdown file as one manuscript: its body as it stands,
// and the metadata that another generator's files begin with.
func readMarkdown(f *File, yield func(Manuscript) bool) {
	if data, ok := f.whole(); ok {
		readMarkdownBytes(f, data, yield)
	}
}

func readMarkdownBytes(f *File, data []byte, yield func(Manuscript) bool) {
	text, encoding, lossy := decodeMarkup(data, "")
	if lossy > 0 {
		f.Tell(0, fmt.Sprintf("bytes of the file that are no character in the encoding %s are shown as \uFFFD: %d", encoding, lossy), "save the file as UTF-8")
	}
	text = strings.TrimPrefix(text, "\uFEFF")
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text)
	front := findFront(text)
	values, broken := front.read()
	if broken != nil {
		f.Tell(broken.line, "the metadata cannot be read from here on: "+broken.why, "mend the line, or write what it says into the document by hand")
	}
	r := frontReader{page{file: f}}
	if broken != nil {
		r.at(front.line, "unread", front.text, "the metadata")
	}
	if encoding != utf8Name {
		r.claim("encoding", encoding, "the bytes of the file")
	}
	for _, v := range values {
		r.state(v)
	}
	r.stateFileName()
	if m, ok := r.manuscript(text[front.bodyAt:], front.bodyLine); ok {
		yield(m)
	}
}

// A frontReader turns the metadata of another generator into claims.
type frontReader struct{ page }

func (r *frontReader) at(line int, field, text, where string) {
	n := len(r.claims)
	r.claim(field, text, where)
	for i := n; i < len(r.claims); i++ {
		r.claims[i].Line = line
	}
}

// frontFields gives the field of a claim by the key of another generator's
// metadata, in lower case.
var frontFields = sync.OnceValue(func() map[string]string {
	fields := map[string]string{}
	for field, keys := range map[string]string{
		"title": "title", "date": "date publishdate pubdate published", "updated": "lastmod updated modified last_modified_at",
		"draft": "draft", "summary": "description summary excerpt abstract", "tags": "tags tag keywords categories category topics",
		"author": "author authors", "language": "language lang locale", "slug": "slug", "original": "url permalink canonicalurl canonical original source_url link",
		"place": "location place", "source": "source publisher", "speakers": "speaker speakers", "venues": "venue venues event",
		"rights": "rights license licence copyright", "image": "image", "kind": "kind",
	} {
		for key := range strings.FieldsSeq(keys) {
			fields[key] = field
		}
	}
	return fields
})

// state claims one value of the metadata.
func (r *frontReader) state(v frontValue) {
	field := frontFields()[strings.ToLower(v.key)]
	where := "the metadata’s " + v.key
	unread := func() { r.at(v.line, "unread", v.key+": "+strings.Join(v.texts, ", "), "the metadata") }
	if field == "" || v.nested {
		unread()
		return
	}
	for _, text := range v.texts {
		switch field {
		case "date", "updated":
			text = dateTag(text)
		case "language":
			text = languageTag(text)
		case "original":
			text = addressOf(text)
		case "draft":
			if text != "true" {
				continue
			}
		case "tags":
			r.tags(v, text, where)
			continue
		}
		if text == "" {
			unread()
			return
		}
		r.at(v.line, field, text, where)
	}
}

// tags claims tags: Jekyll writes them with spaces or commas between on one line.
func (r *frontReader) tags(v frontValue, text, where string) {
	words := []string{text}
	if len(v.texts) == 1 && strings.ContainsAny(text, ",;") {
		words = strings.FieldsFunc(text, func(c rune) bool { return c == ',' || c == ';' })
	}
	for _, w := range words {
		if w = strings.TrimSpace(w); w != "" && !r.tagged(w) {
			r.at(v.line, "tags", w, where)
		}
	}
}

func (r *frontReader) tagged(word string) bool {
	for _, c := range r.claims {
		if c.Field == "tags" && strings.EqualFold(c.Text, word) {
			return true
		}
	}
	return false
}

var postName = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^(\d{4}-\d{2}-\d{2})-.`) })

// stateFileName claims the date that Jekyll has in the names of its files.
func (r *frontReader) stateFileName() {
	if m := postName().FindStringSubmatch(filepath.Base(r.file.Path)); m != nil && isDay(m[1]) {
		r.at(0, "date", m[1], "the name of the file")
	}
}

// manuscript makes the manuscript of a body that begins on that line of the file.
func (r *frontReader) manuscript(body string, line int) (Manuscript, bool) {
	plain := markdown.Plain([]byte(body))
	visible := func(l markdown.PlainLine) bool { return !isBlank(l.Text) }
	if !slices.ContainsFunc(plain, visible) {
		r.file.Tell(line, "there is no text behind the metadata, so nothing is imported", "look whether the file was saved whole")
		return Manuscript{}, false
	}
	m := Manuscript{Markdown: body, Line: 1}
	for _, l := range plain {
		one := SplitLines(l.Text, l.Number+line-1)
		m.Lines = append(m.Lines, one...)
	}
	top := plain[0]
	if top.Heading == 1 {
		r.at(top.Number+line-1, "title", top.Text, "the heading of the text")
		if r.first("title") == top.Text {
			m.Markdown = withoutHeading(body, top.Number)
		}
	}
	r.tellCalls(body, line)
	r.pictures([]byte(body))
	m.Claims, m.Files = r.claims, r.files
	return m, true
}

func (r *frontReader) first(field string) string {
	for _, c := range r.claims {
		if c.Field == field {
			return c.Text
		}
	}
	return ""
}

// withoutHeading leaves the heading on a line out of a body, since pages show the
// title above it.
func withoutHeading(body string, number int) string {
	lines := strings.SplitAfter(body, "\n")
	end := number
	if end < len(lines) && strings.Trim(lines[end], "= \t\n") == "" && strings.HasPrefix(lines[end], "=") {
		end++
	}
	return strings.TrimLeft(strings.Join(lines[end:], ""), "\n")
}

var generatorCall = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`\{\{[<%].*?[>%]\}\}|\{%.*?%\}|\{\{\s*[\w.]+.*?\}\}`)
})

// tellCalls tells of the first call of another generator: what it would put there
// is not known here.
func (r *frontReader) tellCalls(body string, line int) {
	all := generatorCall().FindAllStringIndex(body, -1)
	if len(all) == 0 {
		return
	}
	call := clip(body[all[0][0]:all[0][1]], 80)
	what := fmt.Sprintf("“%s” is a call of another generator, which is kept as the text it is", call)
	if len(all) > 1 {
		what += fmt.Sprintf(" (calls in the file: %d)", len(all))
	}
	r.file.Tell(line+strings.Count(body[:all[0][0]], "\n"), what, "write into the document what the call stands for")
}

var plainName = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[a-z0-9][-a-z0-9.]*$`) })

// pictures takes along the pictures beside the file that its body links by a name
// which documents' files may have.
func (r *frontReader) pictures(body []byte) {
	local, _ := markdown.Links(body)
	folder := filepath.Dir(r.file.Path)
	for _, l := range local {
		name := strings.TrimPrefix(l.Target, "./")
		if name != l.Target || !plainName().MatchString(name) || pictureKind(name) == "" || r.hasFile(name) {
			continue
		}
		open := beside(folder, name)
		if f, err := open(); err == nil {
			info, err := f.(*os.File).Stat()
			f.Close()
			if err == nil && info.Mode().IsRegular() {
				r.files = append(r.files, Attachment{Name: name, Open: open})
			}
		}
	}
}

func (r *frontReader) hasFile(name string) bool {
	for _, f := range r.files {
		if f.Name == name {
			return true
		}
	}
	return false
}

// A front is where the metadata of a Markdown file stands.
type front struct {
	form     byte // '-' YAML, '+' TOML, '{' JSON, 0 none
	text     string
	line     int // of the file, on which text begins
	bodyAt   int // of the file's bytes
	bodyLine int
}

// findFront finds the metadata at the top of a file, in one of the forms that
// Hugo, Jekyll, Zola and Eleventy have.
func findFront(text string) front {
	none := front{bodyLine: 1}
	if strings.HasPrefix(text, "{") {
		end := jsonEnd(text)
		if end < 0 {
			return none
		}
		at := end
		if i := strings.IndexByte(text[end:], '\n'); i >= 0 && isBlank(text[end:end+i]) {
			at += i + 1
		}
		return front{'{', text[:end], 1, at, 1 + strings.Count(text[:at], "\n")}
	}
	first, rest, _ := strings.Cut(text, "\n")
	mark := strings.TrimRight(first, " \t")
	if mark != "---" && mark != "+++" {
		return none
	}
	start := len(first) + 1
	number := 1
	for line := range strings.Lines(rest) {
		number++
		end := strings.TrimRight(line, " \t\n")
		if end == mark || mark == "---" && end == "..." {
			inner := text[start : len(text)-len(rest)]
			return front{mark[0], inner, 2, len(text) - len(rest) + len(line), number + 1}
		}
		rest = rest[len(line):]
	}
	return none
}

// jsonEnd gives where the JSON object that begins a text ends, -1 where none does.
func jsonEnd(text string) int {
	depth, inside, escaped := 0, false, false
	for i := range len(text) {
		switch c := text[i]; {
		case escaped:
			escaped = false
		case inside && c == '\\':
			escaped = true
		case c == '"':
			inside = !inside
		case !inside && c == '{':
			depth++
		case !inside && c == '}':
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return -1
}

// lineOfKey gives the line on which a key is written, of the text's own.
func lineOfKey(text []byte, key string) int {
	form, err := regexp.Compile(`(?m)^\s*"?` + regexp.QuoteMeta(key) + `"?\s*[=:]|"` + regexp.QuoteMeta(key) + `"\s*:`)
	if err != nil {
		return 0
	}
	at := form.FindIndex(text)
	if at == nil {
		return 0
	}
	return 1 + bytes.Count(text[:at[0]], []byte("\n")) + bytes.Count(text[at[0]:at[1]], []byte("\n"))
}
