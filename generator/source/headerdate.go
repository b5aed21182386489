package source

import (
	"regexp"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"chancery/generator/archive"
)

// headerFillers are the words that stand beside the date of a header, in the
// languages of the sites.
const headerFillers = ` published posted updated update release released issued created modified last date dated day time embargoed to midnight until on at the by for year years ago a min read mins minutes text version delivered checked transcript
gmt utc est edt aest aedt msk ist wib wita cet cest sgt pkt trt hrs hours h pm am p m th st nd rd of er
мск время опубликовано опубликована дата публикации обновлено обновление года год г в создано размещено опубліковано оновлено року рік від
publié publiée le mis à jour mise modifié date heure du el actualizado publicado publicada fecha hora de del às em atualizado data
veröffentlicht am stand um uhr vom den aktualisiert datum
pubblicato pubblicata il alle ore aggiornato aggiornamento
kamis jumat sabtu minggu senin selasa rabu waktu baca menit tanggal pukul diterbitkan diperbarui jam
thứ hai ba tư năm sáu bảy chủ nhật ngày tháng lúc giờ cập đăng
güncelleme yayın tarihi yayınlanma güncellenme saat
opublikowano aktualizacja dodano godz data publikacji publikováno aktualizováno vydáno dne
publicerad uppdaterad publisert oppdatert publiceret opdateret kl den
송고시간 입력 수정 등록 송고 게시일 작성일 오전 오후
发布时间 时间 发布 更新 日期 配信 公開 更新日 掲載日
الموافق هـ م هـ، تاريخ النشر آخر تحديث الساعة التاريخ ص ق هجري ميلادي
محرم صفر ربيع الأول الآخر الثاني جمادى الأولى الآخرة الثانية رجب شعبان رمضان شوال ذو ذي القعدة الحجة `

var fillers = sync.OnceValue(func() map[string]bool { return wordSet(headerFillers) })

// dateLine reads a header's line that holds a date and nothing else but a
// time, a weekday, a place or words for "published"; other things may stand on
// it apart, behind a bar or wide space. The rest is the place.
func (g *reading) dateLine(s string) (t stamp, rest string, ok bool) {
	if len(s) > 400 || !strings.ContainsFunc(s, func(c rune) bool { return digit(c) >= 0 }) {
		return stamp{}, "", false
	}
	s = strings.TrimSpace(unmarked(s))
	if len(s) > 200 || len(s) < 5 {
		return stamp{}, "", false
	}
	if t, rest, ok = g.wholeDateLine(s); ok {
		return t, rest, ok
	}
	parts := separator().Split(s, -1)
	if len(parts) < 2 || len(parts) > 6 || kindWithin(s) {
		return stamp{}, "", false
	}
	for i, part := range parts {
		if t, _, ok = g.wholeDateLine(part); !ok {
			continue
		}
		for j, other := range parts {
			if _, placed := g.placeLine(other); placed && i != j {
				return t, other, true
			}
		}
		return t, "", t.year > 0
	}
	return stamp{}, "", false
}

// separator parts what stands side by side on a line of a header.
var separator = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`\s{2,}|\t+|\s*[|•·]\s*|\s+[-–—]\s+|\s*\((?:[^()]*)\)$`)
})

// wholeDateLine reads a line, or a part of one, that is a date line as a whole.
func (g *reading) wholeDateLine(s string) (t stamp, rest string, ok bool) {
	s = strings.Trim(s, " ,;")
	for _, d := range findDates(s) {
		if d.day == 0 && !d.swapped || d.year == 0 && len(s) > 40 {
			continue
		}
		rest = s[:d.start] + " " + s[d.end:]
		if c, ok := findTime(s); ok && c.end > d.end {
			rest = s[:d.start] + " " + s[max(c.end, d.end):]
		}
		letters, odd := 0, 0
		for w := range strings.FieldsFuncSeq(strings.ToLower(rest), func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsMark(c) && c != '-' }) {
			if _, day := weekdays()[w]; day || fillers()[w] || monthOf(w) > 0 || zoneOf(strings.ToUpper(w)) != "" {
				continue
			}
			letters += utf8.RuneCountInString(w)
			odd++
		}
		rest = withoutFillers(rest)
		_, place := g.placeLine(strings.Trim(rest, " ,()"))
		if letters <= 3 && (d.year > 0 || odd == 0) || place && d.year > 0 {
			return g.settle(d, s), withoutArticle(strings.Trim(rest, " ,()|")), true
		}
	}
	return stamp{}, "", false
}

// withoutFillers takes weekdays and words such as "published" off the front of
// what stands beside a date.
func withoutFillers(rest string) string {
	for {
		rest = strings.TrimLeft(rest, " ,:;()|")
		w := firstField(rest)
		word := strings.ToLower(strings.Trim(w, ",.:"))
		if _, day := weekdays()[word]; w == "" || !day && !fillers()[word] {
			return rest
		}
		rest = rest[len(w):]
	}
}

// withoutArticle takes the word that goes before a date off a place: "Paris,
// le 14 novembre".
func withoutArticle(place string) string {
	for _, w := range []string{" le", " el", " den", " on"} {
		place = strings.TrimSuffix(place, w)
	}
	return strings.Trim(place, " ,")
}

// settle decides which number of "08/04/2021" is the month, where the text
// tells: American zones and clocks go with the month first, languages but
// English with the day first; else the day of the week, or another date in the
// same form decides.
func (g *reading) settle(t stamp, s string) stamp {
	if !t.swapped {
		return t
	}
	other := t
	other.month, other.day, other.swapped = t.day, t.month, false
	t.swapped = false
	lower := " " + strings.ToLower(s) + " "
	american := strings.Contains(lower, "edt") || strings.Contains(lower, " est") || strings.Contains(lower, "pdt") || strings.Contains(lower, " pst")
	british := strings.Contains(lower, "aest") || strings.Contains(lower, "aedt") || strings.Contains(lower, "gmt") || strings.Contains(lower, " ist") || strings.Contains(lower, "wib")
	tag, _, _ := languageOf(joinBody(g.lines[:min(len(g.lines), 40)]))
	switch {
	case american && !british:
		return other
	case british, tag != "en" && tag != "":
		return t
	}
	first, second := g.orders(t, other)
	switch {
	case first > 0 && second == 0:
		return t
	case second > 0 && first == 0:
		return other
	}
	t.swapped = true
	return t
}

// orders counts what in the text speaks for a day-first and for a month-first
// reading of a date: its weekday, the same day written out, other dates that
// can be read one way alone.
func (g *reading) orders(dayFirst, monthFirst stamp) (first, second int) {
	a, b := archive.DayOf(dayFirst.year, dayFirst.month, dayFirst.day), archive.DayOf(monthFirst.year, monthFirst.month, monthFirst.day)
	for i, l := range g.text() {
		if i > mentionsWithin {
			break
		}
		if days := weekdaysIn(firstSentence(l.text)); i < headerWithin && len(days) == 1 {
			first += btoi(days[a.Weekday()])
			second += btoi(days[b.Weekday()])
		}
		for _, d := range findDates(l.text) {
			switch {
			case d.swapped || d.day == 0:
			case d.month == dayFirst.month && d.day == dayFirst.day:
				first++
			case d.month == monthFirst.month && d.day == monthFirst.day:
				second++
			case strings.Count(l.text[d.start:d.end], "/") == 2 && d.day > 12:
				lead, _, _ := strings.Cut(l.text[d.start:d.end], "/")
				first += btoi(atoi(lead) == d.day)
				second += btoi(atoi(lead) == d.month)
			}
		}
	}
	return first, second
}
