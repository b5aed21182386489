package manuscript

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// isTable says whether the file is a table by its name, and not by its bytes
// something else.
func isTable(f *File) bool {
	if f.Extension() != ".csv" && f.Extension() != ".tsv" {
		return false
	}
	return isText(f)
}

// A table is a file of rows, one document each, under a row of headings.
type table struct {
	file    *File
	text    *textReader
	rows    *csv.Reader
	from    *partsReader
	columns []column
	order   dateOrder
	wrong   int // rows that were told
}

// A column is one with its heading, and the field that it holds: "body",
// "unread", or that of a claim.
type column struct{ heading, field string }

// readTable reads each row as one manuscript. It reads the file twice where
// dates are written in numbers: their order is that of all rows.
func readTable(f *File, yield func(Manuscript) bool) {
	silent := *f
	var order dateOrder
	if t, close := openTable(&silent); t != nil {
		order = t.orderOfDates()
		close()
	}
	t, close := openTable(f)
	if t == nil {
		return
	}
	defer close()
	t.order = order
	given := 0
	for {
		row, err := t.next()
		if err != nil {
			break
		}
		if m, ok := t.manuscript(row); ok {
			given++
			if !yield(m) {
				break
			}
		}
	}
	if given == 0 && len(f.Problems) == 0 {
		f.Tell(0, "the table has headings and no rows, so nothing is imported", "look whether it was saved whole")
	}
	if t.wrong > mostWrong {
		f.Tell(0, fmt.Sprintf("%d more rows like these are not imported", t.wrong-mostWrong), "mend them as those above, and import the file again")
	}
	t.text.damage.tell(f)
}

// mostWrong bounds how many rows are told one by one.
const mostWrong = 20

// openTable opens a file and reads its headings; nil where it has told why it
// cannot.
func openTable(f *File) (*table, func()) {
	r, err := f.Reader()
	if err != nil {
		f.tellUnread(err)
		return nil, nil
	}
	t := &table{file: f, text: &textReader{file: f, from: r, cutting: cutting{1 << 20, 1 << 20, usualCutting.longest}, line: 1}}
	t.from = &partsReader{text: t.text}
	t.rows = csv.NewReader(t.from)
	t.rows.FieldsPerRecord, t.rows.ReuseRecord = -1, true
	t.rows.Comma = delimiterOf(decode(f.Head, "").Text)
	t.rows.LazyQuotes = t.rows.Comma == '\t' || t.rows.Comma == '|'
	if !t.headings() {
		r.Close()
		return nil, nil
	}
	return t, func() { r.Close() }
}

// delimiters are the characters that part columns.
const delimiters = ",;\t|"

// delimiterOf gives the delimiter by which most headings are understood, of
// several the one that stands there most.
func delimiterOf(head string) rune {
	line, _, _ := strings.Cut(strings.TrimLeft(head, "\r\n \uFEFF"), "\n")
	best, most := ',', -1
	for _, d := range delimiters {
		known := strings.Count(line, string(d))
		for cell := range strings.SplitSeq(line, string(d)) {
			if fieldOf(cell) != "unread" {
				known += 100
			}
		}
		if known > most {
			best, most = d, known
		}
	}
	return best
}

// headings reads the first row. A table without a column of texts is told.
func (t *table) headings() bool {
	row, err := t.row()
	if err != nil {
		if err == io.EOF && len(t.file.Problems) == 0 {
			t.file.Tell(0, "the table is empty, so nothing is imported", "look whether it was saved whole")
		}
		return false
	}
	taken := map[string]string{}
	for _, heading := range row {
		c := column{strings.TrimSpace(strings.Trim(heading, "\"\uFEFF")), fieldOf(heading)}
		if first, ok := taken[c.field]; ok && c.field != "unread" && c.field != "tags" && c.field != "speakers" {
			line, _ := t.rows.FieldPos(0)
			t.file.Tell(line, fmt.Sprintf("the columns “%s” and “%s” both hold the %s; the first is taken", first, c.heading, c.field), "give one of them another heading")
			c.field = "unread"
		}
		taken[c.field] = c.heading
		t.columns = append(t.columns, c)
	}
	if _, ok := taken["body"]; !ok {
		var met []string
		for _, c := range t.columns {
			met = append(met, "“"+c.heading+"”")
		}
		line, _ := t.rows.FieldPos(0)
		t.file.Tell(line, fmt.Sprintf("no column has the texts, so nothing is imported; the first row names the columns %s", shortList(met)),
			"the first row has to name the columns; import understands "+headingsKnown())
		return false
	}
	return true
}

