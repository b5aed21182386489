package page

import (
	"bytes"
	"fmt"
	"html/template"
	"net/url"
	"strings"

	"chancery/generator/archive"
	"chancery/generator/content"
	"chancery/generator/index"
)

// meetingShown is how many other documents of its edition a page lists.
const meetingShown = 10

// Document gives a document's page. read gives what its file holds; it is
// called only when the page is made, and must give what the reading was made
// from.
func (r *Renderer) Document(d *content.Reading, read func(*bytes.Buffer) error) *Page {
	v := &Document{}
	return &Page{Template: "document.html", Value: v, Frame: &v.Frame, Parts: r.documentParts(d), Fill: func() error {
		year := index.Year(&d.Entry)
		v.Frame = r.frame(heading{title: d.Title, description: clip(d.Summary), path: DocumentPath(d.ID), crumbs: []crumb{{"years/", "Years"}, {"years/" + year + "/", yearWords(year)}}})
		v.Heading = newFragment().markup("<h1").lang(d.Language, r.site.Language).markup(">").text(d.Title).markup("</h1>").done()
		if d.Summary != "" {
			v.Summary = newFragment().markup("<p>").text(d.Summary).markup("</p>").done()
		}
		if v.Address != "" {
			v.Permanent = newFragment().link(v.Address, v.Address).done()
		}
		v.Files = r.files(d)
		v.Related = r.related(d)
		v.Neighbours = r.neighbours(&d.Entry)
		return r.fromFile(v, d, read)
	}}
}

// documentParts digests what a document's page is made from: its file, the
// names of its terms, its attachments, and what it shows of other documents.
func (r *Renderer) documentParts(d *content.Reading) content.Digest {
	parts := newDigester()
	parts.digest(d.Digest)
	parts.text(string(d.ID))
	for _, f := range archive.Facets {
		for _, id := range d.Terms(f) {
			parts.text(r.nameOf(f, id))
		}
	}
	for _, a := range r.Archive.Attachments[d.ID] {
		parts.text(a.Name)
	}
	parts.text("forms")
	r.entries(parts, r.Index.Forms(d.ID))
	for _, v := range d.Venues {
		parts.text(v.String())
		r.entries(parts, r.sameMeeting(d, v))
	}
	_, before, after := r.Index.Neighbours(&d.Entry)
	for _, e := range []*archive.Entry{before, after} {
		parts.text("neighbour")
		if e != nil {
			parts.digest(r.cards[e].item)
		}
	}
	return parts.sum()
}

// sameMeeting gives the documents of a document's edition that its page lists.
func (r *Renderer) sameMeeting(d *content.Reading, v archive.VenueRef) index.Listing {
	if v.Edition == "" {
		return nil
	}
	return r.Index.Listing(index.Key{Grouping: index.Editions, Term: v.Venue, Part: v.Edition}).Near(&d.Entry, meetingShown)
}

// fromFile fills in what a document's page shows of its file: the record and the
// body.
func (r *Renderer) fromFile(v *Document, d *content.Reading, read func(*bytes.Buffer) error) error {
	file := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(file)
	file.Reset()
	if err := read(file); err != nil {
		return fmt.Errorf("reading %s: %w", d.ID.File(), err)
	}
	data := file.Bytes()
	if content.DigestOf(data) != d.Digest {
		return ErrChanged
	}
	v.Facts = r.facts(&d.Entry, content.ReadRecord(d.ID, data))
	f := newFragment()
	f.markup(`<div class="text"`).lang(d.Language, r.site.Language).markup(">\n")
	render := r.markdown.Render
	if isSpoken(d.Kind) {
		render = r.markdown.RenderTranscript
	}
	if err := render(f.b, data[d.BodyAt:]); err != nil {
		return fmt.Errorf("rendering %s: %w", d.ID.File(), err)
	}
	v.Body = f.markup("</div>").done()
	return nil
}

// isSpoken says whether documents of a kind are made of speakers' turns.
func isSpoken(k archive.Kind) bool {
	return k == "transcript" || k == "press-conference" || k == "interview"
}

// ErrChanged says that a file is no longer what was read of it: it is being
// edited at this moment.
var ErrChanged = fmt.Errorf("the file was changed while the site was being made; build again")

func (r *Renderer) facts(d *archive.Entry, record *archive.Record) template.HTML {
	f := newFragment()
	f.row("Date", when(d))
	f.row("Kind", plain(kindNames[d.Kind]))
	f.row("Place", r.term(archive.Places, d.Place))
	f.row("Venues", r.venueLinks(d))
	f.row("Speakers", r.terms(archive.Speakers, d.Speakers))
	f.row("Source", r.term(archive.Sources, d.Source))
	f.row("By way of", r.term(archive.Sources, d.Via))
	f.row("Language", plain(languageWords(d.Language)))
	if record.Original != "" {
		f.row("Original", newFragment().link(record.Original, record.Original).done())
	}
	f.row("Retrieved", plain(DateWords(record.Retrieved)))
	f.row("Keywords", plain(strings.Join(record.Tags, ", ")))
	f.row("Rights", plain(record.Rights))
	corrections := newFragment()
	for i, c := range record.Corrections {
		if i > 0 {
			corrections.markup("<br>")
		}
		corrections.text(c)
	}
	f.row("Corrections", corrections.done())
	if record.Draft {
		f.row("State", "Draft: not part of the published site")
	}
	f.row("Record", newFragment().markup(`<code>`).text(string(d.ID)).markup(`</code>`).done())
	return f.done()
}

