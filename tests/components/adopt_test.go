package components_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
	"github.com/aksidentity/pulumi-aksidentity/components"
)

// existingCluster is what somebody made without Pulumi: Azure CNI without overlay, an own subnet, a second pool with an autoscaler.
func existingCluster() (*azuresim.Cloud, string) {
	cloud := azuresim.New()
	subnet := cloud.MustSeedSubnet("net", "hub", "nodes")
	pool := func(more object) object {
		all := object{"vmSize": "Standard_DS2_v2", "osType": "Linux", "type": "VirtualMachineScaleSets", "vnetSubnetID": subnet, "count": 3}
		for key, value := range more {
			all[key] = value
		}
		return all
	}
	cloud.MustSeedCluster("shop", "old", object{
		"location": "westeurope", "identity": object{"type": "SystemAssigned"}, "tags": object{"team": "shop"},
		"properties": object{
			"dnsPrefix": "old-shop-5ab000", "enableRBAC": true, "networkProfile": object{"networkPlugin": "azure", "loadBalancerSku": "standard"},
			"agentPoolProfiles": []any{pool(object{"name": "nodepool1", "mode": "System"})},
			"addonProfiles":     object{"azureKeyvaultSecretsProvider": object{"enabled": true, "config": object{"enableSecretRotation": "true"}}},
			"autoScalerProfile": object{"expander": "least-waste"},
		},
	})
	cloud.MustSeed(azuresim.ID("shop", azuresim.ManagedClusterType, "old")+"/agentPools/a", object{"properties": pool(object{
		"mode": "User", "enableAutoScaling": true, "minCount": 1, "maxCount": 5, "nodeLabels": object{"team": "web"},
	})})
	return cloud, subnet
}

// takingOver is the shortest program that takes it over.
func takingOver(subnet string) *components.ManagedIdentityClusterArgs {
	return &components.ManagedIdentityClusterArgs{
		ResourceGroupName: pulumi.String("shop"), ClusterName: pulumi.String("old"),
		Adopt:      &components.AdoptClusterArgs{Cluster: true},
		APIServer:  &components.APIServerArgs{Public: true},
		Network:    &components.NetworkArgs{Plugin: "azure", Flat: true},
		Subnets:    map[string]pulumi.StringInput{"nodes": pulumi.String(subnet)},
		SystemPool: &components.NodePoolArgs{Name: "nodepool1", Subnet: "nodes"},
		Pools: []*components.NodePoolArgs{{
			Name: "a", Subnet: "nodes", Autoscaling: &components.AutoscalingArgs{Min: pulumi.Int(1), Max: pulumi.Int(5)},
		}},
	}
}

// resourcesIn is everything that Azure has, but for role assignments.
func resourcesIn(cloud *azuresim.Cloud) map[string]object {
	all := map[string]object{}
	for _, r := range cloud.Resources() {
		if r.Type != azuresim.RoleAssignmentType {
			all[strings.ToLower(r.ID)] = r.Body
		}
	}
	return all
}

// TestAdoptAClusterWithItsPools: nothing is sent for what was there, and nothing is to do afterwards.
func TestAdoptAClusterWithItsPools(t *testing.T) {
	cloud, subnet := existingCluster()
	args := takingOver(subnet)
	before := resourcesIn(cloud)
	s := simtest.New(t, exporting(args), simtest.WithCloud(cloud))
	must(t, "preview", s.Preview())
	up := must(t, "up", s.Up())
	if diff := cmp.Diff(before, resourcesIn(cloud)); diff != "" {
		t.Errorf("what was there has changed (-before +after):\n%s", diff)
	}
	if made := names(up.Steps.Op("create")); !slices.Equal(made, []string{"aks", "aks-control-plane-network-contributor-subnets.nodes", "simtest-test"}) {
		t.Errorf("made: %v", made)
	}
	unchanged(t, "the preview after it", s.Preview())
	args.Adopt = nil
	unchanged(t, "the preview without the argument", s.Preview())
	must(t, "refresh", s.Refresh())
	unchanged(t, "the preview after a refresh", s.Preview())
	must(t, "another up", s.Up())
	unchanged(t, "the preview after another up", s.Preview())
}

