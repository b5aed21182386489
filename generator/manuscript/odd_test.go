package manuscript

import (
	"io/fs"
	"slices"
	"strings"
	"testing"
)

// TestAQuotationMarkThatIsNotClosedIsTold with all that it swallows.
func TestAQuotationMarkThatIsNotClosedIsTold(t *testing.T) {
	all, problems := read(t, "rows.csv", "title,text\nGood,The fog lifted.\nBad,\"The boats sailed.\n"+strings.Repeat("Later,The fog came back.\n", 1000))
	if len(all) != 1 || len(problems) != 1 || problems[0].Line != 3 || !strings.Contains(problems[0].What, "nothing from here to line 1003 is imported") {
		t.Errorf("%d manuscripts, %v", len(all), problems)
	}
}

// TestAFeedThatDeclaresEntitiesIsRead without unfolding them.
func TestAFeedThatDeclaresEntitiesIsRead(t *testing.T) {
	const bomb = `<!DOCTYPE fog [<!ENTITY a "fog"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>`
	for _, declared := range []string{bomb, `<!DOCTYPE rss PUBLIC "-//Harbour//DTD RSS 0.91//EN" "http://harbour.example/rss.dtd">`, ""} {
		all, problems := read(t, "feed.xml", `<?xml version="1.0"?>`+declared+`<rss version="2.0"><channel><title>Fog</title><item><title>Rain &amp; &c;</title><description>It rained.</description></item></channel></rss>`)
		if len(all) != 1 || (len(problems) > 0) != (declared == bomb) || claimOf(&all[0], "title") != "Rain & &c;" {
			t.Errorf("%s: %v %v", declared, all, problems)
		}
	}
}

// TestABrokenJSONFeedIsToldPlainly without the words of programmers.
func TestABrokenJSONFeedIsToldPlainly(t *testing.T) {
	const head = `{"version":"https://jsonfeed.org/version/1.1","items":`
	for content, want := range map[string]string{
		head + strings.Repeat("[", 20_000):              "its brackets are nested too deep",
		head + `[{"content_text":"It ra`:                "it ends too early",
		head + `[{"content_text":7}]}`:                  "of another kind than it should be (number)",
		head + `[{"content_text":"It \ud83d rained"}]}`: "characters of item 1 cannot be read and stand as \uFFFD",
	} {
		_, problems := read(t, "feed.json", content)
		if len(problems) != 1 || !strings.Contains(problems[0].What, want) || strings.Contains(problems[0].What, "invalid") {
			t.Errorf("%.80s: %v", content, problems)
		}
	}
}

// TestWhiteSpaceOfEveryKindIsNoText however much of it there is.
func TestWhiteSpaceOfEveryKindIsNoText(t *testing.T) {
	for _, content := range []string{"\u00a0\n\u200b\n", strings.Repeat(" \r\n", 1<<14)} {
		all, problems := read(t, "blank.txt", content)
		if len(all) != 0 || len(problems) != 1 || !strings.Contains(problems[0].What, "nothing but white space") {
			t.Errorf("%d manuscripts, %v", len(all), problems)
		}
	}
}

// TestPicturesThatMarkdownLinksAreNoSources and others are.
func TestPicturesThatMarkdownLinksAreNoSources(t *testing.T) {
	putSources(t, map[string]string{"in/a.md": "See ![the pier](pier.png) and ![](boat.jpg \"A boat\").", "in/pier.png": "p", "in/boat.jpg": "b", "in/other.png": "o"})
	found, told := sources("in")
	if want := []string{"in/a.md", "in/other.png"}; !slices.Equal(found, want) || len(told) > 0 {
		t.Errorf("%q, %q", found, told)
	}
}

// TestAFileThatMayNotBeReadIsTold with what to do.
func TestAFileThatMayNotBeReadIsTold(t *testing.T) {
	f := &File{Path: "closed.txt"}
	f.tellUnread(&fs.PathError{Op: "open", Path: "closed.txt", Err: fs.ErrPermission})
	if p := f.Problems[0]; strings.Count(p.String(), "closed.txt") != 1 || !strings.Contains(p.Mend, "chmod") {
		t.Errorf("%v", p)
	}
}
