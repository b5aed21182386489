package main

import (
	"fmt"
	"io"
	"os"
	"time"

	"chancery/generator/accession"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

// importProgress shows how far an import is: a bar on a terminal, a line now and
// then elsewhere where that is asked for. done takes the bar away; it may be
// called more than once.
func importProgress(stderr io.Writer, quiet, verbose bool) (show accession.Progress, done func()) {
	nothing := func() {}
	if quiet {
		return nil, nothing
	}
	if f, ok := stderr.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		if width, _, err := term.GetSize(int(f.Fd())); err != nil || width >= barNeeds {
			return importBar(stderr)
		}
		return importLines(stderr), nothing
	}
	if verbose {
		return importLines(stderr), nothing
	}
	return nil, nothing
}

// barDelay is how long work has to last for a bar to appear.
const barDelay = 500 * time.Millisecond

func importBar(w io.Writer) (accession.Progress, func()) {
	var bar *progressbar.ProgressBar
	stage, start := "", time.Now()
	finish := func() {
		if bar != nil {
			_ = bar.Finish()
		}
		bar = nil
	}
	return func(p accession.Progressed) {
		if p.Stage != stage {
			finish()
			stage, start = p.Stage, time.Now()
		}
		took := time.Since(start)
		if took < barDelay {
			return
		}
		if bar == nil {
			bar = progressbar.NewOptions64(max(1, p.Total), progressbar.OptionSetWriter(w), progressbar.OptionShowBytes(p.Stage == "importing"),
				progressbar.OptionThrottle(100*time.Millisecond), progressbar.OptionClearOnFinish(), progressbar.OptionSetWidth(20))
		}
		bar.Describe(fmt.Sprintf("%s, %.0f documents a second", stage, float64(p.Documents)/took.Seconds()))
		if p.Done > bar.State().CurrentNum {
			_ = bar.Set64(p.Done)
		}
	}, finish
}

func importLines(w io.Writer) accession.Progress {
	stage, start, last := "", time.Now(), time.Now()
	return func(p accession.Progressed) {
		now := time.Now()
		if p.Stage != stage {
			stage, start = p.Stage, now
		}
		if now.Sub(last) < linesApart {
			return
		}
		last = now
		share := 100.0
		if p.Total > 0 {
			share = 100 * float64(p.Done) / float64(p.Total)
		}
		fmt.Fprintf(w, "%s: %.0f %%, documents %d (%.0f a second)\n", stage, share, p.Documents, float64(p.Documents)/now.Sub(start).Seconds())
	}
}
