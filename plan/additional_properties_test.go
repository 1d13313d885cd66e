package plan_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/aksidentity/pulumi-aksidentity/plan"
)

func addition(value plan.Value[string], keys ...string) plan.Addition {
	return plan.Addition{Path: plan.Path("additionalProperties." + strings.Join(keys, ".")), Keys: keys, Value: value}
}

func TestNotesOnAdditionalProperties(t *testing.T) {
	const nothing = ": nothing is granted on the resource that it names; "
	cases := []struct {
		name, reason string
		addition     plan.Addition
		want         []string
	}{
		{"known subnet", "an argument would be granted", addition(plan.Known(subnetA), "vnetSubnetID"),
			[]string{"additionalProperties.vnetSubnetID" + nothing + "subnets with pools[].subnet would be granted"}},
		{"late zone", "it may be one", addition(plan.Late[string](), "apiServerAccessProfile", "privateDNSZone"),
			[]string{"additionalProperties.apiServerAccessProfile.privateDNSZone" + nothing + "apiServer.privateDnsZoneId would be granted"}},
		{"word for a zone", "AKS makes it", addition(plan.Known("system"), "apiServerAccessProfile", "privateDNSZone"), nil},
		{"ID below a key", "the nearest key counts", addition(plan.Known(vnet), "networkProfile", "outboundIPs", "id"),
			[]string{"additionalProperties.networkProfile.outboundIPs.id" + nothing + "network.loadBalancer.outboundIpIds would be granted"}},
		{"other resource", "nobody knows what it takes", addition(plan.Known(strings.ToUpper(workspace)), "newProfile", "workspaceId"),
			[]string{"additionalProperties.newProfile.workspaceId" + nothing + "if the cluster needs a role there, give it in extraGrants"}},
		{"other late text", "it may be anything", addition(plan.Late[string](), "newProfile", "mode"), nil},
		{"object", "it names nothing by itself", addition(plan.Value[string]{}, "vnetSubnetID"), nil},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			c := plan.Cluster{SystemPool: system(), APIServer: open(), Additional: []plan.Addition{tc.addition}}
			if diff := cmp.Diff(tc.want, plan.ForCluster(c).Notes); diff != "" {
				t.Errorf("%s (-want +got):\n%s", tc.reason, diff)
			}
			c.Grants = plan.GrantNone
			if notes := plan.ForCluster(c).Notes; len(notes) > 0 {
				t.Errorf("who grants elsewhere needs no note, got %v", notes)
			}
		})
	}
}

func TestWhatAdditionalPropertiesMustNotSay(t *testing.T) {
	late := plan.Late[string]()
	in := func(at string, keys ...string) plan.Addition {
		return plan.Addition{Path: plan.Path(at + ".additionalProperties." + strings.Join(keys, ".")), Keys: keys, Value: late}
	}
	p := plan.ForCluster(plan.Cluster{
		APIServer:  open(),
		SystemPool: plan.Pool{Additional: []plan.Addition{in("systemPool", "name"), in("systemPool", "tags", "name")}},
		Pools:      []plan.Pool{{Name: "web", Additional: []plan.Addition{in("pools[0]", "agentPoolName"), in("pools[0]", "name")}}},
		Additional: []plan.Addition{addition(late, "identity"), addition(late, "identity", "type"), addition(late, "servicePrincipalProfile"), addition(late, "name")},
	})
	want := []string{
		"additionalProperties.identity", "additionalProperties.servicePrincipalProfile", "pools[0].additionalProperties.agentPoolName",
		"systemPool.additionalProperties.name",
	}
	if diff := cmp.Diff(want, p.Problems.Paths()); diff != "" {
		t.Errorf("what other arguments decide is refused, where it decides (-want +got):\n%s", diff)
	}
}
