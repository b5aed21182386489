package source

import (
	"os"
	"path/filepath"
	"testing"

	"chancery/generator/archive"
	"chancery/generator/manuscript"
)

// TestExportedPostsAreReadAsTheyStand reads an export of a channel: nothing of
// its posts is chrome, and its moments have their zone.
func TestExportedPostsAreReadAsTheyStand(t *testing.T) {
	path := filepath.Join(t.TempDir(), "result.json")
	text := `{"name":"The Harbour","type":"public_channel","id":12,"messages":[
{"id":1,"type":"message","date":"2024-07-28T14:03:05","date_unixtime":"1722164585","text":[{"type":"bold","text":"Ships in port"},"\n\nShare\nThe list of July 1, 2023"]},
{"id":2,"type":"message","date":"2024-07-28T15:03:05","date_unixtime":"1722168185","forwarded_from":"Lighthouse News","text":"Subscribe"},
{"id":3,"type":"message","date":"2024-07-28T16:03:05","date_unixtime":"1722171785","text":[{"type":"blockquote","text":"Quoted"},"\nText"]},
{"id":4,"type":"message","date":"2024-07-28T17:03:05","date_unixtime":"1722175385","text":["Read the ",{"type":"text_link","text":"list","href":"https://harbour.example/list"}]}]}`
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	f := manuscript.Open(path)
	var all []archive.Draft
	for d := range ownReader(t).Drafts(f.Manuscripts(), f.Tell) {
		all = append(all, d)
	}
	if len(all) != 4 || len(f.Problems) != 0 {
		t.Fatalf("%d drafts, %v", len(all), f.Problems)
	}
	for i, want := range [][8]string{
		{"Ships in port", "2024-07-28", "14:03", "+03:00", "The Harbour", "", "Ships in port\n\nShare\nThe list of July 1, 2023", "Share\n\nThe list of July 1, 2023"},
		{"Subscribe", "2024-07-28", "15:03", "+03:00", "The Harbour", "Lighthouse News", "Subscribe", ""},
		{"Quoted", "2024-07-28", "16:03", "+03:00", "The Harbour", "", "Quoted\nText", "> Quoted\n\nText"},
		{"Read the list", "2024-07-28", "17:03", "+03:00", "The Harbour", "", "Read the list", "Read the [list](https://harbour.example/list)"},
	} {
		d := all[i]
		got := [8]string{d.Title.Text, d.When.Date.Date.String(), d.When.Time.Text, d.When.Zone.Text, d.Origin.Channel.Text, d.Origin.Source.Text, d.Body, d.Markdown}
		if got != want {
			t.Errorf("post %d is read as\n%q, want\n%q", i+1, got, want)
		}
	}
}
