// The network team's stack: what it lets the app team's identity do in the hub. The identity comes in as a principal ID; the network
// team needs to know nothing else of the cluster.
import { Provider } from "@pulumi/azure-native/provider";
import * as pulumi from "@pulumi/pulumi";
import * as aksidentity from "@aksidentity/pulumi";

const config = new pulumi.Config();

const hub = new Provider("hub", { subscriptionId: config.require("hubSubscriptionId") });

const delegation = new aksidentity.VnetDelegation("shop", {
    principalId: config.require("principalId"),
    identityType: aksidentity.IdentityType.UserAssigned,
    // The hub's own network is not among them: AKS links the zone to the nodes' network only.
    privateDnsZoneIds: { shop: config.require("privateDnsZoneId") },
    subnetRouteTableIds: { shop: config.require("routeTableId") },
}, { providers: [hub] });

export const grants = delegation.grants;
