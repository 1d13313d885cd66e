package plan

import (
	"slices"

	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

// Actions are what the identity does through the grant, data actions included, in order: those that its capabilities always take.
// None are known of a grant of the caller's own.
func (g Grant) Actions() []string {
	var actions []string
	for _, id := range g.Capabilities {
		if capability, known := rbac.CapabilityByID(id); known {
			actions = slices.Concat(actions, capability.Actions, capability.DataActions)
		}
	}
	slices.Sort(actions)
	return slices.Compact(actions)
}
