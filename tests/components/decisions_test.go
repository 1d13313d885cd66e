package components_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
	"github.com/aksidentity/pulumi-aksidentity/components"
	"github.com/aksidentity/pulumi-aksidentity/plan"
	"github.com/aksidentity/pulumi-aksidentity/rbac"
	"github.com/aksidentity/pulumi-aksidentity/report"
)

// TestPlanDependsOnItsArgumentsOnly: what is retired is a question of the day that is given, not of the day on which one asks.
func TestPlanDependsOnItsArgumentsOnly(t *testing.T) {
	cloud := azuresim.New()
	workspace := cloud.MustSeed(azuresim.ID("logs", azuresim.WorkspaceType, "logs"), nil)
	args := func() *components.ManagedIdentityClusterArgs {
		a := everything(cloud)
		a.Addons.Monitoring = &components.MonitoringArgs{WorkspaceID: pulumi.String(workspace), LegacyAuthentication: true}
		return a
	}
	for day, problems := range map[plan.Day]int{"2026-08-01": 0, "2026-09-29": 0, "2026-09-30": 1, "2026-12-01": 2, "2031-01-01": 2} {
		first, second := components.PlanManagedIdentityCluster(args(), day), components.PlanManagedIdentityCluster(args(), day)
		if diff := cmp.Diff(report.Plan(first), report.Plan(second)); diff != "" {
			t.Errorf("on %s equal arguments give different plans:\n%s", day, diff)
		}
		if len(first.Problems) != problems {
			t.Errorf("on %s: want %d problems, got %v", day, problems, first.Problems)
		}
	}
}

// TestGatewayOfPartsInThreeGroups: an existing gateway stands in a subnet and has an address that lie elsewhere; the add-on gets the
// right on each, and AKS is told of the gateway only.
func TestGatewayOfPartsInThreeGroups(t *testing.T) {
	cloud := azuresim.New()
	gateway := cloud.MustSeed(azuresim.ID("edge", azuresim.ApplicationGatewayType, "edge"), nil)
	subnet := cloud.MustSeedSubnet("net", "hub", "gateways")
	address := cloud.MustSeed(azuresim.ID("addresses", azuresim.PublicIPAddressType, "edge"), nil)
	args := smallest()
	args.Addons = &components.AddonsArgs{IngressGateway: &components.IngressGatewayArgs{
		GatewayID: pulumi.StringPtr(gateway), GatewaySubnetID: pulumi.StringPtr(subnet), GatewayPublicIPID: pulumi.StringPtr(address),
	}}
	simtest.Run(t, program(args), simtest.WithCloud(cloud), simtest.WithCheck(func(*simtest.Stack, simtest.Result) {
		cluster := cloud.Clusters()[0]
		principal := cluster.Addon(string(plan.IngressGateway))
		for scope, action := range map[string]string{
			gateway: azuresim.ApplicationGatewayType + "/write", subnet: azuresim.SubnetType + "/join/action", address: azuresim.PublicIPAddressType + "/join/action",
		} {
			if d := cloud.Can(principal, rbac.Need{Action: action, Scope: rbac.MustParseScope(scope)}); !d.Allowed() {
				t.Errorf("the add-on lacks %v", d.Missing)
			}
		}
		var sent map[string]any
		for _, r := range cloud.Resources() {
			if r.Type == azuresim.ManagedClusterType {
				properties, _ := r.Body["properties"].(map[string]any)
				addons, _ := properties["addonProfiles"].(map[string]any)
				addon, _ := addons[string(plan.IngressGateway)].(map[string]any)
				sent, _ = addon["config"].(map[string]any)
			}
		}
		if diff := cmp.Diff(map[string]any{"applicationGatewayId": gateway}, sent); diff != "" {
			t.Errorf("AKS is told (-want +got):\n%s", diff)
		}
	}))
}

