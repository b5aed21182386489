package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

// startupAllowance is what all packages together may take to initialise, above
// what a program takes that has the standard library's alone.
const startupAllowance = 15 * time.Millisecond

const smallProgram = `package main

import "fmt"

func main() { fmt.Println("help") }
`

// TestHelpStartsAtOnce compares the least times of many runs, taken in turn: what
// else the machine does can only add to a time.
func TestHelpStartsAtOnce(t *testing.T) {
	if testing.Short() {
		t.Skip("skipped by -short: it builds two programs and runs them many times")
	}
	folder := t.TempDir()
	source, small, whole := filepath.Join(folder, "small.go"), filepath.Join(folder, "small"), filepath.Join(folder, "chancery")
	if err := os.WriteFile(source, []byte(smallProgram), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"build", "-o", small, source}, {"build", "-buildvcs=false", "-o", whole, "."}} {
		if out, err := exec.Command("go", args...).CombinedOutput(); err != nil {
			t.Fatalf("go %v: %v\n%s", args, err, out)
		}
	}
	ours, least := time.Hour, time.Hour
	for n := 0; n < 30 || n < 600 && ours-least > startupAllowance; n++ {
		least = min(least, timeOf(t, small))
		ours = min(ours, timeOf(t, whole, "--help"))
	}
	t.Logf("--help takes %v, printing a word %v", ours, least)
	if ours-least > startupAllowance {
		t.Errorf("--help takes %v more than a program that prints a word: some package does heavy work as it is initialised", ours-least)
	}
}

func timeOf(t *testing.T, program string, args ...string) time.Duration {
	t.Helper()
	start := time.Now()
	out, err := exec.Command(program, args...).Output()
	took := time.Since(start)
	if err != nil || len(out) == 0 {
		t.Fatalf("%s %v: %v, %q", program, args, err, out)
	}
	return took
}
