package accession

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"unicode"

	"chancery/generator/archive"
	"chancery/generator/content"
	"chancery/generator/problem"
)

// terms are the terms that there are, and those that this run makes.
type terms struct {
	store *store
	made  map[string]bool // files of the terms that this run made
	names [len(archive.Facets)][]termName
}

// A termName is one name of a term, in the forms in which names are compared.
type termName struct {
	term  *archive.Term
	slug  string // transliterated
	words []string
}

func newTerms(s *store, list []*archive.Term) *terms {
	t := &terms{store: s, made: map[string]bool{}}
	for _, term := range list {
		t.enter(term)
	}
	return t
}

// enter has new terms be compared with this one.
func (t *terms) enter(term *archive.Term) {
	for _, name := range append([]string{term.Name}, term.Aliases...) {
		t.names[term.Facet] = append(t.names[term.Facet], nameOf(term, name))
	}
}

func nameOf(term *archive.Term, name string) termName {
	words := strings.FieldsFunc(archive.Fold(name), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	slices.Sort(words)
	return termName{term, archive.Slug(name), slices.Compact(words)}
}

// add writes the file of a new term, unless this run or another has made it: a
// term is written once, by the first text that names it. For review it says
// where it was met and which term is nearest to it.
func (t *terms) add(term *archive.Term, d *archive.Draft, file string) (made bool, err error) {
	if t.made[term.File()] {
		return false, nil
	}
	term.Review = append(term.Review, "name: "+metAs(term, d, file))
	if near := t.nearest(term); near != nil {
		term.Review = append(term.Review, fmt.Sprintf("name: near to “%s” of %s: where it is the same, add this name to the aliases there and delete this file", near.Name, near.File()))
	}
	if t.store.dryRun {
		made = !t.store.exists(term.File())
	} else {
		err = content.Create(t.store.root, term.File(), content.FormatTerm(term))
		made = err == nil
	}
	if errors.Is(err, fs.ErrExist) {
		return false, nil
	}
	if made {
		t.made[term.File()] = true
		t.enter(term)
	}
	return made, err
}

// facetOf gives the facet of the field of a draft that names a term.
func facetOf(field string) (archive.Facet, bool) {
	switch field {
	case "place":
		return archive.Places, true
	case "venues":
		return archive.Venues, true
	case "speakers":
		return archive.Speakers, true
	case "source", "via":
		return archive.Sources, true
	}
	return 0, false
}

// metAs says where a draft names a term.
func metAs(term *archive.Term, d *archive.Draft, file string) string {
	for field, v := range d.Values {
		if facet, ok := facetOf(field); !ok || facet != term.Facet || !strings.HasPrefix(v.Text, term.Name) {
			continue
		}
		name, _, _ := strings.Cut(v.Text, ", edition ")
		if v.Line == 0 {
			return fmt.Sprintf("“%s” is met in %s", name, shortPath(file))
		}
		return fmt.Sprintf("“%s” is met in %s (line %d)", name, shortPath(file), v.Line)
	}
	return "it is met in " + shortPath(file)
}

// nearest gives the term that has a name most like the term's, nil where none
// has: one that differs in few letters, or has half of its words in common. A
// term that a person has looked at goes before.
func (t *terms) nearest(term *archive.Term) *archive.Term {
	own := nameOf(term, term.Name)
	var best *archive.Term
	most := 0.0
	for _, n := range t.names[term.Facet] {
		likeness := likenessOf(own, n)
		if likeness > 0 && !n.term.Unverified {
			likeness++
		}
		if likeness > most || likeness == most && best != nil && n.term.ID < best.ID {
			best, most = n.term, likeness
		}
	}
	return best
}

// likenessOf gives how like two names are, from 0, not at all, to 1.
func likenessOf(a, b termName) float64 {
	longest := max(len(a.slug), len(b.slug))
	if longest == 0 {
		return 0
	}
	bound := longest/5 + 1
	letters := 0.0
	if d := problem.Distance(a.slug, b.slug, bound); d < bound && longest > 3 {
		letters = 1 - float64(d)/float64(longest)
	}
	return max(letters, commonWords(a.words, b.words))
}

// commonWords gives the share of words that two names have in common, 0 where
// it is less than half.
func commonWords(a, b []string) float64 {
	both := 0
	for _, w := range a {
		if slices.Contains(b, w) {
			both++
		}
	}
	if all := len(a) + len(b) - both; all > 0 && 2*both >= all {
		return float64(both) / float64(all)
	}
	return 0
}

// shortPath gives the last two parts of a path: a term's file is shared, the
// machine's folders are not.
func shortPath(file string) string {
	folder, name := filepath.Split(filepath.ToSlash(file))
	if folder = filepath.Base(folder); folder == "." || folder == "/" {
		return name
	}
	return folder + "/" + name
}
