package archive

import (
	"slices"
	"strings"
	"testing"
)

func testVocabulary() *Vocabulary {
	v, _ := NewVocabulary([]*Term{
		{Facet: Venues, ID: "east-asia-summit", Name: "East Asia Summit", Venue: Venue{Abbreviations: []string{"EAS"}}},
		{Facet: Places, ID: "moscow", Name: "Moscow", Aliases: []string{"Москва"}},
		{Facet: Speakers, ID: "sergey-lavrov", Name: "Sergey Lavrov", Aliases: []string{"Lavrov"}},
		{Facet: Sources, ID: "tass", Name: "TASS"},
	})
	return v
}

func says(text string) DraftValue {
	return DraftValue{text, Evidence{Rule: "test", Line: 3, Grade: Stated, Why: "it says so"}}
}

func TestDraftBecomesDocumentWithTermIDs(t *testing.T) {
	d := Draft{
		Title:    says("A title"),
		When:     DraftWhen{Date: DraftDate{DateOf(DayOf(2022, 11, 12)), Evidence{Line: 7, Grade: Inferred, Why: "the weekday tells it"}}},
		Subjects: DraftSubjects{Place: says("Москва, Кремль"), Venues: []DraftVenue{{Name: "EAS", Edition: "17"}}, Speakers: []DraftValue{says("LAVROV"), says("Jón Reed")}},
		Origin:   DraftOrigin{Source: says("TASS"), Channel: says("Harbour Watch")},
		Doubts:   []DraftValue{{"", Evidence{Rule: "source", Line: 2, Why: "two are named"}}},
		Found:    Found{Digest: "abc"},
	}
	doc, made := d.Document(testVocabulary())
	if doc.Title != "A title" || doc.Place != "moscow" || doc.Source != "tass" || doc.Via != "harbour-watch" || doc.Imported.Source != "abc" {
		t.Errorf("%+v", doc)
	}
	if !slices.Equal(doc.Venues, []VenueRef{{"east-asia-summit", "17"}}) || !slices.Equal(doc.Speakers, []TermID{"sergey-lavrov", "jon-reed"}) {
		t.Errorf("venues %v, speakers %v", doc.Venues, doc.Speakers)
	}
	if want := []string{"date: the weekday tells it (line 7)", "source: two are named (line 2)"}; !slices.Equal(doc.Review, want) {
		t.Errorf("review %q, want %q", doc.Review, want)
	}
	var names []string
	for _, term := range made {
		names = append(names, term.File()+" "+term.Name)
		if !term.Unverified {
			t.Errorf("%s is not marked unverified", term.File())
		}
	}
	if want := []string{"content/speakers/jon-reed.md Jón Reed", "content/sources/harbour-watch.md Harbour Watch"}; !slices.Equal(names, want) {
		t.Errorf("new terms %q, want %q", names, want)
	}
}

func TestNewPlaceKeepsItsCountry(t *testing.T) {
	d := Draft{Subjects: DraftSubjects{Place: says("Paks, Hungary")}}
	doc, made := d.Document(testVocabulary())
	if doc.Place != "paks" || len(made) != 1 || made[0].Name != "Paks" || made[0].Place.Country != "Hungary" {
		t.Errorf("%q, %+v", doc.Place, made)
	}
}

func TestEmptyDraftHasNothingInvented(t *testing.T) {
	doc, made := (&Draft{}).Document(testVocabulary())
	if len(made) > 0 || doc.Place != "" || doc.Source != "" || doc.Venues != nil || doc.Review != nil || !doc.Date.IsZero() {
		t.Errorf("%+v, %v", doc, made)
	}
}

func TestNewID(t *testing.T) {
	long := "Foreign Minister’s remarks and answers to questions of the media following the talks"
	for _, c := range []struct{ date, title, want string }{
		{"2022-11-12", "Lavrov: East Asia Summit", "2022/11-12-lavrov-east-asia-summit"},
		{"2024-07", "A", "2024/07-a"},
		{"2024", "A", "2024/a"},
		{"", "A", "undated/a"},
		{"XXXX-11-12", "A", "undated/a"},
		{"[2024-07-28..2024-08-08]", "A", "2024/07-28-a"},
		{"2016-07-25/2016-07-26", "A", "2016/07-25-a"},
		{"2022-11-12", "🎉 !", "2022/11-12-untitled"},
		{"2022-11-12", "Ответ на вопрос", "2022/11-12-otvet-na-vopros"},
		{"2022-11-12", "东亚峰会", "2022/11-12-dong-ya-feng-hui"},
		{"2022-11-12", "a_b & c", "2022/11-12-a-b-and-c"},
		{"2022-11-12", long, "2022/11-12-foreign-ministers-remarks-and-answers-to-questions-of-the"},
		{"2022-11-12", strings.Repeat("x", 100), "2022/11-12-" + strings.Repeat("x", 60)},
	} {
		date, err := ParseDate(c.date)
		if err != nil {
			t.Fatal(err)
		}
		id := NewID(date, c.title)
		if string(id) != c.want || !id.WellFormed() {
			t.Errorf("%s %q: %q, want %q", c.date, c.title, id, c.want)
		}
	}
}
