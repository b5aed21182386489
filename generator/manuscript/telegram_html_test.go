package manuscript

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// htmlPage gives a page of an export with these messages, in the manner of
// Telegram Desktop.
func htmlPage(messages string) string {
	return `<!DOCTYPE html>
<html>

 <head>

  <meta charset="utf-8"/>
<title>Exported Data</title>
  <link href="css/style.css" rel="stylesheet"/>

 </head>

 <body onload="CheckLocation();">

  <div class="page_wrap">

   <div class="page_header">

    <div class="content">

     <div class="text bold">
The Harbour
     </div>

    </div>

   </div>

   <div class="page_body chat_page">

    <div class="history">

` + messages + `
    </div>

   </div>

  </div>

 </body>

</html>
`
}

// htmlMessage gives a message with that mark-up in its body.
func htmlMessage(id int, class, body string) string {
	return fmt.Sprintf(`
     <div class="message default clearfix%s" id="message%d">

      <div class="pull_left userpic_wrap">
       <div class="userpic userpic1" style="width: 42px; height: 42px">
        <div class="initials" style="line-height: 42px">
T
        </div>
       </div>
      </div>

      <div class="body">
%s
      </div>

     </div>
`, class, id, body)
}

const (
	shownDate = `<div class="pull_right date details" title="28.07.2024 14:03:05 UTC+03:00">
14:03
       </div>`
	fromHarbour = `<div class="from_name">
The Harbour
       </div>`
)

var ownHTML = htmlPage(`<div class="message service" id="message-1">
 <div class="body details">
28 July 2024
 </div>
</div>` +
	htmlMessage(3, "", shownDate+fromHarbour+`
       <div class="reply_to details">
In reply to <a href="#go_to_message2" onclick="return GoToMessage(2)">this message</a>
       </div>
       <div class="media_wrap clearfix">
        <a class="photo_wrap clearfix pull_left" href="photos/photo_1@28-07-2024_14-03-05.jpg">
         <img class="photo" src="photos/photo_1@28-07-2024_14-03-05_thumb.jpg" style="width: 260px; height: 173px"/>
        </a>
       </div>
       <div class="text">
<strong>Ships * in port</strong><br><br>See <a href="https://example.org/list?a=b">the list</a> of <a href="" onclick="return ShowHashtag(&quot;july&quot;)">#july</a>
       </div>
       <span class="reactions">
        <span class="reaction">
         <span class="emoji">
👍
         </span>
         <span class="count">12</span>
        </span>
       </span>
       <div class="signature details">
A. Pilot
       </div>`) +
	htmlMessage(4, " joined", shownDate+`
       <div class="media_wrap clearfix"><a class="photo_wrap clearfix pull_left" href="photos/photo_2.jpg"><img class="photo" src="photos/photo_2_thumb.jpg"/></a></div>`) +
	htmlMessage(5, "", `<div class="pull_right date details" title="29.07.2024 09:00:00 UTC+03:00">09:00</div>`+fromHarbour+`
       <div class="pull_left forwarded userpic_wrap"><div class="userpic userpic2"><div class="initials">L</div></div></div>
       <div class="forwarded body">
        <div class="from_name">
Lighthouse News <span class="date details" title="28.07.2024 08:00:00 UTC+03:00"> 28.07.2024 08:00:00</span>
        </div>
        <div class="media_wrap clearfix">
         <a class="media clearfix pull_left block_link media_file" href="files/Отчёт за июль.PDF">
          <div class="fill pull_left"></div>
          <div class="body"><div class="title bold">Отчёт за июль.PDF</div><div class="status details">12.1 KB</div></div>
         </a>
        </div>
        <div class="text">
The report:<br>1. Fog<br>2. More fog
        </div>
       </div>`) +
	htmlMessage(6, "", `<div class="pull_right date details" title="29.07.2024 09:30:00 UTC+03:00">09:30</div>`+fromHarbour+`
       <div class="media_wrap clearfix"><div class="media clearfix pull_left media_photo"><div class="fill pull_left"></div><div class="body"><div class="title bold">Photo</div><div class="description">Not included, change data exporting settings to download.</div></div></div></div>`) +
	htmlMessage(7, " joined", `<div class="pull_right date details" title="29.07.2024 10:00:00 UTC+03:00">10:00</div>
       <div class="media_wrap clearfix"><div class="media_poll"><div class="question bold">
Open on Sunday?
       </div><div class="details">Final results</div><div class="answer">
- Yes <span class="details">2 votes</span>
       </div><div class="answer">
- No <span class="details">1 vote</span>
       </div><div class="total details	">3 votes</div></div></div>`) +
	htmlMessage(8, " joined", `<div class="pull_right date details" title="29.07.2024 11:00:00 UTC+03:00">11:00</div>
       <div class="media_wrap clearfix"><a class="media clearfix pull_left block_link media_venue" href="https://maps.google.com/maps?q=59.5,30.25&amp;ll=59.5,30.25&amp;z=16"><div class="fill pull_left"></div><div class="body"><div class="title bold">Pier 4</div><div class="description">Dock road</div></div></a></div>`) +
	htmlMessage(9, "", `<div class="pull_right date details" title="29.07.2024 12:00:00 UTC+03:00">12:00</div>`+fromHarbour+`
       <div class="media_wrap clearfix"><div class="media clearfix pull_left media_call"><div class="body"><div class="title bold">A</div><div class="status details">Missed</div></div></div></div>`))

