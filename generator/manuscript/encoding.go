package manuscript

import (
	"bytes"
	"encoding/binary"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
	"golang.org/x/text/unicode/norm"
)

// A decoded is a text as it is read out of bytes.
type decoded struct {
	Text        string // composed (NFC), without NULs and byte order mark; "" where the bytes are no text
	Encoding    string // by its name in the Encoding Standard of the WHATWG: "windows-1251"; "" where none makes a text of the bytes
	Broken      int    // how many � stand for bytes that are no character
	FirstBroken int    // the line of the first, from 1
	Nuls        int    // how many NULs were left out
	FirstNul    int    // the line of the first, from 1
}

// decode makes a text of bytes. Their encoding is what they themselves show
// (a byte order mark, UTF-8), else the declared one where it makes a text of
// them, else the likeliest. A declared encoding that has no name known is none.
func decode(data []byte, declared string) decoded {
	return decodeIn(data, encodingOf(data, declared))
}

// decodeIn makes a text of bytes in an encoding that is known.
func decodeIn(data []byte, name string) decoded {
	d := decoded{Encoding: name}
	switch name {
	case "":
		return d
	case "UTF-8":
		d.utf8(bytes.TrimPrefix(data, []byte("\uFEFF")))
	default:
		d.other(data)
	}
	if i := strings.IndexByte(d.Text, 0); i >= 0 {
		d.Nuls, d.FirstNul = strings.Count(d.Text, "\x00"), lineAt(d.Text[:i])
		d.Text = strings.ReplaceAll(d.Text, "\x00", "")
	}
	if !norm.NFC.IsNormalString(d.Text) {
		d.Text = norm.NFC.String(d.Text)
	}
	return d
}

// utf8 puts � for each byte that is no UTF-8.
func (d *decoded) utf8(data []byte) {
	if utf8.Valid(data) {
		d.Text = string(data)
		return
	}
	var b strings.Builder
	b.Grow(len(data) + len(data)/8)
	for len(data) > 0 {
		c, size := utf8.DecodeRune(data)
		if c == utf8.RuneError && size == 1 {
			if d.Broken == 0 {
				d.FirstBroken = lineAt(b.String())
			}
			d.Broken++
			b.WriteRune(c)
		} else {
			b.Write(data[:size])
		}
		data = data[size:]
	}
	d.Text = b.String()
}

// other reads every encoding but UTF-8. A � in bytes that can write one is no
// byte broken.
func (d *decoded) other(data []byte) {
	enc := encodingNamed(d.Encoding)
	text, err := enc.NewDecoder().Bytes(data)
	if err != nil {
		text = append(text, "\uFFFD"...)
	}
	d.Text = strings.TrimPrefix(string(text), "\uFEFF")
	const broken = "\uFFFD"
	i := strings.Index(d.Text, broken)
	if i < 0 {
		return
	}
	written := 0
	if own, err := enc.NewEncoder().Bytes([]byte(broken)); err == nil && len(own) > 1 {
		written = countAligned(data, own)
	}
	if n := strings.Count(d.Text, broken) - written; n > 0 {
		d.Broken, d.FirstBroken = n, lineAt(d.Text[:i])
	}
}

// countAligned counts a character of several bytes where characters begin.
func countAligned(data, own []byte) int {
	n, unit := 0, len(own)
	if unit != 2 && unit != 4 {
		return 0
	}
	for i := 0; i+unit <= len(data); i += unit {
		if bytes.Equal(data[i:i+unit], own) {
			n++
		}
	}
	return n
}

// lineAt gives the number of the line that stands at the end of a text.
func lineAt(before string) int {
	n := strings.Count(before, "\n") + 1
	if strings.IndexByte(before, '\r') >= 0 {
		n += strings.Count(before, "\r") - strings.Count(before, "\r\n")
	}
	return n
}

// encodingNamed gives an encoding by its name, nil where there is none.
func encodingNamed(name string) encoding.Encoding {
	switch name {
	case "UTF-16LE":
		return unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
	case "UTF-16BE":
		return unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	case "UTF-32LE":
		return utf32.UTF32(utf32.LittleEndian, utf32.IgnoreBOM)
	case "UTF-32BE":
		return utf32.UTF32(utf32.BigEndian, utf32.IgnoreBOM)
	}
	enc, err := htmlindex.Get(name)
	if err != nil || enc == encoding.Replacement {
		return nil
	}
	return enc
}

// unitOf gives how many bytes the least character of an encoding has.
func unitOf(name string) int {
	switch {
	case strings.HasPrefix(name, "UTF-16"):
		return 2
	case strings.HasPrefix(name, "UTF-32"):
		return 4
	}
	return 1
}

// lastLineEnd gives where the last line that is whole ends, 0 where none does.
// Bytes may follow that are not read yet.
func lastLineEnd(data []byte, name string) int {
	unit := unitOf(name)
	if unit == 1 {
		if i := bytes.LastIndexByte(data, '\n'); i >= 0 {
			return i + 1
		}
		if i := bytes.LastIndexByte(data[:max(0, len(data)-1)], '\r'); i >= 0 {
			return i + 1
		}
		return 0
	}
	for i := len(data)/unit*unit - unit; i >= 0; i -= unit {
		if unitAt(data[i:], name) == '\n' {
			return i + unit
		}
	}
	return 0
}

// unitAt gives the first unit of bytes in UTF-16 or UTF-32.
func unitAt(data []byte, name string) rune {
	switch name {
	case "UTF-16LE":
		return rune(binary.LittleEndian.Uint16(data))
	case "UTF-16BE":
		return rune(binary.BigEndian.Uint16(data))
	case "UTF-32LE":
		return rune(binary.LittleEndian.Uint32(data))
	}
	return rune(binary.BigEndian.Uint32(data))
}
