package config

import (
	"errors"
	"fmt"
	"reflect"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// readYAML applies a file. It walks the syntax tree itself instead of decoding into the struct, because
// the tree knows the line of everything and the problems are worth as much as the values.
func readYAML(c *Config, path string, data []byte, from map[string]origin) Error {
	r := yamlReader{config: c, path: path, from: from}
	file, err := parser.ParseBytes(data, 0)
	if err != nil {
		r.syntax(err)
		return r.found
	}
	for i, doc := range file.Docs {
		if doc.Body == nil {
			continue
		}
		if i > 0 {
			r.problem(doc.Body, "", "a second document; a configuration is one")
			break
		}
		r.section("", doc.Body)
	}
	return r.found
}

type yamlReader struct {
	config *Config
	path   string
	from   map[string]origin
	found  Error
}

func (r *yamlReader) problem(at ast.Node, key, text string) {
	r.found = append(r.found, Problem{Source: r.path, Line: line(at), Key: key, Text: text})
}

// syntax reports what the parser says, without its picture of the lines around.
func (r *yamlReader) syntax(err error) {
	p := Problem{Source: r.path, Text: "not YAML: " + firstLine(err.Error())}
	var syntax yaml.Error
	if errors.As(err, &syntax) {
		if t := syntax.GetToken(); t != nil && t.Position != nil {
			p.Line = t.Position.Line
		}
		p.Text = "not YAML: " + firstLine(syntax.GetMessage())
	}
	r.found = append(r.found, p)
}

// section reads the keys below name ("" for the file itself).
func (r *yamlReader) section(name string, node ast.Node) {
	switch node := node.(type) {
	case *ast.NullNode, *ast.CommentGroupNode: // everything in it is commented out
	case *ast.MappingNode:
		for _, pair := range node.Values {
			r.pair(name, pair)
		}
	case *ast.MappingValueNode:
		r.pair(name, node)
	default:
		want := "keys and values, one a line (store:, llm:, …)"
		if name != "" {
			want = "keys below it, indented"
		}
		r.problem(node, name, "is "+kindOf(node)+"; it should be "+want)
	}
}

func (r *yamlReader) pair(section string, pair *ast.MappingValueNode) {
	name := pair.Key.String()
	if s, ok := pair.Key.(*ast.StringNode); ok {
		name = s.Value
	}
	if section != "" {
		name = section + "." + name
	}
	k, known := lookup(name)
	switch {
	case known:
		r.value(k, pair.Value)
	case isSection(name):
		r.section(name, pair.Value)
	default:
		text := "unknown key"
		if near := meant(name); near != "" {
			text += "; did you mean " + near + "?"
		}
		r.problem(pair.Key, printable(name), text)
	}
}

func (r *yamlReader) value(k key, node ast.Node) {
	if first, twice := r.from[k.name]; twice {
		r.problem(node, k.name, fmt.Sprintf("is set twice, first in line %d", first.line))
		return
	}
	values, err := k.scalars(node)
	if err == nil {
		err = k.set(r.config, values)
	}
	if err != nil {
		r.problem(node, k.name, err.Error())
		return
	}
	r.from[k.name] = origin{source: r.path, line: line(node)}
}

// scalars is what stands at node, as text, if it is of the key's type as far as YAML has types.
func (k key) scalars(node ast.Node) ([]string, error) {
	if !k.isList() {
		s, err := k.scalar(node)
		return []string{s}, err
	}
	list, ok := node.(*ast.SequenceNode)
	if !ok {
		return nil, fmt.Errorf("is %s; it should be a list, for instance %s", kindOf(node), k.example())
	}
	values := make([]string, 0, len(list.Values))
	for _, one := range list.Values {
		s, err := k.scalar(one)
		if err != nil {
			return nil, err
		}
		values = append(values, s)
	}
	return values, nil
}

func (k key) scalar(node ast.Node) (string, error) {
	number := k.name == "fetch.ports" || k.typ == reflect.TypeFor[uint32]()
	switch node := node.(type) {
	case *ast.StringNode:
		if !number {
			return node.Value, nil
		}
	case *ast.LiteralNode:
		if !number {
			return strings.TrimSpace(node.Value.Value), nil
		}
	case *ast.IntegerNode:
		if number || k.typ == reflect.TypeFor[Shards]() {
			return node.GetToken().Value, nil
		}
	case *ast.NullNode:
		return "", errors.New("has no value; delete the line to use the default")
	}
	return "", fmt.Errorf("is %s; it should be %s", kindOf(node), k.example())
}

// example says what a value of the key looks like.
func (k key) example() string {
	switch {
	case k.name == "fetch.ports":
		return "[80, 443]"
	case k.name == "fetch.allow_networks":
		return "[10.1.0.0/16]"
	case k.typ == reflect.TypeFor[uint32]():
		return "a whole number such as 6000"
	case k.name == "llm.fallback":
		return "[llama3.1@http://localhost:11434/v1]"
	case k.name == "feeds.sources":
		return "[local@https://example.org/feed.xml]"
	case strings.HasSuffix(k.name, "timeout"), k.name == "feeds.every":
		return "a duration such as 30s"
	}
	return `text (in "quotes" if it looks like something else)`
}

// kindOf names what stands at a place of a file.
func kindOf(node ast.Node) string {
	switch node.(type) {
	case *ast.MappingNode, *ast.MappingValueNode:
		return "a group of keys"
	case *ast.SequenceNode:
		return "a list"
	case *ast.IntegerNode, *ast.FloatNode, *ast.InfinityNode, *ast.NanNode:
		return "a number"
	case *ast.BoolNode:
		return "true or false"
	case *ast.NullNode:
		return "nothing"
	case *ast.StringNode, *ast.LiteralNode:
		return "text"
	case *ast.AnchorNode, *ast.AliasNode, *ast.MergeKeyNode:
		return "an anchor or alias, which this file does not use"
	}
	return "something else"
}

func line(node ast.Node) int {
	if node == nil {
		return 0
	}
	if t := node.GetToken(); t != nil && t.Position != nil {
		return t.Position.Line
	}
	return 0
}

func firstLine(s string) string {
	s, _, _ = strings.Cut(s, "\n")
	return printable(s)
}
