package accession

import (
	"context"
	"fmt"

	"chancery/generator/archive"
	"chancery/generator/manuscript"
	"chancery/generator/problem"
	"chancery/generator/source"

	"golang.org/x/sync/semaphore"
)

// A reading is a source while its drafts are being read.
type reading struct {
	source   manuscript.Source
	number   int
	drafts   chan *prepared
	problems []problem.Problem // to be looked at once drafts is closed
}

// A prepared is a draft with all that can be made of it without knowing what
// was filed before.
type prepared struct {
	draft    archive.Draft
	document archive.Document
	terms    []*archive.Term
	body     string
	sketch   sketch
	lines    Lines
}

const (
	// draftsAhead bounds how many drafts of one source wait to be filed.
	draftsAhead = 64
	// sourcesAhead and bytesAhead bound the sources that are read, or wait with
	// their drafts, before it is their turn.
	sourcesAhead = 64
	bytesAhead   = 16 << 20
)

// A reader reads sources side by side.
type reader struct {
	source     *source.Reader
	vocabulary *archive.Vocabulary
	room       *semaphore.Weighted // in bytes
	trace      bool                // whether drafts keep the lines they were read from
}

// all reads the sources by so many workers and gives the readings in the order
// of the sources. Each has to be drained and then released. It ends early when
// ctx does.
func (r *reader) all(ctx context.Context, sources []manuscript.Source, workers int) <-chan *reading {
	inOrder, todo := make(chan *reading, sourcesAhead), make(chan *reading)
	for range max(1, workers) {
		go func() {
			for g := range todo {
				r.read(ctx, g)
			}
		}()
	}
	go func() {
		defer close(inOrder)
		defer close(todo)
		for i, s := range sources {
			g := &reading{source: s, number: i, drafts: make(chan *prepared, draftsAhead)}
			if r.room.Acquire(ctx, weight(s)) != nil || !send(ctx, inOrder, g) {
				return
			}
			if !send(ctx, todo, g) {
				close(g.drafts) // nobody reads it, and somebody may wait for it
				return
			}
		}
	}()
	return inOrder
}

// weight is the room that a source takes: a big one takes all there is.
func weight(s manuscript.Source) int64 { return min(max(s.Size, 1), bytesAhead) }

// release gives back the room that a reading took.
func (r *reader) release(g *reading) { r.room.Release(weight(g.source)) }

func send[T any](ctx context.Context, to chan<- T, v T) bool {
	select {
	case to <- v:
		return true
	case <-ctx.Done():
		return false
	}
}

// read reads one source, its files one after another.
func (r *reader) read(ctx context.Context, g *reading) {
	defer close(g.drafts)
	var files []*manuscript.File
	defer func() {
		// One file that the program stumbles over may not cost a night's work.
		if what := recover(); what != nil {
			g.problems = append(g.problems, problem.Problem{File: g.source.Path, What: fmt.Sprintf("import stumbled here by a mistake of its own (%v), so the rest of the file is not imported", what), Mend: "send the file to those who keep this program; cut it into parts to import what can be read"})
		}
		for _, f := range files {
			g.problems = append(g.problems, f.Problems...)
		}
	}()
	var kept keptLines
	manuscripts := func(yield func(manuscript.Manuscript) bool) {
		for _, path := range g.source.Files {
			f := manuscript.Open(path)
			files = append(files, f)
			for m := range f.Manuscripts() {
				if r.trace {
					kept.take(&m)
				}
				if !yield(m) {
					return
				}
			}
		}
	}
	tell := func(line int, what, mend string) { files[len(files)-1].Tell(line, what, mend) }
	for draft := range r.source.Drafts(manuscripts, tell) {
		p := r.prepare(draft)
		p.lines = kept.next()
		if !send(ctx, g.drafts, p) {
			return
		}
	}
}

// prepare makes of a draft what can be made before it is filed.
func (r *reader) prepare(draft archive.Draft) *prepared {
	p := &prepared{draft: draft}
	p.document, p.terms = p.draft.Document(r.vocabulary)
	p.body = draft.Markdown
	if p.body == "" {
		p.body = source.Markdown(draft.Body, p.document.Title)
	}
	p.sketch = sketchOf(p.body)
	return p
}
