package differential

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	identitygrants "github.com/aksidentity/pulumi-aksidentity/examples/addon-identity-grants/program"
	addons "github.com/aksidentity/pulumi-aksidentity/examples/addons/program"
	existing "github.com/aksidentity/pulumi-aksidentity/examples/existing-network/program"
	outside "github.com/aksidentity/pulumi-aksidentity/examples/outside/program"
	quickstart "github.com/aksidentity/pulumi-aksidentity/examples/quickstart/program"
	registry "github.com/aksidentity/pulumi-aksidentity/examples/registry/program"
	delegation "github.com/aksidentity/pulumi-aksidentity/examples/vnet-delegation/program"
	workload "github.com/aksidentity/pulumi-aksidentity/examples/workload-identity/program"
)

// example is a program of examples/ with what was there before it. The project is called "shop".
type example struct {
	name    string
	program pulumi.RunFunc
	// before seeds a cloud and returns the configuration, without the project.
	before func(*azuresim.Cloud) map[string]string
}

// notCompared are the other examples, with the reasons.
var notCompared = map[string]string{
	"automation":    "it is a tool around a program; its program is the one of quickstart in another form",
	"hub-and-spoke": "two stacks and two subscriptions; its resources are those of vnet-delegation and existing-network",
	"platform":      "it needs providers besides azure-native, and types that the simulator does not serve over HTTP",
	"production":    "it is a world with a first day and many others; its resources are those of quickstart and outside",
}

func examples() []example {
	nothing := func(*azuresim.Cloud) map[string]string { return nil }
	subnet := func(cloud *azuresim.Cloud) map[string]string {
		return map[string]string{"subnetId": cloud.MustSeedSubnet("network-team", "hub", "shop")}
	}
	return []example{
		{"quickstart", quickstart.Program, nothing},
		{"existing-network, system-assigned", existing.SystemAssigned, subnet},
		{"existing-network, user-assigned", existing.UserAssigned, subnet},
		{"registry", registry.Program, beforeRegistry},
		{"addons", addons.Program, beforeAddons},
		{"vnet-delegation", delegation.Program, beforeDelegation},
		{"workload-identity", workload.Program, func(cloud *azuresim.Cloud) map[string]string {
			return map[string]string{"vaultId": seed(cloud, "keys", azuresim.VaultType, "shop")}
		}},
		{"addon-identity-grants", identitygrants.Program, beforeIdentityGrants},
		{"outside", outside.Program, func(cloud *azuresim.Cloud) map[string]string {
			return map[string]string{
				"subnetId":   cloud.MustSeedSubnet("network-team", "hub", "shop"),
				"publicIpId": seed(cloud, "addresses", azuresim.PublicIPAddressType, "shop"),
				"diskId":     seed(cloud, "disks", azuresim.DiskType, "orders"),
				"registryId": seed(cloud, "images", azuresim.RegistryType, "teamshop"),
			}
		}},
	}
}

func seed(cloud *azuresim.Cloud, group, resourceType, name string) string {
	return cloud.MustSeed(azuresim.ID(group, resourceType, name), nil)
}

func beforeRegistry(cloud *azuresim.Cloud) map[string]string {
	return map[string]string{
		"registryId": seed(cloud, "reg", azuresim.RegistryType, "teamshop"),
		"abacRegistryId": cloud.MustSeed(azuresim.ID("reg", azuresim.RegistryType, "company"), map[string]any{
			"location": "westeurope", "sku": map[string]any{"name": "Premium"},
			"properties": map[string]any{"roleAssignmentMode": "AbacRepositoryPermissions"},
		}),
	}
}

func beforeAddons(cloud *azuresim.Cloud) map[string]string {
	return map[string]string{
		"nodeSubnetId":        cloud.MustSeedSubnet("net", "hub", "nodes"),
		"virtualNodeSubnetId": cloud.MustSeedSubnet("net", "hub", "virtual"),
		"gatewayId":           seed(cloud, "edge", azuresim.ApplicationGatewayType, "edge"),
		"vaultId":             seed(cloud, "keys", azuresim.VaultType, "shop"),
		"publicZoneId":        seed(cloud, "dns", azuresim.DNSZoneType, "shop.example"),
		"privateZoneId":       seed(cloud, "dns", azuresim.PrivateDNSZoneType, "shop.internal"),
		"workspaceId":         seed(cloud, "logs", azuresim.WorkspaceType, "logs"),
	}
}

func beforeDelegation(cloud *azuresim.Cloud) map[string]string {
	table := seed(cloud, "network-team", azuresim.RouteTableType, "to-firewall")
	return map[string]string{
		"subnetId": cloud.MustSeed(azuresim.ID("network-team", azuresim.SubnetType, "hub", "shop"), map[string]any{
			"properties": map[string]any{"routeTable": map[string]any{"id": table}}}),
		"routeTableId": table,
		"publicIpId":   seed(cloud, "addresses", azuresim.PublicIPAddressType, "shop"),
		"diskId":       seed(cloud, "disks", azuresim.DiskType, "orders"),
	}
}

func beforeIdentityGrants(cloud *azuresim.Cloud) map[string]string {
	gateway := seed(cloud, "edge", azuresim.ApplicationGatewayType, "edge")
	on := map[string]any{"enabled": true}
	cluster := cloud.MustSeedCluster("aks", "theirs", map[string]any{"properties": map[string]any{
		"addonProfiles": map[string]any{
			"azureKeyvaultSecretsProvider": on,
			"ingressApplicationGateway":    map[string]any{"enabled": true, "config": map[string]any{"applicationGatewayId": gateway}},
		},
		"ingressProfile": map[string]any{"webAppRouting": on},
	}})
	return map[string]string{
		"clusterId":  cluster.ID,
		"registryId": seed(cloud, "images", azuresim.RegistryType, "shopregistry"),
		"vaultId":    seed(cloud, "keys", azuresim.VaultType, "shop"),
		"zoneId":     seed(cloud, "dns", azuresim.DNSZoneType, "shop.example"),
		"gatewayId":  gateway,
	}
}
