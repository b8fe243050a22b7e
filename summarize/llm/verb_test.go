package llm

import "testing"

func TestWithoutVerb(t *testing.T) {
	g := guard{article: plain(t, "case.txt", "Dollar Falls\n\nTacit approval from the White House for the weaker greenback, which could help, has triggered the move.\n\nChildren love him.\n\nThe wind rose on Monday, and the sea with it.\n\nThe harbour fair, the town's oldest chance for showing ropes and nets, opens on Thursday.\n\nThe ferry, the oldest in use, sank, and nobody saw it, police said.\n\nThough it was late and dark, the tug sailed. As of Monday the bridge is open.\n\nActor Jon Reeves, best known for the role of a pirate, has won a prize.\n")}
	for text, want := range map[string]bool{
		"Tacit approval from the White House for the weaker greenback.":                        true,
		"Tacit approval from the White House for the weaker greenback has triggered the move.": false,
		"The harbour fair, the town's oldest chance for showing ropes.":                        true,
		"The harbour fair, the town's oldest chance for showing ropes and nets":                true,
		"The harbour fair, the town's oldest chance for showing ropes and nets, opens":         false,
		"The ferry, the oldest in use, sank":                                                   false,
		"Though it was late and dark.":                                                         true,
		"Though it was late and dark, the tug sailed.":                                         false,
		"As of Monday the bridge is open.":                                                     false,
		"Actor Jon Reeves, Best known for the role of a pirate.":                               true,
		"Children love him.":       false, // the whole of a sentence
		"The wind rose on Monday.": false,
		"Approval from the White House for a weaker greenback by far": false, // nobody knows what it is a part of
	} {
		if got := g.withoutVerb(text); got != want {
			t.Errorf("%q is without its verb: %v", text, got)
		}
	}
	g.article.Language = "de"
	if g.withoutVerb("Tacit approval from the White House for the weaker greenback.") {
		t.Error("told of a language whose verbs are not known")
	}
}
