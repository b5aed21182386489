package main

import (
	"bufio"
	"fmt"
	"strings"

	"github.com/rivo/uniseg"
)

// A page is text for people, in lines no wider than so many letters: labels
// stand on the left, what is said of them beside.
type page struct {
	w     *bufio.Writer
	width int
}

// labelWidth is the width of the column of labels.
const labelWidth = 11

func (p *page) line(s string) { p.w.WriteString(strings.TrimRight(s, " ") + "\n") }

// item writes a label and a text, which is wrapped at its words.
func (p *page) item(label, text string) { p.wrapped(label, "", text) }

// entry writes an item of a list: its further lines stand to the right of the
// first.
func (p *page) entry(label, text string) { p.wrapped(label, "  ", text) }

// below writes more of an item.
func (p *page) below(text string) { p.wrapped(strings.Repeat(" ", labelWidth+2), "", text) }

// quotation writes a line of the source with its number. Of one too long it
// writes the part in which the first of those texts stands that is in it.
func (p *page) quotation(number int, text string, about ...string) {
	head := fmt.Sprintf("%*s%5d | ", labelWidth, "", number)
	room := p.width - uniseg.StringWidth(head)
	for _, a := range about {
		at := strings.Index(text, a)
		if a == "" || at < 0 {
			continue
		}
		if uniseg.StringWidth(text[:at+len(a)]) > room-1 {
			if before := strings.Fields(text[:at]); len(before) > 3 {
				text = "… " + strings.Join(append(before[len(before)-3:], text[at:]), " ")
			}
		}
		break
	}
	p.line(head + cutTo(text, room))
}

// wrapped writes a text behind a label in lines; those after the first begin
// below the text, or to its right by hang.
func (p *page) wrapped(label, hang, text string) {
	label = fmt.Sprintf("%-*s", labelWidth, label)
	indent := strings.Repeat(" ", len(label)) + hang
	var b strings.Builder
	b.WriteString(label)
	at, begun := len(label), false
	for _, word := range strings.Fields(text) {
		word = cutTo(word, p.width-len(indent))
		width := uniseg.StringWidth(word)
		switch {
		case begun && at+1+width > p.width:
			b.WriteString("\n" + indent)
			at = len(indent)
		case begun:
			b.WriteByte(' ')
			at++
		}
		b.WriteString(word)
		at, begun = at+width, true
	}
	p.line(b.String())
}

// cutTo cuts a text that is wider than so many letters, and says so by "…".
func cutTo(s string, width int) string {
	if uniseg.StringWidth(s) <= width {
		return s
	}
	var b strings.Builder
	at := 1 // for the sign
	for g := uniseg.NewGraphemes(s); g.Next(); {
		if at += g.Width(); at > width {
			break
		}
		b.WriteString(g.Str())
	}
	return b.String() + "…"
}