// TestRegistryInTheOtherMode: AcrPull has no effect on a registry in ABAC mode, nor have the roles of repositories on another one.
func TestRegistryInTheOtherMode(t *testing.T) {
	cloud := azuresim.New()
	registry := func(name, mode string) string {
		return cloud.MustSeed(azuresim.ID("reg", azuresim.RegistryType, name), map[string]any{"properties": map[string]any{"roleAssignmentMode": mode}})
	}
	abac, legacy := registry("abacregistry", "AbacRepositoryPermissions"), registry("oldregistry", "LegacyRegistryPermissions")
	cases := []struct {
		name, reason string
		put          func(a *components.ManagedIdentityClusterArgs, id func(string) pulumi.StringInput)
		says         []string
	}{
		{"ABAC among the others", "AcrPull has no effect there", func(a *components.ManagedIdentityClusterArgs, id func(string) pulumi.StringInput) {
			a.RegistryIDs = ids{"shop": id(abac)}
		}, []string{"registryIds.shop", "ABAC mode", "abacRegistryIds"}},
		{"another among ABAC", "the roles of repositories have no effect there", func(a *components.ManagedIdentityClusterArgs, id func(string) pulumi.StringInput) {
			a.ABACRegistryIDs = ids{"shop": id(legacy)}
		}, []string{"abacRegistryIds.shop", "RBAC mode", "registryIds"}},
		{"one in both", "it has one mode", func(a *components.ManagedIdentityClusterArgs, id func(string) pulumi.StringInput) {
			a.RegistryIDs, a.ABACRegistryIDs = ids{"shop": id(abac)}, ids{"shop": id(abac)}
		}, []string{"egistryIds.shop"}},
		{"each in its own", "this is right", func(a *components.ManagedIdentityClusterArgs, id func(string) pulumi.StringInput) {
			a.RegistryIDs, a.ABACRegistryIDs = ids{"old": id(legacy)}, ids{"new": id(abac)}
		}, nil},
	}
	for _, tc := range cases {
		for _, late := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s, late %v", tc.name, late), func(t *testing.T) {
				s := simtest.New(t, func(ctx *pulumi.Context) error {
					output, err := lateIDs(ctx)
					if err != nil {
						return err
					}
					args := smallest()
					tc.put(args, func(id string) pulumi.StringInput {
						if late {
							return output(id)
						}
						return pulumi.String(id)
					})
					return program(args)(ctx)
				}, simtest.WithCloud(cloud))
				if preview := s.Preview(); (preview.Err == nil) != (late || tc.says == nil) {
					t.Errorf("what is known is refused at preview: %s", preview.Explain())
				}
				up := s.Up()
				if (up.Err == nil) != (tc.says == nil) {
					t.Errorf("%s: %s", tc.reason, up.Explain())
				}
				for _, want := range tc.says {
					if !strings.Contains(up.Diagnostics(), want) {
						t.Errorf("%s: the error does not say %q: %s", tc.reason, want, up.Explain())
					}
				}
				must(t, "destroy", s.Destroy())
			})
		}
	}
}

// TestKubenetJoinsWhatItsSubnetRefersTo: AKS attaches its route table to the subnet, and whoever writes a subnet has to join the NAT
// gateway that it has.
func TestKubenetJoinsWhatItsSubnetRefersTo(t *testing.T) {
	for _, strategy := range []string{"builtin", "custom"} {
		t.Run(strategy, func(t *testing.T) {
			cloud := azuresim.New()
			gateway := cloud.MustSeed(azuresim.ID("egress", azuresim.NatGatewayType, "out"), nil)
			cloud.MustSeedSubnet("net", "hub", "other")
			subnet := cloud.MustSeed(azuresim.ID("net", azuresim.SubnetType, "hub", "nodes"), map[string]any{
				"properties": map[string]any{"natGateway": map[string]any{"id": gateway}},
			})
			args := smallest()
			args.Identity = &components.ClusterIdentityArgs{Type: plan.UserAssigned}
			args.Subnets, args.SystemPool.Subnet = ids{"nodes": pulumi.String(subnet)}, "nodes"
			args.Network = &components.NetworkArgs{Plugin: "kubenet", OutboundType: "userAssignedNATGateway"}
			args.RoleStrategy, args.Propagation = components.RoleStrategy(strategy), quick(0)
			s := simtest.New(t, program(args), simtest.WithCloud(cloud))
			if up := s.Up(); up.Err == nil || !strings.Contains(up.Diagnostics(), azuresim.CodeLinkedAuthorizationFailed) {
				t.Errorf("without the gateway AKS fails: %s", up.Explain())
			}
			args.NATGatewayIDs = ids{"out": pulumi.String(gateway)}
			must(t, "with natGatewayIds", s.Up())
			must(t, "destroy", s.Destroy())
		})
	}
}

// TestCoveredGrantComesBack: what a wider grant covered is granted for itself before the wider one goes.
func TestCoveredGrantComesBack(t *testing.T) {
	cloud := azuresim.New()
	vault := pulumi.String(cloud.MustSeed(azuresim.ID("keys", azuresim.VaultType, "shop"), nil))
	run := func(certificates ...string) pulumi.RunFunc {
		args := smallest()
		args.KeyVaultIDs = ids{"shop": vault}
		args.Addons = &components.AddonsArgs{SecretsProvider: &components.SecretsProviderArgs{SecretVaults: []string{"shop"}, CertificateVaults: certificates}}
		return program(args)
	}
	s := simtest.New(t, run("shop"), simtest.WithCloud(cloud))
	for _, step := range []struct {
		program pulumi.RunFunc
		role    rbac.RoleName
		reasons int
	}{{run("shop"), rbac.KeyVaultCertificateUser, 2}, {run(), rbac.KeyVaultSecretsUser, 1}, {run("shop"), rbac.KeyVaultCertificateUser, 2}} {
		s.SetProgram(step.program)
		done := len(cloud.Operations())
		must(t, "up", s.Up())
		grants := cloud.RoleAssignments()
		if len(grants) != 1 || grants[0].Role.Name != step.role || strings.Count(grants[0].Description, ";") != step.reasons-1 {
			t.Errorf("want %s with %d reasons, got %+v", step.role, step.reasons, grants)
		}
		made := false
		for _, op := range cloud.Operations()[done:] {
			if op.Type == azuresim.RoleAssignmentType {
				made = made || op.Method == azuresim.MethodPut
				if op.Method == azuresim.MethodDelete && !made {
					t.Errorf("the old grant goes before the new one is there: %v", op)
				}
			}
		}
	}
}

