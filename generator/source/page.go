package source

import (
	"regexp"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"chancery/generator/archive"
)

// headerWithin is how many lines of text a page's header may have.
const headerWithin = 15

// isPage says whether a date stands alone on one of the first lines, as sites
// print it beside a title, or before the text on a page of one line.
func isPage(g *reading) bool {
	text := g.text()
	p := g.layout()
	for _, l := range append(p.header(), p.above()...) {
		if _, _, ok := g.dateLine(l.text); ok {
			return true
		}
	}
	if len(text) == 0 {
		return false
	}
	_, ok := runningDate(text[0].text)
	return ok
}

// readPage reads a page of a ministry, an office or a newspaper: title and
// date, in either order, perhaps time, place and byline, and the text.
func readPage(g *reading) []*reading {
	text := g.text()
	if len(text) == 0 {
		return nil
	}
	if t, ok := runningDate(text[0].text); ok && g.title.text == "" {
		g.readRunning(text, t)
	} else {
		p := g.heading()
		g.header(p)
		g.slugLine()
		g.sourceInTitle()
		g.sourceOnPage(p)
		g.lead = g.firstOfBody(p)
		if g.title.text == "" {
			g.makeTitle(g.lead, "the page has no title, so its first sentence stands for one")
		}
	}
	g.readRest()
	return []*reading{g}
}

// readRest reads what titles and texts of every page tell.
func (g *reading) readRest() {
	g.dateInTitle()
	g.dateAtEnd()
	g.venues()
	if g.stamp.day > 0 && g.stamp.year == 0 {
		g.inferYear(g.draft.When.Date.Rule, g.draft.When.Date.Line)
	}
	g.sourceInTitle()
	g.placeInTitle()
	if !firstPerson(g.lead.text) {
		g.placeOfEvent()
	}
	g.editionByDay()
	g.speakers()
}

// header reads what the lines about a title say: date, time, place, byline.
// A date behind the title goes before one above it, where clocks of sites stand.
func (g *reading) header(p layout) {
	if !g.datedLine(p.header(), true) && !g.datedLine(p.header(), false) {
		g.datedLine(p.above(), false)
	}
	header := p.header()
	for i, l := range header {
		g.labelledPlace(l, header[min(i+1, len(header)-1)])
		g.headerLine(l)
	}
	for _, l := range p.above() {
		g.headerLine(l)
	}
}

// datedLine takes the first date that stands alone on one of the lines, and
// the time and place beside it; if so asked, only one that stands with a place.
func (g *reading) datedLine(lines []line, placed bool) bool {
	for i, l := range lines {
		t, rest, ok := g.dateLine(l.text)
		if !ok || placed && !(t.full() && g.isPlaceLine(rest)) {
			continue
		}
		why := "the header says " + quote(l.text)
		g.setDate(t, "header", l.number, archive.Stated, why)
		g.clockIn(l)
		if place, ok := g.placeLine(rest); ok {
			g.setPlace(placeName(place), "header", l.number, archive.Stated, why)
		}
		for j, near := range lines[i+1 : min(len(lines), i+5)] {
			if g.timeLine(near, j == 0) && i+j+2 < len(lines) {
				g.placeBelow(lines[i+j+2])
			}
		}
		return true
	}
	return false
}

// timeLine reads a line below the date that begins with the time of day, and
// perhaps goes on with the place. The text itself may go on behind it on the
// next line alone.
func (g *reading) timeLine(l line, next bool) (alone bool) {
	c, ok := findTime(clip(l.text, 100))
	if !ok || c.start > 2 {
		return false
	}
	place, placed := g.placeAfter(l.text[c.end:])
	if len(l.text) >= 100 && !placed && !next {
		return false
	}
	g.clockIn(l)
	if placed {
		g.setPlace(place, "header", l.number, archive.Stated, "the header says "+quote(l.text))
	}
	return strings.TrimSpace(l.text[c.end:]) == ""
}

