package accession

import (
	"flag"
	"maps"
	"math/bits"
	"math/rand/v2"
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
		distances[n] = d
	})
	return slices.Sorted(maps.Keys(distances)), distances
}

func TestIndexFindsWhatIsNear(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		hashes := rapid.SliceOfN(anyHash(), 0, 60).Draw(t, "hashes")
		var x index
		for i, h := range hashes {
			x.add(h, uint32(i), uint32(i))
		}
		hash := anyHash().Draw(t, "hash")
		_, distances := found(&x, hash)
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
		x.add(a, 1, 1)
		y.add(b, 1, 1)
		one, _ := found(&x, b)
		other, _ := found(&y, a)
		if !slices.Equal(one, other) {
			t.Fatalf("%016x finds %v, %016x %v", b, one, a, other)
		}
	})
}

// TestCrowdedIndexHoldsASampleInAnyOrder adds the same hashes, far more than a
// place takes, in two orders: the same few are found.
func TestCrowdedIndexHoldsASampleInAnyOrder(t *testing.T) {
	const n = 6 * crowded
	r := rand.New(rand.NewPCG(1, 2))
	ranks := r.Perm(n)
	var x, y index
	for i := range n {
		x.add(uint64(i%3), uint32(i), uint32(ranks[i]))
	}
	for _, i := range r.Perm(n) {
		y.add(uint64(i%3), uint32(i), uint32(ranks[i]))
	}
	one, _ := found(&x, 0)
	other, _ := found(&y, 0)
	if len(one) < crowded || len(one) > 2*crowded || !slices.Equal(one, other) {
		t.Errorf("%d are found, and %d where they were added in another order", len(one), len(other))
	}
	for _, i := range one {
		if ranks[i] >= n*2/3 {
			t.Fatalf("number %d of rank %d is found", i, ranks[i])
		}
	}
}
