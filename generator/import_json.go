package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"

	"chancery/generator/accession"
	"chancery/generator/archive"
	"chancery/generator/problem"
)

// The JSON forms of a document and a problem, in parts so that no one is too long.
type (
	jsonDocument struct {
		ID    string  `json:"id"`
		State string  `json:"state"`
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

// A jsonReport prints each source as one line of JSON, which may be longer than
// memory is large: {"file": …, "documents": […], "problems": […]}.
type jsonReport struct {
	w         *bufio.Writer
	problems  *problemList
	documents int
}

func (r *jsonReport) Begin(path string) error {
	r.documents = 0
	fmt.Fprintf(r.w, `{"file":%s,"documents":[`, encoded(path))
	return nil
}

func (r *jsonReport) Document(d *accession.Filed) error {
	if r.documents++; r.documents > 1 {
		r.w.WriteByte(',')
	}
	_, err := r.w.Write(encoded(jsonOf(d)))
	return err
}

func (r *jsonReport) End(problems []problem.Problem) error {
	list := make([]jsonProblem, len(problems))
	for i, p := range problems {
		list[i] = jsonProblem(p)
	}
	fmt.Fprintf(r.w, `],"problems":%s}`+"\n", encoded(list))
	r.problems.add(problems...)
	return r.w.Flush()
}

// encoded gives a value as JSON. Its types are such that this cannot fail.
func encoded(v any) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		panic(err)
	}
	return bytes.TrimRight(b.Bytes(), "\n")
}

func jsonOf(d *accession.Filed) jsonDocument {
	draft := d.Draft
	j := jsonDocument{ID: string(d.ID), State: d.State, Title: orNull(draft.Title.Text), Kind: orNull(draft.Form.Kind.Text), Language: orNull(draft.Form.Language.Text), Body: draft.Body}
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
