// The identities of a cluster that exists already are granted what they work with. Nothing but grants is made.
import * as pulumi from "@pulumi/pulumi";
import * as aksidentity from "@aksidentity/pulumi";

const config = new pulumi.Config();

const shop = new aksidentity.AddonIdentityGrants("shop", {
    // Who: the identities of the nodes and the add-ons are read from the cluster.
    clusterId: config.require("clusterId"),
    // What: each resource under the argument that says what it is used for, and so by whom.
    registryIds: { shop: config.require("registryId") },
    secretVaultIds: { shop: config.require("vaultId") },
    publicDnsZoneIds: { shop: config.require("zoneId") },
    gatewayIds: { shop: config.require("gatewayId") },
});

export const grants = shop.grants;
export const ready = shop.ready;
