// A cluster with every add-on that has an identity of its own, each granted what it works with.
import * as pulumi from "@pulumi/pulumi";
import * as aksidentity from "@aksidentity/pulumi";

const config = new pulumi.Config();

const cluster = new aksidentity.ManagedIdentityCluster("shop", {
    location: "westeurope",
    identity: { type: aksidentity.IdentityType.UserAssigned },
    subnets: { nodes: config.require("nodeSubnetId") },
    keyVaultIds: { shop: config.require("vaultId") },
    systemPool: { subnet: "nodes" },
    // Virtual nodes do not work with authorised ranges.
    apiServer: { private: true },
    // Virtual nodes do not work with overlay: pods take addresses of the subnet.
    network: { flat: true, policy: aksidentity.NetworkPolicy.Calico },
    addons: {
        // Needs no role: logs go through Entra authentication. The workspace lies in the cluster's region, else it is said here.
        monitoring: { workspaceId: config.require("workspaceId") },
        ingressGateway: { gatewayId: config.require("gatewayId") },
        virtualNode: { subnetId: config.require("virtualNodeSubnetId") },
        secretsProvider: { secretVaults: ["shop"], certificateVaults: ["shop"] },
        // In the place of application routing with NGINX, which ends in November 2026: Istio's gateways take the traffic.
        istio: { externalIngress: true },
        keda: true,
        verticalPodAutoscaler: true,
        prometheus: true,
    },
});

// external-dns, which you deploy, writes the records of the gateways.
const dns = new aksidentity.WorkloadIdentity("dns", {
    resourceGroupName: cluster.resourceGroupName,
    location: "westeurope",
    issuerUrl: cluster.oidcIssuerUrl,
    serviceAccounts: { "external-dns": { namespace: "external-dns", name: "external-dns" } },
    roles: {
        public: {
            role: "DNS Zone Contributor",
            resourceId: config.require("publicZoneId"),
            reason: "write the records of gateways",
        },
        private: {
            role: "Private DNS Zone Contributor",
            resourceId: config.require("privateZoneId"),
            reason: "write the records of gateways",
        },
    },
});

export const addonIdentities = cluster.addonIdentities;
export const grants = cluster.grants;
export const dnsGrants = dns.grants;
