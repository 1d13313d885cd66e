package azuresim

import (
	"context"
	"fmt"
	"net/netip"
	"slices"
	"strings"
)

// Seed puts a resource that was there before the program: nobody's permissions are asked, nothing is logged, no fault
// strikes, and Empty ignores it. Resource group and enclosing resources are seeded with it when they are missing. A nil
// body, or one without the required properties of a network, gets sensible ones. It returns the id as Azure spells it.
func (c *Cloud) Seed(id string, body map[string]any) (string, error) {
	q := &request{method: MethodPut, rawID: id, body: body, seeding: true}
	if err := q.read(c.types); err != nil {
		return "", err
	}
	if err := c.seedParents(q); err != nil {
		return "", err
	}
	q.body = c.withSeedDefaults(q)
	response, err := c.call(context.Background(), &request{method: MethodPut, rawID: id, body: q.body, seeding: true})
	if err != nil {
		return "", fmt.Errorf("seeding %s: %w", id, err)
	}
	out, _ := response.Body["id"].(string)
	c.replicateNow(out)
	return out, nil
}

// replicateNow: what was there before the program has replicated.
func (c *Cloud) replicateNow(owner string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for k, p := range c.principals {
		if within(owner, p.Owner) {
			delete(c.unseen, k)
			delete(c.appears, k)
		}
	}
}

// MustSeed is Seed for tests; it panics when Azure would refuse the resource.
func (c *Cloud) MustSeed(id string, body map[string]any) string {
	out, err := c.Seed(id, body)
	if err != nil {
		panic(err)
	}
	return out
}

// MustSeedSubnet seeds a subnet with its network and group in the default subscription.
func (c *Cloud) MustSeedSubnet(group, network, subnet string) string {
	return c.MustSeed(ID(group, SubnetType, network, subnet), nil)
}

// SeededIdentity is a user-assigned identity that was there before the program.
type SeededIdentity struct{ ID, PrincipalID, ClientID string }

// MustSeedIdentity seeds a user-assigned identity in the default subscription.
func (c *Cloud) MustSeedIdentity(group, name string) SeededIdentity {
	id := c.MustSeed(ID(group, IdentityType, name), nil)
	c.mu.Lock()
	defer c.mu.Unlock()
	props := c.lookup(id).properties()
	return SeededIdentity{ID: id, PrincipalID: text(props, "principalId"), ClientID: text(props, "clientId")}
}

// MustSeedCluster seeds a cluster in the default subscription. What the body does not say is as small as it can be: a
// system-assigned identity, one system pool, the name as DNS prefix. A nil body says nothing.
func (c *Cloud) MustSeedCluster(group, name string, body map[string]any) *Cluster {
	return &Cluster{cloud: c, ID: c.MustSeed(ID(group, ManagedClusterType, name), body)}
}

// SeedLocation is the region of seeded resources whose body names none, unless WithSeedLocation names another.
const SeedLocation = "westeurope"

// WithSeedLocation is the region of seeded resources whose body names none. A cluster and its network have to be in one region, so a
// program that deploys elsewhere than in SeedLocation needs it.
func WithSeedLocation(location string) Option {
	return func(c *Cloud) { c.seedRegion = location }
}

func (c *Cloud) seedParents(q *request) error {
	if q.info.extension || q.info.top {
		return nil
	}
	parents := []string{q.id.groupID()}
	if parent, nested := q.id.parent(); nested {
		parents = append(parents, parent)
	}
	for _, parent := range parents {
		if c.known(parent) {
			continue
		}
		if _, err := c.Seed(parent, nil); err != nil {
			return err
		}
	}
	return nil
}

// known tells whether a resource is there, whatever the deployer may read.
func (c *Cloud) known(id string) bool {
	q := &request{method: MethodGet, rawID: id}
	if err := q.read(c.types); err != nil {
		return false
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.find(q) != nil
}

func (c *Cloud) seedLocation(resourceType string) string {
	switch {
	case slices.Contains(globalTypes, resourceType):
		return globalRegion
	case c.seedRegion != "":
		return c.seedRegion
	}
	return SeedLocation
}

func (c *Cloud) withSeedDefaults(q *request) map[string]any {
	c.mu.Lock()
	defer c.mu.Unlock()
	body := q.body
	if !q.info.noLocation {
		setDefault(body, c.seedLocation(q.info.name), "location")
	}
	setDefault(body, map[string]any{}, "properties")
	if q.info.seed != nil {
		q.info.seed(c, q)
	}
	return body
}

// freePrefix is the first /22 of the network that no subnet uses.
func (c *Cloud) freePrefix(q *request) string {
	parent, _ := q.id.parent()
	vnet := c.lookup(parent)
	if vnet == nil {
		return ""
	}
	var used []netip.Prefix
	for _, s := range c.childrenOf(vnet.ID, SubnetType) {
		if !strings.EqualFold(s.Name, q.id.name()) {
			used = append(used, subnetPrefixes(s)...)
		}
	}
	for _, space := range prefixes(texts(vnet.Body, "properties", "addressSpace", "addressPrefixes")) {
		for p := netip.PrefixFrom(space.Addr(), max(22, space.Bits())); p.Addr().Is4() && space.Contains(p.Addr()); p = nextPrefix(p) {
			if !anyOverlaps(used, p) {
				return p.String()
			}
		}
	}
	return ""
}

// nextPrefix is the IPv4 block after p.
func nextPrefix(p netip.Prefix) netip.Prefix {
	a := p.Addr().As4()
	n := uint32(a[0])<<24 | uint32(a[1])<<16 | uint32(a[2])<<8 | uint32(a[3])
	n += 1 << (32 - p.Bits())
	return netip.PrefixFrom(netip.AddrFrom4([4]byte{byte(n >> 24), byte(n >> 16), byte(n >> 8), byte(n)}), p.Bits())
}
