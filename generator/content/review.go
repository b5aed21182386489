package content

import (
	"strings"

	"chancery/generator/archive"
	"chancery/generator/problem"
)

// A Doubt is what waits for a person in one file: a line of its review, or that
// a term is unverified.
type Doubt struct {
	File  string // below the root
	Line  int    // of the file, on which it stands
	Field string // the key in doubt; "" where the line begins with none
	Value string // what stands under that key now, "" for nothing
	Why   string // the line, without its field
}

// Text gives the doubt as the file has it.
func (d Doubt) Text() string {
	if d.Field == "" {
		return d.Why
	}
	return d.Field + ": " + d.Why
}

// Notice gives the doubt as check and build tell it.
func (d Doubt) Notice() problem.Problem {
	if d.Field == unverifiedKey {
		return problem.Problem{File: d.File, Line: d.Line, What: d.Why, Mend: mendTerm}
	}
	return problem.Problem{File: d.File, Line: d.Line, What: "waits for review: " + d.Text(),
		Mend: "check the value, mend it if need be, then delete this line, or have it done: " + AcceptCommand(".", d.File)}
}

// mendTerm is what to do about a term that nobody has looked at.
const mendTerm = "complete it, then delete the line unverified: true; where it is another name of a term that is there, add it to that term's aliases, write that term's ID into the documents that name this one, and delete this file"

// AcceptCommand gives the command that settles what waits in a file of the
// archive in that folder.
func AcceptCommand(root, file string) string {
	command := "chancery import --accept "
	if root != "." {
		command += "--root " + shellWord(root) + " "
	}
	return command + FileID(file)
}

// shellWord gives a word so that a shell reads it as one.
func shellWord(s string) string {
	if strings.Trim(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./") == "" {
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}

// unverifiedKey is the key by which a term's file says that no person has looked
// at it.
const unverifiedKey = "unverified"

// doubtsOf gives the lines of review of a file whose metadata have been read
// into t by the table.
func doubtsOf[T any](file string, metadata []byte, review []string, table []Field[T], t *T) []Doubt {
	if len(review) == 0 {
		return nil
	}
	lines := reviewLines(metadata)
	doubts := make([]Doubt, len(review))
	for i, text := range review {
		doubts[i] = Doubt{File: file, Line: 1, Why: text}
		if i < len(lines) {
			doubts[i].Line = lines[i]
		}
		if field, why, ok := splitReview(text); ok {
			doubts[i].Field, doubts[i].Why = field, why
			if f := fieldNamed(table, field); f != nil {
				doubts[i].Value = shownValue(f.write(t))
			}
		}
	}
	return doubts
}

// splitReview cuts a line of review into the field that it is about and the
// reason. A line that begins with no word and colon is about no field.
func splitReview(text string) (field, why string, ok bool) {
	field, why, ok = strings.Cut(text, ":")
	if !ok || !archive.IsSlug(field) {
		return "", text, false
	}
	return field, strings.TrimSpace(why), true
}

// reviewLines gives the file's lines on which the lines of review begin, empty
// ones left out as they are by the reader.
func reviewLines(metadata []byte) []int {
	top, err := parseYAML(metadata, 2)
	if err != nil {
		return nil
	}
	var lines []int
	for i := 0; i+1 < len(top.items); i += 2 {
		if top.items[i].text != reviewKey {
			continue
		}
		for _, item := range (value{node: top.items[i+1]}).values() {
			if strings.TrimSpace(item.written()) != "" && isOneLine(item.node) {
				lines = append(lines, item.line)
			}
		}
		break
	}
	return lines
}

// isOneLine says whether a value may be read as text: a group of one key may,
// for that is what a text with a colon looks like without quotation marks.
func isOneLine(n node) bool {
	return n.form != list && (n.form != group || len(n.items) == 2)
}

// keyLine gives the file's line on which a key of the metadata stands, 1 where it
// cannot be found.
func keyLine(metadata []byte, key string) int {
	top, _ := parseYAML(metadata, 2)
	for i := 0; i < len(top.items); i += 2 {
		if top.items[i].text == key {
			return top.items[i].line
		}
	}
	return 1
}

// shownValue gives a value of a table as one text.
func shownValue(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case verbatim:
		return string(v)
	case []string:
		return strings.Join(v, ", ")
	}
	return ""
}
