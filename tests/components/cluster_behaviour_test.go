package components_test

import (
	"strings"
	"testing"
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
	"github.com/aksidentity/pulumi-aksidentity/components"
	"github.com/aksidentity/pulumi-aksidentity/plan"
)

const clusterType = "azure-native:containerservice/v20250101:ManagedCluster"

func quick(seconds int) *components.PropagationArgs {
	delay := 1
	return &components.PropagationArgs{TimeoutSeconds: &seconds, FirstDelayMilliseconds: &delay}
}

func TestWaitsUntilGrantsTakeEffect(t *testing.T) {
	cases := []struct {
		name, reason string
		wait         *components.PropagationArgs
		works        bool
	}{
		{"waits", "the operator grant takes effect only after a while, and AKS checks it at creation", quick(60), true},
		{"does not wait", "with timeout 0 the first refusal is the last", quick(0), false},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			cloud := azuresim.New(azuresim.WithPropagationDelay(8))
			args := smallest()
			args.Identity = &components.ClusterIdentityArgs{Type: plan.UserAssigned}
			args.KubeletIdentity = &components.KubeletIdentityArgs{}
			args.Propagation = tc.wait
			s := simtest.New(t, program(args), simtest.WithCloud(cloud))
			up := s.Up()
			if (up.Err == nil) != tc.works {
				t.Fatalf("%s: %s", tc.reason, up.Explain())
			}
			if up.Err != nil && !strings.Contains(up.Diagnostics(), "CustomKubeletIdentityMissingPermissionError") {
				t.Errorf("the refusal is not told: %s", up.Explain())
			}
			must(t, "destroy", s.Destroy())
		})
	}
}

func TestGivesUpAfterTheDeadline(t *testing.T) {
	cloud := azuresim.New(azuresim.WithPropagationDelay(1 << 30))
	args := smallest()
	args.Identity = &components.ClusterIdentityArgs{Type: plan.UserAssigned}
	args.KubeletIdentity = &components.KubeletIdentityArgs{}
	args.Propagation = quick(1)
	s := simtest.New(t, program(args), simtest.WithCloud(cloud))
	start := time.Now()
	if up := s.Up(); up.Err == nil || time.Since(start) > time.Minute {
		t.Errorf("a grant that never takes effect must fail soon after the deadline: %v after %s", up.Err, time.Since(start))
	}
}

func TestAdditionalPropertiesReachTheCluster(t *testing.T) {
	args := smallest()
	args.AdditionalProperties = pulumi.Map{
		"autoScalerProfile": pulumi.Map{"expander": pulumi.String("least-waste")},
		"networkProfile":    pulumi.Map{"advancedNetworking": pulumi.Map{"enabled": pulumi.Bool(true)}},
	}
	args.SystemPool.AdditionalProperties = pulumi.Map{"kubeletDiskType": pulumi.String("OS")}
	simtest.Run(t, program(args), simtest.WithCheck(func(_ *simtest.Stack, up simtest.Result) {
		cluster, _ := up.Resources.Find(clusterType, "aks")
		network, _ := cluster.Input("networkProfile").(map[string]any)
		if network["networkPlugin"] != "azure" || network["advancedNetworking"] == nil {
			t.Errorf("merging must keep what was there and add to it: %v", network)
		}
		if cluster.Input("autoScalerProfile") == nil {
			t.Error("autoScalerProfile is missing")
		}
		pools, _ := cluster.Input("agentPoolProfiles").([]any)
		first, _ := pools[0].(map[string]any)
		if first["kubeletDiskType"] != "OS" || first["name"] != "system" {
			t.Errorf("the system pool is %v", first)
		}
	}))
}

func TestUnknownAndSecretSubnet(t *testing.T) {
	cloud := azuresim.New()
	subnet := cloud.MustSeedSubnet("net", "hub", "nodes")
	args := smallest()
	args.SystemPool.Subnet = "nodes"
	args.Subnets = map[string]pulumi.StringInput{"nodes": pulumi.ToSecret(pulumi.String(subnet)).(pulumi.StringOutput)}
	simtest.Run(t, program(args), simtest.WithCloud(cloud), simtest.WithCheck(func(_ *simtest.Stack, up simtest.Result) {
		grant, ok := up.Resources.Find("azure-native:authorization:RoleAssignment", "aks-control-plane-network-contributor-subnets.nodes")
		if !ok || grant.Input("scope") != subnet {
			t.Errorf("the grant is %+v", grant)
		}
		if !grant.Inputs["scope"].ContainsSecrets() {
			t.Error("a secret ID must stay secret")
		}
	}))
}

