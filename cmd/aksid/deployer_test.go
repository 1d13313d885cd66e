package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
	"github.com/aksidentity/pulumi-aksidentity/cmd/aksid/internal/deployer"
	"github.com/aksidentity/pulumi-aksidentity/cmd/aksid/internal/estate"
	"github.com/aksidentity/pulumi-aksidentity/cmd/aksid/internal/exampletest"
	"github.com/aksidentity/pulumi-aksidentity/plan"
	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

// rightsOf are those that aksid reads from the state.
func rightsOf(t *testing.T, state []byte) plan.DeployerRights {
	t.Helper()
	e, err := estate.ReadState(bytes.NewReader(state))
	if err != nil {
		t.Fatal(err)
	}
	rights, _ := deployer.Rights(e)
	return rights
}

// holding are assignments of the rights, each at its own scope.
func holding(t *testing.T, rights plan.DeployerRights) (held []rbac.Assignment) {
	t.Helper()
	for _, at := range rights.Scopes() {
		scope, known := at.In(azuresim.DefaultSubscriptionID)
		if !known { // that of a cluster of somebody else
			scope = rbac.MustParseScope("/subscriptions/" + azuresim.DefaultSubscriptionID)
		}
		held = append(held, rbac.Assignment{Role: rights.At(at).Role("deployer"), Scope: scope})
	}
	return held
}

// linked are examples that take rights on what their resources refer to, with the reason why aksid does not tell them all.
var linked = map[string]string{
	"platform": "Azure asks for join rights on what networks refer to, as a subnet to its route table; aksid knows those of clusters, and notes it",
}

// TestTheDeployersRightsAreEnough: with the rights that aksid reads from its state, and no others, each example is deployed, refreshed and
// destroyed anew.
func TestTheDeployersRightsAreEnough(t *testing.T) {
	for _, example := range exampletest.All() {
		t.Run(example.Name, func(t *testing.T) {
			rights := rightsOf(t, exampletest.State(t, example.New(t)))
			s := example.New(t)
			s.Cloud().Configure(azuresim.WithDeployer(holding(t, rights)...))
			failed := cycle(s)
			if linked[example.Name] == "" && failed != "" {
				t.Error(failed)
			}
			if linked[example.Name] != "" && !strings.Contains(failed, "LinkedAuthorizationFailed") {
				t.Errorf("it is said to take rights that aksid does not tell, and it ends with %q", failed)
			}
		})
	}
}

// cycle deploys, refreshes and destroys; what fails is told, empty for nothing.
func cycle(s *simtest.Stack) string {
	for _, operation := range []struct {
		name string
		run  func(...simtest.OpOption) simtest.Result
	}{{"up", s.Up}, {"refresh", s.Refresh}, {"destroy", s.Destroy}} {
		if result := operation.run(); result.Err != nil {
			return operation.name + ": " + result.Explain()
		}
	}
	return ""
}

// untold are actions that a preview does not tell, by example, with the reason.
var untold = map[string]struct{ namespace, reason string }{
	"platform": {"Microsoft.", "it makes resources of many types, and a preview does not tell their types in Azure; aksid notes each"},
}

// TestThePreviewNamesTheSameRole: what the first deployment needs is known before it, and what is not is noted.
func TestThePreviewNamesTheSameRole(t *testing.T) {
	for _, example := range exampletest.All() {
		t.Run(example.Name, func(t *testing.T) {
			s := example.New(t)
			e, p, err := source{text: exampletest.Preview(t, s)}.either()
			if err != nil || p == nil {
				t.Fatal(err)
			}
			before, notes := deployer.Rights(e)
			after := rightsOf(t, exampletest.State(t, s))
			exception := untold[example.Name]
			for _, action := range before.Role("").Permissions.Covers(after.Needed().Role("").Permissions.Actions, nil) {
				if exception.namespace == "" || !strings.HasPrefix(action, exception.namespace) || len(notes) == 0 {
					t.Errorf("the preview does not tell %s", action)
				}
			}
			if exception.reason == "" && len(notes) > 0 {
				t.Errorf("notes: %v", notes)
			}
		})
	}
}

// TestMissingRightsAreTold: a Contributor may not grant, an Owner may do everything, and what nobody can judge is said.
func TestMissingRightsAreTold(t *testing.T) {
	_, state := production(t)
	list := func(role, id string) string {
		return `[{"principalId": "d0000000-0000-4000-8000-000000000001", "roleDefinitionName": "` + role + `",
			"roleDefinitionId": "/subscriptions/` + azuresim.DefaultSubscriptionID + `/providers/Microsoft.Authorization/roleDefinitions/` + id + `",
			"scope": "/subscriptions/` + azuresim.DefaultSubscriptionID + `"}]`
	}
	cases := []struct {
		name, reason, have string
		code               int
		says               string
	}{
		{"contributor", "it has no right to write role assignments", list("Contributor", "b24988ac-6180-42a0-ab88-20f7382dd24c"), 1, "Microsoft.Authorization/roleAssignments/write"},
		{"owner", "it holds everything", list("Owner", "8e3af657-a8ff-443c-a75c-2fe8c4bcb635"), 0, "Nothing is missing"},
		{"custom", "its actions are not in the file", list("Ours", "11111111-1111-4111-8111-111111111111"), 0, "It cannot be judged on"},
		{"nothing", "without any role everything is missing", "[]", 1, "Microsoft.ContainerService/managedClusters/write"},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "have.json")
			if err := os.WriteFile(file, []byte(tc.have), 0o600); err != nil {
				t.Fatal(err)
			}
			code, stdout, stderr := run(t, state, "deployer", "-", "--have", file)
			if code != tc.code || !strings.Contains(stdout, tc.says) || stderr != "" {
				t.Errorf("%s: want exit code %d and %q, got %d\n%s%s", tc.reason, tc.code, tc.says, code, stdout, stderr)
			}
		})
	}
}
