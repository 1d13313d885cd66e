package main

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
)

type body = map[string]any

// cluster is a managed cluster named web in rg, with the given identity and properties.
func cluster(identity, properties body) azuresim.Resource {
	properties["nodeResourceGroup"] = "MC_rg_web"
	return azuresim.Resource{
		ID:   "/subscriptions/s/resourcegroups/rg/providers/Microsoft.ContainerService/managedClusters/web",
		Type: "Microsoft.ContainerService/ManagedClusters",
		Body: body{"identity": identity, "properties": properties},
	}
}

func identityID(group, name string) string {
	return "/subscriptions/s/resourceGroups/" + group + "/providers/Microsoft.ManagedIdentity/userAssignedIdentities/" + name
}

func userIdentity(group, name, principal string) azuresim.Resource {
	return azuresim.Resource{ID: identityID(group, name), Type: azuresim.IdentityType,
		Body: body{"properties": body{"principalId": principal}}}
}

func TestIdentitiesIn(t *testing.T) {
	kubelet := func(group, name string) body {
		return body{"kubeletidentity": body{"objectId": "p-kubelet", "resourceId": identityID(group, name)}}
	}
	cases := []struct {
		name      string
		reason    string
		resources []azuresim.Resource
		want      []identity
	}{
		{
			name:   "system-assigned",
			reason: "the principal of a system-assigned identity stands on the cluster, and AKS makes the kubelet's identity",
			resources: []azuresim.Resource{
				cluster(body{"type": "SystemAssigned", "principalId": "p-cluster"},
					body{"identityProfile": kubelet("mc_RG_web", "web-agentpool")}),
				userIdentity("MC_rg_web", "web-agentpool", "p-kubelet"),
				userIdentity("mc_rg_web", "costs", "p-costs"),
			},
			want: []identity{
				{"control plane", systemAssigned, "p-cluster", "made by Azure with the cluster"},
				{"kubelet", userAssigned, "p-kubelet", madeByAKS},
				{"costs", userAssigned, "p-costs", madeByAKS},
			},
		},
		{
			name:   "user-assigned",
			reason: "the principal of a user-assigned identity stands below its ID; a kubelet identity outside the node group was given",
			resources: []azuresim.Resource{
				cluster(body{"type": "UserAssigned", "userAssignedIdentities": body{
					identityID("ids", "web-control"): body{"principalId": "p-control"}}},
					body{"identityProfile": kubelet("ids", "web-kubelet")}),
			},
			want: []identity{
				{"control plane", userAssigned, "p-control", "ids/web-control"},
				{"kubelet", userAssigned, "p-kubelet", "ids/web-kubelet"},
			},
		},
		{
			name:   "add-ons",
			reason: "add-ons come in the order of their names; one without an identity is left out",
			resources: []azuresim.Resource{
				cluster(body{"principalId": "p-cluster"}, body{
					"addonProfiles": body{
						"omsagent":    body{"identity": body{"objectId": "p-oms", "resourceId": identityID("MC_rg_web", "oms")}},
						"azurepolicy": body{"identity": body{"objectId": "p-policy", "resourceId": identityID("MC_rg_web", "pol")}},
						"off":         body{"enabled": false},
					},
					"ingressProfile": body{"webAppRouting": body{"identity": body{
						"objectId": "p-routing", "resourceId": identityID("MC_rg_web", "webapprouting")}}},
				}),
			},
			want: []identity{
				{"control plane", systemAssigned, "p-cluster", "made by Azure with the cluster"},
				{"add-on azurepolicy", userAssigned, "p-policy", madeByAKS},
				{"add-on omsagent", userAssigned, "p-oms", madeByAKS},
				{"application routing", userAssigned, "p-routing", madeByAKS},
			},
		},
		{
			name:      "without a cluster",
			reason:    "an identity that no cluster uses is listed under its own name",
			resources: []azuresim.Resource{userIdentity("ids", "workload", "p-workload")},
			want:      []identity{{"workload", userAssigned, "p-workload", "ids/workload"}},
		},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, identitiesIn(tc.resources)); diff != "" {
				t.Errorf("%s\n(-want +got)\n%s", tc.reason, diff)
			}
		})
	}
}

func TestGrantsIn(t *testing.T) {
	assignment := func(principal, role, scope string, seeded bool) azuresim.Resource {
		return azuresim.Resource{ID: scope + "/providers/Microsoft.Authorization/roleAssignments/a",
			Type: azuresim.RoleAssignmentType, Seeded: seeded, Body: body{"properties": body{
				"principalId": principal, "scope": scope, "description": "control-plane: to join: nodes",
				"roleDefinitionId": "/subscriptions/s/providers/Microsoft.Authorization/roleDefinitions/" + role}}}
	}
	subscription := "/subscriptions/" + azuresim.DefaultSubscriptionID
	resources := []azuresim.Resource{
		cluster(body{"principalId": "p-cluster"}, body{}),
		assignment("P-Cluster", "4d97b98b-1d4f-4787-a291-c67834d212e7", subscription+"/resourceGroups/net", false),
		assignment("p-stranger", "custom", subscription+"/resourceGroups/net", false),
		assignment("p-cluster", "custom", subscription, true),
		{ID: subscription + "/providers/Microsoft.Authorization/roleDefinitions/custom",
			Type: azuresim.RoleDefinitionType, Body: body{"properties": body{"roleName": "aks subnet join"}}},
	}
	want := []grant{
		{"control plane", "Network Contributor", "resource group net", "to join: nodes"},
		{"p-stranger", "aks subnet join", "resource group net", "to join: nodes"},
	}
	if diff := cmp.Diff(want, grantsIn(resources)); diff != "" {
		t.Errorf("roles and principals have names where we know them, and seeded assignments are not the deployment's"+
			"\n(-want +got)\n%s", diff)
	}
}
