package build_test

import (
	"bufio"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"chancery/generator/archive"
	"chancery/generator/build"
	"chancery/generator/content"
	"chancery/generator/problem"
	"chancery/templates"
)

// The property test is told by these how long to go on, and which archive to
// make again.
const (
	propertyTime = "CHANCERY_PROPERTY_TIME" // "60s"
	propertySeed = "CHANCERY_PROPERTY_SEED" // of one archive, as the test printed it
)

// TestASiteAfterAnyEditsIsTheSiteBuiltAtOnce makes random archives, edits them
// at random and builds after each edit: the site must be, byte for byte, the one
// that the same content gives in an empty folder without a cache.
func TestASiteAfterAnyEditsIsTheSiteBuiltAtOnce(t *testing.T) {
	budget := 12 * time.Second
	if testing.Short() {
		budget = 2 * time.Second
	}
	if given, err := time.ParseDuration(os.Getenv(propertyTime)); err == nil {
		budget = given
	}
	if seed, err := strconv.ParseUint(os.Getenv(propertySeed), 10, 64); err == nil {
		t.Run(fmt.Sprint("seed=", seed), func(t *testing.T) { editAtRandom(t, seed, time.Now().Add(time.Hour)) })
		return
	}
	begin := time.Now()
	steps := 0
	for seed := uint64(begin.UnixNano()); time.Since(begin) < budget && !t.Failed(); seed++ {
		t.Run(fmt.Sprint("seed=", seed), func(t *testing.T) { steps += editAtRandom(t, seed, begin.Add(budget)) })
	}
	t.Logf("%d steps", steps)
}

// editAtRandom makes an archive and edits it; it gives the count of edits.
func editAtRandom(t *testing.T, seed uint64, end time.Time) int {
	w := newWorld(t, seed)
	w.build("the first build")
	n := 0
	for n < 30 && !t.Failed() && time.Now().Before(end) {
		n++
		w.step()
	}
	if t.Failed() {
		t.Logf("%s=%d makes this archive again. Its edits:\n%s", propertySeed, seed, strings.Join(w.told, "\n"))
	}
	return n
}

// A world is an archive on the disk with what is in it, so that it can be
// edited at random.
type world struct {
	*rand.Rand
	t       *testing.T
	root    string
	at      string // the same content with a cache and site of its own, both always new
	docs    map[archive.ID]*record
	terms   [len(archive.Facets)]map[archive.TermID]*authority
	files   map[string]string // attachments, templates and archive.yaml, by their paths
	disk    map[string]string // content/ and templates/ as they were written
	persons map[string]string // files in site/ that a person put there
	clock   int64             // seconds: modification times in the past, each once
	told    []string
	next    int
}

type record struct {
	archive.Document
	body   string
	broken string // the whole file, where it is one that cannot be read
}

type authority struct {
	archive.Term
	broken string
}

func newWorld(t *testing.T, seed uint64) *world {
	w := &world{Rand: rand.New(rand.NewPCG(seed, 0)), t: t, root: t.TempDir(), at: t.TempDir(), docs: map[archive.ID]*record{},
		files: map[string]string{}, disk: map[string]string{}, persons: map[string]string{}, clock: 1_500_000_000}
	for _, folder := range []string{"content", "templates"} {
		if err := os.Symlink(filepath.Join(w.root, folder), filepath.Join(w.at, folder)); err != nil {
			t.Fatal(err)
		}
	}
	for _, f := range archive.Facets {
		w.terms[f] = map[archive.TermID]*authority{}
		for range 2 + w.IntN(3) {
			w.newTerm(f)
		}
	}
	w.settings()
	documents := 3 + w.IntN(15)
	if w.IntN(8) == 0 {
		documents = 120 + w.IntN(40) // listings of several pages
	}
	for range documents {
		w.newDocument()
	}
	if documents > 100 { // all in one place, so that its listing has pages
		place := w.anyTerm(archive.Places)
		for _, id := range slices.Sorted(maps.Keys(w.docs)) {
			w.docs[id].Place = place
		}
	}
	w.write()
	return w
}

