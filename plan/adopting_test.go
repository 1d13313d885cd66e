package plan_test

import (
	"strings"
	"testing"

	"github.com/aksidentity/pulumi-aksidentity/plan"
)

// TestWhichAssignmentsMayBeTakenOver: those that the component made, and any other only when that is asked for.
func TestWhichAssignmentsMayBeTakenOver(t *testing.T) {
	const mark = "made by Pulumi: project shop"
	ours := "join nodes (" + mark + ")"
	for _, tc := range []struct {
		name     string
		existing plan.ExistingAssignment
		how      plan.Adoption
		says     string
	}{
		{"ours", plan.ExistingAssignment{ID: "/a", Description: ours}, plan.AdoptOwn, ""},
		{"ours, and any", plan.ExistingAssignment{ID: "/a", Description: ours}, plan.AdoptAny, ""},
		{"somebody's, and any", plan.ExistingAssignment{ID: "/a", Description: "by hand"}, plan.AdoptAny, ""},
		{"somebody's", plan.ExistingAssignment{ID: "/a", Description: "by hand"}, plan.AdoptOwn, `the assignment /a exists already and is described as "by hand"`},
		{"nobody's", plan.ExistingAssignment{ID: "/a"}, plan.AdoptOwn, "the assignment /a exists already and has no description"},
		{"another resource's", plan.ExistingAssignment{ID: "/a", Description: ours, HeldBy: "urn:x"}, plan.AdoptAny, "the assignment /a is urn:x of this stack already."},
	} {
		t.Run(tc.name, func(t *testing.T) {
			problem := tc.existing.Check(plan.Grant{Scope: plan.ScopeRef{Path: "subnets.nodes"}}, tc.how, mark)
			switch {
			case tc.says == "" && problem != nil:
				t.Errorf("it may, and this is said: %s", problem)
			case tc.says != "" && (problem == nil || problem.Path != "subnets.nodes" || !strings.Contains(problem.What, tc.says)):
				t.Errorf("%v does not say %q", problem, tc.says)
			}
		})
	}
}
