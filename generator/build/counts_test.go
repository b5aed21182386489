package build_test

import (
	"fmt"
	"path"
	"slices"
	"strings"
	"testing"

	"chancery/generator/archive"
	"chancery/generator/build"
	"chancery/generator/content"
	"chancery/templates"
)

// The archive of these tests: four documents of the 17th East Asia Summit, one
// of the 18th, one without a venue, one undated, and fifty of 2010 which are too
// old to be shown on the home page or in a feed.
const countsArchive = `
-- content/archive.yaml --
title: The Archive
description: What it holds
base-url: https://example.org/base/
publisher: The Keepers
licence: Free to use
cite: Cite it so
-- content/venues/asean.md --
---
name: Association of Nations
---
-- content/venues/eas.md --
---
name: East Asia Summit
parent: asean
editions:
  - key: 17
    start: 2022-11-11
    end: 2022-11-13
    place: phnom-penh
  - key: 18
    start: 2023-09-06
    end: 2023-09-07
    place: jakarta
---

What it is.
-- content/venues/forum.md --
---
name: Old Forum
---
-- content/places/phnom-penh.md --
---
name: Phnom Penh
country: Cambodia
---
-- content/places/jakarta.md --
---
name: Jakarta
---
-- content/places/oldtown.md --
---
name: Oldtown
---
-- content/speakers/lavrov.md --
---
name: Sergey Lavrov
sort-name: Lavrov, Sergey
---
-- content/speakers/marsudi.md --
---
name: Retno Marsudi
---
-- content/sources/tass.md --
---
name: TASS Agency
---
-- content/sources/chronicle.md --
---
name: Old Chronicle
---
-- content/documents/2022/a.md --
---
title: Title A
date: 2022-11-11
place: phnom-penh
venues: [eas/17]
speakers: [lavrov]
source: tass
summary: Summary A
---

Body A
-- content/documents/2022/b.md --
---
title: Title B
date: 2022-11-12
place: phnom-penh
venues: [eas/17]
speakers: [lavrov]
source: tass
summary: Summary B
---

Body B
-- content/documents/2022/c.md --
---
title: Title C
date: 2022-11-13
place: phnom-penh
venues: [eas/17]
source: tass
summary: Summary C
---

Body C
-- content/documents/2022/d.md --
---
title: Title D
date: 2022-11-14
venues: [eas/17]
---

Body D
-- content/documents/2022/d/note.txt --
A note
-- content/documents/2023/e.md --
---
title: Title E
date: 2023-09-07
place: jakarta
venues: [eas/18]
speakers: [marsudi]
source: tass
---

Body E
-- content/documents/2023/f.md --
---
title: Title F
date: 2023-10-01
translation-of: 2023/e
---

Body F
-- content/documents/undated/u.md --
---
title: Title U
---

Body U
`

func newCountsArchive(t *testing.T) string {
	t.Helper()
	root := t.TempDir()
	unpack(t, root, strings.TrimSpace(countsArchive))
	for n := range 50 {
		write(t, root, fmt.Sprintf("content/documents/2010/%02d.md", n), fmt.Sprintf("---\ntitle: Old Title %02d\ndate: 2010-05-%02d\nplace: oldtown\nvenues: [forum]\nsource: chronicle\nsummary: Old Summary %02d\n---\n\nOld body\n", n, 1+n/2, n))
	}
	result, c := buildOnce(t, root)
	if len(result.Problems) > 0 {
		t.Fatalf("the archive of the test has problems: %v", result.Problems)
	}
	if len(c.made) != result.Made || result.Unchanged != 0 || result.Documents != 57 {
		t.Fatalf("the first build: %+v", result)
	}
	return root
}

// pages gives the files of pages by their addresses, "" being the home page.
// What has an extension is a file already; braces stand for each of a list:
// "years/{2022,2023}/".
func pages(addresses string) []string {
	var files []string
	for _, a := range strings.Fields(addresses) {
		for _, a := range expand(a) {
			if path.Ext(a) == "" {
				a = strings.TrimPrefix(a+"index.html", "/")
			}
			files = append(files, a)
		}
	}
	slices.Sort(files)
	return files
}

func expand(a string) []string {
	before, rest, ok := strings.Cut(a, "{")
	if !ok {
		return []string{a}
	}
	list, after, _ := strings.Cut(rest, "}")
	var all []string
	for item := range strings.SplitSeq(list, ",") {
		all = append(all, expand(before+item+after)...)
	}
	return all
}

