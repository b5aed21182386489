package source

import (
	"fmt"
	"strings"
	"sync"
	"unicode"

	"github.com/abadojack/whatlanggo"

	"chancery/generator/archive"
)

// languageSample is how much of a text, in bytes, tells its language.
const languageSample = 6000

// language reads the text's language from its script and its commonest words.
func (g *reading) language() {
	tag, why, grade := languageOf(g.draft.Body)
	g.draft.Form.Language = value(tag, "words of the text", firstNumber(g.lines), grade, why)
}

// commonWords are the commonest words of languages in Latin script.
const commonWords = `en the of and to in that for is on with was as by at from it this be are has have will not its their over after into who an a
fr les des et est une dans pour que du sur avec au qui le la par a un
es los las que del una por con para el en y se su como la a un
de der die und das ist nicht mit den von zu im für auf dem ein
it che di della per una con sono il del nel gli alla a un
pt que não uma para com dos são da do em os ao pela a o
nl het een van en niet dat voor de op zijn met
sv och att det som är inte för på till av en
nb og det som ikke til av er på en for
da og det som ikke til af er på en for
fi ja on että ei oli mutta myös hän sekä
tr ve bir bu için ile da de olarak olan
pl nie się jest na że do w z oraz przez
cs se na že je ve do pro jako by
id yang dan di untuk dengan dari ini pada akan itu
vi và của các trong cho với là được tại về`

var commonWordTable = sync.OnceValue(func() map[string][]string {
	table := map[string][]string{}
	for row := range strings.Lines(commonWords) {
		fields := strings.Fields(row)
		for _, w := range fields[1:] {
			table[w] = append(table[w], fields[0])
		}
	}
	return table
})

// languageOf gives the language of a text as a BCP 47 tag, "" where it has no
// letters. It is inferred where few common words were met.
func languageOf(s string) (tag, why string, grade archive.Grade) {
	s = clip(s, languageSample)
	scripts := countScripts(s)
	switch script := mostOf(scripts); script {
	case "":
		return "", "", ""
	case "Latin":
		return latinLanguage(s)
	case "Cyrillic":
		for _, l := range cyrillicLanguages {
			if n := countAny(s, l.letters); n >= max(2, scripts["Cyrillic"]/250) && n > countAny(s, l.without) {
				return l.tag, "the letters are " + l.name, archive.Stated
			}
		}
		return "ru", "the letters are Cyrillic", archive.Stated
	case "Han":
		if scripts["Kana"]*8 > scripts["Han"] {
			return "ja", "the signs are Japanese", archive.Stated
		}
		return "zh", "the signs are Chinese", archive.Stated
	case "Arabic":
		switch {
		case countAny(s, "ٹڈڑے") >= 2:
			return "ur", "the letters are Urdu", archive.Stated
		case countAny(s, "پچژگی") >= 4 && countAny(s, "پچژگ") >= 2:
			return "fa", "the letters are Persian", archive.Stated
		}
		return "ar", "the letters are Arabic", archive.Stated
	default:
		return map[string]string{"Kana": "ja", "Hangul": "ko", "Greek": "el", "Hebrew": "he", "Thai": "th", "Lao": "lo"}[script], "the letters are " + script, archive.Stated
	}
}

// cyrillicLanguages are told from Russian by letters that it does not have.
var cyrillicLanguages = []struct{ tag, name, letters, without string }{
	{"be", "Belarusian", "ў", "їєґщ"},
	{"kk", "Kazakh", "әғқңөұүһ", "їєґ"},
	{"sr", "Serbian", "ђјљњћџ", "ыэъ"},
	{"mk", "Macedonian", "ѓќѕј", "ыэъ"},
	{"uk", "Ukrainian", "іїєґ", "ыэъё"},
	{"bg", "Bulgarian", "ъ", "ыэё"},
}

