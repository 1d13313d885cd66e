package tests

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/components"
	"github.com/aksidentity/pulumi-aksidentity/plan"
	"github.com/aksidentity/pulumi-aksidentity/tests/arguments"
)

// broken are arguments with as many mistakes as can stand beside each other; tests/recordings has those of a hundred commands.
func broken(t *testing.T) map[string]struct {
	args any
	plan plan.Plan
} {
	type entry = struct {
		args any
		plan plan.Plan
	}
	const odd = "nonsense"
	wrong, none, off, oddText := pulumi.String(odd), ids{"a b": pulumi.String("x"), "none": nil}, false, odd
	user := &components.UserAssignedIdentityArgs{ResourceID: wrong, PrincipalID: wrong}
	pool := func(name string) *components.NodePoolArgs {
		return &components.NodePoolArgs{
			Name: name, Mode: "Nonsense", OSType: "Nonsense", OSDiskType: "Nonsense", ScaleDownMode: "Nonsense", Subnet: "nowhere", PodSubnet: "nowhere",
			VMSize: pulumi.StringPtr("Standard_B2s"), KubernetesVersion: pulumi.StringPtr("9.9"), Count: pulumi.IntPtr(5000), MaxPods: pulumi.IntPtr(1),
			OSDiskSizeGB: pulumi.IntPtr(-1), MaxSurge: pulumi.StringPtr("many"), DrainTimeoutMinutes: pulumi.IntPtr(0), NodeSoakMinutes: pulumi.IntPtr(99),
			Autoscaling: &components.AutoscalingArgs{Min: pulumi.Int(9), Max: pulumi.Int(3)}, Spot: &components.SpotArgs{EvictionPolicy: "Nonsense", MaxPrice: pulumi.Float64Ptr(-7)},
			NodeTaints: []pulumi.StringInput{pulumi.String("a=b:NoSchedule")}, NodeIPPrefix: "nowhere", CapacityReservationGroup: "nowhere", HostGroup: "nowhere",
			ProximityPlacementGroupID: pulumi.StringPtr("nonsense"), DisableWindowsOutboundNAT: true,
		}
	}
	system := pool("System-Pool")
	system.Mode = "System"
	many := 9999
	everything := &components.ManagedIdentityClusterArgs{
		ResourceGroupName: pulumi.StringPtr("a/b"), NewResourceGroupName: pulumi.StringPtr("a/b"), ClusterName: pulumi.StringPtr("-"), DNSPrefix: pulumi.StringPtr("-"),
		FQDNSubdomain: pulumi.StringPtr("x"), NodeResourceGroup: pulumi.StringPtr("a/b"), KubernetesVersion: pulumi.StringPtr("1"),
		Identity:        &components.ClusterIdentityArgs{Type: "Nonsense", UserAssigned: user},
		KubeletIdentity: &components.KubeletIdentityArgs{Existing: user}, SystemPool: system, Pools: []*components.NodePoolArgs{pool("web"), pool("web")},
		Subnets: none, NodeIPPrefixIDs: none, NodeIPPrefixGroupIDs: none, CapacityReservationGroupIDs: none, CapacityReservationResourceGroupIDs: none,
		HostGroupIDs: none, HostResourceGroupIDs: none, KeyVaultIDs: none, NATGatewayIDs: none, RegistryIDs: none, ABACRegistryIDs: none,
		BootstrapRegistryID: pulumi.StringPtr("x"), ABACBootstrapRegistryID: pulumi.StringPtr("x"), DiskEncryptionSetID: pulumi.StringPtr("x"),
		Network: &components.NetworkArgs{
			Plugin: "kubenet", PluginMode: "overlay", Flat: true, Dataplane: "cilium", Policy: "azure", PodCIDR: &oddText, ServiceCIDR: &oddText, DNSServiceIP: &oddText,
			PodCIDRs: []string{odd}, ServiceCIDRs: []string{odd}, IPFamilies: []components.IPFamily{odd}, OutboundType: "userDefinedRouting",
			LoadBalancer: &components.LoadBalancerArgs{
				ManagedIPs: &many, ManagedIPv6s: &many, OutboundIPIDs: none, OutboundIPPrefixIDs: none, AllocatedPorts: &many, IdleTimeoutMinutes: &many, BackendPoolType: odd,
			},
			NATGateway: &components.ManagedNATGatewayArgs{IPs: &many, IdleTimeoutMinutes: &many},
		},
		APIServer: &components.APIServerArgs{
			Public: true, AuthorizedIPRanges: pulumi.StringArray{wrong}, PrivateDNSZone: "none", PrivateDNSZoneID: pulumi.StringPtr("x"),
			PrivateDNSZoneNetworkIDs: none, PublicFQDN: &off,
		},
		Entra:                &components.EntraArgs{AdminGroupObjectIDs: pulumi.StringArray{wrong}, TenantID: pulumi.StringPtr("x")},
		DisableLocalAccounts: nil, EnableRBAC: &off, Tier: "Nonsense", SupportPlan: "AKSLongTermSupport", AdminKubeconfig: true, OIDCIssuer: &off, CostAnalysis: new(bool),
		Upgrade: &components.UpgradeArgs{Channel: odd, NodeOSChannel: odd},
		Maintenance: &components.MaintenanceArgs{
			Cluster: &components.MaintenanceWindowArgs{Day: odd, StartTime: wrong, UTCOffset: wrong, DurationHours: pulumi.Int(99), IntervalWeeks: pulumi.Int(99)},
			NodeOS:  &components.MaintenanceWindowArgs{Day: odd, StartTime: wrong, UTCOffset: wrong, DurationHours: pulumi.Int(99), IntervalWeeks: pulumi.Int(99)},
		},
		Security: &components.SecurityArgs{
			KMS: &components.KMSArgs{KeyID: wrong, KeyVaultID: wrong, NetworkAccess: odd}, ImageCleanerIntervalHours: pulumi.IntPtr(1), DefenderWorkspaceID: pulumi.StringPtr("x"),
		},
		Addons: &components.AddonsArgs{
			Monitoring:     &components.MonitoringArgs{WorkspaceID: wrong, LegacyAuthentication: true},
			IngressGateway: &components.IngressGatewayArgs{SubnetID: pulumi.StringPtr("x"), SubnetCIDR: wrong, GatewayIdentityID: pulumi.StringPtr("x"), GatewaySubnetID: pulumi.StringPtr("x"), GatewayPublicIPID: pulumi.StringPtr("x")},
			VirtualNode:    &components.VirtualNodeArgs{SubnetID: wrong},
			AppRouting:     &components.AppRoutingArgs{PublicDNSZoneIDs: none, PrivateDNSZoneIDs: none, Vaults: []string{"nowhere"}},
			Istio:          &components.IstioArgs{CertificateAuthority: &components.IstioCertificateAuthorityArgs{KeyVault: "nowhere"}},
			Other:          map[string]*components.OtherAddonArgs{"kubeDashboard": {Enabled: true}, "omsagent": {Enabled: true}, "x.y": {Enabled: true}},
		},
		ExtraGrants:  map[string]*components.ExtraGrantArgs{"a b": {}, "none": nil, "odd": {Identity: odd, Role: "Nonsense", ResourceID: wrong}},
		GrantMode:    "Nonsense",
		RoleStrategy: "Nonsense",
	}
	entries := map[string]entry{
		"everything": {everything, components.PlanManagedIdentityCluster(everything, "2030-01-01")},
		"nothing":    {everything, components.PlanManagedIdentityCluster(nil, "2030-01-01")},
		"nil pool":   {everything, components.PlanManagedIdentityCluster(&components.ManagedIdentityClusterArgs{Pools: []*components.NodePoolArgs{nil}}, "2030-01-01")},
	}
	delegation := &components.VnetDelegationArgs{PrincipalID: wrong, ClusterID: pulumi.StringPtr("x"), IdentityType: "SystemAssigned", RoleStrategy: odd}
	addons := &components.AddonIdentityGrantsArgs{
		RoleStrategy: odd, AddonPrincipalIDs: ids{"webapprouting": wrong}, KubeletPrincipalID: pulumi.StringPtr("x"), ClusterID: pulumi.StringPtr("x"),
	}
	for _, touch := range delegationTouches() {
		put(t, delegation, touch.argument, none)
	}
	for _, touch := range addonTouches() {
		put(t, addons, touch.argument, ids{"none": nil, "a b": wrong, "one": wrong})
	}
	entries["delegation"] = entry{delegation, components.PlanVnetDelegation(delegation)}
	entries["addons"] = entry{addons, components.PlanAddonIdentityGrants(addons)}
	entries["empty delegation"] = entry{delegation, components.PlanVnetDelegation(nil)}
	workload := &components.WorkloadIdentityArgs{
		IssuerURL: pulumi.String(""), ServiceAccounts: map[string]*components.ServiceAccountArgs{"a b": {}, "x": {Namespace: pulumi.String("A"), Name: pulumi.String("B")}, "yyy": {Namespace: pulumi.String("A"), Name: pulumi.String("B")}, "nil": nil},
		Roles: map[string]*components.WorkloadGrantArgs{"a b": {}, "none": nil, "odd": {Role: "Nonsense", ResourceID: wrong}},
	}
	entries["workload"] = entry{workload, components.PlanWorkloadIdentity("shop", workload)}
	entries["empty workload"] = entry{workload, components.PlanWorkloadIdentity("shop", nil)}
	return entries
}