// listingsOfB are the listing pages that show document B: those of its year, venue, venue's year, edition, place, speaker and
// source.
const listingsOfB = ` years/2022/ venues/eas/ venues/eas/2022/ venues/eas/editions/17/ places/phnom-penh/ speakers/lavrov/ sources/tass/ `

// countsOfB are the pages that show how many documents there are of B's year,
// venue, venue's parent, place, speaker and source.
const countsOfB = ` / years/ venues/ venues/asean/ places/ places/phnom-penh/ speakers/ sources/ `

// TestAnEditMakesAgainWhatShowsIt holds each kind of edit to the table of what
// it makes again. buildOnce, by which each is built, sees to it that as many
// files are counted as made as have other bytes than before.
func TestAnEditMakesAgainWhatShowsIt(t *testing.T) {
	for _, test := range []struct {
		name    string
		edit    func(t *testing.T, root string)
		made    string
		removed string
	}{
		{"nothing", func(*testing.T, string) {}, "", ""},
		{"a save without a change", inFile("content/documents/2022/b.md", "Body B", "Body B"), "", ""},
		{"a body: its page alone", inFile("content/documents/2022/b.md", "Body B", "Other words"), "documents/2022/b/", ""},
		{"metadata that only its page shows: its page alone", inFile("content/documents/2022/b.md", "place: phnom-penh\n", "place: phnom-penh\nrights: Theirs\ntags: [one]\n"), "documents/2022/b/", ""},
		{"metadata that no page shows: nothing", inFile("content/documents/2022/b.md", "place: phnom-penh\n", "place: phnom-penh\nreview: [\"place: inferred\"]\nimported:\n  source: abc\n"), "", ""},
		{"a title: its page, its neighbours, the listing pages, the feeds, home, its edition", inFile("content/documents/2022/b.md", "Title B", "New title"),
			"documents/2022/{a,b,c,d}/ / feed.xml venues/eas/feed.xml" + listingsOfB, ""},
		{"the title of an old document: neither home nor the feed of the archive", inFile("content/documents/2010/05.md", "Old Title 05", "New title"),
			"documents/2010/{04,05,06}/ years/2010/ venues/forum/ venues/forum/2010/ places/oldtown/ sources/chronicle/", ""},
		{"the title of a document without a venue: its neighbours in its year, its original", inFile("content/documents/2023/f.md", "Title F", "New title"),
			"documents/2023/{e,f}/ years/2023/ / feed.xml", ""},
		{"a summary: its page, home, feeds", inFile("content/documents/2022/b.md", "Summary B", "New summary"), "documents/2022/b/ / feed.xml venues/eas/feed.xml", ""},
		{"the summary of an old document: its page alone", inFile("content/documents/2010/05.md", "Old Summary 05", "New summary"), "documents/2010/05/", ""},
		{"a date within the year that changes the order: neighbours old and new",
			inFile("content/documents/2022/a.md", "2022-11-11", "2022-11-20"),
			"documents/2022/{a,b,c,d}/ documents/2023/e/ / feed.xml venues/eas/feed.xml sitemaps/2022-1.xml" + listingsOfB, ""},
		{"a date in another year: the counts of both years", inFile("content/documents/2022/b.md", "2022-11-12", "2023-11-12"),
			"documents/2022/{a,b,c,d}/ documents/2023/{e,f}/ / years/ feed.xml venues/eas/feed.xml years/2023/ venues/eas/2023/ sitemaps/{2022,2023}-1.xml" + listingsOfB, ""},
		{"a correction: its page, the feeds, the sitemap of its year", inFile("content/documents/2022/b.md", "place: phnom-penh\n", "place: phnom-penh\ncorrections: [\"2024-01-02: a name\"]\n"),
			"documents/2022/b/ feed.xml venues/eas/feed.xml sitemaps/2022-1.xml", ""},
		{"a speaker taken away: its page, the speaker's and the index of them", inFile("content/documents/2022/b.md", "speakers: [lavrov]\n", ""), "documents/2022/b/ speakers/ speakers/lavrov/", ""},
		{"another place: its page, both places, the lists that name it, the index", inFile("content/documents/2022/b.md", "place: phnom-penh", "place: jakarta"),
			"documents/2022/{a,b,c,d}/ / places/ places/jakarta/" + listingsOfB, ""},
		{"a document more: its page and what lists, counts or stands beside it", newFile("content/documents/2022/b2.md", "---\ntitle: Title B2\ndate: 2022-11-12\nplace: phnom-penh\nvenues: [eas/17]\nspeakers: [lavrov]\nsource: tass\n---\n\nBody\n"),
			"documents/2022/{a,b,b2,c,d}/ feed.xml venues/eas/feed.xml sitemaps/2022-1.xml" + listingsOfB + countsOfB, ""},
		{"the first document of a year: the indexes that show the year too", newFile("content/documents/2024/g.md", "---\ntitle: Title G\ndate: 2024-01-01\n---\n"),
			"documents/2024/g/ years/2024/ / years/ feed.xml sitemap.xml sitemaps/{2024,indexes}-1.xml", ""},
		{"a document deleted", deletion("content/documents/2022/b.md"), "documents/2022/{a,c,d}/ feed.xml venues/eas/feed.xml sitemaps/2022-1.xml" + listingsOfB + countsOfB, "documents/2022/b/"},
		{"a document made a draft", inFile("content/documents/2022/b.md", "Title B\n", "Title B\ndraft: true\n"), "documents/2022/{a,c,d}/ feed.xml venues/eas/feed.xml sitemaps/2022-1.xml" + listingsOfB + countsOfB, "documents/2022/b/"},
		{"the last document of an edition and of a venue's year deleted", func(t *testing.T, root string) {
			inFile("content/documents/2023/f.md", "translation-of: 2023/e\n", "")(t, root)
			deletion("content/documents/2023/e.md")(t, root)
		}, "documents/2023/f/ documents/2022/d/ / years/ years/2023/ venues/ venues/asean/ venues/eas/ venues/eas/editions/18/ venues/eas/feed.xml feed.xml places/ places/jakarta/ speakers/ speakers/marsudi/ sources/ sources/tass/ sitemaps/{2023,indexes}-1.xml",
			"documents/2023/e/ venues/eas/2023/"},
		{"a file added to a document: it and the document's page", newFile("content/documents/2022/b/photo.jpg", "JPEG"), "documents/2022/b/ documents/2022/b/photo.jpg", ""},
		{"a document's file changed: it alone", inFile("content/documents/2022/d/note.txt", "A note", "Another"), "documents/2022/d/note.txt", ""},
		{"a document's file deleted", deletion("content/documents/2022/d/note.txt"), "documents/2022/d/", "documents/2022/d/note.txt"},
		{"what a term's file says of it: its page alone", inFile("content/venues/eas.md", "What it is.", "What it was."), "venues/eas/", ""},
		{"an alias: its page alone", inFile("content/venues/eas.md", "parent: asean\n", "parent: asean\naliases: [Summit of East Asia]\n"), "venues/eas/", ""},
		{"the days of an edition: its page, its venue, its year, its place", inFile("content/venues/eas.md", "2022-11-13", "2022-11-14"),
			"venues/eas/ venues/eas/editions/17/ venues/eas/2022/ places/phnom-penh/", ""},
		{"an edition more: its page, its venue, its place, its year, the sitemap", inFile("content/venues/eas.md", "---\n\nWhat", "  - key: 19\n    start: 2022-12-01\n    place: jakarta\n---\n\nWhat"),
			"venues/eas/ venues/eas/editions/19/ venues/eas/2022/ places/jakarta/ sitemaps/indexes-1.xml", ""},
		{"a new term: its page, the index of its kind, the sitemap", newFile("content/speakers/new.md", "---\nname: New Speaker\n---\n"), "speakers/ speakers/new/ sitemaps/indexes-1.xml", ""},
		{"a new venue: its feed too", newFile("content/venues/new.md", "---\nname: New Venue\n---\n"), "venues/ venues/new/ venues/new/feed.xml sitemaps/indexes-1.xml", ""},
		{"a term deleted", deletion("content/venues/unused.md"), "venues/ sitemaps/indexes-1.xml", "venues/unused/ venues/unused/feed.xml"},
		{"what the archive is: home alone", inFile("content/archive.yaml", "What it holds", "What else"), "/", ""},
		{"how to cite the archive: home alone", inFile("content/archive.yaml", "Cite it so", "Cite it thus"), "/", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			root := newCountsArchive(t)
			if strings.Contains(test.removed, "unused") {
				write(t, root, "content/venues/unused.md", "---\nname: Unused\n---\n")
				buildOnce(t, root)
			}
			test.edit(t, root)
			result, c := buildOnce(t, root)
			if len(result.Problems) > 0 {
				t.Fatalf("problems: %v", result.Problems)
			}
			tellSets(t, "made again", c.made, slices.Compact(pages(test.made)))
			tellSets(t, "removed", c.removed, pages(test.removed))
			if result.Removed != len(c.removed) || result.Made+result.Unchanged != len(listed(siteOf(t, root))) {
				t.Errorf("%+v, and %v are removed", result, c.removed)
			}
		})
	}
}

