package azuresim_test

import (
	"testing"

	sim "github.com/aksidentity/pulumi-aksidentity/azuresim"
)

func poolBody(changes object) object {
	return object{"properties": merge(object{"count": 1, "vmSize": "Standard_D4ds_v5"}, changes)}
}

func TestAgentPools(t *testing.T) {
	w := newWorld(t)
	w.must(clusterID, clusterBody(nil))
	got := w.must(clusterID+"/agentPools/more", poolBody(nil))
	for path, want := range map[string]any{
		"type": sim.AgentPoolType, "name": "more", "properties.mode": "User", "properties.maxPods": 250.0,
		"properties.type": "VirtualMachineScaleSets", "properties.currentOrchestratorVersion": "1.34.1",
	} {
		if at(got, path) != want {
			t.Errorf("%s: got %v, want %v", path, at(got, path), want)
		}
	}
	if names := at(w.get(clusterID), "properties.agentPoolProfiles.1.name"); names != "more" {
		t.Errorf("the cluster shows its pools in the order of creation, got %v", names)
	}
}

func TestAgentPoolRefusals(t *testing.T) {
	cases := []struct {
		name, reason, pool string
		change             object
		code               string
	}{
		{"plain", "the base of all cases", "more", nil, ""},
		{"name", "as in Azure", "my-pool", nil, sim.CodeInvalidResourceName},
		{"no size", "strict", "more", object{"vmSize": nil}, sim.CodeInvalidParameter},
		{"newer version", "never ahead of the control plane", "more", object{"orchestratorVersion": "1.35"}, "NodePoolMcVersionIncompatible"},
		{"too old", "three minors at most", "more", object{"orchestratorVersion": "1.30"}, "NodePoolMcVersionIncompatible"},
		{"own subnet", "the others have none", "more", object{"vnetSubnetID": sim.ID("network", sim.SubnetType, "vnet", "nodes")}, sim.CodeInvalidParameter},
		{"missing group", "must exist", "more", object{"capacityReservationGroupID": sim.ID("g", sim.CapacityReservationGroupType, "none")}, sim.CodeInvalidResourceReference},
		{"reservation", "needs a user-assigned identity", "more", object{"capacityReservationGroupID": sim.ID("network", sim.CapacityReservationGroupType, "crg")}, sim.CodeOnlySupportedOnUserAssigned},
		{"size of the first", "fixed", "system", object{"vmSize": "Standard_D8ds_v5"}, sim.CodePropertyChangeNotAllowed},
		{"last system pool", "cannot become a user pool", "system", object{"mode": "User"}, sim.CodeMustDefineSystemPool},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			w := newWorld(t)
			w.MustSeedSubnet("network", "vnet", "nodes")
			w.MustSeed(sim.ID("network", sim.CapacityReservationGroupType, "crg"), nil)
			w.must(clusterID, clusterBody(nil))
			w.refused(clusterID+"/agentPools/"+tc.pool, poolBody(tc.change), tc.code)
		})
	}
}

func TestAutoscaledPools(t *testing.T) {
	cases := []struct {
		name, reason string
		change       object
		code         string
	}{
		{"same count", "the base of all cases", nil, ""},
		{"minimum above the count", "the autoscaler adds the nodes (Azure/AKS#1758)", object{"minCount": 4}, ""},
		{"maximum below the count", "not for updates either", object{"maxCount": 2}, sim.CodeInvalidParameter},
		{"minimum above the maximum", "in order", object{"minCount": 7}, sim.CodeInvalidParameter},
		{"another count", "is the autoscaler's to choose (hashicorp/terraform-provider-azurerm#4543)", object{"count": 4}, sim.CodeInvalidParameter},
		{"another count, switched off", "is the caller's again", object{"count": 4, "enableAutoScaling": false}, ""},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			w := newWorld(t)
			w.must(clusterID, clusterBody(nil))
			scaled := object{"count": 3, "enableAutoScaling": true, "minCount": 1, "maxCount": 5}
			w.must(clusterID+"/agentPools/more", poolBody(scaled))
			w.refused(clusterID+"/agentPools/more", poolBody(merge(scaled, tc.change)), tc.code)
		})
	}
}

func TestAgentPoolDelete(t *testing.T) {
	w := newWorld(t)
	w.refused(clusterID+"/agentPools/more", poolBody(nil), sim.CodeParentResourceNotFound)
	w.must(clusterID, clusterBody(nil))
	if _, err := w.Delete(ctx, clusterID+"/agentPools/system"); sim.Code(err) != sim.CodeMustDefineSystemPool {
		t.Errorf("the last system pool stays: %v", err)
	}
	w.must(clusterID+"/agentPools/more", poolBody(object{"mode": "System"}))
	w.remove(clusterID + "/agentPools/system")
	w.remove(clusterID)
	if !w.Empty() {
		w.remove(groupID("aks"))
	}
	if !w.Empty() {
		t.Errorf("leftovers %v", w.Resources())
	}
}

func TestMaintenanceConfigurations(t *testing.T) {
	cases := []struct {
		name, reason, config string
		props                object
		code                 string
	}{
		{"default", "any content", "default", object{}, ""},
		{"schedule", "with a window", "aksManagedAutoUpgradeSchedule", object{"maintenanceWindow": object{
			"durationHours": 4, "startTime": "00:00", "schedule": object{"weekly": object{"intervalWeeks": 1, "dayOfWeek": "Sunday"}}}}, ""},
		{"no window", "needs one", "aksManagedNodeOSUpgradeSchedule", object{}, sim.CodeInvalidParameter},
		{"another name", "means nothing to AKS", "weekly", object{}, sim.CodeInvalidParameter},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			w := newWorld(t)
			w.must(clusterID, clusterBody(nil))
			w.refused(clusterID+"/maintenanceConfigurations/"+tc.config, object{"properties": tc.props}, tc.code)
		})
	}
}

func TestOutOfBandChanges(t *testing.T) {
	w := newWorld(t)
	w.must(clusterID, clusterBody(object{"kubernetesVersion": "1.30"}))
	if err := w.ScalePool(clusterID+"/agentPools/system", 5); err != nil {
		t.Fatal(err)
	}
	if err := w.UpgradeCluster(clusterID, "1.31.13"); err != nil {
		t.Fatal(err)
	}
	got := w.get(clusterID)
	if at(got, "properties.agentPoolProfiles.0.count") != 5.0 || at(got, "properties.kubernetesVersion") != "1.31.13" ||
		at(got, "properties.agentPoolProfiles.0.currentOrchestratorVersion") != "1.31.13" {
		t.Errorf("got %v", got["properties"])
	}
	w.refused(clusterID, clusterBody(object{"kubernetesVersion": "1.30"}), sim.CodeOperationNotAllowed)
	assignment := w.grant(w.cluster(clusterID).Kubelet(), "Reader", groupID("aks"))
	if !w.DeleteAssignment(assignment) || w.DeleteAssignment(assignment) {
		t.Error("deleted once")
	}
	if err := w.Modify(clusterID+"x", func(object) {}); sim.Code(err) != sim.CodeResourceNotFound {
		t.Errorf("got %v", err)
	}
}
