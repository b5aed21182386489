package source

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"chancery/generator/archive"
	"chancery/generator/markdown"
)

// maxTurns bounds the turns that are looked at.
const maxTurns = 400

// A label is what stands before the colon of a turn.
type label struct {
	text string
	line int
}

// turnLabels gives the labels of the text's turns, in their order: those that
// begin lines, and on lines that hold a whole page those within them.
func (g *reading) turnLabels() []label {
	var all []label
	for _, l := range g.lines {
		if len(all) >= maxTurns {
			break
		}
		if name, _, ok := turn(l.text); ok {
			all = append(all, label{name, l.number})
		}
		if len(l.text) > 400 {
			for _, m := range midTurn().FindAllStringSubmatch(clip(l.text, 1<<16), maxTurns) {
				all = append(all, label{m[1], l.number})
			}
		}
	}
	return all
}

// midTurn matches a turn in the middle of a line: initial and surname, perhaps
// the words of a pop-up about the person, and a colon.
var midTurn = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(\p{Lu}\.(?: ?\p{Lu}\.)? ?\p{Lu}\p{Ll}+(?:-\p{Lu}\p{Ll}+)?)(?: \p{Lu}[^:.!?]{0,120})? ?: `)
})

// speakersInTurns adds those who have a turn. A name that nobody knows counts
// where it comes with a title of respect, more than once, or in a text with
// many turns; one turn may be a heading with a colon.
func (g *reading) speakersInTurns() {
	labels := g.turnLabels()
	named := len(g.draft.Subjects.Speakers) > 0
	counts := map[string]int{}
	for _, l := range labels {
		if name := g.person(l.text); name != "" {
			counts[lastWord(name)]++
		}
	}
	for _, l := range labels {
		name := g.person(l.text)
		if name == "" {
			if !named {
				g.officeholder(l.text, l.line, "the turn")
			}
			continue
		}
		many := len(labels) >= 8 && !hanName().MatchString(name)
		if g.r.vocabulary.Find(archive.Speakers, name) == nil && counts[lastWord(name)] < 2 && !respectful(l.text) && !many {
			continue
		}
		g.addSpeaker(g.shortest(name, labels), "turn", l.line, fmt.Sprintf("has a turn: %s", quote(l.text+":")))
	}
}

// shortest gives the name by which other turns call the same person without
// the words of an office: "Anna Sedykh" for "Worker Anna Sedykh".
func (g *reading) shortest(name string, labels []label) string {
	for _, l := range labels {
		if strings.HasSuffix(name, " "+l.text) && len(strings.Fields(l.text)) > 1 {
			name = l.text
		}
	}
	return name
}

// respectful says whether a label begins with a title of respect.
func respectful(label string) bool {
	switch strings.ToLower(strings.TrimRight(firstField(label), ".")) {
	case "mr", "mrs", "ms", "miss", "dr", "sir", "dame", "amb", "senator":
		return true
	}
	return false
}

func firstField(s string) string {
	first, _, _ := strings.Cut(strings.TrimSpace(s), " ")
	return first
}

// turn reads the beginning of a speaker's turn: a name of at most eight words,
// each with a capital, and a colon.
func turn(s string) (name, rest string, ok bool) {
	s = unmarked(s)
	head := clip(s, 160)
	i := strings.IndexAny(head, ":")
	if j := strings.Index(head, "："); j >= 0 && (i < 0 || j < i) {
		i = j
	}
	if i <= 0 {
		return "", "", false
	}
	_, size := utf8.DecodeRuneInString(s[i:])
	name, rest = strings.TrimSpace(s[:i]), s[i+size:]
	if rest != "" && size == 1 && rest[0] != ' ' && rest[0] != '.' && rest[0] < 0x80 || strings.HasPrefix(rest, "//") {
		return "", "", false
	}
	fields := strings.Fields(name)
	if len(fields) > 14 || utf8.RuneCountInString(name) > 90 {
		return "", "", false
	}
	if comma := strings.IndexByte(name, ','); comma > 0 {
		fields = strings.Fields(name[:comma])
	}
	for _, f := range fields {
		c, _ := utf8.DecodeRuneInString(strings.TrimLeft(f, "([“\""))
		if unicode.IsDigit(c) || unicode.IsLower(c) && !strings.Contains(" of the and de da do von van al bin el la le für der und и по о ", " "+f+" ") {
			return "", "", false
		}
	}
	return name, rest, true
}

// offices are words that are no part of a person's name: titles, offices,
// states, and the words by which transcripts call those who ask.
const offices = " mr mrs ms miss dr sir dame lord president prime minister foreign secretary of the general state defence defense deputy ambassador spokesperson spokeswoman spokesman chairman chair chancellor king prince queen senator premier treasurer governor commissioner director his her excellency h.e he she hon honourable federation russian russia republic united nations people's democratic lao question answer q a journalist moderator reporter interviewer host vice acting first state and affairs for external president-elect president's participant operator staff interpreter speaker unidentified delegate вопрос ответ ведущий президент министр председатель корреспондент господин госпожа реплика russia’s russia's "

// person gives the person's name in the words before a colon, "" where they
// are an office, a question or no name.
func (g *reading) person(name string) string {
	if hanName().MatchString(name) && !markdown.IsQuestion(name) {
		return name
	}
	if found := g.r.names[archive.Speakers].find(upright(name)); len(found) > 0 {
		if found[0].text == lastPart(found[0].text) {
			return found[0].term.Name
		}
		return found[0].text
	}
	name, _, _ = strings.Cut(name, ",")
	name, _, _ = strings.Cut(name, "(")
	honorific := false
	fields := onceEach(withoutCountry(strings.Fields(name)))
	for len(fields) > 0 {
		w := strings.ToLower(strings.TrimRight(fields[0], "."))
		if !strings.Contains(offices, " "+w+" ") {
			break
		}
		honorific = honorific || strings.Contains(" mr mrs ms dr ambassador secretary president minister senator ", " "+w+" ")
		fields = fields[1:]
	}
	for _, f := range fields {
		if strings.Contains(offices, " "+strings.ToLower(strings.Trim(f, ".:,"))+" ") || strings.Trim(f, ".'’-") == "" || strings.HasPrefix(f, "-") || strings.ContainsFunc(f, notInName) {
			return ""
		}
	}
	if len(fields) == 0 || len(fields) > 4 || !honorific && !looksLikeName(fields) {
		return ""
	}
	if len(fields) == 1 {
		return g.fullName(upright(fields[0]), honorific)
	}
	return upright(strings.Join(fields, " "))
}

// onceEach cuts a label where a word of it comes again: the pop-up about a
// person begins there.
func onceEach(fields []string) []string {
	for i, f := range fields {
		if slices.ContainsFunc(fields[:i], func(earlier string) bool { return strings.EqualFold(earlier, f) }) && len(f) > 3 {
			return fields[:i]
		}
	}
	return fields
}

// withoutCountry takes the country of an office off a label: "PRIME MINISTER OF
// ICELAND KATLA SIGURVIN".
func withoutCountry(fields []string) []string {
	at := slices.IndexFunc(fields, func(f string) bool { return strings.EqualFold(f, "of") })
	if at < 1 || at+3 >= len(fields) || !strings.Contains(offices, " "+strings.ToLower(fields[at-1])+" ") {
		return fields
	}
	return fields[at+2:]
}

func notInName(c rune) bool {
	return !unicode.IsLetter(c) && !unicode.IsMark(c) && !strings.ContainsRune(".'’-‑·", c)
}

func lastPart(s string) string {
	fields := strings.Fields(s)
	return fields[len(fields)-1]
}

// looksLikeName says whether words before a colon are a person's name: two to
// four words with capitals, or an initial and a surname.
func looksLikeName(fields []string) bool {
	if len(fields) == 1 {
		dot := strings.IndexByte(fields[0], '.')
		return dot > 0 && dot <= 4 && utf8.RuneCountInString(fields[0]) > 5
	}
	return len(fields) <= 4
}

// fullName gives the name with which a surname was introduced by an office or
// a byline; a surname with an honorific stands for itself.
func (g *reading) fullName(surname string, honorific bool) string {
	for _, s := range g.draft.Subjects.Speakers {
		if lastWord(s.Text) == strings.ToLower(surname) {
			return s.Text
		}
	}
	if !honorific && !strings.Contains(surname, ".") {
		return ""
	}
	return surname
}

// hanName matches a label that is a Chinese name and nothing else.
var hanName = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^\p{Han}{2,3}$`) })
