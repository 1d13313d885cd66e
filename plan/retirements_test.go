package plan_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/aksidentity/pulumi-aksidentity/plan"
)

// choosing is a cluster that chooses a retired thing, and where.
type choosing struct {
	at     plan.Path
	change func(*plan.Cluster)
}

func poolOn(image plan.OSSKU, version string) func(*plan.Cluster) {
	return func(c *plan.Cluster) {
		pool := plan.Pool{Name: "more", OSType: plan.OSTypeLinux, OSSKU: image}
		if strings.HasPrefix(string(image), "Windows") {
			pool.OSType = plan.OSTypeWindows
		}
		if version != "" {
			pool.KubernetesVersion, c.KubernetesVersion = plan.Known(version), plan.Known(version)
			c.SystemPool.OSSKU, c.SystemPool.KubernetesVersion = plan.OSSKUAzureLinux, plan.Known("1.36")
		}
		c.Pools = []plan.Pool{pool}
	}
}

func added(value plan.Value[string], keys ...string) func(*plan.Cluster) {
	return func(c *plan.Cluster) { c.Additional = []plan.Addition{addition(value, keys...)} }
}

// chosen has each retired thing that is no version of Kubernetes, by its name.
func chosen() map[string]choosing {
	other := func(key string) choosing {
		return choosing{plan.Path("addons.other." + key), func(c *plan.Cluster) { c.Addons.Other = map[string]bool{key: true} }}
	}
	return map[string]choosing{
		"the Kubernetes dashboard": other("kubeDashboard"),
		"HTTP application routing": other("httpApplicationRouting"),
		"pod identity":             other("podIdentity"),
		"network monitoring":       other("networkMonitoring"),
		"Open Service Mesh":        other("openServiceMesh"),
		"pod-managed identity":     {"additionalProperties.podIdentityProfile", added(plan.Value[string]{}, "podIdentityProfile")},
		"application routing with NGINX": {"addons.appRouting", func(c *plan.Cluster) {
			c.Addons.Routing = &plan.RoutingAddon{}
		}},
		"legacy authentication of Container Insights": {"addons.monitoring.legacyAuthentication", func(c *plan.Cluster) {
			c.Addons.Monitoring = &plan.MonitoringAddon{Legacy: true, Workspace: plan.Late[string]()}
		}},
		"kubenet": {"network.plugin", func(c *plan.Cluster) { c.Network.Plugin = plan.NetworkPluginKubenet }},
		"the azure network policy engine on Windows nodes": {"network.policy", func(c *plan.Cluster) {
			c.Network.Policy, c.Pools = plan.NetworkPolicyAzure, []plan.Pool{{Name: "win", OSType: plan.OSTypeWindows}}
		}},
		"the azure network policy engine":           {"network.policy", func(c *plan.Cluster) { c.Network.Policy = plan.NetworkPolicyAzure }},
		"Windows Server 2019":                       {"pools[0].osSku", poolOn(plan.OSSKUWindows2019, "")},
		"Windows Server 2022":                       {"pools[0].osSku", poolOn(plan.OSSKUWindows2022, "")},
		"CBLMariner, the former name of AzureLinux": {"pools[0].osSku", poolOn(plan.OSSKUCBLMariner, "")},
		"Azure Linux 2.0":                           {"pools[0].osSku", poolOn(plan.OSSKUAzureLinux, "1.31")},
		"Ubuntu 22.04":                              {"pools[0].osSku", poolOn(plan.OSSKUUbuntu, "1.34")},
	}
}

func chosenOf(t *testing.T, r plan.Retirement) choosing {
	t.Helper()
	if version, is := strings.CutPrefix(r.Name, "Kubernetes "); is {
		version, extended := strings.CutSuffix(version, " with long-term support")
		return choosing{"kubernetesVersion", func(c *plan.Cluster) {
			c.KubernetesVersion, c.SystemPool.KubernetesVersion = plan.Known(version), plan.Known("1.36")
			if extended {
				c.Tier, c.SupportPlan = plan.TierPremium, plan.SupportPlanAKSLongTermSupport
			}
		}}
	}
	found, known := chosen()[r.Name]
	if !known {
		t.Fatalf("no cluster here chooses %s", r.Name)
	}
	return found
}

// on plans a cluster on a day. What else than the retired thing is warned of or refused does not matter here.
func on(day plan.Day, change func(*plan.Cluster), accepted ...plan.Path) (warned, refused []string) {
	c := plan.Cluster{APIServer: open(), SystemPool: system(), AsOf: day, AcceptRetired: accepted}
	change(&c)
	p := plan.ForCluster(c)
	for _, problem := range p.Problems {
		refused = append(refused, problem.String())
	}
	return p.Warnings, refused
}

func saying(lines []string, at plan.Path, name string) string {
	for _, line := range lines {
		if strings.HasPrefix(line, string(at)+": "+name+" is retired") {
			return line
		}
	}
	return ""
}

