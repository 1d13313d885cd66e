package plan

import (
	"slices"

	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

// Touches are all uses of external resources that follow from the shape of the cluster: what its arguments mention, and what that
// implies. It is for those who look at a cluster that exists; nothing is checked, and no default is filled in.
func (c Cluster) Touches() []Mention { return c.mentions() }

// Resource is the resource that is meant: the one that ID names, or the one above it. False while the ID is late, and when it is
// none.
func (m Mention) Resource() (rbac.Scope, bool) {
	scope, known := scopeOf(m.ID)
	if !known {
		return rbac.Scope{}, false
	}
	return AtLevel(scope, m.Above), true
}

// NeedsAt are the actions that the rule's use takes on a resource, each at the scope at which it is granted, for [rbac.Evaluate]. The
// error is that of a capability that nobody knows.
func (r Rule) NeedsAt(resource rbac.Scope) ([]rbac.Need, error) {
	needed, err := r.Needed()
	if err != nil {
		return nil, err
	}
	var needs []rbac.Need
	for _, action := range needed.Actions {
		at := AtLevel(resource, r.Level)
		if slices.Contains(r.AtOwnResource, action) {
			at = resource
		}
		needs = append(needs, rbac.Need{Action: action, Scope: at})
	}
	for _, action := range needed.DataActions {
		needs = append(needs, rbac.Need{Action: action, Data: true, Scope: AtLevel(resource, r.Level)})
	}
	return needs, nil
}
