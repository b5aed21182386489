package content

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/fstest"

	"chancery/generator/archive"
	"chancery/generator/markdown"
)

func writeFiles(t *testing.T, root string, paths ...string) {
	t.Helper()
	for _, path := range paths {
		name := filepath.Join(root, filepath.FromSlash(path))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte("x"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func TestFilesAreListedByWhatTheyAreFor(t *testing.T) {
	root := t.TempDir()
	writeFiles(t, root, "content/archive.yaml", "content/venues/asean.md", "content/places/moscow.md", "content/speakers/a.md", "content/sources/b.md",
		"content/documents/2022/b.md", "content/documents/2022/a.md", "content/documents/undated/u.md",
		"content/documents/2022/a/note.txt", "content/documents/2022/a/deep/er/photo.jpg", "content/documents/2022/a/notes.md",
		// These are passed over.
		"content/README.md", "content/venues/README.md", "content/documents/2022/.a.md.swp", "content/documents/2022/a.md~", "content/documents/2022/#a.md#", "content/documents/2022/4913",
		"content/documents/2022/a.md.tmp", "content/.git/config", "content/venues/.import-1~", "content/register/2022/a.md", "content/.DS_Store", "content/documents/2022/a/.hidden/x.txt",
		// These are told.
		"content/documents/loose.md", "content/stray.md", "content/venues/deep/er.md", "content/venues/map.png", "content/documents/2022/photo.jpg")
	tree, err := List(root)
	if err != nil {
		t.Fatal(err)
	}
	for what, test := range map[string]struct {
		got  []File
		want string
	}{
		"settings":    {tree.Settings, "archive.yaml"},
		"terms":       {tree.Terms, "places/moscow.md sources/b.md speakers/a.md venues/asean.md"},
		"documents":   {tree.Documents, "documents/2022/a.md documents/2022/b.md documents/undated/u.md"},
		"attachments": {tree.Attachments, "documents/2022/a/deep/er/photo.jpg documents/2022/a/note.txt documents/2022/a/notes.md"},
	} {
		var got []string
		for _, f := range test.got {
			got = append(got, strings.TrimPrefix(f.Path, "content/"))
			if f.Size != 1 || f.ModTime == 0 {
				t.Errorf("%s: %+v", what, f)
			}
		}
		if strings.Join(got, " ") != test.want {
			t.Errorf("%s: %v, want %s", what, got, test.want)
		}
	}
	var told []string
	for _, p := range append(tree.Notices, tree.Problems...) {
		told = append(told, strings.TrimPrefix(p.File, "content/"))
		if p.Mend == "" {
			t.Errorf("no mend: %v", p)
		}
	}
	if len(told) != 5 || len(tree.Problems) != 3 {
		t.Errorf("told are %v, of which %d are problems", told, len(tree.Problems))
	}
}

func TestAFileKnowsWhatItHolds(t *testing.T) {
	if id := (File{Path: "content/documents/2022/11-12-a.md"}).DocumentID(); id != "2022/11-12-a" || id.File() != "content/documents/2022/11-12-a.md" {
		t.Errorf("document %q", id)
	}
	if f, id := (File{Path: "content/speakers/lavrov.md"}).Term(); f != archive.Speakers || id != "lavrov" || archive.TermFile(f, id) != "content/speakers/lavrov.md" {
		t.Errorf("term %v %q", f, id)
	}
	if id, name := (File{Path: "content/documents/2022/a/deep/er/photo.jpg"}).Owner(); id != "2022/a" || name != "deep/er/photo.jpg" {
		t.Errorf("owner %q, name %q", id, name)
	}
}

func TestAFolderWithoutContentHasNoArchive(t *testing.T) {
	root := t.TempDir()
	if _, err := List(root); !errors.Is(err, ErrNoArchive) {
		t.Errorf("a folder without content: %v", err)
	}
	if err := os.WriteFile(filepath.Join(root, "content"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := List(root); !errors.Is(err, ErrNoArchive) {
		t.Errorf("a file called content: %v", err)
	}
}

// TestOfManyWhoCreateAFileOneDoes has the file be whole from the first moment
// on, and nothing else be left beside it.
func TestOfManyWhoCreateAFileOneDoes(t *testing.T) {
	root := t.TempDir()
	const file = "content/documents/2022/a.md"
	var wg sync.WaitGroup
	var created atomic.Int32
	for n := range 16 {
		wg.Go(func() {
			err := Create(root, file, []byte(strings.Repeat(fmt.Sprint(n%10), 100_000)))
			switch {
			case err == nil:
				created.Add(1)
			case !errors.Is(err, fs.ErrExist):
				t.Error(err)
			}
			data, err := os.ReadFile(filepath.Join(root, file))
			if err != nil || len(data) != 100_000 || strings.Trim(string(data), string(data[:1])) != "" {
				t.Errorf("the file is not whole: %d bytes, %v", len(data), err)
			}
		})
	}
	wg.Wait()
	if created.Load() != 1 {
		t.Errorf("%d of them created it", created.Load())
	}
	entries, err := os.ReadDir(filepath.Join(root, "content/documents/2022"))
	if err != nil || len(entries) != 1 {
		t.Errorf("left beside it: %v %v", entries, err)
	}
}

func TestCreateLeavesWhatIsThere(t *testing.T) {
	for name, put := range map[string]func(path string) error{
		"a file":             func(path string) error { return os.WriteFile(path, []byte("mine"), 0o644) },
		"a folder":           func(path string) error { return os.Mkdir(path, 0o755) },
		"a link to nowhere":  func(path string) error { return os.Symlink("nowhere", path) },
		"a link to the root": func(path string) error { return os.Symlink("/", path) },
	} {
		t.Run(name, func(t *testing.T) {
			root := t.TempDir()
			path := filepath.Join(root, "a.md")
			if err := put(path); err != nil {
				t.Skip("this file system has no such files: ", err)
			}
			before, err := os.Lstat(path)
			if err != nil {
				t.Fatal(err)
			}
			if err := Create(root, "a.md", []byte("theirs")); !errors.Is(err, fs.ErrExist) {
				t.Errorf("Create gives %v", err)
			}
			after, err := os.Lstat(path)
			if err != nil || after.Mode() != before.Mode() || after.Size() != before.Size() || !after.ModTime().Equal(before.ModTime()) {
				t.Errorf("it was %v and is %v", before, after)
			}
			if entries, _ := os.ReadDir(root); len(entries) != 1 {
				t.Errorf("left beside it: %v", entries)
			}
		})
	}
}

// resolved reads and resolves an archive given as files.
func resolved(t *testing.T, drafts bool, files fstest.MapFS) *Archive {
	t.Helper()
	all := &Readings{Settings: archive.Settings{Title: "A", Language: "en"}, Attachments: map[archive.ID][]Attachment{}}
	err := fs.WalkDir(files, ".", func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		f, data := File{Path: path}, files[path].Data
		parts := strings.Split(path, "/")
		switch {
		case parts[1] != "documents":
			facet, id := f.Term()
			all.Terms = append(all.Terms, ReadTerm(facet, id, data))
		case len(parts) == 4:
			r, _ := ReadDocument(f.DocumentID(), data)
			all.Documents = append(all.Documents, r)
		default:
			id, name := f.Owner()
			all.Attachments[id] = append(all.Attachments[id], Attachment{Name: name, Digest: DigestOf(data)})
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return Resolve(files, all, drafts)
}

func mapFS(files map[string]string) fstest.MapFS {
	m := fstest.MapFS{}
	for path, text := range files {
		m["content/"+path] = &fstest.MapFile{Data: []byte(text)}
	}
	return m
}

func TestWhatADocumentNamesMustBeThere(t *testing.T) {
	vocabulary := map[string]string{
		"venues/east-asia-summit.md": "---\nname: East Asia Summit\neditions:\n  - key: 17\n---\n", "places/phnom-penh.md": "---\nname: Phnom Penh\n---\n",
		"speakers/lavrov.md": "---\nname: Lavrov\n---\n", "sources/tass.md": "---\nname: TASS\n---\n",
		"documents/2022/other.md": "---\ntitle: Other\n---\n", "documents/2022/draft.md": "---\ntitle: Draft\ndraft: true\n---\n", "documents/2022/a/note.txt": "note", "documents/2022/other/its.txt": "its",
	}
	for _, test := range []struct{ name, file, want string }{
		{"all there", "---\ntitle: A\nvenues: [east-asia-summit/17]\nplace: phnom-penh\nspeakers: [lavrov]\nsource: tass\nsame-as: 2022/other\n---\n\n[a](note.txt) [b](/documents/2022/other/) [c](../other/its.txt) [d](/venues/east-asia-summit/) [e](#here) [f](https://example.org/x) [g](note.txt#top)\n", ""},
		{"a venue", "---\ntitle: A\nvenues:\n  - east-asa-summit\n---\n", `4: unknown venue "east-asa-summit" | did you mean "east-asia-summit"? For a new venue, add content/venues/east-asa-summit.md`},
		{"a venue like no other", "---\ntitle: A\nvenues: [brics]\n---\n", `3: unknown venue "brics" | add content/venues/brics.md`},
		{"a place", "---\ntitle: A\nplace: phnompenh\n---\n", `3: unknown place "phnompenh" | "phnom-penh"`},
		{"a speaker", "---\ntitle: A\nspeakers:\n  - lavrov\n  - putin\n---\n", `5: unknown speaker "putin" | content/speakers/putin.md`},
		{"a source", "---\ntitle: A\nsource: tas\n---\n", `3: unknown source "tas" | "tass"`},
		{"the other source", "---\ntitle: A\nsource: tass\nvia: telegram\n---\n", `4: unknown source "telegram" | content/sources/telegram.md`},
		{"an edition", "---\ntitle: A\nvenues: [east-asia-summit/18]\n---\n", `3: unknown edition "east-asia-summit/18" | content/venues/east-asia-summit.md`},
		{"a document", "---\ntitle: A\ntranslation-of: 2022/gone\n---\n", `3: no other document has the ID "2022/gone" | content/documents`},
		{"itself", "---\ntitle: A\nsame-as: 2022/a\n---\n", `3: no other document has the ID "2022/a" | `},
		{"a file", "---\ntitle: A\n---\n\nText\n\n![it](photo.jpg)\n", `7: link to photo.jpg: there is no file content/documents/2022/a/photo.jpg | `},
		{"a file of another", "---\ntitle: A\n---\n\n[it](../other/gone.txt)\n", `5: link to ../other/gone.txt: there is no file content/documents/2022/other/gone.txt | `},
		{"a page", "---\ntitle: A\n---\n\n[it](/documents/2022/gone/)\n", `5: link to /documents/2022/gone/: there is no document "2022/gone" | `},
		{"a page of a draft", "---\ntitle: A\n---\n\n[it](/documents/2022/draft/)\n", `5: link to /documents/2022/draft/: the document "2022/draft" is a draft | `},
		{"a page of a term", "---\ntitle: A\n---\n\n[it](/venues/gone/)\n", `5: link to /venues/gone/: there is no venue "gone" | `},
		{"an address that is none", "---\ntitle: A\n---\n\n[it](%zz)\n", `5: link to %zz: this is not an address | `},
		{"a link behind a footnote", "---\ntitle: A\n---\n\nText.[^1] <b>\n\n[^1]: Below.\n", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			files := mapFS(vocabulary)
			files["content/documents/2022/a.md"] = &fstest.MapFile{Data: []byte(test.file)}
			a := resolved(t, false, files)
			var want []string
			if test.want != "" {
				want = []string{test.want}
			}
			tellProblems(t, a.Problems, "content/documents/2022/a.md", want)
			if broken := a.Broken["2022/a"]; len(broken) != len(want) {
				t.Errorf("broken: %v", broken)
			}
			if published := len(a.Documents); published != 2-len(want) || a.Drafts != 1 {
				t.Errorf("%d documents and %d drafts", published, a.Drafts)
			}
		})
	}
}

func TestTheVocabularyIsHeldAgainstItself(t *testing.T) {
	for _, test := range []struct {
		name, at string
		files    map[string]string
		want     []string
	}{
		{"a name claimed twice", "venues/b.md", map[string]string{"venues/a.md": "---\nname: A\naliases: [Summit]\n---\n", "venues/b.md": "---\nname: B\naliases:\n  - x\n  - Summit\n---\n"},
			[]string{`5: the name "Summit" is claimed by venue "a" already | content/venues/a.md`}},
		{"a name claimed twice in other letters", "places/b.md", map[string]string{"places/a.md": "---\nname: Orël’s\n---\n", "places/b.md": "---\nname: ORËL'S\n---\n"}, []string{`2: the name "ORËL'S" is claimed by place "a" | `}},
		{"one name in two facets", "", map[string]string{"places/a.md": "---\nname: A\n---\n", "venues/b.md": "---\nname: A\n---\n"}, nil},
		{"a parent that is not there", "venues/a.md", map[string]string{"venues/a.md": "---\nname: A\nparent: b\n---\n"}, []string{`3: unknown venue "b" | content/venues/b.md`}},
		{"a venue that is its own parent", "venues/a.md", map[string]string{"venues/a.md": "---\nname: A\nparent: a\n---\n"}, []string{`3: a part of itself | parent:`}},
		{"the place of an edition", "venues/a.md", map[string]string{"venues/a.md": "---\nname: A\neditions:\n  - key: 1\n    place: b\n---\n"}, []string{`5: unknown place "b" | content/places/b.md`}},
	} {
		t.Run(test.name, func(t *testing.T) {
			tellProblems(t, resolved(t, false, mapFS(test.files)).Problems, "content/"+test.at, test.want)
		})
	}
}

func TestParentsInACircleAreToldAndTheCircleIsCut(t *testing.T) {
	a := resolved(t, false, mapFS(map[string]string{"venues/a.md": "---\nname: A\nparent: b\n---\n", "venues/b.md": "---\nname: B\nparent: c\n---\n", "venues/c.md": "---\nname: C\nparent: a\n---\n"}))
	if len(a.Problems) == 0 {
		t.Error("nothing is told")
	}
	for _, id := range []archive.TermID{"a", "b", "c"} {
		at := id
		for range 4 {
			if at != "" {
				at = a.Vocabulary.Term(archive.Venues, at).Venue.Parent
			}
		}
		if at != "" {
			t.Errorf("from %s there is no end of parents", id)
		}
	}
}

// TestResolvingLeavesTheReadingsAsTheyAre resolves the same readings twice: what
// is kept of a file depends on that file alone.
func TestResolvingLeavesTheReadingsAsTheyAre(t *testing.T) {
	files := mapFS(map[string]string{"venues/a.md": "---\nname: A\nparent: gone\neditions:\n  - key: 1\n    place: nowhere\n---\n", "documents/2022/d.md": "---\ntitle: D\nvenues: [a/2]\n---\n"})
	d, _ := ReadDocument("2022/d", files["content/documents/2022/d.md"].Data)
	all := &Readings{Terms: []*TermReading{ReadTerm(archive.Venues, "a", files["content/venues/a.md"].Data)}, Documents: []*Reading{d}}
	first, second := Resolve(files, all, false), Resolve(files, all, false)
	if len(first.Problems) != 3 || fmt.Sprint(first.Problems) != fmt.Sprint(second.Problems) {
		t.Errorf("first\n%v\nthen\n%v", first.Problems, second.Problems)
	}
	if term := all.Terms[0]; term.Venue.Parent != "gone" || term.Venue.Editions[0].Place != "nowhere" {
		t.Errorf("the reading has become %+v", term.Venue)
	}
}

func TestDraftsTakePartWhereTheyAreAskedFor(t *testing.T) {
	files := mapFS(map[string]string{"documents/2022/a.md": "---\ntitle: A\ndraft: true\n---\n", "documents/2022/b.md": "---\ntitle: B\n---\n"})
	if a := resolved(t, false, files); len(a.Documents) != 1 || a.Drafts != 1 || len(a.Problems) != 0 {
		t.Errorf("without drafts: %d documents, %d drafts", len(a.Documents), a.Drafts)
	}
	if a := resolved(t, true, files); len(a.Documents) != 2 || a.Drafts != 0 {
		t.Errorf("with drafts: %d documents, %d drafts", len(a.Documents), a.Drafts)
	}
}

func TestWhatWaitsForAPersonIsANotice(t *testing.T) {
	a := resolved(t, false, mapFS(map[string]string{
		"documents/2022/a.md": "---\ntitle: A\nreview:\n  - \"date: the year is inferred (line 7)\"\n---\n\n[x](javascript:alert(1))\n", "venues/v.md": "---\nname: V\nunverified: true\nreview:\n- ''\n- name: met in two documents\n---\n",
		"documents/2022/gone/note.txt": "a file without its document",
	}))
	var got []string
	for _, n := range a.Notices {
		got = append(got, fmt.Sprintf("%s:%d", strings.TrimPrefix(n.File, "content/"), n.Line))
		if n.Mend == "" {
			t.Errorf("no mend: %v", n)
		}
	}
	if want := "documents/2022/a.md:4 documents/2022/a.md:7 documents/2022/gone:0 venues/v.md:3 venues/v.md:6"; strings.Join(got, " ") != want {
		t.Errorf("%v, want %s", got, want)
	}
	if len(a.Problems) > 0 || len(a.Documents) != 1 {
		t.Errorf("problems: %v", a.Problems)
	}
}

// TestADoubtTellsTheValueThatStandsThere whatever way the lines are written.
func TestADoubtTellsTheValueThatStandsThere(t *testing.T) {
	d, _ := ReadDocument("2022/a", []byte("---\ntitle: A\ndate: XXXX-05-09\nvenues: [a/1, b]\nreview:\n  - \"date: no \\\"year\\\" (line 7)\"\n  - venues: two\n      are named\n  - 'source: none'\n  - look at it\n---\n"))
	want := []Doubt{
		{d.ID.File(), 6, "date", "XXXX-05-09", `no "year" (line 7)`}, {d.ID.File(), 7, "venues", "a/1, b", "two are named"},
		{d.ID.File(), 9, "source", "", "none"}, {d.ID.File(), 10, "", "", "look at it"},
	}
	if !slices.Equal(d.Told.Doubts, want) {
		t.Errorf("%+v, want %+v", d.Told.Doubts, want)
	}
}

// TestABodyEditIsToldFromOthers holds what the preview goes by: whether another
// page than the document's own could show anything of an edit.
func TestABodyEditIsToldFromOthers(t *testing.T) {
	const before = "---\ntitle: A\ndate: 2022\ntags: [t]\n---\n\nBody [a](note.txt)\n"
	for name, test := range map[string]struct {
		after string
		alone bool
	}{
		"the same":     {before, true},
		"the body":     {strings.Replace(before, "Body", "Other", 1), true},
		"the title":    {strings.Replace(before, "title: A", "title: B", 1), false},
		"the date":     {strings.Replace(before, "2022", "2023", 1), false},
		"a draft":      {strings.Replace(before, "tags", "draft: true\ntags", 1), false},
		"a link":       {strings.Replace(before, "note.txt", "other.txt", 1), false},
		"a new notice": {before + "\n[b](javascript:1)\n", false},
		"a problem":    {strings.Replace(before, "tags", "tgas", 1), false},
	} {
		a, _ := ReadDocument("2022/a", []byte(before))
		b, _ := ReadDocument("2022/a", []byte(test.after))
		if a.DiffersInBodyAlone(b) != test.alone || b.DiffersInBodyAlone(a) != test.alone {
			t.Errorf("%s: told as an edit of the body alone: %v", name, !test.alone)
		}
	}
}

// TestLinksAreFoundAsTheyAreRendered holds the links that are checked against
// those that a page has.
func TestLinksAreFoundAsTheyAreRendered(t *testing.T) {
	for body, want := range map[string]string{
		"[a](b.txt)": "b.txt", "![a](b.jpg)": "b.jpg", "[a]\n\n[a]: b.txt": "b.txt", "`[a](b)`": "", "    [a](b)\n": "", "<b.txt>": "", "[a](<b c.txt>)": "b c.txt",
		"| [a](b.txt) |\n|---|\n": "b.txt", "Text.[^1] <x>\n\n[^1]: [a](b.txt)\n": "b.txt", "Text.[^1] <x>\n\n[^1]: Below.\n": "", "[a](https://example.org) [b](#c)": "", "~~[a](b.txt)~~": "b.txt",
	} {
		local, _ := markdown.Links([]byte(body))
		var got []string
		for _, l := range local {
			got = append(got, l.Target)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%q: %q, want %q", body, got, want)
		}
	}
}
