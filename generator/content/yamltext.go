package content

import (
	"bytes"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"
)

// A yamlText is YAML out of which parts are cut, byte for byte. The library
// tells where a node begins; where it ends is found here, and whoever cuts holds
// what is left against what it has to be.
type yamlText struct {
	data  []byte
	lines []int  // where each line begins
	gone  []bool // the bytes that are cut
}

func newYAMLText(data []byte) *yamlText {
	t := &yamlText{data: data, lines: []int{0}, gone: make([]bool, len(data))}
	for i := 0; i < len(data); {
		if n := breakAt(data[i:]); n > 0 {
			i += n
			t.lines = append(t.lines, i)
			continue
		}
		i++
	}
	return t
}

// breakAt gives the length of the line break with which the text begins, 0
// where it begins with none. The breaks are those of the library.
func breakAt(b []byte) int {
	switch {
	case len(b) == 0:
		return 0
	case b[0] == '\n':
		return 1
	case b[0] == '\r':
		if len(b) > 1 && b[1] == '\n' {
			return 2
		}
		return 1
	}
	for _, mark := range []string{"\u0085", "\u2028", "\u2029"} {
		if len(b) >= len(mark) && string(b[:len(mark)]) == mark {
			return len(mark)
		}
	}
	return 0
}

// at gives the offset at which a node begins, with its anchor and tag.
func (t *yamlText) at(n *yaml.Node) int {
	if n.Line < 1 || n.Line > len(t.lines) {
		return len(t.data)
	}
	i := t.lines[n.Line-1]
	for range n.Column - 1 {
		_, size := utf8.DecodeRune(t.data[i:])
		i += size
	}
	return min(i, len(t.data))
}

// bare gives the offset behind a node's anchor and tag.
func (t *yamlText) bare(i int) int {
	for i < len(t.data) && (t.data[i] == '&' || t.data[i] == '!') {
		for i < len(t.data) && !isSpace(t.data[i]) {
			i++
		}
		i = t.skipSpace(i)
	}
	return i
}

func isSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }

// skipSpace passes over white space and breaks.
func (t *yamlText) skipSpace(i int) int {
	for i < len(t.data) && isSpace(t.data[i]) {
		i++
	}
	return i
}

// end gives the offset at which a node ends whose lines, but for the first,
// stand further in than so many columns.
func (t *yamlText) end(n *yaml.Node, indent int, flow bool) int {
	i := t.at(n)
	if n.Kind == yaml.ScalarNode && n.Value == "" && n.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle|yaml.LiteralStyle|yaml.FoldedStyle) == 0 {
		return i // nothing stands there, or nearly: an anchor alone is left for whoever looks at the rest
	}
	i = t.bare(i)
	switch {
	case i >= len(t.data):
		return i
	case n.Kind == yaml.AliasNode:
		return i + len(n.Value) + 1
	case t.data[i] == '[' && n.Kind == yaml.SequenceNode, t.data[i] == '{' && n.Kind == yaml.MappingNode:
		return t.bracketed(n, i)
	case n.Kind == yaml.MappingNode, n.Kind == yaml.SequenceNode:
		return t.collection(n, flow)
	case n.Style&yaml.DoubleQuotedStyle != 0:
		return t.quoted(i, '"', '\\')
	case n.Style&yaml.SingleQuotedStyle != 0:
		return t.quoted(i, '\'', 0)
	case n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0:
		return t.block(i, indent)
	}
	return t.plain(i, indent, flow)
}

// collection gives the end of a block of keys or items, or of a pair within
// brackets.
func (t *yamlText) collection(n *yaml.Node, flow bool) int {
	if len(n.Content) == 0 {
		return t.at(n)
	}
	indent := n.Column - 1
	last := n.Content[len(n.Content)-1]
	end := t.end(last, indent, flow)
	if n.Kind == yaml.MappingNode {
		key := t.end(n.Content[len(n.Content)-2], indent, flow)
		if colon := t.skipSpace(key); colon < len(t.data) && t.data[colon] == ':' {
			key = colon + 1
		}
		end = max(end, key)
	}
	return end
}

// bracketed gives the end of a collection between brackets.
func (t *yamlText) bracketed(n *yaml.Node, i int) int {
	i++
	for k, item := range n.Content {
		end := t.end(item, 0, true)
		if n.Kind == yaml.MappingNode && k%2 == 0 {
			end = t.skipSpace(end)
		}
		i = max(i, end)
	}
	for ; i < len(t.data); i++ {
		if t.isComment(i) {
			i = t.lineEnd(i)
		} else if c := t.data[i]; c == ']' || c == '}' {
			return i + 1
		}
	}
	return len(t.data)
}

// isComment says whether a comment begins at an offset that is within no value.
func (t *yamlText) isComment(i int) bool {
	return i < len(t.data) && t.data[i] == '#' && (i == 0 || isSpace(t.data[i-1]))
}

// lineEnd gives where the line ends in which the offset lies, before its break.
func (t *yamlText) lineEnd(i int) int {
	for i < len(t.data) && breakAt(t.data[i:]) == 0 {
		i++
	}
	return i
}

func (t *yamlText) quoted(i int, mark, escape byte) int {
	for i++; i < len(t.data); i++ {
		switch c := t.data[i]; {
		case c == escape && escape != 0:
			i++
		case c == mark && escape == 0 && i+1 < len(t.data) && t.data[i+1] == mark:
			i++
		case c == mark:
			return i + 1
		}
	}
	return len(t.data)
}

// block gives the end of a text that begins with | or >: that of the last line
// which stands further in. Blank lines behind it are left where they are.
func (t *yamlText) block(i, indent int) int {
	end := t.lineEnd(i)
	for at := end; at < len(t.data); {
		from := at + breakAt(t.data[at:])
		at = t.lineEnd(from)
		line := t.data[from:at]
		if len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		if indentOf(line) <= indent {
			break
		}
		end = at
	}
	return end
}

func indentOf(line []byte) int { return len(line) - len(bytes.TrimLeft(line, " ")) }

// plain gives the end of a text without quotation marks, which may go on in
// lines that stand further in.
func (t *yamlText) plain(i, indent int, flow bool) int {
	end := i
	for {
		to := t.lineEnd(i)
		for ; i < to; i++ {
			if t.isComment(i) || flow && t.endsInFlow(i) {
				return end
			}
			if !isSpace(t.data[i]) {
				end = i + 1
			}
		}
		for i < len(t.data) && len(bytes.TrimSpace(t.data[i:t.lineEnd(i)])) == 0 {
			i = t.lineEnd(i) + breakAt(t.data[t.lineEnd(i):])
		}
		line := t.data[i:t.lineEnd(i)]
		if i >= len(t.data) || !flow && indentOf(line) <= indent {
			return end
		}
		i += len(line) - len(bytes.TrimLeft(line, " \t"))
	}
}

// endsInFlow says whether a plain text within brackets ends before an offset.
func (t *yamlText) endsInFlow(i int) bool {
	switch t.data[i] {
	case ',', '[', ']', '{', '}':
		return true
	case ':':
		return i+1 == len(t.data) || isSpace(t.data[i+1]) || t.data[i+1] == ',' || t.data[i+1] == ']' || t.data[i+1] == '}'
	}
	return false
}
