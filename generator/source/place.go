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

// atWords stand before the name of a place where something happens.
const atWords = " in at на в во à au en a em bei zu in/at w we у v ve i ved di tại ở te "

// atEndings are what languages add to the name instead.
var atEndings = []string{"에서", "で", "において", "にて", "’da", "’de", "'da", "'de", "’ta", "’te", "'ta", "'te"}

// placeOfEvent puts a report where its title or its first sentence puts the
// event that it tells of. What a text announces gives no place.
func (g *reading) placeOfEvent() {
	if g.draft.Subjects.Place.Text != "" {
		return
	}
	for _, z := range []line{{tidyTitle(g.title.text), g.title.number}, {g.firstWords(), g.lead.number}} {
		if announces(z.text) || !happened(z.text) || dialogue(z.text) {
			continue
		}
		m, ok := g.eventPlace(z.text)
		if !ok {
			continue
		}
		g.setPlace(m.term.Name, "place of the event", z.number, archive.Inferred, fmt.Sprintf("the event is put there by %s", quote(around(z.text, m))))
		return
	}
}

// eventPlace gives the first place in a sentence that stands where an event
// was held: after "in" or "at", or as the one that hosted it.
func (g *reading) eventPlace(s string) (match, bool) {
	for _, m := range g.r.names[archive.Places].find(s) {
		before := strings.Fields(strings.ToLower(strings.Trim(s[:m.start], "# ")))
		if n := len(before); n > 1 && (before[n-1] == "the" || before[n-1] == "#") {
			before = before[:n-1]
		}
		if n := len(before); n > 0 && strings.Contains(atWords, " "+before[n-1]+" ") && !isOrigin(before) {
			return m, true
		}
		if strings.HasSuffix(s[:m.start], "在") || strings.HasSuffix(s[:m.start], "于") {
			return m, true
		}
		for _, end := range atEndings {
			if strings.HasPrefix(s[m.end:], end) {
				return m, true
			}
		}
		after := strings.ToLower(brackets().ReplaceAllString(s[m.end:], ""))
		if w := firstWord(after); w == "hosted" || w == "принял" || w == "приняла" {
			return m, true
		}
	}
	return match{}, false
}

// isOrigin says whether the words before a place make it the seat of
// somebody: "born in", "based in".
func isOrigin(before []string) bool {
	if len(before) < 2 {
		return false
	}
	w := before[len(before)-2]
	return w == "born" || w == "based" || w == "founded" || w == "interested" || w == "arrive" || w == "arrived"
}

var brackets = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^\s*\([^)]{1,40}\)`) })

// around gives a name with the words about it.
func around(s string, m match) string {
	start := strings.LastIndexByte(s[:max(0, m.start-1)], ' ') + 1
	if start > 1 {
		start = strings.LastIndexByte(s[:start-1], ' ') + 1
	}
	return s[start:m.end]
}

// dialogue says whether a line is somebody's turn or question, not a report.
func dialogue(s string) bool {
	_, _, ok := turn(s)
	return ok
}

// placeName gives a place as a person writes it: regions in slashes or
// brackets after a comma, capitals only at the start of words.
func placeName(s string) string {
	s = strings.Trim(strings.Join(strings.Fields(s), " "), " .,;:-–—\"“”«»*_")
	if i := strings.IndexAny(s, "/("); i > 0 {
		region := strings.Trim(s[i:], " /()")
		s = strings.Trim(s[:i], " ,") + ", " + region
		s = strings.TrimSuffix(s, ", ")
	}
	parts := strings.Split(s, ", ")
	for i, p := range parts {
		if i > 0 && p == strings.ToLower(p) || len(p) > 3 && p == strings.ToUpper(p) {
			parts[i] = capitalised(p)
		}
	}
	return strings.Join(parts, ", ")
}

// capitalised gives each word of a name its capital.
func capitalised(s string) string {
	start := true
	var b strings.Builder
	for _, c := range s {
		if start {
			b.WriteRune(unicode.ToUpper(c))
		} else {
			b.WriteRune(unicode.ToLower(c))
		}
		start = !unicode.IsLetter(c) && c != '\'' && c != '’'
	}
	return b.String()
}

// placeBesideDate takes the part of a title beside its date where the title is
// that of a speech or talk: "Transcript of doorstop, Port Kembla steelworks, 21
// September 1989".
func (g *reading) placeBesideDate() {
	s := tidyTitle(g.title.text)
	if g.draft.Subjects.Place.Text != "" || !namesKind(s) && !kindWithin(s) {
		return
	}
	for _, t := range findDates(s) {
		before := strings.TrimRight(s[:t.start], " ,–—-(")
		cut := strings.LastIndexAny(before, ",–—")
		if !t.full() || cut < 0 || before == "" {
			continue
		}
		_, size := utf8.DecodeRuneInString(before[cut:])
		part := strings.TrimSpace(before[cut+size:])
		if len(strings.Fields(part)) <= 4 && placeLike(part) && !kindWithin(part) && !namesKind(part) && !isOfficeWords(part) && len(g.r.names[archive.Venues].find(part)) == 0 {
			g.setPlace(placeName(part), "title", g.title.number, archive.Stated, "the title says "+quote(part+", "+s[t.start:t.end]))
		}
		return
	}
}

// isOfficeWords says whether a part of a title has a word of an office or a
// title of honour: it is a person.
func isOfficeWords(s string) bool {
	return anyWord(strings.ToLower(s), func(w string) bool {
		return strings.Contains(offices, " "+w+" ") || strings.Contains(" hon mp ac qc kc senator member members ", " "+w+" ")
	}) || weekdayAlone(s)
}

func weekdayAlone(s string) bool {
	_, day := weekdays()[strings.ToLower(strings.TrimSpace(s))]
	return day
}

// isPlaceLine says whether a line is a known place and perhaps its country.
func (g *reading) isPlaceLine(s string) bool {
	_, ok := g.placeLine(s)
	return ok
}

var placeLabel = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^(?i:place|location|venue|delivered (?:in|at)|장소|場所|会場|地点|lieu|lugar|ort|miejsce|место|місце|luogo|yer|tempat|المكان)\s*[:：]\s*(.*)$`)
})

// labelledPlace reads a line that says by a label that it is the place; the
// value may stand on the line below.
func (g *reading) labelledPlace(l, below line) {
	m := placeLabel().FindStringSubmatch(strings.TrimSpace(l.text))
	if m == nil {
		return
	}
	place := strings.TrimSpace(m[1])
	if place == "" {
		place = strings.TrimSpace(below.text)
	}
	if utf8.RuneCountInString(place) <= 60 && !endsSentence(place) && place != "" {
		g.setPlace(placeName(place), "label", l.number, archive.Stated, "the header says "+quote(l.text+" "+place))
	}
}

// placeLine reads a header line that is a place and perhaps its country or a
// building: "Москва, Кремль", "Washington, DC".
func (g *reading) placeLine(s string) (string, bool) {
	s = strings.TrimSpace(unmarked(s))
	if len(s) == 0 || len(s) > 90 || strings.ContainsAny(s, ".!?:;") && !strings.HasSuffix(s, "D.C.") {
		return "", false
	}
	found := g.r.names[archive.Places].find(s)
	if len(found) == 0 || found[0].start != 0 {
		return "", false
	}
	rest := strings.TrimSpace(s[found[0].end:])
	if rest == "" || strings.HasPrefix(rest, ",") && len(strings.Fields(rest)) <= 5 {
		return strings.TrimSpace(s), true
	}
	return "", false
}
