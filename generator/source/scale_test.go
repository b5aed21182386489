package source

import (
	"fmt"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"
)

// bigDump makes a dump of about that many bytes, its posts in the shape of a
// channel: some repeated, some of one line, common lines in all of them.
func bigDump(size int) (text string, posts int) {
	var b strings.Builder
	for b.Len() < size {
		posts++
		rest := fmt.Sprintf("📍 Port Alder, July %d, 2023\nThe boats of line %d sailed on time, and the fog lifted at noon over the sound.\nMore of it tomorrow, from the same pier and the same boats.\nRead in full\n#HarbourForum\n", posts%28+1, posts)
		fmt.Fprintf(&b, "⚓ Post number %d of the harbour\n%s%s", posts, rest, rest)
		if posts%7 == 0 {
			posts++
			fmt.Fprintf(&b, "A single line, number %d\n", posts)
		}
	}
	return b.String(), posts
}

// TestBigDumpTakesTimeInProportion reads dumps of one and of five megabytes:
// the time grows as the size does, and memory stays within bounds.
func TestBigDumpTakesTimeInProportion(t *testing.T) {
	if testing.Short() {
		t.Skip("skipped by -short: it reads long texts")
	}
	r := ownReader(t)
	read := func(size int) time.Duration {
		text, posts := bigDump(size)
		start := time.Now()
		drafts, _, _ := readText(r, "dump.txt", []byte(text))
		took := time.Since(start)
		if len(drafts) != posts {
			t.Errorf("%d posts of %d", len(drafts), posts)
		}
		t.Logf("%d bytes, %d posts, %v, %.0f a second", size, posts, took, float64(posts)/took.Seconds())
		return took
	}
	read(1 << 16)
	for try := 1; ; try++ { // a busy machine may spoil one measurement
		small, large := read(1<<20), read(5<<20)
		if large < 15*small {
			break
		}
		if try == 3 {
			t.Fatalf("five times the size takes %v instead of %v", large, small)
		}
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	if m.Sys > 400<<20 {
		t.Errorf("%d MiB of memory", m.Sys>>20)
	}
}

// TestHardTextsEnd reads texts made to be slow.
func TestHardTextsEnd(t *testing.T) {
	if testing.Short() {
		t.Skip("skipped by -short: it reads long texts")
	}
	for name, text := range map[string]string{
		"one line of digits":       strings.Repeat("1", 1<<20),
		"one line of words":        strings.Repeat("July ", 1<<18),
		"one line of ordinals":     strings.Repeat("12th Harbour Forum ", 1<<15),
		"the same line":            "VIEW IN TELEGRAM\n" + strings.Repeat("x\n", 1<<16),
		"two lines":                "VIEW IN TELEGRAM\n" + strings.Repeat("x\ny\n", 1<<15),
		"colons":                   strings.Repeat("A:\n", 1<<16),
		"brackets":                 strings.Repeat("(", 1<<18),
		"hyphens":                  strings.Repeat("Harbour-", 1<<17),
		"ordinary lines":           strings.Repeat("It rained on the pier.\n", 1<<15),
		"chrome and nothing else":  strings.Repeat("All news\n", 1<<16),
		"sentences that never end": strings.Repeat("Mr. ", 1<<18),
	} {
		start := time.Now()
		readText(ownReader(t), name, []byte(text))
		if took := time.Since(start); took > 20*time.Second { // quadratic work takes minutes
			t.Errorf("%s: %v", name, took)
		} else {
			t.Logf("%s: %v", name, took)
		}
	}
}

// BenchmarkReadWire reads a wire story whose year is inferred.
func BenchmarkReadWire(b *testing.B) {
	text, err := os.ReadFile("testdata/wire_edition.txt")
	if err != nil {
		b.Fatal(err)
	}
	text = append(text, strings.Repeat("The boats of the Harbour Forum sailed on time, and the fog lifted at noon over the sound.\n", 30)...)
	r := ownReader(b)
	b.ReportAllocs()
	for b.Loop() {
		readText(r, "story.txt", text)
	}
}

// BenchmarkRead reads the posts of a dump of one megabyte.
func BenchmarkRead(b *testing.B) {
	text, posts := bigDump(1 << 20)
	r := ownReader(b)
	b.ReportAllocs()
	for b.Loop() {
		readText(r, "dump.txt", []byte(text))
	}
	b.ReportMetric(float64(posts*b.N)/b.Elapsed().Seconds(), "documents/s")
}
