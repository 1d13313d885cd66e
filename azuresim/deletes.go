package azuresim

// prepareDelete: 200 when there was something, 204 when there was nothing.
func (c *Cloud) prepareDelete(q *request) (*change, *Error) {
	nothing := func() map[string]any { return map[string]any{} }
	if q.old == nil {
		if q.info.name == ResourceGroupType {
			return nil, c.notFound(q)
		}
		return &change{status: 204, body: nothing}, nil
	}
	r := q.old
	if err := c.checkDelete(q); err != nil {
		return nil, err
	}
	plan := &change{status: 200, body: nothing, apply: func() { c.removeTree(r.ID) }}
	switch r.Type {
	case RoleAssignmentType:
		gone := c.render(r)
		plan.body = func() map[string]any { return gone }
	case RoleDefinitionType:
		plan.apply = func() { c.remove(r) }
	}
	return plan, nil
}

func (c *Cloud) checkDelete(q *request) *Error {
	switch q.old.Type {
	case RoleDefinitionType:
		return c.roleUnused(q.old)
	case AgentPoolType:
		return c.checkPoolDelete(q)
	case ManagedClusterType, DataCollectionRuleType:
		if err := c.checkAssociations(q.old); err != nil {
			return err
		}
	case PrivateDNSZoneType:
		if len(c.childrenOf(q.old.ID, VirtualNetworkLinkType)) > 0 {
			return refuse(409, "CannotDeleteResource", "", "Cannot delete resource while nested resources exist: "+
				"virtualNetworkLinks of '%s'.", q.old.ID)
		}
	}
	return c.checkUnused(q.old.ID)
}