func (w *world) tell(format string, args ...any) {
	w.told = append(w.told, fmt.Sprintf("%3d ", len(w.told)+1)+fmt.Sprintf(format, args...))
}

func pick[T any](w *world, list ...T) T { return list[w.IntN(len(list))] }

// oneOf gives a key of the map, the zero value where it is empty.
func oneOf[K ~string, V any](w *world, m map[K]V) K {
	keys := slices.Sorted(maps.Keys(m))
	if len(keys) == 0 {
		return ""
	}
	return keys[w.IntN(len(keys))]
}

func (w *world) anyTerm(f archive.Facet) archive.TermID { return oneOf(w, w.terms[f]) }

var propertyWords = strings.Fields(`summit statement <b>remarks</b> "talks" ASEAN's минуты 会谈 dialogue: plan #tag & year – 2022 no ~ security مرحبا 😀 visit`)

func (w *world) words(n int) string {
	out := make([]string, 1+w.IntN(n))
	for i := range out {
		out[i] = pick(w, propertyWords...)
	}
	return strings.Join(out, " ")
}

func (w *world) number() int { w.next++; return w.next }

// newTerm enters a term of the facet.
func (w *world) newTerm(f archive.Facet) archive.TermID {
	t := &authority{Term: archive.Term{Facet: f, ID: archive.TermID(fmt.Sprintf("%s-%d", f.Singular(), w.number()))}}
	w.terms[f][t.ID] = t
	w.fillTerm(t)
	return t.ID
}

func (w *world) fillTerm(t *authority) {
	t.Name = fmt.Sprintf("%s %d", w.words(3), w.number())
	t.Aliases, t.Text, t.Unverified = nil, "", w.IntN(10) == 0
	if w.IntN(3) == 0 {
		t.Aliases = []string{w.words(2), fmt.Sprint("alias ", w.IntN(6))}
	}
	if w.IntN(2) == 0 {
		t.Text = "On *it*: " + w.words(8)
	}
	switch t.Facet {
	case archive.Venues:
		t.Venue = archive.Venue{Abbreviations: []string{fmt.Sprint("V", w.number())}, Since: pick(w, 0, 1967, 2005)}
		if w.IntN(3) == 0 {
			t.Venue.Parent = w.anyTerm(archive.Venues)
		}
		for n := range w.IntN(4) {
			e := archive.Edition{Key: fmt.Sprint(17 + n), Start: archive.DayOf(2019+n, 11, 11)}
			e.End = e.Start + archive.Day(w.IntN(3))
			e.Place = w.anyTerm(archive.Places)
			if w.IntN(12) == 0 {
				e.Place = "nowhere"
			}
			t.Venue.Editions = append(t.Venue.Editions, e)
		}
	case archive.Places:
		t.Place = archive.Place{Country: w.words(2), Located: w.IntN(2) == 0}
		if t.Place.Located {
			t.Place.Latitude, t.Place.Longitude = float64(w.IntN(180)-90)+0.25, float64(w.IntN(360)-180)
		}
	case archive.Speakers:
		t.Speaker = archive.Speaker{SortName: pick(w, "", w.words(1)+", "+w.words(1)), Office: pick(w, "", w.words(4))}
	case archive.Sources:
		t.Source = archive.Source{Type: pick(w, "", "news-agency", "ministry"), Home: pick(w, "", "https://example.org/?a=b&c=d")}
	}
}

var propertyDates = []string{"2022-11-12", "2022-11", "2022", "2022-11-12?", "2021-11-12~", "2021-07-25/2021-07-26", "[2020-07-28..2020-08-08]", "XXXX-11-12", "",
	"2020-02-29", "2019", "2019-03", "2021-12-31/2022-01-01", "2022-11-13", "2022-11-14", "2021-05-05", "2020-01-01"}

