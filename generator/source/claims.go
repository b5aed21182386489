package source

import (
	"fmt"
	"strings"

	"chancery/generator/archive"
	"chancery/generator/manuscript"
)

// claim takes what the file states of the document beside its text. Of several
// values for one field the first is taken.
func (g *reading) claim(claims []manuscript.Claim) {
	for _, c := range claims {
		if c.Text = strings.Join(strings.Fields(c.Text), " "); c.Text == "" {
			continue
		}
		v := value(c.Text, "metadata", c.Line, archive.Stated, fmt.Sprintf("%s says %s", c.Where, quote(c.Text)))
		switch c.Field {
		case "title":
			if c.Aside && g.headingWithin(c.Text) {
				g.left("title", "metadata", c.Line, c.Text, v.Why+"; the text has a heading that says more")
			} else if g.title.text == "" {
				g.title = line{clip(c.Text, longestSentence), 0}
				v.Text = tidyTitle(g.title.text)
				g.draft.Title = v
				g.took("title", v)
			} else if tidyTitle(c.Text) != g.draft.Title.Text {
				g.left("title", "metadata", c.Line, c.Text, v.Why+"; the file states another before it")
			}
		case "date":
			g.claimDate(c, v)
		case "tags":
			g.draft.Record.Tags = append(g.draft.Record.Tags, v)
		case "speakers":
			g.draft.Subjects.Speakers = append(g.draft.Subjects.Speakers, v)
		case "venues":
			g.claimVenue(c, v)
		case "author":
			if strings.HasPrefix(c.Where, "the metadata") || strings.HasPrefix(c.Where, "the column") {
				g.doubt("speakers", c.Line, fmt.Sprintf("%s says %s: name the author here only if the text is what somebody said", c.Where, quote(c.Text)))
				continue
			}
			g.claimText(c, v)
		case "left out":
			g.doubt("left out", c.Line, fmt.Sprintf("%s: %s", c.Where, quote(c.Text)))
		case "unread":
			g.doubt("unread", c.Line, fmt.Sprintf("%s has %s, which no key here takes", c.Where, quote(c.Text)))
		default:
			g.claimText(c, v)
		}
	}
}

// headingWithin says whether the text has a heading that begins as a title does
// that the properties of a file state, and goes on.
func (g *reading) headingWithin(title string) bool {
	short := archive.Fold(tidyTitle(title))
	heading := archive.Fold(tidyTitle(g.layout().heading.text))
	return len(heading) > len(short) && strings.HasPrefix(heading, short)
}

// claimVenue takes a venue: one that the vocabulary has, with its edition, or
// the name as it is stated.
func (g *reading) claimVenue(c manuscript.Claim, v archive.DraftValue) {
	found := g.venuesIn(c.Text, c.Line, "metadata")
	if len(found) == 0 {
		found = []archive.DraftVenue{{Name: c.Text, Evidence: v.Evidence}}
	}
	for _, venue := range found {
		venue.Why = v.Why
		g.draft.Subjects.Venues = append(g.draft.Subjects.Venues, venue)
		g.tookVenue(venue)
	}
}

// claimText takes a value of one line for a field that has none yet. What no
// field is for is told where somebody asks what each rule did.
func (g *reading) claimText(c manuscript.Claim, v archive.DraftValue) {
	field := g.field(c.Field)
	switch {
	case field == nil:
		g.left(c.Field, "metadata", c.Line, c.Text, v.Why+", which has no key of its own")
	case field.Text != "":
		g.left(c.Field, "metadata", c.Line, c.Text, v.Why+"; "+field.Text+" goes before it")
	default:
		*field = v
		g.took(c.Field, v)
	}
}

// field gives the draft's value of a field that has one value.
func (g *reading) field(name string) *archive.DraftValue {
	d := &g.draft
	return map[string]*archive.DraftValue{
		"time": &d.When.Time, "zone": &d.When.Zone,
		"kind": &d.Form.Kind, "language": &d.Form.Language,
		"place": &d.Subjects.Place, "source": &d.Origin.Source, "via": &d.Origin.Channel,
		"original": &d.Record.Original, "retrieved": &d.Record.Retrieved, "summary": &d.Record.Summary, "rights": &d.Record.Rights,
		"draft": &d.Record.Draft,
	}[name]
}

