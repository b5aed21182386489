package source

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"chancery/generator/archive"
)

// A gazetteer finds the names of one facet's terms in texts: the longest name
// at each place, in one pass.
type gazetteer struct {
	root *branch
	tags map[string]*archive.Term // hashtags, folded
}

// A branch continues names by one word; where a name ends it holds the term.
type branch struct {
	next  map[string]*branch
	names []gazetteerName
}

type gazetteerName struct {
	term    *archive.Term
	exact   string // an abbreviation is written so and no other way
	capital bool   // it begins with a capital: it is never written without any
}

// A match is a name met in a text.
type match struct {
	term       *archive.Term
	text       string // as written
	start, end int
	tag        bool   // written as a hashtag
	number     string // glued to an abbreviation: the 15 of "COP15"
}

func newGazetteer(terms []*archive.Term) *gazetteer {
	g := &gazetteer{root: &branch{}, tags: map[string]*archive.Term{}}
	for _, t := range terms {
		g.add(t, t.Name)
		for _, n := range t.Aliases {
			g.add(t, n)
		}
		for _, n := range t.Venue.Abbreviations {
			g.add(t, n)
		}
		for _, n := range t.Venue.Hashtags {
			g.tags[foldWord(n)] = t
		}
	}
	return g
}

// add files a name under its words. The first term that claims it keeps it.
func (g *gazetteer) add(t *archive.Term, name string) {
	b := g.root
	ws := words(name)
	for _, w := range ws {
		if b.next == nil {
			b.next = map[string]*branch{}
		}
		key := stem(foldWord(name[w.start:w.end]))
		if b.next[key] == nil {
			b.next[key] = &branch{}
		}
		b = b.next[key]
	}
	if len(ws) == 0 {
		return
	}
	n := gazetteerName{term: t}
	first, _ := utf8.DecodeRuneInString(name[ws[0].start:])
	n.capital = unicode.IsUpper(first)
	if len(ws) == 1 && utf8.RuneCountInString(name) <= 6 && name == strings.ToUpper(name) && name != strings.ToLower(name) {
		n.exact = name
	}
	b.names = append(b.names, n)
}

// find gives the names in a text, in their order; none overlaps another.
func (g *gazetteer) find(s string) []match {
	var found []match
	ws := words(s)
	for i := 0; i < len(ws); {
		m, n := g.at(s, ws, i)
		if n == 0 {
			i++
			continue
		}
		found = append(found, m)
		i += n
	}
	return found
}

// at gives the longest name that begins at word i, and the count of its words.
func (g *gazetteer) at(s string, ws []span, i int) (match, int) {
	var best match
	length := 0
	tagged := ws[i].start > 0 && s[ws[i].start-1] == '#'
	if tagged {
		tag := strings.TrimRight(foldWord(s[ws[i].start:ws[i].end]), "0123456789_")
		if t := g.tags[foldWord(s[ws[i].start:ws[i].end])]; t != nil {
			best, length = match{term: t, start: ws[i].start, end: ws[i].end, tag: true}, 1
		} else if t := g.tags[tag]; t != nil {
			best, length = match{term: t, start: ws[i].start, end: ws[i].end, tag: true}, 1
		}
	}
	b := g.root
	for j := i; j < len(ws) && b.next != nil; j++ {
		if j > i && !joins(s[ws[j-1].end:ws[j].start]) {
			break
		}
		b = b.next[stem(foldWord(s[ws[j].start:ws[j].end]))]
		if b == nil {
			break
		}
		if t := b.as(s[ws[i].start:ws[j].end]); t != nil && !compound(s, ws[i].start, ws[j].end) && j-i+1 > length-btoi(tagged) {
			best, length = match{term: t, start: ws[i].start, end: ws[j].end, tag: tagged && j == i}, j-i+1
		}
	}
	if length == 0 && !tagged {
		best, length = g.numbered(s, ws[i])
	}
	if length > 0 && (!best.tag || !compound(s, best.start, best.end)) {
		best.text = s[best.start:best.end]
		return best, length
	}
	return match{}, 0
}

