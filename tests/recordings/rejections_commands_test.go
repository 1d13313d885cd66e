package recordings

import (
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
)

// A program says what is wanted, not what to do. Many options that tell a command what to do have no counterpart.

func updateRejections() []rejection {
	const noQuestion = "there is no question to answer: a preview shows what would change"
	needsUserAssigned := atWithCode("kubeletIdentity", azuresim.CodeKubeletIdentityNeedsUserAssigned)
	return []rejection{
		{
			"assign-identity without enable-managed-identity", "the identity is a part of the wanted state, without a second switch; AKS changes it in place (19d)",
			acceptedHere(userAssigned),
		},
		{
			"assign-kubelet-identity alone on a system assigned cluster", "AKS has it only with a user-assigned control plane",
			refusedAt(ownKubelet, needsUserAssigned),
		},
		{
			"assign-kubelet-identity with enable-managed-identity on a system assigned cluster", "AKS has it only with a user-assigned control plane",
			refusedAt(ownKubelet, needsUserAssigned),
		},
		{"assign-kubelet-identity on a service principal cluster", noServicePrincipal, cannotBeSaid()},
		{"system to user assigned without --yes, no terminal", noQuestion, cannotBeSaid()},
		{"assign-kubelet-identity without --yes, no terminal", noQuestion, cannotBeSaid()},
		{"attach and detach", "a registry is in registryIds or not", cannotBeSaid()},
		{"no option at all, no terminal", "a program that says the same again changes nothing", cannotBeSaid()},
		{"cluster does not exist", "a cluster that is not there is made", cannotBeSaid()},
		{"disable managed identity (no such option)", "every cluster of ours has one; AKS does not take it away either", cannotBeSaid()},
	}
}

func enableAddonRejections() []rejection {
	const stillOn = "an add-on that the program goes on asking for stays as it is, and one that it asks for otherwise is changed"
	return []rejection{
		{"unknown add-on", "the CLI calls it monitoring; " + hasItsOwnArgument, refusedAt(otherAddons("omsagent"), at("addons.other.omsagent"))},
		{
			"virtual-node without subnet name", "virtual nodes run in a subnet of yours, and need the azure plugin",
			refusedAt(all(inSubnet, emptyVirtualNode),
				atWithCode("addons.virtualNode.subnetId", "InvalidACIConnectorSubnetName"), atWithCode("addons.virtualNode", "ACIConnectorRequiresAzureNetworking")),
		},
		{"monitoring already enabled", stillOn, cannotBeSaid()},
		{"ingress-appgw already enabled", stillOn, cannotBeSaid()},
		{"managed identity authentication for monitoring on a service principal cluster", noServicePrincipal, cannotBeSaid()},
	}
}

func credentialRejections() []rejection {
	return []rejection{
		{"cluster does not exist", "the kubeconfig is an output of the cluster, so there is none without one", cannotBeSaid()},
		{"update-credentials without any option", "it is about service principals and the old Entra integration, which we do not have", cannotBeSaid()},
	}
}

func createRejections() []rejection {
	called := func(name string) step {
		return func(a *clusterArgs, _ *world) { a.ClusterName = pulumi.StringPtr(name) }
	}
	missingGroup := func(a *clusterArgs, _ *world) {
		a.ResourceGroupName, a.NewResourceGroupName = pulumi.StringPtr("missingRG"), nil
	}
	return []rejection{
		{"resource group does not exist", onlyAzureKnows, refusedByAzure(missingGroup, azuresim.CodeResourceGroupNotFound)},
		{"name of 64 characters", "AKS takes 63", refusedAt(called(strings.Repeat("a", 64)), at("clusterName"))},
		{"name with a dot", "AKS takes letters, digits, - and _", refusedAt(called("my.cluster"), at("clusterName"))},
	}
}
