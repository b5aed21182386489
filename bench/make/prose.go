package main

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
)

// prose writes Markdown of coined sentences and counts its words. The buffer
// is reused from one document to the next.
type prose struct {
	*rand.Rand
	buf   []byte
	words int
	notes int
}

const medianWords = 500

// length draws a document's number of words: log-normal, and never a book.
func length(r *rand.Rand) int {
	return min(8000, max(40, int(medianWords*math.Exp(0.7*r.NormFloat64()))))
}

// body writes a document's text of about the given number of words.
func (p *prose) body(words int) {
	p.paragraph()
	for p.words+42 < words {
		switch x := p.Float64(); {
		case x < 0.08:
			p.heading()
			p.paragraph()
		case x < 0.13:
			p.list()
		case x < 0.19:
			p.quotation()
		case x < 0.193:
			p.table()
		case x < 0.198:
			p.footnote()
		default:
			p.paragraph()
		}
	}
	for n := range p.notes {
		p.printf("[^%d]: ", n+1)
		p.sentence()
		p.printf("\n\n")
	}
}

func (p *prose) printf(format string, args ...any) {
	p.buf = fmt.Appendf(p.buf, format, args...)
}

func (p *prose) paragraph() {
	for n := 2 + p.IntN(5); n > 0; n-- {
		p.sentence()
		p.buf = append(p.buf, ' ')
	}
	p.endBlock()
}

// endBlock puts a blank line in place of the last space.
func (p *prose) endBlock() {
	p.buf = append(p.buf[:len(p.buf)-1], "\n\n"...)
}

func (p *prose) heading() {
	p.printf("## %s\n\n", phrase(p.Rand, titles))
}

func (p *prose) list() {
	for n := 3 + p.IntN(4); n > 0; n-- {
		p.printf("- ")
		p.sentence()
		p.printf("\n")
	}
	p.printf("\n")
}

func (p *prose) quotation() {
	p.printf("> ")
	p.sentence()
	p.printf("\n> ")
	p.sentence()
	p.printf("\n\n")
}

func (p *prose) table() {
	p.printf("| %s | %s | %s |\n|---|---|---|\n", word(p.Rand, nouns), word(p.Rand, nouns), word(p.Rand, adjectives))
	for range 4 {
		p.printf("| %s | %d | %d |\n", word(p.Rand, coined), p.IntN(1000), p.IntN(1000))
	}
	p.printf("\n")
}

func (p *prose) footnote() {
	p.notes++
	p.sentence()
	p.printf("[^%d] ", p.notes)
	p.sentence()
	p.printf("\n\n")
}

// sentence writes one sentence; some of its words are emphasised or linked.
func (p *prose) sentence() {
	for i, token := range sentences[p.IntN(len(sentences))] {
		if strings.Contains(".,;", token) {
			p.buf = append(p.buf, token...)
			continue
		}
		w := inflected(p.Rand, token)
		if i == 0 {
			w = capital(w)
		} else {
			p.buf = append(p.buf, ' ')
		}
		p.words++
		switch p.IntN(400) {
		case 0, 1, 2, 3:
			p.printf("*%s*", w)
		case 4, 5:
			p.printf("**%s**", w)
		case 6:
			p.printf("[%s](https://links.example.org/%s)", w, strings.ToLower(w))
		default:
			p.buf = append(p.buf, w...)
		}
	}
}

// phrase makes one plain phrase without mark-up, for titles and summaries.
func phrase(r *rand.Rand, patterns [][]string) string {
	var b strings.Builder
	for i, token := range patterns[r.IntN(len(patterns))] {
		if i > 0 && !strings.Contains(".,;", token) {
			b.WriteByte(' ')
		}
		b.WriteString(inflected(r, token))
	}
	return capital(b.String())
}

func capital(s string) string {
	return strings.ToUpper(s[:1]) + s[1:]
}
