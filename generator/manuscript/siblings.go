package manuscript

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Siblings are the names of what lies in one folder: which of them belong to one
// source can only be told together.
type siblings struct {
	path  string
	names []string
	taken bool // whether the source of the export's parts has been given

	markdown           []byte // of all Markdown in the folder, as far as it may link pictures
	read               bool   // whether that is known
	looked, html, json bool   // whether it is known if an export's files lie in it
}

func newSiblings(path string, names []string) *siblings { return &siblings{path: path, names: names} }

// exportFolders are what Telegram Desktop writes beside a chat's messages.
var exportFolders = []string{"photos", "files", "video_files", "voice_messages", "round_video_messages", "stickers", "images", "css", "js", "contacts", "profile_pictures", "stories"}

// companionEnds are what browsers add to a page's name for the folder of its
// pictures, in the languages they speak.
var companionEnds = []string{"_files", ".files", "_file", "_fichiers", "_archivos", "_arquivos", "_bestanden", "_pliki", "-Dateien", "-filer"}

// isPart says whether a folder holds what belongs to a source file beside it:
// the media of a chat that Telegram Desktop exported, or the pictures of a
// saved page.
func (f *siblings) isPart(name string) bool {
	if slices.Contains(exportFolders, name) {
		f.look()
		return f.html || f.json
	}
	for _, end := range companionEnds {
		page, ok := strings.CutSuffix(name, end)
		if ok && page != "" && (slices.Contains(f.names, page+".html") || slices.Contains(f.names, page+".htm")) {
			return true
		}
	}
	return false
}

// isLinked says whether a file is a picture that Markdown beside it links, and
// which goes with that.
func (f *siblings) isLinked(name string) bool {
	if pictureKind(name) == "" || !plainName().MatchString(name) {
		return false
	}
	if !f.read {
		f.read = true
		for _, n := range f.names {
			if hasMarkdownName(n) {
				f.markdown = append(f.markdown, headOf(filepath.Join(f.path, n), mostLinking)...)
			}
		}
	}
	return bytes.Contains(f.markdown, []byte("]("+name+")")) || bytes.Contains(f.markdown, []byte("]("+name+" "))
}

// mostLinking bounds how much of a Markdown file is searched for pictures, in bytes.
const mostLinking = 1 << 20

// isExportPart says whether a file is one of those over which Telegram Desktop
// spreads one chat: messages.html, messages2.html and so on.
func (f *siblings) isExportPart(name string) bool {
	if !isMessages(name) {
		return false
	}
	f.look()
	return f.html
}

// exportParts gives the names of these files in their order.
func (f *siblings) exportParts() []string {
	var parts []string
	for _, name := range f.names {
		if isMessages(name) && !slices.Contains(parts, name) {
			parts = append(parts, name)
		}
	}
	slices.SortFunc(parts, func(a, b string) int { return natural(numbered(a), numbered(b)) })
	return parts
}

func isMessages(name string) bool {
	number, ok := strings.CutPrefix(name, "messages")
	number, html := strings.CutSuffix(number, ".html")
	return ok && html && leadingDigits(number) == len(number)
}

// numbered gives the first file, which has no number, the number 1.
func numbered(name string) string {
	if name == "messages.html" {
		return "messages1.html"
	}
	return name
}

// look finds out whether the files are an export of Telegram Desktop, and not
// of somebody who called his file so.
func (f *siblings) look() {
	if f.looked {
		return
	}
	f.looked = true
	f.html = slices.Contains(f.names, "messages.html") && headHas(filepath.Join(f.path, "messages.html"), "page_wrap")
	f.json = slices.Contains(f.names, "result.json") && headHas(filepath.Join(f.path, "result.json"), `"messages"`, `"chats"`, `"personal_information"`)
}

// headHas says whether one of the texts stands at the beginning of a file.
func headHas(path string, texts ...string) bool {
	head := headOf(path, headLength)
	return slices.ContainsFunc(texts, func(t string) bool { return bytes.Contains(head, []byte(t)) })
}

// headOf gives the first bytes of a file, none where it cannot be read.
func headOf(path string, most int64) []byte {
	file, err := os.Open(path)
	if err != nil {
		return nil
	}
	defer file.Close()
	head, err := io.ReadAll(io.LimitReader(file, most))
	if err != nil {
		return nil
	}
	return head
}
