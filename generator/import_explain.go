package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"unicode"

	"chancery/generator/accession"
	"chancery/generator/manuscript"
	"chancery/generator/problem"
	"chancery/generator/source"

	"github.com/rivo/uniseg"
	"golang.org/x/term"
)

// documentsTold is how many documents of a file are explained unasked.
const documentsTold = 5

// An explainReport tells for each document where each of its values comes from,
// what else was found, and what the rest of the file became.
type explainReport struct {
	page
	only      int // the number of the one document to tell, 0 for the first ones
	problems  *problemList
	path      string
	documents int
	shape     string
}

func newExplainReport(w io.Writer, only int, problems *problemList) *explainReport {
	return &explainReport{page: page{w: bufio.NewWriter(w), width: pageWidth(w)}, only: only, problems: problems}
}

// The width of the page, in letters: that of the terminal within these bounds.
const (
	narrowest = 60
	usual     = 80
	widest    = 100
)

func pageWidth(w io.Writer) int {
	if f, ok := w.(*os.File); ok {
		if width, _, err := term.GetSize(int(f.Fd())); err == nil {
			return min(max(width, narrowest), widest)
		}
	}
	return usual
}

func (r *explainReport) Begin(path string) error {
	if r.path != "" {
		r.line("")
	}
	r.path, r.documents, r.shape = path, 0, ""
	r.line(path)
	r.line(strings.Repeat("=", min(uniseg.StringWidth(path), r.width)))
	f := manuscript.Open(path)
	if f.Format() == "" {
		return r.w.Flush()
	}
	r.item("format", f.Format()+", "+recognised(f))
	if begins := opening(f.Head); !strings.Contains(begins, "\uFFFD") {
		r.item("begins", quoted(begins))
	}
	r.item("encoding", encodingOf(f))
	return r.w.Flush()
}

// recognised says by what a file's format was recognised.
func recognised(f *manuscript.File) string {
	if f.Format() == manuscript.Formats[len(manuscript.Formats)-1].Name {
		return "since the file has no sign of another format"
	}
	i := slices.IndexFunc(manuscript.Formats, func(g manuscript.Format) bool { return g.Name == f.Format() })
	nameless := &manuscript.File{Path: "file", Size: f.Size, Head: f.Head}
	switch ending := f.Extension(); {
	case manuscript.Formats[i].Recognise(nameless):
		return "recognised by its first bytes, whatever its name"
	case ending == "":
		return "recognised by its name and its first bytes"
	default:
		return fmt.Sprintf("recognised by the end of its name, %s, and its first bytes", ending)
	}
}

// opening gives what a file begins with, as far as it is text.
func opening(head []byte) string {
	text := strings.Join(strings.Fields(strings.ToValidUTF8(string(head[:min(len(head), 400)]), "�")), " ")
	return strings.Map(func(c rune) rune {
		if !unicode.IsGraphic(c) {
			return '·'
		}
		return c
	}, text)
}

// encodingOf says in what encoding the file's first text was read.
func encodingOf(f *manuscript.File) string {
	for m := range f.Manuscripts() {
		for _, c := range m.Claims {
			if c.Field == "encoding" {
				return fmt.Sprintf("%s, by %s", c.Text, c.Where)
			}
		}
		break
	}
	return "UTF-8, or as the format has it"
}

func (r *explainReport) Document(d *accession.Filed) error {
	r.documents++
	if shape := d.Draft.Shape; shape != r.shape {
		r.shape = shape
		r.item("text", shapeTold(shape))
	}
	if r.only > 0 && r.documents != r.only || r.only == 0 && r.documents > documentsTold {
		return nil
	}
	r.document(d)
	return r.w.Flush()
}

// shapeTold gives the shape of a text and those that it might have had.
func shapeTold(shape string) string {
	var before []string
	for _, s := range source.Shapes {
		if s.Name == shape {
			if len(before) == 0 {
				return shape + ", the first that was tried"
			}
			return shape + "; tried before it, and not found: " + strings.Join(before, ", ")
		}
		before = append(before, s.Name)
	}
	return shape + ", as the file says; no other was tried"
}

func (r *explainReport) End(problems []problem.Problem) error {
	switch {
	case r.documents == 0:
		r.item("documents", "none")
	case r.only > r.documents:
		r.line("")
		r.item("documents", fmt.Sprintf("%d, so there is none of number %d", r.documents, r.only))
	case r.only == 0 && r.documents > documentsTold:
		r.line("")
		r.item("documents", fmt.Sprintf("%d, of which the first %d are told; --only 6 tells the sixth, and so on", r.documents, documentsTold))
	default:
		r.line("")
		r.item("documents", fmt.Sprint(r.documents))
	}
	r.problems.add(problems...)
	return r.w.Flush()
}

// quoted puts a text between quotation marks.
func quoted(s string) string { return "“" + shorten(s, 120) + "”" }
