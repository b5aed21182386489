package source

import (
	"fmt"
	"regexp"
	"strings"
	"sync"
	"unicode/utf8"

	"chancery/generator/archive"
)

// A cut says by what sign the posts of a copied channel are told apart.
type cut int

const (
	noCut     cut = iota
	byCounter     // a line with views and time ends each post
	byName        // the channel's name begins each post
	byClock       // each line is a post that begins with its time
	byBlank       // a blank line stands between posts
	byTags        // a line of hashtags ends each post
)

// A preview is a channel copied from a page that shows more than its posts:
// views, times, days, names.
type preview struct {
	lines []line
	cut   cut
	name  line // the channel's, as its page shows it
	from  int  // the first line behind the head of the page
}

var (
	counterLine = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?i)^(?:👁|👀)?\s*[\d.,]+\s?[kmкм]?\s*(?:views?|просмотр\S*|vistas|vues|tayangan|浏览|次浏览|次观看)?\s*(?:edited|ред\.|изменено|已编辑)?\s+(\d{1,2}:\d\d)$`)
	})
	clockLine = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^(\d{1,2}:\d\d)\s+\S.{3,}`) })
)

// counterOf matches a line of views and time; m[1] is the time.
func counterOf(s string) []string {
	if len(s) > 120 {
		return nil
	}
	return counterLine().FindStringSubmatch(s)
}

// samplePreview is how many lines tell how a channel's posts are cut.
const samplePreview = 4000

// previewOf looks at the lines of a text for the signs of such a page.
func previewOf(lines []line) preview {
	p := preview{lines: lines}
	sample := lines[:min(len(lines), samplePreview)]
	p.head(sample)
	counters, clocks, names, all := 0, 0, 0, 0
	for _, l := range sample[p.from:] {
		s := strings.TrimSpace(l.text)
		if s == "" {
			continue
		}
		all++
		counters += btoi(counterOf(s) != nil)
		clocks += btoi(clockLine().MatchString(clip(s, 80)))
		names += btoi(p.name.text != "" && s == p.name.text)
	}
	switch {
	case counters >= 2:
		p.cut = byCounter
	case names >= 3:
		p.cut = byName
	case clocks >= 4 && clocks*4 > all*3:
		p.cut = byClock
	}
	return p
}

// headWithin is how many lines the head of a channel's page may have.
const headWithin = 24

// head finds the name of the channel and the end of the head of its page: the
// line before its number of subscribers, or its handle.
func (p *preview) head(lines []line) {
	text := filled(lines[:min(len(lines), 2*headWithin)])
	for i, l := range text[:min(len(text), headWithin)] {
		s := strings.TrimSpace(l.text)
		handle := strings.HasPrefix(s, "@") && !strings.Contains(s, " ")
		if i == 0 || !handle && !isSubscribers(s) {
			continue
		}
		if p.name.text == "" {
			p.name = line{strings.TrimSpace(text[i-1].text), text[i-1].number}
		}
		p.from = lineAfter(lines, l.number)
	}
	if p.name.text == "" {
		return
	}
	for i := p.from; i < len(lines) && i < p.from+headWithin; i++ { // what describes the channel
		s := strings.TrimSpace(lines[i].text)
		if s == p.name.text || isDay(s) {
			p.from = i
			return
		}
	}
}