func (w *world) date() archive.Date {
	d, err := archive.ParseDate(pick(w, propertyDates...))
	if err != nil {
		w.t.Fatal(err)
	}
	return d
}

// newDocument enters a document.
func (w *world) newDocument() archive.ID {
	r := &record{}
	r.Date = w.date()
	folder := "undated"
	if r.Date.HasYear() {
		folder = fmt.Sprint(r.Date.Year())
	}
	r.ID = archive.ID(fmt.Sprintf("%s/%02d-document", folder, w.number()))
	w.docs[r.ID] = r
	w.fillDocument(r)
	return r.ID
}

// fillDocument gives a document all metadata there are, each at random.
func (w *world) fillDocument(r *record) {
	r.Title = fmt.Sprintf("%s %d", w.words(4), w.number())
	r.Time, r.Zone = pick(w, "", "10:00", "23:59"), pick(w, "", "Z", "+03:00", "Europe/Moscow")
	r.Kind, r.Language = pick(w, "", archive.Kinds[0], archive.Kinds[4]), pick(w, "", "en", "ru", "ar", "zh-Hans")
	w.subjects(r)
	r.Original, r.Retrieved = pick(w, "", "https://example.com/a?b=c&d='e"), pick(w, archive.Date{}, w.date())
	r.Summary, r.Tags, r.Rights = pick(w, "", w.words(9)), pick(w, nil, []string{w.words(1), "тег"}), pick(w, "", w.words(3))
	r.TranslationOf, r.SameAs = nil, nil
	if other := oneOf(w, w.docs); w.IntN(5) == 0 && other != r.ID && w.docs[other].broken == "" {
		r.TranslationOf = []archive.ID{other}
	}
	if other := oneOf(w, w.docs); w.IntN(8) == 0 && other != r.ID && w.docs[other].broken == "" {
		r.SameAs = []archive.ID{other}
	}
	r.Corrections = pick(w, nil, nil, []string{"2024-03-01: a name", "2024-05-02: " + w.words(3)})
	r.Draft = w.IntN(12) == 0
	r.Review = pick(w, nil, nil, []string{"date: inferred (line 7)"})
	r.Imported = pick(w, archive.Imported{}, archive.Imported{Source: "abc", File: "0123"})
	r.body = w.body(r.ID)
	w.related(r)
}

// related leaves in the document only what it may name without being broken
// for it too often: broken documents hide more than they show.
func (w *world) related(r *record) {
	gone := func(id archive.ID) bool { return w.docs[id] == nil }
	r.TranslationOf = slices.DeleteFunc(r.TranslationOf, gone)
	r.SameAs = slices.DeleteFunc(r.SameAs, gone)
}

func (w *world) subjects(r *record) {
	r.Place, r.Source, r.Via = pick(w, "", w.anyTerm(archive.Places)), pick(w, "", w.anyTerm(archive.Sources)), pick(w, "", "", w.anyTerm(archive.Sources))
	r.Speakers, r.Venues = nil, nil
	for range w.IntN(3) {
		if id := w.anyTerm(archive.Speakers); id != "" && !slices.Contains(r.Speakers, id) {
			r.Speakers = append(r.Speakers, id)
		}
	}
	for range w.IntN(4) {
		id := w.anyTerm(archive.Venues)
		if id == "" {
			continue
		}
		ref := archive.VenueRef{Venue: id}
		if editions := w.terms[archive.Venues][id].Venue.Editions; len(editions) > 0 && w.IntN(2) == 0 {
			ref.Edition = pick(w, editions...).Key
		}
		if !slices.Contains(r.Venues, ref) {
			r.Venues = append(r.Venues, ref)
		}
	}
}