// TestProblemsNameArgumentsThatExist: a user reads one path for each argument, the one that he writes.
func TestProblemsNameArgumentsThatExist(t *testing.T) {
	total := 0
	for name, b := range broken(t) {
		for _, problem := range b.plan.Problems {
			total++
			if !arguments.Has(b.args, string(problem.Path)) {
				t.Errorf("%s: %T has no argument %s (%s)", name, b.args, problem.Path, problem.What)
			}
			if problem.What == "" || problem.Fix == "" {
				t.Errorf("%s: %s says not what is wrong and what to do", name, problem.Path)
			}
		}
	}
	if total < 150 {
		t.Errorf("%d problems in all: are the arguments not broken any more?", total)
	}
	t.Logf("%d problems, each at an argument", total)
}

// TestTableNamesArgumentsThatExist: the argument that takes groups is there wherever the single resources can be given by the dozen,
// and that which takes a principal in the grants of add-ons.
func TestTableNamesArgumentsThatExist(t *testing.T) {
	for _, touch := range append(delegationTouches(), addonTouches()...) {
		info, err := plan.Lookup(touch.use)
		if err != nil {
			t.Fatal(err)
		}
		args := any(&components.VnetDelegationArgs{})
		if !arguments.Has(args, touch.argument) || info.Holder.Kind != plan.ControlPlane {
			args = &components.AddonIdentityGrantsArgs{}
		}
		if info.Group != nil && !arguments.Has(args, string(info.Group.Argument)) {
			t.Errorf("%s: %T has no argument %s", touch.use, args, info.Group.Argument)
		}
		missing := plan.ForAddons(plan.AddonGrants{Mentions: plan.Each(touch.use, "things", map[string]plan.Value[string]{"one": plan.Late[string]()})}).Problems
		if len(missing) != 1 || !arguments.Has(&components.AddonIdentityGrantsArgs{}, string(missing[0].Path)) {
			t.Errorf("%s: the principal is asked for at %v", touch.use, missing)
		}
	}
}

