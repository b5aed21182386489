// Chancery turns an archive's source documents into a static site.
package main

import (
	"os"

	"github.com/spf13/cobra"
)

// commands is the table of commands: a new one is a file and a line here.
var commands = []func() *cobra.Command{
	buildCommand,
	serveCommand,
	importCommand,
	checkCommand,
}

func main() {
	os.Exit(run(os.Args[1:], os.Stdout, os.Stderr))
}
