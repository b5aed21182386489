package manuscript

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// asText is what to do with a file that is read by no format.
const asText = "save it as plain text in UTF-8 and import that"

// isText takes every file that no other format has, and whose bytes may be a text.
func isText(f *File) bool {
	_, foreign := f.foreign()
	return !foreign && (!isBinary(f.Head) || encodingOf(f.Head, "") != "")
}

// A cutting says how a text is cut into windows: sizes in bytes.
type cutting struct {
	whole   int // up to this size a file is one manuscript
	window  int // of a larger file
	longest int // line
}

var usualCutting = cutting{whole: 8 << 20, window: 1 << 20, longest: 16 << 20}

// readText reads a file of plain text as one manuscript, a large one as parts.
func readText(f *File, yield func(Manuscript) bool) { readWindows(f, usualCutting, yield) }

func readWindows(f *File, c cutting, yield func(Manuscript) bool) {
	r, err := f.Reader()
	if err != nil {
		f.tellUnread(err)
		return
	}
	defer r.Close()
	t := textReader{file: f, from: r, cutting: c, line: 1}
	for t.next() {
		m := Manuscript{Lines: SplitLines(t.part.Text, t.line), Line: t.line, Claims: t.claims(), Continues: !t.last}
		t.line += len(m.Lines)
		if t.last && m.Line == 1 && isUnseenText(t.part.Text) {
			f.Tell(0, "there is nothing but white space in the file, so nothing is imported", "look whether it was saved whole")
			break
		}
		if !yield(m) || t.last {
			break
		}
	}
	if t.line == 1 && len(f.Problems) == 0 {
		f.Tell(0, "the file is empty, so nothing is imported", "look whether it was saved whole")
	}
	t.damage.tell(f)
}

// isUnseenText says whether nothing of a text can be seen.
func isUnseenText(s string) bool {
	return strings.IndexFunc(s, func(c rune) bool { return !isInvisible(c) }) < 0
}

// A textReader reads a text window by window.
type textReader struct {
	file    *File
	from    io.Reader
	cutting cutting

	encoding string // "" until it is decided
	ascii    bool   // whether nothing read so far is more than ASCII
	rest     []byte // what is read and not given
	part     decoded
	line     int // the first of the part
	last     bool
	damage   damage
}

// next reads the next part. It says false where there is none, and has told
// why unless the text is at its end.
func (t *textReader) next() bool {
	size := t.cutting.window
	if t.line == 1 {
		size = t.cutting.whole
	}
	for ; ; size = t.cutting.longest {
		if err := t.fill(size + 1); err != nil {
			t.file.Tell(t.line, "from here on it cannot be read, so what follows is not imported: "+plainError(err), "copy the file anew, and import it again")
			return false
		}
		t.last = len(t.rest) <= size
		if !t.decide() {
			return false
		}
		end := len(t.rest)
		if !t.last {
			end = lastLineEnd(t.rest[:min(size, t.cutting.window)], t.encoding)
		}
		if end == 0 && !t.last {
			end = lastLineEnd(t.rest[:size], t.encoding)
		}
		if end > 0 {
			t.take(end)
			return true
		}
		if t.last {
			return false
		}
		if size >= t.cutting.longest {
			t.file.Tell(t.line, fmt.Sprintf("this line is longer than %d MiB, so it and what follows is not imported", t.cutting.longest>>20), "break it into lines")
			return false
		}
	}
}

// fill reads until n bytes are at hand, or the end.
func (t *textReader) fill(n int) error {
	more := n - len(t.rest)
	if more <= 0 {
		return nil
	}
	var b bytes.Buffer
	b.Grow(len(t.rest) + int(min(int64(more), t.file.Size)) + bytes.MinRead)
	b.Write(t.rest)
	_, err := b.ReadFrom(io.LimitReader(t.from, int64(more)))
	t.rest = b.Bytes()
	return err
}

// decide finds the encoding by the first window with a byte above ASCII.
func (t *textReader) decide() bool {
	if t.encoding == "" || t.ascii {
		t.encoding = encodingOf(t.rest, "")
		t.ascii = t.encoding == "UTF-8" && isASCII(t.rest)
	}
	if t.encoding == "" {
		t.file.Tell(0, "this is no text in an encoding that import knows", asText)
		return false
	}
	return true
}

func isASCII(data []byte) bool {
	for _, c := range data {
		if c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// take makes the part of the first bytes that are at hand.
func (t *textReader) take(end int) {
	t.part = decodeIn(t.rest[:end], t.encoding)
	t.rest = t.rest[end:]
	t.damage.add(&t.part, t.line)
}

// claims tells the encoding, where it is not the usual one.
func (t *textReader) claims() []Claim {
	if t.encoding == "UTF-8" {
		return nil
	}
	return []Claim{{Field: "encoding", Text: t.encoding, Where: "the bytes of the file"}}
}

// damage is what was broken in a text that was read nevertheless.
type damage struct {
	encoding            string
	broken, firstBroken int
	nuls, firstNul      int
}

// add counts the damage of a part whose first line has that number.
func (d *damage) add(part *decoded, line int) {
	d.encoding = part.Encoding
	if part.Broken > 0 && d.broken == 0 {
		d.firstBroken = line + part.FirstBroken - 1
	}
	if part.Nuls > 0 && d.nuls == 0 {
		d.firstNul = line + part.FirstNul - 1
	}
	d.broken += part.Broken
	d.nuls += part.Nuls
}

// tell tells the damage of a file.
func (d *damage) tell(f *File) {
	if d.broken > 0 {
		what := "bytes are no " + d.encoding + " and stand as �; this is the first line with one"
		f.Tell(d.firstBroken, counted(d.broken, "byte is no "+d.encoding+" and stands as �", what), "put the right letters there, or save the file anew from where it comes")
	}
	if d.nuls > 0 {
		f.Tell(d.firstNul, counted(d.nuls, "NUL is left out", "NULs are left out; this is the first line with one"), "look whether the file is whole")
	}
}

// counted gives a number with what is counted.
func counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprint(n, " ", strings.TrimSpace(many))
}