func TestSameLateSubnetUnderTwoKeysIsRefusedByName(t *testing.T) {
	cloud := azuresim.New()
	late := func(id string) pulumi.StringInput { return pulumi.String(id).ToStringOutput() }
	subnet := cloud.MustSeedSubnet("net", "hub", "nodes")
	args := smallest()
	args.SystemPool.Subnet, args.Pools = "a", []*components.NodePoolArgs{{Name: "web", Subnet: "b"}}
	args.Subnets = map[string]pulumi.StringInput{"a": late(subnet), "b": late(strings.ToUpper(subnet))}
	up := simtest.New(t, program(args), simtest.WithCloud(cloud)).Up()
	if up.Err == nil || !strings.Contains(up.Diagnostics(), "subnets.a") || !strings.Contains(up.Diagnostics(), "subnets.b") {
		t.Errorf("want an error that names both keys: %s", up.Explain())
	}
}

func TestMissingAddonIdentity(t *testing.T) {
	for name, tc := range map[string]struct {
		reason string
		needed bool
	}{
		"needed":     {"a grant for nobody is an error that names the add-on", true},
		"not needed": {"an add-on without identity and without grants is fine", false},
	} {
		t.Run(name, func(t *testing.T) {
			cloud := azuresim.New(azuresim.WithoutAddonIdentity("azureKeyvaultSecretsProvider"))
			vault := cloud.MustSeed(azuresim.ID("keys", "Microsoft.KeyVault/vaults", "shop"), nil)
			args := smallest()
			args.Addons = &components.AddonsArgs{SecretsProvider: &components.SecretsProviderArgs{}}
			if tc.needed {
				args.KeyVaultIDs, args.Addons.SecretsProvider.SecretVaults = map[string]pulumi.StringInput{"shop": pulumi.String(vault)}, []string{"shop"}
			}
			up := simtest.New(t, program(args), simtest.WithCloud(cloud)).Up()
			if (up.Err != nil) != tc.needed || tc.needed && !strings.Contains(up.Diagnostics(), "azureKeyvaultSecretsProvider") {
				t.Errorf("%s: %s", tc.reason, up.Explain())
			}
		})
	}
}

func TestRefusedGrantsSayWhatToDo(t *testing.T) {
	for _, tc := range []struct{ name, reason, code, says string }{
		{"exists", "somebody made the same grant under another name", "RoleAssignmentExists", "adoptedAssignments"},
		{"forbidden", "the deployer may not grant", "AuthorizationFailed", "Role Based Access Control Administrator"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			cloud := azuresim.New()
			args := smallest()
			args.Subnets = map[string]pulumi.StringInput{"nodes": pulumi.String(cloud.MustSeedSubnet("net", "hub", "nodes"))}
			args.SystemPool.Subnet = "nodes"
			cloud.Fail(azuresim.Match{Method: azuresim.MethodPut, Type: "Microsoft.Authorization/roleAssignments"},
				azuresim.Error{Status: 409, Code: tc.code, Message: "refused"})
			up := simtest.New(t, program(args), simtest.WithCloud(cloud)).Up()
			if up.Err == nil || !strings.Contains(up.Diagnostics(), tc.code) || !strings.Contains(up.Diagnostics(), tc.says) {
				t.Errorf("%s: want %q and what to do in:\n%s", tc.reason, tc.code, up.Explain())
			}
		})
	}
}

func TestVaultWithAccessPoliciesIsRefused(t *testing.T) {
	cloud := azuresim.New()
	vault := cloud.MustSeed(azuresim.ID("keys", "Microsoft.KeyVault/vaults", "shop"), map[string]any{
		"properties": map[string]any{"enableRbacAuthorization": false},
	})
	args := smallest()
	args.KeyVaultIDs = map[string]pulumi.StringInput{"shop": pulumi.String(vault)}
	args.Addons = &components.AddonsArgs{SecretsProvider: &components.SecretsProviderArgs{SecretVaults: []string{"shop"}}}
	up := simtest.New(t, program(args), simtest.WithCloud(cloud)).Up()
	if up.Err == nil || !strings.Contains(up.Diagnostics(), "keyVaultIds.shop") ||
		!strings.Contains(up.Diagnostics(), "enableRbacAuthorization") {
		t.Errorf("want a refusal with the path and the fix: %s", up.Explain())
	}
	if len(cloud.Assignments()) > 0 {
		t.Errorf("a grant without effect was made: %v", cloud.Assignments())
	}
}

