package page

import (
	"crypto/sha256"
	"encoding/binary"
	"hash"
	"reflect"
	"strings"
	"sync"

	"chancery/generator/archive"
	"chancery/generator/content"
)

// A digester digests what a page is made from: texts, each with its length, and
// digests.
type digester struct {
	hash hash.Hash
	b    []byte
}

func newDigester() *digester {
	d := digesters.Get().(*digester)
	d.hash.Reset()
	d.b = d.b[:0]
	return d
}

var digesters = sync.Pool{New: func() any { return &digester{sha256.New(), make([]byte, 0, 4096)} }}

func (d *digester) text(texts ...string) {
	for _, s := range texts {
		d.b = binary.AppendUvarint(d.b, uint64(len(s)))
		d.b = append(d.b, s...)
	}
	d.flush(4096)
}

func (d *digester) digest(x content.Digest) {
	d.b = append(d.b, x[:]...)
	d.flush(4096)
}

// flush hands on what was gathered where it is more than so much.
func (d *digester) flush(most int) {
	if len(d.b) > most {
		d.hash.Write(d.b)
		d.b = d.b[:0]
	}
}

// sum gives the digest and ends the use of the digester.
func (d *digester) sum() content.Digest {
	d.hash.Write(d.b)
	sum := content.Digest(d.hash.Sum(d.b[:0])[:16])
	digesters.Put(d)
	return sum
}

// digestValue digests a view: texts and structures of them.
func digestValue(d *digester, v reflect.Value) {
	for i := range v.NumField() {
		switch f := v.Field(i); f.Kind() {
		case reflect.String:
			d.text(f.String())
		case reflect.Struct:
			digestValue(d, f)
		default:
			panic("a view holds texts and structures of them alone: " + v.Type().Field(i).Name)
		}
	}
}

// A card is the digest of what lists show of an entry: of its item, and of its
// item with the summary.
type card struct{ item, latest content.Digest }

func (r *Renderer) card(e *archive.Entry) card {
	item := r.item(e)
	return card{content.DigestOf([]byte(item)), content.DigestOf([]byte(strings.Join([]string{string(item), e.Summary}, "\x00")))}
}

// entries digests the items of a list.
func (r *Renderer) entries(d *digester, list []*archive.Entry) {
	for _, e := range list {
		d.digest(r.cards[e].item)
	}
}