// placeBelow takes a place that nobody knows from the line below a date and a
// time that stand each on a line of their own.
func (g *reading) placeBelow(l line) {
	s := strings.TrimSpace(l.text)
	if len(strings.Fields(s)) <= 4 && placeLike(s) && !strings.ContainsAny(s, ".!?") && !isChrome(s) && g.r.institution(s) == "" && !kindWithin(s) {
		g.setPlace(placeName(s), "header", l.number, archive.Stated, "the line below date and time says "+quote(s))
	}
}

// headerLine reads a line of the header that is a place or a byline.
func (g *reading) headerLine(l line) {
	if place, ok := g.placeLine(l.text); ok {
		g.setPlace(placeName(place), "header", l.number, archive.Stated, "the header says "+quote(l.text))
		return
	}
	if m := honourForm().FindStringSubmatch(strings.TrimSpace(l.text)); m != nil {
		g.addSpeaker(strings.TrimSpace(m[1]), "header", l.number, "the header says "+quote(l.text))
		return
	}
	g.byline(l)
}

// clockIn takes the time of day from a header's line, if none is known.
func (g *reading) clockIn(l line) {
	c, ok := findTime(clip(l.text, 160))
	if !ok || g.draft.When.Time.Text != "" {
		return
	}
	g.draft.When.Time = value(c.time, "header", l.number, archive.Stated, "the header says "+quote(l.text))
	if c.zone != "" {
		g.draft.When.Zone = value(c.zone, "header", l.number, archive.Stated, "the header says "+quote(l.text))
	}
}

// placeAfter gives the known place that begins a text, with a building after
// a comma.
func (g *reading) placeAfter(s string) (string, bool) {
	s = strings.TrimLeft(s, " \u00a0,.")
	found := g.r.names[archive.Places].find(clip(s, 80))
	if len(found) == 0 || found[0].start != 0 {
		return "", false
	}
	name := found[0].text
	if len(found) > 1 && s[found[0].end:found[1].start] == ", " && found[1].term == found[0].term {
		name = s[:found[1].end]
	}
	return name, true
}

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

// runningDate finds the date of a page whose header and text run together on
// one long line: a full date, and a time of day directly after it.
func runningDate(s string) (stamp, bool) {
	if len(s) < 200 {
		return stamp{}, false
	}
	s = clip(s, 1200)
	for _, d := range findDates(s) {
		if !d.full() {
			continue
		}
		if c, ok := findTime(clip(s[d.end:], 60)); ok && strings.TrimLeft(s[d.end:d.end+c.start], " ,\u00a0") == "" {
			return d, true
		}
	}
	return stamp{}, false
}

// beforeLede cuts what stands before the date of a page on one line where its
// lede begins: a person known, and a verb in the past.
func (g *reading) beforeLede(head string) string {
	for _, m := range g.r.names[archive.Speakers].find(head) {
		if next := firstWord(head[m.end:]); len(strings.Fields(head[:m.start])) >= 3 && next != "" && isPast(strings.ToLower(next)) {
			return strings.TrimSpace(head[:m.start])
		}
	}
	return head
}

// readRunning reads a page on one line: what stands before the date is its
// title, what stands after the time its text.
func (g *reading) readRunning(text []line, t stamp) {
	l := text[0]
	n := l.number
	g.setDate(t, "header", n, archive.Stated, "the line goes on with "+quote(clip(l.text[t.start:], t.end-t.start+8)))
	g.clockIn(line{clip(l.text[t.end:], 40), n})
	c, _ := findTime(clip(l.text[t.end:], 100))
	rest := l.text[t.end+c.end:]
	if place, ok := g.placeAfter(rest); ok {
		g.setPlace(place, "header", n, archive.Stated, "the place follows the time in the header")
	}
	g.lead = line{strings.TrimSpace(rest), n}
	head := strings.TrimSpace(l.text[:t.start])
	for _, menu := range []string{"События ", "Events ", "Новости ", "News "} {
		head = strings.TrimPrefix(head, menu)
	}
	if head == "" {
		g.makeTitle(g.lead, "the page has no title, so its first sentence stands for one")
		return
	}
	g.makeTitle(line{g.beforeLede(head), n}, "the title is what stands before the date on a line that holds the whole page")
}
