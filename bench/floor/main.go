// Floor does what no generator of static sites can leave out: with N workers it
// reads every Markdown file below IN, runs goldmark on what follows the
// metadata, and writes OUT/<path>/index.html. No metadata, no templates.
//
//	floor -workers N IN OUT
package main

import (
	"bytes"
	"flag"
	"io/fs"
	"log"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"

	"github.com/yuin/goldmark"
)

func main() {
	workers := flag.Int("workers", runtime.GOMAXPROCS(0), "how many files are under way at once")
	flag.Parse()
	if flag.NArg() != 2 {
		log.Fatal("usage: floor -workers N IN OUT")
	}
	in, out := os.DirFS(flag.Arg(0)), flag.Arg(1)
	paths := make(chan string, 64)
	var wg sync.WaitGroup
	for range *workers {
		wg.Go(func() {
			var text, html bytes.Buffer
			for path := range paths {
				if err := render(in, path, out, &text, &html); err != nil {
					log.Fatal(err)
				}
			}
		})
	}
	err := fs.WalkDir(in, ".", func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && strings.HasSuffix(path, ".md") {
			paths <- path
		}
		return err
	})
	close(paths)
	wg.Wait()
	if err != nil {
		log.Fatal(err)
	}
}

var markdown = goldmark.New()

func render(in fs.FS, path, out string, text, html *bytes.Buffer) error {
	file, err := in.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	text.Reset()
	html.Reset()
	if _, err := text.ReadFrom(file); err != nil {
		return err
	}
	if err := markdown.Convert(body(text.Bytes()), html); err != nil {
		return err
	}
	folder := filepath.Join(out, filepath.FromSlash(strings.TrimSuffix(path, ".md")))
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(folder, "index.html"), html.Bytes(), 0o644)
}

// body leaves out the metadata between two lines of three hyphens.
func body(text []byte) []byte {
	if !bytes.HasPrefix(text, []byte("---\n")) {
		return text
	}
	_, body, _ := bytes.Cut(text, []byte("\n---\n"))
	return body
}
