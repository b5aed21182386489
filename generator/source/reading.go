package source

import (
	"fmt"
	"regexp"
	"strings"
	"sync"
	"unicode/utf8"

	"chancery/generator/archive"
	"chancery/generator/manuscript"
)

// A reading is a document while it is being read out of a source document.
type reading struct {
	r     *Reader
	raw   []line            // the document's lines as they stand there
	lines []line            // those that are no chrome
	title line              // as written, its marks still on it
	lead  line              // what the text proper begins with, without title and dateline
	stamp stamp             // the date as written, when its year is yet to be found
	dated archive.DraftDate // the date that the file states beside the text
	draft archive.Draft
	asked
}

// asked holds what several rules ask of a text, once it was asked for.
type asked struct {
	page   *layout
	body   []line         // the lines that are neither chrome nor blank
	labels map[string]int // how often each label before a colon begins a line
}

// newReading begins the reading of a text as one document, chrome among its
// lines.
func (r *Reader) newReading(t text) *reading {
	g := &reading{r: r, raw: t.lines, lines: withoutChrome(t.lines)}
	g.draft.Line = firstNumber(t.lines)
	g.claim(t.claims)
	return g
}

// newPost begins the reading of a post.
func (r *Reader) newPost(t text) *reading {
	g := r.newReading(t)
	g.setKind("post", "a post of a channel")
	return g
}

// setKind gives the draft the kind that its shape tells, unless the file states
// one.
func (g *reading) setKind(kind archive.Kind, why string) {
	if g.draft.Form.Kind.Text == "" {
		g.draft.Form.Kind = value(string(kind), "format", firstNumber(g.lines), archive.Stated, why)
	}
}

// text gives the lines that are neither chrome nor blank.
func (g *reading) text() []line {
	if g.body == nil {
		g.body = filled(g.lines)
	}
	return g.body
}

func firstNumber(lines []line) int {
	for _, l := range lines {
		if !l.blank() {
			return l.number
		}
	}
	return 0
}

func value(text, rule string, n int, grade archive.Grade, why string) archive.DraftValue {
	return archive.DraftValue{Text: text, Evidence: archive.Evidence{Rule: rule, Line: n, Grade: grade, Why: why}}
}

// finish makes what follows from all the rest: the body, and a language and
// kind where none is known yet.
func (g *reading) finish() {
	g.reconcile()
	if g.draft.Body == "" {
		g.draft.Body = joinBody(g.lines)
	}
	if g.draft.Form.Language.Text == "" {
		g.language()
	}
	g.refineKind()
	for _, field := range []string{"time", "zone", "kind", "language"} { // the others are noted as they are set
		if v := g.field(field); v.Text != "" && v.Rule != "metadata" {
			g.took(field, *v)
		}
	}
}

// setTitle gives the draft the title that a line holds.
func (g *reading) setTitle(l line) {
	l.text = clip(l.text, longestSentence)
	if m := rubric().FindStringSubmatch(l.text); m != nil {
		l.text = m[1]
	}
	g.title = l
	g.draft.Title = value(tidyTitle(l.text), "title line", l.number, archive.Stated, "the line that heads the text")
	g.took("title", g.draft.Title)
}

// rubric matches a title between an Arabic agency's section and the count of
// its parts: "عام / … / إضافة أولى".
var rubric = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^\s*(?:عام|سياسي|اقتصادي|ثقافي|رياضي|اجتماعي|دولي)\s*/\s*([^/]+?)\s*(?:/.*)?$`)
})

// longTitle is the length, in characters, above which a title is cut.
const longTitle = 240

// makeTitle makes a title of the first sentence of a text that has none.
func (g *reading) makeTitle(l line, why string) {
	g.title = line{firstSentence(unmarked(l.text)), l.number}
	s := strings.TrimRight(tidyTitle(g.title.text), ".,。")
	if utf8.RuneCountInString(s) > longTitle {
		cut := string([]rune(s)[:longTitle])
		if i := strings.LastIndexByte(cut, ' '); i > longTitle/2 {
			cut = cut[:i]
		}
		s = strings.TrimRight(cut, " ,;:–—-") + "…"
	}
	g.draft.Title = value(s, "first sentence", l.number, archive.Inferred, why)
	g.took("title", g.draft.Title)
}

// tidyTitle gives a title as listings show it: without leading emoji, without
// the # of hashtags, keycap digits as digits, one space between words.
func tidyTitle(s string) string {
	s = plainKeycaps(unmarked(manuscript.Visible(s)))
	var b strings.Builder
	for i, c := range s {
		if c == '#' && i+1 < len(s) && s[i+1] != ' ' {
			continue
		}
		b.WriteRune(c)
	}
	s = strings.Join(strings.Fields(b.String()), " ")
	return strings.TrimRightFunc(s, func(c rune) bool { return c == ' ' || isEmojiPart(c) })
}

// setPlace gives the draft its place, unless it has one.
func (g *reading) setPlace(name, rule string, n int, grade archive.Grade, why string) {
	g.setOnce("place", name, rule, n, grade, why)
}

// setSource gives the draft its source, unless it has one.
func (g *reading) setSource(name, rule string, n int, grade archive.Grade, why string) {
	g.setOnce("source", name, rule, n, grade, why)
}

// setOnce gives a field the first value that is found for it.
func (g *reading) setOnce(key, name, rule string, n int, grade archive.Grade, why string) {
	field := g.field(key)
	switch {
	case name == "":
	case field.Text != "":
		g.left(key, rule, n, name, why+"; the "+key+" was known already")
	default:
		*field = value(name, rule, n, grade, why)
		g.took(key, *field)
	}
}

// setDate gives the draft a date that is fully written.
func (g *reading) setDate(t stamp, rule string, n int, grade archive.Grade, why string) {
	if has := g.draft.When.Date; !has.Date.IsZero() && has.Date != t.date() {
		g.left("date", has.Rule, has.Line, has.Date.String(), has.Why+"; what follows goes before it")
	}
	g.stamp = t
	g.draft.When.Date = archive.DraftDate{Date: t.date(), Evidence: archive.Evidence{Rule: rule, Line: n, Grade: grade, Why: why}}
	g.took("date", archive.DraftValue{Text: t.date().String(), Evidence: g.draft.When.Date.Evidence})
	if t.swapped {
		g.doubt("date", n, "which number is the day and which the month, the text does not tell")
	}
}

// doubt notes what a person has to look at.
func (g *reading) doubt(field string, n int, why string) {
	g.draft.Doubts = append(g.draft.Doubts, value("", field, n, archive.Inferred, why))
	g.left(field, "doubt", n, "", why)
}

// quote shortens a text for a sentence of evidence.
func quote(s string) string {
	s = strings.TrimSpace(s)
	if utf8.RuneCountInString(s) > 60 {
		s = strings.TrimSpace(string([]rune(s)[:58])) + "…"
	}
	return fmt.Sprintf("“%s”", s)
}