var subscribers = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)^[\d.,\s]+[kmкм]?\s*(?:位)?\s*(?:subscribers|members|followers|подписчик\S*|abonnés|suscriptores|订阅者|订阅|subscriber|pelanggan|assinantes|abonnenten)$`)
})

func isSubscribers(s string) bool { return subscribers().MatchString(s) }

// lineAfter gives the index of the line behind the one of that number.
func lineAfter(lines []line, number int) int {
	for i, l := range lines {
		if l.number > number {
			return i
		}
	}
	return len(lines)
}

// isDay says whether a line is a day and nothing else.
func isDay(s string) bool {
	_, ok := dayOf(s)
	return ok
}

func dayOf(s string) (stamp, bool) {
	s = strings.TrimSpace(s)
	if len(s) > 60 {
		return stamp{}, false
	}
	dates := findDates(s)
	if len(dates) != 1 || dates[0].day == 0 || dates[0].swapped || dates[0].start > 0 || strings.Trim(s[dates[0].end:], " .,") != "" {
		return stamp{}, false
	}
	return dates[0], true
}

// isPreview says whether the text has the signs of a channel's page.
func isPreview(g *reading) bool { return previewOf(g.raw).cut != noCut }

// readPreview reads each post with the day and time that the page shows.
func readPreview(g *reading) []*reading {
	return previewOf(g.raw).read(g.r)
}

// isPosts says whether a text without a channel's other signs is made of posts:
// blocks or lines that begin with pictures or end with hashtags.
func isPosts(g *reading) bool { return postsOf(g.raw) != noCut }

func postsOf(lines []line) cut {
	blocks, marked, tagged, blank, all := 0, 0, 0, true, 0
	closing := 0
	for _, l := range lines[:min(len(lines), samplePreview)] {
		s := strings.TrimSpace(l.text)
		if s == "" {
			blank = true
			continue
		}
		all++
		first, _ := utf8.DecodeRuneInString(s)
		if blank {
			blocks++
			marked += btoi(isEmojiPart(first) || strings.HasPrefix(s, "#"))
		}
		tagged += btoi(isTagLine(s))
		blank = false
		closing = tagged
	}
	switch {
	case blocks >= 4 && marked*5 >= blocks*2, blocks >= 4 && tagged >= 3 && marked > 0:
		return byBlank
	case blocks <= 2 && closing >= 3 && all >= 2*closing:
		return byTags
	}
	return noCut
}

// readPosts reads posts with nothing between them but a blank line or hashtags.
func readPosts(g *reading) []*reading {
	return preview{lines: g.raw, cut: postsOf(g.raw)}.read(g.r)
}

// A cutPost is the lines of one post with what its page shows beside them.
type cutPost struct {
	lines []line
	day   stamp
	on    line // that shows the day
	clock line // that shows the time, its text the time alone
}

// read reads the posts and what they tell of each other.
func (p preview) read(r *Reader) []*reading {
	var all []*reading
	for _, c := range p.posts() {
		g := r.newPost(text{lines: c.lines})
		lines := g.text()
		if len(lines) == 0 {
			continue
		}
		if p.name.text != "" {
			g.draft.Origin.Channel = value(p.name.text, "head of the channel", p.name.number, archive.Stated, "the head of the channel's page")
		}
		g.readPost(lines)
		c.date(g)
		all = append(all, g)
	}
	p.yearOfDays(all)
	byNeighbours(all)
	shareLanguage(all)
	return all
}

// yearOfDays gives the days that the page shows without a year the one year in
// which a post writes one of them in full.
func (p preview) yearOfDays(all []*reading) {
	years := map[int]line{}
	for _, g := range all {
		for _, l := range g.lines {
			for _, d := range findDates(l.text) {
				if d.full() && g.draft.When.Date.Rule == "day of the page" && g.stamp.year == 0 && d.month == g.stamp.month && d.day == g.stamp.day {
					years[d.year] = l
				}
			}
		}
	}
	if len(years) != 1 {
		return
	}
	for year, l := range years {
		for _, g := range all {
			if g.draft.When.Date.Rule == "day of the page" && g.stamp.year == 0 {
				why := fmt.Sprintf("%s; line %d gives one of these days with the year %d", g.draft.When.Date.Why, l.number, year)
				g.setDate(g.stamp.in(year), "day of the page", g.draft.When.Date.Line, archive.Inferred, why)
			}
		}
	}
}

// date gives a post the day and time that its page shows.
func (c cutPost) date(g *reading) {
	if c.clock.text != "" {
		if t, ok := findTime(c.clock.text); ok {
			g.draft.When.Time = value(t.time, "post's time", c.clock.number, archive.Stated, "the page shows the time "+t.time)
		}
	}
	if c.day.day == 0 {
		return
	}
	why := fmt.Sprintf("the page shows the day %s above the post", quote(c.on.text))
	if c.day.year > 0 {
		g.setDate(c.day, "day of the page", c.on.number, archive.Stated, why)
		return
	}
	g.stamp = c.day
	g.draft.When.Date = archive.DraftDate{Date: c.day.date(), Evidence: archive.Evidence{Rule: "day of the page", Line: c.on.number, Grade: archive.Inferred, Why: why}}
}

// posts cuts the lines at the signs.
func (p preview) posts() []cutPost {
	var all []cutPost
	var day stamp
	var on line
	current := cutPost{}
	end := func() {
		if lines := once(filled(current.lines)); len(lines) > 0 {
			current.lines, current.day, current.on = lines, day, on
			all = append(all, current)
		}
		current = cutPost{}
	}
	for _, l := range p.lines[min(p.from, len(p.lines)):] {
		s := strings.TrimSpace(l.text)
		if d, ok := dayOf(s); ok && p.cut != byBlank && p.cut != byTags {
			end()
			day, on = d, l
			continue
		}
		switch m := counterOf(s); {
		case p.cut == byCounter && m != nil:
			current.clock = line{m[1], l.number}
			end()
			continue
		case p.name.text != "" && s == p.name.text:
			if p.cut == byName || len(filled(current.lines)) == 0 {
				end()
				continue
			}
		case p.cut == byClock:
			if m := clockLine().FindStringSubmatchIndex(s); m != nil {
				end()
				current.clock = line{s[m[2]:m[3]], l.number}
				l.text = strings.TrimSpace(s[m[3]:])
			}
		case p.cut == byBlank && s == "":
			end()
			continue
		}
		if startsPost(l.text) {
			end()
			continue
		}
		current.lines = append(current.lines, l)
		if p.cut == byTags && isTagLine(s) {
			end()
		}
	}
	end()
	return all
}

// once takes out the second of two equal runs behind a post's first line.
func once(lines []line) []line {
	n := len(lines) - 1
	if n < 2 || n%2 != 0 {
		return lines
	}
	half := n / 2
	for i := 1; i <= half; i++ {
		if strings.TrimSpace(lines[i].text) != strings.TrimSpace(lines[i+half].text) {
			return lines
		}
	}
	return lines[:1+half]
}

// cutPreview gives how many of the first lines hold whole posts.
func cutPreview(lines []line) int {
	p := previewOf(lines)
	for i := len(lines) - 1; i > p.from; i-- {
		s := strings.TrimSpace(lines[i].text)
		switch {
		case p.cut == byCounter && counterOf(s) != nil:
			return i + 1
		case p.cut == byName && s == p.name.text, p.cut == byClock && clockLine().MatchString(s):
			return i
		}
	}
	return 0
}

// cutPosts gives how many of the first lines hold whole posts.
func cutPosts(lines []line) int {
	cut := postsOf(lines)
	for i := len(lines) - 1; i > 0; i-- {
		s := strings.TrimSpace(lines[i].text)
		if cut == byBlank && s == "" || cut == byTags && s != "" && isTagLine(s) {
			return i + 1
		}
	}
	return 0
}
