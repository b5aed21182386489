package accession

import (
	"errors"
	"fmt"
	"os"

	"chancery/generator/archive"
	"chancery/generator/content"
)

// bodyOf gives the text of a document that was filed. It says false where the
// text is not there any more.
func (a *Accession) bodyOf(k *card) (string, bool) {
	if s, ok := a.spill.get(k.id); ok {
		return s, true
	}
	data, err := os.ReadFile(a.store.path(k.id.File()))
	if err != nil {
		return "", false
	}
	_, body := content.Split(k.id, data)
	return string(body), true
}

// A spill holds the bodies of the documents that a dry run would have made, in a
// file outside the archive. A nil one holds nothing.
type spill struct {
	file  *os.File
	end   int64
	spans map[archive.ID]span
}

type span struct{ at, length int64 }

func (s *spill) add(id archive.ID, p *prepared) (err error) {
	if s == nil || p.sketch.words < shortText {
		return nil
	}
	if s.file == nil {
		if s.file, err = os.CreateTemp("", "chancery-import-*"); err != nil {
			return fmt.Errorf("putting texts aside: %w", err)
		}
	}
	n, err := s.file.WriteAt([]byte(p.body), s.end)
	s.spans[id] = span{s.end, int64(n)}
	s.end += int64(n)
	if err != nil {
		return fmt.Errorf("putting texts aside: %w", err)
	}
	return nil
}

func (s *spill) get(id archive.ID) (string, bool) {
	if s == nil {
		return "", false
	}
	p, ok := s.spans[id]
	if !ok {
		return "", false
	}
	text := make([]byte, p.length)
	_, err := s.file.ReadAt(text, p.at)
	return string(text), err == nil
}

func (s *spill) close() error {
	if s == nil || s.file == nil {
		return nil
	}
	return errors.Join(s.file.Close(), os.Remove(s.file.Name()))
}
