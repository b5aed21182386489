package manuscript

import (
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"strings"

	"chancery/generator/archive"
)

// A folder is one whose files go with documents. Nothing outside it is opened,
// whatever a path or a link in it says.
type folder struct {
	path string
	root *os.Root
	lost bool // it cannot be opened
}

// find gives the path within the folder that a file names, "" for one that
// leads out of it, and whether a file is there.
func (f *folder) find(name string) (local string, found bool) {
	name = strings.ReplaceAll(name, `\`, "/")
	local = f.local(name)
	if f.has(local) {
		return local, true
	}
	if plain, err := url.PathUnescape(name); err == nil && plain != name {
		if l := f.local(plain); f.has(l) {
			return l, true
		}
	}
	return local, false
}

// local gives a path within the folder, "" for one that leads out of it. A page
// of an export names its files from the folder of the whole export, so its
// paths lead out and in again.
func (f *folder) local(name string) string {
	if strings.ContainsRune(name, 0) || path.IsAbs(name) || filepath.IsAbs(name) || filepath.VolumeName(name) != "" {
		return ""
	}
	local := path.Clean(name)
	if strings.HasPrefix(local, "../") {
		own, err := filepath.Abs(f.path)
		if err != nil {
			return ""
		}
		relative, err := filepath.Rel(own, filepath.Join(own, filepath.FromSlash(local)))
		if err != nil {
			return ""
		}
		local = filepath.ToSlash(relative)
	}
	if !filepath.IsLocal(filepath.FromSlash(local)) || local == "." {
		return ""
	}
	return local
}

// has says whether a file stands at a path within the folder.
func (f *folder) has(local string) bool {
	if f.root == nil && !f.lost {
		var err error
		f.root, err = os.OpenRoot(f.path)
		f.lost = err != nil
	}
	if f.lost || local == "" {
		return false
	}
	info, err := f.root.Stat(filepath.FromSlash(local))
	return err == nil && info.Mode().IsRegular()
}

func (f *folder) close() {
	if f.root != nil {
		_ = f.root.Close() // nothing was written
	}
}

// opener gives what opens a file of the folder.
func (f *folder) opener(local string) func() (io.ReadCloser, error) {
	dir := f.path
	return func() (io.ReadCloser, error) {
		root, err := os.OpenRoot(dir)
		if err != nil {
			return nil, fmt.Errorf("opening the folder of a file: %w", err)
		}
		file, err := root.Open(filepath.FromSlash(local))
		if err = errors.Join(err, root.Close()); err != nil {
			return nil, fmt.Errorf("opening a file that goes with a document: %w", err)
		}
		return file, nil
	}
}

// slugName gives a file's name in the form that addresses have. What
// would be a document of the archive, or the page of one, gets another name.
func slugName(file string) string {
	file = strings.ReplaceAll(path.Base(file), "@", "-") // which the slug would spell out
	extension := path.Ext(file)
	stem := archive.Slug(strings.TrimSuffix(file, extension))
	extension = archive.Slug(extension)
	if stem == "" || stem == "index" {
		stem = "file"
	}
	switch extension {
	case "":
		return stem
	case "md", "markdown":
		return stem + ".txt"
	}
	return stem + "." + extension
}

// uniqueName gives a name that is not taken, and takes it.
func uniqueName(name string, taken map[string]bool) string {
	extension := path.Ext(name)
	for n, stem := 2, strings.TrimSuffix(name, extension); taken[name]; n++ {
		name = fmt.Sprintf("%s-%d%s", stem, n, extension)
	}
	taken[name] = true
	return name
}

// isPicture says whether browsers show a file of that name as a picture.
func isPicture(name string) bool {
	switch path.Ext(name) {
	case ".jpg", ".jpeg", ".png", ".gif", ".webp", ".svg", ".avif":
		return true
	}
	return false
}
