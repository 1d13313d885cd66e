package audit_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	aks "github.com/pulumi/pulumi-azure-native-sdk/containerservice/v2/v20250101"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/cmd/aksid/internal/audit"
	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

// place is what the hand-written programs find in Azure.
type place struct {
	*azuresim.Cloud
	nodes, network, publicZone, privateZone, registry, vault string
}

func newPlace() place {
	cloud := azuresim.New()
	p := place{Cloud: cloud, nodes: cloud.MustSeedSubnet("network-team", "hub", "nodes")}
	p.network, _, _ = strings.Cut(p.nodes, "/subnets/")
	seed := func(resourceType, name string) string {
		return cloud.MustSeed(azuresim.ID("others", resourceType, name), nil)
	}
	p.publicZone, p.privateZone = seed(azuresim.DNSZoneType, "shop.example"), seed(azuresim.PrivateDNSZoneType, "shop.internal")
	p.registry, p.vault = seed(azuresim.RegistryType, "teamshop"), seed(azuresim.VaultType, "shop")
	return p
}

const subscription = "/subscriptions/" + azuresim.DefaultSubscriptionID

// said are the findings in short: severity, kind and who.
func said(r audit.Report) (lines []string) {
	for _, f := range r.Findings {
		lines = append(lines, strings.TrimSpace(string(f.Severity)+" "+string(f.Kind)+" "+f.Identity))
	}
	return lines
}

// mistake is one program by hand, and all that is to be said about it.
type mistake struct {
	name, reason string
	write        func(h *hand, p place)
	want         []string
}

func mistakes() []mistake {
	return []mistake{
		{
			name: "none", reason: "a careful program by hand: nothing is to be said about it",
			write: func(h *hand, p place) {
				i := h.identity("control")
				if h.err != nil {
					return
				}
				grant := h.assign("subnet", rbac.NetworkContributor, i.PrincipalId, p.nodes)
				c := h.cluster(func(a *aks.ManagedClusterArgs) { actsAs(a, i); inSubnet(a, p.nodes) }, pulumi.DependsOn([]pulumi.Resource{grant}))
				if h.err == nil {
					h.assign("pull", rbac.AcrPull, kubelet(c), p.registry)
				}
			},
		},
		{
			name: "role of public zones on a private zone", reason: "Bicep AVM: chosen by something else than the zone's ID, and it covers nothing there",
			write: func(h *hand, p place) {
				c := h.cluster(func(a *aks.ManagedClusterArgs) { withRouting(a, p.privateZone) })
				if h.err == nil {
					h.assign("zone", rbac.DNSZoneContributor, routing(c), p.privateZone)
				}
			},
			want: []string{"error missing-right addon-webAppRouting", "error role-without-effect addon-webAppRouting"},
		},
		{
			name: "role of private zones on a public zone", reason: "the same the other way round",
			write: func(h *hand, p place) {
				c := h.cluster(func(a *aks.ManagedClusterArgs) { withRouting(a, p.publicZone) })
				if h.err == nil {
					h.assign("zone", rbac.PrivateDNSZoneContributor, routing(c), p.publicZone)
				}
			},
			want: []string{"error missing-right addon-webAppRouting", "error role-without-effect addon-webAppRouting"},
		},
		{
			name: "vault for the kubelet, and no principal type", reason: "Bicep's azd pattern: the secrets provider has an identity of its own",
			write: func(h *hand, p place) {
				c := h.cluster(func(a *aks.ManagedClusterArgs) { withAddon(a, "azureKeyvaultSecretsProvider", nil) })
				if h.err != nil {
					return
				}
				h.assign("vault", rbac.KeyVaultSecretsUser, kubelet(c), p.vault)
				h.assignWithoutType("pull", rbac.AcrPull, kubelet(c), p.registry)
			},
			want: []string{"warning assignment-without-principal-type kubelet", "warning right-on-wrong-identity kubelet"},
		},
		{
			name: "whole network in place of the subnet", reason: "AKS Construction: a mismatch of letter case, and the network is always granted",
			write: func(h *hand, p place) {
				c := h.cluster(func(a *aks.ManagedClusterArgs) { inSubnet(a, p.nodes) })
				if h.err == nil {
					h.assign("network", rbac.NetworkContributor, control(c), p.network)
				}
			},
			want: []string{"warning scope-wider-than-use control-plane"},
		},
		{
			name: "zone for the kubelet", reason: "AKS Construction: every pod that reaches the nodes' identity writes records",
			write: func(h *hand, p place) {
				c := h.cluster(nil)
				if h.err == nil {
					h.assign("dns", rbac.DNSZoneContributor, kubelet(c), p.publicZone)
					h.assign("internal", rbac.PrivateDNSZoneContributor, kubelet(c), p.privateZone)
				}
			},
			want: []string{"warning right-on-wrong-identity kubelet", "warning right-on-wrong-identity kubelet"},
		},
		{
			name: "grant after a cluster with an identity of its own", reason: "terraform-azurerm-aks: it names the principal by way of the cluster",
			write: func(h *hand, p place) {
				i := h.identity("control")
				if h.err != nil {
					return
				}
				c := h.cluster(func(a *aks.ManagedClusterArgs) { actsAs(a, i); inSubnet(a, p.nodes) })
				if h.err == nil {
					h.assign("subnet", rbac.NetworkContributor, i.PrincipalId, p.nodes, pulumi.DependsOn([]pulumi.Resource{c}))
				}
			},
			want: []string{"warning grant-not-before-cluster control-plane"},
		},
		{
			name: "grant for which the cluster does not wait", reason: "neither before nor after: it works on some days",
			write: func(h *hand, p place) {
				i := h.identity("control")
				if h.err != nil {
					return
				}
				h.cluster(func(a *aks.ManagedClusterArgs) { actsAs(a, i); inSubnet(a, p.nodes) })
				h.assign("subnet", rbac.NetworkContributor, i.PrincipalId, p.nodes)
			},
			want: []string{"warning grant-not-before-cluster control-plane"},
		},
		{
			name: "no grant, since somebody holds the role", reason: "azure-cli: whoever holds it, the check is satisfied",
			write: func(h *hand, p place) {
				p.AddPrincipal("11111111-3c4c-579d-945d-aac3968e28b4", azuresim.ServicePrincipal, "former")
				h.cluster(func(a *aks.ManagedClusterArgs) { inSubnet(a, p.nodes) })
				h.assign("former", rbac.NetworkContributor, pulumi.String("11111111-3c4c-579d-945d-aac3968e28b4"), p.nodes)
			},
			want: []string{"error missing-right control-plane"},
		},
		{
			name: "registry for the control plane", reason: "users' programs: the kubelet pulls",
			write: func(h *hand, p place) {
				c := h.cluster(nil)
				if h.err == nil {
					h.assign("pull", rbac.AcrPull, control(c), p.registry)
				}
			},
			want: []string{"error right-on-wrong-identity control-plane"},
		},
		{
			name: "registry for both", reason: "the one of the control plane is too much, and nothing breaks",
			write: func(h *hand, p place) {
				c := h.cluster(nil)
				if h.err == nil {
					h.assign("pull", rbac.AcrPull, control(c), p.registry)
					h.assign("pull-nodes", rbac.AcrPull, kubelet(c), p.registry)
				}
			},
			want: []string{"warning right-on-wrong-identity control-plane"},
		},
		{
			name: "network rights on the subscription", reason: "users' programs",
			write: func(h *hand, p place) {
				c := h.cluster(func(a *aks.ManagedClusterArgs) { inSubnet(a, p.nodes) })
				if h.err == nil {
					h.assign("everything", rbac.NetworkContributor, control(c), subscription)
				}
			},
			want: []string{"warning scope-wider-than-use control-plane"},
		},
		{
			name: "owner of the group", reason: "whoever grants roles grants itself everything",
			write: func(h *hand, p place) {
				c := h.cluster(nil)
				if h.err == nil {
					h.assign("owner", rbac.Owner, control(c), subscription+"/resourceGroups/network-team")
				}
			},
			want: []string{"error role-can-grant-roles control-plane"},
		},
		{
			name: "contributor where network contributor is documented", reason: "the right scope, and a role that also deletes the subnet's neighbours",
			write: func(h *hand, p place) {
				c := h.cluster(func(a *aks.ManagedClusterArgs) { inSubnet(a, p.nodes) })
				if h.err == nil {
					h.assign("subnet", rbac.Contributor, control(c), p.nodes)
				}
			},
			want: []string{"warning role-stronger-than-use control-plane"},
		},
		{
			name: "kubeconfig in plain text and an empty one", reason: "users' programs: not secret, and a failed decode becomes an empty text",
			write: func(h *hand, _ place) {
				h.cluster(nil)
				h.ctx.Export("kubeconfig", pulumi.String("apiVersion: v1\nkind: Config\nclusters: []\ncontexts: []\nusers: []\ncurrent-context: shop\n"))
				h.ctx.Export("adminKubeconfig", pulumi.String(""))
				h.ctx.Export("secretKubeconfig", pulumi.ToSecret(pulumi.String("clusters: []\ncontexts: []\nusers: []\ncurrent-context: shop\n")))
			},
			want: []string{"error kubeconfig-not-secret", "warning kubeconfig-empty"},
		},
		{
			name: "identity that nothing uses", reason: "left over from an experiment",
			write: func(h *hand, p place) {
				h.cluster(nil)
				if i := h.identity("experiment"); h.err == nil {
					h.assign("reader", rbac.Reader, i.PrincipalId, p.registry)
				}
			},
			want: []string{"warning identity-without-use experiment"},
		},
	}
}

