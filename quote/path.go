package quote

// This file puts what stands between two places of a text into few signs, for the rankers' features.

// symbolOf lists the classes of words with the byte that stands for each in a path; the first that fits
// counts.
var symbolOf = [...]struct {
	all  class // of these classes
	any  class // and, where set, of one of these
	sign byte
}{
	{pronoun | possessive, 0, 'h'},
	{pronoun, 0, 'n'},
	{relative, 0, 'R'},
	{according, 0, 'K'},
	{0, 0, 'P'}, // a capital within a sentence; see symbol
	{speech | participle, 0, 'G'},
	{core, 0, 'S'},
	{belief, 0, 'B'},
	{speech, documentary | speechNoun | workTitle, 'X'},
	{speech, 0, 'V'},
	{auxiliary, 0, 'A'},
	{modal, 0, 'M'},
	{negation, 0, 'N'},
	{temporal, 0, 'T'},
	{preposition, 0, 'p'},
	{determiner, 0, 'd'},
	{coordinator, 0, 'c'},
	{complementizer, 0, 't'},
	{subordinator, 0, 's'},
	{adverb, 0, 'v'},
	{workTitle, 0, 'W'},
	{documentary, 0, 'D'},
	{speechNoun, 0, 'D'},
	{role, 0, 'r'},
	{group, 0, 'r'},
	{title, 0, 'r'},
	{addressee, 0, 'r'},
}

// markSymbols are the bytes for what is no word.
var markSymbols = map[tokenKind]byte{
	comma: ',', stop: '.', colon: ':', semicolon: ';', dash: '-', open: '(', closed: ')', number: '#', genitive: '\'', other: 'o',
}

// symbol tells a token's class in a byte, for the paths between a quotation and a mention.
func (r *reading) symbol(k int32) byte { return r.symbols[k] }

// findSymbols works out the symbols of all tokens.
func (r *reading) findSymbols() {
	r.symbols = make([]byte, len(r.tokens))
	for k := range r.tokens {
		r.symbols[k] = 'Q'
		if r.tokens[k].stretch < 0 {
			r.symbols[k] = r.signOf(int32(k))
		}
	}
}

// signOf is the symbol of a token, in marks or not.
func (r *reading) signOf(k int32) byte {
	t := &r.tokens[k]
	if t.kind != word {
		return markSymbols[t.kind]
	}
	for _, s := range &symbolOf {
		switch {
		case s.all == 0:
			if t.cap && !t.initial {
				return s.sign
			}
		case t.class&s.all == s.all && (s.any == 0 || t.class&s.any != 0):
			return s.sign
		}
	}
	if t.cap {
		return 'P'
	}
	w := r.word(k)
	switch {
	case len(w) > 4 && w[len(w)-2:] == "ed":
		return 'e'
	case len(w) > 4 && w[len(w)-3:] == "ing":
		return 'g'
	case len(w) > 4 && w[len(w)-2:] == "ly":
		return 'v'
	}
	return 'w'
}

func bucket(n uint32) uint32 {
	switch {
	case n <= 4:
		return n
	case n <= 6:
		return 5
	case n <= 9:
		return 6
	case n <= 14:
		return 7
	case n <= 25:
		return 8
	case n <= 50:
		return 9
	}
	return 10
}

// mix makes a feature of its number and its values. The numbers: 1 to 99 and 300 to 339 for the speaker (nobodyFeatures
// among them: 60 to 89, 310 to 315, 320, 321, 333 to 339, which the ranker of sayings is told as well), 100 to 119 for what is
// reported, 120 to 139 for its source, 200 to 245 for antecedents, 400 to 445 for sayings.
func mix(id, a, b, c uint32) uint32 {
	h := id * 0x9e3779b1
	for _, x := range [...]uint32{a, b, c} {
		h = (h ^ x) * 0x85ebca6b
		h ^= h >> 13
	}
	return h
}

func b2u(b bool) uint32 {
	if b {
		return 1
	}
	return 0
}

func bucketDistance(n int32) uint32 {
	if n < 0 {
		return 15
	}
	return bucket(uint32(n))
}

// path sums up the tokens between a quotation and a mention.
type path struct {
	hash, head, tail        uint32
	mentions, quotes, stops uint32
}

func (r *reading) pathOf(lo, hi int32, after bool) path {
	var p path
	var symbols [32]byte
	n := 0
	var prev byte
	long := hi-lo > 200
	for k := lo; k < hi && !long; k++ {
		c := r.symbol(k)
		if c == 'Q' && prev == 'Q' && r.tokens[k].stretch == r.tokens[k-1].stretch {
			continue
		}
		if c == 'Q' {
			p.quotes++
		}
		if c == '.' {
			p.stops++
		}
		if (c == 'w' || c == 'P') && c == prev {
			continue
		}
		prev = c
		if n < len(symbols) {
			symbols[n] = c
			n++
		} else {
			copy(symbols[16:], symbols[17:])
			symbols[31] = c
		}
	}
	p.hash = 7
	for _, c := range symbols[:min(n, 14)] {
		p.hash = p.hash*31 + uint32(c)
	}
	if n > 14 {
		p.hash = 1
	}
	for _, c := range symbols[:min(n, 4)] {
		p.head = p.head*31 + uint32(c)
	}
	for _, c := range symbols[max(0, n-4):n] {
		p.tail = p.tail*31 + uint32(c)
	}
	if !after {
		p.head, p.tail = p.tail, p.head
	}
	p.quotes, p.stops = min(p.quotes, 3), min(p.stops, 3)
	p.mentions = bucket(uint32(r.mentionFrom(hi) - r.mentionFrom(lo)))
	return p
}

// symAt is the symbol of token k if it stands in the mention's paragraph.
func (r *reading) symAt(k int32, x *mention) uint32 {
	if k < 0 || int(k) >= len(r.tokens) || r.tokens[k].paragraph != r.tokens[x.from].paragraph {
		return '^'
	}
	return uint32(r.symbol(k))
}

// around tells the tokens before and behind a mention. A preposition governs no subject, but for the
// one before a clause of its own: "despite officials calling it".
func (r *reading) around(x *mention) (before, after, after2 uint32) {
	before = r.symAt(x.from-1, x)
	if before == 'p' && r.symAt(x.to, x) == 'G' {
		before = 's'
	}
	return before, r.symAt(x.to, x), r.symAt(x.to+1, x)
}
