package plan_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"

	"github.com/aksidentity/pulumi-aksidentity/plan"
	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

// thing is one external resource in one use.
type thing struct {
	use  plan.Use
	key  string
	id   string
	late bool
}

func (x thing) path() plan.Path { return argumentOf(x.use).Key(x.key) }

// combination is a random delegation or a random set of add-on grants.
type combination struct {
	things   []thing
	strategy plan.RoleStrategy
	addons   bool
}

// random combinations have few resource groups and names, so that many things coincide.
func random(r *rand.Rand) combination {
	c := combination{addons: r.IntN(3) == 0, strategy: plan.BuiltinRoles}
	if r.IntN(2) == 0 {
		c.strategy = plan.CustomRoles
	}
	for range 1 + r.IntN(10) {
		c.things = append(c.things, c.another(r))
	}
	return c
}

// another thing whose key is not taken.
func (c combination) another(r *rand.Rand) thing {
	for {
		uses := usesOf()[c.addons]
		x := thing{use: uses[r.IntN(len(uses))], key: fmt.Sprintf("k%d", r.IntN(30)), late: r.IntN(3) == 0}
		x.id = randomID(r, typeOf(x.use))
		if !slices.ContainsFunc(c.things, func(other thing) bool {
			return other.path() == x.path() || x.excludes(other) || other.excludes(x) || (x.late || other.late) && other.meets(x)
		}) {
			return x
		}
	}
}

// groupUses are the uses of resource groups in place of the single resources in them.
func groupUses() map[plan.Use]bool {
	groups := map[plan.Use]bool{}
	for _, info := range table() {
		if info.Group != nil {
			groups[info.Group.Use] = true
		}
	}
	return groups
}

// excludes tells whether the two cannot stand in one plan: a registry in two modes; or x gives the group in place of the single
// resource, which then has to lie in it (TestGroupsAreGivenOnce).
func (x thing) excludes(other thing) bool {
	group, mode := infoOf(other.use).Group, infoOf(other.use).Mode
	sameRegistry := strings.EqualFold(x.id, other.id) && mode != infoOf(x.use).Mode
	return sameRegistry || group != nil && group.Use == x.use
}

// meets tells whether two things give one assignment. While an ID is late, that is an error which the edge cases show, so
// combinations leave it out.
func (x thing) meets(other thing) bool {
	for _, a := range infoOf(x.use).Rules {
		for _, b := range infoOf(other.use).Rules {
			if plan.AtLevel(rbac.MustParseScope(x.id), a.Level).Equal(plan.AtLevel(rbac.MustParseScope(other.id), b.Level)) {
				return true
			}
		}
	}
	return false
}

// table of all uses, read once.
var table = sync.OnceValue(func() map[plan.Use]plan.UseInfo {
	infos := map[plan.Use]plan.UseInfo{}
	for _, use := range plan.Uses() {
		info, err := plan.Lookup(use)
		if err != nil {
			panic(err)
		}
		infos[use] = info
	}
	return infos
})

func infoOf(use plan.Use) plan.UseInfo { return table()[use] }

// usesOf the control plane, or of all others; read once.
var usesOf = sync.OnceValue(func() map[bool][]plan.Use {
	uses := map[bool][]plan.Use{}
	for _, use := range plan.Uses() {
		ofControlPlane := infoOf(use).Holder.Kind == plan.ControlPlane
		uses[!ofControlPlane] = append(uses[!ofControlPlane], use)
	}
	return uses
})

func typeOf(use plan.Use) string { return infoOf(use).ResourceType }

func randomID(r *rand.Rand, resourceType string) string {
	id := fmt.Sprintf("%s/resourceGroups/g%d", subscription, r.IntN(4))
	if resourceType == plan.ResourceGroupType {
		return id
	}
	namespace, types, _ := strings.Cut(resourceType, "/")
	id += "/providers/" + namespace
	for _, segment := range strings.Split(types, "/") {
		id += fmt.Sprintf("/%s/n%d", segment, r.IntN(3))
	}
	if r.IntN(5) == 0 {
		return strings.ToUpper(id)
	}
	return id
}

func (c combination) plan() plan.Plan {
	var mentions []plan.Mention
	for _, x := range c.things {
		id := plan.Known(x.id)
		if x.late {
			id = late()
		}
		mentions = append(mentions, plan.Each(x.use, argumentOf(x.use), values{x.key: id})...)
	}
	if !c.addons {
		return plan.ForDelegation(plan.Delegation{PrincipalID: late(), Strategy: c.strategy, Mentions: mentions})
	}
	a := plan.AddonGrants{Strategy: c.strategy, Mentions: mentions}
	for _, use := range plan.Uses() {
		a.Principals = append(a.Principals, plan.GivenPrincipal{Identity: infoOf(use).Holder, Path: "principalId", ID: late()})
	}
	return plan.ForAddons(a)
}
