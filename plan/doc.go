// Package plan decides which identity of an AKS cluster gets which role where, and why.
//
// It is pure: plain data in, plain data out, no Pulumi, no network, no clock. The shape of a deployment (which pools,
// which subnets, which add-ons, by short name) is known before anything runs and decides the plan; Azure resource IDs may
// arrive late, so a grant refers to its scope by the path of the argument that names it. Package components binds that
// path to the Pulumi input later. A preview can therefore list every grant with its reason while every ID is unknown.
//
// All mistakes are reported together as [Problems], each with the property path, what is wrong and what to do.
//
//	p := plan.ForCluster(plan.Cluster{
//		Identity: plan.ClusterIdentity{Type: plan.UserAssigned},
//		Subnets:  map[string]plan.Value[string]{"nodes": plan.Late[string]()},
//		SystemPool: plan.Pool{Subnet: "nodes"},
//		APIServer: plan.APIServer{Public: true},
//	})
//	for _, g := range p.Grants {
//		fmt.Println(g.Identity, g.Role, g.Scope, g.Reasons)
//	}
//
// What it does not do: it creates nothing and it does not ask whether a grant exists already.
package plan
