package main

import (
	"fmt"
	"slices"
	"strings"

	"chancery/generator/accession"
	"chancery/generator/archive"
	"chancery/generator/content"
	"chancery/generator/source"

	"github.com/rivo/uniseg"
)

// document tells of one document.
func (r *explainReport) document(d *accession.Filed) {
	r.line("")
	head := fmt.Sprintf("%d. %s", r.documents, d.ID)
	r.line(head)
	r.line(strings.Repeat("-", min(uniseg.StringWidth(head), r.width)))
	r.item("becomes", d.State)
	if line := d.Draft.Line; line > 0 {
		r.item("begins on", fmt.Sprintf("line %d of the file", line))
	}
	t := telling{explainReport: r, filed: d, told: map[string]bool{}}
	t.values = map[string][]archive.DraftValue{}
	for field, v := range d.Draft.Values {
		t.values[field] = append(t.values[field], v)
	}
	t.steps("", "rules")
	for _, field := range explainedFields() {
		t.field(field)
	}
	t.empty()
	t.carriedNowhere()
	t.review()
	t.terms()
}

// explainedFields gives the fields that an import can fill, in the order of the
// metadata.
func explainedFields() []string {
	var fields []string
	for _, f := range content.DocumentFields {
		switch f.Key {
		case "translation-of", "same-as", "corrections", "draft", "publish-original", "review", "imported":
		default:
			fields = append(fields, f.Key)
		}
	}
	return fields
}

// A telling is the telling of one document.
type telling struct {
	*explainReport
	filed  *accession.Filed
	values map[string][]archive.DraftValue
	told   map[string]bool // the steps that stand under a field of the metadata
}

// of gives the steps of a field, without repeats.
func (t *telling) of(field string) []archive.Step {
	t.told[field] = true
	var steps []archive.Step
	for _, s := range t.filed.Draft.Trace {
		if s.Field == field && s.Rule != source.ShapeRule && !slices.Contains(steps, s) {
			steps = append(steps, s)
		}
	}
	return steps
}

// steps tells the steps that no value came of.
func (t *telling) steps(field, label string) {
	for _, s := range t.of(field) {
		if !s.Taken {
			t.item(label, stepTold(s))
			t.quote(archive.Evidence{Rule: s.Rule, Line: s.Line, Why: s.Why}, s.Found)
			label = ""
		}
	}
}

func stepTold(s archive.Step) string {
	text := s.Rule
	if s.Found != "" {
		text = quoted(s.Found) + " by " + s.Rule
	}
	return text + onLine(s.Line) + because(s.Why)
}

func onLine(line int) string {
	if line == 0 {
		return ""
	}
	return fmt.Sprintf(", line %d", line)
}

func because(why string) string {
	if why == "" {
		return ""
	}
	return ": " + why
}

// field tells the values of a field, and below them what was not taken.
func (t *telling) field(field string) {
	values := t.values[field]
	if len(values) == 0 {
		return
	}
	t.line("")
	label, files := field, t.files(field)
	for i, v := range values {
		t.item(label, shorten(v.Text, 3*t.width))
		if i < len(files) && files[i] != "" {
			t.below("is filed under " + files[i])
		}
		t.below(fmt.Sprintf("%s by %s%s%s", v.Grade, v.Rule, onLine(v.Line), because(v.Why)))
		t.quote(v.Evidence, v.Text)
		label = ""
	}
	for _, s := range t.of(field) {
		if s.Taken || s.Found == "" || slices.ContainsFunc(values, func(v archive.DraftValue) bool { return v.Text == s.Found && v.Line == s.Line }) {
			continue
		}
		t.below("not taken: " + stepTold(s))
		t.quote(archive.Evidence{Rule: s.Rule, Line: s.Line, Why: s.Why}, s.Found)
	}
}

// files gives the files of the terms that a field names.
func (t *telling) files(field string) (files []string) {
	doc := t.filed.Document
	add := func(f archive.Facet, ids ...archive.TermID) {
		for _, id := range ids {
			files = append(files, archive.TermFile(f, id))
		}
	}
	switch field {
	case "place":
		add(archive.Places, doc.Place)
	case "venues":
		for _, v := range doc.Venues {
			add(archive.Venues, v.Venue)
		}
	case "speakers":
		add(archive.Speakers, doc.Speakers...)
	case "source":
		add(archive.Sources, doc.Source)
	case "via":
		add(archive.Sources, doc.Via)
	}
	return files
}

// quote quotes a line of the source. What the file states beside its text is
// quoted by the reason already.
func (t *telling) quote(e archive.Evidence, value string) {
	text, ok := t.filed.Lines.At(e.Line)
	if text = strings.Join(strings.Fields(text), " "); !ok || text == "" || e.Rule == "metadata" {
		return
	}
	_, words, _ := strings.Cut(e.Why, "“")
	words, _, _ = strings.Cut(words, "”")
	t.quotation(e.Line, text, strings.TrimSuffix(words, "…"), value)
}

// empty tells the fields that stay empty.
func (t *telling) empty() {
	var untried []string
	label := "empty"
	tell := func(what string) {
		if label != "" {
			t.line("")
		}
		t.entry(label, what)
		label = ""
	}
	for _, field := range explainedFields() {
		if len(t.values[field]) > 0 {
			continue
		}
		if tried := triedTold(t.of(field)); tried != "" {
			tell(field + ": " + tried)
			continue
		}
		untried = append(untried, field)
	}
	if len(untried) > 0 {
		tell("nothing found: " + strings.Join(untried, ", "))
	}
}

// triedTold says what was tried for a field that stays empty, "" where nothing
// was noted.
func triedTold(steps []archive.Step) string {
	var tried, refused []string
	for _, s := range steps {
		told := stepTold(s)
		if s.Found == "" {
			tried = append(tried, told)
			continue
		}
		refused = append(refused, told)
	}
	switch {
	case len(refused) > 0:
		return "not taken: " + strings.Join(refused, "; ")
	case len(tried) > 0:
		return "nothing found; tried: " + strings.Join(tried, "; ")
	}
	return ""
}

// carriedNowhere tells what the file says and no field takes.
func (t *telling) carriedNowhere() {
	label := "not used"
	for _, s := range t.filed.Draft.Trace {
		if t.told[s.Field] {
			continue
		}
		if label != "" {
			t.line("")
		}
		t.entry(label, fmt.Sprintf("%s: %s", s.Field, stepTold(s)))
		label = ""
	}
}

// review tells what would wait for a person, near-duplicates among it.
func (t *telling) review() {
	if !t.filed.New {
		return
	}
	t.line("")
	if len(t.filed.Document.Review) == 0 {
		t.item("review", "nothing waits for a person")
	}
	for i, l := range t.filed.Document.Review {
		t.entry([]string{"review", ""}[min(i, 1)], l)
	}
}

// terms tells which terms would be made.
func (t *telling) terms() {
	for i, term := range t.filed.Terms {
		if i == 0 {
			t.line("")
		}
		t.item([]string{"new terms", ""}[min(i, 1)], fmt.Sprintf("%s, %q", term.File(), term.Name))
		near := false
		for _, l := range term.Review {
			if l = strings.TrimPrefix(l, "name: "); strings.HasPrefix(l, "near to ") {
				near = true
				t.below(l)
			}
		}
		if !near {
			t.below("no name that there is is near to it")
		}
	}
}
