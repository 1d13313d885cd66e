package deployer

import (
	"strings"

	"github.com/aksidentity/pulumi-aksidentity/cmd/aksid/internal/estate"
	"github.com/aksidentity/pulumi-aksidentity/plan"
	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

// cluster is what a cluster takes beyond being written: whoever deploys it reads its kubeconfig, gives it identities, and refers to
// resources on which Azure asks for a right of its own.
func (f *finding) cluster(c estate.Cluster) {
	r := c.Resource
	here, title := f.scopeOf(r, clusterType), "managedClusters "+r.Name()
	f.needs(plan.Needed, plan.ToMake, clusterType+"/listClusterUserCredential/action", here, title, "read the kubeconfig")
	if disabled, _ := estate.At(r.Inputs, "disableLocalAccounts").(bool); !disabled {
		f.needs(plan.Optional, plan.ToMake, clusterType+"/listClusterAdminCredential/action", here, title, "read the kubeconfig of the administrator")
	}
	for _, operation := range []string{"operations", "operationresults"} {
		f.needs(plan.Documented, plan.ToMake, "Microsoft.ContainerService/locations/"+operation+"/read", plan.DeployerScope{}, title, "follow a long operation")
	}
	f.identities(c, title)
	for _, ref := range references(r, f.Resources) {
		for _, a := range plan.DeployerActionsFor(ref.use) {
			f.needs(plan.Needed, plan.ToMake, a.Action, f.place(ref.id, ref.path), title, a.Reason)
		}
	}
	f.elsewhere(r, title)
}

func (f *finding) identities(c estate.Cluster, title string) {
	for _, i := range f.Identities {
		if i.Cluster != c.Name || i.Origin == estate.ByAKS {
			continue
		}
		at := f.place(i.ResourceID, "the identity "+i.Title())
		if i.ResourceID == "" && i.URN != "" {
			at = f.scopeOf(f.byURN(i.URN), identityType)
		}
		f.needs(plan.Needed, plan.ToMake, identityType+"/assign/action", at, title, "give the identity to the cluster")
		if i.Origin == estate.Elsewhere {
			f.needs(plan.Optional, plan.ToMake, identityType+"/read", at, title, "tell a wrong principal or client ID before anything is made")
		}
	}
}

func (f *finding) byURN(urn string) estate.Resource {
	for _, r := range f.Resources {
		if r.URN == urn {
			return r
		}
	}
	return estate.Resource{}
}

// place is where the resource of an ID is; the ID may be unknown.
func (f *finding) place(id, name string) plan.DeployerScope {
	scope, err := rbac.ParseScope(id)
	if err != nil {
		return plan.DeployerScope{Path: plan.Path(name), Level: plan.AtResource}
	}
	return f.at(scope, name)
}

// reference is a resource to which a cluster refers.
type reference struct {
	use      plan.Use
	id, path string
}

// references are those on which Azure asks a right of whoever deploys: of the cluster and of its pools.
func references(cluster estate.Resource, all []estate.Resource) (found []reference) {
	pools := estate.List(cluster.Inputs, "agentPoolProfiles")
	for _, r := range all {
		if r.Is("containerservice", "AgentPool") && !r.Deleting {
			pools = append(pools, r.Inputs)
		}
	}
	add := func(use plan.Use, path string, value any, keys ...string) {
		if id := estate.Text(value, keys...); id != "" {
			found = append(found, reference{use, id, path})
		}
	}
	for _, pool := range pools {
		add(plan.NodeSubnet, "the node subnet", pool, "vnetSubnetID")
		add(plan.PodSubnet, "the pod subnet", pool, "podSubnetID")
		add(plan.NodeIPPrefix, "the prefix of node addresses", pool, "nodePublicIPPrefixID")
	}
	balancer := estate.Object(cluster.Inputs, "networkProfile", "loadBalancerProfile")
	for _, ip := range estate.List(balancer, "outboundIPs", "publicIPs") {
		add(plan.OutboundIP, "an outbound address", ip, "id")
	}
	for _, prefix := range estate.List(balancer, "outboundIPPrefixes", "publicIPPrefixes") {
		add(plan.OutboundPrefix, "an outbound prefix", prefix, "id")
	}
	add(plan.DiskEncryptionSet, "the disk encryption set", cluster.Inputs, "diskEncryptionSetID")
	gateway := estate.Object(cluster.Inputs, "addonProfiles", "ingressApplicationGateway", "config")
	add(plan.Gateway, "the gateway", gateway, "applicationGatewayId")
	add(plan.GatewaySubnet, "the subnet of the gateway", gateway, "subnetId")
	return found
}

// elsewhere are rights on resources that no use of the grant table names (azure-aks-docs aks-service-permissions.md of 2026-04-19, read
// 2026-11-26).
func (f *finding) elsewhere(cluster estate.Resource, title string) {
	const workspace = "Microsoft.OperationalInsights/workspaces"
	if id := estate.Text(cluster.Inputs, "securityProfile", "defender", "logAnalyticsWorkspaceResourceId"); id != "" {
		f.needs(plan.Needed, plan.ToMake, workspace+"/read", f.place(id, "the workspace of Defender"), title, "send what Defender finds to the workspace")
	}
	if id := estate.Text(cluster.Inputs, "addonProfiles", "omsagent", "config", "logAnalyticsWorkspaceResourceID"); id != "" {
		at := f.place(id, "the workspace")
		for _, action := range []string{workspace + "/read", workspace + "/sharedKeys/read"} {
			f.needs(plan.Documented, plan.ToMake, action, at, title, "connect Container Insights with the workspace")
		}
	}
	if subnet := estate.Text(cluster.Inputs, "networkProfile", "loadBalancerProfile", "backendPoolType"); strings.EqualFold(subnet, "nodeIP") {
		f.needs(plan.Documented, plan.ToMake, "Microsoft.Network/virtualNetworks/joinLoadBalancer/action", plan.DeployerScope{}, title,
			"fill a backend pool by addresses")
	}
	for _, r := range f.Resources {
		if id := estate.Text(r.Inputs, "proximityPlacementGroupID"); id != "" && r.Is("containerservice", "AgentPool") {
			f.needs(plan.Needed, plan.ToMake, "Microsoft.Compute/proximityPlacementGroups/write", f.place(id, "the placement group"),
				"agentPools "+r.Name(), "put nodes into the placement group")
		}
	}
}
