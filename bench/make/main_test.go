package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestTheSameNumberMakesTheSameArchive(t *testing.T) {
	first, second := files(t), files(t)
	if want := 2 * (200 + venueCount + placeCount + speakerCount + len(sources)); len(first) < want {
		t.Fatalf("%d files made, at least %d wanted", len(first), want)
	}
	if len(first) != len(second) {
		t.Fatalf("%d files made, then %d", len(first), len(second))
	}
	for path, text := range first {
		if second[path] != text {
			t.Errorf("%s differs from one making to the next", path)
		}
	}
}

// files makes an archive of 200 documents, with its Hugo copy.
func files(t *testing.T) map[string]string {
	t.Helper()
	dir := t.TempDir()
	if err := makeArchive(200, dir, true); err != nil {
		t.Fatal(err)
	}
	made := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		made[strings.TrimPrefix(path, dir)] = string(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return made
}

func TestNoTermIsClaimedTwice(t *testing.T) {
	for folder, terms := range newVocabulary().folders() {
		claimed := map[string]string{}
		for _, term := range terms {
			names := []string{term.id, term.name, term.alias}
			if folder == "venues" {
				names = append(names, initials(term.name))
			}
			for _, name := range names {
				if other, ok := claimed[name]; ok {
					t.Errorf("%s: %q is claimed by %s and %s", folder, name, other, term.id)
				}
				claimed[name] = term.id
			}
		}
	}
}
