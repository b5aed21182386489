package build

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"sync"
	"sync/atomic"

	"chancery/generator/cache"
	"chancery/generator/content"
	"chancery/generator/index"
	"chancery/generator/page"
	"chancery/generator/problem"
	"chancery/generator/site"
)

// An Order says what to build.
type Order struct {
	Root     string         // holds content/, templates/ and .cache/
	Out      string         // the site's folder
	Version  content.Digest // tells one version of the program from another
	Workers  int
	Progress Progress
}

// A Result says what a build did.
type Result struct {
	Made, Unchanged, Removed int // files of the site
	Documents, Drafts        int
	Notices, Problems        []problem.Problem
}

// Build makes the site. Problems of the archive are in the result, and what has
// none is made all the same; an error is the machine's.
func Build(o Order) (*Result, error) {
	if !content.IsArchive(o.Root) {
		return nil, content.ErrNoArchive
	}
	kept := cache.Open(o.Root, o.Version)
	unlock, err := kept.Lock()
	if err != nil {
		return nil, err
	}
	defer unlock()
	in, err := findInputs(o.Root, o.Version)
	if err != nil {
		return nil, err
	}
	folder, err := site.OpenFolder(o.Out, kept.LoadStates(o.Out))
	if err != nil {
		return nil, err
	}
	if last := kept.LoadOutcome(o.Out); last.Inputs == in.digest {
		if files, untouched := folder.Untouched(); untouched {
			return &Result{Unchanged: files, Documents: last.Documents, Drafts: last.Drafts, Notices: last.Notices, Problems: last.Problems}, nil
		}
	}
	return build(o, kept, in, folder)
}

// build makes what is not as it has to be.
func build(o Order, kept *cache.Cache, in *inputs, folder *site.Folder) (*Result, error) {
	boundMemory(len(in.tree.Documents))
	contents, err := ReadContents(o.Root, in.tree, kept.LoadReadings(), o.Workers, o.Progress)
	if err != nil {
		return nil, err
	}
	in.tree = nil // the contents hold what is needed of it
	boundMemory(len(contents.readings.Documents))
	a := content.Resolve(os.DirFS(o.Root), contents.Readings(), false)
	result := &Result{Documents: len(a.Documents), Drafts: a.Drafts, Notices: a.Notices, Problems: a.Problems}
	s, problems := prepare(o.Root, in.templates, o.Version, a)
	result.Problems = append(result.Problems, problems...)
	if s == nil {
		return result, nil // without templates no page can be made: the old site stays
	}
	whole, err := write(o, kept, s, folder, result)
	if err != nil {
		return nil, err
	}
	result.Problems = problem.Sort(result.Problems)
	if contents.Read > 0 {
		if err := kept.SaveReadings(contents.Kept()); err != nil {
			return nil, err
		}
	}
	if !whole || !contents.isSettled() {
		in.digest = content.Digest{} // the next build has to look for itself
	}
	return result, kept.SaveOutcome(o.Out, cache.Outcome{Inputs: in.digest, Documents: result.Documents, Drafts: result.Drafts, Notices: result.Notices, Problems: result.Problems})
}

// Resolved gives the archive as it is, drafts included, and writes nothing.
func Resolved(o Order) (*content.Archive, error) {
	tree, err := content.List(o.Root)
	if err != nil {
		return nil, err
	}
	contents, err := ReadContents(o.Root, tree, cache.Open(o.Root, o.Version).LoadReadings(), o.Workers, o.Progress)
	if err != nil {
		return nil, err
	}
	return content.Resolve(os.DirFS(o.Root), contents.Readings(), true), nil
}

// Check tells what Build would of the archive, and writes nothing: neither the
// site nor the cache.
func Check(o Order) (*Result, error) {
	in, err := findInputs(o.Root, o.Version)
	if err != nil {
		return nil, err
	}
	contents, err := ReadContents(o.Root, in.tree, cache.Open(o.Root, o.Version).LoadReadings(), o.Workers, o.Progress)
	if err != nil {
		return nil, err
	}
	a := content.Resolve(os.DirFS(o.Root), contents.Readings(), false)
	result := &Result{Documents: len(a.Documents), Drafts: a.Drafts, Notices: a.Notices, Problems: a.Problems}
	s, problems := prepare(o.Root, in.templates, o.Version, a)
	result.Problems = append(result.Problems, problems...)
	if s != nil {
		_, problems = s.Outputs()
		result.Problems = append(result.Problems, problems...)
	}
	result.Problems = problem.Sort(result.Problems)
	return result, nil
}

