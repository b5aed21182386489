package site

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/xml"
	"fmt"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"

	"chancery/generator/archive"
	"chancery/generator/index"
	"chancery/generator/page"
)

// sitemapSize is the most that a sitemap may list (sitemaps.org, 2008).
const sitemapSize = 50_000

type sitemap struct {
	XMLName xml.Name     `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
	URLs    []sitemapURL `xml:"url"`
}

type sitemapIndex struct {
	XMLName  xml.Name     `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 sitemapindex"`
	Sitemaps []sitemapURL `xml:"sitemap"`
}

type sitemapURL struct {
	Loc     string `xml:"loc"`
	LastMod string `xml:"lastmod,omitempty"`
}

// sitemaps are one a year, so that an edit makes only its own year's again, one
// of the indexes, and one that lists them.
func sitemaps(s *Site, yield func(Output)) {
	r := s.Renderer
	if r.Absolute("") == "" {
		return
	}
	var names []string
	emit := func(name string, urls int, at func(i int) sitemapURL) {
		for n, from := 1, 0; from < urls; n, from = n+1, from+sitemapSize {
			path := fmt.Sprintf("sitemaps/%s-%d.xml", name, n)
			names = append(names, path)
			to := min(urls, from+sitemapSize)
			yield(Output{Path: path, from: "the sitemap of " + name, Data: func() ([]byte, error) {
				m := sitemap{}
				for i := from; i < to; i++ {
					m.URLs = append(m.URLs, at(i))
				}
				return encodeXML(m)
			}})
		}
	}
	for _, part := range r.Index.Parts(index.Years, "") {
		l := r.Index.Listing(index.Key{Grouping: index.Years, Part: part})
		emit(part, len(l), func(i int) sitemapURL { return s.sitemapURL(l[i]) })
	}
	paths := s.indexPaths()
	emit("indexes", len(paths), func(i int) sitemapURL { return sitemapURL{Loc: r.Absolute(paths[i])} })
	yield(Output{Path: "sitemap.xml", from: "the list of sitemaps", Data: func() ([]byte, error) {
		m := sitemapIndex{}
		for _, name := range names {
			m.Sitemaps = append(m.Sitemaps, sitemapURL{Loc: r.Absolute(name)})
		}
		return encodeXML(m)
	}})
}

// sitemapURL lists a document; lastmod only where the record tells a day.
func (s *Site) sitemapURL(e *archive.Entry) sitemapURL {
	u := sitemapURL{Loc: s.Renderer.Absolute(page.DocumentPath(e.ID))}
	if e.Updated != 0 {
		u.LastMod = e.Updated.String()
	}
	return u
}

// indexPaths lists the pages that lead to documents.
func (s *Site) indexPaths() []string {
	r := s.Renderer
	paths := []string{"", "years/"}
	for _, part := range r.Index.Parts(index.Years, "") {
		paths = append(paths, page.ListingPath(index.Key{Grouping: index.Years, Part: part}))
	}
	for _, f := range archive.Facets {
		paths = append(paths, f.String()+"/")
		for _, t := range r.Archive.Vocabulary.Terms(f) {
			paths = append(paths, page.TermPath(f, t.ID))
			for _, part := range r.Index.Parts(index.VenueYears, t.ID) {
				if f == archive.Venues {
					paths = append(paths, page.ListingPath(index.Key{Grouping: index.VenueYears, Term: t.ID, Part: part}))
				}
			}
			for _, e := range t.Venue.Editions {
				paths = append(paths, page.ListingPath(index.Key{Grouping: index.Editions, Term: t.ID, Part: e.Key}))
			}
		}
	}
	return paths
}

// Policy says to browsers that a page needs nothing but files of its own site.
const Policy = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; media-src 'self'; object-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

// headers is the whole of _headers, for hosts that read it (Netlify, Cloudflare
// Pages). No header is set by two rules that match one path: hosts would send
// both values.
const headers = `/*
  Content-Security-Policy: ` + Policy + `
  Permissions-Policy: camera=(), geolocation=(), microphone=()
  Referrer-Policy: strict-origin-when-cross-origin
  Strict-Transport-Security: max-age=31536000
  X-Content-Type-Options: nosniff
/assets/*
  Cache-Control: public, max-age=31536000, immutable
`

const redirects = "# Addresses that moved: none yet.\n"

func hostFiles(s *Site, yield func(Output)) {
	r := s.Renderer
	robots := "User-agent: *\nDisallow:\n"
	if address := r.Absolute("sitemap.xml"); address != "" {
		robots += "Sitemap: " + address + "\n"
	}
	for _, f := range [][2]string{{"robots.txt", robots}, {"_headers", headersBelow(r.Base())}, {"_redirects", redirects}} {
		yield(Output{Path: f[0], from: "what hosts read", Data: func() ([]byte, error) { return []byte(f[1]), nil }})
	}
}

// headersBelow gives the headers for a site that lies below a path of its host.
func headersBelow(base string) string {
	return strings.NewReplacer("\n/assets", "\n"+base+"assets").Replace(headers)
}

// An Asset is a file of templates/assets under a name that changes with its
// content, so that it may be kept for ever.
type Asset struct {
	Path string // "assets/style.3f2a9c01.css"
	Name string // "style.css"
	data []byte
}

// Assets gives the assets among the files of templates/, by their paths there.
func Assets(files map[string][]byte) []Asset {
	var assets []Asset
	names := slices.Sorted(maps.Keys(files))
	// Style sheets come last: they name the others, and so depend on them.
	names = slices.Concat(
		slices.DeleteFunc(slices.Clone(names), isStyleSheet),
		slices.DeleteFunc(names, func(name string) bool { return !isStyleSheet(name) }))
	for _, file := range names {
		name, ok := strings.CutPrefix(file, "assets/")
		if !ok {
			continue
		}
		data := files[file]
		if isStyleSheet(file) {
			data = withHashedNames(data, path.Dir(name), assets)
		}
		sum := sha256.Sum256(data)
		extension := path.Ext(file)
		assets = append(assets, Asset{strings.TrimSuffix(file, extension) + "." + hex.EncodeToString(sum[:4]) + extension, name, data})
	}
	return assets
}

func isStyleSheet(name string) bool { return path.Ext(name) == ".css" }

// withHashedNames has a style sheet in a folder of the assets name others, in
// url(…), by the names under which they are published.
func withHashedNames(css []byte, folder string, assets []Asset) []byte {
	return urls().ReplaceAllFunc(css, func(match []byte) []byte {
		name := string(urls().FindSubmatch(match)[1])
		rest := ""
		if end := strings.IndexAny(name, "?#"); end >= 0 {
			name, rest = name[:end], name[end:]
		}
		if published := AssetPath(assets, path.Join(folder, name)); published != "" {
			return []byte(`url("` + path.Join(path.Dir(name), path.Base(published)) + rest + `")`)
		}
		return match
	})
}

var urls = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`url\(\s*["']?([^"')\s]+)["']?\s*\)`) })

// AssetPath gives the path of the asset with that name, "" where there is none.
func AssetPath(assets []Asset, name string) string {
	for _, a := range assets {
		if a.Name == name {
			return a.Path
		}
	}
	return ""
}

func assets(s *Site, yield func(Output)) {
	for _, a := range s.Assets {
		yield(Output{Path: a.Path, from: "templates/assets/" + a.Name, Data: func() ([]byte, error) { return a.data, nil }})
	}
}
