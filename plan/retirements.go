package plan

import (
	"fmt"
	"slices"
	"strings"
)

// Retirement is one thing that Azure gives up: what it is, where a cluster's arguments choose it, until when, and what to use instead.
type Retirement struct {
	// Name is what goes, in the words of its announcement.
	Name string
	// Addon is its key in addons.other, in the spelling of the AKS documentation; empty when it is none.
	Addon AddonKey
	// Argument chooses it by being given, as addons.appRouting; empty when none does.
	Argument Path
	// Set and Value are the closed set that has it, as OSSKU, and its value there; empty when it is none.
	Set, Value string
	// Property is its path in the resource's own properties, as ingressProfile.webAppRouting, by which additionalProperties choose it;
	// with Value only that value does. Empty when they cannot.
	Property string
	// Since is when it went, for what is gone for good: a day, or the Kubernetes version that dropped it.
	Since string
	// Day is the first day without it, in UTC; empty for what is gone for good.
	Day Day
	// After is what Azure does from the day on.
	After AfterRetirement
	// Successor completes the sentence "Use ...".
	Successor string
	// Source with the day of reading.
	Source string
	// Unverified is what of it no source says; empty when all of it is said.
	Unverified string

	// used are the places in a cluster's arguments that choose it.
	used func(Cluster) []Path
}

// AfterRetirement is what Azure does with something from the day on which it is retired.
type AfterRetirement string

// What Azure does.
const (
	// Gone is refused by Azure, in clusters that have it too.
	Gone AfterRetirement = "Azure refuses it"
	// NotAnew is refused for new clusters and pools; those that have it go on without support.
	NotAnew AfterRetirement = "Azure refuses it for what is new, and what has it goes on without support"
	// Unsupported goes on without support and security patches.
	Unsupported AfterRetirement = "it goes on without support and security patches"
	// LeftToAzure is told and never refused here: Azure decides by region what it still takes.
	LeftToAzure AfterRetirement = "it is without support, and each region says itself what it still takes"
)

// Retirements is the closed table of what Azure has given up, and has said that it will.
func Retirements() []Retirement {
	return slices.Concat(goneAddons(), retiredAddons(), retiredNetworks(), retiredImages(), retiredVersions())
}

// goneAddons are refused on every day.
func goneAddons() []Retirement {
	const notes = "AKS release notes, read 2026-08-07"
	all := []Retirement{
		{
			Name: "the Kubernetes dashboard", Addon: KubeDashboard, Since: "Kubernetes 1.19 (2020-11-09)", Source: notes,
			Successor: "the portal's Kubernetes resource view, or a dashboard that you deploy",
		},
		{
			Name: "HTTP application routing", Addon: HTTPRouting, Since: "2025-03-03", Source: notes,
			Successor: routingSuccessor,
		},
		{
			Name: "pod identity", Addon: "podIdentity", Since: "2022-10-24 (deprecated)", Successor: podIdentitySuccessor,
			Source: podIdentitySource,
		},
		{
			Name: "network monitoring", Addon: "networkMonitoring", Since: "Kubernetes 1.21 (2021-10-08)", Source: notes,
			Successor: "Container Insights or Prometheus metrics",
		},
	}
	for i := range all {
		all[i].After, all[i].used = Gone, otherAddon(all[i].Addon)
	}
	return all
}

const (
	podIdentitySuccessor = "workloadIdentity and a WorkloadIdentity component"
	podIdentitySource    = "AKS documentation, use-azure-ad-pod-identity: supported through September 2025, read 2026-11-26"
)

// routingSuccessor is what works in API version 2025-01-01: the Gateway API variant of application routing is in newer ones only.
const routingSuccessor = "addons.istio with an ingress gateway, addons.ingressGateway, or an ingress controller of your own whose " +
	"workload identity writes the DNS records (docs/retirements.md)"

const (
	legacyMonitoringEnds = "2026-09-30"
	notRefused           = "whether Azure refuses it from then on"
)

