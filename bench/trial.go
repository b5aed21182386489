//go:build unix

package main

import (
	"context"
	"fmt"
	"io/fs"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"syscall"
	"time"
)

// The rows of the table.
const (
	floor         = "the floor"
	full          = "Chancery, from nothing"
	unchanged     = "Chancery, nothing changed"
	edited        = "Chancery, one body edited"
	serve         = "Chancery, `serve` with edits"
	hugoFull      = "Hugo, from nothing"
	hugoUnchanged = "Hugo, nothing changed"
)

// settle is how long a file must lie still before its modification time is
// trusted to tell that it is unchanged.
const settle = 3 * time.Second

// trial measures an archive of one size. Everything it makes lies in dir.
type trial struct {
	n, rounds      int
	bin, hugo, dir string
}

// sample is what one command cost.
type sample struct {
	wall, cpu float64 // seconds
	mib       float64 // the most it held in memory
}

// result is what a trial found: for each row a sample a round, and the number
// of files made.
type result struct {
	n                   int
	samples             map[string][]sample
	files               map[string]int
	editMedian, editMax float64 // milliseconds
}

// step is one measured command. Before it, and not measured, what it is to
// make anew is removed.
type step struct {
	row     string
	remove  []string
	before  func(round int) error
	command []string
	made    string // where its files are to be counted
}

func (t trial) run(ctx context.Context) (result, error) {
	r := result{n: t.n, samples: map[string][]sample{}, files: map[string]int{}}
	args := []string{"-n", strconv.Itoa(t.n), "-out", t.dir}
	if t.hugo != "" {
		args = append(args, "-hugo")
	}
	progress("making %d documents", t.n)
	if err := run(ctx, t.bin+"make", args...); err != nil {
		return r, err
	}
	time.Sleep(settle)
	for round := range t.rounds {
		contestants := t.contestants()
		// What drifts during a round, as a machine does that others use, then
		// favours each contestant in turn.
		if round%2 == 1 {
			slices.Reverse(contestants)
		}
		for _, step := range slices.Concat(contestants...) {
			progress("%d documents, round %d of %d: %s", t.n, round+1, t.rounds, step.row)
			if err := t.measure(ctx, step, round, &r); err != nil {
				return r, err
			}
		}
	}
	progress("%d documents: serve", t.n)
	return r, t.serve(ctx, &r)
}

// contestants are the steps of one round; the order within each is fixed.
func (t trial) contestants() [][]step {
	in := func(name string) string { return filepath.Join(t.dir, name) }
	build := []string{t.bin + "generator", "build", "--root", t.dir, "--quiet"}
	all := [][]step{
		{{row: floor, remove: []string{in("floor")}, made: in("floor"), command: []string{
			t.bin + "floor", "-workers", strconv.Itoa(runtime.GOMAXPROCS(0)), in("content/documents"), in("floor")}}},
		{
			{row: full, remove: []string{in("site"), in(".cache")}, command: build, made: in("site")},
			{row: unchanged, before: wait, command: build},
			{row: edited, before: t.edit, command: build},
		},
	}
	if t.hugo != "" {
		hugo := []string{t.hugo, "--source", in("hugo"), "--destination", in("hugo/public"), "--quiet"}
		all = append(all, []step{
			{row: hugoFull, remove: []string{in("hugo/public"), in("hugo/resources")}, command: hugo, made: in("hugo/public")},
			{row: hugoUnchanged, command: hugo},
		})
	}
	return all
}

func (t trial) measure(ctx context.Context, s step, round int, r *result) error {
	for _, path := range s.remove {
		if err := os.RemoveAll(path); err != nil {
			return err
		}
	}
	if s.before != nil {
		if err := s.before(round); err != nil {
			return err
		}
	}
	// The last step's files are not to be written out at this one's expense.
	syscall.Sync()
	cost, err := measure(exec.CommandContext(ctx, s.command[0], s.command[1:]...))
	if err != nil {
		return fmt.Errorf("%s: %w", s.row, err)
	}
	r.samples[s.row] = append(r.samples[s.row], cost)
	if s.made != "" {
		r.files[s.row], err = count(s.made)
	}
	return err
}

// wait lets what the last build wrote lie still, as a person would.
func wait(int) error {
	time.Sleep(settle)
	return nil
}

// edit appends a sentence to a document, another one each round.
func (t trial) edit(round int) error {
	paths, err := filepath.Glob(filepath.Join(t.dir, "content/documents/*/*.md"))
	if err != nil {
		return err
	}
	path := paths[(round*7919+len(paths)/2)%len(paths)]
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	return os.WriteFile(path, append(text, "\nThis sentence came later.\n"...), 0o644)
}

// measure runs a command to its end. The memory it reports is at least this
// program's own, of which the child is a copy until it starts: a few MiB.
func measure(c *exec.Cmd) (sample, error) {
	start := time.Now()
	out, err := c.CombinedOutput()
	wall := time.Since(start)
	if err != nil {
		return sample{}, fmt.Errorf("running %s: %w\n%s", c, err, out)
	}
	return cost(c.ProcessState, wall), nil
}

func cost(p *os.ProcessState, wall time.Duration) sample {
	s := sample{wall: wall.Seconds(), cpu: (p.UserTime() + p.SystemTime()).Seconds()}
	if usage, ok := p.SysUsage().(*syscall.Rusage); ok {
		s.mib = float64(usage.Maxrss) / 1024
		if runtime.GOOS == "darwin" { // bytes there, KiB elsewhere
			s.mib /= 1024
		}
	}
	return s
}

// serve measures body edits in a running preview, and what it cost in all.
func (t trial) serve(ctx context.Context, r *result) error {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	address := listener.Addr().String()
	if err := listener.Close(); err != nil {
		return err
	}
	time.Sleep(settle)
	server := exec.CommandContext(ctx, t.bin+"generator", "serve", "--root", t.dir, "--addr", address, "--quiet")
	server.Stderr = os.Stderr
	start := time.Now()
	if err := server.Start(); err != nil {
		return err
	}
	out, err := exec.CommandContext(ctx, t.bin+"edit", t.dir, address).CombinedOutput()
	stop(server)
	if err != nil {
		return fmt.Errorf("editing: %w\n%s", err, out)
	}
	r.samples[serve] = []sample{cost(server.ProcessState, time.Since(start))}
	_, err = fmt.Sscanf(string(out), "median %f ms, max %f ms", &r.editMedian, &r.editMax)
	return err
}

// stop ends a server gently, then surely. How it ends is not measured.
func stop(server *exec.Cmd) {
	server.Process.Signal(os.Interrupt)
	kill := time.AfterFunc(5*time.Second, func() { server.Process.Kill() })
	server.Wait()
	kill.Stop()
}

func count(folder string) (int, error) {
	n := 0
	err := filepath.WalkDir(folder, func(_ string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			n++
		}
		return err
	})
	return n, err
}

func progress(format string, args ...any) {
	fmt.Fprintf(os.Stderr, format+"\n", args...)
}
