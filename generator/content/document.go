package content

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"chancery/generator/archive"
)

// reviewKey is the key of the lines that wait for a person.
const reviewKey = "review"

// DocumentFields is the table of a document's metadata, in the order in which
// it is written.
var DocumentFields = []Field[archive.Document]{
	{"title", "text of one line", "The document's title as its source gives it. Required.",
		func(v value, d *archive.Document) { d.Title = oneLine(v.one()) },
		func(d *archive.Document) any { return d.Title }},
	{"date", "an EDTF date: " + archive.DateForms, "When the document was given. Left out where nobody knows.",
		func(v value, d *archive.Document) { d.Date = v.date() },
		func(d *archive.Document) any {
			if d.Date.Span == archive.OneOf {
				return d.Date.String()
			}
			return verbatim(d.Date.String())
		}},
	{"time", "hours and minutes: 10:00", "The time of day that the source gives, in `zone`.",
		readTime, func(d *archive.Document) any { return d.Time }},
	{"zone", "+03:00, Z or a name such as Europe/Moscow", "The time zone of `time`, where the source tells it.",
		readZone, func(d *archive.Document) any { return d.Zone }},
	{"kind", "one of " + kindList(), "What sort of text it is.",
		readKind, func(d *archive.Document) any { return string(d.Kind) }},
	{"place", "the ID of a file in content/places", "Where the document was given.",
		func(v value, d *archive.Document) { d.Place = archive.TermID(v.slug()) },
		func(d *archive.Document) any { return string(d.Place) }},
	{"venues", "a list of IDs of files in content/venues, each with its edition where it is known: east-asia-summit/17", "What meetings or bodies it is about.",
		readVenues, func(d *archive.Document) any { return stringsOf(d.Venues, archive.VenueRef.String) }},
	{"speakers", "a list of IDs of files in content/speakers", "Who speaks in it.",
		func(v value, d *archive.Document) { d.Speakers = slugs[archive.TermID](v) },
		func(d *archive.Document) any { return stringsOf(d.Speakers, termString) }},
	{"source", "the ID of a file in content/sources", "Who published it.",
		func(v value, d *archive.Document) { d.Source = archive.TermID(v.slug()) },
		func(d *archive.Document) any { return string(d.Source) }},
	{"via", "the ID of a file in content/sources", "The channel or site it came by, where that is not its source.",
		func(v value, d *archive.Document) { d.Via = archive.TermID(v.slug()) },
		func(d *archive.Document) any { return string(d.Via) }},
	{"language", "a BCP 47 tag: en, ru, zh-Hans", "The language of the text.",
		readLanguage, func(d *archive.Document) any { return d.Language }},
	{"original", "an address that begins with https:// or http://", "The address at which the source published it.",
		func(v value, d *archive.Document) { d.Original = v.webAddress() },
		func(d *archive.Document) any { return d.Original }},
	{"retrieved", "an EDTF date: 2022-11-12", "When it was taken from there.",
		func(v value, d *archive.Document) { d.Retrieved = v.date() },
		func(d *archive.Document) any { return verbatim(d.Retrieved.String()) }},
	{"summary", "text of one line", "An abstract of a sentence or two, shown in listings and feeds.",
		func(v value, d *archive.Document) { d.Summary = oneLine(v.one()) },
		func(d *archive.Document) any { return d.Summary }},
	{"tags", "a list of words", "Free keywords.",
		func(v value, d *archive.Document) { d.Tags = v.texts() },
		func(d *archive.Document) any { return d.Tags }},
	{"translation-of", "a list of document IDs: 2022/11-12-lavrov-east-asia-summit", "The documents that this one translates.",
		func(v value, d *archive.Document) { d.TranslationOf = documentIDs(v) },
		func(d *archive.Document) any { return stringsOf(d.TranslationOf, idString) }},
	{"same-as", "a list of document IDs: 2022/11-12-lavrov-east-asia-summit", "The documents that hold the same text.",
		func(v value, d *archive.Document) { d.SameAs = documentIDs(v) },
		func(d *archive.Document) any { return stringsOf(d.SameAs, idString) }},
	{"rights", "text of one line", "Who owns the text and what may be done with it.",
		func(v value, d *archive.Document) { d.Rights = oneLine(v.one()) },
		func(d *archive.Document) any { return d.Rights }},
	{"corrections", `a list of lines that begin with a day: "2024-03-01: a name was misspelt"`, "What was changed in the record since it was published.",
		readCorrections, func(d *archive.Document) any { return d.Corrections }},
	{"draft", "true or false", "True keeps the document out of the site; `serve` shows it.",
		func(v value, d *archive.Document) { d.Draft = v.flag() },
		func(d *archive.Document) any { return d.Draft }},
	{"publish-original", "true or false", "True publishes the files in the folder `original`, which are kept and not published otherwise.",
		func(v value, d *archive.Document) { d.PublishOriginal = v.flag() },
		func(d *archive.Document) any { return d.PublishOriginal }},
	{reviewKey, `a list of lines: "date: the year is inferred (line 7)"`, "What `import` inferred. Delete a line once you have checked it, or have `chancery import --accept` delete it.",
		func(v value, d *archive.Document) { d.Review = v.texts() },
		func(d *archive.Document) any { return d.Review }},
	{"imported", "source and file, each a digest", "By what `import` knows the document again. Leave it alone.",
		readImported, writeImported},
}

func kindList() string {
	kinds := make([]string, len(archive.Kinds))
	for i, k := range archive.Kinds {
		kinds[i] = string(k)
	}
	return strings.Join(kinds, ", ")
}