// when gives a document's date with its time.
func when(e *archive.Entry) template.HTML {
	f := newFragment()
	f.date(e.Date)
	if e.Time != "" {
		f.text(", " + e.Time)
		if e.Zone != "" {
			f.text(" (" + e.Zone + ")")
		}
	}
	if e.Date.IsZero() && e.Time == "" {
		return "Not known"
	}
	return f.done()
}

// date adds a date in words, as a time element where machines can read it too.
func (f *fragment) date(d archive.Date) {
	if machine := dateTime(d); machine != "" {
		f.markup(`<time datetime="`).text(machine).markup(`">`).text(DateWords(d)).markup(`</time>`)
		return
	}
	f.text(DateWords(d))
}

func (r *Renderer) venueLinks(e *archive.Entry) template.HTML {
	f := newFragment()
	for i, v := range e.Venues {
		if i > 0 {
			f.markup(`<br>`)
		}
		f.html(r.term(archive.Venues, v.Venue))
		if v.Edition != "" {
			f.markup(`, `).link(r.address(ListingPath(index.Key{Grouping: index.Editions, Term: v.Venue, Part: v.Edition})), archive.Ordinal(v.Edition))
		}
	}
	return f.done()
}

func (r *Renderer) files(d *content.Reading) template.HTML {
	f := newFragment()
	for _, a := range r.Archive.Attachments[d.ID] {
		parts := strings.Split(a.Name, "/")
		for i := range parts {
			parts[i] = url.PathEscape(parts[i])
		}
		f.markup(`<li>`).link(r.address(DocumentPath(d.ID))+strings.Join(parts, "/"), a.Name).markup(`</li>`)
	}
	return f.done()
}

func (r *Renderer) related(d *content.Reading) template.HTML {
	f := newFragment()
	if forms := r.Index.Forms(d.ID); len(forms) > 0 {
		f.markup(`<section><h2>Other forms of this document</h2><ul class="list">`)
		for _, e := range forms {
			f.html(r.item(e))
		}
		f.markup(`</ul></section>`)
	}
	for _, v := range d.Venues {
		near := r.sameMeeting(d, v)
		if len(near) == 0 {
			continue
		}
		k := index.Key{Grouping: index.Editions, Term: v.Venue, Part: v.Edition}
		f.markup(`<section><h2>From the same meeting: `).link(r.address(ListingPath(k)), r.editionTitle(v)).markup(`</h2><ul class="list">`)
		for _, e := range near {
			f.html(r.item(e))
		}
		f.markup(`</ul></section>`)
	}
	return f.done()
}

// editionTitle gives "17th East Asia Summit", "APEC 2022" as text.
func (r *Renderer) editionTitle(v archive.VenueRef) string {
	name := r.nameOf(archive.Venues, v.Venue)
	ordinal := archive.Ordinal(v.Edition)
	if ordinal == v.Edition {
		return name + " " + ordinal
	}
	return ordinal + " " + name
}

func (r *Renderer) neighbours(e *archive.Entry) template.HTML {
	k, before, after := r.Index.Neighbours(e)
	within := yearWords(k.Part)
	if k.Grouping == index.Venues {
		within = r.nameOf(archive.Venues, k.Term)
	}
	f := newFragment()
	for _, n := range []struct {
		rel, word string
		entry     *archive.Entry
	}{{"prev", "Before", before}, {"next", "After", after}} {
		if n.entry == nil {
			continue
		}
		f.markup(`<a rel="`).markup(n.rel).markup(`" href="`).text(r.address(DocumentPath(n.entry.ID))).markup(`"><span>`).text(n.word + " in " + within)
		f.markup(`</span> <b`).lang(n.entry.Language, r.site.Language).markup(`>`).text(n.entry.Title).markup(`</b></a>`)
	}
	return f.done()
}

// item gives an entry as an item of a list: its date, its title as a link and
// what tells it from others.
func (r *Renderer) item(e *archive.Entry) template.HTML { return r.itemWith(e, "") }

// itemWith gives an item with the entry's summary, or without one.
func (r *Renderer) itemWith(e *archive.Entry, summary string) template.HTML {
	f := newFragment()
	f.markup(`<li><span class="date">`)
	f.date(e.Date)
	f.markup(`</span> <a href="`).text(r.base).markup("documents/").text(string(e.ID)).markup(`/"`).lang(e.Language, r.site.Language).markup(`>`).text(e.Title).markup(`</a>`)
	r.note(f, e)
	if summary != "" {
		f.markup(`<p>`).text(summary).markup(`</p>`)
	}
	return f.markup("</li>\n").done()
}

// note says of an entry what tells it from others in a list: its language where
// that is not the archive's, its source, place and kind.
func (r *Renderer) note(f *fragment, e *archive.Entry) {
	between := ` <span class="note">`
	add := func(text string) {
		if text != "" {
			f.markup(between).text(text)
			between = " · "
		}
	}
	if e.Language != r.site.Language {
		add(languageWords(e.Language))
	}
	add(r.nameOf(archive.Sources, e.Source))
	add(r.nameOf(archive.Places, e.Place))
	add(kindNotes[e.Kind])
	if between == " · " {
		f.markup(`</span>`)
	}
}

func yearWords(part string) string {
	if part == index.Undated {
		return "Undated"
	}
	return part
}
