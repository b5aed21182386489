package cache

import (
	"fmt"

	"github.com/rogpeppe/go-internal/lockedfile"
)

// lock takes a lock that the system gives up when the process ends, however it
// ends.
func lock(path string) (unlock func(), err error) {
	unlock, err = lockedfile.MutexAt(path).Lock()
	if err != nil {
		return nil, fmt.Errorf("locking %s: %w", path, err)
	}
	return unlock, nil
}