// tellSets tells what of two sorted lists is in one alone.
func tellSets(t *testing.T, what string, got, want []string) {
	t.Helper()
	for _, name := range got {
		if !slices.Contains(want, name) {
			t.Errorf("%s, but need not have been: %s", what, name)
		}
	}
	for _, name := range want {
		if !slices.Contains(got, name) {
			t.Errorf("not %s: %s", what, name)
		}
	}
}

func inFile(file, old, new string) func(*testing.T, string) {
	return func(t *testing.T, root string) { t.Helper(); replace(t, root, file, old, new) }
}

func newFile(file, text string) func(*testing.T, string) {
	return func(t *testing.T, root string) { t.Helper(); write(t, root, file, text) }
}

func deletion(file string) func(*testing.T, string) {
	return func(t *testing.T, root string) { t.Helper(); remove(t, root, file) }
}

// TestATermsNameMakesAgainThePagesThatShowIt takes from the site itself which
// pages those are.
func TestATermsNameMakesAgainThePagesThatShowIt(t *testing.T) {
	for _, test := range []struct {
		file, name string
		some       string // of the pages that must be among them
		not        string
	}{
		{"content/venues/eas.md", "East Asia Summit", "/ venues/ venues/asean/ venues/eas/ venues/eas/editions/18/ documents/2022/a/ places/jakarta/ years/2022/ venues/eas/feed.xml", "documents/2010/20/ documents/2023/f/ speakers/lavrov/ feed.xml"},
		{"content/venues/asean.md", "Association of Nations", "venues/ venues/asean/ venues/eas/ venues/asean/feed.xml", "documents/2022/a/ /"},
		{"content/places/phnom-penh.md", "Phnom Penh", "/ places/ places/phnom-penh/ venues/eas/ venues/eas/editions/17/ speakers/lavrov/ documents/2022/b/", "documents/2023/e/ years/2023/"},
		{"content/speakers/marsudi.md", "Retno Marsudi", "speakers/ speakers/marsudi/ documents/2023/e/", "/ years/2023/ documents/2023/f/"},
		{"content/sources/tass.md", "TASS Agency", "/ feed.xml sources/ sources/tass/ documents/2022/d/ documents/2022/a/ years/2022/ speakers/lavrov/", "documents/2010/20/ years/2010/"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			root := newCountsArchive(t)
			var shown []string
			for name, file := range siteOf(t, root) {
				if strings.Contains(file.data, test.name) {
					shown = append(shown, name)
				}
			}
			replace(t, root, test.file, test.name, "Name Anew")
			_, c := buildOnce(t, root)
			slices.Sort(shown)
			tellSets(t, "made again", c.made, shown)
			for _, name := range pages(test.some) {
				if !slices.Contains(c.made, name) {
					t.Errorf("not made again: %s", name)
				}
			}
			for _, name := range pages(test.not) {
				if slices.Contains(c.made, name) {
					t.Errorf("made again: %s", name)
				}
			}
		})
	}
}

