package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os/signal"
	"runtime"
	"strconv"
	"syscall"
	"time"

	"chancery/generator/build"
	"chancery/generator/content"
	"chancery/generator/watch"

	"github.com/spf13/cobra"
)

func serveCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "serve",
		Short: "Show the archive in a browser while it is being edited",
		Long: `Serve shows the site as it would be built, with drafts and with what has to be
mended, at an address of this machine alone. At every save the browser shows the
page anew. Nothing is written to site/.`,
		Example: "  chancery serve\n  chancery serve --addr 127.0.0.1:9000",
		Args:    noArguments,
	}
	root := rootFlag(c)
	addr := c.Flags().String("addr", "127.0.0.1:8080", "the `address` to answer at; its port, or the next that is free")
	quiet := quietFlag(c)
	c.RunE = func(c *cobra.Command, _ []string) error {
		if !content.IsArchive(*root) {
			return noArchive(*root, content.ErrNoArchive)
		}
		listener, err := listen(c, *addr)
		if err != nil {
			return err
		}
		defer listener.Close()
		watcher, err := watch.NewWatcher(*root)
		if err != nil {
			return err
		}
		defer watcher.Close()
		if !*quiet {
			fmt.Fprintf(c.OutOrStdout(), "http://%s/ shows the archive; Ctrl-C ends it\n", listener.Addr())
		}
		preview := watch.NewPreview(build.Order{Root: *root, Version: version(), Workers: runtime.GOMAXPROCS(0)},
			func(err error) { fmt.Fprintf(c.ErrOrStderr(), "chancery: %v\n", err) })
		preview.Open = !listener.Addr().(*net.TCPAddr).IP.IsLoopback()
		go watcher.Batches(preview.Apply)
		return serve(listener, preview)
	}
	return c
}

// portsTried is how many ports are tried from the one that was asked for.
const portsTried = 20

func listen(c *cobra.Command, addr string) (net.Listener, error) {
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return nil, &useError{fmt.Sprintf("%q is not an address", addr), "write it as 127.0.0.1:8080"}
	}
	if host == "" {
		host = "127.0.0.1"
	}
	first, err := strconv.Atoi(port)
	if err != nil || first < 0 || first > 65535 {
		return nil, &useError{fmt.Sprintf("%q is not a port", port), "write the address as 127.0.0.1:8080"}
	}
	for n := first; n < first+portsTried; n++ {
		listener, err := net.Listen("tcp", net.JoinHostPort(host, strconv.Itoa(n)))
		if err == nil {
			return listener, nil
		}
		if !errors.Is(err, syscall.EADDRINUSE) {
			return nil, fmt.Errorf("listening at %s: %w", addr, err)
		}
		fmt.Fprintf(c.ErrOrStderr(), "port %d is taken, trying %d\n", n, n+1)
	}
	return nil, fmt.Errorf("listening at %s: the %d ports from there are all taken", addr, portsTried)
}

// serve answers until it is interrupted.
func serve(listener net.Listener, handler http.Handler) error {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	server := &http.Server{Handler: handler, ReadHeaderTimeout: 10 * time.Second, BaseContext: func(net.Listener) context.Context { return ctx }}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	select {
	case err := <-failed:
		return fmt.Errorf("answering at %s: %w", listener.Addr(), err)
	case <-ctx.Done():
		return server.Close()
	}
}
