package plan_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/aksidentity/pulumi-aksidentity/plan"
)

// TestARefusalOfWhatIsRetiredSaysSinceWhenAndTheWayOn: the day or the version, and the acceptance only where Azure leaves it open.
func TestARefusalOfWhatIsRetiredSaysSinceWhenAndTheWayOn(t *testing.T) {
	for _, r := range plan.Retirements() {
		if r.After == plan.LeftToAzure {
			continue
		}
		choice := chosenOf(t, r)
		_, refused := on(r.Day, choice.change)
		got := saying(refused, choice.at, r.Name)
		if want := " is retired since " + r.Since + string(r.Day) + ": "; !strings.Contains(got, want) {
			t.Errorf("%s: want %q in %s", r.Name, want, got)
		}
		if offered := strings.Contains(got, "name "+string(choice.at)+" in acceptRetired"); offered != (r.After != plan.Gone) {
			t.Errorf("%s, after which %s: acceptance is offered: %v", r.Name, r.After, offered)
		}
	}
}

// TestEachAcceptanceIsJudgedByItself: one that is right hides none that is wrong.
func TestEachAcceptanceIsJudgedByItself(t *testing.T) {
	c := plan.Cluster{APIServer: open(), SystemPool: system(), AsOf: "2028-06-01", AcceptRetired: []plan.Path{"network.plugin", "network.policy", "addons.istio"}}
	c.Network.Plugin = plan.NetworkPluginKubenet
	if diff := cmp.Diff([]string{"acceptRetired[1]", "acceptRetired[2]"}, plan.ForCluster(c).Problems.Paths()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// warnedOf are the names of what goes, for a cluster long before any day of the table.
func warnedOf(change func(*plan.Cluster)) (names []string) {
	warned, _ := on("2025-01-01", change)
	for _, line := range warned {
		_, what, _ := strings.Cut(line, ": ")
		name, _, _ := strings.Cut(what, " is retired from ")
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// TestOnlyWhatIsChosenGoes: a warning about what a cluster does not have would send people after nothing.
func TestOnlyWhatIsChosenGoes(t *testing.T) {
	const npm, windowsNPM = "the azure network policy engine", "the azure network policy engine on Windows nodes"
	pool := func(image plan.OSSKU, version string) func(*plan.Cluster) {
		return func(c *plan.Cluster) {
			c.SystemPool.OSSKU, c.SystemPool.KubernetesVersion = plan.OSSKUAzureLinux, plan.Known("1.40")
			c.Pools = []plan.Pool{{Name: "more", OSType: plan.OSTypeLinux, OSSKU: image, KubernetesVersion: plan.Known(version)}}
		}
	}
	cluster := func(version string) func(*plan.Cluster) {
		return func(c *plan.Cluster) {
			c.SystemPool.OSSKU, c.KubernetesVersion = plan.OSSKUUbuntu, plan.Known(version)
		}
	}
	for _, tc := range []struct {
		name, reason string
		change       func(*plan.Cluster)
		want         []string
	}{
		{"network policies on Linux", "no node is a Windows node", func(c *plan.Cluster) {
			c.Network.Policy, c.SystemPool.OSType = plan.NetworkPolicyAzure, plan.OSTypeLinux
			c.Pools = []plan.Pool{{Name: "more", OSType: plan.OSTypeLinux}}
		}, []string{npm}},
		{"network policies on both", "one node is a Windows node", func(c *plan.Cluster) {
			c.Network.Policy, c.SystemPool.OSType = plan.NetworkPolicyAzure, plan.OSTypeLinux
			c.Pools = []plan.Pool{{Name: "win", OSType: plan.OSTypeWindows}}
		}, []string{npm, windowsNPM}},
		{"Azure Linux before 1.32", "its version 2.0 goes", pool(plan.OSSKUAzureLinux, "1.31"), []string{"Azure Linux 2.0"}},
		{"Azure Linux on 1.32", "it is 3.0 there", pool(plan.OSSKUAzureLinux, "1.32"), nil},
		{"CBLMariner before 1.32", "its name goes, and its version", pool(plan.OSSKUCBLMariner, "1.31"),
			[]string{"Azure Linux 2.0", "CBLMariner, the former name of AzureLinux"}},
		{"CBLMariner on 1.32", "its name goes", pool(plan.OSSKUCBLMariner, "1.32"), []string{"CBLMariner, the former name of AzureLinux"}},
		{"Ubuntu before 1.35", "its version 22.04 goes", pool(plan.OSSKUUbuntu, "1.34"), []string{"Ubuntu 22.04"}},
		{"Ubuntu on 1.35", "it is 24.04 there", pool(plan.OSSKUUbuntu, "1.35"), nil},
		{"Ubuntu on 2.34", "the table is about Kubernetes 1", pool(plan.OSSKUUbuntu, "2.34"), nil},
		{"Ubuntu on a version that nobody reads", "nothing is known of it", pool(plan.OSSKUUbuntu, "newest"), nil},
		{"Kubernetes 1.36", "its end is far", cluster("1.36"), nil},
		{"Kubernetes 1.29", "one row is its own, and it ends soon, as what its nodes have by default", func(c *plan.Cluster) { c.KubernetesVersion = plan.Known("1.29") }, []string{"Azure Linux 2.0", "Kubernetes 1.29"}},
		{"Kubernetes 2.29", "the table is about Kubernetes 1", cluster("2.29"), nil},
		{"a version that nobody reads", "nothing is known of it", cluster("newest"), nil},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, warnedOf(tc.change)); diff != "" {
				t.Errorf("%s (-want +got):\n%s", tc.reason, diff)
			}
		})
	}
}

// TestAMessageSaysWhenSomethingGoes: from a day on, or since what is past.
func TestAMessageSaysWhenSomethingGoes(t *testing.T) {
	for want, r := range map[string]plan.Retirement{
		"It is retired since Kubernetes 1.21. Use another.": {Since: "Kubernetes 1.21", Successor: "another"},
		"It is retired from 2027-09-30 on. Use another.":    {Day: "2027-09-30", Successor: "another"},
	} {
		if got := r.Message(); got != want {
			t.Errorf("want %q, got %q", want, got)
		}
	}
}

// TestArgumentsThatGo: those that choose something retired by being given, and no other path.
func TestArgumentsThatGo(t *testing.T) {
	got := map[plan.Path]string{}
	for path, r := range plan.RetiredArguments() {
		got[path] = r.Name
	}
	want := map[plan.Path]string{
		"addons.appRouting": "application routing with NGINX", "addons.monitoring.legacyAuthentication": "legacy authentication of Container Insights",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestValuesThatGo: a value of its own set only.
func TestValuesThatGo(t *testing.T) {
	for _, tc := range []struct{ name, reason, set, value, want string }{
		{"an image", "the first row that has it", "OSSKU", "Windows2019", "It is retired from 2026-03-01 on. Use Windows2022."},
		{"an image of another row", "rows before it have other values", "OSSKU", "CBLMariner", "It is retired from 2026-03-31 on. Use AzureLinux."},
		{"an image that stays", "nobody announced anything", "OSSKU", "Ubuntu", ""},
		{"a policy", "its set has the value azure", "NetworkPolicy", "azure",
			"It is retired from 2028-09-30 on. Use network.policy cilium, which is the default with Linux nodes."},
		{"the same text of another set", "the azure plugin stays", "NetworkPlugin", "azure", ""},
		{"no value", "rows that are no value have none", "", "", ""},
		{"no value of a set", "the default of a set does not go", "OSSKU", "", ""},
	} {
		if got := plan.RetiredValue(tc.set, tc.value); got != tc.want {
			t.Errorf("%s: %s: want %q, got %q", tc.name, tc.reason, tc.want, got)
		}
	}
}
