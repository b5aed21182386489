package manuscript

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
	"unicode"
)

// An office is a format of word processors that pandoc reads.
type office struct {
	what, from    string // as people call it; as pandoc does
	media         string // the folder of pictures within the file
	text, records string // the files within it that hold the text and what is said of it
}

var (
	docx = office{"a Word document (DOCX)", "docx", "word/media/", "word/document.xml", "docProps/core.xml"}
	odt  = office{"a text of OpenDocument (ODT)", "odt", "Pictures/", "content.xml", "meta.xml"}
)

func isDocx(f *File) bool { return f.isPacked(".docx", "word/") }

func isODT(f *File) bool { return f.isPacked(".odt", "application/vnd.oasis.opendocument.textPK") }

func readDocx(f *File, yield func(Manuscript) bool) { docx.read(f, yield) }
func readODT(f *File, yield func(Manuscript) bool)  { odt.read(f, yield) }

// read reads a document as one manuscript.
func (o office) read(f *File, yield func(Manuscript) bool) {
	data, ok := f.whole()
	if !ok {
		return
	}
	packed := o.unpack(f, data)
	if packed == nil {
		return
	}
	if data = o.withHeadingRows(data, packed); data == nil {
		f.Tell(0, "it is damaged: its text cannot be unpacked, so nothing is imported", "get the file anew from where it comes")
		return
	}
	m := Manuscript{Claims: officeClaims(readPacked(packed, o.records), "the document's property")}
	markdown, err := o.convert(data, "gfm-raw_html")
	if err != nil {
		f.tellRun(pandoc, o.what, err)
		return
	}
	plain, err := o.convert(data, "plain")
	if err != nil {
		f.tellRun(pandoc, o.what, err)
		return
	}
	text, had := string(plain), lettersWithin(packed, o.text)
	if countLetters(text) < had {
		if head := o.head(data, text); head != "" {
			title, rest, _ := strings.Cut(head, "\n")
			m.Claims = append([]Claim{{Field: "title", Text: title, Where: "the paragraph in the style “Title”"}}, m.Claims...)
			text, markdown = head+text, append([]byte(linesApart(rest)), markdown...)
		}
	}
	m.Lines = SplitLines(text, 1)
	if strings.TrimSpace(text) == "" {
		f.Tell(0, "there is no text in it, so nothing is imported", "look whether it holds nothing but pictures")
		return
	}
	if has := countLetters(text); has < had-had/50 {
		f.Tell(0, fmt.Sprintf("%d of its %d letters are not in the text that is imported: pandoc passes over some text boxes and tables", had-has, had), "compare the document with the file, and add what is missing")
	}
	m.Claims = append(m.Claims, topHeading(string(markdown), m.Claims)...)
	m.Markdown = belowTitle(withHeadings(string(markdown)), m.Claims)
	if n := strings.Count(m.Markdown, "[TABLE]") - strings.Count(text, "[TABLE]"); n > 0 {
		f.Tell(0, counted(n, "table has cells that Markdown cannot hold, so the document is imported as plain text", "tables have cells that Markdown cannot hold, so the document is imported as plain text"), "look whether the tables can be read")
		m.Markdown = ""
	}
	o.pictures(f, packed, &m)
	yield(m)
}

// head gives the paragraphs before the text that have the styles of a title, an
// author and a date: pandoc takes them out of the text.
func (o office) head(data []byte, text string) string {
	whole, err := o.convert(data, "plain", "--standalone")
	if err != nil {
		return ""
	}
	head, ok := strings.CutSuffix(string(whole), text)
	if !ok {
		return ""
	}
	return head
}

// linesApart makes a paragraph of each line.
func linesApart(text string) string {
	var b strings.Builder
	for l := range strings.Lines(text) {
		if l = strings.TrimSpace(l); l != "" {
			b.WriteString(l + "\n\n")
		}
	}
	return b.String()
}

// convert lets pandoc read the document. It sees the bytes alone, no file.
func (o office) convert(data []byte, to string, options ...string) ([]byte, error) {
	args := append([]string{"--from=" + o.from, "--to=" + to, "--wrap=none"}, options...)
	out, err := pandoc.run(bytes.NewReader(data), append(args, "--sandbox")...)
	const unknownOption = 6 // pandoc before 2.15 knows no sandbox
	if failed := (*toolError)(nil); errors.As(err, &failed) && failed.exit == unknownOption {
		out, err = pandoc.run(bytes.NewReader(data), args...)
	}
	return out, err
}

// What a packed document may have, in bytes: a bomb has more.
const (
	mostUnpacked = 512 << 20
	mostRatio    = 1000
)

