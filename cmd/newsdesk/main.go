// Newsdesk reads news articles, says in a few lines what is in them and who said what, word for word,
// and answers questions about everything it has read. This is its command line; nothing else is needed
// to use it.
//
//	newsdesk summarize article.txt         summary and quotations; remembers them
//	newsdesk quotes --speaker Rutte        what somebody said, in everything remembered
//	newsdesk ask "Who said …?"             an answer with its evidence
//	newsdesk --help                        all of it; every command has a --help with an example
//
// SOURCE is a URL, a file, or - for standard input. What is printed is made for reading; --json prints
// one object for programs instead, --batch works through many articles, one JSON object a line.
//
// The exit code is 0 when it is done (also when nothing filed answers a question), 1 when something
// failed, 2 for wrong usage or a wrong configuration, 3 when the source holds no readable article.
// An error is one line on standard error that names the thing and says what to do next.
//
// The package has one file for each subcommand. They share the [program], which holds the streams, the
// configuration and the screen, and builds the desk. How things are done stands in the packages it
// wires: desk for the use cases, and the rooms behind it.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
	"time"
)

func main() {
	p := &program{in: os.Stdin, out: os.Stdout, errors: os.Stderr, getenv: os.Getenv, now: time.Now}
	signal.Ignore(syscall.SIGPIPE) // a closed pipe is an error of writing, so that the store is closed
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // who presses Ctrl-C again does not want to wait
	code := p.run(ctx, os.Args[1:])
	stop()
	os.Exit(code)
}
