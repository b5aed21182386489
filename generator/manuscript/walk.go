package manuscript

import (
	"cmp"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"chancery/generator/problem"
)

// A Source is a source file, or several that are the parts of one.
type Source struct {
	Path  string   // the first file
	Files []string // all of them, in their order
	Size  int64    // of all of them, in bytes; 0 where a file cannot be read
}

// A Find is what lies at the paths that were named.
type Find struct {
	Sources  []Source
	Notices  []problem.Problem // what was passed over
	Problems []problem.Problem
}

// Sources finds the source files at the paths named and below the folders
// among them: in the order of the paths, and within a folder in natural order.
// Passed over are hidden files, what operating systems leave in folders, what
// belongs to another source (see isPart), and links met in folders, which are
// told. What cannot be read is a source all the same: reading it tells why.
func Sources(paths []string) *Find {
	w := &walk{find: &Find{}}
	for _, g := range groupByFolder(paths) {
		w.named(g)
	}
	return w.find
}

// A walk is one search for source files.
type walk struct {
	find *Find
	top  string // the folder named, links followed
}

// A namedGroup is a run of paths named one after another that lie in one folder.
type namedGroup struct {
	folder string
	paths  []string
}

func groupByFolder(paths []string) []namedGroup {
	var groups []namedGroup
	for _, p := range paths {
		folder := filepath.Dir(filepath.Clean(p))
		if n := len(groups); n > 0 && groups[n-1].folder == folder {
			groups[n-1].paths = append(groups[n-1].paths, p)
			continue
		}
		groups = append(groups, namedGroup{folder, []string{p}})
	}
	return groups
}

// named takes the paths named of one folder. Links among them are followed.
func (w *walk) named(g namedGroup) {
	names := make([]string, len(g.paths))
	for i, p := range g.paths {
		names[i] = filepath.Base(filepath.Clean(p))
	}
	f := newSiblings(g.folder, names)
	for i, p := range g.paths {
		info, err := os.Stat(p)
		switch {
		case err != nil:
			w.source(p, 0) // told when it is read
		case !info.IsDir():
			w.file(f, names[i], p, info.Size())
		case f.isPart(names[i]):
			w.pass(p, "it belongs to the source file beside it, so it is not imported by itself", "")
		default:
			w.top, err = RealPath(p)
			if err != nil {
				w.top = p
			}
			before := len(w.find.Sources)
			w.folder(p)
			if len(w.find.Sources) == before {
				w.pass(p, "there is no source file in this folder", "")
			}
		}
	}
}

// folder takes what lies in a folder.
func (w *walk) folder(path string) {
	entries, err := os.ReadDir(path)
	if err != nil {
		w.find.Problems = append(w.find.Problems, problem.Problem{File: path, What: "it cannot be listed, so nothing below it is imported: " + plainError(err), Mend: "look whether you may read the folder"})
	}
	slices.SortFunc(entries, func(a, b fs.DirEntry) int { return natural(a.Name(), b.Name()) })
	names := make([]string, len(entries))
	for i, e := range entries {
		names[i] = e.Name()
	}
	f := newSiblings(path, names)
	for _, e := range entries {
		name, below := e.Name(), filepath.Join(path, e.Name())
		switch {
		case isLitter(name):
		case e.Type()&fs.ModeSymlink != 0:
			w.link(below)
		case e.IsDir():
			if !f.isPart(name) {
				w.folder(below)
			}
		case e.Type().IsRegular() && f.isLinked(name):
			// taken along with the Markdown that links it
		case e.Type().IsRegular():
			size := int64(0)
			if info, err := e.Info(); err == nil {
				size = info.Size()
			}
			w.file(f, name, below, size)
		default:
			w.pass(below, "it is no file but a device or the like, so it is passed over", "")
		}
	}
}

// file takes a file, alone or with the other parts of its source.
func (w *walk) file(f *siblings, name, path string, size int64) {
	if !f.isExportPart(name) {
		w.source(path, size)
		return
	}
	if !f.taken {
		f.taken = true
		s := Source{}
		for _, part := range f.exportParts() {
			file := filepath.Join(f.path, part)
			s.Files = append(s.Files, file)
			if info, err := os.Stat(file); err == nil {
				s.Size += info.Size()
			}
		}
		s.Path = s.Files[0]
		w.find.Sources = append(w.find.Sources, s)
	}
}

func (w *walk) source(path string, size int64) {
	w.find.Sources = append(w.find.Sources, Source{Path: path, Files: []string{path}, Size: size})
}

// link tells of a link that was met in a folder. It is never followed: what it
// leads to within the folder is found there, and what lies outside nobody named.
func (w *walk) link(path string) {
	_, err := os.Stat(path)
	real, err2 := RealPath(path)
	switch err = cmp.Or(err, err2); {
	case err != nil:
		w.find.Problems = append(w.find.Problems, problem.Problem{File: path, What: "this link leads to nothing that can be read, so nothing is imported of it", Mend: "mend or delete the link"})
	case IsWithin(real, w.top):
		w.pass(path, "this is a link to "+real+", which is imported from its own place", "")
	default:
		w.find.Problems = append(w.find.Problems, problem.Problem{File: path, What: "this link leads out of the folder, to " + real + ", so it is not followed", Mend: "name " + real + " too, if it is to be imported"})
	}
}

func (w *walk) pass(path, what, mend string) {
	w.find.Notices = append(w.find.Notices, problem.Problem{File: path, What: what, Mend: mend})
}

// isLitter says whether a name is that of a hidden file, or of one that an
// operating system leaves in folders.
func isLitter(name string) bool {
	return strings.HasPrefix(name, ".") || slices.Contains([]string{"thumbs.db", "ehthumbs.db", "desktop.ini"}, strings.ToLower(name))
}

// natural compares names as people sort them: numbers in them by their value,
// "messages2" before "messages10".
func natural(a, b string) int {
	x, y := a, b
	for x != "" && y != "" {
		n, m := leadingDigits(x), leadingDigits(y)
		if n == 0 || m == 0 {
			if x[0] != y[0] {
				return cmp.Compare(x[0], y[0])
			}
			x, y = x[1:], y[1:]
			continue
		}
		p, q := strings.TrimLeft(x[:n], "0"), strings.TrimLeft(y[:m], "0")
		if c := cmp.Or(cmp.Compare(len(p), len(q)), cmp.Compare(p, q)); c != 0 {
			return c
		}
		x, y = x[n:], y[m:]
	}
	return cmp.Or(cmp.Compare(len(x), len(y)), cmp.Compare(a, b))
}

// leadingDigits gives how many digits a text begins with.
func leadingDigits(s string) int {
	n := 0
	for n < len(s) && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	return n
}
