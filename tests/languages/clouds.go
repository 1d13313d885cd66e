package languages

import (
	"fmt"
	"maps"
	"strings"

	"github.com/google/go-cmp/cmp"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
)

// contents is what a simulated cloud holds, in a form that shows well where two differ.
type contents struct {
	// Resources by ID, with their bodies as Azure answers them. Role assignments are left to Grants.
	Resources map[string]any
	// Grants are the role assignments: the reason for each, by who has which role where.
	Grants map[string]string
}

// Differences compares what two clouds hold: names and bodies of resources, and role assignments by principal, role, scope and
// description, all but the times at which they were made. It is empty when they hold the same. Both deployments need the same project, stack and names; let Pulumi give the names
// verbatim (pulumi:autonaming, simtest.WithAutonaming), or its random ones differ.
func Differences(here, there *azuresim.Cloud) string {
	return cmp.Diff(contentsOf(here), contentsOf(there))
}

func contentsOf(cloud *azuresim.Cloud) contents {
	out := contents{Resources: map[string]any{}, Grants: map[string]string{}}
	for _, r := range cloud.Resources() {
		if !strings.EqualFold(r.Type, azuresim.RoleAssignmentType) {
			out.Resources[r.ID] = undated(r.Body)
		}
	}
	names := map[string]string{}
	for _, p := range cloud.Principals() {
		names[p.ID] = p.Name
	}
	for _, a := range cloud.RoleAssignments() {
		grant := fmt.Sprintf("%s (%s, %s) has %s on %s, as %s", names[a.PrincipalID], a.PrincipalID, a.PrincipalType, a.Role.Name, a.Scope, a.Name)
		out.Grants[grant] = a.Description
	}
	return out
}

// undated leaves out when a resource was made and changed: that is how a deployment went, not what it came to.
func undated(body map[string]any) map[string]any {
	system, dated := body["systemData"].(map[string]any)
	if !dated {
		return body
	}
	out, kept := maps.Clone(body), maps.Clone(system)
	delete(kept, "createdAt")
	delete(kept, "lastModifiedAt")
	out["systemData"] = kept
	return out
}
