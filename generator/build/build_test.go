package build_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"chancery/generator/build"
	"chancery/generator/content"
	"chancery/generator/problem"
)

// small is an archive of one document with a file that goes with it.
const small = `
-- content/archive.yaml --
title: Small
-- content/documents/2022/a.md --
---
title: Title A
---

Body
-- content/documents/2022/a/note.txt --
A note
-- content/documents/2022/b.md --
---
title: Title B
---

Body
`

func newSmall(t *testing.T) string {
	t.Helper()
	root := t.TempDir()
	unpack(t, root, strings.TrimSpace(small))
	if result, _ := buildOnce(t, root); len(result.Problems) > 0 {
		t.Fatal(result.Problems)
	}
	return root
}

func exists(root, path string) bool {
	_, err := os.Lstat(filepath.Join(root, filepath.FromSlash(path)))
	return err == nil
}

func told(ps []problem.Problem, file, what string) bool {
	for _, p := range ps {
		if p.File == file && strings.Contains(p.What, what) {
			return true
		}
	}
	return false
}

func TestAFileThatBecomesAFolderIsPublishedAsOne(t *testing.T) {
	root := newSmall(t)
	remove(t, root, "content/documents/2022/a/note.txt")
	write(t, root, "content/documents/2022/a/note.txt/within.txt", "within")
	if _, err := build.Build(order(root)); err != nil {
		t.Fatalf("building: %v", err)
	}
	if got := read(t, root, "site/documents/2022/a/note.txt/within.txt"); got != "within" {
		t.Errorf("published as %q", got)
	}
}

func TestAFolderThatBecomesAFileIsPublishedAsOne(t *testing.T) {
	root := newSmall(t)
	write(t, root, "content/documents/2022/a/pictures/deep/hall.jpg", "hall")
	buildOnce(t, root)
	if err := os.RemoveAll(filepath.Join(root, "content/documents/2022/a/pictures")); err != nil {
		t.Fatal(err)
	}
	write(t, root, "content/documents/2022/a/pictures", "a list of pictures")
	if _, err := build.Build(order(root)); err != nil {
		t.Fatalf("building: %v", err)
	}
	if got := read(t, root, "site/documents/2022/a/pictures"); got != "a list of pictures" {
		t.Errorf("published as %q", got)
	}
}

// TestAFileThatCannotBePublishedIsAProblemAndTheRestIsMade holds names that a
// site cannot have to this: they are told, and keep nothing else back.
func TestAFileThatCannotBePublishedIsAProblemAndTheRestIsMade(t *testing.T) {
	for name, path := range map[string]string{
		"the name of the page":                       "index.html",
		"the name of the page in other letters":      "Index.HTML",
		"a folder with the name of the page":         "index.html/within.txt",
		"a name that is not UTF-8":                   "caf\xe9.pdf",
		"a folder whose name is not UTF-8":           "caf\xe9/menu.pdf",
		"a line break in a folder's name":            "two\nlines/menu.pdf",
		"a line break in a file's name":              "two\nlines.pdf",
		"a carriage return at the end of its folder": "line\r/menu.pdf",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			root := newSmall(t)
			write(t, root, "content/documents/2022/a/"+path, "a file")
			write(t, root, "content/documents/2022/c.md", "---\ntitle: Title C\n---\n")
			for n := range 3 {
				result, err := build.Build(order(root))
				if err != nil {
					t.Fatalf("build %d: %v", n+1, err)
				}
				if len(result.Problems)+len(result.Notices) < 2 { // one notice tells of the missing base URL
					t.Errorf("build %d tells nothing of it", n+1)
				}
				for _, p := range append(result.Problems, result.Notices...) {
					if strings.Contains(p.File, "site") {
						t.Errorf("build %d takes a file that it made for a person's: %v", n+1, p)
					}
				}
			}
			if !exists(root, "site/documents/2022/c/index.html") {
				t.Error("the rest was not made")
			}
			if page := read(t, root, "site/documents/2022/a/index.html"); !strings.Contains(page, "Title A") {
				t.Errorf("the document's page is %q", page)
			}
			if exists(root, "site/documents/2022/a/"+path) && path != "index.html" {
				t.Error("it was published all the same")
			}
			if err := os.RemoveAll(filepath.Join(root, "content/documents/2022/a")); err != nil {
				t.Fatal(err)
			}
			if _, err := build.Build(order(root)); err != nil {
				t.Fatal(err)
			}
			for file := range siteOf(t, root) {
				if strings.HasPrefix(file, "documents/2022/a/") && file != "documents/2022/a/index.html" {
					t.Errorf("left behind: %q", file)
				}
			}
		})
	}
}