// TestAVaultOfAnotherSubscriptionIsNotLookedAt: the provider would look for it in its own, where it is not.
func TestAVaultOfAnotherSubscriptionIsNotLookedAt(t *testing.T) {
	const other = "11111111-1111-1111-1111-111111111111"
	cloud := azuresim.New()
	cloud.AddSubscription(other)
	vault := cloud.MustSeed(azuresim.IDIn(other, "keys", azuresim.VaultType, "shop"), nil)
	args := smallest()
	args.KeyVaultIDs = map[string]pulumi.StringInput{"shop": pulumi.String(vault)}
	args.Addons = &components.AddonsArgs{SecretsProvider: &components.SecretsProviderArgs{SecretVaults: []string{"shop"}}}
	up := must(t, "up", simtest.New(t, program(args), simtest.WithCloud(cloud)).Up())
	if strings.Contains(up.Diagnostics(), "could not be read") || len(cloud.Assignments()) != 1 {
		t.Errorf("it is granted, and nothing is asked: %v\n%s", cloud.Assignments(), up.Diagnostics())
	}
}

func TestMissingKubeletIdentity(t *testing.T) {
	cloud := azuresim.New(azuresim.WithoutIdentityProfile())
	args := smallest()
	args.RegistryIDs = map[string]pulumi.StringInput{
		"shop": pulumi.String(cloud.MustSeed(azuresim.ID("reg", "Microsoft.ContainerRegistry/registries", "shopregistry"), nil)),
	}
	up := simtest.New(t, program(args), simtest.WithCloud(cloud)).Up()
	if up.Err == nil || !strings.Contains(up.Diagnostics(), "kubelet identity has no principal ID") {
		t.Errorf("a pull right for nobody is an error that names the kubelet: %s", up.Explain())
	}
}

func TestOddLettersInAddonAndIdentityKeys(t *testing.T) {
	cloud := azuresim.New(azuresim.WithAddonKeyCasing(strings.ToLower), azuresim.WithIdentityKeyCasing(strings.ToUpper))
	args := smallest()
	args.RegistryIDs = map[string]pulumi.StringInput{
		"shop": pulumi.String(cloud.MustSeed(azuresim.ID("reg", "Microsoft.ContainerRegistry/registries", "shopregistry"), nil)),
	}
	args.KeyVaultIDs = map[string]pulumi.StringInput{
		"shop": pulumi.String(cloud.MustSeed(azuresim.ID("keys", "Microsoft.KeyVault/vaults", "shop"), nil)),
	}
	args.Addons = &components.AddonsArgs{SecretsProvider: &components.SecretsProviderArgs{SecretVaults: []string{"shop"}}}
	s := simtest.New(t, program(args), simtest.WithCloud(cloud))
	must(t, "up", s.Up())
	if n := len(cloud.Assignments()); n != 2 {
		t.Errorf("want a grant for the kubelet and one for the add-on, got %v", cloud.Assignments())
	}
}

func TestDisabledAddonLosesItsGrant(t *testing.T) {
	cloud := azuresim.New()
	vault := pulumi.String(cloud.MustSeed(azuresim.ID("keys", "Microsoft.KeyVault/vaults", "shop"), nil))
	run := func(on bool) pulumi.RunFunc {
		args := smallest()
		if on {
			args.KeyVaultIDs = map[string]pulumi.StringInput{"shop": vault}
			args.Addons = &components.AddonsArgs{SecretsProvider: &components.SecretsProviderArgs{SecretVaults: []string{"shop"}}}
		}
		return program(args)
	}
	s := simtest.New(t, run(true), simtest.WithCloud(cloud))
	must(t, "up", s.Up())
	s.SetProgram(run(false))
	must(t, "up without the add-on", s.Up())
	if grants := cloud.Assignments(); len(grants) > 0 {
		t.Errorf("the grants of a disabled add-on must go: %v", grants)
	}
}

func TestDependsOnReachesTheChildren(t *testing.T) {
	cloud := azuresim.New()
	subnet := pulumi.String(cloud.MustSeedSubnet("net", "hub", "nodes"))
	identity := cloud.MustSeedIdentity("ids", "control-plane")
	up := must(t, "up", simtest.New(t, func(ctx *pulumi.Context) error {
		delegation, err := components.NewVnetDelegation(ctx, "network", &components.VnetDelegationArgs{
			PrincipalID: pulumi.String(identity.PrincipalID), NodeSubnetIDs: map[string]pulumi.StringInput{"nodes": subnet},
		})
		if err != nil {
			return err
		}
		return program(smallest(), pulumi.DependsOn([]pulumi.Resource{delegation}))(ctx)
	}, simtest.WithCloud(cloud)).Up())
	cluster, _ := up.Resources.Find(clusterType, "aks")
	for _, dependency := range cluster.Dependencies {
		if strings.Contains(string(dependency), "network-principal-network-contributor") {
			return
		}
	}
	t.Errorf("the cluster does not wait for the delegation: it depends on %v", cluster.Dependencies)
}
