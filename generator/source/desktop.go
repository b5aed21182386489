package source

import (
	"fmt"
	"regexp"
	"strings"
	"sync"

	"chancery/generator/archive"
)

// desktopHeader is the line that Telegram Desktop copies before each post.
var desktopHeader = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^(.{1,120}), \[(\d{1,2}\.\d{1,2}\.\d{4}) (\d{1,2}:\d\d)(?::\d\d)?\]:?\s*$`)
})

// isDesktopCopy says whether the text begins with such a header.
func isDesktopCopy(g *reading) bool {
	for _, l := range g.raw {
		if !l.blank() {
			return desktopHeader().MatchString(l.text)
		}
	}
	return false
}

// readDesktopCopy reads posts each headed by channel, day and time.
func readDesktopCopy(whole *reading) []*reading {
	var all []*reading
	lines := whole.raw
	start := -1
	end := func(i int) {
		if start < 0 {
			return
		}
		if g := whole.r.readCopied(lines[start:i]); g != nil {
			all = append(all, g)
		}
	}
	for i, l := range lines {
		if strings.HasSuffix(strings.TrimRight(l.text, ": "), "]") && desktopHeader().MatchString(l.text) {
			end(i)
			start = i
		}
	}
	end(len(lines))
	shareLanguage(all)
	return all
}

// cutDesktopCopy gives how many of the first lines hold whole posts: those
// before the last header.
func cutDesktopCopy(lines []line) int {
	for i := len(lines) - 1; i > 0; i-- {
		if strings.HasSuffix(strings.TrimRight(lines[i].text, ": "), "]") && desktopHeader().MatchString(lines[i].text) {
			return i
		}
	}
	return 0
}

// readCopied reads one post with its header; a post without text is none.
func (r *Reader) readCopied(lines []line) *reading {
	header := lines[0]
	m := desktopHeader().FindStringSubmatch(header.text)
	g := r.newPost(text{lines: lines[1:]})
	post := g.text()
	if len(post) == 0 {
		return nil
	}
	g.draft.Line = header.number
	g.raw = lines
	g.readPost(post)
	why := fmt.Sprintf("the post's header %s", quote(header.text))
	if dates := findDates(m[2]); len(dates) > 0 {
		g.setDate(dates[0], "post header", header.number, archive.Stated, why)
	}
	if c, ok := findTime(m[3]); ok {
		g.draft.When.Time = value(c.time, "post header", header.number, archive.Stated, why)
	}
	g.draft.Origin.Channel = value(m[1], "post header", header.number, archive.Stated, why)
	return g
}
