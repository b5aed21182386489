package manuscript

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
)

// isJSONFeed knows a JSON Feed by the version that each must state.
func isJSONFeed(start string) bool {
	return strings.HasPrefix(start, "{") && strings.Contains(strings.ReplaceAll(start, `\/`, "/"), `jsonfeed.org/version/`)
}

// jsonFeed is a feed by the specification of JSON Feed 1.1.
type jsonFeed struct {
	Title    string
	Home     string `json:"home_page_url"`
	Language string
	Items    []jsonItem
}

type jsonItem struct {
	ID            any
	URL           string
	Title         string
	HTML          string `json:"content_html"`
	Text          string `json:"content_text"`
	Summary       string
	Published     string `json:"date_published"`
	Tags          []string
	Author        jsonAuthor
	jsonItemExtra // of version 1.1
}

type jsonItemExtra struct {
	Authors  []jsonAuthor
	Language string
}

type jsonAuthor struct{ Name string }

func readJSONFeed(f *File, data []byte, yield func(Manuscript) bool) {
	var feed jsonFeed
	text, _, _ := decodeMarkup(data, utf8Name)
	if err := json.Unmarshal([]byte(text), &feed); err != nil {
		f.Tell(jsonLine([]byte(text), err), "this is a JSON Feed that is broken here, so nothing is imported: "+plainJSON(err), "save the feed again")
		return
	}
	if len(feed.Items) == 0 {
		f.Tell(0, "the feed has no items, so nothing is imported", "look whether it was saved whole")
	}
	for i := range feed.Items {
		e := feed.entry(f, &feed.Items[i])
		m, ok := e.manuscript()
		if ok && strings.ContainsRune(e.title+m.Text(), '\uFFFD') {
			f.Tell(0, fmt.Sprintf("characters of item %d cannot be read and stand as \uFFFD in its document", i+1), "compare the text with the site's")
		}
		if ok && !yield(m) {
			return
		}
	}
}

// plainJSON says of an error of JSON what is wrong.
func plainJSON(err error) string {
	var kind *json.UnmarshalTypeError
	said := plainError(err)
	switch {
	case strings.Contains(said, "max depth"):
		return "its brackets are nested too deep"
	case strings.Contains(said, "unexpected end"), errors.Is(err, io.ErrUnexpectedEOF):
		return "it ends too early"
	case errors.As(err, &kind):
		return fmt.Sprintf("the value of “%s” is of another kind than it should be (%s)", kind.Field, kind.Value)
	}
	return strings.Replace(said, "invalid character", "not expected is", 1)
}

// jsonLine gives the line on which reading JSON ended.
func jsonLine(data []byte, err error) int {
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	offset := int64(0)
	switch {
	case errors.As(err, &syntax):
		offset = syntax.Offset
	case errors.As(err, &kind):
		offset = kind.Offset
	}
	return 1 + bytes.Count(data[:min(int64(len(data)), offset)], []byte("\n"))
}

func (feed *jsonFeed) entry(f *File, item *jsonItem) *entry {
	e := &entry{page: page{file: f}, title: strings.Join(strings.Fields(item.Title), " "), content: item.HTML}
	if e.content == "" {
		e.content = paragraphs(item.Text)
	}
	e.claim("title", e.title, "the item’s title")
	e.claim("date", dateTag(item.Published), "the item’s date_published")
	for _, a := range append(item.Authors, item.Author) {
		e.claim("author", a.Name, "the item’s author")
	}
	e.claim("original", addressOf(item.URL), "the item’s url")
	if item.ID != nil {
		e.claim("guid", fmt.Sprint(item.ID), "the item’s id")
	}
	e.claim("source", feed.Title, "the title of the feed")
	e.claim("language", languageTag(item.Language), "the item’s language")
	e.claim("language", languageTag(feed.Language), "the language of the feed")
	for _, tag := range item.Tags[:min(len(item.Tags), mostTags)] {
		e.claim("tags", tag, "the item’s tags")
	}
	e.claim("summary", item.Summary, "the item’s summary")
	if u, ok := webAddress(item.URL); ok {
		e.base = u
	} else {
		e.base, _ = webAddress(feed.Home)
	}
	return e
}
