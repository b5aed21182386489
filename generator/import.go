package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"time"

	"chancery/generator/archive"
	"chancery/generator/cache"
	"chancery/generator/content"
	"chancery/generator/manuscript"
	"chancery/generator/problem"
	"chancery/generator/source"

	"github.com/spf13/cobra"
)

func importCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "import FILE...",
		Short: "Make pages of source documents",
		Long: `Import reads source documents (wire stories, pages of ministries, news texts,
dumps of channels, as plain text) and writes each document that they hold as a
Markdown file with metadata below content/documents. It prints for each value
where it comes from; what it concluded and did not read is listed under review
in the file. Names that no term has become new terms, marked unverified.

Nothing is ever overwritten: a document that is in the archive already is left
as it is, edited or not. Folders are walked.

With --accept it reads nothing new: it deletes the lines of review of documents
and terms that you have looked at. See chancery check --review.`,
		Example: "  chancery import notes/*.txt\n  chancery import --dry-run --json channel.txt\n  chancery import --accept 2022/11-12-joint-statement --field date,place",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return &useError{"import needs the files to read", "for example: chancery import notes/*.txt"}
			}
			return nil
		},
	}
	root := rootFlag(c)
	quiet := quietFlag(c)
	dryRun := c.Flags().Bool("dry-run", false, "write nothing")
	asJSON := c.Flags().Bool("json", false, "print one line of JSON for each file, and nothing else on standard output")
	accept := acceptFlags(c)
	c.RunE = func(c *cobra.Command, args []string) error {
		order := importOrder{*root, *quiet, *dryRun, *asJSON}
		if accept.accept || len(accept.fields) > 0 {
			return runAccept(c, args, order, accept)
		}
		return runImport(c, args, order)
	}
	return c
}

// An importOrder is what the flags say.
type importOrder struct {
	root                  string
	quiet, dryRun, asJSON bool
}

func runImport(c *cobra.Command, args []string, order importOrder) error {
	start := time.Now()
	if !order.dryRun && content.IsArchive(order.root) {
		unlock, err := cache.Open(order.root, version()).Lock()
		if err != nil {
			return err
		}
		defer unlock()
	}
	i, err := newImport(order.root, order.dryRun)
	if err != nil {
		return noArchive(order.root, err)
	}
	report := printPeople
	if order.asJSON {
		report = printJSON
	}
	if err := i.all(c, args, order.quiet, report); err != nil {
		return err
	}
	problem.Print(c.ErrOrStderr(), i.problems)
	if !order.asJSON {
		i.sum(c.OutOrStdout(), time.Since(start))
	} else if !order.quiet {
		i.sum(c.ErrOrStderr(), time.Since(start))
	}
	if len(i.problems) > 0 {
		return errProblems
	}
	return nil
}

// all imports the files named and shows how far it is.
func (i *importing) all(c *cobra.Command, args []string, quiet bool, report func(io.Writer, fileReport) error) error {
	progress, done := progressTo(c.ErrOrStderr(), quiet)
	defer done()
	files := i.files(args)
	for n, name := range files {
		if progress != nil {
			progress("importing", n, len(files))
		}
		r, err := i.file(name)
		if err != nil {
			return err
		}
		if err := report(c.OutOrStdout(), r); err != nil {
			return fmt.Errorf("printing the report: %w", err)
		}
	}
	return nil
}

// An importing is one run of the command.
type importing struct {
	root     string
	dryRun   bool
	reader   *source.Reader
	terms    *archive.Vocabulary
	known    map[string]knownDocument // by the digest of its source text
	taken    map[archive.ID]bool
	made     map[string]bool // files of the terms that this run made
	counts   struct{ made, unchanged, edited, terms int }
	problems []problem.Problem
}

// A knownDocument is one that the archive has already.
type knownDocument struct {
	id     archive.ID
	edited bool // by a person, since it was imported
}

// newImport reads what import has to know of the archive: its vocabulary, and
// what has been imported before.
func newImport(root string, dryRun bool) (*importing, error) {
	tree, err := content.List(root)
	if err != nil {
		return nil, err
	}
	i := &importing{root: root, dryRun: dryRun, known: map[string]knownDocument{}, taken: map[archive.ID]bool{}, made: map[string]bool{}}
	var terms []*archive.Term
	for _, f := range tree.Terms {
		data, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(f.Path)))
		if err != nil {
			return nil, fmt.Errorf("reading the vocabulary: %w", err)
		}
		facet, id := f.Term()
		r := content.ReadTerm(facet, id, data)
		i.problems = append(i.problems, r.Problems...)
		terms = append(terms, &r.Term)
	}
	for _, f := range tree.Documents {
		data, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(f.Path)))
		if err != nil {
			return nil, fmt.Errorf("reading the archive: %w", err)
		}
		i.know(f.DocumentID(), data)
	}
	i.terms, _ = archive.NewVocabulary(terms)
	i.reader = source.NewReader(i.terms)
	return i, nil
}

