package source

import (
	"regexp"
	"strconv"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// ordinalNames are the ordinals in words from the first on, a language a line;
// the forms of one parted by "/". Russian and Polish words stand without their
// endings.
const ordinalNames = `
first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth twenty-first twenty-second
перв втор трет четверт пят шест седьм восьм девят десят одиннадцат двенадцат тринадцат четырнадцат пятнадцат шестнадцат семнадцат восемнадцат девятнадцат двадцат
premier/première deuxième/second troisième quatrième cinquième sixième septième huitième neuvième dixième onzième douzième treizième quatorzième quinzième seizième dix-septième dix-huitième dix-neuvième vingtième
primera/primer/primero segunda/segundo tercera/tercer/tercero cuarta/cuarto quinta/quinto sexta/sexto séptima/séptimo octava/octavo novena/noveno décima/décimo undécima/undécimo duodécima/duodécimo decimotercera/decimotercer decimocuarta/decimocuarto decimoquinta/decimoquinto decimosexta/decimosexto decimoséptima/decimoséptimo decimoctava/decimoctavo decimonovena/decimonoveno vigésima/vigésimo
primo/prima secondo/seconda terzo/terza quarto/quarta quinto/quinta sesto/sesta settimo/settima ottavo/ottava nono/nona decimo/decima undicesimo/undicesima dodicesimo/dodicesima tredicesimo/tredicesima quattordicesimo/quattordicesima quindicesimo/quindicesima sedicesimo/sedicesima diciassettesimo/diciassettesima diciottesimo/diciottesima diciannovesimo/diciannovesima ventesimo/ventesima
primeira/primeiro segunda/segundo terceira/terceiro quarta/quarto quinta/quinto sexta/sexto sétima/sétimo oitava/oitavo nona/nono décima/décimo
erster/erste/ersten/erstes zweiter/zweite/zweiten dritter/dritte/dritten vierter/vierte/vierten fünfter/fünfte/fünften sechster/sechste/sechsten siebter/siebte/siebten achter/achte/achten neunter/neunte/neunten zehnter/zehnte/zehnten elfter/elfte/elften zwölfter/zwölfte/zwölften
pierwsz drugi trzeci czwart piąt szóst siódm ósm dziewiąt dziesiąt jedenast dwunast trzynast czternast piętnast szesnast siedemnast osiemnast dziewiętnast dwudziest
první druhý třetí čtvrtý pátý šestý sedmý osmý devátý desátý jedenáctý dvanáctý třináctý čtrnáctý patnáctý šestnáctý sedmnáctý osmnáctý devatenáctý dvacátý
الأولى/الأول الثانية/الثاني الثالثة/الثالث الرابعة/الرابع الخامسة/الخامس السادسة/السادس السابعة/السابع الثامنة/الثامن التاسعة/التاسع العاشرة/العاشر
`

// stemLength is the length, in bytes, from which an ordinal is compared without
// its ending.
const stemLength = 6

var ordinalTable = sync.OnceValue(func() map[string]int { return wordTable(ordinalNames, 1) })

// ordinalNumber reads one ordinal, 0 for what is none.
func ordinalNumber(w string) int {
	lower := strings.ToLower(w)
	if n := ordinalTable()[lower]; n > 0 {
		return n
	}
	if c, _ := utf8.DecodeRuneInString(lower); c > 0x7f || strings.ContainsFunc(lower, func(c rune) bool { return c > 0x7f }) || strings.HasSuffix(lower, "ego") || strings.HasSuffix(lower, "y") {
		for cut := len(lower) - 1; cut >= stemLength && cut >= len(lower)-8; cut-- {
			if n := ordinalTable()[lower[:cut]]; n > 0 && inflected(lower[cut:]) {
				return n
			}
		}
	}
	if n := digitsOrdinal(lower); n > 0 {
		return n
	}
	return roman(w)
}

// inflected says whether a text is an ending of Russian or Polish ordinals.
func inflected(end string) bool {
	return strings.Contains(" ый ий ой ая ья ое ье ого его ьего ому ему ьему ым им ьим ом ем ьем ую ью ье ый ые ых ei y ego emu ym a ą ej e i iego ", " "+end+" ")
}

// digitsOrdinal reads "17th", "17-й", "17-го", "10e", "17°", "17ος".
func digitsOrdinal(lower string) int {
	digits := len(lower) - len(strings.TrimLeft(lower, "0123456789"))
	n, err := strconv.Atoi(lower[:digits])
	if err != nil || n == 0 {
		return 0
	}
	switch lower[digits:] {
	case "st", "nd", "rd", "th", "-й", "-я", "-го", "-м", "-ом", "-ой", "-ю", "-ы", "-га", "-му", "-е", "-ая", "-ий", "-ый", "-ого", "-ому", "-ым", "e", "ème", "eme", "er", "º", "ª", "°", ".", "届", "次", "a", "o", "ος", "η", "차", "회":
		return n
	}
	return 0
}

// roman reads a Roman numeral of capitals, 0 for what is none. A lone "I" is
// more often a word.
func roman(w string) int {
	values := map[rune]int{'I': 1, 'V': 5, 'X': 10, 'L': 50, 'C': 100}
	n, last := 0, 0
	for _, c := range w {
		v := values[c]
		if v == 0 {
			return 0
		}
		n += v
		if last < v {
			n -= 2 * last
		}
		last = v
	}
	if w == "I" || n > 150 {
		return 0
	}
	return n
}

// hanNumber reads a number below a hundred in Chinese figures: "十六", "二十一".
func hanNumber(s string) int {
	const figures = "一二三四五六七八九"
	tens, n := 0, 0
	for _, c := range s {
		switch at := strings.IndexRune(figures, c); {
		case c == '十':
			tens, n = max(n, 1)*10, 0
		case at >= 0:
			n = at/3 + 1
		default:
			return 0
		}
	}
	return tens + n
}

// meetingWords are the words for a meeting that may stand between a venue's
// name and the ordinal of the meeting that is counted: "XVI BRICS Summit".
const meetingWords = ` summit summits forum session assembly conference edition annual leaders' leaders’ leaders
саммит саммита саммите саммиту саммитом форум форума форуме сессии сессия сессию заседание заседании заседания ежегодный саміт саміту саміті
gipfel gipfeltreffen gipfeltreffens sommet session cumbre sesión cúpula cimeira sessão vertice sessione assemblea szczyt szczytu szczycie summitu zirvesi ktt kes konferensi sidang hội nghị top toppmøde
峰会 峰會 会议 會議 领导人会晤 领导人 首脳会議 정상회의 외교장관회의 قمة دورة اجتماع اجلاس `

// betweenWords may stand there too.
const betweenWords = " of the de des du del do da la le les los las l' der den di dell' dell’ at its their в на по "

var meetingWordSet = sync.OnceValue(func() map[string]bool { return wordSet(meetingWords) })

func isMeetingWord(w string) bool { return w != "" && meetingWordSet()[strings.ToLower(w)] }

// partWords are the words after a venue's name that make of it another meeting
// with numbers of its own: "6th East Asia Summit Foreign Ministers Meeting".
const partWords = " foreign ministers ministerial minister ministers' ministers’ senior officials business economic dialogue meeting youth young parliamentary defence defense working committee council centre center fund media plus fmm sherpa women министров министерская министерской министерского "

// editionOf gives the key of the edition that stands with a name, and the
// ordinal as written.
func editionOf(s string, m match) (key, how string) {
	if m.number != "" {
		return m.number, m.text
	}
	after := strings.TrimLeft(s[m.end:], " ")
	numbered := hasMeetingWord(m.text)
	if next := firstWord(after); isMeetingWord(next) && strings.HasPrefix(strings.TrimLeft(after, " -"), next) {
		after = strings.TrimLeft(after[strings.Index(after, next)+len(next):], " ")
		numbered = true
	}
	if n, how := ordinalAfter(after); n > 0 {
		return strconv.Itoa(n), how
	}
	if next := firstWord(after); next != "" && strings.Contains(partWords, " "+strings.ToLower(next)+" ") && strings.HasPrefix(after, next) {
		return "", ""
	}
	n, how, met := ordinalBefore(s[:m.start])
	if n == 0 || !numbered && !met {
		return "", ""
	}
	return strconv.Itoa(n), how
}

// hasMeetingWord says whether a venue's own name is that of a meeting.
func hasMeetingWord(name string) bool {
	for _, w := range words(name) {
		word := strings.ToLower(name[w.start:w.end])
		if isMeetingWord(word) || strings.Contains(" ассамблея ассамблеи 峰 大 坛 会 會 ", " "+word+" ") {
			return true
		}
	}
	return len(name) <= 6 && name == strings.ToUpper(name) || strings.ContainsFunc(name, unicode.IsLetter) && name != strings.ToUpper(name) && strings.ContainsFunc(name, dense)
}

// ordinalBefore gives the ordinal among the last words of a text, with nothing
// but words for a meeting and little words behind it; met says whether one of
// those is a word for a meeting.
func ordinalBefore(s string) (n int, how string, met bool) {
	if n, how := hanOrdinal(s); n > 0 {
		return n, how, true
	}
	s = strings.NewReplacer("d’", "de ", "d'", "de ", "l’", "la ", "l'", "la ", "dell’", "di ", "dell'", "di ").Replace(clipLeft(s, 80))
	fields := strings.Fields(s)
	for i := len(fields) - 1; i >= 0 && i >= len(fields)-6; i-- {
		word := strings.Trim(fields[i], ",;:#(“\"«„")
		lower := strings.ToLower(word)
		if n := ordinalNumber(word); n > 0 && n <= 300 {
			return n, word, met
		}
		switch {
		case word == "" || strings.Contains(betweenWords, " "+lower+" "):
		case isMeetingWord(word):
			met = true
		default:
			return 0, "", false
		}
	}
	return 0, "", false
}

// clipLeft gives the last n bytes of a text, less the part of a character.
func clipLeft(s string, n int) string {
	if len(s) <= n {
		return s
	}
	s = s[len(s)-n:]
	for s != "" && !utf8.RuneStart(s[0]) {
		s = s[1:]
	}
	return s
}

var hanOrdinalForm = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?:第|제)\s*([0-9０-９]{1,3}|[一二三四五六七八九十]{1,4})\s*(?:届|屆|次|回|차|회)?\s*$`)
})

// hanOrdinal reads the ordinal that ends a text in Chinese, Japanese or Korean.
func hanOrdinal(s string) (int, string) {
	m := hanOrdinalForm().FindStringSubmatch(clipLeft(s, 40))
	if m == nil {
		return 0, ""
	}
	n := hanNumber(m[1])
	if n == 0 {
		n = atoi(strings.Map(func(c rune) rune {
			if c >= '０' && c <= '９' {
				return c - '０' + '0'
			}
			return c
		}, m[1]))
	}
	return n, strings.TrimSpace(m[0])
}

var afterForm = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^(?:\([^()]{1,20}\)\s*)?(?:ke-|Ke-|lần thứ |ครั้งที่ |الـ ?\(?|ال)(\d{1,3})\)?|^第([一二三四五六七八九十]{1,4}|\d{1,3})(?:次|届|回)`)
})

// ordinalAfter reads the ordinal with which a text begins, as languages write
// it that put it behind: "ke-18", "lần thứ 19", "الـ16", "第十六次".
func ordinalAfter(s string) (int, string) {
	m := afterForm().FindStringSubmatch(clip(s, 60))
	if m == nil {
		return 0, ""
	}
	if n := hanNumber(m[2]); n > 0 {
		return n, m[0]
	}
	return atoi(m[1] + m[2]), m[0]
}
