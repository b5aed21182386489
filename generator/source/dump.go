package source

import (
	"fmt"
	"hash/maphash"
	"slices"
	"strings"
	"unicode/utf8"

	"chancery/generator/archive"
)

// A dump is a channel copied from its web preview. Each post of several lines
// stands there twice, the second time without its first line.
type dump struct {
	lines []line // those that are not blank
	keys  []uint64
	next  []int32 // the next line with the same text, 0 where there is none
}

func newDump(lines []line) *dump {
	d := &dump{lines: filled(lines)}
	d.keys, d.next = make([]uint64, len(d.lines)), make([]int32, len(d.lines))
	seed := maphash.MakeSeed()
	later := make(map[uint64]int32, len(d.lines))
	for i := len(d.lines) - 1; i >= 0; i-- {
		d.keys[i] = maphash.String(seed, strings.TrimSpace(d.lines[i].text))
		d.next[i] = later[d.keys[i]]
		later[d.keys[i]] = int32(i)
	}
	return d
}

// maxRepeated bounds the lines of a post that are looked for a second time.
const maxRepeated = 400

// repeated gives how many lines after line i stand a second time directly
// behind themselves: the longest such run, 0 where there is none.
func (d *dump) repeated(i int) int {
	longest := 0
	first := i + 1
	if first >= len(d.lines) {
		return 0
	}
	for p := int(d.next[first]); p > 0 && p-first <= maxRepeated; p = int(d.next[p]) {
		if n := p - first; p+n <= len(d.lines) && slices.Equal(d.keys[first:p], d.keys[p:p+n]) {
			longest = n
		}
	}
	return longest
}

// isDump says whether the text has a channel's signs or its repetitions.
func isDump(g *reading) bool {
	lines := g.raw
	d := newDump(lines[:min(len(lines), 4000)])
	signs, posts, covered := 0, 0, 0
	for i := 0; i < len(d.lines); {
		if startsPost(d.lines[i].text) {
			signs++
			i++
			continue
		}
		n := d.repeated(i)
		if n > 0 {
			posts++
			covered += 1 + 2*n
		}
		i += 1 + 2*n
	}
	return signs > 0 && len(d.lines) > 1 || posts >= 2 && covered*3 > len(d.lines)
}

// readDump reads each post of a dump once, and what the posts tell of each
// other.
func readDump(whole *reading) []*reading {
	d := newDump(whole.raw)
	channel, from := d.channel()
	var all []*reading
	for _, p := range d.posts(from) {
		g := whole.r.newPost(text{lines: p.lines})
		lines := g.text()
		if len(lines) == 0 {
			continue
		}
		if p.forwarded.text != "" {
			g.setSource(p.forwarded.text, "forwarded", p.forwarded.number, archive.Stated, fmt.Sprintf("the post is forwarded from %s", quote(p.forwarded.text)))
		}
		g.draft.Origin.Channel = channel
		g.readPost(lines)
		all = append(all, g)
	}
	byNeighbours(all)
	shareLanguage(all)
	return all
}

// channelHead is the rule that names a channel once for all its posts.
const channelHead = "head of the channel"

// channel gives the channel's name, where the head of its page stands first,
// and the line after that head.
func (d *dump) channel() (archive.DraftValue, int) {
	for i := 1; i < len(d.lines) && i < 5; i++ {
		if !isSubscribers(strings.TrimSpace(d.lines[i].text)) {
			continue
		}
		l := d.lines[0]
		for i < len(d.lines) && isChrome(d.lines[i].text) && !startsPost(d.lines[i].text) {
			i++
		}
		return value(strings.TrimSpace(l.text), channelHead, l.number, archive.Stated, "the head of the channel's page"), i
	}
	return archive.DraftValue{}, 0
}

// A post is the lines of one post, and whom it is forwarded from.
type post struct {
	lines     []line
	forwarded line
}

// posts cuts the dump into its posts. Where nothing in it is repeated, a post
// goes on to the next sign of one.
func (d *dump) posts(from int) []post {
	var all []post
	var forwarded line
	repeats, closing := d.repeats(from)
	for i := from; i < len(d.lines); {
		l := d.lines[i]
		if startsPost(l.text) {
			if name, ok := forwardedFrom(l.text); ok {
				forwarded = line{name, l.number}
			}
			i++
			continue
		}
		n := d.repeated(i)
		end, next := i+1+n, i+1+2*n
		if n == 0 {
			end = d.single(i, repeats, closing)
			next = end
		}
		all = append(all, post{d.lines[i:end], forwarded})
		forwarded = line{}
		i = next
	}
	return all
}

