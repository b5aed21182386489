package source

import (
	"fmt"
	"regexp"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"chancery/generator/archive"
)

// maxSpeakers bounds the speakers of one document.
const maxSpeakers = 8

// speakers collects who speaks in the document: whom the title names as
// speaking, whose byline stands under it, and who has a turn.
func (g *reading) speakers() {
	g.speakersInTitle()
	if g.draft.Form.Kind.Text == "wire" || len(g.draft.Subjects.Speakers) == 0 {
		g.reported(g.firstWords(), g.lead.number, "first sentence")
	}
	turns := 0
	named := len(g.draft.Subjects.Speakers) > 0
	unknown := map[string]bool{}
	for _, l := range g.lines {
		if turns > 400 {
			break
		}
		name, _, ok := turn(l.text)
		if !ok {
			continue
		}
		turns++
		label := name
		if name = g.person(name); name == "" {
			if !named {
				g.officeholder(label, l.number, "the turn")
			}
			continue
		}
		if g.r.vocabulary.Find(archive.Speakers, name) == nil && !unknown[name] {
			unknown[name] = true // one turn may be a heading with a colon
			continue
		}
		g.addSpeaker(name, "turn", l.number, fmt.Sprintf("has a turn: %s", quote(l.text)))
	}
	if k := g.draft.Form.Kind.Text; len(g.draft.Subjects.Speakers) == 0 && k != "wire" && k != "post" {
		g.officeInHeader()
		g.quoted()
	}
}

// officeInHeader adds the holder of an office that stands alone on a line above
// the text, or begins the title.
func (g *reading) officeInHeader() {
	text := filled(g.lines)
	for i, l := range text[:min(len(text), 6)] {
		if office, _ := officeOf(l.text); office != "" && l.number != g.title.number || i == 0 && strings.HasPrefix(l.text, "Prime Minister ") {
			g.officeholder(officeLabel(l.text), l.number, "the header")
			return
		}
	}
}

// officeLabel gives the office that begins a line.
func officeLabel(s string) string {
	if office, _ := officeOf(s); office != "" {
		return s
	}
	return strings.Join(strings.Fields(s)[:2], " ")
}

// inferSpeaker adds a speaker who is not named in so many words.
func (g *reading) inferSpeaker(name, rule string, n int, why string) {
	before := len(g.draft.Subjects.Speakers)
	g.addSpeaker(name, rule, n, why)
	for i := range g.draft.Subjects.Speakers[before:] {
		g.draft.Subjects.Speakers[before+i].Grade = archive.Inferred
	}
}

// addSpeaker adds a speaker who is not among them yet under a fuller name.
func (g *reading) addSpeaker(name, rule string, n int, why string) {
	known := g.r.vocabulary.Find(archive.Speakers, name)
	for _, s := range g.draft.Subjects.Speakers {
		if strings.EqualFold(s.Text, name) || known != nil && g.r.vocabulary.Find(archive.Speakers, s.Text) == known || lastWord(s.Text) == lastWord(name) {
			return
		}
	}
	if len(g.draft.Subjects.Speakers) < maxSpeakers {
		g.draft.Subjects.Speakers = append(g.draft.Subjects.Speakers, value(name, rule, n, archive.Stated, why))
	}
}

func lastWord(s string) string {
	fields := strings.Fields(s)
	if len(fields) == 0 {
		return ""
	}
	return strings.ToLower(fields[len(fields)-1])
}

var (
	ownWords = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^['’]s? (?:[\w-]+ ){0,3}(?:remarks|answers?|replies|comments?|speech|statement|address|interview|opening|intervention|briefing|article|message|greetings?)\b`)
	})
	wordsBy = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?i)(?:remarks|speech|statement|address|interview|comment|transcript|briefing|conference|message|заявление|интервью|выступление)[^.:]{0,60}? (?:by|of|with|to) (?:the )?$`)
	})
	honourable = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?i)\bthe (?:rt\.? )?hon(?:ourable|\.)? ((?:[a-z][\w'’.-]* ){1,3}[a-z][\w'’-]+?),? (?:m\.?p|a\.?c|q\.?c)\b`)
	})
)

