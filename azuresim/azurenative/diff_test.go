package azurenative_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
)

func TestDiff(t *testing.T) {
	grant := m{"principalId": "a", "scope": "/s", "roleDefinitionId": "r", "roleAssignmentName": "n"}
	with := func(base, more m) m {
		out := m{}
		for k, v := range base {
			out[k] = v
		}
		for k, v := range more {
			out[k] = v
		}
		return out
	}
	pools := func(names ...any) m {
		var list []any
		for _, n := range names {
			list = append(list, m{"name": n})
		}
		return m{"agentPoolProfiles": list}
	}
	cases := []struct {
		name, reason, token string
		state, olds, news   m
		want                map[string]string
		deleteFirst         bool
	}{
		{name: "same", reason: "equal inputs are no change", token: assignToken, olds: grant, news: grant},
		{name: "outputs", reason: "outputs are never compared", token: assignToken, olds: grant, news: grant,
			state: m{"principalId": "other"}},
		{name: "internal", reason: "internal keys are ignored", token: assignToken, olds: with(grant, m{"__createBeforeDelete": true}), news: grant},
		{name: "role", reason: "the role changes in place", token: assignToken, olds: grant,
			news: with(grant, m{"roleDefinitionId": "q"}), want: map[string]string{"roleDefinitionId": "UPDATE"}},
		{name: "principal", reason: "the principal replaces; a resource with a name of its own is deleted first", token: assignToken,
			olds: grant, news: with(grant, m{"principalId": "b"}), want: map[string]string{"principalId": "UPDATE_REPLACE"}, deleteFirst: true},
		{name: "auto-named", reason: "an auto-named one is created first", token: assignToken,
			olds: with(grant, m{"__createBeforeDelete": true}), news: with(grant, m{"principalId": "b"}),
			want: map[string]string{"principalId": "UPDATE_REPLACE"}},
		{name: "path", reason: "every path input replaces", token: assignToken, olds: grant, news: with(grant, m{"scope": "/t"}),
			want: map[string]string{"scope": "UPDATE_REPLACE"}, deleteFirst: true},
		{name: "unknown", reason: "an unknown value previews as a replacement", token: assignToken, olds: grant,
			news: with(grant, m{"principalId": unknown{}}), want: map[string]string{"principalId": "UPDATE_REPLACE"}, deleteFirst: true},
		{name: "group case", reason: "the case of the resource group does not count", token: vnetToken,
			olds: m{"resourceGroupName": "RG"}, news: m{"resourceGroupName": "rg"}},
		{name: "location spelling", reason: "nor do case and spaces of the location", token: vnetToken,
			olds: m{"location": "West Europe"}, news: m{"location": "westeurope"}},
		{name: "location", reason: "another location replaces", token: vnetToken, olds: m{"location": "a"}, news: m{"location": "b"},
			want: map[string]string{"location": "UPDATE_REPLACE"}, deleteFirst: true},
		{name: "network profile", reason: "networkProfile replaces as a whole", token: clusterToken,
			olds: m{"networkProfile": m{"loadBalancerProfile": m{"idleTimeoutInMinutes": 30}}},
			news: m{"networkProfile": m{"loadBalancerProfile": m{"idleTimeoutInMinutes": 10}}},
			want: map[string]string{"networkProfile.loadBalancerProfile.idleTimeoutInMinutes": "UPDATE_REPLACE"}, deleteFirst: true},
		{name: "pools by position", reason: "swapping pools changes both", token: clusterToken, olds: pools("a", "b"), news: pools("b", "a"),
			want: map[string]string{"agentPoolProfiles[0].name": "UPDATE", "agentPoolProfiles[1].name": "UPDATE"}},
		{name: "pool added", reason: "one more element is an addition", token: clusterToken, olds: pools("a"), news: pools("a", "b"),
			want: map[string]string{"agentPoolProfiles[1]": "ADD"}},
		{name: "removed", reason: "a property that is gone is a deletion", token: clusterToken, olds: m{"tags": m{"a": "b"}}, news: m{},
			want: map[string]string{"tags": "DELETE"}},
		{name: "added equal", reason: "spelling out what the cluster has already is no replacement", token: clusterToken,
			state: m{"nodeResourceGroup": "MC"}, olds: m{}, news: m{"nodeResourceGroup": "MC"},
			want: map[string]string{"nodeResourceGroup": "ADD"}},
		{name: "added other", reason: "anything else is", token: clusterToken,
			state: m{"nodeResourceGroup": "MC"}, olds: m{}, news: m{"nodeResourceGroup": "mine"},
			want: map[string]string{"nodeResourceGroup": "ADD_REPLACE"}, deleteFirst: true},
		{name: "default added", reason: "adding a default is no change", token: assignToken, olds: grant,
			news: with(grant, m{"principalType": "User"})},
		{name: "default of one version", reason: "kubenet is the default of 2023-04-01", token: oldClusterToken,
			olds: m{"networkProfile": m{"podCidr": "10.244.0.0/16"}}, news: m{"networkProfile": m{"podCidr": "10.244.0.0/16", "networkPlugin": "kubenet"}}},
		{name: "no default of another", reason: "2025-01-01 has none for the plugin", token: clusterToken,
			olds: m{"networkProfile": m{"podCidr": "10.244.0.0/16"}}, news: m{"networkProfile": m{"podCidr": "10.244.0.0/16", "networkPlugin": "kubenet"}},
			want: map[string]string{"networkProfile.networkPlugin": "ADD_REPLACE"}, deleteFirst: true},
		{name: "newer default", reason: "but one for the pools of the load balancer", token: clusterToken,
			olds: m{"networkProfile": m{"loadBalancerProfile": m{}}}, news: m{"networkProfile": m{"loadBalancerProfile": m{"backendPoolType": "NodeIPConfiguration"}}}},
		{name: "other value", reason: "another value is a change", token: clusterToken,
			olds: m{"networkProfile": m{"loadBalancerProfile": m{}}}, news: m{"networkProfile": m{"loadBalancerProfile": m{"backendPoolType": "NodeIP"}}},
			want: map[string]string{"networkProfile.loadBalancerProfile.backendPoolType": "ADD_REPLACE"}, deleteFirst: true},
		{name: "default in a list", reason: "elements have defaults too", token: "azure-native:containerregistry:Registry",
			olds: m{"networkRuleSet": m{"ipRules": []any{m{"iPAddressOrRange": "1.2.3.4"}}}},
			news: m{"networkRuleSet": m{"ipRules": []any{m{"iPAddressOrRange": "1.2.3.4", "action": "Allow"}}}}},
		{name: "default of a vault", reason: "as its SDK says", token: "azure-native:keyvault:Vault",
			olds: m{"properties": m{"tenantId": "t"}}, news: m{"properties": m{"tenantId": "t", "softDeleteRetentionInDays": 90, "enableRbacAuthorization": false}}},
		{name: "sku renamed", reason: "AKS renamed its SKUs", token: clusterToken,
			olds: m{"sku": m{"name": "Basic", "tier": "Paid"}}, news: m{"sku": m{"name": "Base", "tier": "Standard"}}},
		{name: "cluster identity", reason: "another identity is an update", token: clusterToken,
			olds: m{"identity": m{"type": "SystemAssigned"}}, news: m{"identity": m{"type": "UserAssigned"}},
			want: map[string]string{"identity.type": "UPDATE"}},
		{name: "pool size", reason: "vmSize replaces a pool", token: poolToken, olds: m{"vmSize": "a", "count": 1}, news: m{"vmSize": "b", "count": 2},
			want: map[string]string{"vmSize": "UPDATE_REPLACE", "count": "UPDATE"}, deleteFirst: true},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			resp := newClient(t, azuresim.New(), nil).diff(tc.token, tc.state, tc.olds, tc.news)
			got := map[string]string{}
			for path, d := range resp.DetailedDiff {
				got[path] = d.Kind.String()
			}
			if tc.want == nil {
				tc.want = map[string]string{}
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("%s (-want +got):\n%s", tc.reason, diff)
			}
			if changed := resp.Changes == pulumirpc.DiffResponse_DIFF_SOME; changed != (len(tc.want) > 0) {
				t.Errorf("%s: changes %v", tc.reason, resp.Changes)
			}
			if resp.DeleteBeforeReplace != tc.deleteFirst {
				t.Errorf("%s: deleteBeforeReplace is %v", tc.reason, resp.DeleteBeforeReplace)
			}
		})
	}
}
