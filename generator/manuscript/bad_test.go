package manuscript

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"compress/gzip"
	"fmt"
	"hash/crc32"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// TestBadFilesAreTold reads what is no document: each has one problem that
// says what it is, and no manuscript.
func TestBadFilesAreTold(t *testing.T) {
	noise := make([]byte, 1<<14)
	rand.NewChaCha8([32]byte{7}).Read(noise)
	whole := wordFile(t, docxText)
	for name, c := range map[string]struct{ content, want string }{
		"empty":           {"", "is empty"},
		"white space":     {" \n\t\r\n", "is empty"},
		"one NUL":         {"\x00", "byte 1 is NUL"},
		"NULs":            {strings.Repeat("\x00", 9000), "byte 1 is NUL"},
		"noise":           {"\x01" + string(noise), "no text"},
		"cut.gz":          {packedByGzip("some text of the harbour")[:20], "packed by gzip"},
		"x.png":           {"\x89PNG\r\n\x1a\n\x00\x00", "a picture (PNG)"},
		"x.jpg":           {"\xff\xd8\xff\xe0\x00\x10JFIF", "a picture (JPEG)"},
		"x.zip":           {packed(t, "a.txt", "text"), "a ZIP file"},
		"no.docx":         {packed(t, "a.txt", "text"), "not a Word document"},
		"cut.docx":        {whole[:len(whole)/2], "cut off or damaged"},
		"begin.docx":      {whole[:40], "cut off or damaged"},
		"bomb.docx":       {bomb(t, 96<<20, 96<<20), "far more bytes"},
		"liar.docx":       {bomb(t, 8<<20, 100), "damaged"},
		"locked.docx":     {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00", "locked by a password"},
		"x.doc":           {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00", "an old Word document"},
		"x.xls":           {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00", "a spreadsheet (XLS)"},
		"x.msg":           {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00", "a message (MSG)"},
		"x.rtf":           {`{\rtf1\ansi text}`, "an RTF document"},
		"cut.pdf":         {pdfFile([]string{"some text"})[:400], "cut off"},
		"x.xlsx":          {packed(t, "[Content_Types].xml", "", "xl/workbook.xml", ""), "a spreadsheet (XLSX)"},
		"x.pptx":          {packed(t, "[Content_Types].xml", "", "ppt/presentation.xml", ""), "a presentation (PPTX)"},
		"book":            {packed(t, "mimetype", "application/epub+zip", "a", ""), "a ZIP file"},
		"x.epub":          {packed(t, "mimetype", "x", "a", ""), "a book (EPUB)"},
		"x.ods":           {packed(t, "mimetype", "x", "a", ""), "a spreadsheet (ODS)"},
		"x.mp4":           {"\x00\x00\x00\x18ftypmp42", "a video or sound file (MP4)"},
		"x.mp3":           {"ID3\x03\x00\x00", "a sound file (MP3)"},
		"x.eml":           {"From: a@harbour.example\n\ntext\n", "a message (EML)"},
		"x.sqlite":        {"SQLite format 3\x00", "a database (SQLite)"},
		"program":         {"\x7fELF\x02\x01", "a program"},
		"deep.json":       {strings.Repeat("[", 1<<20), "JSON"},
		"cut.json":        {`{"messages": [`, ""},
		"a\nname .. /.md": {"\x00\x00", "NUL"},
		"table.csv":       {"", "is empty"},
		"noise.csv":       {"\x01" + string(noise), "no text"},
		"heading.csv":     {"text\n", "headings and no rows"},
	} {
		start := time.Now()
		all, problems := read(t, strings.ReplaceAll(name, "/", ""), c.content)
		if len(all) != 0 || len(problems) != 1 || !strings.Contains(problems[0].What, c.want) {
			t.Errorf("%s: %d manuscripts, %v; want %q", name, len(all), problems, c.want)
		}
		if took := time.Since(start); took > 20*time.Second {
			t.Errorf("%s: %v", name, took)
		}
	}
}

func packedByGzip(s string) string {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	w.Write([]byte(s))
	w.Close()
	return b.String()
}

// bomb makes a Word document whose text has size bytes and states another size.
func bomb(t *testing.T, size, stated int) string {
	t.Helper()
	var b, text bytes.Buffer
	zeros := make([]byte, size)
	c, err := flate.NewWriter(&text, flate.BestCompression)
	if err != nil {
		t.Fatal(err)
	}
	c.Write(zeros)
	c.Close()
	w := zip.NewWriter(&b)
	f, err := w.CreateRaw(&zip.FileHeader{Name: "word/document.xml", Method: zip.Deflate, CRC32: crc32.ChecksumIEEE(zeros), CompressedSize64: uint64(text.Len()), UncompressedSize64: uint64(stated)})
	if err != nil {
		t.Fatal(err)
	}
	f.Write(text.Bytes())
	w.Close()
	return b.String()
}

// TestALineOf20MiBIsTold reads nothing of it.
func TestALineOf20MiBIsTold(t *testing.T) {
	all, problems := read(t, "x.txt", strings.Repeat("x", 20<<20))
	if len(all) != 0 || len(problems) != 1 || problems[0].Line != 1 || !strings.Contains(problems[0].What, "longer than 16 MiB") {
		t.Errorf("%d manuscripts, %v", len(all), problems)
	}
}

// TestWhatIsNoFileIsTold opens folders, pipes, loops and locked files.
func TestWhatIsNoFileIsTold(t *testing.T) {
	folder := t.TempDir()
	in := func(name string) string { return filepath.Join(folder, name) }
	check := func(path, want string) {
		t.Helper()
		f := Open(path)
		if all := slices.Collect(f.Manuscripts()); len(all) != 0 || len(f.Problems) != 1 || !strings.Contains(f.Problems[0].What, want) {
			t.Errorf("%q: %d manuscripts, %v; want %q", path, len(all), f.Problems, want)
		}
	}
	check(folder, "it is no file")
	check(in("../"+filepath.Base(folder)), "it is no file")
	check(in("none"), "there is no such file")
	check(in("a\x00b"), "cannot be read")
	if pipe := in("pipe"); makePipe(pipe) {
		check(pipe, "it is no file")
	}
	if err := os.Symlink(in("loop"), in("loop")); err == nil {
		check(in("loop"), "cannot be read")
	}
	if os.Getuid() > 0 {
		if err := os.WriteFile(in("locked"), []byte("text"), 0); err != nil {
			t.Fatal(err)
		}
		check(in("locked"), "cannot be read")
	}
}

// TestAFileThatShrinksIsRead is cut between the look at it and its reading.
func TestAFileThatShrinksIsRead(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.txt")
	for _, content := range []string{"one\ntwo\n", ""} {
		if err := os.WriteFile(path, []byte(strings.Repeat("a line\n", 3000)), 0o600); err != nil {
			t.Fatal(err)
		}
		f := Open(path)
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		all := slices.Collect(f.Manuscripts())
		if got := fmt.Sprint(len(all), len(f.Problems)); got != map[bool]string{true: "0 1", false: "1 0"}[content == ""] {
			t.Errorf("%q: %s, %v", content, got, f.Problems)
		}
	}
}