// TestWhatIsRetiredIsWarnedOfAndThenRefused: until its day a warning with the day and the successor, from then on a refusal, unless it is
// accepted or left to Azure.
func TestWhatIsRetiredIsWarnedOfAndThenRefused(t *testing.T) {
	for _, r := range plan.Retirements() {
		t.Run(r.Name, func(t *testing.T) {
			choice := chosenOf(t, r)
			if r.Day == "" {
				warned, refused := on("", choice.change)
				if saying(refused, choice.at, r.Name) == "" || len(warned) > 0 {
					t.Errorf("it is refused on every day: warned %q, refused %q", warned, refused)
				}
				return
			}
			day, err := time.Parse(time.DateOnly, string(r.Day))
			if err != nil {
				t.Fatal(err)
			}
			warned, refused := on(plan.Day(day.AddDate(0, 0, -1).Format(time.DateOnly)), choice.change)
			warning := saying(warned, choice.at, r.Name)
			if !strings.Contains(warning, string(r.Day)) || !strings.Contains(warning, r.Successor) || saying(refused, choice.at, r.Name) != "" {
				t.Errorf("before its day: warned %q, refused %q", warned, refused)
			}
			warned, refused = on(r.Day, choice.change)
			warning, refusal := saying(warned, choice.at, r.Name), saying(refused, choice.at, r.Name)
			if (refusal == "") != (r.After == plan.LeftToAzure) || (warning == "") == (r.After == plan.LeftToAzure) {
				t.Errorf("on its day: warned %q, refused %q", warned, refused)
			}
			if refusal != "" && (!strings.Contains(refusal, r.Successor) || !strings.Contains(refusal, r.Source) || !strings.Contains(refusal, r.Unverified)) {
				t.Errorf("the refusal tells the successor, the source and what it does not say: %s", refusal)
			}
			warned, refused = on(r.Day, choice.change, choice.at)
			if saying(warned, choice.at, r.Name) == "" || saying(refused, choice.at, r.Name) != "" {
				t.Errorf("accepted: warned %q, refused %q", warned, refused)
			}
			if warned, refused = on("", choice.change); len(warned) > 0 || saying(refused, choice.at, r.Name) != "" {
				t.Errorf("without a day nothing has ended: warned %q, refused %q", warned, refused)
			}
		})
	}
}

// TestAVersionIsToldTowardsItsEnd: on each day of the 90 before the end of its support, and not earlier; what goes for good is told years
// before.
func TestAVersionIsToldTowardsItsEnd(t *testing.T) {
	for _, tc := range []struct {
		name string
		day  plan.Day
		told bool
	}{
		{"Kubernetes 1.35", "2026-12-31", false}, {"Kubernetes 1.35", "2027-01-01", true}, {"Kubernetes 1.35", "2027-06-01", true},
		{"kubenet", "2021-01-01", true},
	} {
		at := slices.IndexFunc(plan.Retirements(), func(r plan.Retirement) bool { return r.Name == tc.name })
		choice := chosenOf(t, plan.Retirements()[at])
		if warned, _ := on(tc.day, choice.change); (saying(warned, choice.at, tc.name) != "") != tc.told {
			t.Errorf("%s on %s: told %v, warned %q", tc.name, tc.day, !tc.told, warned)
		}
	}
}

// TestEveryRetirementSaysWhatItIs: one table, in which each row has its day or since when it is gone, a successor, and a source with the day
// of reading.
func TestEveryRetirementSaysWhatItIs(t *testing.T) {
	read := regexp.MustCompile(`read 20\d\d-\d\d`)
	names := map[string]bool{}
	for _, r := range plan.Retirements() {
		if names[r.Name] || r.Name == "" || r.Successor == "" || r.After == "" || (r.Day == "") == (r.Since == "") || (r.Day == "") != (r.After == plan.Gone) {
			t.Errorf("the row is not complete, or is there twice: %+v", r)
		}
		if !read.MatchString(r.Source) {
			t.Errorf("%s: the source has no day of reading: %s", r.Name, r.Source)
		}
		names[r.Name] = true
	}
	for name := range chosen() {
		if !names[name] {
			t.Errorf("%s is not in the table", name)
		}
	}
}

