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
	g.speakersInTurns()
	if k := g.draft.Form.Kind.Text; len(g.draft.Subjects.Speakers) == 0 && k != "wire" && k != "post" {
		g.officeInHeader()
		g.quoted()
	}
}

// officeInHeader adds the holder of an office that stands alone on a line above
// the text, or is glued to the title: "Prime Minister The time has come".
func (g *reading) officeInHeader() {
	text := g.text()
	for i, l := range text[:min(len(text), 6)] {
		if office, _ := officeOf(l.text); office != "" && l.number != g.title.number {
			g.officeholder(l.text, l.number, "the header")
			return
		}
		if office := officeAt(l.text); i == 0 && office != "" && strings.HasPrefix(strings.TrimPrefix(l.text, office), " The ") {
			g.officeholder(office, l.number, "the header")
			return
		}
	}
}

// inferSpeaker adds a speaker who is not named in so many words.
func (g *reading) inferSpeaker(name, rule string, n int, why string) {
	before := len(g.draft.Subjects.Speakers)
	g.addSpeaker(name, rule, n, why)
	for i := range g.draft.Subjects.Speakers[before:] {
		g.draft.Subjects.Speakers[before+i].Grade = archive.Inferred
	}
}

// addSpeaker adds a speaker who is not among them yet under a fuller name. The
// name of a turn stands for the inflected one of a title.
func (g *reading) addSpeaker(name, rule string, n int, why string) {
	v := value(name, rule, n, archive.Stated, why)
	for i, s := range g.draft.Subjects.Speakers {
		switch {
		case rule == "turn" && inflects(lastWord(s.Text), lastWord(name)):
			g.draft.Subjects.Speakers[i] = v
			g.took("speakers", v)
			return
		case g.samePerson(s.Text, name):
			if rule != "turn" {
				g.left("speakers", rule, n, name, why+"; "+s.Text+" stands among the speakers already")
			}
			return
		}
	}
	if len(g.draft.Subjects.Speakers) >= maxSpeakers {
		g.left("speakers", rule, n, name, fmt.Sprintf("%s; there are %d speakers already", why, maxSpeakers))
		return
	}
	g.draft.Subjects.Speakers = append(g.draft.Subjects.Speakers, v)
	g.took("speakers", v)
}

// samePerson says whether two names are of one person, as far as they tell.
func (g *reading) samePerson(a, b string) bool {
	known := g.r.vocabulary.Find(archive.Speakers, b)
	return strings.EqualFold(a, b) || known != nil && g.r.vocabulary.Find(archive.Speakers, a) == known ||
		lastWord(a) == lastWord(b) || isWithin(b, a) || inflects(lastWord(b), lastWord(a))
}

// inflects says whether the first of two Cyrillic surnames, in small letters, is
// a case of the second: "лаптева" of "лаптев".
func inflects(a, b string) bool {
	ending, ok := strings.CutPrefix(a, b)
	return ok && len(b) >= 8 && b[0] >= 0xd0 && b[0] <= 0xd1 && strings.Contains(" а у ым ом ой е ", " "+ending+" ")
}

