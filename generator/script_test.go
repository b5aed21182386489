package main

import (
	"bufio"
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

var updateScripts = flag.Bool("update-scripts", false, "write what came out into the scripts, to be read with care")

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"chancery": func() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) },
	})
}

// TestScripts runs each story of testdata against the real command.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		UpdateScripts:       *updateScripts,
		Setup: func(env *testscript.Env) error {
			env.Setenv("GORACE", "atexit_sleep_ms=0") // or each command ends with a second of waiting
			return nil
		},
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){
			"exits": exitsWith, "documents": makeDocuments, "edit": editFile, "write": writeFile, "age": ageFiles,
			"files": listFiles, "remember": rememberFiles, "changed": changedFiles, "same": sameFiles, "headers": headersFor,
			"port": freePorts, "occupy": occupyPort, "get": getPage, "hears": hearsEvent,
		},
	})
}

// exits CODE PROGRAM ARGS... runs a program, which must end with that exit code.
func exitsWith(ts *testscript.TestScript, neg bool, args []string) {
	holdArguments(ts, neg, args, 2, 100)
	want := intOf(ts, args[0])
	got := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		var exit *exec.ExitError
		if !errors.As(err, &exit) {
			ts.Fatalf("running %s: %v", args[1], err)
		}
		got = exit.ExitCode()
	}
	if got != want {
		ts.Fatalf("exit code %d, not %d", got, want)
	}
}

// documents N YEAR [LINE...] writes N documents of that year, one a day and
// those after the 336th on the last of these days, with more lines of metadata.
func makeDocuments(ts *testscript.TestScript, neg bool, args []string) {
	holdArguments(ts, neg, args, 2, 10)
	folder := ts.MkAbs("content/documents/" + args[1])
	ts.Check(os.MkdirAll(folder, 0o755))
	for i := range intOf(ts, args[0]) {
		day := min(i, 12*28-1)
		text := fmt.Sprintf("---\ntitle: Document %03d\ndate: %s-%02d-%02d\n%s\n---\nText %03d.\n", i, args[1], day/28+1, day%28+1, strings.Join(args[2:], "\n"), i)
		ts.Check(os.WriteFile(filepath.Join(folder, fmt.Sprintf("d%03d.md", i)), []byte(text), 0o644))
	}
}

// edit FILE OLD NEW replaces a text that stands once in a file, in place. Both
// texts may have the escapes of a Go string.
func editFile(ts *testscript.TestScript, neg bool, args []string) {
	holdArguments(ts, neg, args, 3, 3)
	text, from, to := ts.ReadFile(args[0]), unescapedText(ts, args[1]), unescapedText(ts, args[2])
	if strings.Count(text, from) != 1 {
		ts.Fatalf("%q stands %d times in %s", from, strings.Count(text, from), args[0])
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(strings.Replace(text, from, to, 1)), 0o644))
}

// write FILE TEXT writes a file; the text may have the escapes of a Go string.
func writeFile(ts *testscript.TestScript, neg bool, args []string) {
	holdArguments(ts, neg, args, 2, 2)
	ts.Check(os.MkdirAll(filepath.Dir(ts.MkAbs(args[0])), 0o755))
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(unescapedText(ts, args[1])), 0o644))
}

// age FOLDER makes every file in it look an hour old, so that builds trust
// what they keep of it.
func ageFiles(ts *testscript.TestScript, neg bool, args []string) {
	holdArguments(ts, neg, args, 1, 1)
	for _, name := range filesBelow(ts, args[0]) {
		info, err := os.Stat(name)
		ts.Check(err)
		ts.Check(os.Chtimes(name, time.Time{}, info.ModTime().Add(-time.Hour)))
	}
}

var hashed = regexp.MustCompile(`\.[0-9a-f]{8}\.(\w+)$`)

// files FOLDER prints what files there are, the digests in their names as HASH.
func listFiles(ts *testscript.TestScript, neg bool, args []string) {
	holdArguments(ts, neg, args, 1, 1)
	for _, name := range filesBelow(ts, args[0]) {
		fmt.Fprintln(ts.Stdout(), hashed.ReplaceAllString(relativeTo(ts, args[0], name), ".HASH.$1"))
	}
}

// remember FOLDER notes how the files there are; changed FOLDER prints which
// have been written or removed since.
func rememberFiles(ts *testscript.TestScript, neg bool, args []string) {
	holdArguments(ts, neg, args, 1, 1)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]+".remembered"), []byte(strings.Join(stampsOf(ts, args[0]), "\n")), 0o644))
}

