package components_test

import (
	"slices"
	"strings"
	"testing"

	aks "github.com/pulumi/pulumi-azure-native-sdk/containerservice/v2/v20250101"
	"github.com/pulumi/pulumi-azure-native-sdk/resources/v2"
	azurenative "github.com/pulumi/pulumi-azure-native-sdk/v2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
	"github.com/aksidentity/pulumi-aksidentity/components"
	"github.com/aksidentity/pulumi-aksidentity/plan"
)

type object = map[string]any

// neighbourhood is what the identities of a cluster work with, each in a group of its own.
type neighbourhood struct {
	cloud                                    *azuresim.Cloud
	registry, vault, zone, snapshots, subnet string
}

func newNeighbourhood() neighbourhood {
	cloud := azuresim.New()
	return neighbourhood{
		cloud:     cloud,
		registry:  cloud.MustSeed(azuresim.ID("images", azuresim.RegistryType, "shopregistry"), nil),
		vault:     cloud.MustSeed(azuresim.ID("keys", azuresim.VaultType, "shop"), nil),
		zone:      cloud.MustSeed(azuresim.ID("dns", azuresim.DNSZoneType, "shop.example"), nil),
		snapshots: cloud.MustSeed(azuresim.GroupID(azuresim.DefaultSubscriptionID, "snapshots"), nil),
		subnet:    cloud.MustSeedSubnet("net", "hub", "shop"),
	}
}

// grants are one grant for each kind of identity that a cluster has.
func (n neighbourhood) grants(cluster pulumi.StringPtrInput) *components.AddonIdentityGrantsArgs {
	return &components.AddonIdentityGrantsArgs{
		ClusterID:              cluster,
		RegistryIDs:            pulumi.StringMap{"shop": pulumi.String(n.registry)},
		SecretVaultIDs:         pulumi.StringMap{"shop": pulumi.String(n.vault)},
		PublicDNSZoneIDs:       pulumi.StringMap{"shop": pulumi.String(n.zone)},
		BackupSnapshotGroupIDs: pulumi.StringMap{"shop": pulumi.String(n.snapshots)},
	}
}

func (n neighbourhood) delegation(cluster pulumi.StringPtrInput) *components.VnetDelegationArgs {
	return &components.VnetDelegationArgs{ClusterID: cluster, NodeSubnetIDs: pulumi.StringMap{"shop": pulumi.String(n.subnet)}}
}

// body is a cluster with the add-ons that grants need.
func (n neighbourhood) body(identity plan.IdentityType) object {
	return object{
		"identity": n.identity(identity),
		"properties": object{
			"addonProfiles":  object{"azurekeyvaultsecretsprovider": object{"enabled": true}},
			"ingressProfile": object{"webAppRouting": object{"enabled": true}},
		},
	}
}

func (n neighbourhood) identity(identity plan.IdentityType) object {
	if identity == plan.UserAssigned {
		return object{"type": "UserAssigned", "userAssignedIdentities": object{n.cloud.MustSeedIdentity("ids", "theirs").ID: object{}}}
	}
	return object{"type": string(identity)}
}

// granting makes both components.
func granting(ctx *pulumi.Context, grants *components.AddonIdentityGrantsArgs, delegated *components.VnetDelegationArgs, opts ...pulumi.ResourceOption) error {
	if _, err := components.NewAddonIdentityGrants(ctx, "grants", grants, opts...); err != nil {
		return err
	}
	made, err := components.NewVnetDelegation(ctx, "delegation", delegated, opts...)
	if err != nil {
		return err
	}
	ctx.Export("principal", made.PrincipalID)
	return nil
}

func literal(id string) pulumi.StringPtrInput { return pulumi.StringPtr(id) }

