package content

import (
	"os"
	"path/filepath"
	"reflect"
	"testing"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"
)

// FuzzUsualMetadataIsReadAsTheLibraryReadsIt holds the quick way of reading
// metadata against the YAML library: what it takes, it takes for the same.
func FuzzUsualMetadataIsReadAsTheLibraryReadsIt(f *testing.F) {
	for _, s := range []string{
		"title: A\ndate: 2022-11-12\nvenues:\n  - a/1\n  - b\n", "imported:\n  source: x\n  file: y\n", "a: \"x: y\"\nb: 'z'\n",
		"title: a: b\n", "a:\n  - b: c\n", "a: b\n  c\n", "a:\nb:\n", "a: null\n", "a: ~\n", "on: x\n", "a: 1\n\nb: 0x1F\n", "a: \u00e9\u2014 x\n", "a: b \n", "a: .\n", "a: ...\n", "a:  b\n", "title: [2024..2025]\n", "venues: [a/1, b]\n", "v: [a b,c, ]\n", "v: [a: b]\n", "v: [a,\nb]\n", "v: [- a]\n",
	} {
		f.Add(s)
	}
	files, _ := filepath.Glob("../../content/venues/*.md")
	for _, file := range files[:min(5, len(files))] {
		if data, err := os.ReadFile(file); err == nil {
			f.Add(string(data))
		}
	}
	f.Fuzz(func(t *testing.T, s string) {
		quick, ok := parseUsual(s, 1)
		if !ok || !utf8.ValidString(s) {
			return
		}
		var doc yaml.Node
		if err := yaml.Unmarshal([]byte(s), &doc); err != nil {
			t.Fatalf("%q is read, but the library says %v", s, err)
		}
		if whole := nodeOf(doc.Content[0], 0); !reflect.DeepEqual(comparable(quick), comparable(whole)) {
			t.Fatalf("%q\nread as %+v\nlibrary %+v", s, quick, whole)
		}
	})
}

// comparable gives a node without what does not matter: the line and text of
// what is no scalar.
func comparable(n node) node {
	out := node{form: n.form}
	if n.form == scalar {
		out.text, out.line = n.text, n.line
	}
	for _, item := range n.items {
		out.items = append(out.items, comparable(item))
	}
	return out
}
