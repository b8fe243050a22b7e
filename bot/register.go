package bot

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"

	"github.com/bwmarrin/discordgo"
)

// register tells Discord the commands, if what Discord has is not the same: registering counts against a
// daily limit and makes every client load them anew.
func (b *Bot) register(ctx context.Context) error {
	ours := commands()
	url := discordgo.EndpointApplicationGlobalCommands(b.app)
	var theirs []command
	if err := b.call(ctx, http.MethodGet, url+"?with_localizations=true", "commands", nil, nil, &theirs); err != nil {
		return fmt.Errorf("list: %w", err)
	}
	same, err := equal(ours, theirs)
	if err != nil || same {
		return err
	}
	b.log.InfoContext(ctx, "commands registered", "count", len(ours))
	return b.call(ctx, http.MethodPut, url, "commands", ours, nil, nil)
}

// equal reports whether two lists hold the same commands. What Discord adds, and what it leaves out
// because it goes without saying, makes no difference: the fields that command lacks, and zero values.
func equal(a, b []command) (bool, error) {
	for _, list := range [][]command{a, b} {
		slices.SortFunc(list, func(x, y command) int {
			return bytes.Compare([]byte(fmt.Sprint(x.Type, x.Name)), []byte(fmt.Sprint(y.Type, y.Name)))
		})
		for _, c := range list {
			slices.Sort(c.Contexts)
			slices.Sort(c.Installs)
		}
	}
	x, err := json.Marshal(a)
	if err != nil {
		return false, err
	}
	y, err := json.Marshal(b)
	return bytes.Equal(x, y), err
}
