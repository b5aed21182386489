package page

import (
	"html/template"
	"strings"
	"unicode/utf8"
)

// A fragment is HTML in the making. This file is where text becomes HTML: all
// that goes in, but markup, is escaped here.
type fragment struct{ b strings.Builder }

// markup adds HTML as it stands: constants of this package alone.
func (f *fragment) markup(html string) *fragment {
	f.b.WriteString(html)
	return f
}

// html adds a fragment that is made already.
func (f *fragment) html(h template.HTML) *fragment {
	f.b.WriteString(string(h))
	return f
}

// text adds text, escaped for elements and quoted attributes. Control characters
// are shown as what they are: no text.
func (f *fragment) text(s string) *fragment {
	from := 0
	for i, r := range s {
		escaped := ""
		switch {
		case r == '&':
			escaped = "&amp;"
		case r == '<':
			escaped = "&lt;"
		case r == '>':
			escaped = "&gt;"
		case r == '"':
			escaped = "&#34;"
		case r == '\'':
			escaped = "&#39;"
		case r < ' ' && r != '\t' && r != '\n', r >= 0x7f && r < 0xa0:
			escaped = "\ufffd"
		default:
			continue
		}
		f.b.WriteString(s[from:i])
		f.b.WriteString(escaped)
		from = i + utf8.RuneLen(r)
	}
	f.b.WriteString(s[from:])
	return f
}

// link adds a link. The address is one of the program's own, or has been held
// to http and https by the reader of metadata.
func (f *fragment) link(address, text string) *fragment {
	return f.markup(`<a href="`).text(address).markup(`">`).text(text).markup(`</a>`)
}

// lang adds the attributes of an element whose text is in another language than
// the page.
func (f *fragment) lang(tag, page string) *fragment {
	if tag == "" || tag == page {
		return f
	}
	f.markup(` lang="`).text(tag).markup(`"`)
	if isRightToLeft(tag) != isRightToLeft(page) {
		if isRightToLeft(tag) {
			f.markup(` dir="rtl"`)
		} else {
			f.markup(` dir="ltr"`)
		}
	}
	return f
}

func (f *fragment) String() string { return f.b.String() }

func (f *fragment) done() template.HTML { return template.HTML(f.b.String()) }
