package accession

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"chancery/generator/archive"
	"chancery/generator/manuscript"
	"chancery/generator/problem"
)

// A told is a report that remembers.
type told struct {
	lines    []string // "path: state, ID"
	problems []problem.Problem
	document func() // called after each, where it is set
	path     string
	filed    []*Filed
}

func (r *told) Begin(path string) error { r.path = path; return nil }

func (r *told) Document(d *Filed) error {
	r.lines = append(r.lines, fmt.Sprintf("%s: %s: %s", r.path, d.ID, d.State))
	r.filed = append(r.filed, d)
	if r.document != nil {
		r.document()
	}
	return nil
}

func (r *told) End(problems []problem.Problem) error {
	r.problems = append(r.problems, problems...)
	return nil
}

// story gives a wire story of that title, its text of so many made-up words.
func story(title, day string, text []string) string {
	return title + "\n\nSTOCKHOLM, " + day + ". /TASS/. " + joined(text) + "\n"
}

// inArchive makes an archive, with the files besides, the working folder.
func inArchive(t *testing.T, files map[string]string) {
	t.Helper()
	t.Chdir(t.TempDir())
	write(t, "content/archive.yaml", "title: Test\n")
	write(t, "content/sources/tass.md", "---\nname: TASS\n---\n")
	write(t, "content/places/stockholm.md", "---\nname: Stockholm\n---\n")
	for name, text := range files {
		write(t, name, text)
	}
}

