package source

import (
	"fmt"
	"regexp"
	"strings"
	"sync"

	"chancery/generator/archive"
)

// closingForm matches the words with which a text says where and when it was
// made: "Done at Vienna on …", "Adotada em …, aos 4 dias do mês de julho de 2023".
var closingForm = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^(?i:(?:done|signed|adopted|given|issued)(?: and \p{L}+)? (?:at|in)|fait (?:à|a)|adoptée? à|feit[oa] em|adotad[oa] em|hecho en|adoptad[oa] en|firmad[oa] en|geschehen zu|fatto a|совершено в|принято в|подписано в|учинено в|dibuat di|làm tại) (\p{Lu}[\p{L}'’. -]{1,40}?)(?:,| on | this | le | aos? | el | am | il | il giorno | \d)`)
})

// closingWithin is how many of the last lines may hold such words.
const closingWithin = 14

// closing reads where and when a text was made out of its last lines.
func (g *reading) closing() {
	text := g.text()
	for _, l := range text[max(0, len(text)-closingWithin):] {
		s := strings.TrimSpace(l.text)
		if len(s) > 400 {
			continue
		}
		m := closingForm().FindStringSubmatch(s)
		if m == nil {
			continue
		}
		why := "the text closes with " + quote(s)
		g.setPlace(placeName(m[1]), "closing words", l.number, archive.Stated, why)
		if dates := findDates(daysOfMonth().ReplaceAllString(s, "$1 de $2")); len(dates) > 0 && dates[0].full() && g.draft.When.Date.Date != dates[0].date() {
			g.draft.When.Time, g.draft.When.Zone = archive.DraftValue{}, archive.DraftValue{}
			g.setDate(dates[0], "closing words", l.number, archive.Stated, why)
		}
		return
	}
}

// daysOfMonth matches the days of the month as treaties count them in Portuguese
// and Spanish: "4 dias do mês de julho".
var daysOfMonth = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)(\d{1,2}) (?:dias?|días?) (?:do|del) (?:mês|mes) de (\p{L}+)`)
})

// dateAtEnd takes a date that stands alone on one of the last lines, or with a
// place on one somewhat further up.
func (g *reading) dateAtEnd() {
	if !g.draft.When.Date.Date.IsZero() {
		return
	}
	text := g.text()
	for i := len(text) - 1; i >= 0 && i >= len(text)-8; i-- {
		t, rest, ok := g.dateLine(text[i].text)
		placed := ok && g.isPlaceLine(rest)
		if !ok || !t.full() || t.endDay > 0 || i < len(text)-3 && !placed {
			continue
		}
		why := fmt.Sprintf("the text ends with %s", quote(text[i].text))
		g.setDate(t, "last lines", text[i].number, archive.Stated, why)
		if placed {
			g.setPlace(placeName(rest), "last lines", text[i].number, archive.Stated, why)
		}
		return
	}
}
