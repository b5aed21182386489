package watch

import (
	"bufio"
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"chancery/generator/build"
	"chancery/generator/content"
)

// preview begins the preview of an archive given as files, and waits until it
// has been read.
func preview(t *testing.T, files map[string]string) (root string, p *Preview) {
	t.Helper()
	root = t.TempDir()
	put(t, root, "content/archive.yaml", "title: The Archive\n")
	for path, text := range files {
		put(t, root, "content/"+path, text)
	}
	p = NewPreview(build.Order{Root: root, Version: content.Digest{1}, Workers: 2}, func(err error) { t.Log(err) })
	for end := time.Now().Add(10 * time.Second); p.now.Load() == nil; time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("the archive is not read")
		}
	}
	firstReading(p)
	return root, p
}

// firstReading waits until the preview is done with its first reading, and has
// kept it.
func firstReading(p *Preview) {
	<-p.loaded
}

func get(p http.Handler, path string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodGet, "http://localhost:8080"+path, nil)
	w := httptest.NewRecorder()
	p.ServeHTTP(w, r)
	return w
}

// shows asks for a page and holds it to a status and to a text in it.
func shows(t *testing.T, p http.Handler, path string, status int, text string) {
	t.Helper()
	w := get(p, path)
	if w.Code != status || !strings.Contains(w.Body.String(), text) {
		t.Errorf("%s: %d without %q:\n%s", path, w.Code, text, w.Body)
	}
}

var two = map[string]string{
	"documents/2022/a.md": "---\ntitle: Title A\ndate: 2022\n---\n\nBody A\n", "documents/2022/b.md": "---\ntitle: Title B\ndate: 2022\ndraft: true\n---\n\nBody B [file](note.txt)\n",
	"documents/2022/b/note.txt": "a note", "venues/v.md": "---\nname: Venue V\n---\n",
}

func TestAPageIsFreshAfterAnEditThatNoBatchTold(t *testing.T) {
	root, p := preview(t, two)
	const file, page = "content/documents/2022/a.md", "/documents/2022/a/"
	shows(t, p, page, 200, "Body A")
	for n := range 20 { // all within the resolution of some clocks
		put(t, root, file, fmt.Sprintf("---\ntitle: Title A\ndate: 2022\n---\n\nBody %02d\n", n))
		shows(t, p, page, 200, fmt.Sprintf("Body %02d", n))
	}
	put(t, root, file, "---\ntitle: Another\ndate: 2022\n---\n\nBody\n")
	shows(t, p, page, 200, "Another")
	shows(t, p, "/years/2022/", 200, "Another")
	put(t, root, file, "---\ntilte: Another\n---\n")
	shows(t, p, page, 500, file+":2")
	put(t, root, file, "---\ntitle: Mended\n---\n")
	shows(t, p, page, 200, "Mended")
	if err := os.Remove(filepath.Join(root, file)); err != nil {
		t.Fatal(err)
	}
	shows(t, p, page, 404, "no page here")
	put(t, root, "content/documents/2022/c.md", "---\ntitle: Newly there\n---\n")
	shows(t, p, "/documents/2022/c/", 200, "Newly there")
}

func TestABatchBringsEveryPageUpToDate(t *testing.T) {
	root, p := preview(t, two)
	put(t, root, "content/venues/v.md", "---\nname: Venue Anew\n---\n")
	p.Apply(Batch{Paths: []string{"content/venues/v.md"}})
	shows(t, p, "/venues/", 200, "Venue Anew")
	put(t, root, "content/documents/2022/a.md", "---\ntitle: Title Anew\ndate: 2022\n---\n")
	p.Apply(Batch{Paths: []string{"content/documents/2022/a.md"}})
	shows(t, p, "/years/2022/", 200, "Title Anew")
	put(t, root, "content/documents/2022/b/note.txt", "another note")
	p.Apply(Batch{Paths: []string{"content/documents/2022/b/note.txt"}})
	shows(t, p, "/documents/2022/b/note.txt", 200, "another note")
	put(t, root, "templates/home.html", "own words")
	p.Apply(Batch{Paths: []string{"templates/home.html"}})
	shows(t, p, "/", 200, "own words")
	if err := os.RemoveAll(filepath.Join(root, "content/documents/2022")); err != nil {
		t.Fatal(err)
	}
	p.Apply(Batch{Everything: true})
	shows(t, p, "/documents/2022/b/note.txt", 404, "")
	shows(t, p, "/years/2022/", 404, "")
}

