package manuscript

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// putSources writes files into a folder of the test's own and makes it the working
// folder. "a -> b" is a link.
func putSources(t *testing.T, files map[string]string) {
	t.Helper()
	root := t.TempDir()
	for name, text := range files {
		name, target, link := strings.Cut(name, " -> ")
		path := filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		var err error
		if link {
			err = os.Symlink(filepath.FromSlash(target), path)
		} else {
			err = os.WriteFile(path, []byte(text), 0o644)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	t.Chdir(root)
}

// sources gives what is found at the paths: files, those of one source joined
// by "+"; and what is told, notices after problems.
func sources(paths ...string) (found, told []string) {
	f := Sources(paths)
	for _, s := range f.Sources {
		found = append(found, filepath.ToSlash(strings.Join(s.Files, "+")))
	}
	for _, p := range append(f.Problems, f.Notices...) {
		told = append(told, filepath.ToSlash(p.File)+": "+p.What)
	}
	return found, told
}

func holdList(t *testing.T, what string, got, want []string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s:\n%s\nwant:\n%s", what, strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestFoldersAreWalkedInNaturalOrder(t *testing.T) {
	putSources(t, map[string]string{"in/a10.txt": "", "in/a2.txt": "", "in/a02.txt": "", "in/b/x.txt": "", "in/B.txt": "", "in/a2b/y.txt": "",
		"in/.hidden": "", "in/.git/x": "", "in/Thumbs.db": "", "in/b/desktop.ini": "", "in/.DS_Store": "", "z.txt": ""})
	found, told := sources("z.txt", "in")
	holdList(t, "sources", found, []string{"z.txt", "in/B.txt", "in/a02.txt", "in/a2.txt", "in/a2b/y.txt", "in/a10.txt", "in/b/x.txt"})
	holdList(t, "told", told, nil)
}

func TestPartsOfAnExportAreOneSource(t *testing.T) {
	const page = `<div class="page_wrap">`
	putSources(t, map[string]string{"in/messages.html": page, "in/messages2.html": page, "in/messages10.html": page, "in/photos/1.jpg": "", "in/css/style.css": "", "in/notes.txt": "", "in/other/photos/1.txt": "",
		"json/result.json": `{"name": "Harbour", "messages": []}`, "json/files/a.txt": ""})
	found, told := sources("in", "json")
	holdList(t, "sources", found, []string{"in/messages.html+in/messages2.html+in/messages10.html", "in/notes.txt", "in/other/photos/1.txt", "json/result.json"})
	holdList(t, "told", told, nil)
	found, _ = sources("in/css", "in/messages.html", "in/messages10.html", "in/messages2.html", "in/photos")
	holdList(t, "named one by one", found, []string{"in/messages.html+in/messages2.html+in/messages10.html"})
	found, _ = sources("in/messages2.html")
	holdList(t, "one part named", found, []string{"in/messages2.html"})
	if f := Sources([]string{"in"}); f.Sources[0].Size != int64(3*len(page)) || f.Sources[0].Path != filepath.Join("in", "messages.html") {
		t.Errorf("%+v", f.Sources[0])
	}
}

func TestFoldersThatOnlyLookLikeAnExportsAreWalked(t *testing.T) {
	putSources(t, map[string]string{"in/messages.html": "<p>Messages of the harbour", "in/messages2.html": "", "in/files/a.txt": "", "in/result.json": "[1]"})
	found, _ := sources("in")
	holdList(t, "sources", found, []string{"in/files/a.txt", "in/messages.html", "in/messages2.html", "in/result.json"})
}

func TestPicturesOfSavedPagesAreNoSources(t *testing.T) {
	putSources(t, map[string]string{"in/Talks.html": "", "in/Talks_files/a.js": "", "in/Old.htm": "", "in/Old.files/a.css": "", "in/my_files/a.txt": "", "in/_files/b.txt": ""})
	found, told := sources("in")
	holdList(t, "sources", found, []string{"in/Old.htm", "in/Talks.html", "in/_files/b.txt", "in/my_files/a.txt"})
	holdList(t, "told", told, nil)
	found, told = sources("in/Talks.html", "in/Talks_files")
	holdList(t, "named", found, []string{"in/Talks.html"})
	holdList(t, "told of those named", told, []string{"in/Talks_files: it belongs to the source file beside it, so it is not imported by itself"})
}

func TestLinksAreFollowedOnlyWhereTheyAreNamed(t *testing.T) {
	putSources(t, map[string]string{"out/a.txt": "", "in/b.txt": "", "in/within -> b.txt": "", "in/away -> ../out": "", "in/sub/up -> ..": "", "in/broken -> nothing": "", "named -> out": "", "file -> out/a.txt": ""})
	found, told := sources("in", "named", "file")
	holdList(t, "sources", found, []string{"in/b.txt", "named/a.txt", "file"})
	if len(told) != 4 || !strings.HasPrefix(told[0], "in/away: this link leads out of the folder, to ") || !strings.HasPrefix(told[1], "in/broken: this link leads to nothing") ||
		!strings.HasPrefix(told[2], "in/sub/up: this is a link to ") || !strings.HasPrefix(told[3], "in/within: this is a link to ") {
		t.Errorf("told:\n%s", strings.Join(told, "\n"))
	}
}

func TestWhatIsNotThereIsASource(t *testing.T) {
	putSources(t, nil)
	found, told := sources("none.txt")
	holdList(t, "sources", found, []string{"none.txt"})
	holdList(t, "told", told, nil)
}

func TestFolderWithoutSourcesIsTold(t *testing.T) {
	putSources(t, map[string]string{"in/.hidden": "", "in/deep/Thumbs.db": ""})
	found, told := sources("in")
	holdList(t, "sources", found, nil)
	holdList(t, "told", told, []string{"in: there is no source file in this folder"})
}

func TestNaturalOrderIsOne(t *testing.T) {
	name := rapid.StringMatching(`(a|b|0|00|1|10|2|-|é){0,5}`)
	rapid.Check(t, func(t *rapid.T) {
		a, b, c := name.Draw(t, "a"), name.Draw(t, "b"), name.Draw(t, "c")
		if natural(a, b) != -natural(b, a) || (natural(a, b) == 0) != (a == b) {
			t.Fatalf("%q, %q: %d and %d", a, b, natural(a, b), natural(b, a))
		}
		if natural(a, b) < 0 && natural(b, c) < 0 && natural(a, c) >= 0 {
			t.Fatalf("%q < %q < %q, but not the first and last", a, b, c)
		}
	})
}