// Prepare makes ready to make any page of the archive: a Site, or nil where the
// templates have problems.
func Prepare(root string, version content.Digest, a *content.Archive) (*site.Site, []problem.Problem, error) {
	files, err := templateFiles(root)
	if err != nil {
		return nil, nil, err
	}
	s, problems := prepare(root, files, version, a)
	return s, problems, nil
}

func prepare(root string, files map[string][]byte, version content.Digest, a *content.Archive) (*site.Site, []problem.Problem) {
	parsed, problems := page.ParseTemplates(files)
	if len(problems) > 0 {
		return nil, problems
	}
	entries := make(index.Listing, len(a.Documents))
	for i, d := range a.Documents {
		entries[i] = &d.Entry
	}
	assets := site.Assets(files)
	renderer := page.NewRenderer(a, index.Make(entries), parsed, site.AssetPath(assets, "style.css"), version)
	return &site.Site{Renderer: renderer, Assets: assets, Source: os.DirFS(root)}, nil
}

// write makes every output whose key is new and removes what is no longer one.
// It says whether all of them are there now.
func write(o Order, kept *cache.Cache, s *site.Site, folder *site.Folder, result *Result) (whole bool, err error) {
	planned, problems := s.Outputs()
	result.Problems = append(result.Problems, problems...)
	outputs, problems, err := folder.Begin(planned)
	if err != nil {
		return false, err
	}
	result.Problems = append(result.Problems, problems...)
	var made, done atomic.Int64
	var told sync.Map // where problems have been told: one of a template is that of all its pages
	var mu sync.Mutex
	err = parallel(o.Workers, len(outputs), func(i int) error {
		b := buffers.Get().(*bytes.Buffer)
		defer buffers.Put(b)
		b.Reset()
		changed, p, err := makeOutput(folder, s, outputs[i], i, b)
		if changed {
			made.Add(1)
		}
		if p != nil {
			if _, again := told.LoadOrStore(problem.Problem{File: p.File, Line: p.Line}, true); !again {
				mu.Lock()
				result.Problems = append(result.Problems, *p)
				mu.Unlock()
			}
		}
		if o.Progress != nil {
			o.Progress("making", int(done.Add(1)), len(outputs))
		}
		return err
	})
	if err != nil {
		return false, err
	}
	states, removed, err := folder.Finish()
	if err != nil {
		return false, err
	}
	result.Made, result.Removed = int(made.Load()), removed
	result.Unchanged = len(states.States) - result.Made
	if len(states.States) < len(outputs) && len(result.Problems) == 0 {
		return false, fmt.Errorf("making the site: %d files were planned and %d were made", len(outputs), len(states.States))
	}
	return len(states.States) == len(planned), kept.SaveStates(o.Out, states)
}

// makeOutput makes one file where its key is new. A page that cannot be made
// for the archive's or a template's sake is a problem; the error is the
// machine's.
func makeOutput(folder *site.Folder, s *site.Site, o site.Output, i int, b *bytes.Buffer) (changed bool, _ *problem.Problem, _ error) {
	key, write, err := s.Made(o)
	if err != nil {
		return false, nil, fmt.Errorf("making %s: %w", o.Path, err)
	}
	if folder.Has(i, key) {
		return false, nil, nil
	}
	if o.File != "" {
		changed, err = copyFile(folder, s, o, i)
	} else if err = write(b); err == nil {
		changed, err = folder.Put(i, key, b.Bytes())
		return changed, nil, err
	}
	if err != nil {
		p, err := pageProblem(o, err)
		return false, p, err
	}
	return changed, nil, nil
}

func copyFile(folder *site.Folder, s *site.Site, o site.Output, i int) (changed bool, err error) {
	file, err := s.Source.Open(o.File)
	if err != nil {
		return false, err
	}
	defer file.Close()
	return folder.Copy(i, o.Digest, file)
}

// pageProblem tells a problem of the archive or of a template from an error of
// the machine.
func pageProblem(o site.Output, err error) (*problem.Problem, error) {
	if errors.Is(err, page.ErrChanged) || errors.Is(err, fs.ErrNotExist) {
		return &problem.Problem{File: o.From(), What: "the file was changed while the site was being made, so its page is left out", Mend: "build again"}, nil
	}
	var path *fs.PathError
	if errors.As(err, &path) {
		return nil, err
	}
	p := page.TemplateProblem(err)
	return &p, nil
}
