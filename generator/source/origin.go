package source

import (
	"fmt"
	"strings"

	"chancery/generator/archive"
)

// kindWords tell by a title's first words what sort of text it heads.
var kindWords = []struct {
	word string
	kind archive.Kind
}{
	{"comment", "comment"}, {"комментарий", "comment"},
	{"statement", "statement"}, {"joint statement", "statement"}, {"заявление", "statement"}, {"communiqué", "statement"}, {"declaration", "statement"},
	{"press release", "press-release"}, {"media release", "press-release"}, {"пресс-релиз", "press-release"},
	{"press conference", "press-conference"}, {"пресс-конференция", "press-conference"}, {"doorstop", "press-conference"}, {"press briefing", "press-conference"}, {"department press briefing", "press-conference"}, {"брифинг", "press-conference"}, {"briefing", "press-conference"},
	{"interview", "interview"}, {"интервью", "interview"},
	{"speech", "speech"}, {"address", "speech"}, {"remarks", "speech"}, {"выступление", "speech"}, {"речь", "speech"},
	{"transcript", "transcript"}, {"стенограмма", "transcript"}, {"versión estenográfica", "transcript"},
	{"joint press conference", "press-conference"}, {"regular press conference", "press-conference"}, {"weekly media briefing", "press-conference"},
	{"point de presse", "press-conference"}, {"conférence de presse", "press-conference"}, {"conferencia de prensa", "press-conference"}, {"rueda de prensa", "press-conference"}, {"pressekonferenz", "press-conference"}, {"conferenza stampa", "press-conference"}, {"конференція", "press-conference"},
	{"communiqué", "press-release"}, {"comunicado", "press-release"}, {"comunicato stampa", "press-release"}, {"pressemitteilung", "press-release"}, {"nota à imprensa", "press-release"}, {"media note", "press-release"},
	{"déclaration", "statement"}, {"declaración", "statement"}, {"declaração", "statement"}, {"dichiarazione", "statement"}, {"erklärung", "statement"}, {"заява", "statement"}, {"chairman's statement", "statement"}, {"chairman’s statement", "statement"}, {"joint communiqué", "statement"}, {"joint declaration", "statement"},
	{"discours", "speech"}, {"allocution", "speech"}, {"discurso", "speech"}, {"rede ", "speech"}, {"intervento", "speech"}, {"entretien", "interview"}, {"entrevista", "interview"}, {"intervista", "interview"},
	{"указ", "statement"}, {"décret", "statement"}, {"decree", "statement"},
}

// namesKind says whether a line begins by saying what sort of text it heads.
func namesKind(s string) bool {
	lower := strings.ToLower(s)
	for _, w := range kindWords {
		if strings.HasPrefix(lower, w.word) && len(lower) > len(w.word)+3 {
			return true
		}
	}
	return false
}

// kindWithin says whether a line has one of those words and more beside it.
func kindWithin(s string) bool {
	lower := strings.ToLower(s)
	for _, w := range kindWords {
		if i := strings.Index(lower, w.word); i > 0 && len(findDates(lower[:i])) == 0 {
			return true
		}
	}
	return namesKind(s)
}

// refineKind takes the kind from the first words of the title, where the shape
// of the text tells no more than that it is a page or a news text.
func (g *reading) refineKind() {
	if k := g.draft.Form.Kind.Text; k == "wire" || k == "post" {
		return
	}
	title := strings.ToLower(tidyTitle(g.title.text))
	for _, w := range kindWords {
		if strings.HasPrefix(title, w.word) || strings.HasPrefix(title, "transcript of "+w.word) {
			g.draft.Form.Kind = value(string(w.kind), "title", g.title.number, archive.Stated, fmt.Sprintf("the title begins with %s", quote(w.word)))
			return
		}
	}
	if g.kindInHeader() {
		return
	}
	if g.turns() >= 4 {
		g.draft.Form.Kind = value("transcript", "turns", g.lead.number, archive.Stated, "several speakers have turns")
	}
}

// kindInHeader takes the kind from a line of the header that says nothing else.
func (g *reading) kindInHeader() bool {
	text := g.text()
	for _, l := range text[:min(len(text), headerWithin)] {
		says := strings.ToLower(strings.TrimSpace(l.text))
		for _, w := range kindWords {
			if says == w.word || says == w.word+"s" {
				g.draft.Form.Kind = value(string(w.kind), "header", l.number, archive.Stated, fmt.Sprintf("a line of the header says %s", quote(strings.TrimSpace(l.text))))
				return true
			}
		}
	}
	return false
}

func (g *reading) turns() int {
	n := 0
	for _, l := range g.lines {
		if n > 4 {
			break
		}
		n += btoi(dialogue(l.text))
	}
	return n
}

// sourceInTitle takes as source the office that the title names as the text's
// author: "Comment by the Information and Press Department on …".
func (g *reading) sourceInTitle() {
	title := tidyTitle(g.title.text)
	if office, _, ok := strings.Cut(title, "发言人"); ok && strings.HasSuffix(office, "外交部") {
		g.setSource("外交部", "title", g.title.number, archive.Inferred, "the title names the ministry's spokesperson, whose words a ministry publishes itself")
		return
	}
	lower := strings.ToLower(title)
	for _, m := range g.r.names[archive.Sources].find(title) {
		before := strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(lower[:min(m.start, len(lower))]), "the"))
		authored := strings.HasSuffix(before, " by")
		for _, w := range kindWords {
			authored = authored || strings.HasPrefix(lower, w.word) && len(strings.Fields(before)) <= 2
		}
		if authored {
			g.setSource(m.term.Name, "title", g.title.number, archive.Stated, fmt.Sprintf("the title names %s as the author", quote(m.text)))
			return
		}
	}
}
