package plan_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/aksidentity/pulumi-aksidentity/plan"
	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

const (
	ops  = "aaaaaaaa-0000-4000-8000-000000000001"
	shop = "aaaaaaaa-0000-4000-8000-000000000002"
)

// group is access for a group to the whole cluster.
func group(principal plan.Value[string], role plan.AccessRole) plan.Access {
	return plan.Access{Principal: principal, Type: plan.PrincipalTypeGroup, Role: role, Reason: "they run it"}
}

// in is the same in a namespace.
func in(namespace plan.Value[string], access plan.Access) plan.Access {
	access.Namespace = namespace
	return access
}

func withoutKubeconfig(access plan.Access) plan.Access {
	off := false
	access.Kubeconfig = &off
	return access
}

// letting is a cluster with Entra that lets some in.
func letting(access map[string]plan.Access) plan.Cluster {
	return plan.Cluster{SystemPool: system(), APIServer: open(), Entra: &plan.Entra{}, Access: access}
}

// told are the grants as a preview shows them.
func told(p plan.Plan) (lines []string) {
	for _, g := range p.Grants {
		lines = append(lines, g.Identity.String()+" gets "+strings.TrimPrefix(g.Role.Name, "Azure Kubernetes Service ")+" on "+g.Scope.String()+": "+
			strings.Join(g.Reasons, "; "))
	}
	slices.Sort(lines)
	return lines
}

// TestAccessIsGrants: who gets in gets a role inside the cluster, and the right to fetch a kubeconfig once.
func TestAccessIsGrants(t *testing.T) {
	late := plan.Late[string]()
	person := group(plan.Known(ops), plan.AccessRoleReader)
	person.Type = plan.PrincipalTypeUser
	robot := group(late, plan.AccessRoleWriter)
	robot.Type = plan.PrincipalTypeServicePrincipal
	other := group(plan.Known(ops), plan.AccessRoleReader)
	other.Reason = "they are on call"
	for _, tc := range []struct {
		name, reason string
		access       map[string]plan.Access
		want         []string
	}{
		{"a person", "the role of Azure, and the kubeconfig", map[string]plan.Access{"jo": person}, []string{
			"user-jo gets Cluster User Role on cluster: fetch a kubeconfig", "user-jo gets RBAC Reader on cluster: they run it",
		}},
		{"a late service principal in a late namespace", "IDs and names may be late", map[string]plan.Access{"robot": in(late, robot)}, []string{
			"service-principal-robot gets Cluster User Role on cluster: fetch a kubeconfig",
			"service-principal-robot gets RBAC Writer on namespace of the cluster in access.robot.namespace: they run it",
		}},
		{"no kubeconfig", "a pipeline is handed one", map[string]plan.Access{"robot": withoutKubeconfig(robot)}, []string{
			"service-principal-robot gets RBAC Writer on cluster: they run it",
		}},
		{"an administrator of the cluster", "the role holds the right to fetch a kubeconfig, and the reason stays", map[string]plan.Access{
			"ops": group(plan.Known(ops), plan.AccessRoleClusterAdmin),
		}, []string{"group-ops gets RBAC Cluster Admin on cluster: fetch a kubeconfig; they run it"}},
		{"an administrator of a namespace", "a right on a namespace is none on the cluster", map[string]plan.Access{
			"ops": in(plan.Known("shop"), group(plan.Known(ops), plan.AccessRoleAdmin)),
		}, []string{
			"group-ops gets Cluster User Role on cluster: fetch a kubeconfig", "group-ops gets RBAC Admin on namespace shop of the cluster: they run it",
		}},
		{"one group in two namespaces", "one right to fetch a kubeconfig is enough", map[string]plan.Access{
			"cart": in(plan.Known("cart"), group(plan.Known(shop), plan.AccessRoleWriter)),
			"shop": in(plan.Known("shop"), group(plan.Known(strings.ToUpper(shop)), plan.AccessRoleWriter)),
		}, []string{
			"group-cart gets Cluster User Role on cluster: fetch a kubeconfig",
			"group-cart gets RBAC Writer on namespace cart of the cluster: they run it", "group-cart gets RBAC Writer on namespace shop of the cluster: they run it",
		}},
		{"the same twice", "Azure has one assignment for it, with both reasons", map[string]plan.Access{
			"a": group(plan.Known(ops), plan.AccessRoleReader), "b": other,
		}, []string{
			"group-a gets Cluster User Role on cluster: fetch a kubeconfig", "group-a gets RBAC Reader on cluster: they are on call; they run it",
		}},
		{"the same role on the cluster and in a namespace", "the wider grant covers the other", map[string]plan.Access{
			"a": withoutKubeconfig(group(plan.Known(ops), plan.AccessRoleReader)), "b": withoutKubeconfig(in(plan.Known("shop"), other)),
		}, []string{"group-a gets RBAC Reader on cluster: they are on call; they run it"}},
		{"two late groups", "nobody knows that they are one", map[string]plan.Access{
			"a": withoutKubeconfig(group(late, plan.AccessRoleReader)), "b": withoutKubeconfig(group(late, plan.AccessRoleReader)),
		}, []string{"group-a gets RBAC Reader on cluster: they run it", "group-b gets RBAC Reader on cluster: they run it"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			p := plan.ForCluster(letting(tc.access))
			if len(p.Problems) > 0 {
				t.Fatal(p.Problems)
			}
			if diff := cmp.Diff(tc.want, told(p)); diff != "" {
				t.Errorf("%s (-want +got):\n%s", tc.reason, diff)
			}
			for _, g := range p.Grants {
				if g.Phase != plan.AfterCluster || !g.Identity.Kind.GetsIn() || g.PrincipalType == "" {
					t.Errorf("%s: phase %s, holder %s, type %q", g.Name, g.Phase, g.Identity, g.PrincipalType)
				}
			}
		})
	}
}