func (w *world) body(id archive.ID) string {
	var b strings.Builder
	for range 1 + w.IntN(4) {
		fmt.Fprintf(&b, "%s%s %d\n\n", pick(w, "", "", "## ", "- ", "> "), w.words(12), w.number())
	}
	switch w.IntN(12) {
	case 0:
		fmt.Fprintf(&b, "[another](/documents/%s/)\n", oneOf(w, w.docs))
	case 1:
		b.WriteString("```go\nfunc main() {}\n```\n")
	case 2:
		b.WriteString("<script>alert(1)</script> [bad](javascript:alert(1))\n")
	case 3:
		fmt.Fprintf(&b, "[it](/venues/%s/) and [a file](note.txt)\n", w.anyTerm(archive.Venues))
	case 4:
		b.WriteString("A note.[^1]\n\n[^1]: Below.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n")
	}
	return b.String()
}

// settings gives the archive a name and perhaps a base URL.
func (w *world) settings() {
	w.files[content.SettingsFile] = fmt.Sprintf("title: Archive %d\ndescription: %q\nbase-url: %s\nlanguage: %s\npublisher: %q\nlicence: %q\ncite: %q\n", w.number(), w.words(5),
		pick(w, "https://example.org", "https://example.org/with/path/", "https://example.org", "~"), pick(w, "en", "en", "ru"), w.words(2), w.words(2), w.words(4))
	switch w.IntN(15) {
	case 0:
		delete(w.files, content.SettingsFile)
	case 1:
		w.files[content.SettingsFile] = "titel: mistyped\n"
	}
}

// content gives the files that the archive should consist of.
func (w *world) content() map[string]string {
	all := maps.Clone(w.files)
	for id, d := range w.docs {
		all[id.File()] = d.broken
		if d.broken == "" {
			all[id.File()] = string(content.FormatDocument(&d.Document, d.body))
		}
	}
	for _, f := range archive.Facets {
		for _, t := range w.terms[f] {
			all[t.File()] = t.broken
			if t.broken == "" {
				all[t.File()] = string(content.FormatTerm(&t.Term))
			}
		}
	}
	return all
}

// write makes the disk hold what the archive should consist of. Some files get
// a modification time in the past, which the cache trusts, others keep the
// present one, which it does not; some are saved as editors do, by a rename.
func (w *world) write() {
	want := w.content()
	for _, path := range slices.Sorted(maps.Keys(w.disk)) {
		if _, there := want[path]; !there {
			w.must(os.Remove(w.name(path)))
			delete(w.disk, path)
			w.prune(path)
		}
	}
	for _, path := range slices.Sorted(maps.Keys(want)) {
		if old, there := w.disk[path]; there && old == want[path] {
			continue
		}
		w.put(path, want[path])
	}
}

// prune removes the folders that lost their last file, but not all: empty ones
// stay now and then.
func (w *world) prune(path string) {
	for folder := filepath.Dir(w.name(path)); folder != w.root && w.IntN(4) > 0; folder = filepath.Dir(folder) {
		if filepath.Base(folder) == "content" || os.Remove(folder) != nil {
			return
		}
	}
}

func (w *world) put(path, text string) {
	name := w.name(path)
	if info, err := os.Stat(name); err == nil && info.IsDir() {
		w.must(os.RemoveAll(name)) // a folder that prune left
	}
	w.must(os.MkdirAll(filepath.Dir(name), 0o755))
	if w.IntN(3) == 0 {
		w.must(os.WriteFile(name+"~", []byte(text), 0o644))
		w.must(os.Rename(name+"~", name))
	} else {
		w.must(os.WriteFile(name, []byte(text), 0o644))
	}
	if w.IntN(3) > 0 {
		w.clock++
		then := time.Unix(w.clock, w.Int64N(1e9))
		w.must(os.Chtimes(name, then, then))
	}
	w.disk[path] = text
}

