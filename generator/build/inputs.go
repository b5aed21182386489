package build

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"hash"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"chancery/generator/content"
	"chancery/templates"
)

// Inputs are all that a site is made from, found but not read: the files of
// content/ as the disk has them, the templates, the program. A site has a key
// as its pages have: where the digest of its inputs equals the last build's, no
// page can have become another.
type inputs struct {
	tree      *content.Tree
	templates map[string][]byte
	digest    content.Digest
}

func findInputs(root string, version content.Digest) (*inputs, error) {
	tree, err := content.List(root)
	if err != nil {
		return nil, err
	}
	files, err := templateFiles(root)
	if err != nil {
		return nil, err
	}
	in := &inputs{tree: tree, templates: files}
	h := sha256.New()
	h.Write(version[:])
	for _, list := range [][]content.File{tree.Terms, tree.Documents, tree.Attachments} {
		digestFiles(h, list)
	}
	for _, p := range slices.Concat(tree.Notices, tree.Problems) {
		fmt.Fprintf(h, "%q", p)
	}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		fmt.Fprintf(h, "%q %d\n", name, len(files[name]))
		h.Write(files[name])
	}
	for _, f := range tree.Settings {
		data, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(f.Path)))
		if err != nil {
			return nil, fmt.Errorf("reading %s: %w", f.Path, err)
		}
		fmt.Fprintf(h, "%s %d\n", f.Path, len(data))
		h.Write(data)
	}
	in.digest = content.Digest(h.Sum(nil)[:16])
	return in, nil
}

func digestFiles(h hash.Hash, files []content.File) {
	var line []byte
	for _, f := range files {
		line = fmt.Appendf(line[:0], "%s\x00%d\x00%d\n", f.Path, f.Size, f.ModTime)
		h.Write(line)
	}
	h.Write([]byte{0})
}

// templateFiles reads the templates and assets that the program carries, and
// over them those of the archive's own folder templates/.
func templateFiles(root string) (map[string][]byte, error) {
	files := map[string][]byte{}
	for _, folder := range []fs.FS{templates.Files, os.DirFS(filepath.Join(root, "templates"))} {
		err := fs.WalkDir(folder, ".", func(name string, e fs.DirEntry, err error) error {
			if errors.Is(err, fs.ErrNotExist) && name == "." {
				return fs.SkipAll // the archive has no templates of its own
			}
			if err != nil || e.IsDir() || !isTemplateFile(name) {
				return err
			}
			files[name], err = fs.ReadFile(folder, name)
			return err
		})
		if err != nil {
			return nil, fmt.Errorf("reading templates: %w", err)
		}
	}
	return files, nil
}

func isTemplateFile(name string) bool {
	base := name[strings.LastIndexByte(name, '/')+1:]
	if strings.HasPrefix(base, ".") || strings.HasSuffix(base, "~") {
		return false
	}
	return strings.HasPrefix(name, "assets/") || filepath.Ext(name) == ".html" && !strings.Contains(name, "/")
}
