package plan_test

import (
	"errors"
	"fmt"

	"github.com/aksidentity/pulumi-aksidentity/plan"
)

const hub = "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/net/providers/Microsoft.Network/virtualNetworks/hub"

func show(p plan.Plan) {
	for _, problem := range p.Problems {
		fmt.Println("problem:", problem)
	}
	for _, g := range p.Grants {
		fmt.Printf("%s gets %s on %s, %s\n", g.Identity, g.Role.Name, g.Scope, g.Phase)
		for _, reason := range g.Reasons {
			fmt.Println("  to", reason)
		}
	}
}

// A cluster on an identity of its own, in a subnet whose ID is not known yet: the grant, its reason and its order are.
func ExampleForCluster() {
	show(plan.ForCluster(plan.Cluster{
		Identity:   plan.ClusterIdentity{Type: plan.UserAssigned},
		Subnets:    map[string]plan.Value[string]{"nodes": plan.Late[string]()},
		SystemPool: plan.Pool{Subnet: "nodes"}, Pools: []plan.Pool{{Name: "web", Subnet: "nodes"}},
		APIServer: plan.APIServer{Public: true},
	}))
	// Output:
	// control-plane gets Network Contributor on subnets.nodes, before the cluster
	//   to join nodes and internal load balancers to the subnet (nodes of pool system)
	//   to join nodes and internal load balancers to the subnet (nodes of pool web)
}

// All mistakes come at once, with what to do.
func ExampleForCluster_problems() {
	p := plan.ForCluster(plan.Cluster{
		Identity:   plan.ClusterIdentity{Type: "userassigned"},
		SystemPool: plan.Pool{Subnet: "nodes"},
	})
	fmt.Println(p.Problems.Err())
	// Output:
	// 3 problems in the arguments:
	//   - apiServer: it is not said who may reach the API server; an open endpoint is never the silent default. Fix: set private, or give authorizedIpRanges, or set public to say that everybody may reach it.
	//   - identity.type: "userassigned" is written in another letter case than "UserAssigned". Fix: write "UserAssigned".
	//   - systemPool.subnet: subnets has no key "nodes". Fix: add it to subnets.
}

func ExampleForDelegation() {
	show(plan.ForDelegation(plan.Delegation{
		PrincipalID: plan.Late[string](),
		Mentions: append(
			plan.Each(plan.NodeSubnet, "nodeSubnetIds", map[string]plan.Value[string]{"shop": plan.Known(hub + "/subnets/shop")}),
			plan.Each(plan.Disk, "diskIds", map[string]plan.Value[string]{"orders": plan.Late[string]()})...),
	}))
	// Output:
	// principal gets Network Contributor on nodeSubnetIds.shop, before the resources are used
	//   to join nodes and internal load balancers to the subnet
	// principal gets Virtual Machine Contributor on diskIds.orders, before the resources are used
	//   to attach and detach the disk
}

// A principal that something needs and nobody gave is a problem at the argument that takes it.
func ExampleForAddons() {
	one := map[string]plan.Value[string]{"shop": plan.Late[string]()}
	show(plan.ForAddons(plan.AddonGrants{
		Principals: []plan.GivenPrincipal{{Identity: plan.Identity{Kind: plan.Kubelet}, Path: "kubeletPrincipalId", ID: plan.Late[string]()}},
		Mentions:   append(plan.Each(plan.Registry, "registryIds", one), plan.Each(plan.PublicZone, "publicDnsZoneIds", one)...),
	}))
	// Output:
	// problem: addonPrincipalIds.webAppRouting: it is missing, but publicDnsZoneIds is to be granted to addon-webAppRouting. Fix: give the cluster in clusterId, from which it is read, or the principal ID of the identity itself.
	// addon-webAppRouting gets DNS Zone Contributor on publicDnsZoneIds.shop, after the cluster
	//   to write the records of ingresses
	// kubelet gets AcrPull on registryIds.shop, after the cluster
	//   to pull images
}

func ExampleForWorkload() {
	show(plan.ForWorkload(plan.Workload{
		Name: "orders", ResourceGroup: plan.Known("shop"), Issuer: plan.Late[string](),
		ServiceAccounts: map[string]plan.ServiceAccount{"api": {Namespace: plan.Known("shop"), Name: plan.Known("orders")}},
		Grants: map[string]plan.OwnGrant{
			"payments": {Role: "key vault secrets user", Resource: plan.Late[string](), Reason: "read the key of the payment service"},
		},
	}))
	// Output:
	// workload-orders gets Key Vault Secrets User on roles.payments, before the resources are used
	//   to read the key of the payment service
}

