package rbac

import (
	_ "embed"
	"encoding/json"
	"sync"
)

//go:embed data/capabilities.json
var capabilitiesJSON []byte

// capabilities are read once, at first use; see builtins.
var capabilities = sync.OnceValue(func() []Capability {
	list, err := readCapabilities(capabilitiesJSON)
	if err != nil {
		panic("rbac: embedded capability data: " + err.Error())
	}
	return list
})

// CapabilityID names a capability: "internal-lb-external-subnet".
type CapabilityID string

// Capability is one thing that an identity of a cluster, or its deployer, does on Azure outside the node resource group,
// and the actions it takes.
type Capability struct {
	ID CapabilityID `json:"id"`
	// Description is what the identity can do with it.
	Description string `json:"description"`
	// Identity is who does it, in words: "controlPlane", "kubelet", an add-on, "deployer".
	Identity string `json:"identity"`
	// ResourceType is the type of the resource it is done on, in words where there are several.
	ResourceType string `json:"resourceType"`
	// MinimumScope is the narrowest scope at which a grant works, in words.
	MinimumScope string `json:"minimumScope"`
	// Actions and DataActions are always needed.
	Actions     []string `json:"actions"`
	DataActions []string `json:"dataActions"`
	// ConditionalActions are the plain control-plane actions of Conditional, for comparing with a role.
	ConditionalActions []string `json:"-"`
	// Conditional are actions that only some uses need.
	Conditional []ConditionalAction `json:"conditional"`
	// ReferenceRole is what the documentation or a reference implementation assigns, in words.
	ReferenceRole string `json:"referenceRole"`
	// CoveringRoles are the built-in roles that hold all Actions and DataActions. Roles of no use to a cluster, Owner
	// among them, are mostly left out.
	CoveringRoles []RoleName `json:"coveringRoles"`
	// NeededWhen is the setting that asks for the capability, in words; empty when the description says it.
	NeededWhen string `json:"neededWhen"`
	// Confidence tells how the actions are known: documented, read from source code, inferred.
	Confidence string `json:"confidence"`
	Notes      string `json:"notes"`
	// Sources are where it was read.
	Sources []string `json:"sources"`
}

// ConditionalAction is an action that only some uses of a capability need.
type ConditionalAction struct {
	Action string `json:"action"`
	// Data tells that it is a data-plane action.
	Data bool `json:"data"`
	// When is the use, in words; empty when the sources do not say.
	When string `json:"when"`
}

// ActionsDocumented tells whether the actions themselves stand in documentation or were read from source code. It is false
// where only the role is documented, and where the actions were inferred, taken from a role's definition or from reports of
// users, or not verified: a custom role with just these actions may then be too little. Confidence says more.
//
// It knows the texts of data/capabilities.json of 2026-08-22, letter by letter; any other text gives false.
func (c Capability) ActionsDocumented() bool {
	switch c.Confidence {
	case "documented",
		"source-read + documented",
		"documented list, subset shown",
		"documented, sources disagree on the role",
		"action list documented for node RG; external scope inferred":
		return true
	}
	return false
}

// Needs are the actions that are always needed, at the given scope, for [Evaluate].
func (c Capability) Needs(scope Scope) []Need {
	needs := make([]Need, 0, len(c.Actions)+len(c.DataActions))
	for _, action := range c.Actions {
		needs = append(needs, Need{Action: action, Scope: scope})
	}
	for _, action := range c.DataActions {
		needs = append(needs, Need{Action: action, Data: true, Scope: scope})
	}
	return needs
}

func readCapabilities(data []byte) ([]Capability, error) {
	var file struct {
		Capabilities []Capability `json:"capabilities"`
	}
	if err := json.Unmarshal(data, &file); err != nil {
		return nil, err
	}
	for i, c := range file.Capabilities {
		for _, conditional := range c.Conditional {
			if !conditional.Data {
				file.Capabilities[i].ConditionalActions = append(file.Capabilities[i].ConditionalActions, conditional.Action)
			}
		}
	}
	return file.Capabilities, nil
}

// Capabilities are all known capabilities, in the order of the data. The result is the caller's own.
func Capabilities() []Capability {
	list := make([]Capability, 0, len(capabilities()))
	for _, c := range capabilities() {
		list = append(list, c.clone())
	}
	return list
}

// CapabilityByID finds a capability by its exact ID, letter case included. For an error instead of false, see
// [LookupCapability].
func CapabilityByID(id CapabilityID) (Capability, bool) {
	for _, c := range capabilities() {
		if c.ID == id {
			return c.clone(), true
		}
	}
	return Capability{}, false
}

// LookupCapability finds a capability by its exact ID, letter case included. Every error is an [*UnknownError] that names
// the ID and suggests the nearest one, if one is near.
func LookupCapability(id CapabilityID) (Capability, error) {
	if c, ok := CapabilityByID(id); ok {
		return c, nil
	}
	ids := make([]string, 0, len(capabilities()))
	for _, c := range capabilities() {
		ids = append(ids, string(c.ID))
	}
	return Capability{}, &UnknownError{Input: string(id), Wanted: "the ID of a capability", Nearest: Nearest(string(id), ids)}
}

func (c Capability) clone() Capability {
	c.Actions, c.DataActions = cloneStrings(c.Actions), cloneStrings(c.DataActions)
	c.ConditionalActions, c.Conditional = cloneStrings(c.ConditionalActions), append([]ConditionalAction(nil), c.Conditional...)
	c.CoveringRoles, c.Sources = append([]RoleName(nil), c.CoveringRoles...), cloneStrings(c.Sources)
	return c
}
