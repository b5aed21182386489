package accession

import (
	"math/bits"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A sketch is what is kept of a text to find those that are like it.
type sketch struct {
	hash       uint64 // equal in most bits for texts with mostly the same shingles
	words      int
	paragraphs int
}

// sketchOf sketches a text: the SimHash (Charikar 2002) of its shingles.
func sketchOf(text string) sketch {
	var votes [64]int
	s := sketch{paragraphs: paragraphsOf(text)}
	s.words = shingles(text, func(shingle uint64) bool {
		for bit := range votes {
			votes[bit] += int(shingle >> bit & 1)
		}
		return true
	})
	// Each bit is that of the majority.
	for bit, n := range votes {
		if 2*n > max(0, s.words-2) {
			s.hash |= 1 << bit
		}
	}
	return s
}

// paragraphsOf counts the runs of lines that are not empty.
func paragraphsOf(text string) int {
	n, within := 0, false
	for line := range strings.Lines(text) {
		filled := strings.TrimSpace(line) != ""
		if filled && !within {
			n++
		}
		within = filled
	}
	return n
}

// FNV-1a of 64 bits, by which words are told apart.
const (
	fnvOffset = 14695981039346656037
	fnvPrime  = 1099511628211
)

// shingles yields a number for each three words that follow each other, until
// yield says false, and gives how many words there are. Case, punctuation,
// mark-up and the addresses of links do not count; an ideograph is a word.
func shingles(text string, yield func(uint64) bool) (words int) {
	var a, b uint64
	going := true
	word := func(h uint64) {
		if words++; words > 2 && going {
			going = yield(mix(mix(a*fnvPrime+b)*fnvPrime + h))
		}
		a, b = b, h
	}
	h, within := uint64(fnvOffset), false
	end := func() {
		if within {
			word(h)
		}
		h, within = fnvOffset, false
	}
	for at := 0; at < len(text); {
		r, size := utf8.DecodeRuneInString(text[at:])
		switch {
		case r == ']' && strings.HasPrefix(text[at:], "]("):
			size = addressLength(text[at:])
			end()
		case r >= 'a' && r <= 'z':
			h, within = (h^uint64(r))*fnvPrime, true
		case r >= firstIdeograph && unicode.Is(unicode.Han, r):
			end()
			word((fnvOffset ^ uint64(r)) * fnvPrime)
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r):
			h, within = (h^uint64(unicode.ToLower(r)))*fnvPrime, true
		default:
			end()
		}
		at += size
	}
	end()
	return words
}

// firstIdeograph is below all ideographs.
const firstIdeograph = 0x2e80

// addressLength gives the length of "](address)", or of its bracket alone where
// no address follows.
func addressLength(s string) int {
	if i := strings.IndexAny(s, ")\n"); i >= 0 && s[i] == ')' {
		return i + 1
	}
	return 1
}

// mix spreads what differs in a number over all its bits (the finaliser of
// MurmurHash3, Appleby 2011).
func mix(x uint64) uint64 {
	x = (x ^ x>>33) * 0xff51afd7ed558ccd
	x = (x ^ x>>33) * 0xc4ceb9fe1a85ec53
	return x ^ x>>33
}

// distance gives in how many bits two hashes differ.
func distance(a, b uint64) int { return bits.OnesCount64(a ^ b) }
