package cache

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"chancery/generator/archive"
	"chancery/generator/content"
	"chancery/generator/site"
)

var version = content.DigestOf([]byte("this version"))

// readings gives readings of n documents, of a term of each facet, and of a
// file that goes with a document.
func readings(n int) *Readings {
	r := &Readings{}
	for i := range n {
		id := archive.ID(fmt.Sprintf("2022/%05d", i))
		value, _ := content.ReadDocument(id, fmt.Appendf(nil, "---\ntitle: 'Title %d: ü'\ndate: 2022-11~\ntime: 10:00\nzone: Z\nkind: wire\nlanguage: ru\nvenues: [v/17, w]\nplace: p\nspeakers: [s, t]\nsource: o\nvia: q\nsummary: Of %d\n"+
			"translation-of: 2022/a\nsame-as: [2022/b]\ncorrections: ['2024-01-02: x']\ndraft: true\nreview: [date]\nunknown: x\n---\n\nBody [x](y.txt) [z](javascript:1)\n", i, i))
		r.Documents = append(r.Documents, Kept[*content.Reading]{content.File{Path: id.File(), Size: int64(i), ModTime: int64(i) * 1e9}, value})
	}
	for _, f := range archive.Facets {
		value := content.ReadTerm(f, "a", []byte("---\nname: A\naliases: [B]\nparent: c\neditions:\n  - key: 1\n    start: 2022-11-11\n    place: p\nlatitude: 1.5\nlongitude: 0\noffice: X\nhome: https://example.org\n---\n\nText [x](/venues/y/)\n"))
		r.Terms = append(r.Terms, Kept[*content.TermReading]{content.File{Path: archive.TermFile(f, "a"), Size: 1, ModTime: 2}, value})
	}
	r.Attachments = append(r.Attachments, Kept[content.Digest]{content.File{Path: "content/documents/2022/00000/y.txt", Size: 3}, content.Digest{4}})
	return r
}

func open(t *testing.T) (*Cache, string) {
	t.Helper()
	root := t.TempDir()
	c := Open(root, version)
	unlock, err := c.Lock()
	if err != nil {
		t.Fatal(err)
	}
	unlock()
	return c, filepath.Join(root, ".cache")
}

// TestReadingsAreLoadedAsTheyWereSaved has none, few, and more than are encoded
// together.
func TestReadingsAreLoadedAsTheyWereSaved(t *testing.T) {
	for _, n := range []int{0, 1, segment, segment + 1, 2*segment + 7} {
		c, _ := open(t)
		want := readings(n)
		if err := c.SaveReadings(want); err != nil {
			t.Fatal(err)
		}
		got := c.LoadReadings()
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%d documents: loaded are %d, equal: terms %v, files %v", n, len(got.Documents), reflect.DeepEqual(got.Terms, want.Terms), reflect.DeepEqual(got.Attachments, want.Attachments))
			if n > 0 && len(got.Documents) == n {
				t.Errorf("the first was %+v\nand is %+v", want.Documents[0].Value, got.Documents[0].Value)
			}
		}
	}
}

func TestStatesAreKeptForEachSiteOfItsOwn(t *testing.T) {
	c, _ := open(t)
	one := site.States{List: content.Digest{1}, States: []site.State{{Size: 2, ModTime: 3}, {}}}
	other := site.States{List: content.Digest{9}}
	if err := c.SaveStates("site", one); err != nil {
		t.Fatal(err)
	}
	if err := c.SaveStates("/srv/www", other); err != nil {
		t.Fatal(err)
	}
	absolute, err := filepath.Abs("site")
	if err != nil {
		t.Fatal(err)
	}
	for out, want := range map[string]site.States{"site": one, absolute: one, "./site/": one, "/srv/www": other, "elsewhere": {}} {
		if got := c.LoadStates(out); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %+v, want %+v", out, got, want)
		}
	}
}

