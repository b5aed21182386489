package main

import (
	"os"
	"os/signal"
	"runtime/pprof"
	"runtime"
	"syscall"
	"time"
)

func init() {
	if n := os.Getenv("HEAPPROFILE"); n != "" {
		go func() {
			c := make(chan os.Signal, 1)
			signal.Notify(c, syscall.SIGUSR1)
			for range c {
				f, _ := os.Create(n)
				runtime.GC()
				pprof.WriteHeapProfile(f)
				f.Close()
			}
		}()
	}
	if n := os.Getenv("CPUPROFILE"); n != "" {
		f, _ := os.Create(n)
		pprof.StartCPUProfile(f)
		d, _ := time.ParseDuration(os.Getenv("CPUPROFILE_FOR"))
		if d > 0 {
			time.AfterFunc(d, func() { pprof.StopCPUProfile(); f.Close(); os.Exit(0) })
		} else {
			profDone = func() { pprof.StopCPUProfile(); f.Close() }
		}
	}
}

var profDone = func() {}
