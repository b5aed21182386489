package manuscript

import (
	"cmp"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"
	"time"
	"unicode"
)

// A telegramPost is one message of an export by Telegram Desktop, in whichever
// form that was made.
type telegramPost struct {
	id        string
	sent      string // as a claim gives a date
	second    string // the moment as the export writes it
	edited    string // as a claim gives a date
	from      string // whose message it is: the channel, or a person
	author    string // who signed it
	forwarded string // whose message it was first
	reply     string // ID of the message that it answers
	spans     []span
	media     []string // paths of its files; "" for one that the export left out
}

// A telegramChat is the chat that posts stand in, with its address where the
// export tells it.
type telegramChat struct{ name, username string }

// A telegramExport makes manuscripts of the posts of one file.
type telegramExport struct {
	file    *File
	yield   func(Manuscript) bool
	chat    telegramChat
	pending *telegramPost // waits for the other pictures of its album
	folder  *folder
	posts   int  // manuscripts that were yielded
	stopped bool // no more are wanted
	passed
}

// passed counts what is not imported as it stands there.
type passed struct{ textless, missing, outside, broken, odd, unsupported tally }

// A tally counts cases of one kind, and keeps the first.
type tally struct {
	n     int
	first string
}

func (t *tally) add(what string) {
	if t.n++; t.n == 1 {
		t.first = what
	}
}

// others says how many cases there are beside the first: " and 3 others".
func (t *tally) others() string {
	switch t.n {
	case 1:
		return ""
	case 2:
		return " and one other"
	}
	return fmt.Sprintf(" and %d others", t.n-1)
}

func newTelegramExport(f *File, yield func(Manuscript) bool) *telegramExport {
	return &telegramExport{file: f, yield: yield, folder: &folder{path: filepath.Dir(f.Path)}}
}

// add takes the next post. It says false when no more are wanted.
func (x *telegramExport) add(p *telegramPost) bool {
	p.spans = tidySpans(p.spans)
	if x.pending != nil && x.pending.join(p) {
		return true
	}
	x.flush()
	x.pending = p
	return !x.stopped
}

// join takes the pictures of another post, where that is one of the same album:
// sent in the same second, and at most one of the two with a text.
func (p *telegramPost) join(other *telegramPost) bool {
	hasText := other.hasText()
	if len(p.media) == 0 || len(other.media) == 0 || p.second == "" || p.second != other.second ||
		p.from != other.from || p.forwarded != other.forwarded || hasText && p.hasText() {
		return false
	}
	if hasText {
		p.spans, p.edited = other.spans, other.edited
	}
	p.author, p.reply = cmp.Or(p.author, other.author), cmp.Or(p.reply, other.reply)
	p.media = append(p.media, other.media...)
	return true
}

// hasText says whether anything of the post's text can be seen.
func (p *telegramPost) hasText() bool {
	for _, s := range p.spans {
		if strings.IndexFunc(s.text, func(c rune) bool { return !isInvisible(c) }) >= 0 {
			return true
		}
	}
	return false
}

func isInvisible(c rune) bool {
	return unicode.IsSpace(c) || c == '\u200b' || c == '\ufeff' || c == '\u00ad' || c == '\u2060'
}

// flush yields the post that waits.
func (x *telegramExport) flush() {
	p := x.pending
	x.pending = nil
	switch {
	case p == nil || x.stopped:
	case p.hasText():
		x.posts++
		x.stopped = !x.yield(x.manuscript(p))
	case len(p.media) > 0:
		x.textless.add(p.id)
	}
}

// manuscript makes the manuscript of a post.
func (x *telegramExport) manuscript(p *telegramPost) Manuscript {
	text := strings.TrimSpace(plainOf(p.spans))
	if strings.ContainsRune(text, '\uFFFD') {
		x.broken.add(p.id)
	}
	m := Manuscript{Lines: SplitLines(text, 1), Markdown: spansMarkdown(p.spans), Post: true}
	where := "the export, message " + p.id + ","
	claim := func(field, text string) {
		if text != "" {
			m.Claims = append(m.Claims, Claim{Field: field, Text: text, Where: where})
		}
	}
	claim("post", p.id)
	claim("date", p.sent)
	claim("edited", p.edited)
	claim("via", x.chat.name)
	claim("source", p.forwarded)
	claim("author", p.author)
	if p.author == "" && p.from != x.chat.name {
		claim("author", p.from)
	}
	claim("reply-to", p.reply)
	if x.chat.username != "" && strings.Trim(p.id, "0123456789") == "" && p.id != "" {
		claim("original", "https://t.me/"+x.chat.username+"/"+p.id)
	}
	x.attach(&m, p.media)
	return m
}

