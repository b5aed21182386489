package content

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

var acceptedFile = File{Path: "content/documents/2022/a.md"}

func all(string) bool { return true }

func only(fields ...string) func(string) bool {
	return func(f string) bool { return slices.Contains(fields, f) }
}

func TestAcceptTakesOutWhatIsSettledAndNothingElse(t *testing.T) {
	for _, c := range []struct{ name, before, after string }{
		{"a list", "title: A\nreview:\n  - \"date: x\"\n  - \"place: y\"\ntags: [a]\n", "title: A\nreview:\n  - \"place: y\"\ntags: [a]\n"},
		{"the last line", "title: A\nreview:\n  - \"date: x\"\ntags: [a]\n", "title: A\ntags: [a]\n"},
		{"no indent", "title: A\nreview:\n- 'place: it''s'\n- 'date: it''s'\nimported:\n  file: a\n", "title: A\nreview:\n- 'place: it''s'\nimported:\n  file: a\n"},
		{"unquoted", "review:\n  - date: the year\n  - place: x\ntitle: A\n", "review:\n  - place: x\ntitle: A\n"},
		{"comments stay", "title: A\nreview: # to do\n  # Maria looks at these\n  - \"date: x\" # I doubt it\n\n  # and these\n  - date: y\n# end\ndraft: true\n", "title: A\n# to do\n  # Maria looks at these\n  # I doubt it\n\n  # and these\n# end\ndraft: true\n"},
		{"brackets", "title: A\nreview: [\"date: x\", \"place: y\", 'date: z']\n", "title: A\nreview: [\"place: y\"]\n"},
		{"all in brackets", "title: A\nreview: [\"date: x\", date: z] # c\ndraft: true\n", "title: A\n# c\ndraft: true\n"},
		{"brackets over lines", "title: A\nreview: [\n  \"date: x\", # one\n  \"place: y\", # two\n  \"date: z\" # three\n]\n", "title: A\nreview: [\n  # one\n  \"place: y\", # two\n  # three\n]\n"},
		{"quoted over lines", "title: A\nreview:\n  - \"date: the\n    year, \\\"or\\\"\n\n    not\"\n  - place: x\n", "title: A\nreview:\n  - place: x\n"},
		{"folded", "title: A\nreview:\n  - >-\n    date: the\n    year # no comment\n\n    goes on\n  - |\n    place: x\n", "title: A\nreview:\n  - |\n    place: x\n"},
		{"plain over lines", "title: A\nreview:\n  - date the\n    year\n  - 'date: a\n    b'\n  - place: x\n      y\n", "title: A\nreview:\n  - date the\n    year\n  - place: x\n      y\n"},
		{"one value", "title: A\nreview: \"date: x\"\ndraft: true\n", "title: A\ndraft: true\n"},
		{"one value below", "title: A\nreview:\n  date: x\ndraft: true\n", "title: A\ndraft: true\n"},
		{"hyphen alone", "title: A\nreview:\n  -\n    \"date: x\"\n  - place: y\n", "title: A\nreview:\n  - place: y\n"},
		{"tag and anchor", "title: A\nreview: &r\n  - !!str \"date: x\"\n  - &p \"place: y\"\n", "title: A\nreview: &r\n  - &p \"place: y\"\n"},
		{"quoted key", "title: A\n\"review\":\n  - date: x\ndraft: true\n", "title: A\ndraft: true\n"},
		{"at the end", "title: A\nreview:\n  - \"date: x\"\n", "title: A\n"},
		{"alone", "review:\n  - \"date: x\"\n", ""},
		{"after a text", "summary: >\n  a\n  b\nreview:\n  - \"date: x\"\ntitle: A\n", "summary: >\n  a\n  b\ntitle: A\n"},
		{"nothing about it", "title: A\nreview:\n  - place: x\n", "title: A\nreview:\n  - place: x\n"},
	} {
		for _, end := range []string{"\n", "\r\n"} {
			file := func(metadata string) []byte {
				return []byte("\ufeff" + strings.ReplaceAll("---\n"+metadata+"---  \n\nText.\n\nreview:\n", "\n", end))
			}
			a := Accept(acceptedFile, file(c.before), only("date"))
			if len(a.Problems) > 0 || string(a.File) != string(file(c.after)) {
				t.Errorf("%s, lines ended by %q:\n%s\nwant\n%s%v", c.name, end, a.File, file(c.after), a.Problems)
			}
			if again := Accept(acceptedFile, a.File, only("date")); len(again.Settled) != 0 || !bytes.Equal(again.File, a.File) {
				t.Errorf("%s: accepted again it is\n%s", c.name, again.File)
			}
		}
	}
}

