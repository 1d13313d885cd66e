package components_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
	"github.com/aksidentity/pulumi-aksidentity/components"
	"github.com/aksidentity/pulumi-aksidentity/plan"
	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

// cloudOf is an Azure of a day.
func cloudOf(t *testing.T, day plan.Day) *azuresim.Cloud {
	t.Helper()
	now, err := time.Parse(time.DateOnly, string(day))
	if err != nil {
		t.Fatal(err)
	}
	return azuresim.New(azuresim.WithClock(azuresim.NewSimulatedClock(now.Add(12 * time.Hour))))
}

// TestTheDayOfTheProgramDecides: until its last day application routing is deployed with a warning, from then on it is refused, in a preview
// already, and accepted with a warning. The day is that of the program's own clock.
func TestTheDayOfTheProgramDecides(t *testing.T) {
	for _, tc := range []struct {
		name, reason string
		day          plan.Day
		accepted     []string
		refused      bool
	}{
		{"before", "there is time", "2026-11-30", nil, false},
		{"from then on", "nobody mends it any more", "2026-12-01", nil, true},
		{"accepted", "Azure still takes it", "2026-12-01", []string{"addons.appRouting"}, false},
	} {
		t.Run(tc.name, func(t *testing.T) {
			args := smallest()
			args.AcceptRetired, args.Addons = tc.accepted, &components.AddonsArgs{AppRouting: &components.AppRoutingArgs{}}
			s := simtest.New(t, program(args), simtest.WithCloud(cloudOf(t, tc.day)))
			for what, result := range map[string]simtest.Result{"preview": s.Preview(), "up": s.Up()} {
				told := result.Diagnostics() + result.Explain()
				if (result.Err != nil) != tc.refused || !strings.Contains(told, "2026-12-01") || !strings.Contains(told, "addons.istio") {
					t.Errorf("%s, %s: refused %v, want %v, with the day and what to use:\n%s", what, tc.reason, result.Err != nil, tc.refused, told)
				}
				if !tc.refused && !strings.Contains(told, "warning: addons.appRouting") {
					t.Errorf("%s: it is a warning:\n%s", what, told)
				}
			}
		})
	}
}

// successor is what takes the place of something retired, and what has to work then.
type successor struct {
	of    string
	take  func(*azuresim.Cloud, *components.ManagedIdentityClusterArgs)
	also  func(*pulumi.Context, *azuresim.Cloud, *components.ManagedIdentityCluster) error
	works func(*testing.T, *azuresim.Cloud, simtest.Result)
}

const shopZone = "shop.example"

func successors() []successor {
	images := func(image plan.OSSKU, osType plan.OSType, version string) func(*azuresim.Cloud, *components.ManagedIdentityClusterArgs) {
		return func(_ *azuresim.Cloud, a *components.ManagedIdentityClusterArgs) {
			a.Pools = []*components.NodePoolArgs{{Name: "more", OSType: osType, OSSKU: image}}
			if version != "" {
				a.KubernetesVersion = pulumi.StringPtr(version)
			}
		}
	}
	istio := func(_ *azuresim.Cloud, a *components.ManagedIdentityClusterArgs) {
		a.Addons = &components.AddonsArgs{Istio: &components.IstioArgs{ExternalIngress: true}}
	}
	policy := func(policy components.NetworkPolicy, windows bool) func(*azuresim.Cloud, *components.ManagedIdentityClusterArgs) {
		return func(_ *azuresim.Cloud, a *components.ManagedIdentityClusterArgs) {
			a.Network = &components.NetworkArgs{Policy: policy}
			if windows {
				a.Pools = []*components.NodePoolArgs{{Name: "win", OSType: plan.OSTypeWindows}}
			}
		}
	}
	return []successor{
		{of: "application routing with NGINX", take: istio},
		{of: "application routing with NGINX", also: ownIngress, works: writesRecords},
		{of: "HTTP application routing", also: ownIngress, works: writesRecords},
		{of: "Open Service Mesh", take: istio},
		{of: "pod identity", also: ownIngress, works: writesRecords},
		{of: "pod-managed identity", also: ownIngress, works: writesRecords},
		{of: "network monitoring", take: collecting, works: collects},
		{of: "legacy authentication of Container Insights", take: collecting, works: collects},
		{of: "the Kubernetes dashboard"},
		{of: "kubenet"},
		{of: "the azure network policy engine", take: policy(components.NetworkPolicyCilium, false)},
		{of: "the azure network policy engine on Windows nodes", take: policy(components.NetworkPolicyCalico, true)},
		{of: "Windows Server 2019", take: images(plan.OSSKUWindows2022, plan.OSTypeWindows, "")},
		{of: "CBLMariner, the former name of AzureLinux", take: images(plan.OSSKUAzureLinux, plan.OSTypeLinux, "")},
		{of: "Azure Linux 2.0", take: images(plan.OSSKUAzureLinux, plan.OSTypeLinux, "1.32")},
		{of: "Ubuntu 22.04", take: images(plan.OSSKUUbuntu, plan.OSTypeLinux, "1.35")},
	}
}

// ownIngress is an ingress controller of one's own: a workload identity writes its DNS records.
func ownIngress(ctx *pulumi.Context, _ *azuresim.Cloud, cluster *components.ManagedIdentityCluster) error {
	zone := azuresim.ID("dns", azuresim.DNSZoneType, shopZone)
	_, err := components.NewWorkloadIdentity(ctx, "dns", &components.WorkloadIdentityArgs{
		ResourceGroupName: cluster.ResourceGroupName, IssuerURL: cluster.OIDCIssuerURL,
		ServiceAccounts: map[string]*components.ServiceAccountArgs{"external-dns": {Namespace: pulumi.String("ingress"), Name: pulumi.String("external-dns")}},
		Roles: map[string]*components.WorkloadGrantArgs{
			"records": {Role: "DNS Zone Contributor", ResourceID: pulumi.String(zone), Reason: "write the records of gateways"},
		},
	})
	return err
}

