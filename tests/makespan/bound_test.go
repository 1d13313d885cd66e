package makespan_test

import (
	"slices"
	"strings"
	"time"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
)

// latencies are those of writing and deleting; everything else takes no time.
var latencies = map[string]time.Duration{
	azuresim.ManagedClusterType: 240 * time.Second, azuresim.AgentPoolType: 30 * time.Second,
	azuresim.IdentityType: 2 * time.Second, azuresim.RoleAssignmentType: time.Second,
}

func latency(o azuresim.Operation) time.Duration {
	if o.Method == azuresim.MethodGet || o.Method == azuresim.MethodPost {
		return 0
	}
	return latencies[o.Type]
}

// task is a write or a deletion that took place.
type task struct {
	azuresim.Operation
	number int // among the cloud's operations
}

// facts are what the rules ask about.
type facts struct {
	relies     map[int][]string  // number of an operation -> grants that gave it a right which it needed, in lower case
	identities map[string]string // principal -> user-assigned identity of the program, in lower case
	grants     map[string]string // grant, in lower case -> principal
}

// rule is an order that Azure forces, whatever tool deploys.
type rule struct {
	why    string
	forces func(f facts, first, later task) bool
}

var whenMaking = []rule{
	{"a group before what is in it", func(_ facts, first, later task) bool {
		return first.Type == azuresim.ResourceGroupType && strings.HasPrefix(lower(later), lower(first)+"/")
	}},
	{"an identity before a grant to it", func(f facts, first, later task) bool {
		return first.Type == azuresim.IdentityType && f.identities[f.grants[lower(later)]] == lower(first)
	}},
	{"an identity before the cluster that uses it", func(_ facts, first, later task) bool {
		return first.Type == azuresim.IdentityType && later.Type == azuresim.ManagedClusterType
	}},
	{"a grant before the operation that is checked against it", func(f facts, first, later task) bool {
		return slices.Contains(f.relies[later.number], lower(first))
	}},
	{"the cluster before a grant to what it makes", func(f facts, first, later task) bool {
		return first.Type == azuresim.ManagedClusterType && later.Type == azuresim.RoleAssignmentType && f.identities[f.grants[lower(later)]] == ""
	}},
	{"one operation at a time on a cluster with its pools", oneAtATime},
}

var whenRemoving = []rule{
	{"one operation at a time on a cluster with its pools", oneAtATime},
}

func oneAtATime(_ facts, first, later task) bool {
	held := first.Occupies()
	return held != "" && held == later.Occupies() && first.number < later.number
}

func lower(t task) string { return strings.ToLower(t.ID) }

// longest is the time of the longest chain of tasks that the rules force.
func longest(f facts, tasks []task, rules []rule) time.Duration {
	known := map[int]time.Duration{}
	var until func(t task) time.Duration
	until = func(t task) time.Duration {
		if d, ok := known[t.number]; ok {
			return d
		}
		var before time.Duration
		for _, first := range tasks {
			if first.number != t.number && slices.ContainsFunc(rules, func(r rule) bool { return r.forces(f, first, t) }) {
				before = max(before, until(first))
			}
		}
		known[t.number] = before + latency(t.Operation)
		return known[t.number]
	}
	var out time.Duration
	for _, t := range tasks {
		out = max(out, until(t))
	}
	return out
}

// oneByOne is the time of one command after the other. The Azure CLI waits for each.
func oneByOne(tasks []task) time.Duration {
	var out time.Duration
	for _, t := range tasks {
		out += latency(t.Operation)
	}
	return out
}
