// Package build does the work in its order: read what changed, hold it against
// the rest, list the files of the site, make those whose keys are new. There is
// one way to build; no function here knows whether this build is the first.
package build

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"chancery/generator/archive"
	"chancery/generator/cache"
	"chancery/generator/content"
	"chancery/generator/problem"
)

// A Progress is told from time to time how much of a stage of the work is done,
// possibly by several goroutines at once.
type Progress func(stage string, done, total int)

// Contents is content/ as it was read: each file for itself.
type Contents struct {
	root     string
	readings cache.Readings
	settings archive.Settings
	notices  []problem.Problem
	problems []problem.Problem
	Read     int // how many files had to be read, the rest being as they were kept
}

// ReadContents reads those files of content/ below root that were not kept as
// they are now.
func ReadContents(root string, tree *content.Tree, kept *cache.Readings, workers int, progress Progress) (*Contents, error) {
	c := &Contents{root: root, notices: tree.Notices, problems: tree.Problems}
	err := c.readSettings(tree)
	if err != nil {
		return nil, err
	}
	var read [3]int
	c.readings.Terms, read[0], err = readAll(root, tree.Terms, kept.Terms, workers, nil, whole(func(f content.File, data []byte) *content.TermReading {
		facet, id := f.Term()
		return content.ReadTerm(facet, id, data)
	}))
	if err != nil {
		return nil, err
	}
	c.readings.Documents, read[1], err = readAll(root, tree.Documents, kept.Documents, workers, progress, whole(readDocument))
	if err != nil {
		return nil, err
	}
	c.readings.Attachments, read[2], err = readAll(root, tree.Attachments, kept.Attachments, workers, nil, func(_ content.File, r io.Reader) (content.Digest, error) { return content.DigestFrom(r) })
	c.Read = read[0] + read[1] + read[2]
	return c, err
}

// KeptContents takes content/ as it was kept, without looking whether it still
// is so: for a first answer while that is being looked at.
func KeptContents(root string, kept *cache.Readings) (*Contents, error) {
	tree := &content.Tree{}
	if _, err := os.Stat(filepath.Join(root, filepath.FromSlash(content.SettingsFile))); err == nil {
		tree.Settings = []content.File{{Path: content.SettingsFile}}
	}
	c := &Contents{root: root, readings: *kept}
	return c, c.readSettings(tree)
}

func readDocument(f content.File, data []byte) *content.Reading {
	reading, _ := content.ReadDocument(f.DocumentID(), data)
	return reading
}

func (c *Contents) readSettings(tree *content.Tree) error {
	if len(tree.Settings) == 0 {
		c.settings = archive.Settings{Title: "Archive", Language: "en"}
		c.notices = append(c.notices, problem.Problem{File: content.SettingsFile, What: `there is no such file, so the archive is called "Archive"`, Mend: "write a file of that name with a line title: and the archive's name"})
		return nil
	}
	data, err := os.ReadFile(filepath.Join(c.root, filepath.FromSlash(content.SettingsFile)))
	if err != nil {
		return fmt.Errorf("reading %s: %w", content.SettingsFile, err)
	}
	var problems []problem.Problem
	c.settings, problems = content.ReadSettings(data)
	c.problems = append(c.problems, problems...)
	if c.settings.BaseURL == "" {
		c.notices = append(c.notices, problem.Problem{File: content.SettingsFile, What: "there is no base-url, so the site has no feeds, no sitemap and no canonical addresses", Mend: "add a line base-url: and the address at which the site will stand"})
	}
	return nil
}

// readAll gives what is to be known of each file: as it was kept where the file
// is fresh, read otherwise. Both lists are in the order of paths.
func readAll[T any](root string, files []content.File, kept []cache.Kept[T], workers int, progress Progress, read func(content.File, io.Reader) (T, error)) ([]cache.Kept[T], int, error) {
	out := make([]cache.Kept[T], len(files))
	gone := make([]bool, len(files))
	var todo []int
	at := 0
	for i, f := range files {
		for at < len(kept) && kept[at].File.Path < f.Path {
			at++
		}
		if at < len(kept) && cache.Fresh(kept[at].File, f) {
			out[i] = kept[at]
			continue
		}
		todo = append(todo, i)
	}
	var done atomic.Int64
	err := parallel(workers, len(todo), func(n int) error {
		i := todo[n]
		now := time.Now()
		value, err := readFile(filepath.Join(root, filepath.FromSlash(files[i].Path)), files[i], read)
		if errors.Is(err, fs.ErrNotExist) {
			gone[i] = true // between listing and reading
			return nil
		}
		if err != nil {
			return fmt.Errorf("reading %s: %w", files[i].Path, err)
		}
		out[i] = cache.Kept[T]{File: cache.Stamp(files[i], now), Value: value}
		if progress != nil {
			progress("reading", int(done.Add(1)), len(todo))
		}
		return nil
	})
	if err != nil {
		return nil, 0, err
	}
	n := -1
	out = slices.DeleteFunc(out, func(cache.Kept[T]) bool { n++; return gone[n] })
	return out, len(todo), nil
}