func TestALinkToAFileElsewhereIsNotPublished(t *testing.T) {
	root := newSmall(t)
	write(t, root, "secret.txt", "secret")
	if err := os.Symlink(filepath.Join(root, "secret.txt"), filepath.Join(root, "content/documents/2022/a/link.txt")); err != nil {
		t.Skip("this file system has no symbolic links: ", err)
	}
	result, _ := buildOnce(t, root)
	if exists(root, "site/documents/2022/a/link.txt") {
		t.Error("it was published")
	}
	if !told(result.Notices, "content/documents/2022/a/link.txt", "link") {
		t.Errorf("not told: %v", result.Notices)
	}
}

// TestProblemsAreToldOnEveryBuildUntilMended builds from the cache: the files
// were last changed long ago.
func TestProblemsAreToldOnEveryBuildUntilMended(t *testing.T) {
	root := newSmall(t)
	for path, text := range map[string]string{
		"content/venues/summit.md":    "---\nname: Summit\nparent: gone\neditions:\n  - key: 17\n    place: nowhere\n---\n",
		"content/documents/2022/c.md": "---\ntitle: C\nvenues: [summit/18]\n---\n",
		"content/documents/2022/d.md": "---\ntilte: D\n---\n",
		"content/places/x.md":         "no metadata\n",
	} {
		write(t, root, path, text)
		makeOld(t, root, path)
	}
	var first string
	for n := range 3 {
		result, _ := buildOnce(t, root)
		var b strings.Builder
		problem.Print(&b, result.Problems)
		if n == 0 {
			first = b.String()
		}
		if len(result.Problems) != 5 || b.String() != first {
			t.Errorf("build %d tells\n%sbuild 1 told\n%s", n+1, b.String(), first)
		}
	}
	write(t, root, "content/places/nowhere.md", "---\nname: Now There\n---\n")
	buildOnce(t, root)
	if page := read(t, root, "site/venues/summit/index.html"); !strings.Contains(page, "Now There") {
		t.Error("the edition's place is not shown once it is there")
	}
}

func TestATemplateThatDoesNotParseKeepsTheSiteAsItIs(t *testing.T) {
	root := newSmall(t)
	before := siteOf(t, root)
	write(t, root, "templates/document.html", "{{.Gone}}")
	write(t, root, "content/documents/2022/a.md", "---\ntitle: Other\n---\n")
	result, err := build.Build(order(root))
	if err != nil {
		t.Fatal(err)
	}
	if d := differences(siteOf(t, root), before); d != "" || !told(result.Problems, "templates/document.html", "Gone") {
		t.Errorf("%v\n%s", result.Problems, d)
	}
	remove(t, root, "templates/document.html")
	result, c := buildOnce(t, root)
	if len(result.Problems) > 0 || len(c.made) == 0 {
		t.Errorf("mended: %v, made %v", result.Problems, c.made)
	}
}

