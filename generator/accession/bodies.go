package accession

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"chancery/generator/content"
)

// bodyOf gives the text of a document that was filed. It says false where the
// text is not there any more.
func (a *Accession) bodyOf(k *card) (string, bool) {
	if s, ok := a.spill.get(k.spilled); ok {
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
// file outside the archive, each behind its length. A nil one holds nothing.
type spill struct {
	file *os.File
	end  int64
}

// lengthSize is the size of the length before a text, in bytes.
const lengthSize = 8

// add puts the text of a document aside and gives its place, 0 for none.
func (s *spill) add(p *prepared) (place int64, err error) {
	if s == nil || p.sketch.words < shortText {
		return 0, nil
	}
	if s.file == nil {
		if s.file, err = os.CreateTemp("", "chancery-import-*"); err != nil {
			return 0, fmt.Errorf("putting texts aside: %w", err)
		}
		_ = os.Remove(s.file.Name()) // where the system allows it: so a run that is killed leaves nothing
	}
	text := binary.LittleEndian.AppendUint64(make([]byte, 0, lengthSize+len(p.body)), uint64(len(p.body)))
	n, err := s.file.WriteAt(append(text, p.body...), s.end)
	if err != nil {
		return 0, fmt.Errorf("putting texts aside: %w", err)
	}
	place = s.end + lengthSize
	s.end += int64(n)
	return place, nil
}

func (s *spill) get(place int64) (string, bool) {
	if s == nil || place == 0 {
		return "", false
	}
	var length [lengthSize]byte
	if _, err := s.file.ReadAt(length[:], place-lengthSize); err != nil {
		return "", false
	}
	text := make([]byte, binary.LittleEndian.Uint64(length[:]))
	_, err := s.file.ReadAt(text, place)
	return string(text), err == nil
}

func (s *spill) close() error {
	if s == nil || s.file == nil {
		return nil
	}
	err := s.file.Close()
	if gone := os.Remove(s.file.Name()); gone != nil && !errors.Is(gone, fs.ErrNotExist) {
		err = errors.Join(err, gone)
	}
	return err
}
