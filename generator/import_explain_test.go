package main

import (
	"bufio"
	"os"
	"strings"
	"testing"

	"chancery/generator/accession"
	"chancery/generator/archive"
	"chancery/generator/manuscript"

	"github.com/rivo/uniseg"
)

// explained tells of one document as a page so wide.
func explained(width int, d *accession.Filed) string {
	var b strings.Builder
	r := explainReport{page: page{bufio.NewWriter(&b), width}, documents: 1, shape: d.Draft.Shape}
	r.document(d)
	r.w.Flush()
	return b.String()
}

// tracedDocument is a document of which everything is to be told: values taken
// and not, a field without one, claims that no field takes, a new term.
func tracedDocument() *accession.Filed {
	stated := func(rule string, line int, why string) archive.Evidence {
		return archive.Evidence{Rule: rule, Line: line, Grade: archive.Stated, Why: why}
	}
	draft := &archive.Draft{Title: archive.DraftValue{Text: "The pier is closed", Evidence: stated("title line", 1, "the line that heads the text")}}
	draft.Subjects.Place = archive.DraftValue{Text: "Alder", Evidence: stated("dateline", 3, "the dateline “ALDER, May 2”")}
	draft.Line = 1
	draft.Trace = []archive.Step{
		{Field: "title", Rule: "title line", Line: 1, Found: "The pier is closed", Taken: true},
		{Field: "title", Rule: "metadata", Found: "Harbour news", Why: "the line that heads the text goes before"},
		{Field: "date", Rule: "dateline", Line: 3, Why: "day and month, and no year"},
		{Field: "date", Rule: "dateline", Line: 3, Why: "day and month, and no year"},
		{Field: "time", Rule: "dateline", Line: 3, Found: "10:00", Why: "it is the time of the ferry"},
		{Field: "author", Rule: "metadata", Found: "A. Keeper", Why: "no key here takes it"},
	}
	doc := &archive.Document{}
	doc.ID = "undated/the-pier-is-closed"
	doc.Place = "alder"
	doc.Review = []string{"date: none is written", "same-as: 96 % of the word sequences are those of 2020/01-02-pier: keep it, or delete this line and same-as"}
	return &accession.Filed{ID: doc.ID, New: true, State: "new", Draft: draft, Document: doc,
		Terms: []*archive.Term{{Facet: archive.Places, ID: "alder", Name: "Alder", Standing: archive.Standing{Review: []string{"name: it is met", "name: near to “Port Alder” of content/places/port-alder.md: where it is the same, add this name to the aliases there and delete this file"}}}},
		Lines: accession.Lines{{{Text: "The pier is closed", Number: 1}, {Text: "", Number: 2}}, {{Text: "ALDER, May 2. /TASS/. " + strings.Repeat("The keepers closed it. ", 9), Number: 3}}}}
}

func TestExplainTellsWhatWasTakenAndWhatWasNot(t *testing.T) {
	want, err := os.ReadFile("testdata/explained.want")
	if err != nil {
		t.Fatal(err)
	}
	if got := explained(72, tracedDocument()); got != string(want) {
		t.Errorf("it is told as\n%s", got)
	}
}

// TestExplainQuotesTheWordsThatAreMeant quotes of a long line the part in which
// the rule found something.
func TestExplainQuotesTheWordsThatAreMeant(t *testing.T) {
	d := tracedDocument()
	d.Draft.Subjects.Place.Why = "the dateline “PORT ALDER, May 2”"
	d.Lines[1][0].Text = strings.Repeat("The keepers closed it. ", 9) + "PORT ALDER, May 2. And so on."
	if text := explained(72, d); !strings.Contains(text, "3 | … keepers closed it. PORT ALDER, May 2. And so on.\n") {
		t.Error(text)
	}
}

// TestExplainKeepsWithinTheWidth holds every line to the width, and loses no
// word of a reason.
func TestExplainKeepsWithinTheWidth(t *testing.T) {
	d := tracedDocument()
	d.Draft.Title.Text = "外交部发言人就港口问题答记者问" + strings.Repeat("港", 200)
	d.Lines = append(d.Lines, []manuscript.Line{{Text: strings.Repeat("港口", 100), Number: 4}})
	d.Draft.Title.Line = 4
	for width := narrowest; width <= widest; width++ {
		text := explained(width, d)
		for line := range strings.Lines(text) {
			if n := uniseg.StringWidth(strings.TrimSuffix(line, "\n")); n > width {
				t.Errorf("%d letters in a line of %d: %s", n, width, line)
			}
		}
		if !strings.Contains(strings.Join(strings.Fields(text), " "), "where it is the same, add this name to the aliases there and delete this file") {
			t.Error("a reason is cut")
		}
	}
}
