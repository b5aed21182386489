package manuscript

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"io"
	"strings"
)

// A jsonMessage is a message as result.json has it.
type jsonMessage struct {
	ID   loose `json:"id"`
	Type loose `json:"type"`
	jsonMoments
	jsonOrigin
	jsonMedia
	jsonThings
	Text     json.RawMessage `json:"text"`
	Entities json.RawMessage `json:"text_entities"`
}

type (
	jsonMoments struct {
		Date       loose `json:"date"` // local time of the machine that made the export
		Unix       loose `json:"date_unixtime"`
		Edited     loose `json:"edited"`
		EditedUnix loose `json:"edited_unixtime"`
	}
	jsonOrigin struct {
		From      loose `json:"from"`
		Author    loose `json:"author"`
		Forwarded loose `json:"forwarded_from"`
		SavedFrom loose `json:"saved_from"`
		Reply     loose `json:"reply_to_message_id"`
	}
	jsonMedia struct {
		Photo     loose `json:"photo"`
		File      loose `json:"file"`
		Thumbnail loose `json:"thumbnail"`
		Vcard     loose `json:"contact_vcard"`
	}
	jsonThings struct {
		Poll            *jsonPoll     `json:"poll"`
		Contact         *jsonContact  `json:"contact_information"`
		Location        *jsonLocation `json:"location_information"`
		Place           loose         `json:"place_name"`
		Address         loose         `json:"address"`
		GameTitle       loose         `json:"game_title"`
		GameDescription loose         `json:"game_description"`
		Invoice         *jsonInvoice  `json:"invoice_information"`
	}
	jsonPoll struct {
		Question jsonText `json:"question"`
		Answers  []struct {
			Text jsonText `json:"text"`
		} `json:"answers"`
	}
	jsonContact struct {
		First loose `json:"first_name"`
		Last  loose `json:"last_name"`
		Phone loose `json:"phone_number"`
	}
	jsonLocation struct {
		Latitude  loose `json:"latitude"`
		Longitude loose `json:"longitude"`
	}
	jsonInvoice struct {
		Title       loose `json:"title"`
		Description loose `json:"description"`
	}
)

// post gives the post that a message is.
func (m *jsonMessage) post() (*telegramPost, error) {
	p := &telegramPost{
		id:        string(m.ID),
		sent:      telegramMoment(string(m.Date), string(m.Unix)),
		second:    string(cmp.Or(m.Unix, m.Date)),
		edited:    telegramMoment(string(m.Edited), string(m.EditedUnix)),
		from:      string(m.From),
		author:    string(m.Author),
		forwarded: string(cmp.Or(m.Forwarded, m.SavedFrom)),
		reply:     string(m.Reply),
	}
	entities, err := textOf(m.Entities)
	if err != nil || strings.TrimSpace(plainOf(entities)) == "" {
		if entities, err = textOf(m.Text); err != nil {
			return nil, err
		}
	}
	p.spans = append(entities, paragraphSpan(m.things())...)
	p.media = m.media()
	return p, nil
}

// things gives what the message has beside its text as lines of text.
func (m *jsonMessage) things() string {
	var parts []string
	if m.Poll != nil {
		lines := []string{plainOf(m.Poll.Question)}
		for _, a := range m.Poll.Answers {
			lines = append(lines, "- "+plainOf(a.Text))
		}
		parts = append(parts, joinFilled("\n", lines...))
	}
	if c := m.Contact; c != nil {
		parts = append(parts, labelled("Contact", joinFilled(" ", string(c.First), string(c.Last)), string(c.Phone)))
	}
	at := ""
	if l := m.Location; l != nil {
		at = joinFilled(", ", string(l.Latitude), string(l.Longitude))
	}
	parts = append(parts, labelled("Location", string(m.Place), string(m.Address), at))
	parts = append(parts, joinFilled("\n", string(m.GameTitle), string(m.GameDescription)))
	if v := m.Invoice; v != nil {
		parts = append(parts, joinFilled("\n", string(v.Title), string(v.Description)))
	}
	return joinFilled("\n\n", parts...)
}

// labelled gives a line of values behind what they are, "" for no values.
func labelled(label string, values ...string) string {
	if s := joinFilled(", ", values...); s != "" {
		return label + ": " + s
	}
	return ""
}

// media gives the paths of the message's files. The small picture of a file
// stands for one that the export left out.
func (m *jsonMessage) media() []string {
	var paths []string
	for _, path := range []loose{m.Photo, m.File, m.Vcard} {
		if path == "" {
			continue
		}
		if isLeftOut(string(path)) {
			path = ""
			if m.File != "" && m.Thumbnail != "" && !isLeftOut(string(m.Thumbnail)) {
				path = m.Thumbnail
			}
		}
		paths = append(paths, string(path))
	}
	return paths
}

