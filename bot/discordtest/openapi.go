package discordtest

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// description is Discord's own OpenAPI description (repository discord/discord-api-spec). Its version,
// 3.1, describes bodies in plain JSON Schema, so a validator of that is all it takes. nil allows all.
type description struct {
	mu       sync.Mutex // the compiler is not made for many at once
	compiler *jsonschema.Compiler
	bodies   map[string]*jsonschema.Schema // by method and path without names of parameters
	pointers map[string]string             // where the schema of a body is
}

var parameter = regexp.MustCompile(`\{[^}]*\}|@original`)

// nameless is a route in which parameters have no names: what we call {channel} may be {channel_id}.
func nameless(what string) string { return parameter.ReplaceAllString(what, "{}") }

// OpenAPIFile is where Discord's description is looked for: beside the module, in
// ../shared/discord/openapi.json. It is "" where there is none.
func OpenAPIFile() string {
	dir, err := os.Getwd()
	for err == nil {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			file := filepath.Join(dir, "..", "shared", "discord", "openapi.json")
			if _, err := os.Stat(file); err == nil {
				return file
			}
			return ""
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			break
		}
		dir = parent
	}
	return ""
}

// describe reads the description.
func describe(file string) (*description, error) {
	if file == "" {
		file = OpenAPIFile()
	}
	if file == "" || file == "none" {
		return nil, nil //nolint:nilnil // nil allows all
	}
	raw, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw))
	if err != nil {
		return nil, err
	}
	var spec struct {
		Paths map[string]map[string]json.RawMessage `json:"paths"`
	}
	if err := json.Unmarshal(raw, &spec); err != nil {
		return nil, err
	}
	d := &description{compiler: jsonschema.NewCompiler(), bodies: map[string]*jsonschema.Schema{}, pointers: map[string]string{}}
	escape := strings.NewReplacer("~", "~0", "/", "~1")
	for path, methods := range spec.Paths {
		for method, raw := range methods {
			var operation struct {
				RequestBody *struct {
					Content map[string]json.RawMessage `json:"content"`
				} `json:"requestBody"`
			}
			if json.Unmarshal(raw, &operation) != nil || operation.RequestBody == nil || operation.RequestBody.Content["application/json"] == nil {
				continue
			}
			d.pointers[nameless(strings.ToUpper(method)+" "+path)] =
				"#/paths/" + escape.Replace(path) + "/" + method + "/requestBody/content/application~1json/schema"
		}
	}
	return d, d.compiler.AddResource("discord:openapi.json", document)
}

// check says whether a body is one that the description allows.
func (d *description) check(what string, body json.RawMessage) error {
	if d == nil || body == nil {
		return nil
	}
	schema, err := d.schema(nameless(what))
	if err != nil || schema == nil {
		return err
	}
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(body))
	if err != nil {
		return errJSON
	}
	err = schema.Validate(lenient(value))
	var invalid *jsonschema.ValidationError
	if !errors.As(err, &invalid) {
		return err
	}
	var f form
	unlike(invalid, &f)
	return f.err()
}

func (d *description) schema(what string) (*jsonschema.Schema, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	pointer := d.pointers[what]
	if pointer == "" {
		return nil, nil //nolint:nilnil // nothing is said of it
	}
	if d.bodies[what] == nil {
		schema, err := d.compiler.Compile("discord:openapi.json" + pointer)
		if err != nil {
			return nil, err
		}
		d.bodies[what] = schema
	}
	return d.bodies[what], nil
}

// unlike notes the innermost reasons.
func unlike(e *jsonschema.ValidationError, f *form) {
	if len(e.Causes) == 0 {
		reason := e.Error()
		if _, after, ok := strings.Cut(reason, "- at "); ok {
			_, reason, _ = strings.Cut(after, ": ")
		}
		f.wrong("SCHEMA", reason+" (Discord's OpenAPI description)", e.InstanceLocation...)
	}
	for _, cause := range e.Causes {
		unlike(cause, f)
	}
}

// lenient turns what Discord's documentation allows and its description does not into what both do:
// permissions are strings in one and numbers in the other, and so are ids of attachments.
func lenient(value any) any {
	switch v := value.(type) {
	case []any:
		for i := range v {
			v[i] = lenient(v[i])
		}
	case map[string]any:
		for name, below := range v {
			if s, ok := below.(string); ok && name == "default_member_permissions" {
				below = json.Number(s)
			}
			v[name] = lenient(below)
		}
		if attachments, ok := v["attachments"].([]any); ok {
			for _, a := range attachments {
				if a, ok := a.(map[string]any); ok {
					if n, ok := a["id"].(json.Number); ok {
						a["id"] = n.String()
					}
				}
			}
		}
	}
	return value
}