// TestAdoptedClustersChangeInPlace: what was taken over is changed as any other, and what is not said stays.
func TestAdoptedClustersChangeInPlace(t *testing.T) {
	for _, c := range []struct {
		name, reason string
		change       func(*components.ManagedIdentityClusterArgs)
		updates      []string
	}{
		{"the tier", "a default gives way until it is said", func(a *components.ManagedIdentityClusterArgs) { a.Tier = components.TierStandard }, []string{"aks"}},
		{"an add-on", "which was there and is now off", func(a *components.ManagedIdentityClusterArgs) {
			a.Addons = &components.AddonsArgs{SecretsProvider: &components.SecretsProviderArgs{Rotation: pulumi.BoolRef(false)}}
		}, []string{"aks"}},
		{"the count of the system pool", "it is part of the cluster", func(a *components.ManagedIdentityClusterArgs) { a.SystemPool.Count = pulumi.IntPtr(4) }, []string{"aks"}},
		{"a label of the other pool", "a resource of its own", func(a *components.ManagedIdentityClusterArgs) {
			a.Pools[0].NodeLabels = pulumi.StringMap{"team": pulumi.String("shop")}
		}, []string{"aks-a"}},
		{"the bounds of the autoscaler", "said from the beginning", func(a *components.ManagedIdentityClusterArgs) { a.Pools[0].Autoscaling.Max = pulumi.Int(7) }, []string{"aks-a"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			cloud, subnet := existingCluster()
			args := takingOver(subnet)
			s := simtest.New(t, exporting(args), simtest.WithCloud(cloud))
			must(t, "up", s.Up())
			c.change(args)
			up := must(t, "up", s.Up())
			if got := names(up.Steps.Op("update")); !slices.Equal(got, c.updates) || len(up.Steps.Changing()) != len(got) {
				t.Errorf("%s: updated are %v, want %v; all changes:\n%s", c.reason, got, c.updates, up.Steps.Changing())
			}
			unchanged(t, "the preview after it", s.Preview())
			body := resourcesIn(cloud)[strings.ToLower(azuresim.ID("shop", azuresim.ManagedClusterType, "old"))]
			properties := body["properties"].(object)
			if properties["autoScalerProfile"].(object)["expander"] != "least-waste" || body["tags"].(object)["team"] != "shop" {
				t.Errorf("what nobody said has changed: %v", properties)
			}
			if now := cloud.Clusters(); len(now) != 1 || properties["dnsPrefix"] != "old-shop-5ab000" {
				t.Errorf("it is another cluster: %v", now)
			}
		})
	}
}

// TestAdoptRefusesWhatIsNotTrue: at preview, with the argument and what to say.
func TestAdoptRefusesWhatIsNotTrue(t *testing.T) {
	for _, c := range []struct {
		name, reason string
		change       func(*components.ManagedIdentityClusterArgs)
		told         []string
	}{
		{"a network by default", "the cluster would be replaced", func(a *components.ManagedIdentityClusterArgs) { a.Network = nil },
			[]string{"network.pluginMode: the cluster has no networkProfile.networkPluginMode, and the program would make it overlay", "network.flat: true"}},
		{"another plugin", "the cluster would be replaced", func(a *components.ManagedIdentityClusterArgs) { a.Network = &components.NetworkArgs{Plugin: "kubenet"} },
			[]string{"network.plugin: the cluster has azure, and the program would make it kubenet. Fix: say network.plugin: azure"}},
		{"another region", "the cluster would be replaced", func(a *components.ManagedIdentityClusterArgs) { a.Location = pulumi.String("eastus") },
			[]string{"location: the cluster has westeurope, and the program would make it eastus"}},
		{"another tier", "it could change, but not in the same deployment", func(a *components.ManagedIdentityClusterArgs) { a.Tier = components.TierPremium },
			[]string{"tier: the cluster has Free, and the program would make it Premium. Fix: say tier: Free, or leave it out, and change it once it is taken over."}},
		{"an identity that is made", "the cluster has its own", func(a *components.ManagedIdentityClusterArgs) {
			a.Identity = &components.ClusterIdentityArgs{Type: "UserAssigned"}
		}, []string{"identity.userAssigned: ", "ive the identity that the cluster has"}},
		{"a pool without its subnet", "no grant would be made for it", func(a *components.ManagedIdentityClusterArgs) { a.Pools[0].Subnet = "" },
			[]string{"pools[0].subnet: some pools lie in subnets of yours"}},
		{"no autoscaler", "the pool has one", func(a *components.ManagedIdentityClusterArgs) { a.Pools[0].Autoscaling = nil },
			[]string{"pools[0].autoscaling: the pool a has true, and the program would make it false. Fix: give autoscaling with the min and max that the pool has"}},
		{"a pool that nobody describes", "it would not be taken over", func(a *components.ManagedIdentityClusterArgs) { a.Pools = nil },
			[]string{"pools: the cluster has the pool a, and the arguments do not describe it. Fix: add it: {name: a}"}},
		{"another system pool", "Azure has none of the name", func(a *components.ManagedIdentityClusterArgs) { a.SystemPool.Name = "" },
			[]string{"systemPool.name: the cluster has no pool system; it has nodepool1, a."}},
		{"another cluster", "there is none", func(a *components.ManagedIdentityClusterArgs) { a.ClusterName = pulumi.String("young") },
			[]string{"adopt.cluster: there is no cluster young in the resource group shop"}},
		{"a name that is late", "nothing can be looked up", func(a *components.ManagedIdentityClusterArgs) {
			a.ClusterName = pulumi.String("old").ToStringOutput().ToStringPtrOutput()
		},
			[]string{"clusterName: it is not known"}},
		{"a group that is made", "the cluster is in one", func(a *components.ManagedIdentityClusterArgs) { a.ResourceGroupName = nil },
			[]string{"resourceGroupName: it is not known"}},
		{"monitoring", "what it collects with may be there", func(a *components.ManagedIdentityClusterArgs) {
			a.Addons = &components.AddonsArgs{Monitoring: &components.MonitoringArgs{}}
		}, []string{"addons.monitoring: the component would make its data collection rule"}},
		{"an additional property", "it is compared as well", func(a *components.ManagedIdentityClusterArgs) {
			a.AdditionalProperties = pulumi.Map{"autoScalerProfile": pulumi.Map{"expander": pulumi.String("random")}}
		}, []string{"autoScalerProfile.expander: the cluster has least-waste, and the program would make it random"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			cloud, subnet := existingCluster()
			args := takingOver(subnet)
			c.change(args)
			s := simtest.New(t, exporting(args), simtest.WithCloud(cloud))
			before := len(cloud.Operations())
			for step, result := range map[string]simtest.Result{"preview": s.Preview(), "up": s.Up()} {
				if result.Err == nil {
					t.Fatalf("%s works: %s", step, c.reason)
				}
				for _, want := range c.told {
					says(t, result.Diagnostics(), want)
				}
			}
			for _, operation := range cloud.Operations()[before:] {
				if operation.Method == azuresim.MethodPut && strings.Contains(operation.ID, azuresim.ManagedClusterType) {
					t.Errorf("%s: %s was sent", c.reason, operation.ID)
				}
			}
		})
	}
}