func writesRecords(t *testing.T, cloud *azuresim.Cloud, up simtest.Result) {
	zone := rbac.MustParseScope(azuresim.ID("dns", azuresim.DNSZoneType, shopZone))
	for _, a := range cloud.Assignments() {
		if a.Scope == zone && cloud.Can(a.PrincipalID, rbac.Need{Action: azuresim.DNSZoneType + "/A/write", Scope: zone}).Allowed() {
			return
		}
	}
	t.Error("nobody writes the records")
}

func collecting(cloud *azuresim.Cloud, a *components.ManagedIdentityClusterArgs) {
	a.Addons = &components.AddonsArgs{Monitoring: &components.MonitoringArgs{
		WorkspaceID: pulumi.StringPtr(cloud.MustSeed(azuresim.ID("logs", azuresim.WorkspaceType, "logs"), nil)),
	}}
}

func collects(t *testing.T, cloud *azuresim.Cloud, _ simtest.Result) {
	if got := cloud.Clusters()[0].Collects(); len(got.Workspaces) != 1 || len(got.Gaps) > 0 {
		t.Errorf("nothing is collected: %+v", got)
	}
}

// TestEverySuccessorWorks: what the table says to use deploys on the day on which the thing is gone, warns of nothing that ends within a
// year, and does what it is for. Versions of Kubernetes and Windows Server 2022 have none in this API version.
func TestEverySuccessorWorks(t *testing.T) {
	days := map[string]plan.Day{}
	for _, r := range plan.Retirements() {
		if days[r.Name] = r.Day; r.Day == "" {
			days[r.Name] = "2026-11-26"
		}
	}
	tested := map[string]bool{}
	for _, s := range successors() {
		tested[s.of] = true
		t.Run(s.of, func(t *testing.T) {
			day, known := days[s.of]
			if !known {
				t.Fatalf("%s is not in the table", s.of)
			}
			cloud := cloudOf(t, day)
			cloud.MustSeed(azuresim.ID("dns", azuresim.DNSZoneType, shopZone), nil)
			args := smallest()
			if s.take != nil {
				s.take(cloud, args)
			}
			up := must(t, "up", simtest.New(t, func(ctx *pulumi.Context) error {
				cluster, err := components.NewManagedIdentityCluster(ctx, "aks", args)
				if err != nil || s.also == nil {
					return err
				}
				return s.also(ctx, cloud, cluster)
			}, simtest.WithCloud(cloud)).Up())
			if s.works != nil {
				s.works(t, cloud, up)
			}
			if told := up.Diagnostics(); strings.Contains(told, s.of+" is retired") {
				t.Errorf("it is not its own successor: %s", told)
			}
		})
	}
	for name := range days {
		if !tested[name] && !strings.HasPrefix(name, "Kubernetes ") && name != "Windows Server 2022" {
			t.Errorf("no successor of %s is tested", name)
		}
	}
}

// TestWhatStandsOnTheSubnetIsJoined: with the azure plugin too, the control plane may rewrite a subnet on which a NAT gateway and a route table
// of the user's stand, as the private link service of an internal load balancer does; without the arguments it may not.
func TestWhatStandsOnTheSubnetIsJoined(t *testing.T) {
	for _, kind := range []plan.IdentityType{plan.SystemAssigned, plan.UserAssigned} {
		for _, named := range []bool{true, false} {
			t.Run(fmt.Sprintf("%s, named %v", kind, named), func(t *testing.T) {
				cloud := azuresim.New()
				gateway := cloud.MustSeed(azuresim.ID("egress", azuresim.NatGatewayType, "out"), nil)
				table := cloud.MustSeed(azuresim.ID("egress", azuresim.RouteTableType, "out"), nil)
				subnet := cloud.MustSeed(azuresim.ID("net", azuresim.SubnetType, "hub", "nodes"), map[string]any{"properties": map[string]any{
					"addressPrefix": "10.230.0.0/24", "natGateway": map[string]any{"id": gateway}, "routeTable": map[string]any{"id": table},
				}})
				args := smallest()
				args.Identity = &components.ClusterIdentityArgs{Type: kind}
				args.Network = &components.NetworkArgs{OutboundType: components.OutboundTypeUserAssignedNATGateway}
				args.Subnets, args.SystemPool.Subnet = map[string]pulumi.StringInput{"nodes": pulumi.String(subnet)}, "nodes"
				if named {
					args.NATGatewayIDs = map[string]pulumi.StringInput{"out": pulumi.String(gateway)}
					args.RouteTableIDs = map[string]pulumi.StringInput{"out": pulumi.String(table)}
				}
				up := must(t, "up", simtest.New(t, program(args), simtest.WithCloud(cloud)).Up())
				for _, capability := range []rbac.CapabilityID{"private-link-service", "subnet-rewrite-linked-joins"} {
					decision, err := cloud.Clusters()[0].Perform(capability, subnet)
					if err != nil || decision.Allowed() != named {
						t.Errorf("%s, named %v: allowed %v, missing %v, %v", capability, named, decision.Allowed(), decision.Missing, err)
					}
				}
				if told := strings.Contains(up.Diagnostics(), "natGatewayIds"); told == named {
					t.Errorf("named %v: told %v:\n%s", named, told, up.Diagnostics())
				}
			})
		}
	}
}
