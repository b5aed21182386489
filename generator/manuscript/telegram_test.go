package manuscript

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// writeFiles writes files below a new folder, and gives its path.
func writeFiles(tb testing.TB, files map[string]string) string {
	tb.Helper()
	dir := tb.TempDir()
	for name, text := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			tb.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			tb.Fatal(err)
		}
	}
	return dir
}

// readAll reads a file that has to be of a format.
func readAll(tb testing.TB, path, format string) (all []Manuscript, told []string) {
	tb.Helper()
	f := Open(path)
	if f.Format() != format {
		tb.Fatalf("the format is %q, want %q; %v", f.Format(), format, f.Problems)
	}
	for m := range f.Manuscripts() {
		all = append(all, m)
	}
	for _, p := range f.Problems {
		told = append(told, p.What)
	}
	return all, told
}

const (
	telegramJSON = "Telegram export (JSON)"
	telegramHTML = "Telegram export (HTML)"
)

// readMessages reads an export of a channel with these messages.
func readMessages(tb testing.TB, messages string) ([]Manuscript, []string) {
	tb.Helper()
	dir := writeFiles(tb, map[string]string{"result.json": `{"name":"The Harbour","type":"public_channel","id":12,"messages":[` + messages + `]}`})
	return readAll(tb, filepath.Join(dir, "result.json"), telegramJSON)
}

// describeManuscripts writes manuscripts as tests compare them.
func describeManuscripts(all []Manuscript) string {
	var b strings.Builder
	for _, m := range all {
		for _, c := range m.Claims {
			fmt.Fprintf(&b, "%s: %s\n", c.Field, c.Text)
		}
		for _, a := range m.Files {
			fmt.Fprintf(&b, "file: %s\n", a.Name)
		}
		fmt.Fprintf(&b, "text:\n%smarkdown:\n%s\n\n", m.Text(), m.Markdown)
	}
	return b.String()
}