// TestAnAdoptedClusterOutlivesAFailedChange: what was found stays also when the argument is gone and the last update failed.
func TestAnAdoptedClusterOutlivesAFailedChange(t *testing.T) {
	cloud, subnet := existingCluster()
	args := takingOver(subnet)
	s := simtest.New(t, exporting(args), simtest.WithCloud(cloud))
	must(t, "up", s.Up())
	args.Adopt, args.Tags = nil, pulumi.StringMap{"team": pulumi.String("store")}
	cloud.FailAfterAcceptance(azuresim.Match{Method: azuresim.MethodPut, Type: azuresim.ManagedClusterType},
		azuresim.Error{Status: 409, Code: "VMExtensionProvisioningError", Message: "an extension of a node failed"})
	if up := s.Up(); up.Err == nil {
		t.Fatal("the update has to fail")
	}
	again := must(t, "up again", s.Up())
	for _, step := range again.Steps.Changing() {
		if step.Op != "update" {
			t.Errorf("the next deployment does %s %s", step.Op, step.Name)
		}
	}
	unchanged(t, "the preview after it", s.Preview())
}

// TestAdoptAsksForTheIdentityOfTheNodes: grants to the kubelet depend on it.
func TestAdoptAsksForTheIdentityOfTheNodes(t *testing.T) {
	cloud := azuresim.New()
	control, nodes := cloud.MustSeedIdentity("ids", "control"), cloud.MustSeedIdentity("ids", "nodes")
	cloud.MustSeedCluster("shop", "old", object{
		"identity": object{"type": "UserAssigned", "userAssignedIdentities": object{control.ID: object{}}},
		"properties": object{"dnsPrefix": "old", "networkProfile": object{"networkPlugin": "azure"}, "identityProfile": object{
			"kubeletidentity": object{"resourceId": nodes.ID, "objectId": nodes.PrincipalID, "clientId": nodes.ClientID}},
			"agentPoolProfiles": []any{object{"name": "nodepool1", "mode": "System", "count": 1, "vmSize": "Standard_D2s_v5"}}},
	})
	args := &components.ManagedIdentityClusterArgs{
		ResourceGroupName: pulumi.String("shop"), ClusterName: pulumi.String("old"), Adopt: &components.AdoptClusterArgs{Cluster: true},
		APIServer: &components.APIServerArgs{Public: true}, Network: &components.NetworkArgs{Plugin: "azure", Flat: true},
		SystemPool: &components.NodePoolArgs{Name: "nodepool1"},
		Identity: &components.ClusterIdentityArgs{UserAssigned: &components.UserAssignedIdentityArgs{
			ResourceID: pulumi.String(control.ID), PrincipalID: pulumi.String(control.PrincipalID), ClientID: pulumi.String(control.ClientID),
		}},
	}
	preview := simtest.New(t, exporting(args), simtest.WithCloud(cloud)).Preview()
	if preview.Err == nil {
		t.Fatal("nobody says as whom the nodes act")
	}
	says(t, preview.Diagnostics(), "kubeletIdentity.existing: the nodes act as")
}

