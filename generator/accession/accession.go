// Package accession takes source documents into the archive's custody: it reads
// files side by side, holds each draft against what the archive has, and files
// what is new, in the order of the sources. It knows nothing of flags and of
// how a report is printed.
package accession

import (
	"context"
	"fmt"
	"path/filepath"

	"chancery/generator/archive"
	"chancery/generator/content"
	"chancery/generator/manuscript"
	"chancery/generator/problem"
	"chancery/generator/source"

	"golang.org/x/sync/semaphore"
)

// An Order says how to import.
type Order struct {
	Root          string // of the archive
	DryRun        bool   // write nothing
	KeepOriginals bool   // put source files beside their documents
	Trace         bool   // have drafts tell what each rule did, and keep the lines they were read from
	Workers       int
	Progress      Progress // nil for none
}

// Progress hears how far the work is, from one goroutine at a time.
type Progress func(Progressed)

// Progressed is how far the work is.
type Progressed struct {
	Stage       string
	Done, Total int64 // bytes of the sources, or files of the archive
	Documents   int
}

// A Report hears what becomes of the sources, one after another in their order.
// An error ends the import.
type Report interface {
	Begin(path string) error
	Document(d *Filed) error
	End(problems []problem.Problem) error
}

// Filed is what became of one draft.
type Filed struct {
	ID       archive.ID
	New      bool
	State    string // in words
	Draft    *archive.Draft
	Document *archive.Document
	Terms    []*archive.Term // that were made for it
	Original string          // the folder in which the source's files are kept beside it, or ""
	Lines    Lines           // of its source, where they were asked for
}

// Counts are the sums of an import.
type Counts struct {
	Made, Unchanged, Edited, Terms int // documents, and terms made
	Unreached                      int // sources not read to their end
}

// An Accession is one run of import.
type Accession struct {
	Counts
	Problems []problem.Problem // of the vocabulary

	order     Order
	reader    *reader
	catalogue *catalogue
	store     *store
	terms     *terms
	likest    likest
	spill     *spill // nil but for a dry run
	sources   []manuscript.Source
}

// Open reads what import has to know of the archive: its vocabulary, and what
// it has already. Unless nothing is to be written, it removes what an import
// left that was killed.
func Open(ctx context.Context, o Order) (*Accession, error) {
	tree, err := content.List(o.Root)
	if err != nil {
		return nil, err
	}
	a := &Accession{order: o, store: newStore(o.Root, o.DryRun)}
	list, problems, err := readTerms(o.Root, tree.Terms)
	if err != nil {
		return nil, err
	}
	a.Problems = problems
	if a.catalogue, err = readDocuments(ctx, o.Root, tree.Documents, o.Workers, o.Progress); err != nil {
		return nil, err
	}
	if o.DryRun {
		a.spill = &spill{}
	} else if err := a.store.sweep(); err != nil {
		return nil, err
	}
	known, _ := archive.NewVocabulary(list)
	trusted, _ := archive.NewVocabulary(verified(list))
	a.terms = newTerms(a.store, list)
	a.reader = &reader{source: source.NewReader(trusted), vocabulary: known, room: semaphore.NewWeighted(bytesAhead), trace: o.Trace}
	if o.Trace {
		a.reader.source = a.reader.source.Traced()
	}
	return a, nil
}

// Close lets go of what the import has put aside.
func (a *Accession) Close() error { return a.spill.close() }

// All imports the sources. When ctx ends, the document that is being filed is
// finished and no other begun: then Unreached is not 0.
func (a *Accession) All(ctx context.Context, sources []manuscript.Source, report Report) error {
	a.sources = sources
	reading, cancel := context.WithCancel(ctx)
	defer cancel()
	total, done := int64(0), int64(0)
	for _, s := range sources {
		total += s.Size
	}
	a.Unreached = len(sources)
	boundMemory()
	for g := range a.reader.all(reading, sources, a.order.Workers) {
		f := filing{Accession: a, reading: g, report: report, told: func() { a.tell(done, total) }}
		whole, err := f.all(ctx)
		if err != nil {
			return fmt.Errorf("importing %s: %w", g.source.Path, err)
		}
		if !whole {
			return nil
		}
		a.Unreached--
		done += g.source.Size
		a.tell(done, total)
		a.reader.release(g)
	}
	return nil
}

func (a *Accession) tell(done, total int64) {
	if a.order.Progress != nil {
		a.order.Progress(Progressed{"importing", done, total, a.Made + a.Unchanged + a.Edited})
	}
}

// isOwn says whether a file lies in the archive that is imported into.
func (a *Accession) isOwn(file string) bool {
	own, err := manuscript.RealPath(filepath.Join(a.order.Root, "content"))
	if err != nil {
		return false
	}
	real, err := manuscript.RealPath(file)
	return err == nil && manuscript.IsWithin(real, own)
}
