package site

import (
	"bufio"
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"chancery/generator/content"
	"chancery/generator/problem"
)

const (
	// listName is the file in the site's folder that lists the files which the
	// program made there, each with the key it was made by. What it does not list
	// is a person's. It lies with the site, not in the cache, so that losing the
	// cache never loses the knowledge of what may be removed.
	listName   = ".chancery"
	listHeader = "Files made by chancery, each with the key it was made by. All others are left alone.\n"
	unfinished = ".chancery-unfinished" // stands there while a build is at work
	onTheWay   = ".chancery-new"        // ends the name of a file that is being written
)

// A State is a made file as the disk had it when it was made.
type State struct {
	Size    int64
	ModTime int64 // nanoseconds since 1970
}

// A Folder is the folder that a site is written into. Put may be called by
// several goroutines at once.
type Folder struct {
	name   string
	keys   map[string]content.Digest // of the files made before; zero where it cannot be trusted
	states map[string]State

	begun   func() error // marks the folder as being worked on, at the first call
	mu      sync.Mutex
	made    map[string]content.Digest
	stamped map[string]State
}

// OpenFolder opens the folder, which is made where it does not exist. states
// tells how the last build left its files; without them none is trusted.
func OpenFolder(name string, states map[string]State) (*Folder, error) {
	if err := os.MkdirAll(name, 0o755); err != nil {
		return nil, fmt.Errorf("making the folder %s: %w", name, err)
	}
	f := &Folder{name: name, keys: map[string]content.Digest{}, states: states, made: map[string]content.Digest{}, stamped: map[string]State{}}
	f.begun = sync.OnceValue(func() error { return os.WriteFile(f.at(unfinished), nil, 0o644) })
	return f, f.readList()
}

// at gives the place of a file on the disk.
func (f *Folder) at(name string) string { return filepath.Join(f.name, filepath.FromSlash(name)) }

func (f *Folder) readList() error {
	list, err := os.Open(f.at(listName))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("reading %s/%s: %w", f.name, listName, err)
	}
	defer list.Close()
	lines := bufio.NewScanner(list)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		key, name, ok := strings.Cut(lines.Text(), " ")
		digest, err := hex.DecodeString(key)
		if !ok || len(key) != 32 || err != nil || !fs.ValidPath(name) {
			continue // the header, or what no build wrote
		}
		var d content.Digest
		copy(d[:], digest)
		f.keys[name] = d
	}
	return lines.Err()
}

// Begin makes ready to write the files with those paths. From here on the list
// names both what was made before and what is about to be: a build that is
// killed leaves nothing that the next cannot account for.
//
// Paths at which a person's file stands are taken out of what is given back.
func (f *Folder) Begin(outputs []Output) ([]Output, []problem.Problem, error) {
	f.sweep()
	listed := f.keys
	var problems []problem.Problem
	outputs = slices.DeleteFunc(outputs, func(o Output) bool {
		if _, ours := f.keys[o.Path]; ours {
			return false
		}
		if _, err := os.Lstat(f.at(o.Path)); err == nil {
			problems = append(problems, problem.Problem{File: path.Join(f.name, o.Path), What: "a file of this name stands here already that was not made by this program, so it is not written over",
				Mend: "move the file away; if all of the folder was made by this program, delete the folder"})
			return true
		}
		if len(listed) == len(f.keys) {
			listed = maps.Clone(f.keys)
		}
		listed[o.Path] = content.Digest{}
		return false
	})
	if len(listed) == len(f.keys) {
		return outputs, problems, nil
	}
	return outputs, problems, f.writeList(listed)
}

// sweep removes what a build that was killed left half written.
func (f *Folder) sweep() {
	if _, err := os.Lstat(f.at(unfinished)); err != nil {
		return
	}
	for name := range f.keys {
		os.Remove(f.at(name) + onTheWay)
	}
}

