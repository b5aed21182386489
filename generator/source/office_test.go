package source

import (
	"testing"

	"chancery/generator/archive"
)

// TestNobodyIsChosenOnTheDayOfAHandover leaves an office without a name where
// two held it on the document's day.
func TestNobodyIsChosenOnTheDayOfAHandover(t *testing.T) {
	day := archive.DayOf(2007, 12, 3)
	office := func(start, end archive.Day) []archive.Office {
		return []archive.Office{{Title: "Prime Minister", Of: "Norland", Start: start, End: end}}
	}
	v, _ := archive.NewVocabulary([]*archive.Term{
		{Facet: archive.Speakers, ID: "ida-holm", Name: "Ida Holm", Speaker: archive.Speaker{Offices: office(day-100, day)}},
		{Facet: archive.Speakers, ID: "oleg-verin", Name: "Oleg Verin", Speaker: archive.Speaker{Offices: office(day, 0)}},
	})
	for on, want := range map[archive.Day]string{day - 1: "Ida Holm", day: "", day + 1: "Oleg Verin"} {
		g := NewReader(v).newReading(text{lines: testLines("Norland and Norland again, said Norland.\n")})
		g.draft.When.Date.Date = archive.DateOf(on)
		got := ""
		if holder, _ := g.holder("Prime Minister", ""); holder != nil {
			got = holder.Name
		}
		if got != want {
			t.Errorf("on %s the holder is %q, want %q", on, got, want)
		}
	}
}