// handWritten is a cluster that a program makes with azure-native alone; secrets switches the secrets provider on.
func (n neighbourhood) handWritten(ctx *pulumi.Context, identity plan.IdentityType, secrets bool) (*aks.ManagedCluster, error) {
	group, err := resources.NewResourceGroup(ctx, "mine", &resources.ResourceGroupArgs{Location: pulumi.StringPtr("westeurope")})
	if err != nil {
		return nil, err
	}
	args := &aks.ManagedClusterArgs{
		ResourceGroupName: group.Name, DnsPrefix: pulumi.StringPtr("mine"),
		Identity:          aks.ManagedClusterIdentityArgs{Type: aks.ResourceIdentityTypeSystemAssigned},
		AgentPoolProfiles: aks.ManagedClusterAgentPoolProfileArray{aks.ManagedClusterAgentPoolProfileArgs{Name: pulumi.String("system"), Mode: pulumi.StringPtr("System"), Count: pulumi.IntPtr(1), VmSize: pulumi.StringPtr("Standard_D4ds_v5")}},
		AddonProfiles:     aks.ManagedClusterAddonProfileMap{"azureKeyvaultSecretsProvider": aks.ManagedClusterAddonProfileArgs{Enabled: pulumi.Bool(secrets)}},
		IngressProfile:    aks.ManagedClusterIngressProfileArgs{WebAppRouting: aks.ManagedClusterIngressProfileWebAppRoutingArgs{Enabled: pulumi.BoolPtr(true)}},
	}
	if identity == plan.UserAssigned {
		args.Identity = aks.ManagedClusterIdentityArgs{
			Type: aks.ResourceIdentityTypeUserAssigned, UserAssignedIdentities: pulumi.StringArray{pulumi.String(n.cloud.MustSeedIdentity("ids", "theirs").ID)},
		}
	}
	return aks.NewManagedCluster(ctx, "mine", args)
}

// TestPrincipalsAreReadFromTheCluster: an ID is all it takes, known or late, of a cluster of any origin.
func TestPrincipalsAreReadFromTheCluster(t *testing.T) {
	type origin struct {
		name    string
		cluster func(n neighbourhood, ctx *pulumi.Context, identity plan.IdentityType) (pulumi.StringPtrInput, error)
		seeded  bool
	}
	origins := []origin{
		{"of another stack", func(neighbourhood, *pulumi.Context, plan.IdentityType) (pulumi.StringPtrInput, error) {
			return literal(azuresim.ID("aks", azuresim.ManagedClusterType, "theirs")), nil
		}, true},
		{"written by hand in the same program", func(n neighbourhood, ctx *pulumi.Context, identity plan.IdentityType) (pulumi.StringPtrInput, error) {
			made, err := n.handWritten(ctx, identity, true)
			if err != nil {
				return nil, err
			}
			return made.ID().ToStringOutput(), nil
		}, false},
		{"of ours in the same program", func(_ neighbourhood, ctx *pulumi.Context, identity plan.IdentityType) (pulumi.StringPtrInput, error) {
			args := smallest()
			args.Identity = &components.ClusterIdentityArgs{Type: identity}
			args.Addons = &components.AddonsArgs{SecretsProvider: &components.SecretsProviderArgs{}, AppRouting: &components.AppRoutingArgs{}}
			made, err := components.NewManagedIdentityCluster(ctx, "aks", args)
			if err != nil {
				return nil, err
			}
			return made.ClusterID, nil
		}, false},
	}
	for _, o := range origins {
		t.Run(o.name, func(t *testing.T) {
			both(t, func(t *testing.T, identity plan.IdentityType) {
				n := newNeighbourhood()
				if o.seeded {
					n.cloud.MustSeedCluster("aks", "theirs", n.body(identity))
				}
				program := func(ctx *pulumi.Context) error {
					id, err := o.cluster(n, ctx, identity)
					if err != nil {
						return err
					}
					return granting(ctx, n.grants(id), n.delegation(id))
				}
				run := simtest.Run(t, program, simtest.WithCloud(n.cloud), simtest.WithCheck(func(_ *simtest.Stack, up simtest.Result) { n.mustBeGranted(t, up) }))
				mustComeAfterTheCluster(t, run.Up)
			})
		})
	}
}