// TestWhoGetsInIsAnIdentityOfThePlan: reports show people beside the cluster's own identities, each once.
func TestWhoGetsInIsAnIdentityOfThePlan(t *testing.T) {
	c := letting(map[string]plan.Access{
		"a": group(plan.Known(ops), plan.AccessRoleReader), "b": in(plan.Known("shop"), group(plan.Known(ops), plan.AccessRoleWriter)),
		"c": group(plan.Late[string](), plan.AccessRoleReader),
	})
	c.DeployerAccess = &plan.DeployerAccess{Type: plan.PrincipalTypeServicePrincipal, Role: plan.AccessRoleClusterAdmin, Reason: "deploy the base"}
	var got []string
	for _, i := range plan.ForCluster(c).Identities {
		if i.Kind.GetsIn() {
			got = append(got, i.String()+" "+string(i.Source))
		}
	}
	if diff := cmp.Diff([]string{"group-a given by the caller", "group-c given by the caller", "deployer runs the deployment"}, got); diff != "" {
		t.Error(diff)
	}
}

// TestTheDeployerGetsInOnRequest: nobody else, and by name only.
func TestTheDeployerGetsInOnRequest(t *testing.T) {
	c := letting(nil)
	if p := plan.ForCluster(c); len(p.Grants) > 0 {
		t.Errorf("nobody asked for %v", told(p))
	}
	c.DeployerAccess = &plan.DeployerAccess{Type: plan.PrincipalTypeUser, Role: plan.AccessRoleAdmin, Reason: "deploy the base"}
	p := plan.ForCluster(c)
	if diff := cmp.Diff([]string{"deployer gets RBAC Admin on cluster: deploy the base"}, told(p)); diff != "" || len(p.Problems) > 0 {
		t.Error(diff, p.Problems)
	}
	if name := p.Grants[0].Name; name != "deployer-azure-kubernetes-service-rbac-admin-deployerAccess" {
		t.Error(name)
	}
}

// namesOf are the names of the grants with those that they had before.
func namesOf(access map[string]plan.Access, renamed map[string][]string) map[string][]string {
	c := letting(access)
	c.Renamed = plan.Renaming{Former: renamed, Arguments: []plan.Path{"access"}}
	names := map[string][]string{}
	for _, g := range plan.ForCluster(c).Grants {
		names[g.Name] = g.FormerNames
	}
	return names
}

