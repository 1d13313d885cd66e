package azuresim

import (
	"net/url"
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

// checkKMS: etcd encryption with a key of one's own needs a user-assigned identity. The rights are validated for public
// vaults only (AKS documentation, use-kms-etcd-encryption).
func (v *clusterView) checkKMS() *Error {
	kms := object(v.props, "securityProfile", "azureKeyVaultKms")
	if !truth(kms, "enabled") {
		return nil
	}
	vaultName, keyName, ok := parseKey(text(kms, "keyId"))
	if !ok {
		return badRequest(CodeInvalidParameter, "securityProfile.azureKeyVaultKms.keyId",
			"'%s' is not a key identifier https://<vault>.vault.azure.net/keys/<key>/<version>.", text(kms, "keyId"))
	}
	vault := v.c.vaultNamed(vaultName)
	if v.control.isSystem() {
		return v.needsUserAssigned(text(kms, "keyId"))
	}
	private := strings.EqualFold(text(kms, "keyVaultNetworkAccess"), "Private")
	if private && text(kms, "keyVaultResourceId") == "" {
		return badRequest(CodeInvalidParameter, "securityProfile.azureKeyVaultKms.keyVaultResourceId",
			"A private vault needs keyVaultResourceId.")
	}
	if vault == nil {
		return badRequest(CodeInvalidResourceReference, "securityProfile.azureKeyVaultKms.keyId",
			"The vault of the key '%s' was not found.", text(kms, "keyId"))
	}
	if private {
		return nil
	}
	asked := dataNeeds(vault.ID+"/keys/"+keyName, VaultType+"/keys/encrypt/action", VaultType+"/keys/decrypt/action")
	if v.q.seeding {
		return nil
	}
	if d := v.c.evaluateVault(v.control.principal, vault, asked, "keys", "encrypt", "decrypt"); d.Effect != rbac.Allow {
		return badRequest(CodeKMSMissingPermission, "securityProfile.azureKeyVaultKms",
			"The cluster identity has no %s", describe(d))
	}
	return nil
}

// parseKey reads https://<vault>.vault.azure.net/keys/<key>[/<version>].
func parseKey(id string) (vault, name string, ok bool) {
	u, err := url.Parse(id)
	if err != nil {
		return "", "", false
	}
	vault, _, dotted := strings.Cut(u.Hostname(), ".")
	parts := strings.Split(strings.Trim(u.Path, "/"), "/")
	if !dotted || u.Scheme != "https" || len(parts) < 2 || parts[0] != "keys" {
		return "", "", false
	}
	return vault, parts[1], true
}

// vaultNamed finds a vault; vault names are unique in the world.
func (c *Cloud) vaultNamed(name string) *resource {
	for _, r := range c.resources {
		if r.Type == VaultType && strings.EqualFold(r.Name, name) {
			return r
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