// mustBeGranted: each identity of the cluster holds its grant.
func (n neighbourhood) mustBeGranted(t *testing.T, up simtest.Result) {
	t.Helper()
	cluster := n.cloud.Clusters()[0]
	for scope, principal := range map[string]string{
		n.registry: cluster.Kubelet(), n.vault: cluster.Addon("azureKeyvaultSecretsProvider"), n.zone: cluster.Addon("webAppRouting"),
		n.snapshots: cluster.ControlPlane(), n.subnet: cluster.ControlPlane(),
	} {
		if principal == "" || !slices.ContainsFunc(n.cloud.RoleAssignments(), func(a azuresim.RoleAssignment) bool {
			return strings.EqualFold(a.Scope.String(), scope) && a.PrincipalID == principal
		}) {
			t.Errorf("%q has no grant on %s", principal, scope)
		}
	}
	if told, _ := up.Output("principal"); told != cluster.ControlPlane() {
		t.Errorf("the principal is %v, want %s", told, cluster.ControlPlane())
	}
}

// mustComeAfterTheCluster: a cluster of the same program is destroyed after the grants of its identities.
func mustComeAfterTheCluster(t *testing.T, up simtest.Result) {
	t.Helper()
	for _, cluster := range up.Resources.ByType("azure-native:containerservice/v20250101:ManagedCluster") {
		for _, grant := range up.Resources.ByType("azure-native:authorization:RoleAssignment") {
			if !slices.Contains(grant.Dependencies, cluster.URN) {
				t.Errorf("%s does not depend on the cluster", grant.Name)
			}
		}
	}
}

// TestWhatTheClusterDoesNotHaveIsTold: all of it at once, at preview, before anything is made.
func TestWhatTheClusterDoesNotHaveIsTold(t *testing.T) {
	theirs := azuresim.ID("aks", azuresim.ManagedClusterType, "theirs")
	cases := []struct {
		name, reason string
		body         func(n neighbourhood) object
		told         []string
	}{
		{"add-ons that are off", "AKS makes identities for add-ons that are on", func(neighbourhood) object { return nil }, []string{
			theirs, "no addon-azureKeyvaultSecretsProvider identity", "secretVaultIds", "addonPrincipalIds.azureKeyvaultSecretsProvider",
			"no addon-webAppRouting identity", "publicDnsZoneIds", "enable the add-on webAppRouting",
		}},
		{"a service principal", "it acts as an application of yours, whose ID is in no identity", func(n neighbourhood) object {
			body := n.body(plan.SystemAssigned)
			delete(body, "identity")
			body["properties"].(object)["servicePrincipalProfile"] = object{"clientId": "app", "secret": "s"}
			delete(body["properties"].(object), "addonProfiles")
			delete(body["properties"].(object), "ingressProfile")
			return body
		}, []string{theirs, "no control-plane identity", "service principal", "no kubelet identity", "registryIds", "kubeletPrincipalId", "--enable-managed-identity"}},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			n := newNeighbourhood()
			n.cloud.MustSeedCluster("aks", "theirs", tc.body(n))
			// The engine shows the error of one component, so it is alone.
			s := simtest.New(t, alone(n.grants(literal(theirs)), nil)["controlPlanePrincipalId"], simtest.WithCloud(n.cloud))
			for step, result := range map[string]simtest.Result{"preview": s.Preview(), "up": s.Up()} {
				if result.Err == nil {
					t.Fatalf("%s works: %s", step, tc.reason)
				}
				for _, want := range append(tc.told, "clusterId: ") {
					if !strings.Contains(result.Diagnostics(), want) {
						t.Errorf("%s does not say %q: %s", step, want, result.Diagnostics())
					}
				}
			}
		})
	}
}

