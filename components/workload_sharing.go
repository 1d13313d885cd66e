package components

import (
	"fmt"
	"slices"
	"sync"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/internals"

	"github.com/aksidentity/pulumi-aksidentity/internal/run"
	"github.com/aksidentity/pulumi-aksidentity/plan"
	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

// sharing is what the workload identities of one program know of each other: those on one identity in Azure have its credentials
// together, and Azure refuses two writes there at once (ConcurrentFederatedIdentityCredentialsWritesForSingleManagedIdentity).
type sharing struct {
	mu      sync.Mutex
	members []*member
}

// member is one workload identity of the program.
type member struct {
	who string
	// own tells that the component makes the identity.
	own         bool
	id          plan.Value[string]
	arrives     pulumi.StringOutput
	credentials []plan.Occupant
	// made is closed once last is there: the credential that the component writes last.
	made chan struct{}
	last pulumi.Resource
}

type sharingKey struct{}

// sharingOf are the workload identities of the program so far.
func sharingOf(ctx *pulumi.Context) *sharing {
	return run.Of(ctx).Value(sharingKey{}, func() any { return &sharing{} }).(*sharing)
}

// enter adds a workload identity, and tells those that the program has made before it.
func (s *sharing) enter(m *member) (earlier []*member) {
	s.mu.Lock()
	defer s.mu.Unlock()
	m.made = make(chan struct{})
	earlier = slices.Clone(s.members)
	s.members = append(s.members, m)
	return earlier
}

// leave takes a workload identity out of which nothing is made.
func (s *sharing) leave(m *member) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.members = slices.DeleteFunc(s.members, func(other *member) bool { return other == m })
}

// mayShare tells whether an earlier one can turn out to have the same identity. One that makes its identity has it for itself, until
// a later one takes its ID, which is late then.
func (m *member) mayShare(earlier *member) bool {
	mine, known := m.id.Get()
	theirs, alsoKnown := earlier.id.Get()
	switch {
	case m.own:
		return false
	case known && alsoKnown:
		return oneResource(mine, theirs)
	default:
		return !known || !earlier.own
	}
}

func oneResource(a, b string) bool {
	one, err := rbac.ParseScope(a)
	other, bad := rbac.ParseScope(b)
	return err == nil && bad == nil && one.Equal(other)
}

// after are the last credentials of those that may have the same identity.
func (m *member) after(earlier []*member) (last []pulumi.Resource) {
	for _, e := range earlier {
		if m.mayShare(e) && e.isMade() {
			last = append(last, e.last)
		}
	}
	return last
}

// isMade waits for one that is being made at this moment, and tells whether it is.
func (m *member) isMade() bool {
	<-m.made
	return m.last != nil
}

// occupants are the credentials of those that have the identity. It waits for their IDs: what comes earlier never waits for it.
func (g *granter) occupants(m *member, earlier []*member, identity string) (all []plan.Occupant) {
	for _, e := range earlier {
		if !m.mayShare(e) || !e.isMade() {
			continue
		}
		result, err := internals.UnsafeAwaitOutput(g.ctx.Context(), e.arrives)
		if err != nil || !result.Known {
			continue
		}
		if id, isText := result.Value.(string); isText && oneResource(id, identity) {
			all = append(all, e.credentials...)
		}
	}
	return all
}

// asMember is the component among the workload identities of the program.
func (g *granter) asMember(w plan.Workload) *member {
	m := &member{who: fmt.Sprintf("%s %q", typeName(g.token), g.name), own: !w.IdentityID.IsSet(), id: w.IdentityID, credentials: w.Occupants()}
	for i := range m.credentials {
		m.credentials[i].By = m.who
	}
	return m
}
