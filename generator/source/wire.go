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

// datelineWithin is how many lines of text may stand before a dateline: a
// subtitle, a summary, a caption.
const datelineWithin = 5

// isWire says whether one of the first lines of the text begins with an
// agency's dateline.
func isWire(r *Reader, lines []line) bool {
	_, _, ok := r.findDateline(filled(withoutChrome(lines[:min(len(lines), 2*topWithin)])))
	return ok
}

func (r *Reader) findDateline(lines []line) (dateline, int, bool) {
	body := (&reading{r: r}).bodyStart(lines)
	for i, l := range lines[:min(len(lines), body+datelineWithin)] {
		if d, ok := r.dateline(l.text); ok {
			return d, i, true
		}
	}
	return dateline{}, 0, false
}

// readWire reads a news agency's story: title, perhaps a subtitle, and a text
// that opens with place, day and agency.
func readWire(r *Reader, t text) []*reading {
	g := r.newReading(t, "wire", "the text opens with a news agency's dateline")
	text := filled(g.lines)
	d, at, ok := r.findDateline(text)
	if !ok {
		return nil
	}
	n := text[at].number
	g.lead = line{d.rest, n}
	p := g.heading(text)
	g.header(p)
	if g.title.text == "" {
		g.makeTitle(g.lead, "the story has no title, so its first sentence stands for one")
	}
	g.setPlace(placeName(d.place), "dateline", n, archive.Stated, "the dateline "+quote(d.text))
	g.setSource(d.agency, "dateline", n, archive.Stated, "the dateline names the agency")
	g.venues()
	g.datelineDate(d, n)
	g.speakers()
	return []*reading{g}
}

// datelineDate dates a story by its dateline; where that has no year, the
// page's date may give it, or what the text tells.
func (g *reading) datelineDate(d dateline, n int) {
	header := g.stamp
	if d.stamp.full() {
		g.setDate(d.stamp, "dateline", n, archive.Stated, "the dateline "+quote(d.text))
		g.editionByDay()
		return
	}
	if d.stamp.day == 0 {
		return
	}
	if header.full() && g.yearOfHeader(header, d, n) {
		return
	}
	g.stamp = d.stamp
	g.editionByDay()
	g.inferYear("dateline", n)
}

// yearOfHeader gives a dateline's day the year of the page's date, which is of
// the same day or somewhat later. The time of another day is not the story's.
func (g *reading) yearOfHeader(header stamp, d dateline, n int) bool {
	for _, year := range []int{header.year, header.year - 1} {
		apart := archive.DayOf(header.year, header.month, header.day) - archive.DayOf(year, d.stamp.month, d.stamp.day)
		if apart < 0 || apart > 31 {
			continue
		}
		grade := archive.Stated
		if apart > 3 {
			grade = archive.Inferred
		}
		if apart > 0 {
			g.draft.When.Time, g.draft.When.Zone = archive.DraftValue{}, archive.DraftValue{}
		}
		g.setDate(d.stamp.in(year), "dateline", n, grade, fmt.Sprintf("the dateline %s, with the year of the page's date", quote(d.text)))
		g.editionByDay()
		return true
	}
	return false
}

// A dateline is what a news agency puts before a story's first sentence.
type dateline struct {
	text   string // as written
	place  string
	agency string
	stamp  stamp
	rest   string // of the line
}

// dateline reads a dateline at the start of a line: "PHNOM PENH, November 12.
// /TASS/.", "PARIS (Reuters) -", "Москва. 9 октября. ИНТЕРФАКС -".
func (r *Reader) dateline(s string) (dateline, bool) {
	s = strings.TrimLeft(s, " \t\u00a0*\"“«")
	head := clip(s, 200)
	for _, read := range []func(string) (dateline, int){r.datedLine, r.agencyLine, r.bareLine, r.hanLine} {
		d, n := read(head)
		if n == 0 {
			continue
		}
		d.text = strings.TrimRight(s[:n], " -–—:")
		d.rest = strings.TrimLeft(s[n:], " \u00a0.-–—:=_/")
		return d, d.rest != ""
	}
	return dateline{}, false
}

// datedLine reads a dateline with a day and gives its length, 0 where there is
// none.
func (r *Reader) datedLine(s string) (dateline, int) {
	dates := findDates(s)
	if len(dates) == 0 || dates[0].day == 0 || dates[0].swapped || dates[0].endDay > 0 {
		return dateline{}, 0
	}
	t := dates[0]
	place, inside, open := strings.Cut(s[:t.start], "(")
	if open && strings.Contains(inside, ")") {
		place, inside = s[:t.start], ""
	}
	place = strings.TrimSuffix(strings.TrimRight(place, " ,./-–—"), " في")
	if !placeLike(place) {
		return dateline{}, 0
	}
	agency, n, dash := r.agencyAt(s[t.end:])
	if agency == "" && inside != "" {
		agency = r.agencyIn(inside)
	}
	city, _, _ := strings.Cut(place, ",")
	if agency == "" && !(dash && (r.knownPlace(place) || city == strings.ToUpper(city) && cased(city))) {
		return dateline{}, 0
	}
	return dateline{place: place, agency: agency, stamp: t}, t.end + n
}

func cased(s string) bool { return strings.ToUpper(s) != strings.ToLower(s) }

func (r *Reader) knownPlace(s string) bool {
	return archive.FindPlace(r.vocabulary, placeName(s)) != nil
}

