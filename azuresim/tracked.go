package azuresim

import "strings"

// putGroup creates or updates a resource group. Its location cannot change.
func (c *Cloud) putGroup(q *request) (*change, *Error) {
	if err := c.checkTracked(q); err != nil {
		return nil, err
	}
	r := c.draft(q, map[string]any{
		"location": region(text(q.body, "location")), "properties": map[string]any{"provisioningState": "Succeeded"}})
	if tags := object(q.body, "tags"); tags != nil {
		r.Body["tags"] = tags
	}
	if q.old != nil {
		if managed := text(q.old.Body, "managedBy"); managed != "" {
			r.Body["managedBy"] = managed
		}
	}
	return c.stored(q, r), nil
}

// checkTracked checks name and location, which all tracked resources have.
func (c *Cloud) checkTracked(q *request) *Error {
	if err := checkName(q); err != nil || q.info.noLocation {
		return err
	}
	return c.checkLocation(q)
}

// ruleTables are the rules that no model of a body holds, each kind in a table of its own.
var ruleTables = []func(*Cloud, *request) *Error{
	(*Cloud).checkDeleted,    // soft_delete.go
	(*Cloud).checkGlobalName, // global_names.go
	(*Cloud).checkFixed,      // immutable.go
	(*Cloud).checkTopology,   // topology.go
}

// checkRules asks the tables about a PUT. Regions and targets of references are asked when the references are resolved.
func (c *Cloud) checkRules(q *request) *Error {
	for _, check := range ruleTables {
		if err := check(c, q); err != nil {
			return err
		}
	}
	return nil
}

// putTracked stores a resource of a type without a behaviour of its own: name, location, references and identity are
// checked, a few outputs are filled in, the rest is kept as given.
func (c *Cloud) putTracked(q *request) (*change, *Error) {
	if err := c.checkTracked(q); err != nil {
		return nil, err
	}
	if q.info.extension {
		if err := c.scopeExists(q.id.base); err != nil {
			return nil, err
		}
	}
	if err := c.checkReferences(q, q.body); err != nil {
		return nil, err
	}
	if q.info.check != nil {
		if err := q.info.check(c, q); err != nil {
			return nil, err
		}
	}
	r := c.draft(q, q.recovered())
	if !q.info.noLocation {
		r.Body["location"] = region(text(r.Body, "location"))
	}
	if err := c.applyIdentity(r); err != nil {
		return nil, err
	}
	setState(r, "Succeeded")
	c.fillOutputs(r)
	plan := c.stored(q, r)
	plan.apply = func() {
		c.store(r)
		c.recover(q)
		c.keepSystemPrincipal(r)
	}
	return plan, nil
}

// keepSystemPrincipal makes the directory agree with the identity block of r.
func (c *Cloud) keepSystemPrincipal(r *resource) {
	if c.types.named(r.Type).ownIdentity {
		c.addPrincipal(c.systemPrincipal(r.ID))
		return
	}
	if strings.Contains(strings.ToLower(text(r.Body, "identity", "type")), "systemassigned") {
		c.addPrincipal(c.systemPrincipal(r.ID))
		return
	}
	c.retirePrincipals(r)
}

// fillOutputs sets the read-only properties that programs use.
func (c *Cloud) fillOutputs(r *resource) {
	if fill := c.types.named(r.Type).fill; fill != nil {
		fill(c, r)
	}
}

// scopeExists tells whether a scope of an extension resource is there.
func (c *Cloud) scopeExists(scope string) *Error {
	if scope == "" || scope == "/" {
		return nil
	}
	id, err := parseID(scope)
	if err != nil {
		return err
	}
	if id.namespace == "" && id.group == "" {
		if c.subscriptions[strings.ToLower(id.subscription)] == "" {
			return refuse(404, CodeSubscriptionNotFound, "", "The subscription '%s' could not be found.", id.subscription)
		}
		return nil
	}
	if _, known := c.managementGroups[key(scope)]; known {
		return nil
	}
	if isNamespace(id) {
		return c.namespaceExists(id)
	}
	info, err := c.types.of(id)
	if err != nil {
		return err
	}
	if id.group != "" && c.lookup(id.groupID()) == nil {
		return refuse(404, CodeResourceGroupNotFound, "", "Resource group '%s' could not be found.", id.group)
	}
	if c.lookup(id.canonical(info)) == nil {
		return refuse(404, CodeResourceNotFound, "", "The Resource '%s' was not found.", scope)
	}
	return nil
}
