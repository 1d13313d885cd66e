package components_test

import (
	"encoding/json"
	"flag"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/components"
	"github.com/aksidentity/pulumi-aksidentity/plan"
)

var update = flag.Bool("update", false, "rewrite testdata/*.golden")

// body is a set of arguments whose effect on the properties of cluster and pools is kept.
type body struct {
	name, story string
	args        *components.ManagedIdentityClusterArgs
}

func bodies() []body {
	on, off, ports, ips, idle := true, false, 8000, 2, 30
	const net = "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/net/providers/"
	id := func(kind, name string) pulumi.StringInput { return pulumi.String(net + kind + "/" + name) }
	one := func(kind, name string) map[string]pulumi.StringInput {
		return map[string]pulumi.StringInput{name: id(kind, name)}
	}
	vault := one("Microsoft.KeyVault/vaults", "keys")
	text := func(s string) *string { return &s }
	return []body{
		{"smallest", "Only what has to be said.", &components.ManagedIdentityClusterArgs{APIServer: &components.APIServerArgs{Public: true}}},
		{"private-vault", "A cluster with a private vault, taken over.", &components.ManagedIdentityClusterArgs{
			ClusterName: pulumi.StringPtr("shop"), ResourceGroupName: pulumi.StringPtr("shop"), Identity: &components.ClusterIdentityArgs{Type: plan.UserAssigned},
			APIServer: &components.APIServerArgs{Public: true}, Adopt: &components.AdoptClusterArgs{Cluster: true},
			Security: &components.SecurityArgs{
				KMS: &components.KMSArgs{KeyID: pulumi.String("https://keys.vault.azure.net/keys/etcd/1"), KeyVaultID: vault["keys"], NetworkAccess: plan.KMSNetworkAccessPrivate},
			},
		}},
		{"much-on", "Most of what can be switched on.", &components.ManagedIdentityClusterArgs{
			AcceptRetired: []string{"addons.appRouting"},
			ClusterName:   pulumi.StringPtr("shop"), Location: pulumi.StringPtr("westeurope"), NewResourceGroupName: pulumi.StringPtr("shop"),
			NodeResourceGroup: pulumi.StringPtr("shop-nodes"), KubernetesVersion: pulumi.StringPtr("1.32"), Tags: pulumi.StringMap{"team": pulumi.String("shop")},
			Identity: &components.ClusterIdentityArgs{Type: plan.UserAssigned}, KubeletIdentity: &components.KubeletIdentityArgs{},
			APIServer: &components.APIServerArgs{Private: true, PublicFQDN: &off, RunCommand: &on,
				PrivateDNSZoneID: pulumi.StringPtr(net + "Microsoft.Network/privateDnsZones/privatelink.westeurope.azmk8s.io")},
			Subnets: map[string]pulumi.StringInput{
				"nodes": id("Microsoft.Network/virtualNetworks/hub/subnets", "nodes"), "pods": id("Microsoft.Network/virtualNetworks/hub/subnets", "pods"),
			},
			NodeIPPrefixIDs:             one("Microsoft.Network/publicIPPrefixes", "front"),
			CapacityReservationGroupIDs: one("Microsoft.Compute/capacityReservationGroups", "gold"),
			HostGroupIDs:                one("Microsoft.Compute/hostGroups", "own"), KeyVaultIDs: vault,
			SystemPool: &components.NodePoolArgs{
				Subnet: "nodes", PodSubnet: "pods", AvailabilityZones: []pulumi.StringInput{pulumi.String("1"), pulumi.String("2")},
				EnableEncryptionAtHost: true, SecureBoot: true, Tags: pulumi.StringMap{"pool": pulumi.String("system")},
				NodeLabels: pulumi.StringMap{"a": pulumi.String("b")}, MaxPods: pulumi.IntPtr(60), OSDiskSizeGB: pulumi.IntPtr(128),
			},
			Pools: []*components.NodePoolArgs{
				{Name: "scaled", Subnet: "nodes", PodSubnet: "pods", VTPM: true, EnableFIPS: true,
					Autoscaling: &components.AutoscalingArgs{Min: pulumi.Int(2), Max: pulumi.Int(5)}},
				{Name: "spare", Subnet: "nodes", PodSubnet: "pods", Spot: &components.SpotArgs{}, NodeTaints: []pulumi.StringInput{pulumi.String("spot=true:NoSchedule")}},
				{Name: "priced", Subnet: "nodes", PodSubnet: "pods", Spot: &components.SpotArgs{MaxPrice: pulumi.Float64Ptr(0.5), EvictionPolicy: plan.EvictionPolicyDeallocate},
					Count: pulumi.IntPtr(4), VMSize: pulumi.StringPtr("Standard_D8s_v5"), MaxSurge: pulumi.StringPtr("1"),
					DrainTimeoutMinutes: pulumi.IntPtr(10), NodeSoakMinutes: pulumi.IntPtr(5)},
				{Name: "front", Subnet: "nodes", PodSubnet: "pods", EnableNodePublicIP: true, NodeIPPrefix: "front", EnableUltraSSD: true,
					CapacityReservationGroup: "gold", OSDiskType: plan.OSDiskTypeManaged, ScaleDownMode: plan.ScaleDownModeDeallocate},
				{Name: "own", Subnet: "nodes", PodSubnet: "pods", HostGroup: "own"},
			},
			Network: &components.NetworkArgs{ServiceCIDR: text("172.16.0.0/16"), LoadBalancer: &components.LoadBalancerArgs{
				ManagedIPs: &ips, AllocatedPorts: &ports, IdleTimeoutMinutes: &idle,
			}},
			Entra: &components.EntraArgs{AdminGroupObjectIDs: pulumi.StringArray{pulumi.String("33333333-3333-3333-3333-333333333333")}},
			Tier:  plan.TierPremium, SupportPlan: plan.SupportPlanAKSLongTermSupport,
			Storage: &components.StorageArgs{File: &on, Blob: &on},
			Security: &components.SecurityArgs{
				KMS:                       &components.KMSArgs{KeyID: pulumi.String("https://keys.vault.azure.net/keys/etcd/1"), KeyVaultID: vault["keys"]},
				ImageCleanerIntervalHours: pulumi.IntPtr(48), DefenderWorkspaceID: pulumi.StringPtr(net + "Microsoft.OperationalInsights/workspaces/shop"),
				CustomCACertificates: pulumi.StringArray{pulumi.String("Y2VydA==")},
			},
			Addons: &components.AddonsArgs{
				Monitoring: &components.MonitoringArgs{WorkspaceID: pulumi.StringPtr(net + "Microsoft.OperationalInsights/workspaces/shop")},
				Prometheus: true, KEDA: true, VerticalPodAutoscaler: true, ConfidentialComputing: &components.ConfidentialComputingArgs{QuoteHelper: true},
				IngressGateway:  &components.IngressGatewayArgs{SubnetCIDR: pulumi.String("10.225.0.0/16"), GatewayName: pulumi.StringPtr("edge"), WatchNamespace: pulumi.String("shop")},
				SecretsProvider: &components.SecretsProviderArgs{RotationPollInterval: pulumi.String("5m")},
				AppRouting: &components.AppRoutingArgs{PublicDNSZoneIDs: map[string]pulumi.StringInput{
					"b": id("Microsoft.Network/dnsZones", "b.example"), "a": id("Microsoft.Network/dnsZones", "a.example"),
				}},
				Istio: &components.IstioArgs{Revisions: pulumi.StringArray{pulumi.String("asm-1-24")}, ExternalIngress: true, CertificateAuthority: &components.IstioCertificateAuthorityArgs{
					KeyVault: "keys", CertChain: pulumi.String("chain"), Cert: pulumi.String("cert"), Key: pulumi.String("key"), RootCert: pulumi.String("root"),
				}},
				Other: map[string]*components.OtherAddonArgs{"openServiceMesh": {Config: pulumi.StringMap{"a": pulumi.String("b")}}},
			},
			BootstrapRegistryID: pulumi.StringPtr(net + "Microsoft.ContainerRegistry/registries/first"),
			DiskEncryptionSetID: pulumi.StringPtr(net + "Microsoft.Compute/diskEncryptionSets/disks"),
		}},
		{"much-off", "What is on by default, switched off.", &components.ManagedIdentityClusterArgs{
			AcceptRetired:     []string{"addons.appRouting"},
			ResourceGroupName: pulumi.StringPtr("shop"), DNSPrefix: pulumi.StringPtr("shop"), LockNodeResourceGroup: &off, EnableRBAC: &on,
			APIServer:  &components.APIServerArgs{AuthorizedIPRanges: pulumi.StringArray{pulumi.String("192.0.2.0/24")}, RunCommand: &off},
			SystemPool: &components.NodePoolArgs{NodeTaints: []pulumi.StringInput{}},
			Pools:      []*components.NodePoolArgs{{Name: "win", OSType: plan.OSTypeWindows, DisableWindowsOutboundNAT: true}},
			Network: &components.NetworkArgs{Flat: true, OutboundType: plan.OutboundTypeManagedNATGateway, NATGateway: &components.ManagedNATGatewayArgs{
				IPs: &ips, IdleTimeoutMinutes: &idle,
			}},
			Entra: &components.EntraArgs{AzureRBAC: &off, TenantID: pulumi.StringPtr("44444444-4444-4444-4444-444444444444")},
			Tier:  plan.TierFree, OIDCIssuer: &off, Upgrade: &components.UpgradeArgs{Channel: plan.UpgradeChannelNone, NodeOSChannel: plan.NodeOSChannelNone},
			Storage:  &components.StorageArgs{Disk: &off, Snapshots: &off},
			Security: &components.SecurityArgs{ImageCleaner: &off},
			Addons: &components.AddonsArgs{
				AzurePolicy: &off, SecretsProvider: &components.SecretsProviderArgs{Rotation: &off}, AppRouting: &components.AppRoutingArgs{},
				Istio: &components.IstioArgs{}, Other: map[string]*components.OtherAddonArgs{"openServiceMesh": {}},
			},
		}},
		{"addresses", "Outbound addresses of one's own, kubenet, and one autoscaler of two.", &components.ManagedIdentityClusterArgs{
			Identity: &components.ClusterIdentityArgs{Type: plan.UserAssigned}, APIServer: &components.APIServerArgs{Private: true, PrivateDNSZone: plan.PrivateDNSZoneNone},
			AcceptRetired: []string{"network.plugin"},
			Network: &components.NetworkArgs{Plugin: plan.NetworkPluginKubenet, PodCIDR: text("10.200.0.0/16"), LoadBalancer: &components.LoadBalancerArgs{
				OutboundIPIDs: map[string]pulumi.StringInput{"b": id("Microsoft.Network/publicIPAddresses", "b"), "a": id("Microsoft.Network/publicIPAddresses", "a")},
			}},
			SystemPool: &components.NodePoolArgs{Autoscaling: &components.AutoscalingArgs{Min: pulumi.Int(3), Max: pulumi.Int(6)}, Count: pulumi.IntPtr(4)},
			Security:   &components.SecurityArgs{KMS: &components.KMSArgs{KeyID: pulumi.String("https://keys.vault.azure.net/keys/etcd/1"), KeyVaultID: vault["keys"]}},
			Addons: &components.AddonsArgs{KEDA: true, Istio: &components.IstioArgs{InternalIngress: true},
				ConfidentialComputing: &components.ConfidentialComputingArgs{}},
		}},
		{"prefixes", "Outbound prefixes of one's own, and the other autoscaler.", &components.ManagedIdentityClusterArgs{
			Identity: &components.ClusterIdentityArgs{Type: plan.UserAssigned}, APIServer: &components.APIServerArgs{Public: true},
			Network:    &components.NetworkArgs{LoadBalancer: &components.LoadBalancerArgs{OutboundIPPrefixIDs: one("Microsoft.Network/publicIPPrefixes", "out")}},
			Addons:     &components.AddonsArgs{VerticalPodAutoscaler: true},
			SystemPool: &components.NodePoolArgs{Name: "first"},
		}},
	}
}

