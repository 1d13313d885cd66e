package azuresim

import (
	"slices"
	"sort"
	"strings"
	"time"
)

// resource is one stored resource. Body is the ARM body without id, name and type.
type resource struct {
	ID         string
	Type       string // in Azure's spelling
	Name       string
	Body       map[string]any
	Seeded     bool   `json:",omitempty"`
	ManagedBy  string `json:",omitempty"` // key of the cluster that made it
	Generation int    `json:",omitempty"` // the how-manieth resource of this id this is
	Sequence   int    // order of creation
	CreatedOn  time.Time
	UpdatedOn  time.Time
}

func (r *resource) key() string { return keyOf(r.Type, r.Name, r.ID) }

// keyOf is the key of a resource: its id, but for what belongs to the tenant.
func keyOf(resourceType, name, id string) string {
	if ofTenant(resourceType) {
		return key("/providers/" + resourceType + "/" + name)
	}
	return key(id)
}

func (r *resource) properties() map[string]any {
	p := object(r.Body, "properties")
	if p == nil {
		p = map[string]any{}
		r.Body["properties"] = p
	}
	return p
}

// draft makes the resource that a PUT is about to store: the old one's identity, the new body.
func (c *Cloud) draft(q *request, body map[string]any) *resource {
	r := &resource{ID: q.id.canonical(q.info), Type: q.info.name, Name: q.id.name(), Body: body, Seeded: q.seeding}
	if q.old != nil {
		r.ID, r.Name, r.Seeded = q.old.ID, q.old.Name, q.old.Seeded
		r.ManagedBy, r.Generation, r.Sequence = q.old.ManagedBy, q.old.Generation, q.old.Sequence
		return r
	}
	r.Generation = c.nextGeneration(r.ID)
	return r
}

// nextGeneration tells the number that the next resource of this id will have. It does not count it: store does.
func (c *Cloud) nextGeneration(id string) int { return c.generations[key(id)] + 1 }

// store keeps a resource, without its secrets: what is not kept cannot come back.
func (c *Cloud) store(r *resource) {
	for _, path := range c.types.named(r.Type).writeOnly {
		remove(r.properties(), strings.Split(path, ".")...)
	}
	k := r.key()
	c.date(r)
	if _, there := c.resources[k]; !there {
		c.sequence++
		r.Sequence = c.sequence
		if r.Generation > c.generations[k] {
			c.generations[k] = r.Generation
		}
	}
	c.resources[k] = r
}

// lookup finds a resource by any spelling of its id.
func (c *Cloud) lookup(id string) *resource { return c.resources[key(id)] }

// inside lists all resources at or below id, sorted by id.
func (c *Cloud) inside(id string) []*resource {
	var out []*resource
	self := key(id)
	for k, r := range c.resources {
		if (k == self || strings.HasPrefix(k, self+"/")) && !ofTenant(r.Type) {
			out = append(out, r)
		}
	}
	slices.SortFunc(out, func(a, b *resource) int { return strings.Compare(a.key(), b.key()) })
	return out
}

// childrenOf lists the children of one type in the order of their creation.
func (c *Cloud) childrenOf(id, childType string) []*resource {
	var out []*resource
	for _, r := range c.inside(id) {
		if r.Type == childType {
			out = append(out, r)
		}
	}
	sort.SliceStable(out, func(i, j int) bool { return out[i].Sequence < out[j].Sequence })
	return out
}

// removeTree removes a resource with everything in and on it, its identities included.
func (c *Cloud) removeTree(id string) {
	for _, r := range c.inside(id) {
		c.remove(r)
	}
}

func (c *Cloud) remove(r *resource) {
	if _, there := c.resources[r.key()]; !there {
		return
	}
	delete(c.resources, r.key())
	delete(c.pending, r.key())
	delete(c.works, r.key())
	c.retirePrincipals(r)
	if goes := c.types.named(r.Type).goes; goes != nil {
		goes(c, r)
	}
}

// render is the body of a GET.
func (c *Cloud) render(r *resource) map[string]any {
	body, info := cloneObject(r.Body), c.types.named(r.Type)
	body["id"], body["name"], body["type"] = r.ID, r.Name, info.responseType()
	if info.render != nil {
		info.render(c, r, body)
	}
	renderTimes(r, body)
	c.renderState(r, body)
	c.judge(r, body)
	return body
}
