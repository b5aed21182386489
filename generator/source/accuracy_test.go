package source

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"chancery/generator/archive"
	"chancery/generator/manuscript"
)

// accuracyFields are the columns of the table. A field that has no value in
// truth counts in the column of its name with "none": there the right answer
// is no value.
var accuracyFields = []string{"title", "date", "date none", "month and day", "time", "time none", "place", "place none", "venues", "venues none", "speakers", "speakers none", "source", "source none", "language", "channel", "posts", "post dates"}

// A tally counts the right answers of all, by field.
type tally map[string][2]int

func (t tally) add(field string, right bool) {
	n := t[field]
	t[field] = [2]int{n[0] + btoi(right), n[1] + 1}
}

// share gives the right answers in per cent.
func (t tally) share(field string) float64 {
	n := t[field]
	return 100 * float64(n[0]) / float64(max(n[1], 1))
}

// TestAccuracy reads the golden documents with the vocabulary that the
// repository ships and prints the share of values it got right, a row for each
// folder. It fails where a share is below the one in testdata/accuracy/figures;
// -update writes today's. The misses are printed with CHANCERY_MISSES=field (or
// all), and CHANCERY_GOLDEN names a folder of other golden documents to read.
func TestAccuracy(t *testing.T) {
	own := os.Getenv("CHANCERY_GOLDEN")
	truths, err := filepath.Glob(filepath.Join(cmp.Or(own, "testdata/accuracy"), "*", "*.truth"))
	if err != nil || len(truths) < 60 && own == "" {
		t.Fatalf("golden documents: %d, %v", len(truths), err)
	}
	r := shippedReader(t)
	rows, all, languages := map[string]tally{}, tally{}, map[string]bool{}
	for _, file := range truths {
		truth := readTruth(t, file)
		languages[truth.value("language")] = true
		folder := filepath.Base(filepath.Dir(file))
		if rows[folder] == nil {
			rows[folder] = tally{}
		}
		tell := func(field string, right bool, got string) {
			rows[folder].add(field, right)
			all.add(field, right)
			if miss := os.Getenv("CHANCERY_MISSES"); !right && (miss == field || miss == "all") {
				t.Logf("%s: %s: want %q, got %q", file, field, truth.value(strings.TrimSuffix(field, " none")), got)
			}
		}
		truth.grade(r, draftsOf(r, strings.TrimSuffix(file, ".truth")), tell)
	}
	if len(languages) < 8 && own == "" {
		t.Errorf("the golden documents are in %d languages", len(languages))
	}
	rows["all"] = all
	t.Log("\n" + accuracyTable(rows, len(truths)))
	if own == "" {
		holdFigures(t, all)
	}
}

// draftsOf reads the one file of that name, whatever its format.
func draftsOf(r *Reader, name string) []archive.Draft {
	files, _ := filepath.Glob(name + ".*")
	for _, file := range files {
		if strings.HasSuffix(file, ".truth") {
			continue
		}
		f := manuscript.Open(file)
		return slices.Collect(r.Drafts(f.Manuscripts(), f.Tell))
	}
	return nil
}

func accuracyTable(rows map[string]tally, documents int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d golden documents, per cent right (of how many)\n%-16s", documents, "")
	names := []string{}
	for name := range rows {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		fmt.Fprintf(&b, "%14s", name)
	}
	for _, field := range accuracyFields {
		fmt.Fprintf(&b, "\n%-16s", field)
		for _, name := range names {
			if n := rows[name][field]; n[1] > 0 {
				fmt.Fprintf(&b, "%7.0f (%4d)", rows[name].share(field), n[1])
			} else {
				fmt.Fprintf(&b, "%14s", "-")
			}
		}
	}
	return b.String()
}

const figuresFile = "testdata/accuracy/figures"

