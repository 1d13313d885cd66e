package azuresim

import "fmt"

// Modify changes the stored ARM body of a resource out of band: what a portal click or a controller would have done. The
// body has no id, name and type, and for a cluster no agent pools, which are resources of their own.
func (c *Cloud) Modify(id string, edit func(body map[string]any)) error {
	q := &request{method: MethodPut, rawID: id}
	if err := q.read(c.types); err != nil {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	r := c.find(q)
	if r == nil {
		return c.notFound(q)
	}
	if err := c.edited(r, edit); err != nil {
		return fmt.Errorf("modifying %s: %w", id, err)
	}
	return nil
}

// edited stores a resource with a changed body.
func (c *Cloud) edited(r *resource, edit func(body map[string]any)) error {
	body := cloneObject(r.Body)
	edit(body)
	body, err := normalizeObject(body)
	if err != nil {
		return err
	}
	changed := *r
	changed.Body = body
	c.store(&changed)
	return nil
}

// ScalePool is the cluster autoscaler at work.
func (c *Cloud) ScalePool(poolID string, count int) error {
	return c.Modify(poolID, func(body map[string]any) { put(body, count, "properties", "count") })
}

// UpgradeCluster is an automatic upgrade of the control plane and all pools to a full version.
func (c *Cloud) UpgradeCluster(clusterID, version string) error {
	err := c.Modify(clusterID, func(body map[string]any) { setVersion(body, version, clusterVersions...) })
	if err != nil {
		return err
	}
	for _, pool := range c.pools(clusterID) {
		err := c.Modify(pool, func(body map[string]any) { setVersion(body, version, poolVersions...) })
		if err != nil {
			return err
		}
	}
	return nil
}

func (c *Cloud) pools(clusterID string) []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	var out []string
	for _, r := range c.childrenOf(clusterID, AgentPoolType) {
		out = append(out, r.ID)
	}
	return out
}

// DeleteAssignment removes a role assignment out of band. It tells whether there was one.
func (c *Cloud) DeleteAssignment(id string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	r := c.lookup(id)
	if r == nil || !isAssignment(r) {
		return false
	}
	c.remove(r)
	return true
}
