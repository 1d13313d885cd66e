package plan_test

import (
	"testing"

	"github.com/aksidentity/pulumi-aksidentity/plan"
	"github.com/aksidentity/pulumi-aksidentity/rbac"
	"github.com/aksidentity/pulumi-aksidentity/report"
)

// FuzzCheckResourceID: for every text there is either a scope of the right kind or a problem, never a panic.
func FuzzCheckResourceID(f *testing.F) {
	for _, id := range []string{
		"", "/", "nodes", subnetA, vnet, zone, subscription, subscription + "/resourceGroups/net", "//", subnetA + "/", "\x00",
		"/SUBSCRIPTIONS/s/RESOURCEGROUPS/g/PROVIDERS/MICROSOFT.NETWORK/VIRTUALNETWORKS/V/SUBNETS/S", "/providers/Microsoft.Management/managementGroups/m",
	} {
		for _, kind := range []string{"", plan.ResourceGroupType, "Microsoft.Network/virtualNetworks/subnets", "x", "/", "a/b/c"} {
			f.Add(id, kind)
		}
	}
	f.Fuzz(func(t *testing.T, id, resourceType string) {
		scope, problem := plan.CheckResourceID("subnets.nodes", id, resourceType)
		if problem != nil {
			if !scope.IsZero() || problem.Path != "subnets.nodes" || problem.What == "" || problem.Fix == "" {
				t.Errorf("a problem comes alone and says what is wrong and what to do: %v %+v", scope, problem)
			}
			return
		}
		if scope.IsZero() {
			t.Fatalf("%q has neither a scope nor a problem", id)
		}
		if again, err := rbac.ParseScope(scope.String()); err != nil || !again.Equal(scope) {
			t.Errorf("%q gives %q, which does not read back: %v", id, scope, err)
		}
		for _, level := range []plan.Level{plan.AtResource, plan.AtResourceGroup, plan.AtVirtualNetwork} {
			if at := plan.AtLevel(scope, level); !at.Contains(scope) {
				t.Errorf("%q at level %s is %q, which does not contain it", scope, level, at)
			}
		}
	})
}

// FuzzForCluster: whatever stands in the arguments, planning ends with a plan or with problems that say what to do.
func FuzzForCluster(f *testing.F) {
	f.Add("UserAssigned", "nodes", subnetA, "system", "azure", "10.0.0.0/16", "10.0.0.10", "1.30", "builtin", zone)
	f.Add("SystemAssigned,UserAssigned", "", "", "", "kubenet", "::/0", "x", "1.30.x", "least", "/")
	f.Add("\x00", "a b", "//", "System-Pool", "none", "10.0.0.0/33", "1.2.3", "-1.-1", "custom", "\xff")
	f.Fuzz(func(t *testing.T, identity, key, id, pool, plugin, cidr, address, version, strategy, zone string) {
		c := plan.Cluster{
			Name: plan.Known(id), DNSPrefix: plan.Known(key), NodeResourceGroup: plan.Known(pool), ResourceGroup: plan.Known(key),
			KubernetesVersion: plan.Known(version), Identity: plan.ClusterIdentity{Type: plan.IdentityType(identity), User: &plan.UserIdentity{Existing: &plan.ExistingIdentity{
				ResourceID: plan.Known(id), PrincipalID: plan.Known(key), ClientID: plan.Known(pool),
			}}},
			KubeletIdentity: &plan.UserIdentity{Existing: &plan.ExistingIdentity{
				ResourceID: plan.Known(id), PrincipalID: plan.Known(key), ClientID: plan.Known(pool),
			}},
			Subnets: values{key: plan.Known(id), pool: plan.Known(zone)},
			SystemPool: plan.Pool{
				Name: pool, Mode: plan.PoolMode(plugin), OSType: plan.OSType(identity), Subnet: key, PodSubnet: pool, VMSize: plan.Known(version), NodeIPPrefix: key,
			},
			Pools: []plan.Pool{
				{Name: key, Taints: []value{plan.Known(id)}, HostGroup: key, MaxSurge: plan.Known(version), KubernetesVersion: plan.Known(cidr)},
			},
			Network: plan.Network{
				Plugin: plan.NetworkPlugin(plugin), PodCIDR: plan.Known(cidr), ServiceCIDR: plan.Known(cidr), DNSServiceIP: plan.Known(address), IPFamilies: []plan.IPFamily{plan.IPFamily(key)},
				PodCIDRs: []value{plan.Known(cidr)}, LoadBalancer: &plan.LoadBalancer{},
			},
			APIServer: plan.APIServer{
				Private: true, AuthorizedRanges: []value{plan.Known(cidr)}, PrivateZone: plan.PrivateDNSZone(zone),
			},
			Security:    plan.Security{KMS: &plan.KMS{KeyID: plan.Known(key), NetworkAccess: plan.KMSNetworkAccess(plugin)}},
			Maintenance: map[string]plan.Window{key: {Day: plan.Weekday(pool), StartTime: plan.Known(address), UTCOffset: plan.Known(version)}},
			AsOf:        plan.Day(version), AcceptRetired: []plan.Path{plan.Path(key)},
			Addons: plan.Addons{
				Other: map[string]bool{key: true, pool: false}, VirtualNode: true,
				Gateway: &plan.GatewayAddon{SubnetCIDR: plan.Known(cidr)}, Routing: &plan.RoutingAddon{Vaults: []string{key}},
				Secrets: &plan.SecretsAddon{SecretVaults: []string{pool}}, Mesh: &plan.MeshAddon{OwnAuthority: true, Vault: key},
			},
			NodeIPPrefixes: values{key: plan.Known(id)}, HostGroups: values{pool: plan.Known(id)}, KeyVaults: values{key: plan.Known(id)},
			ExtraGrants: map[string]plan.ExtraGrant{key: {Identity: pool, OwnGrant: plan.OwnGrant{Role: version, Resource: plan.Known(id), Reason: pool}}},
			Strategy:    plan.RoleStrategy(strategy),
		}
		for _, use := range append(plan.Uses(), plan.Use(strategy)) {
			c.Mentions = append(c.Mentions, plan.Each(use, "argument", values{key: plan.Known(id), pool: plan.Known(zone)})...)
		}
		p := plan.ForCluster(c)
		for _, problem := range p.Problems {
			if problem.Path == "" || problem.What == "" || problem.Fix == "" {
				t.Errorf("a problem says where, what is wrong and what to do: %+v", problem)
			}
		}
		names := map[string]bool{}
		for _, g := range p.Grants {
			if names[g.Name] && len(p.Problems) == 0 {
				t.Errorf("two grants have the name %q", g.Name)
			}
			names[g.Name] = true
		}
		_ = report.Plan(p) + report.Markdown(p) + report.JSON(p)
	})
}