// claimDate takes a date: in EDTF, with a time of day behind a T, or as people
// write dates.
func (g *reading) claimDate(c manuscript.Claim, v archive.DraftValue) {
	if !g.dated.Date.IsZero() {
		if !strings.HasPrefix(c.Text, g.dated.Date.String()) {
			g.left("date", "metadata", c.Line, c.Text, v.Why+"; the file states "+g.dated.Date.String()+" before it")
			g.otherDate(c, v)
		}
		return
	}
	day, clock, timed := strings.Cut(c.Text, "T")
	date, err := archive.ParseDate(day)
	if err != nil || date.IsZero() {
		timed = false
		t, ok := onlyDate(c.Text)
		if !ok {
			g.doubt("date", c.Line, fmt.Sprintf("%s says %s, which is no date that import reads", c.Where, quote(c.Text)))
			return
		}
		date = t.date()
	}
	g.dated = archive.DraftDate{Date: date, Evidence: v.Evidence}
	g.draft.When.Date = g.dated
	g.took("date", archive.DraftValue{Text: date.String(), Evidence: v.Evidence})
	if y, m, d := int(date.From.Year), int(date.From.Month), int(date.From.Day); date.Span == archive.Single && d > 0 {
		g.stamp = stamp{year: y, month: m, day: d}
	}
	if t, ok := findTime(clock); timed && ok && g.draft.When.Time.Text == "" {
		g.draft.When.Time, g.draft.When.Zone = v, v
		g.draft.When.Time.Text, g.draft.When.Zone.Text = t.time, t.zone
	}
}

// otherDate tells a person of a day that the file states beside another one,
// where the two are more than a day apart: zones explain one.
func (g *reading) otherDate(c manuscript.Claim, v archive.DraftValue) {
	day, _, _ := strings.Cut(c.Text, "T")
	other, err := archive.ParseDate(day)
	if err != nil || other.From.Day == 0 || g.dated.Date.From.Day == 0 || !other.HasYear() {
		return
	}
	a, _ := other.Bounds()
	b, _ := g.dated.Date.Bounds()
	if a > b+1 || b > a+1 {
		g.doubt("date", c.Line, v.Why+", but "+g.dated.Why)
	}
}

// onlyDate gives the date that a text writes, if it writes one alone.
func onlyDate(s string) (stamp, bool) {
	dates := findDates(s)
	if len(dates) != 1 || dates[0].swapped || dates[0].year == 0 {
		return stamp{}, false
	}
	return dates[0], true
}

// reconcile holds the date that the file states against that of the text. The
// text's own goes before, and a person is told where the two differ.
func (g *reading) reconcile() {
	found := g.draft.When.Date
	if g.dated.Date.IsZero() || found.Evidence == g.dated.Evidence || found.Date == g.dated.Date {
		return
	}
	if found.Date.IsZero() || !found.Date.HasYear() {
		g.draft.When.Date = g.dated
		return
	}
	g.doubt("date", g.dated.Line, g.dated.Why+", the text "+found.Date.String())
	g.draft.When.Time, g.draft.When.Zone = timeOf(g.draft.When.Time), timeOf(g.draft.When.Zone)
}

// timeOf leaves out a time of day that belongs to another date than the draft's.
func timeOf(v archive.DraftValue) archive.DraftValue {
	if v.Rule == "metadata" {
		return archive.DraftValue{}
	}
	return v
}

// carry takes over what a manuscript has beside its text: mark-up and files.
func (g *reading) carry(m *manuscript.Manuscript) {
	g.draft.Markdown = m.Markdown
	g.draft.Extracted = m.Line == 0
	for _, f := range m.Files {
		g.draft.Files = append(g.draft.Files, archive.DraftFile(f))
	}
}

// readExported reads one post of a channel's export. Its file states when it
// was sent, and by which channel.
func (r *Reader) readExported(m *manuscript.Manuscript) *reading {
	g := r.newPost(text{linesOf(m), m.Claims})
	g.carry(m)
	g.lines = g.raw // an export has no chrome around a post
	g.draft.Line = m.Line
	if lines := g.text(); len(lines) > 0 {
		g.readPost(lines)
		g.draft.Markdown = belowTitle(g.draft.Markdown, lines[0].text, g.draft.Title.Text)
	}
	if !g.dated.Date.IsZero() {
		g.draft.When.Date = g.dated // a post is of the day on which it was sent
	}
	return g
}

// belowTitle leaves the first paragraph out of a Markdown where it is the title
// and nothing else, since the page shows that above. A title shows no links.
func belowTitle(markdown, first, title string) string {
	paragraph, rest, _ := strings.Cut(markdown, "\n")
	if strings.TrimSpace(first) != title || strings.HasPrefix(paragraph, ">") || strings.HasPrefix(paragraph, "```") || strings.Contains(paragraph, "](") {
		return markdown
	}
	return strings.TrimLeft(rest, "\n")
}
