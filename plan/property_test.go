package plan_test

import (
	"math/rand/v2"
	"os"
	"reflect"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/aksidentity/pulumi-aksidentity/plan"
	"github.com/aksidentity/pulumi-aksidentity/rbac"
	"github.com/aksidentity/pulumi-aksidentity/report"
)

// combinations of external resources that one run tries.
const combinations = 600

// dice are seeded; AKSID_SEED repeats a run.
func dice(t *testing.T) *rand.Rand {
	t.Helper()
	seed := uint64(time.Now().UnixNano())
	if text := os.Getenv("AKSID_SEED"); text != "" {
		given, err := strconv.ParseUint(text, 10, 64)
		if err != nil {
			t.Fatalf("AKSID_SEED: %v", err)
		}
		seed = given
	}
	t.Logf("seed %d; repeat it with AKSID_SEED=%d", seed, seed)
	return rand.New(rand.NewPCG(seed, seed))
}

// needs of a combination: what each use takes, by the identity that acts.
func (c combination) needs() map[string][]rbac.Need {
	needs := map[string][]rbac.Need{}
	for _, x := range c.things {
		who := plan.Identity{Kind: plan.Principal}
		if c.addons {
			who = infoOf(x.use).Holder
		}
		for _, rule := range infoOf(x.use).Rules {
			needed, err := rule.Needed()
			if err != nil {
				panic(err)
			}
			for _, action := range needed.Actions {
				needs[who.String()] = append(needs[who.String()], rbac.Need{Action: action, Scope: placeOf(rule, action, x.id)})
			}
			for _, action := range needed.DataActions {
				needs[who.String()] = append(needs[who.String()], rbac.Need{Action: action, Data: true, Scope: placeOf(rule, action, x.id)})
			}
		}
	}
	return needs
}

// placeOf an action: where the rule's grant is, or the resource itself.
func placeOf(rule plan.Rule, action, id string) rbac.Scope {
	if slices.Contains(rule.AtOwnResource, action) {
		return rbac.MustParseScope(id)
	}
	return plan.AtLevel(rbac.MustParseScope(id), rule.Level)
}

// assignments are what Azure would hold: late IDs have arrived.
func (c combination) assignments(t *testing.T, grants []plan.Grant) []rbac.Assignment {
	t.Helper()
	ids := map[plan.Path]string{}
	for _, x := range c.things {
		ids[x.path()] = x.id
	}
	held := make([]rbac.Assignment, len(grants))
	for i, g := range grants {
		id, ok := ids[g.Scope.Path]
		if !ok {
			t.Fatalf("grant %s is on %s, which nobody mentioned", g.Name, g.Scope.Path)
		}
		role := rbac.Role{Name: rbac.RoleName(g.Role.Name), Permissions: g.Role.Permissions}
		if !g.Role.IsCustom() {
			role, _ = rbac.BuiltinRoleByID(g.Role.ID)
		}
		held[i] = rbac.Assignment{PrincipalID: g.Identity.String(), Role: role, Scope: plan.AtLevel(rbac.MustParseScope(id), g.Scope.Level)}
	}
	return held
}

// unmet is how many needs the assignments leave open.
func unmet(held []rbac.Assignment, needs map[string][]rbac.Need) (missing []rbac.Need) {
	for who, list := range needs {
		missing = append(missing, rbac.Evaluate(held, who, list...).Missing...)
	}
	return missing
}

func TestPropertyOfRandomPlans(t *testing.T) {
	r := dice(t)
	grants, spare := 0, 0
	for i := range combinations {
		c := random(r)
		p := c.plan()
		if err := p.Problems.Err(); err != nil {
			t.Fatalf("combination %d %+v: %v", i, c, err)
		}
		held, needs := c.assignments(t, p.Grants), c.needs()
		if missing := unmet(held, needs); len(missing) > 0 {
			t.Errorf("enough: combination %d %+v misses %v", i, c, missing)
		}
		for j := range held {
			grants++
			without := slices.Delete(slices.Clone(held), j, j+1)
			if len(unmet(without, needs)) > 0 {
				continue
			}
			spare++
			if !underAnother(held[j], without) {
				t.Errorf("no more than enough: combination %d does not need %s", i, p.Grants[j].Name)
			}
		}
		checkNames(t, p)
		checkOrder(t, c, p)
		checkNeighbours(t, r, c, p)
	}
	t.Logf("tried %d combinations with %d grants; %d of them lie under a wider grant of the same identity", combinations, grants, spare)
}

