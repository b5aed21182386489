package accession

import (
	"bytes"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"chancery/generator/archive"
	"chancery/generator/content"
)

// unfinished begins the names of what import is writing: files of that name end
// with "~", folders with ".part". What a run that was killed left of them is
// removed by the next.
const unfinished = ".import-"

// largestFile bounds the size of a file that is copied into the archive, in bytes.
const largestFile = 2 << 30

// A store puts documents into content/. A document is whole or not there: the
// files that go with it come first, in a folder that gets its name when it is
// full, then the document's own file.
type store struct {
	root   string
	dryRun bool
	taken  map[uint64]struct{} // digests of the IDs that a dry run has given
	next   map[archive.ID]int  // the number to try next for an ID that several had
}

func newStore(root string, dryRun bool) *store {
	return &store{root: root, dryRun: dryRun, taken: map[uint64]struct{}{}, next: map[archive.ID]int{}}
}

// sweep removes what a run that was killed has left.
func (s *store) sweep() error {
	folders, err := filepath.Glob(filepath.Join(s.root, "content", "*"))
	more, err2 := filepath.Glob(filepath.Join(s.root, "content", "documents", "*"))
	if err := errors.Join(err, err2); err != nil {
		return fmt.Errorf("looking for what an earlier import left: %w", err)
	}
	for _, folder := range append(folders, more...) {
		entries, err := os.ReadDir(folder)
		if err != nil {
			continue // it is no folder, or listing the archive tells
		}
		for _, e := range entries {
			if name := e.Name(); strings.HasPrefix(name, unfinished) && (strings.HasSuffix(name, "~") || strings.HasSuffix(name, ".part")) {
				if err := os.RemoveAll(filepath.Join(folder, name)); err != nil {
					return fmt.Errorf("removing what an earlier import left: %w", err)
				}
			}
		}
	}
	return nil
}

// path gives the place of a file of the archive.
func (s *store) path(file string) string { return filepath.Join(s.root, filepath.FromSlash(file)) }

func (s *store) exists(file string) bool {
	_, err := os.Lstat(s.path(file))
	return err == nil
}

// create gives the document the first ID that is free and writes it. The files
// that go with it lie in the folder part, or part is "".
func (s *store) create(doc *archive.Document, body, part string) error {
	base := archive.NewID(doc.Date, doc.Title)
	for n := max(1, s.next[base]); ; n++ {
		doc.ID = base
		if n > 1 {
			doc.ID = archive.ID(fmt.Sprintf("%s-%d", base, n))
		}
		if _, taken := s.taken[digestOf(doc.ID)]; taken || s.exists(doc.ID.File()) {
			continue
		}
		free, err := s.place(part, doc.ID)
		if err != nil {
			return err
		}
		if !free {
			continue
		}
		if n > 1 {
			s.next[base] = n + 1
		}
		if s.dryRun {
			s.taken[digestOf(doc.ID)] = struct{}{}
			return nil
		}
		doc.Imported.File = ""
		doc.Imported.File = fileDigest(content.FormatDocument(doc, body))
		if err := content.Create(s.root, doc.ID.File(), content.FormatDocument(doc, body)); !errors.Is(err, fs.ErrExist) {
			return err
		}
		part = "" // a person was quicker; the files are where they would be looked for
	}
}

func digestOf(id archive.ID) uint64 {
	h := fnv.New64a()
	h.Write([]byte(id))
	return h.Sum64()
}

// part gives the folder in which the files of a document of that ID gather.
func (s *store) part(base archive.ID) string {
	file := s.path(base.File())
	return filepath.Join(filepath.Dir(file), unfinished+strings.TrimSuffix(filepath.Base(file), ".md")+".part")
}

// place gives the folder part the name that a document's files are looked for
// in. It says false where another folder stands there: a person's, or that of
// a document deleted. One with the very files of part is what a run left that
// was killed before it wrote the document.
func (s *store) place(part string, id archive.ID) (free bool, err error) {
	folder := s.path(id.Attachments())
	there, err := filesIn(folder)
	if err != nil {
		return false, err
	}
	if s.dryRun || part == "" {
		return len(there) == 0, nil
	}
	if len(there) > 0 {
		same, err := sameFiles(part, folder)
		if err != nil || !same {
			return false, err
		}
		return true, os.RemoveAll(part)
	}
	_ = os.Remove(folder) // an empty one
	if err := os.Rename(part, folder); err != nil {
		return false, fmt.Errorf("putting files into %s: %w", id.Attachments(), err)
	}
	return true, nil
}

// copy writes a file into a folder, to be flushed to the disk. It says how many
// bytes it has, and gives errTooLarge where those are too many.
func copyInto(path string, from io.Reader) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	n, err := io.Copy(f, io.LimitReader(from, largestFile+1))
	if err == nil && n > largestFile {
		err = errTooLarge
	}
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		os.Remove(path)
	}
	return err
}

var errTooLarge = errors.New("it has more than 2 GiB")

// filesIn gives the paths of all files below a folder; none where there is no
// such folder.
func filesIn(folder string) ([]string, error) {
	var names []string
	err := filepath.WalkDir(folder, func(path string, e fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err == nil && !e.IsDir() {
			name, _ := filepath.Rel(folder, path)
			names = append(names, name)
		}
		return err
	})
	return names, err
}

// sameFiles says whether two folders hold the same files with the same bytes.
func sameFiles(a, b string) (bool, error) {
	x, err := filesIn(a)
	y, err2 := filesIn(b)
	if err := errors.Join(err, err2); err != nil || len(x) != len(y) {
		return false, err
	}
	for i, name := range x {
		if y[i] != name {
			return false, nil
		}
		if same, err := sameBytes(filepath.Join(a, name), filepath.Join(b, name)); err != nil || !same {
			return false, err
		}
	}
	return true, nil
}

// sameBytes says whether two files have the same bytes.
func sameBytes(a, b string) (bool, error) {
	x, err := os.Open(a)
	if err != nil {
		return false, err
	}
	defer x.Close()
	y, err := os.Open(b)
	if err != nil {
		return false, err
	}
	defer y.Close()
	p, q := make([]byte, 64<<10), make([]byte, 64<<10)
	for {
		n, err := io.ReadFull(x, p)
		m, err2 := io.ReadFull(y, q)
		if !bytes.Equal(p[:n], q[:m]) {
			return false, nil
		}
		if err != nil || err2 != nil {
			return ended(err) && ended(err2), errors.Join(unlessEnded(err), unlessEnded(err2))
		}
	}
}

func ended(err error) bool { return errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) }

func unlessEnded(err error) error {
	if ended(err) {
		return nil
	}
	return err
}
