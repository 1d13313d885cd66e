// Package components holds Pulumi components for AKS clusters on managed identities.
//
// [ManagedIdentityCluster] is a cluster with its identities and the role assignments that its own arguments call for.
// [VnetDelegation] gives a principal what it needs on external resources, [AddonIdentityGrants] gives the kubelet and the
// add-ons of any cluster what they work with, and [WorkloadIdentity] is an identity that pods act as, with grants of its own.
// Each grant carries its reason, and the cluster waits for what AKS checks when it is created.
//
//	cluster, err := components.NewManagedIdentityCluster(ctx, "aks", &components.ManagedIdentityClusterArgs{
//		Location:  pulumi.StringPtr("westeurope"),
//		Tier:      components.TierPremium,
//		APIServer: &components.APIServerArgs{Public: true},
//	})
//
// Arguments are of two sorts. The shape (which pools, which subnets by name, which identity type) is plain and known at
// preview: it decides what is created. Where it is a choice between a few words, they are constants of a type of its own, as
// [TierPremium]. Values such as resource IDs are Pulumi inputs and may arrive late. All mistakes
// that can be known before Azure is asked are returned together as [plan.Problems]; [PlanManagedIdentityCluster] gives
// the same answer without a Pulumi context.
//
// The constructors serve Go programs and, through package provider, every other Pulumi language. AKS is spoken to in API
// version 2025-01-01, the newest in azure-native 2.92.3; what it lacks is listed in docs/decisions/0002-aks-api-version.md.
package components
