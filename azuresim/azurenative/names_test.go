package azurenative_test

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
)

// scalerNames are the settings of the cluster autoscaler: the SDK's names and those of ARM (API description 2025-01-01,
// read in the Azure SDK for Go, 2026-11-25).
var scalerNames = map[string]string{
	"balanceSimilarNodeGroups": "balance-similar-node-groups", "daemonsetEvictionForEmptyNodes": "daemonset-eviction-for-empty-nodes",
	"daemonsetEvictionForOccupiedNodes": "daemonset-eviction-for-occupied-nodes", "expander": "expander",
	"ignoreDaemonsetsUtilization": "ignore-daemonsets-utilization", "maxEmptyBulkDelete": "max-empty-bulk-delete",
	"maxGracefulTerminationSec": "max-graceful-termination-sec", "maxNodeProvisionTime": "max-node-provision-time",
	"maxTotalUnreadyPercentage": "max-total-unready-percentage", "newPodScaleUpDelay": "new-pod-scale-up-delay",
	"okTotalUnreadyCount": "ok-total-unready-count", "scaleDownDelayAfterAdd": "scale-down-delay-after-add",
	"scaleDownDelayAfterDelete": "scale-down-delay-after-delete", "scaleDownDelayAfterFailure": "scale-down-delay-after-failure",
	"scaleDownUnneededTime": "scale-down-unneeded-time", "scaleDownUnreadyTime": "scale-down-unready-time",
	"scaleDownUtilizationThreshold": "scale-down-utilization-threshold", "scanInterval": "scan-interval",
	"skipNodesWithLocalStorage": "skip-nodes-with-local-storage", "skipNodesWithSystemPods": "skip-nodes-with-system-pods",
}

const clusterARM = "/subscriptions/" + azuresim.DefaultSubscriptionID +
	"/resourcegroups/rg/providers/Microsoft.ContainerService/managedClusters/aks"

func TestAutoScalerProfileHasTheNamesOfArm(t *testing.T) {
	for _, token := range []string{oldClusterToken, clusterToken} {
		t.Run(token, func(t *testing.T) {
			cloud := azuresim.New()
			c := newClient(t, cloud, nil)
			c.group()
			profile, want := m{}, m{}
			for sdk, arm := range scalerNames {
				profile[sdk], want[arm] = "value of "+sdk, "value of "+sdk
			}
			profile["expander"], want["expander"] = "random", "random" // one of four, which Azure checks
			if token == clusterToken {
				for _, name := range []string{"daemonsetEvictionForEmptyNodes", "daemonsetEvictionForOccupiedNodes", "ignoreDaemonsetsUtilization"} {
					profile[name], want[scalerNames[name]] = true, true
				}
			} else { // 2023-04-01 has 17 of the 20
				for _, name := range []string{"daemonsetEvictionForEmptyNodes", "daemonsetEvictionForOccupiedNodes", "ignoreDaemonsetsUtilization"} {
					delete(profile, name)
					delete(want, scalerNames[name])
				}
			}
			inputs := m{
				"resourceGroupName": "rg", "resourceName": "aks", "location": "westeurope", "dnsPrefix": "aks",
				"identity": m{"type": "SystemAssigned"}, "autoScalerProfile": profile,
				"agentPoolProfiles": []any{m{"name": "sys", "mode": "System", "count": 1.0, "vmSize": "Standard_D4s_v5"}},
			}
			id, state := c.mustCreate(token, inputs)
			if diff := cmp.Diff(want, scalerOf(t, cloud)); diff != "" {
				t.Errorf("ARM's names arrive (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(profile, state["autoScalerProfile"]); diff != "" {
				t.Errorf("the SDK's names come back (-want +got):\n%s", diff)
			}
			if same, _, _ := c.read(token, id, state, inputs); !cmp.Equal(inputs, same) {
				t.Errorf("a refresh finds no drift: %s", cmp.Diff(inputs, same))
			}
			err := cloud.Modify(id, func(body map[string]any) {
				body["properties"].(map[string]any)["autoScalerProfile"].(map[string]any)["scan-interval"] = "20s"
			})
			if err != nil {
				t.Fatal(err)
			}
			drifted, _, _ := c.read(token, id, state, inputs)
			if got := drifted["autoScalerProfile"].(m)["scanInterval"]; got != "20s" {
				t.Errorf("drift shows under the SDK's name, got %v", got)
			}
		})
	}
}

func scalerOf(t *testing.T, cloud *azuresim.Cloud) any {
	t.Helper()
	answer, err := cloud.Get(context.Background(), clusterARM)
	if err != nil {
		t.Fatal(err)
	}
	return answer.Body["properties"].(map[string]any)["autoScalerProfile"]
}

func TestAddressRulesOfARegistryHaveTheNamesOfArm(t *testing.T) {
	cloud := azuresim.New()
	c := newClient(t, cloud, nil)
	c.group()
	rules := m{"defaultAction": "Deny", "ipRules": []any{m{"action": "Allow", "iPAddressOrRange": "20.1.2.3"}}}
	id, state := c.mustCreate("azure-native:containerregistry:Registry", m{"resourceGroupName": "rg", "registryName": "images",
		"location": "westeurope", "sku": m{"name": "Premium"}, "networkRuleSet": rules})
	answer, err := cloud.Get(context.Background(), id)
	if err != nil {
		t.Fatal(err)
	}
	want := m{"defaultAction": "Deny", "ipRules": []any{m{"action": "Allow", "value": "20.1.2.3"}}}
	if diff := cmp.Diff(want, answer.Body["properties"].(map[string]any)["networkRuleSet"]); diff != "" {
		t.Errorf("ARM calls the address a value (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(rules, state["networkRuleSet"]); diff != "" {
		t.Errorf("the SDK's names come back (-want +got):\n%s", diff)
	}
}
