package problem

import (
	"slices"
	"strings"
	"testing"
)

func TestAProblemIsToldInTheFormThatEditorsJumpTo(t *testing.T) {
	var b strings.Builder
	Print(&b, []Problem{
		{File: "content/a.md", Line: 4, What: `unknown venue "x"`, Mend: "add it"},
		{File: "content/b.md", What: "the file is empty"},
	})
	const want = "content/a.md:4: unknown venue \"x\"\n    mend: add it\ncontent/b.md: the file is empty\n"
	if b.String() != want {
		t.Errorf("%q, want %q", b.String(), want)
	}
}

func TestProblemsAreSortedAndToldOnce(t *testing.T) {
	a, b, c := Problem{File: "a", Line: 2, What: "x"}, Problem{File: "a", Line: 10, What: "x"}, Problem{File: "b", Line: 1, What: "x"}
	if got := Sort([]Problem{c, b, a, b, c}); !slices.Equal(got, []Problem{a, b, c}) {
		t.Errorf("%v", got)
	}
}

func TestTheNearestWordIsWhatWasMeant(t *testing.T) {
	fields := []string{"title", "date", "time", "zone", "venues", "summary", "speakers", "translation-of"}
	for word, want := range map[string]string{
		"tilte": "title", "titel": "title", "titl": "title", "Title": "title", "titles": "title", "venue": "venues", "vanues": "venues", "sumary": "summary", "speaker": "speakers", "translation_of": "translation-of", "dat": "date", "deta": "date",
		"xyzzy": "", "": "", "q": "", "completely-other": "",
	} {
		if got := Nearest(word, fields); got != want {
			t.Errorf("%q: %q, want %q", word, got, want)
		}
	}
	if got := Nearest("east-asa-summit", []string{"east-asia-summit", "asean"}); got != "east-asia-summit" {
		t.Errorf("got %q", got)
	}
	if got := Nearest("Восточноазиатский", []string{"Восточноазиатски"}); got == "" {
		t.Error("a letter of two bytes that is missing is too far")
	}
}
