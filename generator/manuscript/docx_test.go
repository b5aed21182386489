package manuscript

import (
	"archive/zip"
	"bytes"
	"io"
	"os"
	"os/exec"
	"strings"
	"testing"
)

// packed makes a ZIP file of names and contents in turn.
func packed(t testing.TB, files ...string) string {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := 0; i < len(files); i += 2 {
		f, err := w.Create(files[i])
		if err == nil {
			_, err = io.WriteString(f, files[i+1])
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

const (
	docxTypes  = `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`
	docxRels   = `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`
	docxImages = `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r7" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" Target="media/Boat 1.png"/><Relationship Id="r8" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>`
	docxStyles = `<?xml version="1.0"?><w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/></w:style><w:style w:type="paragraph" w:styleId="Author"><w:name w:val="Author"/></w:style></w:styles>`
	docxHead   = `<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><w:body>`
	docxTail   = `</w:body></w:document>`
	docxText   = `<w:p><w:r><w:t>The fog lifted at noon, and the </w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>boats</w:t></w:r><w:r><w:t xml:space="preserve"> sailed.</w:t></w:r></w:p><w:p><w:r><w:t>Туман ушёл.</w:t></w:r></w:p>`
	docxImage  = `<w:p><w:r><w:drawing><wp:inline><wp:docPr id="1" name="x" descr="A boat"/><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:blipFill><a:blip r:embed="r7"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>`
	docxCore   = `<?xml version="1.0"?><cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"><dc:title>Fog &amp; boats</dc:title><dc:creator>Ida Holm</dc:creator><dc:subject>Weather</dc:subject><cp:keywords>fog; boats</cp:keywords><dc:description>On the fog.</dc:description><dcterms:created>2021-04-03T09:00:00Z</dcterms:created><dc:language>en-GB</dc:language></cp:coreProperties>`
)

// wordFile makes a Word document of paragraphs.
func wordFile(t testing.TB, paragraphs string) string {
	return packed(t, "[Content_Types].xml", docxTypes, "_rels/.rels", docxRels, "word/_rels/document.xml.rels", docxImages,
		"word/document.xml", docxHead+paragraphs+docxTail, "word/styles.xml", docxStyles, "docProps/core.xml", docxCore, "word/media/Boat 1.png", "the picture")
}

// needs leaves a test out where a program is missing, but not where all have to
// be there.
func needs(t *testing.T, tools ...tool) {
	t.Helper()
	for _, tool := range tools {
		if _, err := exec.LookPath(tool.program); err == nil {
			continue
		}
		if os.Getenv("CI") == "true" {
			t.Fatalf("%s is not installed, and CI=true wants it", tool.program)
		}
		t.Skipf("skipped: %s is not installed (sudo apt-get install pandoc poppler-utils)", tool.program)
	}
}

// TestAWordDocumentIsRead has its text, mark-up, properties and pictures.
func TestAWordDocumentIsRead(t *testing.T) {
	needs(t, pandoc)
	all, problems := read(t, "-x; story.docx", wordFile(t, docxText+docxImage))
	if len(all) != 1 || len(problems) > 0 {
		t.Fatalf("%d manuscripts, %v", len(all), problems)
	}
	m := all[0]
	const claims = "title=Fog & boats\nauthor=Ida Holm\nunread=subject: Weather\ntags=fog\ntags=boats\nsummary=On the fog.\ncreated=2021-04-03T09:00:00Z\nlanguage=en-GB\n"
	if said(&m) != claims {
		t.Errorf("claims\n%s", said(&m))
	}
	if !strings.HasPrefix(m.Text(), "The fog lifted at noon, and the boats sailed.\n\nТуман ушёл.\n") {
		t.Errorf("text %q", m.Text())
	}
	if !strings.HasPrefix(m.Markdown, "The fog lifted at noon, and the **boats** sailed.\n") || !strings.Contains(m.Markdown, "![A boat](boat-1.png)") {
		t.Errorf("Markdown %q", m.Markdown)
	}
	if len(m.Files) != 1 || m.Files[0].Name != "boat-1.png" {
		t.Fatalf("files %+v", m.Files)
	}
	r, err := m.Files[0].Open()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if data, err := io.ReadAll(r); string(data) != "the picture" || err != nil {
		t.Errorf("the picture is %q, %v", data, err)
	}
}

// TestATitleOfWordStaysInTheText has paragraphs that pandoc takes out of it.
func TestATitleOfWordStaysInTheText(t *testing.T) {
	needs(t, pandoc)
	styled := func(style, text string) string {
		return `<w:p><w:pPr><w:pStyle w:val="` + style + `"/></w:pPr><w:r><w:t>` + text + `</w:t></w:r></w:p>`
	}
	all, problems := read(t, "x.docx", wordFile(t, styled("Title", "The morning of the fog")+styled("Author", "Per Vik")+docxText))
	if len(all) != 1 || len(problems) > 0 {
		t.Fatalf("%+v, %v", all, problems)
	}
	m := all[0]
	if !strings.HasPrefix(m.Text(), "The morning of the fog\nPer Vik\n\nThe fog lifted") || !strings.HasPrefix(m.Markdown, "Per Vik\n\nThe fog lifted") || !strings.HasPrefix(said(&m), "title=The morning of the fog\n") {
		t.Errorf("text %q, Markdown %q\n%s", m.Text(), m.Markdown, said(&m))
	}
}

// TestATableThatMarkdownCannotHoldIsNotLost imports its text as it is.
func TestATableThatMarkdownCannotHoldIsNotLost(t *testing.T) {
	needs(t, pandoc)
	cell := `<w:tc><w:p><w:r><w:t>one boat</w:t></w:r></w:p><w:p><w:r><w:t>two boats</w:t></w:r></w:p></w:tc>`
	all, problems := read(t, "x.docx", wordFile(t, docxText+`<w:tbl><w:tblGrid><w:gridCol w:w="4000"/><w:gridCol w:w="4000"/></w:tblGrid><w:tr>`+cell+cell+`</w:tr><w:tr>`+cell+cell+`</w:tr></w:tbl>`))
	if len(all) != 1 || !strings.Contains(all[0].Text(), "two boats") {
		t.Fatalf("%+v, %v", all, problems)
	}
	if m := all[0].Markdown; m != "" && !strings.Contains(m, "two boats") || m == "" && len(problems) != 1 {
		t.Errorf("Markdown %q, %v", m, problems)
	}
}

// TestTextThatPandocPassesOverIsTold has a table without its grid, of which
// pandoc reads nothing.
func TestTextThatPandocPassesOverIsTold(t *testing.T) {
	needs(t, pandoc)
	cell := `<w:tc><w:p><w:r><w:t>the boats of the harbour sailed on time</w:t></w:r></w:p></w:tc>`
	all, problems := read(t, "x.docx", wordFile(t, docxText+`<w:tbl><w:tr>`+cell+`</w:tr></w:tbl>`))
	if len(all) != 1 || !strings.Contains(all[0].Text(), "sailed on time") && (len(problems) != 1 || !strings.Contains(problems[0].What, "letters")) {
		t.Errorf("%+v, %v", all, problems)
	}
}

// TestAMissingProgramIsTold names it, and the command that installs it.
func TestAMissingProgramIsTold(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	for name, content := range map[string]string{"x.docx": wordFile(t, docxText), "x.pdf": pdfFile([]string{"word"})} {
		all, problems := read(t, name, content)
		if len(all) > 0 || len(problems) != 1 || !strings.Contains(problems[0].What, "is not installed") || !strings.Contains(problems[0].Mend, "sudo apt-get install ") {
			t.Errorf("%s: %d manuscripts, %v", name, len(all), problems)
		}
	}
}

func FuzzDocxProps(f *testing.F) {
	f.Add([]byte(docxCore))
	f.Add([]byte(`<?xml version="1.0" encoding="windows-1251"?><a><title>` + "\xcf\xe0\xf0\xee\xf5\xee\xe4" + `</title></a>`))
	f.Add([]byte("<title>Document1</title><keywords>,;,</keywords>"))
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, c := range officeClaims(data, "the properties") {
			if c.Field == "" || strings.TrimSpace(c.Text) == "" || strings.ContainsAny(c.Text, "\n\t") {
				t.Errorf("%+v", c)
			}
		}
	})
}
