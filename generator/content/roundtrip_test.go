package content

import (
	"flag"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"chancery/generator/archive"
	"chancery/generator/problem"

	"go.yaml.in/yaml/v4"
	"pgregory.net/rapid"
)

// TestMain keeps the property tests from writing into the source: their seeds
// are printed.
func TestMain(m *testing.M) {
	flag.Parse()
	if err := flag.Set("rapid.nofailfile", "true"); err != nil {
		panic(err)
	}
	m.Run()
}

// nasty are values that YAML, or this program's own quick reader, might take for
// something else.
var nasty = []string{
	"a: b", "a:b", "a:", ":", ": a", "#tag", "a #b", "a# b", "\"quoted\"", "'quoted'", "it's", "\"", "'", `back\slash`, `\n`, `\`, "no", "No", "NO", "yes", "y", "n", "on", "off",
	"true", "null", "Null", "~", "1e3", "1E3", "0x1f", "017", "1_000", ".5", "+1", "-1", ".inf", "NaN", ".nan", "---", "--- a", "...", "- a", "-", "? a", "?", "!tag", "&anchor", "*alias",
	"[a, b]", "{a: b}", "[", "]", "{", "}", ",", "a, b", "|", ">", ">-", "%TAG", "@at", "`tick`", "=", "<<", "2022-11-12", "10:00", "12:30:45", "😀", "😀 a: b", "שלום", "مرحبا: عالم",
	"\u202eabc", "a\u200bb", "\u200b", "e\u0301", "\u00a0a\u00a0", "\u0085", "\u2028", "a\u2028b", "\ufeffa", "\ufffd", "\ufffe", "\uffff", "\x00", "a\x00b", "\x01", "\x1b[31m", "\x7f", "\t", "\ta", "a\tb", "a\t#b",
	"a\nb", "a\r\nb", "  a  ", " ", "a  b", "…", "–", "«a»", "“a”", "\U000e0001", "\U0010ffff", "a:\u00a0b", "a:\tb", "#", "a:", "- ", "key: \"v\" # c", "---\ntitle: x", "\n---\n",
}

func anyText() *rapid.Generator[string] {
	return rapid.OneOf(rapid.SampledFrom(nasty), rapid.String(), rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(rapid.SampledFrom(nasty), 2, 3).Draw(t, "parts"), "")
	}))
}

// lineText draws what a field of one line can hold: such fields are read without
// white space at their ends and with one space for any within.
func lineText() *rapid.Generator[string] { return rapid.Map(anyText(), asLine) }

func asLine(s string) string { return oneLine(strings.TrimSpace(s)) }

// itemTexts draws a list of lines, which are read without white space at their
// ends; empty ones are none.
func itemTexts() *rapid.Generator[[]string] {
	return rapid.Map(rapid.SliceOfN(rapid.Map(anyText(), strings.TrimSpace), 0, 4), func(list []string) []string {
		return emptyIsNil(slices.DeleteFunc(list, func(s string) bool { return s == "" }))
	})
}

func emptyIsNil[T any](list []T) []T {
	if len(list) == 0 {
		return nil
	}
	return list
}

func anySlug() *rapid.Generator[string] {
	return rapid.OneOf(rapid.SampledFrom([]string{"a", "no", "null", "1e3", "0x1f", "2022", "1", "true", "a-b", "007", "y"}), rapid.StringMatching(`[a-z0-9]([a-z0-9-]{0,8}[a-z0-9])?`))
}

func maybe[T any](g *rapid.Generator[T]) *rapid.Generator[T] {
	var none T
	return rapid.OneOf(rapid.Just(none), g)
}

func slugsOf[S ~string]() *rapid.Generator[[]S] {
	return rapid.Map(rapid.SliceOfNDistinct(anySlug(), 0, 4, rapid.ID[string]), func(list []string) []S {
		var out []S
		for _, s := range list {
			out = append(out, S(s))
		}
		return out
	})
}

func idsOf() *rapid.Generator[[]archive.ID] {
	return rapid.Map(rapid.SliceOfN(rapid.Custom(func(t *rapid.T) archive.ID {
		return archive.ID(anySlug().Draw(t, "folder") + "/" + anySlug().Draw(t, "name"))
	}), 0, 3), emptyIsNil[archive.ID])
}

func anyDay() *rapid.Generator[archive.Day] {
	return rapid.Custom(func(t *rapid.T) archive.Day {
		year := rapid.OneOf(rapid.IntRange(1, 9998), rapid.IntRange(1960, 2030)).Draw(t, "year")
		return archive.DayOf(year, rapid.IntRange(1, 12).Draw(t, "month"), rapid.IntRange(1, 31).Draw(t, "day of month"))
	})
}

func anyPoint() *rapid.Generator[archive.Point] {
	return rapid.Custom(func(t *rapid.T) archive.Point {
		p := archive.DateOf(anyDay().Draw(t, "day")).From
		switch rapid.IntRange(0, 2).Draw(t, "exactness") {
		case 0:
			p.Month, p.Day = 0, 0
		case 1:
			p.Day = 0
		}
		p.Mark = rapid.SampledFrom([]byte{0, 0, '?', '~', '%'}).Draw(t, "mark")
		return p
	})
}

func anyDate() *rapid.Generator[archive.Date] {
	return rapid.Custom(func(t *rapid.T) archive.Date {
		d := archive.Date{From: anyPoint().Draw(t, "from")}
		switch rapid.IntRange(0, 4).Draw(t, "kind") {
		case 0:
			return archive.Date{}
		case 1:
			d.From.Year, d.From.Month, d.From.Day = 0, 2, 29
		case 2, 3:
			d.Span = rapid.SampledFrom([]archive.Span{archive.Interval, archive.OneOf}).Draw(t, "span")
			d.To = anyPoint().Draw(t, "to")
			if _, err := archive.ParseDate(d.String()); err != nil {
				d.From, d.To = d.To, d.From
			}
		}
		return d
	})
}

func webAddresses() *rapid.Generator[string] {
	return rapid.Map(anyText(), func(s string) string {
		s = strings.Map(func(r rune) rune {
			if strings.ContainsRune(" \t\n\"<>", r) {
				return -1
			}
			return r
		}, s)
		return "https://example.org/" + strings.TrimSpace(s)
	})
}

func anyDocument() *rapid.Generator[*archive.Document] {
	return rapid.Custom(func(t *rapid.T) *archive.Document {
		d := &archive.Document{}
		d.ID = "2022/a"
		d.Title = rapid.Map(lineText(), func(s string) string {
			if s == "" {
				return "a title"
			}
			return s
		}).Draw(t, "title")
		d.Date = anyDate().Draw(t, "date")
		d.Time = maybe(rapid.StringMatching(`([01][0-9]|2[0-3]):[0-5][0-9]`)).Draw(t, "time")
		d.Zone = rapid.SampledFrom([]string{"", "Z", "UTC", "+03:00", "-11:30", "Europe/Moscow"}).Draw(t, "zone")
		d.Kind = maybe(rapid.SampledFrom(archive.Kinds)).Draw(t, "kind")
		d.Language = rapid.SampledFrom([]string{"", "en", "no", "zh-Hans", "sr-Latn-RS", "es-419"}).Draw(t, "language")
		d.Place = archive.TermID(maybe(anySlug()).Draw(t, "place"))
		for _, id := range slugsOf[archive.TermID]().Draw(t, "venues") {
			d.Venues = append(d.Venues, archive.VenueRef{Venue: id, Edition: maybe(anySlug()).Draw(t, "edition")})
		}
		d.Speakers = slugsOf[archive.TermID]().Draw(t, "speakers")
		d.Source = archive.TermID(maybe(anySlug()).Draw(t, "source"))
		d.Via = archive.TermID(maybe(anySlug()).Draw(t, "via"))
		d.Original = maybe(webAddresses()).Draw(t, "original")
		d.Retrieved = anyDate().Draw(t, "retrieved")
		d.Summary, d.Rights = lineText().Draw(t, "summary"), lineText().Draw(t, "rights")
		d.Tags, d.Review = itemTexts().Draw(t, "tags"), itemTexts().Draw(t, "review")
		d.TranslationOf, d.SameAs = idsOf().Draw(t, "translation-of"), idsOf().Draw(t, "same-as")
		for _, c := range itemTexts().Draw(t, "corrections") {
			d.Corrections = append(d.Corrections, "2024-03-01: "+c)
		}
		d.Draft, d.PublishOriginal = rapid.Bool().Draw(t, "draft"), rapid.Bool().Draw(t, "publish-original")
		d.Imported = archive.Imported{Source: strings.TrimSpace(maybe(anyText()).Draw(t, "imported source")), File: strings.TrimSpace(maybe(anyText()).Draw(t, "imported file"))}
		return d
	})
}

// TestADocumentIsReadAsItWasWritten writes random documents with every field
// there is and reads them back.
func TestADocumentIsReadAsItWasWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := anyDocument().Draw(t, "document")
		body := strings.Trim(anyText().Draw(t, "body"), "\n")
		file := FormatDocument(d, body)
		r, record := ReadDocument(d.ID, file)
		if problems := problemsOf(r); len(problems) > 0 {
			t.Fatalf("%s\nhas problems: %v", file, problems)
		}
		d.Updated = r.Updated // follows from the others
		back := &archive.Document{Entry: r.Entry, Record: *record}
		tellFields(t, reflect.ValueOf(*back), reflect.ValueOf(*d), file)
		if got := strings.Trim(string(file[r.BodyAt:]), "\n"); got != body {
			t.Fatalf("the body %q is read as %q", body, got)
		}
		if again := FormatDocument(back, body); string(again) != string(file) {
			t.Fatalf("written as\n%s\nand after reading as\n%s", file, again)
		}
	})
}

func problemsOf(r *Reading) []problem.Problem {
	if r.Told == nil {
		return nil
	}
	return r.Told.Problems
}

// tellFields tells which fields of two documents or terms differ.
func tellFields(t *rapid.T, got, want reflect.Value, file []byte) {
	for i := range got.NumField() {
		name := got.Type().Field(i).Name
		g, w := got.Field(i), want.Field(i)
		if got.Type().Field(i).Anonymous {
			tellFields(t, g, w, file)
		} else if !reflect.DeepEqual(g.Interface(), w.Interface()) {
			t.Errorf("%s: read as %q, written as %q, in\n%s", name, fmt.Sprint(g.Interface()), fmt.Sprint(w.Interface()), file)
		}
	}
}

func anyTerm(f archive.Facet) *rapid.Generator[*archive.Term] {
	return rapid.Custom(func(t *rapid.T) *archive.Term {
		term := &archive.Term{Facet: f, ID: "a"}
		term.Name = asLine("N" + anyText().Draw(t, "name"))
		term.Aliases = itemTexts().Draw(t, "aliases")
		term.Unverified = rapid.Bool().Draw(t, "unverified")
		term.Review = itemTexts().Draw(t, "review")
		term.Text = strings.TrimSpace(anyText().Draw(t, "text"))
		switch f {
		case archive.Venues:
			term.Venue.Abbreviations = itemTexts().Draw(t, "abbreviations")
			for _, h := range itemTexts().Draw(t, "hashtags") {
				if h = strings.TrimSpace(strings.TrimLeft(h, "#")); h != "" {
					term.Venue.Hashtags = append(term.Venue.Hashtags, h)
				}
			}
			term.Venue.Parent = archive.TermID(maybe(anySlug()).Draw(t, "parent"))
			term.Venue.Since = maybe(rapid.IntRange(1000, 9999)).Draw(t, "since")
			for _, key := range slugsOf[string]().Draw(t, "editions") {
				e := archive.Edition{Key: key, Start: maybe(anyDay()).Draw(t, "start"), Place: archive.TermID(maybe(anySlug()).Draw(t, "place"))}
				e.End = e.Start
				if e.Start != 0 {
					e.End += archive.Day(rapid.IntRange(0, 9).Draw(t, "days"))
				}
				if e.End == 0 {
					e.Start = 0
				}
				term.Venue.Editions = append(term.Venue.Editions, e)
			}
		case archive.Places:
			term.Place.Country = lineText().Draw(t, "country")
			if term.Place.Located = rapid.Bool().Draw(t, "located"); term.Place.Located {
				term.Place.Latitude, term.Place.Longitude = rapid.Float64Range(-90, 90).Draw(t, "latitude"), rapid.Float64Range(-180, 180).Draw(t, "longitude")
			}
		case archive.Speakers:
			term.Speaker = archive.Speaker{SortName: lineText().Draw(t, "sort-name"), Office: lineText().Draw(t, "office")}
			for range rapid.IntRange(0, 2).Draw(t, "offices") {
				o := archive.Office{Title: asLine("P" + anyText().Draw(t, "title")), Of: lineText().Draw(t, "of"), Start: anyDay().Draw(t, "start")}
				if rapid.Bool().Draw(t, "ended") {
					o.End = o.Start + archive.Day(rapid.IntRange(0, 9).Draw(t, "days"))
				}
				term.Speaker.Offices = append(term.Speaker.Offices, o)
			}
		case archive.Sources:
			term.Source = archive.Source{Type: lineText().Draw(t, "type"), Home: maybe(webAddresses()).Draw(t, "home")}
		}
		return term
	})
}

func TestATermIsReadAsItWasWritten(t *testing.T) {
	for _, f := range archive.Facets {
		t.Run(f.Singular(), func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				term := anyTerm(f).Draw(t, "term")
				file := FormatTerm(term)
				r := ReadTerm(f, term.ID, file)
				if len(r.Problems) > 0 {
					t.Fatalf("%s\nhas problems: %v", file, r.Problems)
				}
				tellFields(t, reflect.ValueOf(r.Term), reflect.ValueOf(*term), file)
				if again := FormatTerm(&r.Term); string(again) != string(file) {
					t.Fatalf("written as\n%s\nand after reading as\n%s", file, again)
				}
			})
		})
	}
}

func TestAVenueMayBeOlderThanAThousandYears(t *testing.T) {
	term := &archive.Term{Facet: archive.Venues, ID: "council", Name: "Council", Venue: archive.Venue{Since: 451}}
	file := FormatTerm(term)
	if r := ReadTerm(archive.Venues, "council", file); len(r.Problems) > 0 || r.Venue.Since != 451 {
		t.Errorf("%s\nis read as since %d, with %v", file, r.Venue.Since, r.Problems)
	}
}

func TestAnEditionMayBeginOnAnyDay(t *testing.T) {
	day := archive.DayOf(1970, 1, 1)
	file := "---\nname: Council\neditions:\n  - key: \"1\"\n    start: 1970-01-01\n    end: 1970-01-02\n---\n"
	if r := ReadTerm(archive.Venues, "council", []byte(file)); len(r.Venue.Editions) != 1 || r.Venue.Editions[0].Start != day || string(FormatTerm(&r.Term)) != file {
		t.Errorf("%s\nis written as\n%s", file, FormatTerm(&r.Term))
	}
}

// TestEveryFieldIsWrittenAndRead sees to it that the random documents and terms
// above leave no row of the tables out.
func TestEveryFieldIsWrittenAndRead(t *testing.T) {
	seen := map[string]bool{}
	for seed := range 60 {
		d := anyDocument().Example(seed)
		for _, f := range DocumentFields {
			seen["document "+f.Key] = seen["document "+f.Key] || !isEmpty(f.write(d))
		}
		for _, facet := range archive.Facets {
			term := anyTerm(facet).Example(seed)
			for _, f := range TermFields(facet) {
				seen[facet.Singular()+" "+f.Key] = seen[facet.Singular()+" "+f.Key] || !isEmpty(f.write(term))
			}
		}
	}
	for field, filled := range seen {
		if !filled {
			t.Errorf("no document or term had the field %s", field)
		}
	}
}

// FuzzQuotedValueIsReadBackByYAML holds quote against the YAML library: whatever
// it wrote, with or without quotation marks, is text again and the same.
func FuzzQuotedValueIsReadBackByYAML(f *testing.F) {
	for _, s := range nasty {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if !utf8.ValidString(s) {
			return
		}
		for _, form := range []string{"key: %s\n", "key:\n  - %s\n", "key:\n  - key: %s\n"} {
			text := fmt.Sprintf(form, quote(s))
			var node yaml.Node
			if err := yaml.Unmarshal([]byte(text), &node); err != nil {
				t.Fatalf("%q was written as %q, which YAML does not read: %v", s, text, err)
			}
			n := node.Content[0].Content[1]
			for len(n.Content) > 0 {
				n = n.Content[len(n.Content)-1]
			}
			if n.Kind != yaml.ScalarNode || n.Tag == "!!null" || n.Value != s {
				t.Fatalf("%q was written as %q and read as %q %s", s, text, n.Value, n.Tag)
			}
			top, err := parseYAML([]byte(text), 1)
			if err != nil {
				t.Fatal(err)
			}
			here := top.items[1]
			for len(here.items) > 0 {
				here = here.items[len(here.items)-1]
			}
			if here.form != scalar || here.text != s {
				t.Fatalf("%q was written as %q and read here as %q", s, text, here.text)
			}
		}
	})
}
