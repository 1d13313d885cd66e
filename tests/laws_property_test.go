package tests

import (
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
	"github.com/aksidentity/pulumi-aksidentity/components"
	"github.com/aksidentity/pulumi-aksidentity/plan"
)

// deployments of random combinations that one run makes; package plan tries hundreds without the engine.
const deployments = 40

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

// TestLawsOfRandomCombinations deploys random combinations of resources with the real engine: both laws hold, and one
// resource more or less leaves every other grant alone.
func TestLawsOfRandomCombinations(t *testing.T) {
	r := dice(t)
	grants, nested := 0, 0
	for i := range deployments {
		way := ways()[r.IntN(len(ways()))]
		t.Run(fmt.Sprintf("%d/%s", i, way), func(t *testing.T) {
			w := newWorld(t)
			w.seedCluster(way.identity)
			w.nested = true
			mix := &mixture{w: w, way: way}
			for range 2 + r.IntN(9) {
				mix.add(r)
			}
			s := simtest.New(t, mix.program(), simtest.WithCloud(w.Cloud))
			if up := s.Up(); up.Err != nil {
				t.Fatalf("%s\n%s", mix, up.Explain())
			}
			enoughAndNoMore(t, w, mix.probes())
			mix.oneMoreOneLess(t, r, s)
			if down := s.Destroy(); down.Err != nil || !w.Empty() {
				t.Errorf("%s\n%s", mix, down.Explain())
			}
			grants += mix.grants
			nested += w.nestedSeen
		})
	}
	t.Logf("deployed %d combinations with %d grants; %d of them lie under a wider grant of the same identity", deployments, grants, nested)
}

// mixture is a random combination of resources.
type mixture struct {
	w      *world
	way    way
	things []mixed
	grants int
}

type mixed struct {
	touch  touch
	addon  bool
	key    string
	id     string
	probes []probe
}

// add seeds one more resource, in one of three resource groups, so that grants on groups coincide.
func (m *mixture) add(r *rand.Rand) {
	name := fmt.Sprintf("target%d", len(m.things)+100)
	m.w.groups[name] = fmt.Sprintf("group%d", r.IntN(3))
	for {
		addon := r.IntN(3) == 0
		choice := delegationTouches()
		if addon {
			choice = addonTouches()
		}
		x := choice[r.IntN(len(choice))]
		if info, err := plan.Lookup(x.use); err != nil || info.Refusal != nil && m.way.identity == plan.SystemAssigned {
			continue
		}
		if x.use == plan.BackupSnapshotGroup {
			// The control plane gets it from the other component, and two components cannot make one grant; see
			// TestTwoComponentsMakeOneGrant.
			m.w.groups[name] = "backups-of-" + name
		}
		if m.excludes(x.use) {
			continue
		}
		id, probes := x.seed(m.w, name)
		m.things = append(m.things, mixed{touch: x, addon: addon, key: name, id: id, probes: probes})
		return
	}
}

// excludes tells whether a use cannot stand beside what is there: a resource group in place of the single resources in it.
func (m *mixture) excludes(use plan.Use) bool {
	isGroupOf := func(group, single plan.Use) bool {
		info, err := plan.Lookup(single)
		return err == nil && info.Group != nil && info.Group.Use == group
	}
	return slices.ContainsFunc(m.things, func(x mixed) bool { return isGroupOf(use, x.touch.use) || isGroupOf(x.touch.use, use) })
}

func (m *mixture) probes() []probe {
	var all []probe
	for _, x := range m.things {
		all = append(all, x.probes...)
	}
	return all
}

func (m *mixture) String() string {
	text := m.way.String()
	for _, x := range m.things {
		text += fmt.Sprintf("\n%s %s %s", x.touch.use, x.key, x.id)
	}
	return text
}

// program delegates to the control plane and to the virtual-node add-on, and grants what the add-ons need.
func (m *mixture) program() pulumi.RunFunc {
	things := slices.Clone(m.things)
	return func(ctx *pulumi.Context) error {
		delegations := map[string]*components.VnetDelegationArgs{}
		addons := m.w.addonPrincipals()
		addons.RoleStrategy = m.way.strategy
		resources := map[any]map[string]ids{}
		for _, x := range things {
			var args any = addons
			if !x.addon {
				args = delegationTo(delegations, x.touch.holder(m.w), m.way)
			}
			if resources[args] == nil {
				resources[args] = map[string]ids{}
			}
			if resources[args][x.touch.argument] == nil {
				resources[args][x.touch.argument] = ids{}
			}
			resources[args][x.touch.argument][x.key] = pulumi.String(x.id)
		}
		for args, arguments := range resources {
			for argument, value := range arguments {
				put(m.w.t, args, argument, value)
			}
		}
		for holder, args := range delegations {
			if _, err := components.NewVnetDelegation(ctx, "to-"+holder[:8], args); err != nil {
				return err
			}
		}
		_, err := components.NewAddonIdentityGrants(ctx, "addons", addons)
		return err
	}
}

func delegationTo(delegations map[string]*components.VnetDelegationArgs, holder string, way way) *components.VnetDelegationArgs {
	if delegations[holder] == nil {
		delegations[holder] = &components.VnetDelegationArgs{PrincipalID: pulumi.String(holder), IdentityType: way.identity, RoleStrategy: way.strategy}
	}
	return delegations[holder]
}

// oneMoreOneLess deploys with a further resource, and then without a random one.
func (m *mixture) oneMoreOneLess(t *testing.T, r *rand.Rand, s *simtest.Stack) {
	t.Helper()
	m.grants = len(m.w.deployed())
	before := len(m.things)
	m.add(r)
	m.redeploy(t, s, "one more", m.things[before])
	at := r.IntN(len(m.things))
	gone := m.things[at]
	m.things = slices.Delete(m.things, at, at+1)
	m.redeploy(t, s, "one less", gone)
	enoughAndNoMore(t, m.w, m.probes())
}

// redeploy changes one resource: assignments of others are neither made nor deleted nor replaced, unless one covers the other.
func (m *mixture) redeploy(t *testing.T, s *simtest.Stack, what string, x mixed) {
	t.Helper()
	held := m.w.deployed()
	s.SetProgram(m.program())
	up := s.Up()
	if up.Err != nil {
		t.Fatalf("%s: %s %s\n%s\n%s", what, x.touch.use, x.key, m, up.Explain())
	}
	now := m.w.deployed()
	for _, lost := range missing(held, now) {
		if what == "one more" && !underAnother(lost, now) {
			t.Errorf("%s: %s %s takes %s on %s away\n%s\n%s", what, x.touch.use, x.key, lost.Role.Name, lost.Scope, m, up.Steps.Changing())
		}
	}
	for _, made := range missing(now, held) {
		if what == "one less" && !underAnother(made, held) {
			t.Errorf("%s: %s %s makes %s on %s\n%s\n%s", what, x.touch.use, x.key, made.Role.Name, made.Scope, m, up.Steps.Changing())
		}
	}
	for _, kind := range []string{roleAssignmentToken, "azure-native:authorization:RoleDefinition"} {
		for _, o := range up.Steps.Type(kind).Op("replace") {
			t.Errorf("%s: %s %s replaces %s", what, x.touch.use, x.key, o.Name)
		}
	}
}

// missing are the assignments of one list that the other does not have.
func missing(in, from []azuresim.RoleAssignment) []azuresim.RoleAssignment {
	return slices.DeleteFunc(slices.Clone(in), func(a azuresim.RoleAssignment) bool {
		return slices.ContainsFunc(from, func(b azuresim.RoleAssignment) bool { return a.ID == b.ID })
	})
}
