package main

import (
	"context"
	"os"
	"path/filepath"

	"newsdesk/cache"
	"newsdesk/desk"
	"newsdesk/quote"
)

type storeCorrectCommand struct {
	guildFlag
	Ref     string `arg:"" name:"REF" help:"The article's address, or its file's name."`
	Quote   string `required:"" help:"The quotation, all of it." placeholder:"WORDS"`
	Speaker string `help:"Who said it." placeholder:"NAME"`
	Nobody  bool   `help:"Nobody said it: a title, a term."`
	AsFound bool   `help:"Take the correction back."`
}

// Help is what --help says beside the flags.
func (storeCorrectCommand) Help() string {
	return `What is corrected stands so in all that is shown of this memory. For instance:

  newsdesk store correct report.txt --quote "We sail on Friday." --speaker "Anna Berg"`
}

func (c *storeCorrectCommand) run(ctx context.Context, p *program) error {
	chosen := 0
	for _, given := range []bool{c.Speaker != "", c.Nobody, c.AsFound} {
		if given {
			chosen++
		}
	}
	if chosen != 1 {
		return usagef("say who said it, one of: --speaker, --nobody, --as-found")
	}
	store, err := p.openStore(ctx)
	if err != nil {
		return err
	}
	d := p.newDesk(store)
	story, err := d.Story(ctx, c.guild(), c.Ref)
	if err != nil {
		return err
	}
	n, err := desk.FindQuote(story, c.Quote)
	if err != nil {
		return desk.About(c.Quote, err)
	}
	ref := desk.QuoteRef(story.Quotes[n])
	if c.AsFound {
		if err := d.Uncorrect(ctx, c.guild(), story.ID, ref); err != nil {
			return desk.About(p.storeName(), err)
		}
		p.screen.line(0, run{text: p.words.Say("cli.uncorrected")})
		return nil
	}
	made, err := d.Correct(ctx, desk.Remark{Guild: c.guild(), Story: story.ID, Quote: ref, Speaker: c.Speaker})
	if err != nil {
		return desk.About(p.storeName(), err)
	}
	speaker := made.Speaker
	if c.Nobody {
		speaker = p.words.Say("cli.nobody")
	}
	p.screen.line(0, run{text: p.words.Say("cli.corrected.now", "Speaker", speaker)})
	return nil
}

type storeCasesCommand struct {
	guildFlag
	Folder string `arg:"" name:"FOLDER" help:"Where to write them; made if it is not there."`
}

// Help is what --help says beside the flags.
func (storeCasesCommand) Help() string {
	return `Writes a file for each quotation whose speaker was corrected: its paragraphs, and who said what in them, as the tests of
newsdesk's engine read it. The words are the article's: look whether you may pass them on. For instance:

  newsdesk store cases --guild 112233445566778899 cases`
}

func (c *storeCasesCommand) run(ctx context.Context, p *program) error {
	store, err := p.openStore(ctx)
	if err != nil {
		return err
	}
	all, err := store.Corrections(ctx, c.guild(), "")
	if err != nil {
		return desk.About(p.storeName(), err)
	}
	written := 0
	for _, one := range all {
		if one.Open {
			continue
		}
		story, err := store.Story(ctx, c.guild(), one.Story)
		if err != nil {
			return desk.About(p.storeName(), err)
		}
		ok, err := c.write(story, one)
		if err != nil {
			return &outputError{err}
		}
		if ok {
			written++
		}
	}
	p.screen.line(0, run{text: p.words.Say("cli.cases", "Count", written, "Folder", c.Folder)})
	return nil
}

// write writes the case of a correction, in the folder of the article's language; false if the article no longer has
// the quote, or cannot be written so.
func (c *storeCasesCommand) write(story cache.Story, one cache.Correction) (bool, error) {
	for n, key := range cache.QuoteKeys(story.Quotes) {
		if key != one.Quote {
			continue
		}
		text := quote.Case(&story.Article, story.Quotes, n)
		if text == "" {
			return false, nil
		}
		folder := filepath.Join(c.Folder, languageFolder(story.Article.Language))
		if err := os.MkdirAll(folder, 0o750); err != nil {
			return false, err
		}
		return true, os.WriteFile(filepath.Join(folder, "corrected-"+key[:8]+".txt"), []byte(text), 0o600)
	}
	return false, nil
}

// languageFolder is the folder of a language's cases: two letters, whatever an article says of itself.
func languageFolder(language string) string {
	if len(language) >= 2 && language[0] >= 'a' && language[0] <= 'z' && language[1] >= 'a' && language[1] <= 'z' {
		return language[:2]
	}
	return "en"
}
