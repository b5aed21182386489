package page

import (
	"fmt"
	"html/template"

	"chancery/generator/problem"
)

// Script is the address of the script by which a page in the preview loads
// itself again; Events is where it hears of changes.
const (
	Script = "/.preview/reload.js"
	Events = "/.preview/events"
)

// Panel gives what the preview shows above a page: the problems of the page,
// then those of the rest of the archive, then what waits for a person.
func Panel(version string, here, elsewhere, waiting []problem.Problem) template.HTML {
	f := newFragment().markup(`<script src="` + Script + `" data-version="`).text(version).markup(`" data-events="` + Events + `" defer></script>`)
	f.problems("on this page", "problem", here, true)
	f.problems("in the archive", "problem", elsewhere, false)
	f.problems("to look at on this page", "value", waiting, false)
	return f.done()
}

// panelShown bounds the problems that a page lists.
const panelShown = 50

func (f *fragment) problems(where, noun string, problems []problem.Problem, open bool) {
	if len(problems) == 0 {
		return
	}
	f.markup(`<details class="preview"`)
	if open {
		f.markup(` open`)
	}
	f.markup(`><summary>`).text(count(len(problems), noun) + " " + where).markup(`</summary><ol>`)
	for i, p := range problems {
		if i == panelShown {
			f.markup(`<li>`).text(fmt.Sprintf("and %d more", len(problems)-panelShown)).markup(`</li>`)
			break
		}
		f.markup(`<li><code>`).text(p.File)
		if p.Line > 0 {
			f.text(fmt.Sprintf(":%d", p.Line))
		}
		f.markup(`</code><br>`).text(p.What)
		if p.Mend != "" {
			f.markup(`<br><b>Mend:</b> `).text(p.Mend)
		}
		f.markup(`</li>`)
	}
	f.markup(`</ol></details>`)
}

// ProblemPage gives a page that shows problems in place of one that cannot be
// made. It uses no template: those may be what has the problem.
func ProblemPage(version, title, text string, problems []problem.Problem) []byte {
	f := newFragment().markup(`<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>`).text(title).
		markup(`</title><style>:root{color-scheme:light dark}body{font:1.0625rem/1.5 system-ui,sans-serif;max-width:46rem;margin:3rem auto;padding:0 1.25rem}li{margin-bottom:1rem}</style><h1>`).
		text(title).markup(`</h1><p>`).text(text).markup(`</p>`)
	f.problems("to mend", "problem", problems, true)
	f.markup(`<script src="` + Script + `" data-version="`).text(version).markup(`" data-events="` + Events + `"></script></html>`)
	return []byte(f.done())
}
