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
)

// A Field is one key of a file's metadata: the tables of fields drive reading,
// writing, check and the documentation alike.
type Field[T any] struct {
	Key   string
	Form  string // what a value looks like
	About string // what it says, for archivists
	read  func(v value, t *T)
	write func(t *T) any // nil, string, verbatim, bool, int, float64, []string or []pairs
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
	const consequence = ", so no page can be made of it"
	if !s.isText(data) {
		return nil, 0, false
	}
	start := len(data) - len(bytes.TrimPrefix(data, []byte("\ufeff")))
	first, _, found := bytes.Cut(data[start:], []byte("\n"))
	if !found || strings.TrimRight(string(first), " \t\r") != "---" {
		s.tell(1, mend, "there is no metadata"+consequence)
		return nil, 0, false
	}
	from := start + len(first) + 1
	for at := from; at < len(data); {
		end := bytes.IndexByte(data[at:], '\n')
		next := at + end + 1
		if end < 0 {
			end, next = len(data)-at, len(data)
		}
		if string(bytes.TrimRight(data[at:at+end], " \t\r")) == "---" {
			return data[from:at], next, true
		}
		at = next
	}
	s.tell(1, mend, "the metadata does not end, there is no second line ---"+consequence)
	return nil, 0, false
}

// isText tells where a file is not UTF-8.
func (s *sheet) isText(data []byte) bool {
	if utf8.Valid(data) {
		return true
	}
	line := 1
	for l := range bytes.Lines(data) {
		if !utf8.Valid(l) {
			break
		}
		line++
	}
	s.tell(line, "save the file as UTF-8", "this line is not UTF-8, so its letters cannot be told")
	return false
}

// readFields reads the metadata into t by the table. first is the file's line on
// which the metadata begins.
func readFields[T any](s *sheet, metadata []byte, first int, table []Field[T], t *T) {
	top, err := parseYAML(metadata, first)
	if err != nil {
		s.tellYAML(err, metadata, first-1)
		return
	}
	if top.form == null {
		return
	}
	if top.form != group {
		s.tell(top.line, "write one key a line, as in: title: Joint statement", "the metadata is not a list of keys with values")
		return
	}
	readGroup(value{s, top, "the metadata", ""}, table, t)
}

// stumbles are the places where YAML cannot be read, by what the library says of
// them, in the words of an archivist.
var stumbles = []struct{ says, what, mend string }{
	{"mapping values are not allowed", "there is a second colon with a space after it on the line", `put the value in quotation marks, as in title: "Talks: the second day"`},
	{"cannot start any", "the value begins with a sign that has a meaning of its own, or the line with a tab", "put the value in quotation marks, and use spaces, not tabs, at the beginning of a line"},
	{"anchor", "the value begins with * or &, which stand for a reference", "put the value in quotation marks"},
	{"alias", "the value begins with * or &, which stand for a reference", "put the value in quotation marks"},
	{"end of stream", "a quotation mark is not closed", "close the quotation mark at the end of the value"},
	{"',' or", "a bracket is not closed", "close it, or put the value in quotation marks"},
	{"block sequence", "an item of a list stands where it cannot", "put each item on a line of its own below the key, with two spaces and a hyphen before it"},
	{"could not find expected ':'", "a line has no key with a colon", "write a key, a colon and a space before the value"},
	{"did not find expected key", "a line does not stand under the others", "let the line begin with a key, or in a list with two spaces and a hyphen"},
	{"escape", "there is a backslash within double quotation marks", "write two of them, or use single quotation marks"},
	{"document end", "a line of three dots ends the metadata before its time", "delete the line"},
	{"control characters", "there is a character that is no letter", "delete it: it may not be seen; write the line anew"},
}

var yamlLine = regexp.MustCompile(`line (\d+)`)

// tellYAML tells where the metadata cannot be read as YAML.
func (s *sheet) tellYAML(err error, metadata []byte, offset int) {
	line, says := 1, err.Error()
	if m := yamlLine.FindStringSubmatch(says); m != nil {
		line, _ = strconv.Atoi(m[1])
	}
	if strings.Contains(says, "end of stream") {
		line = unclosed(metadata, line)
	}
	what, mend := "a line cannot be understood", "look at this line and the one before it: each is a key, a colon, a space and a value"
	for _, stumble := range stumbles {
		if strings.Contains(says, stumble.says) {
			what, mend = stumble.what, stumble.mend
			break
		}
	}
	s.tell(line+offset, mend, "%s, so none of the metadata can be read", what)
}

