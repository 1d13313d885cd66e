package report

import (
	"encoding/json"

	"github.com/aksidentity/pulumi-aksidentity/plan"
)

// Document is a plan as JSON shows it. Its lists are never null. When there are problems, nothing else of it will happen.
type Document struct {
	Identities []Identity `json:"identities"`
	Grants     []Grant    `json:"grants"`
	Notes      []string   `json:"notes"`
	// Warnings are left out when there are none.
	Warnings []string  `json:"warnings,omitempty"`
	Problems []Problem `json:"problems"`
}

// Identity is one identity of a plan.
type Identity struct {
	Identity string `json:"identity"`
	Origin   string `json:"origin"`
	Reason   string `json:"reason"`
}

// Grant is one grant of a plan.
type Grant struct {
	Name     string `json:"name"`
	Identity string `json:"identity"`
	Role     string `json:"role"`
	// RoleID is the GUID of a built-in role; it is left out for a generated one, which has Actions instead.
	RoleID      string   `json:"roleId,omitempty"`
	Actions     []string `json:"actions,omitempty"`
	DataActions []string `json:"dataActions,omitempty"`
	// Argument holds the ID of the resource; Level tells whether the grant sits there or above it.
	Argument string `json:"argument"`
	Level    string `json:"level"`
	// Scope is left out while the ID is unknown.
	Scope string `json:"scope,omitempty"`
	// Namespace of the cluster in which the grant holds; left out for all of a resource, and while its name is unknown.
	Namespace    string   `json:"namespace,omitempty"`
	Phase        string   `json:"phase"`
	Capabilities []string `json:"capabilities"`
	Reasons      []string `json:"reasons"`
	Sources      []string `json:"sources"`
}

// Problem is one mistake in the arguments.
type Problem struct {
	Argument string `json:"argument"`
	What     string `json:"what"`
	Fix      string `json:"fix"`
	Code     string `json:"code,omitempty"`
}

// JSON is a plan as indented JSON, a [Document]. It ends with a newline.
func JSON(p plan.Plan) string {
	text, err := json.MarshalIndent(DocumentOf(p), "", "  ")
	if err != nil {
		// A document is made of texts and lists of texts, which always have a JSON form.
		panic("report: " + err.Error())
	}
	return string(text) + "\n"
}

// DocumentOf turns a plan into what JSON shows, for programs that add something of their own.
func DocumentOf(p plan.Plan) Document {
	d := Document{Identities: []Identity{}, Grants: []Grant{}, Notes: texts(p.Notes), Warnings: p.Warnings, Problems: []Problem{}}
	for _, i := range p.Identities {
		d.Identities = append(d.Identities, Identity{Identity: i.String(), Origin: string(i.Source), Reason: i.Reason})
	}
	for _, g := range p.Grants {
		d.Grants = append(d.Grants, grantOf(g))
	}
	for _, problem := range p.Problems {
		d.Problems = append(d.Problems, Problem{Argument: string(problem.Path), What: problem.What, Fix: problem.Fix, Code: problem.Code})
	}
	return d
}

func grantOf(g plan.Grant) Grant {
	out := Grant{
		Name: g.Name, Identity: g.Identity.String(), Role: g.Role.Name, RoleID: string(g.Role.ID),
		Actions: g.Role.Permissions.Actions, DataActions: g.Role.Permissions.DataActions,
		Argument: string(g.Scope.Path), Level: string(g.Scope.Level), Phase: string(g.Phase),
		Namespace: g.Scope.Namespace.Or(""), Capabilities: texts(g.Capabilities), Reasons: texts(g.Reasons), Sources: texts(g.Sources),
	}
	if !g.Scope.Scope.IsZero() {
		out.Scope = g.Scope.Scope.String()
	}
	return out
}

func texts[T ~string](list []T) []string {
	out := make([]string, len(list))
	for i, text := range list {
		out[i] = string(text)
	}
	return out
}
