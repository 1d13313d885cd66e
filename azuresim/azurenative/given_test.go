package azurenative_test

import (
	"context"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/azurenative"
)

const inGroup = "/subscriptions/" + azuresim.DefaultSubscriptionID + "/resourceGroups/rg"

func TestIDsOfTypesThatAreNotModelled(t *testing.T) {
	failover := azurenative.WithPath("azure-native:sql:FailoverGroup", "Microsoft.Sql/servers/{serverName}/failoverGroups/{failoverGroupName}")
	cases := []struct {
		name, reason, token string
		inputs              m
		opts                []azurenative.Option
		want                string
	}{
		{"described", "the path is that of Azure's SDK", "azure-native:network:IpGroup", m{"ipGroupsName": "g", "location": "westeurope"}, nil,
			inGroup + "/providers/Microsoft.Network/ipGroups/g"},
		{"another version", "every version of a type has the same path", "azure-native:network/v20230501:IpGroup",
			m{"ipGroupsName": "g", "location": "westeurope", "brandNew": m{"a": 1}}, nil, inGroup + "/providers/Microsoft.Network/ipGroups/g"},
		{"known path", "some paths are known although the inputs are not", "azure-native:dashboard:Grafana", m{"workspaceName": "boards"}, nil,
			inGroup + "/providers/Microsoft.Dashboard/grafana/boards"},
		{"conventional", "the rest is a guess: the module, and the type in the plural", "azure-native:app/v20240301:ContainerApp",
			m{"containerAppName": "shop", "location": "westeurope"}, nil, inGroup + "/providers/Microsoft.App/containerApps/shop"},
		{"end of the type", "a name may be called like the end of the type", "azure-native:batch:BatchAccount",
			m{"accountName": "jobs", "location": "westeurope", "poolName": "x"}, nil, inGroup + "/providers/Microsoft.batch/batchAccounts/jobs"},
		{"said", "the user knows better", "azure-native:sql:FailoverGroup", m{"serverName": "orders", "failoverGroupName": "both"},
			[]azurenative.Option{failover}, inGroup + "/providers/Microsoft.Sql/servers/orders/failoverGroups/both"},
		{"nested", "without a location the other names are what it is in", "azure-native:sql:FirewallRule",
			m{"serverName": "orders", "firewallRuleName": "office", "displayName": "The office"}, nil,
			inGroup + "/providers/Microsoft.Sql/servers/orders/firewallRules/office"},
		{"scope", "extensions stand on their scope", "azure-native:policyinsights:Remediation",
			m{"resourceGroupName": nil, "scope": inGroup, "remediationName": "fix"}, nil, inGroup + "/providers/Microsoft.PolicyInsights/remediations/fix"},
		{"no name", "autonaming works without knowing which input is the name", "azure-native:chaos:Experiment", m{"location": "westeurope"}, nil,
			inGroup + "/providers/Microsoft.chaos/experiments/thing"},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			c := newClient(t, azuresim.New(), nil, tc.opts...)
			c.group()
			c.mustCreate("azure-native:sql:Server", m{"resourceGroupName": "rg", "serverName": "orders", "location": "westeurope"})
			inputs := m{"resourceGroupName": "rg"}
			for name, value := range tc.inputs {
				inputs[name] = value
			}
			checked, failures := c.check(tc.token, "thing", nil, inputs)
			if failures != nil {
				t.Fatalf("%s: %v", tc.reason, failures)
			}
			id, state := c.mustCreate(tc.token, checked)
			if !strings.HasPrefix(id, tc.want) {
				t.Errorf("%s: the id is\n%s, want\n%s", tc.reason, id, tc.want)
			}
			for name, value := range tc.inputs {
				if text, isText := value.(string); isText && !strings.HasSuffix(name, "Name") && name != "scope" && state[name] != text {
					t.Errorf("inputs are outputs: %s is %v, want %v", name, state[name], text)
				}
			}
			again, _, _ := c.read(tc.token, id, state, checked)
			if diff := cmp.Diff(checked, again); diff != "" {
				t.Errorf("a refresh finds no drift (-want +got):\n%s", diff)
			}
		})
	}
}

