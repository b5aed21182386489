package manuscript

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"unicode"
)

func isPDF(f *File) bool {
	return bytes.Contains(f.Head[:min(len(f.Head), 1024)], []byte("%PDF-"))
}

// readPDF reads a PDF as one manuscript: its lines as they stand on the pages,
// a blank one between two pages. Only soft hyphens go from its words; a word that
// a line's end parts stays parted.
func readPDF(f *File, yield func(Manuscript) bool) {
	r, err := os.Open(f.Path)
	if err != nil {
		f.tellUnread(err)
		return
	}
	defer r.Close()
	if !endsAsPDF(r, f.Size) {
		f.Tell(0, "its end is missing, so it is cut off and nothing is imported", "get the file anew from where it comes")
		return
	}
	// Only in this form does pdftotext leave the hyphens at line ends where they are.
	boxes, err := pdftotext.run(r, "-bbox-layout", "-enc", "UTF-8", "-q", "-", "-")
	if err != nil {
		f.tellPDF(err)
		return
	}
	pages := pagesOf(boxes)
	if what, mend := unlikeText(pages); what != "" {
		f.Tell(0, what, mend)
		return
	}
	body, leftOut := withoutRunningLines(pages)
	m := Manuscript{Lines: SplitLines(body, 1)}
	if _, err := r.Seek(0, io.SeekStart); err == nil {
		if said, err := pdfinfo.run(r, "-isodates", "-enc", "UTF-8", "-"); err == nil {
			m.Claims = pdfClaims(string(said))
		}
	}
	if empty := emptyPages(pages); empty > 0 {
		f.Tell(0, fmt.Sprintf("%d of its %d pages have no text; the others are imported", empty, len(pages)), "look whether those are scanned; if so, run: ocrmypdf --skip-text IN.pdf OUT.pdf, and import that")
	}
	m.Claims = append(m.Claims, leftOut...)
	yield(m)
}

// pagesOf gives the text of each page: a line for each line, a blank one
// between blocks, in the order in which they are read.
func pagesOf(boxes []byte) []string {
	legal := bytes.Map(func(c rune) rune {
		if c < ' ' && c != '\n' && c != '\t' || c == 0xfffe || c == 0xffff {
			return unicode.ReplacementChar
		}
		return c
	}, boxes)
	d := xml.NewDecoder(bytes.NewReader(legal))
	d.Strict = false
	var pages []string
	var page strings.Builder
	var line, word []string
	for {
		token, err := d.Token()
		if err != nil {
			return pages
		}
		switch token := token.(type) {
		case xml.CharData:
			word = append(word, string(token))
		case xml.StartElement:
			word = word[:0]
		case xml.EndElement:
			switch token.Name.Local {
			case "word":
				line = append(line, withoutSoftHyphens(strings.Join(word, "")))
			case "line":
				page.WriteString(strings.Join(line, " ") + "\n")
				line = line[:0]
			case "block":
				page.WriteByte('\n')
			case "page":
				pages = append(pages, page.String())
				page.Reset()
			}
		}
	}
}

// withoutSoftHyphens leaves out of a word the places where it might be parted and
// is not. At its end such a hyphen is one that a reader sees.
func withoutSoftHyphens(word string) string {
	if !strings.Contains(word, softHyphen) {
		return word
	}
	inner, parted := strings.CutSuffix(word, softHyphen)
	if inner = strings.ReplaceAll(inner, softHyphen, ""); parted {
		return inner + "-"
	}
	return inner
}

const softHyphen = "\u00ad"

// endsAsPDF says whether the mark that ends a PDF stands near the end.
func endsAsPDF(r io.ReaderAt, size int64) bool {
	tail := make([]byte, min(size, 8<<10))
	n, _ := r.ReadAt(tail, size-int64(len(tail)))
	return bytes.Contains(tail[:n], []byte("%%EOF"))
}

// tellPDF tells why a PDF cannot be read.
func (f *File) tellPDF(err error) {
	if failed := (*toolError)(nil); errors.As(err, &failed) {
		// -q keeps poppler from saying which error it was: 3 is that of permissions
		said := strings.ToLower(failed.said)
		if failed.exit == 3 || strings.Contains(said, "password") || f.isEncrypted() {
			f.Tell(0, "this PDF is locked by a password, so nothing is imported", "open it with the password, save it without one and import that")
			return
		}
	}
	f.tellRun(pdftotext, "PDF", err)
}

// isEncrypted says whether the file's end names a dictionary of encryption.
func (f *File) isEncrypted() bool {
	r, err := os.Open(f.Path)
	if err != nil {
		return false
	}
	defer r.Close()
	tail := make([]byte, min(f.Size, 64<<10))
	n, _ := r.ReadAt(tail, f.Size-int64(len(tail)))
	return bytes.Contains(tail[:n], []byte("/Encrypt"))
}

func emptyPages(pages []string) int {
	n := 0
	for _, p := range pages {
		if strings.TrimSpace(p) == "" {
			n++
		}
	}
	return n
}

// unlikeText tells pages that have no text, or whose letters are not what they
// look like: fonts may keep to themselves which letter is which.
func unlikeText(pages []string) (what, mend string) {
	const mendOCR = "read it with OCR, for example: ocrmypdf --force-ocr IN.pdf OUT.pdf, and import that"
	letters, digits, strange, all, latin, vowels := 0, 0, 0, 0, 0, 0
	for _, page := range pages {
		for _, c := range page {
			if unicode.IsSpace(c) {
				continue
			}
			all++
			switch {
			case unicode.IsLetter(c), unicode.IsMark(c):
				letters++
				if c < unicode.MaxASCII {
					latin++
					vowels += strings.Count("aeiouyAEIOUY", string(c))
				}
			case unicode.IsDigit(c):
				digits++
			case c == '\uFFFD', unicode.IsControl(c), unicode.Is(unicode.Co, c):
				strange++
			}
		}
	}
	switch {
	case all == 0:
		return "there is no text in it, only pictures of pages, so nothing is imported", mendOCR
	case strange*10 > all, (letters+digits)*2 < all, latin > 200 && latin*100 > letters*98 && vowels*4 < latin:
		return "its fonts do not tell which letters they show, so its text is unreadable and nothing is imported", mendOCR
	}
	return "", ""
}

// pdfClaims reads what pdfinfo prints. The day on which the file was made is
// not the document's, so it is told apart.
func pdfClaims(said string) []Claim {
	fields := map[string]string{"Title": "title", "Author": "author", "Keywords": "tags", "Subject": "unread", "CreationDate": "created"}
	var all []Claim
	for line := range strings.Lines(said) {
		name, text, _ := strings.Cut(line, ":")
		text = strings.Join(strings.Fields(strings.ToValidUTF8(text, "")), " ")
		all = append(all, officeClaim(fields[name], name, text, "the PDF's property")...)
	}
	return all
}
