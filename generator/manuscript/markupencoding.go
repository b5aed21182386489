package manuscript

import (
	"regexp"
	"strings"
	"sync"
)

// utf8Name names the encoding that needs no word.
const utf8Name = "utf-8"

// decodeMarkup gives the text of a page or feed: by what its bytes show, by what
// is declared outside it or in its first bytes, else as the likeliest. Lossy
// counts the bytes that are no character.
func decodeMarkup(data []byte, declared string) (text, encoding string, lossy int) {
	if declared == "" {
		declared = declaredInMarkup(data)
	}
	d := decode(data, declared)
	if d.Encoding == "" {
		d = decodeIn(data, "windows-1252")
	}
	return d.Text, strings.ToLower(d.Encoding), d.Broken
}

var (
	metaTag       = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(?i)<meta\s[^>]*?charset\s*=\s*["']?\s*([-\w:.]+)`) })
	xmlDeclaredAs = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?i)^\s*<\?xml\s[^>]*?encoding\s*=\s*["']([-\w:.]+)`)
	})
)

// declaredInMarkup gives the encoding that the first bytes declare, "" where
// they declare none. Pages saved with their style sheets declare it far down.
func declaredInMarkup(data []byte) string {
	head := data[:min(len(data), 64<<10)]
	for _, form := range []*regexp.Regexp{xmlDeclaredAs(), metaTag()} {
		if m := form.FindSubmatch(head); m != nil {
			name := strings.ToLower(string(m[1]))
			if strings.HasPrefix(name, "utf-16") {
				return utf8Name // what can be read as ASCII is no UTF-16
			}
			return name
		}
	}
	return ""
}
