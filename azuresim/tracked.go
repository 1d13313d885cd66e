package azuresim

import (
	"hash/fnv"
	"strconv"
	"strings"
)

// putGroup creates or updates a resource group. Its location cannot change.
func (c *Cloud) putGroup(q *request) (*change, *Error) {
	if err := checkTracked(q); err != nil {
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
func checkTracked(q *request) *Error {
	if q.info.names != nil && !q.info.names.MatchString(q.id.name()) {
		return badRequest(CodeInvalidResourceName, "", "Resource name '%s' is invalid for a %s.", q.id.name(), q.info.name)
	}
	if q.info.noLocation {
		return nil
	}
	location := text(q.body, "location")
	if location == "" {
		return badRequest(CodeLocationRequired, "location", "The location property is required for this definition.")
	}
	if q.old == nil || sameLocation(location, text(q.old.Body, "location")) {
		return nil
	}
	code := "InvalidResourceLocation"
	if q.info.name == ResourceGroupType {
		code = "InvalidResourceGroupLocation"
	}
	return refuse(409, code, "location", "The resource '%s' already exists in location '%s'. A resource with the same "+
		"name cannot be created in location '%s'.", q.id.name(), text(q.old.Body, "location"), location)
}

// contentChecks are rules for the bodies of single types, beyond what all tracked resources have.
var contentChecks = map[string]func(*Cloud, *request) *Error{
	WorkspaceType:          checkWorkspace,
	DataCollectionRuleType: checkRule,
	RuleAssociationType:    checkAssociation,
}

// putTracked stores a resource of a type without a behaviour of its own: name, location, references and identity are
// checked, a few outputs are filled in, the rest is kept as given.
func (c *Cloud) putTracked(q *request) (*change, *Error) {
	if err := checkTracked(q); err != nil {
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
	if check := contentChecks[q.info.name]; check != nil {
		if err := check(c, q); err != nil {
			return nil, err
		}
	}
	r := c.draft(q, q.body)
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
		c.keepSystemPrincipal(r)
	}
	return plan, nil
}

// keepSystemPrincipal makes the directory agree with the identity block of r.
func (c *Cloud) keepSystemPrincipal(r *resource) {
	if r.Type == ExtensionType {
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
	p, name := r.properties(), strings.ToLower(r.Name)
	switch r.Type {
	case PublicIPAddressType:
		setDefault(p, "Dynamic", "publicIPAllocationMethod")
		setDefault(p, "IPv4", "publicIPAddressVersion")
		setDefault(p, float64(4), "idleTimeoutInMinutes")
		if strings.EqualFold(text(p, "publicIPAllocationMethod"), "Static") {
			setDefault(p, addressOf(r.ID), "ipAddress")
		}
	case PublicIPPrefixType:
		setDefault(p, addressOf(r.ID)+"/28", "ipPrefix")
	case RegistryType:
		put(p, name+".azurecr.io", "loginServer")
		fillRegistry(r)
	case VaultType:
		put(p, "https://"+name+".vault.azure.net/", "vaultUri")
	case WorkspaceType:
		fillWorkspace(r)
	case DataCollectionRuleType:
		c.fillRule(r)
	case ExtensionType:
		principal := identityOf(systemIdentityKey(r.ID), 1)
		put(p, map[string]any{"type": "SystemAssigned", "principalId": principal.ID, "tenantId": DefaultTenantID},
			"aksAssignedIdentity")
	default:
		c.fillGiven(r)
	}
}

// addressOf gives each resource a public address of its own, from its name.
func addressOf(id string) string {
	h := fnv.New32a()
	_, _ = h.Write([]byte(key(id)))
	n := h.Sum32()
	parts := []uint32{20, n >> 16 & 255, n >> 8 & 255, n & 255}
	out := make([]string, len(parts))
	for i, part := range parts {
		out[i] = strconv.FormatUint(uint64(part), 10)
	}
	return strings.Join(out, ".")
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
	info, err := typeOf(id)
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
