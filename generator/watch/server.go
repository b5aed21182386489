package watch

import (
	"bytes"
	_ "embed"
	"errors"
	"fmt"
	"io/fs"
	"mime"
	"net"
	"net/http"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"chancery/generator/archive"
	"chancery/generator/page"
	"chancery/generator/problem"
	"chancery/generator/site"
)

//go:embed reload.js
var reloadScript []byte

// ServeHTTP answers with pages made at this moment. Only requests to this
// machine by one of its own names are answered: a page elsewhere cannot read
// the archive through a browser here.
func (p *Preview) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if !isLocal(r.Host, p.Open) {
		http.Error(w, "This preview answers only at localhost.", http.StatusForbidden)
		return
	}
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		http.Error(w, "This preview only shows pages.", http.StatusMethodNotAllowed)
		return
	}
	h := w.Header()
	h.Set("Cache-Control", "no-store")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	switch r.URL.Path {
	case page.Script:
		h.Set("Content-Type", "text/javascript; charset=utf-8")
		w.Write(reloadScript)
	case page.Events:
		p.events(w, r)
	default:
		p.answer(w, r)
	}
}

// isLocal says whether a request's host is a name of this machine alone; where
// the preview is open to others, an address in figures is one too: no page
// elsewhere can have it for its name.
func isLocal(host string, open bool) bool {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	ip := net.ParseIP(strings.Trim(host, "[]"))
	return strings.EqualFold(host, "localhost") || ip != nil && (open || ip.IsLoopback())
}

func (p *Preview) answer(w http.ResponseWriter, r *http.Request) {
	now := p.now.Load()
	if now == nil {
		p.waiting(w)
		return
	}
	if now.site == nil {
		writePage(w, http.StatusInternalServerError, page.ProblemPage(now.version, "The templates have problems", "No page can be made until they are mended.", ofTemplates(now.problems)))
		return
	}
	base := now.site.Renderer.Base()
	plain, err := url.PathUnescape(base)
	if err != nil {
		plain = base
	}
	request, below := strings.CutPrefix(r.URL.Path, plain)
	if !below {
		http.Redirect(w, r, base, http.StatusFound)
		return
	}
	if id, ok := documentOf(request); ok {
		p.current(id)
		now = p.now.Load()
		if problems := now.archive.Broken[id]; problems != nil {
			writePage(w, http.StatusInternalServerError, page.ProblemPage(now.version, "This document has problems", "It is left out of the site until they are mended.", problems))
			return
		}
		if now.site == nil {
			p.answer(w, r)
			return
		}
	}
	p.show(w, r, now, request)
}

func ofTemplates(problems []problem.Problem) []problem.Problem {
	var own []problem.Problem
	for _, p := range problems {
		if strings.HasPrefix(p.File, "templates") {
			own = append(own, p)
		}
	}
	return own
}

// documentOf gives the document whose page, or one of whose files, is asked for.
func documentOf(request string) (archive.ID, bool) {
	parts := strings.SplitN(request, "/", 4)
	if len(parts) < 3 || parts[0] != "documents" {
		return "", false
	}
	id := archive.ID(parts[1] + "/" + parts[2])
	return id, id.WellFormed()
}

func (p *Preview) waiting(w http.ResponseWriter) {
	title, text := "The archive is being read", p.progress.String()
	if failure := p.failure.Load(); failure != nil {
		title, text = "The archive cannot be read", *failure
	}
	w.Header().Set("Retry-After", "1")
	w.Header().Set("Refresh", "1")
	writePage(w, http.StatusServiceUnavailable, page.ProblemPage("", title, text, nil))
}

func writePage(w http.ResponseWriter, status int, data []byte) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	w.Write(data)
}

