package manuscript

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"image"
	_ "image/gif"  // the sizes of pictures
	_ "image/jpeg" // the sizes of pictures
	_ "image/png"  // the sizes of pictures
	"io"
	"net/http"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/gosimple/slug"
	"golang.org/x/net/html"
)

// largestInline bounds the pictures that a page holds in itself, in bytes.
const largestInline = 5 << 20

// pictures takes the pictures saved with the page along. Of those on other hosts a
// link is left, of those that only count readers nothing.
func (p *page) pictures(main *html.Node) {
	taken := map[string]string{} // names by their address
	for _, n := range all(main, "img") {
		src := pictureSource(n)
		if src == "" || isPixel(attribute(n, "width")) || isPixel(attribute(n, "height")) {
			n.Parent.RemoveChild(n)
			continue
		}
		name, known := taken[src]
		if !known {
			name = p.attach(src, n)
			taken[src] = name
		}
		switch {
		case name == dropped:
			n.Parent.RemoveChild(n)
		case name != "":
			n.Attr = []html.Attribute{{Key: "src", Val: name}, {Key: "alt", Val: altOf(n)}}
		default:
			p.linkPicture(n, src)
		}
	}
}

// dropped stands for the name of a picture that is left out.
const dropped = "-"

// pictureSource gives the address of a picture. Pages that load pictures late
// have it in an attribute of their own.
func pictureSource(n *html.Node) string {
	src := strings.TrimSpace(attribute(n, "src"))
	if src == "" || strings.HasPrefix(src, "data:") && len(src) < 400 {
		for _, key := range []string{"data-src", "data-lazy-src", "data-original"} {
			if late := strings.TrimSpace(attribute(n, key)); late != "" {
				return late
			}
		}
	}
	return src
}

// isPixel says whether a length is that of a picture nobody is to see.
func isPixel(length string) bool {
	n, err := strconv.Atoi(strings.TrimSuffix(strings.TrimSpace(length), "px"))
	return err == nil && n <= 3
}

// altOf gives the words of a picture on one line.
func altOf(n *html.Node) string { return strings.Join(strings.Fields(attribute(n, "alt")), " ") }

// captionOf gives the words below a picture, or those in its stead.
func captionOf(n *html.Node) string {
	if figure := around(n.Parent, func(a *html.Node) bool { return tag(a) == "figure" }); figure != nil {
		if c := first(figure, "figcaption"); c != nil {
			return wordsOf(c)
		}
	}
	return altOf(n)
}

// attach takes a picture along and gives its name: "" where it is not at hand,
// dropped where it is left out.
func (p *page) attach(src string, n *html.Node) string {
	var open func() (io.ReadCloser, error)
	var name string
	if data := p.part(src); data != nil {
		open = func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(data)), nil }
		name = partName(src, data)
	} else if strings.HasPrefix(src, "data:") {
		data, kind := inlinePicture(src)
		if data == nil {
			return dropped
		}
		open = func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(data)), nil }
		name = "picture." + kind
	} else {
		relative, ok := besidePage(src)
		if !ok {
			return ""
		}
		open = beside(filepath.Dir(p.file.Path), relative)
		name = path.Base(relative)
	}
	if pictureKind(name) == "" {
		return ""
	}
	r, err := open()
	if err != nil {
		return ""
	}
	defer r.Close()
	if file, ok := r.(*os.File); ok {
		if info, err := file.Stat(); err != nil || !info.Mode().IsRegular() || info.Size() == 0 {
			return ""
		}
	}
	if size, _, err := image.DecodeConfig(r); err == nil && (size.Width <= 3 || size.Height <= 3) {
		return dropped
	}
	name = p.freeName(name)
	p.files = append(p.files, Attachment{Name: name, Caption: captionOf(n), Open: open})
	return name
}

// partName gives a picture of a web archive a name, by its address and its kind.
func partName(src string, data []byte) string {
	name := "picture"
	if u, err := url.Parse(src); err == nil && u.Host != "" && path.Base(u.Path) != "/" {
		name = path.Base(u.Path)
	}
	if pictureKind(name) != "" {
		return name
	}
	kind, _ := strings.CutPrefix(http.DetectContentType(data), "image/")
	return name + "." + kind
}