func expect(tb testing.TB, got, want string) {
	tb.Helper()
	if got != want {
		tb.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

const ownJSON = `{
 "name": "The Harbour",
 "type": "public_channel",
 "id": 12,
 "messages": [
  {"id": -1, "type": "service", "date": "2024-07-27T10:00:00", "date_unixtime": "1722063600", "action": "create_channel", "title": "The Harbour", "text": "", "text_entities": []},
  {"id": 3, "type": "message", "date": "2024-07-28T14:03:05", "date_unixtime": "1722164585", "edited": "2024-07-28T14:10:00", "edited_unixtime": "1722165000",
   "from": "The Harbour", "from_id": "channel12", "author": "A. Pilot", "reply_to_message_id": 2,
   "photo": "photos/photo_1@28-07-2024_14-03-05.jpg", "width": 10, "height": 10,
   "text": ["old ", {"type": "bold", "text": "form"}],
   "text_entities": [{"type": "bold", "text": "Ships * in port"}, {"type": "plain", "text": "\n\nSee "}, {"type": "text_link", "text": "the list", "href": "https://example.org/list?a=b"}, {"type": "plain", "text": " of "}, {"type": "hashtag", "text": "#july"}]},
  {"id": 4, "type": "message", "date": "2024-07-28T14:03:05", "date_unixtime": "1722164585", "from": "The Harbour", "from_id": "channel12",
   "photo": "photos/photo_2.jpg", "text": "", "text_entities": []},
  {"id": 5, "type": "message", "date": "2024-07-29T09:00:00", "date_unixtime": "1722232800", "from": "The Harbour", "from_id": "channel12", "forwarded_from": "Lighthouse News",
   "file": "files/Отчёт за июль.PDF", "thumbnail": "files/thumb.jpg", "mime_type": "application/pdf",
   "text": "The report:\n1. Fog\n2. More fog"},
  {"id": 6, "type": "message", "date": "2024-07-29T09:30:00", "date_unixtime": "1722234600", "from": "The Harbour", "from_id": "channel12", "photo": "photos/photo_3.jpg", "text": ""},
  {"id": 7, "type": "message", "date": "2024-07-29T10:00:00", "date_unixtime": "1722236400", "from": "The Harbour", "from_id": "channel12",
   "poll": {"question": "Open on Sunday?", "closed": true, "total_voters": 3, "answers": [{"text": "Yes", "voters": 2, "chosen": false}, {"text": "No", "voters": 1, "chosen": false}]}, "text": ""},
  {"id": 8, "type": "message", "date": "2024-07-29T11:00:00", "date_unixtime": "1722240000", "from": "The Harbour", "from_id": "channel12",
   "place_name": "Pier 4", "address": "Dock road", "location_information": {"latitude": 59.5, "longitude": 30.25}, "text": ""}
 ]
}`

const ownPosts = `post: 3
date: 2024-07-28T14:03+03:00
%[1]svia: The Harbour
author: A. Pilot
reply-to: 2
file: photo-1-28-07-2024-14-03-05.jpg
file: photo-2.jpg
text:
Ships * in port

See the list of #july
markdown:
**Ships \* in port**

See [the list](https://example.org/list?a=b) of #july

![](photo-1-28-07-2024-14-03-05.jpg)

![](photo-2.jpg)

post: 5
date: 2024-07-29T09:00+03:00
via: The Harbour
source: Lighthouse News
file: otchiot-za-iiul.pdf
text:
The report:
1. Fog
2. More fog
markdown:
The report:

1\. Fog

2\. More fog

[otchiot-za-iiul.pdf](otchiot-za-iiul.pdf)

post: 7
date: 2024-07-29T10:00+03:00
via: The Harbour
text:
Open on Sunday?
- Yes
- No
markdown:
Open on Sunday?

\- Yes

\- No

post: 8
date: 2024-07-29T11:00+03:00
via: The Harbour
text:
Location: Pier 4, Dock road, 59.5, 30.25
markdown:
Location: Pier 4, Dock road, 59.5, 30.25

`

var ownMedia = map[string]string{
	"photos/photo_1@28-07-2024_14-03-05.jpg": "one", "photos/photo_2.jpg": "two", "photos/photo_3.jpg": "three", "files/Отчёт за июль.PDF": "report",
}

// TestTelegramJSON reads every kind of post of a channel's export.
func TestTelegramJSON(t *testing.T) {
	files := map[string]string{"channel.json": ownJSON}
	for name, text := range ownMedia {
		files[name] = text
	}
	all, told := readAll(t, filepath.Join(writeFiles(t, files), "channel.json"), telegramJSON)
	expect(t, describeManuscripts(all), fmt.Sprintf(ownPosts, "edited: 2024-07-28T14:10+03:00\n"))
	expect(t, strings.Join(told, "\n"), "a picture or file without a text makes no document: message 6")
	r, err := all[1].Files[0].Open()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if text, err := io.ReadAll(r); err != nil || string(text) != "report" {
		t.Errorf("the file holds %q, %v", text, err)
	}
}

// TestTelegramText reads texts in every form that exports give them.
func TestTelegramText(t *testing.T) {
	for message, want := range map[string]string{
		`{"id":1,"type":"message","text":"a"}`: "a",
		`{"id":1,"type":"message","text":["a ",{"type":"link","text":"https://example.org"}," ",{"type":"bold","text":"b"}]}`:                                         "a <https://example.org> **b**",
		`{"id":"1","type":"message","date_unixtime":1722164585,"text":42}`:                                                                                            "42",
		`{"id":1,"type":"message","text":"t","text_entities":[]}`:                                                                                                     "t",
		`{"id":1,"type":"message","text":"t","text_entities":{"wrong":1}}`:                                                                                            "t",
		`{"id":1,"type":"message","text":[{"type":"pre","text":"a\nb","language":"go"}]}`:                                                                             "```go\na\nb\n```",
		`{"id":1,"type":"message","text":[{"type":"blockquote","text":"a"},"b"]}`:                                                                                     "> a\n\nb",
		`{"id":1,"type":"message","text":[{"type":"spoiler","text":"a"},{"type":"custom_emoji","text":"b","document_id":"x/y"},{"type":"underline","text":"c"}]}`:     "abc",
		`{"id":1,"type":"message","text":[{"type":"strikethrough","text":"a"}," ",{"type":"code","text":"b"}," ",{"type":"italic","text":"c"}]}`:                      "~~a~~ `b` _c_",
		`{"id":1,"type":"message","text":[{"type":"text_link","text":"a","href":"javascript:b"}," ",{"type":"text_link","text":"c","href":"tg://resolve?domain=d"}]}`: "a [c](tg://resolve?domain=d)",
		`{"id":1,"type":"message","text":"cafe\u0301"}`:                                                                                                               "café",
		`{"id":1,"type":"message","contact_information":{"first_name":"A","last_name":"B","phone_number":"+1"},"text":""}`:                                            "Contact: A B, +1",
	} {
		all, told := readMessages(t, message)
		if len(all) != 1 || len(told) != 0 {
			t.Errorf("%s: %d manuscripts, %v", message, len(all), told)
			continue
		}
		expect(t, all[0].Markdown, want)
	}
}

// TestTelegramMoments writes local time with the offset that follows from UTC.
func TestTelegramMoments(t *testing.T) {
	for _, c := range [][3]string{
		{"2024-07-28T14:03:05", "1722164585", "2024-07-28T14:03+03:00"},
		{"2024-07-28T11:03:05", "1722164585", "2024-07-28T11:03+00:00"},
		{"2024-07-28T07:33:05", "1722164585", "2024-07-28T07:33-03:30"},
		{"2024-07-28T14:03:05", "", "2024-07-28T14:03"},
		{"2024-07-28T14:03:05", "1722160000", "2024-07-28T14:03"},
		{"", "1722164585", "2024-07-28T11:03+00:00"},
		{"1970-01-01T03:00:00", "0", ""},
		{"yesterday", "1722164585", "yesterday"},
		{"", "", ""},
	} {
		expect(t, telegramMoment(c[0], c[1]), c[2])
	}
}

// TestTelegramAlbums joins the pictures of one second, where one has a text.
func TestTelegramAlbums(t *testing.T) {
	message := func(id int, second, from, text string) string {
		return fmt.Sprintf(`{"id":%d,"type":"message","date":"2024-01-02T03:04:%s","from":"%s","photo":"(File not included. Change data exporting settings to download.)","text":"%s"}`, id, second, from, text)
	}
	for _, c := range []struct {
		messages []string
		posts    int
		told     string
	}{
		{[]string{message(1, "05", "x", ""), message(2, "05", "x", "text"), message(3, "05", "x", "")}, 1, ""},
		{[]string{message(1, "05", "x", "one"), message(2, "05", "x", "two")}, 2, ""},
		{[]string{message(1, "05", "x", "one"), message(2, "06", "x", "")}, 1, "a picture or file without a text makes no document: message 2"},
		{[]string{message(1, "05", "x", "one"), message(2, "05", "y", ""), message(3, "07", "y", ""), message(4, "08", "y", "")}, 1, "a picture or file without a text makes no document: message 2 and 2 others"},
	} {
		all, told := readMessages(t, strings.Join(c.messages, ","))
		if len(all) != c.posts || strings.Join(told, "|") != c.told {
			t.Errorf("%v: %d posts, %q", c.messages, len(all), told)
		}
	}
}

// TestTelegramAccount reads the chats of a whole account, and addresses where
// the export tells a user name.
func TestTelegramAccount(t *testing.T) {
	text := `{"about":"Here is what Telegram keeps.","personal_information":{"username":"@owner"},"contacts":{"list":[{"a":[1,{"b":2}]}]},
	"chats":{"about":"x","list":[
	 {"messages":[{"id":1,"type":"message","text":"name behind"}],"name":"First","type":"public_channel","username":"@first_one"},
	 {"type":"saved_messages","id":2,"messages":[{"id":2,"type":"message","from":"Me","saved_from":"Elsewhere","text":"kept"}]},
	 {"name":null,"type":"personal_chat","id":3,"messages":[{"id":3,"type":"message","text":"of nobody"}]},
	 {"username":"third","name":"Third","type":"public_channel","id":4,"messages":[{"id":4,"type":"message","from":"Third","text":"addressed"}]}]},
	"left_chats":{"list":[{"id":5,"messages":[{"id":5,"type":"message","text":"left"}],"type":"public_channel","name":"Fifth"}]}}`
	all, told := readAll(t, filepath.Join(writeFiles(t, map[string]string{"x": text}), "x"), telegramJSON)
	if len(told) != 0 {
		t.Error(told)
	}
	var got []string
	for _, m := range all {
		claims := ""
		for _, c := range m.Claims[1:] {
			claims += " " + c.Field + "=" + c.Text
		}
		got = append(got, strings.TrimSpace(m.Text())+claims)
	}
	expect(t, strings.Join(got, "\n"), "name behind via=First\nkept source=Elsewhere author=Me\nof nobody\naddressed via=Third original=https://t.me/third/4\nleft via=Fifth")
}

// TestTelegramDamage keeps what stands before the damage, and tells of it.
func TestTelegramDamage(t *testing.T) {
	good := `{"id":1,"type":"message","text":"good"},`
	for _, c := range []struct {
		messages string
		posts    int
		want     string
	}{
		{good + `{"id":2,"type":"message","text":"lone \ud800 surrogate"}`, 2, "\uFFFD in the document: message 2"},
		{good + `{"id":2,"type":"message","text":"control \x0B character"}`, 2, "\uFFFD in the document: message 2"},
		{good + `{"id":2,"type":"message","text":{"a":1}}, 7, "x", null, {"id":3,"type":"message","text":"more"}`, 2, "passed over: message 2 and 2 others"},
		{good + `{"id":2,"type":"message","text":"x","poll":[]}`, 1, "passed over: message 2"},
		{good + `{"id":2,"type":"unsupported"}`, 1, "could not export is passed over: message 2"},
		{good + `{"id":2,"type":"message","text":"x" "y"}`, 1, "behind message 1, at byte"},
		{good + strings.Repeat(`{"a":[`, 20000), 1, "behind message 1, at byte"},
		{good[:len(good)-1] + `], "x": ` + strings.Repeat("[", 20000), 1, "nested more than"},
		{`{"id":1,"type":"service"}`, 0, "no post with a text"},
	} {
		all, told := readMessages(t, c.messages)
		if len(all) != c.posts || len(told) != 1 || !strings.Contains(told[0], c.want) {
			t.Errorf("%.80s: %d posts, %q", c.messages, len(all), told)
		}
	}
}

// TestTelegramCutShort reads an export that ends after any of its bytes.
func TestTelegramCutShort(t *testing.T) {
	head := strings.Index(ownJSON, `"messages": [`) + 100
	for n := head; n < len(ownJSON); n += 7 {
		dir := writeFiles(t, map[string]string{"x": ownJSON[:n]})
		_, told := readAll(t, filepath.Join(dir, "x"), telegramJSON)
		if len(told) == 0 || !strings.Contains(told[0], "the export ends too early") {
			t.Fatalf("cut at %d: %q", n, told)
		}
	}
}

// TestTelegramFilesStayInside refuses every way out of the export's folder.
func TestTelegramFilesStayInside(t *testing.T) {
	dir := writeFiles(t, map[string]string{"secret.txt": "secret", "export/photos/a.jpg": "a", "export/photos/b/a.jpg": "b", "export/photos/index.md": "c"})
	if err := os.Symlink(filepath.Join(dir, "secret.txt"), filepath.Join(dir, "export/photos/link.jpg")); err != nil {
		t.Skip("this file system has no links: ", err)
	}
	var messages []string
	for i, path := range []string{"../secret.txt", filepath.Join(dir, "secret.txt"), "photos/link.jpg", "photos/../../secret.txt", `..\\secret.txt`, "photos", "photos/none.jpg", "photos/a.jpg", "photos/b/a.jpg", "photos/index.md", "../export/photos/a.jpg"} {
		messages = append(messages, fmt.Sprintf(`{"id":%d,"type":"message","date":"2024-01-02T03:04:05","photo":"%s","text":"%s"}`, i, path, []string{"text", ""}[min(i, 1)]))
	}
	path := filepath.Join(dir, "export", "result.json")
	if err := os.WriteFile(path, []byte(`{"name":"x","type":"public_channel","messages":[`+strings.Join(messages, ",")+`]}`), 0o600); err != nil {
		t.Fatal(err)
	}
	all, told := readAll(t, path, telegramJSON)
	var names []string
	for _, a := range all[0].Files {
		names = append(names, a.Name)
	}
	expect(t, strings.Join(names, " "), "a.jpg a-2.jpg file.txt a-3.jpg")
	if len(told) != 2 || !strings.Contains(told[0], "photos/link.jpg and 2 others") || !strings.Contains(told[1], "../secret.txt and 3 others") {
		t.Errorf("%q", told)
	}
}
