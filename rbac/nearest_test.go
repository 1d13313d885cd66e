package rbac

import "testing"

func TestNearest(t *testing.T) {
	known := []string{"Network Contributor", "Private DNS Zone Contributor", "AcrPull", "AcrPush", "gpu", "vnetSubnetId", "größe"}
	cases := []struct{ name, reason, word, want string }{
		{"the word itself", "no mistake", "AcrPull", "AcrPull"},
		{"letter case", "does not count", "ACRPULL", "AcrPull"},
		{"separators", "do not count, so the name of a constant finds the role", "PrivateDNSZoneContributor", "Private DNS Zone Contributor"},
		{"other separators", "do not count", "vnet-subnet_id", "vnetSubnetId"},
		{"other letter", "one mistake", "Network Contributur", "Network Contributor"},
		{"letter too few", "one mistake", "Network Contibutor", "Network Contributor"},
		{"letter too many", "one mistake", "AcrPulll", "AcrPull"},
		{"neighbours swapped", "one mistake, all that a word of three letters may have", "gup", "gpu"},
		{"letters that are no bytes", "one mistake each", "grüße", "größe"},
		{"three mistakes", "the most there may be", "Netwerk Contributurs", "Network Contributor"},
		{"four mistakes", "too many, however long the word", "Netwerg Contributurs", ""},
		{"neighbours swapped, and three more", "four mistakes: a swap is one", "Newtark Contributurs", ""},
		{"half of a short word", "more than a third is wrong", "cpx", ""},
		{"two letters", "too short to be misspelled", "gp", ""},
		{"equally near", "the first of the known words", "AcrPuxx", "AcrPull"},
		{"nearer one behind", "the nearest, not the first", "AcrPus", "AcrPush"},
		{"beginning of a word", "no mistake of letters", "Network", ""},
		{"nothing", "no word", "", ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := Nearest(c.word, known); got != c.want {
				t.Errorf("%s: got %q, want %q", c.reason, got, c.want)
			}
		})
	}
	if got := Nearest("AcrPull", nil); got != "" {
		t.Errorf("among no words %q is near", got)
	}
}
