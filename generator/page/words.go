package page

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"chancery/generator/archive"
)

// pointWords gives a point in the words of a reader: "12 November 2022",
// "November 2022", "2022", "12 November".
func pointWords(p archive.Point) string {
	words := ""
	if p.Day > 0 {
		words = strconv.Itoa(int(p.Day)) + " "
	}
	if p.Month > 0 {
		words += time.Month(p.Month).String() + " "
	}
	if p.Year == 0 {
		words += "(year unknown)"
	} else {
		words += strconv.Itoa(int(p.Year))
	}
	switch p.Mark {
	case '~':
		return "about " + words
	case '?':
		return words + " (uncertain)"
	case '%':
		return "about " + words + " (uncertain)"
	}
	return words
}

// DateWords gives a date in the words of a reader; its doubt is said, never
// dropped. No date is "".
func DateWords(d archive.Date) string {
	switch {
	case d.IsZero():
		return ""
	case d.Span == archive.OneOf:
		from, to := shorten(d.From, d.To)
		return "between " + from + " and " + to
	case d.Span == archive.Interval:
		from, to := shorten(d.From, d.To)
		if d.From.Day > 0 && d.To.Day > 0 && d.From.Month == d.To.Month && from != pointWords(d.From) && d.From.Year == d.To.Year {
			return from + "–" + to
		}
		return from + " – " + to
	}
	return pointWords(d.From)
}

// shorten gives both ends of a range, the first without the year and month that
// the second has too.
func shorten(from, to archive.Point) (string, string) {
	second := pointWords(to)
	if from.Mark != 0 || to.Mark != 0 || from.Year != to.Year || from.Month == 0 || (from.Day == 0) != (to.Day == 0) {
		return pointWords(from), second
	}
	if from.Day > 0 && from.Month == to.Month {
		return strconv.Itoa(int(from.Day)), second
	}
	from.Year = 0
	month := time.Month(from.Month).String()
	if from.Day > 0 {
		return fmt.Sprintf("%d %s", from.Day, month), second
	}
	return month, second
}

// dateTime gives the date as HTML's time element takes it, "" where it is not a
// plain one.
func dateTime(d archive.Date) string {
	if d.Span != archive.Single || !d.HasYear() {
		return ""
	}
	p := d.From
	p.Mark = 0
	return p.String()
}

// spanWords gives the days of an edition.
func spanWords(start, end archive.Day) string {
	d := archive.DateOf(start)
	if end != start {
		d = archive.Date{Span: archive.Interval, From: d.From, To: archive.DateOf(end).From}
	}
	return DateWords(d)
}

// languageNames are the names of languages that archives of this kind meet;
// others are shown by their tag.
var languageNames = map[string]string{
	"ar": "Arabic", "az": "Azerbaijani", "be": "Belarusian", "bg": "Bulgarian", "bn": "Bengali", "cs": "Czech", "da": "Danish", "de": "German", "el": "Greek", "en": "English",
	"es": "Spanish", "et": "Estonian", "fa": "Persian", "fi": "Finnish", "fil": "Filipino", "fr": "French", "he": "Hebrew", "hi": "Hindi", "hr": "Croatian", "hu": "Hungarian",
	"hy": "Armenian", "id": "Indonesian", "it": "Italian", "ja": "Japanese", "ka": "Georgian", "kk": "Kazakh", "km": "Khmer", "ko": "Korean", "ky": "Kyrgyz", "lo": "Lao",
	"lt": "Lithuanian", "lv": "Latvian", "mn": "Mongolian", "ms": "Malay", "my": "Burmese", "ne": "Nepali", "nl": "Dutch", "no": "Norwegian", "pl": "Polish", "pt": "Portuguese",
	"ro": "Romanian", "ru": "Russian", "si": "Sinhala", "sk": "Slovak", "sl": "Slovenian", "sr": "Serbian", "sv": "Swedish", "sw": "Swahili", "ta": "Tamil", "tg": "Tajik",
	"th": "Thai", "tl": "Tagalog", "tr": "Turkish", "uk": "Ukrainian", "ur": "Urdu", "uz": "Uzbek", "vi": "Vietnamese", "zh": "Chinese",
}

func languageWords(tag string) string {
	primary := primaryLanguage(tag)
	if name := languageNames[primary]; name != "" && primary == tag {
		return name
	} else if name != "" {
		return name + " (" + tag + ")"
	}
	return tag
}

func primaryLanguage(tag string) string {
	for i := range len(tag) {
		if tag[i] == '-' {
			return tag[:i]
		}
	}
	return tag
}

// isRightToLeft says whether a language is written from right to left.
func isRightToLeft(tag string) bool {
	switch primaryLanguage(tag) {
	case "ar", "he", "fa", "ur", "yi", "ps", "dv", "syr":
		return true
	}
	return false
}

// count gives a number with its noun: "1 document", "1,204 documents".
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return number(n) + " " + noun + "s"
}

// number gives a number with its thousands set apart.
func number(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

var kindNames = map[archive.Kind]string{
	"wire": "Wire story", "statement": "Statement", "comment": "Comment", "press-release": "Press release", "transcript": "Transcript",
	"press-conference": "Press conference", "interview": "Interview", "speech": "Speech", "report": "Report", "post": "Post",
}

// kindNotes are the names of kinds within a line.
var kindNotes = func() map[archive.Kind]string {
	notes := map[archive.Kind]string{}
	for kind, name := range kindNames {
		notes[kind] = strings.ToLower(name)
	}
	return notes
}()

var facetNames = map[archive.Facet]string{archive.Venues: "Venues", archive.Places: "Places", archive.Speakers: "Speakers", archive.Sources: "Sources"}
