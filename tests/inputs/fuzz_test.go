package inputs_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
	"github.com/aksidentity/pulumi-aksidentity/plan"
	"github.com/aksidentity/pulumi-aksidentity/report"
	"github.com/aksidentity/pulumi-aksidentity/tests/arguments"
)

// bytes are where random choices come from: equal bytes, equal choices. After the last one all are 0.
type bytes struct {
	data []byte
	at   int
}

func (b *bytes) next() byte {
	if b.at >= len(b.data) {
		return 0
	}
	b.at++
	return b.data[b.at-1]
}

// below is a choice of n.
func (b *bytes) below(n int) int { return (int(b.next())<<8 | int(b.next())) % n }

// texts are what users write, and what nobody should: valid values of each kind that the arguments take, and odd ones.
var texts = sync.OnceValue(func() []string {
	all := []string{
		"", " ", "/", "//", "x", "a.b", "a b", "nonsense", "\x00", "\xff", "naïve", "${pulumi.stack}", "%s%d", "'\"`", "../..", "-1", "0", "1", "3", "1e309",
		strings.Repeat("a", 100_000), "/subscriptions/" + strings.Repeat("s", 70_000), strconv.Itoa(math.MaxInt64), "westeurope", "1.33", "1.33.5",
		"Standard_D4ds_v5", "33%", "10.0.0.0/8", "::/0", "https://zq-vault.vault.azure.net/keys/etcd/1", "zq=yes:NoSchedule", "one", "system", "nodes",
		azuresim.DefaultSubscriptionID, "Reader", "Owner", "kubelet", "control-plane", string(plan.WebAppRouting), "omsagent",
		azuresim.ID("zq", azuresim.PrivateDNSZoneType, "privatelink.westeurope.azmk8s.io"),
	}
	for _, resourceType := range types() {
		all = append(all, idOf(resourceType, "zqone"), strings.ToUpper(idOf(resourceType, "zqone")))
	}
	return all
})

// keys of maps.
func keys() []string {
	return []string{arguments.One, "", "a b", "a.b", "web", string(plan.WebAppRouting), "omsagent", strings.Repeat("k", 300), "naïve", "\x00"}
}

// change makes up to six changes to arguments that deploy, at any leaf: a text, a number or a word in any form, or nothing where the
// object, list or map is that holds it.
func change(args any, from *bytes, settled bool) {
	leaves := arguments.LeavesOf(args)
	for range 1 + from.below(6) {
		leaf := leaves[from.below(len(leaves))].Keyed(keys()[max(0, from.below(3*len(keys()))-2*len(keys()))])
		text, form := texts()[from.below(len(texts()))], arguments.FormOf(from.next())
		if settled && form == arguments.Unknown {
			form = arguments.Late
		}
		switch {
		case from.next()%16 == 15:
			leaf.Above().Put(args, nil)
		case leaf.IsInput():
			leaf.Put(args, leaf.Given(text, form))
		default:
			leaf.Put(args, plainValue(leaf.Type, text, from))
		}
	}
}

func plainValue(t reflect.Type, text string, from *bytes) any {
	switch t.Kind() {
	case reflect.Bool:
		return from.next()%2 == 0
	case reflect.Int:
		return []int{-1, 0, 1, 2, 7, 100, math.MaxInt64, math.MinInt64}[from.below(8)]
	default:
		return wordOr(t, text, from)
	}
}

// wordOr is a word of a closed set, or the text.
func wordOr(t reflect.Type, text string, from *bytes) string {
	set, closed := reflect.New(t).Elem().Interface().(plan.ClosedSet)
	if !closed || from.next()%4 == 0 {
		return text
	}
	words := set.Set().Values()
	return words[from.below(len(words))]
}

// made are arguments of a component that bytes decide. In a deployment everything settles: what a preview does not know arrives.
func made(data []byte, cloud *azuresim.Cloud, settled bool) (subject, any) {
	from := &bytes{data: data}
	s := subjects()[from.below(len(subjects()))]
	plain := arguments.LeavesOf(s.base(cloud, ""))
	args := s.base(cloud, plain[from.below(len(plain))].Path)
	change(args, from, settled)
	return s, args
}

// judge plans, and says what is against the rules: each problem has a path that exists, says what is wrong and what to do; grants
// have names of their own and reasons, and what is known of them resolves to a scope that holds the resource.
func judge(s subject, args any) (p plan.Plan, wrong []string) {
	p = s.plan(args)
	for _, problem := range p.Problems {
		if problem.What == "" || problem.Fix == "" || !arguments.Has(args, string(problem.Path)) && problem.Path != "args" {
			wrong = append(wrong, fmt.Sprintf("the problem says not where, what is wrong or what to do: %+v", problem))
		}
	}
	if len(p.Problems) > 0 {
		return p, wrong
	}
	names := map[string]bool{}
	for _, g := range p.Grants {
		if g.Name == "" || names[g.Name] || len(g.Reasons) == 0 || g.Role.Name == "" {
			wrong = append(wrong, fmt.Sprintf("grant %q: the name is taken, or the reason or role missing: %+v", g.Name, g))
		}
		names[g.Name] = true
		id, known := g.Scope.ID.Get()
		if !known || g.Role.IsCustom() {
			continue
		}
		r, err := g.Resolve(id, azuresim.DefaultSubscriptionID)
		if err != nil || !strings.HasPrefix(strings.ToLower(id), strings.ToLower(r.Scope)) {
			wrong = append(wrong, fmt.Sprintf("grant %s on %s resolves to %+v: %v", g.Name, id, r, err))
		}
	}
	return p, wrong
}

