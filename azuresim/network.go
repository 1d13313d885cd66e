package azuresim

import (
	"net/netip"
	"strings"

	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

// putVirtualNetwork stores a network and its inline subnets. Subnets that are given replace those that are there;
// without the property the subnets stay (older API versions removed them; not verified for the newest).
func (c *Cloud) putVirtualNetwork(q *request) (*change, *Error) {
	if err := c.checkTracked(q); err != nil {
		return nil, err
	}
	if err := c.checkReferences(q, q.body); err != nil {
		return nil, err
	}
	spaces := prefixes(texts(q.body, "properties", "addressSpace", "addressPrefixes"))
	if len(spaces) == 0 {
		return nil, badRequest("InvalidRequestFormat", "addressSpace", "A virtual network needs an address space.")
	}
	r := c.draft(q, q.body)
	r.Body["location"] = region(text(r.Body, "location"))
	inline, given := dig(r.Body, "properties", "subnets").([]any)
	delete(r.properties(), "subnets")
	put(r.Body, "Succeeded", "properties", "provisioningState")
	subnets, dropped, err := c.inlineSubnets(q, r, inline, given)
	if err != nil {
		return nil, err
	}
	plan := c.stored(q, r)
	plan.apply = func() {
		c.store(r)
		for _, s := range dropped {
			c.removeTree(s.ID)
		}
		for _, s := range subnets {
			c.store(s)
		}
	}
	return plan, nil
}

// inlineSubnets drafts the subnets of a network's body and finds those that it drops.
func (c *Cloud) inlineSubnets(q *request, vnet *resource, inline []any, given bool) (keep, dropped []*resource, err *Error) {
	named := map[string]bool{}
	for _, item := range inline {
		body, _ := item.(map[string]any)
		name := text(body, "name")
		sub := &request{method: MethodPut, rawID: vnet.ID + "/subnets/" + name, seeding: q.seeding,
			body: map[string]any{"properties": orEmpty(object(body, "properties"))}}
		if bad := sub.read(c.types); bad != nil {
			return nil, nil, bad
		}
		sub.old, sub.region = c.find(sub), text(vnet.Body, "location")
		if bad := c.checkRules(sub); bad != nil {
			return nil, nil, bad
		}
		r, bad := c.draftSubnet(sub, vnet, keep)
		if bad != nil {
			return nil, nil, bad
		}
		named[r.key()] = true
		keep = append(keep, r)
	}
	for _, s := range c.childrenOf(vnet.ID, SubnetType) {
		if !given || named[s.key()] {
			continue
		}
		if bad := c.checkUnused(s.ID); bad != nil {
			return nil, nil, bad
		}
		dropped = append(dropped, s)
	}
	return keep, dropped, nil
}

func (c *Cloud) putSubnet(q *request) (*change, *Error) {
	parent, _ := q.id.parent()
	vnet := c.lookup(parent)
	r, err := c.draftSubnet(q, vnet, c.childrenOf(vnet.ID, SubnetType))
	if err != nil {
		return nil, err
	}
	return c.stored(q, r), nil
}

// draftSubnet checks a subnet against its network and its siblings.
func (c *Cloud) draftSubnet(q *request, vnet *resource, siblings []*resource) (*resource, *Error) {
	if err := c.checkTracked(q); err != nil {
		return nil, err
	}
	if err := c.checkReferences(q, q.body); err != nil {
		return nil, err
	}
	r := c.draft(q, map[string]any{"properties": orEmpty(object(q.body, "properties"))})
	spaces := prefixes(texts(vnet.Body, "properties", "addressSpace", "addressPrefixes"))
	for _, p := range subnetPrefixes(r) {
		if !anyContains(spaces, p) {
			return nil, badRequest("NetcfgInvalidSubnet", "addressPrefix",
				"Subnet '%s' is not valid in virtual network '%s'.", r.Name, vnet.Name)
		}
		for _, s := range siblings {
			if s.key() != r.key() && anyOverlaps(subnetPrefixes(s), p) {
				return nil, badRequest("NetcfgSubnetRangesOverlap", "addressPrefix",
					"Subnet '%s' is not valid because its IP address range overlaps with that of '%s'.", r.Name, s.Name)
			}
		}
	}
	if len(subnetPrefixes(r)) == 0 {
		return nil, badRequest("InvalidRequestFormat", "addressPrefix", "Subnet '%s' needs an address prefix.", r.Name)
	}
	setDefault(r.Body, "Disabled", "properties", "privateEndpointNetworkPolicies")
	setDefault(r.Body, "Enabled", "properties", "privateLinkServiceNetworkPolicies")
	setDefault(r.Body, []any{}, "properties", "delegations")
	put(r.Body, "Succeeded", "properties", "provisioningState")
	return r, nil
}

// renderSubnets shows the subnets inside their network.
func (c *Cloud) renderSubnets(vnet *resource, body map[string]any) {
	subnets := []any{}
	for _, s := range c.childrenOf(vnet.ID, SubnetType) {
		subnets = append(subnets, c.render(s))
	}
	put(body, subnets, "properties", "subnets")
}

func orEmpty(m map[string]any) map[string]any {
	if m == nil {
		return map[string]any{}
	}
	return m
}

func subnetPrefixes(r *resource) []netip.Prefix {
	all := texts(r.Body, "properties", "addressPrefixes")
	if one := text(r.Body, "properties", "addressPrefix"); one != "" {
		all = append(all, one)
	}
	return prefixes(all)
}

// prefixes parses CIDRs and leaves out what is none.
func prefixes(cidrs []string) []netip.Prefix {
	var out []netip.Prefix
	for _, s := range cidrs {
		if p, err := netip.ParsePrefix(strings.TrimSpace(s)); err == nil {
			out = append(out, p.Masked())
		}
	}
	return out
}

func anyContains(outer []netip.Prefix, inner netip.Prefix) bool {
	for _, o := range outer {
		if o.Bits() <= inner.Bits() && o.Contains(inner.Addr()) {
			return true
		}
	}
	return false
}

func anyOverlaps(all []netip.Prefix, p netip.Prefix) bool {
	for _, o := range all {
		if o.Overlaps(p) {
			return true
		}
	}
	return false
}

func isSubnet(r *resource) bool { return r.Type == SubnetType }

// linkedJoins: who writes a subnet has to join what the subnet refers to.
func linkedJoins(subnet *resource) []rbac.Need {
	var out []rbac.Need
	for _, ref := range subnetReferences {
		for _, id := range walk(subnet.Body, strings.Split(ref.path, ".")) {
			out = append(out, needs(id, ref.linkedAction)...)
		}
	}
	return out
}

func seedNetwork(_ *Cloud, q *request) {
	setDefault(q.body, []any{"10.224.0.0/12"}, "properties", "addressSpace", "addressPrefixes")
}

// seedSubnet gives a subnet without an address the first part of its network that is free.
func (c *Cloud) seedSubnet(q *request) {
	if dig(q.body, "properties", "addressPrefix") == nil && dig(q.body, "properties", "addressPrefixes") == nil {
		put(q.body, c.freePrefix(q), "properties", "addressPrefix")
	}
}

// zoneUnlinked refuses to delete a private DNS zone that is linked to a network.
func (c *Cloud) zoneUnlinked(q *request) *Error {
	links := c.childrenOf(q.old.ID, VirtualNetworkLinkType)
	if len(links) == 0 {
		return nil
	}
	return refuse(409, "CannotDeleteResource", "", "Cannot delete resource while nested resources exist: "+
		"virtualNetworkLinks of '%s'.", q.old.ID)
}
