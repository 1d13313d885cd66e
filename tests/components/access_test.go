package components_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/pulumi/pulumi-azure-native-sdk/resources/v2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
	"github.com/aksidentity/pulumi-aksidentity/components"
)

// Principals of the directory.
const (
	person = "aaaaaaaa-0000-4000-8000-000000000001"
	team   = "aaaaaaaa-0000-4000-8000-000000000002"
	robot  = "aaaaaaaa-0000-4000-8000-000000000003"
)

// peopled is a cloud in whose directory they are.
func peopled() *azuresim.Cloud {
	cloud := azuresim.New()
	cloud.AddPrincipal(person, azuresim.User, "jo")
	cloud.AddPrincipal(team, azuresim.Group, "shop")
	cloud.AddPrincipal(robot, azuresim.ServicePrincipal, "pipeline")
	return cloud
}

// lets is Entra without local accounts, and who gets in.
func lets(args *components.ManagedIdentityClusterArgs, access map[string]*components.AccessArgs) {
	args.Entra, args.DisableLocalAccounts, args.Access = &components.EntraArgs{}, pulumi.BoolRef(true), access
}

// access is a role of the shop's team.
func access(role components.AccessRole, namespace string) *components.AccessArgs {
	a := &components.AccessArgs{PrincipalID: pulumi.String(team), PrincipalType: components.PrincipalTypeGroup, Role: role, Reason: "they run the shop"}
	if namespace != "" {
		a.Namespace = pulumi.String(namespace)
	}
	return a
}

func theCluster(t *testing.T, cloud *azuresim.Cloud) *azuresim.Cluster {
	t.Helper()
	clusters := cloud.Clusters()
	if len(clusters) != 1 {
		t.Fatalf("there are %d clusters", len(clusters))
	}
	return clusters[0]
}

// letIn is a cluster that lets everybody of the directory in, the pipeline by what is known late.
func letIn(ctx *pulumi.Context) (*components.ManagedIdentityClusterArgs, error) {
	late, err := lateValues(ctx)
	if err != nil {
		return nil, err
	}
	args := smallest()
	lets(args, map[string]*components.AccessArgs{
		"jo": {
			PrincipalID: pulumi.String(person), PrincipalType: components.PrincipalTypeUser, Role: components.AccessRoleClusterAdmin, Reason: "she is on call",
		},
		"shop": access(components.AccessRoleWriter, "shop"),
		"pipeline": {
			PrincipalID: late.text(robot), PrincipalType: components.PrincipalTypeServicePrincipal, Role: components.AccessRoleAdmin,
			Namespace: late.ptr("cart"), Kubeconfig: pulumi.BoolRef(false), Reason: "it deploys the cart",
		},
	})
	args.DeployerAccess = &components.DeployerAccessArgs{
		PrincipalType: components.PrincipalTypeServicePrincipal, Role: components.AccessRoleWriter, Reason: "the program deploys the base",
	}
	return args, nil
}

func letInProgram(ctx *pulumi.Context) error {
	args, err := letIn(ctx)
	if err != nil {
		return err
	}
	return program(args)(ctx)
}

// TestWhoIsGivenAccessGetsIn: with the role that was given, where it was given, and nowhere else; Azure judges.
func TestWhoIsGivenAccessGetsIn(t *testing.T) {
	s := simtest.New(t, letInProgram, simtest.WithCloud(peopled()))
	must(t, "preview", s.Preview())
	must(t, "up", s.Up())
	cluster := theCluster(t, s.Cloud())
	for _, tc := range []struct {
		reason, who, namespace, does string
		want                         bool
	}{
		{"the administrator may do everything", person, "", "namespaces/write", true},
		{"the team's namespace", team, "shop", "apps/deployments/write", true},
		{"another team's namespace", team, "cart", "pods/read", false},
		{"the whole cluster", team, "", "nodes/read", false},
		{"the pipeline's namespace, known late", robot, "cart", "rbac.authorization.k8s.io/rolebindings/write", true},
		{"another one", robot, "shop", "pods/read", false},
		{"whoever deployed", azuresim.DefaultDeployerObjectID, "base", "configmaps/write", true},
		{"no more than the role", azuresim.DefaultDeployerObjectID, "base", "rbac.authorization.k8s.io/rolebindings/write", false},
	} {
		if d := cluster.MayUse(tc.who, tc.namespace, tc.does); d.Allowed() != tc.want {
			t.Errorf("%s: %s", tc.reason, d.Effect)
		}
	}
	for who, want := range map[string]bool{person: true, team: true, robot: false} {
		if got := cluster.MayFetchKubeconfig(who).Allowed(); got != want {
			t.Errorf("%s may fetch a kubeconfig: %v", who, got)
		}
	}
	types := map[string]string{}
	for _, a := range s.Cloud().RoleAssignments() {
		types[a.PrincipalID] = a.PrincipalType
	}
	if types[person] != azuresim.User || types[team] != azuresim.Group || types[robot] != azuresim.ServicePrincipal {
		t.Errorf("the types are %v", types)
	}
	lives(t, s)
}

