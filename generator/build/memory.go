package build

import (
	"os"
	"runtime/debug"
	"runtime/metrics"
)

// boundMemory has the collector keep the program within what an archive of so
// many documents is allowed: 60 MiB and 2 KiB a document, of which the
// executable takes its part. An archive whose records need more is given half
// as much again as they take: a bound below that would cost more time than
// memory is worth. The environment's GOMEMLIMIT goes before.
func boundMemory(documents int) {
	if os.Getenv("GOMEMLIMIT") != "" {
		return
	}
	live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(live)
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(300) // the bound decides, not the growth
	}
	debug.SetMemoryLimit(max(44<<20+1900*int64(documents), int64(live[0].Value.Uint64())*3/2))
}
