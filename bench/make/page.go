package main

import (
	"os"
	"path/filepath"
	"strings"
)

// page is a Markdown file to be: its path below content/, the lines of its
// metadata with values as YAML writes them, and its text.
type page struct {
	path   string
	fields []field
	body   []byte
}

type field struct{ key, value string }

// list is a YAML list of plain words; the empty list has no value at all.
func list(values ...string) string {
	if len(values) == 0 {
		return ""
	}
	return "[" + strings.Join(values, ", ") + "]"
}

// write writes the page below dir, whose folder for it is there already. It
// answers buf for the next page to use.
func (p page) write(dir string, buf []byte) ([]byte, error) {
	buf = append(buf[:0], "---\n"...)
	for _, f := range p.fields {
		if f.value == "" {
			continue
		}
		buf = append(buf, f.key...)
		buf = append(buf, ':')
		if f.value[0] != '\n' {
			buf = append(buf, ' ')
		}
		buf = append(buf, f.value...)
		buf = append(buf, '\n')
	}
	buf = append(buf, "---\n\n"...)
	buf = append(buf, p.body...)
	return buf, os.WriteFile(filepath.Join(dir, p.path), buf, 0o644)
}
