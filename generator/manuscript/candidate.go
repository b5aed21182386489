package manuscript

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A candidate is a text as it is if its bytes are in one encoding.
type candidate struct {
	name  string
	signs []sign // the characters beyond ASCII
	bytes int    // that they have
	words []string
}

// A sign is a character beyond ASCII, and those beside it.
type sign struct{ before, c, after rune }

// readCandidate reads bytes in one encoding, nil where there is no such.
func readCandidate(sample []byte, name string) *candidate {
	enc := encodingNamed(name)
	if enc == nil {
		return nil
	}
	text, _ := enc.NewDecoder().Bytes(sample)
	k := &candidate{name: name}
	for _, b := range sample {
		if b >= utf8.RuneSelf {
			k.bytes++
		}
	}
	runes := []rune(string(text))
	for i, c := range runes {
		if c < utf8.RuneSelf {
			continue
		}
		s := sign{c: c, before: '\n', after: '\n'}
		if i > 0 {
			s.before = runes[i-1]
		}
		if i+1 < len(runes) {
			s.after = runes[i+1]
		}
		k.signs = append(k.signs, s)
	}
	k.words = strings.Fields(strings.ToLower(string(text)))
	return k
}

// hasLetters says whether most characters beyond ASCII are letters, or marks on them.
func (k *candidate) hasLetters() bool {
	n := 0
	for _, s := range k.signs {
		if unicode.IsLetter(s.c) || unicode.IsMark(s.c) {
			n++
		}
	}
	return 2*n > len(k.signs)
}

// score gives how likely the text is in the likeliest of the languages that are
// written in its encoding: a logarithm, by byte.
func (k *candidate) score() float64 {
	if k.bytes == 0 {
		return 0
	}
	best := -1000.0
	for _, language := range languagesIn(k.name) {
		best = max(best, k.scoreIn(models()[language]))
	}
	return best
}

// languagesIn gives the languages that are written in an encoding; all, where
// it is none that is looked for.
func languagesIn(name string) []string {
	for _, e := range encodings {
		if e.name == name {
			return strings.Fields(e.languages)
		}
	}
	var all []string
	for language := range letters {
		all = append(all, language)
	}
	return all
}

func (k *candidate) scoreIn(m *model) float64 {
	sum := 0.0
	for _, s := range k.signs {
		sum += s.likely(m)
	}
	return sum/float64(k.bytes) + 1.5*k.common(m)
}

// common gives the share of words that are among the commonest of a language,
// up to a third.
func (k *candidate) common(m *model) float64 {
	if m.words == "" {
		return 0
	}
	n := 0
	for _, w := range k.words {
		if strings.Contains(m.words, " "+w+" ") {
			n++
		}
	}
	return min(1, 3*float64(n)/float64(len(k.words)+1))
}

// likely gives how likely a character is where it stands.
func (s sign) likely(m *model) float64 {
	lower := unicode.ToLower(s.c)
	p, listed := m.likely[s.c]
	if !listed {
		if p, listed = m.likely[lower]; !listed {
			p = m.rest(lower)
			listed = p > -9
		}
	}
	between := unicode.IsLetter(s.before) && unicode.IsLetter(s.after)
	switch {
	case s.c == utf8.RuneError, s.c >= 0x80 && s.c < 0xa0, s.c >= 0xe000 && s.c < 0xf900:
		return -16
	case isMark(s.c) && !listed:
		if between && !strings.ContainsRune("’·—–\u00ad\u200c", s.c) {
			return -8
		}
		return -4.5
	case !listed && !unicode.IsLetter(s.c):
		return -11
	case mixesScripts(s.c, s.before) || mixesScripts(s.c, s.after):
		return p - 6
	}
	return p + s.byCase()
}

// mixesScripts says whether a letter that is not Latin stands beside one that is.
func mixesScripts(c, beside rune) bool {
	ascii := beside >= 'a' && beside <= 'z' || beside >= 'A' && beside <= 'Z'
	return ascii && unicode.IsOneOf([]*unicode.RangeTable{unicode.Cyrillic, unicode.Greek, unicode.Hebrew, unicode.Arabic}, c)
}

// byCase tells a word that is written as no word is: a capital within it, or
// one letter alone.
func (s sign) byCase() float64 {
	switch {
	case !unicode.IsLetter(s.before) && !unicode.IsLetter(s.after):
		return -3
	case !unicode.IsUpper(s.c):
		return 0
	case unicode.IsLower(s.before):
		return -5
	case unicode.IsUpper(s.before):
		return -0.3
	}
	return -0.7
}
