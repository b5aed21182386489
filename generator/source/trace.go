package source

import (
	"chancery/generator/archive"
)

// ShapeRule is the rule of the steps that try one shape after another.
const ShapeRule = "shape"

// Traced gives a reader whose drafts tell what each rule did.
func (r *Reader) Traced() *Reader {
	traced := *r
	traced.traced = true
	return &traced
}

// took notes that a rule's value became the draft's.
func (g *reading) took(field string, v archive.DraftValue) {
	g.note(archive.Step{Field: field, Rule: v.Rule, Line: v.Line, Found: v.Text, Taken: true, Why: v.Why})
}

// left notes a value that was found and not taken, and why.
func (g *reading) left(field, rule string, n int, found, why string) {
	g.note(archive.Step{Field: field, Rule: rule, Line: n, Found: found, Why: why})
}

func (g *reading) note(s archive.Step) {
	if g.r.traced {
		g.draft.Trace = append(g.draft.Trace, s)
	}
}
