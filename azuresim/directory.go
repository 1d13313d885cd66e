package azuresim

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"
)

// The kinds of principals in the directory.
const (
	ServicePrincipal = "ServicePrincipal"
	User             = "User"
	Group            = "Group"
)

// Principal is an entry of the directory.
type Principal struct {
	ID       string
	ClientID string `json:",omitempty"`
	Type     string
	Name     string
	Owner    string `json:",omitempty"` // key of the resource whose identity this is
	Deleted  bool   `json:",omitempty"` // gone; its assignments stay as orphans
}

var directoryNamespace = uuid.NewSHA1(uuid.NameSpaceURL, []byte("https://github.com/aksidentity/pulumi-aksidentity/azuresim"))

// derive makes a GUID from names. The same names give the same GUID in every run, whatever else was made before.
func derive(parts ...string) string {
	return uuid.NewSHA1(directoryNamespace, []byte(strings.ToLower(strings.Join(parts, "|")))).String()
}

// identityOf is the principal of a resource's own identity in its n-th life.
func identityOf(id string, generation int) *Principal {
	k, n := key(id), strconv.Itoa(generation)
	return &Principal{ID: derive("principal", k, n), ClientID: derive("client", k, n), Type: ServicePrincipal,
		Name: id[strings.LastIndex(id, "/")+1:], Owner: k}
}

func (c *Cloud) addPrincipal(p *Principal) *Principal {
	k := strings.ToLower(p.ID)
	if known, there := c.principals[k]; there && !known.Deleted {
		return known
	}
	c.principals[k] = p
	if c.quirks.ReplicationDelay > 0 && p.Owner != "" {
		c.unseen[k] = c.quirks.ReplicationDelay
	}
	if delay := c.delays.directory; delay != nil && p.Owner != "" {
		c.appears[k] = c.clock.Now().Add(delay(*p))
	}
	return p
}

// principal finds an entry that exists, replicated or not.
func (c *Cloud) principal(id string) (*Principal, bool) {
	p, there := c.principals[strings.ToLower(id)]
	return p, there && !p.Deleted
}

// replicated tells whether a look-up finds the principal. Each look-up of an unreplicated one brings it nearer.
func (c *Cloud) replicated(id string) bool {
	k := strings.ToLower(id)
	if c.clock.Now().Before(c.appears[k]) {
		return false
	}
	if c.unseen[k] == 0 {
		return true
	}
	c.unseen[k]--
	return false
}

// retirePrincipals deletes the principals of a resource that goes away.
func (c *Cloud) retirePrincipals(r *resource) {
	for _, p := range c.principals {
		if p.Owner == r.key() && !p.Deleted {
			p.Deleted = true
		}
	}
}

// AddPrincipal puts a user, group or service principal into the directory.
func (c *Cloud) AddPrincipal(objectID, principalType, name string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.addPrincipal(&Principal{ID: objectID, ClientID: derive("client", objectID), Type: principalType, Name: name})
}

// DeletePrincipal removes an entry out of band: its assignments become orphans. It tells whether there was one.
func (c *Cloud) DeletePrincipal(objectID string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	p, there := c.principal(objectID)
	if there {
		p.Deleted = true
	}
	return there
}

// Principals lists the directory, deleted entries included, sorted by object id.
func (c *Cloud) Principals() []Principal {
	c.mu.Lock()
	defer c.mu.Unlock()
	out := make([]Principal, 0, len(c.principals))
	for _, k := range slices.Sorted(maps.Keys(c.principals)) {
		out = append(out, *c.principals[k])
	}
	return out
}

// applyIdentity fills the outputs of the identity block of r and keeps its system-assigned principal: it lives as long
// as the type of the identity says so.
func (c *Cloud) applyIdentity(r *resource) *Error {
	block := object(r.Body, "identity")
	wantsSystem := strings.Contains(strings.ToLower(text(block, "type")), "systemassigned")
	if users := object(block, "userAssignedIdentities"); users != nil {
		for id := range users {
			identity := c.lookup(id)
			if identity == nil || identity.Type != IdentityType {
				return badRequest(CodeFailedIdentityOperation, "identity", "The identity '%s' was not found.", id)
			}
			users[id] = map[string]any{"principalId": text(identity.Body, "properties", "principalId"),
				"clientId": text(identity.Body, "properties", "clientId")}
		}
	}
	if block == nil || !wantsSystem {
		return nil
	}
	block["principalId"], block["tenantId"] = c.systemPrincipal(r.ID).ID, DefaultTenantID
	return nil
}

// systemPrincipal is the living system-assigned principal of a resource, or the one that it would get next.
func (c *Cloud) systemPrincipal(id string) *Principal {
	for n := 1; ; n++ {
		p := identityOf(systemIdentityKey(id), n)
		p.Owner = key(id)
		known, there := c.principals[strings.ToLower(p.ID)]
		if there && known.Deleted {
			continue
		}
		if there {
			return known
		}
		return p
	}
}

// systemIdentityKey keeps the principal of a resource's system identity apart from a user-assigned identity's own.
func systemIdentityKey(id string) string { return key(id) + "/system" }
