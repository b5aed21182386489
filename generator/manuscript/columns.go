package manuscript

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"

	"chancery/generator/archive"

	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"
)

// headingsOf lists the headings that name a column's field.
var headingsOf = []struct{ field, names string }{
	{"body", "text, body, content, full text, article, transcript, текст, содержание, содержимое, полный текст, texte, contenu, corps, inhalt, volltext, texto, contenido, cuerpo"},
	{"title", "title, headline, heading, заголовок, название, заглавие, titre, intitulé, titel, überschrift, schlagzeile, título, titulo, titular, encabezado"},
	{"date", "date, published, published at, published on, publication date, pubdate, created, дата, дата публикации, опубликовано, publié, publié le, date de publication, datum, veröffentlicht, veröffentlicht am, erscheinungsdatum, fecha, fecha de publicación, publicado"},
	{"time", "time, время, heure, uhrzeit, zeit, hora"},
	{"zone", "zone, timezone, time zone, часовой пояс, fuseau horaire, zeitzone, zona horaria"},
	{"original", "url, link, uri, original, web address, permalink, ссылка, адрес, оригинал, lien, adresse, verweis, enlace, dirección"},
	{"source", "source, agency, publisher, outlet, newspaper, источник, агентство, издатель, издание, agence, éditeur, quelle, agentur, verlag, herausgeber, fuente, agencia, editor"},
	{"place", "place, location, city, место, город, lieu, ville, ort, stadt, lugar, ciudad"},
	{"speakers", "speakers, speaker, выступающий, выступающие, докладчик, докладчики, спикер, спикеры, orateur, orateurs, intervenant, intervenants, redner, sprecher, orador, oradores, ponente, ponentes"},
	{"author", "author, authors, by, byline, автор, авторы, auteur, auteurs, autor, autoren, autores, verfasser"},
	{"language", "language, lang, язык, langue, sprache, idioma, lengua"},
	{"tags", "tags, tag, keywords, keyword, subjects, теги, тег, ключевые слова, метки, mots clés, étiquettes, schlagwörter, schlagworte, stichwörter, etiquetas, palabras clave"},
	{"summary", "summary, abstract, description, lead, аннотация, описание, краткое содержание, лид, résumé, chapeau, zusammenfassung, beschreibung, resumen, descripción, sumario"},
	{"kind", "kind, type, genre, тип, вид, жанр, art, typ, gattung, tipo, género"},
	{"rights", "rights, licence, license, copyright, права, лицензия, droits, rechte, lizenz, derechos, licencia"},
	{"retrieved", "retrieved, accessed, получено, дата обращения, consulté le, abgerufen, abgerufen am, consultado"},
}

var fieldsByHeading = sync.OnceValue(func() map[string]string {
	fields := map[string]string{}
	for _, h := range headingsOf {
		for name := range strings.SplitSeq(h.names, ", ") {
			fields[name] = h.field
		}
	}
	return fields
})

// fieldOf gives the field that a heading names, "unread" where it names none.
func fieldOf(heading string) string {
	heading = norm.NFC.String(strings.ToLower(strings.ReplaceAll(heading, "(s)", "s")))
	words := strings.FieldsFunc(heading, func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) && !unicode.IsMark(c) })
	if field, ok := fieldsByHeading()[strings.Join(words, " ")]; ok {
		return field
	}
	return "unread"
}

// headingsKnown lists a heading for each field.
func headingsKnown() string {
	var names []string
	for _, h := range headingsOf {
		first, _, _ := strings.Cut(h.names, ", ")
		names = append(names, first)
	}
	return strings.Join(names, ", ") + ", and their names in Russian, French, German and Spanish"
}

// claims makes the claims of a cell.
func (c column) claims(cell string, line int, order dateOrder) []Claim {
	claim := Claim{Field: c.field, Text: cell, Where: fmt.Sprintf("the column “%s”", c.heading), Line: line}
	switch c.field {
	case "date", "retrieved":
		if claim.Text = order.plain(cell); claim.Text != cell {
			claim.Where += fmt.Sprintf(", by its “%s”,", cell)
		}
	case "tags":
		return split(claim, ",;|\n")
	case "speakers":
		return split(claim, ";|\n")
	case "language":
		if tag, err := language.Parse(cell); err != nil || tag == language.Und {
			return []Claim{c.unread(claim)}
		}
	case "original":
		if !strings.Contains(cell, "://") {
			return []Claim{c.unread(claim)}
		}
	case "kind":
		kind := strings.ReplaceAll(strings.ToLower(cell), " ", "-")
		if !slices.Contains(archive.Kinds, archive.Kind(kind)) {
			return []Claim{c.unread(claim)}
		}
		claim.Text = kind
	case "unread":
		return []Claim{c.unread(claim)}
	}
	return []Claim{claim}
}

func (c column) unread(claim Claim) Claim {
	claim.Field, claim.Text = "unread", c.heading+": "+claim.Text
	return claim
}

// split makes a claim of each part of a value.
func split(whole Claim, marks string) []Claim {
	var all []Claim
	for part := range strings.FieldsFuncSeq(whole.Text, func(c rune) bool { return strings.ContainsRune(marks, c) }) {
		if part = strings.TrimSpace(part); part != "" {
			one := whole
			one.Text = part
			all = append(all, one)
		}
	}
	return all
}

// A dateOrder says which of the first two numbers of a date is the day.
type dateOrder struct{ dayFirst, monthFirst bool }

var numberedDate = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^(\d{1,2})([/-])(\d{1,2})[/-](\d{4})(?:[T ,]+(\d{1,2}:\d\d.*))?$`)
})

var isoTime = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^(\d{4}-\d\d-\d\d) +(\d{1,2}:\d\d.*)$`)
})

// see takes what one date tells of the order of all.
func (o *dateOrder) see(cell string) {
	if m := numberedDate().FindStringSubmatch(strings.TrimSpace(cell)); m != nil {
		o.dayFirst = o.dayFirst || number(m[1]) > 12
		o.monthFirst = o.monthFirst || number(m[3]) > 12
	}
}

// plain gives a date as EDTF where its order is told, else as it is written.
func (o dateOrder) plain(cell string) string {
	if m := isoTime().FindStringSubmatch(cell); m != nil {
		return m[1] + "T" + m[2]
	}
	m := numberedDate().FindStringSubmatch(cell)
	if m == nil {
		return cell
	}
	first, second := number(m[1]), number(m[3])
	day, month := first, second
	switch {
	case first == second:
	case o.dayFirst == o.monthFirst: // no date tells, or they contradict each other
		if first <= 12 && second <= 12 {
			return cell
		}
		if second > 12 {
			day, month = second, first
		}
	case o.monthFirst:
		day, month = second, first
	}
	if month < 1 || month > 12 || day < 1 || day > 31 {
		return cell
	}
	date := fmt.Sprintf("%s-%02d-%02d", m[4], month, day)
	if m[5] != "" {
		date += "T" + m[5]
	}
	return date
}

func number(digits string) int {
	n := 0
	for _, c := range digits {
		n = 10*n + int(c-'0')
	}
	return n
}

// orderOfDates reads all rows for what their dates tell of the order of day
// and month.
func (t *table) orderOfDates() (order dateOrder) {
	at := slices.IndexFunc(t.columns, func(c column) bool { return c.field == "date" })
	if at < 0 {
		return order
	}
	for {
		row, err := t.next()
		if err != nil {
			return order
		}
		order.see(row[at])
	}
}