var agencyForm = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^[\s.,]*(?:[/(]\s*([^/()]{2,40}?)\s*(?:/[^/()]{0,30})?[/)]|(\p{Lu}[\p{L}-]*(?: \p{Lu}[\p{L}-]*){0,2}))?[\s.,]*(--|[-–—_:=]|\.-)?`)
})

var agencyBehindDash = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^\s*(\p{Lu}[\p{L}-]*(?: \p{Lu}[\p{L}-]*){0,2})\.`)
})

// agencyAt reads the agency after the day of a dateline, the length of what
// was read, and whether a dash or colon closes it.
func (r *Reader) agencyAt(s string) (agency string, n int, dash bool) {
	m := agencyForm().FindStringSubmatchIndex(s)
	if m == nil {
		return "", 0, false
	}
	if dash = m[6] >= 0; dash && m[2] < 0 && m[4] < 0 {
		if name := agencyBehindDash().FindStringSubmatchIndex(s[m[1]:]); name != nil && r.vocabulary.Find(archive.Sources, s[m[1]+name[2]:m[1]+name[3]]) != nil {
			return s[m[1]+name[2] : m[1]+name[3]], m[1] + name[1], true
		}
	}
	switch {
	case m[2] >= 0:
		return s[m[2]:m[3]], m[1], dash
	case m[4] >= 0 && dash && r.vocabulary.Find(archive.Sources, s[m[4]:m[5]]) != nil:
		return s[m[4]:m[5]], m[1], true
	case m[4] >= 0:
		return "", 0, false
	}
	return "", m[1], dash
}

// agencyIn gives a source named among other words, "X / Sputnik -".
func (r *Reader) agencyIn(s string) string {
	for part := range strings.FieldsFuncSeq(s, func(c rune) bool { return c == '/' || c == '-' || c == '–' || c == ',' }) {
		if part = strings.TrimSpace(part); part != "" && r.vocabulary.Find(archive.Sources, part) != nil {
			return part
		}
	}
	return ""
}

var placeAgency = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^([^()/\n]{2,60}?)?\s*[(/]\s*([^()/\n]{2,40}?)\s*[)/]\s*(?:--|[-–—_:]|\.-)`)
})

// agencyLine reads a dateline without a day: "PARIS (Reuters) -", and one
// without a place: "(Reuters) -".
func (r *Reader) agencyLine(s string) (dateline, int) {
	m := placeAgency().FindStringSubmatchIndex(s)
	if m == nil {
		return dateline{}, 0
	}
	agency := s[m[4]:m[5]]
	place := ""
	if m[2] >= 0 {
		place = strings.TrimRight(s[m[2]:m[3]], " ,.")
	}
	if r.vocabulary.Find(archive.Sources, agency) == nil || place != "" && !placeLike(place) {
		return dateline{}, 0
	}
	return dateline{place: place, agency: agency}, m[1]
}

// bareLine reads a dateline that has a place and nothing else: "MANILA,
// Philippines — ". The city is known and in capitals.
func (r *Reader) bareLine(s string) (dateline, int) {
	place, rest, dash := strings.Cut(clip(s, 80), " — ")
	if !dash {
		place, rest, dash = strings.Cut(clip(s, 80), " – ")
	}
	city, _, _ := strings.Cut(place, ",")
	if !dash || rest == "" || !placeLike(place) || city != strings.ToUpper(city) || !cased(city) || !r.knownPlace(place) {
		return dateline{}, 0
	}
	return dateline{place: place}, len(place)
}

var hanForm = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^[（(【]?(\p{Han}{2,5}[社网])(\p{Han}{2,8}?)?(\d{1,2}月\d{1,2}日)电[】）)]?(?:\s*[（(][^）)]{1,40}[）)])?`)
})

// hanLine reads the dateline of the agencies that write Chinese:
// "新华社北京11月15日电（记者 …）".
func (r *Reader) hanLine(s string) (dateline, int) {
	m := hanForm().FindStringSubmatchIndex(s)
	if m == nil {
		return dateline{}, 0
	}
	d := dateline{agency: s[m[2]:m[3]]}
	if m[4] >= 0 {
		d.place = s[m[4]:m[5]]
	}
	if dates := findDates(s[m[6]:m[7]]); len(dates) > 0 {
		d.stamp = dates[0]
	}
	return d, m[1]
}

// placeLike says whether a text has the form of a place in a dateline: up to
// seven words, each with a capital, regions in slashes or brackets aside.
func placeLike(s string) bool {
	s, _, _ = strings.Cut(s, "/")
	s, _, _ = strings.Cut(s, "(")
	s = strings.Trim(s, " ,.")
	fields := strings.Fields(s)
	if len(fields) == 0 || len(fields) > 7 || utf8.RuneCountInString(s) > 60 || strings.ContainsAny(s, ":;!?\"“”") {
		return false
	}
	for i, f := range fields {
		c, _ := utf8.DecodeRuneInString(f)
		if unicode.IsDigit(c) || unicode.IsLower(c) && (i == 0 || !strings.Contains(" of the de la del di do da el al es sur am upon и на ", " "+f+" ")) {
			return false
		}
	}
	return !strings.Contains(" on in at by from to for with after since until the this that today yesterday ", " "+strings.ToLower(fields[0])+" ")
}
