package source

import (
	"fmt"
	"regexp"
	"strings"
	"sync"

	"chancery/generator/archive"
)

// chatHeaders match the line with which a messenger's copy of a chat begins a
// message: day, time, sender and the message's first line.
var chatHeaders = sync.OnceValue(func() []*regexp.Regexp {
	const day, clock = `(\d{1,2}[./]\d{1,2}[./]\d{2,4})`, `(\d{1,2}:\d\d)(?::\d\d)?`
	return []*regexp.Regexp{
		regexp.MustCompile(`^\x{200e}?\[` + day + `,? ` + clock + `(?:[ \x{202f}]?([AaPp]\.?[Mm]\.?))?\] \x{200e}?(.*)$`),
		regexp.MustCompile(`^` + day + `,? ` + clock + `(?:[ \x{202f}]?([AaPp]\.?[Mm]\.?))? [-–] (.*)$`),
	}
})

// chatHeader reads such a line. The sender is "" in the messenger's own
// messages.
func chatHeader(s string) (day, clock, sender, rest string, ok bool) {
	for _, form := range chatHeaders() {
		m := form.FindStringSubmatch(s)
		if m == nil {
			continue
		}
		sender, rest, said := strings.Cut(m[4], ": ")
		if !said {
			sender, rest = "", m[4]
		}
		return m[1], strings.TrimSpace(m[2] + " " + m[3]), strings.TrimSpace(sender), strings.Trim(rest, "\u200e "), true
	}
	return "", "", "", "", false
}

// isChat says whether the text begins with such a line and has another.
func isChat(g *reading) bool {
	headers := 0
	for i, l := range filled(g.raw[:min(len(g.raw), 400)]) {
		_, _, _, _, ok := chatHeader(l.text)
		if i == 0 && !ok {
			return false
		}
		headers += btoi(ok)
	}
	return headers >= 2
}

// A chatMessage is one message of a chat.
type chatMessage struct {
	lines              []line
	day, clock, sender string
}

// readChat reads the messages of a chat copied from a messenger. Its own
// messages are no documents, but tell the name of the group.
func readChat(whole *reading) []*reading {
	messages, group := chatMessages(whole.raw)
	monthFirst := monthsFirst(messages)
	var all []*reading
	for _, m := range messages {
		if m.sender == "" || len(filled(m.lines)) == 0 || leftOut(m.lines) {
			continue
		}
		g := whole.r.newPost(text{lines: m.lines})
		post := g.text()
		if len(post) == 0 {
			continue
		}
		g.readPost(post)
		n := m.lines[0].number
		why := fmt.Sprintf("the message's header %s", quote(m.day+" "+m.clock))
		if d, ok := chatDay(m.day, monthFirst); ok {
			g.setDate(d, "post header", n, archive.Stated, why)
		}
		if c, ok := findTime(m.clock); ok {
			g.draft.When.Time = value(c.time, "post header", n, archive.Stated, why)
		}
		if group.text != "" {
			g.draft.Origin.Channel = value(group.text, "chat", group.number, archive.Stated, "the messenger names the group")
		}
		g.draft.Origin.Source = archive.DraftValue{}
		g.setSource(m.sender, "post header", n, archive.Stated, "the message's sender")
		all = append(all, g)
	}
	shareLanguage(all)
	return all
}

var groupName = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`[„“"«]([^„“”"«»]{2,60})[“”"»]`)
})

// chatMessages cuts a chat at its headers, and finds the name of its group.
func chatMessages(lines []line) (all []chatMessage, group line) {
	for _, l := range lines {
		day, clock, sender, rest, ok := chatHeader(l.text)
		if !ok {
			if len(all) > 0 {
				m := &all[len(all)-1]
				m.lines = append(m.lines, l)
			}
			continue
		}
		all = append(all, chatMessage{[]line{{rest, l.number}}, day, clock, sender})
		switch {
		case sender != "" && isEncryptionNotice(rest):
			group = line{sender, l.number}
			all[len(all)-1].sender = ""
		case sender == "" && group.text == "":
			if m := groupName().FindStringSubmatch(rest); m != nil {
				group = line{m[1], l.number}
			}
		}
	}
	return all, group
}

func isEncryptionNotice(s string) bool {
	lower := strings.ToLower(s)
	return strings.Contains(lower, "end-to-end") || strings.Contains(lower, "ende-zu-ende") || strings.Contains(lower, "сквозн") || strings.Contains(lower, "de bout en bout") || strings.Contains(lower, "extremo a extremo")
}

var omitted = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)^(?:<[^<>]{3,40}>|\x{200e}?(?:image|video|audio|sticker|gif|document|contact card)\s+omitted|this message was deleted\.?|.{1,60}\s\(file attached\))$`)
})

// leftOut says whether a message is only the notice of a picture or file that
// the copy does not have.
func leftOut(lines []line) bool {
	text := filled(lines)
	return len(text) == 1 && omitted().MatchString(strings.Trim(text[0].text, "\u200e "))
}

// monthsFirst says whether the days of a chat are written with the month first:
// one of them can be read no other way.
func monthsFirst(messages []chatMessage) bool {
	for _, m := range messages {
		first, rest, _ := strings.Cut(m.day, "/")
		second, _, _ := strings.Cut(rest, "/")
		switch {
		case atoi(first) > 12:
			return false
		case atoi(second) > 12:
			return true
		}
	}
	return false
}

// chatDay reads the day of a header.
func chatDay(s string, monthFirst bool) (stamp, bool) {
	parts := strings.FieldsFunc(s, func(c rune) bool { return c == '.' || c == '/' })
	if len(parts) != 3 {
		return stamp{}, false
	}
	t := stamp{day: atoi(parts[0]), month: atoi(parts[1]), year: atoi(parts[2])}
	if t.year < 100 {
		t.year += 2000
	}
	if monthFirst {
		t.day, t.month = t.month, t.day
	}
	return t, t.month >= 1 && t.month <= 12 && t.day > 0 && dayExists(t.year, t.month, t.day)
}

// cutChat gives how many of the first lines hold whole messages.
func cutChat(lines []line) int {
	for i := len(lines) - 1; i > 0; i-- {
		if _, _, _, _, ok := chatHeader(lines[i].text); ok {
			return i
		}
	}
	return 0
}
