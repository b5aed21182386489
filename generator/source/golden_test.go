package source

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"go.yaml.in/yaml/v4"

	"chancery/generator/archive"
	"chancery/generator/manuscript"
	"chancery/generator/problem"
)

var update = flag.Bool("update", false, "write the golden drafts anew")

// testReader reads with the small vocabulary of these tests.
var testReader = sync.OnceValues(func() (*Reader, error) {
	text, err := os.ReadFile("testdata/vocabulary.yaml")
	if err != nil {
		return nil, err
	}
	var facets map[string][]struct {
		ID       string
		termFile `yaml:",inline"`
	}
	if err := yaml.Unmarshal(text, &facets); err != nil {
		return nil, err
	}
	var terms []*archive.Term
	for _, f := range archive.Facets {
		for _, m := range facets[f.String()] {
			t, err := m.term(f, m.ID)
			if err != nil {
				return nil, err
			}
			terms = append(terms, t)
		}
	}
	v, clashes := archive.NewVocabulary(terms)
	if len(clashes) > 0 {
		return nil, fmt.Errorf("two terms claim %q", clashes[0].Name)
	}
	return NewReader(v), nil
})

func ownReader(tb testing.TB) *Reader {
	tb.Helper()
	r, err := testReader()
	if err != nil {
		tb.Fatal(err)
	}
	return r
}

// TestGoldenDrafts reads a text of each shape and compares the whole draft.
func TestGoldenDrafts(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) < 15 {
		t.Fatalf("texts: %d, %v", len(files), err)
	}
	r := ownReader(t)
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			drafts, format, problems := readText(r, file, text)
			got := describe(r, format, drafts) + fmt.Sprintln(problems)
			golden := strings.TrimSuffix(file, ".txt") + ".golden"
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if got != string(want) {
				t.Errorf("the draft is another than in %s:\n%s", golden, got)
			}
		})
	}
}

// describe prints drafts with all that they hold.
func describe(r *Reader, format string, drafts []archive.Draft) string {
	var b strings.Builder
	fmt.Fprintf(&b, "format: %s\n", format)
	for i := range drafts {
		d := &drafts[i]
		doc, terms := d.Document(r.vocabulary)
		fmt.Fprintf(&b, "\n== %s\n", archive.NewID(doc.Date, doc.Title))
		for field, v := range d.Values {
			fmt.Fprintf(&b, "%s: %s [%s, line %d, %s: %s]\n", field, v.Text, v.Grade, v.Line, v.Rule, v.Why)
		}
		fmt.Fprintf(&b, "venues: %v, place: %q, source: %q\n", doc.Venues, doc.Place, doc.Source)
		for _, line := range doc.Review {
			fmt.Fprintf(&b, "review: %s\n", line)
		}
		for _, t := range terms {
			fmt.Fprintf(&b, "new: %s\n", t.File())
		}
		fmt.Fprintf(&b, "-- body\n%s\n-- markdown\n%s\n", d.Body, Markdown(d.Body, doc.Title))
	}
	return b.String()
}

// readText gives the drafts of a text, the shape of the first, and the problems.
func readText(r *Reader, file string, data []byte) (drafts []archive.Draft, shape string, problems []problem.Problem) {
	m := manuscript.Manuscript{Lines: manuscript.SplitLines(string(data), 1), Line: 1}
	one := func(yield func(manuscript.Manuscript) bool) { yield(m) }
	tell := func(line int, what, mend string) {
		problems = append(problems, problem.Problem{File: file, Line: line, What: what, Mend: mend})
	}
	for d := range r.Drafts(one, tell) {
		drafts, shape = append(drafts, d), d.Shape
	}
	return drafts, shape, problems
}
