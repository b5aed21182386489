package manuscript

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/gogs/chardet"
	"golang.org/x/text/encoding/htmlindex"
)

// encodingOf gives the name of the encoding of bytes, "" where none makes a
// text of them.
func encodingOf(data []byte, declared string) string {
	if name := markedEncoding(data); name != "" {
		return name
	}
	valid, broken := countUTF8(data)
	if isBinary(data) || broken > 0 && bytes.IndexByte(data, 0) >= 0 {
		if name := wideEncoding(data); name != "" || isBinary(data) {
			return name
		}
	}
	if broken == 0 {
		if valid == 0 && bytes.Contains(data, []byte("\x1b$")) {
			return "iso-2022-jp" // the one encoding in use that writes letters without high bytes
		}
		return "UTF-8"
	}
	sample := highLines(data)
	asUTF8 := (-0.5*float64(valid) - 6*float64(broken)) / float64(2*valid+broken)
	if valid >= 2*broken {
		return "UTF-8"
	}
	if name := declaredEncoding(declared); name != "" && name != "UTF-8" {
		if c := readCandidate(sample, name); c != nil && c.score() > poorest {
			return name
		}
	}
	name, score := likeliest(sample)
	if asUTF8 >= score && broken <= 2+len(data)/20 {
		return "UTF-8"
	}
	if score < poorest {
		if broken <= 2+len(data)/20 {
			return "UTF-8"
		}
		return ""
	}
	return name
}

// poorest is the least score, by byte above ASCII, of bytes that are a text:
// bytes of no language at all have less.
const poorest = -6

// markedEncoding tells an encoding by its byte order mark.
func markedEncoding(data []byte) string {
	for _, m := range []struct{ mark, name string }{
		{"\xef\xbb\xbf", "UTF-8"},
		{"\xff\xfe\x00\x00", "UTF-32LE"}, {"\x00\x00\xfe\xff", "UTF-32BE"},
		{"\xff\xfe", "UTF-16LE"}, {"\xfe\xff", "UTF-16BE"},
	} {
		if bytes.HasPrefix(data, []byte(m.mark)) {
			return m.name
		}
	}
	return ""
}

// declaredEncoding gives the standard's name of an encoding that is declared.
func declaredEncoding(label string) string {
	enc, err := htmlindex.Get(label)
	if err != nil {
		return ""
	}
	name, err := htmlindex.Name(enc)
	if err != nil || name == "replacement" {
		return ""
	}
	if name == "utf-8" {
		return "UTF-8"
	}
	if strings.HasPrefix(name, "utf-16") {
		return "" // what says so in bytes that can be read as ASCII is wrong
	}
	return name
}

// isBinary says whether bytes have too many NULs and control characters for a
// text of one byte a letter.
func isBinary(data []byte) bool {
	nuls, controls := 0, 0
	for _, c := range data {
		switch {
		case c == 0:
			nuls++
		case c < ' ' && (c < '\b' || c > '\r') && c != 0x1b && c != 0x1a:
			controls++
		}
	}
	return nuls*10 > len(data)*3 && nuls > 1 || nuls > 0 && nuls == len(data) || controls*20 > len(data)
}

// wideEncoding tells UTF-16 without a mark: in spaces, digits and line ends one
// byte of the two is zero, and the wrong order makes letters of no script.
func wideEncoding(data []byte) string {
	data = data[:min(len(data), 1<<16)&^1]
	if len(data) == 0 {
		return ""
	}
	little, lower := oddInUTF16(data, "UTF-16LE")
	big, higher := oddInUTF16(data, "UTF-16BE")
	name, odd := "UTF-16LE", little
	if big+0.02 < little || big < little+0.02 && higher > lower {
		name, odd = "UTF-16BE", big
	}
	if odd > 0.05 {
		return ""
	}
	return name
}

// oddInUTF16 gives the share of characters that no text has, and how many are
// white space in ASCII.
func oddInUTF16(data []byte, name string) (odd float64, spaces int) {
	text := decodeIn(data, name)
	strange, all := text.Broken+text.Nuls, text.Nuls+1
	for _, c := range text.Text {
		all++
		switch {
		case c == ' ' || c == '\n':
			spaces++
		case !unicode.IsGraphic(c) && !unicode.IsSpace(c) && !unicode.Is(unicode.Cf, c), unicode.Is(unicode.Co, c):
			strange++
		}
	}
	return float64(strange) / float64(all), spaces
}

// countUTF8 counts the characters of several bytes, and the bytes that are no
// UTF-8. A character that the end of the data cuts counts as neither.
func countUTF8(data []byte) (valid, broken int) {
	for len(data) > 0 {
		c, size := utf8.DecodeRune(data)
		switch {
		case c == utf8.RuneError && size == 1:
			broken++
		case size > 1:
			valid++
		}
		data = data[size:]
	}
	return valid, broken
}

// sampleSize is how much of a text tells its encoding, in bytes.
const sampleSize = 4 << 10

// highLines gives the first lines that have bytes above ASCII.
func highLines(data []byte) []byte {
	var sample []byte
	for l := range bytes.Lines(data) {
		if bytes.IndexFunc(l, func(c rune) bool { return c >= utf8.RuneSelf }) < 0 {
			continue
		}
		sample = append(sample, l[:min(len(l), sampleSize-len(sample))]...)
		if len(sample) == sampleSize {
			break
		}
	}
	return sample
}

// likeliest gives the encoding in which bytes are most like a text, and how
// much so: by the letters of the languages that are written in it, and by what
// chardet sees in their order.
func likeliest(sample []byte) (string, float64) {
	seen := map[string]float64{}
	if results, err := chardet.NewTextDetector().DetectAll(sample); err == nil {
		for _, r := range results {
			if name := declaredEncoding(r.Charset); name != "" {
				seen[name] = max(seen[name], float64(r.Confidence)/100)
			}
		}
	}
	best, most := "", -1000.0
	for _, e := range encodings {
		c := readCandidate(sample, e.name)
		if c == nil || e.name != encodings[0].name && !c.hasLetters() {
			continue
		}
		score := c.score()
		if score >= poorest {
			score += e.bonus + chardetWeight*seen[e.name]
		}
		if score > most {
			best, most = e.name, score
		}
	}
	return best, most
}

// chardetWeight is what chardet's confidence adds to a score at most.
const chardetWeight = 0.4
