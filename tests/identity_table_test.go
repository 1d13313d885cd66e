package tests

import (
	"fmt"
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

// tableRow is one row of the identity table of AKS, as it stood in August 2026: which features have an identity, and what
// it needs outside the node resource group. Exactly one of needs, refused, nothing and elsewhere is given.
type tableRow struct {
	id, feature string
	// set describes the feature in the arguments; outside are resources that were there before.
	set func(*components.ManagedIdentityClusterArgs, outside)
	// extra are further components of the program.
	extra func(ctx *pulumi.Context, c *components.ManagedIdentityCluster, o outside) error
	// needs: what has to work after up, and not without the component.
	needs map[rbac.CapabilityID]string
	// refused: the path of the problem, and what its text has to say.
	refused, says string
	// nothing: the feature needs no grant.
	nothing bool
	// elsewhere: why it is no argument of the cluster.
	elsewhere string
}

// outside seeds and names external resources.
type outside struct{ cloud *azuresim.Cloud }

func (o outside) id(group, resourceType, name string) string {
	return o.cloud.MustSeed(azuresim.ID(group, resourceType, name), nil)
}

func (o outside) subnet(name string) string { return o.cloud.MustSeedSubnet("net", "hub", name) }

// target resolves the short names that the table uses.
func (o outside) target(name string) string {
	switch name {
	case "nodes", "virtual", "gateway":
		return o.subnet(name)
	case "registry":
		return o.id("reg", "Microsoft.ContainerRegistry/registries", "shopregistry")
	case "abac":
		return o.cloud.MustSeed(azuresim.ID("reg", "Microsoft.ContainerRegistry/registries", "abacregistry"), map[string]any{
			"location": "westeurope", "sku": map[string]any{"name": "Premium"},
			"properties": map[string]any{"roleAssignmentMode": "AbacRepositoryPermissions"},
		})
	case "appgateway":
		return o.id("edge", "Microsoft.Network/applicationGateways", "edge")
	case "gatewayidentity":
		return o.cloud.MustSeedIdentity("edge", "edge-identity").ID
	case "vault":
		return o.id("keys", "Microsoft.KeyVault/vaults", "shopvault")
	case "publiczone":
		return o.id("dns", "Microsoft.Network/dnsZones", "shop.example")
	case "privatezone":
		return o.id("dns", "Microsoft.Network/privateDnsZones", "shop.internal")
	case "workspace":
		return o.id("logs", "Microsoft.OperationalInsights/workspaces", "shoplogs")
	case "prefix":
		return o.id("net", "Microsoft.Network/publicIPPrefixes", "egress")
	case "network":
		return strings.Split(o.subnet("nodes"), "/subnets/")[0]
	default:
		panic("unknown target " + name)
	}
}

func (o outside) input(name string) pulumi.String { return pulumi.String(o.target(name)) }

func (o outside) ptr(name string) pulumi.StringPtrInput { return pulumi.StringPtr(o.target(name)) }

func (o outside) one(name string) map[string]pulumi.StringInput {
	return map[string]pulumi.StringInput{"shop": o.input(name)}
}

func addons(a components.AddonsArgs) func(*components.ManagedIdentityClusterArgs, outside) {
	return func(args *components.ManagedIdentityClusterArgs, _ outside) { args.Addons = &a }
}

func addonsWith(build func(o outside) components.AddonsArgs) func(*components.ManagedIdentityClusterArgs, outside) {
	return func(args *components.ManagedIdentityClusterArgs, o outside) {
		a := build(o)
		args.Addons = &a
	}
}

// withVault is addons for those that read the shop's vault.
func withVault(a components.AddonsArgs) func(*components.ManagedIdentityClusterArgs, outside) {
	return func(args *components.ManagedIdentityClusterArgs, o outside) {
		args.Addons, args.KeyVaultIDs = &a, o.one("vault")
	}
}

func retired(key string) func(*components.ManagedIdentityClusterArgs, outside) {
	return addons(components.AddonsArgs{Other: map[string]*components.OtherAddonArgs{key: {Enabled: true}}})
}

func inNodeSubnet(args *components.ManagedIdentityClusterArgs, o outside) {
	args.Subnets = map[string]pulumi.StringInput{"nodes": o.input("nodes")}
	args.SystemPool.Subnet = "nodes"
}

func flatIn(args *components.ManagedIdentityClusterArgs, o outside) {
	inNodeSubnet(args, o)
	args.Network = &components.NetworkArgs{Flat: true, Policy: "azure"}
}

func noChange(*components.ManagedIdentityClusterArgs, outside) {}

func delegate(build func(o outside, args *components.VnetDelegationArgs)) func(*pulumi.Context, *components.ManagedIdentityCluster, outside) error {
	return func(ctx *pulumi.Context, c *components.ManagedIdentityCluster, o outside) error {
		args := &components.VnetDelegationArgs{PrincipalID: c.PrincipalID}
		build(o, args)
		_, err := components.NewVnetDelegation(ctx, "delegation", args)
		return err
	}
}

func identityTable() []tableRow {
	rows := append(clusterRows(), gatewayRows()...)
	return append(append(rows, addonRows()...), aroundRows()...)
}

func clusterRows() []tableRow {
	return []tableRow{
		{id: "S1", feature: "control plane", set: inNodeSubnet, needs: map[rbac.CapabilityID]string{"node-subnet-join": "nodes"}},
		{id: "S2", feature: "kubelet, registry in RBAC mode", needs: map[rbac.CapabilityID]string{"acr-pull-rbac": "registry"},
			set: func(a *components.ManagedIdentityClusterArgs, o outside) { a.RegistryIDs = o.one("registry") }},
		{id: "S2", feature: "kubelet, registry in ABAC mode", needs: map[rbac.CapabilityID]string{"acr-pull-abac": "abac"},
			set: func(a *components.ManagedIdentityClusterArgs, o outside) { a.ABACRegistryIDs = o.one("abac") }},
		{id: "S3", feature: "Azure network policy manager", nothing: true, set: func(a *components.ManagedIdentityClusterArgs, _ outside) {
			a.Network = &components.NetworkArgs{Policy: "azure"}
		}},
		{id: "S4", feature: "CNI network monitoring", set: retired("networkMonitoring"), refused: "addons.other.networkMonitoring", says: "1.21"},
		{id: "S5", feature: "Azure Policy, gatekeeper", nothing: true, set: addons(components.AddonsArgs{})},
		{id: "S6", feature: "Azure Policy", nothing: true, set: noChange},
		{id: "S7", feature: "Calico", nothing: true, set: func(a *components.ManagedIdentityClusterArgs, _ outside) {
			a.Network = &components.NetworkArgs{Policy: "calico"}
		}},
		{id: "S8", feature: "Kubernetes dashboard", set: retired("kubeDashboard"), refused: "addons.other.kubeDashboard", says: "2020-11-09"},
		{id: "S9", feature: "HTTP application routing", set: retired("httpapplicationrouting"), refused: "addons.other.httpapplicationrouting", says: "2025-03-03"},
		{id: "M15", feature: "node resource group lockdown", nothing: true, set: noChange},
		{id: "M9", feature: "cost analysis", nothing: true, set: noChange},
		{id: "M14", feature: "image cleaner", nothing: true, set: noChange},
		{id: "M13", feature: "Defender", nothing: true, set: func(a *components.ManagedIdentityClusterArgs, o outside) {
			a.Security = &components.SecurityArgs{DefenderWorkspaceID: o.ptr("workspace")}
		}},
		{id: "M19", feature: "KMS etcd encryption", needs: map[rbac.CapabilityID]string{"kms-public-vault": "vault"},
			set: func(a *components.ManagedIdentityClusterArgs, o outside) {
				a.Identity = &components.ClusterIdentityArgs{Type: plan.UserAssigned}
				a.Security = &components.SecurityArgs{KMS: &components.KMSArgs{
					KeyID: pulumi.String("https://shopvault.vault.azure.net/keys/etcd/0123456789abcdef0123456789abcdef"), KeyVaultID: o.input("vault"),
				}}
			}},
		{id: "M20", feature: "API server VNet integration", set: noChange, needs: map[rbac.CapabilityID]string{"apiserver-subnet": "gateway"},
			extra: delegate(func(o outside, a *components.VnetDelegationArgs) { a.APIServerSubnetIDs = o.one("gateway") })},
		{id: "M21", feature: "node auto-provisioning", set: noChange, needs: map[rbac.CapabilityID]string{"nap-subnet-join": "nodes"},
			extra: delegate(func(o outside, a *components.VnetDelegationArgs) { a.AutoprovisioningNetworkIDs = o.one("network") })},
		{id: "M22", feature: "static egress gateway", set: noChange, needs: map[rbac.CapabilityID]string{"static-egress-prefix": "prefix"},
			extra: delegate(func(o outside, a *components.VnetDelegationArgs) { a.EgressPrefixIDs = o.one("prefix") })},
		{id: "M26", feature: "network-isolated bootstrap registry", needs: map[rbac.CapabilityID]string{"acr-bootstrap-cache": "registry"},
			set: func(a *components.ManagedIdentityClusterArgs, o outside) {
				a.Identity = &components.ClusterIdentityArgs{Type: plan.UserAssigned}
				a.KubeletIdentity = &components.KubeletIdentityArgs{}
				a.BootstrapRegistryID = o.ptr("registry")
			}},
	}
}

func gatewayRows() []tableRow {
	return []tableRow{
		{id: "S10", feature: "ingress gateway that exists", needs: map[rbac.CapabilityID]string{"agic-gateway": "appgateway", "agic-gateway-identity": "gatewayidentity"},
			set: addonsWith(func(o outside) components.AddonsArgs {
				return components.AddonsArgs{IngressGateway: &components.IngressGatewayArgs{GatewayID: o.ptr("appgateway"), GatewayIdentityID: o.ptr("gatewayidentity")}}
			})},
		{id: "S10", feature: "ingress gateway in a subnet", needs: map[rbac.CapabilityID]string{"agic-subnet": "gateway"},
			set: addonsWith(func(o outside) components.AddonsArgs {
				return components.AddonsArgs{IngressGateway: &components.IngressGatewayArgs{SubnetID: o.ptr("gateway")}}
			})},
		{id: "S10", feature: "ingress gateway in a range of the nodes' network", needs: map[rbac.CapabilityID]string{"agic-subnet": "gateway"},
			set: func(a *components.ManagedIdentityClusterArgs, o outside) {
				inNodeSubnet(a, o)
				cidr := "10.1.0.0/16"
				a.Addons = &components.AddonsArgs{IngressGateway: &components.IngressGatewayArgs{SubnetCIDR: pulumi.String(cidr)}}
			}},
		{id: "S12", feature: "virtual node", needs: map[rbac.CapabilityID]string{"virtual-node-subnet": "virtual"},
			set: func(a *components.ManagedIdentityClusterArgs, o outside) {
				flatIn(a, o)
				a.Addons = &components.AddonsArgs{VirtualNode: &components.VirtualNodeArgs{SubnetID: o.input("virtual")}}
			}},
	}
}

func addonRows() []tableRow {
	return []tableRow{
		{id: "S11", feature: "Container Insights, legacy", refused: "addons.monitoring.legacyAuthentication", says: "2026-09-30",
			set: addonsWith(func(o outside) components.AddonsArgs {
				return components.AddonsArgs{Monitoring: &components.MonitoringArgs{WorkspaceID: o.input("workspace"), LegacyAuthentication: true}}
			})},
		{id: "S11", feature: "Container Insights, Entra", nothing: true, set: addonsWith(func(o outside) components.AddonsArgs {
			return components.AddonsArgs{Monitoring: &components.MonitoringArgs{WorkspaceID: o.input("workspace")}}
		})},
		{id: "M1", feature: "Key Vault secrets provider", needs: map[rbac.CapabilityID]string{"keyvault-secrets-provider": "vault"},
			set: withVault(components.AddonsArgs{SecretsProvider: &components.SecretsProviderArgs{SecretVaults: []string{"shop"}}})},
		{id: "M2", feature: "application routing", set: func(args *components.ManagedIdentityClusterArgs, o outside) {
			withVault(components.AddonsArgs{SecretsProvider: &components.SecretsProviderArgs{}, AppRouting: &components.AppRoutingArgs{
				PublicDNSZoneIDs: o.one("publiczone"), PrivateDNSZoneIDs: o.one("privatezone"), Vaults: []string{"shop"},
			}})(args, o)
		}, needs: map[rbac.CapabilityID]string{
			"approuting-public-dns": "publiczone", "approuting-private-dns": "privatezone", "approuting-keyvault": "vault",
		}},
		{id: "M5", feature: "Open Service Mesh before its date", nothing: true, set: retired("openServiceMesh")},
		{id: "M6", feature: "Istio with an own authority", needs: map[rbac.CapabilityID]string{"keyvault-secrets-provider": "vault"},
			set: withVault(components.AddonsArgs{SecretsProvider: &components.SecretsProviderArgs{}, Istio: &components.IstioArgs{
				CertificateAuthority: &components.IstioCertificateAuthorityArgs{
					KeyVault: "shop", CertChain: pulumi.String("chain"), Cert: pulumi.String("cert"), Key: pulumi.String("key"), RootCert: pulumi.String("root"),
				},
			}})},
		{id: "M7", feature: "Prometheus", nothing: true, set: addons(components.AddonsArgs{Prometheus: true})},
		{id: "M8", feature: "Container Insights, newer path", elsewhere: "not in API version 2025-01-01; addons.monitoring does the same with Entra authentication"},
		{id: "M11", feature: "pod identity", set: retired("podIdentity"), refused: "addons.other.podIdentity", says: "2022-10-24"},
		{id: "M12", feature: "KEDA and the vertical autoscaler", nothing: true, set: addons(components.AddonsArgs{KEDA: true, VerticalPodAutoscaler: true})},
		{id: "M16", feature: "confidential computing", nothing: true, set: addons(components.AddonsArgs{ConfidentialComputing: &components.ConfidentialComputingArgs{}})},
	}
}

func aroundRows() []tableRow {
	return []tableRow{
		{id: "M3", feature: "application routing with the Gateway API", elsewhere: "not in API version 2025-01-01; its controllers act as workload identities, see examples/workload-identity and TestWorkloadsOfTheTable"},
		{id: "M4", feature: "Application Gateway for Containers", elsewhere: "preview API only; its controller acts as a workload identity, see TestWorkloadsOfTheTable"},
		{id: "M10", feature: "workload identity", elsewhere: "the caller's own identity: WorkloadIdentity, see TestWorkloadsOfTheTable"},
		{id: "M17", feature: "Azure Backup", elsewhere: "an extension, not part of the cluster: AddonIdentityGrants, see TestBackupOfTheTable"},
		{id: "M18", feature: "Azure Container Storage v1", elsewhere: "an extension; its one role lies in the node resource group, where only AKS should grant"},
		{id: "M23", feature: "AI toolchain operator", elsewhere: "preview API only; which identity it has is not verified"},
		{id: "M24", feature: "Flux, Dapr and other extensions", elsewhere: "extension resources with identities of their own; nothing in the cluster"},
		{id: "M25", feature: "disk quick attach", elsewhere: "preview API only"},
	}
}

func TestIdentityTable(t *testing.T) {
	seen := map[string]bool{}
	for _, row := range identityTable() {
		seen[row.id] = true
		t.Run(row.id+" "+row.feature, func(t *testing.T) {
			switch {
			case row.elsewhere != "":
				t.Log(row.elsewhere)
			case row.refused != "":
				row.mustBeRefused(t)
			default:
				row.mustWork(t)
			}
		})
	}
	for _, prefix := range []struct {
		letter string
		last   int
	}{{"S", 12}, {"M", 26}} {
		for n := 1; n <= prefix.last; n++ {
			if id := fmt.Sprintf("%s%d", prefix.letter, n); !seen[id] {
				t.Errorf("row %s of the table is not tested", id)
			}
		}
	}
}

func (r tableRow) args(o outside) *components.ManagedIdentityClusterArgs {
	args := &components.ManagedIdentityClusterArgs{
		Location:   pulumi.StringPtr("westeurope"),
		SystemPool: &components.NodePoolArgs{},
		APIServer:  &components.APIServerArgs{Public: true},
	}
	r.set(args, o)
	return args
}

func (r tableRow) mustBeRefused(t *testing.T) {
	t.Helper()
	problems := components.PlanManagedIdentityCluster(r.args(outside{azuresim.New()}), worlds.Day).Problems
	if len(problems) != 1 || string(problems[0].Path) != r.refused {
		t.Fatalf("want one problem at %s, got %v", r.refused, problems)
	}
	if text := problems[0].String(); !strings.Contains(text, r.says) || problems[0].Fix == "" {
		t.Errorf("the problem tells neither date nor successor: %s", text)
	}
}

func (r tableRow) mustWork(t *testing.T) {
	t.Helper()
	for _, with := range []bool{true, false} {
		// KMS, kubelet identity and bootstrap registry: AKS refuses the cluster itself without the grant.
		o := outside{azuresim.New()}
		args := r.args(o)
		if !with {
			args.GrantMode = components.GrantNone
		}
		args.Propagation = &components.PropagationArgs{TimeoutSeconds: new(int)}
		s := simtest.New(t, func(ctx *pulumi.Context) error {
			c, err := components.NewManagedIdentityCluster(ctx, "aks", args)
			if err != nil || r.extra == nil || !with {
				return err
			}
			return r.extra(ctx, c, o)
		}, simtest.WithCloud(o.cloud))
		up := s.Up()
		if !with && up.Err != nil && len(r.needs) > 0 {
			continue
		}
		if up.Err != nil {
			t.Fatalf("up: %s", up.Explain())
		}
		if grants := o.cloud.Assignments(); with && r.nothing && len(grants) > 0 {
			t.Errorf("nothing is needed, but %v was granted", grants)
		}
		for capability, target := range r.needs {
			decision, err := o.cloud.Clusters()[0].Perform(capability, o.target(target))
			if err != nil || decision.Allowed() != with {
				t.Errorf("%s with us %v: allowed %v, missing %v, %v", capability, with, decision.Allowed(), decision.Missing, err)
			}
		}
	}
}

func TestOpenServiceMeshIsRefusedAfterItsDate(t *testing.T) {
	for day, refused := range map[plan.Day]bool{"2027-09-29": false, "2027-09-30": true} {
		p := plan.ForCluster(plan.Cluster{
			SystemPool: plan.Pool{}, APIServer: plan.APIServer{Public: true},
			Addons: plan.Addons{Other: map[string]bool{string(plan.OpenServiceMesh): true}}, AsOf: day,
		})
		if (len(p.Problems) > 0) != refused {
			t.Errorf("on %s: %v", day, p.Problems)
		}
	}
}
