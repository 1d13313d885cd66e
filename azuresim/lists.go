package azuresim

import (
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

// List reads all resources of a type at or below a scope: the children of a resource, the resources of a group or of a
// subscription, all of the tenant for "". Type "" stands for all that have a location and are no resource group, as in
// ARM's list of resources. Role assignments are listed by AssignmentsAround, role definitions by Roles. A type that is not modelled
// is refused with InvalidResourceType when nothing was ever made of it and no built-in role of Azure names writing it.
func (c *Cloud) List(ctx context.Context, scope, resourceType string) ([]map[string]any, error) {
	if err := canceled(ctx); err != nil {
		return nil, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	action := "Microsoft.Resources/subscriptions/resources/read"
	if resourceType != "" {
		info := c.types.named(c.spelled(resourceType))
		if info.given {
			if err := c.mayBeListed(info.name); err != nil {
				return nil, err
			}
		}
		resourceType, action = info.name, info.action("read")
	}
	if err := c.mayList(action, scope); err != nil {
		return nil, err
	}
	out := []map[string]any{}
	for _, r := range c.inside(scope) {
		if r.Type == resourceType || resourceType == "" && c.isListed(r) {
			out = append(out, c.render(r))
		}
	}
	return out, nil
}

// mayList checks that the scope is there and that the deployer may read in it.
func (c *Cloud) mayList(action, scope string) *Error {
	if err := c.authorizeAction(action, "/"+strings.TrimPrefix(scope, "/")); err != nil {
		return err
	}
	return c.scopeExists(scope)
}

func (c *Cloud) isListed(r *resource) bool {
	info := c.types.named(r.Type)
	if info.given {
		return text(r.Body, "location") != ""
	}
	return !info.top && !info.noLocation
}

// AssignmentsAround reads the role assignments that ARM lists for a scope: at it, above it and below it.
func (c *Cloud) AssignmentsAround(ctx context.Context, scope string) ([]map[string]any, error) {
	if err := canceled(ctx); err != nil {
		return nil, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if err := c.mayList(RoleAssignmentType+"/read", scope); err != nil {
		return nil, err
	}
	out := []map[string]any{}
	for _, r := range c.assignments() {
		at := text(r.Body, "properties", "scope")
		if c.covers(at, scope) || c.covers(scope, at) {
			out = append(out, c.render(r))
		}
	}
	return out, nil
}

// covers tells whether a grant at outer reaches inner, management groups included.
func (c *Cloud) covers(outer, inner string) bool {
	o, err := rbac.ParseScope("/" + strings.TrimPrefix(outer, "/"))
	if err != nil {
		return false
	}
	i, err := rbac.ParseScope("/" + strings.TrimPrefix(inner, "/"))
	return err == nil && (o.Equal(i) || c.hierarchy().Contains(o, i))
}

// Covers tells whether a role assignment at outer has an effect at inner.
func (c *Cloud) Covers(outer, inner string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.covers(outer, inner)
}

// Roles reads the role definitions that can be assigned at a scope, as ARM lists them: the built-in ones, then the custom
// ones.
func (c *Cloud) Roles(ctx context.Context, scope string) ([]map[string]any, error) {
	if err := canceled(ctx); err != nil {
		return nil, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if err := c.mayList(RoleDefinitionType+"/read", scope); err != nil {
		return nil, err
	}
	out := []map[string]any{}
	subscription := ""
	if id, err := parseID(scope); err == nil {
		subscription = id.subscription
	}
	for _, role := range rbac.AllBuiltinRoles() {
		out = append(out, builtinBody(role, subscription))
	}
	for _, k := range slices.Sorted(maps.Keys(c.resources)) {
		r := c.resources[k]
		if ofTenant(r.Type) && slices.ContainsFunc(texts(r.Body, "properties", "assignableScopes"),
			func(at string) bool { return c.covers(at, scope) }) {
			out = append(out, c.render(r))
		}
	}
	return out, nil
}

// Permissions reads what the deployer may do at a scope, one entry for each of its effective grants there.
func (c *Cloud) Permissions(ctx context.Context, scope string) ([]map[string]any, error) {
	if err := canceled(ctx); err != nil {
		return nil, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if err := c.scopeExists(scope); err != nil {
		return nil, err
	}
	out := []map[string]any{}
	for _, grant := range c.grantsOf(DefaultDeployerObjectID) {
		if !c.covers(grant.Scope.String(), scope) {
			continue
		}
		block, _ := normalizeObject(permissionBlock(grant.Role.Permissions))
		out = append(out, block)
	}
	return out, nil
}

// Subscriptions lists the ids of the subscriptions, sorted.
func (c *Cloud) Subscriptions() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	out := make([]string, 0, len(c.subscriptions))
	for _, k := range slices.Sorted(maps.Keys(c.subscriptions)) {
		out = append(out, c.subscriptions[k])
	}
	return out
}
