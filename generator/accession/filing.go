package accession

import (
	"context"
	"fmt"

	"chancery/generator/archive"
	"chancery/generator/problem"
)

// A filing is the filing of one source's drafts.
type filing struct {
	*Accession
	reading  *reading
	report   Report
	told     func() // tells the progress
	problems []problem.Problem
	original keeping
}

// all files the drafts in their order. It says false where ctx ended before
// the last of them.
func (f *filing) all(ctx context.Context) (whole bool, err error) {
	g := f.reading
	if err := f.report.Begin(g.source.Path); err != nil {
		return false, err
	}
	if f.isOwn(g.source.Path) {
		for range g.drafts {
		}
		return true, f.report.End([]problem.Problem{{File: g.source.Path, What: "this is a file of the archive itself, so it is not imported", Mend: "name source documents that lie outside the archive's folder content"}})
	}
	whole = true
	for whole {
		p, more := <-g.drafts
		if whole = ctx.Err() == nil; !whole || !more {
			break
		}
		d, err := f.document(p)
		if err != nil {
			return false, err
		}
		if err := f.report.Document(d); err != nil {
			return false, err
		}
		f.told()
	}
	var problems []problem.Problem
	if whole {
		problems = g.problems
	} else {
		problems = []problem.Problem{{File: g.source.Path, What: "the import was stopped before the end of this file", Mend: "run the same command again: it goes on from there"}}
	}
	return whole, f.report.End(append(problems, f.problems...))
}

// document files one draft, unless the archive has it.
func (f *filing) document(p *prepared) (*Filed, error) {
	r := &Filed{Draft: &p.draft, Document: &p.document, Lines: p.lines}
	if known := f.catalogue.find(p.draft.Digest); known != nil {
		r.ID, r.State = known.id, f.stateOf(known)
		p.document.ID = known.id
		err := f.original.find(f, known)
		r.Original = f.original.has(known.id)
		return r, err
	}
	r.New, r.State = true, "new"
	near := f.likeness(p)
	if near != "" {
		r.State = "new: " + near
	}
	f.original.begin(f)
	part, err := f.gather(p)
	if err != nil {
		return nil, err
	}
	for _, t := range p.terms {
		made, err := f.terms.add(t, &p.draft, f.reading.source.Path)
		if err != nil {
			return nil, err
		}
		if made {
			r.Terms = append(r.Terms, t)
			f.Terms++
		}
	}
	if err := f.store.create(&p.document, p.body, part); err != nil {
		return nil, err
	}
	r.ID = p.document.ID
	f.original.end(r.ID)
	r.Original = f.original.has(r.ID)
	if f.Made++; f.Made%boundEvery == 0 {
		boundMemory()
	}
	place, err := f.spill.add(p)
	f.catalogue.add(card{id: r.ID, from: int32(f.reading.number) + 1, spilled: place}, &p.document, p.sketch)
	return r, err
}

// stateOf says of a draft that the archive has already how it has it.
func (f *filing) stateOf(known *card) string {
	if known.edited {
		f.Edited++
		return "left alone: it was edited since it was imported"
	}
	f.Unchanged++
	if known.from == 0 {
		return "unchanged: it is in the archive"
	}
	return fmt.Sprintf("unchanged: it is the same text as %s in this run", f.sources[known.from-1].Path)
}

// likeness looks for the document that the draft is nearly the same as, and for
// the one that it may translate. It notes them in the document, for a person to
// decide, and says the first in words.
func (f *filing) likeness(p *prepared) (near string) {
	doc := &p.document
	l := &f.likest
	l.begin(p)
	for _, c := range f.catalogue.candidates(p.sketch) {
		if text, ok := f.bodyOf(c.card); ok && !l.hold(c.card, text) {
			break
		}
	}
	best := archive.ID("")
	if l.card != nil {
		best = l.card.id
		near = fmt.Sprintf("%.0f %% of the word sequences are those of %s", 100*l.share, best)
		doc.SameAs = append(doc.SameAs, best)
		doc.Review = append(doc.Review, fmt.Sprintf("same-as: %s: keep it, or delete this line and same-as", near))
	}
	if other := f.catalogue.translation(doc, p.sketch); other != nil && other.id != best {
		doc.Review = append(doc.Review, fmt.Sprintf("translation-of: %s may be this text in another language, by source, day, subjects and length: add translation-of, or delete this line", other.id))
	}
	return near
}

// leastShare is the share of their shingles that two texts have to have in
// common to be told as nearly the same.
const leastShare = 0.8