func write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func read(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// filesBelow gives all files of a folder with their text.
func filesBelow(t *testing.T, folder string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(folder, func(path string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			files[path] = read(t, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// run imports what lies at the paths into the archive in the working folder.
func run(t *testing.T, ctx context.Context, r *told, o Order, paths ...string) *Accession {
	t.Helper()
	o.Root, o.Workers = ".", 4
	a, err := Open(ctx, o)
	if err != nil {
		t.Fatal(err)
	}
	if err := a.All(ctx, manuscript.Sources(paths).Sources, r); err != nil {
		t.Fatal(err)
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	return a
}

func holdLines(t *testing.T, got, want []string) {
	t.Helper()
	if g, w := strings.Join(got, "\n"), strings.Join(want, "\n"); g != w {
		t.Errorf("told:\n%s\nwant:\n%s", g, w)
	}
}

// TestDocumentsAreFiledInTheOrderOfTheirSources has sources of very different
// sizes read side by side, with titles that have to share one ID.
func TestDocumentsAreFiledInTheOrderOfTheirSources(t *testing.T) {
	w := newWriter(1)
	inArchive(t, nil)
	var want []string
	for i := range 120 {
		name, words := filepath.Join("in", fmt.Sprintf("s%d.txt", i)), 30
		if i%7 == 0 {
			words = 8000
		}
		write(t, name, story("Ferries sail", "May 3, 2021", w.text(words)))
		id := "2021/05-03-ferries-sail"
		if i > 0 {
			id = fmt.Sprintf("%s-%d", id, i+1)
		}
		want = append(want, fmt.Sprintf("%s: %s: new", name, id))
	}
	dry, real := &told{}, &told{}
	run(t, t.Context(), dry, Order{DryRun: true}, "in")
	holdLines(t, dry.lines, want)
	if _, err := os.Stat("content/documents"); err == nil {
		t.Error("a dry run has written documents")
	}
	run(t, t.Context(), real, Order{}, "in")
	holdLines(t, real.lines, want)
}

// TestStoppedImportGoesOnWhereItStopped stops after each document in turn.
func TestStoppedImportGoesOnWhereItStopped(t *testing.T) {
	w := newWriter(2)
	files := map[string]string{}
	for i := range 6 {
		files[fmt.Sprintf("in/s%d.txt", i)] = story(fmt.Sprintf("Story %d", i), "May 3, 2021", w.text(40))
	}
	inArchive(t, files)
	run(t, t.Context(), &told{}, Order{}, "in")
	whole := filesBelow(t, "content")
	for stop := 1; stop < 6; stop++ {
		inArchive(t, files)
		ctx, cancel := context.WithCancel(t.Context())
		n := 0
		r := &told{document: func() {
			if n++; n == stop {
				cancel()
			}
		}}
		a := run(t, ctx, r, Order{}, "in")
		if a.Made != stop || a.Unreached == 0 || a.Unreached > 6-stop+1 {
			t.Errorf("stopped after %d: made %d, sources not reached %d", stop, a.Made, a.Unreached)
		}
		a = run(t, t.Context(), &told{}, Order{}, "in")
		if a.Made != 6-stop || a.Unchanged != stop || a.Unreached != 0 {
			t.Errorf("gone on after %d: %+v", stop, a.Counts)
		}
		after := filesBelow(t, "content")
		if len(after) != len(whole) {
			t.Errorf("stopped after %d: %d files, not %d", stop, len(after), len(whole))
		}
		for name, text := range whole {
			if after[name] != text {
				t.Errorf("stopped after %d: %s differs", stop, name)
			}
		}
		cancel()
	}
}

func TestSameTextIsFiledOnce(t *testing.T) {
	w := newWriter(3)
	text := story("Ferries sail", "May 3, 2021", w.text(60))
	inArchive(t, map[string]string{"in/a.txt": text, "in/b.txt": "\n" + text + "\n", "later/c.txt": text})
	r := &told{}
	run(t, t.Context(), r, Order{}, "in")
	run(t, t.Context(), r, Order{}, "later")
	holdLines(t, r.lines, []string{
		"in/a.txt: 2021/05-03-ferries-sail: new",
		"in/b.txt: 2021/05-03-ferries-sail: unchanged: it is the same text as in/a.txt in this run",
		"later/c.txt: 2021/05-03-ferries-sail: unchanged: it is in the archive",
	})
}

// TestCorrectedTextIsToldAsNearlyTheSame corrects two words of a source file that
// was imported, in an archive that was read anew and in the same run.
func TestCorrectedTextIsToldAsNearlyTheSame(t *testing.T) {
	w := newWriter(4)
	text := w.text(200)
	corrected := append([]string{}, text...)
	corrected[20], corrected[150] = "corrected", "words"
	for _, o := range []Order{{}, {DryRun: true}} {
		inArchive(t, map[string]string{"in/a.txt": story("Ferries sail", "May 3, 2021", text), "in/b.txt": story("Trains run", "May 3, 2021", w.text(200))})
		r := &told{}
		if o.DryRun {
			write(t, "in/c.txt", story("Ferries sail", "May 3, 2021", corrected))
			run(t, t.Context(), r, o, "in")
		} else {
			run(t, t.Context(), r, o, "in")
			write(t, "in/a.txt", story("Ferries sail", "May 3, 2021", corrected))
			run(t, t.Context(), r, o, "in/a.txt")
		}
		d := r.filed[2]
		if d.ID != "2021/05-03-ferries-sail-2" || !d.New || !strings.HasPrefix(d.State, "new: 9") || len(d.Document.SameAs) != 1 || d.Document.SameAs[0] != "2021/05-03-ferries-sail" {
			t.Errorf("%+v: %s, same as %v", o, d.State, d.Document.SameAs)
		}
		if len(r.filed[1].Document.SameAs) > 0 {
			t.Errorf("%+v: another text is told to be the same as %v", o, r.filed[1].Document.SameAs)
		}
		if o.DryRun {
			continue
		}
		if page := read(t, d.ID.File()); !strings.Contains(page, "same-as:\n  - \"2021/05-03-ferries-sail\"\n") || !strings.Contains(page, "% of the word sequences are those of 2021/05-03-ferries-sail: keep it, or delete this line and same-as") {
			t.Errorf("%s", page)
		}
	}
}

func TestTranslationIsProposedNotEntered(t *testing.T) {
	const page = "---\ntitle: %s\ndate: 2021-05-03\ntime: %s\nplace: stockholm\nsource: tass\nlanguage: %s\n---\n\n%s\n"
	inArchive(t, map[string]string{
		"content/documents/2021/a.md": fmt.Sprintf(page, "Паромы", `"10:00"`, "ru", "Паромы ходят.\n\nСнова."),
		"content/documents/2021/b.md": fmt.Sprintf(page, "Поезда", `"11:00"`, "ru", "Поезда ходят.\n\nСнова."),
	})
	a, err := Open(t.Context(), Order{Root: ".", Workers: 2})
	if err != nil {
		t.Fatal(err)
	}
	doc := archive.Document{}
	doc.Date, _ = archive.ParseDate("2021-05-03")
	doc.Time, doc.Place, doc.Source, doc.Language = "11:00", "stockholm", "tass", "en"
	if k := a.catalogue.translation(&doc, sketch{paragraphs: 2}); k == nil || k.id != "2021/b" {
		t.Errorf("%+v", k)
	}
	p := &prepared{document: doc, sketch: sketch{paragraphs: 2}}
	f := filing{Accession: a}
	if near := f.likeness(p); near != "" || len(p.document.TranslationOf) > 0 || len(p.document.Review) != 1 || !strings.HasPrefix(p.document.Review[0], "translation-of: 2021/b may be this text in another language") {
		t.Errorf("%q, %+v", near, p.document)
	}
	for name, change := range map[string]func(d *archive.Document, s *sketch){
		"the same language":   func(d *archive.Document, _ *sketch) { d.Language = "ru" },
		"another time":        func(d *archive.Document, _ *sketch) { d.Time = "12:00" },
		"another day":         func(d *archive.Document, _ *sketch) { d.Date, _ = archive.ParseDate("2021-05-04") },
		"another source":      func(d *archive.Document, _ *sketch) { d.Source = "afp" },
		"another place":       func(d *archive.Document, _ *sketch) { d.Place = "oslo" },
		"another length":      func(_ *archive.Document, s *sketch) { s.paragraphs = 3 },
		"no time, so several": func(d *archive.Document, _ *sketch) { d.Time = "" },
	} {
		other, s := doc, sketch{paragraphs: 2}
		change(&other, &s)
		if k := a.catalogue.translation(&other, s); k != nil {
			t.Errorf("%s: %s is proposed", name, k.id)
		}
	}
}

func TestAddressesDifferByTheirLanguageAlone(t *testing.T) {
	for a, b := range map[string]string{
		"https://example.org/en/news/5/": "https://example.org/ru/news/5",
		"https://en.example.org/news/5":  "http://www.example.org/news/5",
	} {
		if addressOf(a) != addressOf(b) || addressOf(a) == 0 {
			t.Errorf("%s and %s are two", a, b)
		}
	}
	if addressOf("https://example.org/en/news/5") == addressOf("https://example.org/en/news/6") || addressOf("") != 0 {
		t.Error("two pages have one address, or none has one")
	}
}

// TestCatalogueIsSmall bounds what an archive of a million documents takes.
func TestCatalogueIsSmall(t *testing.T) {
	const documents, bound = 200_000, 240 // bytes of one
	before := heap()
	c := newCatalogue()
	doc := archive.Document{}
	for i := range documents {
		doc.Imported.Source = fmt.Sprintf("%032x", mix(uint64(i)))
		doc.Date = archive.DateOf(archive.DayOf(2000+i%20, 1+i%12, 1+i%28))
		doc.Source = archive.TermID(fmt.Sprintf("source-%d", i%50))
		c.add(card{id: archive.ID(fmt.Sprintf("2022/11-12-a-title-of-the-usual-length-with-number-%d", i))}, &doc, sketch{hash: mix(uint64(i) + 1), words: 100})
	}
	used := (heap() - before) / documents
	t.Logf("%d bytes a document", used)
	if used > bound {
		t.Errorf("%d bytes a document, more than %d", used, bound)
	}
	runtime.KeepAlive(c)
}

func heap() int64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

// TestUnverifiedTermsAreNoEvidence has a text be understood alike before and
// after an earlier import put a name of it forward.
func TestUnverifiedTermsAreNoEvidence(t *testing.T) {
	for standing, want := range map[string]int{"": 1, "unverified: true\n": 0} {
		inArchive(t, map[string]string{
			"content/venues/harbour-forum.md": "---\nname: Harbour Forum\n" + standing + "---\n",
			"in/a.txt":                        "Statement at the Harbour Forum\n\nMOSCOW, May 3, 2021. /TASS/. The ministers met at the Harbour Forum on Monday.\n",
		})
		r := &told{}
		run(t, t.Context(), r, Order{DryRun: true}, "in")
		if got := r.filed[0].Document.Venues; len(got) != want {
			t.Errorf("%q: %v", standing, got)
		}
	}
}