func (w *world) name(path string) string { return filepath.Join(w.root, filepath.FromSlash(path)) }

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// build builds what is there, and holds it against a build from nothing.
func (w *world) build(what string) {
	w.t.Helper()
	before := siteOf(w.t, w.root)
	result, _ := buildOnce(w.t, w.root)
	fresh, site := w.anew()
	after := siteOf(w.t, w.root)
	if fresh.Made == 0 && len(fresh.Problems) > 0 { // the templates have problems: nothing may change
		if d := differences(after, before); d != "" {
			w.t.Errorf("after %s, with templates that have problems, the site changed:\n%s", what, d)
		}
		site = after
	}
	if d := differences(after, site); d != "" {
		w.t.Errorf("after %s the site is not the one built at once:\n%s", what, d)
	}
	w.sameProblems(what, "problems", result.Problems, fresh.Problems)
	w.sameProblems(what, "notices", result.Notices, fresh.Notices)
	if w.IntN(4) == 0 {
		again, c := buildOnce(w.t, w.root)
		if len(c.made)+len(c.removed) > 0 {
			w.t.Errorf("after %s a second build made %v and removed %v", what, c.made, c.removed)
		}
		w.sameProblems(what+" and a second build", "problems", again.Problems, fresh.Problems)
		if d := differences(siteOf(w.t, w.root), after); d != "" {
			w.t.Errorf("after %s a second build changed the site:\n%s", what, d)
		}
	}
}

// anew builds the site from the same content into an empty folder, without a
// cache: there stand only the files that a person put there.
func (w *world) anew() (*build.Result, map[string]made) {
	w.t.Helper()
	w.must(os.RemoveAll(filepath.Join(w.at, "site")))
	w.must(os.RemoveAll(filepath.Join(w.at, ".cache")))
	for path, text := range w.persons {
		write(w.t, w.at, "site/"+path, text)
	}
	o := order(w.at)
	o.Workers = 1 + w.IntN(3)
	result, err := build.Build(o)
	if err != nil {
		w.t.Fatalf("building anew: %v", err)
	}
	return result, siteOf(w.t, w.at)
}

func (w *world) sameProblems(what, kind string, got, want []problem.Problem) {
	w.t.Helper()
	lines := func(ps []problem.Problem, root string) string {
		var b strings.Builder
		problem.Print(&b, problem.Sort(slices.Clone(ps)))
		return strings.ReplaceAll(b.String(), root, "ROOT")
	}
	if g, n := lines(got, w.root), lines(want, w.at); g != n {
		w.t.Errorf("after %s the %s are\n%s\nand those of a build from nothing\n%s", what, kind, g, n)
	}
}

// A step is an edit of the archive, or what else may befall it.
type step struct {
	name   string
	weight int
	do     func(w *world) string // tells what it did; "" where there was nothing to do
}

var edits = []step{
	{"body edit", 6, editOf(func(w *world, r *record) { r.body = w.body(r.ID) })},
	{"title edit", 6, editOf(func(w *world, r *record) { r.Title = fmt.Sprint(w.words(4), " ", w.number()) })},
	{"date edit", 6, editOf(func(w *world, r *record) { r.Date = w.date() })},
	{"subject edit", 6, editOf(func(w *world, r *record) { w.subjects(r) })},
	{"summary edit", 2, editOf(func(w *world, r *record) { r.Summary = w.words(9) })},
	{"edit of all metadata", 4, editOf(func(w *world, r *record) { w.fillDocument(r) })},
	{"publication of a draft, or its withdrawal", 2, editOf(func(w *world, r *record) { r.Draft = !r.Draft })},
	{"break or mend", 5, breakOrMend},
	{"new document", 5, func(w *world) string { return string(w.newDocument()) }},
	{"deletion", 5, func(w *world) string {
		id := oneOf(w, w.docs)
		delete(w.docs, id)
		return string(id)
	}},
	{"rename", 4, rename},
	{"term edit", 6, func(w *world) string {
		f := pick(w, archive.Facets[:]...)
		t := w.terms[f][w.anyTerm(f)]
		if t == nil {
			return ""
		}
		t.broken = ""
		w.fillTerm(t)
		return t.File()
	}},
	{"edit of a term's name alone", 4, func(w *world) string {
		f := pick(w, archive.Facets[:]...)
		t := w.terms[f][w.anyTerm(f)]
		if t == nil {
			return ""
		}
		t.Name = fmt.Sprint(w.words(3), " ", w.number())
		return t.File()
	}},
	{"new term", 3, func(w *world) string {
		f := pick(w, archive.Facets[:]...)
		return archive.TermFile(f, w.newTerm(f))
	}},
	{"deletion of a term", 2, func(w *world) string {
		f := pick(w, archive.Facets[:]...)
		id := w.anyTerm(f)
		delete(w.terms[f], id)
		return archive.TermFile(f, id)
	}},
	{"term broken", 1, func(w *world) string {
		f := pick(w, archive.Facets[:]...)
		t := w.terms[f][w.anyTerm(f)]
		if t == nil {
			return ""
		}
		t.broken = pick(w, "---\nname: \"open\n---\n", "no metadata\n", "---\nname:\n---\n", "---\nname: A\nnmae: B\n---\n")
		return t.File()
	}},
	{"template edit", 4, editTemplate},
	{"settings edit", 2, func(w *world) string { w.settings(); return w.files[content.SettingsFile] }},
	{"attachment edit", 7, editAttachment},
}

