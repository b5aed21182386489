package watch

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"chancery/generator/archive"
	"chancery/generator/build"
	"chancery/generator/cache"
	"chancery/generator/content"
	"chancery/generator/problem"
	"chancery/generator/site"
)

// A Preview is an archive as it is at the moment, drafts and problems included.
type Preview struct {
	Open bool // whether others than this machine may look; set before the first request

	order    build.Order
	report   func(error)
	now      atomic.Pointer[snapshot] // nil until the archive has been read
	failure  atomic.Pointer[string]   // why it cannot be read
	progress progress
	loaded   chan struct{} // closed when the first reading is done and kept
	readers  readers

	mu       sync.Mutex // held while the archive is being brought up to date
	contents *build.Contents
}

// A snapshot is the archive at one moment. It is not changed once made.
type snapshot struct {
	version  string
	archive  *content.Archive
	site     *site.Site // nil where the templates have problems
	problems []problem.Problem
}

// NewPreview begins to read the archive, and gives the preview at once. What
// goes wrong later is reported, possibly by several goroutines at once.
func NewPreview(order build.Order, report func(error)) *Preview {
	p := &Preview{order: order, report: report, loaded: make(chan struct{})}
	p.order.Progress = p.progress.set
	go func() {
		defer close(p.loaded)
		if err := p.load(); err != nil {
			text := err.Error()
			p.failure.Store(&text)
			p.report(err)
		}
	}()
	return p
}

// load reads the archive: for a first answer as the last build kept it, then as
// it is.
func (p *Preview) load() error {
	kept := cache.Open(p.order.Root, p.order.Version)
	read, err := p.loadFrom(kept)
	if read == nil || err != nil {
		return err
	}
	unlock, err := kept.Lock() // waits while a build is at work
	if err != nil {
		return err
	}
	defer unlock()
	return kept.SaveReadings(read)
}

// loadFrom reads the archive over what was kept of it, and gives what may be
// kept now, nil where that is the same.
func (p *Preview) loadFrom(kept *cache.Cache) (*cache.Readings, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	readings := kept.LoadReadings()
	if len(readings.Documents) > 0 {
		contents, err := build.KeptContents(p.order.Root, readings)
		if err != nil {
			return nil, err
		}
		p.contents = contents
		if err := p.resolve(); err != nil {
			return nil, err
		}
	}
	if err := p.read(readings); err != nil || p.contents.Read == 0 {
		return nil, err
	}
	read := *p.contents.Kept()
	return &read, nil
}

// read reads what is not as it was kept, and makes a snapshot where anything is.
func (p *Preview) read(kept *cache.Readings) error {
	tree, err := content.List(p.order.Root)
	if err != nil {
		return err
	}
	contents, err := build.ReadContents(p.order.Root, tree, kept, p.order.Workers, p.order.Progress)
	if err != nil {
		return err
	}
	p.contents = contents
	return p.resolve()
}

// resolve makes a snapshot of the contents.
func (p *Preview) resolve() error {
	a := content.Resolve(os.DirFS(p.order.Root), p.contents.Readings(), true)
	s, problems, err := build.Prepare(p.order.Root, p.order.Version, a)
	if err != nil {
		return err
	}
	if s != nil {
		s.Findable()
	}
	p.publish(&snapshot{archive: a, site: s, problems: problem.Sort(append(problems, a.Problems...))})
	return nil
}

// publish puts a snapshot in the place of the last and tells the browsers.
func (p *Preview) publish(s *snapshot) {
	s.version = strconv.FormatInt(time.Now().UnixNano(), 36)
	p.now.Store(s)
	p.readers.tell(s.version)
}

// Apply brings the preview up to date after a batch of changes.
func (p *Preview) Apply(b Batch) {
	p.mu.Lock()
	defer p.mu.Unlock()
	kept := &cache.Readings{}
	if p.contents != nil {
		kept = p.contents.Kept()
	}
	ids, documentsAlone := documentsOf(b)
	var err error
	if documentsAlone && p.now.Load() != nil {
		err = p.refresh(ids)
	} else {
		err = p.read(kept)
	}
	if err != nil {
		p.report(err)
	}
}

// documentsOf gives the documents of a batch, and whether nothing else changed.
func documentsOf(b Batch) (ids []archive.ID, alone bool) {
	for _, path := range b.Paths {
		name, isDocument := strings.CutPrefix(path, "content/documents/")
		name, isMarkdown := strings.CutSuffix(name, ".md")
		if !isDocument || !isMarkdown || strings.Count(name, "/") != 1 {
			return nil, false
		}
		ids = append(ids, archive.ID(name))
	}
	return ids, !b.Everything
}

// refresh reads documents again and makes a snapshot where one changed. An
// edit of a body is not held against the rest of the archive: no other page can
// show it.
func (p *Preview) refresh(ids []archive.ID) error {
	now := p.now.Load()
	changed, bodies := false, []*content.Reading(nil)
	for _, id := range ids {
		before, after, err := p.contents.Refresh(id)
		if err != nil {
			return err
		}
		switch {
		case before == after:
		case before != nil && after != nil && now.site != nil && now.site.Document(id) == before && before.DiffersInBodyAlone(after):
			bodies = append(bodies, after)
		default:
			changed = true
		}
	}
	if changed {
		return p.resolve()
	}
	if len(bodies) == 0 {
		return nil
	}
	s := *now
	for _, d := range bodies {
		s.site = s.site.WithBody(d)
	}
	p.publish(&s)
	return nil
}

// current brings one document up to date before it is shown, so that no page is
// older than its file. While the archive is being read anew it waits for
// nothing.
func (p *Preview) current(id archive.ID) {
	if !p.mu.TryLock() {
		return
	}
	defer p.mu.Unlock()
	if p.contents == nil || p.now.Load() == nil {
		return
	}
	if err := p.refresh([]archive.ID{id}); err != nil {
		p.report(err)
	}
}

// progress is how far the reading of the archive is.
type progress struct {
	begun       atomic.Int64 // nanoseconds since 1970
	done, total atomic.Int64
}

func (p *progress) set(_ string, done, total int) {
	p.begun.CompareAndSwap(0, time.Now().UnixNano())
	p.done.Store(int64(done))
	p.total.Store(int64(total))
}

func (p *progress) String() string {
	done, total := p.done.Load(), p.total.Load()
	if total == 0 {
		return "The files are being listed."
	}
	rate := float64(done) / max(0.001, time.Since(time.Unix(0, p.begun.Load())).Seconds())
	return fmt.Sprintf("%d of %d documents have been read, %.0f a second.", done, total, rate)
}
