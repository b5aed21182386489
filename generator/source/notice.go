package source

import (
	"regexp"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// notices are parts of lines by which sites speak for themselves.
var notices = []string{"cookie", "official website", "javascript", "all rights reserved", "©", "copyright", "sign up", "subscribe", "newsletter", "log in", "acquire licensing", "terms of use", "privacy policy", "https:// means", "a lock (", "provisional translation", "check against", "embargo", "gesprochene wort", "prononcé fait foi", "as delivered", "unofficial translation", "your browser", "ваш браузер", "версия для печати", "skip to", "ir para o", "ir al contenido", "saltar al", "aller au contenu", "zum inhalt", "vai al contenuto", "바로가기", "перейти к", "przejdź do", "gå til", "lompat ke", "chuyển đến", "本文へ", "跳转到", "gov.ua державні", "gov.br órgãos", "все права защищены", "при использовании материалов"}

// isNotice says whether a site speaks in a line, not the text.
func isNotice(s string) bool {
	if len(s) > 600 {
		return false
	}
	lower := strings.ToLower(s)
	for _, n := range notices {
		if strings.Contains(lower, n) {
			return true
		}
	}
	return false
}

// isLabelled says whether a line is a value of the header behind its label, or
// words of a header alone: "장소: …", "12 menit baca".
func isLabelled(s string) bool {
	if placeLabel().MatchString(s) || timeLabel().MatchString(s) {
		return true
	}
	if !strings.ContainsFunc(s, unicode.IsDigit) || len(s) > 60 {
		return false
	}
	return !anyWord(strings.ToLower(s), func(w string) bool { return !fillers()[w] })
}

var timeLabel = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^(?i:date|time|when|일시|시간|日時|时间|дата|data|fecha|datum|tanggal|waktu|tarih)\s*[:：]`)
})

// creditLine matches the lines by which pages name who wrote, and what pictures
// and lists show.
var creditLine = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^(?i:by|por|par|von|di|photo|photos|фото|видео|video|source|subjects?|topics?|tags|e-mail|tel|contact)\b:? \p{Lu}|^(?i:source|subjects?|tags|photo|video|видео|фото|editor|原标题|责任编辑|责编)\s*[:：]|^\[\d/\d\]|^https?:`)
})

// honourForm matches a line that is a person with title and letters, "The Hon
// Helena Marsh MP", as it stands above the statements of members of parliament.
var honourForm = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^(?:Senator )?(?i:the) (?:Rt\.? )?Hon\.? ((?:\p{Lu}[\p{L}.'’-]* ?){1,4}?)(?: (?:MP|AC|AO|QC|KC|CH))*$`)
})

// hanKind says whether a Chinese line says that it heads a briefing, an answer,
// a speech or a statement.
func hanKind(s string) bool {
	for _, kind := range []string{"例行记者会", "答记者问", "讲话", "声明", "致辞", "记者会", "談話", "会見"} {
		if strings.HasSuffix(strings.TrimSpace(s), kind) && utf8.RuneCountInString(s) >= 8 {
			return true
		}
	}
	return false
}

// isProofMark says whether a line says that a transcript was not corrected:
// "E&OE", "E. & O.E. - PROOF ONLY".
func isProofMark(s string) bool {
	letters := strings.Map(func(c rune) rune {
		if unicode.IsLetter(c) {
			return c
		}
		return -1
	}, s)
	return utf8.RuneCountInString(s) < 40 && (strings.HasPrefix(letters, "EOE") || strings.HasSuffix(letters, "EOE") || strings.HasSuffix(letters, "PROOFONLY"))
}