// TestBodiesSent: all properties that cluster and pools are sent with, for sets of arguments that switch most things on and off.
func TestBodiesSent(t *testing.T) {
	for _, b := range bodies() {
		t.Run(b.name, func(t *testing.T) {
			r := runs(t, func(ctx *pulumi.Context) error {
				_, err := components.NewManagedIdentityCluster(ctx, "aks", b.args)
				return err
			})
			got := b.story + "\n\n" + r.bodies(t)
			file := filepath.Join("testdata", b.name+".golden")
			if *update {
				if err := os.MkdirAll("testdata", 0o755); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatalf("%v; write it with: go test ./components -update", err)
			}
			if diff := cmp.Diff(string(want), got); diff != "" {
				t.Errorf("%s differs (-want +got); if that is right: go test ./components -update\n%s", file, diff)
			}
		})
	}
}

// bodies are the properties of cluster, pools and windows, by name.
func (r *registry) bodies(t *testing.T) string {
	t.Helper()
	var b strings.Builder
	for _, name := range slices.Sorted(maps.Keys(r.inputs)) {
		kind := r.requests[name].GetType()
		if !strings.HasPrefix(kind, "azure-native:containerservice/") {
			continue
		}
		text, err := json.MarshalIndent(r.inputs[name].Mappable(), "", "  ")
		if err != nil {
			t.Fatal(err)
		}
		b.WriteString(kind[strings.LastIndex(kind, ":")+1:] + " " + name)
		if ignored := r.requests[name].GetIgnoreChanges(); len(ignored) > 0 {
			b.WriteString(", ignoring changes of " + strings.Join(ignored, ", "))
		}
		b.WriteString("\n" + string(text) + "\n\n")
	}
	return b.String()
}