// TestAPageThatCannotBeMadeIsToldAndNotListed has a template that fails on one
// of two documents.
func TestAPageThatCannotBeMadeIsToldAndNotListed(t *testing.T) {
	root := newSmall(t)
	write(t, root, "content/documents/2022/c.md", "---\ntitle: A title so long that the template stumbles on it\n---\n")
	write(t, root, "templates/document.html", `{{if gt (len .Heading) 50}}{{slice .Heading 0 1000}}{{end}}{{.Heading}}`)
	for n := range 4 {
		result, err := build.Build(order(root))
		if err != nil {
			t.Fatal(err)
		}
		if len(result.Problems) != 1 || result.Problems[0].File != "templates/document.html" {
			t.Errorf("build %d: %v", n+1, result.Problems)
		}
		if strings.Contains(read(t, root, "site/"+list), "documents/2022/c/") {
			t.Errorf("build %d lists a page that it has not made", n+1)
		}
	}
	write(t, root, "site/documents/2022/c/index.html", "a person's")
	remove(t, root, "templates/document.html")
	for n := range 2 {
		result, err := build.Build(order(root))
		if err != nil {
			t.Fatal(err)
		}
		if len(result.Problems) != 1 || read(t, root, "site/documents/2022/c/index.html") != "a person's" {
			t.Errorf("build %d: a person's file is written over, or that it stands in the way is not told: %v", n+1, result.Problems)
		}
	}
}

func TestAPersonsFileInTheWayOfAFolderIsAProblem(t *testing.T) {
	root := t.TempDir()
	unpack(t, root, strings.TrimSpace(small))
	write(t, root, "site/documents", "a person's")
	result, err := build.Build(order(root))
	if err != nil {
		t.Fatalf("building: %v", err)
	}
	if len(result.Problems) == 0 || read(t, root, "site/documents") != "a person's" || !exists(root, "site/index.html") {
		t.Errorf("%v", result.Problems)
	}
}

func TestCheckTellsWhatBuildTellsAndWritesNothing(t *testing.T) {
	root := t.TempDir()
	unpack(t, root, strings.TrimSpace(small))
	write(t, root, "content/documents/2022/c.md", "---\ntitle: C\nvenues: [gone]\n---\n")
	write(t, root, "content/documents/2022/a/index.html", "in the way")
	checked, err := build.Check(order(root))
	if err != nil {
		t.Fatal(err)
	}
	if exists(root, "site") || exists(root, ".cache") {
		t.Error("check wrote something")
	}
	built, err := build.Build(order(root))
	if err != nil {
		t.Fatal(err)
	}
	if fmt.Sprint(checked.Problems) != fmt.Sprint(built.Problems) || fmt.Sprint(checked.Notices) != fmt.Sprint(built.Notices) || len(built.Problems) < 2 {
		t.Errorf("check tells %v\nbuild tells %v", checked.Problems, built.Problems)
	}
}

func TestAFolderWithoutContentIsNoArchive(t *testing.T) {
	root := t.TempDir()
	if _, err := build.Build(order(root)); !errors.Is(err, content.ErrNoArchive) {
		t.Errorf("build: %v", err)
	}
	if _, err := build.Check(order(root)); !errors.Is(err, content.ErrNoArchive) {
		t.Errorf("check: %v", err)
	}
	if entries, _ := os.ReadDir(root); len(entries) > 0 {
		t.Errorf("something was made: %v", entries)
	}
}

// TestTwoBuildsAtOnceMakeTheSameSite has one wait for the other.
func TestTwoBuildsAtOnceMakeTheSameSite(t *testing.T) {
	root, alone := t.TempDir(), newSmall(t)
	unpack(t, root, strings.TrimSpace(small))
	errs := make(chan error, 3)
	for range cap(errs) {
		go func() {
			_, err := build.Build(order(root))
			errs <- err
		}()
	}
	for range cap(errs) {
		if err := <-errs; err != nil {
			t.Error(err)
		}
	}
	if d := differences(siteOf(t, root), siteOf(t, alone)); d != "" {
		t.Error(d)
	}
}
