package manuscript

import (
	"strings"
	"testing"
)

// onePage reads a page of that article.
func onePage(t *testing.T, head, article string) (*File, Manuscript) {
	t.Helper()
	f, all := readBytes(t, "page.html", []byte(`<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">`+head+`</head><body><article>`+article+
		`<p>The harbour office has twelve piers, and each of them has a keeper who writes a book.</p></article></body></html>`))
	if len(all) != 1 {
		t.Fatalf("%d manuscripts, %v", len(all), f.Problems)
	}
	return f, all[0]
}

// TestPicturesThatLeadNowhereAreTold whether they lie elsewhere on the machine or
// nowhere, and their words stay apart.
func TestPicturesThatLeadNowhereAreTold(t *testing.T) {
	f, m := onePage(t, "", `<p>See <img src="../../../etc/hosts" alt="one"><img src="file:///etc/hosts" alt="two"><img src="gone.png" alt="three">.</p>`)
	if len(m.Files) != 0 || !strings.Contains(m.Markdown, "one two three") {
		t.Errorf("%d files, %q", len(m.Files), m.Markdown)
	}
	if len(f.Problems) != 1 || !strings.HasSuffix(f.Problems[0].What, "words alone are imported: 3") {
		t.Errorf("%v", f.Problems)
	}
}

// TestArrowsBackFromNotesAreLeftOut and no other link to a place on the page.
func TestArrowsBackFromNotesAreLeftOut(t *testing.T) {
	_, m := onePage(t, "", `<p>It rained. <a href="#n1">Note</a></p><ol><li>All day. <a href="#r1">↩︎</a></li><li>And night. <a href="page.html#r2">^</a></li></ol>`)
	if text := m.Text(); strings.ContainsAny(text+m.Markdown, "↩^") || !strings.Contains(text, "It rained. Note") || !strings.Contains(text, "And night.") {
		t.Errorf("%q\n%q", text, m.Markdown)
	}
}

// TestUnseenCharactersAreLeftOut of titles all, of texts those that say where a
// word may be parted.
func TestUnseenCharactersAreLeftOut(t *testing.T) {
	const odd = "The har\u00adbour\u200b of\ufefffi\u2060ce"
	f, m := onePage(t, "<title>"+odd+"</title>", "<p>The ferry&shy;man came.</p>")
	if got := claimOf(&m, "title"); got != "The harbour office" {
		t.Errorf("%q", got)
	}
	if !strings.Contains(m.Text(), "ferryman") || !strings.Contains(m.Markdown, "ferryman") {
		t.Errorf("%q", m.Text())
	}
	if len(f.Problems) > 0 {
		t.Errorf("%v", f.Problems)
	}
}

// TestPicturesOfAFeedThatLeadNowhereAreTold for their item.
func TestPicturesOfAFeedThatLeadNowhereAreTold(t *testing.T) {
	f, all := readBytes(t, "feed.xml", []byte(`<rss version="2.0"><channel><item><title>Rain</title><description>&lt;p&gt;It rai&amp;shy;ned. &lt;img src="/a.png" alt="Rain"&gt;&lt;/p&gt;</description></item></channel></rss>`))
	if len(all) != 1 || !strings.Contains(all[0].Markdown, "It rained. Rain") || len(f.Problems) != 1 || f.Problems[0].Line != 1 {
		t.Errorf("%v %v", all, f.Problems)
	}
}
