package plan

import "testing"

func TestAClusterHasAVersion(t *testing.T) {
	for _, tc := range []struct {
		running, asked string
		has            bool
		reason         string
	}{
		{"1.30.4", "1.30.4", true, "it is the same"},
		{"1.30.4", "1.30", true, "a minor version is any of its patches"},
		{"1.30.4", "1.30.3", true, "AKS takes no patch back"},
		{"1.31.1", "1.30.9", true, "AKS takes no minor version back"},
		{"1.30.4", "1.30.10", false, "ten is more than four"},
		{"1.30.4", "1.31", false, "a newer minor version is an upgrade"},
		{"1.30", "1.30.4", false, "which patch it runs is not known"},
		{"", "1.30", false, "nothing is known"},
		{"1.30", "", false, "nothing is asked"},
		{"1.30.99999999999999999999", "1.30", false, "it is no number that anybody can compare"},
	} {
		if got := HasVersion(tc.running, tc.asked); got != tc.has {
			t.Errorf("running %q, asked %q: %v, but %s", tc.running, tc.asked, got, tc.reason)
		}
	}
}

func TestWhichChannelsUpgradeVersions(t *testing.T) {
	for channel, upgrades := range map[UpgradeChannel]bool{
		UpgradeChannelRapid: true, UpgradeChannelStable: true, UpgradeChannelPatch: true, UpgradeChannelNodeImage: false, UpgradeChannelNone: false,
	} {
		if got := (Upgrade{Channel: channel}).UpgradesVersions(); got != upgrades {
			t.Errorf("%s: %v", channel, got)
		}
	}
}
