// A cluster as a platform team runs it, on its first day: three pools over three zones that scale by themselves, in the network team's
// subnets and behind its NAT gateway, with Entra for people, a registry of its own, windows for AKS's upgrades, and logs.
import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import * as aksidentity from "@aksidentity/pulumi";
import { jobPool, kubernetesVersion, systemPool, webPool } from "./pools";

const config = new pulumi.Config();

// Working days, early, so that whoever looks after the cluster is there a few hours later.
const early = { startTime: "02:00", utcOffset: "+01:00", durationHours: 4 };

const cluster = new aksidentity.ManagedIdentityCluster("shop", {
    // Names that people type are given; Pulumi makes up the others.
    newResourceGroupName: "shop-production",
    clusterName: "shop-production",
    location: "westeurope",
    kubernetesVersion,
    tags: { team: "platform", environment: "production" },

    // Both identities exist, and are granted, before the cluster: AKS checks the subnets while it creates it, and no pull of an image
    // fails while a grant is on its way.
    identity: { type: aksidentity.IdentityType.UserAssigned },
    kubeletIdentity: {},
    registryIds: { shop: config.require("registryId") },

    subnets: { system: config.require("systemSubnetId"), workloads: config.require("workloadSubnetId") },
    natGatewayIds: { egress: config.require("natGatewayId") },
    network: { outboundType: aksidentity.OutboundType.UserAssignedNATGateway },
    apiServer: { private: true },

    systemPool,
    pools: [webPool, jobPool],

    // People sign in with Entra, and Azure role assignments say what they may do. With an admin group, local accounts are off.
    entra: { adminGroupObjectIds: [config.require("adminGroupObjectId")] },
    // Whoever has signed in to the Azure CLI, a pipeline too, uses the kubeconfig as it is.
    kubeconfigLogin: aksidentity.KubeconfigLogin.Azurecli,
    // The platform team gets in everywhere, the shop's team in its namespace.
    access: {
        platform: {
            principalId: config.require("adminGroupObjectId"),
            principalType: aksidentity.PrincipalType.Group,
            role: aksidentity.AccessRole.ClusterAdmin,
            reason: "the platform team runs the cluster",
        },
        shop: {
            principalId: config.require("shopTeamObjectId"),
            principalType: aksidentity.PrincipalType.Group,
            role: aksidentity.AccessRole.Writer,
            namespace: "shop",
            reason: "the team of the shop deploys and looks after its pods",
        },
    },
    // For the pipeline that runs this program.
    deployerAccess: {
        principalType: aksidentity.PrincipalType.ServicePrincipal,
        role: aksidentity.AccessRole.ClusterAdmin,
        reason: "the pipeline makes the namespaces, and what every one of them has",
    },

    upgrade: { channel: aksidentity.UpgradeChannel.Patch, nodeOsChannel: aksidentity.NodeOSChannel.NodeImage },
    // The nodes two days after the control plane.
    maintenance: {
        cluster: { day: aksidentity.Weekday.Tuesday, ...early },
        nodeOs: { day: aksidentity.Weekday.Thursday, ...early },
    },
    addons: { monitoring: { workspaceId: config.require("workspaceId") } },
});

// A namespace in the cluster, for a pipeline or a person in its network: the API server is private.
const namespace = config.get("namespace");
if (namespace !== undefined) {
    const provider = new kubernetes.Provider("inside", { kubeconfig: cluster.kubeconfig });
    new kubernetes.core.v1.Namespace("team", { metadata: { name: namespace } }, { provider });
}

export const clusterId = cluster.clusterId;
export const oidcIssuerUrl = cluster.oidcIssuerUrl;
export const principalId = cluster.principalId;
export const grants = cluster.grants;
export const kubeconfig = cluster.kubeconfig;
