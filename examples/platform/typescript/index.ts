// A whole platform in one stack: a hub with a firewall, a vault that is reached through a private endpoint, and beside them the cluster
// with a namespace in it.
import * as insights from "@pulumi/azure-native/insights";
import * as operationalinsights from "@pulumi/azure-native/operationalinsights";
import * as resources from "@pulumi/azure-native/resources";
import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import * as aksidentity from "@aksidentity/pulumi";
import { hubAndSpoke } from "./hub";
import { makeVault } from "./vault";

const location = "westeurope";

const group = new resources.ResourceGroup("platform", { location });
const network = hubAndSpoke(group.name, location);
const vault = makeVault(group.name, location, network);

// On the spoke's subnet, with etcd encrypted by the vault's key.
const cluster = new aksidentity.ManagedIdentityCluster("shop", {
    resourceGroupName: group.name,
    location,
    identity: { type: aksidentity.IdentityType.UserAssigned },
    subnets: { nodes: network.nodes },
    systemPool: { subnet: "nodes" },
    network: { outboundType: aksidentity.OutboundType.UserDefinedRouting },
    apiServer: { authorizedIpRanges: ["192.0.2.0/24"] },
    security: { kms: { keyId: vault.keyUri, keyVaultId: vault.id } },
}, { dependsOn: network.ready });

// The logs of the cluster and the vault go to the platform's workspace.
const workspace = new operationalinsights.Workspace("logs", { resourceGroupName: group.name, location });

function diagnostics(name: string, resourceUri: pulumi.Input<string>, category: string) {
    return new insights.DiagnosticSetting(name, {
        resourceUri,
        workspaceId: workspace.id,
        logs: [{ category, enabled: true }],
    });
}

diagnostics("cluster", cluster.clusterId, "kube-audit-admin");
diagnostics("vault", vault.id, "AuditEvent");

// The namespace of a team, with the password of its database.
const provider = new kubernetes.Provider("shop", { kubeconfig: cluster.kubeconfig });
const namespace = new kubernetes.core.v1.Namespace("orders", {}, { provider });
new kubernetes.core.v1.Secret("database", {
    metadata: { namespace: namespace.metadata.name },
    stringData: { password: vault.password },
}, { provider });

export const clusterId = cluster.clusterId;
export const firewallAddress = network.firewallAddress;
