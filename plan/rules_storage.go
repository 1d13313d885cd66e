package plan

import "github.com/aksidentity/pulumi-aksidentity/rbac"

func storageUses() map[Use]UseInfo {
	kms := []Rule{{
		Role: rbac.KeyVaultCryptoUser, Level: AtResource,
		Capabilities: []rbac.CapabilityID{"kms-public-vault"},
		Reason:       "encrypt and decrypt etcd with the key",
		Source:       "Microsoft, KMS etcd encryption (azure-aks-docs use-kms-etcd-encryption.md, read 2026-08-21)",
	}}
	private := append(kms[:1:1], Rule{
		Role: rbac.KeyVaultContributor, Level: AtResource,
		Capabilities: []rbac.CapabilityID{"kms-private-vault"},
		Reason:       "approve the private endpoint through which AKS reaches the vault", Source: kms[0].Source,
	})
	noKMS := &Refusal{Why: "the feature does not support a system-assigned cluster identity"}
	return map[Use]UseInfo{
		Disk: oneRule("Microsoft.Compute/disks", Rule{
			// Network Contributor, which one article names for disks, covers nothing of Microsoft.Compute.
			Role: rbac.VirtualMachineContributor, Level: AtResource,
			Capabilities: []rbac.CapabilityID{"disk-static-other-rg"},
			Reason:       "attach and detach the disk",
			Source:       "Microsoft, service principals with AKS (azure-aks-docs kubernetes-service-principal.md, read 2026-08-21)",
		}),
		DiskGroup: oneRule(ResourceGroupType, Rule{
			Role: rbac.VirtualMachineContributor, Level: AtResource,
			Capabilities: []rbac.CapabilityID{"disk-dynamic-other-rg"},
			Reason:       "create, attach and delete disks in the group",
			Source:       "Microsoft, Azure disk volumes (azure-aks-docs create-volume-azure-disk.md, read 2026-08-21)",
		}),
		SnapshotGroup: oneRule(ResourceGroupType, Rule{
			Role: rbac.DiskSnapshotContributor, Level: AtResource,
			Capabilities: []rbac.CapabilityID{"snapshot-other-rg"},
			Reason:       "create and delete snapshots in the group",
			Source:       "Microsoft, Azure disk volumes (azure-aks-docs create-volume-azure-disk.md, read 2026-08-21); the narrower role that covers the same actions",
		}),
		DiskEncryptionSet: oneRule("Microsoft.Compute/diskEncryptionSets", Rule{
			Role: rbac.Reader, Level: AtResource,
			Capabilities: []rbac.CapabilityID{"disk-encryption-set"},
			Reason:       "read the encryption set when disks are created",
			Source:       "Microsoft, customer-managed keys (azure-aks-docs azure-disk-customer-managed-keys.md, read 2026-08-21)",
		}),
		StorageAccount: oneRule("Microsoft.Storage/storageAccounts", Rule{
			Role: rbac.StorageAccountContributor, Level: AtResource,
			Capabilities: []rbac.CapabilityID{"storage-account-other-rg"},
			Reason:       "read the keys of the account for file and blob volumes", Source: sourceServicePermissions,
		}),
		KeyVaultKMS:        {ResourceType: typeVault, Refusal: noKMS, Rules: kms},
		KeyVaultKMSPrivate: {ResourceType: typeVault, Refusal: noKMS, Rules: private},
	}
}

func computeUses() map[Use]UseInfo {
	group := func(resourceType string, capability rbac.CapabilityID, what, source string) UseInfo {
		info := oneRule(resourceType, Rule{
			Role: rbac.Contributor, Level: AtResourceGroup, Capabilities: []rbac.CapabilityID{capability},
			Reason: "place nodes in the " + what, Source: source,
		})
		info.Refusal = &Refusal{Why: "a " + what + " requires a user-assigned identity according to its documentation"}
		return info
	}
	return map[Use]UseInfo{
		KubeletIdentityUse: {
			ResourceType: TypeUserAssignedIdentity,
			Refusal: &Refusal{
				Code: "CustomKubeletIdentityOnlySupportedOnUserAssignedMSICluster",
				Why:  "only a user-assigned control plane can hold Managed Identity Operator on the kubelet identity before the cluster exists",
			},
			Rules: []Rule{{
				Role: rbac.ManagedIdentityOperator, Level: AtResource,
				Capabilities: []rbac.CapabilityID{"kubelet-identity-assign"},
				Reason:       "assign the kubelet identity to the nodes; AKS checks it when the cluster is created",
				Source:       "Microsoft, pre-created kubelet identity (azure-aks-docs pre-created-kubelet-managed-identity.md, read 2026-08-21); azure-cli 2.91",
			}},
		},
		CapacityReservationGroup: group("Microsoft.Compute/capacityReservationGroups", "capacity-reservation-group", "capacity reservation group",
			"Microsoft, capacity reservation groups (azure-aks-docs use-capacity-reservation-groups.md, read 2026-08-21); actions inferred"),
		HostGroup: group("Microsoft.Compute/hostGroups", "dedicated-host-group", "dedicated host group",
			"Microsoft, dedicated hosts (azure-aks-docs use-azure-dedicated-hosts.md, read 2026-08-21); actions inferred"),
		ProximityPlacementGroup: oneRule("Microsoft.Compute/proximityPlacementGroups", Rule{
			Role: rbac.Contributor, Level: AtResource,
			Capabilities: []rbac.CapabilityID{"proximity-placement-group"},
			Reason:       "place nodes in the group; the documentation asks it of whoever deploys", Source: sourceServicePermissions,
		}),
	}
}
