package main

import (
	"fmt"
	"os"
	"path/filepath"
	"sync/atomic"

	"chancery/bench/hugo"
)

// hugoSite writes the same archive as a Hugo site. Hugo groups pages by single
// terms alone; a venue's years and editions are therefore taxonomies of their
// own, venueyears and venueeditions, of composed terms such as
// "amber-coast-summit-2022". Each has a file that moves its page to the address
// it has in Chancery, /venues/amber-coast-summit/2022/.
type hugoSite struct {
	content  string // the folder; "" where no such site is wanted
	v        vocabulary
	years    [venueCount][years]atomic.Bool
	editions [venueCount][years]atomic.Bool
}

// hugoNames are the fields whose names mean something else to Hugo, or that
// hold one value where a taxonomy wants a list.
var hugoNames = map[string]string{"name": "title", "aliases": "also", "type": "sourcetype",
	"kind": "genre", "place": "places", "source": "sources"}

func (s *hugoSite) begin() error {
	if err := os.CopyFS(filepath.Dir(s.content), hugo.Site); err != nil {
		return err
	}
	for folder, terms := range s.v.folders() {
		for _, t := range terms {
			p := t.page(folder)
			for i, f := range p.fields {
				if name, ok := hugoNames[f.key]; ok && f.key != "place" {
					p.fields[i].key = name
				}
			}
			if folder == "venues" {
				p.fields = append(p.fields, field{"outputs", list("html", "atom")})
			}
			if err := s.writeIndex(folder+"/"+t.id, p); err != nil {
				return err
			}
		}
	}
	return nil
}

func (s *hugoSite) writeIndex(folder string, p page) error {
	p.path = folder + "/_index.md"
	if err := os.MkdirAll(filepath.Join(s.content, folder), 0o755); err != nil {
		return err
	}
	_, err := p.write(s.content, nil)
	return err
}

// page is the document as the Hugo site has it: p with composed terms.
func (s *hugoSite) page(d document, p page) page {
	var ids, byYear, byEdition []string
	year := d.day.Year()
	for _, a := range d.venues {
		id := s.v.venues[a.venue].id
		ids = append(ids, id)
		byYear = append(byYear, fmt.Sprintf("%s-%d", id, year))
		s.years[a.venue][year-firstYear].Store(true)
		if a.edition {
			byEdition = append(byEdition, fmt.Sprintf("%s-%d", id, editionKey(a.venue, year)))
			s.editions[a.venue][year-firstYear].Store(true)
		}
	}
	var fields []field
	for _, f := range p.fields {
		switch f.key {
		case "venues":
			f.value = list(ids...)
		case "place", "source":
			f.value = list(f.value)
		}
		if name, ok := hugoNames[f.key]; ok {
			f.key = name
		}
		fields = append(fields, f)
	}
	p.fields = append(fields, field{"years", fmt.Sprintf("[\"%d\"]", year)},
		field{"venueyears", list(byYear...)}, field{"venueeditions", list(byEdition...)})
	return p
}

// end writes the files of the composed terms that occur.
func (s *hugoSite) end() error {
	for i, venue := range s.v.venues {
		for y := range years {
			year := firstYear + y
			if s.years[i][y].Load() {
				p := composed(venue, fmt.Sprint(year), fmt.Sprint(year))
				if err := s.writeIndex(fmt.Sprintf("venueyears/%s-%d", venue.id, year), p); err != nil {
					return err
				}
			}
			if key := editionKey(i, year); s.editions[i][y].Load() {
				p := composed(venue, fmt.Sprintf("no. %d", key), fmt.Sprintf("editions/%d", key))
				if err := s.writeIndex(fmt.Sprintf("venueeditions/%s-%d", venue.id, key), p); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

func composed(venue term, part, path string) page {
	return page{fields: []field{
		{"title", venue.name + " " + part},
		{"venue", venue.id},
		{"url", "/venues/" + venue.id + "/" + path + "/"},
	}}
}
