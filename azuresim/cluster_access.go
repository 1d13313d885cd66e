package azuresim

import (
	"strings"

	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

// checkNames checks DNS prefix and node resource group.
func (v *clusterView) checkNames() *Error {
	prefix, sub := text(v.props, "dnsPrefix"), text(v.props, "fqdnSubdomain")
	if prefix == "" && sub == "" {
		return badRequest(CodeInvalidParameter, "dnsPrefix", "Required parameter dnsPrefix is missing (null).")
	}
	if prefix != "" && sub != "" {
		return badRequest(CodeInvalidParameter, "fqdnSubdomain", "dnsPrefix and fqdnSubdomain exclude each other.")
	}
	if sub != "" && v.ownZone() == "" {
		return badRequest(CodeInvalidParameter, "fqdnSubdomain", "fqdnSubdomain needs a custom private DNS zone.")
	}
	if v.old != nil {
		return nil
	}
	if strings.EqualFold(v.nodeGroup(), v.q.id.group) {
		return badRequest(CodeNodeResourceGroupSameAsResourceGrp, "nodeResourceGroup",
			"The node resource group '%s' is the cluster's own resource group.", v.nodeGroup())
	}
	if v.c.lookup(v.nodeGroupID()) != nil {
		return badRequest(CodeNodeResourceGroupAlreadyExists, "nodeResourceGroup",
			"The node resource group '%s' already exists.", v.nodeGroup())
	}
	return nil
}

// checkAPIServer checks the private cluster and the subnet of the API server.
func (v *clusterView) checkAPIServer() *Error {
	access := object(v.props, "apiServerAccessProfile")
	public, given := access["enablePrivateClusterPublicFQDN"].(bool)
	if strings.EqualFold(text(access, "privateDNSZone"), "none") && given && !public {
		return badRequest(CodeInvalidParameter, "apiServerAccessProfile.enablePrivateClusterPublicFQDN",
			"privateDNSZone none needs the public FQDN.")
	}
	if truth(access, "enablePrivateCluster") && len(list(access, "authorizedIPRanges")) > 0 {
		return badRequest(CodeInvalidParameter, "apiServerAccessProfile.authorizedIPRanges",
			"A private cluster cannot have authorized IP ranges.")
	}
	subnetID := text(access, "subnetId")
	if subnetID == "" || !truth(access, "enableVnetIntegration") {
		return nil
	}
	if v.control.isSystem() {
		return v.needsUserAssigned(subnetID)
	}
	for _, pool := range v.pools {
		if sameID(pool.subnet(), subnetID) {
			return badRequest(CodeAPIServerSubnetConfig, "apiServerAccessProfile.subnetId",
				"The API server's subnet '%s' is that of agent pool '%s'.", subnetID, pool.name)
		}
	}
	if subnet := v.c.lookup(subnetID); subnet != nil && !delegatedToAKS(subnet) {
		return badRequest(CodeAPIServerSubnetConfig, "apiServerAccessProfile.subnetId",
			"The API server's subnet '%s' is not delegated to %s.", subnetID, ManagedClusterType)
	}
	return nil
}

func delegatedToAKS(subnet *resource) bool {
	for _, d := range objects(subnet.Body, "properties", "delegations") {
		if strings.EqualFold(text(d, "properties", "serviceName"), ManagedClusterType) {
			return true
		}
	}
	return false
}

// needsUserAssigned is AKS's general refusal of a system-assigned identity. For route tables it was seen in user reports;
// for private DNS zones, KMS, capacity reservations, host groups and API server subnets the code is not verified.
func (v *clusterView) needsUserAssigned(resourceID string) *Error {
	return badRequest(CodeOnlySupportedOnUserAssigned, "identity.type", "System-assigned managed identity not supported for "+
		"custom resource %s. Please use user-assigned managed identity.", resourceID)
}

// allowed asks the control plane's effective grants. Seeding asks nobody.
func (v *clusterView) allowed(n ...rbac.Need) (rbac.Decision, bool) {
	if v.q.seeding {
		return rbac.Decision{Effect: rbac.Allow}, true
	}
	d := v.c.evaluate(v.control.principal, n)
	if d.Effect == rbac.Allow {
		v.q.rely(v.c, d)
	}
	return d, d.Effect == rbac.Allow
}

// checkPrivateZone: a zone of one's own needs a user-assigned identity with read and write on it. Checked on create and on
// every update (support article customprivatednszonemissingpermissions-error).
func (v *clusterView) checkPrivateZone() *Error {
	zone := v.ownZone()
	if zone == "" {
		return nil
	}
	if v.control.isSystem() {
		return v.needsUserAssigned(zone)
	}
	suffix := "privatelink." + v.location + ".azmk8s.io"
	name := strings.ToLower(zone[strings.LastIndex(zone, "/")+1:])
	if name != suffix && !strings.HasSuffix(name, "."+suffix) {
		return badRequest(CodeInvalidParameter, "apiServerAccessProfile.privateDNSZone",
			"The private DNS zone must be named %s or <name>.%s, got '%s'.", suffix, suffix, name)
	}
	d, ok := v.allowed(needs(zone, PrivateDNSZoneType+"/read", PrivateDNSZoneType+"/write")...)
	if !ok {
		return badRequest(CodePrivateDNSZoneMissingPermission, "apiServerAccessProfile.privateDNSZone",
			"Service principal or user-assigned identity must be given permission to read and write to custom private dns "+
				"zone %s: it has no %s", zone, describe(d))
	}
	return nil
}

// lateChecks are what AKS finds only after it has accepted the operation.
var lateChecks = []func(*clusterView) *Error{
	(*clusterView).linkFailure,
	(*clusterView).attachFailure,
	(*clusterView).apiServerFailure,
}

func (v *clusterView) lateFailure() *Error {
	if v.q.seeding {
		return nil
	}
	for _, check := range lateChecks {
		if err := check(v); err != nil {
			return err
		}
	}
	return nil
}

func (v *clusterView) apiServerFailure() *Error {
	access := object(v.props, "apiServerAccessProfile")
	subnet := text(access, "subnetId")
	if subnet == "" || !truth(access, "enableVnetIntegration") {
		return nil
	}
	joins := []rbac.Need{}
	for _, id := range append([]string{subnet}, v.ownSubnets()...) {
		joins = append(joins, needs(id, SubnetType+"/read", SubnetType+"/join/action")...)
	}
	if d, ok := v.allowed(joins...); !ok {
		return badRequest(CodeAPIServerSubnetConfig, "apiServerAccessProfile.subnetId",
			"The cluster identity lacks permission on its subnets: %s", describe(d))
	}
	return nil
}

// attachFailure: kubenet needs its route table on the subnets of the nodes, and AKS attaches its own where there is none,
// as the control plane. A control plane that may not write the subnet leaves a cluster without routes (Azure/AKS#1845). One
// that may write it needs join on all that the subnet refers to, else the operation fails (Azure/AKS#1653; the refusal
// itself was seen in microsoft/tyger#320; all read 2026-11-25). That the code reaches the caller is not verified.
func (v *clusterView) attachFailure() *Error {
	made := v.old != nil && text(v.old.properties(), "provisioningState") != "Failed"
	if v.network("networkPlugin") != "kubenet" || made {
		return nil
	}
	for _, id := range v.ownSubnets() {
		subnet := v.c.lookup(id)
		if subnet == nil || text(subnet.Body, "properties", "routeTable", "id") != "" {
			continue
		}
		if _, writes := v.allowed(needs(id, writeSubnet...)...); !writes {
			continue
		}
		if d, ok := v.allowed(linkedJoins(subnet)...); !ok {
			return refuse(403, CodeLinkedAuthorizationFailed, "agentPoolProfile.vnetSubnetID", "The cluster identity has "+
				"permission to write '%s', but not on what it refers to: %s", id, describe(d))
		}
	}
	return nil
}

// linkFailure: AKS links an own private DNS zone to the network of the nodes with the control-plane identity, which needs
// join on the network; a grant on the subnet is not enough. A link that is there already is not made again.
func (v *clusterView) linkFailure() *Error {
	zone, subnets := v.ownZone(), v.ownSubnets()
	if zone == "" || len(subnets) == 0 {
		return nil
	}
	vnet := networkOf(subnets[0])
	for _, link := range v.c.childrenOf(zone, VirtualNetworkLinkType) {
		if sameID(text(link.Body, "properties", "virtualNetwork", "id"), vnet) {
			return nil
		}
	}
	if d, ok := v.allowed(needs(vnet, VirtualNetworkType+"/read", VirtualNetworkType+"/join/action")...); !ok {
		return badRequest(CodeVirtualNetworkLinkFailed, "apiServerAccessProfile.privateDNSZone",
			"Reconcile private DNS failed: the identity cannot link '%s': %s", vnet, describe(d))
	}
	return nil
}