// TestATemplateMakesAgainThePagesMadeWithIt lays a template of the archive's
// own over each of the program's.
func TestATemplateMakesAgainThePagesMadeWithIt(t *testing.T) {
	all := func(name string) bool { return path.Base(name) == "index.html" || name == "404.html" }
	for template, with := range map[string]func(name string) bool{
		"document.html": func(name string) bool { return strings.HasPrefix(name, "documents/") && all(name) },
		"home.html":     func(name string) bool { return name == "index.html" },
		"404.html":      func(name string) bool { return name == "404.html" },
		"index.html":    func(name string) bool { return strings.Count(name, "/") == 1 && all(name) },
		"listing.html": func(name string) bool {
			return all(name) && (strings.HasPrefix(name, "years/") && strings.Count(name, "/") == 2 || strings.HasPrefix(name, "venues/") && strings.Count(name, "/") > 2)
		},
		"term.html": func(name string) bool {
			return all(name) && strings.Count(name, "/") == 2 && !strings.HasPrefix(name, "years/") && !strings.HasPrefix(name, "documents/")
		},
		"base.html": all,
	} {
		t.Run(template, func(t *testing.T) {
			t.Parallel()
			root := newCountsArchive(t)
			var want []string
			for name := range siteOf(t, root) {
				if with(name) {
					want = append(want, name)
				}
			}
			if len(want) == 0 {
				t.Fatal("no page is made with it")
			}
			data, err := templates.Files.ReadFile(template)
			if err != nil {
				t.Fatal(err)
			}
			text := string(data) + "<!-- -->Own words"
			if template == "base.html" {
				text = strings.Replace(string(data), "<body>", "<body>Own words", 1)
			}
			write(t, root, "templates/"+template, text)
			_, c := buildOnce(t, root)
			slices.Sort(want)
			tellSets(t, "made again", c.made, want)
		})
	}
}

