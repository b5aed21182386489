package manuscript

import (
	"bytes"
	"fmt"
)

// foreign names what the file is that no format reads, and what to do. It says
// whether it is known to be something else than text.
func (f *File) foreign() (problem [2]string, known bool) {
	start := bytes.ToLower(bytes.TrimSpace(bytes.TrimPrefix(f.Head, []byte("\uFEFF"))))
	for _, known := range foreignStarts {
		if known.at+len(known.start) <= len(f.Head) && string(f.Head[known.at:known.at+len(known.start)]) == known.start ||
			known.at == 0 && bytes.HasPrefix(start, []byte(known.start)) {
			return [2]string{"this is " + known.name + ", which import does not read", known.mend}, true
		}
	}
	if bytes.HasPrefix(f.Head, []byte("PK\x03\x04")) {
		return f.foreignZip(), true
	}
	if bytes.HasPrefix(f.Head, []byte("\xd0\xcf\x11\xe0")) {
		if f.Extension() == ".docx" {
			return [2]string{"this Word document is locked by a password", "open it in Word or LibreOffice, save it without a password and import that"}, true
		}
		return foreignByName(f.Extension(), ".doc"), true
	}
	if len(start) > 1 && (start[0] == '{' || start[0] == '[' && bytes.IndexByte([]byte("{[\"\n\r \t"), start[1]) >= 0) {
		return [2]string{"this is a JSON file, which import does not read", asText}, true
	}
	if known, ok := foreignNames[f.Extension()]; ok && f.Extension() != ".doc" { // a text may be called so
		return [2]string{"this is " + known[0] + ", which import does not read", known[1]}, true
	}
	if i := bytes.IndexByte(f.Head, 0); i >= 0 {
		return [2]string{fmt.Sprintf("this is no text: byte %d is NUL", i+1), asText}, false
	}
	return [2]string{"this is no text", asText}, false
}

// foreignZip names what is packed as ZIP: by the files that come first in it,
// or by the name.
func (f *File) foreignZip() [2]string {
	for _, known := range []struct{ holds, extension string }{
		{"application/epub+zip", ".epub"}, {"opendocument.spreadsheet", ".ods"}, {"opendocument.presentation", ".odp"},
		{"xl/", ".xlsx"}, {"ppt/", ".pptx"},
	} {
		if bytes.Contains(f.Head, []byte(known.holds)) {
			return foreignByName(known.extension, "")
		}
	}
	return foreignByName(f.Extension(), ".zip")
}

// foreignByName names what a file is by the extension, else by another one.
func foreignByName(extension, otherwise string) [2]string {
	known, ok := foreignNames[extension]
	if !ok {
		known = foreignNames[otherwise]
	}
	return [2]string{"this is " + known[0] + ", which import does not read", known[1]}
}

// What to do with files of a kind.
const (
	unpack     = "unpack it and import what it holds"
	writeDown  = "write down what is said or written in it, and import that text"
	asTable    = "save each sheet as CSV, with a row of headings, and import that"
	asPages    = "save its text as DOCX or as plain text and import that"
	asMessages = "save the message as plain text or as a web page and import that"
	asRows     = "export the table with the documents as CSV and import that"
)

// foreignStarts names the formats that are told by bytes at their beginning and
// read by none.
var foreignStarts = []struct {
	at                int
	start, name, mend string
}{
	{0, "\x1f\x8b", "a file packed by gzip", unpack}, {0, "BZh", "a file packed by bzip2", unpack},
	{0, "\xfd7zXZ\x00", "a file packed by xz", unpack}, {0, "7z\xbc\xaf\x27\x1c", "a 7-Zip file", unpack},
	{0, "Rar!\x1a", "a RAR file", unpack}, {0, "\x28\xb5\x2f\xfd", "a file packed by zstd", unpack}, {257, "ustar", "a tar file", unpack},
	{0, "\x89PNG", "a picture (PNG)", writeDown}, {0, "\xff\xd8\xff", "a picture (JPEG)", writeDown}, {0, "GIF8", "a picture (GIF)", writeDown},
	{0, "II*\x00", "a picture (TIFF)", writeDown}, {0, "MM\x00*", "a picture (TIFF)", writeDown}, {8, "WEBP", "a picture (WebP)", writeDown},
	{4, "ftypheic", "a picture (HEIC)", writeDown}, {4, "ftypavif", "a picture (AVIF)", writeDown},
	{4, "ftyp", "a video or sound file (MP4)", writeDown}, {0, "ID3\x03", "a sound file (MP3)", writeDown}, {0, "ID3\x04", "a sound file (MP3)", writeDown}, {0, "\xff\xfb", "a sound file (MP3)", writeDown},
	{0, "\xff\xf3", "a sound file (MP3)", writeDown}, {0, "OggS", "a sound file (Ogg)", writeDown}, {0, "fLaC", "a sound file (FLAC)", writeDown},
	{8, "WAVEfmt", "a sound file (WAV)", writeDown}, {8, "AVI LIST", "a video (AVI)", writeDown}, {0, "\x1aE\xdf\xa3", "a video (Matroska)", writeDown},
	{0, "SQLite format 3\x00", "a database (SQLite)", asRows},
	{0, "\x7fELF", "a program", ""}, {0, "MZ\x90", "a program", ""}, {0, "\xcf\xfa\xed\xfe", "a program", ""}, {0, "\xca\xfe\xba\xbe", "a program", ""},
	{0, "\x00asm", "a program", ""},
	{0, "{\\rtf", "an RTF document", "open it in LibreOffice or Word, save it as DOCX and import that"}, // pandoc loses letters of RTF
	{0, "%!ps", "a PostScript file", "make a PDF of it with ps2pdf and import that"},
	{0, "<!doctype html", "a saved web page (HTML)", asText},
	{0, "<html", "a saved web page (HTML)", asText},
	{0, "<?xml", "an XML file", asText}, {0, "<rss", "a feed (RSS)", asText}, {0, "<feed", "a feed (Atom)", asText},
}

// foreignNames names the formats that are told by the file's name alone, or by
// it among those that are packed alike.
var foreignNames = map[string][2]string{
	".xlsx": {"a spreadsheet (XLSX)", asTable}, ".xls": {"a spreadsheet (XLS)", asTable}, ".ods": {"a spreadsheet (ODS)", asTable},
	".pptx": {"a presentation (PPTX)", asPages}, ".ppt": {"a presentation (PPT)", asPages}, ".odp": {"a presentation (ODP)", asPages},
	".epub": {"a book (EPUB)", asPages},
	".doc":  {"an old Word document (DOC)", "open it in LibreOffice or Word, save it as DOCX and import that"},
	".zip":  {"a ZIP file", unpack},
	".eml":  {"a message (EML)", asMessages}, ".msg": {"a message (MSG)", asMessages}, ".mbox": {"a mailbox (MBOX)", asMessages},
	".svg": {"a picture (SVG)", writeDown},
}

// isPacked says whether the file begins as a ZIP file does that holds another
// of that name early, or has that extension.
func (f *File) isPacked(extension, holds string) bool {
	if !bytes.HasPrefix(f.Head, []byte("PK\x03\x04")) {
		return false
	}
	return f.Extension() == extension || bytes.Contains(f.Head, []byte(holds))
}
