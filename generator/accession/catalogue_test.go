package accession

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"chancery/generator/archive"
)

// BenchmarkCandidates looks for texts like one text in archives of several
// sizes: of texts that have nothing in common, and of posts that all have most
// of their lines in common.
func BenchmarkCandidates(b *testing.B) {
	for _, alike := range []bool{false, true} {
		for _, size := range []int{1_000, 10_000, 100_000, 1_000_000} {
			b.Run(fmt.Sprintf("alike=%v/documents=%d", alike, size), func(b *testing.B) {
				r := rand.New(rand.NewPCG(1, uint64(size)))
				hash := func() uint64 {
					if alike { // in one bit of four
						return 0x0123456789abcdef ^ r.Uint64()&r.Uint64()
					}
					return r.Uint64()
				}
				c := newCatalogue()
				for i := range size {
					c.add(card{id: archive.ID(fmt.Sprint("2024/post-", i))}, &archive.Document{}, sketch{hash: hash(), words: 100})
				}
				for b.Loop() {
					c.candidates(sketch{hash: hash(), words: 100})
				}
			})
		}
	}
}
