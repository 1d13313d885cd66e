package rbac

import (
	"encoding/json"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// corpus is the form of testdata/decisions.json.
type corpus struct {
	Pages map[string]struct{ Page, Text string }
	Cases []corpusCase
}

type corpusCase struct {
	Name, Page, Section, Reason, Principal string
	Hierarchy                              []Placement
	Assignments                            []corpusAssignment
	Needs                                  []Need
	Effect                                 Effect
	// Missing and By are indexes into Needs and Assignments.
	Missing, By []int
}

type corpusAssignment struct {
	Principal string
	Role      RoleName
	// Permissions make a custom role; without them Role is a built-in one.
	Permissions *Permissions
	Scope       Scope
}

// TestCorpus holds the evaluator to what the documentation of Azure RBAC says.
func TestCorpus(t *testing.T) {
	text, err := os.ReadFile("testdata/decisions.json")
	if err != nil {
		t.Fatal(err)
	}
	var all corpus
	if err := json.Unmarshal(text, &all); err != nil {
		t.Fatal(err)
	}
	if len(all.Cases) < 40 {
		t.Errorf("%d cases; does the test still read the corpus?", len(all.Cases))
	}
	for _, c := range all.Cases {
		t.Run(c.Name, func(t *testing.T) {
			if all.Pages[c.Page].Page == "" || c.Section == "" || c.Reason == "" {
				t.Error("the case does not say where it was read and why")
			}
			c.check(t)
		})
	}
}

func (c corpusCase) check(t *testing.T) {
	h, err := NewHierarchy(c.Hierarchy...)
	if err != nil {
		t.Fatal(err)
	}
	held := make([]Assignment, 0, len(c.Assignments))
	for _, a := range c.Assignments {
		held = append(held, Assignment{PrincipalID: a.Principal, Role: a.role(t), Scope: a.Scope})
	}
	want := Decision{Effect: c.Effect}
	for _, i := range c.Missing {
		want.Missing = append(want.Missing, c.Needs[i])
	}
	for _, i := range c.By {
		want.By = append(want.By, held[i])
	}
	got := Evaluator{Hierarchy: h}.Evaluate(held, c.Principal, c.Needs...)
	got.Met = nil // said by Missing and By as far as the documentation goes
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s: %s (-documented +decided):\n%s", c.Page, c.Reason, diff)
	}
}

func (a corpusAssignment) role(t *testing.T) Role {
	if a.Permissions != nil {
		return Role{Name: a.Role, Permissions: *a.Permissions}
	}
	role, ok := BuiltinRole(a.Role)
	if !ok {
		t.Fatalf("the data has no role %q", a.Role)
	}
	return role
}
