package content

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"chancery/generator/archive"
	"chancery/generator/problem"
)

// A File is one file of content/ as the disk has it.
type File struct {
	Path    string // below the root, with slashes: "content/venues/asean.md"
	Size    int64
	ModTime int64 // nanoseconds since 1970
}

// A Tree is what lies in content/, by what it is for. Each list is in the order
// of its paths.
type Tree struct {
	Settings    []File // content/archive.yaml, where it is there
	Terms       []File
	Documents   []File
	Attachments []File // what goes with a document, in content/documents/<ID>/
	Notices     []problem.Problem
	Problems    []problem.Problem
}

// ErrNoArchive says that the root holds no content/ folder.
var ErrNoArchive = errors.New("no archive here")

// IsArchive says whether the root holds a content/ folder.
func IsArchive(root string) bool {
	info, err := os.Stat(filepath.Join(root, "content"))
	return err == nil && info.IsDir()
}

// List finds what lies in content/ below root. Hidden files, editors' backups
// and README.md are passed over, and so is the register.
func List(root string) (*Tree, error) {
	if !IsArchive(root) {
		return nil, ErrNoArchive
	}
	t := &Tree{}
	err := t.walk(root, "content")
	// The order of folders is not that of paths: "/" comes after "-".
	for _, list := range [][]File{t.Terms, t.Documents, t.Attachments} {
		slices.SortFunc(list, func(a, b File) int { return cmp.Compare(a.Path, b.Path) })
	}
	return t, err
}

func (t *Tree) walk(root, folder string) error {
	entries, err := os.ReadDir(filepath.Join(root, filepath.FromSlash(folder)))
	if errors.Is(err, fs.ErrNotExist) {
		return nil // gone since its parent was read
	}
	if err != nil {
		return fmt.Errorf("listing %s: %w", folder, err)
	}
	for _, e := range entries {
		path := folder + "/" + e.Name()
		if Ignored(path) {
			continue
		}
		if !utf8.ValidString(e.Name()) || strings.ContainsFunc(e.Name(), unicode.IsControl) {
			t.notice(folder, fmt.Sprintf("the name %q has letters in it that no address can have, so it is passed over", e.Name()), "rename it")
			continue
		}
		if e.IsDir() {
			if err := t.walk(root, path); err != nil {
				return err
			}
			continue
		}
		if !e.Type().IsRegular() {
			t.notice(path, "this is no file of its own but a link or device, so it is not read", "copy the file itself to this place")
			continue
		}
		info, err := e.Info()
		if err != nil {
			continue // gone since its folder was read
		}
		t.file(File{path, info.Size(), info.ModTime().UnixNano()})
	}
	return nil
}

// Ignored says whether a path below the root is none of the archive's: hidden,
// an editor's backup, a README or the register.
func Ignored(path string) bool {
	name := path[strings.LastIndexByte(path, '/')+1:]
	return strings.HasPrefix(name, ".") || strings.HasSuffix(name, "~") || strings.HasPrefix(name, "#") ||
		strings.HasSuffix(name, ".swp") || strings.HasSuffix(name, ".tmp") || name == "4913" || name == "README.md" ||
		path == "content/register" || strings.HasPrefix(path, "content/register/")
}

func (t *Tree) file(f File) {
	parts := strings.Split(f.Path, "/")[1:]
	switch {
	case f.Path == SettingsFile:
		t.Settings = append(t.Settings, f)
	case len(parts) >= 4 && parts[0] == "documents":
		t.Attachments = append(t.Attachments, f)
	case !strings.HasSuffix(f.Path, ".md"):
		t.notice(f.Path, "this is neither a document nor a term nor a document's file, so it is not published", "a file that goes with a document belongs in the folder content/documents/<year>/<name of the document>/")
	case len(parts) == 3 && parts[0] == "documents":
		t.Documents = append(t.Documents, f)
	case len(parts) == 2 && isFacet(parts[0]):
		t.Terms = append(t.Terms, f)
	default:
		t.Problems = append(t.Problems, problem.Problem{File: f.Path, What: "a page cannot be made of a file at this place",
			Mend: "a document belongs in content/documents/<year>/ or content/documents/undated/, a term in content/venues/, places/, speakers/ or sources/"})
	}
}

func (t *Tree) notice(file, what, mend string) {
	t.Notices = append(t.Notices, problem.Problem{File: file, What: what, Mend: mend})
}

func isFacet(folder string) bool {
	_, ok := facetOf(folder)
	return ok
}

func facetOf(folder string) (archive.Facet, bool) {
	for _, f := range archive.Facets {
		if f.String() == folder {
			return f, true
		}
	}
	return 0, false
}

// DocumentID gives the ID of the document that a file holds.
func (f File) DocumentID() archive.ID {
	return archive.ID(strings.TrimSuffix(strings.TrimPrefix(f.Path, "content/documents/"), ".md"))
}

// FileID gives the short name by which commands know the file of a document or
// term: 2022/11-12-talks, venues/asean.
func FileID(file string) string {
	name := strings.TrimSuffix(strings.TrimPrefix(file, "content/"), ".md")
	return strings.TrimPrefix(name, "documents/")
}

// Term gives the facet and ID of the term that a file holds.
func (f File) Term() (archive.Facet, archive.TermID) {
	folder, name, _ := strings.Cut(strings.TrimPrefix(f.Path, "content/"), "/")
	facet, _ := facetOf(folder)
	return facet, archive.TermID(strings.TrimSuffix(name, ".md"))
}

// Owner gives the document that an attachment goes with, and the attachment's
// path below the document's page.
func (f File) Owner() (archive.ID, string) {
	parts := strings.SplitN(f.Path, "/", 5) // content documents 2022 name rest
	return archive.ID(parts[2] + "/" + parts[3]), parts[4]
}
