package components

// IdentityRecord is one managed identity as Azure reports it.
type IdentityRecord struct {
	// ResourceID is the identity's Azure resource ID.
	ResourceID string `pulumi:"resourceId"`
	// PrincipalID is its object ID in Entra: the one that role assignments name.
	PrincipalID string `pulumi:"principalId"`
	// ClientID is its application ID: the one that tokens are asked for.
	ClientID string `pulumi:"clientId"`
}

// GrantRecord is one grant that exists.
type GrantRecord struct {
	// Name is the grant's logical name in the plan.
	Name string `pulumi:"name"`
	// Identity says which identity holds it: control-plane, kubelet, addon-azurepolicy.
	Identity string `pulumi:"identity"`
	// PrincipalID is the principal that holds it.
	PrincipalID string `pulumi:"principalId"`
	// Role is the role's name.
	Role string `pulumi:"role"`
	// Scope is the Azure resource ID at which it holds.
	Scope string `pulumi:"scope"`
	// Reason says why it was made; several uses are separated by semicolons.
	Reason string `pulumi:"reason"`
	// AssignmentID is the role assignment's Azure resource ID.
	AssignmentID string `pulumi:"assignmentId"`
}

// PlannedGrantRecord is one grant that the plan calls for. All of it is known at preview.
type PlannedGrantRecord struct {
	// Name is the grant's logical name in the plan.
	Name string `pulumi:"name"`
	// Identity says which identity gets it.
	Identity string `pulumi:"identity"`
	// Role is the role's name.
	Role string `pulumi:"role"`
	// On names the argument whose resource it is for: subnets.nodes, resource group of publicIps.web.
	On string `pulumi:"on"`
	// Reason says why it is made.
	Reason string `pulumi:"reason"`
	// Phase says when: before the cluster, after the cluster.
	Phase string `pulumi:"phase"`
}
