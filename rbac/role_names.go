package rbac

import "strings"

// RoleName is the name of a role definition as Azure shows it: "Network Contributor". Built-in roles have the same one in
// every tenant; those of custom roles are the tenant's own. [BuiltinRole] and [FindRole] compare names without regard to
// letter case and to spaces around them, ==, as always, letter by letter.
//
// The constants of this file are names of built-in roles, all of them among [BuiltinRoles]. Each comment is what the role is
// for, in our words; what it holds stands in data/builtin-roles.json.
type RoleName string

// key is what names are compared by. Azure has one with a space at its end.
func (n RoleName) key() string { return lower(strings.TrimSpace(string(n))) }

// Roles for everything.
const (
	// Owner manages everything and who has access to it. No identity of a cluster needs it.
	Owner RoleName = "Owner"
	// Contributor manages everything except who has access to it.
	Contributor RoleName = "Contributor"
	// Reader reads every resource through the control plane, and no data.
	Reader RoleName = "Reader"
	// UserAccessAdministrator reads every resource and manages who has access.
	UserAccessAdministrator RoleName = "User Access Administrator"
	// RoleBasedAccessControlAdministrator assigns roles and reads every resource; what a deployer needs beside Contributor.
	RoleBasedAccessControlAdministrator RoleName = "Role Based Access Control Administrator"
)

// Networks and names.
const (
	// NetworkContributor manages everything in Microsoft.Network and nothing outside it.
	NetworkContributor RoleName = "Network Contributor"
	// DNSZoneContributor manages public DNS zones and their records; gives nothing on private ones.
	DNSZoneContributor RoleName = "DNS Zone Contributor"
	// PrivateDNSZoneContributor manages private DNS zones and their records; linking a network takes a grant on it.
	PrivateDNSZoneContributor RoleName = "Private DNS Zone Contributor"
	// DNSResolverContributor manages DNS private resolvers and joins subnets for them.
	DNSResolverContributor RoleName = "DNS Resolver Contributor"
	// AppGwForContainersConfigurationManager configures Application Gateway for Containers.
	AppGwForContainersConfigurationManager RoleName = "AppGw for Containers Configuration Manager"
)

// Identities.
const (
	// ManagedIdentityOperator reads user-assigned identities and assigns them to resources.
	ManagedIdentityOperator RoleName = "Managed Identity Operator"
	// ManagedIdentityContributor creates, changes and deletes user-assigned identities; cannot assign them.
	ManagedIdentityContributor RoleName = "Managed Identity Contributor"
	// ManagedIdentityFederatedIdentityCredentialContributor manages the federated credentials of user-assigned identities.
	ManagedIdentityFederatedIdentityCredentialContributor RoleName = "Managed Identity Federated Identity Credential Contributor"
)

// Registries.
const (
	// AcrPull pulls images from a registry in RBAC mode.
	AcrPull RoleName = "AcrPull"
	// AcrPush pulls from and pushes to a registry in RBAC mode.
	AcrPush RoleName = "AcrPush"
	// ContainerRegistryRepositoryReader pulls images from a registry in ABAC mode.
	ContainerRegistryRepositoryReader RoleName = "Container Registry Repository Reader"
	// ContainerRegistryRepositoryWriter pulls from and pushes to a registry in ABAC mode.
	ContainerRegistryRepositoryWriter RoleName = "Container Registry Repository Writer"
	// ContainerRegistryRepositoryCatalogLister lists the repositories of a registry in ABAC mode.
	ContainerRegistryRepositoryCatalogLister RoleName = "Container Registry Repository Catalog Lister"
)

// Vaults.
const (
	// KeyVaultSecretsUser reads the values of secrets.
	KeyVaultSecretsUser RoleName = "Key Vault Secrets User"
	// KeyVaultCertificateUser reads certificates and the values of secrets, those of certificates included.
	KeyVaultCertificateUser RoleName = "Key Vault Certificate User"
	// KeyVaultCryptoUser encrypts, decrypts, signs and wraps with keys; what KMS needs.
	KeyVaultCryptoUser RoleName = "Key Vault Crypto User"
	// KeyVaultCryptoServiceEncryptionUser wraps and unwraps keys; what a disk encryption set needs.
	KeyVaultCryptoServiceEncryptionUser RoleName = "Key Vault Crypto Service Encryption User"
	// KeyVaultContributor manages vaults, and reads nothing of what is in them; a private vault for KMS needs it.
	KeyVaultContributor RoleName = "Key Vault Contributor"
	// KeyVaultReader reads vaults and the metadata in them, no secret values.
	KeyVaultReader RoleName = "Key Vault Reader"
	// KeyVaultSecretsOfficer manages secrets.
	KeyVaultSecretsOfficer RoleName = "Key Vault Secrets Officer"
	// KeyVaultCryptoOfficer manages keys.
	KeyVaultCryptoOfficer RoleName = "Key Vault Crypto Officer"
	// KeyVaultAdministrator manages everything in a vault.
	KeyVaultAdministrator RoleName = "Key Vault Administrator"
)

