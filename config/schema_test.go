package config

import (
	"bytes"
	"encoding/json"
	"flag"
	"net/netip"
	"os"
	"reflect"
	"testing"
	"time"

	"github.com/invopop/jsonschema"
)

var update = flag.Bool("update", false, "write schema.json anew")

// TestSchemaFile holds schema.json to the fields of Config: `go test ./config -run SchemaFile -update` writes it.
func TestSchemaFile(t *testing.T) {
	want, err := reflected()
	if err != nil {
		t.Fatal(err)
	}
	want = append(want, '\n')
	if *update {
		if err := os.WriteFile("schema.json", want, 0o644); err != nil { //nolint:gosec // for everybody to read
			t.Fatal(err)
		}
	}
	if !*update && !bytes.Equal(Schema(), want) {
		t.Error("schema.json is not what Config says: go test ./config -run SchemaFile -update")
	}
}

// reflected describes Config as JSON Schema.
func reflected() ([]byte, error) {
	r := jsonschema.Reflector{
		Anonymous:                  true,
		DoNotReference:             true,
		FieldNameTag:               "yaml",
		RequiredFromJSONSchemaTags: true, // no key is required
		Mapper:                     schemaOf,
	}
	s := r.Reflect(Config{})
	s.Title = "newsdesk configuration"
	describe(s, reflect.TypeFor[Config](), reflect.ValueOf(Default()))
	constrain(s)
	return json.MarshalIndent(s, "", "  ")
}

// schemaOf describes the types whose Go form is not their written form.
func schemaOf(t reflect.Type) *jsonschema.Schema {
	switch t {
	case reflect.TypeFor[time.Duration]():
		return &jsonschema.Schema{Type: "string", Pattern: `^([0-9]+(\.[0-9]+)?(ms|s|m|h))+$`}
	case reflect.TypeFor[netip.Prefix]():
		return &jsonschema.Schema{Type: "string", Pattern: `^[0-9a-fA-F:.]+(/[0-9]{1,3})?$`}
	case reflect.TypeFor[uint16]():
		return &jsonschema.Schema{Type: "integer", Minimum: "1", Maximum: "65535"}
	case reflect.TypeFor[uint32]():
		return &jsonschema.Schema{Type: "integer", Minimum: "0", Maximum: "4294967295"}
	case reflect.TypeFor[Server]():
		return &jsonschema.Schema{Type: "string", Pattern: "^[^@]+@https?://.+$"}
	case reflect.TypeFor[Shards]():
		return &jsonschema.Schema{AnyOf: []*jsonschema.Schema{
			{Type: "integer", Minimum: "1"}, {Type: "string", Pattern: "^(auto|[0-9]+|[0-9]+(-[0-9]+)?/[0-9]+)$"},
		}}
	case reflect.TypeFor[Secret]():
		return &jsonschema.Schema{Type: "string"}
	}
	return nil
}

// describe adds what the desc tags say and the defaults.
func describe(s *jsonschema.Schema, t reflect.Type, defaults reflect.Value) {
	for i := range t.NumField() {
		f := t.Field(i)
		property, ok := s.Properties.Get(f.Tag.Get("yaml"))
		if !ok {
			continue
		}
		property.Description = f.Tag.Get("desc")
		switch {
		case f.Type.Kind() == reflect.Struct:
			describe(property, f.Type, defaults.Field(i))
		case f.Type == reflect.TypeFor[time.Duration]():
			property.Default = written(defaults.Field(i).Interface().(time.Duration))
		case f.Type != reflect.TypeFor[Secret]():
			property.Default = defaults.Field(i).Interface()
		}
	}
}

// constrain adds the values that check allows where a schema can say them.
func constrain(s *jsonschema.Schema) {
	if language, ok := s.Properties.Get("language"); ok {
		language.Pattern = languageCode.String()
	}
	if discord, ok := s.Properties.Get("discord"); ok {
		if interactions, ok := discord.Properties.Get("interactions"); ok {
			interactions.Enum = []any{"gateway", "http"}
		}
	}
	if log, ok := s.Properties.Get("log"); ok {
		if level, ok := log.Properties.Get("level"); ok {
			for _, l := range Levels {
				level.Enum = append(level.Enum, l)
			}
		}
	}
}

// written is a duration as a person writes it: 1m, not 1m0s.
func written(d time.Duration) string {
	s := d.String()
	for _, zero := range []string{"m0s", "h0m"} {
		if len(s) > len(zero) && s[len(s)-len(zero):] == zero {
			s = s[:len(s)-2]
		}
	}
	return s
}
