package manuscript

import (
	"path/filepath"
	"strings"
)

// RealPath gives the place of a file or folder, links followed as far as it
// exists.
func RealPath(name string) (string, error) {
	absolute, err := filepath.Abs(name)
	if err != nil {
		return "", err
	}
	for parent, rest := absolute, ""; ; parent, rest = filepath.Dir(parent), filepath.Join(filepath.Base(parent), rest) {
		if real, err := filepath.EvalSymlinks(parent); err == nil {
			return filepath.Join(real, rest), nil
		}
		if parent == filepath.Dir(parent) {
			return absolute, nil
		}
	}
}

// IsWithin says whether a path is a folder's or lies below it.
func IsWithin(name, folder string) bool {
	relative, err := filepath.Rel(folder, name)
	return err == nil && relative != ".." && !strings.HasPrefix(relative, ".."+string(filepath.Separator))
}
