package meta

import (
	_ "embed"
	"strings"
	"sync"
)

// trackingList is kept by others and taken over by `make tracking`; its first lines say whose it is.
//
//go:embed tracking.txt
var trackingList string

// moreTracking are the parameters that news sites, networks and their advertisers add and the list does not have: who
// passed a link on, by which letter or button.
const moreTracking = `
	dclid gbraid wbraid gad_source gad_campaignid msclkid yclid ysclid _openstat twclid ttclid ttc igshid igsh li_fat_id epik srsltid sccid irclickid wickedid
	fb_action_ids fb_action_types fb_source fb_ref mibextid sharetype sharedid ref_src ref_url __twitter_impression
	ns_source ns_mchannel ns_campaign ns_linkname ns_fee at_medium at_campaign at_custom1 at_custom2 at_custom3 at_custom4 at_link_id at_link_type at_link_origin at_format at_ptr_name at_bbc_team
	s_cid icid ocid smid smtyp partner_source guccounter guce_referrer guce_referrer_sig soc_src soc_trk tsrc
	wt_mc wt_zmc wtmc wt.mc_id wt.mc_o xtor xtref spm scm sr_share cmp_id echobox _ga _gl mc_tc cx_click cx_testid cx_testvariant cx_artpos dgcid dicbo obOrigUrl tblci
	s_kwcid ef_id zanpid ranmid raneaid ransiteid awc trk_contact trk_msg trk_module trk_sid sc_src sc_lid sc_uid sc_llid sc_eh bxid cndid esrc nlid ml_subscriber ml_subscriber_hash
	mkcid mkrid mkevt _branch_match_id _branch_referrer rb_clickid`

var tracking = sync.OnceValue(func() map[string]bool {
	set := make(map[string]bool)
	for line := range strings.Lines(trackingList) {
		if name := strings.TrimSpace(line); name != "" && name[0] != '#' {
			set[name] = true
		}
	}
	for name := range strings.FieldsSeq(moreTracking) {
		set[strings.ToLower(name)] = true
	}
	return set
})

// tracks reports whether a query parameter, in lower case, tells who passed a link on and nothing about the page.
func tracks(parameter string) bool {
	return tracking()[parameter] || strings.HasPrefix(parameter, "utm_") || strings.HasPrefix(parameter, "hsa_") || strings.HasPrefix(parameter, "mtm_")
}