var steps = slices.Concat(edits, []step{
	{"deletion of the cache", 2, func(w *world) string { w.must(os.RemoveAll(w.name(".cache"))); return ".cache" }},
	{"damage of the cache", 2, damageCache},
	{"deletion of the site", 1, func(w *world) string {
		w.must(os.RemoveAll(w.name("site")))
		clear(w.persons)
		return "site"
	}},
	{"tampering with the site", 5, tamper},
	{"file of a person in the site", 3, personsFile},
	{"edit within the resolution of the clock", 3, editWithinTick},
	{"kill at a place", 8, killAt},
	{"kill at a moment", 3, killAfter},
})

// step makes one to three edits, then builds.
func (w *world) step() {
	total := 0
	for _, s := range steps {
		total += s.weight
	}
	var what []string
	for range 1 + w.IntN(3)*w.IntN(2) {
		n := w.IntN(total)
		for _, s := range steps {
			if n -= s.weight; n < 0 {
				did := s.do(w)
				w.tell("%s: %s", s.name, did)
				what = append(what, s.name)
				break
			}
		}
		w.write()
	}
	w.build(strings.Join(what, ", "))
}

func editOf(edit func(w *world, r *record)) func(w *world) string {
	return func(w *world) string {
		r := w.docs[oneOf(w, w.docs)]
		if r == nil {
			return ""
		}
		edit(w, r)
		return r.ID.File()
	}
}

func breakOrMend(w *world) string {
	for _, id := range slices.Sorted(maps.Keys(w.docs)) {
		if w.docs[id].broken != "" && w.IntN(2) == 0 {
			w.docs[id].broken = ""
			return "mended " + id.File()
		}
	}
	r := w.docs[oneOf(w, w.docs)]
	if r == nil {
		return ""
	}
	r.broken = pick(w, "---\ntitle: A\nvenues: [no-such]\n---\n", "---\ndate: 2022\n---\n", "---\ntitle: \"A\n---\n", "no metadata\n", "---\ntitle: \xff\n---\n",
		"---\ntitle: A\ndate: 2022-13\n---\n", "---\ntitle: A\ntilte: B\n---\n", "---\ntitle: A\n---\n[x](/documents/2022/gone/)\n", "---\ntitle: A\nsame-as: 2022/gone\n---\n", "---\ntitle: A\n---\n![x](gone.jpg)\n", "---\n")
	return fmt.Sprintf("%s: %q", r.ID.File(), r.broken)
}

