package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"chancery/generator/archive"
	"chancery/generator/cache"
	"chancery/generator/content"
	"chancery/generator/problem"

	"github.com/spf13/cobra"
)

// acceptFlags gives import the flags by which values that it read are settled.
func acceptFlags(c *cobra.Command) *acceptOrder {
	order := &acceptOrder{}
	c.Flags().BoolVar(&order.accept, "accept", false, "settle what waits for review in the documents or terms named, by path or ID")
	c.Flags().StringSliceVar(&order.fields, "field", nil, "with --accept, settle these `fields` alone: date,place")
	return order
}

// An acceptOrder is what the flags of acceptance say.
type acceptOrder struct {
	accept bool
	fields []string
}

// An accepting is one run of import --accept.
type accepting struct {
	root     string
	dryRun   bool
	fields   []string // nil for all
	files    map[string]content.File
	out      io.Writer
	counts   struct{ lines, files, left int }
	problems []problem.Problem
}

// runAccept settles what waits in the files named by path or ID.
func runAccept(c *cobra.Command, args []string, order importOrder, accept *acceptOrder) error {
	if !accept.accept {
		return &useError{"--field is for --accept", "for example: chancery import --accept --field date 2022/11-12-joint-statement"}
	}
	if order.asJSON {
		return &useError{"--accept prints no JSON", "leave --json out"}
	}
	tree, err := content.List(order.root)
	if err != nil {
		return noArchive(order.root, err)
	}
	a := &accepting{root: order.root, dryRun: order.dryRun, files: map[string]content.File{}, out: c.OutOrStdout()}
	for _, f := range slices.Concat(tree.Documents, tree.Terms) {
		a.files[f.Path] = f
	}
	if err := a.takeFields(accept.fields); err != nil {
		return err
	}
	if !a.dryRun {
		unlock, err := cache.Open(order.root, version()).Lock()
		if err != nil {
			return err
		}
		defer unlock()
	}
	for _, arg := range args {
		if err := a.named(arg); err != nil {
			return err
		}
	}
	problem.Print(c.ErrOrStderr(), a.problems)
	word := "settled"
	if a.dryRun {
		word = "would settle"
	}
	fmt.Fprintf(a.out, "%s lines %d in files %d, still waiting in them %d, problems %d\n", word, a.counts.lines, a.counts.files, a.counts.left, len(a.problems))
	if len(a.problems) > 0 {
		return errProblems
	}
	return nil
}

// takeFields takes the fields that are to be settled. One that no file can have
// is refused before anything is written.
func (a *accepting) takeFields(fields []string) error {
	known := []string{"unverified"}
	for _, f := range content.DocumentFields {
		known = append(known, f.Key)
	}
	for _, facet := range archive.Facets {
		for _, f := range content.TermFields(facet) {
			known = append(known, f.Key)
		}
	}
	for _, field := range fields {
		field = strings.TrimSpace(field)
		if !slices.Contains(known, field) {
			hint := "the fields are the keys of the metadata: date, place, venues and so on; see content/README.md"
			if near := problem.Nearest(field, known); near != "" {
				hint = fmt.Sprintf("did you mean %q?", near)
			}
			return &useError{fmt.Sprintf("there is no field %q", field), hint}
		}
		a.fields = append(a.fields, field)
	}
	return nil
}

func (a *accepting) settles(field string) bool {
	return len(a.fields) == 0 || slices.Contains(a.fields, field)
}

// named settles the file that an argument means. The error is the machine's.
func (a *accepting) named(arg string) error {
	f, ok := a.find(arg)
	if !ok {
		return nil
	}
	data, err := os.ReadFile(filepath.Join(a.root, filepath.FromSlash(f.Path)))
	if err != nil {
		a.tell(f.Path, "it cannot be read, so nothing is settled in it", "see who owns the file and its folder")
		return nil
	}
	accepted := content.Accept(f, data, a.settles)
	a.problems = append(a.problems, accepted.Problems...)
	if len(accepted.Settled) > 0 && !a.dryRun {
		err = content.Replace(a.root, f.Path, content.DigestOf(data), accepted.File)
	}
	switch {
	case errors.Is(err, content.ErrEdited):
		a.tell(f.Path, "it was saved by somebody else at this moment, so nothing is settled in it", "look at it, and accept again")
		return nil
	case errors.Is(err, os.ErrPermission):
		a.tell(f.Path, "it may not be written, so nothing is settled in it", "see who owns the file and its folder")
		return nil
	case err != nil:
		return err
	}
	return a.report(f, accepted)
}

