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

// knownOperations are operations that custom roles may name: those that built-in roles and the capabilities name one by one. Reading,
// writing and deleting the simulator's own types comes to it. Azure knows more: WithUnknownOperations.
var knownOperations = sync.OnceValue(func() (all struct{ actions, data operationNames }) {
	for _, names := range []*operationNames{&all.actions, &all.data} {
		*names = *newOperationNames()
	}
	for _, role := range rbac.AllBuiltinRoles() {
		all.actions.add(slices.Concat(role.Permissions.Actions, role.Permissions.NotActions)...)
		all.data.add(slices.Concat(role.Permissions.DataActions, role.Permissions.NotDataActions)...)
	}
	for _, capability := range rbac.Capabilities() {
		all.actions.add(capability.Actions...)
		all.data.add(capability.DataActions...)
	}
	return all
})

// operations are those that read, write and delete the modelled types.
func (t typeTable) operations() *operationNames {
	own := newOperationNames()
	for _, row := range t {
		if !row.given {
			own.add(row.action("read"), row.action("write"), row.action("delete"))
		}
	}
	return own
}

func newOperationNames() *operationNames {
	return &operationNames{names: map[string]bool{}, paths: map[string]bool{}}
}

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
	all, own := knownOperations(), c.types.operations()
	for _, list := range []struct {
		name, code string
		supported  []*operationNames
	}{
		{"actions", "InvalidActionOrNotAction", []*operationNames{&all.actions, own}},
		{"notActions", "InvalidActionOrNotAction", []*operationNames{&all.actions, own}},
		{"dataActions", "InvalidDataActionOrNotDataAction", []*operationNames{&all.data}},
		{"notDataActions", "InvalidDataActionOrNotDataAction", []*operationNames{&all.data}},
	} {
		for _, pattern := range texts(block, list.name) {
			if !slices.ContainsFunc(list.supported, func(o *operationNames) bool { return o.has(pattern) }) {
				return badRequest(list.code, list.name, "'%s' does not match any of the %s supported by the providers.", pattern, list.name)
			}
		}
	}
	return nil
}
