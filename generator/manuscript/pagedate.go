package manuscript

import (
	"regexp"
	"strings"
	"sync"
	"time"

	"golang.org/x/net/html"
)

// stateDate claims the days on which the page says it was published. When it was
// changed is not its date.
func (p *page) stateDate() {
	p.stateLinked("date", dateTag, "datePublished")
	p.fromMetas("date", dateTag, "citation_publication_date", "citation_date", "dcterms.issued", "dcterms.created", "dcterms.date", "dc.date.issued", "dc.date", "article:published_time", "datepublished", "pubdate", "date")
	each(p.doc, func(n *html.Node) bool {
		if n.Type == html.ElementNode && n.Data != "meta" && strings.EqualFold(attribute(n, "itemprop"), "datePublished") {
			written := attribute(n, "datetime")
			if written == "" {
				written = attribute(n, "content")
			}
			if written == "" {
				written = wordsOf(n)
			}
			p.claim("date", dateTag(clip(written, 100)), "the element with itemprop datePublished")
		}
		return true
	})
	p.stateTimes()
}

// stateTimes claims the element time that is marked as the day of publication, or
// is the only one near the heading.
func (p *page) stateTimes() {
	var near []*html.Node
	for _, n := range all(p.doc, "time") {
		if hasAttribute(n, "pubdate") {
			p.claim("date", dateTag(attribute(n, "datetime")), "the element time")
			return
		}
	}
	near = nearHeading(p.doc, func(n *html.Node) bool { return n.Data == "time" && hasAttribute(n, "datetime") })
	written := ""
	for _, n := range near {
		if d := dateTag(attribute(n, "datetime")); written == "" {
			written = d
		} else if d != written {
			return
		}
	}
	p.claim("date", written, "the element time")
}

var stampForm = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^(\d{4})[-/.]?(\d{1,2})?(?:[-/.]?(\d{1,2}))?(?:[T ]+(\d{1,2}):(\d{2})(?::\d{2}(?:[.,]\d+)?)?)?\s*(Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?$`)
})

// dateTag writes a date in EDTF, with its time of day and zone where it has one:
// 2023-07-12T16:50+00:00. What it cannot read it gives as written, and of what
// stands for no date nothing.
func dateTag(s string) string {
	s = strings.TrimSpace(s)
	if m := stampForm().FindStringSubmatch(s); m != nil {
		return stampText(m)
	}
	for _, form := range []string{time.RFC1123Z, time.RFC1123, time.RFC822Z, time.RFC822, time.RFC850, time.ANSIC,
		"Mon, 2 Jan 2006 15:04:05 -0700", "Mon, 2 Jan 2006 15:04:05 MST", "Mon, 2 Jan 2006 15:04 -0700", "2 Jan 2006 15:04:05 -0700", "2 Jan 2006 15:04:05 MST", "Mon, 2 Jan 06 15:04:05 -0700"} {
		t, err := time.Parse(form, s)
		if err != nil {
			continue
		}
		zone := t.Format("-07:00")
		if name, offset := t.Zone(); offset == 0 && name != "" && name != "UTC" && name != "GMT" && name != "Z" {
			if zone = americanZone(name); zone == "" {
				return t.Format("2006-01-02T15:04")
			}
		}
		return t.Format("2006-01-02T15:04") + zone
	}
	return s
}

// americanZone gives the offset of a zone that RFC 822 names.
func americanZone(name string) string {
	return map[string]string{"EST": "-05:00", "EDT": "-04:00", "CST": "-06:00", "CDT": "-05:00", "MST": "-07:00", "MDT": "-06:00", "PST": "-08:00", "PDT": "-07:00"}[name]
}

// stampText writes the parts of a stamp. Midnight to the second is what programs
// write that know no time of day; years before printing are no dates of pages.
func stampText(m []string) string {
	date := m[1]
	if m[1] < "1400" || m[1]+m[2]+m[3] == "19700101" {
		return ""
	}
	if m[2] == "" {
		return date
	}
	month, day := padded(m[2]), m[3]
	if month == "00" || month > "12" {
		return m[0]
	}
	date += "-" + month
	if day == "" || padded(day) == "00" {
		return date
	}
	if date += "-" + padded(day); !isDay(date) {
		return m[0]
	}
	if m[4] == "" || padded(m[4])+m[5] == "0000" || padded(m[4]) > "23" || m[5] > "59" {
		return date
	}
	return date + "T" + padded(m[4]) + ":" + m[5] + zoneText(m[6])
}

func padded(s string) string {
	if len(s) == 1 {
		return "0" + s
	}
	return s
}

func isDay(s string) bool {
	_, err := time.Parse(time.DateOnly, s)
	return err == nil
}

// zoneText writes a zone as +HH:MM.
func zoneText(zone string) string {
	switch {
	case zone == "Z" || zone == "UTC" || zone == "GMT":
		return "+00:00"
	case len(zone) == 3:
		return zone + ":00"
	case len(zone) == 5:
		return zone[:3] + ":" + zone[3:]
	}
	return zone
}