func TestChangesOfTypesThatAreNotModelled(t *testing.T) {
	const token = "azure-native:app:ContainerApp"
	old := m{"resourceGroupName": "rg", "containerAppName": "shop", "location": "westeurope", "template": m{"scale": 1}}
	cases := []struct {
		name, reason string
		change       m
		replaces     []string
		changed      pulumirpc.DiffResponse_DiffChanges
	}{
		{"nothing", "equal inputs are no change", m{}, nil, pulumirpc.DiffResponse_DIFF_NONE},
		{"property", "no rule is known for properties", m{"template": m{"scale": 2}}, nil, pulumirpc.DiffResponse_DIFF_SOME},
		{"name", "another name is another resource", m{"containerAppName": "store"}, []string{"containerAppName"}, pulumirpc.DiffResponse_DIFF_SOME},
		{"location", "nothing moves to another region", m{"location": "northeurope"}, []string{"location"}, pulumirpc.DiffResponse_DIFF_SOME},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			news := m{}
			for _, from := range []m{old, tc.change} {
				for name, value := range from {
					news[name] = value
				}
			}
			got := newClient(t, azuresim.New(), nil).diff(token, m{}, old, news)
			if diff := cmp.Diff(tc.replaces, got.Replaces); diff != "" || got.Changes != tc.changed {
				t.Errorf("%s: %v (-want +got):\n%s", tc.reason, got.Changes, diff)
			}
		})
	}
}

func TestIdentitiesOfTypesThatAreNotModelled(t *testing.T) {
	cloud := azuresim.New()
	c := newClient(t, cloud, nil)
	c.group()
	own := cloud.MustSeedIdentity("rg", "shop")
	inputs := m{"resourceGroupName": "rg", "containerAppName": "shop", "location": "westeurope",
		"identity": m{"type": "SystemAssigned, UserAssigned", "userAssignedIdentities": []any{own.ID}}}
	const token = "azure-native:app:ContainerApp"
	preview, _ := c.previewCreate(token, inputs)["identity"].(m)
	if diff := cmp.Diff(m{"type": inputs["identity"].(m)["type"], "userAssignedIdentities": unknown{}, "principalId": unknown{}, "tenantId": unknown{}}, preview); diff != "" {
		t.Errorf("a preview does not know the principals, and no list is taken for a map (-want +got):\n%s", diff)
	}
	id, state := c.mustCreate(token, inputs)
	identity, _ := state["identity"].(m)
	if identity["principalId"] == nil || identity["principalId"] == "" {
		t.Errorf("a system-assigned identity has a principal, got %v", identity)
	}
	again, _, _ := c.read(token, id, state, inputs)
	if diff := cmp.Diff(inputs, again); diff != "" {
		t.Errorf("a refresh finds no drift (-want +got):\n%s", diff)
	}
}

func TestDriftAndImportOfTypesThatAreNotModelled(t *testing.T) {
	cloud := azuresim.New()
	c := newClient(t, cloud, nil)
	c.group()
	const token = "azure-native:sql:Server"
	inputs := m{"resourceGroupName": "rg", "serverName": "orders", "location": "westeurope", "version": "12.0"}
	id, state := c.mustCreate(token, inputs)
	if imported, _, _ := c.read(token, id, nil, nil); cmp.Diff(inputs, imported) != "" {
		t.Errorf("an import makes the inputs from the resource:\n%s", cmp.Diff(inputs, imported))
	}
	if _, err := cloud.Put(context.Background(), id, m{"location": "westeurope", "tags": m{"owner": "you"}, "properties": m{"version": "13.0"}}); err != nil {
		t.Fatal(err)
	}
	drifted, _, _ := c.read(token, id, state, inputs)
	want := m{"resourceGroupName": "rg", "serverName": "orders", "location": "westeurope", "version": "13.0", "tags": m{"owner": "you"}}
	if diff := cmp.Diff(want, drifted); diff != "" {
		t.Errorf("a refresh finds what was changed elsewhere (-want +got):\n%s", diff)
	}
}

func TestUnknownPropertiesAreDroppedOnDemand(t *testing.T) {
	inputs := m{"resourceGroupName": "rg", "virtualNetworkName": "vnet", "location": "westeurope", "adressSpace": m{},
		"addressSpace": m{"addressPrefixes": []any{"10.0.0.0/8"}, "prefixes": []any{"10.0.0.0/8"}}}
	strict := newClient(t, azuresim.New(), nil)
	if _, failures := strict.check(vnetToken, "vnet", nil, inputs); len(failures) != 2 || !strings.Contains(strings.Join(failures, "\n"), "did you mean 'addressSpace'?") {
		t.Errorf("by default each is an error, got %v", failures)
	}
	c := newClient(t, azuresim.New(), nil, azurenative.WarnOfUnknownProperties())
	c.group()
	checked, failures := c.check(vnetToken, "vnet", nil, inputs)
	if failures != nil {
		t.Fatalf("on demand none is, got %v", failures)
	}
	_, state := c.mustCreate(vnetToken, checked)
	if _, kept := state["adressSpace"]; kept {
		t.Error("and Azure does not see it")
	}
	if diff := cmp.Diff(m{"addressPrefixes": []any{"10.0.0.0/8"}}, state["addressSpace"]); diff != "" {
		t.Errorf("also inside of objects (-want +got):\n%s", diff)
	}
}
