package manuscript

import (
	"encoding/json"
	"strings"
)

// A linkedBlock is an object of JSON-LD that may speak of the document.
type linkedBlock struct {
	kind   string // its @type
	fields map[string]any
}

// Bounds of JSON-LD: how deep objects are looked for, and how many are kept.
const (
	linkedDepth = 12
	mostLinked  = 200
)

// readLinked reads a block of JSON-LD: an object, an array, a graph, within the
// comments that old pages wrap scripts in.
func (p *page) readLinked(text string) {
	var value any
	if err := json.Unmarshal([]byte(bare(text)), &value); err != nil {
		if err := json.Unmarshal([]byte(mendJSON(bare(text))), &value); err != nil {
			p.claim("unread", "JSON-LD that is broken: "+err.Error(), "a script of the page")
			return
		}
	}
	p.keepLinked(value, linkedDepth)
}

// bare takes comments and CDATA marks off a script.
func bare(text string) string {
	for {
		before := text
		text = strings.TrimSpace(text)
		for _, start := range []string{"<!--", "//<![CDATA[", "<![CDATA[", "/*<![CDATA[*/", "//-->", "// <![CDATA["} {
			text = strings.TrimPrefix(text, start)
		}
		for _, end := range []string{"-->", "//]]>", "]]>", "/*]]>*/", "// ]]>", "//", ";"} {
			text = strings.TrimSuffix(text, end)
		}
		if text == before {
			return text
		}
	}
}

// mendJSON mends the two mistakes that most broken JSON-LD has: line ends within
// strings, and commas before a closing bracket.
func mendJSON(text string) string {
	var b strings.Builder
	inside, escaped := false, false
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch {
		case escaped:
			escaped = false
		case inside && c == '\\':
			escaped = true
		case c == '"':
			inside = !inside
		case inside && c < ' ':
			c = ' '
		case !inside && c == ',':
			if rest := strings.TrimLeft(text[i+1:min(len(text), i+200)], " \t\r\n"); rest != "" && (rest[0] == '}' || rest[0] == ']') {
				continue
			}
		}
		b.WriteByte(c)
	}
	return b.String()
}

// keepLinked keeps the objects of a value that are of a document's kind.
func (p *page) keepLinked(value any, depth int) {
	if depth == 0 || len(p.linked) >= mostLinked {
		return
	}
	switch v := value.(type) {
	case []any:
		for _, part := range v {
			p.keepLinked(part, depth-1)
		}
	case map[string]any:
		p.linked = append(p.linked, linkedBlock{kindOf(v), v})
		p.keepLinked(v["@graph"], depth-1)
		p.keepLinked(v["mainEntity"], depth-1)
	}
}

// kindOf gives the type of an object: of several that of a document.
func kindOf(object map[string]any) string {
	types, ok := object["@type"].([]any)
	if !ok {
		types = []any{object["@type"]}
	}
	kind := ""
	for _, one := range types {
		s, _ := one.(string)
		if s = shortKind(s); kind == "" || isDocumentKind(s, 0) {
			kind = s
		}
	}
	return kind
}

func shortKind(s string) string { return s[strings.LastIndexAny(s, "/#:")+1:] }

// isDocumentKind says what objects of JSON-LD speak of a text, the clearest first.
func isDocumentKind(kind string, rank int) bool {
	switch rank {
	case 0:
		return strings.HasSuffix(kind, "Article") || strings.HasSuffix(kind, "Posting") || kind == "Report" || kind == "PressRelease" || kind == "Speech" || kind == "GovernmentDocument"
	case 1:
		return kind == "CreativeWork" || kind == "DigitalDocument" || kind == "Legislation" || kind == "Event"
	}
	return kind == "WebPage" || kind == "ItemPage"
}

// A linkedValue is a value of JSON-LD and what states it.
type linkedValue struct{ text, where string }

// stateLinked claims the values that JSON-LD has at paths, in their order.
func (p *page) stateLinked(field string, form func(string) string, paths ...string) {
	for rank := range 3 {
		for _, b := range p.linked {
			if !isDocumentKind(b.kind, rank) {
				continue
			}
			for _, path := range paths {
				if rank == 2 && path == "description" {
					continue
				}
				for _, s := range p.at(b.fields, strings.Split(path, ".")) {
					p.claim(field, form(s), "the JSON-LD of type "+b.kind)
				}
			}
		}
	}
}

// linkedValues gives the values at a path of all objects that speak of a text.
func (p *page) linkedValues(path string) []linkedValue {
	var values []linkedValue
	for _, b := range p.linked {
		if isDocumentKind(b.kind, 0) || isDocumentKind(b.kind, 1) {
			for _, s := range p.at(b.fields, []string{path}) {
				values = append(values, linkedValue{s, "the JSON-LD of type " + b.kind})
			}
		}
	}
	return values
}

// at gives the words at a path below a value: through lists, and through
// references to other objects of the page.
func (p *page) at(value any, path []string) []string {
	switch v := value.(type) {
	case string:
		if len(path) == 0 {
			return []string{v}
		}
	case []any:
		var found []string
		for _, one := range v[:min(len(v), mostTags)] {
			if _, nested := one.([]any); !nested {
				found = append(found, p.at(one, path)...)
			}
		}
		return found
	case map[string]any:
		if len(path) == 0 {
			if s, ok := v["@value"].(string); ok {
				return []string{s}
			}
			return nil
		}
		if next, ok := v[path[0]]; ok {
			return p.at(next, path[1:])
		}
		if id, ok := v["@id"].(string); ok && len(v) == 1 {
			for _, b := range p.linked {
				if b.fields["@id"] == id && len(b.fields) > 1 {
					return p.at(b.fields, path)
				}
			}
		}
	}
	return nil
}
