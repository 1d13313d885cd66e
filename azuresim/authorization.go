package azuresim

import (
	"strings"

	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

// admit checks what every operation has to pass, in ARM's order: the caller's permission, the subscription, locks, the
// group, the parent, and operations in progress.
func (c *Cloud) admit(q *request) *Error {
	if q.seeding {
		return nil
	}
	if err := c.authorize(q); err != nil {
		return err
	}
	if q.id.subscription != "" && c.subscriptions[strings.ToLower(q.id.subscription)] == "" {
		return refuse(404, CodeSubscriptionNotFound, "", "The subscription '%s' could not be found.", q.id.subscription)
	}
	if err := c.checkLocks(q); err != nil {
		return err
	}
	if err := c.checkParents(q); err != nil {
		return err
	}
	return c.checkBusy(q)
}

func (c *Cloud) authorize(q *request) *Error {
	verbs := map[Method]string{MethodPut: "write", MethodPatch: "write", MethodGet: "read", MethodDelete: "delete",
		MethodPost: q.action + "/action"}
	return c.authorizeAction(q.info.action(verbs[q.method]), actionScope(q))
}

// actionScope: a role assignment or lock is made at its scope, everything else at itself.
func actionScope(q *request) string {
	if q.info.extension {
		return "/" + strings.TrimPrefix(q.id.base, "/")
	}
	return q.id.canonical(q.info)
}

func (c *Cloud) authorizeAction(action, scope string) *Error {
	if c.deployerMay(action, scope) {
		return nil
	}
	return refuse(403, CodeAuthorizationFailed, "", "The client '%s' with object id '%s' does not have authorization to "+
		"perform action '%s' over scope '%s' or the scope is invalid.",
		DefaultDeployerClientID, DefaultDeployerObjectID, action, scope)
}

// linked checks a right that the caller needs on another resource because the request refers to it.
func (c *Cloud) linked(q *request, action, scope string) *Error {
	if q.seeding || c.deployerMay(action, scope) {
		return nil
	}
	return refuse(403, CodeLinkedAuthorizationFailed, "", "The client '%s' with object id '%s' has permission to perform "+
		"action '%s' on scope '%s'; however, it does not have permission to perform action '%s' on the linked scope '%s'.",
		DefaultDeployerClientID, DefaultDeployerObjectID, q.info.action("write"), q.rawID, action, scope)
}

// deployerMay evaluates the deployer's grants: those of WithDeployer and those made in the cloud.
func (c *Cloud) deployerMay(action, scope string) bool {
	if c.deployerGrants == nil {
		return true
	}
	return c.evaluate(DefaultDeployerObjectID, needs(scope, action)).Effect == rbac.Allow
}

// checkParents: the group and the enclosing resource must be there.
func (c *Cloud) checkParents(q *request) *Error {
	if q.info.extension || q.info.top {
		return nil
	}
	if c.lookup(q.id.groupID()) == nil {
		return refuse(404, CodeResourceGroupNotFound, "", "Resource group '%s' could not be found.", q.id.group)
	}
	parent, nested := q.id.parent()
	if !nested || q.method == MethodGet {
		return nil
	}
	id, err := parseID(parent)
	if err != nil {
		return err
	}
	info, err := c.types.of(id)
	if err != nil {
		return err
	}
	if c.lookup(id.canonical(info)) == nil && !c.alwaysThere(id) {
		return refuse(404, CodeParentResourceNotFound, "", "Can not perform requested operation on nested resource. "+
			"Parent resource '%s' not found.", strings.Join(id.names, "/"))
	}
	return nil
}

// checkLocks enforces Microsoft.Authorization/locks at the scope or above.
func (c *Cloud) checkLocks(q *request) *Error {
	if q.method == MethodGet || q.method == MethodPost || q.info.name == LockType {
		return nil
	}
	for _, r := range c.resources {
		if r.Type != LockType {
			continue
		}
		scope := lockScope(r)
		readOnly := strings.EqualFold(text(r.Body, "properties", "level"), "ReadOnly")
		if !readOnly && q.method != MethodDelete {
			continue
		}
		if within(scope, q.id.canonical(q.info)) || q.method == MethodDelete && within(q.id.canonical(q.info), scope) {
			return refuse(409, CodeScopeLocked, "", "The scope '%s' cannot perform the operation because the following "+
				"scope(s) are locked: '%s'.", q.rawID, scope)
		}
	}
	return nil
}

func lockScope(r *resource) string {
	return r.ID[:len(r.ID)-len("/providers/"+LockType+"/"+r.Name)]
}
