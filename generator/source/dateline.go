package source

import (
	"regexp"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"chancery/generator/archive"
)

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
	if first, _ := utf8.DecodeRuneInString(s); unicode.IsLower(first) || unicode.IsSpace(first) {
		return dateline{}, false
	}
	head := clip(s, 200)
	if !strings.ContainsAny(head, "-–—/()（）【】[]电:.هـ") {
		return dateline{}, false
	}
	for _, read := range []func(string) (dateline, int){r.datedLine, r.agencyFirst, r.agencyLine, r.bareLine, r.longLine, r.hanLine, r.tiedLine, r.kanaLine, r.dateFirst, r.dayInBrackets, r.hijriLine, r.capitalLine, r.factLine} {
		d, n := read(head)
		if n == 0 {
			continue
		}
		d.text = strings.TrimRight(s[:n], " -–—:")
		d.rest = strings.TrimLeft(s[n:], " \u00a0.-–—:=_/")
		return d, d.rest != "" || d.agency != "" && d.stamp.full()
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
	if agency == "" && inside == "" && r.vocabulary.Find(archive.Sources, place) != nil { // "TASS, November 17."
		return dateline{agency: place, stamp: t}, t.end
	}
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
	return regexp.MustCompile(`^([^()\n]{2,60}?)?\s*[(/]\s*([^()/\n]{2,40}?)\s*[)/]\s*(?:--|[-–—_:]|\.-)`)
})

// agencyLine reads a dateline without a day: "PARIS (Reuters) -", and one
// without a place: "(Reuters) -".
func (r *Reader) agencyLine(s string) (dateline, int) {
	m := placeAgency().FindStringSubmatchIndex(s)
	if m == nil {
		return dateline{}, 0
	}
	agency := s[m[4]:m[5]]
	if r.vocabulary.Find(archive.Sources, agency) == nil {
		agency = r.agencyWithin(agency)
	}
	place := ""
	if m[2] >= 0 {
		place = strings.TrimRight(s[m[2]:m[3]], " ,.")
	}
	if r.vocabulary.Find(archive.Sources, agency) == nil || place != "" && !placeLike(place) {
		return dateline{}, 0
	}
	return dateline{place: place, agency: agency}, m[1]
}

// bareLine reads a dateline that names place and agency without brackets,
// "Tehran, IRNA –", or one that has a place and nothing else: "MANILA,
// Philippines — ". The city is known and in capitals.
func (r *Reader) bareLine(s string) (dateline, int) {
	place, rest, dash := strings.Cut(clip(s, 80), " — ")
	if !dash {
		place, rest, dash = strings.Cut(clip(s, 80), " – ")
	}
	city, agency, _ := strings.Cut(place, ",")
	if agency = strings.TrimSpace(agency); dash && agency != "" && placeLike(city) && r.vocabulary.Find(archive.Sources, agency) != nil {
		return dateline{place: city, agency: agency}, len(place)
	}
	if !dash || rest == "" || !placeLike(place) || city != strings.ToUpper(city) || !cased(city) || !r.knownPlace(place) {
		return dateline{}, 0
	}
	return dateline{place: place}, len(place)
}

// longLine reads a dateline in small letters and without agency, "Jakarta,
// Indonesia – …", before a paragraph.
func (r *Reader) longLine(s string) (dateline, int) {
	place, rest, dash := strings.Cut(clip(s, 60), " – ")
	for _, mark := range []string{" — ", " - "} {
		if !dash {
			place, rest, dash = strings.Cut(clip(s, 60), mark)
		}
	}
	if first, _ := utf8.DecodeRuneInString(rest); !dash || len(s) < 120 || !unicode.IsUpper(first) || !placeLike(place) || !r.knownPlace(place) {
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

var tiedForm = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^[(（\[【]([^=＝()（）【】]{1,20})[=＝]([^()（）【】]{2,20})[)）\]】](?:[^=＝]{0,40}[=＝])?`)
})

// tiedLine reads a dateline that ties place and agency by a sign of equality:
// "(비엔티안=연합뉴스) 김… 특파원 =", "（ジャカルタ＝時事）".
func (r *Reader) tiedLine(s string) (dateline, int) {
	m := tiedForm().FindStringSubmatchIndex(s)
	if m == nil || r.vocabulary.Find(archive.Sources, strings.TrimSpace(s[m[4]:m[5]])) == nil {
		return dateline{}, 0
	}
	return dateline{place: strings.TrimSpace(s[m[2]:m[3]]), agency: strings.TrimSpace(s[m[4]:m[5]])}, m[1]
}

var kanaForm = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^[【（\[]\s*([\p{Katakana}\p{Han}ー・]{2,14}?)(?:\d{1,2}日)?(共同|時事|ロイター|ＡＦＰ時事|AFP時事|ＡＰ|AP)(?:通信)?\s*[】）\]]`)
})

// kanaLine reads the datelines of Japanese agencies: "【ビエンチャン共同】".
func (r *Reader) kanaLine(s string) (dateline, int) {
	m := kanaForm().FindStringSubmatchIndex(s)
	if m == nil {
		return dateline{}, 0
	}
	return dateline{place: s[m[2]:m[3]], agency: s[m[4]:m[5]]}, m[1]
}

