package accession

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// A writer writes texts of made-up words, the frequent ones often, as people do.
type writer struct {
	r     *rand.Rand
	words []string
	zipf  *rand.Zipf
}

func newWriter(seed uint64) *writer {
	w := &writer{r: rand.New(rand.NewPCG(seed, 1))}
	for range 3000 {
		var b strings.Builder
		for range 1 + w.r.IntN(4) {
			b.WriteByte("bcdfghklmnprstvz"[w.r.IntN(16)])
			b.WriteByte("aeiou"[w.r.IntN(5)])
		}
		w.words = append(w.words, b.String())
	}
	w.zipf = rand.NewZipf(w.r, 1.1, 4, uint64(len(w.words)-1))
	return w
}

func (w *writer) text(words int) []string {
	text := make([]string, words)
	for i := range text {
		text[i] = w.words[w.zipf.Uint64()]
	}
	return text
}

// edited gives the text with so many words put in the place of others.
func (w *writer) edited(text []string, changes int) []string {
	text = append([]string{}, text...)
	for range changes {
		text[w.r.IntN(len(text))] = w.words[w.r.IntN(len(w.words))]
	}
	return text
}

func joined(words []string) string { return strings.Join(words, " ") + "." }

// TestSketchesTellWhatIsAlike measures on texts of usual lengths how many of the
// pairs are held against each other.
func TestSketchesTellWhatIsAlike(t *testing.T) {
	const pairs = 300
	for _, c := range []struct {
		name        string
		other       func(w *writer, text []string) []string
		words       int
		least, most int // of the pairs, those that have to be, and may be, held against each other
	}{
		{"one word of 100 changed", func(w *writer, s []string) []string { return w.edited(s, 1) }, 100, 294, pairs},
		{"two words of 200 changed", func(w *writer, s []string) []string { return w.edited(s, 2) }, 200, 294, pairs},
		{"ten words of 500 changed", func(w *writer, s []string) []string { return w.edited(s, 10) }, 500, 280, pairs},
		{"a paragraph of 40 words added to 400", func(w *writer, s []string) []string { return append(s[:len(s):len(s)], w.text(40)...) }, 400, 280, pairs},
		{"posts of 40 words with 20 more in common", func(w *writer, s []string) []string { return append(w.text(40), s[40:]...) }, 60, 0, 15},
		{"different texts", func(w *writer, _ []string) []string { return w.text(300) }, 300, 0, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWriter(7)
			held, distances := 0, 0
			for range pairs {
				a := w.text(c.words)
				b := c.other(w, a)
				x, y := sketchOf(joined(a)), sketchOf(joined(b))
				distances += distance(x.hash, y.hash)
				var i index
				i.add(x.hash, 1, 1)
				numbers, _ := found(&i, y.hash)
				held += len(numbers)
			}
			t.Logf("mean distance %.1f, held against each other %d of %d", float64(distances)/pairs, held, pairs)
			if held < c.least || held > c.most {
				t.Errorf("%d of %d pairs are held against each other, not %d to %d", held, pairs, c.least, c.most)
			}
		})
	}
}

func TestSketchesLookAtWordsAlone(t *testing.T) {
	a := sketchOf("The **Harbour** of [Alder](https://example.org/alder) opens\nin May 2021, said the «council».")
	b := sketchOf("the harbour of Alder opens in May 2021 — said the council")
	if a.hash != b.hash || a.words != 11 || b.words != 11 {
		t.Errorf("%+v, %+v", a, b)
	}
}

func TestIdeographsAreWords(t *testing.T) {
	if s := sketchOf("外交部发言人 said: 港口"); s.words != 9 {
		t.Errorf("%d words", s.words)
	}
}

func TestShortTextsHaveNoShingles(t *testing.T) {
	for text, words := range map[string]int{"": 0, "one": 1, "one two": 2, "[](": 0, "](a b)": 0, "a](b": 2} {
		if s := sketchOf(text); s.words != words || s.hash != 0 {
			t.Errorf("%q: %+v", text, s)
		}
	}
}

func TestOverlapIsTheShareOfCommonWordSequences(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want string
	}{
		{"a b c d", "a b c d", "1.00"},
		{"a b c d", "a b c e", "0.33"}, // abc of abc, bcd, bce
		{"a b c d", "e f g h", "0.00"},
		{"", "", "0.00"},
	} {
		if got := fmt.Sprintf("%.2f", overlapOf(c.a, c.b)); got != c.want || got != fmt.Sprintf("%.2f", overlapOf(c.b, c.a)) {
			t.Errorf("the overlap of (%q, %q) = %s, not %s", c.a, c.b, got, c.want)
		}
	}
}

func overlapOf(a, b string) float64 {
	return overlap(appendShingles(nil, a), appendShingles(nil, b))
}

func FuzzShingles(f *testing.F) {
	for _, text := range []string{"a b c", "](x) a", "港口 a", "\xff\xfe", "](", "a](b\nc)", "e\u0301 a b"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		s := sketchOf(text)
		n := 0
		words := shingles(text, func(uint64) bool { n++; return true })
		if words != s.words || n != max(0, words-2) {
			t.Errorf("%d words, %d shingles", words, n)
		}
		if o := overlapOf(text, text); n > 0 && o != 1 {
			t.Errorf("a text overlaps itself by %v", o)
		}
	})
}
