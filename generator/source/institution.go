package source

import (
	"regexp"
	"strings"
	"sync"
	"unicode/utf8"

	"chancery/generator/archive"
)

// institutionWords begin the names of institutions that publish documents, in
// small letters.
const institutionWords = `ministry of|ministry for|department of|department for|office of the|office of|embassy of|consulate|government of|delegation of|permanent mission|presidency of|secretariat of|the white house|white house|council of|parliament of|foreign ministry|foreign office|the kremlin|prime minister's office
ministère|ministere|présidence|gouvernement|ambassade|secrétariat|délégation
ministerio|secretaría|presidencia|gobierno|embajada|cancillería
ministério|presidência|governo|embaixada
ministero|presidenza|governo|ambasciata
auswärtiges amt|bundesregierung|bundesministerium|bundeskanzleramt|botschaft
министерство|мид |президент российской|правительство|посольство|администрация президента|міністерство|посольство|офіс президента
kementerian|kedutaan|bộ ngoại giao|cổng thông tin điện tử bộ|ministerstwo|ministerstvo|t.c. d|dışişleri bakanlığı|udenrigsministeriet|utrikesdepartementet|utenriksdepartementet
外交部|中华人民共和国|国务院|外務省|首相官邸|内閣|외교부|대한민국|대통령실
وزارة|سفارة|ديوان|รัฐบาล|กระทรวง`

// agencyEnds end the names of agencies and other publishers.
var agencyEnds = []string{" news agency", " press agency", " newspaper", " news service", "通讯社", "通信社", "وكالة الأنباء"}

var institutionStarts = sync.OnceValue(func() []string {
	return strings.FieldsFunc(institutionWords, func(c rune) bool { return c == '|' || c == '\n' })
})

// institution gives the institution whose name a line is, "" where it is none:
// one of the vocabulary, or a name that begins as those of institutions do.
func (r *Reader) institution(s string) string {
	s = strings.Trim(unmarked(s), " /()©")
	if utf8.RuneCountInString(s) > 90 || endsSentence(s) || strings.ContainsAny(s, ":|") {
		return ""
	}
	if t := r.vocabulary.Find(archive.Sources, s); t != nil {
		return t.Name
	}
	lower := strings.ToLower(s)
	for _, start := range institutionStarts() {
		if rest, ok := strings.CutPrefix(lower, start); ok && !anyWord(rest, isPast) && len(strings.Fields(rest)) <= 9 && len(findDates(s)) == 0 {
			if c, _ := utf8.DecodeRuneInString(rest); dense(c) && utf8.RuneCountInString(rest) > 6 {
				continue
			}
			return upright(s)
		}
	}
	for _, end := range agencyEnds {
		if strings.HasSuffix(lower, end) && len(strings.Fields(s)) <= 5 {
			return s
		}
	}
	return ""
}

var creditForm = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)^(?:source|quelle|fuente|fonte|источник|来源|來源|출처|المصدر)\s*[:：]\s*(.{2,60})$`)
})

// sourceOnPage takes as source the institution that stands alone on a line
// above the text, or that a line of credit or a notice of rights names.
func (g *reading) sourceOnPage(p layout) {
	var found line
	for _, lines := range [][]line{p.header(), p.lines[:max(p.title, 0)], p.lines[max(0, len(p.lines)-12):]} {
		for _, l := range lines {
			s := strings.TrimSpace(l.text)
			if m := creditForm().FindStringSubmatch(s); m != nil {
				g.setSource(strings.TrimSpace(m[1]), "credit", l.number, archive.Stated, "the page says "+quote(s))
				return
			}
			if name := g.r.institutionOn(s); name != "" && l.number != g.title.number {
				if found.number == 0 || isGovernment(found.text) && !isGovernment(name) {
					found = line{name, l.number}
				}
			}
		}
		if found.number > 0 {
			g.setSource(found.text, "institution", found.number, archive.Stated, "a line of the page names the institution alone")
			return
		}
	}
	g.sourceInNotice(p)
}

// isGovernment says whether an institution is a government as a whole: one of
// its ministries says more.
func isGovernment(name string) bool {
	lower := strings.ToLower(name)
	return strings.HasPrefix(lower, "gobierno") || strings.HasPrefix(lower, "government") || strings.HasPrefix(lower, "governo") || strings.HasPrefix(lower, "gouvernement") || strings.HasPrefix(lower, "правительство")
}

// institutionOn gives the institution that a line names, alone or apart from an
// address or number behind a wide space.
func (r *Reader) institutionOn(s string) string {
	if name := r.institution(s); name != "" {
		return name
	}
	for _, wide := range []string{"   ", "\u3000", "\t"} {
		if first, _, ok := strings.Cut(s, wide); ok {
			return r.institution(first)
		}
	}
	return ""
}

// sourceInNotice takes as source the institution that claims the rights.
func (g *reading) sourceInNotice(p layout) {
	for _, l := range p.lines {
		lower := strings.ToLower(l.text)
		if len(l.text) > 200 || !strings.Contains(lower, "©") && !strings.Contains(lower, "copyright") && !strings.Contains(lower, "official website of") {
			continue
		}
		if found := g.r.names[archive.Sources].find(l.text); len(found) > 0 {
			g.setSource(found[0].term.Name, "notice of rights", l.number, archive.Stated, "the page says "+quote(l.text))
			return
		}
	}
}
