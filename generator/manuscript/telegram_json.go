package manuscript

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"sync"
)

// The heads by which exports are known: of one chat, and of a whole account.
var telegramHeads = sync.OnceValue(func() [2]*regexp.Regexp {
	return [2]*regexp.Regexp{
		regexp.MustCompile(`"type"\s*:\s*"(?:message|service|saved_messages|replies|verification_codes|(?:personal|bot)_chat|(?:private|public)_(?:group|supergroup|channel))"`),
		regexp.MustCompile(`^\{\s*"about"\s*:\s*"[^"]*Telegram`),
	}
})

// isTelegramJSON recognises result.json, whichever name it has.
func isTelegramJSON(f *File) bool {
	head := bytes.TrimSpace(bytes.TrimPrefix(f.Head, []byte("\uFEFF")))
	if len(head) == 0 || head[0] != '{' {
		return false
	}
	heads := telegramHeads()
	return bytes.Contains(head, []byte(`"messages"`)) && heads[0].Match(head) || heads[1].Match(head)
}

// readTelegramJSON reads an export message by message.
func readTelegramJSON(f *File, yield func(Manuscript) bool) {
	r, err := f.Reader()
	if err != nil {
		f.tellUnread(err)
		return
	}
	defer r.Close()
	x := &jsonExport{telegramExport: newTelegramExport(f, yield)}
	x.open(r)
	x.end(x.all())
	x.finish()
}

// A jsonExport is a result.json that is being read.
type jsonExport struct {
	*telegramExport
	dec    *json.Decoder
	window *windowReader
	names  []string // of all chats, where a name stands behind its messages
	ahead  bool     // only names are read
	chats  int      // that were met
	last   string   // ID of the message that was read last
}

var (
	errStopped  = errors.New("no more is wanted")
	errTooLong  = fmt.Errorf("a value is longer than %d MiB", largestWhole>>20)
	errTooDeep  = fmt.Errorf("it is nested more than %d deep", deepestJSON)
	errNoObject = errors.New("an object was expected")
)

// deepestJSON bounds the nesting of what is passed over.
const deepestJSON = 1000

func (x *jsonExport) open(r io.Reader) {
	x.window = &windowReader{r: &escapeReader{in: bufio.NewReaderSize(r, 64<<10)}}
	x.dec = json.NewDecoder(x.window)
}

// end tells what ended the reading before the end of the file.
func (x *jsonExport) end(err error) {
	if err == nil || errors.Is(err, io.EOF) || x.stopped {
		return
	}
	at, before := "before its first message", "nothing is imported"
	if x.last != "" {
		at, before = "behind message "+x.last, "the messages up to that one are imported, the rest is not"
	}
	if errors.Is(err, io.ErrUnexpectedEOF) {
		x.file.Tell(0, "the export ends too early, "+at+", so "+before, "export the chat anew, or copy the file anew")
		return
	}
	x.file.Tell(0, fmt.Sprintf("%s, at byte %d, the export cannot be read further (%s), so %s", at, x.dec.InputOffset(), plainJSON(err), before), "export the chat anew")
}

// all reads the exports of a file, one behind another.
func (x *jsonExport) all() error {
	for {
		t, err := x.dec.Token()
		if err != nil {
			return err
		}
		if t != json.Delim('{') {
			return errNoObject
		}
		if err := within(x.chatObject()); err != nil {
			return err
		}
	}
}

