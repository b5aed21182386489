package manuscript

import (
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the golden manuscripts anew")

// describe prints all that a file gives.
func describe(t testing.TB, path string) string {
	t.Helper()
	f := Open(path)
	var b strings.Builder
	fmt.Fprintf(&b, "format: %s\n", f.Format())
	for m := range f.Manuscripts() {
		fmt.Fprintf(&b, "\n== manuscript, line %d\n", m.Line)
		for _, c := range m.Claims {
			fmt.Fprintf(&b, "%s: %s [%s, line %d]\n", c.Field, c.Text, c.Where, c.Line)
		}
		for _, a := range m.Files {
			r, err := a.Open()
			if err != nil {
				t.Fatal(err)
			}
			data, err := io.ReadAll(r)
			r.Close()
			fmt.Fprintf(&b, "file: %s, %d bytes, %v: %s\n", a.Name, len(data), err, a.Caption)
		}
		b.WriteString("-- lines\n")
		for _, l := range m.Lines {
			fmt.Fprintf(&b, "%d %s\n", l.Number, l.Text)
		}
		fmt.Fprintf(&b, "-- markdown\n%s", m.Markdown)
	}
	for _, p := range f.Problems {
		fmt.Fprintf(&b, "problem, line %d: %s (%s)\n", p.Line, p.What, p.Mend)
	}
	return b.String()
}

// TestGoldenManuscripts reads a file of each form and compares all that it gives.
func TestGoldenManuscripts(t *testing.T) {
	for _, kind := range []string{"pages", "feeds", "metadata"} {
		files, err := filepath.Glob("testdata/" + kind + "/*.*")
		if err != nil || len(files) < 5 {
			t.Fatalf("files of %s: %d, %v", kind, len(files), err)
		}
		for _, file := range files {
			if strings.HasSuffix(file, ".golden") || strings.HasSuffix(file, ".png") {
				continue
			}
			t.Run(filepath.Base(file), func(t *testing.T) { compare(t, describe(t, file), file+".golden") })
		}
	}
}

func compare(t *testing.T, got, golden string) {
	t.Helper()
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
		t.Errorf("it is another than %s:\n%s", golden, got)
	}
}
