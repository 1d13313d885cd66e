import * as network from "@pulumi/azure-native/network";
import * as pulumi from "@pulumi/pulumi";

// What the rest of the platform needs to know of the hub and the spoke.
export interface Network {
    hub: pulumi.Output<string>;
    endpoints: pulumi.Output<string>;
    nodes: pulumi.Output<string>;
    firewallAddress: pulumi.Output<string>;
    // When all traffic of the nodes goes through the firewall.
    ready: pulumi.Resource[];
}

// The hub with its firewall, and the spoke with the nodes' subnet, whose traffic leaves through the firewall.
export function hubAndSpoke(resourceGroupName: pulumi.Input<string>, location: string): Network {
    const hub = virtualNetwork("hub", "10.0.0.0/20");
    const forFirewall = subnet("AzureFirewallSubnet", hub, { addressPrefix: "10.0.0.0/26" });
    const endpoints = subnet("endpoints", hub, { addressPrefix: "10.0.1.0/24" }, [forFirewall]);
    const firewallAddress = firewall(forFirewall);

    const table = new network.RouteTable("through-firewall", { resourceGroupName, location });
    const route = new network.Route("everything", {
        resourceGroupName,
        routeTableName: table.name,
        addressPrefix: "0.0.0.0/0",
        nextHopType: network.RouteNextHopType.VirtualAppliance,
        nextHopIpAddress: firewallAddress,
    });
    const spoke = virtualNetwork("spoke", "10.1.0.0/16");
    const nodes = subnet("nodes", spoke, { addressPrefix: "10.1.0.0/20", routeTable: { id: table.id } });
    const toHub = peering("to-hub", spoke, hub, nodes);
    peering("to-spoke", hub, spoke, endpoints);
    return { hub: hub.id, endpoints: endpoints.id, nodes: nodes.id, firewallAddress, ready: [route, toHub] };

    function virtualNetwork(name: string, prefix: string) {
        return new network.VirtualNetwork(name, {
            resourceGroupName,
            location,
            addressSpace: { addressPrefixes: [prefix] },
        });
    }

    // Subnets come one after the other: Azure changes a network in one place at a time.
    function subnet(
        name: string, within: network.VirtualNetwork,
        more: { addressPrefix: string; routeTable?: { id: pulumi.Input<string> } }, after: pulumi.Resource[] = [],
    ) {
        return new network.Subnet(name, {
            resourceGroupName,
            virtualNetworkName: within.name,
            ...more,
        }, { dependsOn: after });
    }

    function peering(name: string, from: network.VirtualNetwork, to: network.VirtualNetwork, after: pulumi.Resource) {
        return new network.VirtualNetworkPeering(name, {
            resourceGroupName,
            virtualNetworkName: from.name,
            remoteVirtualNetwork: { id: to.id },
            allowForwardedTraffic: true,
            allowVirtualNetworkAccess: true,
        }, { dependsOn: after });
    }

    // The firewall with its policy; the answer is its address in the hub.
    function firewall(within: network.Subnet): pulumi.Output<string> {
        const address = new network.PublicIPAddress("egress", {
            resourceGroupName,
            location,
            publicIPAllocationMethod: network.IPAllocationMethod.Static,
            sku: { name: network.PublicIPAddressSkuName.Standard },
        });
        const policy = new network.FirewallPolicy("egress", { resourceGroupName, location });
        const rules = new network.FirewallPolicyRuleCollectionGroup("aks", {
            resourceGroupName,
            firewallPolicyName: policy.name,
            priority: 200,
            ruleCollections: [{
                ruleCollectionType: "FirewallPolicyFilterRuleCollection",
                name: "aks",
                priority: 100,
                action: { type: network.FirewallPolicyFilterRuleCollectionActionType.Allow },
                rules: [{
                    ruleType: "ApplicationRule",
                    name: "aks",
                    fqdnTags: ["AzureKubernetesService"],
                    sourceAddresses: ["10.1.0.0/20"],
                    protocols: [{
                        protocolType: network.FirewallPolicyRuleApplicationProtocolType.Https,
                        port: 443,
                    }],
                }],
            }],
        });
        const made = new network.AzureFirewall("egress", {
            resourceGroupName,
            location,
            firewallPolicy: { id: policy.id },
            sku: { name: network.AzureFirewallSkuName.AZFW_VNet, tier: network.AzureFirewallSkuTier.Standard },
            ipConfigurations: [{ name: "egress", subnet: { id: within.id }, publicIPAddress: { id: address.id } }],
        }, { dependsOn: rules });
        return made.ipConfigurations.apply(configurations => configurations?.[0].privateIPAddress ?? "");
    }
}