// TestTelegramHTML reads the same posts from a page as from result.json, but
// for what a page does not say.
func TestTelegramHTML(t *testing.T) {
	files := map[string]string{"messages2.html": ownHTML}
	for name, text := range ownMedia {
		files[name] = text
	}
	all, told := readAll(t, filepath.Join(writeFiles(t, files), "messages2.html"), telegramHTML)
	expect(t, describeManuscripts(all), fmt.Sprintf(ownPosts, ""))
	expect(t, strings.Join(told, "\n"), "a picture or file without a text makes no document: message 6")
}

// TestTelegramHTMLText reads texts with every mark.
func TestTelegramHTMLText(t *testing.T) {
	for text, want := range map[string]string{
		"<strong>a</strong> <b>b</b> <em>c</em> <i>d</i>":                                                       "**a** **b** _c_ _d_",
		"<s>a</s> <del>b</del> <code>c</code> <u>d</u>":                                                         "~~a~~ ~~b~~ `c` d",
		"\nx &amp; y&#33; &quot;z&quot;&apos;\n   ":                                                             `x & y! "z"'`,
		"one \n   two<br>\n  three<br/><br>four":                                                                "one two\n\nthree\n\nfour",
		`a <span class="spoiler hidden" onclick="ShowSpoiler(this)"><span aria-hidden="true">b</span></span> c`: "a b c",
		`<pre>x := 1<br>  y()</pre>after`:                                                                       "```\nx := 1\n  y()\n```\n\nafter",
		`<blockquote>a<br>b</blockquote>c`:                                                                      "> a\n>\n> b\n\nc",
		`<a href="https://t.me/pilot">@pilot</a> <a href="mailto:a@b.c">a@b.c</a> <a href="tel:+12">+12</a>`:    "@pilot a@b.c +12",
		`<a href="https://example.org/?a=1&amp;copy=2"><strong>a</strong> b</a>`:                                "[**a** b](https://example.org/?a=1&amp;copy=2)",
		`<a href="stickers/x.webp">😀</a> <a href="" onclick="return ShowMentionName()">A. B.</a>`:               "😀 A. B.",
		`<strong><em>a</em></strong><p>b</p>c`:                                                                  "**_a_**\n\nb\n\nc",
		`a<script>b</script><!-- c -->d`:                                                                        "ad",
	} {
		page := htmlPage(htmlMessage(1, "", shownDate+fromHarbour+`<div class="text">`+text+`</div>`))
		all, told := readAll(t, filepath.Join(writeFiles(t, map[string]string{"x": page}), "x"), telegramHTML)
		if len(all) != 1 || len(told) != 0 {
			t.Errorf("%s: %d manuscripts, %q", text, len(all), told)
			continue
		}
		expect(t, all[0].Markdown, want)
	}
}

func TestTelegramShownMoments(t *testing.T) {
	for shown, want := range map[string]string{
		"16.11.2024 12:53:11 UTC+03:00": "2024-11-16T12:53+03:00",
		"16.11.2024 12:53:11 UTC-03:30": "2024-11-16T12:53-03:30",
		"16.11.2024 12:53:11":           "2024-11-16T12:53",
		"16.11.2024 12:53 UTC":          "2024-11-16T12:53+00:00",
		"noon":                          "noon",
		"":                              "",
	} {
		expect(t, shownMoment(shown), want)
	}
}

