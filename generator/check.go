package main

import (
	"fmt"
	"runtime"
	"time"

	"chancery/generator/build"
	"chancery/generator/problem"

	"github.com/spf13/cobra"
)

func checkCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "check",
		Short: "Tell what is wrong in the archive",
		Long: `Check reads the whole archive and tells every problem, with file, line and what
to do, and then what waits for a person: values to review, terms to look at. It
writes nothing. The exit code is 1 where there are problems; what waits is none.

With --review it tells what waits alone, document by document, the most doubtful
first, each with the command that settles it.`,
		Example: "  chancery check\n  chancery check --review",
		Args:    noArguments,
	}
	root := rootFlag(c)
	quiet := quietFlag(c)
	review := c.Flags().Bool("review", false, "tell what waits for a person alone, the most doubtful first")
	c.RunE = func(c *cobra.Command, _ []string) error {
		start := time.Now()
		progress, done := progressTo(c.ErrOrStderr(), *quiet)
		order := build.Order{Root: *root, Version: version(), Workers: runtime.GOMAXPROCS(0), Progress: progress}
		if *review {
			a, err := build.Resolved(order)
			done()
			if err != nil {
				return noArchive(*root, err)
			}
			return printReview(c.OutOrStdout(), *root, a, start)
		}
		result, err := build.Check(order)
		done()
		if err != nil {
			return noArchive(*root, err)
		}
		problem.Print(c.OutOrStdout(), result.Problems)
		for _, n := range result.Notices {
			fmt.Fprintf(c.OutOrStdout(), "notice: %s\n", n)
		}
		fmt.Fprintf(c.OutOrStdout(), "documents %d, drafts %d, notices %d, problems %d, %.2f s\n",
			result.Documents, result.Drafts, len(result.Notices), len(result.Problems), time.Since(start).Seconds())
		if len(result.Problems) > 0 {
			return errProblems
		}
		return nil
	}
	return c
}