// show answers with the output that the request asks for.
func (p *Preview) show(w http.ResponseWriter, r *http.Request, now *snapshot, request string) {
	name := site.Path(request)
	status := http.StatusOK
	o, found := now.site.Find(name)
	if !found {
		if _, folder := now.site.Find(site.Path(request + "/")); folder && !strings.HasSuffix(request, "/") {
			http.Redirect(w, r, now.site.Renderer.Base()+(&url.URL{Path: name}).EscapedPath()+"/", http.StatusMovedPermanently)
			return
		}
		status = http.StatusNotFound
		o, _ = now.site.Find("404.html")
	}
	if o.File != "" {
		p.sendFile(w, r, o)
		return
	}
	data, err := p.make(now, o)
	if err != nil {
		if errors.Is(err, page.ErrChanged) {
			w.Header().Set("Refresh", "0")
		}
		problems := []problem.Problem{page.TemplateProblem(err)}
		if errors.Is(err, page.ErrChanged) || errors.Is(err, fs.ErrNotExist) {
			problems = []problem.Problem{{File: o.From(), What: "the file is being changed at this moment"}}
		}
		writePage(w, http.StatusInternalServerError, page.ProblemPage(now.version, "This page cannot be made", "It will be shown once this is mended.", problems))
		return
	}
	w.Header().Set("Content-Type", contentType(o.Path))
	w.Header().Set("Content-Security-Policy", site.Policy)
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		w.Write(data)
	}
}

// sendFile answers with a file of the archive, or the part of it that is asked
// for.
func (p *Preview) sendFile(w http.ResponseWriter, r *http.Request, o site.Output) {
	file, err := os.Open(filepath.Join(p.order.Root, filepath.FromSlash(o.File)))
	if err != nil {
		http.NotFound(w, r)
		return
	}
	defer file.Close()
	w.Header().Set("Content-Type", contentType(o.Path))
	http.ServeContent(w, r, o.Path, time.Time{}, file)
}

func contentType(name string) string {
	switch extension := path.Ext(name); extension {
	case ".html":
		return "text/html; charset=utf-8"
	case "":
		return "text/plain; charset=utf-8"
	default:
		if t := mime.TypeByExtension(extension); t != "" {
			return t
		}
	}
	return "application/octet-stream"
}

// make makes an output, a page with the problems it has to show.
func (p *Preview) make(now *snapshot, o site.Output) ([]byte, error) {
	made := now.site.Page(o)
	if made == nil {
		return o.Data()
	}
	panel := page.Panel{Version: now.version, Root: p.order.Root}
	for _, problem := range now.problems {
		if problem.File == o.From() {
			panel.Here = append(panel.Here, problem)
		} else {
			panel.Elsewhere = append(panel.Elsewhere, problem)
		}
	}
	doubts := map[problem.Problem]bool{}
	for _, d := range now.archive.Doubts {
		if d.File == o.From() {
			panel.Doubts = append(panel.Doubts, d)
			doubts[d.Notice()] = true
		}
	}
	for _, notice := range now.archive.Notices {
		if notice.File == o.From() && !doubts[notice] {
			panel.Notices = append(panel.Notices, notice)
		}
	}
	made.Preview = panel.HTML()
	var b bytes.Buffer
	err := now.site.Renderer.Write(&b, made)
	return b.Bytes(), err
}

// readers are the browsers that wait to hear of changes.
type readers struct {
	mu   sync.Mutex
	open map[chan string]bool
}

func (r *readers) tell(version string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for c := range r.open {
		select {
		case c <- version:
		default: // it has not taken the last one yet, and will ask for all anyway
		}
	}
}

func (r *readers) join() chan string {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.open == nil {
		r.open = map[chan string]bool{}
	}
	c := make(chan string, 1)
	r.open[c] = true
	return c
}

func (r *readers) leave(c chan string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.open, c)
}

// events sends the version of each new snapshot, the present one first.
func (p *Preview) events(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/event-stream")
	c := p.readers.join()
	defer p.readers.leave(c)
	flush := http.NewResponseController(w)
	send := func(version string) { fmt.Fprintf(w, "data: %s\n\n", version); _ = flush.Flush() }
	if now := p.now.Load(); now != nil {
		send(now.version)
	} else {
		_ = flush.Flush()
	}
	for {
		select {
		case version := <-c:
			send(version)
		case <-r.Context().Done():
			return
		}
	}
}