// oneLine gives text with one space for any white space in it.
func oneLine(s string) string {
	after := ' ' // no space at the beginning
	for _, r := range s {
		if unicode.IsSpace(r) && (r != ' ' || after == ' ') {
			return strings.Join(strings.Fields(s), " ")
		}
		after = r
	}
	return strings.TrimSuffix(s, " ") // nearly all text comes here
}

var (
	timeForm     = regexp.MustCompile(`^(?:[01]\d|2[0-3]):[0-5]\d$`)
	zoneForm     = regexp.MustCompile(`^(?:Z|UTC|[+-](?:0\d|1[0-4]):[0-5]\d|[A-Z][A-Za-z_]+/[A-Za-z_/+-]+)$`)
	languageForm = regexp.MustCompile(`^[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|\d{3}))?$`)
	dayPrefix    = regexp.MustCompile(`^(\d{4}-\d{2}-\d{2})\b`)
)

func readTime(v value, d *archive.Document) {
	if d.Time = v.one(); d.Time != "" && !timeForm.MatchString(d.Time) {
		v.refuse("this is not a time of day")
	}
}

func readZone(v value, d *archive.Document) {
	if d.Zone = v.one(); d.Zone != "" && !zoneForm.MatchString(d.Zone) {
		v.refuse("this is not a time zone")
	}
}

func readKind(v value, d *archive.Document) {
	d.Kind = archive.Kind(v.one())
	if d.Kind != "" && !slices.Contains(archive.Kinds, d.Kind) {
		v.refuse("there is no such kind")
	}
}

func readLanguage(v value, d *archive.Document) {
	if d.Language = v.one(); d.Language != "" && !languageForm.MatchString(d.Language) {
		v.refuse("this is not a language tag")
	}
}

func (v value) webAddress() string {
	s := v.one()
	if s != "" && (!strings.HasPrefix(s, "https://") && !strings.HasPrefix(s, "http://") || strings.ContainsAny(s, " \t\n\"<>")) {
		v.refuse("this is not an address on the web")
		return ""
	}
	return s
}

// slugs reads a list of IDs; one that stands twice is told and kept once.
func slugs[S ~string](v value) []S {
	var ids []S
	for _, item := range v.values() {
		id := S(item.slug())
		if id == "" {
			continue
		}
		if slices.Contains(ids, id) {
			item.tell(item.line, "delete one of them", "%s: %q stands here twice", v.key, id)
			continue
		}
		ids = append(ids, id)
	}
	return ids
}

func readVenues(v value, d *archive.Document) {
	for _, item := range v.values() {
		written := item.one()
		if written == "" {
			continue
		}
		ref := archive.ParseVenueRef(written)
		if !archive.IsSlug(string(ref.Venue)) || ref.Edition == "" && strings.Contains(written, "/") || ref.Edition != "" && !archive.IsSlug(ref.Edition) {
			item.refuse("an ID has lower-case letters, digits and hyphens alone, and one slash before the edition")
			continue
		}
		if slices.Contains(d.Venues, ref) {
			item.tell(item.line, "delete one of them", "venues: %q stands here twice", written)
			continue
		}
		d.Venues = append(d.Venues, ref)
	}
}

func documentIDs(v value) []archive.ID {
	var ids []archive.ID
	for _, item := range v.values() {
		id := archive.ID(strings.Trim(strings.TrimSuffix(item.one(), ".md"), "/"))
		if id == "" {
			continue
		}
		if !id.WellFormed() {
			item.refuse("this is not the ID of a document")
			continue
		}
		ids = append(ids, id)
	}
	return ids
}

func readCorrections(v value, d *archive.Document) {
	for _, item := range v.values() {
		line := strings.TrimSpace(item.written())
		m := dayPrefix.FindString(line)
		if _, err := archive.ParseDate(m); m == "" || err != nil {
			item.refuse("a correction begins with its day")
			continue
		}
		d.Corrections = append(d.Corrections, line)
	}
}

func stringsOf[T any](list []T, name func(T) string) []string {
	out := make([]string, len(list))
	for i, x := range list {
		out[i] = name(x)
	}
	return out
}

func termString(id archive.TermID) string { return string(id) }
func idString(id archive.ID) string       { return string(id) }

var importedFields = []Field[archive.Imported]{
	{"source", "a digest", "", func(v value, i *archive.Imported) { i.Source = v.one() }, func(i *archive.Imported) any { return i.Source }},
	{"file", "a digest", "", func(v value, i *archive.Imported) { i.File = v.one() }, func(i *archive.Imported) any { return i.File }},
}

func readImported(v value, d *archive.Document) {
	if v.form != group {
		v.refuse("this is not a group of keys")
		return
	}
	readGroup(v, importedFields, &d.Imported)
}

func writeImported(d *archive.Document) any {
	if d.Imported == (archive.Imported{}) {
		return nil
	}
	return pairsOf(importedFields, &d.Imported)
}

// updated gives the last day on which the record is known to have changed:
// its last correction, else when it was retrieved.
func updated(d *archive.Document) archive.Day {
	var day archive.Day
	for _, c := range d.Corrections {
		if date, err := archive.ParseDate(dayPrefix.FindString(c)); err == nil && !date.IsZero() {
			first, _ := date.Bounds()
			day = max(day, first)
		}
	}
	if day == 0 && d.Retrieved.HasYear() {
		_, day = d.Retrieved.Bounds()
	}
	return day
}
