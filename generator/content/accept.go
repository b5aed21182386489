package content

import (
	"slices"
	"strings"

	"chancery/generator/problem"

	"go.yaml.in/yaml/v4"
)

// An Acceptance is a file of which a person has settled what was in doubt.
type Acceptance struct {
	File     []byte  // what it is to hold; as it was, where nothing was settled
	Settled  []Doubt // what was taken out, in the order of the file
	Left     int     // lines of review that still wait
	Problems []problem.Problem
}

// Accept takes out of a document's or term's file the lines of review whose
// field is settled, "" for lines that are about none, and the key review with
// the last of them; of a term the line unverified too, where "unverified" is.
// Comments stay, and every other byte. Where it cannot do so, it tells why and
// takes out nothing.
func Accept(f File, data []byte, settled func(field string) bool) (a Acceptance) {
	s := &sheet{file: f.Path}
	a.File = data
	defer func() { a.Problems = s.problems }()
	metadata, bodyAt, ok := s.split(data)
	if !ok {
		return a
	}
	cut := &cutting{sheet: s, file: f, settled: settled}
	rest, ok := cut.metadata(metadata)
	a.Left = cut.left
	if !ok {
		return a
	}
	a.Settled = cut.took
	from := strings.IndexByte(string(data), '\n') + 1
	end := from + len(metadata)
	a.File = slices.Concat(data[:from], rest, data[end:bodyAt], data[bodyAt:])
	return a
}

// A cutting takes lines of review out of metadata.
type cutting struct {
	*sheet
	file    File
	settled func(field string) bool
	took    []Doubt
	left    int
}

const byHand = "delete the line in an editor"

// metadata gives the metadata without what is settled. ok is false where that
// cannot be done, and there is a problem then, or where nothing is settled.
func (c *cutting) metadata(metadata []byte) (rest []byte, ok bool) {
	before, err := parseYAML(metadata, 2)
	if err != nil {
		c.tellYAML(err, metadata, 1)
		return nil, false
	}
	var doc yaml.Node
	if yaml.Unmarshal(metadata, &doc) != nil || len(doc.Content) == 0 || doc.Content[0].Kind != yaml.MappingNode {
		return nil, false // no metadata, so nothing waits; what is wrong with them check tells
	}
	top := doc.Content[0]
	text := newYAMLText(metadata)
	want := node{form: group}
	seen := map[string]bool{}
	for i := 0; i+1 < len(top.Content); i += 2 {
		key, value := top.Content[i], top.Content[i+1]
		name, kept := before.items[i], before.items[i+1]
		if seen[name.text] && name.text == reviewKey {
			c.tell(name.line, "keep one of the two lines", "the key %q stands here a second time, so nothing is taken out", name.text)
			return nil, false
		}
		seen[name.text] = true
		keep := true
		switch {
		case name.text == reviewKey:
			kept, keep = c.review(text, key, value, kept)
		case name.text == unverifiedKey && c.isTerm() && c.settled(unverifiedKey):
			text.cutPair(key, value)
			c.took = append(c.took, Doubt{File: c.sheet.file, Line: name.line, Field: unverifiedKey, Value: kept.text})
			keep = false
		}
		if keep {
			want.items = append(want.items, name, kept)
		}
	}
	if len(c.problems) > 0 || len(c.took) == 0 {
		return nil, false
	}
	rest = text.rest()
	if after, err := parseYAML(rest, 2); top.Style&yaml.FlowStyle != 0 || err != nil || !sameTree(after, want) {
		c.tell(c.took[0].Line, byHand, "the metadata are written in a way in which nothing can be taken out of %s safely, so the file is left as it is", c.took[0].Field)
		c.took = nil
		return nil, false
	}
	return rest, true
}

func (c *cutting) isTerm() bool {
	folder, _, _ := strings.Cut(strings.TrimPrefix(c.file.Path, "content/"), "/")
	return isFacet(folder)
}

// review cuts the settled lines of a list of review, and gives the list that is
// left; keep is false where none is.
func (c *cutting) review(text *yamlText, key, value *yaml.Node, list node) (left node, keep bool) {
	items, nodes := yamlItems(value), itemsOf(list)
	cut, before := make([]bool, len(items)), len(c.took)
	left = node{form: list.form, text: list.text}
	for i, n := range nodes {
		if !isOneLine(n) {
			c.tell(n.line, "write each line of review on a line of its own, within quotation marks", "review: %q is not one line, so nothing is taken out", n.written())
			return list, true
		}
		line := strings.TrimSpace(n.written())
		field, why, _ := splitReview(line)
		switch {
		case line == "": // it goes with the whole list
		case c.settled(field):
			cut[i] = true
			c.took = append(c.took, Doubt{File: c.sheet.file, Line: n.line, Field: field, Why: why})
		default:
			c.left++
		}
	}
	switch {
	case len(c.took) == before:
		return list, true
	case c.left == 0:
		text.cutPair(key, value)
		return left, false
	}
	for i, n := range items {
		if cut[i] {
			text.cutItem(value, i, n)
			continue
		}
		left.items = append(left.items, nodes[i])
	}
	return left, true
}

// yamlItems gives the items of a list, or the one value that stands for a list.
func yamlItems(n *yaml.Node) []*yaml.Node {
	if n.Kind == yaml.SequenceNode {
		return n.Content
	}
	return []*yaml.Node{n}
}

func itemsOf(n node) []node {
	if n.form == list {
		return n.items
	}
	return []node{n}
}

// sameTree says whether two nodes hold the same, on whatever lines.
func sameTree(a, b node) bool {
	if len(a.items) == 0 && len(b.items) == 0 && (a.form == null || a.form == group) && (b.form == null || b.form == group) {
		return true
	}
	return a.form == b.form && a.text == b.text && slices.EqualFunc(a.items, b.items, sameTree)
}