// notArguments are words in advice that look like an argument and mean something else.
var notArguments = map[string]string{
	"plan.Uses":                            "a function, for who calls the plan without a component",
	"enableRbacAuthorization":              "a property of the vault",
	"roleAssignmentMode":                   "a property of the registry",
	"azmk8s.io":                            "the domain of API servers",
	"ManagedIdentityCluster.OIDCIssuerURL": "an output, in Go's spelling",
	"vault.azure.net":                      "the domain of vaults",
}

// TestAdviceNamesArgumentsThatExist reads what the plan and the components tell users to do: every word in it that is written like an
// argument is one.
func TestAdviceNamesArgumentsThatExist(t *testing.T) {
	word := regexp.MustCompile(`[a-zA-Z][a-zA-Z0-9]*(?:\[\])?(?:\.[a-zA-Z0-9]+(?:\[\])?)*`)
	quoted, placeholder := regexp.MustCompile(`"[^"]*"|'[^']*'|https?://\S+`), regexp.MustCompile(`<[^>]*>\S*`)
	names, checked := arguments.Names(), 0
	for _, text := range adviceIn(t, "plan", "components") {
		text = placeholder.ReplaceAllString(quoted.ReplaceAllString(text, ""), "")
		for _, w := range word.FindAllString(text, -1) {
			w = strings.TrimRight(w, ".")
			inner := strings.IndexFunc(w[1:], func(r rune) bool { return r >= 'A' && r <= 'Z' || r == '.' })
			if inner < 0 || w[0] >= 'A' && w[0] <= 'Z' || notArguments[w] != "" {
				continue
			}
			checked++
			if !isArgument(w, names) {
				t.Errorf("%q: there is no argument %s", text, w)
			}
		}
	}
	if checked < 40 {
		t.Errorf("%d words look like arguments: is the advice found?", checked)
	}
	t.Logf("%d names of arguments in what users are told to do", checked)
}

func isArgument(name string, names map[string]bool) bool {
	if names[name] {
		return true
	}
	for _, args := range arguments.All() {
		if arguments.Has(args, name) {
			return true
		}
	}
	return false
}

// adviceIn are the texts that are given as what to do: the last argument of add and refused, and each Fix.
func adviceIn(t *testing.T, rooms ...string) []string {
	t.Helper()
	var texts []string
	add := func(e ast.Expr) {
		ast.Inspect(e, func(n ast.Node) bool {
			if literal, ok := n.(*ast.BasicLit); ok && literal.Kind == token.STRING {
				text, _ := strconv.Unquote(literal.Value)
				texts = append(texts, text)
			}
			return true
		})
	}
	for _, room := range rooms {
		files, err := filepath.Glob(filepath.Join(repository(t), room, "*.go"))
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			if strings.HasSuffix(file, "_test.go") {
				continue
			}
			parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
			if err != nil {
				t.Fatal(err)
			}
			ast.Inspect(parsed, func(n ast.Node) bool {
				switch n := n.(type) {
				case *ast.CallExpr:
					selector, ok := n.Fun.(*ast.SelectorExpr)
					if ok && (selector.Sel.Name == "add" || selector.Sel.Name == "refused" || selector.Sel.Name == "matches") && len(n.Args) > 2 {
						add(n.Args[len(n.Args)-1])
					}
				case *ast.KeyValueExpr:
					if key, ok := n.Key.(*ast.Ident); ok && key.Name == "Fix" {
						add(n.Value)
					}
				}
				return true
			})
		}
	}
	return texts
}
