package manuscript

import (
	"bytes"
	"regexp"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/gogs/chardet"
	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding/unicode"
)

// utf8Name names the encoding that needs no word.
const utf8Name = "utf-8"

// decodeMarkup gives the text of a page or feed: by its byte order mark, as UTF-8
// where it is that, by what is declared outside it or in its first bytes, and
// else by what its bytes look like. Lossy counts the bytes that are no character.
func decodeMarkup(data []byte, declared string) (text, encoding string, lossy int) {
	switch {
	case bytes.HasPrefix(data, []byte("\xef\xbb\xbf")):
		return decodeAs(data[3:], utf8Name)
	case bytes.HasPrefix(data, []byte("\xff\xfe")), bytes.HasPrefix(data, []byte("<\x00")):
		return decodeAs(data, "utf-16le")
	case bytes.HasPrefix(data, []byte("\xfe\xff")), bytes.HasPrefix(data, []byte("\x00<")):
		return decodeAs(data, "utf-16be")
	}
	if declared == "" {
		declared = declaredEncoding(data)
	}
	sevenBits := bytes.IndexByte(data, 0x1b) >= 0 && strings.HasPrefix(strings.ToLower(declared), "iso-2022")
	if utf8.Valid(data) && !sevenBits {
		return decodeAs(data, utf8Name)
	}
	if _, name := charset.Lookup(declared); name != "" && !(name == utf8Name && hardlyUTF8(data)) {
		return decodeAs(data, name)
	}
	if !hardlyUTF8(data) {
		return decodeAs(data, utf8Name)
	}
	if guess, err := chardet.NewTextDetector().DetectBest(data[:min(len(data), 64<<10)]); err == nil {
		if _, name := charset.Lookup(guess.Charset); name != "" && name != utf8Name {
			return decodeAs(data, name)
		}
	}
	return decodeAs(data, "windows-1252")
}

// decodeAs reads bytes in a known encoding. NUL is no character of a text.
func decodeAs(data []byte, name string) (text, encoding string, lossy int) {
	switch name {
	case utf8Name:
		lossy = invalidBytes(data)
		text = strings.ToValidUTF8(string(data), "\uFFFD")
	case "utf-16le", "utf-16be":
		order := unicode.LittleEndian
		if name == "utf-16be" {
			order = unicode.BigEndian
		}
		out, _ := unicode.UTF16(order, unicode.UseBOM).NewDecoder().Bytes(data)
		text = string(out)
		lossy = strings.Count(text, "\uFFFD")
	default:
		e, _ := charset.Lookup(name)
		out, _ := e.NewDecoder().Bytes(data)
		text = string(out)
		lossy = strings.Count(text, "\uFFFD")
	}
	return strings.ReplaceAll(text, "\x00", ""), name, lossy
}

func invalidBytes(data []byte) int {
	n := 0
	for len(data) > 0 {
		c, size := utf8.DecodeRune(data)
		if c == utf8.RuneError && size == 1 {
			n++
		}
		data = data[size:]
	}
	return n
}

// hardlyUTF8 says whether more bytes beyond ASCII are no UTF-8 than are.
func hardlyUTF8(data []byte) bool {
	high := 0
	for _, b := range data {
		if b >= 0x80 {
			high++
		}
	}
	return invalidBytes(data)*2 > high
}

var (
	metaTag       = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(?i)<meta\s[^>]*?charset\s*=\s*["']?\s*([-\w:.]+)`) })
	xmlDeclaredAs = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?i)^\s*<\?xml\s[^>]*?encoding\s*=\s*["']([-\w:.]+)`)
	})
)

// declaredEncoding gives the encoding that the first bytes declare, "" where
// they declare none. Pages saved with their style sheets declare it far down.
func declaredEncoding(data []byte) string {
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
