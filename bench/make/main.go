// Make writes an archive of N documents: the same bytes for the same N, in a
// world whose words, towns and people are coined. It keeps no document in
// memory, so that a million of them cost only time.
//
//	go run ./bench/make -n 10000 -out DIR [-hugo]
//
// DIR/content is the archive; -hugo adds DIR/hugo, the same as a Hugo site.
package main

import (
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"sync"
)

const archiveYAML = `title: The Bench Archive
description: Statements, reports and posts of a world that does not exist, made to measure with.
base-url: https://bench.example.org/
language: en
publisher: The Bench
licence: CC0-1.0
cite: The Bench Archive, https://bench.example.org/
`

func main() {
	n := flag.Int("n", 1000, "how many documents")
	out := flag.String("out", "", "the folder to make the archive in")
	withHugo := flag.Bool("hugo", false, "make OUT/hugo too, the same as a Hugo site")
	flag.Parse()
	if *out == "" || flag.NArg() > 0 {
		flag.Usage()
		os.Exit(2)
	}
	if err := makeArchive(*n, *out, *withHugo); err != nil {
		fmt.Fprintln(os.Stderr, "making the archive:", err)
		os.Exit(3)
	}
}

// maker holds what the makers of documents share; none of it changes but the
// marks of hugo, which are atomic.
type maker struct {
	content string
	v       vocabulary
	c       chances
	hugo    *hugoSite
}

func makeArchive(n int, out string, withHugo bool) error {
	m := maker{content: filepath.Join(out, "content"), v: newVocabulary(), c: newChances()}
	if _, err := os.Stat(m.content); err == nil {
		return fmt.Errorf("%s is there already", m.content)
	}
	if withHugo {
		m.hugo = &hugoSite{content: filepath.Join(out, "hugo", "content"), v: m.v}
	}
	if err := m.begin(); err != nil {
		return err
	}
	if err := m.documents(n); err != nil {
		return err
	}
	return m.end()
}

// begin writes everything but the documents, and the folders for those.
func (m maker) begin() error {
	for year := firstYear; year < firstYear+years; year++ {
		folder := fmt.Sprintf("documents/%d", year)
		if err := os.MkdirAll(filepath.Join(m.content, folder), 0o755); err != nil {
			return err
		}
		if m.hugo != nil {
			if err := os.MkdirAll(filepath.Join(m.hugo.content, folder), 0o755); err != nil {
				return err
			}
		}
	}
	for folder, terms := range m.v.folders() {
		if err := os.Mkdir(filepath.Join(m.content, folder), 0o755); err != nil {
			return err
		}
		for _, t := range terms {
			if _, err := t.page(folder).write(m.content, nil); err != nil {
				return err
			}
		}
	}
	if m.hugo != nil {
		if err := m.hugo.begin(); err != nil {
			return err
		}
	}
	return os.WriteFile(filepath.Join(m.content, "archive.yaml"), []byte(archiveYAML), 0o644)
}

// documents writes all documents. Each has chances of its own, drawn from its
// number, so that the number of workers changes nothing.
func (m maker) documents(n int) error {
	workers := runtime.GOMAXPROCS(0)
	errs := make([]error, workers)
	var wg sync.WaitGroup
	for w := range workers {
		wg.Go(func() {
			var buf []byte
			var text prose
			for i := w; i < n && errs[w] == nil; i += workers {
				buf, errs[w] = m.document(i, &text, buf)
			}
		})
	}
	wg.Wait()
	return errors.Join(errs...)
}

func (m maker) document(n int, text *prose, buf []byte) ([]byte, error) {
	r := rand.New(rand.NewPCG(1, uint64(n)))
	d := newDocument(n, r, m.v, m.c)
	*text = prose{Rand: r, buf: text.buf[:0]}
	text.body(length(r))
	p := d.page(m.v, text.buf)
	buf, err := p.write(m.content, buf)
	if err != nil || m.hugo == nil {
		return buf, err
	}
	return m.hugo.page(d, p).write(m.hugo.content, buf)
}

func (m maker) end() error {
	if m.hugo == nil {
		return nil
	}
	return m.hugo.end()
}
