package manuscript

import (
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/pelletier/go-toml/v2"
	"go.yaml.in/yaml/v4"
)

// A frontValue is one key of a file's metadata with its values as texts.
type frontValue struct {
	key    string
	texts  []string
	line   int  // of the file
	nested bool // whether a value has parts of its own
}

// read reads the metadata. What is broken of it is told, with the line.
func (f *front) read() (values []frontValue, broken *breakage) {
	switch f.form {
	case '-':
		return f.readYAML()
	case '+':
		return f.readTOML()
	case '{':
		return f.readJSON()
	}
	return nil, nil
}

// notFront makes a file without metadata of one whose first lines are text
// between two rules.
func (f *front) notFront() {
	f.bodyAt, f.bodyLine = 0, 1
}

func (f *front) readYAML() ([]frontValue, *breakage) {
	var node yaml.Node
	if err := yaml.Unmarshal([]byte(f.text), &node); err != nil {
		line, why := yamlLine(err)
		return nil, &breakage{line + f.line - 1, why}
	}
	if len(node.Content) == 0 {
		return nil, nil
	}
	root := node.Content[0]
	if root.Kind != yaml.MappingNode {
		f.notFront()
		return nil, nil
	}
	return f.mapping(root, 0), nil
}

// frontDepth bounds how deep values within values are followed.
const frontDepth = 6

// mapping gives the values of a YAML mapping; those of the tables in which
// generators keep what is not theirs count as its own.
func (f *front) mapping(root *yaml.Node, depth int) []frontValue {
	var values []frontValue
	for i := 0; i+1 < len(root.Content); i += 2 {
		key, value := root.Content[i], root.Content[i+1]
		if value.Kind == yaml.MappingNode && isWrapper(key.Value) && depth < frontDepth {
			values = append(values, f.mapping(value, depth+1)...)
			continue
		}
		v := frontValue{key: key.Value, line: key.Line + f.line - 1}
		v.addYAML(value, 0)
		values = append(values, v)
	}
	return values
}

// isWrapper names the tables in which generators keep other values.
func isWrapper(key string) bool {
	switch strings.ToLower(key) {
	case "params", "extra", "taxonomies":
		return true
	}
	return false
}

func (v *frontValue) addYAML(n *yaml.Node, depth int) {
	if depth > frontDepth || len(v.texts) > 200 {
		return
	}
	switch n.Kind {
	case yaml.ScalarNode:
		if n.Tag != "!!null" {
			v.texts = append(v.texts, n.Value)
		}
	case yaml.SequenceNode:
		for _, c := range n.Content {
			v.addYAML(c, depth+1)
		}
	case yaml.AliasNode:
		v.addYAML(n.Alias, depth+1)
	case yaml.MappingNode:
		for i := 0; i+1 < len(n.Content); i += 2 {
			if n.Content[i].Value == "name" && n.Content[i+1].Kind == yaml.ScalarNode {
				v.texts = append(v.texts, n.Content[i+1].Value)
				return
			}
		}
		v.nested = true
		for i := 0; i+1 < len(n.Content); i += 2 {
			before := len(v.texts)
			v.addYAML(n.Content[i+1], depth+1)
			if len(v.texts) > before {
				v.texts[before] = n.Content[i].Value + "=" + v.texts[before]
			}
		}
	}
}

// yamlLine gives the line that an error of the YAML library names.
func yamlLine(err error) (line int, why string) {
	why = strings.TrimPrefix(err.Error(), "yaml: ")
	line = 1
	if m := regexp.MustCompile(`line (\d+)`).FindStringSubmatch(why); m != nil {
		line, _ = strconv.Atoi(m[1])
		why = strings.TrimPrefix(why, m[0]+": ")
	}
	return line, why
}

func (f *front) readTOML() ([]frontValue, *breakage) {
	var table map[string]any
	if err := toml.Unmarshal([]byte(f.text), &table); err != nil {
		line := 1
		var at *toml.DecodeError
		if errors.As(err, &at) {
			line, _ = at.Position()
		}
		return nil, &breakage{line + f.line - 1, strings.TrimPrefix(err.Error(), "toml: ")}
	}
	return f.table(table, 0), nil
}

func (f *front) readJSON() ([]frontValue, *breakage) {
	var table map[string]any
	if err := json.Unmarshal([]byte(f.text), &table); err != nil {
		return nil, &breakage{jsonLine([]byte(f.text), err) + f.line - 1, err.Error()}
	}
	return f.table(table, 0), nil
}

// table gives the values of a decoded table in the order of their lines.
func (f *front) table(table map[string]any, depth int) []frontValue {
	var values []frontValue
	for key, value := range table {
		if inner, ok := value.(map[string]any); ok && isWrapper(key) && depth < frontDepth {
			values = append(values, f.table(inner, depth+1)...)
			continue
		}
		v := frontValue{key: key}
		if line := lineOfKey([]byte(f.text), key); line > 0 {
			v.line = line + f.line - 1
		}
		v.add(value, 0)
		values = append(values, v)
	}
	slices.SortFunc(values, func(a, b frontValue) int {
		if a.line != b.line {
			return a.line - b.line
		}
		return strings.Compare(a.key, b.key)
	})
	return values
}

func (v *frontValue) add(value any, depth int) {
	if depth > frontDepth || len(v.texts) > 200 {
		return
	}
	switch value := value.(type) {
	case nil:
	case []any:
		for _, one := range value {
			v.add(one, depth+1)
		}
	case map[string]any:
		if name, ok := value["name"].(string); ok {
			v.texts = append(v.texts, name)
			return
		}
		v.nested = true
		text, _ := json.Marshal(value)
		v.texts = append(v.texts, clip(string(text), 1000))
	case time.Time:
		v.texts = append(v.texts, value.Format(time.RFC3339))
	case float64:
		v.texts = append(v.texts, strconv.FormatFloat(value, 'f', -1, 64))
	default:
		v.texts = append(v.texts, fmt.Sprint(value))
	}
}
