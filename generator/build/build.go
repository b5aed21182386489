package build

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"chancery/generator/cache"
	"chancery/generator/content"
	"chancery/generator/index"
	"chancery/generator/page"
	"chancery/generator/problem"
	"chancery/generator/site"
	"chancery/templates"
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
	contents, err := ReadContents(o.Root, kept.LoadReadings(), o.Workers, o.Progress)
	if err != nil {
		return nil, err
	}
	a := content.Resolve(os.DirFS(o.Root), contents.Readings(), false)
	result := &Result{Documents: len(a.Documents), Drafts: a.Drafts, Notices: a.Notices, Problems: a.Problems}
	s, problems, err := Prepare(o.Root, o.Version, a)
	result.Problems = append(result.Problems, problems...)
	if err != nil || s == nil {
		return result, err // without templates no page can be made: the old site stays
	}
	if err := write(o, kept, s, result); err != nil {
		return nil, err
	}
	if contents.Read > 0 {
		err = kept.SaveReadings(contents.Kept())
	}
	result.Problems = problem.Sort(result.Problems)
	return result, err
}

// Check tells what Build would of the archive, and writes nothing: neither the
// site nor the cache.
func Check(o Order) (*Result, error) {
	contents, err := ReadContents(o.Root, cache.Open(o.Root, o.Version).LoadReadings(), o.Workers, o.Progress)
	if err != nil {
		return nil, err
	}
	a := content.Resolve(os.DirFS(o.Root), contents.Readings(), false)
	result := &Result{Documents: len(a.Documents), Drafts: a.Drafts, Notices: a.Notices, Problems: a.Problems}
	s, problems, err := Prepare(o.Root, o.Version, a)
	result.Problems = append(result.Problems, problems...)
	if s != nil {
		_, problems = s.Outputs()
		result.Problems = append(result.Problems, problems...)
	}
	result.Problems = problem.Sort(result.Problems)
	return result, err
}

// Prepare makes ready to make any page of the archive: a Site, or nil where the
// templates have problems.
func Prepare(root string, version content.Digest, a *content.Archive) (*site.Site, []problem.Problem, error) {
	files, err := templateFiles(root)
	if err != nil {
		return nil, nil, err
	}
	parsed, problems := page.ParseTemplates(files)
	if len(problems) > 0 {
		return nil, problems, nil
	}
	entries := make(index.Listing, len(a.Documents))
	for i, d := range a.Documents {
		entries[i] = &d.Entry
	}
	assets := site.Assets(files)
	renderer := page.NewRenderer(a, index.Make(entries), parsed, site.AssetPath(assets, "style.css"), version)
	return &site.Site{Renderer: renderer, Assets: assets, Source: os.DirFS(root)}, nil, nil
}

// templateFiles reads the templates and assets that the program carries, and
// over them those of the archive's own folder templates/.
func templateFiles(root string) (map[string][]byte, error) {
	files := map[string][]byte{}
	for _, folder := range []fs.FS{templates.Files, os.DirFS(filepath.Join(root, "templates"))} {
		err := fs.WalkDir(folder, ".", func(name string, e fs.DirEntry, err error) error {
			if errors.Is(err, fs.ErrNotExist) && name == "." {
				return fs.SkipAll // the archive has no templates of its own
			}
			if err != nil || e.IsDir() || !isTemplateFile(name) {
				return err
			}
			files[name], err = fs.ReadFile(folder, name)
			return err
		})
		if err != nil {
			return nil, fmt.Errorf("reading templates: %w", err)
		}
	}
	return files, nil
}

func isTemplateFile(name string) bool {
	base := name[strings.LastIndexByte(name, '/')+1:]
	if strings.HasPrefix(base, ".") || strings.HasSuffix(base, "~") {
		return false
	}
	return strings.HasPrefix(name, "assets/") || filepath.Ext(name) == ".html" && !strings.Contains(name, "/")
}

// write makes every output whose key is new and removes what is no longer one.
func write(o Order, kept *cache.Cache, s *site.Site, result *Result) error {
	outputs, problems := s.Outputs()
	result.Problems = append(result.Problems, problems...)
	before := kept.LoadStates(o.Out)
	folder, err := site.OpenFolder(o.Out, before)
	if err != nil {
		return err
	}
	outputs, problems, err = folder.Begin(outputs)
	if err != nil {
		return err
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
		return err
	}
	states, removed, err := folder.Finish()
	if err != nil {
		return err
	}
	result.Made, result.Removed = int(made.Load()), removed
	result.Unchanged = len(states.States) - result.Made
	if len(states.States) < len(outputs) && len(result.Problems) == 0 {
		return fmt.Errorf("making the site: %d files were planned and %d were made", len(outputs), len(states.States))
	}
	if before.List == states.List && slices.Equal(before.States, states.States) {
		return nil
	}
	return kept.SaveStates(o.Out, states)
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
	if err := write(b); err != nil {
		p, err := pageProblem(o, err)
		return false, p, err
	}
	changed, err = folder.Put(i, key, b.Bytes())
	return changed, nil, err
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
