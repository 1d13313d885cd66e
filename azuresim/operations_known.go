package azuresim

import (
	"slices"
	"strings"
	"sync"

	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

// operationNames are operations of resource providers, in lower case, with the paths of what they are done on.
type operationNames struct {
	names, paths map[string]bool
}

// knownOperations are the operations that custom roles may name: those that built-in roles and the capabilities name one by one, and
// reading, writing and deleting the simulator's own types. Azure knows more: WithUnknownOperations.
var knownOperations = sync.OnceValue(func() (all struct{ actions, data operationNames }) {
	for _, names := range []*operationNames{&all.actions, &all.data} {
		*names = operationNames{names: map[string]bool{}, paths: map[string]bool{}}
	}
	for _, role := range rbac.AllBuiltinRoles() {
		all.actions.add(slices.Concat(role.Permissions.Actions, role.Permissions.NotActions)...)
		all.data.add(slices.Concat(role.Permissions.DataActions, role.Permissions.NotDataActions)...)
	}
	for _, capability := range rbac.Capabilities() {
		all.actions.add(capability.Actions...)
		all.data.add(capability.DataActions...)
	}
	for _, info := range knownTypes {
		all.actions.add(info.action("read"), info.action("write"), info.action("delete"))
	}
	return all
})

func (o *operationNames) add(operations ...string) {
	for _, operation := range operations {
		if name := strings.ToLower(operation); !strings.Contains(name, "*") {
			o.names[name] = true
			o.paths[pathOf(name)] = true
		}
	}
}

// pathOf is the part of an operation that names the resource: without the verb, and without "name/action".
func pathOf(operation string) string {
	path := operation[:max(strings.LastIndex(operation, "/"), 0)]
	if strings.HasSuffix(operation, "/action") {
		path = path[:max(strings.LastIndex(path, "/"), 0)]
	}
	return path
}

var plainVerbs = []string{"read", "write", "delete"}

// has tells whether a provider supports an operation, or at least one of those that a pattern stands for.
func (o *operationNames) has(pattern string) bool {
	name := strings.ToLower(pattern)
	if !strings.Contains(name, "*") {
		verb := name[strings.LastIndex(name, "/")+1:]
		return o.names[name] || o.paths[pathOf(name)] && slices.Contains(plainVerbs, verb)
	}
	for each := range o.names {
		if rbac.MatchAction(name, each) {
			return true
		}
	}
	return false
}

// checkOperations refuses a block of permissions that names what no provider supports, or names data actions among actions.
// The codes are those of Azure's documentation on troubleshooting, from general knowledge.
func (c *Cloud) checkOperations(block map[string]any) *Error {
	if c.quirks.UnknownOperations {
		return nil
	}
	all := knownOperations()
	for _, list := range []struct {
		name, code string
		supported  *operationNames
	}{
		{"actions", "InvalidActionOrNotAction", &all.actions},
		{"notActions", "InvalidActionOrNotAction", &all.actions},
		{"dataActions", "InvalidDataActionOrNotDataAction", &all.data},
		{"notDataActions", "InvalidDataActionOrNotDataAction", &all.data},
	} {
		for _, pattern := range texts(block, list.name) {
			if !list.supported.has(pattern) {
				return badRequest(list.code, list.name, "'%s' does not match any of the %s supported by the providers.", pattern, list.name)
			}
		}
	}
	return nil
}