// beside opens a file below a folder, and none outside it, whatever links there
// are.
func beside(folder, relative string) func() (io.ReadCloser, error) {
	return func() (io.ReadCloser, error) { return os.OpenInRoot(folder, filepath.FromSlash(relative)) }
}

// besidePage gives the path of a picture below the page's folder.
func besidePage(src string) (string, bool) {
	u, err := url.Parse(src)
	if err != nil || u.Scheme != "" || u.Host != "" || u.Path == "" {
		return "", false
	}
	relative := path.Clean(u.Path)
	return relative, filepath.IsLocal(filepath.FromSlash(relative))
}

// pictureKind gives the ending of a picture that an archive may show, "" for
// other files: an SVG may run scripts.
func pictureKind(name string) string {
	switch kind := strings.TrimPrefix(strings.ToLower(path.Ext(name)), "."); kind {
	case "jpg", "jpeg", "png", "gif", "webp", "avif", "bmp", "tif", "tiff":
		return kind
	}
	return ""
}

// inlinePicture reads a picture that stands in an address, nil where it is none
// or too large.
func inlinePicture(src string) (data []byte, kind string) {
	head, body, ok := strings.Cut(strings.TrimPrefix(src, "data:"), ",")
	media, encoded := strings.CutSuffix(strings.ToLower(head), ";base64")
	media, _, _ = strings.Cut(media, ";")
	kind, isImage := strings.CutPrefix(media, "image/")
	if kind == "jpeg" {
		kind = "jpg"
	}
	if !ok || !encoded || !isImage || pictureKind("x."+kind) == "" || len(body) > largestInline/3*4 {
		return nil, ""
	}
	if plain, err := url.PathUnescape(body); err == nil {
		body = plain
	}
	body = strings.Join(strings.Fields(body), "")
	data, err := base64.RawStdEncoding.DecodeString(strings.TrimRight(body, "="))
	if err != nil || len(data) == 0 {
		return nil, ""
	}
	return data, kind
}

// freeName gives a file a name that may stand in an address and that no other
// file of the page has.
func (p *page) freeName(name string) string {
	kind := strings.ToLower(path.Ext(name))
	stem := strings.Trim(strings.ReplaceAll(slug.Make(clip(strings.TrimSuffix(name, path.Ext(name)), 80)), "_", "-"), "-")
	if stem == "" {
		stem = "picture"
	}
	free := stem + kind
	for n := 2; ; n++ {
		used := false
		for _, f := range p.files {
			used = used || f.Name == free
		}
		if !used {
			return free
		}
		free = fmt.Sprintf("%s-%d%s", stem, n, kind)
	}
}

// linkPicture leaves a link in the place of a picture on another host, and of one
// that is lost its words.
func (p *page) linkPicture(n *html.Node, src string) {
	words := altOf(n)
	target := p.target(src)
	if relative, ok := besidePage(src); ok && isSavedFolder(relative) {
		target = ""
	}
	if target == "" {
		p.lost++
	}
	if target == "" || tag(n.Parent) == "a" {
		replace(n, textNode(" "+words+" "))
		return
	}
	if words == "" {
		u, _ := url.Parse(target)
		if words = path.Base(u.Path); pictureKind(words) == "" {
			n.Parent.RemoveChild(n) // a picture without words or name decorates
			return
		}
	}
	link := element("a")
	link.Attr = []html.Attribute{{Key: "href", Val: target}}
	link.AppendChild(textNode(words))
	replace(n, link)
}

// isSavedFolder says whether a path begins with a folder that browsers make.
func isSavedFolder(relative string) bool {
	folder, _, _ := strings.Cut(relative, "/")
	for _, end := range []string{"_files", ".files", "-files", "_fichiers", "_archivos", "-Dateien", "_arquivos", "_bestanden"} {
		if strings.HasSuffix(folder, end) {
			return true
		}
	}
	return false
}
