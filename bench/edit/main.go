// Edit measures how long a running preview takes to show an edit: it appends a
// word to a document as an editor saves it (a temporary file, renamed), and
// asks for the document's page until the word is there. Each file is put back.
//
//	edit [-n 15] ROOT ADDRESS
package main

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"log"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

const (
	patience = 2 * time.Minute // for the preview to be ready, or to show an edit
	poll     = time.Millisecond
	settle   = 3 * time.Second        // for what the preview does besides, once its pages are there
	pause    = 500 * time.Millisecond // between edits: each is a batch of its own
)

var client = http.Client{Timeout: 10 * time.Second}

func main() {
	n := flag.Int("n", 15, "how many documents to edit")
	flag.Parse()
	if flag.NArg() != 2 {
		log.Fatal("usage: edit [-n 15] ROOT ADDRESS")
	}
	took, err := edits(*n, flag.Arg(0), "http://"+flag.Arg(1))
	if err != nil {
		log.Fatal(err)
	}
	slices.Sort(took)
	fmt.Printf("median %.1f ms, max %.1f ms, %d edits\n", took[len(took)/2], took[len(took)-1], len(took))
}

// edits answers the milliseconds that each of n edits took to be seen.
func edits(n int, root, site string) ([]float64, error) {
	documents, err := pick(n, filepath.Join(root, "content", "documents"), site)
	if err != nil {
		return nil, err
	}
	for _, d := range documents {
		if err := d.await(d.title, true); err != nil {
			return nil, err
		}
	}
	time.Sleep(settle)
	took := make([]float64, 0, n)
	for i, d := range documents {
		time.Sleep(pause)
		ms, err := d.edit(fmt.Sprintf("Xyzzyqua%dvel", i))
		if err != nil {
			return nil, err
		}
		took = append(took, ms)
	}
	return took, nil
}

type document struct {
	path, url, title string
	text             []byte
}

// pick answers the same n documents for the same archive.
func pick(n int, folder, site string) ([]document, error) {
	paths, err := filepath.Glob(filepath.Join(folder, "*", "*.md"))
	if err != nil {
		return nil, err
	}
	if len(paths) < n {
		return nil, fmt.Errorf("%s: %w: %d documents wanted, %d there", folder, fs.ErrNotExist, n, len(paths))
	}
	r := rand.New(rand.NewPCG(1, uint64(len(paths))))
	var documents []document
	for _, i := range r.Perm(len(paths))[:n] {
		text, err := os.ReadFile(paths[i])
		if err != nil {
			return nil, err
		}
		id, err := filepath.Rel(folder, strings.TrimSuffix(paths[i], ".md"))
		if err != nil {
			return nil, err
		}
		_, title, _ := strings.Cut(string(text), "title: ")
		title, _, _ = strings.Cut(title, "\n")
		url := site + "/documents/" + filepath.ToSlash(id) + "/"
		documents = append(documents, document{paths[i], url, title, text})
	}
	return documents, nil
}

// edit measures from the save to the page with the word, in milliseconds, and
// waits until the page is as it was again.
func (d document) edit(word string) (float64, error) {
	if err := save(d.path, append(bytes.Clone(d.text), "\n"+word+"\n"...)); err != nil {
		return 0, err
	}
	start := time.Now()
	err := d.await(word, true)
	took := time.Since(start)
	if err := errors.Join(err, save(d.path, d.text)); err != nil {
		return 0, err
	}
	return float64(took.Microseconds()) / 1000, d.await(word, false)
}

func save(path string, text []byte) error {
	file, err := os.CreateTemp(filepath.Dir(path), ".*.tmp")
	if err != nil {
		return err
	}
	_, err = file.Write(text)
	return errors.Join(err, file.Chmod(0o644), file.Close(), os.Rename(file.Name(), path))
}

// await asks for the page until it holds the text, or no longer holds it.
func (d document) await(text string, there bool) error {
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(poll) {
		page, ok := get(d.url)
		if ok && bytes.Contains(page, []byte(text)) == there {
			return nil
		}
	}
	return fmt.Errorf("%s: waited %v for %q (there: %t)", d.url, patience, text, there)
}

// get answers a page; a preview that is not there yet, or not ready, is no error.
func get(url string) ([]byte, bool) {
	answer, err := client.Get(url)
	if err != nil {
		return nil, false
	}
	defer answer.Body.Close()
	page, err := io.ReadAll(answer.Body)
	return page, err == nil && answer.StatusCode == http.StatusOK
}