var firstForm = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^[(/]\s*([^()/]{2,20})\s*[)/]\s*[-–—]\s*([^-–—:]{2,60}?)\s*[-–—]\s`)
})

// agencyFirst reads a dateline that begins with the agency: "(ANSA) - ROMA, 22
// OTT -".
func (r *Reader) agencyFirst(s string) (dateline, int) {
	m := firstForm().FindStringSubmatchIndex(s)
	if m == nil || r.vocabulary.Find(archive.Sources, s[m[2]:m[3]]) == nil {
		return dateline{}, 0
	}
	d := dateline{agency: s[m[2]:m[3]], place: s[m[4]:m[5]]}
	if dates := findDates(d.place); len(dates) == 1 && dates[0].day > 0 {
		d.stamp = dates[0]
		d.place = strings.TrimRight(d.place[:dates[0].start], " ,.")
	}
	return d, m[1] * btoi(placeLike(d.place))
}

var slashed = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^[,\s]*(\p{Lu}[^/(,]{1,40}?)[,\s]*[/(]([^/()]{2,40})[/)]\.?`)
})

// dateFirst reads a dateline that begins with the day: "25 октября, Минск
// /Корр. БЕЛТА/."
func (r *Reader) dateFirst(s string) (dateline, int) {
	dates := findDates(clip(s, 40))
	if len(dates) == 0 || dates[0].start != 0 || dates[0].day == 0 {
		return dateline{}, 0
	}
	m := slashed().FindStringSubmatchIndex(s[dates[0].end:])
	if m == nil {
		return dateline{}, 0
	}
	rest := s[dates[0].end:]
	agency := r.agencyWithin(rest[m[4]:m[5]])
	if agency == "" || !placeLike(rest[m[2]:m[3]]) {
		return dateline{}, 0
	}
	return dateline{place: rest[m[2]:m[3]], agency: agency, stamp: dates[0]}, dates[0].end + m[1]
}

// agencyWithin gives the last word or words of a text that name a source:
// "Корр. БЕЛТА", "X / Sputnik".
func (r *Reader) agencyWithin(s string) string {
	for fields := strings.Fields(s); len(fields) > 0; fields = fields[1:] {
		if name := strings.Join(fields, " "); r.vocabulary.Find(archive.Sources, name) != nil {
			return name
		}
	}
	return ""
}

var dayForm = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^(\p{Lu}[^()\n:]{1,50}?),?\s*\(?(\d{1,2})([./])(\d{1,2})(?:[./](\d{4}))?\)?\s*(?:\(([^()]{2,30})\))?\s*[-–—]\s`)
})

// dayInBrackets reads a dateline whose day is in figures: "Vientiane, Lao PDR
// (26/7) –", "Warszawa, 23.10 (PAP) -". The day goes first.
func (r *Reader) dayInBrackets(s string) (dateline, int) {
	m := dayForm().FindStringSubmatch(s)
	if m == nil || !placeLike(m[1]) || !r.knownPlace(m[1]) && r.vocabulary.Find(archive.Sources, m[6]) == nil {
		return dateline{}, 0
	}
	full := m[2] + "." + m[4] + "." + "2000"
	dates := findDates(full)
	if len(dates) != 1 {
		return dateline{}, 0
	}
	t := dates[0]
	t.year, t.start, t.end = 0, 0, 0
	if y := findDates(m[2] + "." + m[4] + "." + m[5]); m[5] != "" && len(y) == 1 {
		t.year = y[0].year
	}
	return dateline{place: m[1], agency: m[6], stamp: t}, len(m[0])
}

var hijriForm = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^(\p{Arabic}[\p{Arabic} ]{1,30}?)\s+(?:في\s+)?[\d٠-٩]{1,2}\s+[\p{Arabic} ]{3,20}\s+[\d٠-٩]{4}\s*هـ?\s*(?:الموافق|،|-)?\s*`)
})

// hijriLine reads a dateline with a day of the Hijri calendar and one of the
// Gregorian: "جدة 25 شوال 1436 هـ الموافق 10 أغسطس 2015 م واس".
func (r *Reader) hijriLine(s string) (dateline, int) {
	m := hijriForm().FindStringSubmatchIndex(s)
	if m == nil {
		return dateline{}, 0
	}
	d, n := dateline{place: strings.TrimSpace(s[m[2]:m[3]])}, m[1]
	dates := findDates(s[n:])
	if len(dates) == 0 || dates[0].start > 2 || !dates[0].full() {
		return dateline{}, 0
	}
	d.stamp = dates[0]
	n += dates[0].end
	rest := strings.TrimPrefix(strings.TrimLeft(s[n:], " "), "م")
	if fields := strings.Fields(rest); len(fields) > 0 && r.vocabulary.Find(archive.Sources, fields[0]) != nil {
		d.agency = fields[0]
		rest = strings.TrimPrefix(strings.TrimLeft(rest, " "), fields[0])
	}
	return d, len(s) - len(rest)
}

var capitalForm = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^(\p{Lu}{2,}(?:[ /-]\p{Lu}+){0,3})\. \p{Lu}`)
})

// capitalLine reads a dateline that is a known place in capitals and a full
// stop: "BAKU. Sverige …".
func (r *Reader) capitalLine(s string) (dateline, int) {
	m := capitalForm().FindStringSubmatchIndex(s)
	if m == nil || !r.knownPlace(s[m[2]:m[3]]) {
		return dateline{}, 0
	}
	return dateline{place: s[m[2]:m[3]]}, m[3] + 1
}

var factForm = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^([\p{Lu}][\p{Lu}.]{2,20})(?: FACTBOX|-ДОСЬЕ| ДОСЬЕ)?(?:\.| [-–—]) \p{Lu}`)
})

// factLine reads a dateline that is an agency's name alone: "TASS FACTBOX.",
// "AKIPRESS.COM -".
func (r *Reader) factLine(s string) (dateline, int) {
	m := factForm().FindStringSubmatchIndex(s)
	if m == nil || r.vocabulary.Find(archive.Sources, s[m[2]:m[3]]) == nil {
		return dateline{}, 0
	}
	return dateline{agency: s[m[2]:m[3]]}, m[1] - 2
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