// buffers hold the files being read and the pages being made.
var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// readFile opens the file of that name and gives what is to be known of it.
func readFile[T any](name string, f content.File, read func(content.File, io.Reader) (T, error)) (value T, err error) {
	file, err := os.Open(name)
	if err != nil {
		return value, err
	}
	defer file.Close()
	return read(f, file)
}

// whole has a file read whole before something is made of its bytes, which last
// only so long.
func whole[T any](of func(content.File, []byte) T) func(content.File, io.Reader) (T, error) {
	return func(f content.File, r io.Reader) (value T, err error) {
		b := buffers.Get().(*bytes.Buffer)
		defer buffers.Put(b)
		b.Reset()
		if _, err := b.ReadFrom(r); err != nil {
			return value, err
		}
		return of(f, b.Bytes()), nil
	}
}

// Readings gives all readings, to be held against each other.
func (c *Contents) Readings() *content.Readings {
	all := &content.Readings{Settings: c.settings, Notices: c.notices, Problems: c.problems, Attachments: map[archive.ID][]content.Attachment{}}
	for _, k := range c.readings.Terms {
		all.Terms = append(all.Terms, k.Value)
	}
	all.Documents = make([]*content.Reading, len(c.readings.Documents))
	for i, k := range c.readings.Documents {
		all.Documents[i] = k.Value
	}
	for _, k := range c.readings.Attachments {
		id, name := k.File.Owner()
		all.Attachments[id] = append(all.Attachments[id], content.Attachment{Name: name, Digest: k.Value})
	}
	return all
}

// isSettled says whether every file was old enough when it was read that its
// time tells of the next change.
func (c *Contents) isSettled() bool {
	return allSettled(c.readings.Terms) && allSettled(c.readings.Documents) && allSettled(c.readings.Attachments)
}

func allSettled[T any](kept []cache.Kept[T]) bool {
	return !slices.ContainsFunc(kept, func(k cache.Kept[T]) bool { return k.File.ModTime == 0 })
}

// Kept gives what may be kept of the contents for the next build.
func (c *Contents) Kept() *cache.Readings { return &c.readings }

// Refresh reads one document's file again where it is no longer as it was read.
// It gives the reading before and after: nil where there was or is no file, the
// same where nothing changed.
func (c *Contents) Refresh(id archive.ID) (before, after *content.Reading, err error) {
	path := id.File()
	at, found := slices.BinarySearchFunc(c.readings.Documents, path, func(k cache.Kept[*content.Reading], path string) int { return cmp.Compare(k.File.Path, path) })
	if found {
		before = c.readings.Documents[at].Value
	}
	name := filepath.Join(c.root, filepath.FromSlash(path))
	info, err := os.Lstat(name)
	if err != nil || !info.Mode().IsRegular() {
		if found {
			c.readings.Documents = slices.Delete(slices.Clone(c.readings.Documents), at, at+1)
		}
		return before, nil, nil
	}
	file := content.File{Path: path, Size: info.Size(), ModTime: info.ModTime().UnixNano()}
	if found && cache.Fresh(c.readings.Documents[at].File, file) {
		return before, before, nil
	}
	now := time.Now()
	data, err := os.ReadFile(name)
	if err != nil {
		return before, before, fmt.Errorf("reading %s: %w", path, err)
	}
	if found && before.Digest == content.DigestOf(data) {
		after = before
	} else {
		after, _ = content.ReadDocument(id, data)
	}
	kept := cache.Kept[*content.Reading]{File: cache.Stamp(file, now), Value: after}
	c.readings.Documents = slices.Clone(c.readings.Documents)
	if found {
		c.readings.Documents[at] = kept
	} else {
		c.readings.Documents = slices.Insert(c.readings.Documents, at, kept)
	}
	return before, after, nil
}