// TestAccessKeepsItsNames: what stays the same grant in Azure keeps its place in the state, whichever keys come and go.
func TestAccessKeepsItsNames(t *testing.T) {
	reader := func(principal string) plan.Access {
		return withoutKubeconfig(group(plan.Known(principal), plan.AccessRoleReader))
	}
	person := reader(ops)
	person.Type = plan.PrincipalTypeUser
	for _, tc := range []struct {
		name, reason  string
		before, after map[string]plan.Access
		renamed       map[string][]string
	}{
		{"another key of the same principal", "the two share a grant",
			map[string]plan.Access{"b": reader(ops)}, map[string]plan.Access{"a": reader(ops), "b": reader(ops)}, nil},
		{"one of two keys goes", "the grant stays", map[string]plan.Access{"a": reader(ops), "b": reader(ops)}, map[string]plan.Access{"b": reader(ops)}, nil},
		{"the other one goes", "the grant stays", map[string]plan.Access{"a": reader(ops), "b": reader(ops)}, map[string]plan.Access{"a": reader(ops)}, nil},
		{"another principal comes", "it is none of its business", map[string]plan.Access{"b": reader(ops)}, map[string]plan.Access{"a": reader(shop), "b": reader(ops)}, nil},
		{"another type", "it makes no other assignment", map[string]plan.Access{"a": reader(ops)}, map[string]plan.Access{"a": person}, nil},
		{"a renamed key", "the entry says what it was called", map[string]plan.Access{"a": reader(ops)}, map[string]plan.Access{"z": reader(ops)},
			map[string][]string{"access.z": {"access.a"}}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			after := namesOf(tc.after, tc.renamed)
			for name := range namesOf(tc.before, nil) {
				kept := slices.ContainsFunc(slices.Collect(maps.Keys(after)), func(now string) bool {
					return now == name || slices.Contains(after[now], name)
				})
				if !kept {
					t.Errorf("%s: %s is not among %v", tc.reason, name, after)
				}
			}
		})
	}
}