// TestAPreviewTellsWhoGetsIn: the deployer too, with the reason.
func TestAPreviewTellsWhoGetsIn(t *testing.T) {
	s := simtest.New(t, letInProgram, simtest.WithCloud(peopled()))
	said := strings.Join(strings.Fields(must(t, "preview", s.Preview()).Diagnostics()), " ") // lines are wrapped
	for _, line := range []string{
		"deployer gets Azure Kubernetes Service RBAC Writer on cluster: the program deploys the base",
		"group-shop gets Azure Kubernetes Service RBAC Writer on namespace shop of the cluster: they run the shop",
		"group-shop gets Azure Kubernetes Service Cluster User Role on cluster: fetch a kubeconfig",
		"user-jo gets Azure Kubernetes Service RBAC Cluster Admin on cluster: fetch a kubeconfig; she is on call",
	} {
		if !strings.Contains(said, line) {
			t.Errorf("the preview does not say %q:\n%s", line, said)
		}
	}
}

// TestReadyWaitsForAccessAndPoolsDoNot: what uses the cluster comes after the roles inside it. A role that cannot be given keeps no pool
// back.
func TestReadyWaitsForAccessAndPoolsDoNot(t *testing.T) {
	program := func(principal string) pulumi.RunFunc {
		return func(ctx *pulumi.Context) error {
			args := smallest()
			shop := access(components.AccessRoleWriter, "shop")
			shop.PrincipalID = pulumi.String(principal)
			lets(args, map[string]*components.AccessArgs{"shop": shop})
			args.Pools, args.Propagation = []*components.NodePoolArgs{{Name: "web"}}, quick(1)
			cluster, err := components.NewManagedIdentityCluster(ctx, "shop", args)
			if err != nil {
				return err
			}
			name := cluster.Ready.ApplyT(func(bool) *string { name := "uses-the-cluster"; return &name }).(pulumi.StringPtrOutput)
			_, err = resources.NewResourceGroup(ctx, "user", &resources.ResourceGroupArgs{ResourceGroupName: name, Location: pulumi.StringPtr("westeurope")})
			return err
		}
	}
	const nobody = "ffffffff-0000-4000-8000-000000000009"
	s := simtest.New(t, program(nobody), simtest.WithCloud(peopled()))
	failed := s.Up()
	if failed.Err == nil || !strings.Contains(failed.Explain(), "Azure knows no principal "+nobody+", which access.shop.principalId gives.") {
		t.Fatalf("a principal that Azure does not know: %v", failed.Explain())
	}
	made := func(part string) bool {
		return slices.ContainsFunc(s.Cloud().Resources(), func(r azuresim.Resource) bool { return strings.HasSuffix(r.ID, part) })
	}
	if !made("/agentPools/web") || made("/uses-the-cluster") {
		t.Errorf("without the role: pool made %v, used %v", made("/agentPools/web"), made("/uses-the-cluster"))
	}
	s.SetProgram(program(team))
	must(t, "with the right principal", s.Up())
	if !made("/uses-the-cluster") {
		t.Error("with the role the cluster is used")
	}
}

