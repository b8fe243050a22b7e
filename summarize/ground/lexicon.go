package ground

import "strings"

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

// absolutes claim more than most articles say.
var absolutes = set(`all every always only never none entire entirely completely first last most best worst largest biggest highest
	lowest oldest youngest longest unprecedented unique sole solely exclusively`)

// softeners hold a statement back; a claim without the softener of its sentence says more than it.
var softeners = set(`may might could would should possible possibly alleged allegedly reportedly suspected likely probably perhaps
	appears appear seems seem expected plans planned intends hopes hoped wants proposed considering if whether claim claims claimed believes believed`)
