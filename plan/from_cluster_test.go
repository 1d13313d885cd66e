package plan_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/aksidentity/pulumi-aksidentity/plan"
)

const theirs = subscription + "/resourceGroups/aks/providers/Microsoft.ContainerService/managedClusters/theirs"

// fromCluster mentions a registry (kubelet), a public zone (application routing), snapshots (control plane) and a backup account
// (an extension, which Azure's answer about the cluster does not name).
func fromCluster(id plan.Value[string], given ...plan.GivenPrincipal) plan.Plan {
	one := values{"shop": late()}
	return plan.ForAddons(plan.AddonGrants{ClusterID: id, Principals: given, Mentions: slices.Concat(
		plan.Each(plan.Registry, "registryIds", one), plan.Each(plan.PublicZone, "publicDnsZoneIds", one),
		plan.Each(plan.BackupSnapshotGroup, "backupSnapshotGroupIds", one), plan.Each(plan.BackupAccount, "backupAccountIds", one),
	)})
}

func TestPlanSaysWhichPrincipalsAreRead(t *testing.T) {
	kubelet, extension := plan.Identity{Kind: plan.Kubelet}, plan.GivenPrincipal{Identity: plan.BackupExtension, Path: "backupExtensionPrincipalId", ID: late()}
	cases := []struct {
		name, reason string
		plan         plan.Plan
		sources      map[string]plan.Source
		paths        []string
	}{
		{"nothing given", "the extension's identity is no part of the cluster", fromCluster(late()), map[string]plan.Source{
			"kubelet": plan.OfCluster, "control-plane": plan.OfCluster, "addon-webAppRouting": plan.OfCluster, "principal-backup-extension": plan.Existing,
		}, []string{"backupExtensionPrincipalId"}},
		{"one given", "what is given is not read", fromCluster(plan.Known(theirs), extension, plan.GivenPrincipal{Identity: kubelet, Path: "kubeletPrincipalId", ID: late()}),
			map[string]plan.Source{
				"kubelet": plan.Existing, "control-plane": plan.OfCluster, "addon-webAppRouting": plan.OfCluster, "principal-backup-extension": plan.Existing,
			}, nil},
		{"an empty one", "an output of something that has no identity yet", fromCluster(late(), extension, plan.GivenPrincipal{Identity: kubelet, Path: "kubeletPrincipalId", ID: plan.Known("")}),
			map[string]plan.Source{
				"kubelet": plan.OfCluster, "control-plane": plan.OfCluster, "addon-webAppRouting": plan.OfCluster, "principal-backup-extension": plan.Existing,
			}, nil},
		{"a delegation", "to the control plane", plan.ForDelegation(plan.Delegation{ClusterID: late()}), map[string]plan.Source{"principal": plan.OfCluster}, nil},
		{"a delegation to who is said", "it is compared only", plan.ForDelegation(plan.Delegation{ClusterID: late(), PrincipalID: late()}),
			map[string]plan.Source{"principal": plan.Existing}, nil},
		{"something else in its place", "told before Azure is asked", fromCluster(plan.Known(vaultKMS), extension), map[string]plan.Source{
			"kubelet": plan.OfCluster, "control-plane": plan.OfCluster, "addon-webAppRouting": plan.OfCluster, "principal-backup-extension": plan.Existing,
		}, []string{"clusterId"}},
		{"the same for a delegation", "told before Azure is asked", plan.ForDelegation(plan.Delegation{ClusterID: plan.Known("theirs")}),
			map[string]plan.Source{"principal": plan.OfCluster}, []string{"clusterId"}},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			sources := map[string]plan.Source{}
			for _, identity := range tc.plan.Identities {
				sources[identity.String()] = identity.Source
			}
			if diff := cmp.Diff(tc.sources, sources); diff != "" {
				t.Errorf("%s: sources (-want +got):\n%s", tc.reason, diff)
			}
			if got := tc.plan.Problems.Paths(); !slices.Equal(got, tc.paths) {
				t.Errorf("%s: problems %v", tc.reason, tc.plan.Problems)
			}
			for _, read := range tc.plan.FromCluster.Identities {
				if source := sources[read.Identity.String()]; (source == plan.OfCluster) == read.Given.IsSet() {
					t.Errorf("%s is %s, and given: %v", read.Identity, source, read.Given.IsSet())
				}
			}
		})
	}
	if plan.ForDelegation(plan.Delegation{PrincipalID: late()}).FromCluster != nil || fromCluster(plan.Value[string]{}).FromCluster != nil {
		t.Error("something is read from a cluster that nobody named")
	}
}

func TestAnswerAboutAClusterIsJudged(t *testing.T) {
	one := values{"shop": late()}
	all := map[plan.Identity]string{
		{Kind: plan.ControlPlane}: "c", {Kind: plan.Kubelet}: "k", plan.AddonIdentity(plan.WebAppRouting): "w",
	}
	delegating := func(said plan.IdentityType) plan.Plan {
		return plan.ForDelegation(plan.Delegation{ClusterID: late(), IdentityType: said, Mentions: append(
			plan.Each(plan.RouteTable, "routeTableIds", one), plan.Each(plan.NodeSubnet, "nodeSubnetIds", one)...)})
	}
	cases := []struct {
		name, reason string
		plan         plan.Plan
		answer       plan.ClusterIdentities
		paths        []string
		says         []string
	}{
		{"everything is there", "", fromCluster(late()), plan.ClusterIdentities{Type: plan.SystemAssigned, Principals: all}, nil, nil},
		{"nothing is there", "three identities, three problems", fromCluster(late()), plan.ClusterIdentities{ID: theirs, Type: plan.UserAssigned},
			[]string{"clusterId", "clusterId", "clusterId"}, []string{
				theirs, "no kubelet identity", "registryIds", "give kubeletPrincipalId", "enable the add-on webAppRouting", "addonPrincipalIds.webAppRouting", "no control-plane identity",
			}},
		{"a service principal", "it has no managed identity at all", delegating(""), plan.ClusterIdentities{ID: theirs}, []string{"clusterId"},
			[]string{"runs on a service principal", "nodeSubnetIds, routeTableIds", "or give principalId"}},
		{"system-assigned", "AKS refuses the route table, not the subnet", delegating(""), plan.ClusterIdentities{Type: plan.SystemAssigned, Principals: all},
			[]string{"routeTableIds.shop"}, []string{"CustomRouteTableWithUnsupportedMSIType"}},
		{"user-assigned", "AKS takes both", delegating(""), plan.ClusterIdentities{Type: plan.UserAssigned, Principals: all}, nil, nil},
		{"said to be system-assigned", "the plan has refused the route table already", delegating(plan.SystemAssigned),
			plan.ClusterIdentities{ID: theirs, Type: plan.UserAssigned, Principals: all}, []string{"identityType"}, []string{"UserAssigned, not SystemAssigned"}},
		{"said to be user-assigned", "a service principal is neither", delegating(plan.UserAssigned),
			plan.ClusterIdentities{ID: theirs, Principals: all}, []string{"identityType"}, []string{"a service principal, not UserAssigned"}},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			found := tc.plan.FromCluster.Check(tc.answer)
			if !slices.Equal(found.Paths(), tc.paths) {
				t.Errorf("%s: got %v", tc.reason, found)
			}
			for _, want := range tc.says {
				if !strings.Contains(found.Error(), want) {
					t.Errorf("it does not say %q: %v", want, found)
				}
			}
		})
	}
}
