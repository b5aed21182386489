package build

import (
	"sync"
	"sync/atomic"
)

// parallel calls work for 0 to n-1, by so many workers, until all is done or
// one fails; the first failure is given back.
func parallel(workers, n int, work func(i int) error) error {
	var next atomic.Int64
	var once sync.Once
	var failure error
	var wg sync.WaitGroup
	for range min(max(1, workers), n) {
		wg.Go(func() {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				if err := work(i); err != nil {
					once.Do(func() { failure = err })
					next.Store(int64(n)) // the others stop at their next turn
					return
				}
			}
		})
	}
	wg.Wait()
	return failure
}
