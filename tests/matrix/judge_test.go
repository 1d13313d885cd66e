package matrix_test

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
)

// end is what a scenario ends with.
type end struct {
	urns []string // of what the state has
}

func (r *run) end() (e end) {
	for _, res := range r.stack.Resources().Custom() {
		e.urns = append(e.urns, string(res.URN))
	}
	slices.Sort(e.urns)
	return e
}

// removeLeft removes what an interrupted run left behind under a name that nobody uses any more: the state names it among the pending
// operations, and docs/recovery.md says how. What is there and not named stays, for the judge to find.
func (r *run) removeLeft() (left []string) {
	pending := r.stack.Pending()
	for _, id := range r.orphans() {
		name := id[strings.LastIndex(id, "/")+1:]
		named := slices.ContainsFunc(pending, func(p simtest.Pending) bool {
			return p.Op == "creating" && strings.Contains(fmt.Sprint(p.Inputs.Mappable()), name)
		})
		if !named {
			continue
		}
		if _, err := r.cloud.Delete(context.Background(), id); err != nil {
			r.witness.Errorf("removing %s: %v", id, err)
		}
		left = append(left, id)
	}
	if len(pending) > 0 {
		r.stack.ClearPendingCreates()
		if refreshed := r.stack.Refresh(); refreshed.Err != nil {
			r.witness.Errorf("pulumi refresh --clear-pending-creates: %s", refreshed.Explain())
		}
	}
	return left
}

func (r *run) removeRole(name string) bool {
	for _, res := range r.cloud.Resources() {
		properties, _ := res.Body["properties"].(map[string]any)
		if res.Type == azuresim.RoleDefinitionType && properties["roleName"] == name {
			_, err := r.cloud.Delete(context.Background(), res.ID)
			return err == nil
		}
	}
	return false
}

// orphans are the things in Azure that are ours and that the state does not have.
func (r *run) orphans() (ids []string) {
	var known []string
	for _, res := range r.stack.Resources().Custom() {
		known = append(known, strings.ToLower(res.ID))
	}
	for _, res := range r.cloud.Resources() {
		if res.Seeded || r.madeByAKS(res.ID) {
			continue
		}
		id := strings.ToLower(res.ID)
		if !slices.ContainsFunc(known, func(k string) bool { return sameOrInside(res, id, k) }) {
			ids = append(ids, res.ID)
		}
	}
	return ids
}

// sameOrInside: a pool of a cluster that the state has belongs to it, a grant on it does not.
func sameOrInside(res azuresim.Resource, id, known string) bool {
	return id == known || res.Type == azuresim.AgentPoolType && strings.HasSuffix(id, "/agentpools/system") && strings.HasPrefix(id, known+"/") ||
		res.Type == azuresim.RoleDefinitionType && id[strings.LastIndex(id, "/"):] == known[strings.LastIndex(known, "/"):]
}

// madeByAKS: what is in a node group, the group itself included.
func (r *run) madeByAKS(id string) bool {
	return strings.Contains(strings.ToLower(id), "/resourcegroups/mc_")
}

// judge compares the state with Azure, and both with the end that there would have been.
func (r *run) judge(good end) (problems []string) {
	for _, id := range r.orphans() {
		problems = append(problems, "lost: "+id)
	}
	inAzure := map[string]bool{}
	for _, res := range r.cloud.Resources() {
		inAzure[strings.ToLower(res.ID)] = true
	}
	seen := map[string]bool{}
	for _, res := range r.stack.Resources().Custom() {
		id := strings.ToLower(res.ID)
		switch {
		case seen[id]:
			problems = append(problems, "duplicated: "+res.ID)
		case res.Delete:
			problems = append(problems, "wrong: waits for its deletion: "+res.ID)
		case len(res.InitErrors) > 0:
			problems = append(problems, "wrong: "+string(res.URN)+" has errors: "+strings.Join(res.InitErrors, "; "))
		case !inAzure[id] && !strings.HasSuffix(res.Type, ":RoleDefinition"):
			problems = append(problems, "wrong: the state has what Azure has not: "+res.ID)
		}
		seen[id] = true
	}
	if now := r.end(); !slices.Equal(now.urns, good.urns) {
		problems = append(problems, fmt.Sprintf("wrong: the state has %s\nand should have %s", strings.Join(now.urns, "\n"), strings.Join(good.urns, "\n")))
	}
	if len(r.stack.Pending()) > 0 {
		problems = append(problems, fmt.Sprintf("wrong: still pending: %v", r.stack.Pending()))
	}
	return append(problems, r.afterwards()...)
}

// afterwards: a preview changes nothing, and a destroy leaves nothing.
func (r *run) afterwards() (problems []string) {
	if r.phase != destroy {
		if preview := r.stack.Preview(); preview.Err != nil || !preview.Unchanged() {
			problems = append(problems, fmt.Sprintf("wrong: the preview is not empty: %s\n%s", preview.Explain(), preview.Steps.Changing()))
		}
		if gone := r.stack.Destroy(); gone.Err != nil {
			return append(problems, "wrong: it cannot be destroyed: "+gone.Explain())
		}
	}
	if !r.cloud.Empty() {
		for _, res := range r.cloud.Resources() {
			if !res.Seeded {
				problems = append(problems, "lost after destroy: "+res.ID)
			}
		}
	}
	return problems
}
