package config

import _ "embed"

// schema is made from Config by a test of this package, so that the program need not carry what makes it.
//
//go:embed schema.json
var schema []byte

// Schema describes config.yaml as JSON Schema (draft 2020-12), for editors that complete and check.
func Schema() []byte { return schema }
