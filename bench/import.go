//go:build unix

package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// The rows of the table of imports that are no sort of source files.
const (
	filed = "text files, filed"
	again = "text files, filed already"
)

// An importTrial measures imports. Everything it makes lies in dir.
type importTrial struct {
	documents, rounds int
	bin, dir          string
	sorts             []sort
	result            result           // by row; files are the documents
	size              map[string]int64 // of the sources, by row
}

// benchImports is the command "import": it takes the arguments behind that.
func benchImports(ctx context.Context, args []string) error {
	flags := flag.NewFlagSet("bench import", flag.ExitOnError)
	documents := flags.Int("documents", 2000, "how many documents to import of each sort; of sorts that take long, a share of them")
	rounds := flags.Int("rounds", 3, "how often to measure everything")
	out := flags.String("out", "", "make the source files in this folder, and measure nothing")
	flags.Usage = func() {
		fmt.Fprintln(flags.Output(), "go run ./bench import [-documents N] [-rounds N] [-out FOLDER] [SORT...]\nSORT is the beginning of one of:", names(sorts))
		flags.PrintDefaults()
	}
	if err := flags.Parse(args); err != nil {
		return err
	}
	chosen, err := chooseSorts(flags.Args())
	if err != nil {
		return err
	}
	t := importTrial{documents: max(100, *documents), rounds: max(1, *rounds), sorts: chosen, size: map[string]int64{},
		result: result{samples: map[string][]sample{}, files: map[string]int{}}}
	if t.dir = *out; t.dir != "" {
		return t.makeSources()
	}
	if t.dir, err = os.MkdirTemp("", "bench-"); err != nil {
		return err
	}
	defer os.RemoveAll(t.dir)
	t.bin = filepath.Join(t.dir, "bin") + string(filepath.Separator)
	if err := run(ctx, "go", "build", "-o", t.bin, "./generator", "./bench/floor"); err != nil {
		return err
	}
	if err := t.makeSources(); err != nil {
		return err
	}
	if err := t.run(ctx); err != nil {
		return err
	}
	t.report(os.Stdout)
	return nil
}

func names(list []sort) string {
	var names []string
	for _, s := range list {
		names = append(names, s.name)
	}
	return strings.Join(names, ", ")
}

// chooseSorts gives the sorts whose names begin as the arguments say; without
// arguments, those that can be read here.
func chooseSorts(args []string) ([]sort, error) {
	if len(args) == 0 {
		return slices.DeleteFunc(slices.Clone(sorts), func(s sort) bool {
			if s.needs == "" {
				return false
			}
			_, err := exec.LookPath(s.needs)
			if err != nil {
				fmt.Fprintf(os.Stderr, "%s is left out: %s is not here\n", s.name, s.needs)
			}
			return err != nil
		}), nil
	}
	var chosen []sort
	for _, arg := range args {
		i := slices.IndexFunc(sorts, func(s sort) bool { return strings.HasPrefix(strings.ToLower(s.name), strings.ToLower(arg)) })
		if i < 0 {
			return nil, fmt.Errorf("%q begins no sort of source files; they are: %s", arg, names(sorts))
		}
		chosen = append(chosen, sorts[i])
	}
	return chosen, nil
}

// sources is the folder of a sort's files.
func (t *importTrial) sources(s sort) string {
	return filepath.Join(t.dir, "sources", strings.Map(func(c rune) rune {
		if c >= 'a' && c <= 'z' {
			return c
		}
		return '-'
	}, strings.ToLower(s.name)))
}

func (t *importTrial) makeSources() error {
	for _, s := range t.sorts {
		progress("making %d documents: %s", t.documents/s.share, s.name)
		folder := t.sources(s)
		if err := os.MkdirAll(folder, 0o755); err != nil {
			return err
		}
		if err := s.write(folder, t.documents/s.share); err != nil {
			return err
		}
		size, err := sizeOf(folder)
		if err != nil {
			return err
		}
		t.size[s.name] = size
	}
	return nil
}

