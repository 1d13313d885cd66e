package azuresim

import (
	"errors"
	"strings"

	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

// resourceID is a parsed ARM id. The last provider block names the resource, what stands before it is its base: a
// resource group for most resources, any scope for an extension resource such as a role assignment.
type resourceID struct {
	subscription string
	group        string
	base         string // letters as given, no trailing slash; "" for the tenant
	namespace    string // "" for a bare subscription or resource group
	types        []string
	names        []string
}

// parseID reads an id as ARM does: what rbac takes for a scope, from its first slash to the last name. The tenant itself, which is
// a slash alone, is no resource.
func parseID(id string) (resourceID, *Error) {
	if !strings.HasPrefix(id, "/") || len(id) < 2 {
		return resourceID{}, malformed(id, "it must begin with a slash and name something")
	}
	if strings.HasSuffix(id, "/") {
		return resourceID{}, malformed(id, "it has an empty segment")
	}
	scope, err := rbac.ParseScope(id)
	if err != nil {
		return resourceID{}, malformed(id, reasonOf(err))
	}
	parts := scope.Parts()
	base := strings.TrimSuffix(parts.Base.String(), "/")
	if parts.Namespace == "" {
		base = ""
	}
	return resourceID{subscription: parts.SubscriptionID, group: parts.ResourceGroup, base: base, namespace: parts.Namespace,
		types: parts.Types, names: parts.Names}, nil
}

func reasonOf(err error) string {
	var wrong *rbac.ScopeError
	if errors.As(err, &wrong) {
		return wrong.Reason
	}
	return err.Error()
}

func malformed(id, reason string) *Error {
	return badRequest(CodeInvalidResourceID, id, "The resource id '%s' is malformed: %s.", id, reason)
}

// typeName is the full type, letters as given.
func (id resourceID) typeName() string {
	if id.namespace != "" {
		return id.namespace + "/" + strings.Join(id.types, "/")
	}
	if id.group != "" {
		return ResourceGroupType
	}
	return "Microsoft.Resources/subscriptions"
}

func (id resourceID) name() string {
	switch {
	case len(id.names) > 0:
		return id.names[len(id.names)-1]
	case id.group != "":
		return id.group
	default:
		return id.subscription
	}
}

// canonical writes the id as Azure returns it: types in their official spelling, names as given, and "resourcegroups"
// in lower case for the types that are known for it (facts: recorded provider traffic, AKS and managed identities).
func (id resourceID) canonical(info typeInfo) string {
	if id.namespace == "" {
		if id.group == "" {
			return "/subscriptions/" + id.subscription
		}
		return GroupID(id.subscription, id.group)
	}
	base := id.base
	if !info.extension && id.group != "" {
		word := "resourceGroups"
		if info.lowerGroup {
			word = "resourcegroups"
		}
		base = "/subscriptions/" + id.subscription + "/" + word + "/" + id.group
	}
	official := strings.Split(info.name, "/")
	var b strings.Builder
	b.WriteString(base + "/providers/" + official[0])
	for i, name := range id.names {
		b.WriteString("/" + official[i+1] + "/" + name)
	}
	return b.String()
}

// inGroup tells whether it is, or lies in, a resource of a resource group: /subscriptions/S/resourceGroups/G/providers/...
func (id resourceID) inGroup() bool { return id.group != "" && strings.Count(key(id.base), "/") == 4 }

// parent is the id of the enclosing resource of a nested one: the virtual network of a subnet.
func (id resourceID) parent() (string, bool) {
	if len(id.names) < 2 {
		return "", false
	}
	last := len(id.names) - 1
	var b strings.Builder
	b.WriteString(id.base + "/providers/" + id.namespace)
	for i := range last {
		b.WriteString("/" + id.types[i] + "/" + id.names[i])
	}
	return b.String(), true
}

func (id resourceID) groupID() string { return GroupID(id.subscription, id.group) }

// key is how the store remembers an id: Azure compares ids without regard to case.
func key(id string) string { return strings.ToLower(strings.TrimSuffix(id, "/")) }

// sameID compares two ids without regard to case and trailing slash.
func sameID(a, b string) bool { return key(a) == key(b) }

// within tells that id is scope or lies below it.
func within(scope, id string) bool {
	s, i := key(scope), key(id)
	return i == s || strings.HasPrefix(i, s+"/")
}

// GroupID is the id of a resource group.
func GroupID(subscription, group string) string {
	return "/subscriptions/" + subscription + "/resourceGroups/" + group
}

// ID builds the id of a resource in the default subscription, for tests:
//
//	ID("network", SubnetType, "vnet", "nodes")
//
// A nested type needs one name for each level. ID does not check anything: the cloud refuses what is malformed.
func ID(group, resourceType string, names ...string) string {
	return IDIn(DefaultSubscriptionID, group, resourceType, names...)
}

// IDIn is ID in the given subscription.
func IDIn(subscription, group, resourceType string, names ...string) string {
	parts := strings.Split(resourceType, "/")
	var b strings.Builder
	b.WriteString(GroupID(subscription, group) + "/providers/" + parts[0])
	for i, name := range names {
		if i+1 < len(parts) {
			b.WriteString("/" + parts[i+1])
		}
		b.WriteString("/" + name)
	}
	return b.String()
}
