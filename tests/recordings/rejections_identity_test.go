package recordings

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/components"
	"github.com/aksidentity/pulumi-aksidentity/plan"
)

const (
	noServicePrincipal = "the component makes no cluster with a service principal, and has no argument for one"
	onlyAzureKnows     = "whether it exists only Azure knows"
)

// controlPlaneID gives the identity of the control plane under this ID, with the other two names of a real one.
func controlPlaneID(id string) step {
	return func(a *clusterArgs, w *world) {
		userAssigned(a, w)
		a.Identity.UserAssigned.ResourceID = pulumi.String(id)
	}
}

func kubeletID(id string) step {
	return func(a *clusterArgs, w *world) {
		ownKubelet(a, w)
		a.KubeletIdentity.Existing.ResourceID = pulumi.String(id)
	}
}

// emptyNames are what a script passes when its variables are empty.
func emptyNames() *components.UserAssignedIdentityArgs {
	return &components.UserAssignedIdentityArgs{ResourceID: pulumi.String(""), PrincipalID: pulumi.String(""), ClientID: pulumi.String("")}
}

func emptyControlPlane(a *clusterArgs, _ *world) {
	a.Identity = &components.ClusterIdentityArgs{Type: plan.UserAssigned, UserAssigned: emptyNames()}
}

func emptyKubelet(a *clusterArgs, _ *world) {
	a.KubeletIdentity = &components.KubeletIdentityArgs{Existing: emptyNames()}
}

// inADirectoryThatDoesNotLook: Azure grants to principals that it has not looked up, as long as their type is given.
func inADirectoryThatDoesNotLook(_ *clusterArgs, w *world) {
	w.cloud.Configure(azuresim.WithUnknownPrincipals())
}

func identityRejections() []rejection {
	const (
		controlPlane = "identity.userAssigned"
		kubelet      = "kubeletIdentity.existing"
		notAnID      = "a name is no resource ID"
		anotherKind  = "it is the ID of a network"
	)
	network := azuresim.ID("networkRG", azuresim.VirtualNetworkType, "myVnet")
	missing := azuresim.ID("identityRG", azuresim.IdentityType, "missing")
	first, second := azuresim.ID("identityRG", azuresim.IdentityType, "myControlPlane"), azuresim.ID("identityRG", azuresim.IdentityType, "myKubelet")
	needsUserAssigned := atWithCode("kubeletIdentity", azuresim.CodeKubeletIdentityNeedsUserAssigned)
	return []rejection{
		{"assign-identity on a service principal cluster", noServicePrincipal, cannotBeSaid()},
		{"assign-identity on a service principal cluster, with --enable-managed-identity", noServicePrincipal, cannotBeSaid()},
		{"assign-kubelet-identity without assign-identity", "AKS has it only with a user-assigned control plane", refusedAt(ownKubelet, needsUserAssigned)},
		{"assign-kubelet-identity on a service principal cluster", noServicePrincipal, cannotBeSaid()},
		{"service principal without secret", noServicePrincipal, cannotBeSaid()},
		{"secret without service principal", noServicePrincipal, cannotBeSaid()},
		{"assign-identity is a name", notAnID, refusedAt(controlPlaneID("myControlPlane"), at(controlPlane+".resourceId"))},
		{"assign-kubelet-identity is a name", notAnID, refusedAt(all(userAssigned, kubeletID("myKubelet")), at(kubelet+".resourceId"))},
		{
			"assign-identity empty", "the CLI takes an empty variable for the wish to have no identity of one's own",
			refusedAt(emptyControlPlane, at(controlPlane+".resourceId"), at(controlPlane+".principalId"), at(controlPlane+".clientId")),
		},
		{
			"assign-kubelet-identity empty", "the CLI takes an empty variable for the wish to have no identity of one's own",
			refusedAt(emptyKubelet, needsUserAssigned, at(kubelet+".resourceId"), at(kubelet+".principalId"), at(kubelet+".clientId")),
		},
		{"assign-identity is the ID of something else, no subnet", anotherKind, refusedAt(controlPlaneID(network), at(controlPlane+".resourceId"))},
		{
			"assign-identity is the ID of something else, with subnet", anotherKind,
			refusedAt(all(inSubnet, controlPlaneID(network)), at(controlPlane+".resourceId")),
		},
		{"assign-identity does not exist, no subnet", onlyAzureKnows, refusedByAzure(controlPlaneID(missing), azuresim.CodeFailedIdentityOperation)},
		{
			"assign-identity does not exist, with subnet", onlyAzureKnows + "; the grant to the principal that was given is made before",
			refusedByAzure(all(inSubnet, controlPlaneID(missing), inADirectoryThatDoesNotLook), azuresim.CodeFailedIdentityOperation),
		},
		{
			"assign-identity does not exist, with subnet, role assignment skipped", onlyAzureKnows,
			refusedByAzure(all(inSubnet, controlPlaneID(missing), grantNothing), azuresim.CodeFailedIdentityOperation),
		},
		{
			"assign-kubelet-identity does not exist", onlyAzureKnows + "; the grant on it comes first, and has nowhere to go",
			refusedByAzure(all(userAssigned, kubeletID(missing)), azuresim.CodeResourceNotFound),
		},
		{"assign-kubelet-identity is the ID of something else", anotherKind, refusedAt(all(userAssigned, kubeletID(network)), at(kubelet+".resourceId"))},
		{
			"assign-identity given twice, comma separated", "a control plane has one identity; two IDs in one text are no ID",
			refusedAt(controlPlaneID(first+","+second), at(controlPlane+".resourceId")),
		},
		{
			"workload identity option", "it came to the CLI after 2.45; AKS has it, and it is our default",
			acceptedHere(func(a *clusterArgs, _ *world) { a.WorkloadIdentity = yes() }),
		},
	}
}

func yes() *bool {
	value := true
	return &value
}

func no() *bool { return new(bool) }

func directoryRejections() []rejection {
	return []rejection{
		{"azure RBAC without AAD", "entra.azureRbac is a part of entra, which is what switches Entra on", cannotBeSaid()},
		{
			"azure RBAC with disable-rbac", "Entra needs Kubernetes RBAC",
			refusedAt(func(a *clusterArgs, _ *world) {
				a.Entra, a.EnableRBAC = &components.EntraArgs{AzureRBAC: yes()}, no()
			}, atWithCode("enableRbac", "RBACNotEnabledForAAD")),
		},
	}
}
