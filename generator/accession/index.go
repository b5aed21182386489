package accession

// within is in how many bits the hashes of two texts may differ for the texts
// to be held against each other. Texts that share 80 % of their shingles differ
// in 10 on average (their angle's share of a half turn); of others, one in four
// million comes as near by chance.
const within = 12

// surely is the distance up to which the index finds every hash: of its bytes,
// by which it looks, at least one is then equal. Beyond, some escape it.
const surely = 7

// An index finds hashes that differ in few bits (Manku, Jain and Das Sarma
// 2007): each lies in eight tables, by one of its bytes in each.
type index struct {
	hashes  []uint64
	numbers []uint32 // what was added under each hash
	tables  [8][256][]uint32
}

// add files a number under a hash.
func (x *index) add(hash uint64, number uint32) {
	at := uint32(len(x.hashes))
	x.hashes, x.numbers = append(x.hashes, hash), append(x.numbers, number)
	for i := range x.tables {
		b := byte(hash >> (8 * i))
		x.tables[i][b] = append(x.tables[i][b], at)
	}
}

// near calls found for each number whose hash differs in at most within bits,
// once for each time it was added, and in no order.
func (x *index) near(hash uint64, found func(number uint32, distance int)) {
	for i := range x.tables {
		for _, at := range x.tables[i][byte(hash>>(8*i))] {
			other := x.hashes[at]
			if d := distance(hash, other); d <= within && !equalBefore(hash^other, i) {
				found(x.numbers[at], d)
			}
		}
	}
}

// equalBefore says whether one of the first n bytes does not differ, so that an
// earlier table had the hash.
func equalBefore(differing uint64, n int) bool {
	for i := range n {
		if byte(differing>>(8*i)) == 0 {
			return true
		}
	}
	return false
}
