package site

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"chancery/generator/content"
)

// outputs are files to be made; what they hold is their path and a word.
func outputs(paths ...string) []Output {
	var list []Output
	for _, p := range paths {
		list = append(list, Output{Path: p})
	}
	return list
}

func keyOf(path, word string) content.Digest { return content.DigestOf([]byte(path + word)) }

// makeAll has a folder hold those files with that word in them. It gives how
// many were changed and removed, what was told, and the states.
func makeAll(t *testing.T, name string, before States, word string, paths ...string) (changed, removed int, told []string, states States) {
	t.Helper()
	folder, err := OpenFolder(name, before)
	if err != nil {
		t.Fatal(err)
	}
	todo, problems, err := folder.Begin(outputs(paths...))
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range problems {
		told = append(told, strings.TrimPrefix(p.File, name+"/"))
	}
	var wg sync.WaitGroup
	var mu sync.Mutex
	for i, o := range todo {
		wg.Go(func() {
			key := keyOf(o.Path, word)
			if folder.Has(i, key) {
				return
			}
			wrote, err := folder.Put(i, key, []byte(o.Path+word))
			if err != nil {
				t.Error(err)
			}
			if wrote {
				mu.Lock()
				changed++
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	states, removed, err = folder.Finish()
	if err != nil {
		t.Fatal(err)
	}
	return changed, removed, told, states
}

// filesIn lists what is in a folder, the writer's own list left out.
func filesIn(t *testing.T, name string) string {
	t.Helper()
	var names []string
	err := filepath.Walk(name, func(path string, info os.FileInfo, err error) error {
		if err == nil && path != name && path != filepath.Join(name, listName) {
			rel, _ := filepath.Rel(name, path)
			if info.IsDir() {
				rel += "/"
			}
			names = append(names, filepath.ToSlash(rel))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(names, " ")
}

func put(t *testing.T, folder, path, text string) {
	t.Helper()
	name := filepath.Join(folder, path)
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func get(t *testing.T, folder, path string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(folder, path))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func TestOnlyWhatChangedIsWrittenAndWhatIsUnwantedRemoved(t *testing.T) {
	name := filepath.Join(t.TempDir(), "deep", "site")
	changed, removed, _, states := makeAll(t, name, States{}, "1", "a", "b/c", "b/d/e")
	if changed != 3 || removed != 0 || filesIn(t, name) != "a b/ b/c b/d/ b/d/e" {
		t.Errorf("first: %d changed, %d removed: %s", changed, removed, filesIn(t, name))
	}
	if changed, removed, _, again := makeAll(t, name, states, "1", "a", "b/c", "b/d/e"); changed != 0 || removed != 0 || again.List != states.List || !slices.Equal(again.States, states.States) {
		t.Errorf("again: %d changed, %d removed", changed, removed)
	}
	if changed, removed, _, _ := makeAll(t, name, States{}, "1", "a", "b/c", "b/d/e"); changed != 0 || removed != 0 {
		t.Errorf("without states: %d changed, %d removed", changed, removed)
	}
	if changed, removed, _, _ := makeAll(t, name, states, "2", "a", "f"); changed != 2 || removed != 2 || filesIn(t, name) != "a f" || get(t, name, "a") != "a2" {
		t.Errorf("other files: %d changed, %d removed: %s", changed, removed, filesIn(t, name))
	}
	if changed, removed, _, _ := makeAll(t, name, States{}, "2"); changed != 0 || removed != 2 || filesIn(t, name) != "" {
		t.Errorf("none: %d changed, %d removed: %s", changed, removed, filesIn(t, name))
	}
}

// TestAFileTouchedByAnotherIsNotTrusted tampers with a made file in each way
// that shows in its size, time or kind.
func TestAFileTouchedByAnotherIsNotTrusted(t *testing.T) {
	for how, tamper := range map[string]func(name string) error{
		"removed":          os.Remove,
		"longer":           func(name string) error { return os.WriteFile(name, []byte("much longer"), 0o644) },
		"of the same size": func(name string) error { return os.WriteFile(name, []byte("xx"), 0o644) },
		"now a link": func(name string) error {
			if err := os.Rename(name, name+".other"); err != nil {
				return err
			}
			return os.Symlink(name+".other", name)
		},
	} {
		t.Run(how, func(t *testing.T) {
			name := t.TempDir()
			_, _, _, states := makeAll(t, name, States{}, "1", "a", "b")
			for i := range states.States {
				states.States[i].ModTime -= int64(1e9) // as if made a while ago
			}
			if err := tamper(filepath.Join(name, "a")); err != nil {
				t.Fatal(err)
			}
			makeAll(t, name, states, "1", "a", "b")
			if get(t, name, "a") != "a1" {
				t.Errorf("it is left as %q", get(t, name, "a"))
			}
			if info, err := os.Lstat(filepath.Join(name, "a")); err != nil || !info.Mode().IsRegular() {
				t.Error("it is no file of its own")
			}
		})
	}
}

// TestStatesOfAnotherListAreNotTrusted has a list that the states do not belong
// to: one of another build, or edited by hand.
func TestStatesOfAnotherListAreNotTrusted(t *testing.T) {
	name := t.TempDir()
	_, _, _, first := makeAll(t, name, States{}, "1", "a", "b")
	makeAll(t, name, first, "2", "a", "b")
	put(t, name, "a", "a?")
	if changed, _, _, _ := makeAll(t, name, first, "2", "a", "b"); changed != 1 || get(t, name, "a") != "a2" {
		t.Errorf("%d changed, a is %q", changed, get(t, name, "a"))
	}
	lines := strings.SplitAfter(get(t, name, listName), "\n")
	slices.Reverse(lines)
	put(t, name, listName, "no line of ours\n../../etc/passwd\n"+strings.Repeat("0", 32)+" ../outside\n"+strings.Join(lines, ""))
	outside := filepath.Join(filepath.Dir(name), "outside")
	put(t, filepath.Dir(name), "outside", "not ours")
	if _, removed, _, _ := makeAll(t, name, States{}, "2", "a"); removed != 1 || filesIn(t, name) != "a" {
		t.Errorf("with a list edited by hand %d removed: %s", removed, filesIn(t, name))
	}
	if _, err := os.Lstat(outside); err != nil {
		t.Error("a file outside was removed")
	}
}

func TestAPersonsFileIsNeverTouched(t *testing.T) {
	name := t.TempDir()
	put(t, name, "CNAME", "mine")
	put(t, name, "b/mine.txt", "mine")
	put(t, name, "b/c", "mine")
	var states States
	for n := range 3 {
		var told []string
		_, _, told, states = makeAll(t, name, states, fmt.Sprint(n), "a", "b/c", "b/d")
		if !slices.Equal(told, []string{"b/c"}) {
			t.Errorf("told: %v", told)
		}
	}
	makeAll(t, name, states, "9")
	if got := filesIn(t, name); got != "CNAME b/ b/c b/mine.txt" {
		t.Errorf("left are %s", got)
	}
	for _, path := range []string{"CNAME", "b/mine.txt", "b/c"} {
		if get(t, name, path) != "mine" {
			t.Errorf("%s is %q", path, get(t, name, path))
		}
	}
}

func TestAPersonsFileInTheWayOfAFolderIsTold(t *testing.T) {
	name := t.TempDir()
	put(t, name, "b", "mine")
	if _, _, told, _ := makeAll(t, name, States{}, "1", "a", "b/c", "b/d/e"); len(told) != 2 || filesIn(t, name) != "a b" {
		t.Errorf("told %v: %s", told, filesIn(t, name))
	}
	put(t, name, "x/y", "mine")
	if _, _, told, _ := makeAll(t, name, States{}, "1", "a", "x"); !slices.Equal(told, []string{"x"}) || get(t, name, "x/y") != "mine" {
		t.Errorf("told %v: %s", told, filesIn(t, name))
	}
}

func TestAFileAndAFolderTakeEachOthersPlace(t *testing.T) {
	name := t.TempDir()
	_, _, _, states := makeAll(t, name, States{}, "1", "a", "b/c/d")
	_, _, told, states := makeAll(t, name, states, "1", "a/x", "b")
	if len(told) > 0 || filesIn(t, name) != "a/ a/x b" {
		t.Errorf("told %v: %s", told, filesIn(t, name))
	}
	_, _, told, _ = makeAll(t, name, states, "1", "a", "b/c/d")
	if len(told) > 0 || filesIn(t, name) != "a b/ b/c/ b/c/d" {
		t.Errorf("back again, told %v: %s", told, filesIn(t, name))
	}
}

// TestABuildThatWasKilledIsFinishedByTheNext stops a build at each place, and
// has the next want other files.
func TestABuildThatWasKilledIsFinishedByTheNext(t *testing.T) {
	for place := range 5 {
		t.Run(fmt.Sprint("after ", place), func(t *testing.T) {
			name := t.TempDir()
			put(t, name, "mine", "mine")
			_, _, _, states := makeAll(t, name, States{}, "1", "a", "b/old", "c")
			folder, err := OpenFolder(name, states)
			if err != nil {
				t.Fatal(err)
			}
			todo, _, err := folder.Begin(outputs("a", "b/new", "c", "d/e/f"))
			if err != nil {
				t.Fatal(err)
			}
			for i, o := range todo[:min(place, len(todo))] {
				if _, err := folder.Put(i, keyOf(o.Path, "2"), []byte(o.Path+"2")); err != nil {
					t.Fatal(err)
				}
			}
			if place > 0 { // and one more was being written
				put(t, name, "d/e/f"+onTheWay, "half")
				put(t, name, "c"+onTheWay, "")
			}
			put(t, name, listName+onTheWay, "half a list")
			if _, removed, told, _ := makeAll(t, name, states, "1", "a", "c", "g"); len(told) > 0 || filesIn(t, name) != "a c g mine" {
				t.Errorf("told %v, %d removed: %s", told, removed, filesIn(t, name))
			}
			if a, c := get(t, name, "a"), get(t, name, "c"); a != "a1" || c != "c1" {
				t.Errorf("a is %q, c is %q", a, c)
			}
		})
	}
}

func TestWhatCouldNotBeMadeIsRemovedAndNotListed(t *testing.T) {
	name := t.TempDir()
	_, _, _, states := makeAll(t, name, States{}, "1", "a", "b")
	for range 3 {
		folder, err := OpenFolder(name, states)
		if err != nil {
			t.Fatal(err)
		}
		todo, _, err := folder.Begin(outputs("a", "b", "c"))
		if err != nil {
			t.Fatal(err)
		}
		for i, o := range todo {
			if o.Path != "a" { // which has a template that stumbles
				continue
			}
			if _, err := folder.Put(i, keyOf("a", "1"), []byte("a1")); err != nil {
				t.Fatal(err)
			}
		}
		if states, _, err = folder.Finish(); err != nil {
			t.Fatal(err)
		}
		if list := get(t, name, listName); filesIn(t, name) != "a" || strings.Contains(list, " b\n") || strings.Contains(list, " c\n") {
			t.Errorf("%s, listed are\n%s", filesIn(t, name), list)
		}
	}
}

func TestNoPathLeavesTheSite(t *testing.T) {
	name := filepath.Join(t.TempDir(), "site")
	for _, path := range []string{"../out", "/etc/out", "a/../../out", "a//b", "./a", ""} {
		folder, err := OpenFolder(name, States{})
		if err != nil {
			t.Fatal(err)
		}
		todo, _, err := folder.Begin(outputs(path))
		if err != nil || len(todo) == 0 {
			continue // told or refused before
		}
		if _, err := folder.Put(0, content.Digest{1}, []byte("x")); err == nil {
			t.Errorf("%q is written", path)
		}
	}
	if entries, err := os.ReadDir(filepath.Dir(name)); err != nil || len(entries) != 1 {
		t.Errorf("beside the site: %v", entries)
	}
}