func retiredAddons() []Retirement {
	return []Retirement{
		{
			Name: "application routing with NGINX", Argument: "addons.appRouting", Property: "ingressProfile.webAppRouting",
			Day: "2026-12-01", After: Unsupported, Successor: routingSuccessor,
			Source: "AKS documentation includes, ingress-nginx-retirement: critical security patches through November 2026, and " +
				"kubernetes.io: upstream maintenance ended in March 2026, read 2026-11-26",
			Unverified: "the day in November, and " + notRefused,
			used:       when("addons.appRouting", func(c Cluster) bool { return c.Addons.Routing != nil }),
		},
		{
			Name: "legacy authentication of Container Insights", Argument: legacyAuthentication, Day: legacyMonitoringEnds, After: Unsupported,
			Successor:  "Entra authentication, which is the default: leave it out",
			Source:     "Azure Monitor documentation, container-insights-authentication of 2026-08-07, read 2026-11-26",
			Unverified: notRefused,
			used:       when(legacyAuthentication, func(c Cluster) bool { return c.Addons.Monitoring != nil && c.Addons.Monitoring.Legacy }),
		},
		{
			Name: "Open Service Mesh", Addon: OpenServiceMesh, Day: "2027-09-30", After: Unsupported, Successor: "addons.istio",
			Source:     "AKS documentation includes, open-service-mesh-retirement of 2026-01-14, read 2026-11-26",
			Unverified: notRefused,
			used:       otherAddon(OpenServiceMesh),
		},
		{
			Name: "pod-managed identity", Property: "podIdentityProfile", Day: "2025-10-01", After: Unsupported, Successor: podIdentitySuccessor,
			Source: podIdentitySource, Unverified: notRefused, used: nowhere,
		},
	}
}

// nowhere: no argument chooses it.
func nowhere(Cluster) []Path { return nil }

const legacyAuthentication Path = "addons.monitoring.legacyAuthentication"

func retiredNetworks() []Retirement {
	usesNPM := func(c Cluster) bool { return c.Network.Policy == NetworkPolicyAzure }
	windows := func(p placedPool) bool { return p.OSType == OSTypeWindows }
	return []Retirement{
		{
			Name: "kubenet", Set: NetworkPlugin("").Set().Name, Value: string(NetworkPluginKubenet), Property: "networkProfile.networkPlugin",
			Day: "2028-03-31", After: NotAnew,
			Successor: "the azure plugin with overlay, which is the default; a cluster that exists is upgraded with az aks update first (docs/retirements.md)",
			Source: "AKS documentation includes, kubenet-retirement of 2026-01-14, and Azure/AKS#4859: the capability to create is removed by then, " +
				"read 2026-11-26",
			used: when("network.plugin", func(c Cluster) bool { return c.Network.Plugin == NetworkPluginKubenet }),
		},
		{
			Name: "the azure network policy engine on Windows nodes", Day: "2026-09-30", After: Unsupported,
			Successor: "network.policy calico, or security groups on the subnets",
			Source:    "AKS documentation includes, azure-network-policy-manager-windows-retirement of 2026-01-14, read 2026-11-26", Unverified: notRefused,
			used: when("network.policy", func(c Cluster) bool { return usesNPM(c) && slices.ContainsFunc(c.pools(), windows) }),
		},
		{
			Name: "the azure network policy engine", Set: NetworkPolicy("").Set().Name, Value: string(NetworkPolicyAzure), Property: "networkProfile.networkPolicy",
			Day: "2028-09-30", After: Unsupported, Successor: "network.policy cilium, which is the default with Linux nodes",
			Source: "AKS documentation includes, azure-network-policy-manager-linux-retirement of 2026-01-14, read 2026-11-26", Unverified: notRefused,
			used: when("network.policy", usesNPM),
		},
	}
}

func retiredImages() []Retirement {
	const set, notes = "OSSKU", "AKS release notes of "
	image := func(sku OSSKU) func(Cluster) []Path {
		return pools(func(_ Cluster, p placedPool) bool { return p.OSSKU == sku })
	}
	return []Retirement{
		{
			Name: "Windows Server 2019", Set: set, Value: string(OSSKUWindows2019), Property: osSKUProperty, Day: "2026-03-01", After: NotAnew,
			Successor: string(OSSKUWindows2022),
			Source:    notes + "2026-02-08: no new pools on any version; images are removed on 2027-04-01, read 2026-11-26",
			used:      image(OSSKUWindows2019),
		},
		{
			Name: "Windows Server 2022", Set: set, Value: string(OSSKUWindows2022), Property: osSKUProperty, Day: "2028-06-30", After: NotAnew,
			Successor: "Windows Server 2025, which API version 2025-01-01 does not have yet",
			Source:    notes + "2026-06-19: no new pools on any version; images are removed on 2029-06-30, read 2026-11-26",
			used:      image(OSSKUWindows2022),
		},
		{
			Name: "CBLMariner, the former name of AzureLinux", Set: set, Value: string(OSSKUCBLMariner), Property: osSKUProperty,
			Day: "2026-03-31", After: Unsupported, Successor: string(OSSKUAzureLinux),
			Source:     "API description 2025-01-01, which deprecates it, read 2026-08; the day is that of Azure Linux 2.0",
			Unverified: "a day of its own, and whether Azure still takes the name",
			used:       image(OSSKUCBLMariner),
		},
		{
			Name: "Azure Linux 2.0", Day: "2026-03-31", After: NotAnew, Successor: "Kubernetes 1.32 or later, where AzureLinux is 3.0",
			Source: "AKS documentation includes, azure-linux-retirement of 2025-12-16: the images are removed and pools cannot scale, and " +
				"Azure/AKS#4988 on the versions, read 2026-11-26",
			used: pools(func(c Cluster, p placedPool) bool {
				return (p.OSSKU == OSSKUAzureLinux || p.OSSKU == OSSKUCBLMariner) && c.runsBefore(p, 32)
			}),
		},
		{
			Name: "Ubuntu 22.04", Day: "2027-06-30", After: NotAnew, Successor: "Kubernetes 1.35 or later, where Ubuntu is 24.04",
			Source: "AKS documentation includes, ubuntu-22-04-retirement of 2026-02-09: images are removed on 2028-04-30, read 2026-11-26",
			used:   pools(func(c Cluster, p placedPool) bool { return p.OSSKU == OSSKUUbuntu && c.runsBefore(p, 35) }),
		},
	}
}

