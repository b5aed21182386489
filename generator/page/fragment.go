package page

import (
	"bytes"
	"html/template"
	"sync"
)

// A fragment is HTML in the making. This file is where text becomes HTML: all
// that goes in, but markup, is escaped here.
// It is used up by done.
type fragment struct{ b *bytes.Buffer }

func newFragment() *fragment {
	b := buffers.Get().(*bytes.Buffer)
	b.Reset()
	return &fragment{b}
}

// buffers are where fragments grow: most are a part of the next larger one.
var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

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
	for i := 0; i < len(s); i++ {
		escaped, length := escapes[s[i]], 1
		if s[i] == 0xc2 && i+1 < len(s) && s[i+1] < 0xa0 {
			escaped, length = "\ufffd", 2 // the control characters above ASCII
		}
		if escaped == "" {
			continue
		}
		f.b.WriteString(s[from:i])
		f.b.WriteString(escaped)
		i += length - 1
		from = i + 1
	}
	f.b.WriteString(s[from:])
	return f
}

// escapes says for a byte of UTF-8 what stands for it, "" for itself.
var escapes = func() (table [256]string) {
	for c := range ' ' {
		table[c] = "\ufffd"
	}
	table['\t'], table['\n'], table[0x7f] = "", "", "\ufffd"
	table['&'], table['<'], table['>'], table['"'], table['\''] = "&amp;", "&lt;", "&gt;", "&#34;", "&#39;"
	return table
}()

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

// done gives the HTML.
func (f *fragment) done() template.HTML {
	html := template.HTML(f.b.String())
	buffers.Put(f.b)
	f.b = nil
	return html
}
