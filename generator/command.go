package main

import (
	"crypto/sha256"
	"embed"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path/filepath"
	"regexp"
	"runtime"
	"runtime/debug"
	"strings"
	"sync"

	"chancery/generator/content"
	"chancery/generator/problem"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// The exit codes.
const (
	exitDone     = 0
	exitProblems = 1   // problems in the archive
	exitUse      = 2   // wrong use
	exitMachine  = 3   // no space, no permission and the like
	exitStopped  = 130 // stopped by Ctrl-C, as shells say it: 128 and the signal's number
)

// errProblems says that problems were found and have been told.
var errProblems = errors.New("problems were found")

// errStopped says that the work was stopped and that it has been told.
var errStopped = errors.New("stopped")

// A useError is the fault of how the program was called; the hint says what to
// do instead.
type useError struct{ what, hint string }

func (e *useError) Error() string { return e.what }

// run executes the command line and gives the exit code.
func run(args []string, stdout, stderr io.Writer) int {
	root := &cobra.Command{
		Use:   "chancery",
		Short: "Make a static site of an archive of documents",
		Long: `Chancery turns source documents (wire stories, statements, transcripts,
channel dumps) into an archive of Markdown pages with metadata, and the archive
into a static site.

An archive is a folder that holds content/ and, if it has templates of its own,
templates/. The site is made in site/.`,
		Example:           "  chancery import notes/*.txt    source documents become pages of the archive\n  chancery serve                 look at it while editing\n  chancery build                 make the site",
		SilenceErrors:     true,
		SilenceUsage:      true,
		CompletionOptions: cobra.CompletionOptions{HiddenDefaultCmd: true},
		Args:              cobra.ArbitraryArgs,
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) == 0 {
				return c.Help()
			}
			return unknownCommand(c, args[0])
		},
	}
	root.SetArgs(args)
	root.SetOut(stdout)
	root.SetErr(stderr)
	root.SetFlagErrorFunc(unknownFlag)
	root.SetHelpCommand(&cobra.Command{
		Use:   "help [COMMAND]",
		Short: "Tell what a command does",
		RunE: func(_ *cobra.Command, args []string) error {
			about, rest, err := root.Find(args)
			if err != nil || about == root && len(rest) > 0 {
				return unknownCommand(root, args[0])
			}
			return about.Help()
		},
	})
	for _, command := range commands {
		root.AddCommand(command())
	}
	return exitCode(root.Execute(), stderr)
}

func unknownCommand(c *cobra.Command, name string) error {
	var names []string
	for _, known := range c.Commands() {
		if known.IsAvailableCommand() {
			names = append(names, known.Name())
		}
	}
	if near := problem.Nearest(name, names); near != "" {
		return &useError{fmt.Sprintf("there is no command %q", name), fmt.Sprintf("did you mean %q?", near)}
	}
	return &useError{fmt.Sprintf("there is no command %q", name), "the commands are " + strings.Join(names, ", ")}
}

func unknownFlag(c *cobra.Command, err error) error {
	name, unknown := strings.CutPrefix(err.Error(), "unknown flag: --")
	if m := badValue().FindStringSubmatch(err.Error()); m != nil {
		return &useError{fmt.Sprintf("%q is no value for %s", m[1], m[2]), fmt.Sprintf("see %s --help", c.CommandPath())}
	}
	if !unknown {
		return &useError{err.Error(), fmt.Sprintf("see %s --help", c.CommandPath())}
	}
	var names []string
	c.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
	if near := problem.Nearest(name, names); near != "" {
		return &useError{fmt.Sprintf("there is no flag --%s", name), fmt.Sprintf("did you mean --%s?", near)}
	}
	return &useError{fmt.Sprintf("there is no flag --%s", name), fmt.Sprintf("see %s --help", c.CommandPath())}
}

// badValue finds the flag and its value in what the flags' reader says.
var badValue = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^invalid argument "(.*)" for "(?:-\w, )?(--[\w-]+)" flag`)
})

// exitCode tells the error that ended a command and gives its exit code.
func exitCode(err error, stderr io.Writer) int {
	var use *useError
	switch {
	case err == nil:
		return exitDone
	case errors.Is(err, errProblems):
		return exitProblems
	case errors.Is(err, errStopped):
		return exitStopped
	case errors.As(err, &use):
		fmt.Fprintf(stderr, "chancery: %s\n    hint: %s\n", use.what, use.hint)
		return exitUse
	}
	fmt.Fprintf(stderr, "chancery: %v\n", err)
	return exitMachine
}

// noArchive answers a folder without an archive in it with how to begin one.
func noArchive(root string, err error) error {
	if !errors.Is(err, content.ErrNoArchive) {
		return err
	}
	if absolute, err := filepath.Abs(root); err == nil {
		root = absolute
	}
	return &useError{fmt.Sprintf("there is no archive in %s: it has no folder content", root),
		"to begin one there, make the folder content and in it a file archive.yaml with a line like\n        title: My archive\n    then import a source document; or name another folder by --root"}
}

// rootFlag gives a command the flag --root.
func rootFlag(c *cobra.Command) *string {
	return c.Flags().String("root", ".", "the `folder` that holds content/, templates/, site/ and .cache/")
}

func quietFlag(c *cobra.Command) *bool {
	return c.Flags().Bool("quiet", false, "show no progress")
}

// noArguments refuses what a command has no use for.
func noArguments(c *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	return &useError{fmt.Sprintf("%s takes no %q", c.Name(), args[0]), fmt.Sprintf("for another folder, write %s --root %s", c.CommandPath(), args[0])}
}

// sources are the program's own, so that one version of it can be told from
// another: the executable's digest would change with every commit.
//
//go:embed *.go */*.go
var sources embed.FS

// version tells this version of the program from others: by its sources, the
// modules it is built with and the compiler.
var version = sync.OnceValue(func() content.Digest {
	hash := sha256.New()
	_ = fs.WalkDir(sources, ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || strings.HasSuffix(name, "_test.go") {
			return err
		}
		data, err := sources.ReadFile(name)
		fmt.Fprintf(hash, "%s %d\n", name, len(data))
		hash.Write(data)
		return err
	})
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, m := range info.Deps {
			fmt.Fprintf(hash, "%s %s %s\n", m.Path, m.Version, m.Sum)
		}
	}
	fmt.Fprintln(hash, runtime.Version())
	return content.Digest(hash.Sum(nil)[:16])
})
