package manuscript

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"regexp"
	"strings"
	"sync"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
)

// officeFields gives the field of each element that the properties of an
// office document may have.
var officeFields = map[string]string{
	"title": "title", "creator": "author", "initial-creator": "author", "language": "language",
	"keywords": "tags", "keyword": "tags", "description": "summary", "subject": "unread",
	"created": "created", "creation-date": "created",
}

// officeClaims reads what docProps/core.xml or meta.xml says of a document. The
// day on which the file was made is not the document's, so it is told apart.
func officeClaims(data []byte, where string) []Claim {
	d := xml.NewDecoder(bytes.NewReader(data))
	d.CharsetReader = charsetReader
	var all []Claim
	field, name, text := "", "", ""
	for {
		token, err := d.Token()
		if err != nil {
			return all
		}
		switch token := token.(type) {
		case xml.StartElement:
			name, text = token.Name.Local, ""
			field = officeFields[name]
		case xml.CharData:
			text += string(token)
		case xml.EndElement:
			all = append(all, officeClaim(field, name, strings.Join(strings.Fields(strings.ToValidUTF8(text, "")), " "), where)...)
			field, text = "", ""
		}
	}
}

func officeClaim(field, name, text, where string) []Claim {
	c := Claim{Field: field, Text: text, Where: fmt.Sprintf("%s “%s”", where, name), Aside: true}
	switch {
	case field == "" || text == "" || field == "title" && !likeTitle(text):
		return nil
	case field == "unread":
		c.Text = name + ": " + text
	case field == "tags":
		return split(c, ",;")
	}
	return []Claim{c}
}

func charsetReader(label string, input io.Reader) (io.Reader, error) {
	enc, err := htmlindex.Get(label)
	if err != nil || enc == encoding.Replacement {
		return input, nil
	}
	return enc.NewDecoder().Reader(input), nil
}

var noTitle = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)^(?:microsoft (?:word|powerpoint|excel)\b.*|untitled.*|без (?:имени|названия).*|document ?\d*|документ ?\d*|dokument ?\d*|title|scan.*|slide ?\d+|print|.*\.(?:docx?|odt|rtf|pdf|indd|qxd|tmp|dot|html?|tex|dvi|cdr|pmd|p65|fm|xlsx?|pptx?)|[^\p{L}]+|\S{1,4})$`)
})

// likeTitle says whether a text that a file states as its title is one: the
// programs that make files write names of files there.
func likeTitle(s string) bool {
	return !noTitle().MatchString(s) && strings.Count(s, "�")*10 < len(s)
}
