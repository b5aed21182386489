package archive

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// A Vocabulary holds all terms of an archive. It is not changed once made.
type Vocabulary struct {
	terms [len(Facets)]map[TermID]*Term
	names [len(Facets)]map[string]*Term // by Fold of each name
}

// A Clash is a name that two terms of one facet claim; the name stays with First.
type Clash struct {
	Name          string
	First, Second *Term
}

// NewVocabulary files the terms, in the order of their IDs where two claim one
// name. Of two terms with one ID the later is dropped.
func NewVocabulary(terms []*Term) (*Vocabulary, []Clash) {
	v := &Vocabulary{}
	for _, f := range Facets {
		v.terms[f], v.names[f] = map[TermID]*Term{}, map[string]*Term{}
	}
	terms = slices.Clone(terms)
	slices.SortStableFunc(terms, func(a, b *Term) int { return cmp.Compare(a.ID, b.ID) })
	var clashes []Clash
	for _, t := range terms {
		if v.terms[t.Facet][t.ID] != nil {
			continue
		}
		v.terms[t.Facet][t.ID] = t
		for _, name := range t.Names() {
			folded := Fold(name)
			if first := v.names[t.Facet][folded]; first != nil && first != t {
				clashes = append(clashes, Clash{name, first, t})
				continue
			}
			v.names[t.Facet][folded] = t
		}
	}
	return v, clashes
}

// Term gives the term with that ID, nil where there is none.
func (v *Vocabulary) Term(f Facet, id TermID) *Term { return v.terms[f][id] }

// Find gives the term that goes by that name, in any case and spacing, nil
// where there is none.
func (v *Vocabulary) Find(f Facet, name string) *Term { return v.names[f][Fold(name)] }

// Terms gives the facet's terms in the order of their IDs.
func (v *Vocabulary) Terms(f Facet) []*Term {
	terms := make([]*Term, 0, len(v.terms[f]))
	for _, id := range v.IDs(f) {
		terms = append(terms, v.terms[f][id])
	}
	return terms
}

// IDs gives the IDs of the facet's terms in order.
func (v *Vocabulary) IDs(f Facet) []TermID { return slices.Sorted(maps.Keys(v.terms[f])) }

// Fold gives the form under which names are compared: composed (NFC), without
// case, one kind of space, hyphen and apostrophe.
func Fold(name string) string {
	if isASCII(name) {
		return strings.Join(strings.Fields(strings.ToLower(name)), " ")
	}
	return foldAny(name)
}

func foldAny(name string) string {
	name = cases.Fold().String(norm.NFC.String(name))
	return strings.Join(strings.Fields(alikeSigns().Replace(name)), " ")
}

// alikeSigns puts one sign for those that are written for each other.
var alikeSigns = sync.OnceValue(func() *strings.Replacer {
	return strings.NewReplacer("’", "'", "‘", "'", "‐", "-", "‑", "-", "–", "-", "—", "-", "ё", "е")
})

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
