package accession

import "slices"

// shinglesCompared bounds how much of two texts is held against each other.
const shinglesCompared = 200_000

// appendShingles adds the shingles of a text to a list that is empty, each once
// and in the order of their numbers.
func appendShingles(list []uint64, text string) []uint64 {
	shingles(text, func(s uint64) bool {
		list = append(list, s)
		return len(list) < shinglesCompared
	})
	slices.Sort(list)
	return slices.Compact(list)
}

// overlap gives the share of the shingles of two texts that both have: their
// number over that of all (Jaccard's index), from 0 to 1.
func overlap(a, b []uint64) float64 {
	both := 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch x, y := a[i], b[j]; {
		case x < y:
			i++
		case x > y:
			j++
		default:
			both++
			i++
			j++
		}
	}
	if all := len(a) + len(b) - both; all > 0 {
		return float64(both) / float64(all)
	}
	return 0
}

// A likest is the document whose text is most like one that is being filed. Its
// lists are used again for the next.
type likest struct {
	own, other []uint64 // shingles
	of         *prepared
	share      float64
	card       *card // nil where none is as like as leastShare
}

// begin forgets what was found for the text before.
func (l *likest) begin(p *prepared) {
	*l = likest{own: l.own[:0], other: l.other[:0], of: p, share: leastShare}
}

// hold holds the text against that of a document. It says false where no other
// can be more like it.
func (l *likest) hold(k *card, text string) bool {
	if len(l.own) == 0 {
		l.own = appendShingles(l.own, l.of.body)
	}
	l.other = appendShingles(l.other[:0], text)
	if s := overlap(l.own, l.other); s > l.share || s == l.share && l.card == nil {
		l.card, l.share = k, s
	}
	return l.share < 1
}
