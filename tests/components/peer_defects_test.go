package components_test

import (
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
	"github.com/aksidentity/pulumi-aksidentity/components"
	"github.com/aksidentity/pulumi-aksidentity/plan"
	"github.com/aksidentity/pulumi-aksidentity/rbac"
	"github.com/aksidentity/pulumi-aksidentity/tests/worlds"
)

// Mistakes that were read in the sources of other systems in August 2026, each with what happens here instead.

const (
	publicZoneType  = "Microsoft.Network/dnsZones"
	privateZoneType = "Microsoft.Network/privateDnsZones"
)

func routing(public, private string) *components.AddonsArgs {
	r := &components.AppRoutingArgs{}
	if public != "" {
		r.PublicDNSZoneIDs = map[string]pulumi.StringInput{"shop": pulumi.String(public)}
	}
	if private != "" {
		r.PrivateDNSZoneIDs = map[string]pulumi.StringInput{"shop": pulumi.String(private)}
	}
	return &components.AddonsArgs{AppRouting: r}
}

func TestDefect1_RoleOfPrivateZones(t *testing.T) {
	cloud := azuresim.New()
	zone := cloud.MustSeed(azuresim.ID("dns", privateZoneType, "shop.internal"), nil)
	args := smallest()
	args.Addons = routing("", zone)
	must(t, "up", simtest.New(t, program(args), simtest.WithCloud(cloud)).Up())
	if role := cloud.Assignments()[0].Role.Name; role != rbac.PrivateDNSZoneContributor {
		t.Errorf("a private zone gets %s, which covers nothing there", role)
	}
	args.Addons = routing(zone, "")
	problems := components.PlanManagedIdentityCluster(args, worlds.Day).Problems
	if len(problems) != 1 || problems[0].Path != "addons.appRouting.publicDnsZoneIds.shop" {
		t.Errorf("a private zone among the public ones is a mistake to name, got %v", problems)
	}
}

func TestDefect2_TwoClustersOnOneZone(t *testing.T) {
	cloud := azuresim.New()
	zone := cloud.MustSeed(azuresim.ID("dns", publicZoneType, "shop.example"), nil)
	run := func(replaced string) pulumi.RunFunc {
		return func(ctx *pulumi.Context) error {
			for _, name := range []string{"one", replaced} {
				args := smallest()
				args.Addons = routing(zone, "")
				if _, err := components.NewManagedIdentityCluster(ctx, name, args); err != nil {
					return err
				}
			}
			return nil
		}
	}
	s := simtest.New(t, run("two"), simtest.WithCloud(cloud))
	must(t, "two clusters", s.Up())
	s.SetProgram(run("three"))
	must(t, "another cluster instead of the second", s.Up())
	if n := len(cloud.Assignments()); n != 2 {
		t.Errorf("each cluster holds its own grant, got %v", cloud.Assignments())
	}
}

func TestDefect3_VaultAndPrincipalType(t *testing.T) {
	cloud := azuresim.New()
	args := everything(cloud)
	s := simtest.New(t, program(args), simtest.WithCloud(cloud))
	must(t, "up", s.Up())
	cluster := cloud.Clusters()[0]
	for _, a := range cloud.RoleAssignments() {
		if a.PrincipalType != azuresim.ServicePrincipal {
			t.Errorf("%s is granted to a %s", a.Role.Name, a.PrincipalType)
		}
		if a.Role.Name == rbac.KeyVaultSecretsUser && a.PrincipalID != cluster.Addon("azureKeyvaultSecretsProvider") {
			t.Error("the vault is read by the secrets provider, not by the nodes")
		}
	}
}

func TestDefect4_VirtualNodeSubnet(t *testing.T) {
	args := smallest()
	args.Network = &components.NetworkArgs{Flat: true}
	args.Addons = &components.AddonsArgs{VirtualNode: &components.VirtualNodeArgs{}}
	problems := components.PlanManagedIdentityCluster(args, worlds.Day).Problems
	if len(problems) != 1 || problems[0].Path != "addons.virtualNode.subnetId" {
		t.Errorf("virtual nodes without a subnet: %v", problems)
	}
}

func TestDefect5_LetterCaseOfAnOption(t *testing.T) {
	args := smallest()
	args.Identity = &components.ClusterIdentityArgs{Type: "userAssigned"}
	args.GrantMode, args.RoleStrategy = "Auto", "Builtin"
	if paths := components.PlanManagedIdentityCluster(args, worlds.Day).Problems.Paths(); strings.Join(paths, " ") != "grantMode identity.type roleStrategy" {
		t.Errorf("an option in the wrong letter case is named, never silently another one: %v", paths)
	}
}