// alone are the programs of either component, by the argument that takes the control plane's principal.
func alone(grants *components.AddonIdentityGrantsArgs, delegated *components.VnetDelegationArgs) map[string]pulumi.RunFunc {
	return map[string]pulumi.RunFunc{
		"controlPlanePrincipalId": func(ctx *pulumi.Context) error {
			_, err := components.NewAddonIdentityGrants(ctx, "grants", grants)
			return err
		},
		"principalId": func(ctx *pulumi.Context) error {
			_, err := components.NewVnetDelegation(ctx, "delegation", delegated)
			return err
		},
	}
}

// TestGivenPrincipalIsComparedWithTheCluster: the arguments have the word, and a contradiction is told.
func TestGivenPrincipalIsComparedWithTheCluster(t *testing.T) {
	cases := []struct {
		name, reason string
		principal    func(cluster *azuresim.Cluster, other string) string
		fails        bool
	}{
		{"the same", "said twice", func(c *azuresim.Cluster, _ string) string { return strings.ToUpper(c.ControlPlane()) }, false},
		{"another one", "whose grants are they?", func(_ *azuresim.Cluster, other string) string { return other }, true},
	}
	for _, tc := range cases {
		for _, late := range []bool{false, true} {
			t.Run(tc.name+map[bool]string{false: " known", true: " late"}[late], func(t *testing.T) {
				n := newNeighbourhood()
				cluster := n.cloud.MustSeedCluster("aks", "theirs", n.body(plan.SystemAssigned))
				principal := tc.principal(cluster, n.cloud.MustSeedIdentity("ids", "other").PrincipalID)
				grants, delegated := n.grants(literal(cluster.ID)), n.delegation(literal(cluster.ID))
				grants.ControlPlanePrincipalID, delegated.PrincipalID = pulumi.StringPtr(principal), pulumi.String(principal)
				if late {
					text := pulumi.String(principal).ToStringOutput()
					grants.ControlPlanePrincipalID, delegated.PrincipalID = text, text
				}
				for argument, program := range alone(grants, delegated) {
					result := simtest.New(t, program, simtest.WithCloud(n.cloud)).Preview()
					if tc.fails != (result.Err != nil) {
						t.Fatalf("%s: %s: %s", argument, tc.reason, result.Explain())
					}
					for _, want := range []string{" " + argument + ": ", cluster.ID, cluster.ControlPlane(), principal} {
						if tc.fails && !strings.Contains(result.Diagnostics(), want) {
							t.Errorf("the error does not say %q: %s", want, result.Diagnostics())
						}
					}
				}
			})
		}
	}
}

// TestGivenPrincipalStandsForOneThatTheClusterLacks: a service principal can be given grants by its object ID.
func TestGivenPrincipalStandsForOneThatTheClusterLacks(t *testing.T) {
	n := newNeighbourhood()
	cluster := n.cloud.MustSeedCluster("aks", "theirs", object{"properties": object{"servicePrincipalProfile": object{"clientId": "app", "secret": "s"}}})
	delegated := n.delegation(literal(cluster.ID))
	delegated.PrincipalID = pulumi.String(cluster.ControlPlane())
	simtest.Run(t, func(ctx *pulumi.Context) error {
		_, err := components.NewVnetDelegation(ctx, "delegation", delegated)
		return err
	}, simtest.WithCloud(n.cloud))
}