const osSKUProperty = "osSKU"

// retiredVersions are Kubernetes versions with the first day after their support, without and with long-term support.
func retiredVersions() []Retirement {
	var all []Retirement
	for _, version := range []struct {
		minor          int
		day, extension Day
	}{
		{29, "2025-04-01", "2026-05-01"},
		{30, "2025-08-23", "2026-08-01"},
		{31, "2025-11-02", "2026-12-01"},
		{32, "2026-04-01", "2027-04-01"},
		{33, "2026-08-01", "2027-08-01"},
		{34, "2026-12-01", "2027-12-01"},
		{35, "2027-04-01", "2028-04-01"},
		{36, "2027-07-01", "2028-07-01"},
		{37, "2027-11-01", "2028-11-01"},
	} {
		all = append(all, kubernetes(version.minor, SupportPlanKubernetesOfficial, version.day, ""),
			kubernetes(version.minor, SupportPlanAKSLongTermSupport, version.extension, " with long-term support"))
	}
	return all
}

func kubernetes(minor int, plan SupportPlan, day Day, with string) Retirement {
	return Retirement{
		Name: fmt.Sprintf("Kubernetes 1.%d%s", minor, with), Day: day, After: LeftToAzure, Successor: "a newer version in kubernetesVersion",
		Source: "AKS documentation, supported-kubernetes-versions, read 2026-11-26",
		used: when("kubernetesVersion", func(c Cluster) bool {
			major, runs, known := majorMinor(c.KubernetesVersion.Or(""))
			extended := c.SupportPlan == SupportPlanAKSLongTermSupport
			return known && major == 1 && runs == minor && extended == (plan == SupportPlanAKSLongTermSupport)
		}),
	}
}

// runsBefore tells whether a pool is known to run an older Kubernetes than 1.minor.
func (c Cluster) runsBefore(p placedPool, minor int) bool {
	version := p.KubernetesVersion.Or("")
	if !p.KubernetesVersion.IsSet() {
		version = c.KubernetesVersion.Or("")
	}
	major, runs, known := majorMinor(version)
	return known && major == 1 && runs < minor
}

// Message says in two sentences when something goes and what to use.
func (r Retirement) Message() string {
	if r.Day == "" {
		return "It is retired since " + r.Since + ". Use " + r.Successor + "."
	}
	return "It is retired from " + string(r.Day) + " on. Use " + r.Successor + "."
}

// RetiredArguments are arguments of a cluster that Azure gives up, by property path.
func RetiredArguments() map[Path]Retirement {
	out := map[Path]Retirement{}
	for _, r := range Retirements() {
		if r.Argument != "" {
			out[r.Argument] = r
		}
	}
	return out
}

// RetiredValue says when a value of a closed set goes and what to use; empty for one that stays.
func RetiredValue(set, value string) string {
	for _, r := range Retirements() {
		if value != "" && r.Set == set && r.Value == value {
			return r.Message()
		}
	}
	return ""
}

// retirementOf finds the add-on that is retired by key, in any letter case.
func retirementOf(key string) (Retirement, bool) {
	for _, r := range Retirements() {
		if r.Addon != "" && strings.EqualFold(string(r.Addon), key) {
			return r, true
		}
	}
	return Retirement{}, false
}