// underAnother tells whether the same identity holds another role at or above the scope: a disk and its whole group are
// both mentioned, say. The narrow grant stays, because the wide one belongs to another argument and may go.
func underAnother(a rbac.Assignment, others []rbac.Assignment) bool {
	return slices.ContainsFunc(others, func(o rbac.Assignment) bool {
		return o.PrincipalID == a.PrincipalID && o.Scope.Contains(a.Scope)
	})
}

func checkNames(t *testing.T, p plan.Plan) {
	t.Helper()
	seen := map[string]bool{}
	for _, g := range p.Grants {
		if seen[g.Name] || len(g.Reasons) == 0 || len(g.Sources) == 0 || g.Phase == "" {
			t.Errorf("%s: the name is taken, or reason, source or phase is missing: %+v", g.Name, g)
		}
		seen[g.Name] = true
	}
}

// checkOrder: neither the order of the arguments nor that of maps changes anything.
func checkOrder(t *testing.T, c combination, p plan.Plan) {
	t.Helper()
	reversed := combination{things: slices.Clone(c.things), strategy: c.strategy, addons: c.addons}
	slices.Reverse(reversed.things)
	if again := reversed.plan(); !reflect.DeepEqual(p, again) {
		t.Errorf("the plan depends on an order (-one +other):\n%s", cmp.Diff(report.Plan(p), report.Plan(again)))
	}
}

// checkNeighbours: one more resource, or one less, changes no other grant.
func checkNeighbours(t *testing.T, r *rand.Rand, c combination, p plan.Plan) {
	t.Helper()
	more := combination{things: append(slices.Clone(c.things), c.another(r)), strategy: c.strategy, addons: c.addons}
	sameButFor(t, "adding", c, p, more.plan(), more.things[len(c.things)])
	if len(c.things) < 2 {
		return
	}
	gone := r.IntN(len(c.things))
	less := combination{things: slices.Delete(slices.Clone(c.things), gone, gone+1), strategy: c.strategy, addons: c.addons}
	sameButFor(t, "removing", less, less.plan(), p, c.things[gone])
}

// sameButFor compares a plan with one that has a further thing. A grant that has to do with the thing may change: it is shared
// and gets a name made of the scope, with its old name as a former one, or one of the two covers the other. Either way its
// identity holds as much as before where it held it. Every other grant is the same in all respects.
func sameButFor(t *testing.T, what string, c combination, fewer, more plan.Plan, x thing) {
	t.Helper()
	with := combination{things: append(slices.Clone(c.things), x), strategy: c.strategy, addons: c.addons}
	before, after := c.assignments(t, fewer.Grants), with.assignments(t, more.Grants)
	for i, g := range fewer.Grants {
		at := slices.IndexFunc(more.Grants, func(o plan.Grant) bool { return o.Name == g.Name })
		if at >= 0 && reflect.DeepEqual(more.Grants[at], g) {
			continue
		}
		if !x.concerns(before[i].Scope) {
			t.Errorf("%s %s at %s changes the grant %s", what, x.use, x.path(), g.Name)
			continue
		}
		kept := slices.ContainsFunc(more.Grants, func(o plan.Grant) bool { return o.Name == g.Name || slices.Contains(o.FormerNames, g.Name) })
		above := slices.ContainsFunc(after, func(o rbac.Assignment) bool {
			return o.PrincipalID == before[i].PrincipalID && o.Scope.Contains(before[i].Scope)
		})
		if !kept && !above {
			t.Errorf("%s %s at %s: the grant %s goes without a successor", what, x.use, x.path(), g.Name)
		}
	}
}

// concerns tells whether the thing's grants can have to do with one at the scope.
func (x thing) concerns(scope rbac.Scope) bool {
	return slices.ContainsFunc(infoOf(x.use).Rules, func(rule plan.Rule) bool {
		at := plan.AtLevel(rbac.MustParseScope(x.id), rule.Level)
		return !x.late && (at.Contains(scope) || scope.Contains(at))
	})
}
