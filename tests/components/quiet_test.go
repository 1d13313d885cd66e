package components_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
	"github.com/aksidentity/pulumi-aksidentity/components"
)

func withPools(count int) *components.ManagedIdentityClusterArgs {
	args := smallest()
	for i := range count - 1 {
		args.Pools = append(args.Pools, &components.NodePoolArgs{Name: fmt.Sprintf("p%d", i), VMSize: pulumi.StringPtr("Standard_D4ds_v5"), Count: pulumi.IntPtr(2)})
	}
	return args
}

// exporting is a program that has an output, as most have.
func exporting(args *components.ManagedIdentityClusterArgs) pulumi.RunFunc {
	return func(ctx *pulumi.Context) error {
		cluster, err := components.NewManagedIdentityCluster(ctx, "aks", args)
		if err != nil {
			return err
		}
		ctx.Export("cluster", cluster.ClusterID)
		return nil
	}
}

// TestAClusterIsQuietWithAnyNumberOfPools: a refresh finds the further pools in the cluster, and that is no drift.
func TestAClusterIsQuietWithAnyNumberOfPools(t *testing.T) {
	for _, count := range []int{1, 3, 6} {
		t.Run(fmt.Sprint(count), func(t *testing.T) { simtest.Run(t, exporting(withPools(count))) })
	}
}

// TestAfterARefreshNothingIsToDo: also when the refresh comes right after the first deployment.
func TestAfterARefreshNothingIsToDo(t *testing.T) {
	s := simtest.New(t, exporting(withPools(3)))
	must(t, "up", s.Up())
	must(t, "refresh", s.Refresh())
	unchanged(t, "the preview after a refresh", s.Preview())
}

func unchanged(t *testing.T, step string, r simtest.Result) {
	t.Helper()
	if must(t, step, r); !r.Unchanged() {
		t.Errorf("%s is not quiet:\n%s", step, r.Steps.Changing())
	}
}

// TestChangesOfEveryPoolAreAppliedAfterARefresh: quiet does not mean deaf, and what the refresh found is never sent back when it is
// out of date.
func TestChangesOfEveryPoolAreAppliedAfterARefresh(t *testing.T) {
	four := pulumi.IntPtr(4)
	for _, c := range []struct {
		name, reason string
		change       func(*components.ManagedIdentityClusterArgs)
		updates      []string
		counts       map[string]int
	}{
		{
			name: "system pool", reason: "it is part of the cluster",
			change:  func(a *components.ManagedIdentityClusterArgs) { a.SystemPool.Count = four },
			updates: []string{"aks"}, counts: map[string]int{"system": 4, "p0": 2, "p1": 2},
		},
		{
			name: "further pool", reason: "it is a resource of its own",
			change:  func(a *components.ManagedIdentityClusterArgs) { a.Pools[0].Count = four },
			updates: []string{"aks-p0"}, counts: map[string]int{"system": 3, "p0": 4, "p1": 2},
		},
		{
			name: "system pool and further pool", reason: "the cluster is sent without what it knew of the further one",
			change: func(a *components.ManagedIdentityClusterArgs) {
				a.SystemPool.Count, a.Pools[0].Count = four, four
			},
			updates: []string{"aks", "aks-p0"}, counts: map[string]int{"system": 4, "p0": 4, "p1": 2},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			args := withPools(3)
			args.SystemPool.Count = pulumi.IntPtr(3)
			s := simtest.New(t, exporting(args))
			must(t, "up", s.Up())
			must(t, "refresh", s.Refresh())
			c.change(args)
			up := must(t, "up", s.Up())
			if got := names(up.Steps.Op("update")); fmt.Sprint(got) != fmt.Sprint(c.updates) || len(up.Steps.Changing()) != len(got) {
				t.Errorf("%s: updated are %v, want %v; all changes:\n%s", c.reason, got, c.updates, up.Steps.Changing())
			}
			requireCounts(t, s, c.counts)
			unchanged(t, "the preview after it", s.Preview())
			must(t, "refresh", s.Refresh())
			unchanged(t, "the preview after another refresh", s.Preview())
		})
	}
}

