package content

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
)

func TestReplaceNeverLosesAnEditMadeMeanwhile(t *testing.T) {
	root := t.TempDir()
	path := filepath.Join(root, "a.md")
	write := func(text string) {
		if err := os.WriteFile(path, []byte(text), 0o640); err != nil {
			t.Fatal(err)
		}
	}
	holds := func(want string) {
		t.Helper()
		if got, err := os.ReadFile(path); string(got) != want {
			t.Errorf("the file holds %q, not %q; %v", got, want, err)
		}
		if entries, _ := os.ReadDir(root); len(entries) != 1 {
			t.Errorf("something was left behind: %v", entries)
		}
	}
	write("edited")
	if err := Replace(root, "a.md", DigestOf([]byte("read")), []byte("new")); !errors.Is(err, ErrEdited) {
		t.Errorf("%v", err)
	}
	holds("edited")
	if err := Replace(root, "a.md", DigestOf([]byte("edited")), []byte("new")); err != nil {
		t.Error(err)
	}
	holds("new")
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o640 {
		t.Errorf("who may read the file has changed: %v, %v", info.Mode(), err)
	}
	if err := os.Chmod(path, 0o440); err != nil {
		t.Fatal(err)
	}
	if os.Geteuid() != 0 {
		if err := Replace(root, "a.md", DigestOf([]byte("new")), []byte("x")); !errors.Is(err, os.ErrPermission) {
			t.Errorf("a file that may not be written: %v", err)
		}
	}
	holds("new")
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("elsewhere", path); err != nil {
		t.Skip("this file system has no symbolic links: ", err)
	}
	if err := Replace(root, "a.md", DigestOf(nil), []byte("x")); err == nil {
		t.Error("a link was replaced")
	}
}
