package ground

import (
	"strings"

	"newsdesk/summarize/terms"
)

// set makes a set of the words in a list.
func set(list string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(list) {
		m[w] = true
	}
	return m
}

// negators turn a statement into its opposite. Words that end in "n't" do as well.
var negators = set(`not no never none neither nor without nobody nothing cannot hardly denied denies deny refused refuses reject rejected rejects
	failed fails unable unlikely false nicht kein keine keinen keiner keinem nie niemals ohne niemand nichts
	ne pas jamais aucun aucune sans personne rien ni nunca nadie nada sin ningún ninguna не нет никогда без`)

// opposites are the words whose coming or going alone makes a sentence say the opposite. The other negators
// may be told in other ways: "refused to pay" is "did not pay".
var opposites = set(`not never cannot nicht kein keine keinen keiner keinem nie niemals pas jamais nunca не никогда`)

// ofText are words for the text itself and for what it does. A claim that uses them where the article
// doesn't speaks of the article, not of its matter.
var ofText = set(`article articles passage passages text summary summaries overview report story author document paragraph excerpt
	source information detail details topic topics point points piece pieces item items entity entities aspect aspects subject
	provided provides provide given mentions mention mentioned describes describe described discusses discuss discussed covers cover
	covering contains contain states state summarizes summarize summarized outlines outlined focuses focus highlights highlighted
	concise brief core key main separate distinct unrelated different various additionally furthermore overall based specific
	two three four five several`)

// longForms are what very common short forms stand for, where initials don't tell.
var longForms = map[string][]string{
	"tv": {"television", "televised", "fernsehen", "télévision", "televisión"}, "uk": {"britain", "british"}, "us": {"america", "american"},
	"usa": {"us", "america", "american"}, "eu": {"europe", "european"}, "pm": {"prime"}, "mp": {"parliament", "lawmaker"},
}

// joiners begin a clause.
var joiners = set(`and but or who which that when while as because after before although where whose if since until so
	und aber oder der die das weil als wenn dass et mais ou qui que quand parce y pero o quien cuando porque и но или который что когда`)

// relations are words that relate one thing to another, or single one out.
var relations = set(`because due after before while despite since leading led resulting result resulted causing caused cause
	therefore thus although however when during making following prior including such like both all only first for by to from with`)

// stemsOf returns the stems of words.
func stemsOf(words []terms.Word) map[string]bool {
	m := make(map[string]bool, len(words))
	for _, w := range words {
		m[w.Stem] = true
	}
	return m
}