// TestIdentityTypeIsReadFromTheCluster: what AKS refuses with a system-assigned identity is refused for such a cluster.
func TestIdentityTypeIsReadFromTheCluster(t *testing.T) {
	cases := []struct {
		name, reason string
		cluster      plan.IdentityType
		said         plan.IdentityType
		told         []string
	}{
		{"user-assigned", "AKS accepts the zone", plan.UserAssigned, "", nil},
		{"user-assigned, and said so", "it is true", plan.UserAssigned, plan.UserAssigned, nil},
		{"system-assigned", "the grant would be for nothing", plan.SystemAssigned, "", []string{"privateDnsZoneIds.shop: ", "system-assigned"}},
		{"system-assigned, said to be user-assigned", "one of the two is wrong", plan.SystemAssigned, plan.UserAssigned,
			[]string{"identityType: ", "SystemAssigned, not UserAssigned", "privateDnsZoneIds.shop: "}},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			n := newNeighbourhood()
			cluster := n.cloud.MustSeedCluster("aks", "theirs", object{"identity": n.identity(tc.cluster)})
			zone := n.cloud.MustSeed(azuresim.ID("dns", azuresim.PrivateDNSZoneType, "privatelink.westeurope.azmk8s.io"), nil)
			s := simtest.New(t, func(ctx *pulumi.Context) error {
				_, err := components.NewVnetDelegation(ctx, "delegation", &components.VnetDelegationArgs{
					ClusterID: literal(cluster.ID), IdentityType: tc.said, PrivateDNSZoneIDs: pulumi.StringMap{"shop": pulumi.String(zone)},
				})
				return err
			}, simtest.WithCloud(n.cloud))
			result := s.Preview()
			if (tc.told != nil) != (result.Err != nil) {
				t.Fatalf("%s: %s", tc.reason, result.Explain())
			}
			for _, want := range tc.told {
				if !strings.Contains(result.Diagnostics(), want) {
					t.Errorf("the error does not say %q: %s", want, result.Diagnostics())
				}
			}
		})
	}
}

// TestAddonThatIsYetToComeIsNoErrorAtPreview: a preview sees the cluster as it is before the deployment. What it lacks may be
// about to come, and the grants of the other identities stay where they are.
func TestAddonThatIsYetToComeIsNoErrorAtPreview(t *testing.T) {
	n := newNeighbourhood()
	program := func(addon, granted bool) pulumi.RunFunc {
		return func(ctx *pulumi.Context) error {
			cluster, err := n.handWritten(ctx, plan.SystemAssigned, addon)
			if err != nil {
				return err
			}
			grants := n.grants(cluster.ID().ToStringOutput())
			if !granted {
				grants.SecretVaultIDs = nil
			}
			_, err = components.NewAddonIdentityGrants(ctx, "grants", grants)
			return err
		}
	}
	s := simtest.New(t, program(false, false), simtest.WithCloud(n.cloud))
	must(t, "up without the add-on", s.Up())

	s.SetProgram(program(false, true))
	const lacks = "no addon-azureKeyvaultSecretsProvider identity"
	warned := must(t, "preview of a grant that nobody can hold", s.Preview())
	if !strings.Contains(warned.Diagnostics(), lacks) || !strings.Contains(warned.Diagnostics(), "unless this deployment changes the cluster") {
		t.Errorf("no warning: %s", warned.Diagnostics())
	}
	if up := s.Up(); up.Err == nil || !strings.Contains(up.Diagnostics(), lacks) {
		t.Errorf("the deployment does not fail: %s", up.Explain())
	}

	s.SetProgram(program(true, true))
	preview := must(t, "preview with the add-on", s.Preview())
	for _, step := range preview.Steps.Changing() {
		if name := step.URN.Name(); name != "mine" && name != "grants-addon-azureKeyvaultSecretsProvider-key-vault-secrets-user-secretVaultIds.shop" {
			t.Errorf("the preview announces a change of %s: %v", name, step)
		}
	}
	must(t, "up with the add-on", s.Up())
	if again := must(t, "up again", s.Up()); !again.Unchanged() {
		t.Errorf("a second deployment changes: %v", again.Steps.Changing())
	}
}