// unclosed finds the first line with a value that begins with a quotation mark
// and does not end with it; that is where the one that is missing belongs.
func unclosed(metadata []byte, otherwise int) (line int) {
	for l := range bytes.Lines(metadata) {
		line++
		text := strings.TrimSpace(string(l))
		if _, v, found := strings.Cut(text, ": "); found {
			text = strings.TrimSpace(v)
		} else {
			text = strings.TrimPrefix(text, "- ")
		}
		if text != "" && (text[0] == '"' || text[0] == '\'') && (len(text) == 1 || text[len(text)-1] != text[0]) {
			return line
		}
	}
	return otherwise
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

// tellMissing tells that a key which a file needs has no value.
func (s *sheet) tellMissing(metadata []byte, key, wanted, consequence string) {
	line := 1
	for l := range bytes.Lines(metadata) {
		line++
		if bytes.HasPrefix(l, []byte(key+":")) {
			s.tell(line, "write the "+key+" behind the colon, within quotation marks if it begins with #", "the %s is empty, so %s", key, consequence)
			return
		}
	}
	s.tell(1, fmt.Sprintf("add a line %s: and %s", key, wanted), "there is no %s, so %s", key, consequence)
}

// A value is what stands behind a key, with where to tell of it.
type value struct {
	*sheet
	node
	key   string
	wants string // what may stand there
}

// readGroup reads a group of keys by a table of its own.
func readGroup[T any](v value, table []Field[T], t *T) {
	for i := 0; i+1 < len(v.items); i += 2 {
		key, n := v.items[i], v.items[i+1]
		if first := v.firstLine(key.text, i); first > 0 {
			v.tell(key.line, "keep one of the two lines", "the key %q stands here a second time, after line %d", key.text, first)
			continue
		}
		f := fieldNamed(table, key.text)
		if f == nil {
			v.tell(key.line, mendKey(table, key.text), "unknown key %q", key.text)
			continue
		}
		if n.form != null {
			f.read(value{v.sheet, n, f.Key, f.Form}, t)
		}
	}
}

// firstLine gives the line of a key among the first n items of a group, 0 where
// it is not there.
func (v value) firstLine(key string, n int) int {
	for i := 0; i < n; i += 2 {
		if v.items[i].text == key {
			return v.items[i].line
		}
	}
	return 0
}

// refuse tells that the value does not fit its key.
func (v value) refuse(why string) {
	v.tell(v.line, "write "+v.key+" as "+v.wants, "%s: %q: %s", v.key, v.written(), why)
}

// written gives the value as it stands in the file, in one line.
func (n node) written() string {
	switch n.form {
	case list:
		items := make([]string, len(n.items))
		for i, item := range n.items {
			items[i] = item.written()
		}
		return "[" + strings.Join(items, ", ") + "]"
	case group:
		if len(n.items) == 2 {
			return n.items[0].text + ": " + n.items[1].text
		}
		return "{…}"
	}
	return n.text
}

// one gives a value of one line; a list or group is refused.
func (v value) one() string {
	if v.form != scalar {
		v.refuse("this is not one value")
		return ""
	}
	return strings.TrimSpace(v.text)
}

// values gives the values of a list; one value alone is a list of one.
func (v value) values() []value {
	if v.form != list {
		return []value{v}
	}
	values := make([]value, len(v.items))
	for i, n := range v.items {
		values[i] = value{v.sheet, n, v.key, v.wants}
	}
	return values
}

// texts gives a list of lines, empty ones left out. A line with a colon in it
// may stand unquoted.
func (v value) texts() []string {
	var out []string
	for _, item := range v.values() {
		s := strings.TrimSpace(item.written())
		if item.form == list || item.form == group && len(item.items) != 2 {
			item.refuse("this is not one line")
			continue
		}
		if s != "" {
			out = append(out, s)
		}
	}
	return out
}

func (v value) flag() bool {
	switch strings.ToLower(v.one()) {
	case "true", "yes":
		return true
	case "false", "no", "":
		return false
	}
	v.refuse("this is neither true nor false")
	return false
}

func (v value) date() archive.Date {
	d, err := archive.ParseDate(v.written()) // a list is brackets that were not quoted
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
	s := v.one()
	if s != "" && !archive.IsSlug(s) {
		v.refuse("an ID has lower-case letters, digits and hyphens alone")
		return ""
	}
	return s
}

func (v value) number() float64 {
	n, err := strconv.ParseFloat(v.one(), 64)
	if err != nil {
		v.refuse("this is not a number")
	}
	return n
}
