package audit

import (
	"slices"
	"strings"

	"github.com/aksidentity/pulumi-aksidentity/cmd/aksid/internal/estate"
	"github.com/aksidentity/pulumi-aksidentity/plan"
)

// Subscriptions are those in which the clusters of an estate work with something, by ID.
func Subscriptions(e *estate.Estate) (ids []string, err error) {
	a := newAuditor(e, Source{})
	for _, c := range a.Clusters {
		if err := a.touch(c); err != nil {
			return nil, err
		}
	}
	for _, t := range a.touches {
		ids = union(ids, []string{t.resource.SubscriptionID()})
	}
	slices.Sort(ids)
	return ids, nil
}

// KubenetSubnets are the node subnets of clusters with kubenet: their route tables are written.
func KubenetSubnets(e *estate.Estate) (ids []string) {
	around := surroundingsOf(e)
	for _, c := range e.Clusters {
		shape, _ := shapeOf(c, around)
		if shape.Network.Plugin != plan.NetworkPluginKubenet {
			continue
		}
		for _, key := range sortedKeys(shape.Subnets) {
			ids = union(ids, []string{shape.Subnets[key].Or("")})
		}
	}
	return ids
}

// unread says why the assignments in the subscription of a touch could not be read; empty when they were.
func (s Source) unread(t touch) string { return s.Unread[strings.ToLower(t.resource.SubscriptionID())] }
