// Package cache remembers between builds what was read of content/ and what
// was made of it, in .cache/. It may be deleted at any time: that costs only
// time. What cannot be read, or was written by another version of the program,
// is as good as not there.
package cache

import (
	"bufio"
	"crypto/sha256"
	"encoding/gob"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"
	"time"

	"chancery/generator/content"
	"chancery/generator/problem"
	"chancery/generator/site"
)

// A Kept is what was read of a file, and the file as the disk had it then.
type Kept[T any] struct {
	File  content.File
	Value T
}

// Readings are what was read of content/, each list in the order of its paths.
type Readings struct {
	Terms       []Kept[*content.TermReading]
	Documents   []Kept[*content.Reading]
	Attachments []Kept[content.Digest]
}

// settling is how long after a change a file may change again without its
// modification time telling: clocks of file systems are that coarse.
const settling = 3 * time.Second

// Fresh says whether a file is what was kept of it. A file that was young when
// it was read is not trusted.
func Fresh(kept, now content.File) bool { return kept == now && kept.ModTime != 0 }

// Stamp gives the file as it may be kept: without its time where that was too
// close to the moment of reading.
func Stamp(f content.File, read time.Time) content.File {
	if read.UnixNano()-f.ModTime < int64(settling) {
		f.ModTime = 0
	}
	return f
}

// A Cache is the folder .cache of an archive, used by one version of the program.
type Cache struct {
	folder  string
	version content.Digest
}

// Open gives the cache of the archive at root. Nothing is read or made yet.
func Open(root string, version content.Digest) *Cache {
	return &Cache{filepath.Join(root, ".cache"), version}
}

// Lock waits until no other build of this archive is at work and keeps others
// out until unlock.
func (c *Cache) Lock() (unlock func(), err error) {
	if err := os.MkdirAll(c.folder, 0o755); err != nil {
		return nil, fmt.Errorf("making the folder %s: %w", c.folder, err)
	}
	return lock(filepath.Join(c.folder, "lock"))
}

// segment is how many documents are encoded together: segments are decoded side
// by side.
const segment = 2048

// LoadReadings gives what was kept, or nothing.
func (c *Cache) LoadReadings() *Readings {
	r := &Readings{}
	f, err := os.Open(filepath.Join(c.folder, "readings"))
	if err != nil {
		return r
	}
	defer f.Close()
	if c.decode(f, r) != nil {
		return &Readings{}
	}
	return r
}

func (c *Cache) decode(f io.Reader, r *Readings) error {
	var rest struct {
		Terms       []Kept[*content.TermReading]
		Attachments []Kept[content.Digest]
		Segments    int
	}
	in := bufio.NewReaderSize(f, 1<<20)
	if err := readBlock(in, c.version, &rest); err != nil {
		return err
	}
	segments := make([][]Kept[*content.Reading], rest.Segments)
	failed := make([]error, rest.Segments)
	var wg sync.WaitGroup
	slots := make(chan struct{}, 4) // bounds what is read ahead of being decoded
	for i := range segments {
		block, err := readBytes(in, c.version)
		if err != nil {
			wg.Wait()
			return err
		}
		slots <- struct{}{}
		wg.Go(func() {
			if failed[i] = decodeBlock(block, &segments[i]); failed[i] != nil {
				segments[i] = nil
			}
			for _, k := range segments[i] {
				k.Value.Restore(k.File.DocumentID())
			}
			<-slots
		})
	}
	wg.Wait()
	if err := errors.Join(failed...); err != nil {
		return err
	}
	r.Terms, r.Attachments = rest.Terms, rest.Attachments
	for _, s := range segments {
		r.Documents = append(r.Documents, s...)
	}
	return nil
}

// SaveReadings keeps what was read, for the next build.
func (c *Cache) SaveReadings(r *Readings) error {
	return c.replace("readings", func(w io.Writer) error {
		segments := (len(r.Documents) + segment - 1) / segment
		err := writeBlock(w, c.version, struct {
			Terms       []Kept[*content.TermReading]
			Attachments []Kept[content.Digest]
			Segments    int
		}{r.Terms, r.Attachments, segments})
		for i := 0; err == nil && i < segments; i++ {
			err = writeBlock(w, c.version, r.Documents[i*segment:min(len(r.Documents), (i+1)*segment)])
		}
		return err
	})
}

// LoadStates gives how the last build left the files of the site in folder out,
// or nothing.
func (c *Cache) LoadStates(out string) site.States {
	var states site.States
	f, err := os.Open(filepath.Join(c.folder, statesName(out)))
	if err != nil {
		return states
	}
	defer f.Close()
	if readBlock(bufio.NewReaderSize(f, 1<<20), c.version, &states) != nil {
		return site.States{}
	}
	return states
}

// SaveStates keeps how a build left the files of the site in folder out.
func (c *Cache) SaveStates(out string, states site.States) error {
	return c.replace(statesName(out), func(w io.Writer) error { return writeBlock(w, c.version, states) })
}

// An Outcome is what a build found and told, for the next that has the same
// before it.
type Outcome struct {
	Inputs            content.Digest // of all that the site was made from
	Documents, Drafts int
	Notices, Problems []problem.Problem
}

// LoadOutcome gives the outcome of the last build into folder out, or nothing.
func (c *Cache) LoadOutcome(out string) Outcome {
	var o Outcome
	f, err := os.Open(filepath.Join(c.folder, outcomeName(out)))
	if err != nil {
		return o
	}
	defer f.Close()
	if readBlock(f, c.version, &o) != nil {
		return Outcome{}
	}
	return o
}

// SaveOutcome keeps the outcome of a build into folder out.
func (c *Cache) SaveOutcome(out string, o Outcome) error {
	return c.replace(outcomeName(out), func(w io.Writer) error { return writeBlock(w, c.version, o) })
}

func outcomeName(out string) string { return "outcome-" + nameOf(out) }

func statesName(out string) string { return "site-" + nameOf(out) }

// nameOf gives what stands for a folder in the name of a file.
func nameOf(out string) string {
	if absolute, err := filepath.Abs(out); err == nil {
		out = absolute
	}
	sum := sha256.Sum256([]byte(out))
	return hex.EncodeToString(sum[:6])
}

// replace writes a file of the cache whole or not at all. The lock is held, so
// that no other writes it.
func (c *Cache) replace(name string, write func(io.Writer) error) error {
	f, err := os.Create(filepath.Join(c.folder, name+".new"))
	if err != nil {
		return fmt.Errorf("keeping %s: %w", name, err)
	}
	w := bufio.NewWriterSize(f, 1<<20)
	err = errors.Join(write(w), w.Flush(), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), filepath.Join(c.folder, name))
	}
	if err != nil {
		os.Remove(f.Name())
		return fmt.Errorf("keeping %s: %w", name, err)
	}
	return nil
}

var errStale = errors.New("written by another version, or damaged")

func decodeBlock(block io.Reader, v any) error { return gob.NewDecoder(block).Decode(v) }
