package archive

import (
	"testing"
	"unicode"

	"pgregory.net/rapid"
)

func TestATermIsFoundByAnyOfItsNames(t *testing.T) {
	eas := &Term{Facet: Venues, ID: "east-asia-summit", Name: "East Asia Summit", Aliases: []string{"Восточноазиатский саммит", "Sommet de l’Asie de l'Est"}, Venue: Venue{Abbreviations: []string{"EAS"}, Hashtags: []string{"EAS2022"}}}
	orel := &Term{Facet: Places, ID: "oryol", Name: "Орёл"}
	v, clashes := NewVocabulary([]*Term{orel, eas})
	if len(clashes) > 0 {
		t.Fatalf("clashes: %v", clashes)
	}
	for _, name := range []string{"East Asia Summit", "east  asia\u00a0summit", "EAST ASIA SUMMIT", "восточноазиатский САММИТ", "Sommet de l'Asie de l’Est", "eas", "eas2022"} {
		if v.Find(Venues, name) != eas {
			t.Errorf("%q is not found", name)
		}
	}
	if v.Find(Places, "орел") != orel || v.Find(Places, "Орe\u0308л") != nil {
		t.Error("ё and its two forms")
	}
	if v.Find(Places, "EAS") != nil || v.Find(Venues, "ASEAN") != nil || v.Find(Venues, "") != nil {
		t.Error("found what is not there")
	}
}

// TestANameStaysWithTheFirstWhoClaimsIt holds the order of files to be of no
// matter.
func TestANameStaysWithTheFirstWhoClaimsIt(t *testing.T) {
	a, b := &Term{Facet: Venues, ID: "a", Name: "Summit"}, &Term{Facet: Venues, ID: "b", Name: "B", Aliases: []string{"SUMMIT"}}
	again := &Term{Facet: Venues, ID: "a", Name: "Another"}
	for _, terms := range [][]*Term{{a, b}, {b, a}} {
		v, clashes := NewVocabulary(terms)
		if v.Find(Venues, "summit") != a || len(clashes) != 1 || clashes[0].First != a || clashes[0].Second != b || clashes[0].Name != "SUMMIT" {
			t.Errorf("%v", clashes)
		}
	}
	if v, _ := NewVocabulary([]*Term{a, again}); v.Term(Venues, "a") != a || len(v.Terms(Venues)) != 1 {
		t.Error("of two terms with one ID the first is not kept")
	}
}

func TestWhatMayBePartOfAnAddress(t *testing.T) {
	for s, want := range map[string]bool{"a": true, "11-12-lavrov": true, "0": true, "": false, "-a": false, "a-": false, "A": false, "a b": false, "é": false, "a/b": false, "..": false, ".": false, "a.b": false, "a_b": false} {
		if IsSlug(s) != want {
			t.Errorf("%q: %v", s, !want)
		}
	}
	for id, want := range map[ID]bool{"2022/a": true, "undated/11-a": true, "a": false, "2022/": false, "/a": false, "2022/a/b": false, "2022/../a": false, "2022/A": false} {
		if id.WellFormed() != want {
			t.Errorf("%q: %v", id, !want)
		}
	}
}

func TestAVenuesEditionIsNamedAfterASlash(t *testing.T) {
	for s, want := range map[string]VenueRef{"eas": {Venue: "eas"}, "eas/17": {Venue: "eas", Edition: "17"}} {
		if got := ParseVenueRef(s); got != want || got.String() != s {
			t.Errorf("%q is read as %+v", s, got)
		}
	}
}

// TestFoldOfASCIIIsThatOfAnyName holds the short way against the long one.
func TestFoldOfASCIIIsThatOfAnyName(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.StringOf(rapid.RuneFrom(nil, &unicode.RangeTable{R16: []unicode.Range16{{Lo: 0, Hi: 0x7f, Stride: 1}}})).Draw(t, "name")
		if got, want := Fold(name), foldAny(name); got != want {
			t.Fatalf("%q is folded to %q, not %q", name, got, want)
		}
	})
}
