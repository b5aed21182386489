//go:build unix

// Bench times Chancery against the floor and against Hugo, on archives made for
// it, and prints a Markdown table with the ratios and the targets.
//
//	go run ./bench [-rounds 3] [-keep] [N...]
//	go run ./bench import [-documents 2000] [-rounds 3] [SORT...]
//
// It is run from the repository's root; without N it takes 1000 and 10000.
// README.md says what is measured.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
)

func main() {
	rounds := flag.Int("rounds", 3, "how often to measure everything; three times that below 5000 documents")
	keep := flag.Bool("keep", false, "keep the archives and sites, and say where they are")
	flag.Parse()
	// Interrupted, it still removes what it made.
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if flag.Arg(0) == "import" {
		end(benchImports(ctx, flag.Args()[1:]))
		return
	}
	sizes := []int{1000, 10000}
	if flag.NArg() > 0 {
		sizes = nil
	}
	for _, arg := range flag.Args() {
		n, err := strconv.Atoi(arg)
		if err != nil || n < 100 {
			fmt.Fprintf(os.Stderr, "%q: a number of documents is wanted, 100 at least\n", arg)
			os.Exit(2)
		}
		sizes = append(sizes, n)
	}
	end(bench(ctx, sizes, max(1, *rounds), *keep))
}

// end tells an error and exits with it.
func end(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(3)
	}
}

func bench(ctx context.Context, sizes []int, rounds int, keep bool) error {
	dir, err := os.MkdirTemp("", "bench-")
	if err != nil {
		return err
	}
	if keep {
		fmt.Fprintln(os.Stderr, "keeping everything in", dir)
	} else {
		defer os.RemoveAll(dir)
	}
	bin := filepath.Join(dir, "bin") + string(filepath.Separator)
	if err := run(ctx, "go", "build", "-o", bin, "./generator", "./bench/make", "./bench/floor", "./bench/edit"); err != nil {
		return err
	}
	hugo, err := exec.LookPath("hugo")
	if err != nil {
		fmt.Fprintln(os.Stderr, "hugo is not here and is left out; on Debian: apt-get install hugo")
	}
	var results []result
	for _, n := range sizes {
		t := trial{n: n, rounds: rounds, bin: bin, hugo: hugo, dir: filepath.Join(dir, strconv.Itoa(n))}
		if n < 5000 { // short times are noisy, and cheap to take again
			t.rounds *= 3
		}
		r, err := t.run(ctx)
		if err != nil {
			return err
		}
		results = append(results, r)
	}
	report(os.Stdout, results, hugo)
	return nil
}

// run runs a command that is not measured.
func run(ctx context.Context, name string, args ...string) error {
	out, err := exec.CommandContext(ctx, name, args...).CombinedOutput()
	if err != nil {
		return fmt.Errorf("running %s: %w\n%s", name, err, out)
	}
	return nil
}
