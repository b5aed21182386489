package site

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"

	"chancery/generator/content"
	"chancery/generator/page"
	"chancery/generator/problem"
)

const (
	unfinished = ".chancery-unfinished" // stands there while a build is at work
	onTheWay   = ".chancery-new"        // ends the name of a file that is being written
)

// A Folder is the folder that a site is written into: by one build, which calls
// Begin, then for each output Has and, where that is false, Put, then Finish.
// Has and Put may be called for several outputs at once.
type Folder struct {
	name    string
	old     []made         // what was made before, in the order of paths
	listed  content.Digest // of the list as it is on the disk
	outputs []Output
	before  []int32 // for each output, where it stands in old, -1 where it does not
	now     []made  // for each output, what was made; without path where nothing was
	stale   int     // how many files of old were no longer wanted
	begun   func() error
	links   map[string]string // for a folder, the link that it is or lies below, or ""
}

// OpenFolder opens the folder, which is made where it does not exist. states
// tells how the last build left its files; without them none is trusted.
func OpenFolder(name string, states States) (*Folder, error) {
	if err := os.MkdirAll(name, 0o755); err != nil {
		return nil, fmt.Errorf("making the folder %s: %w", name, err)
	}
	f := &Folder{name: name, links: map[string]string{}}
	f.begun = sync.OnceValue(func() error { return os.WriteFile(f.at(unfinished), nil, 0o644) })
	data, err := os.ReadFile(f.at(listName))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("reading %s/%s: %w", name, listName, err)
	}
	f.readList(string(data), states)
	return f, nil
}

// Untouched gives how many files the last build left, and whether they are all
// as it left them and it came to its end.
func (f *Folder) Untouched() (files int, untouched bool) {
	if _, err := os.Lstat(f.at(unfinished)); err == nil {
		return 0, false
	}
	for _, m := range f.old {
		info, err := os.Lstat(f.at(m.path))
		if err != nil || m.state == (State{}) || stateOf(info) != m.state {
			return 0, false
		}
	}
	return len(f.old), len(f.old) > 0
}

// at gives the place of a file on the disk.
func (f *Folder) at(name string) string { return filepath.Join(f.name, filepath.FromSlash(name)) }

// Begin makes ready to make the outputs: it removes what earlier builds made
// and is no longer wanted, and gives the outputs in their order, without those
// in whose place a person's file stands. From here on the list names both what
// is there and what is about to be: a build that is killed leaves nothing that
// the next cannot account for.
func (f *Folder) Begin(outputs []Output) ([]Output, []problem.Problem, error) {
	f.sweep()
	slices.SortFunc(outputs, func(a, b Output) int { return cmp.Compare(a.Path, b.Path) })
	outputs, problems := f.withoutPersons(outputs)
	f.outputs, f.now, f.before = outputs, make([]made, len(outputs)), make([]int32, len(outputs))
	union := make([]made, 0, max(len(f.old), len(outputs)))
	var stale []string
	at := 0
	for i, o := range outputs {
		for ; at < len(f.old) && f.old[at].path < o.Path; at++ {
			union, stale = append(union, f.old[at]), append(stale, f.old[at].path)
		}
		f.before[i] = -1
		next := made{path: o.Path}
		if at < len(f.old) && f.old[at].path == o.Path {
			f.before[i], next = int32(at), f.old[at]
			at++
		}
		union = append(union, next)
	}
	for _, m := range f.old[at:] {
		union, stale = append(union, m), append(stale, m.path)
	}
	if err := f.writeList(union); err != nil {
		return nil, nil, err
	}
	f.stale = len(stale)
	return outputs, problems, f.remove(stale)
}

// sweep removes what a build that was killed left half written.
func (f *Folder) sweep() {
	if _, err := os.Lstat(f.at(unfinished)); err != nil {
		return
	}
	for _, m := range f.old {
		os.Remove(f.at(m.path) + onTheWay)
	}
}

