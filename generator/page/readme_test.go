package page

import (
	"bytes"
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"chancery/generator/archive"
)

var updateREADME = flag.Bool("update", false, "write the tables of values into templates/README.md")

const readme = "../../templates/README.md"

// typeNames are the types of values in a designer's words.
var typeNames = map[string]string{"string": "text", "template.HTML": "HTML", "Site": "values of their own"}

// valueTables gives for each structure in view.go the table of its values as
// the README lists them.
func valueTables(t *testing.T) map[string]string {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "view.go", nil, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	tables := map[string]string{}
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.TypeSpec)
		if !ok {
			return true
		}
		if s, ok := spec.Type.(*ast.StructType); ok {
			tables[spec.Name.Name] = valueTable(t, spec.Name.Name, s)
		}
		return false
	})
	return tables
}

func valueTable(t *testing.T, name string, s *ast.StructType) string {
	t.Helper()
	prefix := "."
	if name == "Site" {
		prefix = ".Site."
	}
	var b strings.Builder
	b.WriteString("| value | type | meaning |\n|---|---|---|\n")
	for _, f := range s.Fields.List {
		var kind bytes.Buffer
		if err := writeType(&kind, f.Type); err != nil {
			t.Fatal(name, err)
		}
		if len(f.Names) > 0 && typeNames[kind.String()] == "" {
			t.Errorf("%s has a value of type %s, which has no name for designers", name, &kind)
		}
		for _, field := range f.Names {
			fmt.Fprintf(&b, "| `{{%s%s}}` | %s | %s |\n", prefix, field.Name, typeNames[kind.String()], inCell(f.Comment.Text()))
		}
	}
	return b.String()
}

// writeType writes a type as the source has it: a name, or one of a package.
func writeType(w *bytes.Buffer, e ast.Expr) error {
	switch e := e.(type) {
	case *ast.Ident:
		w.WriteString(e.Name)
	case *ast.SelectorExpr:
		if err := writeType(w, e.X); err != nil {
			return err
		}
		w.WriteString("." + e.Sel.Name)
	default:
		return fmt.Errorf("a value is of a type that templates do not see: %T", e)
	}
	return nil
}

var tag = regexp.MustCompile(`<[^>]+>`)

// inCell gives a comment as the cell of a table, its tags as code.
func inCell(comment string) string {
	return strings.ReplaceAll(tag.ReplaceAllString(strings.TrimSpace(comment), "`$0`"), "|", `\|`)
}

// valuesMarked finds a table between its markers.
var valuesMarked = regexp.MustCompile(`(?s)<!-- values: ([^ ]+) -->\n(.*?)<!-- end -->\n`)

func TestREADMEListsEveryValue(t *testing.T) {
	text, err := os.ReadFile(readme)
	if err != nil {
		t.Fatal(err)
	}
	tables := valueTables(t)
	var listed []string
	want := valuesMarked.ReplaceAllFunc(text, func(block []byte) []byte {
		name := string(valuesMarked.FindSubmatch(block)[1])
		table, known := tables[name]
		if !known || slices.Contains(listed, name) {
			t.Errorf("templates/README.md: the marker %q names no values, or some that stand there already", name)
			return block
		}
		listed = append(listed, name)
		return []byte("<!-- values: " + name + " -->\n" + table + "<!-- end -->\n")
	})
	for name := range tables {
		if !slices.Contains(listed, name) {
			t.Errorf("templates/README.md lists no values of %s; add the lines <!-- values: %s --> and <!-- end --> where they belong", name, name)
		}
	}
	switch {
	case t.Failed() || bytes.Equal(text, want):
	case *updateREADME:
		if err := os.WriteFile(readme, want, 0o644); err != nil {
			t.Fatal(err)
		}
	default:
		t.Error("templates/README.md does not list the values as they are; this mends it:\n    go test ./generator/page -run README -update")
	}
}

// TestREADMENamesEachTemplateAboveItsValues holds the headings to the table of
// templates.
func TestREADMENamesEachTemplateAboveItsValues(t *testing.T) {
	text, err := os.ReadFile(readme)
	if err != nil {
		t.Fatal(err)
	}
	for name, value := range views {
		heading := fmt.Sprintf("\n### `%s`\n\n<!-- values: %s -->\n", name, reflect.TypeOf(value).Elem().Name())
		if !strings.Contains(string(text), heading) {
			t.Errorf("templates/README.md has no heading of %s with its values below it", name)
		}
	}
}

// dateRow is a row of the table of dates in content/README.md.
var dateRow = regexp.MustCompile("(?m)^\\| `([^`]+)` \\| [^|]+ \\| ([^|]+) \\|$")

// TestREADMESaysWhatReadersSeeOfDates holds the table for archivists to the
// words on the pages.
func TestREADMESaysWhatReadersSeeOfDates(t *testing.T) {
	text, err := os.ReadFile("../../content/README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, chapter, _ := strings.Cut(string(text), "\n## Dates\n")
	chapter, _, _ = strings.Cut(chapter, "\n## ")
	rows := dateRow.FindAllStringSubmatch(chapter, -1)
	if len(rows) < 8 {
		t.Errorf("%d forms of date are found", len(rows))
	}
	for _, row := range rows {
		date, err := archive.ParseDate(strings.Trim(row[1], `"`))
		if err != nil {
			t.Errorf("%s: %v", row[1], err)
		}
		if words := DateWords(date); words != row[2] {
			t.Errorf("content/README.md: of %s readers see %q, not %q", row[1], words, row[2])
		}
	}
}