// report prints what was settled in a file.
func (a *accepting) report(f content.File, accepted content.Acceptance) error {
	a.counts.left += accepted.Left
	if len(accepted.Settled) > 0 {
		a.counts.files++
	}
	a.counts.lines += len(accepted.Settled)
	var b strings.Builder
	for _, d := range accepted.Settled {
		text := "settled: " + d.Text()
		if d.Field == "unverified" {
			text = "settled: unverified"
		}
		fmt.Fprintf(&b, "%s:%d: %s\n", f.Path, d.Line, text)
	}
	if len(accepted.Settled) == 0 && len(accepted.Problems) == 0 {
		about := ""
		if len(a.fields) > 0 {
			about = " for " + strings.Join(a.fields, ", ")
		}
		fmt.Fprintf(&b, "%s: nothing waits%s\n", f.Path, about)
	}
	_, err := io.WriteString(a.out, b.String())
	return err
}

func (a *accepting) tell(file, what, mend string) {
	a.problems = append(a.problems, problem.Problem{File: file, What: what, Mend: mend})
}

// find gives the file that is meant by a path or an ID: 2022/11-12-talks,
// venues/asean, content/venues/asean.md.
func (a *accepting) find(arg string) (content.File, bool) {
	name := filepath.ToSlash(arg)
	below := a.belowRoot(arg)
	for _, candidate := range []string{name, below, "content/documents/" + name + ".md", "content/documents/" + name, "content/" + name + ".md", "content/" + name} {
		if f, ok := a.files[path.Clean(candidate)]; ok {
			return f, true
		}
	}
	if info, err := os.Stat(arg); err == nil && info.IsDir() {
		a.tell(arg, "this is a folder, so nothing is settled in it", "name the documents that you have looked at; in most shells "+strings.TrimSuffix(name, "/")+"/*.md names all of them")
		return content.File{}, false
	}
	mend := "chancery check --review lists what waits, with the commands to settle it"
	if near := a.nearest(strings.TrimSuffix(name, ".md")); near != "" {
		mend = fmt.Sprintf("did you mean %q?", near)
	}
	a.tell(arg, "there is no such document or term in the archive", mend)
	return content.File{}, false
}

// belowRoot gives the path of a file below the root of the archive, "" where it
// lies elsewhere.
func (a *accepting) belowRoot(arg string) string {
	root, err := withoutLinks(a.root)
	file, err2 := withoutLinks(arg)
	if err != nil || err2 != nil {
		return ""
	}
	relative, err := filepath.Rel(root, file)
	if err != nil {
		return ""
	}
	return filepath.ToSlash(relative)
}

// withoutLinks gives the whole path of a file that is there.
func withoutLinks(name string) (string, error) {
	name, err := filepath.Abs(name)
	if err != nil {
		return "", err
	}
	return filepath.EvalSymlinks(name)
}

// nearest gives the ID that a mistyped one most likely meant, in the form in
// which it was typed.
func (a *accepting) nearest(name string) string {
	prefix := ""
	for _, p := range []string{"content/documents/", "content/"} {
		if strings.HasPrefix(name, p) {
			prefix = p
			break
		}
	}
	var ids []string
	for file := range a.files {
		if id, ok := strings.CutPrefix(file, cmp.Or(prefix, "content/")); ok {
			ids = append(ids, strings.TrimSuffix(strings.TrimPrefix(id, "documents/"), ".md"))
		}
	}
	slices.Sort(ids)
	return problem.Nearest(strings.TrimPrefix(strings.TrimPrefix(name, prefix), "documents/"), ids)
}
