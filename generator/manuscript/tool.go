package manuscript

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"time"
)

// What a program that reads a format may take.
const (
	toolTime   = 60 * time.Second
	toolOutput = 64 << 20 // bytes
)

// A tool is a program that reads a format, and the package that brings it.
type tool struct{ program, install string }

var (
	pandoc    = tool{"pandoc", "pandoc"}
	pdftotext = tool{"pdftotext", "poppler-utils"}
	pdfinfo   = tool{"pdfinfo", "poppler-utils"}
)

// errTooMuch says that a program wrote more than toolOutput.
var errTooMuch = errors.New("too much output")

// A toolError is what a program said when it could not read a file.
type toolError struct {
	exit int
	said string
}

func (e *toolError) Error() string { return e.said }

// run runs a program and gives what it prints. It sees no settings of the
// person who runs it, and ends when its time is over.
func (t tool) run(input io.Reader, args ...string) ([]byte, error) {
	ctx, cancel := context.WithTimeout(context.Background(), toolTime)
	defer cancel()
	c := exec.CommandContext(ctx, t.program, args...)
	c.WaitDelay = time.Second
	c.Stdin = input
	c.Env = []string{"PATH=" + os.Getenv("PATH"), "LC_ALL=C.UTF-8", "HOME=" + os.TempDir()}
	out, said := limited{most: toolOutput}, limited{most: 4 << 10, quiet: true}
	c.Stdout, c.Stderr = &out, &said
	err := c.Run()
	var exit *exec.ExitError
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case out.over:
		return nil, errTooMuch
	case errors.As(err, &exit):
		return nil, &toolError{exit.ExitCode(), firstLine(said.text.String())}
	}
	return out.text.Bytes(), err
}

// A limited keeps what is written up to a size. More is an error, or left out
// quietly.
type limited struct {
	text  bytes.Buffer
	most  int
	quiet bool
	over  bool
}

func (l *limited) Write(p []byte) (int, error) {
	room := l.most - l.text.Len()
	if len(p) <= room {
		return l.text.Write(p)
	}
	l.over = true
	l.text.Write(p[:room])
	if l.quiet {
		return len(p), nil
	}
	return room, errTooMuch
}

func firstLine(s string) string {
	s = strings.TrimSpace(s)
	if i := strings.IndexByte(s, '\n'); i >= 0 {
		s = s[:i]
	}
	return strings.ToValidUTF8(s, "�")
}

// tellRun tells why a program gave no text of a file.
func (f *File) tellRun(t tool, what string, err error) {
	var failed *toolError
	switch {
	case errors.Is(err, exec.ErrNotFound):
		f.Tell(0, fmt.Sprintf("import reads %s by the program %s, which is not installed", what, t.program), "install it, on Debian or Ubuntu by: sudo apt-get install "+t.install)
	case errors.Is(err, context.DeadlineExceeded):
		f.Tell(0, fmt.Sprintf("the program %s did not end within %d seconds, so nothing is imported", t.program, int(toolTime.Seconds())), "cut the file into parts")
	case errors.Is(err, errTooMuch):
		f.Tell(0, fmt.Sprintf("its text has more than %d MiB, so nothing is imported", toolOutput>>20), "cut the file into parts")
	case errors.As(err, &failed) && failed.said != "":
		f.Tell(0, fmt.Sprintf("it is damaged or not %s: the program %s says “%s”, so nothing is imported", what, t.program, failed.said), "open it with the program it was made with, save it anew and import that")
	default:
		f.Tell(0, fmt.Sprintf("it is damaged or not %s: the program %s cannot read it, so nothing is imported", what, t.program), "open it with the program it was made with, save it anew and import that")
	}
}
