package accession

import (
	"cmp"
	"slices"
)

// within is in how many bits the hashes of two texts may differ for the texts
// to be held against each other. Texts that share 80 % of their shingles differ
// in 10 on average (their angle's share of a half turn); of others, one in four
// million comes as near by chance.
const within = 12

// surely is the distance up to which the index finds every hash, in tables that
// are not crowded: of its bytes, by which it looks, at least one is then equal.
// Beyond, some escape it.
const surely = 7

// crowded bounds how many hashes lie in one place of a table: looking takes no
// longer in a large archive. A million texts that have nothing in common stay
// below it; of more, and of a channel whose posts all have the same lines, a
// sample is held.
const crowded = 4096

// An index finds hashes that differ in few bits (Manku, Jain and Das Sarma
// 2007): each lies in eight tables, by one of its bytes in each. What it finds
// does not depend on the order in which hashes were added.
type index struct {
	entries []entry
	tables  [8][256][]uint32
}

// An entry is a hash, what was added under it, and its rank: where too many lie
// in one place, those of the least ranks stay.
type entry struct {
	hash         uint64
	number, rank uint32
}

func (e *entry) compare(other *entry) int {
	return cmp.Or(cmp.Compare(e.rank, other.rank), cmp.Compare(e.hash, other.hash))
}

// add files a number under a hash.
func (x *index) add(hash uint64, number, rank uint32) {
	at := uint32(len(x.entries))
	x.entries = append(x.entries, entry{hash, number, rank})
	for i := range x.tables {
		place := &x.tables[i][byte(hash>>(8*i))]
		if len(*place) == crowded {
			x.displace(*place, at)
			continue
		}
		if *place = append(*place, at); len(*place) == crowded {
			// The highest rank comes first, as displace has it: a heap.
			slices.SortFunc(*place, func(a, b uint32) int { return x.entries[b].compare(&x.entries[a]) })
		}
	}
}

// displace puts an entry into a crowded place for that with the highest rank,
// unless its own is higher.
func (x *index) displace(place []uint32, at uint32) {
	above := func(a, b uint32) bool { return x.entries[a].compare(&x.entries[b]) > 0 }
	if !above(place[0], at) {
		return
	}
	i := 0
	for {
		below := 2*i + 1
		if below+1 < len(place) && above(place[below+1], place[below]) {
			below++
		}
		if below >= len(place) || !above(place[below], at) {
			break
		}
		place[i], i = place[below], below
	}
	place[i] = at
}

// near calls found for each number whose hash differs in at most within bits,
// once or more often, and in no order.
func (x *index) near(hash uint64, found func(number uint32, distance int)) {
	for i := range x.tables {
		for _, at := range x.tables[i][byte(hash>>(8*i))] {
			e := &x.entries[at]
			if d := distance(hash, e.hash); d <= within {
				found(e.number, d)
			}
		}
	}
}
