// The app team's stack: it grants what lies in its own subscription, and makes the private cluster.
import * as resources from "@pulumi/azure-native/resources";
import * as pulumi from "@pulumi/pulumi";
import * as aksidentity from "@aksidentity/pulumi";

const config = new pulumi.Config();
const subnetId = config.require("subnetId");

const own = new aksidentity.VnetDelegation("spoke", {
    principalId: config.require("principalId"),
    identityType: aksidentity.IdentityType.UserAssigned,
    nodeSubnetIds: { shop: subnetId },
    // The network of the subnet.
    zoneLinkNetworkIds: { shop: subnetId.split("/subnets/")[0] },
});

const group = new resources.ResourceGroup("shop", { location: "westeurope" });

const cluster = new aksidentity.ManagedIdentityCluster("shop", {
    resourceGroupName: group.name,
    identity: {
        type: aksidentity.IdentityType.UserAssigned,
        userAssigned: {
            resourceId: config.require("identityId"),
            // From this stack's own grants, so the cluster waits for them.
            principalId: own.principalId,
            clientId: config.require("clientId"),
        },
    },
    subnets: { nodes: subnetId },
    systemPool: { subnet: "nodes" },
    // All traffic leaves through the hub's firewall.
    network: {
        outboundType: aksidentity.OutboundType.UserDefinedRouting,
    },
    apiServer: { private: true, privateDnsZoneId: config.require("privateDnsZoneId") },
    // The network team has granted what is in the hub; this team has granted its own part above.
    grantMode: aksidentity.GrantMode.None,
});

export const clusterId = cluster.clusterId;
export const fqdn = cluster.fqdn;
