// Package watch shows an archive while it is being edited: it hears of changed
// files in batches, and answers a browser with pages made as they are asked for.
package watch

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"chancery/generator/content"

	"github.com/fsnotify/fsnotify"
)

const (
	quiet   = 10 * time.Millisecond  // a batch ends when nothing has happened for so long
	longest = 200 * time.Millisecond // or after so long, whatever happens
)

// A Batch is what changed in one go: slash paths below the root. Everything
// may have changed where Everything is set.
type Batch struct {
	Paths      []string
	Everything bool
}

// A Watcher hears of changes in content/ and templates/ of an archive.
type Watcher struct {
	root   string
	system *fsnotify.Watcher
}

// NewWatcher begins to watch. Batches gives what it hears.
func NewWatcher(root string) (*Watcher, error) {
	system, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, fmt.Errorf("watching %s: %w", root, err)
	}
	w := &Watcher{root, system}
	if err := system.Add(root); err != nil {
		system.Close()
		return nil, fmt.Errorf("watching %s: %w", root, err)
	}
	for _, folder := range []string{"content", "templates"} {
		if err := w.add(filepath.Join(root, folder)); err != nil {
			system.Close()
			return nil, err
		}
	}
	return w, nil
}

// Close ends the watch.
func (w *Watcher) Close() error { return w.system.Close() }

// add watches a folder and those within it.
func (w *Watcher) add(folder string) error {
	return filepath.WalkDir(folder, func(name string, e fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil {
			return err
		}
		if !e.IsDir() {
			return nil
		}
		if path := w.path(name); content.Ignored(path) {
			return fs.SkipDir
		}
		err = w.system.Add(name)
		if errors.Is(err, syscall.ENOSPC) {
			return fmt.Errorf("watching %s: the system allows no more folders to be watched; raise fs.inotify.max_user_watches", name)
		}
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("watching %s: %w", name, err)
		}
		return nil
	})
}

// path gives the slash path below the root of what lies there.
func (w *Watcher) path(name string) string {
	path, err := filepath.Rel(w.root, name)
	if err != nil {
		return ""
	}
	return filepath.ToSlash(path)
}

// Batches calls do with each batch of changes until the watch is closed. What
// an editor does to save one file is one batch.
func (w *Watcher) Batches(do func(Batch)) {
	var b Batch
	var ends <-chan time.Time
	var began time.Time
	for {
		select {
		case event, open := <-w.system.Events:
			if !open {
				return
			}
			if !w.note(event, &b) {
				continue
			}
			if ends == nil {
				began = time.Now()
			}
			ends = time.After(min(quiet, max(0, longest-time.Since(began))))
		case err, open := <-w.system.Errors:
			if !open {
				return
			}
			if errors.Is(err, fsnotify.ErrEventOverflow) {
				b.Everything = true
				_ = w.add(filepath.Join(w.root, "content"))
				ends = time.After(quiet)
			}
		case <-ends:
			slices.Sort(b.Paths)
			b.Paths = slices.Compact(b.Paths)
			do(b)
			b, ends = Batch{}, nil
		}
	}
}

// note enters an event into the batch; it says whether it is of any interest.
func (w *Watcher) note(event fsnotify.Event, b *Batch) bool {
	path := w.path(event.Name)
	top, _, _ := strings.Cut(path, "/")
	if event.Op == fsnotify.Chmod || top != "content" && top != "templates" || content.Ignored(path) {
		return false
	}
	if info, err := os.Stat(event.Name); err == nil && info.IsDir() {
		// Files may have been put there before the folder was watched.
		_ = w.add(event.Name)
		b.Everything = true
		return true
	}
	if event.Has(fsnotify.Remove) || event.Has(fsnotify.Rename) {
		if filepath.Ext(path) == "" {
			b.Everything = true // it may have been a folder
		}
	}
	b.Paths = append(b.Paths, path)
	return true
}
