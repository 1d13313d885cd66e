package recordings

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/aksidentity/pulumi-aksidentity/components"
	"github.com/aksidentity/pulumi-aksidentity/plan"
	"github.com/aksidentity/pulumi-aksidentity/tests/worlds"
)

// refusal is one problem that our plan has to find: the property path, and Azure's code when it has one.
type refusal struct{ path, code string }

func (r refusal) String() string {
	if r.code == "" {
		return "`" + r.path + "`"
	}
	return fmt.Sprintf("`%s` (%s)", r.path, r.code)
}

// problemsOf the arguments, without deploying anything.
func problemsOf(set step) plan.Problems {
	args := base()
	set(args, newWorld())
	return components.PlanManagedIdentityCluster(args, worlds.Day).Problems
}

// notFound are the refusals that no problem stands for, and the problems that nobody expected: a set of arguments that is
// refused for another mistake proves nothing. Each problem has to say what to do.
func notFound(want []refusal, problems plan.Problems) []string {
	var out []string
	for _, r := range want {
		if !slices.ContainsFunc(problems, func(p plan.Problem) bool { return string(p.Path) == r.path && p.Code == r.code && p.Fix != "" }) {
			out = append(out, fmt.Sprintf("there is no problem at %s with a fix", r))
		}
	}
	for _, p := range problems {
		if !slices.ContainsFunc(want, func(r refusal) bool { return string(p.Path) == r.path }) {
			out = append(out, fmt.Sprintf("nobody expected %s", p))
		}
	}
	return out
}

func TestRefusedSituations(t *testing.T) {
	for _, s := range situations() {
		if len(s.refused) == 0 {
			continue
		}
		t.Run(s.name(), func(t *testing.T) {
			for _, complaint := range notFound(s.refused, problemsOf(s.set)) {
				t.Error(complaint)
			}
		})
	}
}

// refusals in one sentence.
func refusals(list []refusal) string {
	words := make([]string, len(list))
	for i, r := range list {
		words[i] = r.String()
	}
	return strings.Join(words, ", ")
}
