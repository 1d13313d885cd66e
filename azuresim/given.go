package azuresim

import (
	"maps"
	"slices"
	"strings"
)

// givenType is what the simulator knows of a type that has no row: the name, as it is spelled where it is used.
func givenType(resourceType string) typeInfo {
	return typeInfo{name: resourceType, noLocation: true, given: true, put: (*Cloud).putGiven}
}

// standing tells where a given type stands: in a resource group it is taken for a resource of its own, anywhere else for an
// extension of what stands before it.
func (t typeInfo) standing(id resourceID) typeInfo {
	t.noLocation, t.extension = true, !id.inGroup()
	return t
}

// spelled is a type as the resources of the cloud spell it.
func (c *Cloud) spelled(resourceType string) string {
	for _, r := range c.resources {
		if strings.EqualFold(r.Type, resourceType) {
			return r.Type
		}
	}
	return resourceType
}

// mayBeListed refuses to list a type that nobody knows: an empty list would be a wrong answer when it is one that Azure fills (the
// sizes of machines in Microsoft.Compute/skus), or a misspelling.
func (c *Cloud) mayBeListed(name string) *Error {
	if err := c.mayBeGiven(name); err != nil {
		return err
	}
	if knownOperations().actions.names[strings.ToLower(name+"/write")] || slices.ContainsFunc(c.givenTypes(), func(given string) bool {
		return strings.EqualFold(given, name)
	}) {
		return nil
	}
	return refuse(404, CodeInvalidResourceType, name, "The resource type '%s' is not known to the simulator.", name)
}

// putGiven stores a resource of a type that is not modelled. What every resource has is checked: its parents and its scope, that it
// stays where it is, its identities, and the references that are known (references.go). The rest is kept as given.
func (c *Cloud) putGiven(q *request) (*change, *Error) {
	if err := c.mayBeGiven(q.info.name); err != nil {
		return nil, err
	}
	if q.info.extension {
		if err := c.scopeExists(q.id.base); err != nil {
			return nil, err
		}
	}
	if err := stays(q); err != nil {
		return nil, err
	}
	if err := c.checkReferences(q, q.body); err != nil {
		return nil, err
	}
	r := c.draft(q, q.body)
	if q.old != nil {
		r.Type = q.old.Type // as it was spelled first
	}
	if location := text(r.Body, "location"); location != "" {
		r.Body["location"] = region(location)
	}
	if err := c.applyIdentity(r); err != nil {
		return nil, err
	}
	if _, isObject := r.Body["properties"].(map[string]any); isObject || r.Body["properties"] == nil {
		setState(r, "Succeeded")
	}
	c.fillOutputs(r)
	plan := c.stored(q, r)
	plan.apply = func() {
		c.store(r)
		c.keepSystemPrincipal(r)
	}
	return plan, nil
}

// mayBeGiven refuses a type that is the misspelling of a modelled one, or that is not wanted at all.
func (c *Cloud) mayBeGiven(name string) *Error {
	if c.quirks.OnlyModelledTypes {
		return refuse(404, CodeInvalidResourceType, name, "The resource type '%s' is not modelled by the simulator, and "+
			"WithOnlyModelledTypes asks to refuse such types.", name)
	}
	if knownOperations().actions.paths[strings.ToLower(name)] {
		return nil // Azure's built-in roles name it
	}
	for _, modelled := range c.types.modelled() {
		if oneMistake(strings.ToLower(name), strings.ToLower(modelled)) {
			return refuse(404, CodeInvalidResourceType, name, "The resource type '%s' could not be found. Did you mean '%s'?", name, modelled)
		}
	}
	return nil
}

// oneMistake tells whether two words differ by one letter too many, one too few, another one, or two neighbours swapped. More would
// take natGateways and vpnGateways for the same word.
func oneMistake(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	if len(a) < len(b) {
		return a[i:] == b[i+1:]
	}
	if i == len(a) {
		return false
	}
	swapped := i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
	return swapped || a[i+1:] == b[i+1:]
}

// alwaysThere tells the parents that nobody makes: the blob service "default" of a storage account, for instance.
func (c *Cloud) alwaysThere(id resourceID) bool {
	parent, nested := id.parent()
	return nested && strings.EqualFold(id.name(), "default") && c.lookup(parent) != nil
}

// GivenTypes lists the types that the cloud has accepted as given so far, sorted: nothing in their bodies was judged. Types that
// Seed put there are among them while they exist.
func (c *Cloud) GivenTypes() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.givenTypes()
}

func (c *Cloud) givenTypes() []string {
	types := map[string]bool{}
	for _, r := range c.resources {
		types[r.Type] = c.types.named(r.Type).given
	}
	for _, op := range c.log {
		types[op.Type] = types[op.Type] || op.Given && op.Method == MethodPut && op.Code == ""
	}
	maps.DeleteFunc(types, func(_ string, given bool) bool { return !given })
	return slices.Sorted(maps.Keys(types))
}
