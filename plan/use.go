package plan

import (
	"fmt"
	"slices"
	"sync"

	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

// Use is one way in which a deployment touches an external resource.
type Use string

// UseInfo is one row of the grant table: what is known about one use of an external resource.
type UseInfo struct {
	Use Use
	// Holder is the identity that needs the grants.
	Holder Identity
	// ResourceType is the ARM type of the resource.
	ResourceType string
	// Refusal says why AKS refuses the use for a system-assigned control plane; nil when it does not.
	Refusal *Refusal
	// Mode is the state that the resource has to be in for its role assignments to have an effect.
	Mode Mode
	// Group names the use of the whole resource group by which the grants of several such resources are given once. Empty
	// when no grant of the use is on the group.
	Group *GroupUse
	Rules []Rule
}

// GroupUse is a use of a resource group in place of the single resources in it.
type GroupUse struct {
	Use Use
	// Argument takes the IDs of the groups, in every component that takes the single resources.
	Argument Path
}

// Mode is a state of a resource in which role assignments on it have the effect that is wanted.
type Mode string

// Modes of resources. The zero Mode asks for none.
const (
	// VaultWithRBAC is a key vault that decides by Azure RBAC and not by access policies.
	VaultWithRBAC Mode = "vault with Azure RBAC"
	// RegistryWithRBAC is a registry in the mode in which AcrPull has an effect.
	RegistryWithRBAC Mode = "registry in RBAC mode"
	// RegistryWithABAC is a registry in the mode that also looks at repositories, where AcrPull has no effect.
	RegistryWithABAC Mode = "registry in ABAC mode"
)

// Refusal is a topology that AKS does not accept.
type Refusal struct {
	// Code is Azure's error code; empty when it is not known for certain.
	Code string
	Why  string
}

// Rule is one grant of a use.
type Rule struct {
	// Role is the documented built-in role.
	Role rbac.RoleName
	// Level is the narrowest that works for the role.
	Level Level
	// Capabilities are what the rule gives.
	Capabilities []rbac.CapabilityID
	// Actions are those of the capabilities' actions that matter at this resource, when they are not all of them: the rest
	// is about other resources of the same operation.
	Actions []string
	// MoreActions are documented actions that the capability's list lacks, with the source in Source.
	MoreActions     []string
	MoreDataActions []string
	// AtOwnResource are those of the actions that work at the resource itself while the others need Level.
	AtOwnResource []string
	// Undocumented says why the actions are not known well enough for a generated role; the built-in role is then used
	// whatever the strategy. Empty when the sources of all capabilities list the actions.
	Undocumented string
	// Reason is the sentence that the grant carries.
	Reason string
	// Source is where it is documented, with the day of reading.
	Source string
}

// UnknownUseError says that the grant table has no row for a use.
type UnknownUseError struct{ Use Use }

// Error names the use.
func (e UnknownUseError) Error() string {
	return fmt.Sprintf("the grant table has no use %q", string(e.Use))
}

// Lookup returns the row of a use, or an [UnknownUseError].
func Lookup(use Use) (UseInfo, error) {
	info, err := lookup(use)
	info.Rules = slices.Clone(info.Rules)
	return info, err
}

// lookup is Lookup for those who only read.
func lookup(use Use) (UseInfo, error) {
	at, ok := tableIndex()[use]
	if !ok {
		return UseInfo{}, UnknownUseError{use}
	}
	return table()[at], nil
}

// Uses lists every use of the grant table: those of the control plane first, then those of the kubelet, the add-ons and what
// stands around a cluster; in alphabetical order within each part.
func Uses() []Use {
	var control, others []Use
	for _, row := range table() {
		if row.Holder.Kind == ControlPlane {
			control = append(control, row.Use)
		} else {
			others = append(others, row.Use)
		}
	}
	slices.Sort(control)
	slices.Sort(others)
	return append(control, others...)
}

// table is the one grant table, made once and only read.
var table = sync.OnceValue(func() []UseInfo {
	return slices.Concat(
		subnetRows(), networkRows(), addressRows(), storageRows(), computeRows(),
		registryRows(), gatewayRows(), dnsRows(), vaultRows(), monitoringRows(), backupRows(), workloadRows(),
	)
})

var tableIndex = sync.OnceValue(func() map[Use]int {
	index := map[Use]int{}
	for i, row := range table() {
		index[row.Use] = i
	}
	return index
})

// singleUses are the uses of single resources by that of their group.
var singleUses = sync.OnceValue(func() map[Use][]Use {
	singles := map[Use][]Use{}
	for _, row := range table() {
		if row.Group != nil {
			singles[row.Group.Use] = append(singles[row.Group.Use], row.Use)
		}
	}
	return singles
})

// The functions below write rows; each changes one column.

func row(use Use, holder Identity, resourceType string, rules ...Rule) UseInfo {
	return UseInfo{Use: use, Holder: holder, ResourceType: resourceType, Rules: rules}
}

func (u UseInfo) refused(code, why string) UseInfo {
	u.Refusal = &Refusal{Code: code, Why: why}
	return u
}

func (u UseInfo) mode(mode Mode) UseInfo {
	u.Mode = mode
	return u
}

func (u UseInfo) grouped(use Use, argument Path) UseInfo {
	u.Group = &GroupUse{Use: use, Argument: argument}
	return u
}

func rule(role rbac.RoleName, level Level, reason, source string, capabilities ...rbac.CapabilityID) Rule {
	return Rule{Role: role, Level: level, Capabilities: capabilities, Reason: reason, Source: source}
}

// only keeps those of the capabilities' actions that matter at the resource.
func (r Rule) only(actions ...string) Rule {
	r.Actions = actions
	return r
}

func (r Rule) andData(actions ...string) Rule {
	r.MoreDataActions = actions
	return r
}

func (r Rule) undocumented(why string) Rule {
	r.Undocumented = why
	return r
}