// numbered reads an abbreviation with a number glued to it: "COP15".
func (g *gazetteer) numbered(s string, w span) (match, int) {
	word := strings.TrimRight(s[w.start:w.end], "0123456789")
	digits := w.end - w.start - len(word)
	if digits == 0 || digits > 2 || len(word) < 3 {
		return match{}, 0
	}
	b := g.root.next[stem(foldWord(word))]
	if b == nil {
		return match{}, 0
	}
	for _, n := range b.names {
		if n.exact == word {
			return match{term: n.term, start: w.start, end: w.end, number: s[w.end-digits : w.end]}, 1
		}
	}
	return match{}, 0
}

// as gives the term whose name is written as the text is.
func (b *branch) as(text string) *archive.Term {
	for _, n := range b.names {
		if (n.exact == "" || n.exact == text) && (!n.capital || strings.ContainsFunc(text, unicode.IsUpper)) {
			return n.term
		}
	}
	return nil
}

// compound says whether a hyphen ties the words from start to end to another
// word, which makes another name of them: "ASEAN-China", "pro-NATO". A word
// for a meeting may be tied on: "BRICS-Gipfel".
func compound(s string, start, end int) bool {
	before, size := utf8.DecodeLastRuneInString(s[:start])
	if before == '#' {
		before, size = utf8.DecodeLastRuneInString(s[:start-1])
		size++
	}
	if isHyphen(before) {
		if c, _ := utf8.DecodeLastRuneInString(s[:start-size]); unicode.IsLetter(c) {
			return true
		}
	}
	after, size := utf8.DecodeRuneInString(s[end:])
	if !isHyphen(after) {
		return false
	}
	c, _ := utf8.DecodeRuneInString(s[end+size:])
	return unicode.IsLetter(c) && !isMeetingWord(firstWord(s[end+size:]))
}

func isHyphen(c rune) bool { return c == '-' || c == '‐' || c == '‑' || c == '–' }

// joins says whether what stands between two words may stand within a name.
func joins(between string) bool {
	return len(between) <= 6 && strings.Trim(between, " \u00a0\t-‐‑–—/.'’‘·") == ""
}

// A span is a word of a text.
type span struct{ start, end int }

// words cuts a text into its runs of letters and digits; each ideograph is a
// word.
func words(s string) []span {
	ws := make([]span, 0, len(s)/6+1)
	start := -1
	for i, c := range s {
		switch {
		case ideograph(c):
			if start >= 0 {
				ws = append(ws, span{start, i})
				start = -1
			}
			ws = append(ws, span{i, i + utf8.RuneLen(c)})
		case unicode.IsLetter(c) || unicode.IsDigit(c) || unicode.IsMark(c) && !isEmojiPart(c):
			if start < 0 {
				start = i
			}
		case start >= 0:
			ws = append(ws, span{start, i})
			start = -1
		}
	}
	if start >= 0 {
		ws = append(ws, span{start, len(s)})
	}
	return ws
}

// firstWord gives the first word of a text.
func firstWord(s string) string {
	start := strings.IndexFunc(s, func(c rune) bool { return unicode.IsLetter(c) || unicode.IsDigit(c) })
	if start < 0 {
		return ""
	}
	s = s[start:]
	if end := strings.IndexFunc(s, func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) }); end >= 0 {
		s = s[:end]
	}
	return s
}

// foldWord gives the form under which words are compared.
func foldWord(w string) string {
	w = strings.ToLower(w)
	if strings.Contains(w, "ё") {
		w = strings.ReplaceAll(w, "ё", "е")
	}
	return w
}

// endings are those of Russian nouns and adjectives, the longest first.
var endings = [...]string{"ого", "его", "ому", "ему", "ыми", "ими", "ами", "ями", "ах", "ях", "ов", "ев", "ей", "ой", "ый", "ий", "ая", "яя", "ое", "ее", "ые", "ие", "ую", "юю", "ом", "ем", "ам", "ям", "ых", "их", "ым", "им", "у", "ю", "а", "я", "о", "е", "ы", "и", "ь", "й"}

// stem takes the ending off a Cyrillic word of five letters or more, so that
// its cases compare equal.
func stem(w string) string {
	if len(w) < 10 || w[0] < 0xd0 || w[0] > 0xd1 {
		return w
	}
	for _, e := range endings {
		if strings.HasSuffix(w, e) && len(w)-len(e) >= 6 {
			return w[:len(w)-len(e)]
		}
	}
	return w
}