func TestDraftsAndFilesAreShown(t *testing.T) {
	_, p := preview(t, two)
	shows(t, p, "/documents/2022/b/", 200, "Draft")
	shows(t, p, "/documents/2022/b/note.txt", 200, "a note")
	if w := get(p, "/documents/2022/b"); w.Code != http.StatusMovedPermanently || w.Header().Get("Location") != "/documents/2022/b/" {
		t.Errorf("without its slash: %d %s", w.Code, w.Header().Get("Location"))
	}
	for path, want := range map[string]string{"/": "text/html; charset=utf-8", "/documents/2022/b/note.txt": "text/plain; charset=utf-8", "/robots.txt": "text/plain; charset=utf-8", "/_headers": "text/plain; charset=utf-8"} {
		if got := get(p, path).Header().Get("Content-Type"); got != want {
			t.Errorf("%s is %s", path, got)
		}
	}
	w := httptest.NewRecorder()
	p.ServeHTTP(w, httptest.NewRequest(http.MethodHead, "http://localhost/", nil))
	if w.Code != 200 || w.Body.Len() > 0 {
		t.Errorf("HEAD: %d with %d bytes", w.Code, w.Body.Len())
	}
}

func TestProblemsAreShownAndGoOnceMended(t *testing.T) {
	root, p := preview(t, map[string]string{"documents/2022/a.md": "---\ntitle: Title A\n---\n", "documents/2022/b.md": "---\ntitle: Title B\nvenues:\n  - gone\n---\n", "venues/v.md": "---\nname: V\nsnce: 2005\n---\n"})
	shows(t, p, "/documents/2022/b/", 500, "content/documents/2022/b.md:4")
	shows(t, p, "/documents/2022/b/", 500, "gone")
	shows(t, p, "/documents/2022/a/", 200, "2 problems in the archive")
	shows(t, p, "/venues/v/", 200, "1 problem on this page")
	shows(t, p, "/venues/v/", 200, "content/venues/v.md:3")
	put(t, root, "content/venues/gone.md", "---\nname: Here now\n---\n")
	put(t, root, "content/venues/v.md", "---\nname: V\nsince: 2005\n---\n")
	p.Apply(Batch{Paths: []string{"content/venues/gone.md", "content/venues/v.md"}})
	shows(t, p, "/documents/2022/b/", 200, "Here now")
	if body := get(p, "/documents/2022/a/").Body.String(); strings.Contains(body, "problem") {
		t.Errorf("still told:\n%s", body)
	}
	put(t, root, "templates/document.html", "{{.Gone}}")
	p.Apply(Batch{Paths: []string{"templates/document.html"}})
	for _, path := range []string{"/", "/documents/2022/a/"} {
		shows(t, p, path, 500, "templates/document.html:1")
	}
	if err := os.Remove(filepath.Join(root, "templates/document.html")); err != nil {
		t.Fatal(err)
	}
	p.Apply(Batch{Paths: []string{"templates/document.html"}})
	shows(t, p, "/documents/2022/a/", 200, "Title A")
}

// TestAnEditionsPlaceIsToldUntilItIsThere edits something else meanwhile.
func TestAnEditionsPlaceIsToldUntilItIsThere(t *testing.T) {
	root, p := preview(t, map[string]string{"venues/v.md": "---\nname: V\neditions:\n  - key: 1\n    place: nowhere\n---\n", "documents/2022/a.md": "---\ntitle: A\n---\n"})
	for n := range 3 {
		shows(t, p, "/venues/v/", 200, "nowhere")
		put(t, root, "content/documents/2022/a.md", fmt.Sprintf("---\ntitle: A%d\n---\n", n))
		p.Apply(Batch{Paths: []string{"content/documents/2022/a.md"}})
	}
	put(t, root, "content/places/nowhere.md", "---\nname: Somewhere\n---\n")
	p.Apply(Batch{Paths: []string{"content/places/nowhere.md"}})
	shows(t, p, "/venues/v/", 200, "Somewhere")
}

