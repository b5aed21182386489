package main

import (
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// layers is the order of the program's packages: each may import those before it.
var layers = []string{"problem", "archive", "markdown", "manuscript", "source", "content", "accession", "index", "page", "site", "cache", "build", "watch", "."}

// importers names the packages that may import a module.
var importers = map[string][]string{
	"github.com/yuin/goldmark":                        {"markdown"},
	"github.com/alecthomas/chroma/v2":                 {"markdown"},
	"go.yaml.in/yaml/v4":                              {"content", "manuscript"},
	"golang.org/x/net/html":                           {"manuscript"},
	"codeberg.org/readeck/go-readability/v2":          {"manuscript"},
	"github.com/JohannesKaufmann/html-to-markdown/v2": {"manuscript"},
	"github.com/gogs/chardet":                         {"manuscript"},
	"github.com/pelletier/go-toml/v2":                 {"manuscript"},
	"github.com/fsnotify/fsnotify":                    {"watch"},
	"github.com/spf13/cobra":                          {"."},
}

// TestImportsRunOneWay holds every file that is built to the order of layers.
func TestImportsRunOneWay(t *testing.T) {
	files, err := filepath.Glob("*.go")
	more, err2 := filepath.Glob("*/*.go")
	if err != nil || err2 != nil || len(more) == 0 {
		t.Fatal("no files are found", err, err2)
	}
	for _, name := range append(files, more...) {
		layer := filepath.ToSlash(filepath.Dir(name))
		at := slices.Index(layers, layer)
		if at < 0 {
			t.Errorf("%s: the package %s has no place in the order of layers", name, layer)
		}
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ImportsOnly)
		if err != nil {
			t.Fatal(err)
		}
		for _, spec := range file.Imports {
			path, _ := strconv.Unquote(spec.Path.Value)
			if own, ok := strings.CutPrefix(path, "chancery/generator/"); ok {
				if i := slices.Index(layers, own); i < 0 || i >= at {
					t.Errorf("%s imports %s, which is no layer below it", name, own)
				}
			}
			for module, allowed := range importers {
				if (path == module || strings.HasPrefix(path, module+"/")) && !slices.Contains(allowed, layer) {
					t.Errorf("%s imports %s, which is for %s alone", name, path, strings.Join(allowed, " and "))
				}
			}
		}
	}
}
