package accession

import (
	"strings"
	"testing"

	"chancery/generator/archive"
)

func TestNewTermSaysWhereItWasMetAndWhatIsNear(t *testing.T) {
	known := []*archive.Term{
		{Facet: archive.Speakers, ID: "sergey-lavrov", Name: "Sergey Lavrov", Aliases: []string{"Сергей Лавров"}},
		{Facet: archive.Speakers, ID: "maria-zakharova", Name: "Maria Zakharova"},
		{Facet: archive.Venues, ID: "river-commission", Name: "River Commission"},
		{Facet: archive.Places, ID: "rome", Name: "Rome"},
	}
	terms := newTerms(newStore(t.TempDir(), true), known)
	for _, c := range []struct {
		facet      archive.Facet
		name, near string
	}{
		{archive.Speakers, "Sergei Lavrov", "“Sergey Lavrov” of content/speakers/sergey-lavrov.md"},
		{archive.Speakers, "Сергий Лавров", "“Sergey Lavrov” of content/speakers/sergey-lavrov.md"},
		{archive.Speakers, "Lavrov", "of content/speakers/sergey-lavrov.md"},
		{archive.Speakers, "Jon Reed", ""},
		{archive.Venues, "Commission for the River", "“River Commission”"},
		{archive.Places, "Lima", ""},
	} {
		term := &archive.Term{Facet: c.facet, ID: archive.TermID(archive.Slug(c.name)), Name: c.name, Standing: archive.Standing{Unverified: true}}
		d := &archive.Draft{}
		v := archive.DraftValue{Text: c.name, Evidence: archive.Evidence{Line: 7}}
		d.Subjects.Speakers, d.Subjects.Place = []archive.DraftValue{v}, v
		d.Subjects.Venues = []archive.DraftVenue{{Name: c.name, Edition: "17", Evidence: v.Evidence}}
		made, err := terms.add(term, d, "in/a.txt")
		if err != nil || !made {
			t.Fatal(made, err)
		}
		if want := "name: “" + c.name + "” is met in in/a.txt (line 7)"; term.Review[0] != want {
			t.Errorf("%q, not %q", term.Review[0], want)
		}
		if near := strings.Join(term.Review[1:], "; "); !strings.Contains(near, c.near) || (near == "") != (c.near == "") {
			t.Errorf("%s: %q, not %q", c.name, near, c.near)
		}
		if made, _ := terms.add(term, d, "in/b.txt"); made {
			t.Errorf("%s is made twice", c.name)
		}
	}
}
