package main

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"

	"chancery/generator/archive"
	"chancery/generator/content"
	"chancery/generator/problem"
)

// fieldRanks is the order in which fields are looked at: those that say where a
// document is found come first. Fields that are not here come after them, and
// before all of them come those without a value. content/README.md says so.
var fieldRanks = []string{"date", "venues", "place", "speakers", "source", "kind", "language"}

// wordingRanks are the ways in which import words its doubts, from that which
// says the least to that which says the most. A wording is known by one of its
// words.
var wordingRanks = [][]string{
	{"nothing in the text", "does not tell", "no date that", "none ", "cannot", "not known"},
	{"differ", ", the text ", "another", " two ", "either", " or "},
	{"perhaps", "may be", "most like", "a few", "nearest", "neighbour"},
	{"because", "inferred"},
}

// compareDoubts puts first what a person ought to look at sooner: what has no
// value, then by field, then by the wording of the doubt.
func compareDoubts(a, b content.Doubt) int {
	hasNone := func(d content.Doubt) int { return btoi(d.Value == "" && d.Field != "") }
	return cmp.Or(cmp.Compare(hasNone(b), hasNone(a)), cmp.Compare(fieldRank(a), fieldRank(b)), cmp.Compare(wordingRank(a), wordingRank(b)))
}

func fieldRank(d content.Doubt) int {
	if i := slices.Index(fieldRanks, d.Field); i >= 0 {
		return i
	}
	return len(fieldRanks)
}

func wordingRank(d content.Doubt) int {
	for i, words := range wordingRanks {
		if slices.ContainsFunc(words, func(w string) bool { return strings.Contains(d.Why, w) }) {
			return i
		}
	}
	return len(wordingRanks)
}

// printReview prints what waits for a person: documents, the most doubtful
// first, then terms. Problems are counted, for check to tell.
func printReview(w io.Writer, root string, a *content.Archive, start time.Time) error {
	documents, terms := inFiles(a.Doubts)
	r := &reviewing{root: root, archive: a}
	for _, doubts := range documents {
		r.document(doubts)
	}
	if len(terms) > 0 {
		r.named = namedBy(a)
	}
	for _, doubts := range terms {
		r.term(doubts)
	}
	r.sum(documents, terms)
	fmt.Fprintf(&r.text, "%.2f s\n", time.Since(start).Seconds())
	if _, err := io.WriteString(w, r.text.String()); err != nil {
		return fmt.Errorf("printing the review: %w", err)
	}
	if len(a.Problems) > 0 {
		return errProblems
	}
	return nil
}

// inFiles puts doubts together by their files, those of documents in the order
// in which a person ought to look at them, those of terms in that of their files.
func inFiles(doubts []content.Doubt) (documents, terms [][]content.Doubt) {
	files := map[string][]content.Doubt{}
	for _, d := range doubts {
		files[d.File] = append(files[d.File], d)
	}
	for _, file := range slices.Sorted(maps.Keys(files)) {
		list := files[file]
		if !strings.HasPrefix(file, "content/documents/") {
			terms = append(terms, list)
			continue
		}
		slices.SortStableFunc(list, compareDoubts)
		documents = append(documents, list)
	}
	slices.SortStableFunc(documents, func(a, b []content.Doubt) int {
		return cmp.Or(compareDoubts(a[0], b[0]), cmp.Compare(len(b), len(a)))
	})
	return documents, terms
}

// A reviewing is one list of what waits, as it is written.
type reviewing struct {
	root    string
	archive *content.Archive
	named   map[string][]string                      // the documents that name a term, by the term's file
	names   [len(archive.Facets)]map[string][]string // of all terms, by the beginnings of their words
	text    strings.Builder
}

func (r *reviewing) document(doubts []content.Doubt) {
	for _, d := range doubts {
		fmt.Fprintf(&r.text, "%s:%d: %s\n", d.File, d.Line, d.Text())
		switch {
		case d.Value != "":
			fmt.Fprintf(&r.text, "    value: %s\n", shorten(d.Value, 100))
		case d.Field != "":
			r.text.WriteString("    value: none\n")
		}
	}
	r.settle(doubts)
}

