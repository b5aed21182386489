package page

import (
	"html/template"
	"reflect"
	"slices"
)

// A Frame is what the value of every page holds. Like all values that templates
// see it has only texts in exported fields, and no methods: a page's key digests
// them, or what they are made from.
type Frame struct {
	Site    Site          // what all pages share
	Title   string        // of the browser's tab
	Address string        // the page's own address, absolute; "" where the archive has no base URL
	Head    template.HTML // what belongs into <head>: title, description, addresses, style sheet, feed
	Crumbs  template.HTML // the way from the home page to this one, items of a list
	Preview template.HTML // problems, in `serve` alone
}

// Site is what all pages share.
type Site struct {
	Title      string        // the archive's name
	Language   string        // BCP 47, of the archive's own words
	Home       string        // the address of the home page: "/"
	Name       template.HTML // a link to the home page
	Navigation template.HTML // links to the indexes, items of a list
	Footer     template.HTML // publisher and licence
}

// Home is the value of home.html.
type Home struct {
	Frame
	Heading string        // of the page
	About   string        // what the archive is
	Latest  template.HTML // its latest documents, a list
	Matrix  template.HTML // venues by years, a table of counts
	Cite    string        // how to cite the archive
}

// Document is the value of document.html.
type Document struct {
	Frame
	Heading    template.HTML // the title as <h1>, in its language
	Facts      template.HTML // the metadata, rows of a description list
	Summary    template.HTML // the abstract, a paragraph
	Body       template.HTML // the text in its language, <div class="text">
	Files      template.HTML // what goes with the document, items of a list
	Permanent  template.HTML // a link to the page's own address
	Related    template.HTML // translations, same texts, other documents of its edition: sections
	Neighbours template.HTML // the documents before and after it: links
}

// Term is the value of term.html: a venue, place, speaker or source.
type Term struct {
	Frame
	Heading   string        // of the page
	Facts     template.HTML // the metadata, rows of a description list
	Text      template.HTML // what its file says of it
	Editions  template.HTML // its meetings, or those held at the place: a table
	Years     template.HTML // its years with counts, a list
	Parts     template.HTML // the venues that belong to it, a list
	Documents template.HTML // its documents, or the latest of them
	Shown     string        // how many: "12 documents", "The latest 10 of 340 documents"
	Pager     template.HTML // links to the pages before and after, or ""
}

// Listing is the value of listing.html: a year, a venue's year, an edition.
type Listing struct {
	Frame
	Heading   string        // of the page
	Facts     template.HTML // rows of a description list
	Shown     string        // how many: "12 documents"
	Documents template.HTML // lists under headings of months and years
	Pager     template.HTML // links to the pages before and after, or ""
}

// Index is the value of index.html: all terms of a facet, or all years.
type Index struct {
	Frame
	Heading string        // of the page
	Shown   string        // how many
	Items   template.HTML // items of a list, each with its count
}

// Missing is the value of 404.html.
type Missing struct {
	Frame
	Heading string // of the page
}

// views is the table of templates: each with an empty value of its kind.
var views = map[string]any{
	"home.html": &Home{}, "document.html": &Document{}, "term.html": &Term{},
	"listing.html": &Listing{}, "index.html": &Index{}, "404.html": &Missing{},
}

// viewFields gives the names of the values that a kind of page has, for
// messages.
func viewFields(kind string) []string {
	for _, v := range views {
		t := reflect.TypeOf(v).Elem()
		if t.Name() == kind {
			return fieldNames(t)
		}
	}
	return fieldNames(map[string]reflect.Type{"Frame": reflect.TypeFor[Frame](), "Site": reflect.TypeFor[Site]()}[kind])
}

func fieldNames(t reflect.Type) []string {
	var names []string
	if t == nil {
		return names
	}
	for _, f := range reflect.VisibleFields(t) {
		if !f.Anonymous {
			names = append(names, f.Name)
		}
	}
	slices.Sort(names)
	return names
}

// filled gives a value like the empty one, with text in all its fields.
func filled(empty any) any {
	v := reflect.New(reflect.TypeOf(empty).Elem())
	fill(v.Elem())
	return v.Interface()
}

func fill(v reflect.Value) {
	for i := range v.NumField() {
		switch f := v.Field(i); f.Kind() {
		case reflect.String:
			f.SetString("x")
		case reflect.Struct:
			fill(f)
		}
	}
}