// Has says whether the file was made by that key and has not been touched since.
func (f *Folder) Has(name string, key content.Digest) bool {
	if old, ok := f.keys[name]; !ok || old != key {
		return false
	}
	state, ok := f.states[name]
	if !ok {
		return false
	}
	info, err := os.Lstat(f.at(name))
	if err != nil || info.Size() != state.Size || info.ModTime().UnixNano() != state.ModTime {
		return false
	}
	f.record(name, key, state)
	return true
}

// Put makes the file have that content. Where it has, nothing is written and
// changed is false.
func (f *Folder) Put(name string, key content.Digest, data []byte) (changed bool, err error) {
	if same, state := f.holds(name, data); same {
		f.record(name, key, state)
		return false, nil
	}
	if !fs.ValidPath(name) {
		return false, fmt.Errorf("making %q: this is no path below the site", name)
	}
	if err := f.begun(); err != nil {
		return false, err
	}
	state, err := replace(f.at(name), data)
	if err != nil {
		return false, fmt.Errorf("making %s: %w", name, err)
	}
	f.record(name, key, state)
	return true, nil
}

// replace gives a file that content: whole, under its name, or not at all.
func replace(name string, data []byte) (State, error) {
	temporary := name + onTheWay
	file, err := os.OpenFile(temporary, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o644)
	if errors.Is(err, fs.ErrNotExist) {
		if err = os.MkdirAll(filepath.Dir(name), 0o755); err == nil {
			file, err = os.OpenFile(temporary, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o644)
		}
	}
	if err != nil {
		return State{}, err
	}
	_, err = file.Write(data)
	info, statErr := file.Stat()
	if err = errors.Join(err, statErr, file.Close()); err == nil {
		err = os.Rename(temporary, name)
	}
	if err != nil {
		os.Remove(temporary)
		return State{}, err
	}
	return State{info.Size(), info.ModTime().UnixNano()}, nil
}

// holds says whether the file has that content already.
func (f *Folder) holds(name string, data []byte) (bool, State) {
	if _, ours := f.keys[name]; !ours {
		return false, State{}
	}
	info, err := os.Lstat(f.at(name))
	if err != nil || !info.Mode().IsRegular() || info.Size() != int64(len(data)) {
		return false, State{}
	}
	old, err := os.ReadFile(f.at(name))
	return err == nil && bytes.Equal(old, data), State{info.Size(), info.ModTime().UnixNano()}
}

func (f *Folder) record(name string, key content.Digest, s State) {
	f.mu.Lock()
	f.made[name] = key
	f.stamped[name] = s
	f.mu.Unlock()
}

// Finish removes what earlier builds made and this one did not, and the folders
// left empty by that, and enters what was made into the list. It gives the
// states for the next build, and how many files were removed.
func (f *Folder) Finish() (states map[string]State, removed int, err error) {
	for _, name := range slices.Sorted(maps.Keys(f.keys)) {
		if _, wanted := f.made[name]; wanted {
			continue
		}
		if err := os.Remove(f.at(name)); err == nil {
			removed++
		} else if !errors.Is(err, fs.ErrNotExist) {
			return nil, removed, fmt.Errorf("removing %s: %w", name, err)
		}
		for folder := path.Dir(name); folder != "."; folder = path.Dir(folder) {
			if os.Remove(f.at(folder)) != nil {
				break // not empty
			}
		}
	}
	if !maps.Equal(f.made, f.keys) {
		if err := f.writeList(f.made); err != nil {
			return nil, removed, err
		}
	}
	if err := os.Remove(f.at(unfinished)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, removed, fmt.Errorf("finishing %s: %w", f.name, err)
	}
	return f.stamped, removed, nil
}

// writeList replaces the list, in the order of its paths.
func (f *Folder) writeList(keys map[string]content.Digest) error {
	var b bytes.Buffer
	b.WriteString(listHeader)
	for _, name := range slices.Sorted(maps.Keys(keys)) {
		digest := keys[name]
		b.WriteString(hex.EncodeToString(digest[:]))
		b.WriteString(" " + name + "\n")
	}
	if _, err := replace(f.at(listName), b.Bytes()); err != nil {
		return fmt.Errorf("making %s/%s: %w", f.name, listName, err)
	}
	return nil
}
