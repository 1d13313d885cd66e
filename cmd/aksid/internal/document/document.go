// Package document is what aksid tells about an estate: rows for identities and for grants, as text for a terminal, Markdown and JSON. It
// is pure.
package document

import (
	"cmp"
	"encoding/json"
	"slices"

	"github.com/aksidentity/pulumi-aksidentity/cmd/aksid/internal/estate"
	"github.com/aksidentity/pulumi-aksidentity/report"
)

// Document is one stack, as people and programs read it. Its lists are never null.
type Document struct {
	// Stack is project and stack: shop/dev.
	Stack      string     `json:"stack"`
	Identities []Identity `json:"identities"`
	Grants     []Grant    `json:"grants"`
	// Errors are those for which a preview failed.
	Errors []string `json:"errors"`
	// Notes are what could not be read, and why.
	Notes []string `json:"notes"`
}

// Identity is one identity in the part that it plays.
type Identity struct {
	Cluster  string `json:"cluster,omitempty"`
	Identity string `json:"identity"`
	// Use says what the identity is for.
	Use string `json:"use"`
	// Origin says who made it.
	Origin string `json:"origin"`
	// Resource is its Azure resource ID, the cluster's for a system-assigned one; left out while it is not known.
	Resource    string   `json:"resource,omitempty"`
	PrincipalID string   `json:"principalId,omitempty"`
	ClientID    string   `json:"clientId,omitempty"`
	Subjects    []string `json:"subjects,omitempty"`
	Grants      int      `json:"grants"`
}

// Grant is one role of one identity at one scope.
type Grant struct {
	Cluster     string `json:"cluster,omitempty"`
	Identity    string `json:"identity"`
	PrincipalID string `json:"principalId,omitempty"`
	Role        string `json:"role"`
	RoleID      string `json:"roleId,omitempty"`
	// Actions are those of a role of the stack's own; data actions are marked.
	Actions []string `json:"actions,omitempty"`
	// Scope is left out while it is not known. Where is for people: it is always there.
	Scope string `json:"scope,omitempty"`
	Where string `json:"where"`
	Type  string `json:"type,omitempty"`
	// On is the argument of the component that names the resource.
	On     string `json:"on,omitempty"`
	Reason string `json:"reason"`
	When   string `json:"when"`
	// Change is what becomes of it, in a preview.
	Change     string `json:"change,omitempty"`
	Assignment string `json:"assignment,omitempty"`
	// Name is that of the resource in the program.
	Name string `json:"name"`
}

// OfState is what there is.
func OfState(e *estate.Estate) Document {
	return of(e, func(estate.Assignment) string { return "" })
}

// OfPreview is what there will be, and what becomes of each grant.
func OfPreview(p *estate.Preview) Document {
	d := of(p.Estate, func(a estate.Assignment) string { return string(p.Change(a)) })
	d.Errors = append(d.Errors, p.Errors...)
	slices.SortStableFunc(d.Grants, func(a, b Grant) int { return cmp.Compare(rank(a.Change), rank(b.Change)) })
	return d
}

// changes are in the order in which they are told: what is new first, what stays last.
var changes = []estate.ChangeKind{estate.NewGrant, estate.Changed, estate.Replaced, estate.Gone, estate.Unchanged}

func rank(change string) int { return slices.Index(changes, estate.ChangeKind(change)) }

func of(e *estate.Estate, change func(estate.Assignment) string) Document {
	d := Document{Stack: e.Name, Identities: []Identity{}, Grants: []Grant{}, Errors: []string{}, Notes: append([]string{}, e.Notes...)}
	for _, i := range e.Identities {
		held := e.AssignmentsOf(i)
		d.Identities = append(d.Identities, identityOf(i, len(held)))
		for _, a := range held {
			d.Grants = append(d.Grants, grantOf(e, a, i, change(a)))
		}
	}
	for _, a := range e.Assignments {
		if a.Resource.Deleting {
			d.Grants = append(d.Grants, goneOf(e, a, change(a)))
		}
	}
	return d
}

func identityOf(i estate.Identity, grants int) Identity {
	return Identity{
		Cluster: i.Cluster, Identity: i.Title(), Use: useOf(i), Origin: originOf(i), Resource: i.ResourceID, PrincipalID: i.PrincipalID,
		ClientID: i.ClientID, Subjects: i.Subjects, Grants: grants,
	}
}

// useOf says what AKS uses an identity for (azure-aks-docs use-managed-identity.md and managed-identity-overview.md, read 2026-08-21).
func useOf(i estate.Identity) string {
	switch i.Kind {
	case estate.ControlPlane:
		return "manages load balancers, routes, disks and scale sets for the cluster"
	case estate.Kubelet:
		return "the nodes act as it: it pulls images"
	case estate.Addon:
		return "the add-on acts as it"
	case estate.Workload:
		return "pods act as it"
	case estate.Access:
		return "gets into the cluster, with the roles that it has there"
	default:
		return "holds a role; nothing here tells what it is"
	}
}

func originOf(i estate.Identity) string {
	if i.SystemAssigned {
		return string(i.Origin) + ", system-assigned"
	}
	return string(i.Origin)
}

func grantOf(e *estate.Estate, a estate.Assignment, i estate.Identity, change string) Grant {
	g := Grant{
		Cluster: i.Cluster, Identity: i.Title(), PrincipalID: a.PrincipalID, Role: a.RoleName, RoleID: string(a.RoleID), Where: whereOf(a),
		On: a.On, Reason: a.Reason, When: string(a.Phase), Change: change, Assignment: a.Resource.ID, Name: a.Resource.Name(),
	}
	if !a.Scope.IsZero() {
		g.Scope, g.Type = a.Scope.String(), kindOf(a)
	}
	if own, ok := e.Roles[a.RoleID]; ok {
		g.Actions = append(g.Actions, own.Permissions.Actions...)
		for _, action := range own.Permissions.DataActions {
			g.Actions = append(g.Actions, action+" (data)")
		}
	}
	return g
}

// goneOf is a grant that goes; its holder may be gone already.
func goneOf(e *estate.Estate, a estate.Assignment, change string) Grant {
	holder := estate.Identity{Kind: estate.Other, Name: cmp.Or(a.Holder, report.Short(a.PrincipalID), "principal")}
	if held := e.HoldersOf(a); len(held) > 0 {
		holder = held[0]
	}
	return grantOf(e, a, holder, cmp.Or(change, string(estate.Gone)))
}

// whereOf names the scope for people: by its ID, or else by the argument that will have it.
func whereOf(a estate.Assignment) string {
	switch {
	case !a.Scope.IsZero():
		return report.Short(a.Scope.String())
	case a.ScopeText != "":
		return a.ScopeText
	case a.Names != "" && a.On != "":
		return a.On + " (" + a.Names + ")"
	case a.On != "":
		return a.On
	default:
		return "known when it is deployed"
	}
}

func kindOf(a estate.Assignment) string {
	if kind := a.Scope.ResourceType(); kind != "" {
		return kind
	}
	return a.Scope.Kind().String()
}

// JSON is the document, indented, with a newline at its end.
func (d Document) JSON() string {
	text, err := json.MarshalIndent(d, "", "  ")
	if err != nil {
		panic("document: " + err.Error()) // texts and numbers always have a JSON form
	}
	return string(text) + "\n"
}
