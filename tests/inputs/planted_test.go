package inputs_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
	"github.com/aksidentity/pulumi-aksidentity/plan"
	"github.com/aksidentity/pulumi-aksidentity/tests/arguments"
)

// planting is one argument of one component that is given as a secret.
type planting struct {
	subject
	leaf  arguments.Leaf
	name  string // of the marker
	value value
}

// plantings are all arguments that take an input. A new one is found by itself; when no value for it is known here, the test says so.
func plantings(t *testing.T) []planting {
	t.Helper()
	var all []planting
	for _, s := range subjects() {
		for i, leaf := range arguments.LeavesOf(s.base(azuresim.New(), "")) {
			if !leaf.IsInput() {
				continue
			}
			switch { // not every key is one of an add-on
			case strings.HasPrefix(leaf.Path, "addonPrincipalIds."):
				leaf = leaf.Keyed(string(plan.WebAppRouting))
			case strings.HasPrefix(leaf.Path, "addons.other."):
				leaf = leaf.Keyed("openServiceMesh")
			}
			p := planting{subject: s, leaf: leaf, name: fmt.Sprintf("zq%dmarker", i)}
			var valid bool
			if p.value, valid = p.valid(); !valid && noValue[leaf.Path] == "" {
				t.Errorf("%s: no valid value is known for %s: teach candidates one", s.name, leaf.Path)
			}
			all = append(all, p)
		}
	}
	return all
}

// noValue are arguments that nothing can be given to.
var noValue = map[string]string{"systemPool.spot.maxPrice": "a system pool cannot use spot machines"}

func (p planting) valid() (value, bool) {
	cloud := azuresim.New()
	for _, v := range append(p.current(cloud), candidates(cloud, p.leaf, p.name)...) {
		args := p.base(cloud, p.leaf.Path)
		p.leaf.Put(args, p.leaf.Given(v.text, arguments.Known))
		if !slices.ContainsFunc(p.plan(args).Problems, func(problem plan.Problem) bool {
			return problem.Path == plan.Path(p.leaf.Path) || strings.HasPrefix(string(problem.Path), p.leaf.Path+"[")
		}) {
			return v, true
		}
	}
	return value{text: p.name, marker: p.name}, false
}

// current is what the base has at the leaf: some values are right only together with others.
func (p planting) current(cloud *azuresim.Cloud) []value {
	text, known := p.leaf.Get(p.base(cloud, p.leaf.Path)).(pulumi.String)
	switch id := string(text); {
	case !known || strings.Contains(p.leaf.Path, "esourceGroupName"):
		return nil
	case strings.HasPrefix(id, "https://"):
		return []value{{id, "zq-planted-key"}}
	default:
		return []value{{id, id[strings.LastIndex(id, "/")+1:]}}
	}
}

// cloud is an Azure that has what the value names.
func (p planting) cloud(v value) *azuresim.Cloud {
	cloud := azuresim.New()
	p.base(cloud, p.leaf.Path)
	candidates(cloud, p.leaf, p.name)
	_, _ = cloud.Seed(v.text, nil) // what is no ID is nothing to seed
	if strings.HasSuffix(p.leaf.Path, "resourceGroupName") {
		cloud.MustSeed(azuresim.GroupID(azuresim.DefaultSubscriptionID, v.text), nil)
	}
	return cloud
}

// ways are those in which a program can use a component.
var ways = []string{"Go", "served"}

func (s subject) program(way string, args any) pulumi.RunFunc {
	if way == "served" {
		return s.served(args)
	}
	return s.native(args)
}

// args are the base with the secret value.
func (p planting) args(cloud *azuresim.Cloud, v value) any {
	args := p.base(cloud, p.leaf.Path)
	p.leaf.Put(args, p.leaf.Given(v.text, arguments.Secret))
	return args
}

// names are the arguments that name a resource.
var names = regexp.MustCompile(`^(clusterName|resourceGroupName|newResourceGroupName|identityName)$`)

// exposed are places that hold a value although it was given as a secret, because no component can prevent it. docs/secrets.md tells
// users the same.
var exposed = []struct{ arguments, places, reason string }{
	{`Ids?(\.|$)|ID$|[rR]esourceId$|subnets\.|^access\..*\.namespace$`, `^(state|event) RoleAssignment\.id$`,
		"the ID of a role assignment begins with its scope, and Pulumi never encrypts IDs"},
	{`^identityId$`, `^(state|event) FederatedIdentityCredential\.id$`,
		"the ID of a federated credential begins with that of its identity, and Pulumi never encrypts IDs"},
	{names.String(), `^(state|event) `,
		"the name of a resource stands in its ID, and in the IDs and outputs of all that belongs to it"},
	{`^pools\[0\]\.kubernetesVersion$`, `^(state|event) AgentPool\.outputs\.currentOrchestratorVersion$`,
		"Azure answers the version of a pool a second time, and a pool with a transform that marks it would lose deletedWith"},
}

// revealed are the sightings that no reason excuses. used counts the reasons.
func (p planting) revealed(found []sighting, used map[string]int) (out []sighting) {
	for _, s := range found {
		excused := false
		for _, e := range exposed {
			if regexp.MustCompile(e.arguments).MatchString(p.leaf.Path) && regexp.MustCompile(e.places).MatchString(s.String()) {
				excused = true
				used[e.reason]++
			}
		}
		if !excused {
			out = append(out, s)
		}
	}
	return out
}

// life is what happens to a stack. What a served component hands to the engine is the same as in Go, so the first deployment will do.
func life(s *simtest.Stack, way string) []func(...simtest.OpOption) simtest.Result {
	if way == "served" {
		return []func(...simtest.OpOption) simtest.Result{s.Up}
	}
	return []func(...simtest.OpOption) simtest.Result{s.Preview, s.Up, s.Refresh}
}

// TestSecretsPlantedInEveryArgument: a value that was given as a secret can be read nowhere, whatever the argument, for the whole life
// of a stack. Where the ID of a resource holds it, the list says so.
func TestSecretsPlantedInEveryArgument(t *testing.T) {
	used, runs, operations := map[string]int{}, 0, 0
	all := plantings(t)
	for _, p := range all {
		for _, way := range ways {
			t.Run(p.subject.name+"/"+p.leaf.Path+"/"+way, func(t *testing.T) {
				if noValue[p.leaf.Path] != "" {
					return // TestSecretsWithMistakes plants it
				}
				cloud := p.cloud(p.value)
				s := simtest.New(t, p.program(way, p.args(cloud, p.value)), simtest.WithCloud(cloud), asProvider())
				var found []sighting
				for _, operation := range life(s, way) {
					result := operation()
					if result.Err != nil {
						t.Fatalf("%s is not valid: %s", p.value.text, result.Explain())
					}
					found = append(found, look(t, p.value.marker, s, result)...)
					operations++
				}
				for _, where := range p.revealed(found, used) {
					t.Errorf("%q can be read: %s", p.value.marker, where)
				}
				runs++
			})
		}
	}
	for _, e := range exposed {
		if used[e.reason] == 0 {
			t.Errorf("no argument is exposed any more because %s: take it from the list and from docs/secrets.md", e.reason)
		}
	}
	t.Logf("%d arguments of %d components, %d programs (%s), %d operations; looked into state, events, diagnostics and errors after each",
		len(all), len(subjects()), runs, strings.Join(ways, ", "), operations)
}