func TestAcceptOfATermTakesOutUnverified(t *testing.T) {
	f := File{Path: "content/speakers/a.md"}
	const file = "---\nname: A\nunverified: true # new\nreview:\n  - name: met twice\n---\nText.\n"
	if a := Accept(f, []byte(file), all); string(a.File) != "---\nname: A\n# new\n---\nText.\n" || len(a.Settled) != 2 {
		t.Errorf("%s%v", a.File, a.Problems)
	}
	if a := Accept(f, []byte(file), only("name")); string(a.File) != "---\nname: A\nunverified: true # new\n---\nText.\n" || a.Left != 0 {
		t.Errorf("%s%v", a.File, a.Problems)
	}
	if a := Accept(acceptedFile, []byte(file), only("unverified")); string(a.File) != file {
		t.Errorf("a document has no such key: %s", a.File)
	}
}

func TestAcceptLeavesAFileAloneThatItCannotTakeApart(t *testing.T) {
	for _, metadata := range []string{
		"{title: A, review: [\"date: x\"]}\n", "title: A\nreview:\n  - \"date: x\"\nreview: [a]\n", "title: A\nreview:\n  - [\"date: x\"]\n",
		"title: \"A\nreview:\n  - \"date: x\"\n", "title: A\nreview: &r\n  - \"date: x\"\ntags: *r\n", "summary: |\n  a\nreview:\n  # d\n  - \"date: x\"\ntitle: A\n",
		"title: A\nreview:\n  - \"date: x\"\n...\n",
	} {
		file := "---\n" + metadata + "---\n"
		a := Accept(acceptedFile, []byte(file), all)
		if string(a.File) != file || len(a.Settled) > 0 {
			t.Errorf("%q became %q", file, a.File)
		}
		if len(a.Problems) == 0 || a.Problems[0].Mend == "" || a.Problems[0].Line == 0 {
			t.Errorf("%q: it is not told why: %v", file, a.Problems)
		}
	}
}

// aReviewItem writes a line of review in one of the ways that YAML has, for an
// item of a block whose hyphen stands so far in, or one between brackets.
func aReviewItem(t *rapid.T, field string, indent int, flow bool) string {
	words := rapid.SampledFrom([]string{"the year", "a # b", "it's", "two, of them", "née [x]", "c: d", "汪 文", `q"r`}).Draw(t, "words")
	text := field + ": " + words
	deeper := "\n" + strings.Repeat(" ", indent+5)
	double := `"` + strings.ReplaceAll(text, `"`, `\"`) + `"`
	ways := []string{double, "'" + strings.ReplaceAll(text, "'", "''") + "'", strings.Replace(double, ": ", ":"+deeper, 1), field + ": year", field + ":" + deeper + "the year"}
	if !flow {
		ways = append(ways, ">-"+deeper+text+deeper+"# more\n", "|"+deeper+text, field+": the"+deeper+"year # c", "&a "+double)
	}
	return strings.TrimRight(rapid.SampledFrom(ways).Draw(t, "way"), "\n")
}

// aReviewBlock writes a key review with those fields, in brackets or as a block,
// with comments and blank lines between.
func aReviewBlock(t *rapid.T, fields []string) string {
	var b strings.Builder
	if rapid.Bool().Draw(t, "brackets") {
		b.WriteString("review: [")
		for i, f := range fields {
			if i > 0 {
				b.WriteString(rapid.SampledFrom([]string{", ", ",", " , ", ",\n  ", ", # c\n  "}).Draw(t, "between"))
			}
			b.WriteString(aReviewItem(t, f, 2, true))
		}
		return b.String() + rapid.SampledFrom([]string{"]\n", " ] # end\n", ",\n]\n", "\n  # end\n]\n"}).Draw(t, "end")
	}
	indent := rapid.SampledFrom([]int{0, 2, 4}).Draw(t, "indent")
	b.WriteString("review:" + rapid.SampledFrom([]string{"\n", " \n", " # c\n"}).Draw(t, "end"))
	for _, f := range fields {
		b.WriteString(rapid.SampledFrom([]string{"", "", "\n", strings.Repeat(" ", indent) + "# note\n"}).Draw(t, "before"))
		b.WriteString(strings.Repeat(" ", indent) + rapid.SampledFrom([]string{"- ", "-   "}).Draw(t, "hyphen") + aReviewItem(t, f, indent, false) + "\n")
	}
	return b.String()
}

