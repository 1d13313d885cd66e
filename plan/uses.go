package plan

import (
	"slices"

	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

// Uses lists every use of an external resource that the plan knows: those of the control plane first, then those of the
// kubelet, the add-ons and what stands around a cluster; in alphabetical order within each part. [UseOf] and [AddonUseOf]
// tell what is known about one.
func Uses() []Use {
	return slices.Concat(sortedUses(controlPlaneUses()), sortedUses(addonUses()))
}

func sortedUses[V any](uses map[Use]V) []Use {
	list := make([]Use, 0, len(uses))
	for use := range uses {
		list = append(list, use)
	}
	slices.Sort(list)
	return list
}

// Needed are the permissions that the rule's use takes; a generated role holds exactly these.
func (r Rule) Needed() rbac.Permissions { return customRole(r).Permissions }
