package manuscript

import (
	"archive/zip"
	"bytes"
	"io"
	"regexp"
	"slices"
	"strings"
	"sync"

	"chancery/generator/markdown"
)

// withHeadingRows gives the bytes of a document in which the rows that head a
// table are rows like the others: pandoc passes over those of OpenDocument. It
// gives nil where the text cannot be unpacked.
func (o office) withHeadingRows(data []byte, packed *zip.Reader) []byte {
	if o.from != odt.from {
		return data
	}
	text, err := readWhole(packed, o.text)
	if err != nil {
		return nil
	}
	plain := headingRows().ReplaceAll(text, nil)
	if len(plain) == len(text) {
		return data
	}
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, entry := range packed.File {
		if entry.Name != o.text {
			err = w.Copy(entry)
		} else if to, e := w.Create(entry.Name); e != nil {
			err = e
		} else {
			_, err = to.Write(plain)
		}
		if err != nil {
			return nil
		}
	}
	if w.Close() != nil {
		return nil
	}
	return b.Bytes()
}

// headingRows matches what is around the rows that head a table.
var headingRows = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`</?table:table-header-rows(?:\s[^<>]*)?/?>`)
})

// readWhole gives a file within a packed document whose sizes have been looked at.
func readWhole(r *zip.Reader, name string) ([]byte, error) {
	file, err := r.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return io.ReadAll(file)
}

// withHeadings makes the first row of a table its heading where that is empty:
// Markdown has no table without one.
func withHeadings(text string) string {
	return emptyHeading().ReplaceAllString(text, "$1$3$2")
}

// emptyHeading matches the blank line before a table, its empty heading, the
// line below it, and the first row.
var emptyHeading = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?m)((?:\A|^\n))\|[ |]*\|\n(\|[-:|]+\|\n)(\|.*\|\n)`)
})

// topHeading claims the heading that a text begins with, where nothing else
// states its title.
func topHeading(text string, claims []Claim) []Claim {
	if slices.ContainsFunc(claims, func(c Claim) bool { return c.Field == "title" }) {
		return nil
	}
	block, _, _ := strings.Cut(text, "\n\n")
	if lines := markdown.Plain([]byte(block)); len(lines) == 1 && lines[0].Heading == 1 {
		return []Claim{{Field: "title", Text: lines[0].Text, Where: "the heading of the text"}}
	}
	return nil
}

// titleWithin is how many paragraphs at the top of a document may hold its title.
const titleWithin = 5

// belowTitle leaves out of a Markdown the paragraphs and headings at its top that
// are the title that is claimed, since pages show that above the text.
func belowTitle(text string, claims []Claim) string {
	at := slices.IndexFunc(claims, func(c Claim) bool { return c.Field == "title" })
	if at < 0 {
		return text
	}
	blocks := strings.SplitN(text, "\n\n", titleWithin+1)
	kept := blocks[:0]
	for i, b := range blocks {
		if i < titleWithin {
			if lines := markdown.Plain([]byte(b)); len(lines) == 1 && lines[0].Text == claims[at].Text {
				continue
			}
		}
		kept = append(kept, b)
	}
	return strings.TrimLeft(strings.Join(kept, "\n\n"), "\n")
}