// TestAdoptNeedsTheSubnetsOfPools: without them the component would not make the grants on them.
func TestAdoptNeedsTheSubnetsOfPools(t *testing.T) {
	cloud, subnet := existingCluster()
	args := takingOver(subnet)
	args.Subnets, args.SystemPool.Subnet, args.Pools[0].Subnet = nil, "", ""
	s := simtest.New(t, exporting(args), simtest.WithCloud(cloud))
	said := s.Preview().Diagnostics()
	says(t, said, "systemPool.subnet: the pool nodepool1 has "+subnet+", and the arguments do not say it. Fix: put the subnet into subnets")
}

// TestAdoptShowsNoSecret: what is secret in the program is not in what is said about it.
func TestAdoptShowsNoSecret(t *testing.T) {
	cloud, subnet := existingCluster()
	args := takingOver(subnet)
	args.AdditionalProperties = pulumi.Map{"windowsProfile": pulumi.Map{
		"adminUsername": pulumi.String("somebody"), "adminPassword": pulumi.ToSecret(pulumi.String("hunter2")),
	}}
	said := simtest.New(t, exporting(args), simtest.WithCloud(cloud)).Preview().Diagnostics()
	says(t, said, "windowsProfile.adminUsername: the cluster has no windowsProfile.adminUsername")
	if strings.Contains(said, "hunter2") {
		t.Errorf("the secret is in\n%s", said)
	}
}

// TestAdoptGoesOnWhereItStopped: the cluster is taken over, then a grant is refused, and its pools are left for the next deployment.
func TestAdoptGoesOnWhereItStopped(t *testing.T) {
	cloud, subnet := existingCluster()
	s := simtest.New(t, exporting(takingOver(subnet)), simtest.WithCloud(cloud))
	before := resourcesIn(cloud)
	cloud.Fail(azuresim.Match{Method: azuresim.MethodPut, Type: azuresim.RoleAssignmentType}, azuresim.Error{Status: 403, Code: "AuthorizationFailed", Message: "refused"})
	if up := s.Up(); up.Err == nil {
		t.Fatal("the grant was to be refused")
	}
	must(t, "up", s.Up())
	if diff := cmp.Diff(before, resourcesIn(cloud)); diff != "" {
		t.Errorf("what was there has changed (-before +after):\n%s", diff)
	}
	unchanged(t, "the preview after it", s.Preview())
}

// TestAdoptAClusterThatIsGone: whoever takes the argument out gets a new one.
func TestAdoptAClusterThatIsGone(t *testing.T) {
	cloud, subnet := existingCluster()
	args := takingOver(subnet)
	s := simtest.New(t, exporting(args), simtest.WithCloud(cloud))
	must(t, "up", s.Up())
	if _, err := cloud.Delete(t.Context(), azuresim.ID("shop", azuresim.ManagedClusterType, "old")); err != nil {
		t.Fatal(err)
	}
	must(t, "refresh", s.Refresh())
	says(t, s.Preview().Diagnostics(), "adopt.cluster: there is no cluster old")
	args.Adopt = nil
	must(t, "a new one", s.Up())
	unchanged(t, "the preview after it", s.Preview())
}

// TestAdoptAClusterOfAKilledDeployment: Azure has it, the state does not.
func TestAdoptAClusterOfAKilledDeployment(t *testing.T) {
	cloud := azuresim.New()
	cloud.MustSeed(azuresim.GroupID(azuresim.DefaultSubscriptionID, "shop"), nil)
	args := smallest()
	args.ResourceGroupName, args.ClusterName = pulumi.String("shop"), pulumi.String("ours")
	args.Identity = &components.ClusterIdentityArgs{Type: "UserAssigned"}
	s := simtest.New(t, exporting(args), simtest.WithCloud(cloud))
	cloud.Kill(azuresim.Match{Method: azuresim.MethodPut, Type: azuresim.ManagedClusterType})
	if up := s.Up(); up.Err == nil {
		t.Fatal("the deployment was to be killed")
	}
	args.Adopt = &components.AdoptClusterArgs{Cluster: true, Assignments: components.AdoptOwn}
	must(t, "up", s.Up())
	unchanged(t, "the preview after it", s.Preview())
}