func TestOnlyThisMachineIsAnswered(t *testing.T) {
	_, p := preview(t, two)
	for host, want := range map[string]int{
		"localhost": 200, "localhost:8080": 200, "LOCALHOST:1": 200, "127.0.0.1": 200, "127.0.0.1:8080": 200, "127.1.2.3:80": 200, "[::1]": 200, "[::1]:8080": 200,
		"example.org": 403, "example.org:8080": 403, "localhost.example.org": 403, "127.0.0.1.example.org": 403, "10.0.0.1:8080": 403, "0.0.0.0:8080": 403, "": 403, "[::]:80": 403, "localhost@example.org": 403,
	} {
		for _, path := range []string{"/", "/.preview/events", "/.preview/reload.js"} {
			if want == 200 && path == "/.preview/events" {
				continue // it does not end
			}
			r := httptest.NewRequest(http.MethodGet, path, nil)
			r.Host = host
			w := httptest.NewRecorder()
			p.ServeHTTP(w, r)
			if w.Code != want {
				t.Errorf("%s for the host %q: %d", path, host, w.Code)
			}
		}
	}
	for _, method := range []string{http.MethodPost, http.MethodPut, http.MethodDelete, http.MethodOptions} {
		w := httptest.NewRecorder()
		p.ServeHTTP(w, httptest.NewRequest(method, "http://localhost/", nil))
		if w.Code != http.StatusMethodNotAllowed {
			t.Errorf("%s: %d", method, w.Code)
		}
	}
}

func TestNoPathLeadsOutOfTheSite(t *testing.T) {
	root, p := preview(t, two)
	put(t, root, "secret.txt", "a secret")
	put(t, root, "content/documents/2022/secret.txt", "a secret")
	for _, path := range []string{"/../secret.txt", "/documents/../../secret.txt", "/documents/2022/b/../../../../secret.txt", "/..%2fsecret.txt", "/%2e%2e/secret.txt", "//secret.txt", "/documents/2022/b/..%2f..%2f..%2f..%2fsecret.txt", "/content/archive.yaml", "/documents/2022/b.md", "/.cache/readings", "/documents/2022/secret.txt", "/documents/2022/b/%00", "/documents//2022/b/note.txt/"} {
		w := get(p, path)
		if strings.Contains(w.Body.String(), "a secret") || strings.Contains(w.Body.String(), "title: ") {
			t.Errorf("%s: %d\n%s", path, w.Code, w.Body)
		}
	}
}

func TestABaseWithAPathIsHonoured(t *testing.T) {
	root := t.TempDir()
	put(t, root, "content/archive.yaml", "title: A\nbase-url: https://example.org/deep/base/\n")
	put(t, root, "content/documents/2022/a.md", "---\ntitle: Title A\n---\n")
	p := NewPreview(build.Order{Root: root, Version: content.Digest{1}, Workers: 1}, func(err error) { t.Log(err) })
	for p.now.Load() == nil {
		time.Sleep(time.Millisecond)
	}
	firstReading(p)
	shows(t, p, "/deep/base/documents/2022/a/", 200, "Title A")
	if w := get(p, "/"); w.Code != http.StatusFound || w.Header().Get("Location") != "/deep/base/" {
		t.Errorf("/: %d %s", w.Code, w.Header().Get("Location"))
	}
}

// TestABrowserIsToldOfChanges listens as the script in each page does.
func TestABrowserIsToldOfChanges(t *testing.T) {
	root, p := preview(t, two)
	server := httptest.NewServer(p)
	defer server.Close()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, server.URL+"/.preview/events", nil)
	if err != nil {
		t.Fatal(err)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	lines := bufio.NewScanner(response.Body)
	next := func() string {
		for lines.Scan() {
			if version, ok := strings.CutPrefix(lines.Text(), "data: "); ok {
				return version
			}
		}
		t.Fatalf("no more is told: %v", lines.Err())
		return ""
	}
	first := next()
	if body := get(p, "/").Body.String(); !strings.Contains(body, `data-version="`+first+`"`) {
		t.Errorf("the page is of another version than %s", first)
	}
	put(t, root, "content/documents/2022/a.md", "---\ntitle: Title A\ndate: 2022\n---\n\nBody anew\n")
	p.Apply(Batch{Paths: []string{"content/documents/2022/a.md"}})
	second := next()
	if second == first {
		t.Error("a change is told as the version before it")
	}
	if body := get(p, "/documents/2022/a/").Body.String(); !strings.Contains(body, `data-version="`+second+`"`) {
		t.Errorf("the page is of another version than %s", second)
	}
}