// repeats says whether any post of the dump stands there twice, and which
// lines close such posts more than once: a channel's signature.
func (d *dump) repeats(from int) (any bool, closing map[uint64]bool) {
	closing, once := map[uint64]bool{}, map[uint64]bool{}
	for i := from; i < len(d.lines); {
		n := d.repeated(i)
		if n > 1 {
			last := d.keys[i+n]
			closing[last] = once[last]
			once[last] = true
		}
		any = any || n > 0
		i += 1 + 2*n
	}
	return any, closing
}

// single gives the end of a post that is not repeated. Where others are, it
// has one line, unless what follows cannot begin a post: an address, a bullet,
// the channel's signature.
func (d *dump) single(i int, repeats bool, closing map[uint64]bool) int {
	run := i + 1
	for run < len(d.lines) && !startsPost(d.lines[run].text) && d.repeated(run) == 0 {
		run++
	}
	if !repeats {
		return run
	}
	addresses, signed := 0, 0
	for j := i + 1; j < run; j++ {
		addresses += btoi(isAddress(d.lines[j].text))
		if closing[d.keys[j]] {
			signed = j + 1
			break
		}
	}
	if signed > 0 {
		return signed
	}
	if addresses >= 3 {
		return run
	}
	end := i + 1
	for end < run && continues(d.lines[end-1].text, d.lines[end].text) {
		end++
	}
	return end
}

// isAddress says whether a line is a web address alone.
func isAddress(s string) bool {
	s = strings.TrimSpace(s)
	return strings.HasPrefix(s, "http") && strings.Contains(s, "://") && !strings.ContainsAny(s, " \t")
}

// continues says whether a line cannot begin a post: an address, an item of a
// list, hashtags, or what a colon announces.
func continues(before, s string) bool {
	s = strings.TrimSpace(s)
	first, _ := utf8.DecodeRuneInString(s)
	return isAddress(s) || strings.ContainsRune("-–—•▪·", first) || strings.HasSuffix(strings.TrimSpace(before), ":") || isTagLine(s)
}

// isTagLine says whether a line is nothing but hashtags.
func isTagLine(s string) bool {
	for f := range strings.FieldsSeq(s) {
		if f[0] != '#' {
			return false
		}
	}
	return true
}

// longFirstLine is the length, in characters, above which a post's first line
// is cut to its first sentence for a title.
const longFirstLine = 140

// longAlone is that length where the post has no other line.
const longAlone = 90

// readPost reads a post: its first line is its title, the second may say where
// and when.
func (g *reading) readPost(text []line) {
	g.setTitle(text[0])
	g.lead = text[0]
	long := longFirstLine
	if len(text) == 1 {
		long = longAlone
	}
	if s := firstSentence(unmarked(text[0].text)); utf8.RuneCountInString(text[0].text) > long && len(s) < len(strings.TrimSpace(unmarked(text[0].text))) {
		g.title.text = s
		g.draft.Title = value(strings.TrimRight(tidyTitle(s), "."), "first sentence", text[0].number, archive.Stated, "the first sentence of a long first line")
	}
	if len(text) > 1 {
		g.lead = text[1]
		if t, rest, ok := g.dateLine(text[1].text); ok && t.full() {
			why := "the line under the title says " + quote(text[1].text)
			g.setDate(t, "place line", text[1].number, archive.Stated, why)
			g.setPlace(placeName(rest), "place line", text[1].number, archive.Stated, why)
			g.lead = text[min(2, len(text)-1)]
		} else if strings.HasPrefix(strings.TrimSpace(text[1].text), "📍") || saysPlaceAndDay(text[1].text) {
			g.pinned(text[1])
			g.lead = text[min(2, len(text)-1)]
		}
	}
	g.dateInBrackets()
	g.dateInTitle()
	g.venues()
	if g.stamp.day == 0 {
		if t, ok := eventDay(tidyTitle(g.title.text)); ok {
			g.dayOfPost(t)
		}
	}
	g.placeInTitle()
	g.placeOfEvent()
	g.editionByDay()
	g.speakers()
}

