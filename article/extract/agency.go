package extract

import "strings"

// newsAgencies are agencies as bylines name them, in lower case.
var newsAgencies = phrases(`afp|agence france-presse|agence france presse|ap|the associated press|associated press|reuters|thomson reuters|dpa|deutsche presse-agentur|
	upi|united press international|efe|agencia efe|ansa|tass|itar-tass|xinhua|xinhua news agency|新华社|bloomberg|bloomberg news|apa|austria presse agentur|keystone-sda|keystone sda|sda|
	kyodo|kyodo news|共同通信|時事通信|jiji press|yonhap|yonhap news agency|연합뉴스|anadolu|anadolu agency|anadolu ajansı|aa|dha|iha|pa|pa media|press association|ria novosti|sputnik|interfax|ukrinform|
	europa press|servimedia|belga|anp|ritzau|tt|ntb|npk|stt|lusa|pap|čtk|ctk|mti|agerpres|bta|pti|press trust of india|ani|ians|bernama|antara|sapa|aap|australian associated press|the canadian press|canadian press|
	la presse canadienne|kna|epd|sid|afx|ap/dpa|dpa-afx|telam|notimex|agência brasil|agencia brasil|lapresse|adnkronos|agi|tanjug|hina|sta|wafa|petra|irna|mehr|isna|kuna|spa|qna|wam|mena|kcna|states newsroom`)

// agenciesOf returns those of names that are news agencies.
func agenciesOf(names []string) []string {
	var out []string
	for _, name := range names {
		lower := strings.ToLower(name)
		if newsAgencies[lower] || newsAgencies[strings.TrimPrefix(lower, "the ")] || strings.HasSuffix(lower, " news agency") || strings.HasSuffix(lower, " nachrichtenagentur") {
			out = append(out, name)
		}
	}
	return out
}
