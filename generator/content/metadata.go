package content

import (
	"bytes"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"chancery/generator/archive"
	"chancery/generator/problem"

	"go.yaml.in/yaml/v4"
)

// A Field is one key of a file's metadata: the tables of fields drive reading,
// writing, check and the documentation alike.
type Field[T any] struct {
	Key   string
	Form  string // what a value looks like
	About string // what it says, for archivists
	read  func(v value, t *T)
	write func(t *T) any // nil, string, verbatim, bool, int, float64, []string or []group
}

// A sheet is a file while its metadata is read: where problems are gathered.
type sheet struct {
	file     string
	problems []problem.Problem
}

func (s *sheet) tell(line int, mend, what string, args ...any) {
	s.problems = append(s.problems, problem.Problem{File: s.file, Line: line, What: fmt.Sprintf(what, args...), Mend: mend})
}

// split cuts a file into metadata and body. bodyAt is where the body begins.
// Without metadata it tells why and ok is false.
func (s *sheet) split(data []byte) (metadata []byte, bodyAt int, ok bool) {
	const mend = "begin the file with a line ---, the metadata, and another line ---"
	if !utf8.Valid(data) {
		line := 1
		for _, l := range bytes.SplitAfter(data, []byte("\n")) {
			if !utf8.Valid(l) {
				break
			}
			line++
		}
		s.tell(line, "save the file as UTF-8", "this line is not UTF-8, so its letters cannot be told")
		return nil, 0, false
	}
	start := len(data) - len(bytes.TrimPrefix(data, []byte("\ufeff")))
	first, _, found := bytes.Cut(data[start:], []byte("\n"))
	if !found || strings.TrimRight(string(first), " \t\r") != "---" {
		s.tell(1, mend, "there is no metadata, so the page has no title")
		return nil, 0, false
	}
	from := start + len(first) + 1
	for at := from; at < len(data); {
		end := bytes.IndexByte(data[at:], '\n')
		next := at + end + 1
		if end < 0 {
			end, next = len(data)-at, len(data)
		}
		if strings.TrimRight(string(data[at:at+end]), " \t\r") == "---" {
			return data[from:at], next, true
		}
		at = next
	}
	s.tell(1, mend, "the metadata does not end: no second line ---")
	return nil, 0, false
}

var yamlLine = regexp.MustCompile(`line (\d+)(?:, column \d+)?: (.*)`)

// readFields reads the metadata into t by the table. offset is the count of the
// file's lines before the metadata.
func readFields[T any](s *sheet, metadata []byte, offset int, table []Field[T], t *T) {
	var doc yaml.Node
	if err := yaml.Unmarshal(metadata, &doc); err != nil {
		s.tellYAML(err, offset)
		return
	}
	if len(doc.Content) == 0 {
		return
	}
	top := doc.Content[0]
	if top.Kind != yaml.MappingNode {
		s.tell(top.Line+offset, "write one key a line, as in: title: Joint statement", "the metadata is not a list of keys with values")
		return
	}
	seen := map[string]int{}
	for i := 0; i+1 < len(top.Content); i += 2 {
		key, node := top.Content[i], top.Content[i+1]
		if line := seen[key.Value]; line > 0 {
			s.tell(key.Line+offset, "keep one of the two lines", "the key %q stands here a second time, after line %d", key.Value, line)
			continue
		}
		seen[key.Value] = key.Line + offset
		f := fieldNamed(table, key.Value)
		if f == nil {
			s.tell(key.Line+offset, mendKey(table, key.Value), "unknown key %q", key.Value)
			continue
		}
		if node.Tag != "!!null" {
			f.read(value{s, node, key.Value, f.Form, offset}, t)
		}
	}
}

// tellYAML says in an archivist's words what the YAML library stumbled on.
func (s *sheet) tellYAML(err error, offset int) {
	line, reason := 1, err.Error()
	if m := yamlLine.FindStringSubmatch(reason); m != nil {
		line, _ = strconv.Atoi(m[1])
		reason = m[2]
	}
	mend := "look at this line and the one before it for a quotation mark or bracket that is not closed"
	switch {
	case strings.Contains(reason, "mapping values are not allowed"):
		mend = `put the value in quotation marks: it has a colon followed by a space in it, as in title: "Talks: the second day"`
	case strings.Contains(reason, "cannot start any token"):
		mend = "put the value in quotation marks, and use spaces, not tabs, at the beginning of a line"
	case strings.Contains(reason, "anchor"):
		mend = "put the value in quotation marks: it begins with *, which YAML reads as a reference"
	}
	s.tell(line+offset, mend, "the metadata is not YAML here (%s), so none of it can be read", reason)
}

