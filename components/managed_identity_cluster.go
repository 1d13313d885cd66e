package components

import (
	"slices"

	aks "github.com/pulumi/pulumi-azure-native-sdk/containerservice/v2/v20250101"
	"github.com/pulumi/pulumi-azure-native-sdk/managedidentity/v2"
	"github.com/pulumi/pulumi-azure-native-sdk/resources/v2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/internal/clock"
	"github.com/aksidentity/pulumi-aksidentity/plan"
)

// ManagedIdentityClusterToken is the component's type in state and in every language.
const ManagedIdentityClusterToken = "aksidentity:index:ManagedIdentityCluster"

// ManagedIdentityCluster is an AKS cluster with its identities and the grants that its arguments call for.
//
// Children have these logical names, for transforms: <name> is the cluster (ManagedCluster), <name>-group the resource
// group, <name>-control-plane and <name>-kubelet the identities, <name>-<pool> each further pool,
// <name>-aksManagedAutoUpgradeSchedule and <name>-aksManagedNodeOSUpgradeSchedule the windows, <name>-monitoring,
// <name>-monitoring-association and <name>-monitoring-workspace what Container Insights collects with, and
// <name>-<identity>-<role>-<argument> each grant, as <name>-control-plane-network-contributor-subnets.nodes.
type ManagedIdentityCluster struct {
	pulumi.ResourceState

	// ClusterID is the cluster's Azure resource ID.
	ClusterID pulumi.StringOutput `pulumi:"clusterId"`
	// ClusterName is the cluster's name in Azure.
	ClusterName pulumi.StringOutput `pulumi:"clusterName"`
	// ResourceGroupName is the group of the cluster.
	ResourceGroupName pulumi.StringOutput `pulumi:"resourceGroupName"`
	// NodeResourceGroup is the group in which AKS keeps the nodes.
	NodeResourceGroup pulumi.StringOutput `pulumi:"nodeResourceGroup"`
	// IdentityType of the control plane: SystemAssigned or UserAssigned.
	IdentityType pulumi.StringOutput `pulumi:"identityType"`
	// PrincipalID of the control plane: the one that grants name.
	PrincipalID pulumi.StringOutput `pulumi:"principalId"`
	// TenantID of the control plane's identity.
	TenantID pulumi.StringOutput `pulumi:"tenantId"`
	// Kubelet is the identity of the nodes.
	Kubelet IdentityRecordOutput `pulumi:"kubelet"`
	// AddonIdentities are the identities that AKS made for add-ons, by add-on key in the spelling of the AKS
	// documentation. An add-on that has none is absent.
	AddonIdentities IdentityRecordMapOutput `pulumi:"addonIdentities"`
	// OIDCIssuerURL is the address of who issues the tokens of service accounts; empty when the issuer is off.
	OIDCIssuerURL pulumi.StringOutput `pulumi:"oidcIssuerUrl"`
	// FQDN of the API server; the private one of a private cluster.
	FQDN pulumi.StringOutput `pulumi:"fqdn"`
	// Kubeconfig for the cluster, always secret. It waits for Ready. KubeconfigLogin says how it signs in to a cluster with Entra.
	Kubeconfig pulumi.StringOutput `pulumi:"kubeconfig"`
	// Host is the URL of the API server as the kubeconfig has it, https:// and the port included. With ClusterCACertificate it is what a
	// kubeconfig of your own needs. It waits for Ready.
	Host pulumi.StringOutput `pulumi:"host"`
	// ClusterCACertificate is the certificate of the authority that signed the API server's: PEM in base64, as certificate-authority-data
	// of a kubeconfig takes it. It is no secret, and waits for Ready.
	ClusterCACertificate pulumi.StringOutput `pulumi:"clusterCaCertificate"`
	// Ready is true once the cluster, its pools and its association with a data collection rule exist and every grant is old enough to
	// work, see Propagation.SettleSeconds. Make what uses the cluster depend on it.
	Ready pulumi.BoolOutput `pulumi:"ready"`
	// Grants that exist, with principal, role, scope, reason and assignment ID.
	Grants GrantRecordArrayOutput `pulumi:"grants"`
	// PlannedGrants are the same grants as far as they are known at preview: all of them, with their reasons.
	PlannedGrants PlannedGrantRecordArrayOutput `pulumi:"plannedGrants"`

	// Adopted is true when the cluster existed and was taken over: what the arguments do not say stays as it was found.
	Adopted pulumi.BoolOutput `pulumi:"adopted"`

	// Cluster is the AKS resource itself, for Go programs.
	Cluster *aks.ManagedCluster
}