// TestAnOutdatedListOfPoolsIsNeverSent: a refresh knows a pool of two nodes, which then gets five. Another change of the cluster
// must not bring the two back.
func TestAnOutdatedListOfPoolsIsNeverSent(t *testing.T) {
	args := withPools(3)
	s := simtest.New(t, exporting(args))
	must(t, "up", s.Up())
	must(t, "refresh", s.Refresh())
	args.Pools[0].Count = pulumi.IntPtr(5)
	must(t, "up", s.Up())
	args.Tags = pulumi.StringMap{"team": pulumi.String("shop")}
	must(t, "up with a tag", s.Up())
	requireCounts(t, s, map[string]int{"system": 2, "p0": 5, "p1": 2})
	args.Pools = args.Pools[:1]
	must(t, "up without a pool", s.Up())
	args.Tags = pulumi.StringMap{"team": pulumi.String("store")}
	must(t, "up with another tag", s.Up())
	requireCounts(t, s, map[string]int{"system": 2, "p0": 5})
	unchanged(t, "the preview after it", s.Preview())
}

// TestARenamedClusterIsQuietAndTakesChanges: a cluster that is in the state under a former name is not mistaken for a new one.
func TestARenamedClusterIsQuietAndTakesChanges(t *testing.T) {
	args := withPools(2)
	s := simtest.New(t, exporting(args))
	must(t, "up", s.Up())
	must(t, "refresh", s.Refresh())
	s.SetProgram(func(ctx *pulumi.Context) error {
		cluster, err := components.NewManagedIdentityCluster(ctx, "shop", args, pulumi.Aliases([]pulumi.Alias{{Name: pulumi.String("aks")}}))
		if err != nil {
			return err
		}
		ctx.Export("cluster", cluster.ClusterID)
		return nil
	})
	unchanged(t, "the preview under another name", s.Preview())
	args.SystemPool.Count = pulumi.IntPtr(5)
	must(t, "up", s.Up())
	requireCounts(t, s, map[string]int{"system": 5, "p0": 2})
	must(t, "refresh", s.Refresh())
	unchanged(t, "the preview after a refresh", s.Preview())
}

func names(steps simtest.Steps) (out []string) {
	for _, step := range steps {
		out = append(out, step.Name)
	}
	slices.Sort(out)
	return out
}