func fieldNamed[T any](table []Field[T], key string) *Field[T] {
	for i := range table {
		if table[i].Key == key {
			return &table[i]
		}
	}
	return nil
}

func mendKey[T any](table []Field[T], key string) string {
	keys := make([]string, len(table))
	for i, f := range table {
		keys[i] = f.Key
	}
	if near := problem.Nearest(key, keys); near != "" {
		return fmt.Sprintf("did you mean %q?", near)
	}
	return "the keys are " + strings.Join(keys, ", ")
}

// A value is what stands behind a key, with where to tell of it.
type value struct {
	*sheet
	node   *yaml.Node
	key    string
	form   string
	offset int
}

func (v value) line() int { return v.node.Line + v.offset }

// refuse tells that the value does not fit its key.
func (v value) refuse(why string) {
	v.tell(v.line(), "write "+v.key+" as "+v.form, "%s: %q: %s", v.key, v.written(), why)
}

// written gives the value as it stands in the file, in one line.
func (v value) written() string {
	switch v.node.Kind {
	case yaml.SequenceNode:
		items := make([]string, len(v.node.Content))
		for i, n := range v.node.Content {
			items[i] = value{v.sheet, n, v.key, v.form, v.offset}.written()
		}
		return "[" + strings.Join(items, ", ") + "]"
	case yaml.MappingNode:
		if len(v.node.Content) == 2 {
			return v.node.Content[0].Value + ": " + v.node.Content[1].Value
		}
		return "{…}"
	}
	return v.node.Value
}

// text gives a value of one line; a list or group is refused.
func (v value) text() string {
	if v.node.Kind != yaml.ScalarNode {
		v.refuse("this is not one value")
		return ""
	}
	return strings.TrimSpace(v.node.Value)
}

// items gives the values of a list; one value alone is a list of one.
func (v value) items() []value {
	if v.node.Kind != yaml.SequenceNode {
		return []value{v}
	}
	items := make([]value, len(v.node.Content))
	for i, n := range v.node.Content {
		items[i] = value{v.sheet, n, v.key, v.form, v.offset}
	}
	return items
}

// texts gives a list of lines, empty ones left out. A line with a colon in it
// may stand unquoted.
func (v value) texts() []string {
	var out []string
	for _, item := range v.items() {
		s := strings.TrimSpace(item.written())
		if item.node.Kind == yaml.SequenceNode {
			item.refuse("this is a list within a list")
			continue
		}
		if s != "" {
			out = append(out, s)
		}
	}
	return out
}

func (v value) flag() bool {
	switch strings.ToLower(v.text()) {
	case "true", "yes":
		return true
	case "false", "no", "":
		return false
	}
	v.refuse("this is neither true nor false")
	return false
}

func (v value) date() archive.Date {
	written := v.node.Value
	if v.node.Kind == yaml.SequenceNode {
		written = v.written() // brackets that were not quoted
	}
	d, err := archive.ParseDate(written)
	if err != nil {
		v.refuse(err.Error())
	}
	return d
}

// day gives a date that is one whole day.
func (v value) day() archive.Day {
	d := v.date()
	if d.IsZero() {
		return 0
	}
	if d.Span != archive.Single || d.From.Day == 0 || !d.HasYear() {
		v.refuse("this is not one day")
		return 0
	}
	first, _ := d.Bounds()
	return first
}

// slug gives a value that may be a part of an address.
func (v value) slug() string {
	s := v.text()
	if s != "" && !archive.IsSlug(s) {
		v.refuse("an ID has lower-case letters, digits and hyphens alone")
		return ""
	}
	return s
}

func (v value) number() float64 {
	n, err := strconv.ParseFloat(v.text(), 64)
	if err != nil {
		v.refuse("this is not a number")
	}
	return n
}
