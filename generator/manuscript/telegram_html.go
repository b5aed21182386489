package manuscript

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// isTelegramHTML recognises messages.html and its like, whichever name it has.
func isTelegramHTML(f *File) bool {
	head := f.Head
	return bytes.Contains(head, []byte("page_wrap")) &&
		(bytes.Contains(head, []byte("chat_page")) || bytes.Contains(head, []byte("<title>Exported Data")) || bytes.Contains(head, []byte(`class="message default`)))
}

// readTelegramHTML reads a page of an export message by message.
func readTelegramHTML(f *File, yield func(Manuscript) bool) {
	r, err := f.Reader()
	if err != nil {
		f.tellUnread(err)
		return
	}
	defer r.Close()
	x := &htmlExport{telegramExport: newTelegramExport(f, yield), tokens: html.NewTokenizer(r)}
	x.tokens.SetMaxBuf(largestWhole)
	if err := x.all(); err != nil && !errors.Is(err, io.EOF) && !x.stopped {
		f.Tell(0, fmt.Sprintf("it cannot be read further than message %s (%s), so the rest is not imported", x.last, plainError(err)), "export the chat anew")
	}
	x.finish()
}

// An htmlExport is a messages.html that is being read.
type htmlExport struct {
	*telegramExport
	tokens    *html.Tokenizer
	message   bytes.Buffer // the mark-up of the message that is being read
	things    string       // what that has beside its text, as lines of text
	last      string       // ID of the message that was begun last
	from      string       // whose message the last one was
	forwarded string       // and whose it was first
}

// all cuts the page into messages and reads each for itself, so that no
// mistake in one reaches the next.
func (x *htmlExport) all() error {
	var raw []byte
	depth := 0 // of div within the message, 0 outside one
	for {
		kind := x.tokens.Next()
		if kind == html.ErrorToken {
			if depth > 0 {
				x.cut()
			}
			return x.tokens.Err()
		}
		raw = append(raw[:0], x.tokens.Raw()...) // before it is read, which alters it
		name, class, id := x.tag(kind)
		isStart := kind != html.EndTagToken
		switch {
		case name == "div" && isStart && slices.Contains(class, "message"):
			if depth > 0 && !x.one() { // the one before was never ended
				return errStopped
			}
			depth, x.last = 1, id
			x.message.Reset()
		case depth == 0:
			if x.chat.name == "" && isStart && slices.Contains(class, "text") && slices.Contains(class, "bold") {
				x.chat.name = x.header()
			}
			continue
		case name == "div" && isStart:
			depth++
		case name == "div":
			depth--
		}
		if x.message.Write(raw); x.message.Len() > largestWhole {
			return errTooLong
		}
		if depth == 0 && !x.one() {
			return errStopped
		}
	}
}

// tag gives the name of a tag, the words of its class, and its ID.
func (x *htmlExport) tag(kind html.TokenType) (name string, class []string, id string) {
	if kind != html.StartTagToken && kind != html.EndTagToken && kind != html.SelfClosingTagToken {
		return "", nil, ""
	}
	b, more := x.tokens.TagName()
	name = string(b)
	for more && kind != html.EndTagToken {
		var key, value []byte
		key, value, more = x.tokens.TagAttr()
		switch string(key) {
		case "class":
			class = strings.Fields(string(value))
		case "id":
			id = strings.TrimPrefix(string(value), "message")
		}
	}
	return name, class, id
}

// header reads the channel's name, as far as the next tag.
func (x *htmlExport) header() string {
	if x.tokens.Next() != html.TextToken {
		return ""
	}
	return oneLine(cleanText(string(x.tokens.Text())))
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// cut tells of a message that the page ends in.
func (x *htmlExport) cut() {
	x.file.Tell(0, "the page ends in the middle of message "+x.last+", so that one is not imported", "export the chat anew, or copy the file anew")
}

// one reads the message that is complete. It says false when no more are wanted.
func (x *htmlExport) one() bool {
	body := &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body}
	nodes, err := html.ParseFragment(bytes.NewReader(x.message.Bytes()), body)
	switch {
	case err != nil || len(nodes) == 0:
		x.odd.add(x.last)
		return true
	case hasClass(nodes[0], "service"):
		return true
	}
	p := &telegramPost{id: x.last}
	if hasClass(nodes[0], "joined") {
		p.from = x.from
	}
	x.things = ""
	hasMedia := x.body(p, nodes[0], false)
	x.from, x.forwarded = p.from, p.forwarded
	if p.spans = append(p.spans, paragraphSpan(x.things)...); len(p.spans) > 0 || len(p.media) > 0 {
		return x.add(p)
	}
	if !hasMedia { // what has, is a call
		x.odd.add(x.last)
	}
	return true
}

// body reads the parts of a message, and says whether media are among them.
// Those of a forwarded one lie a step deeper.
func (x *htmlExport) body(p *telegramPost, parent *html.Node, forwarded bool) (hasMedia bool) {
	for n := range parent.ChildNodes() {
		switch {
		case n.Type != html.ElementNode || hasClass(n, "userpic_wrap"):
		case hasClass(n, "body"):
			inner := hasClass(n, "forwarded")
			if inner {
				p.forwarded = x.forwarded // of one that joins the last, unless it is named
			}
			hasMedia = x.body(p, n, inner) || hasMedia
		case hasClass(n, "from_name") && forwarded:
			p.forwarded = senderOf(n)
		case hasClass(n, "from_name"):
			p.from = senderOf(n)
		case hasClass(n, "date"):
			p.second = attributeOf(n, "title")
			p.sent = shownMoment(p.second)
		case hasClass(n, "reply_to"):
			p.reply = replyOf(n)
		case hasClass(n, "media_wrap"):
			hasMedia = true
			x.media(p, n)
		case hasClass(n, "text"):
			c := spanCollector{spans: p.spans, lineStart: true}
			c.collect(n, span{})
			p.spans = c.spans
		case hasClass(n, "signature"):
			p.author = oneLine(textContent(n))
		}
	}
	return hasMedia
}
