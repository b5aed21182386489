package content

import (
	"bytes"
	"fmt"
	"strings"

	"go.yaml.in/yaml/v4"
)

// A node is a value of YAML metadata with its line in the file.
type node struct {
	form  form
	text  string // of a scalar
	line  int
	items []node // of a list; of a group keys and values by turns
}

type form uint8

const (
	null form = iota
	scalar
	list
	group
)

// parseYAML gives the metadata's top node, whose first line is the file's line
// first. Metadata of the usual shape, one value a line, is read here at a tenth
// of the cost; all else is the library's, and what both read they read alike.
func parseYAML(metadata []byte, first int) (node, error) {
	if n, ok := parseUsual(string(metadata), first); ok {
		return n, nil
	}
	if line := endsEarly(metadata); line > 0 {
		return node{}, fmt.Errorf("line %d: document end", line)
	}
	var doc yaml.Node
	if err := yaml.Unmarshal(metadata, &doc); err != nil {
		return node{}, err
	}
	if len(doc.Content) == 0 {
		return node{}, nil
	}
	return nodeOf(doc.Content[0], first-1), nil
}

// endsEarly finds a line by which YAML ends what it reads: what comes after it
// would be lost without a word.
func endsEarly(metadata []byte) (line int) {
	for l := range bytes.Lines(metadata) {
		line++
		if l = bytes.TrimRight(l, " \t\r\n"); string(l) == "..." || bytes.HasPrefix(l, []byte("... ")) {
			return line
		}
	}
	return 0
}

func nodeOf(y *yaml.Node, offset int) node {
	if y.Kind == yaml.AliasNode && y.Alias != nil {
		y = &yaml.Node{Kind: yaml.ScalarNode, Value: "*" + y.Value, Line: y.Line}
	}
	n := node{text: y.Value, line: y.Line + offset}
	switch {
	case y.Kind == yaml.SequenceNode:
		n.form = list
	case y.Kind == yaml.MappingNode:
		n.form = group
	case y.Tag != "!!null":
		n.form = scalar
	}
	for _, c := range y.Content {
		n.items = append(n.items, nodeOf(c, offset))
	}
	return n
}

// parseUsual reads metadata in which every line is a key with a value or a list
// in brackets on that line, or an item of a list or a key of a group indented
// by two under a key without a value. ok is false where a line is anything else.
func parseUsual(metadata string, first int) (top node, ok bool) {
	top = node{form: group, line: first, items: make([]node, 0, 40)}
	line := first - 1
	for metadata != "" {
		var text string
		text, metadata, _ = strings.Cut(metadata, "\n")
		line++
		indented, isIndented := strings.CutPrefix(text, "  ")
		switch {
		case text == "":
			continue
		case !isIndented:
			key, value, ok := pair(text, line)
			if !ok {
				return node{}, false
			}
			top.items = append(top.items, key, value)
		case len(top.items) == 0 || !under(&top.items[len(top.items)-1], indented, line):
			return node{}, false
		}
	}
	return top, len(top.items) > 0
}

// under puts an indented line under the key before it.
func under(parent *node, text string, line int) bool {
	if item, isItem := strings.CutPrefix(text, "- "); isItem && (parent.form == null || parent.form == list) {
		n, ok := plainOrQuoted(item, line)
		if !ok || n.form != scalar {
			return false
		}
		if parent.form == null {
			parent.form, parent.line = list, line
		}
		parent.items = append(parent.items, n)
		return true
	}
	if parent.form != null && parent.form != group {
		return false
	}
	key, value, ok := pair(text, line)
	if !ok || value.form != scalar {
		return false
	}
	if parent.form == null {
		parent.form, parent.line = group, line
	}
	parent.items = append(parent.items, key, value)
	return true
}

func pair(text string, line int) (key, value node, ok bool) {
	colon := strings.IndexByte(text, ':')
	if colon <= 0 {
		return
	}
	for i := range colon {
		if c := text[i]; (c < 'a' || c > 'z') && (c != '-' || i == 0) {
			return
		}
	}
	switch name := text[:colon]; name {
	case "y", "n", "yes", "no", "on", "off", "true", "false", "null":
		return // YAML may read these as other than text
	default:
		key = node{form: scalar, text: name, line: line}
	}
	rest := text[colon+1:]
	if rest == "" {
		return key, node{line: line}, true
	}
	if rest[0] != ' ' {
		return
	}
	if value, ok = inBrackets(rest[1:], line); ok {
		return key, value, true
	}
	value, ok = plainOrQuoted(rest[1:], line)
	return key, value, ok
}

// inBrackets reads a list of plain words between brackets.
func inBrackets(text string, line int) (n node, ok bool) {
	text = strings.Trim(text, " ")
	if len(text) < 3 || text[0] != '[' || text[len(text)-1] != ']' {
		return n, false
	}
	text = text[1 : len(text)-1]
	n = node{form: list, line: line, items: make([]node, 0, 1+strings.Count(text, ","))}
	for item := range strings.SplitSeq(text, ",") {
		word, ok := plainOrQuoted(item, line)
		if !ok || strings.ContainsAny(item, "[]{}\"':?#") {
			return n, false
		}
		n.items = append(n.items, word)
	}
	return n, true
}

// plainOrQuoted reads a scalar that stands whole on its line.
func plainOrQuoted(text string, line int) (n node, ok bool) {
	text = strings.Trim(text, " ")
	if text == "" {
		return n, false
	}
	for i := range len(text) {
		if text[i] < ' ' || text[i] == 0x7f {
			return n, false
		}
	}
	if strings.ContainsAny(text, "\u0085\u00a0\u2028\u2029\ufeff") {
		return n, false
	}
	n = node{form: scalar, line: line, text: text}
	if quote := text[0]; quote == '"' || quote == '\'' {
		inner := text[1:]
		if len(inner) == 0 || inner[len(inner)-1] != quote {
			return n, false
		}
		n.text = inner[:len(inner)-1]
		return n, strings.IndexByte(n.text, quote) < 0 && strings.IndexByte(n.text, '\\') < 0
	}
	if strings.IndexByte("-?:,[]{}#&*!|>%@`=~<", text[0]) >= 0 || strings.EqualFold(text, "null") {
		return n, false
	}
	return n, !strings.Contains(text, ": ") && !strings.Contains(text, " #") && text[len(text)-1] != ':'
}