// countScripts counts the letters of each script; a Han sign is as much as
// three letters.
func countScripts(s string) map[string]int {
	counts := map[string]int{}
	for _, c := range s {
		switch {
		case c < 0x41:
		case unicode.Is(unicode.Latin, c):
			counts["Latin"]++
		case unicode.Is(unicode.Cyrillic, c):
			counts["Cyrillic"]++
		case unicode.Is(unicode.Arabic, c):
			counts["Arabic"]++
		case unicode.Is(unicode.Han, c):
			counts["Han"] += 3
		case unicode.In(c, unicode.Hiragana, unicode.Katakana):
			counts["Kana"] += 2
		case unicode.Is(unicode.Hangul, c):
			counts["Hangul"] += 3
		case unicode.Is(unicode.Greek, c):
			counts["Greek"]++
		case unicode.Is(unicode.Hebrew, c):
			counts["Hebrew"]++
		case unicode.Is(unicode.Thai, c):
			counts["Thai"]++
		case unicode.Is(unicode.Lao, c):
			counts["Lao"]++
		}
	}
	return counts
}

// mostOf gives the key with the highest count, the first in order of two.
func mostOf(counts map[string]int) string {
	best := ""
	for k, n := range counts {
		if n > 0 && (best == "" || n > counts[best] || n == counts[best] && k < best) {
			best = k
		}
	}
	return best
}

func countAny(s, letters string) int {
	n := 0
	for _, c := range s {
		n += btoi(strings.ContainsRune(letters, unicode.ToLower(c)))
	}
	return n
}

// latinLanguage tells languages in Latin script apart by their commonest
// words, and a text with too few of them by its letters' sequences.
func latinLanguage(s string) (tag, why string, grade archive.Grade) {
	counts := map[string]int{}
	all := 0
	for w := range strings.FieldsFuncSeq(strings.ToLower(s), func(c rune) bool { return !unicode.IsLetter(c) }) {
		all++
		for _, l := range commonWordTable()[w] {
			counts[l]++
		}
	}
	best := mostOf(counts)
	second := 0
	for l, n := range counts {
		if l != best {
			second = max(second, n)
		}
	}
	if best == "id" {
		return malay(s)
	}
	if n := counts[best]; n >= 3 && n*10 > second*13 {
		return best, fmt.Sprintf("%d of the first %d words are among the commonest of this language", n, all), archive.Stated
	}
	if n := counts[best]; n > second && n > 1 && all < 60 {
		return best, fmt.Sprintf("%d of its %d words are among the commonest of this language", n, all), archive.Inferred
	}
	guess := whatlanggo.DetectWithOptions(firstRunes(s, 500), whatlanggo.Options{Whitelist: latinWhitelist()})
	if tag := guess.Lang.Iso6391(); tag != "" && all > 3 {
		return tag, "the sequences of letters are most like those of this language", archive.Inferred
	}
	return best, "a few words are common in this language", archive.Inferred
}

// Malay and Indonesian share their commonest words; these each has alone.
const (
	malayWords      = " kerana ialah daripada beliau boleh kepada bagi berkata bahawa tahun-tahun sidang kemuncak ahad isnin khamis ogos disember november mac iaitu pelbagai negara-negara serantau "
	indonesianWords = " karena bahwa bisa oleh adalah dari pada senin minggu kamis agustus desember maret yaitu berbagai konferensi menteri-menteri kepada "
)

// malay tells the two apart.
func malay(s string) (tag, why string, grade archive.Grade) {
	ms, id := 0, 0
	for w := range strings.FieldsFuncSeq(strings.ToLower(s), func(c rune) bool { return !unicode.IsLetter(c) && c != '-' }) {
		ms += btoi(strings.Contains(malayWords, " "+w+" "))
		id += btoi(strings.Contains(indonesianWords, " "+w+" "))
	}
	if ms > id {
		return "ms", fmt.Sprintf("%d words are Malay and not Indonesian", ms), archive.Stated
	}
	return "id", fmt.Sprintf("the commonest words are Indonesian, %d of them not Malay", id), archive.Stated
}

func firstRunes(s string, n int) string {
	for i := range s {
		if n--; n < 0 {
			return s[:i]
		}
	}
	return s
}

var latinWhitelist = sync.OnceValue(func() map[whatlanggo.Lang]bool {
	set := map[whatlanggo.Lang]bool{}
	for _, l := range []whatlanggo.Lang{whatlanggo.Eng, whatlanggo.Fra, whatlanggo.Spa, whatlanggo.Deu, whatlanggo.Ita, whatlanggo.Por, whatlanggo.Nld, whatlanggo.Swe, whatlanggo.Nob, whatlanggo.Dan, whatlanggo.Fin, whatlanggo.Tur, whatlanggo.Pol, whatlanggo.Ces, whatlanggo.Ind, whatlanggo.Vie} {
		set[l] = true
	}
	return set
})
