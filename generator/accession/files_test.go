package accession

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"strings"
	"testing"

	"chancery/generator/archive"
	"chancery/generator/manuscript"
)

// fileOne files a draft of that title with files beside it, by their names and
// texts. A text of "!" cannot be read.
func fileOne(t *testing.T, title string, files ...string) (*Filed, *filing) {
	t.Helper()
	a, err := Open(t.Context(), Order{Root: ".", Workers: 1})
	if err != nil {
		t.Fatal(err)
	}
	f := &filing{Accession: a, reading: &reading{source: manuscript.Source{Path: "in/export.json", Files: []string{"in/export.json"}}}, report: &told{}, told: func() {}}
	p := &prepared{body: "Text."}
	p.draft.Digest = strings.Repeat("ab", 16)
	p.document.Title = title
	p.document.Imported.Source = p.draft.Digest
	for i := 0; i < len(files); i += 2 {
		p.draft.Files = append(p.draft.Files, archive.DraftFile{Name: files[i], Open: func() (io.ReadCloser, error) {
			if files[i+1] == "!" {
				return nil, &fs.PathError{Op: "open", Path: "photos/x", Err: fs.ErrNotExist}
			}
			return io.NopCloser(strings.NewReader(files[i+1])), nil
		}})
	}
	d, err := f.document(p)
	if err != nil {
		t.Fatal(err)
	}
	return d, f
}

func holdFiles(t *testing.T, want map[string]string) {
	t.Helper()
	got := filesBelow(t, "content/documents")
	for name, text := range want {
		if !strings.Contains(got[name], text) || got[name] == "" {
			t.Errorf("%s: %q, not %q", name, got[name], text)
		}
	}
	for name := range got {
		if _, ok := want[name]; !ok {
			t.Errorf("%s is there", name)
		}
	}
}

const pier = "content/documents/undated/pier"

func TestFilesGoWithTheirDocument(t *testing.T) {
	inArchive(t, nil)
	d, _ := fileOne(t, "Pier", "plan.png", "picture", "a/b.txt", "note")
	if d.ID != "undated/pier" {
		t.Errorf("%s", d.ID)
	}
	holdFiles(t, map[string]string{pier + ".md": "title: Pier", pier + "/plan.png": "picture", pier + "/a/b.txt": "note"})
}

// TestLeftoversOfAKilledRunAreUsedOrRemoved puts there what a run leaves that
// is killed before, and after, it has given a folder its name.
func TestLeftoversOfAKilledRunAreUsedOrRemoved(t *testing.T) {
	inArchive(t, map[string]string{
		"content/documents/undated/.import-pier.part/plan.png": "pict",
		"content/documents/undated/.import-123~":               "---\ntitle",
		"content/places/.import-124~":                          "---\nname",
		pier + "/plan.png":                                     "picture",
	})
	if d, _ := fileOne(t, "Pier", "plan.png", "picture"); d.ID != "undated/pier" {
		t.Errorf("%s", d.ID)
	}
	holdFiles(t, map[string]string{pier + ".md": "title: Pier", pier + "/plan.png": "picture"})
	if _, err := os.Stat("content/places/.import-124~"); err == nil {
		t.Error("a leftover among the terms is left")
	}
}

func TestAnothersFolderIsLeftAlone(t *testing.T) {
	for name, files := range map[string][]string{"the draft has files": {"plan.png", "picture"}, "the draft has none": nil} {
		t.Run(name, func(t *testing.T) {
			inArchive(t, map[string]string{pier + "/plan.png": "another picture"})
			d, _ := fileOne(t, "Pier", files...)
			if d.ID != "undated/pier-2" || read(t, pier+"/plan.png") != "another picture" {
				t.Errorf("%s", d.ID)
			}
			if len(files) > 0 && read(t, pier+"-2/plan.png") != "picture" {
				t.Error("the draft's own file is not there")
			}
		})
	}
}

func TestFileThatCannotBeCopiedIsToldAndTheDocumentFiled(t *testing.T) {
	inArchive(t, nil)
	d, f := fileOne(t, "Pier", "gone.png", "!", "../out.txt", "x", ".hidden", "x", "plan.png", "picture", "plan.png", "twice")
	holdFiles(t, map[string]string{pier + ".md": "files: the file gone.png was not copied into the archive: it is not there", pier + "/plan.png": "picture"})
	if len(f.problems) != 4 || len(d.Document.Review) != 4 {
		t.Errorf("%v", f.problems)
	}
	if _, err := os.Stat("content/documents/undated/out.txt"); !errors.Is(err, fs.ErrNotExist) {
		t.Error("a file lies outside its document's folder")
	}
}

func TestOriginalIsKeptBesideTheFirstDocument(t *testing.T) {
	w := newWriter(6)
	text := story("Ferries sail", "May 3, 2021", w.text(60))
	inArchive(t, map[string]string{"in/A story.TXT": text})
	r := &told{}
	run(t, t.Context(), r, Order{KeepOriginals: true}, "in")
	const kept = "content/documents/2021/05-03-ferries-sail/original/a-story.txt"
	if r.filed[0].Original != "content/documents/2021/05-03-ferries-sail/original" || read(t, kept) != text {
		t.Errorf("%q", r.filed[0].Original)
	}
	before := filesBelow(t, "content")
	run(t, t.Context(), r, Order{KeepOriginals: true}, "in")
	if len(filesBelow(t, "content")) != len(before) || r.filed[1].Original != r.filed[0].Original {
		t.Errorf("again: %+v", r.filed[1])
	}
}