// TestADamagedCacheIsAsGoodAsNone changes a bit of each byte of the head and of
// many of the rest, and cuts at many lengths: nothing is loaded.
func TestADamagedCacheIsAsGoodAsNone(t *testing.T) {
	c, folder := open(t)
	want := readings(2)
	states := site.States{List: content.Digest{1}, States: []site.State{{Size: 2, ModTime: 3}}}
	if err := c.SaveReadings(want); err != nil {
		t.Fatal(err)
	}
	if err := c.SaveStates("site", states); err != nil {
		t.Fatal(err)
	}
	for name, loads := range map[string]func() (same, none bool){
		"readings": func() (bool, bool) {
			got := c.LoadReadings()
			return reflect.DeepEqual(got, want), reflect.DeepEqual(got, &Readings{})
		},
		statesName("site"): func() (bool, bool) {
			got := c.LoadStates("site")
			return reflect.DeepEqual(got, states), reflect.DeepEqual(got, site.States{})
		},
	} {
		path := filepath.Join(folder, name)
		whole, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		try := func(what string, data []byte) {
			if err := os.WriteFile(path, data, 0o644); err != nil {
				t.Fatal(err)
			}
			if _, none := loads(); !none {
				t.Errorf("%s, %s: something is loaded", name, what)
			}
		}
		for at := 0; at < len(whole); at += 1 + at/100 {
			data := append([]byte{}, whole...)
			data[at] ^= 1 << (at % 8)
			try(fmt.Sprintf("with byte %d of %d changed", at, len(whole)), data)
		}
		for n := 0; n < len(whole); n += 1 + len(whole)/200 {
			try(fmt.Sprintf("cut to %d of %d", n, len(whole)), whole[:n])
		}
		if err := os.WriteFile(path, append(append([]byte{}, whole...), "more"...), 0o644); err != nil {
			t.Fatal(err)
		}
		if same, none := loads(); !same && !none {
			t.Errorf("%s, with more at its end: something else is loaded", name)
		}
	}
	if err := os.RemoveAll(folder); err != nil {
		t.Fatal(err)
	}
	if got := c.LoadReadings(); !reflect.DeepEqual(got, &Readings{}) {
		t.Error("of a cache that was deleted something is loaded")
	}
}

func TestAnotherVersionOfTheProgramLoadsNothing(t *testing.T) {
	c, folder := open(t)
	if err := c.SaveReadings(readings(1)); err != nil {
		t.Fatal(err)
	}
	if err := c.SaveStates("site", site.States{States: []site.State{{Size: 1}}}); err != nil {
		t.Fatal(err)
	}
	other := Open(filepath.Dir(folder), content.DigestOf([]byte("another version")))
	if got := other.LoadReadings(); !reflect.DeepEqual(got, &Readings{}) {
		t.Error("its readings")
	}
	if got := other.LoadStates("site"); !reflect.DeepEqual(got, site.States{}) {
		t.Error("its states")
	}
}

func TestSavingLeavesNothingBeside(t *testing.T) {
	c, folder := open(t)
	for n := range 3 {
		if err := c.SaveReadings(readings(n)); err != nil {
			t.Fatal(err)
		}
	}
	entries, err := os.ReadDir(folder)
	if err != nil || len(entries) != 2 || entries[0].Name() != "lock" || entries[1].Name() != "readings" {
		t.Errorf("%v %v", entries, err)
	}
}

// TestAYoungFileIsNotTrusted holds the rule for files that may change again
// within the resolution of the clock.
func TestAYoungFileIsNotTrusted(t *testing.T) {
	now := time.Now()
	for age, want := range map[time.Duration]bool{0: false, time.Second: false, settling - time.Millisecond: false, settling + time.Millisecond: true, time.Hour: true, -time.Hour: false} {
		f := content.File{Path: "a", Size: 1, ModTime: now.Add(-age).UnixNano()}
		if kept := Stamp(f, now); Fresh(kept, f) != want {
			t.Errorf("a file of age %s is trusted: %v", age, !want)
		}
	}
	old := content.File{Path: "a", Size: 1, ModTime: now.Add(-time.Hour).UnixNano()}
	kept := Stamp(old, now)
	for what, f := range map[string]content.File{"size": {Path: "a", Size: 2, ModTime: old.ModTime}, "time": {Path: "a", Size: 1, ModTime: old.ModTime + 1}, "earlier time": {Path: "a", Size: 1, ModTime: old.ModTime - 1}, "name": {Path: "b", Size: 1, ModTime: old.ModTime}} {
		if Fresh(kept, f) {
			t.Errorf("a file of another %s is trusted", what)
		}
	}
}

func TestTheLockIsHeldByOneAtATime(t *testing.T) {
	c, _ := open(t)
	var holders atomic.Int32
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			unlock, err := c.Lock()
			if err != nil {
				t.Error(err)
				return
			}
			if holders.Add(1) != 1 {
				t.Error("two hold it")
			}
			time.Sleep(time.Millisecond)
			holders.Add(-1)
			unlock()
		})
	}
	wg.Wait()
}
