package build_test

import (
	"bytes"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"chancery/generator/build"
	"chancery/generator/content"
)

// version stands for the program's: what matters is that it stays the same.
var version = content.DigestOf([]byte("the program under test"))

const (
	childRoot = "CHANCERY_TEST_CHILD_ROOT"    // where a child process builds
	childDies = "CHANCERY_TEST_CHILD_DIES_AT" // "making 12": when it kills itself; "" where it does not
)

// TestMain lets the test binary be a build that is killed half-way.
func TestMain(m *testing.M) {
	if root := os.Getenv(childRoot); root != "" {
		buildAsChild(root, os.Getenv(childDies))
	}
	os.Exit(m.Run())
}

func buildAsChild(root, dies string) {
	o := order(root)
	o.Progress = func(stage string, done, _ int) {
		if fmt.Sprint(stage, " ", done) == dies {
			_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
			select {} // until the signal arrives
		}
	}
	fmt.Println("begun")
	if _, err := build.Build(o); err != nil {
		fmt.Println(err)
		os.Exit(3)
	}
	os.Exit(0)
}

func order(root string) build.Order {
	return build.Order{Root: root, Out: filepath.Join(root, "site"), Version: version, Workers: 2}
}

// made is a file of a site as it was found.
type made struct {
	data    string
	modTime int64
}

// list is the site's file that lists the files which the program made.
const list = ".chancery"

// siteOf reads all files of a site, the list included.
func siteOf(t testing.TB, root string) map[string]made {
	t.Helper()
	files := map[string]made{}
	folder := filepath.Join(root, "site")
	err := filepath.WalkDir(folder, func(name string, e fs.DirEntry, err error) error {
		if os.IsNotExist(err) && name == folder {
			return fs.SkipAll
		}
		if err != nil {
			return err
		}
		path, _ := filepath.Rel(folder, name)
		if e.IsDir() {
			if within, err := os.ReadDir(name); err == nil && len(within) == 0 && name != folder {
				files[filepath.ToSlash(path)+"/"] = made{data: "an empty folder"}
			}
			return nil
		}
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		info, err := e.Info()
		if err != nil {
			return err
		}
		files[filepath.ToSlash(path)] = made{string(data), info.ModTime().UnixNano()}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// differences tells in lines how two sites differ in their files' bytes.
func differences(got, want map[string]made) string {
	var b strings.Builder
	for _, name := range slices.Sorted(maps.Keys(want)) {
		switch g, there := got[name]; {
		case !there:
			fmt.Fprintf(&b, "missing: %s\n", name)
		case g.data != want[name].data:
			fmt.Fprintf(&b, "differs: %s\n%s", name, firstDifference(g.data, want[name].data))
		}
	}
	for _, name := range slices.Sorted(maps.Keys(got)) {
		if _, there := want[name]; !there {
			fmt.Fprintf(&b, "too much: %s\n", name)
		}
	}
	return b.String()
}

func firstDifference(got, want string) string {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := 0; i < max(len(g), len(w)); i++ {
		var x, y string
		if i < len(g) {
			x = g[i]
		}
		if i < len(w) {
			y = w[i]
		}
		if x != y {
			return fmt.Sprintf("  line %d is   %.300q\n  and should be %.300q\n", i+1, x, y)
		}
	}
	return ""
}

// change is what a build did to a site: the names of files, the list left out.
type change struct{ made, removed []string }

func changeOf(before, after map[string]made) change {
	var c change
	for _, name := range slices.Sorted(maps.Keys(after)) {
		if old, there := before[name]; name != list && (!there || old.data != after[name].data) {
			c.made = append(c.made, name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(before)) {
		if _, there := after[name]; !there && !bySite(name) {
			c.removed = append(c.removed, name)
		}
	}
	return c
}

// listed gives the files that the site's list names.
func listed(files map[string]made) map[string]bool {
	names := map[string]bool{}
	for line := range strings.Lines(files[list].data) {
		if key, name, ok := strings.Cut(strings.TrimSuffix(line, "\n"), " "); ok && len(key) == 32 {
			names[name] = true
		}
	}
	return names
}

// bySite says whether a name is the writer's own: its list, its mark, a file on
// its way, an empty folder.
func bySite(name string) bool {
	return name == list || name == ".chancery-unfinished" || strings.HasSuffix(name, ".chancery-new") || strings.HasSuffix(name, "/")
}

// buildOnce builds and holds the result against what happened to the files:
// Made counts those whose bytes changed, and no other was written.
func buildOnce(t testing.TB, root string) (*build.Result, change) {
	t.Helper()
	before := siteOf(t, root)
	result, err := build.Build(order(root))
	if err != nil {
		t.Fatalf("building: %v", err)
	}
	after := siteOf(t, root)
	c := changeOf(before, after)
	if result.Made != len(c.made) {
		t.Errorf("Made is %d, and %d files changed: %v", result.Made, len(c.made), c.made)
	}
	gone := listed(before)
	for name := range listed(after) {
		delete(gone, name)
	}
	for _, name := range c.removed {
		if !gone[name] {
			t.Errorf("%s is gone, and was no file of the program's", name)
		}
	}
	if result.Removed != len(gone) { // those that a killed build removed already are among them
		t.Errorf("Removed is %d, and of the files listed %d are so no longer", result.Removed, len(gone))
	}
	for name, file := range after {
		if name == list && len(result.Problems) > 0 {
			continue // it is written twice where a planned page could not be made
		}
		if old, there := before[name]; there && old.data == file.data && old.modTime != file.modTime {
			t.Errorf("%s was written again with the bytes it had", name)
		}
	}
	return result, c
}

func write(t testing.TB, root, path, text string) {
	t.Helper()
	name := filepath.Join(root, filepath.FromSlash(path))
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// makeOld sets a file's modification time into the past, where the cache trusts it.
func makeOld(t testing.TB, root, path string) {
	t.Helper()
	then := time.Now().Add(-time.Hour)
	if err := os.Chtimes(filepath.Join(root, filepath.FromSlash(path)), then, then); err != nil {
		t.Fatal(err)
	}
}

func read(t testing.TB, root, path string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(path)))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// replace puts one text in the place of another that stands in the file once.
func replace(t testing.TB, root, path, old, new string) {
	t.Helper()
	text := read(t, root, path)
	if strings.Count(text, old) != 1 {
		t.Fatalf("%q stands %d times in %s", old, strings.Count(text, old), path)
	}
	write(t, root, path, strings.Replace(text, old, new, 1))
}

func remove(t testing.TB, root, path string) {
	t.Helper()
	if err := os.Remove(filepath.Join(root, filepath.FromSlash(path))); err != nil {
		t.Fatal(err)
	}
}

// unpack writes files given as one text: "-- path --" heads each.
func unpack(t testing.TB, root, files string) {
	t.Helper()
	for part := range bytes.SplitSeq([]byte("\n"+files), []byte("\n-- ")) {
		path, text, ok := strings.Cut(string(part), " --\n")
		if ok {
			write(t, root, path, text+"\n")
		}
	}
}