func TestAnArchiveThatCannotBeReadIsTold(t *testing.T) {
	gone := NewPreview(build.Order{Root: filepath.Join(t.TempDir(), "gone"), Version: content.Digest{1}, Workers: 1}, func(err error) { t.Log(err) })
	for end := time.Now().Add(5 * time.Second); gone.failure.Load() == nil && time.Now().Before(end); {
		time.Sleep(time.Millisecond)
	}
	shows(t, gone, "/", 503, "cannot be read")
}

// TestTheNextPreviewBeginsWithWhatWasKept has an archive that was read before.
func TestTheNextPreviewBeginsWithWhatWasKept(t *testing.T) {
	root, _ := preview(t, two)
	for end := time.Now().Add(5 * time.Second); ; time.Sleep(time.Millisecond) {
		if _, err := os.Stat(filepath.Join(root, ".cache/readings")); err == nil {
			break
		}
		if time.Now().After(end) {
			t.Fatal("nothing is kept")
		}
	}
	put(t, root, "content/documents/2022/a.md", "---\ntitle: Title Anew\ndate: 2022\n---\n")
	p := NewPreview(build.Order{Root: root, Version: content.Digest{1}, Workers: 1}, func(err error) { t.Log(err) })
	for p.now.Load() == nil {
		time.Sleep(time.Millisecond)
	}
	firstReading(p)
	shows(t, p, "/years/2022/", 200, "Title Anew")
}

// TestRequestsWhileEditsHappen asks for pages from many sides while documents,
// terms and templates change: nothing but whole pages comes, and once all is
// told, each page is of now.
func TestRequestsWhileEditsHappen(t *testing.T) {
	files := map[string]string{"venues/v.md": "---\nname: V0\neditions:\n  - key: 1\n    place: nowhere\n---\n"}
	for n := range 10 {
		files[fmt.Sprintf("documents/2022/%d.md", n)] = "---\ntitle: T0\nvenues: [v/1]\n---\n\nBody\n"
	}
	root, p := preview(t, files)
	stop := make(chan struct{})
	var wg sync.WaitGroup
	for n := range 4 {
		wg.Go(func() {
			for i := n; ; i++ {
				select {
				case <-stop:
					return
				default:
				}
				path := []string{fmt.Sprintf("/documents/2022/%d/", i%10), "/", "/venues/v/", "/years/undated/", "/venues/v/editions/1/", "/gone/"}[i%6]
				if w := get(p, path); w.Code >= 500 && w.Code != 500 || w.Code == 200 && !strings.HasSuffix(strings.TrimSpace(w.Body.String()), "</html>") {
					t.Errorf("%s: %d\n%s", path, w.Code, w.Body)
				}
			}
		})
	}
	for n := range 60 {
		var path string
		switch n % 4 {
		case 0:
			path = "content/venues/v.md"
			put(t, root, path, fmt.Sprintf("---\nname: V%d\neditions:\n  - key: 1\n    place: nowhere\n---\n", n))
		case 1:
			path = fmt.Sprintf("content/documents/2022/%d.md", n%10)
			put(t, root, path, fmt.Sprintf("---\ntitle: T%d\nvenues: [v/1]\n---\n\nBody\n", n))
		case 2:
			path = fmt.Sprintf("content/documents/2022/%d.md", n%10)
			put(t, root, path, fmt.Sprintf("---\ntitle: T0\nvenues: [v/1]\n---\n\nBody %d\n", n))
		case 3:
			path = "templates/home.html"
			put(t, root, path, fmt.Sprintf("{{template \"head\" .}}%d{{template \"foot\" .}}", n))
		}
		p.Apply(Batch{Paths: []string{path}})
	}
	close(stop)
	wg.Wait()
	shows(t, p, "/venues/v/", 200, "V56")
	shows(t, p, "/", 200, "59")
	shows(t, p, "/documents/2022/8/", 200, "Body 58")
	shows(t, p, "/years/undated/", 200, "T57")
}