// NewManagedIdentityCluster makes a cluster. APIServer is required. Problems of the arguments that can be known
// before Azure is asked come back together as [plan.Problems], and nothing is created.
//
// The component that comes with such an error has outputs without values, so a program with several components can hear of the
// problems of all in one run:
//
//	cluster, err1 := components.NewManagedIdentityCluster(ctx, "shop", clusterArgs)
//	network, err2 := components.NewVnetDelegation(ctx, "network", delegationArgs) // may take cluster.PrincipalID
//	if err := errors.Join(err1, err2); err != nil {
//		return err
//	}
//
// The options dependsOn and customTimeouts hold for each resource in it. ignoreChanges, replaceOnChanges, additionalSecretOutputs and
// deleteBeforeReplace have no effect, and a warning says so: use the arguments ignoreChanges of the cluster and its pools, or a transform.
func NewManagedIdentityCluster(
	ctx *pulumi.Context, name string, args *ManagedIdentityClusterArgs, opts ...pulumi.ResourceOption,
) (*ManagedIdentityCluster, error) {
	if args == nil {
		return refuse(ctx, ManagedIdentityClusterToken, name, &ManagedIdentityCluster{}, missingArgs("apiServer"))
	}
	shape, decided := args.plan(dayOf(clock.From(ctx.Context())))
	c := &ManagedIdentityCluster{}
	return construct(ctx, ManagedIdentityClusterToken, name, c, decided, args.Explain, opts, func(g *granter) error {
		return (&clusterBuilder{ctx: ctx, name: name, args: args, component: c, plan: decided, effective: shape, grants: g}).build()
	})
}

// clusterBuilder carries out a plan, step by step.
type clusterBuilder struct {
	ctx       *pulumi.Context
	name      string
	args      *ManagedIdentityClusterArgs
	component *ManagedIdentityCluster
	plan      plan.Plan
	effective plan.Cluster

	group        pulumi.StringInput
	location     pulumi.StringPtrInput
	controlPlane *identityInputs
	kubelet      *identityInputs
	grants       *granter
	adopted      *adoptedCluster
	before       []madeGrant
	after        []madeGrant
	access       []madeGrant
	monitoring   collection
	associations []pulumi.Resource
	cluster      *aks.ManagedCluster
	now          clusterNow
	pools        []pulumi.Resource
}

