package source

import (
	"fmt"
	"regexp"
	"strings"
	"sync"

	"chancery/generator/archive"
)

var attributionForm = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?: [—–-] |: )((?:\p{Lu}[\p{L}'’.-]+ ){0,2}\p{Lu}[\p{L}'’-]+)$`)
})

// attributed adds the person to whom a wire's title gives its claim, "… —
// Velomirov", by the full name that the text has.
func (g *reading) attributed(s string, n int) {
	if g.draft.Form.Kind.Text != "wire" || g.draft.Title.Grade == archive.Inferred {
		return
	}
	if m := attributionForm().FindStringSubmatch(s); m != nil {
		if name := g.fullNameInText(lastPart(m[1])); name != "" {
			g.addSpeaker(name, "title", n, fmt.Sprintf("the title gives the words to %s", quote(m[1])))
			return
		}
	}
	if !givesWords().MatchString(s) && !reportsWords(s) {
		return
	}
	text := g.text()
	for _, l := range text[:min(len(text), headerWithin)] {
		if m := saidForm().FindStringSubmatch(clip(l.text, 4*longestSentence)); m != nil && l.number != n && !g.isThing(m[1]+m[2]+m[3]+m[4]) {
			g.addSpeaker(m[1]+m[2]+m[3]+m[4], "words", l.number, fmt.Sprintf("the title gives somebody's words, and the text says %s", quote(m[0])))
			return
		}
		if m := surnameSaid().FindStringSubmatch(clip(l.text, 4*longestSentence)); m != nil && l.number != n {
			if name := g.fullNameInText(m[1]); name != "" && !g.isThing(name) {
				g.addSpeaker(name, "words", l.number, fmt.Sprintf("the title gives somebody's words, and the text says %s", quote(m[0])))
				return
			}
		}
	}
}

var surnameSaid = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(\p{Lu}\p{Ll}[\p{L}'’-]+) (?:said|says|told|stressed|noted|added|explained|сказал|сказала|сообщил|сообщила|отметил|отметила|заявил|заявила|считает|рассказал|подчеркнул)(?:\PL|$)`)
})

// isThing says whether capitalised words are the name of a place, a venue, an
// institution or a house, and not a person's.
func (g *reading) isThing(name string) bool {
	for _, f := range []archive.Facet{archive.Venues, archive.Places, archive.Sources} {
		if len(g.r.names[f].find(name)) > 0 {
			return true
		}
	}
	return strings.Contains(" house summit ministry council agency office department university forum bank group party palace union news press street times post expert official analyst minister ministry diplomat scholar source spokesperson leader leaders ", " "+lastWord(name)+" ")
}

// reportsWords says whether a title has a verb by which words are reported.
func reportsWords(s string) bool {
	return anyWord(strings.ToLower(s), func(w string) bool { return strings.Contains(saidWords, " "+w+" ") })
}

var (
	// givesWords matches a title that gives its claim to somebody without a
	// name: "…: scholar", "… - аналитик", "Expert: …".
	givesWords = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?i)(?:: | [—–-] )(?:[\p{L}-]+ ){0,3}(?:scholars?|experts?|analysts?|officials?|diplomats?|ministers?|ministry|envoy|ambassador|spokesperson|spokesman|аналітык|аналитик|эксперт|посол|дипломат|мид|источник)$|(?-i: [—–] (?:\p{Ll}[\p{L}’'-]* ?){1,4}$)|^(?:[\p{L}'’-]+ ){0,4}(?:experts?|analysts?|officials?|ambassador|minister|chief|envoy|ekspert|эксперт|аналитик|посол|мид): `)
	})
	saidForm = sync.OnceValue(func() *regexp.Regexp {
		const name = `(\p{Lu}\p{Ll}+(?:-\p{Lu}\p{Ll}+)? )((?:(?:\p{Lu}\.|\p{Lu}\p{Ll}+|al|bin|Al) )?\p{Lu}\p{Ll}[\p{L}'’-]+)`
		const verb = `(?:said|says|told|stressed|noted|added|explained|stated|сказал|сказала|сообщил|сообщила|отметил|отметила|заявил|заявила|считает|рассказал|рассказала|подчеркнул|подчеркнула|powiedział|ocenił|dodał)`
		return regexp.MustCompile(name + `(?:,[^.!?“”"]{1,120},)? ` + verb + `(?:\PL|$)|` + verb + ` (?:\p{Ll}[\p{L}'’-]* ){0,8}` + name)
	})
)

// fullNameInText gives the first name and surname with which the text speaks of
// somebody, "" where it does not: an organisation has none.
func (g *reading) fullNameInText(surname string) string {
	form, err := regexp.Compile(`\b(\p{Lu}\p{Ll}[\p{L}'’-]* (?:\p{Lu}\. )?)` + regexp.QuoteMeta(surname) + `\b`)
	if err != nil {
		return ""
	}
	for _, l := range g.lines {
		if m := form.FindStringSubmatch(l.text); m != nil && l.number != g.title.number && strings.TrimSpace(m[1]) != strings.TrimSpace(surname) {
			if strings.Contains(offices, " "+strings.ToLower(strings.TrimSpace(m[1]))+" ") {
				return surname
			}
			return m[0]
		}
	}
	return ""
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
