package accession

import (
	"flag"
	"math/bits"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// TestMain keeps the property tests from writing into the source: their seeds
// are printed.
func TestMain(m *testing.M) {
	flag.Parse()
	if err := flag.Set("rapid.nofailfile", "true"); err != nil {
		panic(err)
	}
	m.Run()
}

// anyHash draws hashes of which many are near to each other.
func anyHash() *rapid.Generator[uint64] {
	return rapid.Custom(func(t *rapid.T) uint64 {
		h := rapid.OneOf(rapid.SampledFrom([]uint64{0, 0x0123456789abcdef, 1<<64 - 1}), rapid.Uint64()).Draw(t, "base")
		for _, bit := range rapid.SliceOfN(rapid.IntRange(0, 63), 0, within+2).Draw(t, "bits turned") {
			h ^= 1 << bit
		}
		return h
	})
}

// found gives what the index finds, in order.
func found(x *index, hash uint64) (numbers []uint32, distances map[uint32]int) {
	distances = map[uint32]int{}
	x.near(hash, func(n uint32, d int) {
		numbers = append(numbers, n)
		distances[n] = d
	})
	slices.Sort(numbers)
	return numbers, distances
}

func TestIndexFindsWhatIsNear(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		hashes := rapid.SliceOfN(anyHash(), 0, 60).Draw(t, "hashes")
		var x index
		for i, h := range hashes {
			x.add(h, uint32(i))
		}
		hash := anyHash().Draw(t, "hash")
		numbers, distances := found(&x, hash)
		if len(slices.Compact(slices.Clone(numbers))) != len(numbers) {
			t.Fatalf("%v: something is found twice", numbers)
		}
		for i, h := range hashes {
			d := bits.OnesCount64(h ^ hash)
			_, ok := distances[uint32(i)]
			if ok && (d > within || distances[uint32(i)] != d) || !ok && d <= surely {
				t.Fatalf("%016x and %016x differ in %d bits; found %v, as %d", h, hash, d, ok, distances[uint32(i)])
			}
		}
	})
}

func TestIndexIsSymmetric(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := anyHash().Draw(t, "a"), anyHash().Draw(t, "b")
		var x, y index
		x.add(a, 1)
		y.add(b, 1)
		one, _ := found(&x, b)
		other, _ := found(&y, a)
		if !slices.Equal(one, other) {
			t.Fatalf("%016x finds %v, %016x %v", b, one, a, other)
		}
	})
}
