package azurenative_test

import (
	"context"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/azurenative"
)

func TestAutoname(t *testing.T) {
	grant := m{"principalId": principal, "scope": "/subscriptions/s", "roleDefinitionId": "r"}
	cases := []struct {
		name, reason, token, logical string
		olds, news                   m
		property, want               string
		createBeforeDelete           bool
	}{
		{
			name: "resource group", reason: "a group gets its logical name and eight hex digits without a dash",
			token: groupToken, logical: "rg", news: m{"location": "x"},
			property: "resourceGroupName", want: `^rg[0-9a-f]{8}$`, createBeforeDelete: true,
		},
		{
			name: "top-level resource", reason: "one name after the provider namespace means a random name",
			token: identityToken, logical: "id", news: m{"location": "x", "resourceGroupName": "rg"},
			property: "resourceName", want: `^id[0-9a-f]{8}$`, createBeforeDelete: true,
		},
		{
			name: "nested resource", reason: "a nested resource copies its logical name",
			token: poolToken, logical: "pool1", news: m{"resourceGroupName": "rg", "resourceName": "aks"},
			property: "agentPoolName", want: `^pool1$`,
		},
		{
			name: "role assignment", reason: "role assignments get a GUID from the seed", token: assignToken, logical: "grant",
			news: grant, property: "roleAssignmentName", want: `^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`, createBeforeDelete: true,
		},
		{
			name: "carried over", reason: "an old name stays when the program gives none, and so does its mark",
			token: groupToken, logical: "rg", olds: m{"resourceGroupName": "rgold", "__createBeforeDelete": true},
			news: m{"location": "x"}, property: "resourceGroupName", want: `^rgold$`, createBeforeDelete: true,
		},
		{
			name: "explicit", reason: "a name of the program's own is not marked", token: groupToken, logical: "rg",
			olds: m{"resourceGroupName": "rgold", "__createBeforeDelete": true},
			news: m{"location": "x", "resourceGroupName": "mine"}, property: "resourceGroupName", want: `^mine$`,
		},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			c := newClient(t, azuresim.New(), nil)
			inputs, failures := c.check(tc.token, tc.logical, tc.olds, tc.news)
			if len(failures) > 0 {
				t.Fatalf("%s: failures %q", tc.reason, failures)
			}
			if name, _ := inputs[tc.property].(string); !regexp.MustCompile(tc.want).MatchString(name) {
				t.Errorf("%s: name %q, want %s", tc.reason, name, tc.want)
			}
			if _, marked := inputs["__createBeforeDelete"]; marked != tc.createBeforeDelete {
				t.Errorf("%s: __createBeforeDelete is %v", tc.reason, marked)
			}
		})
	}
}

func TestAutonamingConfiguration(t *testing.T) {
	grant := m{"principalId": principal, "scope": "/subscriptions/s", "roleDefinitionId": "r"}
	type mode = pulumirpc.CheckRequest_AutonamingOptions_Mode
	cases := []struct {
		name, reason, token string
		news                m
		mode                mode
		property            string
		want                any
		failure             string
	}{
		{
			name: "proposed", reason: "a proposed name is used for random names", token: groupToken, news: m{"location": "x"},
			mode: pulumirpc.CheckRequest_AutonamingOptions_PROPOSE, property: "resourceGroupName", want: "proposed",
		},
		{
			name: "GUID ignores a proposal", reason: "a role assignment cannot be called just anything", token: assignToken, news: grant,
			mode: pulumirpc.CheckRequest_AutonamingOptions_PROPOSE, property: "roleAssignmentName",
		},
		{
			name: "GUID obeys", reason: "unless the project insists", token: assignToken, news: grant,
			mode: pulumirpc.CheckRequest_AutonamingOptions_ENFORCE, property: "roleAssignmentName", want: "proposed",
		},
		{
			name: "disabled", reason: "without autonaming a missing name is an error", token: groupToken, news: m{"location": "x"},
			mode: pulumirpc.CheckRequest_AutonamingOptions_DISABLE, property: "resourceGroupName",
			failure: "missing required property 'resourceGroupName'",
		},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			c := newClient(t, azuresim.New(), nil)
			resp, err := c.server.Check(context.Background(), &pulumirpc.CheckRequest{
				Urn: urn(tc.token, "x"), News: c.wire(props(tc.news)), RandomSeed: []byte("seed"),
				Autonaming: &pulumirpc.CheckRequest_AutonamingOptions{ProposedName: "proposed", Mode: tc.mode},
			})
			if err != nil {
				t.Fatal(err)
			}
			got := values(c.unwire(resp.Inputs))[tc.property]
			if tc.want != nil && got != tc.want {
				t.Errorf("%s: name %v, want %v", tc.reason, got, tc.want)
			}
			if tc.want == nil && got == "proposed" {
				t.Errorf("%s: name %v", tc.reason, got)
			}
			if tc.failure != "" && (len(resp.Failures) != 1 || resp.Failures[0].Reason != tc.failure) {
				t.Errorf("%s: failures %v, want %q", tc.reason, resp.Failures, tc.failure)
			}
		})
	}
}

func TestLocation(t *testing.T) {
	identity := m{"resourceGroupName": "rg"}
	cases := []struct {
		name, reason string
		config       m
		olds, news   m
		want         any
		failure      bool
	}{
		{name: "program", reason: "the program's value wins", config: m{"location": "b"},
			news: m{"resourceGroupName": "rg", "location": "a"}, want: "a"},
		{name: "old", reason: "then the old one", config: m{"location": "b"}, olds: m{"location": "c"}, news: identity, want: "c"},
		{name: "provider", reason: "then the provider's", config: m{"location": "b"}, news: identity, want: "b"},
		{name: "group", reason: "then the resource group's", news: identity, want: "westeurope"},
		{name: "unknown group", reason: "which a preview may not know", news: m{"resourceGroupName": unknown{}}, want: unknown{}},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			c := newClient(t, azuresim.New(), tc.config)
			c.group()
			inputs, failures := c.check(identityToken, "id", tc.olds, tc.news)
			if len(failures) > 0 {
				t.Fatalf("%s: failures %q", tc.reason, failures)
			}
			if diff := cmp.Diff(tc.want, inputs["location"]); diff != "" {
				t.Errorf("%s:\n%s", tc.reason, diff)
			}
		})
	}
}

