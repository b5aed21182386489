package manuscript

import (
	"math"
	"strings"
	"sync"
)

// encodings lists those that are looked for, the commonest first, with the
// languages that are written in them. The bonus decides between encodings that
// make the same text of the bytes, or one as likely.
var encodings = []struct {
	name      string
	bonus     float64
	languages string
}{
	{"windows-1252", 0.6, "en fr de es pt it da sv fi is nl"},
	{"windows-1251", 0.3, "ru uk bg sr be"},
	{"koi8-r", 0.1, "ru bg"},
	{"koi8-u", 0.05, "uk be ru"},
	{"ibm866", 0, "ru be"},
	{"iso-8859-5", 0, "ru bg sr be uk"},
	{"x-mac-cyrillic", -0.3, "ru uk bg sr"},
	{"windows-1250", 0.2, "pl cs sk hu ro hr de"},
	{"iso-8859-2", 0.1, "pl cs sk hu ro hr de"},
	{"windows-1254", 0.1, "tr"},
	{"windows-1257", 0.1, "lt lv et"},
	{"windows-1258", 0, "vi"},
	{"iso-8859-15", 0, "fr de es pt it da sv fi nl"},
	{"iso-8859-4", -0.3, "lt lv et"},
	{"macintosh", -0.3, "fr de es pt it da sv"},
	{"windows-1253", 0.2, "el"},
	{"iso-8859-7", 0, "el"},
	{"windows-1255", 0.2, "he"},
	{"iso-8859-8", 0, "he"},
	{"windows-1256", 0.2, "ar fa"},
	{"iso-8859-6", 0, "ar"},
	{"windows-874", 0, "th"},
	{"gb18030", 0.2, "zh"},
	{"big5", 0.1, "zh-tw"},
	{"shift_jis", 0.2, "ja"},
	{"euc-jp", 0.1, "ja"},
	{"euc-kr", 0.2, "ko"},
}

// letters holds for each language its letters beyond ASCII, the commonest
// first, and a few of its commonest words where they are ASCII.
var letters = map[string]struct{ letters, words string }{
	"en":    {"éèüöïçñáíóäåëêàô", " the of and to in a is that for on with by at from it was said be "},
	"fr":    {"éèàêçîôùâûœëïüÿæ", " de la le et les des en un une du que est pour dans par sur au il qui ne se plus "},
	"de":    {"üäößé", " der die und in den von zu das mit sich des auf ist im dem nicht ein eine als auch es an "},
	"es":    {"óíáéñúü¿¡", " de la que el en y a los se del las un por con no una su para es al lo como "},
	"pt":    {"ãçáéíóêõúâàô", " de a o que e do da em um para com no uma os na se por mais as dos como foi ao "},
	"it":    {"èàùòéìî", " di e il la che in a per un del con non una della le si da dei al gli nel sono "},
	"da":    {"æøåéöä", " og i det at en den til er som de med han av ikke der var et for har om vi "},
	"sv":    {"äöåéü", " och i att det som en av den med de till var han inte ett har om vi "},
	"fi":    {"äöåé", " ja on ei se ett oli joka mutta ovat kun niin hän sen ole "},
	"is":    {"íáðþöóéúæý", " og er um sem til en var ekki vi hann hefur fr "},
	"nl":    {"ëéïóèöüê", " de van het een en in is dat op te zijn met voor niet aan er om ook als "},
	"pl":    {"łęążśóćźń", " i w na z do nie to o jest po jak od za co przez ale dla oraz "},
	"cs":    {"íáěéřčžýšůúňťóď", " a se v na je o s z do i to k ve pro za by ale po jako "},
	"sk":    {"áíéčýžšľúťňôóäďĺŕ", " a sa v na je o s z do i to k vo pre za by ale po ako "},
	"hu":    {"áéőöóíüúű", " a az hogy nem is egy van meg csak volt ez de ha el "},
	"ro":    {"ăîâşţșțéá", " de la a cu nu pe un o din care pentru mai ca sau este prin sunt al "},
	"hr":    {"čšžćđéö", " i u je da se na za su od ne to o kao s koji ali iz bi "},
	"tr":    {"ıüşğçöİâîû", " ve bir bu da de ile olarak olan ne var daha gibi kadar sonra "},
	"lt":    {"ėšųžūįčąęž", " ir kad su yra tai bet buvo nuo per apie kaip "},
	"lv":    {"āīšēūņļģčžķ", " un ir no ar uz par ka kas bet tas to "},
	"et":    {"äõüöšžéÿ", " ja on ei et see oli kui ta aga ka "},
	"vi":    {"đáàêôâơưăéèíìóúùãõịạ\u0301\u0300\u0323\u0309\u0303", " l\u00e0 trong cho khi theo con ch tr nh ng anh hai tin "},
	"ru":    {"оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё", ""},
	"uk":    {"оанивіетрслкдмпузяьбгчйхїжюшцєщфґ", ""},
	"be":    {"анаіерслкўтдямыпузоьцгбчйхжюшэфё", ""},
	"bg":    {"аоиентрсвлкдпмзъугбчяйцжхщшюфь", ""},
	"sr":    {"аоиенртјсувдклпмгзбшчцњжљхћфђџ", ""},
	"el":    {"ατοιενσρκπςμλήίύόέάώθγδχφηυωβξζψϊϋΐ", ""},
	"he":    {"יוהלאתרבשמנדחםקעפכןגצסזטךףץ", ""},
	"ar":    {"الينمورتبةعدسفكهقحجأىصطشخضذزغثإءئآظؤ،؟؛ًَُِّْ", ""},
	"fa":    {"اینردهمتوشسکبلزگپفقخجعآحچصطضغذئثژظءأؤ،؟؛", ""},
	"th":    {"านรกอเงมยลวดทส่้ตะปบคหแจพชขไใโผถัิีึืุูำ็์ซณธศษภฉฎฐฟญฮๆ", ""},
	"zh":    {"，。的、一国在是人了和中有不大会年上为这我个政以们部外时发家议来地到对关重要方生行说日要作于出成同全民经开工后展主合力现实本进业长问面题理及、：“”；（）《》", ""},
	"zh-tw": {"，。的、一國在是人了和中有不大會年上為這我個政以們部外時發家議來地到對關重要方生行說日作於出成同全民經開工後展主合力現實本進業長問面題理及、：「」；（）《》", ""},
	"ja":    {"の、。にはをとがでたしいるてなっれりもかすらことまさうんあきくけそだどめよやちせ・ーンスルトラリアイクシドレタロカッジフマコテグサプムバュキツセニ一日人年国会大", ""},
	"ko":    {"이다는의에을를가고한은하지로기사도리자대인어서정시아그나있었것수해일스들과라상부전", ""},
}