// The grant table is open: who needs which role where for what, and where it is documented.
func ExampleLookup() {
	info, err := plan.Lookup(plan.VirtualNodeSubnet)
	for _, rule := range info.Rules {
		fmt.Println(info.Holder, "needs", rule.Role, "at the", rule.Level, "to", rule.Reason, err)
	}
	_, err = plan.Lookup("teapot")
	fmt.Println(err, errors.As(err, &plan.UnknownUseError{}))
	// Output:
	// addon-aciConnectorLinux needs Network Contributor at the resource to run virtual nodes in the subnet <nil>
	// the grant table has no use "teapot" true
}

// What a grant turns out to be when its IDs arrive. Every tool that follows the convention computes the same name.
func ExampleGrant_Resolve() {
	p := plan.ForDelegation(plan.Delegation{
		PrincipalID: plan.Late[string](),
		Mentions:    plan.Each(plan.NodeSubnet, "nodeSubnetIds", map[string]plan.Value[string]{"shop": plan.Late[string]()}),
	})
	resolved, err := p.Grants[0].Resolve(hub+"/subnets/shop", "22222222-2222-2222-2222-222222222222")
	fmt.Println(resolved.Scope)
	fmt.Println(resolved.AssignmentName, err)
	_, err = p.Grants[0].Resolve(hub, "22222222-2222-2222-2222-222222222222")
	fmt.Println(err)
	// Output:
	// /subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/net/providers/Microsoft.Network/virtualNetworks/hub/subnets/shop
	// d06f0efc-2b77-5565-9a08-167a1a370495 <nil>
	// 1 problem in the arguments:
	//   - nodeSubnetIds.shop: "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/net/providers/Microsoft.Network/virtualNetworks/hub" is Microsoft.Network/virtualNetworks, not a Microsoft.Network/virtualNetworks/subnets. Fix: give /subscriptions/<subscription>/resourceGroups/<group>/providers/Microsoft.Network/virtualNetworks/<name>/subnets/<name>.
}

func ExampleCheckResourceID() {
	scope, problem := plan.CheckResourceID("subnets.nodes", hub+"/subnets/shop", "Microsoft.Network/virtualNetworks/subnets")
	fmt.Println(scope.Name(), problem)
	_, problem = plan.CheckResourceID("subnets.nodes", "shop", "Microsoft.Network/virtualNetworks/subnets")
	fmt.Println(problem)
	// Output:
	// shop <nil>
	// subnets.nodes: "shop" is not a resource ID: it begins with "shop"; a scope begins with /subscriptions/<id> or /providers/<namespace>. Fix: give the full ID, /subscriptions/<subscription>/resourceGroups/<group>/providers/Microsoft.Network/virtualNetworks/<name>/subnets/<name>.
}

func ExampleCheckVaultKey() {
	const vault = "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/keys/providers/Microsoft.KeyVault/vaults/shop"
	fmt.Println(plan.CheckVaultKey("security.kms.keyId", "https://shop.vault.azure.net/keys/etcd/1f", vault))
	fmt.Println(plan.CheckVaultKey("security.kms.keyId", "https://other.vault.azure.net/keys/etcd/1f", vault))
	// Output:
	// <nil>
	// security.kms.keyId: the key lies in the vault "other", but the right is granted on the vault "shop". Fix: give the vault of the key, or a key of that vault.
}

func ExampleCheckPrincipal() {
	const identity, own, other = "identities/shop", "22222222-2222-2222-2222-222222222222", "33333333-3333-3333-3333-333333333333"
	fmt.Println(plan.CheckPrincipal("identity.userAssigned.principalId", identity, own, own))
	fmt.Println(plan.CheckPrincipal("identity.userAssigned.principalId", identity, other, own))
	// Output:
	// <nil>
	// identity.userAssigned.principalId: the principal of identities/shop is 22222222-2222-2222-2222-222222222222, not 33333333-3333-3333-3333-333333333333; the grants went to somebody else. Fix: give the principal ID (the object ID, not the client ID) of the identity in resourceId.
}
