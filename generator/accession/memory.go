package accession

import (
	"os"
	"runtime/debug"
	"runtime/metrics"
)

const (
	// roomy is the memory that an import may take whatever it holds, in bytes.
	roomy = 128 << 20
	// boundEvery is after how many documents the bound is set anew.
	boundEvery = 4096
)

// boundMemory lets the heap grow to what an import has room for before it is
// collected, and beyond that to an eighth more than it holds: the catalogue
// grows with every document. The environment's GOGC and GOMEMLIMIT go
// before.
func boundMemory() {
	if os.Getenv("GOMEMLIMIT") != "" || os.Getenv("GOGC") != "" {
		return
	}
	live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(live)
	debug.SetGCPercent(400) // the bound decides, not the growth
	debug.SetMemoryLimit(max(roomy, int64(live[0].Value.Uint64())*9/8+roomy/8))
}