// TestClusterIDInPlaceOfAPrincipalChangesNothing: the grants have the same names whoever says the principal.
func TestClusterIDInPlaceOfAPrincipalChangesNothing(t *testing.T) {
	n := newNeighbourhood()
	cluster := n.cloud.MustSeedCluster("aks", "theirs", n.body(plan.SystemAssigned))
	grants, delegated := n.grants(nil), n.delegation(nil)
	grants.KubeletPrincipalID, grants.ControlPlanePrincipalID = pulumi.StringPtr(cluster.Kubelet()), pulumi.StringPtr(cluster.ControlPlane())
	grants.AddonPrincipalIDs = pulumi.StringMap{
		"webapprouting": pulumi.String(cluster.Addon("webAppRouting")), "azureKeyvaultSecretsProvider": pulumi.String(cluster.Addon("azureKeyvaultSecretsProvider")),
	}
	delegated.PrincipalID = pulumi.String(cluster.ControlPlane())
	s := simtest.New(t, func(ctx *pulumi.Context) error { return granting(ctx, grants, delegated) }, simtest.WithCloud(n.cloud))
	must(t, "up with principals", s.Up())
	s.SetProgram(func(ctx *pulumi.Context) error {
		return granting(ctx, n.grants(literal(cluster.ID)), n.delegation(literal(cluster.ID)))
	})
	if up := must(t, "up with the cluster", s.Up()); !up.Unchanged() {
		t.Errorf("it changes %v", up.Steps.Changing())
	}
}

// TestClusterThatCannotBeReadIsTold: of another subscription, gone, or no cluster at all.
func TestClusterThatCannotBeReadIsTold(t *testing.T) {
	const other = "22222222-2222-4222-8222-222222222222"
	elsewhere := strings.Replace(azuresim.ID("aks", azuresim.ManagedClusterType, "theirs"), azuresim.DefaultSubscriptionID, other, 1)
	cases := []struct {
		name string
		id   pulumi.StringPtrInput
		told []string
	}{
		{"another subscription", literal(elsewhere), []string{other, azuresim.DefaultSubscriptionID, "cannot be read", "option providers"}},
		{"no such cluster", literal(azuresim.ID("aks", azuresim.ManagedClusterType, "nobodys")), []string{"nobodys", "cannot be read", "NotFound"}},
		{"a registry", literal(azuresim.ID("images", azuresim.RegistryType, "shopregistry")), []string{"Microsoft.ContainerService/managedClusters"}},
		{"a registry, late", pulumi.String(azuresim.ID("images", azuresim.RegistryType, "shopregistry")).ToStringOutput(), []string{"Microsoft.ContainerService/managedClusters"}},
		{"a name", literal("theirs"), []string{"not a resource ID"}},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			n := newNeighbourhood()
			n.cloud.AddSubscription(other)
			n.cloud.MustSeed(elsewhere, n.body(plan.SystemAssigned))
			for argument, program := range alone(n.grants(tc.id), n.delegation(tc.id)) {
				preview := simtest.New(t, program, simtest.WithCloud(n.cloud)).Preview()
				if preview.Err == nil {
					t.Fatal("the preview works")
				}
				told := append(tc.told, "clusterId: ")
				if strings.Contains(preview.Explain(), "cannot be read") {
					told = append(told, argument)
				}
				for _, want := range told {
					if !strings.Contains(preview.Explain(), want) {
						t.Errorf("the error does not say %q: %s", want, preview.Explain())
					}
				}
			}
		})
	}
}

// TestClusterOfAnotherSubscriptionIsReadWithItsProvider: the grants lie in the subscription of the resources all the same.
func TestClusterOfAnotherSubscriptionIsReadWithItsProvider(t *testing.T) {
	const other = "22222222-2222-4222-8222-222222222222"
	n := newNeighbourhood()
	n.cloud.AddSubscription(other)
	elsewhere := strings.Replace(azuresim.ID("aks", azuresim.ManagedClusterType, "theirs"), azuresim.DefaultSubscriptionID, other, 1)
	elsewhere = n.cloud.MustSeed(elsewhere, n.body(plan.SystemAssigned))
	simtest.Run(t, func(ctx *pulumi.Context) error {
		theirs, err := azurenative.NewProvider(ctx, "theirs", &azurenative.ProviderArgs{SubscriptionId: pulumi.StringPtr(other)})
		if err != nil {
			return err
		}
		return granting(ctx, n.grants(literal(elsewhere)), n.delegation(literal(elsewhere)), pulumi.Provider(theirs))
	}, simtest.WithCloud(n.cloud), simtest.WithCheck(func(_ *simtest.Stack, up simtest.Result) { n.mustBeGranted(t, up) }))
}
