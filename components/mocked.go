package components

import (
	"github.com/google/uuid"

	"github.com/aksidentity/pulumi-aksidentity/plan"
)

// mocked tells that the program runs under pulumi.WithMocks. What arrives late is then what the test made up: a mock that answers
// with the inputs gives no principal, no kubeconfig, and IDs that are none of Azure. There is no Azure that could give them, and
// nothing is granted, so what is missing is no error. With an engine it always is one.
func (g *granter) mocked() bool { return g.ctx.RunningWithMocks() }

// standIn is a grant on what a mock made up: its ID as the scope and its principal, empty or not, as they came.
func standIn(grant plan.Grant, id, principal string) plan.Resolved {
	const anybody = "00000000-0000-0000-0000-000000000000"
	if r, err := grant.Resolve(id, anybody); err == nil {
		return r // the principal alone is missing
	}
	name := uuid.NewSHA1(uuid.NameSpaceURL, []byte(id+"|"+principal+"|"+grant.Name))
	return plan.Resolved{Scope: id, AssignmentName: name.String(), RoleDefinitionID: grant.Role.ID.DefinitionID("")}
}
