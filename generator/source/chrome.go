package source

import (
	"regexp"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// chromeLines are whole lines that sites put around a text, folded to lower
// case: links, buttons, menus, notices of a player.
var chromeLines = sync.OnceValue(func() map[string]bool {
	set := map[string]bool{}
	for l := range strings.Lines(`all news
events
события
все новости
home
главная
menu
меню
share
share:
share this
поделиться
print
print this page
download telegram
view in telegram
read in full
read more
read more...
media is too big
please open telegram to view this post
this media is not supported in your browser
this media is not supported in the widget
ваш браузер не поддерживает видео
advanced settings
view settings
font size
back to top
skip to content
skip to main content
toggle navigation
left menu
open menu
close menu
search
loading...
advertisement
reklama
реклама
press releases
briefing room
speeches and remarks
remarks & releases
remarks and releases
statements and releases
newsroom
press room
press corner
press conferences
media center
in progress at unhq
show on map
leave a comment
subscribe
подписаться
add to favorites
add to favourites
copy link
加入频道
首页
`) {
		set[strings.TrimSpace(l)] = true
	}
	return set
})

var chromeForms = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)^(?:` + strings.Join([]string{
		`(?:[•·*-]\s*)?(?:[a-z]{2}-[a-z]{2}\d\s*)+`, // language switch: en-GB1 ru-RU1
		`read more;.*`,        // a link to another story
		`read also:? .*`,      //
		`forwarded from \S.*`, // kept as source
		`[\d.,]+\s?[km]?\s+(?:subscribers|members|photos|videos|files|links|views|shares)`,                                 // counters of a channel
		`(?:home|главная|首页)\s*[>/»›].*`,                                                                                   // bread crumbs
		`\[in reply to .{1,120}\]`,                                                                                         // Telegram Desktop's own lines
		`\[ ?(?:photo|file|video|sticker|gif|voice message|audio|poll|location|contact|album|animation)(?: ?:[^\]]*)? ?\]`, //
		`documents\s*/\s*`, //
		`.{1,60} pinned (?:a|an) (?:photo|video|message|file|poll).*`, //
	}, "|") + `)\s*$`)
})

// isChrome says whether a line belongs to the site and not to the text.
func isChrome(s string) bool {
	if len(s) > 200 {
		return false
	}
	s = strings.TrimFunc(s, invisible)
	if s == "" {
		return false
	}
	lower := strings.ToLower(s)
	return chromeLines()[lower] || startsPost(s) || mayBeForm(lower) && chromeForms().MatchString(s)
}

// mayBeForm tells cheaply most lines of text from those that a form of chrome
// could match.
func mayBeForm(lower string) bool {
	switch c := lower[0]; {
	case c >= '0' && c <= '9', c == '.', c == '*', c == '-', c == '[', c >= 0x80 && len(lower) < 120:
		return true
	case len(lower) > 5 && lower[2] == '-':
		return true
	}
	return strings.HasPrefix(lower, "read ") || strings.HasPrefix(lower, "home") || strings.HasPrefix(lower, "documents") || strings.Contains(lower, " pinned ")
}

// withoutChrome gives the lines of the text proper.
func withoutChrome(lines []line) []line {
	lines = lines[:len(lines)-menuAtEnd(lines)]
	kept := make([]line, 0, len(lines))
	for _, l := range lines {
		if !isChrome(l.text) {
			kept = append(kept, l)
		}
	}
	return kept
}

// menuAtEnd counts the lines of a menu that ends the page: a run of at least
// three short lines without an end mark, closed by a line that closes menus. A
// text that ends so has at least one line of another sort before it.
func menuAtEnd(lines []line) int {
	end := len(lines)
	for end > 0 && lines[end-1].blank() {
		end--
	}
	if end == 0 || !menuEnds()[strings.ToLower(strings.TrimSpace(lines[end-1].text))] {
		return 0
	}
	start, items := end-1, 0
	for start > 0 && end-start < 80 && (lines[start-1].blank() || isChrome(lines[start-1].text) || isMenuItem(lines[start-1].text)) {
		start--
		items += btoi(isMenuItem(lines[start].text))
	}
	if start == 0 || items < 3 {
		return 0
	}
	return len(lines) - start
}

// menuEnds are the lines of chrome with which a menu ends.
var menuEnds = sync.OnceValue(func() map[string]bool {
	return map[string]bool{"advanced settings": true, "view settings": true, "font size": true, "back to top": true, "menu": true, "left menu": true, "close menu": true}
})

// isMenuItem says whether a line may be an entry of a menu: short, beginning
// with a capital, without a sentence's end, a date or a hashtag.
func isMenuItem(s string) bool {
	s = strings.TrimSpace(s)
	first, _ := utf8.DecodeRuneInString(s)
	last, _ := utf8.DecodeLastRuneInString(s)
	return len(s) <= 80 && unicode.IsUpper(first) && !strings.ContainsRune(".!?…:;»”\"'", last) && len(findDates(s)) == 0
}

// forwardedFrom gives the name in the header of a forwarded post.
func forwardedFrom(s string) (string, bool) {
	s = strings.TrimFunc(s, invisible)
	for _, header := range []string{"Forwarded from ", "Переслано из ", "Переслано от "} {
		if name, ok := strings.CutPrefix(s, header); ok && len(s) <= 150 {
			return strings.TrimFunc(name, func(c rune) bool { return unicode.IsSpace(c) || isEmojiPart(c) }), true
		}
	}
	return "", false
}

// startsPost says whether a line of chrome announces the next post of a
// channel: the header of a forwarded one, or the notice in place of a film.
func startsPost(s string) bool {
	if _, ok := forwardedFrom(s); ok {
		return true
	}
	s = strings.ToLower(strings.TrimFunc(clip(s, 150), invisible))
	return s == "view in telegram" || s == "media is too big" || s == "please open telegram to view this post" ||
		s == "this media is not supported in your browser" || s == "this media is not supported in the widget"
}