// attach gives a manuscript its files, and links them below its text.
func (x *telegramExport) attach(m *Manuscript, paths []string) {
	names := map[string]bool{}
	for _, path := range paths {
		if path == "" {
			continue
		}
		local, found := x.folder.find(path)
		switch {
		case local == "":
			x.outside.add(path)
			continue
		case !found:
			x.missing.add(path)
			continue
		}
		a := Attachment{Name: uniqueName(slugName(local), names), Open: x.folder.opener(local)}
		m.Files = append(m.Files, a)
		if isPicture(a.Name) {
			m.Markdown += "\n\n![](" + a.Name + ")"
		} else {
			m.Markdown += "\n\n[" + a.Name + "](" + a.Name + ")"
		}
	}
}

// finish yields what waits, and tells what was passed over.
func (x *telegramExport) finish() {
	x.flush()
	x.folder.close()
	if x.stopped {
		return
	}
	t := &x.passed
	for _, c := range []struct {
		*tally
		what, mend string
	}{
		{&t.odd, "what is not written as messages are is passed over: message %s", "look at it in the file, or export the chat anew"},
		{&t.unsupported, "what Telegram Desktop could not export is passed over: message %s", "export the chat anew with a newer Telegram Desktop"},
		{&t.broken, "a character that cannot be read stands as \uFFFD in the document: message %s", "look at the post in the channel"},
		{&t.textless, "a picture or file without a text makes no document: message %s", "where one matters, write a document for it"},
		{&t.missing, "a file that the export names is not in its folder, so the post is imported without it: %s", "import the export from the folder that Telegram Desktop made"},
		{&t.outside, "a file that the export names lies outside its folder, so the post is imported without it: %s", "look who made the export: Telegram Desktop names no such file; add it to the document by hand where it belongs there"},
	} {
		if c.n > 0 {
			x.file.Tell(0, fmt.Sprintf(c.what, c.first)+c.others(), c.mend)
		}
	}
	if x.posts == 0 && len(x.file.Problems) == 0 {
		x.file.Tell(0, "the export holds no post with a text, so nothing is imported", "look whether this is the file with the messages")
	}
}

// telegramMoment gives a moment as a claim gives a date: the local time that
// the export gives, with the offset that follows from the seconds since 1970.
func telegramMoment(local, unix string) string {
	seconds, err := strconv.ParseInt(unix, 10, 64)
	hasUnix := err == nil && seconds > 0
	sent, err := time.Parse("2006-01-02T15:04:05", local)
	switch {
	case err != nil && local == "" && hasUnix:
		return time.Unix(seconds, 0).UTC().Format("2006-01-02T15:04+00:00")
	case err != nil:
		return local // import tells that it does not read it
	case sent.Year() <= 1970:
		return "" // Telegram's word for never
	case !hasUnix:
		return sent.Format("2006-01-02T15:04")
	}
	offset := sent.Unix() - seconds
	if offset%900 != 0 || max(offset, -offset) > 14*3600 {
		return sent.Format("2006-01-02T15:04")
	}
	return sent.In(time.UTC).Format("2006-01-02T15:04") + offsetForm(offset)
}

// offsetForm writes an offset from UTC, in seconds, as "+03:00".
func offsetForm(offset int64) string {
	sign := "+"
	if offset < 0 {
		sign, offset = "-", -offset
	}
	return fmt.Sprintf("%s%02d:%02d", sign, offset/3600, offset/60%60)
}

// joinFilled joins the parts that are not blank.
func joinFilled(separator string, parts ...string) string {
	var filled []string
	for _, p := range parts {
		if p = strings.TrimSpace(p); p != "" {
			filled = append(filled, p)
		}
	}
	return strings.Join(filled, separator)
}

// paragraphSpan gives a text that stands below another, nothing for no text.
func paragraphSpan(text string) []span {
	if strings.TrimSpace(text) == "" {
		return nil
	}
	return []span{{text: "\n\n" + text}}
}