func changedFiles(ts *testscript.TestScript, neg bool, args []string) {
	holdArguments(ts, neg, args, 1, 1)
	before, now := strings.Split(ts.ReadFile(args[0]+".remembered"), "\n"), stampsOf(ts, args[0])
	out := ts.Stdout() // an empty one where nothing changed
	for _, stamp := range now {
		if !slices.Contains(before, stamp) {
			fmt.Fprintln(out, "written "+stamp[:strings.IndexByte(stamp, ' ')])
		}
	}
	for _, stamp := range before {
		name := stamp[:strings.IndexByte(stamp, ' ')]
		if !slices.ContainsFunc(now, func(s string) bool { return strings.HasPrefix(s, name+" ") }) {
			fmt.Fprintln(out, "removed "+name)
		}
	}
}

func stampsOf(ts *testscript.TestScript, folder string) []string {
	var lines []string
	for _, name := range filesBelow(ts, folder) {
		info, err := os.Stat(name)
		ts.Check(err)
		lines = append(lines, fmt.Sprintf("%s %d %d", relativeTo(ts, folder, name), info.Size(), info.ModTime().UnixNano()))
	}
	return lines
}

// same FOLDER FOLDER holds two folders to the same files with the same bytes.
func sameFiles(ts *testscript.TestScript, neg bool, args []string) {
	holdArguments(ts, neg, args, 2, 2)
	a, b := filesBelow(ts, args[0]), filesBelow(ts, args[1])
	if len(a) == 0 {
		ts.Fatalf("%s is empty", args[0])
	}
	for i := range min(len(a), len(b)) {
		if x, y := relativeTo(ts, args[0], a[i]), relativeTo(ts, args[1], b[i]); x != y {
			ts.Fatalf("one has %s where the other has %s", x, y)
		}
		if ts.ReadFile(a[i]) != ts.ReadFile(b[i]) {
			ts.Fatalf("%s and %s differ", a[i], b[i])
		}
	}
	if len(a) != len(b) {
		ts.Fatalf("%s has %d files, %s has %d", args[0], len(a), args[1], len(b))
	}
}

// headers FILE ADDRESS prints the headers that a _headers file sets for an
// address, none of which may be set by two rules.
func headersFor(ts *testscript.TestScript, neg bool, args []string) {
	holdArguments(ts, neg, args, 2, 2)
	applies, set := false, map[string]bool{}
	for line := range strings.Lines(ts.ReadFile(args[0])) {
		line = strings.TrimRight(line, "\n")
		if strings.HasPrefix(line, "/") {
			prefix, whole := strings.CutSuffix(line, "*")
			applies = line == args[1] || whole && strings.HasPrefix(args[1], prefix)
			continue
		}
		name, value, ok := strings.Cut(strings.TrimSpace(line), ":")
		if !ok {
			ts.Fatalf("no rule and no header: %q", line)
		}
		if applies && set[name] {
			ts.Fatalf("%s is set twice for %s", name, args[1])
		}
		if applies {
			set[name] = true
			fmt.Fprintf(ts.Stdout(), "%s:%s\n", name, value)
		}
	}
}

var ports struct {
	sync.Mutex
	given map[int]bool
}

// port sets PORT and NEXT to two ports side by side at which nobody answers:
// below those that systems give to outgoing connections.
func freePorts(ts *testscript.TestScript, neg bool, args []string) {
	holdArguments(ts, neg, args, 0, 0)
	ports.Lock()
	defer ports.Unlock()
	if ports.given == nil {
		ports.given = map[int]bool{}
	}
	for range 1000 {
		n := 20_000 + rand.N(12_000)
		if ports.given[n] || ports.given[n+1] || !isFree(n) || !isFree(n+1) {
			continue
		}
		ports.given[n], ports.given[n+1] = true, true
		ts.Setenv("PORT", strconv.Itoa(n))
		ts.Setenv("NEXT", strconv.Itoa(n+1))
		return
	}
	ts.Fatalf("no two ports side by side are free")
}

func isFree(port int) bool {
	l, err := net.Listen("tcp", "127.0.0.1:"+strconv.Itoa(port))
	if err != nil {
		return false
	}
	return l.Close() == nil
}

// occupy PORT holds a port until the script ends.
func occupyPort(ts *testscript.TestScript, neg bool, args []string) {
	holdArguments(ts, neg, args, 1, 1)
	l, err := net.Listen("tcp", "127.0.0.1:"+args[0])
	ts.Check(err)
	ts.Defer(func() { l.Close() })
}

