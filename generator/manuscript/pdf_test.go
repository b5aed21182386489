package manuscript

import (
	"fmt"
	"strings"
	"testing"
)

// pdfFile makes a PDF of pages, each of lines, in a font that every reader has.
func pdfFile(pages ...[]string) string {
	var b strings.Builder
	var at []int
	object := func(format string, args ...any) {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n", len(at))
		fmt.Fprintf(&b, format, args...)
		b.WriteString("\nendobj\n")
	}
	b.WriteString("%PDF-1.4\n")
	kids := ""
	for i := range pages {
		kids += fmt.Sprintf("%d 0 R ", 5+2*i)
	}
	object("<< /Type /Catalog /Pages 2 0 R >>")
	object("<< /Type /Pages /Kids [%s] /Count %d >>", kids, len(pages))
	object("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
	object("<< /Title (Fog over the harbour) /Author (Ida Holm) /CreationDate (D:20210403090000Z) >>")
	for i, lines := range pages {
		var text strings.Builder
		for n, l := range lines {
			if l != "" {
				fmt.Fprintf(&text, "BT /F1 11 Tf 72 %d Td (%s) Tj ET\n", 760-14*n, l)
			}
		}
		object("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R /Resources << /Font << /F1 3 0 R >> >> >>", 6+2*i)
		object("<< /Length %d >>\nstream\n%sendstream", text.Len(), text.String())
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(at)+1)
	for _, n := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", n)
	}
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root 1 0 R /Info 4 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(at)+1, start)
	return b.String()
}

// TestAPDFIsRead leaves out what stands on every page, and says so.
func TestAPDFIsRead(t *testing.T) {
	needs(t, pdftotext, pdfinfo)
	var pages [][]string
	for n := 1; n <= 4; n++ {
		pages = append(pages, []string{"Harbour Daily, No. 12", "", fmt.Sprintf("The %s fog lifted at noon.", strings.Repeat("very ", n)), "The boats of line A sailed, and the fore-", fmt.Sprintf("man was %sglad of it.", strings.Repeat("very ", n)), "More of it" + strings.Repeat(" and more", n), "", fmt.Sprint("Page ", n)})
	}
	all, problems := read(t, "x.pdf", pdfFile(pages...))
	if len(all) != 1 || len(problems) > 0 {
		t.Fatalf("%d manuscripts, %v", len(all), problems)
	}
	m := all[0]
	const claims = "title=Fog over the harbour\nauthor=Ida Holm\ncreated=2021-04-03T09:00:00Z\nleft out=Harbour Daily, No. 12 (on 4 pages)\nleft out=Page 1 (on 4 pages)\n"
	if said(&m) != claims {
		t.Errorf("claims\n%s", said(&m))
	}
	text := m.Text()
	if strings.Count(text, "Harbour Daily") != 1 || strings.Contains(text, "Page ") || strings.Count(text, "fore-\nman was very ") != 4 || !strings.Contains(text, " more\n\nThe very very fog") {
		t.Errorf("text\n%s", text)
	}
}

// TestAPDFWithoutLettersIsRefused tells scans and fonts that hide their letters.
func TestAPDFWithoutLettersIsRefused(t *testing.T) {
	needs(t, pdftotext)
	for name, c := range map[string]struct{ content, want string }{
		"scanned": {pdfFile(nil, nil), "only pictures of pages"},
		"signs":   {pdfFile([]string{"!#%& *+,-./ :;<=>?@ ^_`{|}~ !!## %%&& ++--", "=+=+=+= a ;;;;;"}), "unreadable"},
		"shifted": {pdfFile(strings.Split(strings.Repeat("Wkh irj ri wkh kduerxu olihg dw qrrq dqg wkh erdwv vdlohg\n", 8), "\n")), "unreadable"},
		"cut":     {pdfFile([]string{"some text of the harbour"})[:500], "cut off"},
		"half":    {pdfFile([]string{"The fog of the morning lifted at noon."}, nil, nil), "2 of its 3 pages have no text"},
	} {
		_, problems := read(t, name+".pdf", c.content)
		if len(problems) != 1 || !strings.Contains(problems[0].String(), c.want) {
			t.Errorf("%s: %v; want %q", name, problems, c.want)
		}
	}
}

func TestTitlesOfProgramsAreNone(t *testing.T) {
	for title, want := range map[string]bool{
		"Fog over the harbour": true, "Туман над гаванью": true, "Report 2021 of the harbour master": true,
		"Microsoft Word - x.doc": false, "Document1": false, "untitled": false, "scan0001": false, "harbour_final.indd": false, "12-34": false, "Без имени 1": false,
	} {
		if likeTitle(title) != want {
			t.Errorf("%q: %v", title, !want)
		}
	}
}

// TestLinesThatDifferStayOnTheirPages keeps rows of numbers at the top of pages.
func TestLinesThatDifferStayOnTheirPages(t *testing.T) {
	pages := []string{"Sales 2019\n10 20\nmore\nthe end a\n- 1 -\n", "Sales 2018\n55 32\nmore\nthe end b\n- 2 -\n", "Sales 2001\n17 99\nmore\nthe end c\n- 3 -\n"}
	text, claims := withoutRunningLines(pages)
	const want = "Sales 2019\n10 20\nmore\nthe end a\n\nSales 2018\n55 32\nmore\nthe end b\n\nSales 2001\n17 99\nmore\nthe end c\n"
	if text != want || len(claims) != 1 || claims[0].Text != "- 1 - (on 3 pages)" {
		t.Errorf("%q, %v", text, claims)
	}
}