// TestTheStyleSheetMovesWithItsContent makes again all pages, which name it.
func TestTheStyleSheetMovesWithItsContent(t *testing.T) {
	root := newCountsArchive(t)
	htmls := 0
	for name := range siteOf(t, root) {
		if path.Ext(name) == ".html" {
			htmls++
		}
	}
	write(t, root, "templates/assets/style.css", "body { color: black }\n")
	_, c := buildOnce(t, root)
	if len(c.made) != htmls+1 || len(c.removed) != 1 || !strings.HasPrefix(c.removed[0], "assets/style.") {
		t.Errorf("of %d pages and a style sheet %d files were made and %v removed", htmls, len(c.made), c.removed)
	}
}

// TestAnotherVersionOfTheProgramWritesOnlyWhatItMakesOtherwise makes all pages
// anew, as their keys are, and finds that their bytes are what they were.
func TestAnotherVersionOfTheProgramWritesOnlyWhatItMakesOtherwise(t *testing.T) {
	root := newCountsArchive(t)
	before := siteOf(t, root)
	o := order(root)
	o.Version = content.DigestOf([]byte("another"))
	result, err := build.Build(o)
	if err != nil {
		t.Fatal(err)
	}
	after := siteOf(t, root)
	if c := changeOf(before, after); result.Made != 0 || len(c.made)+len(c.removed) > 0 {
		t.Errorf("Made %d, changed %v", result.Made, c)
	}
	if before[list].data == after[list].data {
		t.Error("the keys are those of the other version")
	}
}

// TestALargeListingMovesOnlyThePagesOfTheYear edits a listing of several pages.
func TestALargeListingMovesOnlyThePagesOfTheYear(t *testing.T) {
	root := t.TempDir()
	write(t, root, content.SettingsFile, "title: Large\n")
	write(t, root, "content/places/town.md", "---\nname: Town\n---\n")
	for year := 2000; year < 2004; year++ {
		for n := range 60 {
			write(t, root, archive.ID(fmt.Sprintf("%d/%02d", year, n)).File(), fmt.Sprintf("---\ntitle: Title %d %02d\ndate: %d-01-%02d\nplace: town\n---\n", year, n, year, 1+n/2))
		}
	}
	buildOnce(t, root)
	write(t, root, "content/documents/2001/99.md", "---\ntitle: One more\ndate: 2001-06-01\nplace: town\n---\n")
	result, c := buildOnce(t, root)
	if result.Problems != nil {
		t.Fatal(result.Problems)
	}
	// The first page counts them all in its heading and so does every page of the
	// listing; the entries are listed anew on the page of 2001 alone.
	tellSets(t, "made again", c.made, pages("/ documents/2001/{59,99}/ years/ years/2001/ places/ places/town/ places/town/page/{2,3,4}/"))
	for n, title := range map[string]string{"2": "One more", "3": "Title 2002 00"} {
		if !strings.Contains(read(t, root, "site/places/town/page/"+n+"/index.html"), title) {
			t.Errorf("page %s does not list %q", n, title)
		}
	}
}
