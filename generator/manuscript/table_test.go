package manuscript

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// said prints the claims of a manuscript, one a line.
func said(m *Manuscript) string {
	var b strings.Builder
	for _, c := range m.Claims {
		fmt.Fprintf(&b, "%s=%s\n", c.Field, c.Text)
	}
	return b.String()
}

// TestARowIsADocument reads tables with each delimiter, in several languages
// and encodings.
func TestARowIsADocument(t *testing.T) {
	for name, c := range map[string]struct{ content, claims string }{
		"commas.csv":     {"\uFEFFHeadline,Published,Body,Speaker(s),Tags,Edition no\r\nFog lifts,2021-04-03,\"The fog lifted.\nBoats sailed.\",Ida Holm; Per Vik,\"fog, boats\",7\r\n", "title=Fog lifts\ndate=2021-04-03\nspeakers=Ida Holm\nspeakers=Per Vik\ntags=fog\ntags=boats\nunread=Edition no: 7\n"},
		"semicolons.csv": {"Titel;Datum;Inhalt;Quelle;Ort\nNebel weg;03.04.2021;\"The fog lifted.\nBoats sailed.\";HND;Port Alder\n", "title=Nebel weg\ndate=03.04.2021\nsource=HND\nplace=Port Alder\n"},
		"tabs.tsv":       {"заголовок\tдата публикации\tтекст\tисточник\tавтор\tязык\nТуман ушёл\t2021-04-03 09:30\t\"The fog lifted.\nBoats sailed.\"\tОТА\tИ. Хольм\tru\n", "title=Туман ушёл\ndate=2021-04-03T09:30\nsource=ОТА\nauthor=И. Хольм\nlanguage=ru\n"},
		"bars.csv":       {"titre|date|texte|lien|langue|type\nBrume|2021|\"The fog lifted.\nBoats sailed.\"|https://harbour.example/1|French, I think|press release\n", "title=Brume\ndate=2021\noriginal=https://harbour.example/1\nunread=langue: French, I think\nkind=press-release\n"},
	} {
		all, problems := read(t, name, c.content)
		if len(all) != 1 || len(problems) > 0 {
			t.Errorf("%s: %d manuscripts, %v", name, len(all), problems)
			continue
		}
		if m := all[0]; said(&m) != c.claims || m.Text() != "The fog lifted.\nBoats sailed.\n" || m.Line != 2 || m.Lines[1].Number != 3 {
			t.Errorf("%s: line %d, %+v\n%s", name, m.Line, m.Lines, said(&m))
		}
	}
	russian := "Заголовок;Текст\nТуман ушёл;Пароход отошёл от пристани ровно в семь\n"
	all, problems := read(t, "x.csv", string(inEncoding(t, russian, "windows-1251")))
	if len(all) != 1 || len(problems) > 0 || said(&all[0]) != "encoding=windows-1251\ntitle=Туман ушёл\n" {
		t.Errorf("%+v, %v", all, problems)
	}
}

// TestOrderOfDayAndMonthIsThatOfTheTable takes the order from a row that tells.
func TestOrderOfDayAndMonthIsThatOfTheTable(t *testing.T) {
	for other, want := range map[string]string{"25/12/2020": "2021-04-03", "12/25/2020": "2021-03-04", "01/02/2020": "03/04/2021", "25/12/2020\",a\n\"12/25/2020": "03/04/2021"} {
		all, problems := read(t, "x.csv", fmt.Sprintf("date,text\n03/04/2021,one\n\"%s\",two\n05/05/2021 10:15,three\n", other))
		if len(all) < 3 || len(problems) > 0 || all[0].Claims[0].Text != want {
			t.Errorf("beside %s: %d rows, %v, %v", other, len(all), problems, all)
			continue
		}
		if got := all[len(all)-1].Claims[0].Text; got != "2021-05-05T10:15" {
			t.Errorf("the same number twice is read as %s", got)
		}
	}
}

// TestBadRowsAreTold imports the others.
func TestBadRowsAreTold(t *testing.T) {
	all, problems := read(t, "x.csv", "title,text\none,text one\ntwo\nthree,\nfour,text \"4\" it\nfive,\"text\n5\",,\nsix,text,more\n")
	var told []string
	for _, p := range problems {
		told = append(told, fmt.Sprint(p.Line, " ", p.What))
	}
	const want = "3 this row has 1 cells and the table 2 columns, so it is not imported\n4 this row has no text, so it is not imported\n5 a quotation mark in this row does not close where its cell ends, so the row is not imported\n8 this row has 3 cells and the table 2 columns, so it is not imported"
	if len(all) != 2 || strings.Join(told, "\n") != want || all[1].Line != 6 {
		t.Errorf("%d rows\n%s", len(all), strings.Join(told, "\n"))
	}
	for content, want := range map[string]string{
		"name,age\nIda,7\n": "the first row names the columns “name”, “age”",
		"title,text\none,\"" + strings.Repeat("word\n", 4<<20):  "is longer than 16 MiB",
		"title,text\n" + strings.Repeat("too,many,cells\n", 30): "10 more rows",
		"text,body\none,two\n":                                  "both hold the body",
		"title\ttext\n":                                         "headings and no rows", "title\ttext\nx": "",
	} {
		_, problems := read(t, "x.csv", content)
		if len(problems) == 0 || !strings.Contains(problems[len(problems)-1].What, want) {
			t.Errorf("%.40q: %v; want %q", content, problems, want)
		}
	}
	if all, _ := read(t, "x.txt", "title,text\none,two\n"); len(all) != 1 || len(all[0].Lines) != 2 {
		t.Errorf("a text with commas is read as %+v", all)
	}
}

func FuzzTable(f *testing.F) {
	f.Add("title,text\none,\"two\nthree\"\n")
	f.Add("date\ttext\n03/04/2021\t\"x\n25/12/2020\ty\n")
	f.Add("text|\xcf\xe0\n|\x00\n\"")
	f.Fuzz(func(t *testing.T, content string) {
		path := filepath.Join(t.TempDir(), "x.csv")
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		file, n := Open(path), 0
		for m := range file.Manuscripts() {
			n++
			if m.Line < 2 || len(m.Lines) == 0 {
				t.Errorf("a row on line %d has %d lines", m.Line, len(m.Lines))
			}
			for _, c := range m.Claims {
				if c.Text == "" || c.Where == "" || c.Field == "" {
					t.Errorf("%+v", c)
				}
			}
		}
		if n == 0 && len(file.Problems) == 0 {
			t.Errorf("nothing is read and nothing told of %q", content)
		}
	})
}
