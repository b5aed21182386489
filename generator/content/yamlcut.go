package content

import (
	"bytes"

	"go.yaml.in/yaml/v4"
)

// cut takes out the bytes between two offsets, and the blanks between them and
// a comment.
func (t *yamlText) cut(from, to int) {
	after := to
	for after < len(t.data) && (t.data[after] == ' ' || t.data[after] == '\t') {
		after++
	}
	if t.isComment(after) {
		before := from - 1
		for before >= 0 && t.gone[before] {
			before--
		}
		if to = after; before >= 0 && !isSpace(t.data[before]) {
			to-- // a comment begins behind a blank
		}
	}
	for i := from; i < to && i < len(t.data); i++ {
		t.gone[i] = true
	}
}

// cutGap takes out what stands between two offsets beside comments and blanks.
func (t *yamlText) cutGap(from, to int) {
	for i := from; i < to && i < len(t.data); i++ {
		if t.isComment(i) {
			i = t.lineEnd(i) - 1
		} else if !isSpace(t.data[i]) {
			t.cut(i, i+1)
		}
	}
}

// cutItem takes out one item of a list of several.
func (t *yamlText) cutItem(list *yaml.Node, i int, item *yaml.Node) {
	if list.Style&yaml.FlowStyle != 0 {
		t.cutBracketed(list, i, item)
		return
	}
	column := t.cutHyphen(item)
	t.cut(t.at(item), t.end(item, column, false))
}

// cutHyphen takes out the hyphen before an item of a block, and gives the
// column in which it stands. Where there is none, whoever looks at the rest
// will tell.
func (t *yamlText) cutHyphen(item *yaml.Node) (column int) {
	from := t.at(item)
	dash := from - 1
	for dash >= 0 && isSpace(t.data[dash]) {
		dash--
	}
	if dash < 0 || t.data[dash] != '-' {
		return 0
	}
	if t.lineStart(from) == t.lineStart(dash) {
		t.cut(dash, from)
	} else {
		t.cut(dash, dash+1)
	}
	return dash - t.lineStart(dash)
}

func (t *yamlText) lineStart(i int) int {
	for n := len(t.lines) - 1; n >= 0; n-- {
		if t.lines[n] <= i {
			return t.lines[n]
		}
	}
	return 0
}

// cutBracketed takes out an item between brackets and the comma behind it, or
// the one before it where it is the last.
func (t *yamlText) cutBracketed(list *yaml.Node, i int, item *yaml.Node) {
	from, to := t.at(item), t.end(item, 0, true)
	t.cut(from, to)
	comma := to
	for comma < len(t.data) && (isSpace(t.data[comma]) || t.isComment(comma)) {
		if t.isComment(comma) {
			comma = t.lineEnd(comma)
		} else {
			comma++
		}
	}
	if comma < len(t.data) && t.data[comma] == ',' {
		t.cut(comma, comma+1)
		if comma == to && comma+1 < len(t.data) && t.data[comma+1] == ' ' {
			t.cut(comma+1, comma+2)
		}
		return
	}
	for before := from - 1; before >= 0; before-- {
		if t.gone[before] || isSpace(t.data[before]) {
			continue
		}
		if t.data[before] == ',' {
			t.cut(before, from)
		}
		return
	}
}

// cutPair takes out a key and its value; comments between the items of a list
// stay.
func (t *yamlText) cutPair(key, value *yaml.Node) {
	at := t.at(key)
	if value.Kind != yaml.SequenceNode {
		end := max(t.end(value, key.Column-1, false), t.collection(&yaml.Node{Kind: yaml.MappingNode, Column: key.Column, Content: []*yaml.Node{key, value}}, false))
		t.cutGap(t.end(key, key.Column-1, false), t.at(value))
		t.cut(at, t.end(key, key.Column-1, false))
		t.cut(t.at(value), end)
		return
	}
	flow := value.Style&yaml.FlowStyle != 0
	t.cut(at, t.end(key, key.Column-1, false))
	at = t.end(key, key.Column-1, false)
	for _, item := range value.Content {
		t.cutGap(at, t.at(item))
		column := key.Column - 1
		if !flow {
			column = t.cutHyphen(item)
		}
		at = t.end(item, column, flow)
		t.cut(t.at(item), at)
	}
	if flow {
		t.cutGap(at, t.bracketed(value, t.bare(t.at(value))))
	} else if len(value.Content) == 0 {
		t.cutGap(at, t.end(value, 0, false))
	}
}

// rest gives what is left. A line of which nothing is left goes with its
// break, and no blanks are left at the end of one that was cut. Lines whose
// break was cut are one line.
func (t *yamlText) rest() []byte {
	rest := make([]byte, 0, len(t.data))
	for from := 0; from < len(t.data); {
		end := t.lineEnd(from)
		for end < len(t.data) && t.gone[end] {
			end = t.lineEnd(end + breakAt(t.data[end:]))
		}
		line := t.left(from, end)
		cut := len(line) < end-from
		if from = end + breakAt(t.data[end:]); cut && len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		if cut && t.gone[end-1] {
			line = bytes.TrimRight(line, " \t")
		}
		rest = append(append(rest, line...), t.data[end:from]...)
	}
	return rest
}

func (t *yamlText) left(from, to int) []byte {
	line := make([]byte, 0, to-from)
	for i := from; i < to; i++ {
		if !t.gone[i] {
			line = append(line, t.data[i])
		}
	}
	return line
}
