package meta

import (
	"net/url"
	"strings"
)

// tracking are query parameters that tell who passed a link on and nothing about the page.
var tracking = map[string]bool{
	"fbclid": true, "gclid": true, "dclid": true, "gbraid": true, "wbraid": true, "msclkid": true, "yclid": true, "twclid": true, "ttclid": true, "igshid": true, "igsh": true,
	"mc_cid": true, "mc_eid": true, "mkt_tok": true, "oly_anon_id": true, "oly_enc_id": true, "vero_id": true, "_hsenc": true, "_hsmi": true, "srsltid": true, "s_cid": true,
	"ns_source": true, "ns_mchannel": true, "ns_campaign": true, "ns_linkname": true, "at_medium": true, "at_campaign": true, "cmpid": true, "ocid": true, "icid": true, "ncid": true, "smid": true,
	"wt_mc": true, "wt_zmc": true, "xtor": true, "guccounter": true, "guce_referrer": true, "guce_referrer_sig": true, "__twitter_impression": true, "spm": true, "ref_src": true, "ref_url": true,
}

// CleanURL returns address as the one name of its page: without fragment and without the parameters that
// only track. What is no absolute web address comes back as it is.
func CleanURL(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return address
	}
	u.Fragment, u.RawFragment = "", ""
	u.Host = strings.ToLower(u.Host)
	if u.RawQuery != "" {
		var kept []string
		for part := range strings.SplitSeq(u.RawQuery, "&") {
			key, _, _ := strings.Cut(strings.ToLower(part), "=")
			if part != "" && !tracking[key] && !strings.HasPrefix(key, "utm_") {
				kept = append(kept, part)
			}
		}
		u.RawQuery = strings.Join(kept, "&")
	}
	return u.String()
}