// within says of the end of the file that it comes too early.
func within(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

// object reads the values of an object, its { already read.
func (x *jsonExport) object(value func(key string) error) error {
	for x.dec.More() {
		t, err := x.dec.Token()
		if err != nil {
			return err
		}
		key, _ := t.(string)
		if err := value(key); err != nil {
			return err
		}
		x.window.mark = x.dec.InputOffset()
	}
	_, err := x.dec.Token()
	return err
}

// chatObject reads an object that is a chat or holds lists of chats.
func (x *jsonExport) chatObject() error {
	x.chat = telegramChat{}
	named, first := false, len(x.names)
	err := x.object(func(key string) error {
		switch key {
		case "name", "username", "type":
			var s loose
			if err := x.dec.Decode(&s); err != nil && !isWrongType(err) {
				return err
			}
			switch key {
			case "name":
				x.chat.name, named = string(s), true
			case "username":
				x.chat.username = addressName(string(s))
			default:
				named = named || s == "saved_messages" || s == "replies"
			}
			return nil
		case "messages":
			return x.messages(named)
		case "chats", "left_chats":
			return x.list()
		}
		return x.skip()
	})
	if x.ahead && len(x.names) == first+1 {
		x.names[first] = x.chat.name
	}
	return err
}

// addressName gives a user name of which addresses are made, without its @.
func addressName(s string) string {
	if m := userName().FindStringSubmatch(s); m != nil {
		return m[1]
	}
	return ""
}

var userName = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^@?([A-Za-z][A-Za-z0-9_]{3,31})$`) })

// list reads the chats of an account.
func (x *jsonExport) list() error {
	return x.inside('{', func() error {
		return x.object(func(key string) error {
			if key != "list" {
				return x.skip()
			}
			return x.inside('[', func() error {
				for x.dec.More() {
					if err := x.inside('{', x.chatObject); err != nil {
						return err
					}
				}
				_, err := x.dec.Token()
				return err
			})
		})
	})
}

// inside reads a value that begins with open, and passes over every other.
func (x *jsonExport) inside(open json.Delim, read func() error) error {
	t, err := x.dec.Token()
	if err != nil {
		return err
	}
	if t == open {
		return read()
	}
	if t == json.Delim('{') || t == json.Delim('[') {
		return x.skipRest(1)
	}
	return nil
}

// skip passes over a value, a part at a time.
func (x *jsonExport) skip() error { return x.skipRest(0) }

// skipRest passes over what is left of a value at that depth.
func (x *jsonExport) skipRest(depth int) error {
	for {
		t, err := x.dec.Token()
		if err != nil {
			return err
		}
		x.window.mark = x.dec.InputOffset()
		switch t {
		case json.Delim('{'), json.Delim('['):
			if depth++; depth > deepestJSON {
				return errTooDeep
			}
		case json.Delim('}'), json.Delim(']'):
			depth--
		}
		if depth == 0 {
			return nil
		}
	}
}

// messages reads the messages of a chat. Where its name stands behind them, it
// is looked for first.
func (x *jsonExport) messages(named bool) error {
	x.chats++
	if x.ahead {
		x.names = append(x.names, "")
		return x.skip()
	}
	if !named {
		x.chat.name = x.nameAhead()
	}
	err := x.inside('[', func() error {
		for x.dec.More() {
			if err := x.message(); err != nil {
				return err
			}
			x.window.mark = x.dec.InputOffset()
		}
		_, err := x.dec.Token()
		return err
	})
	x.flush()
	return err
}

// nameAhead reads the file a second time for the names of its chats.
func (x *jsonExport) nameAhead() string {
	if x.names == nil {
		x.names = []string{}
		if r, err := x.file.Reader(); err == nil {
			defer r.Close()
			other := &jsonExport{telegramExport: &telegramExport{}, ahead: true}
			other.open(r)
			_ = other.all() // what ends it early is told when it is met again
			x.names = append(x.names, other.names...)
		}
	}
	if x.chats > len(x.names) {
		return ""
	}
	return x.names[x.chats-1]
}

// message reads one message.
func (x *jsonExport) message() error {
	var m jsonMessage
	if err := x.dec.Decode(&m); isWrongType(err) {
		x.odd.add(x.nameOf(&m))
		return nil
	} else if err != nil {
		return err
	}
	switch m.Type {
	case "message", "":
		p, err := m.post()
		if err != nil {
			x.odd.add(x.nameOf(&m))
			return nil
		}
		if !x.add(p) {
			return errStopped
		}
	case "service":
	case "unsupported":
		x.unsupported.add(x.nameOf(&m))
	default:
		x.odd.add(x.nameOf(&m))
	}
	x.last = cmp.Or(string(m.ID), x.last)
	return nil
}

// nameOf gives the ID of a message, or tells where it stands.
func (x *jsonExport) nameOf(m *jsonMessage) string {
	switch {
	case m.ID != "":
		return string(m.ID)
	case x.last != "":
		return "behind " + x.last
	}
	return "the first one"
}
