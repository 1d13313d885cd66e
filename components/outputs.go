package components

import (
	"context"
	"reflect"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/plan"
)

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

// IdentityRecordOutput is a late [IdentityRecord].
type IdentityRecordOutput struct{ *pulumi.OutputState }

// ElementType is the type of the value inside.
func (IdentityRecordOutput) ElementType() reflect.Type { return reflect.TypeFor[IdentityRecord]() }

// PrincipalID of the identity, for a grant.
func (o IdentityRecordOutput) PrincipalID() pulumi.StringOutput {
	return o.ApplyT(func(r IdentityRecord) string { return r.PrincipalID }).(pulumi.StringOutput)
}

// ClientID of the identity, for a token request.
func (o IdentityRecordOutput) ClientID() pulumi.StringOutput {
	return o.ApplyT(func(r IdentityRecord) string { return r.ClientID }).(pulumi.StringOutput)
}

// ResourceID of the identity.
func (o IdentityRecordOutput) ResourceID() pulumi.StringOutput {
	return o.ApplyT(func(r IdentityRecord) string { return r.ResourceID }).(pulumi.StringOutput)
}

// IdentityRecordMapOutput is a late map of identities by add-on.
type IdentityRecordMapOutput struct{ *pulumi.OutputState }

// ElementType is the type of the value inside.
func (IdentityRecordMapOutput) ElementType() reflect.Type {
	return reflect.TypeFor[map[string]IdentityRecord]()
}

// GrantRecordArrayOutput is a late list of grants.
type GrantRecordArrayOutput struct{ *pulumi.OutputState }

// ElementType is the type of the value inside.
func (GrantRecordArrayOutput) ElementType() reflect.Type { return reflect.TypeFor[[]GrantRecord]() }

// PlannedGrantRecordArrayOutput is a list of planned grants.
type PlannedGrantRecordArrayOutput struct{ *pulumi.OutputState }

// ElementType is the type of the value inside.
func (PlannedGrantRecordArrayOutput) ElementType() reflect.Type {
	return reflect.TypeFor[[]PlannedGrantRecord]()
}

// Pulumi finds output types by what is in them, and wants them registered before any program runs.
func init() {
	pulumi.RegisterOutputType(IdentityRecordOutput{})
	pulumi.RegisterOutputType(IdentityRecordMapOutput{})
	pulumi.RegisterOutputType(GrantRecordArrayOutput{})
	pulumi.RegisterOutputType(PlannedGrantRecordArrayOutput{})
}

func plannedRecords(ctx context.Context, grants []plan.Grant) PlannedGrantRecordArrayOutput {
	records := make([]PlannedGrantRecord, len(grants))
	for i, g := range grants {
		records[i] = PlannedGrantRecord{
			Name: g.Name, Identity: g.Identity.String(), Role: g.Role.Name, On: g.Scope.String(),
			Reason: reasonOf(g), Phase: string(g.Phase),
		}
	}
	return pulumi.ToOutputWithContext(ctx, pulumi.Any(records)).
		ApplyT(func(any) []PlannedGrantRecord { return records }).(PlannedGrantRecordArrayOutput)
}