// settle writes the command that settles a file, and for a file with several
// fields how one of them is settled.
func (r *reviewing) settle(doubts []content.Doubt) {
	command := content.AcceptCommand(r.root, doubts[0].File)
	several := slices.ContainsFunc(doubts, func(d content.Doubt) bool { return d.Field != doubts[0].Field })
	if one := doubts[0].Field; several && one != "" {
		command += "    (one alone: --field " + one + ")"
	}
	fmt.Fprintf(&r.text, "    settle: %s\n\n", command)
}

// namedBy gives the files of the documents that name each term that waits.
func namedBy(a *content.Archive) map[string][]string {
	named := map[string][]string{}
	for _, d := range a.Documents {
		for _, f := range archive.Facets {
			for _, id := range d.Terms(f) {
				if file := archive.TermFile(f, id); a.Vocabulary.Term(f, id) != nil {
					named[file] = append(named[file], d.ID.File())
				}
			}
		}
	}
	return named
}

// term writes what waits of a term: that it is unverified first, then what
// import noted of it, then what the archive tells.
func (r *reviewing) term(doubts []content.Doubt) {
	slices.SortStableFunc(doubts, func(a, b content.Doubt) int {
		return cmp.Compare(btoi(b.Field == "unverified"), btoi(a.Field == "unverified"))
	})
	for i, d := range doubts {
		if d.Field != "unverified" {
			fmt.Fprintf(&r.text, "%s:%d: %s\n", d.File, d.Line, d.Text())
			continue
		}
		fmt.Fprintf(&r.text, "%s:%d: unverified: %s\n", d.File, d.Line, d.Why)
		if i == 0 {
			r.surroundings(d.File, len(doubts) == 1)
		}
	}
	r.settle(doubts)
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

// surroundings tells which documents name a term and, where import has not
// noted it, which term it may be another name of.
func (r *reviewing) surroundings(file string, nearest bool) {
	switch documents := r.named[file]; len(documents) {
	case 0:
		r.text.WriteString("    no document names it\n")
	case 1:
		fmt.Fprintf(&r.text, "    named by %s\n", documents[0])
	default:
		fmt.Fprintf(&r.text, "    named by %d documents, the first %s\n", len(documents), documents[0])
	}
	facet, id := content.File{Path: file}.Term()
	own := r.archive.Vocabulary.Term(facet, id)
	if own == nil || !nearest {
		return
	}
	if near := problem.Nearest(own.Name, r.alike(own)); near != "" {
		fmt.Fprintf(&r.text, "    near: %q, a name of %s\n", near, r.archive.Vocabulary.Find(facet, near).File())
	}
}

// alike gives the names of other terms that have a word which begins as a word
// of the term's name does: to measure all names against all takes too long.
func (r *reviewing) alike(own *archive.Term) []string {
	if r.names[own.Facet] == nil {
		r.names[own.Facet] = map[string][]string{}
		for _, t := range r.archive.Vocabulary.Terms(own.Facet) {
			for _, name := range t.Names() {
				for _, beginning := range beginnings(name) {
					r.names[own.Facet][beginning] = append(r.names[own.Facet][beginning], name)
				}
			}
		}
	}
	var names []string
	for _, beginning := range beginnings(own.Name) {
		for _, name := range r.names[own.Facet][beginning] {
			if !slices.Contains(own.Names(), name) {
				names = append(names, name)
			}
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// beginnings gives the first letters of a name's words, in small letters.
func beginnings(name string) []string {
	words := strings.Fields(strings.ToLower(name))
	for i, w := range words {
		runes := []rune(w)
		words[i] = string(runes[:min(len(runes), 3)])
	}
	slices.Sort(words)
	return slices.Compact(words)
}

// sum writes the counts at the end.
func (r *reviewing) sum(documents, terms [][]content.Doubt) {
	counts, lines := map[string]int{}, 0
	for _, doubts := range documents {
		for _, d := range doubts {
			counts[cmp.Or(d.Field, "no field")]++
			lines++
		}
	}
	fmt.Fprintf(&r.text, "documents that wait %d, lines %d", len(documents), lines)
	between := " ("
	for _, field := range slices.SortedFunc(maps.Keys(counts), func(a, b string) int { return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a, b)) }) {
		fmt.Fprintf(&r.text, "%s%s %d", between, field, counts[field])
		between = ", "
	}
	if lines > 0 {
		r.text.WriteString(")")
	}
	fmt.Fprintf(&r.text, ", terms that wait %d, ", len(terms))
	if n := len(r.archive.Problems); n > 0 {
		fmt.Fprintf(&r.text, "problems %d, which chancery check tells, ", n)
	}
}