// run measures each row in each round.
func (t *importTrial) run(ctx context.Context) error {
	texts := filepath.Join(t.dir, "floor-in")
	if err := eachIn("%06d.md", textFile)(texts, t.documents); err != nil {
		return err
	}
	steps := []step{{row: floor, remove: []string{t.dir + "/floor-out"}, command: []string{t.bin + "floor", "-workers", strconv.Itoa(runtime.GOMAXPROCS(0)), texts, t.dir + "/floor-out"}}}
	archive := filepath.Join(t.dir, "archive")
	command := []string{t.bin + "generator", "import", "--root", archive, "--quiet"}
	for _, s := range t.sorts {
		in := t.sources(s)
		steps = append(steps, step{row: s.name, command: append(slices.Clone(command), "--dry-run", in)})
		if s.name == sorts[0].name {
			steps = append(steps, step{row: filed, command: append(slices.Clone(command), in)}, step{row: again, command: append(slices.Clone(command), in)})
			t.size[filed], t.size[again] = t.size[s.name], t.size[s.name]
		}
	}
	for round := range t.rounds {
		for _, s := range steps {
			progress("round %d of %d: %s", round+1, t.rounds, s.row)
			if s.row != again {
				if err := newArchive(archive); err != nil {
					return err
				}
			}
			if err := t.measure(ctx, s); err != nil {
				return err
			}
		}
	}
	return nil
}

// newArchive makes an archive that has the terms of this one and no documents.
func newArchive(folder string) error {
	if err := os.RemoveAll(folder); err != nil {
		return err
	}
	for _, part := range []string{"venues", "places", "speakers", "sources"} {
		err := os.CopyFS(filepath.Join(folder, "content", part), os.DirFS(filepath.Join("content", part)))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return os.WriteFile(filepath.Join(folder, "content", "archive.yaml"), []byte("title: The Bench\n"), 0o644)
}

var importSum = regexp.MustCompile(`(?m)^(?:would make|made) (\d+), unchanged (\d+),`)

func (t *importTrial) measure(ctx context.Context, s step) error {
	for _, path := range s.remove {
		if err := os.RemoveAll(path); err != nil {
			return err
		}
	}
	syscall.Sync()
	c := exec.CommandContext(ctx, s.command[0], s.command[1:]...)
	var out tail
	c.Stdout, c.Stderr = &out, &out
	start := time.Now()
	if err := c.Run(); err != nil {
		return fmt.Errorf("%s: running %s: %w\n%s", s.row, c, err, out.last)
	}
	t.result.samples[s.row] = append(t.result.samples[s.row], cost(c.ProcessState, time.Since(start)))
	t.result.files[s.row] = t.documents
	if m := importSum.FindSubmatch(out.last); m != nil {
		made, _ := strconv.Atoi(string(m[1]))
		unchanged, _ := strconv.Atoi(string(m[2]))
		t.result.files[s.row] = made + unchanged
	}
	return nil
}

// A tail keeps the end of what is written to it: an import says a line for each
// document.
type tail struct{ last []byte }

func (t *tail) Write(p []byte) (int, error) {
	t.last = append(t.last, p...)
	if len(t.last) > 64<<10 {
		t.last = bytes.Clone(t.last[len(t.last)-4<<10:])
	}
	return len(p), nil
}

func sizeOf(folder string) (int64, error) {
	size := int64(0)
	err := filepath.WalkDir(folder, func(_ string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err == nil {
			size += info.Size()
		}
		return err
	})
	return size, err
}

// report prints the table of imports.
func (t *importTrial) report(w io.Writer) {
	r := t.result
	fmt.Fprintf(w, "%s; %d cores, %s of memory, load %s; %s. Medians of %d rounds; nothing is written but where it says filed.\n\n",
		time.Now().Format(time.DateOnly), runtime.NumCPU(), memory(), load(), runtime.Version(), t.rounds)
	fmt.Fprintln(w, "| sources | documents | MiB | wall s | documents/s | CPU ms a document | ÷ floor | peak MiB |\n|---|---|---|---|---|---|---|---|")
	perDocument := func(row string) float64 {
		return 1000 * median(r.samples[row], sample.cpuSeconds) / float64(r.files[row])
	}
	rows := []string{floor}
	for _, s := range t.sorts {
		if rows = append(rows, s.name); s.name == sorts[0].name {
			rows = append(rows, filed, again)
		}
	}
	for _, row := range rows {
		wall := median(r.samples[row], sample.wallSeconds)
		fmt.Fprintf(w, "| %s | %d | %.1f | %.2f | %.0f | %.2f | %.2f | %.0f |\n", row, r.files[row], float64(t.size[row])/(1<<20), wall,
			float64(r.files[row])/wall, perDocument(row), perDocument(row)/perDocument(floor), median(r.samples[row], sample.memory))
	}
}

// load is the machine's of the last minute, as Linux tells it.
func load() string {
	text, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return "unknown"
	}
	first, _, _ := strings.Cut(string(text), " ")
	return first
}
