package main

import (
	"fmt"
	"path/filepath"
	"runtime"
	"time"

	"chancery/generator/build"
	"chancery/generator/manuscript"
	"chancery/generator/problem"

	"github.com/spf13/cobra"
)

func buildCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "build",
		Short: "Make the site of the archive",
		Long: `Build makes the site of the archive in site/: of what changed since the last
build, only that is made again. What has a problem is told and left out, the
rest is made, and the exit code is 1.`,
		Example: "  chancery build\n  chancery build --root ~/archive --out /srv/www",
		Args:    noArguments,
	}
	root := rootFlag(c)
	out := c.Flags().String("out", "", "the site's `folder` (default ROOT/site)")
	quiet := quietFlag(c)
	c.RunE = func(c *cobra.Command, _ []string) error {
		start := time.Now()
		order := build.Order{Root: *root, Out: *out, Version: version(), Workers: runtime.GOMAXPROCS(0)}
		if order.Out == "" {
			order.Out = filepath.Join(*root, "site")
		}
		if err := refuseOut(*root, order.Out); err != nil {
			return err
		}
		progress, done := progressTo(c.ErrOrStderr(), *quiet)
		order.Progress = progress
		result, err := build.Build(order)
		done()
		if err != nil {
			return noArchive(*root, err)
		}
		tell(c, result.Notices, result.Problems)
		fmt.Fprintf(c.OutOrStdout(), "made %d, unchanged %d, removed %d, problems %d, %.2f s\n",
			result.Made, result.Unchanged, result.Removed, len(result.Problems), time.Since(start).Seconds())
		if len(result.Problems) > 0 {
			return errProblems
		}
		return nil
	}
	return c
}

// refuseOut refuses to pour the site into the archive itself.
func refuseOut(root, out string) error {
	real, err := manuscript.RealPath(out)
	if err != nil {
		return fmt.Errorf("finding %s: %w", out, err)
	}
	for _, own := range []string{"content", "templates", "generator", ".cache"} {
		folder, err := manuscript.RealPath(filepath.Join(root, own))
		if err != nil {
			return fmt.Errorf("finding %s: %w", root, err)
		}
		if manuscript.IsWithin(real, folder) || manuscript.IsWithin(folder, real) {
			return &useError{fmt.Sprintf("the site cannot be made in %s: the archive's own files lie there", out), "name an empty folder by --out"}
		}
	}
	return nil
}

// noticesShown bounds the notices that a build tells; check tells them all.
const noticesShown = 5

// tell prints what a person should know, the problems last and all of them.
func tell(c *cobra.Command, notices, problems []problem.Problem) {
	for i, n := range notices {
		if i == noticesShown {
			fmt.Fprintf(c.ErrOrStderr(), "notices not shown here: %d; chancery check lists them all\n", len(notices)-noticesShown)
			break
		}
		fmt.Fprintf(c.ErrOrStderr(), "notice: %s\n", n)
	}
	problem.Print(c.ErrOrStderr(), problems)
}