// patience is how long a preview may take to show what it has to.
const patience = 5 * time.Second

// get [-host HOST] [-method METHOD] [-path PATH] URL [STATUS [TEXT]] asks until the
// answer has the status (200 where none is given, any for 0) and the text in it; with "!", until
// it has the status and not the text. The body becomes the standard output, the
// status and the headers become the standard error. Redirects are not followed.
func getPage(ts *testscript.TestScript, neg bool, args []string) {
	request := requestOf(ts, &args)
	holdArguments(ts, false, args, 0, 2)
	status, text := 200, ""
	if len(args) > 0 {
		status = intOf(ts, args[0])
	}
	if len(args) > 1 {
		text = args[1]
	}
	client := http.Client{Timeout: patience, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	last := ""
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		response, err := client.Do(request)
		if err != nil {
			last = err.Error()
			continue
		}
		body, err := io.ReadAll(response.Body)
		response.Body.Close()
		ts.Check(err)
		last = fmt.Sprintf("%s\n%s", response.Status, body)
		if (status == 0 || response.StatusCode == status) && (text == "" || bytes.Contains(body, []byte(text)) != neg) {
			ts.Stdout().Write(body)
			fmt.Fprintln(ts.Stderr(), response.Status)
			for _, name := range slices.Sorted(maps.Keys(response.Header)) {
				fmt.Fprintf(ts.Stderr(), "%s: %s\n", name, response.Header.Get(name))
			}
			return
		}
	}
	ts.Fatalf("no such answer in %v; the last was: %s", patience, last)
}

func requestOf(ts *testscript.TestScript, args *[]string) *http.Request {
	host, method, path := "", http.MethodGet, ""
	for len(*args) > 2 && strings.HasPrefix((*args)[0], "-") {
		switch (*args)[0] {
		case "-host":
			host = (*args)[1]
		case "-method":
			method = (*args)[1]
		case "-path":
			path = (*args)[1]
		default:
			ts.Fatalf("no such flag: %s", (*args)[0])
		}
		*args = (*args)[2:]
	}
	if len(*args) == 0 {
		ts.Fatalf("an address is missing")
	}
	request, err := http.NewRequest(method, (*args)[0], nil)
	ts.Check(err)
	request.Host = host
	if path != "" {
		request.URL.Opaque = "//" + request.URL.Host + path
	}
	*args = (*args)[1:]
	return request
}

// hears URL FROM TO listens to the events at URL, then renames FROM to TO, and
// prints the first version told before it and the first one after it.
func hearsEvent(ts *testscript.TestScript, neg bool, args []string) {
	holdArguments(ts, neg, args, 3, 3)
	client := http.Client{Timeout: 2 * patience}
	response, err := client.Get(args[0])
	ts.Check(err)
	defer response.Body.Close()
	if kind := response.Header.Get("Content-Type"); kind != "text/event-stream" {
		ts.Fatalf("%s is of the type %q", args[0], kind)
	}
	lines := bufio.NewScanner(response.Body)
	for n := 0; n < 2 && lines.Scan(); {
		version, isData := strings.CutPrefix(lines.Text(), "data: ")
		if !isData {
			continue
		}
		n++
		fmt.Fprintf(ts.Stdout(), "%d: %s\n", n, version)
		if n == 1 {
			ts.Check(os.Rename(ts.MkAbs(args[1]), ts.MkAbs(args[2])))
		}
		if n == 2 {
			return
		}
	}
	ts.Fatalf("the events ended: %v", lines.Err())
}

func holdArguments(ts *testscript.TestScript, neg bool, args []string, least, most int) {
	if neg || len(args) < least || len(args) > most {
		ts.Fatalf("this is not how the command is used; see its comment in script_test.go")
	}
}

func intOf(ts *testscript.TestScript, s string) int {
	n, err := strconv.Atoi(s)
	ts.Check(err)
	return n
}

func unescapedText(ts *testscript.TestScript, s string) string {
	text, err := strconv.Unquote(`"` + strings.ReplaceAll(s, `"`, `\"`) + `"`)
	ts.Check(err)
	return text
}

// below gives the files of a folder and those within it, in order.
func filesBelow(ts *testscript.TestScript, folder string) []string {
	var names []string
	ts.Check(filepath.WalkDir(ts.MkAbs(folder), func(name string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			names = append(names, name)
		}
		return err
	}))
	return names
}

func relativeTo(ts *testscript.TestScript, folder, name string) string {
	path, err := filepath.Rel(ts.MkAbs(folder), name)
	ts.Check(err)
	return filepath.ToSlash(path)
}
