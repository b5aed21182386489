package manuscript

import (
	"bytes"
	"encoding/base64"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"strings"
	"time"
)

// isWebArchive knows a page that a browser saved as one file (MHTML, RFC 2557).
func isWebArchive(f *File) bool {
	head, _, _ := bytes.Cut(bytes.ReplaceAll(bytes.ToLower(f.Head), []byte("\r\n"), []byte("\n")), []byte("\n\n"))
	return bytes.Contains(head, []byte("mime-version:")) && bytes.Contains(head, []byte("multipart/related"))
}

// webParts are the files within a web archive, by their addresses.
type webParts map[string][]byte

// mostParts bounds the files of a web archive.
const mostParts = 5000

// readWebArchive reads the page in a web archive. The pictures lie beside it there.
func readWebArchive(f *File, yield func(Manuscript) bool) {
	if data, ok := f.whole(); ok {
		readArchiveBytes(f, data, yield)
	}
}

func readArchiveBytes(f *File, data []byte, yield func(Manuscript) bool) {
	const mend = "open the file in a browser and save the page again"
	message, err := mail.ReadMessage(bytes.NewReader(data))
	if err != nil {
		f.Tell(1, "the head of this web archive cannot be read, so nothing is imported: "+err.Error(), mend)
		return
	}
	_, parameters, err := mime.ParseMediaType(message.Header.Get("Content-Type"))
	if err != nil {
		f.Tell(1, "the head of this web archive does not say how its parts are divided, so nothing is imported", mend)
		return
	}
	text, charset, address, parts, broken := splitArchive(multipart.NewReader(message.Body, parameters["boundary"]))
	if broken {
		f.Tell(0, "this web archive breaks off, so some pictures may be missing", mend)
	}
	if text == nil {
		f.Tell(0, "there is no page in this web archive, so nothing is imported", mend)
		return
	}
	p := page{file: f, parts: parts}
	if at := message.Header.Get("Snapshot-Content-Location"); at != "" {
		address = at
	}
	p.savedAddress(address, "the head of the web archive")
	if t, err := mail.ParseDate(message.Header.Get("Date")); err == nil {
		p.retrieved(t.Format(time.DateOnly), "the head of the web archive")
	}
	if m, ok := p.readBytes(text, charset); ok {
		yield(m)
	}
}

// splitArchive gives the page of a web archive, its encoding and address, and the
// pictures.
func splitArchive(r *multipart.Reader) (text []byte, charset, address string, parts webParts, broken bool) {
	parts = webParts{}
	for range mostParts {
		part, err := r.NextRawPart()
		if err != nil {
			return text, charset, address, parts, err != io.EOF
		}
		kind, parameters, _ := mime.ParseMediaType(part.Header.Get("Content-Type"))
		var body io.Reader = part
		switch strings.ToLower(part.Header.Get("Content-Transfer-Encoding")) {
		case "quoted-printable":
			body = quotedprintable.NewReader(part)
		case "base64":
			body = base64.NewDecoder(base64.StdEncoding, part)
		}
		data, err := io.ReadAll(body)
		broken = broken || err != nil
		switch {
		case text == nil && (kind == "text/html" || kind == "application/xhtml+xml"):
			text, charset, address = data, parameters["charset"], part.Header.Get("Content-Location")
		case strings.HasPrefix(kind, "image/") && len(data) > 0:
			parts[part.Header.Get("Content-Location")] = data
			if id := strings.Trim(part.Header.Get("Content-ID"), "<>"); id != "" {
				parts["cid:"+id] = data
			}
		}
	}
	return text, charset, address, parts, true
}

// part gives the picture at an address that the page writes.
func (p *page) part(src string) []byte {
	if data := p.parts[src]; data != nil || p.base == nil {
		return data
	}
	if u, err := p.base.Parse(src); err == nil {
		return p.parts[u.String()]
	}
	return nil
}
