package azuresim

import (
	"time"

	"github.com/aksidentity/pulumi-aksidentity/azuresim/internal/shapes"
)

// seededAge is how old a thing is that was there before the program.
const seededAge = 24 * time.Hour

// date writes down when a resource was made and changed.
func (c *Cloud) date(r *resource) {
	r.UpdatedOn = c.clock.Now()
	switch known, there := c.resources[r.key()]; {
	case there:
		r.CreatedOn = known.CreatedOn
	case r.Seeded:
		r.CreatedOn, r.UpdatedOn = r.UpdatedOn.Add(-seededAge), r.UpdatedOn.Add(-seededAge)
	default:
		r.CreatedOn = r.UpdatedOn
	}
}

// renderTimes shows when a resource was made and changed, where the model of its type does: among its properties or as systemData.
func renderTimes(r *resource, body map[string]any) {
	if module, _, _ := shapes.Source(r.Type); module == "" {
		return
	}
	created, updated := timestamp(r.CreatedOn), timestamp(r.UpdatedOn)
	for name, at := range map[string]string{"createdOn": created, "creationDate": created, "updatedOn": updated} {
		if shapes.Has(r.Type, "properties", name) {
			put(body, at, "properties", name)
		}
	}
	if shapes.Has(r.Type, "systemData") {
		body["systemData"] = map[string]any{
			"createdAt": created, "createdBy": DefaultDeployerClientID, "createdByType": "Application",
			"lastModifiedAt": updated, "lastModifiedBy": DefaultDeployerClientID, "lastModifiedByType": "Application",
		}
	}
}

// delays say how long Azure takes. Nil: no time.
type delays struct {
	latency    func(Operation) time.Duration
	directory  func(Principal) time.Duration
	permission func(RoleAssignment) time.Duration
}

// WithLatency lets operations take simulated time, between the moment at which they are accepted or refused and their end.
func WithLatency(latency func(Operation) time.Duration) Option {
	return func(c *Cloud) { c.delays.latency = latency }
}

// WithDirectoryDelay makes the principals of new identities visible to role assignments only after some time, as decided for each.
// An assignment that names principalType ServicePrincipal is not looked up, as in Azure, unless WithReplicationDelay says so.
func WithDirectoryDelay(delay func(Principal) time.Duration) Option {
	return func(c *Cloud) { c.delays.directory = delay }
}

// WithPermissionDelay makes new role assignments effective only after some time, as decided for each. One that is deleted ends at
// once.
func WithPermissionDelay(delay func(RoleAssignment) time.Duration) Option {
	return func(c *Cloud) { c.delays.permission = delay }
}

// Realistic lets everything take the time that it takes in Azure, on the cloud's clock, where it costs nothing:
//
//	cluster 4 min, agent pool 30 s, networks and registries 5 s, identity 2 s, role assignment 1 s: from experience, not measured
//	directory 20 s, permissions 2 min: inside what Microsoft names (a few minutes, at most 10; Azure RBAC, troubleshooting, read 2026-08)
//
// Give an option of this file after it to change one of them.
func Realistic() Option {
	return func(c *Cloud) {
		c.delays = delays{
			latency:    c.types.takes,
			directory:  func(Principal) time.Duration { return 20 * time.Second },
			permission: func(RoleAssignment) time.Duration { return 2 * time.Minute },
		}
	}
}

// takes is how long Azure takes to write or delete something (type_table.go).
func (t typeTable) takes(o Operation) time.Duration {
	if o.Method == MethodGet || o.Method == MethodPost {
		return 0
	}
	return t.named(o.Type).takes
}

// lasts is how long an operation takes.
func (c *Cloud) lasts(q *request) time.Duration {
	if c.delays.latency == nil || q.seeding {
		return 0
	}
	return c.delays.latency(q.operation())
}

// delayEffect decides when a new assignment takes effect.
func (c *Cloud) delayEffect(r *resource) {
	if c.quirks.PropagationDelay > 0 {
		c.pending[r.key()] = c.quirks.PropagationDelay
	}
	if c.delays.permission == nil {
		return
	}
	if a, ok := c.assignment(r); ok {
		c.works[r.key()] = r.CreatedOn.Add(c.delays.permission(a))
	}
}

// isEffective tells whether a stored assignment gives its rights by now.
func (c *Cloud) isEffective(r *resource) bool {
	at, later := c.works[r.key()]
	return c.pending[r.key()] == 0 && (!later || !c.clock.Now().Before(at))
}
