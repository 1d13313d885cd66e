package matrix_test

import (
	"fmt"
	"math/rand"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
)

// phase is what the user was doing.
type phase string

const (
	up      phase = "up"
	update  phase = "update"
	refresh phase = "refresh"
	destroy phase = "destroy"
)

// call is one operation of a phase.
type call struct {
	azuresim.Operation
	index int // in the phase
	skip  int // so many equal ones come before it
}

func (c call) String() string {
	short := c.ID[strings.LastIndex(c.ID, "/")+1:]
	return fmt.Sprintf("%d %s %s %s%s", c.index, c.Method, c.Type[strings.LastIndex(c.Type, "/")+1:], short, c.Action)
}

func (c call) match() azuresim.Match {
	return azuresim.Match{Method: c.Method, Type: c.Type, ID: c.ID, Skip: c.skip}
}

// scenario is a deployment in one phase with one kind of names.
type scenario struct {
	deployment deployment
	phase      phase
	naming     naming
}

func (s scenario) String() string {
	return fmt.Sprintf("%s/%s/%s", s.deployment.name, s.phase, s.naming)
}

// one is a case: a scenario in which one thing goes wrong with one operation.
type one struct {
	scenario
	call  call
	fault fault
	// good is the end of the scenario when nothing goes wrong.
	good end
}

func (o one) String() string { return fmt.Sprintf("%s/%s/%s", o.scenario, o.fault.name, o.call) }

func scenarios() (all []scenario) {
	for _, d := range deployments {
		for _, p := range []phase{up, update, refresh, destroy} {
			if d.onlyUpdate && p != update {
				continue
			}
			for _, n := range []naming{fixed, random} {
				all = append(all, scenario{d, p, n})
			}
		}
	}
	return all
}

// rehearse runs the scenario without a fault: what it sends to Azure, and how it ends.
func (s scenario) rehearse(t *testing.T) ([]call, end) {
	t.Helper()
	r := s.begin(t)
	if problem := r.setUp(); problem != "" {
		t.Fatalf("%s: %s", s, problem)
	}
	done := len(r.cloud.Operations())
	if result := r.run(); result.Err != nil {
		t.Fatalf("%s: %s", s, result.Explain())
	}
	calls := callsOf(r.cloud.Operations()[done:])
	good := r.end()
	if problems := append(r.judge(good), r.witness.said...); len(problems) > 0 {
		t.Fatalf("%s without a fault: %s", s, strings.Join(problems, "\n"))
	}
	return calls, good
}

func callsOf(operations []azuresim.Operation) (calls []call) {
	seen := map[string]int{}
	for i, operation := range operations {
		// A match looks for a part of the ID.
		same := 0
		for _, earlier := range operations[:i] {
			if earlier.Method == operation.Method && earlier.Type == operation.Type &&
				strings.Contains(strings.ToLower(earlier.ID), strings.ToLower(operation.ID)) {
				same++
			}
		}
		seen[operation.ID]++
		calls = append(calls, call{Operation: operation, index: i, skip: same})
	}
	return calls
}

// leftOut counts what cannot happen, by fault and reason.
type leftOut map[string]int

// cases are all that can go wrong.
func cases(t *testing.T, c choice) (all []one, without leftOut) {
	t.Helper()
	without = leftOut{}
	for _, s := range scenarios() {
		if !c.concerns(s) {
			continue
		}
		calls, good := s.rehearse(t)
		for _, c := range calls {
			for _, f := range faults {
				if f.leftOut != nil {
					if reason := f.leftOut(c); reason != "" {
						without[f.name+": "+reason]++
						continue
					}
				}
				all = append(all, one{s, c, f, good})
			}
		}
	}
	return all, without
}

// choice says which cases are run.
type choice struct {
	seed  int64
	count int // 0: all
	only  string
}

// sampled is how many cases a plain test runs.
const sampled = 400

func chosen(t *testing.T) choice {
	t.Helper()
	c := choice{seed: 1, count: sampled, only: os.Getenv("AKSID_MATRIX_ONLY")}
	number := func(name string) int64 {
		n, err := strconv.ParseInt(os.Getenv(name), 10, 64)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		return n
	}
	if os.Getenv("AKSID_MATRIX_SEED") != "" {
		c.seed = number("AKSID_MATRIX_SEED")
	}
	switch os.Getenv("AKSID_MATRIX") {
	case "":
	case "all":
		c.count = 0
	default:
		c.count = int(number("AKSID_MATRIX"))
	}
	return c
}

// concerns tells whether a case of the scenario can be chosen: only may begin with the scenario's name.
func (c choice) concerns(s scenario) bool {
	known := slices.ContainsFunc(deployments, func(d deployment) bool { return strings.HasPrefix(c.only, d.name+"/") })
	return !known || strings.HasPrefix(c.only, s.String()) || strings.HasPrefix(s.String(), c.only)
}

// take takes a sample with equally many of each fault, as far as there are so many.
func (c choice) take(all []one) []one {
	if c.only != "" {
		return slices.DeleteFunc(slices.Clone(all), func(o one) bool { return !strings.Contains(o.String(), c.only) })
	}
	if c.count == 0 || c.count >= len(all) {
		return all
	}
	all = slices.Clone(all)
	rand.New(rand.NewSource(c.seed)).Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	byFault := map[string][]one{}
	for _, o := range all {
		byFault[o.fault.name] = append(byFault[o.fault.name], o)
	}
	var sample []one
	for round := 0; len(sample) < c.count; round++ {
		for _, f := range faults {
			if round < len(byFault[f.name]) && len(sample) < c.count {
				sample = append(sample, byFault[f.name][round])
			}
		}
	}
	return sample
}
