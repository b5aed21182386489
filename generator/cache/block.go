package cache

import (
	"bytes"
	"encoding/binary"
	"encoding/gob"
	"io"

	"chancery/generator/content"
)

// A block is a value in gob with its version, length and digest before it, so
// that one cut short or damaged is known for it.
type header struct {
	Version content.Digest
	Digest  content.Digest
	Length  uint64
}

func writeBlock(w io.Writer, version content.Digest, v any) error {
	var b bytes.Buffer
	if err := gob.NewEncoder(&b).Encode(v); err != nil {
		return err
	}
	if err := binary.Write(w, binary.LittleEndian, header{version, content.DigestOf(b.Bytes()), uint64(b.Len())}); err != nil {
		return err
	}
	_, err := w.Write(b.Bytes())
	return err
}

func readBytes(r io.Reader, version content.Digest) (*bytes.Reader, error) {
	var h header
	if err := binary.Read(r, binary.LittleEndian, &h); err != nil {
		return nil, err
	}
	const most = 1 << 32
	if h.Version != version || h.Length > most {
		return nil, errStale
	}
	var b bytes.Buffer
	if n, err := io.CopyN(&b, r, int64(h.Length)); err != nil || uint64(n) != h.Length || content.DigestOf(b.Bytes()) != h.Digest {
		return nil, errStale
	}
	return bytes.NewReader(b.Bytes()), nil
}

func readBlock(r io.Reader, version content.Digest, v any) error {
	b, err := readBytes(r, version)
	if err != nil {
		return err
	}
	return decodeBlock(b, v)
}
