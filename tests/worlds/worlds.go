// Package worlds is what the programs of examples/ find in Azure: what other teams made, and the configuration that names it, by the keys
// that the programs ask for, without the project. It is for tests.
package worlds

import (
	"strings"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/plan"
)

// Day is the one on which tests plan: what Azure gives up after it only makes plans warn, on whatever day the tests run.
const Day plan.Day = "2026-11-26"

// World makes in the cloud what an example finds there, and returns the example's configuration.
type World func(*azuresim.Cloud) map[string]string

// Empty is the world of the quickstart, which finds nothing.
func Empty(*azuresim.Cloud) map[string]string { return nil }

// Network is the world of existing-network.
func Network(cloud *azuresim.Cloud) map[string]string {
	return map[string]string{"subnetId": cloud.MustSeedSubnet("network-team", "hub", "shop")}
}

// Workload is the world of workload-identity.
func Workload(cloud *azuresim.Cloud) map[string]string {
	return map[string]string{"vaultId": seed(cloud, "keys", azuresim.VaultType, "shop")}
}

// Outside is the world of outside.
func Outside(cloud *azuresim.Cloud) map[string]string {
	return map[string]string{
		"subnetId":   cloud.MustSeedSubnet("network-team", "hub", "shop"),
		"publicIpId": seed(cloud, "addresses", azuresim.PublicIPAddressType, "shop"),
		"diskId":     seed(cloud, "disks", azuresim.DiskType, "orders"),
		"registryId": seed(cloud, "images", azuresim.RegistryType, "teamshop"),
	}
}

// Registry is the world of registry.
func Registry(cloud *azuresim.Cloud) map[string]string {
	return map[string]string{
		"registryId": seed(cloud, "reg", azuresim.RegistryType, "teamshop"),
		"abacRegistryId": cloud.MustSeed(azuresim.ID("reg", azuresim.RegistryType, "company"), map[string]any{
			"location": "westeurope", "sku": map[string]any{"name": "Premium"},
			"properties": map[string]any{"roleAssignmentMode": "AbacRepositoryPermissions"},
		}),
	}
}

// Addons is the world of addons.
func Addons(cloud *azuresim.Cloud) map[string]string {
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

// Delegation is the world of vnet-delegation.
func Delegation(cloud *azuresim.Cloud) map[string]string {
	table := seed(cloud, "network-team", azuresim.RouteTableType, "to-firewall")
	return map[string]string{
		"subnetId": cloud.MustSeed(azuresim.ID("network-team", azuresim.SubnetType, "hub", "shop"), map[string]any{
			"properties": map[string]any{"routeTable": map[string]any{"id": table}}}),
		"routeTableId": table,
		"publicIpId":   seed(cloud, "addresses", azuresim.PublicIPAddressType, "shop"),
		"diskId":       seed(cloud, "disks", azuresim.DiskType, "orders"),
	}
}

// IdentityGrants is the world of addon-identity-grants.
func IdentityGrants(cloud *azuresim.Cloud) map[string]string {
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

// HubSubscription is the other subscription of hub-and-spoke, that of the network team.
const HubSubscription = "00000000-0000-4000-8000-0000000000bb"

// Hub is the world of hub-and-spoke, for both of its stacks.
func Hub(cloud *azuresim.Cloud) map[string]string {
	cloud.AddSubscription(HubSubscription)
	inHub := func(resourceType, name string) string {
		return cloud.MustSeed(strings.Replace(azuresim.ID("hub", resourceType, name), azuresim.DefaultSubscriptionID, HubSubscription, 1), nil)
	}
	zone, table := inHub(azuresim.PrivateDNSZoneType, "privatelink.westeurope.azmk8s.io"), inHub(azuresim.RouteTableType, "to-firewall")
	identity := cloud.MustSeedIdentity("shop-identities", "shop")
	return map[string]string{
		"hubSubscriptionId": HubSubscription, "privateDnsZoneId": zone, "routeTableId": table,
		"subnetId": cloud.MustSeed(azuresim.ID("spoke", azuresim.SubnetType, "spoke", "nodes"), map[string]any{
			"properties": map[string]any{"routeTable": map[string]any{"id": table}},
		}),
		"identityId": identity.ID, "principalId": identity.PrincipalID, "clientId": identity.ClientID,
	}
}

func seed(cloud *azuresim.Cloud, group, resourceType, name string) string {
	return cloud.MustSeed(azuresim.ID(group, resourceType, name), nil)
}