func withRouting(a *aks.ManagedClusterArgs, zone string) {
	a.IngressProfile = aks.ManagedClusterIngressProfileArgs{WebAppRouting: aks.ManagedClusterIngressProfileWebAppRoutingArgs{
		Enabled: pulumi.BoolPtr(true), DnsZoneResourceIds: pulumi.StringArray{pulumi.String(zone)},
	}}
}

func withAddon(a *aks.ManagedClusterArgs, key string, config pulumi.StringMap) {
	a.AddonProfiles = aks.ManagedClusterAddonProfileMap{key: aks.ManagedClusterAddonProfileArgs{Enabled: pulumi.Bool(true), Config: config}}
}

// TestEachMistakeOfOthersIsFound: programs by hand with the mistakes that other modules, the Azure CLI and users' programs make; each is
// found, and nothing else is said.
func TestEachMistakeOfOthersIsFound(t *testing.T) {
	for _, m := range mistakes() {
		t.Run(m.name, func(t *testing.T) {
			p := newPlace()
			r := auditOf(t, byHand(t, p.Cloud, func(h *hand) { m.write(h, p) }))
			if diff := cmp.Diff(m.want, said(r)); diff != "" {
				t.Errorf("%s\n%s\n%s", m.reason, diff, r.Text(120))
			}
			for _, f := range r.Findings {
				if f.What == "" || f.Where == "" || f.Why == "" || f.Do == "" {
					t.Errorf("a finding does not say everything: %+v", f)
				}
			}
			compare(t, m.name, r.Text(110))
		})
	}
}
