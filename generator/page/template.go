package page

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"html/template"
	"io"
	"maps"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	texttemplate "text/template"
	"text/template/parse"

	"chancery/generator/content"
	"chancery/generator/problem"
)

// Templates are the parsed templates of a site, each with the digest of its
// text and of all it includes.
type Templates struct {
	set     *template.Template
	digests map[string]content.Digest
}

// ParseTemplates parses the templates among the files, by their paths below
// templates/; shared ones may define what the others include. What does not
// parse is a problem of its file.
func ParseTemplates(files map[string][]byte) (*Templates, []problem.Problem) {
	set := template.New("")
	var names []string
	var problems []problem.Problem
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if path.Ext(name) != ".html" || path.Dir(name) != "." {
			continue
		}
		names = append(names, name)
		if _, err := set.New(name).Parse(string(files[name])); err != nil {
			problems = append(problems, TemplateProblem(err))
		}
	}
	if len(problems) > 0 {
		return nil, problems
	}
	t := &Templates{set, map[string]content.Digest{}}
	for _, name := range names {
		t.digests[name] = digestTemplate(set, name)
	}
	return t, problem.Sort(t.rehearse())
}

// rehearse executes each page's template on an empty value and on a full one, so
// that a name that does not exist is told before any page is made.
func (t *Templates) rehearse() []problem.Problem {
	var problems []problem.Problem
	for name, value := range views {
		if t.set.Lookup(name) == nil {
			problems = append(problems, problem.Problem{File: "templates/" + name, What: "this template is missing, so its pages cannot be made", Mend: "put it back"})
			continue
		}
		for _, v := range []any{value, filled(value)} {
			err := t.set.ExecuteTemplate(io.Discard, name, v)
			if err != nil && isOfTheTemplate(err) {
				problems = append(problems, TemplateProblem(err))
				break
			}
		}
	}
	return problems
}

// isOfTheTemplate says whether a template would stumble on any value, and not
// only on one that no page has.
func isOfTheTemplate(err error) bool {
	var execution texttemplate.ExecError
	if !errors.As(err, &execution) {
		return true
	}
	for _, says := range []string{"can't evaluate field", "can't iterate over", "not defined"} {
		if strings.Contains(err.Error(), says) {
			return true
		}
	}
	return false
}

// digestTemplate digests the parsed text of a template and of those that it
// includes, each once.
func digestTemplate(set *template.Template, name string) content.Digest {
	hash := sha256.New()
	seen := map[string]bool{}
	queue := []string{name}
	for len(queue) > 0 {
		name, queue = queue[0], queue[1:]
		t := set.Lookup(name)
		if seen[name] || t == nil || t.Tree == nil {
			continue
		}
		seen[name] = true
		fmt.Fprintf(hash, "%s\x00%s\x00", name, t.Tree.Root)
		included := included(t.Tree.Root)
		slices.Sort(included)
		queue = append(queue, included...)
	}
	return content.Digest(hash.Sum(nil)[:16])
}

// included gives the names of the templates that a tree executes.
func included(node parse.Node) []string {
	switch n := node.(type) {
	case *parse.ListNode:
		var names []string
		if n != nil {
			for _, child := range n.Nodes {
				names = append(names, included(child)...)
			}
		}
		return names
	case *parse.TemplateNode:
		return []string{n.Name}
	case *parse.IfNode:
		return append(included(n.List), included(n.ElseList)...)
	case *parse.RangeNode:
		return append(included(n.List), included(n.ElseList)...)
	case *parse.WithNode:
		return append(included(n.List), included(n.ElseList)...)
	}
	return nil
}

var (
	templatePlace = regexp.MustCompile(`template: ?([^:\s]+)(?::(\d+))?(?::\d+)?: (.*)`)
	unknownField  = regexp.MustCompile(`can't evaluate field (\w+) in type \*?page\.(\w+)`)
)

// stumbles are mistakes of templates, by what the template's reader says of
// them, in the words of a designer.
var stumbles = []struct{ says, what, mend string }{
	{"ends in a non-text context", "it ends within a quotation mark or a tag", "close what was opened"},
	{"branches end in different contexts", "one branch of a condition ends within a quotation mark or a tag, the other does not", "open and close it within each branch"},
	{"unexpected EOF", "it ends before its time", "add the {{end}} that is missing"},
	{"unclosed action", "a {{ has no }}", "close it on its line"},
	{"bad character", "a sign stands within {{ }} that cannot stand there", "look at the line: a name begins with a dot, and text stands in quotation marks"},
	{"error calling", "a function does not fit the value that it is given", "show the value as it is"},
	{"can't iterate over", "a value that is not a list stands behind range", "show the value as it is: lists are made already"},
}

// TemplateProblem says in a designer's words what a template stumbled on.
func TemplateProblem(err error) problem.Problem {
	text := strings.ReplaceAll(err.Error(), "html/template:", "template: ")
	m := templatePlace.FindStringSubmatch(text)
	if m == nil {
		return problem.Problem{File: "templates", What: "a template cannot be used, so its pages are not made: " + err.Error()}
	}
	p := problem.Problem{File: "templates/" + path.Base(m[1]), What: "this template cannot be used, so its pages are not made: " + m[3]}
	p.Line, _ = strconv.Atoi(m[2])
	for _, stumble := range stumbles {
		if strings.Contains(m[3], stumble.says) {
			p.What, p.Mend = "this template cannot be used, so its pages are not made: "+stumble.what, stumble.mend
		}
	}
	if f := unknownField.FindStringSubmatch(m[3]); f != nil {
		p.What = fmt.Sprintf("there is no value %q here, so the pages of this template are not made", f[1])
		p.Mend = "the values are " + strings.Join(viewFields(f[2]), ", ")
	}
	return p
}
