package rbac

// ScopeParts is a scope taken apart, letters as given. The last provider block names the resource; an extension resource, such as
// a role assignment, has one more block than what it extends.
type ScopeParts struct {
	// SubscriptionID and ResourceGroup are "" where the scope lies in none.
	SubscriptionID, ResourceGroup string
	// Base is what stands before the last provider block: the resource group of a virtual network and of its subnets, the
	// resource that an extension extends, the tenant root for a management group. It is the scope itself when it has no
	// provider block.
	Base Scope
	// Namespace is that of the last provider block, "Microsoft.Network"; "" when there is none.
	Namespace string
	// Types and Names are those of the last provider block, outermost first and of one length: {virtualNetworks, subnets} and
	// {hub, nodes}.
	Types, Names []string
}

// Parts takes the scope apart. The parts of the zero Scope are zero. A management group has a namespace, a type and a name here,
// as it is written, though [Scope.ResourceType] calls it no resource.
func (s Scope) Parts() ScopeParts {
	p := s.parts()
	out := ScopeParts{SubscriptionID: s.SubscriptionID(), ResourceGroup: s.ResourceGroup(), Base: s}
	if len(p.blocks) == 0 {
		return out
	}
	last := p.lastBlock()
	out.Base = Scope{text: "/"}
	if last.start > 0 {
		out.Base = s.prefix(last.start)
	}
	out.Namespace = p.segments[last.start+1]
	for pair := range last.pairs {
		at := last.start + 2 + 2*pair
		out.Types, out.Names = append(out.Types, p.segments[at]), append(out.Names, p.segments[at+1])
	}
	return out
}
