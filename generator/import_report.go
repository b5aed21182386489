package main

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"time"

	"chancery/generator/accession"
	"chancery/generator/problem"
)

// problemsKept bounds the problems that wait to be printed at the end.
const problemsKept = 10_000

// A problemList gathers problems. Those that are too many to be kept are printed
// at once.
type problemList struct {
	to    io.Writer
	kept  []problem.Problem
	count int
}

func (l *problemList) add(problems ...problem.Problem) {
	for _, p := range problems {
		if l.count++; l.count <= problemsKept {
			l.kept = append(l.kept, p)
			continue
		}
		fmt.Fprintln(l.to, p)
	}
}

// sumImport prints the one line that ends the work.
func sumImport(w io.Writer, a *accession.Accession, dryRun bool, problems int, took time.Duration) {
	word := "made"
	if dryRun {
		word = "would make"
	}
	fmt.Fprintf(w, "%s %d, unchanged %d, edited %d, new terms %d, problems %d, %.2f s\n",
		word, a.Made, a.Unchanged, a.Edited, a.Terms, problems, took.Seconds())
}

// Evidence is printed unasked where a person can read it all: for so many
// sources, and so many documents of one of them.
const (
	sourcesExplained   = 10
	documentsExplained = 30
)

// reportTo gives the report in the form that the flags ask for.
func reportTo(w io.Writer, o importOrder, sources int, problems *problemList) accession.Report {
	if o.explain {
		return newExplainReport(w, o.only, problems)
	}
	out := bufio.NewWriter(w)
	if o.asJSON {
		return &jsonReport{w: out, problems: problems}
	}
	return &peopleReport{w: out, verbose: o.verbose, brief: sources > sourcesExplained, dryRun: o.dryRun, problems: problems}
}

// A peopleReport prints for people: each document, and each of its values with
// where it comes from.
type peopleReport struct {
	w                      *bufio.Writer
	verbose, brief, dryRun bool
	problems               *problemList
	path                   string
	documents              int
	waiting                []reportLines // of a source that may yet have too many documents
	hidden                 bool          // whether evidence has been left out
	original               string
}

// reportLines tell of one document.
type reportLines struct{ state, evidence, terms string }

func (r *peopleReport) Begin(path string) error {
	r.path, r.documents, r.waiting, r.original = path, 0, r.waiting[:0], ""
	return nil
}

func (r *peopleReport) Document(d *accession.Filed) error {
	if r.documents++; r.documents == 1 {
		shape := d.Draft.Shape
		if d.Draft.Encoding != "" {
			shape += ", " + d.Draft.Encoding
		}
		fmt.Fprintf(r.w, "%s: %s\n", r.path, shape)
	}
	if d.Original != "" {
		r.original = d.Original
	}
	lines := linesOf(d)
	switch {
	case r.verbose:
		r.print(lines, true)
	case r.brief:
		r.print(lines, false)
	default:
		r.waiting = append(r.waiting, lines)
		if r.documents > documentsExplained {
			r.release(false)
		}
	}
	return r.w.Flush()
}

// release prints what waits.
func (r *peopleReport) release(explained bool) {
	for _, lines := range r.waiting {
		r.print(lines, explained)
	}
	r.waiting = r.waiting[:0]
}

func (r *peopleReport) print(lines reportLines, explained bool) {
	r.w.WriteString(lines.state)
	if explained {
		r.w.WriteString(lines.evidence)
	} else if lines.evidence != "" {
		r.hidden = true
	}
	r.w.WriteString(lines.terms)
}

func (r *peopleReport) End(problems []problem.Problem) error {
	r.release(r.documents <= documentsExplained)
	if r.documents > 1 {
		fmt.Fprintf(r.w, "  documents %d\n", r.documents)
	}
	switch word := "is kept"; {
	case r.original == "":
	case r.dryRun:
		word = "would be kept"
		fallthrough
	case r.documents == 1:
		fmt.Fprintf(r.w, "  the original %s in %s\n", word, r.original)
	default:
		fmt.Fprintf(r.w, "  the original of these %d documents %s once, in %s\n", r.documents, word, r.original)
	}
	if r.hidden {
		r.hidden, r.brief = false, true
		r.w.WriteString("  where the values come from is shown by --verbose; what was inferred stands under review in each file\n")
	}
	r.problems.add(problems...)
	return r.w.Flush()
}

// linesOf gives what is printed of a document.
func linesOf(d *accession.Filed) reportLines {
	lines := reportLines{state: fmt.Sprintf("  %s: %s\n", d.ID.File(), d.State)}
	if !d.New {
		return lines
	}
	var b strings.Builder
	for field, v := range d.Draft.Values {
		fmt.Fprintf(&b, "    %-9s %-44s %-8s %-10s %s: %s\n", field, shorten(v.Text, 44), v.Grade, lineNumber(v.Line), v.Rule, v.Why)
	}
	for _, doubt := range d.Draft.Doubts {
		fmt.Fprintf(&b, "    %-9s %-44s %-8s %-10s %s\n", doubt.Rule, "", "review", lineNumber(doubt.Line), doubt.Why)
	}
	lines.evidence = b.String()
	for _, term := range d.Terms {
		lines.terms += fmt.Sprintf("    new term, unverified: %s\n", term.File())
	}
	return lines
}

// lineNumber gives the line of some evidence, nothing where no line is meant.
func lineNumber(n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf("line %d", n)
}

func shorten(s string, n int) string {
	if runes := []rune(s); len(runes) > n {
		return string(runes[:n-1]) + "…"
	}
	return s
}
