package index

import (
	"fmt"
	"slices"
	"testing"

	"chancery/generator/archive"
)

func entry(id, date string, venues ...string) *archive.Entry {
	d, err := archive.ParseDate(date)
	if err != nil {
		panic(err)
	}
	e := &archive.Entry{ID: archive.ID(id)}
	e.Date = d
	for _, v := range venues {
		e.Venues = append(e.Venues, archive.ParseVenueRef(v))
	}
	return e
}

func sorted(entries ...*archive.Entry) Listing {
	slices.SortFunc(entries, (*archive.Entry).Compare)
	return entries
}

func ids(l Listing) string {
	var s string
	for _, e := range l {
		s += string(e.ID) + " "
	}
	return s
}

func TestEntriesAreFiledUnderEveryKey(t *testing.T) {
	ix := Make(sorted(
		entry("2022/b", "2022-11", "eas/17", "brics"),
		entry("2022/a", "2022-11-12", "eas/17"),
		entry("undated/c", "XXXX-11-12", "eas"),
	))
	for key, want := range map[Key]string{
		{Years, "", "2022"}:         "2022/b 2022/a ",
		{Years, "", Undated}:        "undated/c ",
		{Venues, "eas", ""}:         "2022/b 2022/a undated/c ",
		{VenueYears, "eas", "2022"}: "2022/b 2022/a ",
		{Editions, "eas", "17"}:     "2022/b 2022/a ",
		{Venues, "brics", ""}:       "2022/b ",
	} {
		if got := ids(ix.Listing(key)); got != want {
			t.Errorf("%v: %q, want %q", key, got, want)
		}
	}
	if got := ix.Parts(VenueYears, "eas"); !slices.Equal(got, []string{"2022", Undated}) {
		t.Errorf("parts: %v", got)
	}
	_, before, after := ix.Neighbours(ix.Entry("2022/a"))
	if before.ID != "2022/b" || after.ID != "undated/c" {
		t.Errorf("neighbours %v %v", before, after)
	}
}

func TestFormsAreLinkedBothWays(t *testing.T) {
	a, b, c := entry("2022/a", "2022"), entry("2022/b", "2022"), entry("2022/c", "2022")
	b.TranslationOf = []archive.ID{"2022/a"}
	c.TranslationOf = []archive.ID{"2022/a"}
	ix := Make(sorted(a, b, c))
	for id, want := range map[archive.ID]string{"2022/a": "2022/b 2022/c ", "2022/b": "2022/a 2022/c ", "2022/c": "2022/a 2022/b "} {
		if got := ids(ix.Forms(id)); got != want {
			t.Errorf("%s: %q, want %q", id, got, want)
		}
	}
}

func TestAnEntryMoreLeavesThePagesOfLaterYears(t *testing.T) {
	var entries Listing
	for year := 2000; year < 2010; year++ {
		for n := range 40 + 30*(year%5) {
			entries = append(entries, entry(fmt.Sprintf("%d/%03d", year, n), fmt.Sprint(year)))
		}
	}
	before := sorted(entries...).Pages()
	after := sorted(append(slices.Clone(entries), entry("2004/zzz", "2004"))...).Pages()
	moved := 0
	for i, page := range after {
		if i >= len(before) || ids(page) != ids(before[i]) {
			moved++
		}
	}
	if moved != 1 {
		t.Errorf("%d pages moved, of %d", moved, len(after))
	}
	total := 0
	for _, page := range after {
		total += len(page)
		if len(page) > PageSize {
			t.Errorf("a page of %d", len(page))
		}
	}
	if total != len(entries)+1 {
		t.Errorf("%d entries on the pages, %d in the listing", total, len(entries)+1)
	}
}

func TestNearStaysBounded(t *testing.T) {
	var l Listing
	for n := range 50 {
		l = append(l, entry(fmt.Sprintf("2022/%02d", n), "2022"))
	}
	for _, at := range []int{0, 3, 25, 49} {
		near := l.Near(l[at], 10)
		if len(near) != 10 || slices.Contains(near, l[at]) {
			t.Errorf("at %d: %s", at, ids(near))
		}
	}
	if got := l[:1].Near(l[0], 10); len(got) != 0 {
		t.Errorf("alone: %s", ids(got))
	}
}
