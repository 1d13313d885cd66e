package main

import (
	"cmp"
	"slices"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/auto/events"

	"github.com/aksidentity/pulumi-aksidentity/plan"
)

// listener collects the events of one operation.
type listener struct {
	events chan events.EngineEvent
	seen   []events.EngineEvent
	done   chan struct{}
}

func listen() *listener {
	l := &listener{events: make(chan events.EngineEvent), done: make(chan struct{})}
	go func() {
		defer close(l.done)
		for e := range l.events {
			l.seen = append(l.seen, e)
		}
	}()
	return l
}

// all waits for the last event. The Automation API closes the channel when an operation has succeeded, so ask only then.
func (l *listener) all() []events.EngineEvent {
	<-l.done
	return l.seen
}

// plannedGrant is one line of the table of planned grants.
type plannedGrant struct{ Who, Role, On, When, Why string }

// plannedIn reads what the components of a preview say they will grant, their output plannedGrants, in the order in which the
// grants have to exist. Components end in any order, so others than the phases come by who and what.
func plannedIn(seen []events.EngineEvent) []plannedGrant {
	var found []plannedGrant
	for _, e := range seen {
		if e.ResOutputsEvent == nil || e.ResOutputsEvent.Metadata.New == nil {
			continue
		}
		component := e.ResOutputsEvent.Metadata
		if !strings.HasPrefix(component.Type, "aksidentity:") {
			continue
		}
		planned, _ := component.New.Outputs["plannedGrants"].([]any)
		name := component.URN[strings.LastIndex(component.URN, "::")+2:]
		for _, p := range planned {
			record, _ := p.(map[string]any)
			found = append(found, plannedGrant{
				Who: holder(text(record, "identity"), name), Role: text(record, "role"), On: text(record, "on"),
				When: text(record, "phase"), Why: text(record, "reason"),
			})
		}
	}
	order := []string{string(plan.BeforeCluster), string(plan.AfterCluster), string(plan.BeforeUse)}
	slices.SortFunc(found, func(a, b plannedGrant) int {
		return cmp.Or(
			cmp.Compare(slices.Index(order, a.When), slices.Index(order, b.When)), cmp.Compare(a.Who, b.Who), cmp.Compare(a.On, b.On))
	})
	return found
}

// holder is an identity in words. The principal of a delegation is anybody's, so the delegation is named.
func holder(identity, component string) string {
	if identity == "principal" {
		return "principal of " + component
	}
	return strings.ReplaceAll(identity, "-", " ")
}
