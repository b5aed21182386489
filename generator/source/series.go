package source

import (
	"cmp"
	"fmt"
	"slices"

	"chancery/generator/archive"
	"chancery/generator/manuscript"
)

// A series reads the manuscripts of one source file, one after another, and
// keeps no more of them than what the next may need.
type series struct {
	reader   *Reader
	yield    func(archive.Draft) bool
	tell     func(line int, what, mend string)
	encoding string           // of the file, "" where it is UTF-8
	digests  map[uint64]int32 // of a long dump there are millions

	posts  []*reading // posts of an export that wait for each other
	parted            // a text that goes on in the next manuscript
	atOnce int        // so many bytes of such a text are read with a view to each other; 0 is textAtOnce
}

// A parted is a text that comes in parts, as far as it is still needed.
type parted struct {
	rest    []line
	claims  []manuscript.Claim
	shape   *Shape
	size    int                // of rest, in bytes
	from    int                // the first line whose document is not yielded; those before it are context
	channel archive.DraftValue // what the head of a channel's page says, for all its posts
}

// postsAtOnce is how many posts of an export are read with a view to each
// other, and how many of a dump stand about the others for context.
const postsAtOnce = 256

// textAtOnce is how much of a long text is read at once, in bytes: what a dump
// shows of itself, its language and signatures, it shows in that much.
const textAtOnce = 1 << 20

// longestText bounds the text of one document, in bytes.
const longestText = 64 << 20

// take reads one manuscript. It says false when no more are wanted.
func (s *series) take(m *manuscript.Manuscript) bool {
	for _, c := range m.Claims {
		if c.Field == "encoding" {
			s.encoding = c.Text
		}
	}
	switch {
	case m.Post:
		s.posts = append(s.posts, s.reader.readExported(m))
		return len(s.posts) < postsAtOnce || s.flush()
	case m.Continues || s.rest != nil || s.from > 0:
		return s.part(m)
	}
	return s.whole(text{linesOf(m), m.Claims}, m)
}

// part reads a part of a long text as far as it holds whole documents.
func (s *series) part(m *manuscript.Manuscript) bool {
	if s.rest == nil {
		s.claims = m.Claims
	}
	s.rest = append(s.rest, linesOf(m)...)
	for _, l := range m.Lines {
		s.size += len(l.Text) + 1
	}
	switch {
	case !m.Continues:
		return s.flush()
	case s.size < cmp.Or(s.atOnce, textAtOnce):
		return true
	}
	if s.shape == nil {
		s.shape, _ = s.reader.shapeOf(text{s.rest, s.claims})
	}
	if s.shape != nil && s.shape.Cut != nil && !s.wholeOnes(s.shape.Cut(s.rest)) {
		return false
	}
	if s.size > longestText {
		s.tell(firstNumber(s.rest), fmt.Sprintf("the text that begins here is longer than %d MiB, so it and what follows is not imported", longestText>>20), "cut the file into parts")
		s.parted = parted{}
		return false
	}
	return true
}

// wholeOnes reads the documents that the first n lines hold. The first of them
// are context, and the last are kept to be read again, with what follows them.
func (s *series) wholeOnes(n int) bool {
	if n == 0 {
		return true
	}
	all := s.shape.Read(s.reader.uncut(text{lines: s.rest[:n]}))
	margin := min(postsAtOnce, len(all)/4)
	kept := len(all) - margin
	if margin == 0 || all[kept].draft.Line <= s.from {
		return true
	}
	from, ready := all[kept].draft.Line, s.ready(all[:kept])
	s.keepFrom(all[kept-margin].draft.Line)
	s.from = from
	return s.drafts(s.shape, ready, nil)
}

// ready gives the readings that are not yielded yet, and tells them the channel.
func (s *series) ready(all []*reading) []*reading {
	for _, g := range all {
		if c := &g.draft.Origin.Channel; c.Text == "" {
			*c = s.channel
		} else if c.Rule == channelHead {
			s.channel = *c
		}
	}
	first, _ := slices.BinarySearchFunc(all, s.from, func(g *reading, from int) int { return g.draft.Line - from })
	return all[first:]
}

// keepFrom keeps the lines from the one of that number on, with the signs of a
// post that stand before it.
func (s *series) keepFrom(number int) {
	at, _ := slices.BinarySearchFunc(s.rest, number, func(l line, n int) int { return l.number - n })
	s.rest = slices.Clone(s.rest[withSigns(s.rest, at):])
	s.size = 0
	for _, l := range s.rest {
		s.size += len(l.text) + 1
	}
}

// flush reads what waits.
func (s *series) flush() bool {
	if posts := s.posts; len(posts) > 0 {
		s.posts = nil
		shareLanguage(posts)
		return s.drafts(&Shape{Name: "post"}, posts, nil)
	}
	if len(s.rest) == 0 {
		return true
	}
	if s.from == 0 && s.shape == nil {
		t, m := text{s.rest, s.claims}, manuscript.Manuscript{Line: s.rest[0].number}
		s.parted = parted{}
		return s.whole(t, &m)
	}
	all := s.ready(s.shape.Read(s.reader.beginning(s.shape, text{s.rest, s.claims})))
	shape := s.shape
	s.parted = parted{}
	return s.drafts(shape, all, nil)
}

// whole reads a text that stands in one manuscript.
func (s *series) whole(t text, m *manuscript.Manuscript) bool {
	shape, g := s.reader.shapeOf(t)
	if shape == nil {
		s.tell(m.Line, "there is no text in it besides the chrome of a site, so nothing is imported", "look whether the file was saved whole")
		return true
	}
	all := shape.Read(g)
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
		g.draft.Shape, g.draft.Encoding = shape.Name, s.encoding
		if !s.yield(g.finished(s.digests)) {
			return false
		}
	}
	return true
}

// shapeOf gives the shape of a text, nil where nothing of it is text, and the
// reading that it was recognised by.
func (r *Reader) shapeOf(t text) (*Shape, *reading) {
	g := r.uncut(t)
	for i := range Shapes {
		if Shapes[i].Several && t.isWhole() {
			continue
		}
		if !Shapes[i].Several && g.lines == nil {
			tried := g.draft.Trace
			g = r.newReading(t)
			g.draft.Trace = append(tried, g.draft.Trace...)
		}
		recognised := Shapes[i].Recognise(g)
		g.note(archive.Step{Rule: ShapeRule, Line: firstNumber(g.raw), Found: Shapes[i].Name, Taken: recognised})
		if recognised {
			return &Shapes[i], g
		}
	}
	return nil, g
}

// uncut begins a reading of a text that may hold several documents: what of it
// is chrome each of them tells for itself.
func (r *Reader) uncut(t text) *reading { return &reading{r: r, raw: t.lines} }

// beginning begins a reading as a shape needs it.
func (r *Reader) beginning(s *Shape, t text) *reading {
	if s.Several {
		return r.uncut(t)
	}
	return r.newReading(t)
}
