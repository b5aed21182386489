package page

import (
	"fmt"
	"html/template"
	"strings"

	"chancery/generator/content"
	"chancery/generator/problem"
)

// Script is the address of the script by which a page in the preview loads
// itself again; Events is where it hears of changes.
const (
	Script = "/.preview/reload.js"
	Events = "/.preview/events"
)

// A Panel is what the preview shows above a page.
type Panel struct {
	Version         string            // of the archive that is shown
	Root            string            // the folder of the archive
	Here, Elsewhere []problem.Problem // on the page, in the rest of the archive
	Notices         []problem.Problem // on the page
	Doubts          []content.Doubt   // of the page's file
}

// HTML gives the panel: the problems of the page, then those of the rest of the
// archive, then what waits for a person.
func (p *Panel) HTML() template.HTML {
	f := newFragment().markup(`<script src="` + Script + `" data-version="`).text(p.Version).markup(`" data-events="` + Events + `" defer></script>`)
	f.problems("on this page", "problem", p.Here, true)
	f.problems("in the archive", "problem", p.Elsewhere, false)
	f.problems("to look at on this page", "thing", p.Notices, false)
	f.doubts(p.Root, p.Doubts)
	return f.done()
}

// doubts adds the box of what waits for review, each with where it stands and
// how it is settled.
func (f *fragment) doubts(root string, doubts []content.Doubt) {
	if len(doubts) == 0 {
		return
	}
	f.markup(`<details class="preview review" open><summary>Waits for review</summary><p>Check each line against the source document, mend the value in its file, then settle it, `)
	f.markup(`all at once or by one field alone:</p><p><code>`).text(content.AcceptCommand(root, doubts[0].File)).markup(`</code></p><ol>`)
	for i, d := range doubts {
		if i == panelShown {
			f.markup(`<li>`).text(fmt.Sprintf("and %d more", len(doubts)-panelShown)).markup(`</li>`)
			break
		}
		f.doubt(d)
	}
	f.markup(`</ol></details>`)
}

func (f *fragment) doubt(d content.Doubt) {
	f.markup(`<li>`)
	if d.Field != "" {
		f.markup(`<b>`).text(d.Field).markup(`</b> `)
		if d.Value == "" {
			f.markup(`<i>no value</i> `)
		} else {
			f.markup(`<span class="value">`).text(d.Value).markup(`</span> `)
		}
	}
	why, line := d.Why, ""
	if i := strings.LastIndex(why, " (line "); i >= 0 && strings.HasSuffix(why, ")") {
		why, line = why[:i], why[i+len(" (line "):len(why)-1]
	}
	f.markup(`<span class="why">`).text(why).markup(`</span>`)
	if line != "" {
		f.markup(` <span class="evidence">`).text("line " + line + " of the source document").markup(`</span>`)
	}
	f.markup(`<span class="settle"><code>`).text(fmt.Sprintf("%s:%d", d.File, d.Line)).markup(`</code>`)
	if d.Field != "" {
		f.markup(` <code>--field `).text(d.Field).markup(`</code>`)
	}
	f.markup(`</span></li>`)
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
