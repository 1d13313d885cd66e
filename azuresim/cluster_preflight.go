package azuresim

import (
	"slices"
	"strings"

	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

// checkRouteTables: kubenet writes pod routes into the caller's table, which needs a user-assigned identity with rights on
// it. The provider writes the whole table, so routes/write alone is not enough (cloud-provider-azure, azure_routes.go).
func (v *clusterView) checkRouteTables() *Error {
	if v.network("networkPlugin") != "kubenet" {
		return nil
	}
	for _, id := range v.ownSubnets() {
		subnet := v.c.lookup(id)
		if subnet == nil {
			continue
		}
		table := text(subnet.Body, "properties", "routeTable", "id")
		if table == "" || within(v.nodeGroupID(), table) {
			continue
		}
		if v.control.isSystem() {
			return badRequest(CodeRouteTableUnsupportedMSIType, "identity.type", "Clusters using managed identity type "+
				"SystemAssigned do not support bringing your own route table. Please see https://aka.ms/aks/customrt for more "+
				"information")
		}
		if d, ok := v.allowed(needs(table, RouteTableType+"/read", RouteTableType+"/write")...); !ok {
			return badRequest(CodeRouteTableMissingPermission, "agentPoolProfile.vnetSubnetID",
				"The cluster identity must be given permission to read and write custom route table %s: it has no %s",
				table, describe(d))
		}
	}
	return nil
}

// evaluateVault decides on a vault's data: by role assignments when the vault uses RBAC, else by its access policies, as
// enableRbacAuthorization says (false when it is not given).
func (c *Cloud) evaluateVault(principalID string, vault *resource, asked []rbac.Need, kind string, permissions ...string) rbac.Decision {
	if truth(vault.Body, "properties", "enableRbacAuthorization") {
		return c.evaluate(principalID, asked)
	}
	if _, alive := c.principal(principalID); alive && policyAllows(vault, principalID, kind, permissions...) {
		return rbac.Decision{Effect: rbac.Allow}
	}
	return rbac.Decision{Effect: rbac.Deny, Missing: asked}
}

// policyAllows tells whether one access policy of the principal has all permissions, or "all".
func policyAllows(vault *resource, principalID, kind string, permissions ...string) bool {
	for _, policy := range objects(vault.Body, "properties", "accessPolicies") {
		if !strings.EqualFold(text(policy, "objectId"), principalID) {
			continue
		}
		given := texts(policy, "permissions", kind)
		lacks := func(permission string) bool { return !containsFold(given, permission) }
		if containsFold(given, "all") || !slices.ContainsFunc(permissions, lacks) {
			return true
		}
	}
	return false
}

// checkPoolPlacement: pools in a capacity reservation or on dedicated hosts, and pools of virtual machines in a subnet of
// one's own, use the control-plane identity and nothing else. Refusals of a system-assigned identity are documented, the
// codes are not verified; the actions for reservations and host groups are inferred.
func (v *clusterView) checkPoolPlacement() *Error {
	for _, pool := range v.sent {
		if err := v.checkVirtualMachines(pool); err != nil {
			return err
		}
		for _, placement := range poolPlacements {
			id := text(pool.props, placement.property)
			if id == "" {
				continue
			}
			if v.control.isSystem() {
				return v.needsUserAssigned(id)
			}
			parsed, err := parseID(id)
			if err != nil {
				return err
			}
			if err := v.controlPlaneNeeds(parsed.groupID(), placement.actions...); err != nil {
				return err
			}
		}
	}
	return nil
}

// poolPlacements: the documentation asks for a role on the resource group.
var poolPlacements = []struct {
	property string
	actions  []string
}{
	{"capacityReservationGroupID", []string{CapacityReservationGroupType + "/read", CapacityReservationGroupType + "/deploy/action"}},
	{"hostGroupID", []string{HostGroupType + "/read", HostGroupType + "/hosts/read"}},
}

func (v *clusterView) checkVirtualMachines(pool *poolView) *Error {
	if !strings.EqualFold(text(pool.props, "type"), "VirtualMachines") || pool.subnet() == "" {
		return nil
	}
	if v.control.isSystem() {
		return badRequest(CodeInvalidParameter, "identity.type", "Agent pool '%s' of type VirtualMachines in a custom "+
			"virtual network needs a user-assigned identity.", pool.name)
	}
	return v.controlPlaneNeeds(pool.subnet(), SubnetType+"/read", SubnetType+"/join/action")
}

// controlPlaneNeeds refuses with LinkedAuthorizationFailed naming the control plane; the code is not verified.
func (v *clusterView) controlPlaneNeeds(scope string, actions ...string) *Error {
	if d, ok := v.allowed(needs(scope, actions...)...); !ok {
		return refuse(403, CodeLinkedAuthorizationFailed, "", "The client with object id '%s' (the control plane) does not "+
			"have permission on the linked scope: %s", v.control.principal, describe(d))
	}
	return nil
}
