package main

import (
	"context"
	"errors"

	"newsdesk/config"
)

// configCommand is `newsdesk config`.
type configCommand struct {
	Check  configCheckCommand  `cmd:"" help:"Say what is wrong with the configuration, or that nothing is."`
	Schema configSchemaCommand `cmd:"" help:"Print the JSON Schema of config.yaml, for editors."`
}

type configCheckCommand struct {
	File string `arg:"" optional:"" name:"FILE" help:"The file to check, instead of the one that would be used."`
}

// Help is what --help says beside the flags.
func (configCheckCommand) Help() string {
	return "Problems go to standard output, one a line. For instance:\n\n  newsdesk config check\n  newsdesk config check config.yaml"
}

func (configCheckCommand) configFree() {}

func (c *configCheckCommand) run(_ context.Context, p *program) error {
	path := c.File
	if path == "" {
		path = config.Find(p.named, p.getenv)
	}
	_, err := config.Load(path, p.getenv)
	var problems config.Error
	switch {
	case errors.As(err, &problems):
		for _, problem := range problems {
			p.screen.line(2, run{text: problem.String()})
		}
		return usagef("%s", p.words.Say("cli.config.problems", "Count", len(problems)))
	case err != nil:
		return err
	case path == "":
		p.screen.line(0, run{text: p.words.Say("cli.config.none")})
	default:
		p.screen.line(0, run{text: p.words.Say("cli.config.good", "File", path)})
	}
	return nil
}

type configSchemaCommand struct{}

// Help is what --help says beside the flags.
func (configSchemaCommand) Help() string {
	return "For instance:\n\n  newsdesk config schema > newsdesk.schema.json"
}

func (configSchemaCommand) configFree() {}

func (configSchemaCommand) run(_ context.Context, p *program) error {
	p.screen.put(string(config.Schema()))
	return nil
}