// rename moves a document's file, and perhaps the files that go with it: the
// modification times go along.
func rename(w *world) string {
	id := oneOf(w, w.docs)
	r := w.docs[id]
	if r == nil {
		return ""
	}
	to := archive.ID(fmt.Sprintf("%s/%02d-moved", pick(w, "2020", "2022", "undated"), w.number()))
	w.must(os.MkdirAll(filepath.Dir(w.name(to.File())), 0o755))
	w.must(os.Rename(w.name(id.File()), w.name(to.File())))
	w.disk[to.File()] = w.disk[id.File()]
	delete(w.disk, id.File())
	delete(w.docs, id)
	r.ID = to
	w.docs[to] = r
	if w.IntN(3) > 0 {
		for _, path := range slices.Sorted(maps.Keys(w.files)) {
			if name, ok := strings.CutPrefix(path, id.Attachments()+"/"); ok {
				w.files[to.Attachments()+"/"+name] = w.files[path]
				delete(w.files, path)
			}
		}
	}
	return fmt.Sprint(id, " to ", to)
}

// editTemplate lays a template of the archive's own over the program's, changes
// it, breaks it or takes it away.
func editTemplate(w *world) string {
	name := pick(w, "base.html", "document.html", "home.html", "term.html", "listing.html", "index.html", "404.html", "assets/style.css", "assets/deep/own.css")
	path := "templates/" + name
	if w.files[path] != "" && w.IntN(3) == 0 || strings.Contains(w.files[path], "Gone") {
		delete(w.files, path)
		return "away with " + path
	}
	data, err := templates.Files.ReadFile(name)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		w.t.Fatal(err)
	}
	text := string(data)
	switch own := fmt.Sprintf("own %d", w.number()); {
	case strings.HasSuffix(name, ".css"):
		text += "/* " + own + " */\n"
	case name == "base.html":
		text = strings.Replace(text, `<footer class="site">`, `<footer class="site">`+own, 1)
	default:
		text += pick(w, own, own, own, `{{if gt (len .Heading) 30}}{{slice .Heading 0 1000}}{{end}}`, "{{.Gone}}")
	}
	w.files[path] = text
	return path
}

// editAttachment adds, changes or takes away a file that goes with a document,
// or makes a folder of it.
func editAttachment(w *world) string {
	var there []string
	for _, path := range slices.Sorted(maps.Keys(w.files)) {
		if strings.HasPrefix(path, "content/documents/") {
			there = append(there, path)
		}
	}
	if len(there) > 0 && w.IntN(2) == 0 {
		path := pick(w, there...)
		switch w.IntN(4) {
		case 0:
			delete(w.files, path)
			return "away with " + path
		case 1:
			delete(w.files, path)
			w.write()
			w.files[path+"/within.txt"] = w.words(5)
			return "now a folder: " + path
		}
		w.files[path] = w.words(5)
		return "changed " + path
	}
	id := oneOf(w, w.docs)
	if id == "" {
		return ""
	}
	path := id.Attachments() + "/" + pick(w, "note.txt", "note.txt", "pictures/hall.jpg", "a b's <é>.pdf", "pictures/deep/er.txt", "index.html")
	for _, other := range there { // a name cannot be a file and a folder
		if strings.HasPrefix(other, path+"/") || strings.HasPrefix(path, other+"/") {
			delete(w.files, other)
		}
	}
	w.write()
	w.files[path] = w.words(5)
	return path
}

func damageCache(w *world) string {
	entries, err := os.ReadDir(w.name(".cache"))
	if err != nil {
		return ""
	}
	for _, e := range entries {
		if e.Name() == "lock" || w.IntN(2) == 0 {
			continue
		}
		name := w.name(".cache/" + e.Name())
		data, err := os.ReadFile(name)
		w.must(err)
		if w.IntN(2) == 0 {
			data = data[:w.IntN(len(data)+1)]
		} else {
			data[w.IntN(len(data))] ^= 1 << w.IntN(8)
		}
		w.must(os.WriteFile(name, data, 0o644))
	}
	return "damaged"
}

