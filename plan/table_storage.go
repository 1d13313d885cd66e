package plan

import "github.com/aksidentity/pulumi-aksidentity/rbac"

// Uses of disks, volumes and keys.
const (
	Disk                  Use = "disk"
	DiskGroup             Use = "resource group of dynamic disks"
	SnapshotGroup         Use = "resource group of snapshots"
	DiskEncryptionSet     Use = "disk encryption set"
	EncryptionVault       Use = "key vault of a disk encryption set"
	StorageAccount        Use = "storage account"
	KubeletStorageAccount Use = "storage account whose keys are not stored"
	FileShareAccount      Use = "storage account of file shares"
	KeyVaultKMS           Use = "key vault of etcd encryption"
	KeyVaultKMSPrivate    Use = "private key vault of etcd encryption"
	KMSKey                Use = "key of etcd encryption"
)

const (
	typeVault   = "Microsoft.KeyVault/vaults"
	typeStorage = "Microsoft.Storage/storageAccounts"
	// TypeDiskEncryptionSet is the ARM type of a disk encryption set.
	TypeDiskEncryptionSet = "Microsoft.Compute/diskEncryptionSets"
)

func storageRows() []UseInfo {
	const (
		sourceDisks        = "Microsoft, Azure disk volumes (azure-aks-docs create-volume-azure-disk.md, read 2026-08-21)"
		sourceCustomerKeys = "Microsoft, customer-managed keys (azure-aks-docs azure-disk-customer-managed-keys.md, read 2026-08-21)"
		sourceKMS          = "Microsoft, KMS etcd encryption (azure-aks-docs use-kms-etcd-encryption.md, read 2026-08-21)"
		noKMS              = "the feature does not support a system-assigned cluster identity"
		readKeys           = "read the keys of the account for file and blob volumes"
	)
	crypto := rule(rbac.KeyVaultCryptoUser, AtResource, "encrypt and decrypt etcd with the key", sourceKMS, "kms-public-vault")
	return []UseInfo{
		// Network Contributor, which one article names for disks, covers nothing of Microsoft.Compute.
		row(Disk, controlPlane, "Microsoft.Compute/disks",
			rule(rbac.VirtualMachineContributor, AtResource, "attach and detach the disk",
				"Microsoft, service principals with AKS (azure-aks-docs kubernetes-service-principal.md, read 2026-08-21)", "disk-static-other-rg")),
		row(DiskGroup, controlPlane, ResourceGroupType,
			rule(rbac.VirtualMachineContributor, AtResource, "create, attach and delete disks in the group", sourceDisks, "disk-dynamic-other-rg")),
		row(SnapshotGroup, controlPlane, ResourceGroupType,
			rule(rbac.DiskSnapshotContributor, AtResource, "create and delete snapshots in the group",
				sourceDisks+"; the narrower role that covers the same actions", "snapshot-other-rg")),
		row(DiskEncryptionSet, controlPlane, TypeDiskEncryptionSet,
			rule(rbac.Reader, AtResource, "read the encryption set when disks are created", sourceCustomerKeys, "disk-encryption-set")),
		row(EncryptionVault, EncryptionSet, typeVault,
			rule(rbac.KeyVaultCryptoServiceEncryptionUser, AtResource, "wrap and unwrap the keys of disks", sourceCustomerKeys, "des-key-access")).
			mode(VaultWithRBAC),
		row(StorageAccount, controlPlane, typeStorage,
			rule(rbac.StorageAccountContributor, AtResource, readKeys, sourceServicePermissions, "storage-account-other-rg")),
		row(KubeletStorageAccount, kubelet, typeStorage,
			rule(rbac.StorageAccountContributor, AtResource, readKeys+" at each mount, where they are not stored in the cluster",
				sourceServicePermissions, "storage-account-other-rg")),
		row(FileShareAccount, kubelet, typeStorage,
			rule(rbac.StorageFileDataSMBMIAdmin, AtResource, "mount file shares with the nodes' identity", sourceFiles, "files-smb-managed-identity")),
		row(KeyVaultKMS, controlPlane, typeVault, crypto).refused("", noKMS).mode(VaultWithRBAC),
		row(KeyVaultKMSPrivate, controlPlane, typeVault, crypto,
			rule(rbac.KeyVaultContributor, AtResource, "approve the private endpoint through which AKS reaches the vault", sourceKMS, "kms-private-vault")).
			refused("", noKMS).mode(VaultWithRBAC),
		// The reference Bicep module's tests grant at the key, and Azure evaluates data actions there.
		row(KMSKey, controlPlane, typeVault+"/keys", crypto).refused("", noKMS),
	}
}