func TestDefect6_DNSOfWorkloadsIsNotTheNodes(t *testing.T) {
	cloud := azuresim.New()
	zone := cloud.MustSeed(azuresim.ID("dns", publicZoneType, "shop.example"), nil)
	s := simtest.New(t, func(ctx *pulumi.Context) error {
		cluster, err := components.NewManagedIdentityCluster(ctx, "aks", smallest())
		if err != nil {
			return err
		}
		_, err = components.NewWorkloadIdentity(ctx, "external-dns", &components.WorkloadIdentityArgs{
			ResourceGroupName: cluster.ResourceGroupName, Location: pulumi.StringPtr("westeurope"), IssuerURL: cluster.OIDCIssuerURL,
			ServiceAccounts: map[string]*components.ServiceAccountArgs{"dns": {Namespace: pulumi.String("dns"), Name: pulumi.String("external-dns")}},
			Roles:           map[string]*components.WorkloadGrantArgs{"zone": {Role: rbac.DNSZoneContributor, ResourceID: pulumi.String(zone)}},
		})
		return err
	}, simtest.WithCloud(cloud))
	must(t, "up", s.Up())
	for _, a := range cloud.Assignments() {
		if a.PrincipalID == cloud.Clusters()[0].Kubelet() {
			t.Error("every pod that reaches the node identity would hold the role")
		}
	}
}

// TestDefect7: see TestOrderOfGrantsAndCluster for the way up.
func TestDefect7_GrantsOutliveTheCluster(t *testing.T) {
	cloud := azuresim.New()
	args := smallest()
	args.Identity = &components.ClusterIdentityArgs{Type: plan.UserAssigned}
	args.Subnets = map[string]pulumi.StringInput{"nodes": pulumi.String(cloud.MustSeedSubnet("net", "hub", "nodes"))}
	args.SystemPool.Subnet = "nodes"
	s := simtest.New(t, program(args), simtest.WithCloud(cloud))
	must(t, "up", s.Up())
	gone := false
	for _, step := range must(t, "destroy", s.Destroy()).Steps.Op("delete") {
		if step.Type == clusterType {
			gone = true
		}
		if strings.HasSuffix(step.Type, ":RoleAssignment") && !gone {
			t.Error("a grant of a user-assigned identity goes after the cluster, which needs it to clean up")
		}
	}
}

func TestDefect8_EveryAddonIdentityIsAnOutput(t *testing.T) {
	cloud := azuresim.New()
	up := must(t, "up", simtest.New(t, program(everything(cloud)), simtest.WithCloud(cloud)).Up())
	addons, _ := up.Output("addons")
	for _, key := range []plan.AddonKey{plan.AzurePolicy, plan.SecretsProvider, plan.WebAppRouting} {
		record, _ := addons.(map[string]any)[string(key)].(map[string]any)
		if record["principalId"] == nil || record["principalId"] == "" {
			t.Errorf("%s is not among %v", key, addons)
		}
	}
}

func TestDefect9_SomebodyElsesGrantDoesNotCount(t *testing.T) {
	cloud := azuresim.New()
	subnet := cloud.MustSeedSubnet("net", "hub", "nodes")
	other := cloud.MustSeedIdentity("ids", "somebody")
	role, _ := rbac.BuiltinRole(rbac.NetworkContributor)
	cloud.MustSeed(subnet+"/providers/Microsoft.Authorization/roleAssignments/11111111-2222-4333-8444-555555555555", map[string]any{
		"properties": map[string]any{
			"principalId": other.PrincipalID, "principalType": "ServicePrincipal", "roleDefinitionId": role.ID.DefinitionID(azuresim.DefaultSubscriptionID),
		},
	})
	args := smallest()
	args.Subnets = map[string]pulumi.StringInput{"nodes": pulumi.String(strings.ToUpper(subnet))}
	args.SystemPool.Subnet = "nodes"
	s := simtest.New(t, program(args), simtest.WithCloud(cloud))
	must(t, "up", s.Up())
	decision, err := cloud.Clusters()[0].Perform("internal-lb-external-subnet", subnet)
	if err != nil || !decision.Allowed() {
		t.Errorf("the cluster cannot use the subnet: %v %v", decision.Missing, err)
	}
}

func TestDefect10_WhoPullsAndHowFarAGrantReaches(t *testing.T) {
	cloud := azuresim.New()
	up := must(t, "up", simtest.New(t, program(everything(cloud)), simtest.WithCloud(cloud)).Up())
	cluster := cloud.Clusters()[0]
	for _, a := range cloud.Assignments() {
		if a.Role.Name == rbac.AcrPull && a.PrincipalID != cluster.Kubelet() {
			t.Error("the nodes pull, not the control plane")
		}
		if a.Scope.Kind() != rbac.Resource && a.Scope.Kind() != rbac.ResourceGroup {
			t.Errorf("%s reaches %s", a.Role.Name, a.Scope)
		}
	}
	if _, secret := up.Output("kubeconfig"); !secret {
		t.Error("the kubeconfig is not secret")
	}
}
