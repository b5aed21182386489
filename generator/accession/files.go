package accession

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"syscall"

	"chancery/generator/archive"
	"chancery/generator/problem"
)

// gather copies the files that go with a draft, and the source's own where they
// are to be kept with it, into a folder beside where the document will be. It
// gives "" where there are none. What cannot be copied is told and noted for
// review; the document is filed without it.
func (f *filing) gather(p *prepared) (part string, err error) {
	files := append(f.original.files(f), p.draft.Files...)
	if len(files) == 0 || f.order.DryRun {
		f.original.copied = f.original.copied || f.original.beginning
		return "", nil
	}
	part = f.store.part(archive.NewID(p.document.Date, p.document.Title))
	if err := os.MkdirAll(part, 0o755); err != nil {
		return "", fmt.Errorf("making a folder for the files of a document: %w", err)
	}
	copied := 0
	for _, file := range files {
		err := copyOne(part, file)
		if err == nil {
			copied++
			f.original.copied = f.original.copied || isOriginal(file.Name)
			continue
		}
		if isFull(err) {
			return "", fmt.Errorf("copying %s into the archive: %w", file.Name, err)
		}
		why := fmt.Sprintf("the file %s was not copied into the archive: %s", file.Name, plain(err))
		f.problems = append(f.problems, problem.Problem{File: f.reading.source.Path, Line: p.draft.Line, What: why + ", so the document is filed without it", Mend: "copy it into the document's folder yourself, if it is to be kept"})
		p.document.Review = append(p.document.Review, "files: "+why)
	}
	if copied == 0 {
		return "", os.RemoveAll(part)
	}
	return part, nil
}

// isFull says whether an error is such that nothing else can be written either.
func isFull(err error) bool {
	return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) || errors.Is(err, syscall.EROFS)
}

var errName = errors.New("its name is none that a file beside a document can have")

func copyOne(part string, file archive.DraftFile) error {
	if !fs.ValidPath(file.Name) || file.Name == "." || strings.HasPrefix(path.Base(file.Name), ".") || strings.ContainsAny(file.Name, "\\:\x00\n") {
		return errName
	}
	r, err := file.Open()
	if err != nil {
		return err
	}
	defer r.Close()
	return copyInto(filepath.Join(part, filepath.FromSlash(file.Name)), r)
}

// plain gives an error without the path that its message begins with.
func plain(err error) string {
	var path *fs.PathError
	switch {
	case errors.Is(err, fs.ErrExist):
		return "another file of the document has its name"
	case errors.Is(err, fs.ErrNotExist):
		return "it is not there"
	case errors.As(err, &path):
		return path.Err.Error()
	}
	return err.Error()
}

// A keeping is what is known of where the files of a source are kept. They are
// kept once, beside the first document that is made of them.
type keeping struct {
	with      archive.ID // "" where they are not kept yet
	copied    bool       // whether they are there
	beginning bool       // whether they go with the document that is being filed
}

// begin decides whether the source's files go with the document that is filed now.
func (k *keeping) begin(f *filing) { k.beginning = f.order.KeepOriginals && k.with == "" }

// end notes with which document they went.
func (k *keeping) end(id archive.ID) {
	if k.beginning {
		k.with, k.beginning = id, false
	}
}

// files gives the source's files as files of the document that is filed now.
func (k *keeping) files(f *filing) []archive.DraftFile {
	if !k.beginning {
		return nil
	}
	var files []archive.DraftFile
	for _, name := range f.reading.source.Files {
		files = append(files, archive.DraftFile{Name: originalName(name), Open: func() (io.ReadCloser, error) { return os.Open(name) }})
	}
	return files
}

// find looks whether an earlier run has kept the source's files beside a
// document that the archive has.
func (k *keeping) find(f *filing, known *card) error {
	if !f.order.KeepOriginals || k.with != "" {
		return nil
	}
	for _, name := range f.reading.source.Files {
		same, err := sameBytes(f.store.path(known.id.Attachments()+"/"+originalName(name)), name)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("comparing %s with what is kept of it: %w", name, err)
		}
		if !same {
			return nil
		}
	}
	k.with, k.copied = known.id, true
	return nil
}

// has gives the folder in which the source's files lie beside a document, ""
// where they do not.
func (k *keeping) has(id archive.ID) string {
	if id != k.with || !k.copied {
		return ""
	}
	return id.Attachments() + "/" + archive.Originals
}

func isOriginal(name string) bool { return strings.HasPrefix(name, archive.Originals+"/") }

// originalName gives the name, below a document's folder, of a source file.
func originalName(file string) string {
	extension := filepath.Ext(file)
	name := archive.Slug(strings.TrimSuffix(filepath.Base(file), extension))
	if name == "" {
		name = "source"
	}
	if e := archive.Slug(extension); e != "" {
		name += "." + e
	}
	return archive.Originals + "/" + name
}
