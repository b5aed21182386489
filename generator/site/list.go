package site

import (
	"bytes"
	"cmp"
	"encoding/hex"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"chancery/generator/content"
)

const (
	// listName is the file in the site's folder that lists the files which the
	// program made there, each with the key it was made by. What it does not list
	// is a person's. It lies with the site, not in the cache, so that losing the
	// cache never loses the knowledge of what may be removed.
	listName   = ".chancery"
	listHeader = "Files made by chancery, each with the key it was made by. All others are left alone.\n"
)

// A State is a made file as the disk had it when it was made.
type State struct {
	Size    int64
	ModTime int64 // nanoseconds since 1970
}

// States tell how a build left its files: those of the list with that digest,
// in its order.
type States struct {
	List   content.Digest
	States []State
}

// A made file of the site.
type made struct {
	path  string
	key   content.Digest // zero where the file cannot be trusted
	state State          // zero where it is not known
}

// readList takes over what the list says was made before.
func (f *Folder) readList(list string, states States) {
	f.listed = content.DigestOf([]byte(list))
	f.old = make([]made, 0, strings.Count(list, "\n"))
	for line := range strings.Lines(list) {
		key, name, ok := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
		m := made{path: name}
		n, err := hex.Decode(m.key[:], []byte(key[:min(len(key), 2*len(m.key))]))
		if ok && err == nil && n == len(m.key) && fs.ValidPath(name) {
			f.old = append(f.old, m) // else the header, or what no build wrote
		}
	}
	if !slices.IsSortedFunc(f.old, comparePaths) {
		slices.SortFunc(f.old, comparePaths) // somebody edited the list
		states = States{}
	}
	if states.List == f.listed && len(states.States) == len(f.old) {
		for i := range f.old {
			f.old[i].state = states.States[i]
		}
	}
}

func comparePaths(a, b made) int { return cmp.Compare(a.path, b.path) }

// writeList makes the list say what was made, in the order of its paths. One
// that says so already is left as it is.
func (f *Folder) writeList(files []made) error {
	var b bytes.Buffer
	b.Grow(len(files) * 96)
	b.WriteString(listHeader)
	for _, m := range files {
		b.Write(hex.AppendEncode(b.AvailableBuffer(), m.key[:]))
		b.WriteString(" " + m.path + "\n")
	}
	digest := content.DigestOf(b.Bytes())
	if digest == f.listed {
		return nil
	}
	if _, err := replace(f.at(listName), b.Bytes()); err != nil {
		return fmt.Errorf("making %s/%s: %w", f.name, listName, err)
	}
	f.listed = digest
	return nil
}

func stateOf(info fs.FileInfo) State {
	if !info.Mode().IsRegular() {
		return State{}
	}
	return State{info.Size(), info.ModTime().UnixNano()}
}