// withoutPersons takes out the outputs in whose place a file stands that the
// program did not make.
func (f *Folder) withoutPersons(outputs []Output) ([]Output, []problem.Problem) {
	if entries, err := os.ReadDir(f.name); err == nil && len(entries) == 0 {
		return outputs, nil
	}
	var problems []problem.Problem
	outputs = slices.DeleteFunc(outputs, func(o Output) bool {
		if !fs.ValidPath(o.Path) {
			return false // Put refuses it
		}
		if _, ours := slices.BinarySearchFunc(f.old, made{path: o.Path}, comparePaths); ours && f.linkAbove(o.Path) == "" {
			return false
		}
		person, inTheWay := f.inTheWay(o.Path)
		if !inTheWay {
			return false
		}
		problems = append(problems, problem.Problem{File: path.Join(f.name, person), What: "what stands here was not made by this program, so it is left as it is and /" + o.Path + " is not made",
			Mend: "move it away; if all of the folder was made by this program, delete the folder"})
		return true
	})
	return outputs, problems
}

// inTheWay finds what a person put in the place of a file that is to be made,
// or of one of its folders.
func (f *Folder) inTheWay(name string) (person string, found bool) {
	if link := f.linkAbove(name); link != "" {
		return link, true
	}
	info, err := os.Lstat(f.at(name))
	if err == nil {
		return name, !info.IsDir() || !f.ours(name+"/")
	}
	if !errors.Is(err, syscall.ENOTDIR) {
		return "", false
	}
	for folder := path.Dir(name); folder != "."; folder = path.Dir(folder) {
		if info, err := os.Stat(f.at(folder)); err == nil && !info.IsDir() {
			return folder, !f.ours(folder)
		}
	}
	return "", false
}

// linkAbove finds a link that a person put in the place of one of the folders
// of a file, "" where there is none: what is written or removed below it would
// be elsewhere.
func (f *Folder) linkAbove(name string) string {
	folder := path.Dir(name)
	if folder == "." {
		return ""
	}
	link, known := f.links[folder]
	if known {
		return link
	}
	if link = f.linkAbove(folder); link == "" {
		if info, err := os.Lstat(f.at(folder)); err == nil && info.Mode()&fs.ModeSymlink != 0 {
			link = folder
		}
	}
	f.links[folder] = link
	return link
}

// ours says whether the program made that file, or some file below that folder.
func (f *Folder) ours(name string) bool {
	at, exact := slices.BinarySearchFunc(f.old, made{path: name}, comparePaths)
	return exact || strings.HasSuffix(name, "/") && at < len(f.old) && strings.HasPrefix(f.old[at].path, name)
}

// remove removes files that earlier builds made, and the folders left empty.
func (f *Folder) remove(stale []string) error {
	for _, name := range stale {
		if f.linkAbove(name) != "" {
			continue
		}
		if err := f.begun(); err != nil {
			return err
		}
		if err := os.Remove(f.at(name)); err != nil && !isAway(err) {
			return fmt.Errorf("removing %s: %w", name, err)
		}
		for folder := path.Dir(name); folder != "."; folder = path.Dir(folder) {
			info, err := os.Lstat(f.at(folder))
			if err != nil || !info.IsDir() || os.Remove(f.at(folder)) != nil {
				break // not empty
			}
		}
	}
	return nil
}

// isAway says whether an error tells that a file is not there; a file may stand
// where its folder was, or a folder in its own place.
func isAway(err error) bool {
	return errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR) || errors.Is(err, syscall.ENOTEMPTY)
}

// Has says whether the i-th output was made by that key and has not been
// touched since.
func (f *Folder) Has(i int, key content.Digest) bool {
	if f.before[i] < 0 {
		return false
	}
	old := f.old[f.before[i]]
	if old.key != key || old.state == (State{}) {
		return false
	}
	info, err := os.Lstat(f.at(old.path))
	if err != nil || stateOf(info) != old.state {
		return false
	}
	f.now[i] = old
	return true
}

// Put makes the i-th output have that content. Where it has, nothing is written
// and changed is false.
func (f *Folder) Put(i int, key content.Digest, data []byte) (changed bool, err error) {
	name := f.outputs[i].Path
	if !fs.ValidPath(name) {
		return false, fmt.Errorf("making %q: this is no path below the site", name)
	}
	if f.before[i] >= 0 {
		if state, same := f.holds(name, data); same {
			f.now[i] = made{name, key, state}
			return false, nil
		}
	}
	if err := f.begun(); err != nil {
		return false, err
	}
	if f.before[i] < 0 && path.Base(name) == "index.html" {
		// Most new pages need a folder of their own; asking first costs more.
		if err := makeFolder(filepath.Dir(f.at(name))); err != nil {
			return false, fmt.Errorf("making %s: %w", name, err)
		}
	}
	state, err := replace(f.at(name), data)
	if err != nil {
		return false, fmt.Errorf("making %s: %w", name, err)
	}
	f.now[i] = made{name, key, state}
	return true, nil
}

