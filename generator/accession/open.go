package accession

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"

	"chancery/generator/archive"
	"chancery/generator/content"
	"chancery/generator/problem"
)

// readTerms reads the terms of the archive.
func readTerms(root string, files []content.File) (terms []*archive.Term, problems []problem.Problem, err error) {
	for _, f := range files {
		data, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(f.Path)))
		if err != nil {
			return nil, nil, fmt.Errorf("reading the vocabulary: %w", err)
		}
		facet, id := f.Term()
		r := content.ReadTerm(facet, id, data)
		problems = append(problems, r.Problems...)
		terms = append(terms, &r.Term)
	}
	return terms, problems, nil
}

// verified gives the terms that a person has looked at. What import itself put
// forward is no evidence of what the next text means: so it does not matter to
// a text what was imported before it.
func verified(terms []*archive.Term) []*archive.Term {
	var list []*archive.Term
	for _, t := range terms {
		if !t.Unverified {
			list = append(list, t)
		}
	}
	return list
}

// readDocuments reads what the catalogue holds of the documents that are in the
// archive, by so many workers.
func readDocuments(ctx context.Context, root string, files []content.File, workers int, progress Progress) (*catalogue, error) {
	c := newCatalogue()
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var mu sync.Mutex
	var next atomic.Int64
	var wg sync.WaitGroup
	for range max(1, workers) {
		wg.Go(func() {
			var buffer bytes.Buffer
			for i := int(next.Add(1)) - 1; i < len(files) && ctx.Err() == nil; i = int(next.Add(1)) - 1 {
				data, err := readInto(&buffer, filepath.Join(root, filepath.FromSlash(files[i].Path)))
				if errors.Is(err, fs.ErrNotExist) {
					continue // gone since it was listed
				}
				if err != nil {
					cancel(fmt.Errorf("reading the archive: %w", err))
					return
				}
				k, doc, s := cardOf(files[i].DocumentID(), data)
				mu.Lock()
				c.add(k, doc, s)
				if progress != nil {
					progress(Progressed{Stage: "reading the archive", Done: int64(i), Total: int64(len(files)), Documents: i})
				}
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	return c, context.Cause(ctx)
}

func readInto(b *bytes.Buffer, name string) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	b.Reset()
	_, err = b.ReadFrom(f)
	return b.Bytes(), err
}

// cardOf makes the card of a document's file. Where its metadata cannot be read,
// the digest is looked for in its text.
func cardOf(id archive.ID, data []byte) (card, *archive.Document, sketch) {
	doc, body := content.Split(id, data)
	if doc.Imported.Source == "" {
		if m := sourceDigest().FindSubmatch(data[:min(len(data), 1<<16)]); m != nil {
			doc.Imported.Source = string(m[1])
		}
	}
	k := card{id: archive.ID(strings.Clone(string(id))), edited: doc.Imported.Source != "" && doc.Imported.File != fileDigest(data)}
	return k, doc, sketchOf(string(body))
}

var sourceDigest = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?m)^  source: "?([0-9a-f]{32}(?:-\d+)?)"?\r?$`)
})

// fileDigest gives the digest of a document's file without the line that
// holds the digest itself.
func fileDigest(data []byte) string {
	rest := make([]byte, 0, len(data))
	for l := range bytes.Lines(data) {
		if !bytes.HasPrefix(l, []byte("  file: ")) {
			rest = append(rest, l...)
		}
	}
	return fmt.Sprintf("%x", content.DigestOf(rest))
}
