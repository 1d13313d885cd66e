package matrix_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
)

// witness collects what a stack has against a run, so that it counts for the case and ends nothing.
type witness struct {
	testing.TB
	said []string
}

func (w *witness) Helper()                        {}
func (w *witness) Errorf(format string, a ...any) { w.said = append(w.said, fmt.Sprintf(format, a...)) }

// run is a scenario on its way.
type run struct {
	scenario
	*world
	stack   *simtest.Stack
	witness *witness
	taken   *takenOver
}

func (s scenario) begin(t testing.TB, opts ...azuresim.Option) *run {
	r := &run{scenario: s, world: newWorld(opts...), witness: &witness{TB: t}, taken: &takenOver{byName: map[string]string{}}}
	r.stack = simtest.New(r.witness, r.program(false), simtest.WithCloud(r.cloud), simtest.WithAutonaming(newNamer(s.naming)),
		simtest.WithParallel(4))
	return r
}

func (r *run) program(second bool) pulumi.RunFunc {
	return r.deployment.program(r.world, second, r.taken)
}

// setUp deploys what is there before the phase.
func (r *run) setUp() (problem string) {
	if r.phase == up {
		return ""
	}
	if first := r.stack.Up(); first.Err != nil {
		return "the first deployment fails: " + first.Explain()
	}
	if r.phase == update {
		r.stack.SetProgram(r.program(true))
	}
	return ""
}

// run does once what the phase is.
func (r *run) run() simtest.Result {
	switch r.phase {
	case refresh:
		return r.stack.Refresh()
	case destroy:
		return r.stack.Destroy()
	default:
		return r.stack.Up()
	}
}

// outcome is how a case ended.
type outcome struct {
	runs int // 1, 2, 3: with which run it was done, but for repairs
	// repairs are the commands that the errors named, and that were run.
	repairs []string
	// left is what stayed in Azure, announced, and was removed by hand.
	left     []string
	problems []string
}

// mostRuns is how often a user runs the same again.
const mostRuns = 3

// play runs a case to its end.
func (o one) play(t testing.TB) (out outcome) {
	r := o.begin(t)
	if problem := r.setUp(); problem != "" {
		return outcome{problems: []string{problem}}
	}
	if o.fault.slow != nil {
		r = o.begin(t, o.fault.slow)
		if problem := r.setUp(); problem != "" {
			return outcome{problems: []string{problem}}
		}
	} else {
		rule := o.fault.put(r.cloud, o.call.match())
		defer func() {
			if rule.Hits() == 0 {
				out.problems = append(out.problems, "the fault never struck, so this case shows nothing")
			}
		}()
	}
	killed := false
	for {
		result := r.run()
		killed = killed || result.Killed
		if len(result.Pending) > 0 && !result.Killed {
			out.problems = append(out.problems, announced(result)...)
		}
		if out.runs++; result.Err == nil { // a killed one has an error
			break
		}
		command, repaired := "", false
		if !result.Killed {
			command, repaired = r.follow(result)
		}
		switch {
		case repaired:
			out.runs--
			out.repairs = append(out.repairs, command)
		case out.runs == mostRuns:
			out.problems = append(out.problems, "still fails: "+result.Explain())
			return out
		}
		if len(out.repairs) > 2*mostRuns {
			out.problems = append(out.problems, "repairs have no end: "+strings.Join(out.repairs, "\n"))
			return out
		}
	}
	if !o.fault.kills && len(out.repairs) > 0 {
		out.problems = append(out.problems, "needs a repair without a kill: "+strings.Join(out.repairs, "\n"))
	}
	if o.fault.kills && !killed {
		out.problems = append(out.problems, "nothing was killed, so this case shows nothing")
	}
	out.left = r.removeLeft()
	out.problems = append(out.problems, r.judge(o.good)...)
	out.problems = append(out.problems, r.witness.said...)
	return out
}

// announced: a run that begins with interrupted operations names each of them.
func announced(result simtest.Result) (problems []string) {
	for _, p := range result.Pending {
		if p.Op == "creating" && result.Err == nil && !strings.Contains(result.Diagnostics(), string(p.URN)) && len(result.Steps.Op("refresh")) == 0 {
			problems = append(problems, "nothing is said of the interrupted "+string(p.URN))
		}
	}
	return problems
}

var (
	importing = regexp.MustCompile(`pulumi import (\S+) (\S+) '([^']+)' --parent 'component=([^']+)' --protect=false --yes`)
	removing  = regexp.MustCompile(`az role definition delete --name '?([^'\n]+)'?`)
	unmaking  = regexp.MustCompile(`az role assignment delete --ids '([^']+)'`)
	adoptOwn  = regexp.MustCompile(`adopt: \{"assignments": "own"\}`)
	adopting  = regexp.MustCompile(`adoptedAssignments: \{"([^"]+)": "([^"]+)"\}`)
)

// follow does what an error says.
func (r *run) follow(result simtest.Result) (command string, done bool) {
	said := strings.Join(result.Errors(), "\n")
	if found := importing.FindStringSubmatch(said); found != nil {
		imported := r.stack.ImportInto(found[4], found[1], strings.Trim(found[2], "'"), found[3])
		if imported.Err != nil {
			r.witness.Errorf("%s: %s", found[0], imported.Explain())
		}
		return found[0], true
	}
	if found := removing.FindStringSubmatch(said); found != nil {
		return found[0], r.removeRole(found[1])
	}
	if found := adopting.FindStringSubmatch(said); found != nil {
		if held := r.stack.Resources().ByName(r.component() + "-" + found[1]); len(held) > 0 { // the preview replaces it
			return r.removeAssignment(said)
		}
		r.taken.byName[found[1]] = found[2]
		return found[0], true
	}
	if found := adoptOwn.FindString(said); found != "" {
		r.taken.own = true
		return found, true
	}
	return r.removeAssignment(said)
}

// component is the name of the component in the program that runs.
func (r *run) component() string {
	if r.phase == update && r.deployment.renamed != "" {
		return r.deployment.renamed
	}
	return "shop"
}

func (r *run) removeAssignment(said string) (command string, done bool) {
	found := unmaking.FindStringSubmatch(said)
	if found == nil {
		return "", false
	}
	return found[0], r.cloud.DeleteAssignment(found[1])
}