// isWithin says whether each word of a name is one of another: "Tamura" of
// "TAMURA Keisuke".
func isWithin(name, other string) bool {
	all := strings.Fields(strings.ToLower(other))
	for w := range strings.FieldsSeq(strings.ToLower(name)) {
		if !slices.Contains(all, w) {
			return false
		}
	}
	return true
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
// remarks", "Statement by …", "Lavrov says", "… — Lavrov".
func (g *reading) speakersInTitle() {
	s, n := tidyTitle(g.title.text), g.title.number
	if pointsTo(s) {
		return
	}
	if strings.Contains(strings.ToLower(s), "hon") {
		if m := honourable().FindStringSubmatch(s); m != nil {
			g.addSpeaker(upright(m[1]), "title", n, "the title names the speaker")
		}
	}
	for _, m := range g.r.names[archive.Speakers].find(s) {
		if ownWords().MatchString(s[m.end:]) || wordsBy().MatchString(stripOffices(s[:m.start])) {
			g.addSpeaker(upright(m.text), "title", n, fmt.Sprintf("the title calls the words those of %s", quote(m.text)))
		}
	}
	g.namedAfterBy(s, n)
	g.reported(s, n, "title")
	g.titled(s, n)
}

// A titleForm matches titles that name whose words follow, known or not. One of
// its cues stands in every title that it matches.
type titleForm struct {
	cues []string
	form *regexp.Regexp
}

var titleForms = sync.OnceValue(func() []titleForm {
	const name = `(\p{Lu}[\p{L}'’-]+(?: \p{Lu}[\p{L}.'’-]*){1,2})`
	form := func(expression string, cues ...string) titleForm {
		return titleForm{cues, regexp.MustCompile(expression)}
	}
	return []titleForm{
		form(`发言人(\p{Han}{2,4}?)(?:主持|就|答|在|出席|同|举行|的)`, "发言人"),
		form(`(?:Spokesperson|Spokesman|Spokeswoman|Minister|Secretary|President|Ambassador|Chancellor|Commissioner|Director|Governor) `+name+`(?:'s|’s|'|’) (?:[\w-]+ ){0,3}?(?i:remarks|answers?|replies|comments?|speech|statement|address|interview|opening|intervention|briefing|conference|article|message)`, "' ", "’ ", "'s ", "’s "),
		form(`^(?:Außenminister|Außenministerin|Bundeskanzler|Bundeskanzlerin|Bundesministerin|Bundesminister|Staatsministerin|Staatsminister) (?:Dr\. )?`+name+` `, "Außenminister", "Bundeskanzler", "minister"),
		form(`(?:[Dd]iscours|[Dd]éclaration|[Aa]llocution|[Ii]nterview|[Ee]ntretien|[Ii]ntervention) d(?:e|u) (?:M\.|Mme|la ministre,?|ministre,?) ?`+name, "M. ", "Mme ", "ministre"),
		form(`(?:[Dd]iscurso|[Pp]alabras|[Dd]eclaraciones|[Ii]ntervención|[Ee]ntrevista) d(?:e|el|a) (?:presidente|ministr[oa]|canciller|secretari[oa])? ?`+name, "iscurso", "alabras", "eclaraciones", "ntervención", "ntrevista"),
		form(`(?:Выступление|Интервью|Заявление|Брифинг|Ответы|Ответ|Вступительное слово|Комментарий)(?: [^,.:]{0,60})? (\p{Lu}\.(?:\p{Lu}\.)? ?\p{Lu}\p{Ll}+)`, "Выступ", "Интервью", "Заявлен", "Брифинг", "Ответ", "Вступ", "Комментарий"),
	}
})

// titled adds whom a title of such a form names, where it names nobody known.
func (g *reading) titled(s string, n int) {
	if len(g.draft.Subjects.Speakers) > 0 {
		return
	}
	for _, f := range titleForms() {
		if !slices.ContainsFunc(f.cues, func(cue string) bool { return strings.Contains(s, cue) }) {
			continue
		}
		if m := f.form.FindStringSubmatch(s); m != nil {
			why := fmt.Sprintf("the title says %s", quote(m[0]))
			if m[1][0] >= 0xd0 && m[1][0] <= 0xd1 {
				g.inferSpeaker(m[1], "title", n, why+"; the name may stand in another case than the first")
				return
			}
			g.addSpeaker(m[1], "title", n, why)
			return
		}
	}
	if m := officeWords().FindStringSubmatch(s); m != nil {
		g.officeholder(m[1], n, "the title")
		return
	}
	if before := firstOffice(s); len(before) < len(s) {
		if at := wordsBy().FindStringIndex(before); at != nil {
			g.officeholder(officeAt(s[at[1]:]), n, "the title")
			return
		}
	}
	g.attributed(s, n)
}

// officeWords matches the words of an office without a name: "Foreign
// Secretary's speech".
var officeWords = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`((?:Prime|Foreign|Deputy Prime|Trade|Defence|Defense) (?:Minister|Secretary)|President|Chancellor|Secretary-General|High Representative)['’]s? (?:[\w-]+ ){0,2}(?:remarks|speech|statement|address|interview|article|message|opening|intervention)`)
})

// pointsTo says whether a line only sends its readers to somebody's words.
func pointsTo(s string) bool {
	switch strings.ToLower(firstWord(s)) {
	case "read", "watch", "see", "listen", "читайте", "смотрите", "слушайте":
		return true
	}
	return false
}

// saysBy tells cheaply most titles from those that may name whose words follow.
func saysBy(s string) bool {
	return strings.Contains(s, " by ") || strings.Contains(s, " of ") || strings.Contains(s, " with ") || strings.Contains(s, " to ")
}

// firstOffice cuts a title before the first office that it names.
func firstOffice(s string) string {
	if !saysBy(s) {
		return s
	}
	lower := strings.ToLower(s)
	first := len(s)
	for form := range officeTable() {
		if i := strings.Index(lower, " "+form); i >= 0 && i+1 < first && i+1 < len(s) {
			first = i + 1
		}
	}
	return s[:min(first, len(s))]
}

// officeAt gives the longest office with which a text begins.
func officeAt(s string) string {
	fields := strings.Fields(s)
	for n := min(len(fields), 5); n > 0; n-- {
		label := strings.Trim(strings.Join(fields[:n], " "), ",.;:'’s")
		if office, of := officeOf(label); office != "" && of == "" {
			return label
		}
	}
	return ""
}

var byForm = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)^(?:transcript of (?:the )?)?(?:joint |opening |closing )*(?:remarks|speech|statement|address|interview|keynote|message|lecture)\b[^.:]{0,40}? (?:by|of) (?:the )?`)
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
		if !unicode.IsUpper(first) || office || strings.Contains(" before after at on in with during following to from and the upon ", " "+strings.ToLower(plain)+" ") {
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

// upright gives a name written in capitals its usual form.
func upright(name string) string {
	name = strings.TrimSpace(name)
	if name == strings.ToUpper(name) {
		return capitalised(name)
	}
	return name
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