// build follows the order that AKS needs: what it checks while it creates the cluster comes first.
func (b *clusterBuilder) build() error {
	for _, step := range []func() error{
		b.makeHooks, b.checkArriving, b.lookAtIdentities, b.lookAtCluster, b.makeGroup, b.makeIdentities, b.checkTaken, b.grantBefore, b.makeCollection, b.makeCluster, b.grantAfter, b.grantAccess,
		b.associate, b.makePools, b.makeWindows, b.setOutputs,
	} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

func (b *clusterBuilder) makeHooks() error {
	if err := b.grants.waitFor(b.args.Propagation, b.plan.Grants); err != nil {
		return err
	}
	return b.grants.checkingDeployer(b.args.CheckDeployer, b.plan)
}

func (b *clusterBuilder) makeGroup() error {
	b.location = b.args.Location
	if !isNil(b.args.ResourceGroupName) {
		b.group = b.args.ResourceGroupName.ToStringPtrOutput().Elem()
		return nil
	}
	group, err := resources.NewResourceGroup(b.ctx, b.name+"-group", &resources.ResourceGroupArgs{
		ResourceGroupName: b.args.NewResourceGroupName, Location: b.args.Location, Tags: b.args.Tags,
	}, b.grants.waiting()...)
	if err != nil {
		return err
	}
	b.group = group.Name
	if isNil(b.location) {
		b.location = group.Location.ToStringPtrOutput()
	}
	return nil
}

// identityInputs are the names of one user-assigned identity, given or created.
type identityInputs struct {
	resourceID, principalID, clientID pulumi.StringInput
	tenantID                          pulumi.StringOutput
	created                           bool
}

func (b *clusterBuilder) makeIdentities() (err error) {
	if b.effective.IsUserAssigned() {
		b.controlPlane, err = b.identity(plan.ControlPlane, givenIdentity{"identity.userAssigned", b.args.Identity.UserAssigned})
	}
	if err == nil && b.args.KubeletIdentity != nil {
		b.kubelet, err = b.identity(plan.Kubelet, givenIdentity{"kubeletIdentity.existing", b.args.KubeletIdentity.Existing})
	}
	return err
}

func (b *clusterBuilder) identity(kind plan.IdentityKind, given givenIdentity) (*identityInputs, error) {
	if given.args != nil {
		b.grants.arguments[plan.Identity{Kind: kind}] = given.path.Field("principalId")
		return given.inputs(b.grants), nil
	}
	made, err := managedidentity.NewUserAssignedIdentity(b.ctx, b.name+"-"+string(kind), &managedidentity.UserAssignedIdentityArgs{
		ResourceGroupName: b.group, Location: b.location, Tags: b.args.Tags,
	}, b.grants.waiting()...)
	if err != nil {
		return nil, err
	}
	return &identityInputs{
		resourceID:  made.ID().ToStringOutput(),
		principalID: b.grants.shown(made, made.PrincipalId, func(id string) string { return b.grants.identityIDs(id).Principal }),
		clientID:    b.grants.shown(made, made.ClientId, func(id string) string { return b.grants.identityIDs(id).Client }),
		tenantID:    made.TenantId, created: true,
	}, nil
}

func (b *clusterBuilder) grantBefore() (err error) {
	if b.controlPlane != nil {
		b.grants.principals[plan.Identity{Kind: plan.ControlPlane}] = b.controlPlane.principalID
	}
	if b.kubelet != nil {
		b.grants.principals[plan.Identity{Kind: plan.Kubelet}] = b.kubelet.principalID
		b.grants.own[plan.OwnKubeletIdentity] = b.kubelet.resourceID
	}
	b.before, err = b.grants.make(b.plan.GrantsIn(plan.BeforeCluster))
	return err
}

// clusterInputs are the properties of the cluster, but for its DNS prefix.
func (b *clusterBuilder) clusterInputs(addons *AddonsArgs) *aks.ManagedClusterArgs {
	properties := b.grants.clusterProperties(b.args, b.effective)
	properties.ResourceGroupName = b.group
	properties.ResourceName = b.args.ClusterName
	properties.Location = b.location
	properties.Identity, properties.IdentityProfile = b.identityProperties()
	properties.AddonProfiles = b.grants.addonProfiles(addons, b.monitoring.workspace)
	return properties
}

func (b *clusterBuilder) makeCluster() (err error) {
	properties := b.clusterInputs(b.args.Addons)
	ignored := b.args.IgnoreChanges
	if isNil(b.args.FQDNSubdomain) {
		properties.DnsPrefix = orInput(b.args.DNSPrefix, dnsPrefixFrom(b.name))
	}
	if isNil(b.args.FQDNSubdomain) && isNil(b.args.DNSPrefix) {
		// The default is chosen once: a component that gets another name, with an alias, keeps its cluster.
		ignored = append(slices.Clone(ignored), "dnsPrefix")
	}
	options := b.grants.waiting(pulumi.DependsOn(append(resourcesOf(b.before), b.monitoring.made...)))
	options = append(options, ignoring(ignored, b.args.systemPool(), inlineCount)...)
	options = append(options, b.additional(clusterAddition(b.args), systemPoolAddition(b.args.systemPool()))...)
	keeping, err := b.keepingKubelet()
	if err != nil {
		return err
	}
	gates, err := b.gates()
	if err != nil {
		return err
	}
	options = slices.Concat(options, keeping, gates, b.taken(), b.settled(), b.tellingFormer(), b.secretOutputs(), b.secretPools())
	b.cluster, err = aks.NewManagedCluster(b.ctx, b.name, properties, options...)
	return err
}

func (b *clusterBuilder) identityProperties() (aks.ManagedClusterIdentityPtrInput, aks.UserAssignedIdentityMapInput) {
	identity := aks.ManagedClusterIdentityArgs{Type: aks.ResourceIdentityTypeSystemAssigned}
	if b.controlPlane != nil {
		identity.Type = aks.ResourceIdentityTypeUserAssigned
		identity.UserAssignedIdentities = pulumi.StringArray{b.controlPlane.resourceID}
	}
	if b.kubelet == nil {
		return identity, nil
	}
	return identity, aks.UserAssignedIdentityMap{"kubeletidentity": aks.UserAssignedIdentityArgs{
		ResourceId: b.kubelet.resourceID.ToStringOutput().ToStringPtrOutput(),
		ClientId:   b.kubelet.clientID.ToStringOutput().ToStringPtrOutput(),
		ObjectId:   b.kubelet.principalID.ToStringOutput().ToStringPtrOutput(),
	}}
}

func (b *clusterBuilder) grantAfter() (err error) {
	if b.controlPlane == nil {
		b.grants.principals[plan.Identity{Kind: plan.ControlPlane}] = b.told(plan.Identity{Kind: plan.ControlPlane}, systemPrincipal(b.cluster))
	}
	if b.kubelet == nil {
		b.grants.principals[plan.Identity{Kind: plan.Kubelet}] = b.told(plan.Identity{Kind: plan.Kubelet}, kubeletRecord(b.cluster).PrincipalID())
	}
	addons := addonRecords(b.cluster, b.effective.Addons.Routing != nil)
	for _, identity := range b.plan.Identities {
		if identity.Kind == plan.Addon {
			b.grants.principals[identity.Identity] = b.told(identity.Identity, addons.MapIndex(pulumi.String(identity.Name)).PrincipalID())
		}
	}
	b.grants.own[plan.OwnCluster] = b.cluster.ID().ToStringOutput()
	b.after, err = b.grants.make(slices.DeleteFunc(b.plan.GrantsIn(plan.AfterCluster), isAccess), b.cluster)
	return err
}

// makePools adds the further pools one after the other: AKS refuses two pool operations at once (OperationNotAllowed).
// Each waits for the grants, so that its nodes find their subnet open.
func (b *clusterBuilder) makePools() error {
	previous := append([]pulumi.Resource{b.cluster}, resourcesOf(b.after)...)
	for i, pool := range b.args.Pools {
		properties := poolProperties(pool, b.effective.Pools[i], b.args)
		properties.ResourceGroupName = b.group
		properties.ResourceName = b.cluster.Name
		options := b.grants.waiting(pulumi.DependsOn(previous), pulumi.DeletedWith(b.cluster))
		options = append(options, ignoring(slices.Concat(pool.IgnoreChanges, b.settledPool(pool)), pool, "count")...)
		options = append(options, b.additional(poolAddition(i, pool))...)
		taken, err := b.takenPool(i, pool, properties)
		if err != nil {
			return err
		}
		options = append(options, taken...)
		made, err := aks.NewAgentPool(b.ctx, b.name+"-"+pool.Name, &properties, options...)
		if err != nil {
			return err
		}
		previous = []pulumi.Resource{made}
		b.pools = append(b.pools, made)
	}
	return nil
}

// ignoring leaves the count of an autoscaled pool to the autoscaler: after a refresh it would otherwise be set back.
func ignoring(asked []string, pool *NodePoolArgs, count string) []pulumi.ResourceOption {
	if pool.Autoscaling != nil {
		asked = append(append([]string{}, asked...), count)
	}
	if len(asked) == 0 {
		return nil
	}
	return []pulumi.ResourceOption{pulumi.IgnoreChanges(asked)}
}

func (b *clusterBuilder) makeWindows() error {
	for _, config := range []string{plan.ClusterUpgradeWindow, plan.NodeOSUpgradeWindow} {
		window, ok := b.effective.Maintenance[config]
		if !ok || b.adopted != nil && b.args.Maintenance == nil {
			continue // a cluster that is taken over keeps the windows that it has
		}
		_, err := aks.NewMaintenanceConfiguration(b.ctx, b.name+"-"+config, &aks.MaintenanceConfigurationArgs{
			ConfigName: pulumi.StringPtr(config), ResourceGroupName: b.group, ResourceName: b.cluster.Name,
			MaintenanceWindow: b.grants.maintenanceWindow(plan.WindowArgument(config), window),
		}, b.grants.waiting(pulumi.DeletedWith(b.cluster))...)
		if err != nil {
			return err
		}
	}
	return nil
}

// dnsPrefixFrom makes a DNS label of the component's name; the name of the cluster itself is not known at preview when
// Pulumi makes it up, and AKS replaces a cluster whose prefix changes.
func dnsPrefixFrom(name string) string {
	label := make([]rune, 0, len(name))
	for _, r := range name {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-' && len(label) > 0 {
			label = append(label, r)
		}
		if len(label) == 54 {
			break
		}
	}
	for len(label) > 0 && label[len(label)-1] == '-' {
		label = label[:len(label)-1]
	}
	if len(label) == 0 {
		return "aks"
	}
	return string(label)
}