// Copy makes the i-th output have the content of a file, which may be larger than
// memory. It fails with page.ErrChanged where that is no longer what the key is
// the digest of.
func (f *Folder) Copy(i int, key content.Digest, from io.Reader) (changed bool, err error) {
	name := f.outputs[i].Path
	if f.before[i] >= 0 {
		if state, same := f.holdsDigest(name, key); same {
			f.now[i] = made{name, key, state}
			return false, nil
		}
	}
	if err := f.begun(); err != nil {
		return false, err
	}
	state, err := replaceBy(f.at(name), func(w io.Writer) error {
		digest, err := content.DigestFrom(io.TeeReader(from, w))
		if err == nil && digest != key {
			err = page.ErrChanged
		}
		return err
	})
	if err != nil {
		return false, fmt.Errorf("making %s: %w", name, err)
	}
	f.now[i] = made{name, key, state}
	return true, nil
}

func (f *Folder) holdsDigest(name string, key content.Digest) (State, bool) {
	file, err := os.Open(f.at(name))
	if err != nil {
		return State{}, false
	}
	defer file.Close()
	info, err := os.Lstat(f.at(name))
	if err != nil {
		return State{}, false
	}
	digest, err := content.DigestFrom(file)
	return stateOf(info), err == nil && digest == key && stateOf(info) != (State{})
}

// holds says whether the file has that content already.
func (f *Folder) holds(name string, data []byte) (State, bool) {
	info, err := os.Lstat(f.at(name))
	if err != nil || !info.Mode().IsRegular() || info.Size() != int64(len(data)) {
		return State{}, false
	}
	old, err := os.ReadFile(f.at(name))
	return stateOf(info), err == nil && bytes.Equal(old, data)
}

// replace gives a file that content: whole, under its name, or not at all.
func replace(name string, data []byte) (State, error) {
	return replaceBy(name, func(w io.Writer) error {
		_, err := w.Write(data)
		return err
	})
}

// replaceBy gives a file the content that write writes.
func replaceBy(name string, write func(io.Writer) error) (State, error) {
	temporary := name + onTheWay
	file, err := os.OpenFile(temporary, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o644)
	if errors.Is(err, fs.ErrNotExist) {
		if err = makeFolder(filepath.Dir(name)); err == nil {
			file, err = os.OpenFile(temporary, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o644)
		}
	}
	if err != nil {
		return State{}, err
	}
	err = write(file)
	info, statErr := file.Stat()
	if err = errors.Join(err, statErr, file.Close()); err == nil {
		err = os.Rename(temporary, name)
	}
	if err != nil {
		os.Remove(temporary)
		return State{}, err
	}
	return stateOf(info), nil
}

// makeFolder makes a folder, those above it only where they are missing.
func makeFolder(name string) error {
	err := os.Mkdir(name, 0o755)
	if errors.Is(err, fs.ErrNotExist) {
		return os.MkdirAll(name, 0o755)
	}
	if errors.Is(err, fs.ErrExist) {
		return nil // another made it meanwhile
	}
	return err
}

// Finish removes what could not be made and enters what was made into the list.
// It gives the states for the next build, and how many files are gone that
// earlier builds made.
func (f *Folder) Finish() (states States, removed int, err error) {
	var failed []string
	for i, m := range f.now {
		if m.path == "" && f.before[i] >= 0 {
			failed = append(failed, f.outputs[i].Path)
		}
	}
	f.now = slices.DeleteFunc(f.now, func(m made) bool { return m.path == "" })
	removed = f.stale + len(failed)
	if err := f.remove(failed); err != nil {
		return States{}, removed, err
	}
	if err := f.writeList(f.now); err != nil {
		return States{}, removed, err
	}
	if err := os.Remove(f.at(unfinished)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return States{}, removed, fmt.Errorf("finishing %s: %w", f.name, err)
	}
	states = States{f.listed, make([]State, len(f.now))}
	for i, m := range f.now {
		states.States[i] = m.state
	}
	return states, removed, nil
}
