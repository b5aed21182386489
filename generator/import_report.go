package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"

	"chancery/generator/archive"
	"chancery/generator/problem"
)

// A fileReport tells of one source document what became of it.
type fileReport struct {
	file      string
	format    string
	documents []docReport
	problems  []problem.Problem
}

// A docReport tells of one document what was read and what became of it.
type docReport struct {
	id     archive.ID
	state  string
	draft  *archive.Draft
	doc    *archive.Document
	listed []string // new terms
}

// sum prints the one line that ends the work.
func (i *importing) sum(w io.Writer, took time.Duration) {
	word := "made"
	if i.dryRun {
		word = "would make"
	}
	fmt.Fprintf(w, "%s %d, unchanged %d, edited %d, new terms %d, problems %d, %.2f s\n",
		word, i.counts.made, i.counts.unchanged, i.counts.edited, i.counts.terms, len(i.problems), took.Seconds())
}

// printPeople prints a report for people: each value with where it comes from.
func printPeople(w io.Writer, r fileReport) error {
	var b strings.Builder
	if r.format != "" {
		fmt.Fprintf(&b, "%s: %s, documents %d\n", r.file, r.format, len(r.documents))
	}
	for _, d := range r.documents {
		fmt.Fprintf(&b, "  %s: %s\n", d.id.File(), d.state)
		if d.state != "new" {
			continue
		}
		for field, v := range d.draft.Values {
			fmt.Fprintf(&b, "    %-9s %-44s %-8s line %-5d %s: %s\n", field, shorten(v.Text, 44), v.Grade, v.Line, v.Rule, v.Why)
		}
		for _, doubt := range d.draft.Doubts {
			fmt.Fprintf(&b, "    %-9s %-44s %-8s line %-5d %s\n", doubt.Rule, "", "review", doubt.Line, doubt.Why)
		}
		for _, term := range d.listed {
			fmt.Fprintf(&b, "    new term, unverified: %s\n", term)
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func shorten(s string, n int) string {
	if runes := []rune(s); len(runes) > n {
		return string(runes[:n-1]) + "…"
	}
	return s
}

// The JSON forms of a report, in parts so that no one is too long.
type (
	jsonFile struct {
		File      string         `json:"file"`
		Documents []jsonDocument `json:"documents"`
		Problems  []jsonProblem  `json:"problems"`
	}
	jsonDocument struct {
		ID    string  `json:"id"`
		Title *string `json:"title"`
		jsonWhen
		jsonNames
		Kind     *string                     `json:"kind"`
		Language *string                     `json:"language"`
		Body     string                      `json:"body"`
		Evidence map[string]archive.Evidence `json:"evidence"`
	}
	jsonWhen struct {
		Date *string `json:"date"`
		Time *string `json:"time"`
	}
	jsonNames struct {
		Place    *string  `json:"place"`
		Venues   []string `json:"venues"`
		Speakers []string `json:"speakers"`
		Source   *string  `json:"source"`
		Channel  *string  `json:"channel"`
	}
	jsonProblem struct {
		File string `json:"file"`
		Line int    `json:"line"`
		What string `json:"what"`
		Mend string `json:"mend"`
	}
)

// printJSON prints a report as one line of JSON.
func printJSON(w io.Writer, r fileReport) error {
	out := jsonFile{File: r.file, Documents: []jsonDocument{}, Problems: []jsonProblem{}}
	for _, d := range r.documents {
		out.Documents = append(out.Documents, jsonOf(d))
	}
	for _, p := range r.problems {
		out.Problems = append(out.Problems, jsonProblem(p))
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	return e.Encode(out)
}

func jsonOf(d docReport) jsonDocument {
	draft := d.draft
	j := jsonDocument{ID: string(d.id), Title: orNull(draft.Title.Text), Kind: orNull(draft.Form.Kind.Text), Language: orNull(draft.Form.Language.Text), Body: draft.Body}
	j.Date, j.Time = orNull(draft.When.Date.Date.String()), orNull(draft.When.Time.Text)
	j.Place, j.Source, j.Channel = orNull(draft.Subjects.Place.Text), orNull(draft.Origin.Source.Text), orNull(draft.Origin.Channel.Text)
	j.Venues, j.Speakers = []string{}, []string{}
	for _, v := range draft.Subjects.Venues {
		j.Venues = append(j.Venues, editionName(v))
	}
	for _, s := range draft.Subjects.Speakers {
		j.Speakers = append(j.Speakers, s.Text)
	}
	j.Evidence = map[string]archive.Evidence{}
	for field, v := range draft.Values {
		if field == "via" {
			field = "channel"
		}
		if e, ok := j.Evidence[field]; ok {
			e.Why += "; " + v.Why
			j.Evidence[field] = e
			continue
		}
		j.Evidence[field] = v.Evidence
	}
	return j
}

// editionName gives a venue as a person reads it: "17th East Asia Summit".
func editionName(v archive.DraftVenue) string {
	if v.Edition == "" {
		return v.Name
	}
	return archive.Ordinal(v.Edition) + " " + v.Name
}

func orNull(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}