// TestAcceptChangesNothingButReview accepts random fields of files written in
// random ways: what comes before and after is the same bytes, the metadata are
// the same but for the lines settled, and no comment is lost.
func TestAcceptChangesNothingButReview(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		fields := rapid.SliceOfN(rapid.SampledFrom([]string{"date", "place", "kind", "speakers"}), 1, 5).Draw(t, "fields")
		settled := rapid.SliceOf(rapid.SampledFrom([]string{"date", "place", "kind"})).Draw(t, "settled")
		before := rapid.SampledFrom([]string{"title: A\n", "# c\ntitle: 'A'   # d\ntags:\n - x\n - y\n", "tags: [a,\n b]\ntitle: >\n  A\n  b\n", "  \ntitle: A\n\n"}).Draw(t, "before")
		after := rapid.SampledFrom([]string{"", "draft: true\n", "# c\nimported:\n  file: x\n", "\n\nsummary: |\n  a\n\n"}).Draw(t, "after")
		review := aReviewBlock(t, fields)
		end := rapid.SampledFrom([]string{"\n", "\r\n"}).Draw(t, "line end")
		prefix := strings.ReplaceAll(rapid.SampledFrom([]string{"", "\ufeff"}).Draw(t, "mark")+"---\n"+before, "\n", end)
		suffix := strings.ReplaceAll(after+"---\n\nText *as* it is.\n- review: [a]", "\n", end)
		file := prefix + strings.ReplaceAll(review, "\n", end) + suffix
		r, was := ReadDocument("2022/a", []byte(file))
		if len(problemsOf(r)) > 0 {
			t.Fatalf("%s\nhas problems: %v", file, problemsOf(r))
		}
		a := Accept(acceptedFile, []byte(file), only(settled...))
		if strings.Count(review, "&a") < 2 && strings.Contains(before, ">") == false && len(a.Problems) > 0 {
			t.Fatalf("%s\ncannot be taken apart: %v", file, a.Problems)
		}
		if len(a.Problems) > 0 {
			if string(a.File) != file {
				t.Fatalf("%s\nhas problems and became\n%s", file, a.File)
			}
			return
		}
		if !bytes.HasPrefix(a.File, []byte(prefix)) || !bytes.HasSuffix(a.File, []byte(suffix)) {
			t.Fatalf("%s\nbecame\n%s", file, a.File)
		}
		var want []string
		for _, line := range was.Review {
			if f, _, _ := strings.Cut(line, ":"); !slices.Contains(settled, f) {
				want = append(want, line)
			}
		}
		again, now := ReadDocument("2022/a", a.File)
		if fmt.Sprint(now.Review) != fmt.Sprint(want) || len(problemsOf(again)) > 0 || len(a.Settled)+len(want) != len(was.Review) || a.Left != len(want) {
			t.Fatalf("%s\nbecame\n%s\nwhere %q waits, not %q; %v", file, a.File, now.Review, want, problemsOf(again))
		}
		for _, comment := range []string{"# c", "# note", "# end", "# d"} {
			if strings.Count(string(a.File), comment) < strings.Count(file, comment) {
				t.Fatalf("%s\nbecame\n%s\nwithout a comment", file, a.File)
			}
		}
	})
}

// FuzzAccept holds accept to what it promises, of any file.
func FuzzAccept(f *testing.F) {
	f.Add("title: A\nreview:\n  - \"date: x\"\n  - place: y\n")
	f.Add("review: [\"date: x\", date: y, # c\n 'z']\nname: A\nunverified: true\n")
	f.Add("review: >-\n  date: x\n\ntitle: A # c\n")
	f.Fuzz(func(t *testing.T, metadata string) {
		file := "---\n" + metadata + "\n---\nText.\n"
		for _, settled := range []func(string) bool{all, only("date")} {
			a := Accept(File{Path: "content/speakers/a.md"}, []byte(file), settled)
			if len(a.Settled) == 0 || len(a.Problems) > 0 {
				if string(a.File) != file {
					t.Fatalf("%q became %q, and nothing is told", file, a.File)
				}
				continue
			}
			var s, s2 sheet
			was, at, _ := s.split([]byte(file))
			now, at2, ok := s2.split(a.File)
			if !ok || file[at:] != string(a.File[at2:]) {
				t.Fatalf("%q became %q", file, a.File)
			}
			x, _ := parseYAML(was, 2)
			y, _ := parseYAML(now, 2)
			drop := func(n *node) {
				for i := 0; i+1 < len(n.items); {
					if k := n.items[i].text; k == reviewKey || k == unverifiedKey {
						n.items = slices.Delete(n.items, i, i+2)
						continue
					}
					i += 2
				}
			}
			drop(&x)
			drop(&y)
			if !sameTree(x, y) {
				t.Fatalf("%q became %q", file, a.File)
			}
			rest := file // what is left is what was there, in its order
			for _, c := range a.File {
				i := strings.IndexByte(rest, c)
				if i < 0 {
					t.Fatalf("%q became %q, which has bytes of its own", file, a.File)
				}
				rest = rest[i+1:]
			}
		}
	})
}
