// Serve is a Discord to try the bot in by hand, without Discord: a page on loopback that shows one
// channel, lets one write, use slash commands, press buttons, fill in forms and attach files, as one of
// three people: ada, ben, and grace, who may manage the server.
//
//	go run ./bot/discordtest/serve
//	DISCORD_TOKEN=… NEWSDESK_DISCORD_API_URL=http://127.0.0.1:4780/api/ newsdesk run
//
// It says both addresses and the token when it starts. Nothing is kept when it stops.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/signal"
	"time"

	"newsdesk/bot/discordtest"
)

func main() {
	addr := flag.String("addr", "127.0.0.1:4780", "where the bot connects to")
	pageAddr := flag.String("page", "127.0.0.1:4781", "where the page is")
	flag.Parse()
	if err := run(*addr, *pageAddr); err != nil {
		fmt.Fprintln(os.Stderr, "serve:", err)
		os.Exit(1)
	}
}

func run(addr, pageAddr string) error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	d, err := discordtest.New(discordtest.Config{Addr: addr, Fail: func(err error) { fmt.Fprintln(os.Stderr, err) }})
	if err != nil {
		return err
	}
	defer d.Close()
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", pageAddr)
	if err != nil {
		return err
	}
	server := &http.Server{Handler: newRoom(d).handler(), ReadHeaderTimeout: 10 * time.Second}
	go func() {
		<-ctx.Done()
		_ = server.Close()
	}()
	fmt.Printf("the channel   http://%s/\nthe bot       DISCORD_TOKEN=%s NEWSDESK_DISCORD_API_URL=%s newsdesk run\n", listener.Addr(), d.Token(), d.APIURL())
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}
