package watch

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

func put(t *testing.T, root, path, text string) {
	t.Helper()
	name := filepath.Join(root, filepath.FromSlash(path))
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// watched gives an archive of one document that is being watched, and the
// batches that are heard of it.
func watched(t *testing.T) (root string, batches chan Batch) {
	t.Helper()
	root = t.TempDir()
	put(t, root, "content/documents/2022/a.md", "---\ntitle: A\n---\n")
	put(t, root, "content/venues/v.md", "---\nname: V\n---\n")
	w, err := NewWatcher(root)
	if err != nil {
		t.Fatal(err)
	}
	batches = make(chan Batch, 100)
	done := make(chan struct{})
	go func() {
		w.Batches(func(b Batch) { batches <- b })
		close(done)
	}()
	t.Cleanup(func() {
		w.Close()
		select {
		case <-done:
		case <-time.After(5 * time.Second):
			t.Error("Batches does not return once the watch is closed")
		}
	})
	return root, batches
}

// heard waits for a batch, and for a while longer whether another follows.
func heard(t *testing.T, batches chan Batch) []Batch {
	t.Helper()
	var all []Batch
	wait := 5 * time.Second
	for {
		select {
		case b := <-batches:
			all = append(all, b)
			wait = 20 * quiet
		case <-time.After(wait):
			return all
		}
	}
}

func TestASaveIsOneBatch(t *testing.T) {
	const file = "content/documents/2022/a.md"
	for how, save := range map[string]func(t *testing.T, root string) error{
		"in place": func(t *testing.T, root string) error {
			return os.WriteFile(filepath.Join(root, file), []byte("new"), 0o644)
		},
		"by a rename": func(t *testing.T, root string) error {
			put(t, root, file+".tmp", "new")
			return os.Rename(filepath.Join(root, file+".tmp"), filepath.Join(root, file))
		},
		"with a backup": func(t *testing.T, root string) error {
			name := filepath.Join(root, file)
			if err := os.Rename(name, name+"~"); err != nil {
				return err
			}
			put(t, root, file, "new")
			put(t, root, "content/documents/2022/4913", "")
			return os.Remove(filepath.Join(root, "content/documents/2022/4913"))
		},
		"bit by bit": func(t *testing.T, root string) error {
			f, err := os.OpenFile(filepath.Join(root, file), os.O_WRONLY|os.O_TRUNC, 0)
			if err != nil {
				return err
			}
			for range 50 {
				if _, err := f.WriteString("a part of it\n"); err != nil {
					return err
				}
			}
			return f.Close()
		},
	} {
		t.Run(how, func(t *testing.T) {
			t.Parallel()
			root, batches := watched(t)
			if err := save(t, root); err != nil {
				t.Fatal(err)
			}
			if got := heard(t, batches); len(got) != 1 || !slices.Equal(got[0].Paths, []string{file}) || got[0].Everything {
				t.Errorf("%+v", got)
			}
		})
	}
}

func TestManyFilesAtOnceAreFewBatches(t *testing.T) {
	root, batches := watched(t)
	for n := range 200 {
		put(t, root, fmt.Sprintf("content/documents/2022/%03d.md", n), "---\ntitle: A\n---\n")
	}
	seen := map[string]bool{}
	got := heard(t, batches)
	for _, b := range got {
		if !slices.IsSorted(b.Paths) || len(slices.Compact(slices.Clone(b.Paths))) != len(b.Paths) {
			t.Error("paths are not in order, or stand there twice")
		}
		for _, path := range b.Paths {
			seen[path] = true
		}
	}
	if len(got) > 20 || len(seen) != 200 {
		t.Errorf("%d batches of %d files", len(got), len(seen))
	}
}

// TestAnEndlessBurstIsCutIntoBatches writes without a pause: the browser is not
// kept waiting till the end.
func TestAnEndlessBurstIsCutIntoBatches(t *testing.T) {
	root, batches := watched(t)
	end := time.Now().Add(4 * longest)
	for n := 0; time.Now().Before(end); n++ {
		put(t, root, "content/documents/2022/a.md", fmt.Sprint(n))
		time.Sleep(time.Millisecond)
	}
	if len(batches) < 2 {
		t.Errorf("%d batches before its end", len(batches))
	}
}

func TestANewFolderIsWatchedWithWhatIsInIt(t *testing.T) {
	root, batches := watched(t)
	put(t, root, "content/documents/2023/deep/er/note.txt", "a note")
	if got := heard(t, batches); len(got) == 0 || !slices.ContainsFunc(got, func(b Batch) bool { return b.Everything }) {
		t.Fatalf("a folder with a file in it: %+v", got)
	}
	put(t, root, "content/documents/2023/deep/er/note.txt", "another")
	if got := heard(t, batches); len(got) != 1 || !slices.Equal(got[0].Paths, []string{"content/documents/2023/deep/er/note.txt"}) {
		t.Errorf("an edit of the file: %+v", got)
	}
	elsewhere := t.TempDir()
	put(t, elsewhere, "2024/b.md", "---\ntitle: B\n---\n")
	if err := os.Rename(filepath.Join(elsewhere, "2024"), filepath.Join(root, "content/documents/2024")); err != nil {
		t.Skip("the folders lie on two file systems, so none can be moved: ", err)
	}
	if got := heard(t, batches); len(got) == 0 || !slices.ContainsFunc(got, func(b Batch) bool { return b.Everything }) {
		t.Fatalf("a folder moved here: %+v", got)
	}
	put(t, root, "content/documents/2024/b.md", "---\ntitle: C\n---\n")
	if got := heard(t, batches); len(got) != 1 || !slices.Equal(got[0].Paths, []string{"content/documents/2024/b.md"}) {
		t.Errorf("an edit in it: %+v", got)
	}
}

func TestTemplatesThatAreBegunLaterAreWatched(t *testing.T) {
	root, batches := watched(t)
	put(t, root, "templates/assets/style.css", "a {}")
	if got := heard(t, batches); len(got) == 0 {
		t.Fatal("nothing is heard of the new folder")
	}
	put(t, root, "templates/assets/style.css", "b {}")
	if got := heard(t, batches); len(got) != 1 || !slices.Equal(got[0].Paths, []string{"templates/assets/style.css"}) {
		t.Errorf("%+v", got)
	}
}

func TestARenameNamesBothFiles(t *testing.T) {
	root, batches := watched(t)
	if err := os.Rename(filepath.Join(root, "content/documents/2022/a.md"), filepath.Join(root, "content/documents/2022/b.md")); err != nil {
		t.Fatal(err)
	}
	if got := heard(t, batches); len(got) != 1 || !slices.Equal(got[0].Paths, []string{"content/documents/2022/a.md", "content/documents/2022/b.md"}) {
		t.Errorf("%+v", got)
	}
}

func TestAFolderThatIsGoneMayHaveHeldAnything(t *testing.T) {
	root, batches := watched(t)
	if err := os.Rename(filepath.Join(root, "content/documents/2022"), filepath.Join(root, "gone")); err != nil {
		t.Fatal(err)
	}
	if got := heard(t, batches); !slices.ContainsFunc(got, func(b Batch) bool { return b.Everything }) {
		t.Errorf("%+v", got)
	}
}

func TestWhatIsNoneOfTheArchivesIsPassedOver(t *testing.T) {
	root, batches := watched(t)
	for _, path := range []string{"content/documents/2022/.a.md.swp", "content/documents/2022/a.md~", "content/documents/2022/#a.md#", "content/documents/2022/.#a.md", "content/README.md", "site/index.html", "README.md", "content/documents/2022/4913"} {
		put(t, root, path, "x")
	}
	if err := os.Chmod(filepath.Join(root, "content/documents/2022/a.md"), 0o600); err != nil {
		t.Fatal(err)
	}
	select {
	case b := <-batches:
		t.Errorf("heard: %+v", b)
	case <-time.After(20 * quiet):
	}
}

func TestDocumentsAloneAreToldFromOtherBatches(t *testing.T) {
	for paths, want := range map[string]bool{
		"content/documents/2022/a.md": true, "content/documents/2022/a.md content/documents/undated/b.md": true,
		"content/documents/2022/a.md content/venues/v.md": false, "content/documents/2022/a/note.md": false, "content/documents/2022/a/note.txt": false, "templates/home.html": false, "content/documents/a.md": false, "content/archive.yaml": false,
	} {
		ids, alone := documentsOf(Batch{Paths: strings.Fields(paths)})
		if alone != want || want && len(ids) != len(strings.Fields(paths)) {
			t.Errorf("%s: %v %v", paths, ids, alone)
		}
	}
	if _, alone := documentsOf(Batch{Paths: []string{"content/documents/2022/a.md"}, Everything: true}); alone {
		t.Error("everything may have changed")
	}
}
