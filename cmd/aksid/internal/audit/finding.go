package audit

import (
	"cmp"
	"slices"
)

// Severity tells how bad a finding is.
type Severity string

// Severities, the worst first.
const (
	// Error: something does not work, or the holder can give itself any right.
	Error Severity = "error"
	// Warning: it works, and gives more than is needed, or breaks on another day.
	Warning Severity = "warning"
	// Note: it looks wrong, and the source does not hold enough to be certain.
	Note Severity = "note"
)

var severities = []Severity{Error, Warning, Note}

// Kind is what a finding is about. It is the ID of the rule in SARIF, so it stays as it is.
type Kind string

// Kinds of findings.
const (
	MissingRight         Kind = "missing-right"
	MissingAddonSubnet   Kind = "virtual-node-without-subnet"
	HigherThanDocumented Kind = "granted-below-documented-scope"
	WideScope            Kind = "scope-wider-than-use"
	StrongRole           Kind = "role-stronger-than-use"
	GrantsRoles          Kind = "role-can-grant-roles"
	WrongHolder          Kind = "right-on-wrong-identity"
	RoleWithoutEffect    Kind = "role-without-effect"
	LostHolder           Kind = "assignment-without-holder"
	FormerIncarnation    Kind = "grant-to-former-identity"
	FormerOnNodes        Kind = "former-identity-keeps-nodes"
	UnusedIdentity       Kind = "identity-without-use"
	NoPrincipalType      Kind = "assignment-without-principal-type"
	WrongOrder           Kind = "grant-not-before-cluster"
	OpenKubeconfig       Kind = "kubeconfig-not-secret"
	EmptyKubeconfig      Kind = "kubeconfig-empty"
)

// kinds tell in one sentence what is wrong, for the list of rules in SARIF and in the documentation.
var kinds = map[Kind]string{
	MissingRight:         "An identity of a cluster lacks a right that the cluster's configuration asks for.",
	MissingAddonSubnet:   "The virtual-node add-on is on and names no subnet.",
	HigherThanDocumented: "A right is granted on the resource, while the documentation asks for it on the resource group.",
	WideScope:            "A role holds on more than its holder works with.",
	StrongRole:           "A role gives more than the documented one.",
	GrantsRoles:          "A role lets an identity of a cluster grant roles, to itself too.",
	WrongHolder:          "A right is held by an identity that does not do the work.",
	RoleWithoutEffect:    "A role gives nothing on the resource where it is assigned.",
	LostHolder:           "A role assignment is left behind: its holder is gone.",
	FormerIncarnation:    "A role assignment names a former identity, which was made anew with another principal.",
	FormerOnNodes:        "An identity that is no part of a cluster, mostly its former control plane, is Contributor on the node resource group.",
	UnusedIdentity:       "Nothing uses an identity.",
	NoPrincipalType:      "A role assignment does not say of which type its principal is.",
	WrongOrder:           "A grant that AKS wants before the cluster is not made before it.",
	OpenKubeconfig:       "A kubeconfig stands in plain text in the state.",
	EmptyKubeconfig:      "A kubeconfig is empty.",
}

// Kinds are all kinds of findings with a sentence about each.
func Kinds() map[Kind]string {
	all := map[Kind]string{}
	for kind, text := range kinds {
		all[kind] = text
	}
	return all
}

// Finding is one thing to say. The texts are whole sentences.
type Finding struct {
	Kind     Kind     `json:"kind"`
	Severity Severity `json:"severity"`
	// What is wrong, where (the names in the ID), why it matters, and what to do about it.
	What  string `json:"what"`
	Where string `json:"where"`
	Why   string `json:"why"`
	Do    string `json:"do"`
	// Run is an Azure CLI command that does it, when there is one.
	Run string `json:"run,omitempty"`

	Cluster     string `json:"cluster,omitempty"`
	Identity    string `json:"identity,omitempty"`
	PrincipalID string `json:"principalId,omitempty"`
	// Scope is the resource that it is about. Empty when it is about none.
	Scope string `json:"scope,omitempty"`
	// Actions are those that are missing.
	Actions []string `json:"actions,omitempty"`
	// Argument of our component that grants it.
	Argument string `json:"argument,omitempty"`
	// Assignment is the ID of the role assignment that it is about.
	Assignment string `json:"assignment,omitempty"`
	// Resource is the URN of the resource in the program, or the resource's ID in Azure.
	Resource string `json:"resource,omitempty"`
}

// Covered is a use that an identity has the rights for.
type Covered struct {
	Cluster  string `json:"cluster"`
	Identity string `json:"identity"`
	// Use is the use as the grant table calls it: node subnet.
	Use      string `json:"use"`
	Scope    string `json:"scope"`
	Argument string `json:"argument"`
	// By are the roles that give it, each with the scope where it is assigned.
	By []string `json:"by"`
	// Saves says what a generated role (roleStrategy custom) would give in place of the built-in one. Empty when none would be made.
	Saves string `json:"saves,omitempty"`
}

// Report is all there is to say about an estate.
type Report struct {
	// Source is the stack or the subscription.
	Source   string    `json:"source"`
	Clusters int       `json:"clusters"`
	Findings []Finding `json:"findings"`
	Covered  []Covered `json:"covered"`
	// Notes are about what could not be read or judged.
	Notes []string `json:"notes"`
}

// sorted puts the worst first.
func (r *Report) sorted() {
	slices.SortStableFunc(r.Findings, func(a, b Finding) int {
		return cmp.Or(
			cmp.Compare(slices.Index(severities, a.Severity), slices.Index(severities, b.Severity)),
			cmp.Compare(a.Cluster, b.Cluster), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Identity, b.Identity),
			cmp.Compare(a.Scope, b.Scope), cmp.Compare(a.Argument, b.Argument), cmp.Compare(a.Resource, b.Resource),
		)
	})
	slices.SortStableFunc(r.Covered, func(a, b Covered) int {
		return cmp.Or(cmp.Compare(a.Cluster, b.Cluster), cmp.Compare(a.Identity, b.Identity), cmp.Compare(a.Use, b.Use), cmp.Compare(a.Scope, b.Scope))
	})
	slices.Sort(r.Notes)
	r.Notes = slices.Compact(r.Notes)
}