// unpack opens a packed document, and holds its sizes to what documents have,
// by what it says and by what it is. It gives nil where it has told why not.
func (o office) unpack(f *File, data []byte) *zip.Reader {
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		f.Tell(0, "it is cut off or damaged, or not "+o.what+", so nothing is imported", "get the file anew from where it comes")
		return nil
	}
	var all uint64
	found := false
	for _, entry := range r.File {
		all += entry.UncompressedSize64
		found = found || entry.Name == o.text
		if all > mostUnpacked || isBomb(entry) {
			f.Tell(0, fmt.Sprintf("unpacked it has far more bytes than a document (“%s”), so nothing is imported", path.Base(entry.Name)), "do not open it, unless you know who made it")
			return nil
		}
	}
	if !found {
		f.Tell(0, "it is a ZIP file, but not "+o.what+", so nothing is imported", unpack)
		return nil
	}
	for _, entry := range r.File {
		if err := checkEntry(entry); err != nil {
			f.Tell(0, fmt.Sprintf("it is damaged: “%s” in it cannot be unpacked, so nothing is imported", path.Base(entry.Name)), "get the file anew from where it comes")
			return nil
		}
	}
	return r
}

func isBomb(entry *zip.File) bool {
	return entry.UncompressedSize64 > 4<<20 && entry.UncompressedSize64/mostRatio > entry.CompressedSize64
}

// checkEntry holds an entry to the size that it states.
func checkEntry(entry *zip.File) error {
	r, err := entry.Open()
	if err != nil {
		return err
	}
	defer r.Close()
	n, err := io.Copy(io.Discard, io.LimitReader(r, int64(entry.UncompressedSize64)+1))
	if err == nil && uint64(n) != entry.UncompressedSize64 {
		return zip.ErrFormat
	}
	return err
}

// readPacked gives a small file within a packed document, nil where there is none.
func readPacked(r *zip.Reader, name string) []byte {
	file, err := r.Open(name)
	if err != nil {
		return nil
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, 1<<20))
	if err != nil {
		return nil
	}
	return data
}

// lettersWithin counts the letters of a document's text as it is packed: in
// DOCX those of the elements t, in ODT those of the body.
func lettersWithin(packed *zip.Reader, name string) int {
	r, err := packed.Open(name)
	if err != nil {
		return 0
	}
	defer r.Close()
	d := xml.NewDecoder(r)
	n, counts := 0, 0
	for {
		token, err := d.Token()
		if err != nil {
			return n
		}
		switch token := token.(type) {
		case xml.StartElement:
			switch token.Name.Local {
			case "Fallback", "tracked-changes", "annotation": // said elsewhere, deleted, or no text
				if d.Skip() != nil {
					return n
				}
			case "t", "body":
				counts = btoi(token.Name.Local == "t" || strings.HasSuffix(token.Name.Space, "office:1.0"))
			}
		case xml.EndElement:
			if token.Name.Local == "t" {
				counts = 0
			}
		case xml.CharData:
			if counts > 0 {
				n += countLetters(string(token))
			}
		}
	}
}

func countLetters(s string) int {
	n := 0
	for _, c := range s {
		n += btoi(unicode.IsLetter(c) || unicode.IsDigit(c))
	}
	return n
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

// pictures makes attachments of the pictures that the Markdown links.
func (o office) pictures(f *File, packed *zip.Reader, m *Manuscript) {
	taken := map[string]bool{}
	for _, entry := range packed.File {
		base, ok := strings.CutPrefix(entry.Name, o.media)
		link := "(" + path.Base(strings.TrimSuffix(o.media, "/")) + "/" + base
		if !ok || base == "" || !strings.Contains(m.Markdown, link) {
			continue
		}
		name := attachmentName(base)
		for n := 2; taken[name]; n++ {
			name = fmt.Sprintf("%d-%s", n, attachmentName(base))
		}
		taken[name] = true
		for _, end := range []string{")", " "} {
			m.Markdown = strings.ReplaceAll(m.Markdown, link+end, "("+name+end)
		}
		m.Files = append(m.Files, Attachment{Name: name, Open: func() (io.ReadCloser, error) { return openPacked(f.Path, entry.Name) }})
	}
}

// attachmentName gives the form of a file's name that a link may have.
func attachmentName(base string) string {
	name := strings.Map(func(c rune) rune {
		switch {
		case c >= 'a' && c <= 'z', c >= '0' && c <= '9', c == '.', c == '-':
			return c
		case c >= 'A' && c <= 'Z':
			return c + 'a' - 'A'
		}
		return '-'
	}, base)
	return strings.TrimLeft(name, ".-")
}

// openPacked opens a file within a packed file; closing it closes both.
func openPacked(file, name string) (io.ReadCloser, error) {
	r, err := zip.OpenReader(file)
	if err != nil {
		return nil, err
	}
	entry, err := r.Open(name)
	if err != nil {
		r.Close()
		return nil, err
	}
	return packedFile{entry, r}, nil
}

type packedFile struct {
	io.ReadCloser
	archive io.Closer
}

func (p packedFile) Close() error { return errors.Join(p.ReadCloser.Close(), p.archive.Close()) }