// saysPlaceAndDay says whether a line is a place and a full date, and nothing
// else: "Port Alder, 14 May 2023".
func saysPlaceAndDay(s string) bool {
	s = strings.TrimSpace(unmarked(s))
	dates := findDates(s)
	if len(dates) != 1 || !dates[0].full() || strings.Trim(s[dates[0].end:], " .") != "" {
		return false
	}
	place, comma := strings.CutSuffix(strings.TrimSpace(s[:dates[0].start]), ",")
	return comma && len(strings.Fields(place)) <= 4 && placeLike(place)
}

// pinned reads a line that a pin marks as the place, and the day if it is
// there: "📍 Kuala Lumpur, July 28, 2024".
func (g *reading) pinned(l line) {
	s := unmarked(l.text)
	why := "the line under the title says " + quote(l.text)
	if dates := findDates(s); len(dates) > 0 && dates[0].full() {
		g.setDate(dates[0], "place line", l.number, archive.Stated, why)
		s = s[:dates[0].start]
	}
	if place := placeName(s); placeLike(place) {
		g.setPlace(place, "place line", l.number, archive.Stated, why)
	}
}

// dateInBrackets takes day and place from brackets in the title: "(Vientiane,
// July 27 2024)".
func (g *reading) dateInBrackets() {
	s := tidyTitle(g.title.text)
	for rest, at := s, 0; g.stamp.day == 0; {
		open := strings.IndexByte(rest, '(')
		closed := strings.IndexByte(rest, ')')
		if open < 0 || closed < open {
			return
		}
		inside := rest[open+1 : closed]
		if t, place, ok := g.dateLine(inside); ok && t.full() {
			why := "the title says " + quote("("+inside+")")
			g.setDate(t, "brackets in the title", g.title.number, archive.Stated, why)
			if place != "" {
				g.setPlace(placeName(place), "brackets in the title", g.title.number, archive.Stated, why)
			}
		}
		at += closed + 1
		rest = s[at:]
	}
}

// dayOfPost dates a post by the day of the event that it reports.
func (g *reading) dayOfPost(t stamp) {
	n := g.title.number
	if t.year > 0 {
		g.setDate(t, "day of the event", n, archive.Inferred, "the post reports an event of that day")
		return
	}
	g.stamp = t
	if year, why := g.yearOfEdition(t); year > 0 {
		g.setDate(t.in(year), "day of the event", n, archive.Inferred, fmt.Sprintf("the post reports an event of %s; the year, because %s", dayName(t), why))
	}
}

// shareLanguage gives a post too short to tell its language that of the rest.
func shareLanguage(all []*reading) {
	counts := map[string]int{}
	for _, g := range all {
		g.finish()
		if l := g.draft.Form.Language; l.Grade == archive.Stated {
			counts[l.Text] += len(g.draft.Body)
		}
	}
	most := mostOf(counts)
	if most == "" {
		return
	}
	for _, g := range all {
		if l := &g.draft.Form.Language; l.Grade != archive.Stated {
			*l = value(most, "other posts", g.draft.Line, archive.Stated, "the post is too short to tell; the others of the dump are in this language")
		}
	}
}

// cutDump gives how many of the first lines hold whole posts: those before the
// signs of the post that may go on, or be repeated, behind the last line.
func cutDump(lines []line) int {
	d := newDump(lines)
	_, from := d.channel()
	posts := d.posts(from)
	for i := len(posts) - 1; i > 0; i-- {
		first := posts[i].lines[0].number
		byNumber := func(l line, n int) int { return l.number - n }
		if at, _ := slices.BinarySearchFunc(d.lines, first, byNumber); len(d.lines)-at < 3*maxRepeated {
			continue
		}
		at, _ := slices.BinarySearchFunc(lines, first, byNumber)
		return withSigns(lines, at)
	}
	return 0
}

// withSigns gives where the signs of a post begin that stand before a line.
func withSigns(lines []line, at int) int {
	for i := at - 1; i >= 0 && (lines[i].blank() || startsPost(lines[i].text)); i-- {
		if !lines[i].blank() {
			at = i
		}
	}
	return at
}