// TestKeyOfAnotherVaultIsRefusedWhenItArrives: a key that is known is refused in the plan; a late one before AKS is asked.
func TestKeyOfAnotherVaultIsRefusedWhenItArrives(t *testing.T) {
	cloud := azuresim.New()
	vault := cloud.MustSeed(azuresim.ID("keys", azuresim.VaultType, "kms"), nil)
	for key, works := range map[string]bool{
		"https://kms.vault.azure.net/keys/etcd/1": true, "https://other.vault.azure.net/keys/etcd/1": false, "https://kms.vault.azure.net/keys/etcd": false,
	} {
		s := simtest.New(t, func(ctx *pulumi.Context) error {
			late, err := lateIDs(ctx)
			if err != nil {
				return err
			}
			args := smallest()
			args.Identity = &components.ClusterIdentityArgs{Type: plan.UserAssigned}
			args.Security = &components.SecurityArgs{KMS: &components.KMSArgs{KeyID: late(key), KeyVaultID: pulumi.String(vault)}}
			return program(args)(ctx)
		}, simtest.WithCloud(cloud))
		up := s.Up()
		if (up.Err == nil) != works || !works && !strings.Contains(up.Diagnostics(), "security.kms.keyId: ") {
			t.Errorf("%s: %s", key, up.Explain())
		}
		for _, op := range cloud.Operations() {
			if !works && op.Type == azuresim.ManagedClusterType && op.Method == azuresim.MethodPut && strings.Contains(op.Code, "KeyVault") {
				t.Errorf("%s: AKS was asked: %+v", key, op)
			}
		}
		must(t, "destroy", s.Destroy())
	}
}

// TestExtraGrants: what the caller asks for each identity of the cluster is made, in the right order, with the reason.
func TestExtraGrants(t *testing.T) {
	const reader = "acdd72a7-3385-48ef-bd42-f606fba81ae7"
	cloud := azuresim.New()
	logs := pulumi.String(cloud.MustSeed(azuresim.ID("logs", azuresim.StorageAccountType, "logs"), nil))
	definition := rbac.RoleName("/subscriptions/" + azuresim.DefaultSubscriptionID + "/providers/Microsoft.Authorization/roleDefinitions/" + reader)
	args := smallest()
	args.Identity = &components.ClusterIdentityArgs{Type: plan.UserAssigned}
	args.Addons = &components.AddonsArgs{SecretsProvider: &components.SecretsProviderArgs{}}
	args.ExtraGrants = map[string]*components.ExtraGrantArgs{
		"logs":   {Identity: "control-plane", Role: "reader", ResourceID: logs, Reason: "reads the logs"},
		"nodes":  {Identity: "kubelet", Role: reader, ResourceID: logs, Reason: "pods read the logs as the node"},
		"driver": {Identity: string(plan.SecretsProvider), Role: definition, ResourceID: logs, Reason: "the driver reads the logs"},
	}
	simtest.Run(t, program(args), simtest.WithCloud(cloud), simtest.WithCheck(func(_ *simtest.Stack, up simtest.Result) {
		cluster := cloud.Clusters()[0]
		reasons := map[string]string{}
		for _, a := range cloud.RoleAssignments() {
			if a.Role.Name != rbac.Reader {
				t.Errorf("%s was granted", a.Role.Name)
			}
			reasons[a.PrincipalID] = a.Description
		}
		for principal, reason := range map[string]string{
			cluster.ControlPlane(): "reads the logs", cluster.Kubelet(): "pods read the logs as the node",
			cluster.Addon(string(plan.SecretsProvider)): "the driver reads the logs",
		} {
			if !strings.Contains(reasons[principal], reason) {
				t.Errorf("%s has no grant for %q: %v", principal, reason, reasons)
			}
		}
		made, _ := up.Resources.Find(clusterType, "aks")
		if text := fmt.Sprint(made.Dependencies); !strings.Contains(text, "aks-control-plane-created-reader-extraGrants.logs") {
			t.Errorf("the grant of an identity that is there before the cluster precedes it: %s", text)
		}
	}))
}
