package rbac

// The constants of this file are names of built-in roles, for [BuiltinRole]. Each comment is what the role is for, in our
// words; what it holds stands in data/builtin-roles.json.

// Roles for everything.
const (
	// Owner manages everything and who has access to it. No identity of a cluster needs it.
	Owner = "Owner"
	// Contributor manages everything except who has access to it.
	Contributor = "Contributor"
	// Reader reads every resource through the control plane, and no data.
	Reader = "Reader"
	// UserAccessAdministrator reads every resource and manages who has access.
	UserAccessAdministrator = "User Access Administrator"
	// RoleBasedAccessControlAdministrator assigns roles and reads every resource; what a deployer needs beside Contributor.
	RoleBasedAccessControlAdministrator = "Role Based Access Control Administrator"
)

// Networks and names.
const (
	// NetworkContributor manages everything in Microsoft.Network and nothing outside it.
	NetworkContributor = "Network Contributor"
	// DNSZoneContributor manages public DNS zones and their records; gives nothing on private ones.
	DNSZoneContributor = "DNS Zone Contributor"
	// PrivateDNSZoneContributor manages private DNS zones and their records; linking a network takes a grant on it.
	PrivateDNSZoneContributor = "Private DNS Zone Contributor"
	// DNSResolverContributor manages DNS private resolvers and joins subnets for them.
	DNSResolverContributor = "DNS Resolver Contributor"
	// AppGwForContainersConfigurationManager configures Application Gateway for Containers.
	AppGwForContainersConfigurationManager = "AppGw for Containers Configuration Manager"
)

// Identities.
const (
	// ManagedIdentityOperator reads user-assigned identities and assigns them to resources.
	ManagedIdentityOperator = "Managed Identity Operator"
	// ManagedIdentityContributor creates, changes and deletes user-assigned identities; cannot assign them.
	ManagedIdentityContributor = "Managed Identity Contributor"
	// ManagedIdentityFederatedIdentityCredentialContributor manages the federated credentials of user-assigned identities.
	ManagedIdentityFederatedIdentityCredentialContributor = "Managed Identity Federated Identity Credential Contributor"
)

// Registries.
const (
	// AcrPull pulls images from a registry in RBAC mode.
	AcrPull = "AcrPull"
	// AcrPush pulls from and pushes to a registry in RBAC mode.
	AcrPush = "AcrPush"
	// ContainerRegistryRepositoryReader pulls images from a registry in ABAC mode.
	ContainerRegistryRepositoryReader = "Container Registry Repository Reader"
	// ContainerRegistryRepositoryWriter pulls from and pushes to a registry in ABAC mode.
	ContainerRegistryRepositoryWriter = "Container Registry Repository Writer"
	// ContainerRegistryRepositoryCatalogLister lists the repositories of a registry in ABAC mode.
	ContainerRegistryRepositoryCatalogLister = "Container Registry Repository Catalog Lister"
)

// Vaults.
const (
	// KeyVaultSecretsUser reads the values of secrets.
	KeyVaultSecretsUser = "Key Vault Secrets User"
	// KeyVaultCertificateUser reads certificates and the values of secrets, those of certificates included.
	KeyVaultCertificateUser = "Key Vault Certificate User"
	// KeyVaultCryptoUser encrypts, decrypts, signs and wraps with keys; what KMS needs.
	KeyVaultCryptoUser = "Key Vault Crypto User"
	// KeyVaultCryptoServiceEncryptionUser wraps and unwraps keys; what a disk encryption set needs.
	KeyVaultCryptoServiceEncryptionUser = "Key Vault Crypto Service Encryption User"
	// KeyVaultContributor manages vaults, and reads nothing of what is in them; a private vault for KMS needs it.
	KeyVaultContributor = "Key Vault Contributor"
	// KeyVaultReader reads vaults and the metadata in them, no secret values.
	KeyVaultReader = "Key Vault Reader"
	// KeyVaultSecretsOfficer manages secrets.
	KeyVaultSecretsOfficer = "Key Vault Secrets Officer"
	// KeyVaultCryptoOfficer manages keys.
	KeyVaultCryptoOfficer = "Key Vault Crypto Officer"
	// KeyVaultAdministrator manages everything in a vault.
	KeyVaultAdministrator = "Key Vault Administrator"
)

