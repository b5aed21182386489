//go:build unix

package main

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"time"
)

// report prints the table, then the targets.
func report(w io.Writer, results []result, hugo string) {
	fmt.Fprintf(w, "%s; %d cores, %s of memory; %s, %s. Medians.\n\n", time.Now().Format(time.DateOnly),
		runtime.NumCPU(), memory(), runtime.Version(), hugoVersion(hugo))
	fmt.Fprint(w, "| |")
	for _, r := range results {
		fmt.Fprintf(w, " %d documents, %d rounds: wall s · CPU s · MiB · CPU ÷ floor | files |", r.n, len(r.samples[floor]))
	}
	fmt.Fprintf(w, "\n|---%s|\n", strings.Repeat("|---|---", len(results)))
	for _, row := range []string{floor, full, unchanged, edited, serve, hugoFull, hugoUnchanged} {
		if len(results[0].samples[row]) == 0 {
			continue
		}
		fmt.Fprintf(w, "| %s |", row)
		for _, r := range results {
			fmt.Fprintf(w, " %s | %s |", r.cell(row), r.filesCell(row))
		}
		fmt.Fprintln(w)
	}
	fmt.Fprintln(w)
	for _, r := range results {
		r.targets(w)
	}
}

func (r result) cell(row string) string {
	samples := r.samples[row]
	if row == serve {
		return fmt.Sprintf("%.1f ms an edit (at most %.1f) · %.0f MiB", r.editMedian, r.editMax, samples[0].mib)
	}
	return fmt.Sprintf("%.2f · %.2f · %.0f · %.2f", median(samples, sample.wallSeconds), median(samples, sample.cpuSeconds),
		median(samples, sample.memory), r.ratio(row, floor, sample.cpuSeconds).median)
}

func (r result) filesCell(row string) string {
	if n, ok := r.files[row]; ok {
		return fmt.Sprint(n)
	}
	return ""
}

func (s sample) wallSeconds() float64 { return s.wall }
func (s sample) cpuSeconds() float64  { return s.cpu }
func (s sample) memory() float64      { return s.mib }

func median(samples []sample, of func(sample) float64) float64 {
	var values []float64
	for _, s := range samples {
		values = append(values, of(s))
	}
	return middle(values)
}

// spread is a ratio over the rounds.
type spread struct{ median, least, most float64 }

// ratio compares two rows round by round, so that a slow round counts no more
// than a quick one.
func (r result) ratio(row, to string, of func(sample) float64) spread {
	var values []float64
	for i, s := range r.samples[row] {
		values = append(values, of(s)/of(r.samples[to][i]))
	}
	return spread{middle(values), slices.Min(values), slices.Max(values)}
}

// middle is the median; of an even number of values, the mean of the middle two.
func middle(values []float64) float64 {
	slices.Sort(values)
	n := len(values)
	return (values[(n-1)/2] + values[n/2]) / 2
}

func (r result) targets(w io.Writer) {
	fmt.Fprintf(w, "%d documents:\n\n", r.n)
	r.ratioTarget(w, "CPU of a build from nothing, over the floor's", r.ratio(full, floor, sample.cpuSeconds), 2)
	r.ratioTarget(w, "CPU with nothing changed, over that from nothing", r.ratio(unchanged, full, sample.cpuSeconds), 0.05)
	r.ratioTarget(w, "wall time with nothing changed, over that from nothing", r.ratio(unchanged, full, sample.wallSeconds), 0.05)
	target(w, fmt.Sprintf("a body edit in `serve`, until it is seen: %.1f ms, at most 50", r.editMedian), r.editMedian < 50)
	var most float64
	for _, row := range []string{full, unchanged, edited} {
		for _, s := range r.samples[row] {
			most = max(most, s.mib)
		}
	}
	budget := 60 + float64(r.n)*2/1024
	target(w, fmt.Sprintf("memory of a build at its peak: %.0f MiB, at most %.0f (60 MiB + 2 KiB a document)", most, budget), most <= budget)
	fmt.Fprintln(w)
}

func (r result) ratioTarget(w io.Writer, what string, s spread, most float64) {
	target(w, fmt.Sprintf("%s: %.3f (%.3f to %.3f), at most %g", what, s.median, s.least, s.most, most), s.median <= most)
}

func target(w io.Writer, what string, reached bool) {
	verdict := "reached"
	if !reached {
		verdict = "**missed**"
	}
	fmt.Fprintf(w, "- %s: %s\n", what, verdict)
}

func hugoVersion(hugo string) string {
	if hugo == "" {
		return "no Hugo"
	}
	out, err := exec.Command(hugo, "version").Output()
	if version := regexp.MustCompile(`v\d[\d.]*`).Find(out); err == nil && version != nil {
		return "Hugo " + string(version)
	}
	return "Hugo of an unknown version"
}

// memory is the machine's, as Linux tells it.
func memory() string {
	text, _ := os.ReadFile("/proc/meminfo")
	var kib int
	if _, err := fmt.Sscanf(string(text), "MemTotal: %d kB", &kib); err != nil {
		return "an unknown amount"
	}
	return fmt.Sprintf("%.0f GiB", float64(kib)/(1<<20))
}
