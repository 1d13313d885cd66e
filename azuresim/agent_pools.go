package azuresim

// putPool creates or updates an agent pool through its own resource.
func (c *Cloud) putPool(q *request) (*change, *Error) {
	if err := c.checkTracked(q); err != nil {
		return nil, err
	}
	parent, _ := q.id.parent()
	cluster := c.lookup(parent)
	v := c.viewOf(q, cluster)
	if !q.seeding {
		defer c.ripen(v.control.principal)
	}
	pool := v.mergePool(q.id.name(), orEmpty(object(q.body, "properties")))
	v.sent = []*poolView{pool}
	for _, check := range poolOperationChecks {
		if err := check(v); err != nil {
			return nil, err
		}
	}
	r := c.draft(q, map[string]any{"properties": pool.props})
	v.fillPool(pool)
	return c.stored(q, r), nil
}

var poolOperationChecks = []func(*clusterView) *Error{
	(*clusterView).checkPoolReferences,
	(*clusterView).checkPools,
	(*clusterView).checkAddressing,
	(*clusterView).checkPoolPlacement,
}

// checkPoolDelete keeps the last system pool.
func (c *Cloud) checkPoolDelete(q *request) *Error {
	parent, _ := q.id.parent()
	for _, r := range c.childrenOf(parent, AgentPoolType) {
		if r != q.old && isSystemPool(r.properties()) {
			return nil
		}
	}
	return badRequest(CodeMustDefineSystemPool, "", "There has to be at least one system pool; '%s' is the last one.", q.id.name())
}

// poolKeys are the keys of the pools of a cluster, which a PUT makes with it.
func (c *Cloud) poolKeys(q *request) []string {
	var keys []string
	for _, pool := range c.childrenOf(q.id.canonical(q.info), AgentPoolType) {
		keys = append(keys, pool.key())
	}
	return keys
}

// putMaintenance stores a maintenance configuration. Only three names mean something to AKS.
func (c *Cloud) putMaintenance(q *request) (*change, *Error) {
	props := orEmpty(object(q.body, "properties"))
	switch q.id.name() {
	case "default":
	case "aksManagedAutoUpgradeSchedule", "aksManagedNodeOSUpgradeSchedule":
		if object(props, "maintenanceWindow") == nil {
			return nil, badRequest(CodeInvalidParameter, "maintenanceWindow", "'%s' needs a maintenanceWindow.", q.id.name())
		}
	default:
		return nil, badRequest(CodeInvalidParameter, "name", "The maintenance configuration name '%s' is not supported.", q.id.name())
	}
	return c.stored(q, c.draft(q, map[string]any{"properties": props})), nil
}
