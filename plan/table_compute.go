package plan

import "github.com/aksidentity/pulumi-aksidentity/rbac"

// Uses of compute resources and identities by the control plane.
const (
	KubeletIdentityUse       Use = "kubelet identity"
	CapacityReservationGroup Use = "capacity reservation group"
	CapacityReservations     Use = "resource group of capacity reservation groups"
	HostGroup                Use = "dedicated host group"
	HostGroups               Use = "resource group of dedicated host groups"
)

const (
	typeReservation = "Microsoft.Compute/capacityReservationGroups"
	typeHostGroup   = "Microsoft.Compute/hostGroups"
	// TypeUserAssignedIdentity is the ARM type of a user-assigned identity.
	TypeUserAssignedIdentity = "Microsoft.ManagedIdentity/userAssignedIdentities"
)

func computeRows() []UseInfo {
	const (
		sourceReservations = "Microsoft, capacity reservation groups (azure-aks-docs use-capacity-reservation-groups.md, read 2026-08-21); actions inferred"
		sourceHosts        = "Microsoft, dedicated hosts (azure-aks-docs use-azure-dedicated-hosts.md, read 2026-08-21); actions inferred"
	)
	place := func(use Use, resourceType string, level Level, what, source string, capability rbac.CapabilityID) UseInfo {
		return row(use, controlPlane, resourceType, rule(rbac.Contributor, level, "place nodes in the "+what, source, capability)).
			refused("", "a "+what+" requires a user-assigned identity according to its documentation")
	}
	const reservation, hosts = "capacity reservation group", "dedicated host group"
	return []UseInfo{
		row(KubeletIdentityUse, controlPlane, TypeUserAssignedIdentity,
			rule(rbac.ManagedIdentityOperator, AtResource, "assign the kubelet identity to the nodes; AKS checks it when the cluster is created",
				"Microsoft, pre-created kubelet identity (azure-aks-docs pre-created-kubelet-managed-identity.md, read 2026-08-21); azure-cli 2.91",
				"kubelet-identity-assign")).
			refused("CustomKubeletIdentityOnlySupportedOnUserAssignedMSICluster",
				"only a user-assigned control plane can hold Managed Identity Operator on the kubelet identity before the cluster exists"),
		place(CapacityReservationGroup, typeReservation, AtResourceGroup, reservation, sourceReservations, "capacity-reservation-group").
			grouped(CapacityReservations, "capacityReservationResourceGroupIds"),
		place(CapacityReservations, ResourceGroupType, AtResource, reservation, sourceReservations, "capacity-reservation-group"),
		place(HostGroup, typeHostGroup, AtResourceGroup, hosts, sourceHosts, "dedicated-host-group").
			grouped(HostGroups, "hostResourceGroupIds"),
		place(HostGroups, ResourceGroupType, AtResource, hosts, sourceHosts, "dedicated-host-group"),
	}
}
