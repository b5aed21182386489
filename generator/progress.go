package main

import (
	"fmt"
	"io"
	"os"
	"sync"
	"time"

	"chancery/generator/build"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

// progressTo shows how far long work is: a bar on a terminal, a line now and
// then elsewhere. done takes the bar away.
func progressTo(stderr io.Writer, quiet bool) (show build.Progress, done func()) {
	if quiet {
		return nil, func() {}
	}
	if f, ok := stderr.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		if width, _, err := term.GetSize(int(f.Fd())); err != nil || width >= barNeeds {
			return bar(stderr)
		}
	}
	return lines(stderr), func() {}
}

// barNeeds is how many letters wide a terminal has to be for the bar.
const barNeeds = 90

func bar(w io.Writer) (build.Progress, func()) {
	var mu sync.Mutex
	var stage string
	var bar *progressbar.ProgressBar
	show := func(now string, done, total int) {
		mu.Lock()
		defer mu.Unlock()
		if now != stage || bar == nil {
			if bar != nil {
				_ = bar.Finish()
			}
			stage = now
			bar = progressbar.NewOptions(total, progressbar.OptionSetWriter(w), progressbar.OptionSetDescription(now),
				progressbar.OptionShowCount(), progressbar.OptionShowIts(), progressbar.OptionSetItsString("files"),
				progressbar.OptionThrottle(100*time.Millisecond), progressbar.OptionClearOnFinish(), progressbar.OptionSetWidth(30))
		}
		if int64(done) > bar.State().CurrentNum {
			_ = bar.Set(done)
		}
	}
	return show, func() {
		mu.Lock()
		defer mu.Unlock()
		if bar != nil {
			_ = bar.Finish()
		}
	}
}

// linesApart is the time between two lines of progress: short work shows none.
const linesApart = 5 * time.Second

func lines(w io.Writer) build.Progress {
	var mu sync.Mutex
	start := time.Now()
	last, current := start, ""
	return func(stage string, done, total int) {
		mu.Lock()
		defer mu.Unlock()
		if stage != current {
			start, current = time.Now(), stage
		}
		if now := time.Now(); now.Sub(last) >= linesApart {
			last = now
			fmt.Fprintf(w, "%s: %d of %d (%.0f a second)\n", stage, done, total, float64(done)/now.Sub(start).Seconds())
		}
	}
}
