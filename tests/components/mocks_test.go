package components_test

import (
	"sync"
	"testing"
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/components"
	"github.com/aksidentity/pulumi-aksidentity/plan"
	"github.com/aksidentity/pulumi-aksidentity/rbac"

	quickstart "github.com/aksidentity/pulumi-aksidentity/examples/quickstart/program"
)

// echo are the mocks that Pulumi's own documentation begins with: every answer is the question.
type echo struct {
	mu   sync.Mutex
	made map[string]resource.PropertyMap // inputs by type and name
}

func (e *echo) NewResource(args pulumi.MockResourceArgs) (string, resource.PropertyMap, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.made == nil {
		e.made = map[string]resource.PropertyMap{}
	}
	e.made[args.TypeToken+" "+args.Name] = args.Inputs
	return args.Name + "_id", args.Inputs, nil
}

func (*echo) Call(args pulumi.MockCallArgs) (resource.PropertyMap, error) { return args.Args, nil }

// another is a resource of the program itself, whose ID a mock makes up.
func another(ctx *pulumi.Context, name string) (pulumi.StringInput, error) {
	var r pulumi.CustomResourceState
	err := ctx.RegisterResource("azure-native:network:Anything", name, pulumi.Map{}, &r)
	return r.ID().ToStringOutput(), err
}

// madeUp is a cluster with an identity of each kind, all of whose IDs come from mocks.
func madeUp(strategy components.RoleStrategy) pulumi.RunFunc {
	return func(ctx *pulumi.Context) error {
		ids := map[string]pulumi.StringInput{}
		for _, name := range []string{"nodes", "virtual", "registry", "zone", "vault", "key"} {
			id, err := another(ctx, name)
			if err != nil {
				return err
			}
			ids[name] = id
		}
		cluster, err := components.NewManagedIdentityCluster(ctx, "shop", &components.ManagedIdentityClusterArgs{
			APIServer: &components.APIServerArgs{Public: true}, RoleStrategy: strategy,
			Identity: &components.ClusterIdentityArgs{Type: plan.UserAssigned}, KubeletIdentity: &components.KubeletIdentityArgs{},
			Subnets:     map[string]pulumi.StringInput{"nodes": ids["nodes"]},
			SystemPool:  &components.NodePoolArgs{Subnet: "nodes"},
			Network:     &components.NetworkArgs{Flat: true},
			RegistryIDs: map[string]pulumi.StringInput{"shop": ids["registry"]},
			KeyVaultIDs: map[string]pulumi.StringInput{"shop": ids["vault"]},
			Security:    &components.SecurityArgs{KMS: &components.KMSArgs{KeyID: ids["key"], KeyVaultID: ids["vault"]}},
			// Mocks have no clock of their own: the day is that of the machine.
			AcceptRetired: []string{"addons.appRouting"},
			Addons: &components.AddonsArgs{
				VirtualNode:     &components.VirtualNodeArgs{SubnetID: ids["virtual"]},
				Monitoring:      &components.MonitoringArgs{},
				SecretsProvider: &components.SecretsProviderArgs{SecretVaults: []string{"shop"}},
				AppRouting:      &components.AppRoutingArgs{PublicDNSZoneIDs: map[string]pulumi.StringInput{"shop": ids["zone"]}},
			},
		})
		if err != nil {
			return err
		}
		ctx.Export("kubeconfig", cluster.Kubeconfig)
		ctx.Export("grants", cluster.Grants)
		_, err = components.NewWorkloadIdentity(ctx, "orders", &components.WorkloadIdentityArgs{
			ResourceGroupName: cluster.ResourceGroupName, IssuerURL: cluster.OIDCIssuerURL,
			ServiceAccounts: map[string]*components.ServiceAccountArgs{"api": {Namespace: pulumi.String("shop"), Name: pulumi.String("orders")}},
			Roles:           map[string]*components.WorkloadGrantArgs{"keys": {Role: rbac.KeyVaultSecretsUser, ResourceID: ids["vault"]}},
		})
		if err != nil {
			return err
		}
		_, err = components.NewVnetDelegation(ctx, "net", &components.VnetDelegationArgs{
			PrincipalID: cluster.PrincipalID, NodeSubnetIDs: map[string]pulumi.StringInput{"nodes": ids["nodes"]},
		})
		if err != nil {
			return err
		}
		_, err = components.NewAddonIdentityGrants(ctx, "other", &components.AddonIdentityGrantsArgs{
			KubeletPrincipalID: cluster.Kubelet.PrincipalID().ToStringPtrOutput(),
			RegistryIDs:        map[string]pulumi.StringInput{"other": ids["registry"]},
		})
		return err
	}
}

// onAzureIDs is a cluster whose IDs are given, with an add-on that needs a grant and a registry.
func onAzureIDs(identity components.IdentityType) *components.ManagedIdentityClusterArgs {
	const group = "/subscriptions/00000000-0000-4000-8000-0000000000aa/resourceGroups/net/providers/"
	args := smallest()
	args.Identity = &components.ClusterIdentityArgs{Type: identity}
	args.Subnets = map[string]pulumi.StringInput{"nodes": pulumi.String(group + "Microsoft.Network/virtualNetworks/hub/subnets/nodes")}
	args.SystemPool.Subnet = "nodes"
	args.RegistryIDs = map[string]pulumi.StringInput{"shop": pulumi.String(group + "Microsoft.ContainerRegistry/registries/shop")}
	args.AcceptRetired = []string{"addons.appRouting"}
	args.Addons = &components.AddonsArgs{AppRouting: &components.AppRoutingArgs{
		PublicDNSZoneIDs: map[string]pulumi.StringInput{"shop": pulumi.String(group + "Microsoft.Network/dnsZones/shop.example")},
	}}
	return args
}

// TestProgramsRunUnderMocks: mocks that answer with the inputs give no principal, no kubeconfig and no Azure IDs; a program runs all
// the same, and its resources can be looked at.
func TestProgramsRunUnderMocks(t *testing.T) {
	const token = "azure-native:containerservice/v20250101:ManagedCluster "
	for _, tc := range []struct {
		name    string
		program pulumi.RunFunc
		makes   string
	}{
		{"quickstart", quickstart.Program, token + "quickstart"},
		{"everything of the cluster exported", program(smallest()), token + "aks"},
		{"system-assigned, with IDs of Azure", program(onAzureIDs(plan.SystemAssigned)), token + "aks"},
		{"user-assigned, with IDs of Azure", program(onAzureIDs(plan.UserAssigned)), token + "aks"},
		{"IDs from mocks", madeUp(plan.BuiltinRoles), "azure-native:managedidentity:FederatedIdentityCredential orders-api"},
		{"IDs from mocks, generated roles", madeUp(plan.CustomRoles), token + "shop"},
	} {
		t.Run(tc.name, func(t *testing.T) { runsUnderMocks(t, tc.program, tc.makes) })
	}
}

func runsUnderMocks(t *testing.T, program pulumi.RunFunc, makes string) {
	t.Helper()
	mocks, done := &echo{}, make(chan error, 1)
	go func() { done <- pulumi.RunErr(program, pulumi.WithMocks("project", "stack", mocks)) }()
	select {
	case err := <-done:
		if err != nil {
			t.Fatal(err)
		}
	case <-time.After(time.Minute):
		t.Fatal("the program hangs")
	}
	if _, made := mocks.made[makes]; !made {
		t.Errorf("%s is not made: %v", makes, mocks.made)
	}
}