// know remembers a document that is in the archive. Where its metadata cannot
// be read, the digest is looked for in its text.
func (i *importing) know(id archive.ID, data []byte) {
	i.taken[id] = true
	_, record := content.ReadDocument(id, data)
	imported := record.Imported
	if imported.Source == "" {
		if m := sourceDigest().FindSubmatch(data[:min(len(data), 1<<16)]); m != nil {
			imported.Source = string(m[1])
		}
	}
	if imported.Source != "" {
		i.known[imported.Source] = knownDocument{id, imported.File != fileDigest(data)}
	}
}

var sourceDigest = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?m)^  source: "?([0-9a-f]{32}(?:-\d+)?)"?\r?$`)
})

// fileDigest gives the digest of a document's file without the line that
// holds the digest itself.
func fileDigest(data []byte) string {
	var rest []byte
	for l := range bytes.Lines(data) {
		if !bytes.HasPrefix(l, []byte("  file: ")) {
			rest = append(rest, l...)
		}
	}
	return fmt.Sprintf("%x", content.DigestOf(rest))
}

// files lists the files to read: those named, and all below the folders named.
func (i *importing) files(args []string) []string {
	var files []string
	for _, arg := range args {
		info, err := os.Stat(arg)
		if err != nil || !info.IsDir() {
			files = append(files, arg) // what cannot be read is told when it is its turn
			continue
		}
		_ = filepath.WalkDir(arg, func(path string, e fs.DirEntry, err error) error {
			switch {
			case err != nil:
				i.problems = append(i.problems, problem.Problem{File: path, What: "it cannot be listed, so nothing below it is imported: " + plainError(err)})
			case path != arg && strings.HasPrefix(e.Name(), "."):
				if e.IsDir() {
					return filepath.SkipDir
				}
			case e.Type().IsRegular():
				files = append(files, path)
			}
			return nil
		})
	}
	return files
}

// plainError gives an error without the path that its message begins with.
func plainError(err error) string {
	var path *fs.PathError
	if errors.As(err, &path) {
		return path.Err.Error()
	}
	return err.Error()
}

// file imports one source document.
func (i *importing) file(file string) (fileReport, error) {
	r := fileReport{file: file}
	if i.isOwn(file) {
		r.problems = []problem.Problem{{File: file, What: "this is a file of the archive itself, so it is not imported", Mend: "name source documents that lie outside the archive's folder content"}}
	} else {
		f := manuscript.Open(file)
		for draft := range i.reader.Drafts(f.Manuscripts(), f.Tell) {
			r.format = draft.Shape
			d, err := i.document(&draft)
			if err != nil {
				return r, err
			}
			r.documents = append(r.documents, d)
		}
		r.problems = f.Problems
	}
	i.problems = append(i.problems, r.problems...)
	return r, nil
}

// isOwn says whether a file lies in the archive that is imported into.
func (i *importing) isOwn(file string) bool {
	own, err := realPath(filepath.Join(i.root, "content"))
	if err != nil {
		return false
	}
	real, err := realPath(file)
	return err == nil && isWithin(real, own)
}

// document files one draft, unless the archive has it.
func (i *importing) document(d *archive.Draft) (docReport, error) {
	doc, terms := d.Document(i.terms)
	if known, ok := i.known[d.Digest]; ok {
		state := "unchanged: it is in the archive"
		i.counts.unchanged++
		if known.edited {
			state = "left alone: it was edited since it was imported"
			i.counts.unchanged--
			i.counts.edited++
		}
		doc.ID = known.id
		return docReport{id: known.id, state: state, draft: d, doc: &doc}, nil
	}
	r := docReport{state: "new", draft: d, doc: &doc}
	for _, t := range terms {
		if made, err := i.term(t); err != nil {
			return r, err
		} else if made {
			r.listed = append(r.listed, t.File())
		}
	}
	body := d.Markdown
	if body == "" {
		body = source.Markdown(d.Body, doc.Title)
	}
	err := i.create(&doc, body)
	r.id = doc.ID
	if err == nil {
		i.counts.made++
		i.known[d.Digest] = knownDocument{id: doc.ID}
	}
	return r, err
}

// term writes a new term's file, unless this run or another has made it.
func (i *importing) term(t *archive.Term) (made bool, err error) {
	if i.made[t.File()] {
		return false, nil
	}
	if !i.dryRun {
		err = content.Create(i.root, t.File(), content.FormatTerm(t))
	}
	if errors.Is(err, fs.ErrExist) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	i.made[t.File()] = true
	i.counts.terms++
	return true, nil
}

// create gives the document the first ID that is free and writes its file.
func (i *importing) create(doc *archive.Document, body string) error {
	base := archive.NewID(doc.Date, doc.Title)
	for n := 1; ; n++ {
		doc.ID = base
		if n > 1 {
			doc.ID = archive.ID(fmt.Sprintf("%s-%d", base, n))
		}
		if i.taken[doc.ID] {
			continue
		}
		i.taken[doc.ID] = true
		if i.dryRun {
			return nil
		}
		doc.Imported.File = ""
		doc.Imported.File = fileDigest(content.FormatDocument(doc, body))
		err := content.Create(i.root, doc.ID.File(), content.FormatDocument(doc, body))
		if !errors.Is(err, fs.ErrExist) {
			return err
		}
	}
}
