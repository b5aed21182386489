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
writes nothing. The exit code is 1 where there are problems; what waits is none.`,
		Example: "  chancery check",
		Args:    noArguments,
	}
	root := rootFlag(c)
	quiet := quietFlag(c)
	c.RunE = func(c *cobra.Command, _ []string) error {
		start := time.Now()
		progress, done := progressTo(c.ErrOrStderr(), *quiet)
		result, err := build.Check(build.Order{Root: *root, Version: version(), Workers: runtime.GOMAXPROCS(0), Progress: progress})
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
