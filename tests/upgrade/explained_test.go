package upgrade

import (
	"fmt"
	"slices"
	"testing"
)

// explained are the changes that users see in the preview of an upgrade from the previous version to this one, and why. A replacement or
// a deletion cannot be explained. The list starts empty with each release.
var explained = []explanation{
	{"production", "create RoleAssignment shop-deployer-azure-kubernetes-service-rbac-cluster-admin-deployerAccess", asksForAccess},
	{"production", "create RoleAssignment shop-principal-azure-kubernetes-service-cluster-user-role-access.shop", asksForAccess},
	{"production", "create RoleAssignment shop-principal-azure-kubernetes-service-rbac-cluster-admin-access.platform", asksForAccess},
	{"production", "create RoleAssignment shop-principal-azure-kubernetes-service-rbac-writer-access.shop", asksForAccess},
}

const asksForAccess = "today's example gives people and the pipeline roles in the cluster (access, deployerAccess)"

// explanation is one change of one deployment.
type explanation struct {
	deployment string // the name
	change     string // "create TYPE NAME" or "update TYPE NAME PROPERTY"
	reason     string
}

// mustBeExplained compares what an upgrade changed with the list, and prints it for who asks (go test -v).
func mustBeExplained(t *testing.T, deployment string, changes []change) {
	t.Helper()
	t.Logf("the upgrade makes %d changes", len(changes))
	for _, e := range explained {
		if e.deployment == deployment {
			t.Logf("%s: %s", e.change, e.reason)
		}
	}
	for _, problem := range unexplained(explained, deployment, changes) {
		t.Error(problem)
	}
}

func unexplained(list []explanation, deployment string, changes []change) []string {
	var problems []string
	for _, c := range changes {
		known := slices.ContainsFunc(list, func(e explanation) bool { return e.deployment == deployment && e.change == c.what })
		switch {
		case c.takes():
			problems = append(problems, fmt.Sprintf("the upgrade takes something from its user: %s\n"+
				"Keep the resource: give it its former name as an alias, or leave the property as it was.", c))
		case !known:
			problems = append(problems, fmt.Sprintf("the upgrade changes this: %s\n"+
				"If users should see that, say why in explained_test.go: {%q, %q, \"...\"}", c, deployment, c.what))
		}
	}
	for _, e := range list {
		if e.deployment != deployment {
			continue
		}
		if !slices.ContainsFunc(changes, func(c change) bool { return e.change == c.what }) {
			problems = append(problems, "explained_test.go explains what the upgrade does not do: "+e.change)
		}
		if e.reason == "" {
			problems = append(problems, "explained_test.go gives no reason for: "+e.change)
		}
	}
	return problems
}
