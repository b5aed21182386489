package manuscript

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"strings"

	"chancery/generator/problem"
)

// A Format is a way in which files hold documents.
type Format struct {
	Name string // as people call it: "saved web page"
	// Recognise says whether a file has the format, by its name and Head.
	Recognise func(f *File) bool
	// Read yields the file's manuscripts in their order, until yield says
	// false. What cannot be read it tells by f.Tell, and goes on.
	Read func(f *File, yield func(Manuscript) bool)
}

// Formats lists the formats in the order in which they are tried. The last one
// takes every text.
var Formats = []Format{
	{"Telegram export (JSON)", isTelegramJSON, readTelegramJSON},
	{"Telegram export (HTML)", isTelegramHTML, readTelegramHTML},
	{"Markdown", isMarkdown, readMarkdown},
	{"feed", isFeed, readFeed},
	{"saved web page", isWebPage, readWebPage},
	{"web archive", isWebArchive, readWebArchive},
	{"table", isTable, readTable},
	{"Word document", isDocx, readDocx},
	{"OpenDocument text", isODT, readODT},
	{"PDF", isPDF, readPDF},
	{"plain text", isText, readText},
}

// headLength is how much of a file tells its format, in bytes.
const headLength = 8 << 10

// largestWhole bounds the size of a file that has to be read whole, in bytes.
const largestWhole = 64 << 20

// A File is a source file that is being read. It is read once.
type File struct {
	Path     string
	Size     int64
	Head     []byte // the first bytes, as they stand there
	Problems []problem.Problem

	format *Format
}

// Open looks at a file and finds its format. What keeps it from being read is
// told as a problem of the file, which then has no manuscripts.
func Open(path string) *File {
	f := &File{Path: path}
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		f.Tell(0, "there is no such file", "look at its name")
		return f
	case err != nil:
		f.tellUnread(err)
		return f
	case !info.Mode().IsRegular():
		f.Tell(0, "it is no file, so nothing is imported", "name a file or a folder")
		return f
	}
	f.Size = info.Size()
	if err := f.readHead(); err != nil {
		f.tellUnread(err)
		return f
	}
	if len(bytes.TrimSpace(f.Head)) == 0 && f.Size <= headLength {
		f.Tell(0, "the file is empty, so nothing is imported", "look whether it was saved whole")
		return f
	}
	for i := range Formats {
		if Formats[i].Recognise(f) {
			f.format = &Formats[i]
			return f
		}
	}
	foreign, _ := f.foreign()
	f.Tell(0, foreign[0], foreign[1])
	return f
}

func (f *File) readHead() error {
	r, err := f.Reader()
	if err != nil {
		return err
	}
	defer r.Close()
	f.Head, err = io.ReadAll(io.LimitReader(r, headLength))
	return err
}

// Format gives the name of the file's format, "" where none reads it.
func (f *File) Format() string {
	if f.format == nil {
		return ""
	}
	return f.format.Name
}

// Manuscripts yields the manuscripts of the file in their order.
func (f *File) Manuscripts() iter.Seq[Manuscript] {
	return func(yield func(Manuscript) bool) {
		if f.format != nil {
			f.format.Read(f, yield)
		}
	}
}

// Extension gives the end of the file's name, in lower case: ".html".
func (f *File) Extension() string { return strings.ToLower(filepath.Ext(f.Path)) }

// Tell notes a problem of the file.
func (f *File) Tell(line int, what, mend string) {
	f.Problems = append(f.Problems, problem.Problem{File: f.Path, Line: line, What: what, Mend: mend})
}

// Reader gives the file's bytes as they stand there.
func (f *File) Reader() (io.ReadCloser, error) { return os.Open(f.Path) }

// whole reads the file at once. Where it cannot, it tells why and says false.
func (f *File) whole() ([]byte, bool) {
	if f.Size > largestWhole {
		f.Tell(0, fmt.Sprintf("it has %d MiB, and import reads files of this format up to %d MiB", f.Size>>20, largestWhole>>20), "cut it into parts")
		return nil, false
	}
	data, err := os.ReadFile(f.Path)
	if err != nil {
		f.tellUnread(err)
		return nil, false
	}
	return data, true
}

// tellUnread tells why the file cannot be read.
func (f *File) tellUnread(err error) {
	mend := "copy it anew from where it comes"
	if errors.Is(err, fs.ErrPermission) {
		mend = "let yourself read it, on Linux and macOS by: chmod u+r FILE, or import as the user to whom it belongs"
	}
	f.Tell(0, "it cannot be read, so nothing is imported: "+plainError(err), mend)
}

// plainError gives an error without the path that its message begins with.
func plainError(err error) string {
	var path *fs.PathError
	if errors.As(err, &path) {
		return path.Err.Error()
	}
	return err.Error()
}
