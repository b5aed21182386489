package source

import (
	"slices"
	"strings"
	"unicode"
)

// futureWords say of a sentence that it announces; pastWords that it tells of
// something done. Each stands with a space on both sides.
const (
	futureWords = " will would upcoming forthcoming scheduled состоится состоятся пройдет пройдёт пройдут будет будут примет планирует планируется запланирован запланирована запланировано предстоящий предстоящем предстоящего wird werden aura auront sera seront participera celebrará celebrarán será tendrá asistirá "
	pastWords   = " was were held met took had spoke gave began led said told made came hosted co-hosted hat haben wurde fand fanden nahm был была было были "
	notPast     = " need indeed speed feed united based entitled named called hundred red advanced associated interested so-called concerned breed need "
)

// plans are phrases that announce; aims announce only where nothing in the
// sentence is past: "Lavrov to discuss", but not "met to discuss".
var (
	plans = []string{" to be held", " is to ", " are to ", " plans to ", " plan to ", "将于", "将在", "拟于", "将出席", "将举行"}
	aims  = []string{" to take part", " to attend", " to discuss", " to host", " to visit", " to hold"}
)

// announces says whether a sentence speaks of what is still to come.
func announces(s string) bool {
	lower := strings.ToLower(s)
	contains := func(p string) bool { return strings.Contains(lower, p) }
	if slices.ContainsFunc(plans, contains) || slices.ContainsFunc(aims, contains) && !anyWord(lower, isPast) {
		return true
	}
	return anyWord(lower, func(w string) bool { return strings.Contains(futureWords, " "+w+" ") })
}

// pastSigns are parts of words by which other languages tell of what was done.
var pastSigns = []string{"した", "ました", "開催され", "했다", "열렸다", "열린", "했습니다", "participou", "reuniu", "realizada", "realizado", "adotou", " ha partecipato", " si è ", " hanno ", " a participé", " s'est ", " s’est ", " se sont ", " a été ", "spotkał", "spotkali", "odbył", "wziął", "katıl", "düzenlenen", "gerçekleş", " відбу", "зустрі", " узяв", " adoptó", " se reunió", " participó", "mødtes", "möttes", "møttes", "sešli", "setkal"}

// happened says whether a sentence tells of what was done.
func happened(s string) bool {
	lower := strings.ToLower(s)
	for _, sign := range pastSigns {
		if strings.Contains(lower, sign) {
			return true
		}
	}
	return anyWord(lower, isPast) || strings.ContainsRune(lower, '了') || strings.Contains(lower, "举行") || strings.Contains(lower, "出席")
}

// isPast says whether a word is a verb in the past, as far as its form tells.
func isPast(w string) bool {
	if strings.Contains(pastWords, " "+w+" ") {
		return true
	}
	if w[0] < 0x80 {
		for _, end := range []string{"ó", "aron", "ieron", "ait", "èrent"} {
			if strings.HasSuffix(w, end) && len(w) > 4 {
				return true
			}
		}
		return len(w) > 4 && strings.HasSuffix(w, "ed") && !strings.Contains(notPast, " "+w+" ")
	}
	for _, end := range []string{"л", "ла", "ло", "ли", "лся", "лась", "лось", "лись"} {
		if strings.HasSuffix(w, end) && len(w) > 8 {
			return true
		}
	}
	return false
}

// anyWord says whether a word of a text, split at all but letters, is one.
func anyWord(s string, is func(string) bool) bool {
	for w := range strings.FieldsFuncSeq(s, func(c rune) bool { return !unicode.IsLetter(c) && c != '-' }) {
		if w != "" && is(w) {
			return true
		}
	}
	return false
}