// Monitoring.
const (
	// MonitoringMetricsPublisher publishes metrics; needed by the monitoring add-on with legacy authentication only.
	MonitoringMetricsPublisher = "Monitoring Metrics Publisher"
	// MonitoringReader reads every resource through the control plane and searches logs.
	MonitoringReader = "Monitoring Reader"
	// MonitoringContributor reads every resource and changes monitoring settings.
	MonitoringContributor = "Monitoring Contributor"
	// MonitoringDataReader queries the metrics of an Azure Monitor workspace.
	MonitoringDataReader = "Monitoring Data Reader"
	// LogAnalyticsContributor manages Log Analytics workspaces, reads every resource and lists storage keys.
	LogAnalyticsContributor = "Log Analytics Contributor"
)

// Machines and disks.
const (
	// VirtualMachineContributor manages virtual machines and disks; what a disk in another resource group needs.
	VirtualMachineContributor = "Virtual Machine Contributor"
	// DiskPoolOperator reads and writes disks for a disk pool.
	DiskPoolOperator = "Disk Pool Operator"
	// DiskRestoreOperator restores disks from backup.
	DiskRestoreOperator = "Disk Restore Operator"
	// DiskSnapshotContributor manages snapshots of disks, and storage accounts with their keys.
	DiskSnapshotContributor = "Disk Snapshot Contributor"
	// DiskBackupReader reads disks for backup.
	DiskBackupReader = "Disk Backup Reader"
	// DiskEncryptionSetOperator reads disk encryption sets to put disks under them.
	DiskEncryptionSetOperator = "Disk Encryption Set Operator for Managed Disks"
	// DataOperatorForManagedDisks uploads to and downloads from disks and snapshots.
	DataOperatorForManagedDisks = "Data Operator for Managed Disks"
	// DedicatedHostContributor manages dedicated host groups and hosts.
	DedicatedHostContributor = "Dedicated Host Contributor Role"
)

// Storage.
const (
	// StorageAccountContributor manages storage accounts and reads their keys.
	StorageAccountContributor = "Storage Account Contributor"
	// StorageAccountKeyOperator lists and regenerates the keys of storage accounts.
	StorageAccountKeyOperator = "Storage Account Key Operator Service Role"
	// StorageFileDataSMBMIAdmin full access to file shares over SMB for a managed identity.
	StorageFileDataSMBMIAdmin = "Storage File Data SMB MI Admin"
	// StorageBlobDataContributor reads, writes and deletes blobs.
	StorageBlobDataContributor = "Storage Blob Data Contributor"
	// StorageBlobDataReader reads blobs.
	StorageBlobDataReader = "Storage Blob Data Reader"
	// AzureContainerStorageOperator what Azure Container Storage needs of disks and networks.
	AzureContainerStorageOperator = "Azure Container Storage Operator"
)

// Containers and clusters.
const (
	// AzureContainerInstancesContributor manages container groups; what virtual nodes run.
	AzureContainerInstancesContributor = "Azure Container Instances Contributor Role"
	// AKSContributor manages clusters as Azure resources.
	AKSContributor = "Azure Kubernetes Service Contributor Role"
	// AKSClusterAdmin fetches the administrator's kubeconfig and runs commands in the cluster.
	AKSClusterAdmin = "Azure Kubernetes Service Cluster Admin Role"
	// AKSClusterUser fetches the user's kubeconfig.
	AKSClusterUser = "Azure Kubernetes Service Cluster User Role"
	// AKSRBACClusterAdmin does everything inside a cluster with Azure RBAC for Kubernetes.
	AKSRBACClusterAdmin = "Azure Kubernetes Service RBAC Cluster Admin"
	// AKSRBACAdmin does everything inside namespaces, quotas and namespaces themselves excepted.
	AKSRBACAdmin = "Azure Kubernetes Service RBAC Admin"
	// AKSRBACWriter changes most objects inside namespaces.
	AKSRBACWriter = "Azure Kubernetes Service RBAC Writer"
	// AKSRBACReader reads most objects inside namespaces, secrets excepted.
	AKSRBACReader = "Azure Kubernetes Service RBAC Reader"
)
