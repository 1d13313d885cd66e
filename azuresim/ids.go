package azuresim

import (
	"fmt"
	"strings"
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

// parseID understands
//
//	/subscriptions/S
//	/subscriptions/S/resourceGroups/G
//	<base>/providers/Namespace/type/name[/childType/childName...]
//
// where base is one of the above, "" (the tenant), or again an id with a provider block.
func parseID(id string) (resourceID, *Error) {
	segments := strings.Split(strings.TrimPrefix(id, "/"), "/")
	if !strings.HasPrefix(id, "/") || len(id) < 2 {
		return resourceID{}, malformed(id, "it must begin with a slash and name something")
	}
	for _, s := range segments {
		if s == "" || strings.TrimSpace(s) != s {
			return resourceID{}, malformed(id, "it has an empty segment or a space at the edge of one")
		}
	}
	p := idParser{id: id, rest: segments}
	return p.parse()
}

func malformed(id, reason string) *Error {
	return badRequest(CodeInvalidResourceID, id, "The resource id '%s' is malformed: %s.", id, reason)
}

type idParser struct {
	id   string
	rest []string
	done []string
}

// take removes n segments from the front.
func (p *idParser) take(n int) []string {
	taken := p.rest[:n]
	p.done, p.rest = append(p.done, taken...), p.rest[n:]
	return taken
}

func (p *idParser) next(keyword string) bool {
	return len(p.rest) > 0 && strings.EqualFold(p.rest[0], keyword)
}

func (p *idParser) parse() (resourceID, *Error) {
	var out resourceID
	if p.next("subscriptions") {
		if len(p.rest) < 2 {
			return out, malformed(p.id, "the subscription has no name")
		}
		out.subscription = p.take(2)[1]
		if p.next("resourceGroups") {
			if len(p.rest) < 2 {
				return out, malformed(p.id, "the resource group has no name")
			}
			out.group = p.take(2)[1]
		}
	}
	for len(p.rest) > 0 {
		if err := p.block(&out); err != nil {
			return out, err
		}
	}
	return out, nil
}

// block reads /providers/Namespace/type/name..., up to the end or to the next provider block.
func (p *idParser) block(out *resourceID) *Error {
	if !p.next("providers") {
		return malformed(p.id, fmt.Sprintf("expected 'providers' instead of '%s'", p.rest[0]))
	}
	out.base = joinID(p.done)
	if len(p.rest) < 2 {
		return malformed(p.id, "the provider has no namespace")
	}
	out.namespace, out.types, out.names = p.take(2)[1], nil, nil
	for len(p.rest) > 0 && !(p.next("providers") && len(out.types) > 0) {
		if len(p.rest) < 2 {
			return malformed(p.id, fmt.Sprintf("the type '%s' has no name", p.rest[0]))
		}
		pair := p.take(2)
		out.types, out.names = append(out.types, pair[0]), append(out.names, pair[1])
	}
	if len(out.types) == 0 {
		return malformed(p.id, "it has no resource type")
	}
	return nil
}

func joinID(segments []string) string {
	if len(segments) == 0 {
		return ""
	}
	return "/" + strings.Join(segments, "/")
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