// Monitoring.
const (
	// MonitoringMetricsPublisher publishes metrics; needed by the monitoring add-on with legacy authentication only.
	MonitoringMetricsPublisher RoleName = "Monitoring Metrics Publisher"
	// MonitoringReader reads every resource through the control plane and searches logs.
	MonitoringReader RoleName = "Monitoring Reader"
	// MonitoringContributor reads every resource and changes monitoring settings.
	MonitoringContributor RoleName = "Monitoring Contributor"
	// MonitoringDataReader queries the metrics of an Azure Monitor workspace.
	MonitoringDataReader RoleName = "Monitoring Data Reader"
	// LogAnalyticsContributor manages Log Analytics workspaces, reads every resource and lists storage keys.
	LogAnalyticsContributor RoleName = "Log Analytics Contributor"
)

// Machines and disks.
const (
	// VirtualMachineContributor manages virtual machines and disks; what a disk in another resource group needs.
	VirtualMachineContributor RoleName = "Virtual Machine Contributor"
	// DiskPoolOperator reads and writes disks for a disk pool.
	DiskPoolOperator RoleName = "Disk Pool Operator"
	// DiskRestoreOperator restores disks from backup.
	DiskRestoreOperator RoleName = "Disk Restore Operator"
	// DiskSnapshotContributor manages snapshots of disks, and storage accounts with their keys.
	DiskSnapshotContributor RoleName = "Disk Snapshot Contributor"
	// DiskBackupReader reads disks for backup.
	DiskBackupReader RoleName = "Disk Backup Reader"
	// DiskEncryptionSetOperator reads disk encryption sets to put disks under them.
	DiskEncryptionSetOperator RoleName = "Disk Encryption Set Operator for Managed Disks"
	// DataOperatorForManagedDisks uploads to and downloads from disks and snapshots.
	DataOperatorForManagedDisks RoleName = "Data Operator for Managed Disks"
	// DedicatedHostContributor manages dedicated host groups and hosts.
	DedicatedHostContributor RoleName = "Dedicated Host Contributor Role"
)

// Storage.
const (
	// StorageAccountContributor manages storage accounts and reads their keys.
	StorageAccountContributor RoleName = "Storage Account Contributor"
	// StorageAccountKeyOperator lists and regenerates the keys of storage accounts.
	StorageAccountKeyOperator RoleName = "Storage Account Key Operator Service Role"
	// StorageFileDataSMBMIAdmin full access to file shares over SMB for a managed identity.
	StorageFileDataSMBMIAdmin RoleName = "Storage File Data SMB MI Admin"
	// StorageBlobDataContributor reads, writes and deletes blobs.
	StorageBlobDataContributor RoleName = "Storage Blob Data Contributor"
	// StorageBlobDataReader reads blobs.
	StorageBlobDataReader RoleName = "Storage Blob Data Reader"
	// AzureContainerStorageOperator what Azure Container Storage needs of disks and networks.
	AzureContainerStorageOperator RoleName = "Azure Container Storage Operator"
)

// Containers and clusters.
const (
	// AzureContainerInstancesContributor manages container groups; what virtual nodes run.
	AzureContainerInstancesContributor RoleName = "Azure Container Instances Contributor Role"
	// AKSContributor manages clusters as Azure resources.
	AKSContributor RoleName = "Azure Kubernetes Service Contributor Role"
	// AKSClusterAdmin fetches the administrator's kubeconfig and runs commands in the cluster.
	AKSClusterAdmin RoleName = "Azure Kubernetes Service Cluster Admin Role"
	// AKSClusterUser fetches the user's kubeconfig.
	AKSClusterUser RoleName = "Azure Kubernetes Service Cluster User Role"
	// AKSRBACClusterAdmin does everything inside a cluster with Azure RBAC for Kubernetes.
	AKSRBACClusterAdmin RoleName = "Azure Kubernetes Service RBAC Cluster Admin"
	// AKSRBACAdmin does everything inside namespaces, quotas and namespaces themselves excepted.
	AKSRBACAdmin RoleName = "Azure Kubernetes Service RBAC Admin"
	// AKSRBACWriter changes most objects inside namespaces.
	AKSRBACWriter RoleName = "Azure Kubernetes Service RBAC Writer"
	// AKSRBACReader reads most objects inside namespaces, secrets excepted.
	AKSRBACReader RoleName = "Azure Kubernetes Service RBAC Reader"
)