func TestLocationMissing(t *testing.T) {
	c := newClient(t, azuresim.New(), nil)
	_, failures := c.check(groupToken, "rg", nil, nil)
	if len(failures) != 1 || !strings.Contains(failures[0], "pulumi config set azure-native:location") {
		t.Errorf("a resource group without a location should say how to configure one, got %q", failures)
	}
}

func TestValidation(t *testing.T) {
	cluster := func(more m) m {
		out := m{"resourceGroupName": "rg", "location": "westeurope", "resourceName": "aks"}
		for k, v := range more {
			out[k] = v
		}
		return out
	}
	cases := []struct {
		name, reason, token string
		news                m
		want                []string
	}{
		{name: "required", reason: "what the API requires is named", token: assignToken, news: m{"principalId": principal},
			want: []string{"roleDefinitionId: missing required property 'roleDefinitionId'", "scope: missing required property 'scope'"}},
		{name: "required below", reason: "also inside of objects", token: clusterToken,
			news: cluster(m{"agentPoolProfiles": []any{m{"count": 1}}}),
			want: []string{"agentPoolProfiles[0].name: missing required property 'agentPoolProfiles[0].name'"}},
		{name: "pool name", reason: "patterns of the API are checked", token: clusterToken,
			news: cluster(m{"agentPoolProfiles": []any{m{"name": "Np-1"}}}),
			want: []string{"agentPoolProfiles[0].name: 'agentPoolProfiles[0].name' does not match expression '^[a-z][a-z0-9]{0,11}$'"}},
		{name: "bounds", reason: "so are bounds", token: clusterToken,
			news: cluster(m{"networkProfile": m{"loadBalancerProfile": m{"idleTimeoutInMinutes": 121}}}),
			want: []string{"networkProfile.loadBalancerProfile.idleTimeoutInMinutes: " +
				"'networkProfile.loadBalancerProfile.idleTimeoutInMinutes' is too high (121 > 120)"}},
		{name: "type", reason: "and types", token: clusterToken, news: cluster(m{"enableRBAC": "yes"}),
			want: []string{"enableRBAC: 'enableRBAC' should be of type 'boolean' but got string"}},
		{name: "enum", reason: "enums are left to ARM, as in the real provider", token: clusterToken,
			news: cluster(m{"identity": m{"type": "SystemAssigned,UserAssigned"}})},
		{name: "unknown value", reason: "a value that is not known yet cannot be wrong", token: clusterToken,
			news: cluster(m{"networkProfile": unknown{}, "agentPoolProfiles": []any{m{"name": unknown{}}}})},
		{name: "unknown property", reason: "a typo is refused by name", token: clusterToken,
			news: cluster(m{"networkProfil": m{}}),
			want: []string{"networkProfil: 'networkProfil' is not an input property of " + clusterToken + " (API version 2025-01-01); did you mean 'networkProfile'?"}},
		{name: "unknown property below", reason: "also inside of objects, with the right spelling", token: clusterToken,
			news: cluster(m{"agentPoolProfiles": []any{m{"name": "a", "vnetSubnetId": "x"}}}),
			want: []string{"agentPoolProfiles[0].vnetSubnetId: 'agentPoolProfiles[0].vnetSubnetId' is not an input property of " +
				clusterToken + " (API version 2025-01-01); did you mean 'vnetSubnetID'?"}},
		{name: "later feature", reason: "the default version does not have application routing", token: oldClusterToken,
			news: cluster(m{"ingressProfile": m{}}),
			want: []string{"ingressProfile: 'ingressProfile' is not an input property of " + oldClusterToken + " (API version 2023-04-01)"}},
		{name: "versions", reason: "a later one does", token: clusterToken,
			news: cluster(m{"ingressProfile": m{"webAppRouting": m{"enabled": true}}})},
		{name: "read-only", reason: "what Azure fills in cannot be set", token: clusterToken,
			news: cluster(m{"identity": m{"type": "SystemAssigned", "principalId": principal}}),
			want: []string{"identity.principalId: 'identity.principalId' is not an input property of " + clusterToken +
				" (API version 2025-01-01); it is filled in by Azure"}},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			c := newClient(t, azuresim.New(), nil)
			_, failures := c.check(tc.token, "aks", nil, tc.news)
			if diff := cmp.Diff(tc.want, failures); diff != "" {
				t.Errorf("%s (-want +got):\n%s", tc.reason, diff)
			}
		})
	}
}

func TestUnknownTokens(t *testing.T) {
	cases := []struct{ name, reason, token, want string }{
		{"other provider", "every type of azure-native is served, and no others", "aws:s3:Bucket", `"aws:s3:Bucket" is not the type of an azure-native resource`},
		{"no module", "a token has three parts", "azure-native:ManagedCluster", "is not the type of an azure-native resource"},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			p := azurenative.NewProvider(azuresim.New())
			_, err := p.Check(context.Background(), &pulumirpc.CheckRequest{Urn: urn(tc.token, "x")})
			if err == nil || !strings.Contains(err.Error(), tc.want) {
				t.Errorf("%s: got %v, want %q", tc.reason, err, tc.want)
			}
		})
	}
}