// A model tells how likely each letter is in a language, as a logarithm.
type model struct {
	likely map[rune]float64
	rest   func(c rune) float64 // for letters that are not listed
	words  string
}

// models makes the models of all languages.
var models = sync.OnceValue(func() map[string]*model {
	all := make(map[string]*model, len(letters))
	for language, l := range letters {
		all[language] = newModel(language, []rune(l.letters), l.words)
	}
	return all
})

// newModel gives each letter a share that falls with its rank, as the letters
// of alphabets do: the last of three ranks has a share e times less.
func newModel(language string, ranked []rune, words string) *model {
	m := &model{likely: make(map[rune]float64, len(ranked)), words: words, rest: restOf(language)}
	share, fall := 1.0, float64(len(ranked))/3
	switch language {
	case "zh", "zh-tw":
		share, fall = 0.45, float64(len(ranked))/2 // the rest are the other characters
	case "ja", "ko":
		share = 0.6
	}
	sum := 0.0
	for i := range ranked {
		sum += math.Exp(-float64(i) / fall)
	}
	for i, c := range ranked {
		if _, twice := m.likely[c]; !twice {
			m.likely[c] = math.Log(share * math.Exp(-float64(i)/fall) / sum)
		}
	}
	return m
}

// restOf gives how likely those letters are that a model does not list.
func restOf(language string) func(rune) float64 {
	const foreign = -9
	among := func(first, last rune, likely float64) func(rune) float64 {
		return func(c rune) float64 {
			if c >= first && c <= last {
				return likely
			}
			return foreign
		}
	}
	switch language {
	case "zh", "zh-tw":
		return among(0x4e00, 0x9fff, math.Log(0.55/2500))
	case "ja":
		return func(c rune) float64 {
			if c >= 0x3040 && c <= 0x30ff {
				return math.Log(0.05 / 80)
			}
			return among(0x4e00, 0x9fff, math.Log(0.35/2000))(c)
		}
	case "ko":
		return among(0xac00, 0xd7a3, math.Log(0.4/900))
	case "ru", "uk", "be", "bg", "sr":
		return among(0x400, 0x45f, -7)
	case "th":
		return among(0xe00, 0xe5b, -7)
	case "ar", "fa":
		return among(0x600, 0x6ff, -7)
	case "he":
		return among(0x5b0, 0x5f4, -6.5)
	}
	return func(rune) float64 { return foreign }
}

// marks are the signs beyond ASCII that stand in texts of every language.
const marks = "“”‘’„‚«»‹›–—…•·№§°©®€£™†\u00a0\u00ad\u200e\u200f\u200c\u200d、。，：；！？「」『』（）《》〈〉【】・～\u3000"

func isMark(c rune) bool { return strings.ContainsRune(marks, c) }
