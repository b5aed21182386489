package content

import (
	"bytes"
	"flag"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"chancery/generator/archive"
)

var updateREADME = flag.Bool("update", false, "write the tables of fields into content/README.md")

const readme = "../../content/README.md"

// fieldTables gives the tables of fields as the README lists them, by the names
// of their markers.
func fieldTables() map[string]string {
	tables := map[string]string{
		"documents":    tableOf(DocumentFields),
		"editions":     tableOf(editionFields),
		"offices":      tableOf(officeFields),
		"archive.yaml": tableOf(SettingsFields),
	}
	for _, f := range archive.Facets {
		tables[f.String()] = tableOf(TermFields(f))
	}
	return tables
}

func tableOf[T any](fields []Field[T]) string {
	var b strings.Builder
	b.WriteString("| key | value | meaning |\n|---|---|---|\n")
	for _, f := range fields {
		b.WriteString("| `" + f.Key + "` | " + inCell(f.Form) + " | " + inCell(f.About) + " |\n")
	}
	return b.String()
}

// inCell keeps a text from being read as markup of a table.
func inCell(text string) string { return strings.ReplaceAll(text, "|", `\|`) }

// fieldsMarked finds a table between its markers.
var fieldsMarked = regexp.MustCompile(`(?s)<!-- fields: ([^ ]+) -->\n(.*?)<!-- end -->\n`)

func TestREADMEListsEveryField(t *testing.T) {
	text, err := os.ReadFile(readme)
	if err != nil {
		t.Fatal(err)
	}
	tables := fieldTables()
	var listed []string
	want := fieldsMarked.ReplaceAllFunc(text, func(block []byte) []byte {
		name := string(fieldsMarked.FindSubmatch(block)[1])
		table, known := tables[name]
		if !known || slices.Contains(listed, name) {
			t.Errorf("content/README.md: the marker %q names no table, or one that stands there already", name)
			return block
		}
		listed = append(listed, name)
		return []byte("<!-- fields: " + name + " -->\n" + table + "<!-- end -->\n")
	})
	for name := range tables {
		if !slices.Contains(listed, name) {
			t.Errorf("content/README.md lists no fields of %s; add the lines <!-- fields: %s --> and <!-- end --> where they belong", name, name)
		}
	}
	switch {
	case t.Failed() || bytes.Equal(text, want):
	case *updateREADME:
		if err := os.WriteFile(readme, want, 0o644); err != nil {
			t.Fatal(err)
		}
	default:
		t.Error("content/README.md does not list the fields as they are; this mends it:\n    go test ./generator/content -run README -update")
	}
}

// exampleFile finds a whole file in the README: its name on a line of its own,
// then the file in a fenced block.
var exampleFile = regexp.MustCompile("(?s)\n`(content/[^`]+)`[^\n]*\n\n```\n(.*?)```\n")

// TestREADMEsExamplesHaveNoProblem reads each example as the file that it is.
func TestREADMEsExamplesHaveNoProblem(t *testing.T) {
	text, err := os.ReadFile(readme)
	if err != nil {
		t.Fatal(err)
	}
	examples := exampleFile.FindAllSubmatch(text, -1)
	if len(examples) < 2 {
		t.Errorf("%d examples are found", len(examples))
	}
	for _, example := range examples {
		f, data := File{Path: string(example[1])}, example[2]
		var tree Tree
		tree.file(f)
		switch {
		case len(tree.Documents) == 1:
			if r, _ := ReadDocument(f.DocumentID(), data); len(problemsOf(r)) > 0 {
				t.Error(problemsOf(r))
			}
		case len(tree.Terms) == 1:
			facet, id := f.Term()
			if r := ReadTerm(facet, id, data); len(r.Problems) > 0 {
				t.Error(r.Problems)
			}
		case len(tree.Settings) == 1:
			if _, problems := ReadSettings(data); len(problems) > 0 {
				t.Error(problems)
			}
		default:
			t.Errorf("%s is no file of an archive", f.Path)
		}
	}
}
