package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/alecthomas/kong"
)

// commandLine is the grammar: what may be typed. Flags may stand before or after SOURCE.
type commandLine struct {
	Config  string `help:"Configuration file." placeholder:"FILE"`
	Store   string `help:"The store's file, instead of the one in your data folder." placeholder:"FILE"`
	NoColor bool   `help:"No colour, on a terminal too (also: NO_COLOR in the environment)."`

	ShowVersion kong.VersionFlag `name:"version" hidden:"" help:"Print the version."` // who does not know the command tries this

	Run       runCommand       `cmd:"" help:"Answer in Discord."`
	Summarize summarizeCommand `cmd:"" help:"Title, summary and quotations of an article; remembers them."`
	Quotes    quotesCommand    `cmd:"" help:"Who said what, in an article or in everything remembered."`
	Ask       askCommand       `cmd:"" help:"Answer a question, with the evidence."`
	Digest    digestCommand    `cmd:"" help:"The news of a day or a week, each story once."`
	Extract   extractCommand   `cmd:"" help:"The article alone."`
	Verify    verifyCommand    `cmd:"" help:"Does the article bear this out? Did anyone say this?"`
	Doctor    doctorCommand    `cmd:"" help:"Check store, model and Discord, and say what to do."`
	StoreCmd  storeCommand     `cmd:"" name:"store" help:"What is remembered, and forgetting it."`
	ConfigCmd configCommand    `cmd:"" name:"config" help:"Check the configuration; describe it."`
	Version   versionCommand   `cmd:"" help:"Print the version."`
}

// source is the argument that most commands take.
type source struct {
	Source string `arg:"" optional:"" name:"SOURCE" help:"A URL, a file, or - for standard input."`
}

// forms are the flags for programs.
type forms struct {
	JSON  bool `help:"Print one JSON object." name:"json"`
	Batch bool `help:"Read one JSON object a line on standard input, print one a line. Remembers nothing."`
}

// one checks that SOURCE is there exactly when it is needed.
func (s source) one(command string, f forms) error {
	switch {
	case f.Batch && s.Source != "":
		return usagef("--batch reads standard input; leave %s out", s.Source)
	case !f.Batch && s.Source == "":
		return usagef("name a SOURCE: a URL, a file, or - for standard input; for instance `newsdesk %s article.txt`", command)
	}
	return nil
}

// usageError is a mistake in what was typed. Its text says what to type instead.
type usageError struct{ text string }

func (e *usageError) Error() string { return e.text }

func usagef(format string, args ...any) error { return &usageError{fmt.Sprintf(format, args...)} }

// errHelpShown ends a run that only asked for help or the version.
var errHelpShown = errors.New("help was shown")

// parse reads the arguments into c. Its error is a usageError, or errHelpShown.
func (p *program) parse(c *commandLine, args []string) (ctx *kong.Context, err error) {
	parser, err := kong.New(c,
		kong.Name("newsdesk"),
		kong.Description("Reads news articles and remembers who said what, word for word."),
		kong.Writers(p.output, p.errors),
		kong.Vars{"version": "newsdesk " + version()},
		kong.Exit(func(int) { panic(errHelpShown) }), // kong knows no other way to stop after --help
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, NoExpandSubcommands: true}),
	)
	if err != nil {
		return nil, fmt.Errorf("grammar: %w", err)
	}
	defer func() {
		if r := recover(); r == errHelpShown { //nolint:errorlint // the very value
			err = errHelpShown
		} else if r != nil {
			panic(r)
		}
	}()
	ctx, err = parser.Parse(args)
	if err == nil {
		return ctx, nil
	}
	var wrong *kong.ParseError
	if !errors.As(err, &wrong) {
		return nil, err
	}
	command, usage := "newsdesk", []string{"newsdesk <command>"}
	if node := wrong.Context.Selected(); node != nil {
		command = node.FullPath()
		usage[0] = command
		for _, arg := range node.Positional {
			usage = append(usage, asDocumented.Replace(arg.Summary()))
		}
	}
	return nil, usagef("%v; usage: %s (`%s --help` shows all)", err, strings.Join(usage, " "), command)
}

// asDocumented writes arguments as the documents do: SOURCE, not <SOURCE>.
var asDocumented = strings.NewReplacer("<", "", ">", "")
