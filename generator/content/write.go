package content

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"chancery/generator/archive"
)

// verbatim is a value that YAML reads as the text it is without quotation marks.
type verbatim string

// Pairs are a group within the metadata, as it is written.
type pairs [][2]any

func pairsOf[T any](table []Field[T], t *T) pairs {
	var g pairs
	for _, f := range table {
		if v := f.write(t); !isEmpty(v) {
			g = append(g, [2]any{f.Key, v})
		}
	}
	return g
}

// FormatDocument gives the bytes of a document's file.
func FormatDocument(d *archive.Document, body string) []byte {
	return format(DocumentFields, d, body)
}

// FormatTerm gives the bytes of a term's file.
func FormatTerm(t *archive.Term) []byte { return format(TermFields(t.Facet), t, t.Text) }

func format[T any](table []Field[T], t *T, body string) []byte {
	var b bytes.Buffer
	b.WriteString("---\n")
	writeGroup(&b, pairsOf(table, t), "")
	b.WriteString("---\n")
	if body = strings.Trim(body, "\n"); body != "" {
		b.WriteString("\n" + body + "\n")
	}
	return b.Bytes()
}

func isEmpty(v any) bool {
	switch v := v.(type) {
	case nil:
		return true
	case string:
		return v == ""
	case verbatim:
		return v == ""
	case bool:
		return !v
	case int:
		return v == 0
	case []string:
		return len(v) == 0
	case []pairs:
		return len(v) == 0
	}
	return false
}

func writeGroup(b *bytes.Buffer, g pairs, indent string) {
	for i, pair := range g {
		if i > 0 {
			b.WriteString(indent)
		}
		fmt.Fprintf(b, "%s:", pair[0])
		switch v := pair[1].(type) {
		case []string:
			for _, item := range v {
				b.WriteString("\n" + indent + "  - " + quote(item))
			}
			b.WriteByte('\n')
		case []pairs:
			b.WriteByte('\n')
			for _, item := range v {
				b.WriteString(indent + "  - ")
				writeGroup(b, item, indent+"    ")
			}
		case pairs:
			b.WriteString("\n" + indent + "  ")
			writeGroup(b, v, indent+"  ")
		case string:
			b.WriteString(" " + quote(v) + "\n")
		default:
			fmt.Fprintf(b, " %v\n", v)
		}
	}
}

// quote writes a value of one line so that YAML reads the same back: plain where
// nothing in it could be read as YAML, in double quotation marks otherwise.
func quote(s string) string {
	if isPlain(s) {
		return s
	}
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteString(`\t`)
		case r < ' ' || r == 0x7f || r == 0x85 || r == 0xa0 || r == 0xfeff || r >= 0x80 && r < 0xa0 || r == 0x2028 || r == 0x2029 || r == 0xfffe || r == 0xffff:
			fmt.Fprintf(&b, `\u%04X`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

// plainWords are read by YAML as something else than text.
var plainWords = []string{"true", "false", "yes", "no", "on", "off", "null", "y", "n"}

func isPlain(s string) bool {
	if s == "" || strings.TrimSpace(s) != s || strings.Contains(s, ": ") || strings.Contains(s, " #") || strings.HasSuffix(s, ":") {
		return false
	}
	if strings.ContainsAny(s[:1], "-?:,[]{}#&*!|>'\"%@`=~.+0123456789<") && !archive.IsSlug(s) && !timeForm.MatchString(s) {
		return false
	}
	if _, err := strconv.ParseFloat(s, 64); err == nil {
		return false
	}
	for _, w := range plainWords {
		if strings.EqualFold(s, w) {
			return false
		}
	}
	for _, r := range s {
		if r < ' ' || r == 0x7f || r >= 0x80 && r <= 0xa0 || r == 0x2028 || r == 0x2029 || r == 0xfeff || r >= 0xfffe && r <= 0xffff || r > 0xffff {
			return false
		}
	}
	return true
}

// Create writes a new file below root: whole, or not at all. Where a file of
// that name is already there, it is left as it is and the error is fs.ErrExist.
func Create(root, file string, data []byte) error {
	path := filepath.Join(root, filepath.FromSlash(file))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return fmt.Errorf("making the folder of %s: %w", file, err)
	}
	temporary, err := writeTemporary(path, data)
	if err != nil {
		return fmt.Errorf("writing %s: %w", file, err)
	}
	defer os.Remove(temporary)
	// A link, not a rename: it never takes the place of a file that is there.
	if err := os.Link(temporary, path); err != nil && !errors.Is(err, fs.ErrExist) {
		return createExclusive(path, data)
	} else if err != nil {
		return fmt.Errorf("writing %s: %w", file, err)
	}
	return nil
}

// ErrEdited says that a file is no longer what was read of it.
var ErrEdited = errors.New("the file was edited meanwhile")

// Replace writes a file below root anew, whole or not at all, where its bytes
// are still those of that digest; where they are others it is left as it is and
// the error is ErrEdited.
func Replace(root, file string, was Digest, data []byte) error {
	path := filepath.Join(root, filepath.FromSlash(file))
	info, err := os.Lstat(path)
	if err == nil && !info.Mode().IsRegular() {
		err = errors.New("it is a link or device, no file of its own")
	}
	if err == nil {
		err = writable(path)
	}
	if err != nil {
		return fmt.Errorf("writing %s: %w", file, err)
	}
	temporary, err := writeTemporary(path, data)
	if err != nil {
		return fmt.Errorf("writing %s: %w", file, err)
	}
	defer os.Remove(temporary)
	if err := os.Chmod(temporary, info.Mode().Perm()); err != nil {
		return fmt.Errorf("writing %s: %w", file, err)
	}
	now, err := os.ReadFile(path)
	if err != nil {
		return fmt.Errorf("reading %s again: %w", file, err)
	}
	if DigestOf(now) != was {
		return fmt.Errorf("writing %s: %w", file, ErrEdited)
	}
	if err := os.Rename(temporary, path); err != nil {
		return fmt.Errorf("writing %s: %w", file, err)
	}
	return nil
}

// writable says why a file may not be written: a rename would not ask.
func writable(path string) error {
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	return f.Close()
}

func writeTemporary(path string, data []byte) (string, error) {
	f, err := os.CreateTemp(filepath.Dir(path), ".import-*~")
	if err != nil {
		return "", err
	}
	_, err = f.Write(data)
	err = errors.Join(err, f.Chmod(0o644), f.Sync(), f.Close())
	if err != nil {
		os.Remove(f.Name())
	}
	return f.Name(), err
}

// createExclusive is for file systems without hard links.
func createExclusive(path string, data []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		os.Remove(path)
	}
	return err
}