// isLeftOut says whether the export says of a file that it is not in it.
func isLeftOut(path string) bool {
	return strings.HasSuffix(path, ")") && (strings.Contains(path, "(File ") || strings.Contains(path, "(Photo "))
}

// A loose value is a string, or a number as it is written; null is "".
type loose string

var errWrongType = errors.New("a value of another type was expected")

func isWrongType(err error) bool {
	var wrong *json.UnmarshalTypeError
	return errors.As(err, &wrong) || errors.Is(err, errWrongType)
}

func (l *loose) UnmarshalJSON(data []byte) error {
	switch data[0] {
	case '"':
		var s string
		err := json.Unmarshal(data, &s)
		*l = loose(s)
		return err
	case '{', '[', 't', 'f':
		return errWrongType
	case 'n':
		*l = ""
	default:
		*l = loose(data)
	}
	return nil
}

// A jsonText is a text: a string, or a list of strings and entities.
type jsonText []span

// textOf reads a text, none from nothing.
func textOf(data json.RawMessage) ([]span, error) {
	var t jsonText
	if len(data) == 0 {
		return nil, nil
	}
	err := t.UnmarshalJSON(data)
	return t, err
}

func (t *jsonText) UnmarshalJSON(data []byte) error {
	if data[0] == '[' {
		var parts []jsonPart
		if err := json.Unmarshal(data, &parts); err != nil {
			return err
		}
		*t = make([]span, len(parts))
		for i, p := range parts {
			(*t)[i] = span(p)
		}
		return nil
	}
	var s loose
	err := s.UnmarshalJSON(data)
	*t = []span{{text: string(s)}}
	return err
}

// A jsonPart is a part of a text: a string, or an entity.
type jsonPart span

func (p *jsonPart) UnmarshalJSON(data []byte) error {
	if data[0] != '{' {
		var s loose
		err := s.UnmarshalJSON(data)
		*p = jsonPart{text: string(s)}
		return err
	}
	var entity struct {
		Type     loose `json:"type"`
		Text     loose `json:"text"`
		Href     loose `json:"href"`
		Language loose `json:"language"`
	}
	if err := json.Unmarshal(data, &entity); err != nil {
		return err
	}
	*p = jsonPart{text: string(entity.Text)}
	switch entity.Type {
	case "bold":
		p.marks = bold
	case "italic":
		p.marks = italic
	case "strikethrough":
		p.marks = struck
	case "code":
		p.marks = code
	case "pre":
		p.marks, p.language = fenced, string(entity.Language)
	case "blockquote":
		p.marks = quoted
	case "text_link":
		p.href = string(entity.Href)
	}
	return nil
}

// A windowReader ends the reading where a value is too long to be held.
type windowReader struct {
	r          io.Reader
	read, mark int64 // what was read, and what of it is done with
}

func (w *windowReader) Read(p []byte) (int, error) {
	if w.read-w.mark > largestWhole {
		return 0, errTooLong
	}
	n, err := w.r.Read(p)
	w.read += int64(n)
	return n, err
}

// An escapeReader mends what Telegram Desktop writes for a control character:
// \x0B, which is no JSON, becomes U+FFFD.
type escapeReader struct {
	in   *bufio.Reader
	rest []byte // written, and not yet given out
}

func (e *escapeReader) Read(p []byte) (int, error) {
	n := copy(p, e.rest)
	e.rest = e.rest[n:]
	for n < len(p) && (n == 0 || e.in.Buffered() > 4) {
		if _, err := e.in.Peek(1); err != nil {
			return n, err
		}
		chunk, _ := e.in.Peek(min(e.in.Buffered(), len(p)-n))
		if i := bytes.IndexByte(chunk, '\\'); i != 0 {
			if i < 0 {
				i = len(chunk)
			}
			n += copy(p[n:], chunk[:i])
			_, _ = e.in.Discard(i)
			continue
		}
		escape, _ := e.in.Peek(4)
		size := min(2, len(escape))
		e.rest = append(e.rest[:0], escape[:size]...)
		if len(escape) == 4 && escape[1] == 'x' && isHex(escape[2]) && isHex(escape[3]) {
			e.rest, size = append(e.rest[:0], "\uFFFD"...), 4
		}
		_, _ = e.in.Discard(size)
		m := copy(p[n:], e.rest)
		n, e.rest = n+m, e.rest[m:]
	}
	return n, nil
}

func isHex(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F'
}
