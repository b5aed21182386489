package accession

import (
	"slices"

	"chancery/generator/manuscript"
)

// Lines are the lines of a manuscript, in the parts in which it came.
type Lines [][]manuscript.Line

// At gives the line of that number.
func (l Lines) At(number int) (string, bool) {
	for _, part := range slices.Backward(l) {
		at, found := slices.BinarySearchFunc(part, number, func(l manuscript.Line, n int) int { return l.Number - n })
		if found {
			return part[at].Text, true
		}
	}
	return "", false
}

// partsKept is how many parts of a long text are kept for the drafts of them:
// some wait for what follows them.
const partsKept = 8

// A keptLines keeps the lines of manuscripts until their drafts come. Posts of
// an export wait for each other and come in their order.
type keptLines struct {
	posts     []Lines
	text      Lines
	continues bool // whether the text goes on in the next manuscript
}

func (k *keptLines) take(m *manuscript.Manuscript) {
	if m.Post {
		k.posts = append(k.posts, Lines{m.Lines})
		return
	}
	if !k.continues {
		k.text = nil
	}
	// A new list: drafts that are given already have the old one.
	k.text = append(slices.Clone(k.text[max(0, len(k.text)-partsKept):]), m.Lines)
	k.continues = m.Continues
}

// next gives the lines that the next draft was read from.
func (k *keptLines) next() Lines {
	if len(k.posts) == 0 {
		return k.text
	}
	first := k.posts[0]
	k.posts = k.posts[1:]
	return first
}
