package source

import (
	"fmt"

	"chancery/generator/archive"
	"chancery/generator/manuscript"
)

// A series reads the manuscripts of one source file, one after another, and
// keeps no more of them than what the next may need.
type series struct {
	reader  *Reader
	yield   func(archive.Draft) bool
	tell    func(line int, what, mend string)
	digests map[string]int

	posts []*reading // posts of an export that wait for each other
	rest  []line     // of a text that goes on in the next manuscript
	shape *Shape     // of that text
	size  int        // of rest, in bytes
}

// postsAtOnce is how many posts of an export are read with a view to each other.
const postsAtOnce = 256

// longestText bounds the text of one document, in bytes.
const longestText = 64 << 20

// take reads one manuscript. It says false when no more are wanted.
func (s *series) take(m *manuscript.Manuscript) bool {
	switch {
	case m.Post:
		s.posts = append(s.posts, s.reader.readExported(m))
		return len(s.posts) < postsAtOnce || s.flush()
	case m.Continues || s.rest != nil:
		return s.part(m)
	}
	return s.whole(text{linesOf(m), m.Claims}, m)
}

// part reads a part of a long text as far as it holds whole documents.
func (s *series) part(m *manuscript.Manuscript) bool {
	s.rest = append(s.rest, linesOf(m)...)
	for _, l := range m.Lines {
		s.size += len(l.Text) + 1
	}
	if s.shape == nil {
		s.shape = s.reader.shapeOf(s.rest)
	}
	if !m.Continues {
		return s.flush()
	}
	if s.shape != nil && s.shape.Cut != nil {
		n := s.shape.Cut(s.rest)
		whole := s.rest[:n]
		s.rest = append([]line{}, s.rest[n:]...)
		s.size = sizeOf(s.rest)
		if n > 0 && !s.drafts(s.shape, s.shape.Read(s.reader, text{whole, m.Claims}), nil) {
			return false
		}
	}
	if s.size > longestText {
		s.tell(firstNumber(s.rest), fmt.Sprintf("the text that begins here is longer than %d MiB, so it and what follows is not imported", longestText>>20), "cut the file into parts")
		s.rest, s.size = nil, 0
		return false
	}
	return true
}

func sizeOf(lines []line) int {
	n := 0
	for _, l := range lines {
		n += len(l.text) + 1
	}
	return n
}

// flush reads what waits.
func (s *series) flush() bool {
	if posts := s.posts; len(posts) > 0 {
		s.posts = nil
		shareLanguage(posts)
		return s.drafts(&Shape{Name: "post"}, posts, nil)
	}
	if rest := s.rest; rest != nil {
		shape := s.shape
		s.rest, s.shape, s.size = nil, nil, 0
		if shape == nil {
			return true
		}
		return s.drafts(shape, shape.Read(s.reader, text{rest, nil}), nil)
	}
	return true
}

// whole reads a text that stands in one manuscript.
func (s *series) whole(t text, m *manuscript.Manuscript) bool {
	shape := s.reader.shapeOf(t.lines)
	if shape == nil {
		s.tell(m.Line, "there is no text in it besides the chrome of a site, so nothing is imported", "look whether the file was saved whole")
		return true
	}
	all := shape.Read(s.reader, t)
	if len(all) == 0 {
		s.tell(m.Line, "there is no text in it besides the chrome of a site, so nothing is imported", "look whether the file was saved whole")
	}
	return s.drafts(shape, all, m)
}

// drafts yields the drafts of readings. One that is all of its manuscript has
// that one's mark-up and files.
func (s *series) drafts(shape *Shape, all []*reading, m *manuscript.Manuscript) bool {
	for _, g := range all {
		if m != nil && len(all) == 1 {
			g.carry(m)
		}
		g.draft.Shape = shape.Name
		if !s.yield(g.finished(s.digests)) {
			return false
		}
	}
	return true
}

// shapeOf gives the shape of a text, nil where nothing of it is text.
func (r *Reader) shapeOf(lines []line) *Shape {
	for i := range Shapes {
		if Shapes[i].Recognise(r, lines) {
			return &Shapes[i]
		}
	}
	return nil
}
