package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// program gives the real command, run by the test's own executable.
func program(t *testing.T, root string, args ...string) *exec.Cmd {
	t.Helper()
	executable, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	c := exec.Command(executable, args...)
	c.Args[0] = "chancery" // what TestMain goes by
	c.Dir = root
	c.Env = append(os.Environ(), "GORACE=atexit_sleep_ms=0")
	return c
}

// manyStories writes so many source files, some with new names and some with
// nearly the text of another.
func manyStories(t *testing.T, root string, n int) {
	t.Helper()
	r := rand.New(rand.NewPCG(5, 5))
	last := ""
	for i := range n {
		var words []string
		for range 60 {
			words = append(words, fmt.Sprintf("w%d", r.IntN(2000)))
		}
		text := strings.Join(words, " ")
		if i%5 == 4 {
			text = last + " Amended."
		}
		last = text
		putImport(t, root, fmt.Sprintf("in/s%d.txt", i), fmt.Sprintf("Ferries sail\n\nPORT ALDER %c, May %d, 2021. /TASS/. %s, Jon Reed%c said.\n", 'A'+i%7, 1+i%9, text, 'a'+i%11))
	}
}

// TestKilledImportEndsAsAnUndisturbedOne kills an import at random moments until
// one comes to its end.
func TestKilledImportEndsAsAnUndisturbedOne(t *testing.T) {
	if testing.Short() {
		t.Skip("skipped by -short: it runs an import many times")
	}
	const stories = 120
	whole, killed := archiveWith(t, nil), archiveWith(t, nil)
	manyStories(t, whole, stories)
	manyStories(t, killed, stories)
	start := time.Now()
	if out, err := program(t, whole, "import", "--quiet", "--keep-original", "in").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	took := time.Since(start)
	kills, made := 0, map[int]bool{}
	for {
		c := program(t, killed, "import", "--quiet", "--keep-original", "in")
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		timer := time.AfterFunc(took/20+rand.N(took/5), func() { _ = c.Process.Kill() })
		err := c.Wait()
		timer.Stop()
		if err == nil {
			break
		}
		kills++
		documents, _ := filepath.Glob(filepath.Join(killed, "content/documents/2021/*.md"))
		made[len(documents)] = true
		if kills%60 == 0 {
			took *= 4 // the machine is slower than it was
		}
	}
	t.Logf("killed %d times, with %d numbers of documents", kills, len(made))
	if kills == 0 {
		t.Error("nothing was killed, so this says nothing")
	}
	want, got := filesOfImport(t, filepath.Join(whole, "content")), filesOfImport(t, filepath.Join(killed, "content"))
	for name, text := range want {
		if got[name] != text {
			t.Errorf("%s differs:\n%s\nundisturbed:\n%s", name, got[name], text)
		}
	}
	for name := range got {
		if _, ok := want[name]; !ok {
			t.Errorf("%s is left", name)
		}
	}
}

// held starts an import whose report nobody reads, so that it comes to a halt
// amid its work. The reader is what it prints.
func held(t *testing.T, root string, args ...string) (c *exec.Cmd, out *bufio.Reader, stderr *bytes.Buffer) {
	t.Helper()
	c = program(t, root, append([]string{"import", "--quiet", "--verbose"}, args...)...)
	pipe, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	stderr = &bytes.Buffer{}
	c.Stderr = stderr
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Process.Kill() })
	out = bufio.NewReader(pipe)
	if _, err := out.ReadString('\n'); err != nil {
		t.Fatal(err, stderr)
	}
	return c, out, stderr
}

func TestCtrlCEndsAnImportAfterTheDocumentAtHand(t *testing.T) {
	root := archiveWith(t, nil)
	manyStories(t, root, 900)
	c, out, stderr := held(t, root, "in")
	if err := c.Process.Signal(syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
	time.Sleep(500 * time.Millisecond) // until the program has heard it
	rest, err := io.ReadAll(out)
	if err != nil {
		t.Fatal(err)
	}
	var exit *exec.ExitError
	if err := c.Wait(); !errors.As(err, &exit) || exit.ExitCode() != exitStopped {
		t.Errorf("exit %v", err)
	}
	made, _ := filepath.Glob(filepath.Join(root, "content/documents/2021/*.md"))
	if !strings.Contains(string(rest), fmt.Sprintf("\nmade %d, ", len(made))) || len(made) == 0 || len(made) == 900 {
		t.Errorf("made %d:\n%s", len(made), rest[max(0, len(rest)-300):])
	}
	if !strings.Contains(stderr.String(), " of 900 source files were not read to their end; the same command again goes on from there\n") {
		t.Errorf("stderr: %s", stderr)
	}
	again, _, err := importInto(t, root, filepath.Join(root, "in"))
	if err != nil || !strings.Contains(again, fmt.Sprintf("\nmade %d, unchanged %d, ", 900-len(made), len(made))) {
		t.Errorf("again: %v\n%s", err, again[max(0, len(again)-300):])
	}
}

func TestSecondImportWaitsAndSaysSo(t *testing.T) {
	root := archiveWith(t, nil)
	manyStories(t, root, 900)
	first, out, _ := held(t, root, "in")
	second := program(t, root, "import", "--quiet", "in")
	var printed bytes.Buffer
	second.Stdout = &printed
	pipe, err := second.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := second.Start(); err != nil {
		t.Fatal(err)
	}
	told, err := bufio.NewReader(pipe).ReadString('\n')
	if err != nil || told != "another import or build of this archive is at work; this one waits until it has ended (Ctrl-C gives up)\n" {
		t.Errorf("%v: %q", err, told)
	}
	if _, err := io.Copy(io.Discard, out); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(first.Wait(), second.Wait()); err != nil {
		t.Error(err)
	}
	if !strings.Contains(printed.String(), "\nmade 0, unchanged 900, ") {
		t.Errorf("the second: %s", printed.String()[max(0, printed.Len()-300):])
	}
}
