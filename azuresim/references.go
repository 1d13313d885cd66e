package azuresim

import (
	"sort"
	"strings"
)

// reference is a property that holds the id of another resource. When linkedAction is set, the caller needs that right
// there (LinkedAuthorizationFailed).
type reference struct {
	path         string // dots between keys; "[]" after a key walks a list
	target       string
	linkedAction string
}

// The references of each type; those of clusters and pools are in cluster_references.go.
//
// The linked actions are the join actions of Microsoft.Network; read on 2026-08-21 in azure-aks-docs
// aks-service-permissions.md and in the support article on LinkedAuthorizationFailed.
var (
	subnetReferences = []reference{
		{"properties.routeTable.id", RouteTableType, RouteTableType + "/join/action"},
		{"properties.natGateway.id", NatGatewayType, NatGatewayType + "/join/action"},
		{"properties.networkSecurityGroup.id", NetworkSecurityGroupType, NetworkSecurityGroupType + "/join/action"},
	}
	networkReferences = []reference{
		{"properties.ddosProtectionPlan.id", DdosProtectionPlanType, DdosProtectionPlanType + "/join/action"},
	}
	natGatewayReferences = []reference{
		{"properties.publicIpAddresses[].id", PublicIPAddressType, PublicIPAddressType + "/join/action"},
		{"properties.publicIpPrefixes[].id", PublicIPPrefixType, PublicIPPrefixType + "/join/action"},
	}
	addressReferences = []reference{
		{"properties.publicIPPrefix.id", PublicIPPrefixType, PublicIPPrefixType + "/join/action"},
	}
	linkReferences = []reference{
		{"properties.virtualNetwork.id", VirtualNetworkType, VirtualNetworkType + "/join/action"},
	}
	gatewayReferences = []reference{
		{"properties.gatewayIPConfigurations[].properties.subnet.id", SubnetType, SubnetType + "/join/action"},
		{"properties.frontendIPConfigurations[].properties.publicIPAddress.id", PublicIPAddressType,
			PublicIPAddressType + "/join/action"},
	}
	diskReferences          = []reference{{"properties.encryption.diskEncryptionSetId", DiskEncryptionSetType, ""}}
	encryptionSetReferences = []reference{{"properties.activeKey.sourceVault.id", VaultType, ""}}
	ruleReferences          = []reference{{"properties.destinations.logAnalytics[].workspaceResourceId", WorkspaceType, ""}}
	associationReferences   = []reference{{"properties.dataCollectionRuleId", DataCollectionRuleType, ""}}
	diagnosticReferences    = []reference{{"properties.workspaceId", WorkspaceType, ""}}
)

// Of the types below only the references are judged (given.go). Join actions from the same articles.
var (
	endpointReferences = []reference{{"properties.subnet.id", SubnetType, SubnetType + "/join/action"}}
	firewallReferences = []reference{
		{"properties.ipConfigurations[].properties.subnet.id", SubnetType, SubnetType + "/join/action"},
		{"properties.ipConfigurations[].properties.publicIPAddress.id", PublicIPAddressType, PublicIPAddressType + "/join/action"},
	}
	peeringReferences = []reference{{"properties.remoteVirtualNetwork.id", VirtualNetworkType, VirtualNetworkType + "/peer/action"}}
)

func (c *Cloud) checkReferences(q *request, body map[string]any) *Error {
	return c.checkReferenceTable(q, q.info.name, body, q.info.references)
}

// checkReferenceTable checks the references in a body, or a part of one, of the type on: what they lead to is there, near enough
// (regions.go) and as it must be (topology.go).
func (c *Cloud) checkReferenceTable(q *request, on string, body map[string]any, table []reference) *Error {
	for _, ref := range table {
		for _, id := range walk(body, strings.Split(ref.path, ".")) {
			target, err := c.refer(q, id, ref)
			if err != nil {
				return err
			}
			if err := c.checkRegion(q, on, ref.path, target); err != nil {
				return err
			}
			if err := c.checkTarget(q, on, ref.path, target); err != nil {
				return err
			}
		}
	}
	return nil
}

// refer resolves one reference: well-formed, of the right type, there, and open to the caller.
func (c *Cloud) refer(q *request, id string, ref reference) (*resource, *Error) {
	parsed, err := parseID(id)
	if err != nil {
		return nil, badRequest(CodeLinkedInvalidPropertyID, ref.path,
			"Property id '%s' at path '%s' is invalid. Expect fully qualified resource Id.", id, ref.path)
	}
	info, err := c.types.of(parsed)
	if err != nil || info.name != ref.target {
		return nil, badRequest(CodeLinkedInvalidPropertyID, ref.path,
			"Property id '%s' at path '%s' is invalid. Expect the id of a %s.", id, ref.path, ref.target)
	}
	if ref.linkedAction != "" {
		if err := c.linked(q, ref.linkedAction, id); err != nil {
			return nil, err
		}
	}
	r := c.lookup(parsed.canonical(info))
	if r == nil {
		return nil, badRequest(CodeInvalidResourceReference, ref.path,
			"Resource %s referenced by resource %s was not found.", id, q.rawID)
	}
	return r, nil
}

// walk collects the strings at a path.
func walk(v any, path []string) []string {
	if len(path) == 0 {
		if s, ok := v.(string); ok && s != "" {
			return []string{s}
		}
		return nil
	}
	o, ok := v.(map[string]any)
	if !ok {
		return nil
	}
	name, isList := strings.CutSuffix(path[0], "[]")
	if !isList {
		return walk(o[name], path[1:])
	}
	items, _ := o[name].([]any)
	var out []string
	for _, item := range items {
		out = append(out, walk(item, path[1:])...)
	}
	return out
}

// checkUnused refuses to delete the tree at id while something outside of it refers to a network part in it.
func (c *Cloud) checkUnused(id string) *Error {
	for _, r := range c.inside(id) {
		code := c.types.named(r.Type).inUse
		if code == "" {
			continue
		}
		if user := c.userOf(r, id); user != "" {
			return badRequest(code, "", "Resource %s is in use by %s and cannot be deleted.", r.ID, user)
		}
	}
	return nil
}

// userOf finds a resource outside the tree that mentions r.
func (c *Cloud) userOf(r *resource, tree string) string {
	var users []string
	for _, other := range c.resources {
		if isAssignment(other) || within(tree, other.ID) || c.ownedInside(other, tree) {
			continue
		}
		if mentions(other.Body, key(r.ID)) {
			users = append(users, other.ID)
		}
	}
	sort.Strings(users)
	if len(users) == 0 {
		return ""
	}
	return users[0]
}

// ownedInside: what AKS made goes with a cluster that is in the tree.
func (c *Cloud) ownedInside(r *resource, tree string) bool {
	return r.ManagedBy != "" && within(tree, r.ManagedBy)
}

func mentions(v any, id string) bool {
	switch v := v.(type) {
	case string:
		return key(v) == id
	case []any:
		for _, item := range v {
			if mentions(item, id) {
				return true
			}
		}
	case map[string]any:
		for _, item := range v {
			if mentions(item, id) {
				return true
			}
		}
	}
	return false
}