// speakersInTitle adds those whom the title names as speaking: "Lavrov's
// remarks", "Statement by …", "Lavrov says".
func (g *reading) speakersInTitle() {
	s, n := tidyTitle(g.title.text), g.title.number
	if m := honourable().FindStringSubmatch(s); m != nil {
		g.addSpeaker(upright(m[1]), "title", n, "the title names the speaker")
	}
	for _, m := range g.r.names[archive.Speakers].find(s) {
		if ownWords().MatchString(s[m.end:]) || wordsBy().MatchString(stripOffices(s[:m.start])) {
			g.addSpeaker(upright(m.text), "title", n, fmt.Sprintf("the title calls the words those of %s", quote(m.text)))
		}
	}
	g.namedAfterBy(s, n)
	g.reported(s, n, "title")
}

var byForm = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)^(?:joint |opening |closing )*(?:remarks|speech|statement|address|interview|keynote|message|lecture)\b[^.:]{0,40}? (?:by|of) (?:the )?`)
})

// namedAfterBy adds the person behind "Remarks by" and an office, known or not.
func (g *reading) namedAfterBy(s string, n int) {
	at := byForm().FindStringIndex(s)
	if at == nil || len(g.draft.Subjects.Speakers) > 0 {
		return
	}
	var name []string
	for w := range strings.FieldsSeq(s[at[1]:]) {
		plain := strings.Trim(w, ",;:.()")
		first, _ := utf8.DecodeRuneInString(plain)
		office := strings.Contains(offices, " "+strings.ToLower(plain)+" ")
		if len(name) == 0 && office {
			continue
		}
		if !unicode.IsUpper(first) || office {
			break
		}
		name = append(name, plain)
		if plain != w && !strings.HasSuffix(w, ".") || len(name) > 3 {
			break
		}
	}
	if len(name) == 2 || len(name) == 3 {
		g.addSpeaker(upright(strings.Join(name, " ")), "title", n, fmt.Sprintf("the title begins with %s", quote(s)))
	}
}

// stripOffices takes the offices off the end of what stands before a name.
func stripOffices(s string) string {
	for {
		fields := strings.Fields(s)
		if len(fields) == 0 {
			return s
		}
		w := fields[len(fields)-1]
		first, _ := utf8.DecodeRuneInString(w)
		if !unicode.IsUpper(first) && w != "of" && w != "and" || isMeetingWord(w) {
			return s
		}
		cut := strings.TrimRight(s, " ")
		cut = cut[:len(cut)-len(w)]
		if w == "of" && wordsBy().MatchString(s) {
			return s
		}
		s = cut
	}
}

// saidWords are the verbs by which a report gives somebody's words.
const saidWords = " says said tells told stresses stressed notes noted declares declared states stated announces announced warns warned claims claimed believes adds added emphasizes emphasized assures assured заявил заявила сообщил сообщила сказал сказала отметил отметила подчеркнул подчеркнула "

// reported adds the known speakers whom a sentence reports as saying something.
func (g *reading) reported(s string, n int, where string) {
	for _, m := range g.r.names[archive.Speakers].find(s) {
		if w := strings.ToLower(firstWord(s[m.end:])); w != "" && strings.Contains(saidWords, " "+w+" ") {
			g.addSpeaker(m.term.Name, where, n, fmt.Sprintf("the %s reports words: %s", where, quote(m.text+" "+w)))
		}
	}
}

// upright gives a name written in capitals its usual form.
func upright(name string) string {
	name = strings.TrimSpace(name)
	if name == strings.ToUpper(name) {
		return capitalised(name)
	}
	return name
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
	if found := g.r.names[archive.Speakers].find(upright(name)); len(found) > 0 {
		if found[0].text == lastPart(found[0].text) {
			return found[0].term.Name
		}
		return found[0].text
	}
	name, _, _ = strings.Cut(name, ",")
	name, _, _ = strings.Cut(name, "(")
	honorific := false
	fields := strings.Fields(name)
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

var bylineForm = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^((?:\p{Lu}[\p{L}'’.-]*\s+){1,3}\p{Lu}[\p{L}'’-]+),\s+((?:\p{Lu}|the )[^.!?:]{3,100})$`)
})

// byline reads a header line "Name, Office" and adds the speaker.
func (g *reading) byline(l line) bool {
	m := bylineForm().FindStringSubmatch(strings.TrimSpace(l.text))
	if m == nil || !anyWord(strings.ToLower(m[2]), func(w string) bool { return strings.Contains(offices, " "+w+" ") }) {
		return false
	}
	if strings.Contains(offices, " "+strings.ToLower(firstWord(m[1]))+" ") || !placeLike(m[1]) || announces(l.text) {
		return false
	}
	g.addSpeaker(m[1], "byline", l.number, fmt.Sprintf("the byline %s", quote(l.text)))
	return true
}