// holdFigures compares the shares with the committed ones.
func holdFigures(t *testing.T, all tally) {
	if *update {
		var b strings.Builder
		for _, field := range accuracyFields {
			fmt.Fprintf(&b, "%s: %.1f\n", field, all.share(field))
		}
		if err := os.WriteFile(figuresFile, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	data, err := os.ReadFile(figuresFile)
	if err != nil {
		t.Fatal(err)
	}
	for l := range strings.Lines(string(data)) {
		field, figure, _ := strings.Cut(strings.TrimSpace(l), ": ")
		want, err := strconv.ParseFloat(figure, 64)
		if err != nil {
			t.Errorf("%s: %q", figuresFile, l)
		}
		if got := all.share(field); got < want-0.05 {
			t.Errorf("%s: %.1f per cent are right, and %.1f were", field, got, want)
		}
	}
}

// A truth is what a careful reader found in a golden document.
type truth struct {
	values map[string]string
	posts  []truth
}

func (t truth) value(key string) string {
	if v := t.values[key]; v != "none" {
		return v
	}
	return ""
}

func readTruth(t *testing.T, file string) truth {
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	head, posts, _ := strings.Cut(string(data), "\nposts:")
	whole := truth{values: keyed(head)}
	for i, block := range strings.Split(posts, "\n---\n") {
		if i > 0 {
			whole.posts = append(whole.posts, truth{values: keyed(block)})
		}
	}
	return whole
}

func keyed(text string) map[string]string {
	values := map[string]string{}
	for l := range strings.Lines(text) {
		if key, v, ok := strings.Cut(strings.TrimSpace(l), ":"); ok {
			values[key] = strings.TrimSpace(v)
		}
	}
	return values
}

// grade tells of each field whether the drafts have it right.
func (t truth) grade(r *Reader, drafts []archive.Draft, tell func(field string, right bool, got string)) {
	if t.posts != nil {
		t.gradePosts(drafts, tell)
		return
	}
	var d archive.Draft
	if len(drafts) > 0 {
		d = drafts[0]
	}
	if want := t.value("title"); want != "" {
		a, b := letters(d.Title.Text), letters(want)
		tell("title", a == b || min(len(a), len(b)) >= 40 && (strings.HasPrefix(a, b) || strings.HasPrefix(b, a)), d.Title.Text)
	}
	t.gradeDate(d.When.Date.Date.String(), tell)
	gradeText(t, "time", d.When.Time.Text, tell, func(a, b string) bool { return a == b })
	gradeText(t, "place", d.Subjects.Place.Text, tell, func(a, b string) bool {
		known := archive.FindPlace(r.vocabulary, b)
		return contains(a, b) || known != nil && known == archive.FindPlace(r.vocabulary, a)
	})
	gradeText(t, "source", d.Origin.Source.Text, tell, func(a, b string) bool {
		known := r.vocabulary.Find(archive.Sources, b)
		return contains(a, b) || known != nil && known == r.vocabulary.Find(archive.Sources, a)
	})
	tell("language", d.Form.Language.Text == t.value("language"), d.Form.Language.Text)
	t.gradeVenues(r, &d, tell)
	t.gradeSpeakers(&d, tell)
}

func gradeText(t truth, field, got string, tell func(string, bool, string), same func(got, want string) bool) {
	if want := t.value(field); want != "" {
		tell(field, got != "" && same(got, want), got)
	} else {
		tell(field+" none", got == "", got)
	}
}

func (t truth) gradeDate(got string, tell func(string, bool, string)) {
	want := t.value("date")
	if want == "" {
		tell("date none", got == "", got)
		return
	}
	tell("date", got == want, got)
	if len(want) == 10 {
		tell("month and day", len(got) == 10 && got[4:] == want[4:], got)
	}
}

// gradeVenues wants the first venue of truth among those found.
func (t truth) gradeVenues(r *Reader, d *archive.Draft, tell func(string, bool, string)) {
	var got []string
	for _, v := range d.Subjects.Venues {
		got = append(got, strings.TrimSpace(v.Name+" "+v.Edition))
	}
	want := t.value("venues")
	if want == "" {
		tell("venues none", len(got) == 0, strings.Join(got, "; "))
		return
	}
	right := false
	for one := range strings.SplitSeq(want, ";") {
		name, edition, _ := strings.Cut(strings.TrimSuffix(strings.TrimSpace(one), "]"), "[")
		name = strings.TrimSpace(name)
		known := r.vocabulary.Find(archive.Venues, name)
		for _, v := range d.Subjects.Venues {
			same := strings.EqualFold(v.Name, name) || known != nil && known == r.vocabulary.Find(archive.Venues, v.Name)
			right = right || same && (edition == "" || v.Edition == edition)
		}
	}
	tell("venues", right, strings.Join(got, "; "))
}

// gradeSpeakers wants the last name of each speaker of truth among those found.
func (t truth) gradeSpeakers(d *archive.Draft, tell func(string, bool, string)) {
	var got []string
	for _, s := range d.Subjects.Speakers {
		got = append(got, s.Text)
	}
	found := letters(strings.Join(got, " "))
	want := t.value("speakers")
	if want == "" {
		tell("speakers none", len(got) == 0, found)
		return
	}
	right := true
	for one := range strings.SplitSeq(want, ";") {
		right = right && strings.Contains(found, letters(lastWord(one)))
	}
	tell("speakers", right, strings.Join(got, "; "))
}

// gradePosts wants a dump split at the right lines.
func (t truth) gradePosts(drafts []archive.Draft, tell func(string, bool, string)) {
	channel, language := "", ""
	byStart := map[string]*archive.Draft{}
	for i := range drafts {
		first, _, _ := strings.Cut(drafts[i].Body, "\n")
		byStart[start(first)] = &drafts[i]
		channel, language = drafts[i].Origin.Channel.Text, drafts[i].Form.Language.Text
	}
	gradeText(t, "channel", channel, tell, contains)
	if want := t.value("language"); want != "" && !strings.ContainsAny(want, ",; ") {
		tell("language", language == want, language)
	}
	for _, p := range t.posts {
		d := byStart[start(p.value("first"))]
		lines := 0
		if d != nil {
			for l := range strings.Lines(d.Body) {
				lines += btoi(strings.TrimSpace(l) != "")
			}
		}
		tell("posts", d != nil && strconv.Itoa(lines) == p.value("lines"), fmt.Sprintf("%q of %d lines instead of %s", p.value("first"), lines, p.value("lines")))
		if d != nil {
			got := d.When.Date.Date.String()
			tell("post dates", got == p.value("date"), fmt.Sprintf("%q: %s instead of %s", p.value("first"), got, p.value("date")))
		}
	}
	for range len(drafts) - min(len(drafts), len(t.posts)) {
		tell("posts", false, fmt.Sprintf("%d posts instead of %d", len(drafts), len(t.posts)))
	}
}

// start gives the first letters of a post.
func start(s string) string {
	return firstRunes(letters(firstRunes(s, 60)), 24)
}

// letters gives a text in small letters with one space between its words.
func letters(s string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(s), func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) }), " ")
}

func contains(a, b string) bool {
	a, b = letters(a), letters(b)
	return a != "" && b != "" && (strings.Contains(a, b) || strings.Contains(b, a))
}