func TestAcceptanceOfWhatIsRetired(t *testing.T) {
	for _, tc := range []struct {
		name, reason string
		change       func(*plan.Cluster)
		accepted     []plan.Path
		refused      []string
	}{
		{"nothing retired there", "it would stay behind, and hide the next one", func(*plan.Cluster) {}, []plan.Path{"addons.appRouting"}, []string{"acceptRetired[0]"}},
		{"misspelled", "the right place is named", chosen()["kubenet"].change, []plan.Path{"network.plugins"}, []string{"acceptRetired[0]", "network.plugin"}},
		{"before its day", "it may be accepted in advance", chosen()["the azure network policy engine"].change, []plan.Path{"network.policy"}, nil},
		{"gone for good", "Azure refuses it whatever we say", chosen()["the Kubernetes dashboard"].change, []plan.Path{"addons.other.kubeDashboard"}, []string{"addons.other.kubeDashboard"}},
		{"in additionalProperties", "they are no way around it", added(plan.Known("kubenet"), "networkProfile", "networkPlugin"), nil, []string{"additionalProperties.networkProfile.networkPlugin"}},
		{"another value there", "only the value is retired", added(plan.Known("none"), "networkProfile", "networkPlugin"), nil, nil},
		{"an object in additionalProperties", "application routing by its own property", added(plan.Value[string]{}, "ingressProfile", "webAppRouting"), nil,
			[]string{"additionalProperties.ingressProfile.webAppRouting"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			c := plan.Cluster{APIServer: open(), SystemPool: system(), AsOf: "2028-06-01", AcceptRetired: tc.accepted}
			tc.change(&c)
			got := plan.ForCluster(c).Problems.Paths()
			slices.Sort(tc.refused)
			if diff := cmp.Diff(tc.refused, append([]string(nil), got...)); diff != "" {
				t.Errorf("%s (-want +got):\n%s", tc.reason, diff)
			}
		})
	}
}

// TestAPrivateVaultForEtcdIsRefused: AKS reaches it by API-server VNet integration, which the API version cannot switch on; a cluster that is
// taken over may have it.
func TestAPrivateVaultForEtcdIsRefused(t *testing.T) {
	private := func(adopt bool) plan.Plan {
		c := plan.Cluster{APIServer: open(), SystemPool: system()}
		encrypted(&c, "https://kms.vault.azure.net/keys/etcd/1")
		c.Security.KMS.NetworkAccess = plan.KMSNetworkAccessPrivate
		c.Adopt.Cluster, c.Name, c.ResourceGroup = adopt, plan.Known("shop"), plan.Known("shop")
		return plan.ForCluster(c)
	}
	problems := private(false).Problems
	if diff := cmp.Diff([]string{"security.kms.networkAccess"}, problems.Paths()); diff != "" || !strings.Contains(problems.Error(), "Vnet integration should be enabled") {
		t.Errorf("a new cluster: %v", problems)
	}
	adopted := private(true)
	if slices.Contains(adopted.Problems.Paths(), "security.kms.networkAccess") || !strings.Contains(strings.Join(adopted.Notes, "\n"), "API-server VNet integration") {
		t.Errorf("a cluster that exists: %v, notes %v", adopted.Problems, adopted.Notes)
	}
}

// TestWhatStandsOnTheSubnetIsNamed: a gateway or route table on the nodes' subnet that no argument names gets no grant, with every plugin.
func TestWhatStandsOnTheSubnetIsNamed(t *testing.T) {
	inSubnet := func(c *plan.Cluster) {
		c.SystemPool.Subnet, c.Subnets = "nodes", map[string]plan.Value[string]{"nodes": plan.Late[string]()}
	}
	for _, tc := range []struct {
		name, reason string
		outbound     plan.OutboundType
		mentions     []plan.Mention
		change       func(*plan.Cluster)
		argument     string
	}{
		{"gateway", "it is the user's, and the subnet refers to it", plan.OutboundTypeUserAssignedNATGateway, nil, inSubnet, "natGatewayIds"},
		{"gateway that is named", "it is granted", plan.OutboundTypeUserAssignedNATGateway, plan.One(plan.NATGateway, "natGatewayIds.out", plan.Late[string]()), inSubnet, ""},
		{"route table", "the same", plan.OutboundTypeUserDefinedRouting, nil, inSubnet, "routeTableIds"},
		{"route table that is named", "it is granted", plan.OutboundTypeUserDefinedRouting, plan.One(plan.SubnetRouteTable, "routeTableIds.out", plan.Late[string]()), inSubnet, ""},
		{"load balancer", "nothing of the user's is there", plan.OutboundTypeLoadBalancer, nil, inSubnet, ""},
		{"granted elsewhere", "who grants elsewhere needs no note", plan.OutboundTypeUserAssignedNATGateway, nil, func(c *plan.Cluster) {
			inSubnet(c)
			c.Grants = plan.GrantNone
		}, ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			c := plan.Cluster{APIServer: open(), SystemPool: system(), Network: plan.Network{OutboundType: tc.outbound}, Mentions: tc.mentions}
			tc.change(&c)
			p := plan.ForCluster(c)
			notes := strings.Join(p.Notes, "\n")
			if len(p.Problems) > 0 || strings.Contains(notes, "network.outboundType") != (tc.argument != "") || !strings.Contains(notes, tc.argument) {
				t.Errorf("%s: notes %q, problems %v", tc.reason, notes, p.Problems)
			}
		})
	}
}