func shortList(names []string) string {
	if len(names) > 20 {
		names = append(slices.Clip(names[:20]), "…")
	}
	return strings.Join(names, ", ")
}

// row reads a row of any length.
func (t *table) row() ([]string, error) {
	t.from.budget = usualCutting.longest
	for {
		row, err := t.rows.Read()
		if parse := (*csv.ParseError)(nil); errors.As(err, &parse) {
			what := "a quotation mark in this row does not close where its cell ends, so the row is not imported"
			if parse.Line > parse.StartLine {
				what = fmt.Sprintf("a quotation mark in this row does not close where its cell ends, so nothing from here to line %d is imported", parse.Line)
			}
			t.tellRow(parse.StartLine, what, "put cells with quotation marks in quotation marks and write those within twice")
			continue
		}
		if errors.Is(err, errLongRow) {
			line, _ := t.rows.FieldPos(0)
			t.file.Tell(line, fmt.Sprintf("the row after this one is longer than %d MiB, so it and what follows is not imported", usualCutting.longest>>20), "look whether a quotation mark is missing there")
		}
		return row, err
	}
}

// next reads the next row that has as many cells as there are columns.
func (t *table) next() ([]string, error) {
	for {
		row, err := t.row()
		if err != nil {
			return nil, err
		}
		for len(row) > len(t.columns) && strings.TrimSpace(row[len(row)-1]) == "" {
			row = row[:len(row)-1]
		}
		line, _ := t.rows.FieldPos(0)
		switch {
		case len(row) != len(t.columns):
			t.tellRow(line, fmt.Sprintf("this row has %d cells and the table %d columns, so it is not imported", len(row), len(t.columns)), "look whether a delimiter or a quotation mark is missing")
		case t.rows.Comma == '\t' && slices.ContainsFunc(row, func(s string) bool { return strings.Contains(s, "\t") }):
			t.tellRow(line, "a cell of this row has tabs in it, as if a quotation mark were missing, so it is not imported", "close the quotation mark that opens the cell")
		default:
			return row, nil
		}
	}
}

func (t *table) tellRow(line int, what, mend string) {
	if t.wrong++; t.wrong <= mostWrong {
		t.file.Tell(line, what, mend)
	}
}

// manuscript makes the manuscript of a row. One without text is told.
func (t *table) manuscript(row []string) (Manuscript, bool) {
	var m Manuscript
	m.Line, _ = t.rows.FieldPos(0)
	m.Claims = t.text.claims()
	for i, c := range t.columns {
		cell := strings.TrimSpace(row[i])
		if cell == "" {
			continue
		}
		line, _ := t.rows.FieldPos(i)
		if c.field == "body" {
			m.Lines = SplitLines(strings.Clone(row[i]), line)
			continue
		}
		m.Claims = append(m.Claims, c.claims(cell, line, t.order)...)
	}
	if m.Lines == nil {
		t.tellRow(m.Line, "this row has no text, so it is not imported", "")
		return m, false
	}
	return m, true
}

// A partsReader gives the text of all parts as bytes, up to a budget that is
// renewed for each row.
type partsReader struct {
	text   *textReader
	rest   string
	budget int
}

var errLongRow = errors.New("the row is too long")

func (p *partsReader) Read(b []byte) (int, error) {
	if p.budget <= 0 {
		return 0, errLongRow
	}
	for p.rest == "" {
		if p.text.last || !p.text.next() {
			return 0, io.EOF
		}
		p.rest = p.text.part.Text
		p.text.line += lineAt(p.rest) - 1
	}
	n := copy(b, p.rest)
	p.rest = p.rest[n:]
	p.budget -= n
	return n, nil
}
