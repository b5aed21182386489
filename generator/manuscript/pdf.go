package manuscript

import (
	"bytes"
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
// a blank one between two pages. Not a word of them is changed, so a word that
// a line's end parts stays parted.
func readPDF(f *File, yield func(Manuscript) bool) {
	r, err := os.Open(f.Path)
	if err != nil {
		f.Tell(0, "it cannot be read: "+plainError(err), "")
		return
	}
	defer r.Close()
	if !endsAsPDF(r, f.Size) {
		f.Tell(0, "its end is missing, so it is cut off and nothing is imported", "get the file anew from where it comes")
		return
	}
	text, err := pdftotext.run(r, "-enc", "UTF-8", "-eol", "unix", "-q", "-", "-")
	if err != nil {
		f.tellPDF(err)
		return
	}
	pages := strings.Split(strings.TrimSuffix(string(text), "\f"), "\f")
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
	case strange*10 > all, (letters+digits)*2 < all, latin > 200 && latin*2 > letters && vowels*100 < latin*15:
		return "its fonts do not tell which letters they show, so its text is unreadable and nothing is imported", mendOCR
	}
	return "", ""
}

// zone is how many lines at the top of a page, and how many at its bottom, may
// be those that stand on every page.
const zone = 2

// withoutRunningLines puts pages together, without the lines at top or bottom
// that stand on at least three and a third of the pages, but for their digits.
// The first of such lines is kept where it has letters: it may be a title.
func withoutRunningLines(pages []string) (string, []Claim) {
	split := make([][]string, len(pages))
	counts := map[string]int{}
	for i, p := range pages {
		split[i] = strings.Split(strings.Trim(p, "\n"), "\n")
		for key := range edges(split[i]) {
			counts[key]++
		}
	}
	enough := max(3, (len(pages)+2)/3)
	var b strings.Builder
	var claims []Claim
	told := map[string]bool{}
	for i, lines := range split {
		running := edges(lines)
		if i > 0 {
			b.WriteByte('\n')
		}
		for n, l := range lines {
			key := withoutDigits(l)
			if at, ok := running[key]; !ok || !at[n] || counts[key] < enough {
				b.WriteString(l + "\n")
				continue
			}
			if told[key] {
				continue
			}
			told[key] = true
			claims = append(claims, Claim{Field: "left out", Text: fmt.Sprintf("%s (on %d pages)", strings.TrimSpace(l), counts[key]), Where: "the top or bottom of the pages"})
			if strings.ContainsFunc(l, unicode.IsLetter) && !isPageNumber(key) {
				b.WriteString(l + "\n")
			}
		}
	}
	return b.String(), claims
}

// edges gives the lines at the top and bottom of a page, digits aside, and
// where they stand.
func edges(lines []string) map[string]map[int]bool {
	all := map[string]map[int]bool{}
	add := func(n int) bool {
		key := withoutDigits(lines[n])
		if key == "" {
			return false
		}
		if all[key] == nil {
			all[key] = map[int]bool{}
		}
		all[key][n] = true
		return true
	}
	for n, seen := 0, 0; n < len(lines) && seen < zone; n++ {
		if add(n) {
			seen++
		}
	}
	for n, seen := len(lines)-1, 0; n >= 0 && seen < zone; n-- {
		if add(n) {
			seen++
		}
	}
	return all
}

// withoutDigits gives a line with # for each number.
func withoutDigits(s string) string {
	var b strings.Builder
	digit := false
	for _, c := range strings.TrimSpace(s) {
		if unicode.IsDigit(c) {
			if !digit {
				b.WriteByte('#')
			}
			digit = true
			continue
		}
		digit = false
		b.WriteRune(c)
	}
	return b.String()
}

// isPageNumber says whether a line, digits aside, is the number of a page.
func isPageNumber(key string) bool {
	words := strings.FieldsFunc(strings.ToLower(key), func(c rune) bool { return !unicode.IsLetter(c) })
	for _, w := range words {
		if !strings.Contains(" page of seite von p s стр страница из página de sur ", " "+w+" ") {
			return false
		}
	}
	return strings.Contains(key, "#")
}

// pdfClaims reads what pdfinfo prints. The day on which the file was made is
// not the document's, so it is told apart.
func pdfClaims(said string) []Claim {
	fields := map[string]string{"Title": "title", "Author": "author", "Keywords": "tags", "Subject": "unread", "CreationDate": "created"}
	var all []Claim
	for line := range strings.Lines(said) {
		name, text, _ := strings.Cut(line, ":")
		text = strings.Join(strings.Fields(strings.ToValidUTF8(text, "")), " ")
		all = append(all, officeClaim(fields[name], name, text, "the properties of the PDF")...)
	}
	return all
}
