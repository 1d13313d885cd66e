package main

import (
	"fmt"
	"strings"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/rbac"
	"github.com/aksidentity/pulumi-aksidentity/report"
)

// ask lets the simulated Azure judge the questions, by the actions that each operation takes and the grants that are in effect
// now, and shows the answers. One that is not the expected one is an error.
func (a act) ask(expected rbac.Effect, questions ...question) error {
	cluster, err := a.world.cluster()
	if err != nil {
		return err
	}
	rows := [][]string{}
	for _, q := range questions {
		decision, err := cluster.Perform(q.capability, q.target)
		if err != nil {
			return err
		}
		if decision.Effect != expected {
			return fmt.Errorf("may the cluster %s? The answer should be %s, and is %s: %s",
				q.does, answers[expected], answers[decision.Effect], because(decision))
		}
		rows = append(rows, []string{q.does + " " + report.Short(q.target), answers[decision.Effect], because(decision)})
	}
	a.table([]string{"MAY THE CLUSTER ...", "ANSWER", becauseHeader[expected]}, rows)
	return nil
}

var (
	answers       = map[rbac.Effect]string{rbac.Allow: "yes", rbac.Deny: "no"}
	becauseHeader = map[rbac.Effect]string{rbac.Allow: "BY THE GRANT", rbac.Deny: "FOR WANT OF"}
)

// because names the grants that give what is needed, or else the actions that nothing gives.
func because(d rbac.Decision) string {
	var reasons []string
	for _, need := range d.Missing {
		reasons = append(reasons, need.Action)
	}
	if !d.Allowed() {
		return strings.Join(reasons, ", ")
	}
	for _, by := range d.By {
		reasons = append(reasons, string(by.Role.Name)+" on "+report.Short(by.Scope.String()))
	}
	return strings.Join(reasons, ", ")
}

// grantBehind is the one assignment that lets the cluster do what is asked.
func (w *world) grantBehind(q question) (azuresim.RoleAssignment, error) {
	cluster, err := w.cluster()
	if err != nil {
		return azuresim.RoleAssignment{}, err
	}
	decision, err := cluster.Perform(q.capability, q.target)
	if err != nil {
		return azuresim.RoleAssignment{}, err
	}
	if len(decision.By) != 1 {
		return azuresim.RoleAssignment{}, fmt.Errorf("one grant should let the cluster %s, not %d", q.does, len(decision.By))
	}
	by := decision.By[0]
	for _, stored := range w.cloud.RoleAssignments() {
		if stored.Scope.Equal(by.Scope) && stored.Role.ID == by.Role.ID && strings.EqualFold(stored.PrincipalID, by.PrincipalID) {
			return stored, nil
		}
	}
	return azuresim.RoleAssignment{}, fmt.Errorf("the grant that lets the cluster %s is not stored", q.does)
}
