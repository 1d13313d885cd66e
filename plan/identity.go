package plan

// IdentityKind is the part an identity plays for a cluster.
type IdentityKind string

// The identities through which a cluster acts on Azure.
const (
	// ControlPlane manages load balancers, routes, disks and scale sets.
	ControlPlane IdentityKind = "control-plane"
	// Kubelet is what the nodes act as: it pulls images.
	Kubelet IdentityKind = "kubelet"
	// Addon is the identity that AKS creates for one add-on; its name says which.
	Addon IdentityKind = "addon"
	// WorkloadKind is a user-assigned identity that pods act as through a federated credential.
	WorkloadKind IdentityKind = "workload"
	// Principal is any other principal whose ID the caller gives.
	Principal IdentityKind = "principal"
	// UserKind is a person who gets into the cluster.
	UserKind IdentityKind = "user"
	// GroupKind is a group whose members get into the cluster.
	GroupKind IdentityKind = "group"
	// ServicePrincipalKind is an application or a managed identity that gets into the cluster, as a pipeline.
	ServicePrincipalKind IdentityKind = "service-principal"
	// DeployerKind is whoever runs the deployment.
	DeployerKind IdentityKind = "deployer"
)

// Identity names one identity of a deployment.
type Identity struct {
	Kind IdentityKind
	// Name tells several of a kind apart: the add-on key, the workload's name, the key of who gets access. Empty for control plane,
	// kubelet and deployer.
	Name string
}

// String is the identity as it stands in logical names: control-plane, addon-azurepolicy.
func (i Identity) String() string {
	if i.Name == "" {
		return string(i.Kind)
	}
	return string(i.Kind) + "-" + i.Name
}

// Identities that the grant table speaks of.
var (
	controlPlane = Identity{Kind: ControlPlane}
	kubelet      = Identity{Kind: Kubelet}
	// BackupExtension is the identity of the Azure Backup extension.
	BackupExtension = Identity{Kind: Principal, Name: "backup-extension"}
	// BackupVault is the identity of a backup vault.
	BackupVault = Identity{Kind: Principal, Name: "backup-vault"}
	// EncryptionSet is the identity of a disk encryption set.
	EncryptionSet = Identity{Kind: Principal, Name: "disk-encryption-set"}
	// Dashboard is the identity of a Grafana workspace.
	Dashboard = Identity{Kind: Principal, Name: "grafana"}
)

// AddonIdentity is the identity that AKS creates for an add-on.
func AddonIdentity(addon AddonKey) Identity { return Identity{Kind: Addon, Name: string(addon)} }

// Source tells where an identity comes from.
type Source string

// Sources of identities.
const (
	ByAzure  Source = "created by AKS"
	Created  Source = "created by the component"
	Existing Source = "given by the caller"
	// OfCluster is an identity of a cluster that exists already.
	OfCluster Source = "read from the cluster"
	// Deploying is the principal that Pulumi signs in as.
	Deploying Source = "runs the deployment"
)

// PlannedIdentity is one identity that the deployment will have.
type PlannedIdentity struct {
	Identity
	Source Source
	// Reason says why it exists.
	Reason string
}