// said is all that is told of a plan.
func said(p plan.Plan) string {
	return p.Problems.Error() + report.Plan(p) + report.Markdown(p) + report.JSON(p) + p.Explained(plan.ExplainGrants) + strings.Join(p.Notes, "\n")
}

func planIsRight(t *testing.T, data []byte) (subject, plan.Plan) {
	t.Helper()
	s, args := made(data, azuresim.New(), false)
	p, wrong := judge(s, args)
	for _, w := range wrong {
		t.Errorf("%s %x: %s", s.name, data, w)
	}
	_, again := made(data, azuresim.New(), false)
	if q, _ := judge(s, again); said(p) != said(q) {
		t.Errorf("%s %x: two equal arguments have two plans:\n%s\n%s", s.name, data, said(p), said(q))
	}
	return s, p
}

// FuzzArguments: whatever stands in the arguments of any component, in whatever form, planning ends with a plan that keeps the rules
// or with problems that say what to do, and twice with the same.
func FuzzArguments(f *testing.F) {
	for i := range 32 {
		f.Add(random(uint64(i)))
	}
	f.Fuzz(func(t *testing.T, data []byte) { planIsRight(t, data) })
}

func random(seed uint64) []byte {
	r := rand.New(rand.NewPCG(seed, 1))
	data := make([]byte, 64)
	for i := range data {
		data[i] = byte(r.UintN(256))
	}
	return data
}

// TestArgumentsOfAnyKindArePlannedOrRefused is FuzzArguments for seeds that are always the same.
func TestArgumentsOfAnyKindArePlannedOrRefused(t *testing.T) {
	const cases = 600
	planned, grants, problems, bySubject := 0, 0, 0, map[string]int{}
	for seed := range uint64(cases) {
		s, p := planIsRight(t, random(seed))
		bySubject[s.name]++
		problems += len(p.Problems)
		if len(p.Problems) == 0 {
			planned++
			grants += len(p.Grants)
		}
	}
	if planned < cases/10 || planned > cases*9/10 || grants == 0 {
		t.Errorf("%d of %d are planned, with %d grants: the values are too good or too bad to find anything", planned, cases, grants)
	}
	t.Logf("%d arguments %v: %d planned with %d grants, %d problems in the others", cases, bySubject, planned, grants, problems)
}

// refusedByAzure are refusals of the simulated Azure that a plan without problems may meet, each with the reason why.
var refusedByAzure = []struct{ says, reason string }{
	{`Code="ResourceGroupNotFound"`, "which groups there are only Azure knows, and it refuses before it makes anything"},
	{`Code="LocationNotAvailableForResourceType"`, "which regions there are only Azure knows, and it refuses before it makes anything"},
	{`userAssignedIdentities/.*Code="InvalidResource`, "the plan does not judge identityName of a WorkloadIdentity, and Azure refuses a name with slashes before it makes anything"},
}

// TestArgumentsOfAnyKindDeployOrAreRefused deploys a sample of what has a plan.
func TestArgumentsOfAnyKindDeployOrAreRefused(t *testing.T) {
	const cases = 300
	deployed, refused, expected := 0, 0, map[string]int{}
	for seed := range uint64(cases) {
		t.Run(strconv.FormatUint(seed, 10), func(t *testing.T) {
			cloud := azuresim.New()
			for _, resourceType := range types() {
				_, _ = cloud.Seed(idOf(resourceType, "zqone"), nil) // where a name is none for the type there is nothing
			}
			cloud.MustSeed(azuresim.ID("zq", azuresim.PrivateDNSZoneType, "privatelink.westeurope.azmk8s.io"), nil)
			s, args := made(random(seed), cloud, false)
			hasPlan := len(s.plan(args).Problems) == 0
			if !hasPlan && seed%25 != 0 {
				return // the plan has been judged; some are tried with the engine too
			}
			_, settled := made(random(seed), cloud, true)
			stack := simtest.New(t, func(ctx *pulumi.Context) error {
				if ctx.DryRun() {
					return s.make(ctx, args)
				}
				return s.make(ctx, settled)
			}, simtest.WithCloud(cloud), simtest.AllowRaces())
			for name, result := range map[string]simtest.Result{"preview": stack.Preview(), "up": stack.Up()} {
				text := result.Explain()
				switch at := slices.IndexFunc(refusedByAzure, func(r struct{ says, reason string }) bool { return regexp.MustCompile(r.says).MatchString(text) }); {
				case strings.Contains(text, "goroutine ") || strings.Contains(text, "nil pointer"):
					t.Errorf("%s: a panic: %s", name, text)
				case result.Err == nil:
					deployed++
				case strings.Contains(text, "in the arguments"):
					refused++
				case at >= 0:
					expected[refusedByAzure[at].reason]++
				default:
					t.Errorf("%s: neither the plan nor the component refuses it: %.1500s", name, text)
				}
			}
		})
	}
	t.Logf("%d arguments: %d operations work, %d are refused by the component, and by Azure %v", cases, deployed, refused, expected)
}
