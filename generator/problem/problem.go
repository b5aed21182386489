// Package problem holds what a person has to mend: where it is, what is wrong
// and what to do. It knows nothing of what found it.
package problem

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
)

// A Problem is one thing in the archive that a person has to mend. What stands
// under it is left out of the site until then; the rest is made.
type Problem struct {
	File string // slash path below the root, "content/venues/asean.md"
	Line int    // from 1; 0 where the whole file is meant
	What string // what is wrong, with the value as written and what follows from it
	Mend string // one thing to do about it; may be empty
}

// String gives the problem in the form that editors jump to, the mend on a
// line of its own.
func (p Problem) String() string {
	var b strings.Builder
	b.WriteString(p.File)
	if p.Line > 0 {
		fmt.Fprintf(&b, ":%d", p.Line)
	}
	b.WriteString(": ")
	b.WriteString(p.What)
	if p.Mend != "" {
		b.WriteString("\n    mend: ")
		b.WriteString(p.Mend)
	}
	return b.String()
}

// Sort puts problems into the order of file, line and text, and drops repeats.
func Sort(ps []Problem) []Problem {
	slices.SortFunc(ps, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.What, b.What), cmp.Compare(a.Mend, b.Mend))
	})
	return slices.Compact(ps)
}

// Print writes each problem in its own lines.
func Print(w io.Writer, ps []Problem) {
	for _, p := range ps {
		fmt.Fprintln(w, p)
	}
}

// Nearest gives the candidate that a mistyped word most likely meant, or "".
// A word is near when no more than a third of its letters differ.
func Nearest(word string, candidates []string) string {
	best, bound := "", max(2, len(word)/3)+1
	for _, c := range candidates {
		if d := Distance(strings.ToLower(word), strings.ToLower(c), bound); d < bound {
			best, bound = c, d
		}
	}
	return best
}

// Distance gives how many bytes have to be put in, left out or changed to make
// the one word the other (Levenshtein 1966); bound or more tells only "too far".
func Distance(a, b string, bound int) int {
	if len(a)-len(b) >= bound || len(b)-len(a) >= bound {
		return bound
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(a); i++ {
		diagonal := row[0]
		row[0] = i
		for j := 1; j <= len(b); j++ {
			swap := diagonal
			if a[i-1] != b[j-1] {
				swap++
			}
			diagonal, row[j] = row[j], min(swap, row[j]+1, row[j-1]+1)
		}
	}
	return row[len(b)]
}
