package arm

import (
	"slices"
	"strings"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
)

// target is what an ARM path points at: one resource, or a collection or an action in or on a resource.
//
//	/subscriptions/S/resourceGroups/G/providers/Microsoft.Network/virtualNetworks/V          a resource
//	/subscriptions/S/resourceGroups/G/providers/Microsoft.Network/virtualNetworks            a collection
//	.../virtualNetworks/V/subnets                                                            a collection in a resource
//	.../managedClusters/C/listClusterUserCredential                                          an action, or a collection
//	.../virtualNetworks/V/providers/Microsoft.Authorization/roleAssignments                  a collection on a resource
//	.../providers/Microsoft.Sql//servers/S                                                   a resource without a parent
//
// The last is what the generic clients of the Azure CLI and of Azure's SDKs send, whose path has a place for a parent.
//
// Only the method tells an action from a collection.
type target struct {
	id        string // without the last segment of a collection or an action
	scope     string // what stands before the last provider block, "" for the tenant
	namespace string
	types     []string // of the resource, or of what holds the collection
	last      string   // the collection or action, "" for a resource
}

// parseTarget reads a path that has a provider block with at least one segment after the namespace.
func parseTarget(path string) (target, bool) {
	segments := strings.Split(strings.Trim(path, "/"), "/")
	at := lastProviders(segments)
	if at >= 0 && len(segments) > at+2 && segments[at+2] == "" {
		segments = slices.Delete(segments, at+2, at+3)
	}
	if at < 0 || len(segments) < at+3 {
		return target{}, false
	}
	t := target{scope: joined(segments[:at]), namespace: segments[at+1]}
	rest := segments[at+2:]
	if len(rest)%2 == 1 {
		t.last, rest = rest[len(rest)-1], rest[:len(rest)-1]
		segments = segments[:len(segments)-1]
	}
	for i := 0; i < len(rest); i += 2 {
		t.types = append(t.types, rest[i])
	}
	t.id = joined(segments)
	return t, true
}

func lastProviders(segments []string) int {
	for i, segment := range slices.Backward(segments) {
		if strings.EqualFold(segment, "providers") {
			return i
		}
	}
	return -1
}

func joined(segments []string) string {
	if len(segments) == 0 {
		return ""
	}
	return "/" + strings.Join(segments, "/")
}

// typeName is the full type of the resource, or of the one that an action is done on.
func (t target) typeName() string {
	return official(t.namespace + "/" + strings.Join(t.types, "/"))
}

// listed is the full type of what a collection holds.
func (t target) listed() string {
	return official(t.namespace + "/" + strings.Join(append(slices.Clone(t.types), t.last), "/"))
}

// holder is what a collection is in or on.
func (t target) holder() string {
	if len(t.types) > 0 {
		return t.id
	}
	return t.scope
}

// official is a type in Azure's spelling, as given when it is not known.
func official(name string) string {
	for _, known := range azuresim.KnownTypes() {
		if strings.EqualFold(known, name) {
			return known
		}
	}
	return name
}