// TestTelegramHTMLJoined gives a message the sender of the one that it joins.
func TestTelegramHTMLJoined(t *testing.T) {
	text := func(s string) string { return shownDate + `<div class="text">` + s + `</div>` }
	page := htmlPage(htmlMessage(1, "", `<div class="from_name">A. Guest via @bot</div>`+text("one")) + htmlMessage(2, " joined", text("two")) +
		htmlMessage(3, "", fromHarbour+text("three")) + htmlMessage(4, " joined", text("four")) +
		htmlMessage(5, "", fromHarbour+shownDate+`<div class="forwarded body"><div class="from_name">B. Guest</div><div class="text">five</div></div>`) +
		htmlMessage(6, " joined", shownDate+`<div class="forwarded body"><div class="text">six</div></div>`))
	all, _ := readAll(t, filepath.Join(writeFiles(t, map[string]string{"x": page}), "x"), telegramHTML)
	var got []string
	for _, m := range all {
		line := strings.TrimSpace(m.Text())
		for _, c := range m.Claims {
			if c.Field == "author" || c.Field == "source" {
				line += " " + c.Field + "=" + c.Text
			}
		}
		got = append(got, line)
	}
	expect(t, strings.Join(got, "\n"), "one author=A. Guest\ntwo author=A. Guest\nthree\nfour\nfive source=B. Guest\nsix source=B. Guest")
}

// TestTelegramHTMLDamage keeps what is whole, and tells of what is not.
func TestTelegramHTMLDamage(t *testing.T) {
	good := htmlMessage(1, "", shownDate+fromHarbour+`<div class="text">good</div>`)
	whole := htmlPage(good)
	for _, c := range []struct {
		page  string
		posts int
		want  string
	}{
		{htmlPage(good + htmlMessage(2, "", shownDate+`<div class="text">a`+strings.Repeat("<b><i>", 600)+`</div>`) + good), 2, "passed over: message 2"},
		{htmlPage(good + htmlMessage(2, "", `<div class="text">never ended <div>`) + good), 3, ""},
		{htmlPage(good + htmlMessage(2, "", shownDate)), 1, "passed over: message 2"},
		{whole[:strings.Index(whole, "good")+2], 0, "in the middle of message 1"},
		{htmlPage(""), 0, "no post with a text"},
	} {
		all, told := readAll(t, filepath.Join(writeFiles(t, map[string]string{"x": c.page}), "x"), telegramHTML)
		if len(all) != c.posts || len(told) != min(len(c.want), 1) || !strings.Contains(strings.Join(told, "|"), c.want) {
			t.Errorf("%.80q: %d posts, %q", c.want, len(all), told)
		}
	}
}

// TestTelegramHTMLOfAnAccount finds files that are named from the folder of the
// whole export.
func TestTelegramHTMLOfAnAccount(t *testing.T) {
	page := htmlPage(htmlMessage(1, "", shownDate+fromHarbour+`<div class="media_wrap clearfix"><a class="photo_wrap clearfix pull_left" href="../../chats/chat_01/photos/a.jpg"></a></div><div class="text">a</div>`) +
		htmlMessage(2, "", `<div class="media_wrap clearfix"><a class="photo_wrap clearfix pull_left" href="../../chats/chat_02/a.jpg"></a></div><div class="text">b</div>`))
	dir := writeFiles(t, map[string]string{"chats/chat_01/messages.html": page, "chats/chat_01/photos/a.jpg": "a", "chats/chat_02/a.jpg": "other"})
	all, told := readAll(t, filepath.Join(dir, "chats", "chat_01", "messages.html"), telegramHTML)
	if len(all) != 2 || len(all[0].Files) != 1 || len(all[1].Files) != 0 || len(told) != 1 || !strings.Contains(told[0], "outside") {
		t.Errorf("%+v, %q", all, told)
	}
}

func FuzzTelegramHTML(f *testing.F) {
	f.Add(ownHTML)
	f.Add(`<div class="message default" id="message1"><div class="text">a<blockquote><pre>b</div>`)
	f.Fuzz(func(t *testing.T, text string) {
		checkExport(t, text, readTelegramHTML)
	})
}

// TestOtherPagesAreNoExport leaves to others what is theirs.
func TestOtherPagesAreNoExport(t *testing.T) {
	for _, text := range []string{`<html><div class="page_wrap">x`, `{"messages":[{"role":"user"}]}`, `{"about":"us","type":"message"}`, `[{"type":"message","messages":1}]`, `"messages" "type":"message"`} {
		path := filepath.Join(t.TempDir(), "x")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if f := Open(path); strings.HasPrefix(f.Format(), "Telegram") {
			t.Errorf("%s is taken for %s", text, f.Format())
		}
	}
}
