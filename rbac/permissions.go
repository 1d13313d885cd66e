package rbac

// Permissions are what a role lets its holder do. Actions are for the control plane (managing resources), DataActions for
// the data plane (what is inside them); neither implies the other. A NotAction takes away from the Actions of the same
// role only: it is no prohibition, and another role may give what it takes. Entries may hold wildcards, see [MatchAction].
type Permissions struct {
	Actions        []string `json:"actions,omitempty"`
	NotActions     []string `json:"notActions,omitempty"`
	DataActions    []string `json:"dataActions,omitempty"`
	NotDataActions []string `json:"notDataActions,omitempty"`
}

// Allows tells whether the permissions include a control-plane action. If action holds a wildcard, everything it stands
// for has to be allowed by one entry.
func (p Permissions) Allows(action string) bool {
	return allows(p.Actions, p.NotActions, action)
}

// AllowsData tells whether the permissions include a data-plane action.
func (p Permissions) AllowsData(action string) bool {
	return allows(p.DataActions, p.NotDataActions, action)
}

// allows needs one entry that covers the action and no exception that touches it. An empty action is never allowed.
func allows(entries, exceptions []string, action string) bool {
	if action == "" {
		return false
	}
	for _, exception := range exceptions {
		if touches(exception, action) {
			return false
		}
	}
	return anyCovers(entries, action)
}

// CanGrantRoles tells whether the holder can assign roles, and so give any right to anybody, itself included. That takes
// Microsoft.Authorization/roleAssignments/write, by name or by a wildcard, and not taken away by an exception; letter case
// carries no meaning. Conditions under which a role may do so are not heeded (see [Role]): the answer is then true. Other
// ways to more rights, such as changing the definition of a role that one holds, are not meant.
//
// Source: MicrosoftDocs/azure-docs, role-based-access-control/role-assignments-steps.md of 2023-08-09, step 4, read 2026-11.
func (p Permissions) CanGrantRoles() bool {
	return p.Allows("Microsoft.Authorization/roleAssignments/write")
}

// Covers returns the actions that the permissions do not include, in the order given, the control plane first. Nothing
// missing means that a role with these permissions is enough.
func (p Permissions) Covers(actions, dataActions []string) (missing []string) {
	for _, action := range actions {
		if !p.Allows(action) {
			missing = append(missing, action)
		}
	}
	for _, action := range dataActions {
		if !p.AllowsData(action) {
			missing = append(missing, action)
		}
	}
	return missing
}

// Excess is an entry of a role that lets its holder do more than is needed.
type Excess struct {
	// Entry is the entry as it stands in the role.
	Entry string
	// Data tells whether it stands in DataActions.
	Data bool
	// Serves are the needed actions that the entry does give. It is empty for an entry nobody needs, and holds something
	// for one that is needed but too wide.
	Serves []string
}

// Beyond returns the entries that go beyond the needed actions, in the role's order, control plane first. An entry that
// the role's own exceptions cancel as a whole gives nothing and is left out.
func (p Permissions) Beyond(actions, dataActions []string) []Excess {
	return append(
		beyond(p.Actions, p.NotActions, actions, false),
		beyond(p.DataActions, p.NotDataActions, dataActions, true)...)
}

func beyond(entries, exceptions, needed []string, data bool) []Excess {
	var excess []Excess
	for _, entry := range entries {
		if anyCovers(needed, entry) || anyCovers(exceptions, entry) {
			continue
		}
		e := Excess{Entry: entry, Data: data}
		for _, action := range needed {
			if allows([]string{entry}, exceptions, action) {
				e.Serves = append(e.Serves, action)
			}
		}
		excess = append(excess, e)
	}
	return excess
}

func anyCovers(patterns []string, action string) bool {
	for _, pattern := range patterns {
		if MatchAction(pattern, action) {
			return true
		}
	}
	return false
}

func (p Permissions) clone() Permissions {
	return Permissions{
		Actions: cloneStrings(p.Actions), NotActions: cloneStrings(p.NotActions),
		DataActions: cloneStrings(p.DataActions), NotDataActions: cloneStrings(p.NotDataActions),
	}
}

func cloneStrings(s []string) []string { return append([]string(nil), s...) }
