package source

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"go.yaml.in/yaml/v4"

	"chancery/generator/archive"
)

// termFile is a term's metadata as these tests read it.
type termFile struct {
	Name          string
	Aliases       []string
	Abbreviations []string
	Hashtags      []string
	Parent        string
	Since         int
	Country       string
	Editions      []struct{ Key, Start, End, Place string }
}

// readVocabulary reads the vocabulary below a content folder.
func readVocabulary(tb testing.TB, folder string) *archive.Vocabulary {
	tb.Helper()
	var terms []*archive.Term
	for _, f := range archive.Facets {
		files, err := filepath.Glob(filepath.Join(folder, f.String(), "*.md"))
		if err != nil {
			tb.Fatal(err)
		}
		for _, file := range files {
			text, err := os.ReadFile(file)
			if err != nil {
				tb.Fatal(err)
			}
			_, rest, _ := bytes.Cut(text, []byte("---\n"))
			head, _, _ := bytes.Cut(rest, []byte("\n---"))
			var m termFile
			if err := yaml.Unmarshal(head, &m); err != nil {
				tb.Fatalf("%s: %v", file, err)
			}
			t, err := m.term(f, strings.TrimSuffix(filepath.Base(file), ".md"))
			if err != nil {
				tb.Fatalf("%s: %v", file, err)
			}
			terms = append(terms, t)
		}
	}
	if len(terms) == 0 {
		tb.Fatalf("no vocabulary below %s", folder)
	}
	v, _ := archive.NewVocabulary(terms)
	return v
}

func (m termFile) term(f archive.Facet, id string) (*archive.Term, error) {
	t := &archive.Term{Facet: f, ID: archive.TermID(id), Name: m.Name, Aliases: m.Aliases}
	t.Venue = archive.Venue{Abbreviations: m.Abbreviations, Hashtags: m.Hashtags, Parent: archive.TermID(m.Parent), Since: m.Since}
	t.Place.Country = m.Country
	for _, e := range m.Editions {
		start, err := archive.ParseDate(e.Start)
		if err != nil {
			return nil, err
		}
		end, err := archive.ParseDate(e.End)
		if err != nil {
			return nil, err
		}
		first, _ := start.Bounds()
		last, _ := end.Bounds()
		t.Venue.Editions = append(t.Venue.Editions, archive.Edition{Key: e.Key, Start: first, End: last, Place: archive.TermID(e.Place)})
	}
	return t, nil
}

var (
	shippedOnce sync.Once
	shipped     *Reader
)

// shippedReader gives a reader with the vocabulary that the repository ships.
func shippedReader(tb testing.TB) *Reader {
	shippedOnce.Do(func() { shipped = NewReader(readVocabulary(tb, "../../content")) })
	return shipped
}