// TestWhatIsWrongWithAccess: each mistake is told at its argument, and no other.
func TestWhatIsWrongWithAccess(t *testing.T) {
	off := false
	change := func(edit func(*plan.Access)) func(*plan.Cluster) {
		return func(c *plan.Cluster) {
			access := in(plan.Known("shop"), group(plan.Known(shop), plan.AccessRoleWriter))
			edit(&access)
			c.Access = map[string]plan.Access{"shop": access}
		}
	}
	deployer := func(edit func(*plan.DeployerAccess)) func(*plan.Cluster) {
		return func(c *plan.Cluster) {
			c.DeployerAccess = &plan.DeployerAccess{Type: plan.PrincipalTypeUser, Role: plan.AccessRoleWriter, Reason: "deploy"}
			edit(c.DeployerAccess)
		}
	}
	for _, tc := range []struct {
		name, reason string
		change       func(*plan.Cluster)
		want         []string
	}{
		{"nothing", "it is right", change(func(*plan.Access) {}), nil},
		{"no principal", "somebody has to get in", change(func(a *plan.Access) { a.Principal = plan.Value[string]{} }), []string{"access.shop.principalId"}},
		{"empty principal", "it names nobody", change(func(a *plan.Access) { a.Principal = plan.Known("") }), []string{"access.shop.principalId"}},
		{"a name as principal", "grants name object IDs", change(func(a *plan.Access) { a.Principal = plan.Known("jo@example.com") }), []string{"access.shop.principalId"}},
		{"no type", "Azure wants to be told", change(func(a *plan.Access) { a.Type = "" }), []string{"access.shop.principalType"}},
		{"no role", "nobody gets in by default", change(func(a *plan.Access) { a.Role = "" }), []string{"access.shop.role"}},
		{"a role of elsewhere", "the set is closed", change(func(a *plan.Access) { a.Role = "Owner" }), []string{"access.shop.role"}},
		{"no reason", "each grant has one", change(func(a *plan.Access) { a.Reason = " " }), []string{"access.shop.reason"}},
		{"a namespace in capitals", "Kubernetes has none", change(func(a *plan.Access) { a.Namespace = plan.Known("Shop") }), []string{"access.shop.namespace"}},
		{"an empty namespace", "it is no way to say the whole cluster", change(func(a *plan.Access) { a.Namespace = plan.Known("") }), []string{"access.shop.namespace"}},
		{"the cluster's administrator in a namespace", "the role is for the whole cluster", change(func(a *plan.Access) { a.Role = plan.AccessRoleClusterAdmin }),
			[]string{"access.shop.role"}},
		{"the cluster's administrator in a late namespace", "it is one all the same", change(func(a *plan.Access) {
			a.Role, a.Namespace = plan.AccessRoleClusterAdmin, plan.Late[string]()
		}), []string{"access.shop.role"}},
		{"a key that is no name", "it would be part of one", func(c *plan.Cluster) {
			c.Access = map[string]plan.Access{"shop team": group(plan.Known(shop), plan.AccessRoleReader)}
		}, []string{"access"}},
		{"one principal of two types", "one of them is wrong", func(c *plan.Cluster) {
			person := group(plan.Known(shop), plan.AccessRoleReader)
			person.Type = plan.PrincipalTypeUser
			c.Access = map[string]plan.Access{"a": group(plan.Known(shop), plan.AccessRoleReader), "b": person}
		}, []string{"access.b.principalType UnmatchedPrincipalType"}},
		{"no Entra", "the roles would have no effect", func(c *plan.Cluster) {
			change(func(*plan.Access) {})(c)
			c.Entra = nil
		}, []string{"access"}},
		{"no Azure RBAC", "the roles would have no effect", func(c *plan.Cluster) {
			change(func(*plan.Access) {})(c)
			c.Entra.AzureRBAC = &off
		}, []string{"access"}},
		{"no grants", "nobody would make them", func(c *plan.Cluster) {
			change(func(*plan.Access) {})(c)
			c.Grants = plan.GrantNone
		}, []string{"access"}},
		{"the deployer", "it is right", deployer(func(*plan.DeployerAccess) {}), nil},
		{"a group that deploys", "somebody signs in", deployer(func(d *plan.DeployerAccess) { d.Type = plan.PrincipalTypeGroup }), []string{"deployerAccess.principalType"}},
		{"a deployer without anything", "all is required", deployer(func(d *plan.DeployerAccess) { *d = plan.DeployerAccess{} }),
			[]string{"deployerAccess.principalType", "deployerAccess.reason", "deployerAccess.role"}},
		{"a deployer without Azure RBAC", "the role would have no effect", func(c *plan.Cluster) {
			deployer(func(*plan.DeployerAccess) {})(c)
			c.Entra.AzureRBAC = &off
		}, []string{"deployerAccess"}},
		{"blank words about elsewhere", "they say nothing", func(c *plan.Cluster) { c.AccessElsewhere = " " }, []string{"accessElsewhere"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			c := letting(nil)
			tc.change(&c)
			var got []string
			for _, problem := range plan.ForCluster(c).Problems {
				got = append(got, strings.TrimSpace(string(problem.Path)+" "+problem.Code))
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("%s (-want +got):\n%s", tc.reason, diff)
			}
		})
	}
}

