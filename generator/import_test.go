package main

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const wireStory = "All news\n\nFerries sail again\n\nSTOCKHOLM, May 3, 2021. /TASS/. Ferries sail again, Jon Reed said.\n\nThe end.\n"

// archiveWith makes an archive with a small vocabulary in a folder of its own.
func archiveWith(t *testing.T, files map[string]string) string {
	t.Helper()
	root := t.TempDir()
	putImport(t, root, "content/archive.yaml", "title: Test\n")
	putImport(t, root, "content/sources/tass.md", "---\nname: TASS\n---\n")
	for name, text := range files {
		putImport(t, root, name, text)
	}
	return root
}

func putImport(t *testing.T, root, name, text string) {
	t.Helper()
	path := filepath.Join(root, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// importInto runs the command in root and gives what it prints.
func importInto(t *testing.T, root string, args ...string) (stdout, stderr string, err error) {
	t.Helper()
	var out, told bytes.Buffer
	c := importCommand()
	c.SilenceErrors, c.SilenceUsage = true, true
	c.SetOut(&out)
	c.SetErr(&told)
	c.SetArgs(append([]string{"--root", root, "--quiet"}, args...))
	err = c.Execute()
	return out.String(), told.String(), err
}

// filesOfImport gives all files below root with their text.
func filesOfImport(t *testing.T, root string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := fs.WalkDir(os.DirFS(root), ".", func(path string, e fs.DirEntry, err error) error {
		if err == nil && e.Type().IsRegular() {
			data, err := os.ReadFile(filepath.Join(root, path))
			files[path] = string(data)
			return err
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func TestImportWritesDocumentAndNewTerms(t *testing.T) {
	root := archiveWith(t, map[string]string{"in/story.txt": wireStory})
	out, _, err := importInto(t, root, filepath.Join(root, "in"))
	if err != nil || !strings.Contains(out, "made 1, unchanged 0, edited 0, new terms 1") {
		t.Fatalf("%v\n%s", err, out)
	}
	files := filesOfImport(t, root)
	doc := files["content/documents/2021/05-03-ferries-sail-again.md"]
	for _, want := range []string{"title: Ferries sail again\n", "date: 2021-05-03\n", "place: stockholm\n", "source: tass\n", "\nSTOCKHOLM, May 3, 2021. /TASS/. Ferries sail again", "\nThe end.\n"} {
		if !strings.Contains(doc, want) {
			t.Errorf("no %q in:\n%s", want, doc)
		}
	}
	if strings.Contains(doc, "All news") {
		t.Errorf("chrome in:\n%s", doc)
	}
	if place := files["content/places/stockholm.md"]; !strings.Contains(place, "name: Stockholm\n") || !strings.Contains(place, "unverified: true\n") {
		t.Errorf("new place:\n%s", place)
	}
	for _, want := range []string{"date      2021-05-03", "stated   line 5", "new term, unverified: content/places/stockholm.md"} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in:\n%s", want, out)
		}
	}
}

func TestImportAgainChangesNothing(t *testing.T) {
	root := archiveWith(t, map[string]string{"in/story.txt": wireStory, "in/other.txt": strings.ReplaceAll(wireStory, "The end.", "Another end.")})
	in := filepath.Join(root, "in")
	if _, _, err := importInto(t, root, in); err != nil {
		t.Fatal(err)
	}
	before := filesOfImport(t, root)
	if before["content/documents/2021/05-03-ferries-sail-again-2.md"] == "" {
		t.Errorf("the second of two stories with one title has no file of its own")
	}
	out, _, err := importInto(t, root, in)
	if err != nil || !strings.Contains(out, "made 0, unchanged 2, edited 0, new terms 0") {
		t.Errorf("%v\n%s", err, out)
	}
	if after := filesOfImport(t, root); !equalImports(before, after) {
		t.Errorf("files before %v, after %v", before, after)
	}
}

func equalImports(a, b map[string]string) bool {
	if len(a) != len(b) {
		return false
	}
	for name, text := range a {
		if b[name] != text {
			return false
		}
	}
	return true
}

func TestImportLeavesEditedAndMovedDocumentsAlone(t *testing.T) {
	root := archiveWith(t, map[string]string{"in/story.txt": wireStory})
	story := filepath.Join(root, "in/story.txt")
	if _, _, err := importInto(t, root, story); err != nil {
		t.Fatal(err)
	}
	first := "content/documents/2021/05-03-ferries-sail-again.md"
	text := strings.Replace(filesOfImport(t, root)[first], "date: 2021-05-03", "date: 2021-05-04", 1)
	if err := os.Remove(filepath.Join(root, first)); err != nil {
		t.Fatal(err)
	}
	putImport(t, root, "content/documents/2021/05-04-ferries.md", text)
	before := filesOfImport(t, root)
	out, _, err := importInto(t, root, story)
	if err != nil || !strings.Contains(out, "content/documents/2021/05-04-ferries.md: left alone: it was edited since it was imported") || !strings.Contains(out, "made 0, unchanged 0, edited 1") {
		t.Errorf("%v\n%s", err, out)
	}
	if !equalImports(before, filesOfImport(t, root)) {
		t.Errorf("files were changed")
	}
}

func TestImportFindsADocumentWhoseMetadataIsBroken(t *testing.T) {
	root := archiveWith(t, map[string]string{"in/story.txt": wireStory})
	story := filepath.Join(root, "in/story.txt")
	if _, _, err := importInto(t, root, story); err != nil {
		t.Fatal(err)
	}
	first := "content/documents/2021/05-03-ferries-sail-again.md"
	putImport(t, root, first, strings.Replace(filesOfImport(t, root)[first], "title: ", "title: [", 1))
	out, _, _ := importInto(t, root, story)
	if !strings.Contains(out, "left alone") {
		t.Errorf("%s", out)
	}
}

func TestImportTellsWhatItCannotReadAndGoesOn(t *testing.T) {
	root := archiveWith(t, map[string]string{"in/a.pdf": "%PDF-1.4", "in/b.txt": wireStory, "in/c.txt": "", "in/.hidden": "x"})
	_, told, err := importInto(t, root, filepath.Join(root, "in"), filepath.Join(root, "none.txt"))
	if err != errProblems {
		t.Errorf("error %v", err)
	}
	for _, want := range []string{"a.pdf: its end is missing", "c.txt: the file is empty", "none.txt: there is no such file"} {
		if !strings.Contains(told, want) {
			t.Errorf("no %q in:\n%s", want, told)
		}
	}
	if filesOfImport(t, root)["content/documents/2021/05-03-ferries-sail-again.md"] == "" {
		t.Errorf("the readable file was not imported")
	}
}

func TestImportDryRunPrintsJSONAndWritesNothing(t *testing.T) {
	root := archiveWith(t, map[string]string{"in/a.pdf": "%PDF-1.4", "in/b.txt": wireStory})
	before := filesOfImport(t, root)
	out, _, err := importInto(t, root, "--dry-run", "--json", filepath.Join(root, "in"))
	if err != errProblems || !equalImports(before, filesOfImport(t, root)) {
		t.Errorf("error %v, or files were written", err)
	}
	lines := strings.Split(strings.TrimSpace(out), "\n")
	if len(lines) != 2 {
		t.Fatalf("%d lines:\n%s", len(lines), out)
	}
	var file struct {
		File      string
		Documents []map[string]any
		Problems  []map[string]any
	}
	if err := json.Unmarshal([]byte(lines[1]), &file); err != nil {
		t.Fatal(err)
	}
	d := file.Documents[0]
	if d["id"] != "2021/05-03-ferries-sail-again" || d["place"] != "Stockholm" || d["source"] != "TASS" || d["channel"] != nil || d["date"] != "2021-05-03" {
		t.Errorf("%v", d)
	}
	if evidence := d["evidence"].(map[string]any)["date"].(map[string]any); evidence["grade"] != "stated" || evidence["line"] != 5.0 || evidence["rule"] != "dateline" {
		t.Errorf("%v", evidence)
	}
	if body := d["body"].(string); !strings.HasPrefix(body, "Ferries sail again\n") || strings.Contains(body, "All news") {
		t.Errorf("body %q", body)
	}
}

func TestImportWithoutFilesOrArchiveIsWrongUse(t *testing.T) {
	if _, _, err := importInto(t, t.TempDir(), "x.txt"); err == nil || !strings.Contains(err.Error(), "no archive") {
		t.Errorf("error %v", err)
	}
	if _, _, err := importInto(t, t.TempDir()); err == nil || !strings.Contains(err.Error(), "needs the files") {
		t.Errorf("error %v", err)
	}
}
