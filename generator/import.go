package main

import (
	"context"
	"fmt"
	"io"
	"os/signal"
	"runtime"
	"syscall"
	"time"

	"chancery/generator/accession"
	"chancery/generator/cache"
	"chancery/generator/content"
	"chancery/generator/manuscript"

	"github.com/spf13/cobra"
)

func importCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "import FILE...",
		Short: "Make pages of source documents",
		Long: `Import reads source documents (wire stories, pages of ministries, transcripts,
dumps and exports of channels, saved web pages, feeds, tables, DOCX, PDF) and writes each document that they hold as a
Markdown file with metadata below content/documents. What it concluded and did
not read is listed under review in the file, with its reason. Names that no term
has become new terms, marked unverified.

Folders are walked. Nothing is ever overwritten: a document that is in the
archive already is left as it is, edited or not. A text that is nearly that of
another document is filed too, and a line of its review names the other.

With --explain it writes nothing and tells how each file was read: its format,
and for each value of a document the rule and the line that gave it, what else
was found and not taken, and what stays empty.

Ctrl-C ends the work after the document that is being filed (exit code 130).
The same command again goes on from there.

With --accept it reads nothing new: it deletes the lines of review of documents
and terms that you have looked at. See chancery check --review.`,
		Example: "  chancery import notes/*.txt\n  chancery import --dry-run --json channel.txt\n  chancery import --explain notes/3.txt\n  chancery import --keep-original wires\n  chancery import --accept 2022/11-12-joint-statement --field date,place",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return &useError{"import needs the files to read", "for example: chancery import notes/*.txt"}
			}
			return nil
		},
	}
	var o importOrder
	root := rootFlag(c)
	quiet := quietFlag(c)
	flags := c.Flags()
	flags.BoolVar(&o.dryRun, "dry-run", false, "write nothing")
	flags.BoolVar(&o.asJSON, "json", false, "print one line of JSON for each source, and nothing else on standard output")
	flags.BoolVar(&o.verbose, "verbose", false, "print for each value of each document where it comes from")
	flags.BoolVar(&o.explain, "explain", false, "tell the whole story of each file, rule by rule, and write nothing")
	flags.IntVar(&o.only, "only", 0, "with --explain, tell the document of this `number` in each file")
	flags.BoolVar(&o.keepOriginal, "keep-original", false, "keep each source file in the folder of its first document; it is not published")
	accept := acceptFlags(c)
	c.RunE = func(c *cobra.Command, args []string) error {
		o.root, o.quiet = *root, *quiet
		if err := o.settle(accept.accept); err != nil {
			return err
		}
		if accept.accept || len(accept.fields) > 0 {
			return runAccept(c, args, o, accept)
		}
		return runImport(c, args, o)
	}
	return c
}

// An importOrder is what the flags say.
type importOrder struct {
	root                                         string
	quiet, dryRun, asJSON, verbose, keepOriginal bool
	explain                                      bool
	only                                         int
}

// settle refuses flags that do not go together, and writes nothing where
// something is only explained.
func (o *importOrder) settle(accept bool) error {
	switch {
	case o.only != 0 && !o.explain:
		return &useError{"--only is for --explain", "for example: chancery import --explain --only 6 channel.txt"}
	case o.only < 0:
		return &useError{"documents are counted from 1", "for example: chancery import --explain --only 6 channel.txt"}
	case o.explain && accept:
		return &useError{"--explain is for source files, --accept for the archive's own", "leave one of them out"}
	case o.explain && o.asJSON:
		return &useError{"--explain prints no JSON", "leave --json out, or --explain"}
	}
	o.dryRun = o.dryRun || o.explain
	return nil
}

func runImport(c *cobra.Command, args []string, o importOrder) (err error) {
	start := time.Now()
	ctx, stop := signal.NotifyContext(c.Context(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second Ctrl-C ends the program at once
	if !content.IsArchive(o.root) {
		return noArchive(o.root, content.ErrNoArchive)
	}
	if !o.dryRun {
		unlock, err := lockArchive(ctx, o.root, c.ErrOrStderr())
		if err != nil {
			return err
		}
		defer unlock()
	}
	progress, done := importProgress(c.ErrOrStderr(), o.quiet, o.verbose)
	defer done()
	found := manuscript.Sources(args)
	a, err := accession.Open(ctx, accession.Order{Root: o.root, DryRun: o.dryRun, KeepOriginals: o.keepOriginal, Trace: o.explain, Workers: runtime.GOMAXPROCS(0), Progress: progress})
	if ctx.Err() != nil {
		fmt.Fprintln(c.ErrOrStderr(), "stopped before the first source file")
		return errStopped
	}
	if err != nil {
		return noArchive(o.root, err)
	}
	defer func() {
		if e := a.Close(); err == nil {
			err = e
		}
	}()
	problems := &problemList{to: c.ErrOrStderr()}
	problems.add(a.Problems...)
	problems.add(found.Problems...)
	failure := a.All(ctx, found.Sources, reportTo(c.OutOrStdout(), o, len(found.Sources), problems))
	done()
	if err := endImport(c, o, a, found, problems, time.Since(start)); failure == nil {
		return err
	}
	return failure
}

// endImport prints what there is to say at the end.
func endImport(c *cobra.Command, o importOrder, a *accession.Accession, found *manuscript.Find, problems *problemList, took time.Duration) error {
	tell(c, found.Notices, problems.kept)
	out := c.OutOrStdout()
	switch {
	case o.asJSON && o.quiet, o.explain:
		out = io.Discard
	case o.asJSON:
		out = c.ErrOrStderr()
	}
	sumImport(out, a, o.dryRun, problems.count, took)
	if a.Unreached > 0 {
		fmt.Fprintf(c.ErrOrStderr(), "stopped: %d of %d source files were not read to their end; the same command again goes on from there\n", a.Unreached, len(found.Sources))
		return errStopped
	}
	if problems.count > 0 {
		return errProblems
	}
	return nil
}

// lockPatience is how long a lock may take before a person is told why nothing
// happens.
const lockPatience = time.Second

// lockArchive waits until no other import or build of the archive is at work.
func lockArchive(ctx context.Context, root string, stderr io.Writer) (unlock func(), err error) {
	type outcome struct {
		unlock func()
		err    error
	}
	locked := make(chan outcome, 1)
	go func() {
		unlock, err := cache.Open(root, version()).Lock()
		locked <- outcome{unlock, err}
	}()
	patience := time.After(lockPatience)
	for {
		select {
		case o := <-locked:
			return o.unlock, o.err
		case <-patience:
			fmt.Fprintln(stderr, "another import or build of this archive is at work; this one waits until it has ended (Ctrl-C gives up)")
		case <-ctx.Done():
			fmt.Fprintln(stderr, "stopped while another import or build was at work: nothing was read")
			return nil, errStopped
		}
	}
}