// TestSomebodyCanUseTheCluster: with local accounts off somebody has to get in through Entra.
func TestSomebodyCanUseTheCluster(t *testing.T) {
	on, off := true, false
	late := []plan.Value[string]{plan.Late[string]()}
	for _, tc := range []struct {
		name, reason string
		change       func(*plan.Cluster)
		want         []string
	}{
		{"nobody", "there is no local account, no administrator and no role", func(*plan.Cluster) {}, []string{"access"}},
		{"Azure RBAC in so many words", "it is the default", func(c *plan.Cluster) { c.Entra.AzureRBAC = &on }, []string{"access"}},
		{"local accounts", "who has the kubeconfig gets in", func(c *plan.Cluster) { c.DisableLocalAccounts = &off }, nil},
		{"an admin group", "its members get in", func(c *plan.Cluster) { c.Entra.AdminGroups = late }, nil},
		{"access", "somebody has a role", func(c *plan.Cluster) {
			c.Access = map[string]plan.Access{"ops": group(plan.Known(ops), plan.AccessRoleReader)}
		}, nil},
		{"the deployer", "it has a role", func(c *plan.Cluster) {
			c.DeployerAccess = &plan.DeployerAccess{Type: plan.PrincipalTypeUser, Role: plan.AccessRoleReader, Reason: "look"}
		}, nil},
		{"elsewhere", "somebody says that roles are given", func(c *plan.Cluster) { c.AccessElsewhere = "the security team assigns roles on the subscription" }, nil},
		{"elsewhere without Azure RBAC", "role assignments have no effect then", func(c *plan.Cluster) {
			c.AccessElsewhere, c.Entra.AzureRBAC = "the security team assigns roles on the subscription", &off
		}, []string{"entra.adminGroupObjectIds"}},
		{"nobody without Azure RBAC", "there is no administrator", func(c *plan.Cluster) { c.Entra.AzureRBAC = &off }, []string{"entra.adminGroupObjectIds"}},
		{"an admin group without Azure RBAC", "its members get in", func(c *plan.Cluster) { c.Entra.AzureRBAC, c.Entra.AdminGroups = &off, late }, nil},
	} {
		t.Run(tc.name, func(t *testing.T) {
			c := letting(nil)
			c.DisableLocalAccounts = &on
			tc.change(&c)
			if diff := cmp.Diff(tc.want, plan.ForCluster(c).Problems.Paths(), cmp.Transformer("", func(paths []string) string { return strings.Join(paths, " ") })); diff != "" {
				t.Errorf("%s (-want +got):\n%s", tc.reason, diff)
			}
		})
	}
	if problems := (plan.Cluster{Entra: &plan.Entra{AdminGroups: late}}).CheckAdmins(nil); len(problems) != 1 || problems[0].Path != "access" {
		t.Errorf("a late list that turns out to be empty lets nobody in: %v", problems)
	}
}

// TestAccessElsewhereIsNoted: the plan says what it does not see.
func TestAccessElsewhereIsNoted(t *testing.T) {
	c := letting(nil)
	c.AccessElsewhere = "the security team assigns roles"
	if notes := strings.Join(plan.ForCluster(c).Notes, "\n"); !strings.Contains(notes, c.AccessElsewhere) {
		t.Errorf("the notes are %q", notes)
	}
}

// TestEachAccessRoleIsARoleOfAzure: what a role is called here stands for a built-in role that works inside a cluster.
func TestEachAccessRoleIsARoleOfAzure(t *testing.T) {
	const pods = "Microsoft.ContainerService/managedClusters/pods/read"
	for _, value := range plan.AccessRole("").Set().Values() {
		role, known := rbac.BuiltinRole(plan.AccessRole(value).Builtin())
		if !known || !role.Permissions.AllowsData(pods) {
			t.Errorf("%s is %q, which lets nobody read pods", value, role.Name)
		}
	}
	if name := plan.AccessRole("Owner").Builtin(); name != "" {
		t.Errorf("there is no such role inside a cluster: %s", name)
	}
}

// TestAccessResolvesToANamespace: the scope is the namespace's, whatever the cluster's ID ends with.
func TestAccessResolvesToANamespace(t *testing.T) {
	const cluster = subscription + "/resourceGroups/shop/providers/Microsoft.ContainerService/managedClusters/shop"
	p := plan.ForCluster(letting(map[string]plan.Access{
		"shop": withoutKubeconfig(in(plan.Known("cart"), group(plan.Known(shop), plan.AccessRoleWriter))),
	}))
	for _, id := range []string{cluster, cluster + "/"} {
		r, err := p.Grants[0].Resolve(plan.NamespaceID(id, "cart"), shop)
		if err != nil || r.Scope != cluster+"/namespaces/cart" {
			t.Errorf("%s: %v, %v", id, r, err)
		}
	}
	if _, err := p.Grants[0].Resolve(cluster, shop); err == nil {
		t.Error("a namespace's grant on the whole cluster is not what was asked for")
	}
}