// requireCounts compares the nodes of every pool, as Azure has them.
func requireCounts(t *testing.T, s *simtest.Stack, want map[string]int) {
	t.Helper()
	got := map[string]int{}
	answer, err := s.Cloud().Get(t.Context(), s.Cloud().Clusters()[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	properties, _ := answer.Body["properties"].(map[string]any)
	pools, _ := properties["agentPoolProfiles"].([]any)
	for _, pool := range pools {
		fields, _ := pool.(map[string]any)
		count, _ := fields["count"].(float64)
		got[fmt.Sprint(fields["name"])] = int(count)
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("the pools have %v nodes, want %v", got, want)
	}
}

// TestWithoutOutputsTheClusterIsSentOnceAfterARefresh: a program cannot tell a stack without outputs from one that was never
// deployed, so the component does not look into its state (docs/decisions/0004). Nothing is lost by it.
func TestWithoutOutputsTheClusterIsSentOnceAfterARefresh(t *testing.T) {
	args := withPools(2)
	s := simtest.New(t, func(ctx *pulumi.Context) error {
		_, err := components.NewManagedIdentityCluster(ctx, "aks", args)
		return err
	})
	must(t, "up", s.Up())
	must(t, "refresh", s.Refresh())
	up := must(t, "up after a refresh", s.Up())
	if got := names(up.Steps.Changing()); fmt.Sprint(got) != "[aks]" {
		t.Errorf("only the cluster is sent again, not %v", got)
	}
	requireCounts(t, s, map[string]int{"system": 2, "p0": 2})
	unchanged(t, "the preview after it", s.Preview())
	must(t, "refresh", s.Refresh())
	unchanged(t, "the preview after another refresh", s.Preview())
}

// TestAnAutomaticUpgradeIsNotTakenBack: AKS has gone further than the program says, which is what the channel asks for.
func TestAnAutomaticUpgradeIsNotTakenBack(t *testing.T) {
	for _, tc := range []struct {
		name, version, channel string
		quiet                  bool
		reason                 string
	}{
		{"patch", "1.30", "patch", true, "a minor version is any of its patches"},
		{"minor", "1.30", "stable", true, "the channel takes newer ones"},
		{"by hand", "1.30", "none", false, "nobody asked AKS to do it, so it is drift"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			args := withPools(2)
			args.KubernetesVersion = pulumi.StringPtr(tc.version)
			args.Pools[0].KubernetesVersion = pulumi.StringPtr(tc.version)
			args.Upgrade = &components.UpgradeArgs{Channel: components.UpgradeChannel(tc.channel)}
			s := simtest.New(t, exporting(args))
			must(t, "up", s.Up())
			if err := s.Cloud().UpgradeCluster(s.Cloud().Clusters()[0].ID, "1.31.5"); err != nil {
				t.Fatal(err)
			}
			must(t, "refresh", s.Refresh())
			if preview := must(t, "preview", s.Preview()); preview.Unchanged() != tc.quiet {
				t.Errorf("%s: %v", tc.reason, preview.Steps.Changing())
			}
		})
	}
}

// TestAnUpgradeIsSentInSpiteOfAChannel: the program asks for more than AKS has done.
func TestAnUpgradeIsSentInSpiteOfAChannel(t *testing.T) {
	args := withPools(2)
	args.KubernetesVersion = pulumi.StringPtr("1.30")
	s := simtest.New(t, exporting(args))
	must(t, "up", s.Up())
	must(t, "refresh", s.Refresh())
	args.KubernetesVersion = pulumi.StringPtr("1.31")
	up := must(t, "up", s.Up())
	if got := names(up.Steps.Changing()); fmt.Sprint(got) != "[aks]" {
		t.Errorf("the cluster is upgraded, not %v", got)
	}
	unchanged(t, "the preview after it", s.Preview())
}

// TestAPreviewKnowsThePrincipalsThatAKSMade: while the cluster changes, azure-native does not tell the principals of its kubelet and its
// add-ons in a preview. Azure is asked, so their grants are not announced as replaced.
func TestAPreviewKnowsThePrincipalsThatAKSMade(t *testing.T) {
	cloud := azuresim.New()
	args := smallest()
	args.RegistryIDs = map[string]pulumi.StringInput{"shop": pulumi.String(cloud.MustSeed(azuresim.ID("images", azuresim.RegistryType, "shopimages"), nil))}
	args.KeyVaultIDs = map[string]pulumi.StringInput{"shop": pulumi.String(cloud.MustSeed(azuresim.ID("secrets", azuresim.VaultType, "shopvault"), map[string]any{
		"properties": map[string]any{"enableRbacAuthorization": true},
	}))}
	args.Addons = &components.AddonsArgs{SecretsProvider: &components.SecretsProviderArgs{SecretVaults: []string{"shop"}}}
	s := simtest.New(t, program(args), simtest.WithCloud(cloud))
	must(t, "up", s.Up())
	args.Tags = pulumi.StringMap{"team": pulumi.String("shop")}
	if got := must(t, "preview", s.Preview()).Steps.Type(grantType); len(got) != 2 || len(got.Changing()) > 0 {
		t.Errorf("two grants stay, not\n%s", got)
	}
}

// TestAnotherSpellingOfAnAddonIsNoDrift: Azure has answered the keys of add-ons in more than one letter case.
func TestAnotherSpellingOfAnAddonIsNoDrift(t *testing.T) {
	cloud := azuresim.New()
	args := smallest()
	args.Addons = &components.AddonsArgs{SecretsProvider: &components.SecretsProviderArgs{}}
	s := simtest.New(t, exporting(args), simtest.WithCloud(cloud))
	must(t, "up", s.Up())
	cloud.Configure(azuresim.WithAddonKeyCasing(strings.ToUpper))
	must(t, "refresh", s.Refresh())
	unchanged(t, "the preview after a refresh", s.Preview())
	args.Addons.SecretsProvider.Rotation = pulumi.BoolRef(false)
	if up := must(t, "up with another setting", s.Up()); fmt.Sprint(names(up.Steps.Changing())) != "[aks]" {
		t.Errorf("the setting is applied, not\n%s", up.Steps.Changing())
	}
	unchanged(t, "the preview after it", s.Preview())
}

// TestAFailedChangeIsSentAgain: after an update that Azure accepted and that failed, the next deployment sends what the program says,
// not what was deployed before.
func TestAFailedChangeIsSentAgain(t *testing.T) {
	args := withPools(2)
	s := simtest.New(t, exporting(args))
	must(t, "up", s.Up())
	args.SystemPool.Count = pulumi.IntPtr(5)
	s.Cloud().FailAfterAcceptance(azuresim.Match{Method: azuresim.MethodPut, Type: azuresim.ManagedClusterType},
		azuresim.Error{Status: 409, Code: "VMExtensionProvisioningError", Message: "an extension of a node failed"})
	if up := s.Up(); up.Err == nil {
		t.Fatal("the update has to fail")
	}
	must(t, "up again", s.Up())
	pool, err := s.Cloud().Get(t.Context(), s.Cloud().Clusters()[0].ID+"/agentPools/system")
	if err != nil {
		t.Fatal(err)
	}
	if properties, _ := pool.Body["properties"].(map[string]any); properties["count"] != 5.0 {
		t.Errorf("the system pool has %v nodes", properties["count"])
	}
	unchanged(t, "the preview after it", s.Preview())
}