// madeFiles gives the files of the site that the program made.
func (w *world) madeFiles() []string {
	var names []string
	for name := range siteOf(w.t, w.root) {
		if _, persons := w.persons[name]; !persons && !bySite(name) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

func tamper(w *world) string {
	names := w.madeFiles()
	if len(names) == 0 {
		return ""
	}
	path := "site/" + pick(w, names...)
	switch w.IntN(3) {
	case 0:
		remove(w.t, w.root, path)
		return "away with " + path
	case 1:
		write(w.t, w.root, path, "")
		return "emptied " + path
	}
	write(w.t, w.root, path, read(w.t, w.root, path)+"<!-- tampered -->")
	return "added to " + path
}

// personsFile puts a file into the site where the program has made none: perhaps
// where it will want to.
func personsFile(w *world) string {
	path := pick(w, "CNAME", "deep/er/mine.txt", "venues/mine.txt", fmt.Sprintf("documents/%s/index.html", oneOf(w, w.docs)), fmt.Sprintf("documents/%s/note.txt", oneOf(w, w.docs)),
		"years/2022/index.html", "feed.xml", "index.html")
	if _, persons := w.persons[path]; persons {
		remove(w.t, w.root, "site/"+path)
		delete(w.persons, path)
		for folder := filepath.Dir(w.name("site/" + path)); folder != w.name("site") && os.Remove(folder) == nil; {
			folder = filepath.Dir(folder) // and the folders that only it was in
		}
		return "away with " + path
	}
	names, _ := os.ReadFile(w.name("site/" + list)) // none where no build has come so far
	if _, err := os.Lstat(w.name("site/" + path)); err == nil || strings.Contains(path, "//") || strings.Contains(string(names), " "+path+"\n") {
		return "" // the program's: that would be tampering
	}
	w.persons[path] = "mine: " + w.words(3)
	write(w.t, w.root, "site/"+path, w.persons[path])
	return path
}

// editWithinTick changes a file that was just read so that neither its size nor
// its time tells.
func editWithinTick(w *world) string {
	id := oneOf(w, w.docs)
	r := w.docs[id]
	if r == nil {
		return ""
	}
	r.broken = ""
	r.body = "The letter A.\n"
	w.write()
	w.disk[id.File()] = w.content()[id.File()]
	name := w.name(id.File())
	w.must(os.WriteFile(name, []byte(w.disk[id.File()]), 0o644))
	info, err := os.Stat(name)
	w.must(err)
	w.build("a save of " + id.File())
	r.body = "The letter B.\n"
	w.disk[id.File()] = w.content()[id.File()]
	w.must(os.WriteFile(name, []byte(w.disk[id.File()]), 0o644))
	w.must(os.Chtimes(name, info.ModTime(), info.ModTime()))
	return id.File()
}

// killAt starts a build that kills itself after so many files.
func killAt(w *world) string {
	at := fmt.Sprint(pick(w, "reading", "making", "making", "making"), " ", 1+w.IntN(20+4*len(w.docs)))
	w.child(at, 0)
	return at
}

// killAfter kills a build from outside, so that files are half written.
func killAfter(w *world) string {
	after := time.Duration(w.Int64N(int64(60 * time.Millisecond)))
	w.child("", after)
	return after.String()
}

func (w *world) child(dies string, after time.Duration) {
	edit := pick(w, edits...) // so that there is something to do
	w.tell("%s: %s", edit.name, edit.do(w))
	w.write()
	c := exec.Command(os.Args[0])
	c.Env = append(os.Environ(), childRoot+"="+w.root, childDies+"="+dies)
	out, err := c.StdoutPipe()
	w.must(err)
	w.must(c.Start())
	lines := bufio.NewScanner(out)
	lines.Scan() // "begun"
	if dies == "" {
		time.Sleep(after)
		_ = c.Process.Kill()
	}
	for lines.Scan() {
		w.t.Errorf("a build in a process of its own: %s", lines.Text())
	}
	_ = c.Wait() // killed, or done before
}
