//go:build unix

package main

import (
	"archive/zip"
	"bufio"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// A sort is one sort of source files.
type sort struct {
	name  string
	needs string // the program without which import does not read it, or ""
	share int    // one document is made for so many that are asked for: some sorts take long
	write func(folder string, documents int) error
}

// sorts lists the sorts of source files in the order of the table.
var sorts = []sort{
	{"text files", "", 1, eachIn("%06d.txt", textFile)},
	{"channel dump", "", 1, inOne("dump.txt", "", dumpPost, "")},
	{"Telegram Desktop copy", "", 1, inOne("copy.txt", "", desktopPost, "")},
	{"Telegram JSON", "", 1, inOne("result.json", `{"name":"The Harbour","type":"public_channel","id":12,"messages":[`, jsonPost, "\n]}\n")},
	{"web pages", "", 2, eachIn("%06d.html", webPage)},
	{"feeds of 50 items", "", 1, feeds},
	{"table (CSV)", "", 4, inOne("table.csv", "date,title,source,url,text\r\n", tableRow, "")},
	{"Word (DOCX)", "pandoc", 20, eachIn("%06d.docx", wordFile)},
	{"PDF", "pdftotext", 20, eachIn("%06d.pdf", pdfFile)},
}

// A story is what one document of any sort says: the same for the same number.
type story struct {
	*rand.Rand
	number              int
	day                 time.Time
	title, place, venue string
	paragraphs          []string
}

var (
	storyPlaces = []string{"Jakarta", "Moscow", "Geneva", "New Delhi", "Nairobi", "Hanoi", "Bangkok", "Vienna"}
	storyVenues = []string{"the 17th East Asia Summit", "the ASEAN Regional Forum", "the UN General Assembly", "the Pacific Islands Forum"}
)

// newStory writes a story of some so many words.
func newStory(number, words int) story {
	r := rand.New(rand.NewPCG(7, uint64(number)))
	s := story{Rand: r, number: number, day: time.Date(2004, 1, 1, 6, 0, 0, 0, time.UTC).Add(time.Duration(r.IntN(20*365*24*60)) * time.Minute)}
	s.place, s.venue = storyPlaces[r.IntN(len(storyPlaces))], storyVenues[r.IntN(len(storyVenues))]
	s.title = strings.TrimSuffix(s.sentence(5+r.IntN(6)), ".") + fmt.Sprintf(" %d", number)
	for left := words/2 + r.IntN(words); left > 0; {
		n := 2 + r.IntN(4)
		sentences := []string{fmt.Sprintf("It was said at %s that %s", s.venue, strings.ToLower(s.sentence(9)))}
		for range n {
			sentences = append(sentences, s.sentence(6+r.IntN(20)))
		}
		s.paragraphs = append(s.paragraphs, strings.Join(sentences, " "))
		left -= 13 * (n + 1)
	}
	return s
}

func (s story) sentence(words int) string {
	list := make([]string, words)
	for i := range list {
		if s.IntN(2) == 0 {
			list[i] = smallWords[s.IntN(len(smallWords))]
			continue
		}
		var b strings.Builder
		for n := s.IntN(3); n >= 0; n-- {
			b.WriteByte("bcdfghklmnprstvz"[s.IntN(16)])
			b.WriteByte("aeiou"[s.IntN(5)])
		}
		list[i] = b.String() + "n"
	}
	text := strings.Join(list, " ")
	return strings.ToUpper(text[:1]) + text[1:] + "."
}

var smallWords = strings.Fields("the of and to in a is that for it was on with as by at from this have which or be are not their has will its were about into they after other been more")

// eachIn gives each document a file of its own, a thousand to the folder.
func eachIn(pattern string, format func(b *bytes.Buffer, s story)) func(string, int) error {
	return func(folder string, documents int) error {
		var b bytes.Buffer
		for n := range documents {
			below := filepath.Join(folder, fmt.Sprintf("%03d", n/1000))
			if err := os.MkdirAll(below, 0o755); err != nil {
				return err
			}
			b.Reset()
			format(&b, newStory(n, 300))
			if err := os.WriteFile(filepath.Join(below, fmt.Sprintf(pattern, n)), b.Bytes(), 0o644); err != nil {
				return err
			}
		}
		return nil
	}
}

// inOne puts all documents into one file.
func inOne(name, head string, format func(b *bytes.Buffer, s story), tail string) func(string, int) error {
	return func(folder string, documents int) error {
		f, err := os.Create(filepath.Join(folder, name))
		if err != nil {
			return err
		}
		defer f.Close()
		w := bufio.NewWriter(f)
		w.WriteString(head)
		var b bytes.Buffer
		for n := range documents {
			b.Reset()
			format(&b, newStory(n, 50))
			w.Write(b.Bytes())
		}
		w.WriteString(tail)
		return w.Flush()
	}
}

// textFile writes wire stories, pages with a header and news texts in turn.
func textFile(b *bytes.Buffer, s story) {
	body := strings.Join(s.paragraphs, "\n\n")
	switch s.number % 3 {
	case 0:
		fmt.Fprintf(b, "%s\n\n%s, %s. /TASS/. %s\n", s.title, strings.ToUpper(s.place), s.day.Format("January 2"), body)
	case 1:
		fmt.Fprintf(b, "%s\n\n%s\n%s\n\n%s\n", s.day.Format("2 January 2006 15:04"), s.title, s.place, body)
	default:
		fmt.Fprintf(b, "%s\n\n%s\n\n%s\n", s.title, s.day.Format("January 2, 2006"), body)
	}
}

// dumpPost writes a post as it is copied from a channel's page: all but its
// first line twice.
func dumpPost(b *bytes.Buffer, s story) {
	fmt.Fprintf(b, "⚓ %s\n", s.title)
	for range 2 {
		fmt.Fprintf(b, "📍 %s, %s\n%s\nRead in full\n#HarbourForum\n", s.place, s.day.Format("January 2, 2006"), strings.Join(s.paragraphs, "\n"))
	}
}

func desktopPost(b *bytes.Buffer, s story) {
	fmt.Fprintf(b, "The Harbour, [%s]\n%s\n\n%s\n\n", s.day.Format("02.01.2006 15:04"), s.title, strings.Join(s.paragraphs, "\n\n"))
}

func jsonPost(b *bytes.Buffer, s story) {
	if s.number > 0 {
		b.WriteByte(',')
	}
	fmt.Fprintf(b, "\n"+`{"id":%d,"type":"message","date":%q,"date_unixtime":"%d","from":"The Harbour","text":[{"type":"bold","text":%s},%s]}`,
		s.number+1, s.day.Format("2006-01-02T15:04:05"), s.day.Unix(), quoted(s.title), quoted("\n\n"+strings.Join(s.paragraphs, "\n\n")))
}

func quoted(s string) []byte {
	text, _ := json.Marshal(s)
	return text
}

func webPage(b *bytes.Buffer, s story) {
	fmt.Fprintf(b, "<!DOCTYPE html>\n<html lang=en><head><meta charset=utf-8><title>%s | The Harbour</title>\n<meta property=og:title content=%q><meta property=article:published_time content=%q>\n", s.title, s.title, s.day.Format(time.RFC3339))
	fmt.Fprintf(b, "<link rel=canonical href=https://example.org/news/%d></head>\n<body><nav><a href=/>Home</a> <a href=/news>News</a></nav>\n<main><article><h1>%s</h1>\n", s.number, s.title)
	for _, p := range s.paragraphs {
		fmt.Fprintf(b, "<p>%s</p>\n", p)
	}
	b.WriteString("</article></main><footer><p>All rights reserved</p></footer></body></html>\n")
}

// feeds writes feeds of fifty items each.
func feeds(folder string, documents int) error {
	for from := 0; from < documents; from += 50 {
		var b bytes.Buffer
		b.WriteString("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\"><channel><title>The Harbour</title><link>https://example.org/</link><description>News</description>\n")
		for n := from; n < min(from+50, documents); n++ {
			s := newStory(n, 150)
			fmt.Fprintf(&b, "<item><title>%s</title><link>https://example.org/feed/%d</link><pubDate>%s</pubDate><description><![CDATA[<p>%s</p>]]></description></item>\n", s.title, n, s.day.Format(time.RFC1123Z), strings.Join(s.paragraphs, "</p>\n<p>"))
		}
		b.WriteString("</channel></rss>\n")
		if err := os.WriteFile(filepath.Join(folder, fmt.Sprintf("feed%05d.xml", from/50)), b.Bytes(), 0o644); err != nil {
			return err
		}
	}
	return nil
}

func tableRow(b *bytes.Buffer, s story) {
	w := csv.NewWriter(b)
	w.UseCRLF = true
	_ = w.Write([]string{s.day.Format(time.DateOnly), s.title, "The Harbour", fmt.Sprintf("https://example.org/table/%d", s.number), strings.Join(s.paragraphs, "\n\n")})
	w.Flush()
}

// wordFile writes the least that is a Word document.
func wordFile(b *bytes.Buffer, s story) {
	const w = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"`
	var body strings.Builder
	for _, p := range append([]string{s.title, s.day.Format("2 January 2006")}, s.paragraphs...) {
		fmt.Fprintf(&body, "<w:p><w:r><w:t>%s</w:t></w:r></w:p>", p)
	}
	z := zip.NewWriter(b)
	for _, part := range [][2]string{
		{"[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`},
		{"_rels/.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`},
		{"word/document.xml", `<?xml version="1.0"?><w:document ` + w + `><w:body>` + body.String() + `</w:body></w:document>`},
	} {
		f, _ := z.Create(part[0])
		fmt.Fprint(f, part[1])
	}
	_ = z.Close()
}

// pdfFile writes a PDF of one long page.
func pdfFile(b *bytes.Buffer, s story) {
	lines := []string{s.title, "", s.day.Format("2 January 2006"), ""}
	for _, p := range s.paragraphs {
		line := ""
		for _, word := range strings.Fields(p) {
			if len(line)+len(word) > 90 {
				lines, line = append(lines, line), ""
			}
			line += word + " "
		}
		lines = append(lines, line, "")
	}
	stream := fmt.Sprintf("BT /F1 11 Tf 13 TL 50 %d Td\n", 13*len(lines)+40)
	for _, l := range lines {
		stream += fmt.Sprintf("(%s) Tj T*\n", strings.NewReplacer(`\`, `\\`, "(", `\(`, ")", `\)`).Replace(l))
	}
	stream += "ET\n"
	objects := []string{
		"<</Type/Catalog/Pages 2 0 R>>",
		"<</Type/Pages/Kids[3 0 R]/Count 1>>",
		fmt.Sprintf("<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 %d]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>", 13*len(lines)+80),
		fmt.Sprintf("<</Length %d>>\nstream\n%sendstream", len(stream), stream),
		"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
	}
	b.WriteString("%PDF-1.4\n")
	var offsets []int
	for i, o := range objects {
		offsets = append(offsets, b.Len())
		fmt.Fprintf(b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	start := b.Len()
	fmt.Fprintf(b, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, o := range offsets {
		fmt.Fprintf(b, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(b, "trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, start)
}
