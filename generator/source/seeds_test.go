package source

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"chancery/generator/archive"
)

// A seed is what must come out of one document of the five source documents
// that this archive began with. An empty text after "|" is nothing.
type seed struct{ file, title, when, place, venues, source string }

var seeds = []seed{
	{"000", "Lavrov to discuss US threats to APAC", "2022-11-12", "phnom-penh", "east-asia-summit/17", "tass"},
	{"001", "Russian Foreign Minister Sergey Lavrov attended", "2024-07-27", "vientiane", "east-asia-summit asean-regional-forum/31", ""},
	{"002", "Russia's Foreign Minister Sergey Lavrov’s remarks following his visit to Malaysia", "2024-07-28", "kuala-lumpur", "", "russian-mfa"},
	{"002", "Russia's Foreign Minister Sergey Lavrov’s answers to media questions following his visit to Malaysia", "2024-07-28", "kuala-lumpur", "", "russian-mfa"},
	{"002", "Foreign Minister Sergey Lavrov’s remarks and answers", "2024-07-27", "vientiane", "asean-russia east-asia-summit", "russian-mfa"},
	{"002", "President of the Russian Federation Vladimir Putin held talks at the Kremlin", "[2024-07-28..2024-08-08]", "moscow", "", ""},
	{"002", "The first batch of students", "[2024-07-28..2024-08-08]", "", "asean-russia", ""},
	{"002", "ASEAN turns 57", "2024-08-08", "", "asean", ""},
	{"002", "Every year on August 8", "2024-08-08", "", "asean", ""},
	{"002", "On August 27, Russian Ambassador to ASEAN", "2024-08-27", "jakarta", "asean", ""},
	{"002", "On September 4, the annual ASEAN-Russia Business Dialogue", "2024-09-04", "vladivostok", "asean-russia eastern-economic-forum/9", ""},
	{"002", "On September 4, the ASEAN-China-Russia Young Diplomats Roundtable", "2024-09-04", "vladivostok", "eastern-economic-forum/9", ""},
	{"002", "Russia's Foreign Minister Sergey Lavrov’s remarks and answers to media questions following the 19th East Asia Summit", "2024-10-11", "vientiane", "east-asia-summit/19", "russian-mfa"},
	{"002", "President of Russia Vladimir Putin and President of the Lao People's Democratic Republic Thongloun Sisoulith held a meeting", "2024-10-24", "kazan", "brics/16", ""},
	{"002", "On October 25, Sochi (Russia) hosted the 4th ASEAN-Russia Dialogue on ICT", "2024-10-25", "sochi", "asean-russia", ""},
	{"003", "Comment by the Information and Press Department", "2016-07-23 10:00", "", "asean-russia east-asia-summit asean-regional-forum/23", "russian-mfa"},
	{"004", "Lavrov says Russia, PRC step up partnership", "2022-12-01", "moscow", "", "tass"},
}

// TestSeeds reads the five source documents. Their folder is named by
// CHANCERY_SEEDS.
func TestSeeds(t *testing.T) {
	folder := os.Getenv("CHANCERY_SEEDS")
	if folder == "" {
		t.Skip("skipped: CHANCERY_SEEDS does not name the folder of the seeds")
	}
	files, err := filepath.Glob(filepath.Join(folder, "*.txt"))
	if err != nil || len(files) != 5 {
		t.Fatalf("files: %d, %v", len(files), err)
	}
	r := shippedReader(t)
	n := 0
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		drafts, _, problems := readText(r, file, text)
		if len(problems) > 0 {
			t.Errorf("%v", problems)
		}
		checkWhole(t, string(text), drafts)
		for i := range drafts {
			if n == len(seeds) {
				t.Fatalf("more than %d documents", n)
			}
			seeds[n].check(t, filepath.Base(file), &drafts[i], r.vocabulary)
			n++
		}
	}
	if n != len(seeds) {
		t.Errorf("documents: %d, want %d", n, len(seeds))
	}
}

func (s seed) check(t *testing.T, file string, d *archive.Draft, v *archive.Vocabulary) {
	t.Helper()
	doc, made := d.Document(v)
	got := seed{file[:3], doc.Title, strings.TrimSpace(doc.Date.String() + " " + doc.Time), string(doc.Place), "", string(doc.Source)}
	for _, ref := range doc.Venues {
		got.venues = strings.TrimSpace(got.venues + " " + ref.String())
	}
	if strings.HasPrefix(got.title, s.title) {
		got.title = s.title
	}
	if got != s {
		t.Errorf("\n got %q\nwant %q", got, s)
	}
	if doc.Via != "" || doc.Language != "en" || len(made) > 0 {
		t.Errorf("%s: via %q, language %q, new terms %v", s.title, doc.Via, doc.Language, made)
	}
	for field, value := range d.Values {
		if value.Why == "" || value.Rule == "" || value.Grade == "" || value.Line == 0 {
			t.Errorf("%s: %s has no evidence: %+v", s.title, field, value)
		}
		if said := strings.Join(doc.Review, "\n"); value.Grade == archive.Inferred && !strings.Contains(said, field+": ") {
			t.Errorf("%s: %s was inferred, and review does not say so", s.title, field)
		}
	}
}
