package recordings

import "github.com/aksidentity/pulumi-aksidentity/azuresim"

// failures are the same cluster as in another recording; the service misbehaves.
func failures() []situation {
	missing := func(a *clusterArgs, w *world) {
		w.registry() // puts another one into the group
		registryID(azuresim.ID("registryRG", azuresim.RegistryType, "missing"))(a, w)
	}
	return []situation{
		{
			recording: "07f-attach-acr-not-found", set: missing,
			stops: &stop{code: azuresim.CodeResourceNotFound, says: "our deployment stops too; the cluster is made by then, as the CLI's is"},
		},
		{
			recording: "23a-principal-not-found-three-times", set: inSubnet, patient: true,
			precondition: func(w *world) { w.refuseGrants(3, 400, azuresim.CodePrincipalNotFound) },
		},
		{
			recording: "23b-principal-not-found-always-subnet", set: inSubnet,
			precondition: func(w *world) { w.refuseGrants(-1, 400, azuresim.CodePrincipalNotFound) },
			stops: &stop{
				code: azuresim.CodePrincipalNotFound, says: "our deployment waits and stops; the CLI warns and exits with 0",
				advice: "Waited 1s for it. These grants of the component may not work yet, or are not what is missing:",
			},
		},
		{
			recording: "23d-forbidden-kubelet-identity", set: all(userAssigned, ownKubelet),
			precondition: func(w *world) { w.refuseGrants(-1, 403, azuresim.CodeAuthorizationFailed) },
			untouched:    stopsBefore,
			stops: &stop{
				code: azuresim.CodeAuthorizationFailed, says: "our deployment stops too, at the first try, and says which roles may grant",
				advice: "Whoever deploys may not grant roles at this scope: it takes Owner, User Access Administrator or Role Based Access Control " +
					"Administrator there. A team that has the right can make the grants of a new cluster with VnetDelegation or " +
					"AddonIdentityGrants in a stack of its own; the cluster then says grantMode: none.",
			},
		},
		{
			recording: "23j-role-assignment-exists-409", set: inSubnet,
			precondition: func(w *world) { w.refuseGrants(-1, 409, azuresim.CodeRoleAssignmentExists) },
			stops:        existsAlready(),
		},
		{
			recording: "23m-addon-identity-missing-monitoring", set: monitoring((*world).workspace, true),
			precondition: func(w *world) { w.cloud.Configure(azuresim.WithoutAddonIdentity("omsagent")) },
			refused:      []refusal{{"addons.monitoring.legacyAuthentication", ""}},
		},
		{
			recording: "23p-identity-profile-missing", set: registry,
			precondition: func(w *world) { w.cloud.Configure(azuresim.WithoutIdentityProfile()) },
			stops: &stop{
				code: "the kubelet identity has no principal ID", says: "our deployment stops and names the identity; the CLI warns and exits with 0",
				advice: "  - registryIds.mine: the kubelet identity has no principal ID, so it cannot be granted AcrPull there; Azure returned none. " +
					"Fix: for an add-on, see whether the cluster really made an identity for it.",
			},
		},
	}
}
