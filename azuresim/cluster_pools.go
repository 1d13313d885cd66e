package azuresim

import "strings"

// poolView is one pool as the checks see it.
type poolView struct {
	name   string
	props  map[string]any // after the operation
	old    map[string]any // before, nil when new
	stored *resource      // nil when new
}

func (p *poolView) subnet() string { return text(p.props, "vnetSubnetID") }

// readPools merges the inline pools of a cluster PUT with the stored ones. A pool that the request does not name stays.
func (v *clusterView) readPools(inline []map[string]any) *Error {
	stored := map[string]*resource{}
	if v.old != nil {
		for _, r := range v.c.childrenOf(v.old.ID, AgentPoolType) {
			stored[r.Name] = r
			v.pools = append(v.pools, &poolView{name: r.Name, stored: r, old: r.properties(), props: cloneObject(r.properties())})
		}
	}
	seen := map[string]bool{}
	for i, profile := range inline {
		name := text(profile, "name")
		if !poolName.allows(name) || seen[name] {
			return badRequest(CodeInvalidParameter, "agentPoolProfiles.name",
				"The agent pool name '%s' (element %d) is missing, malformed or used twice.", name, i)
		}
		seen[name] = true
		if v.old != nil && stored[name] == nil {
			return badRequest(CodeBadRequest, "agentPoolProfiles", "A new agent pool was introduced. Adding agent pools to an "+
				"existing cluster is not allowed through managed cluster operations. For agent pool specific change, please use "+
				"per agent pool operations: https://aka.ms/agent-pool-rest-api")
		}
		v.sent = append(v.sent, v.mergePool(name, profile))
	}
	v.warnOmitted(seen, len(inline))
	return nil
}

// mergePool overlays a sent profile on the stored pool of that name.
func (v *clusterView) mergePool(name string, profile map[string]any) *poolView {
	sent := poolProperties(profile)
	for _, pool := range v.pools {
		if pool.name == name {
			pool.props = overlay(pool.old, sent)
			return pool
		}
	}
	pool := &poolView{name: name, props: cloneObject(sent)}
	v.pools = append(v.pools, pool)
	return pool
}

func poolProperties(profile map[string]any) map[string]any {
	sent := cloneObject(profile)
	for _, name := range []string{"name", "provisioningState", "powerState", "currentOrchestratorVersion", "nodeImageVersion"} {
		delete(sent, name)
	}
	if size, given := number(sent, "osDiskSizeGB"); given && size == 0 {
		delete(sent, "osDiskSizeGB") // 0 asks for the default
	}
	return sent
}

func (v *clusterView) warnOmitted(sent map[string]bool, count int) {
	if v.old == nil || count == 0 {
		return
	}
	for _, pool := range v.pools {
		if !sent[pool.name] {
			v.c.warnings = append(v.c.warnings, "the update of "+v.id+" does not list the agent pool "+pool.name+
				"; it is kept (what Azure does is not verified)")
		}
	}
}

// checkPools checks all pools of a cluster PUT.
func (v *clusterView) checkPools() *Error {
	if len(v.pools) == 0 {
		return badRequest(CodeMustDefineSystemPool, "agentPoolProfiles", "A cluster needs at least one system pool.")
	}
	for _, pool := range v.sent {
		if err := v.checkPool(pool); err != nil {
			return err
		}
	}
	for _, pool := range v.pools {
		if isSystemPool(pool.props) {
			return nil
		}
	}
	return badRequest(CodeMustDefineSystemPool, "agentPoolProfiles", "A cluster needs at least one system pool.")
}

func isSystemPool(props map[string]any) bool { return strings.EqualFold(text(props, "mode"), "System") }

// renderPools shows all pools of a cluster as agentPoolProfiles, in the order of their creation.
func (c *Cloud) renderPools(clusterID string) []any {
	profiles := []any{}
	for _, r := range c.childrenOf(clusterID, AgentPoolType) {
		profile := cloneObject(r.properties())
		profile["name"] = r.Name
		if state := c.states[r.key()]; state != "" {
			profile["provisioningState"] = state
		}
		profiles = append(profiles, profile)
	}
	return profiles
}