// TestAWrongPrincipalTypeIsToldWithItsArgument: Azure knows what a principal is.
func TestAWrongPrincipalTypeIsToldWithItsArgument(t *testing.T) {
	args := smallest()
	shop := access(components.AccessRoleWriter, "shop")
	shop.PrincipalType = components.PrincipalTypeUser
	lets(args, map[string]*components.AccessArgs{"shop": shop})
	failed := simtest.New(t, program(args), simtest.WithCloud(peopled())).Up()
	for _, words := range []string{"UnmatchedPrincipalType", "The principal is no User. Say in access.shop.principalType what it is"} {
		if failed.Err == nil || !strings.Contains(failed.Explain(), words) {
			t.Errorf("it does not say %q:\n%s", words, failed.Explain())
		}
	}
}

// TestLatePrincipalsThatAreOneAreTold: two resources cannot be one assignment, and what is known early is joined.
func TestLatePrincipalsThatAreOneAreTold(t *testing.T) {
	for _, tc := range []struct {
		name, reason string
		late         bool
		want         string
	}{
		{"known", "the plan joins them", false, ""},
		{"late", "nobody could join them", true, "access.a and access.b turn out to give one principal Azure Kubernetes Service RBAC Writer on the same scope"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			up := simtest.New(t, func(ctx *pulumi.Context) error {
				values := knownValues()
				if tc.late {
					var err error
					if values, err = lateValues(ctx); err != nil {
						return err
					}
				}
				args, both := smallest(), map[string]*components.AccessArgs{}
				for _, key := range []string{"a", "b"} {
					both[key] = access(components.AccessRoleWriter, "shop")
					both[key].PrincipalID, both[key].Kubeconfig = values.text(team), pulumi.BoolRef(false)
				}
				lets(args, both)
				return program(args)(ctx)
			}, simtest.WithCloud(peopled())).Up()
			if (up.Err == nil) != (tc.want == "") || !strings.Contains(up.Explain(), tc.want) {
				t.Errorf("%s: %s", tc.reason, up.Explain())
			}
		})
	}
}

// TestADeployerWhoHasAccessHasOneGrant: Azure has one assignment for a principal, a role and a scope, whoever asks for it.
func TestADeployerWhoHasAccessHasOneGrant(t *testing.T) {
	for _, tc := range []struct {
		name, reason string
		role         components.AccessRole
		want         int
	}{
		{"the same role", "it is one assignment", components.AccessRoleClusterAdmin, 1},
		{"another role", "they are two", components.AccessRoleAdmin, 2},
	} {
		t.Run(tc.name, func(t *testing.T) {
			args := smallest()
			lets(args, map[string]*components.AccessArgs{"pipeline": {
				PrincipalID: pulumi.String(strings.ToUpper(azuresim.DefaultDeployerObjectID)), PrincipalType: components.PrincipalTypeServicePrincipal,
				Role: components.AccessRoleClusterAdmin, Reason: "it deploys",
			}})
			args.DeployerAccess = &components.DeployerAccessArgs{PrincipalType: components.PrincipalTypeServicePrincipal, Role: tc.role, Reason: "it deploys"}
			s := simtest.New(t, program(args), simtest.WithCloud(peopled()))
			must(t, "up", s.Up())
			held := 0
			for _, a := range s.Cloud().RoleAssignments() {
				if strings.EqualFold(a.PrincipalID, azuresim.DefaultDeployerObjectID) && a.Scope.HasType(azuresim.ManagedClusterType) {
					held++
				}
			}
			if held != tc.want {
				t.Errorf("%s: the deployer holds %d roles", tc.reason, held)
			}
			lives(t, s)
		})
	}
}

// TestARenamedAccessKeyKeepsItsGrants: nobody is without access for a new name, and none is for a key that comes or goes.
func TestARenamedAccessKeyKeepsItsGrants(t *testing.T) {
	with := func(keys ...string) *components.ManagedIdentityClusterArgs {
		args, entries := smallest(), map[string]*components.AccessArgs{}
		for _, key := range keys {
			entries[key] = access(components.AccessRoleWriter, "shop")
		}
		lets(args, entries)
		return args
	}
	s := simtest.New(t, program(with("shop")), simtest.WithCloud(peopled()))
	must(t, "up", s.Up())
	renamed := with("team")
	renamed.RenamedKeys = map[string][]string{"access.team": {"access.shop"}}
	changesNothing(t, s, program(renamed))
	for _, keys := range [][]string{{"a", "team"}, {"team"}, {"team", "z"}, {"z"}} {
		changesNothing(t, s, program(with(keys...)))
	}
}
