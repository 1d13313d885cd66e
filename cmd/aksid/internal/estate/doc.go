// Package estate is what exists, or is about to exist, around AKS clusters: clusters, their identities, the role assignments of these
// identities, the roles and the scopes. It is read from what Pulumi writes, by [ReadState] and [ReadPreview], and every command of aksid
// works on it:
//
//	e, err := estate.ReadState(file) // of pulumi stack export
//	for _, identity := range e.Identities {
//		for _, a := range e.AssignmentsOf(identity) {
//			fmt.Println(identity.Title(), a.RoleName, a.Scope, a.Reason)
//		}
//	}
//
// It reads resources of the provider azure-native, whoever made them: nothing of it takes a component of ours. Where there is one, its
// outputs tell the reasons, and which argument a grant is for. Somebody who reads another source makes the resources and gives them to
// [New].
//
// It is pure: no network, no files of its own. It judges nothing, and it never keeps the value of a secret that it does not need: see
// [ReadState].
//
// What it does not see: what Azure has and the state has not, as grants that AKS itself makes in the node resource group, and grants to
// groups in which an identity is.
package estate
