//go:build az

package az

import (
	"strings"
	"testing"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

// TestSideBySideFindsWhatItShould guards the comparison, which no situation of today makes complain.
func TestSideBySideFindsWhatItShould(t *testing.T) {
	const subnet, network = "/providers/Microsoft.Network/virtualNetworks/vnet/subnets/nodes", "/providers/Microsoft.Network/virtualNetworks/vnet"
	made := func(group, principal, role, below, end string) *grant {
		r, known := rbac.BuiltinRole(rbac.RoleName(role))
		if !known {
			t.Fatalf("no role is called %s", role)
		}
		return &grant{principal: principal, role: r, end: end, creator: azuresim.DefaultDeployerObjectID,
			scope: rbac.MustParseScope(azuresim.GroupID(azuresim.DefaultSubscriptionID, group) + below)}
	}
	az := func(role, below string) []*grant {
		return []*grant{made("one-az", "control plane", role, below, "")}
	}
	us := func(principal, role, below, end string) []*grant {
		return []*grant{made("one-us", principal, role, below, end)}
	}
	stranger := us("control plane", "Network Contributor", subnet, "pulumi destroy")
	stranger[0].creator = "somebody else"
	cases := []struct {
		name     string
		az, ours []*grant
		more     map[string]string
		wrong    string // in a complaint, "" for none
		verdict  string // of the first row
	}{
		{"the same", az("Network Contributor", subnet), us("control plane", "Network Contributor", subnet, "pulumi destroy"), nil, "", "the same"},
		{"ours narrower", az("Contributor", network), us("control plane", "Network Contributor", subnet, "pulumi destroy"), nil, "", "`az` is broader in scope and role"},
		{"ours broader in scope", az("Network Contributor", subnet), us("control plane", "Network Contributor", network, "pulumi destroy"), nil, "no reason is listed", "only `az`: "},
		{"ours broader in role", az("Network Contributor", subnet), us("control plane", "Contributor", subnet, "pulumi destroy"), nil, "no reason is listed", "only `az`: "},
		{"somebody else's", az("Network Contributor", subnet), us("kubelet", "Network Contributor", subnet, "pulumi destroy"), nil, "no reason is listed", "only `az`: "},
		{"left behind by us", nil, us("kubelet", "Reader", subnet, ""), map[string]string{"ours: Reader on subnet nodes": "why"}, "leaves behind", "missing with `az`: why"},
		{"a reason for nothing", nil, nil, map[string]string{"ours: Reader on subnet nodes": "why"}, "not so any more", ""},
		{"made by another", az("Network Contributor", subnet), stranger, nil, "was made by", "the same"},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			s := twoSides{situation: situation{name: tc.name, more: tc.more},
				az: &side{place: place{group: "one-az"}, grants: tc.az}, ours: &side{place: place{group: "one-us"}, grants: tc.ours}}
			rows, wrong := s.rows()
			if said := strings.Join(wrong, "\n"); (said != "") != (tc.wrong != "") || !strings.Contains(said, tc.wrong) {
				t.Errorf("complaints %q, want %q in them", said, tc.wrong)
			}
			if len(rows) > 0 && rows[0].verdict != tc.verdict || len(rows) == 0 && tc.verdict != "" {
				t.Errorf("rows %v, want the verdict %q", rows, tc.verdict)
			}
		})
	}
}
