package components

import (
	"context"
	"reflect"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/plan"
)

// IdentityRecordOutput is a late [IdentityRecord].
type IdentityRecordOutput struct{ *pulumi.OutputState }

// IdentityRecordMapOutput is a late map of identities by add-on.
type IdentityRecordMapOutput struct{ *pulumi.OutputState }

// GrantRecordOutput is a late [GrantRecord].
type GrantRecordOutput struct{ *pulumi.OutputState }

// GrantRecordArrayOutput is a late list of grants.
type GrantRecordArrayOutput struct{ *pulumi.OutputState }

// PlannedGrantRecordOutput is a [PlannedGrantRecord].
type PlannedGrantRecordOutput struct{ *pulumi.OutputState }

// PlannedGrantRecordArrayOutput is a list of planned grants.
type PlannedGrantRecordArrayOutput struct{ *pulumi.OutputState }

// ElementType is the type of the value inside.
func (IdentityRecordOutput) ElementType() reflect.Type { return reflect.TypeFor[IdentityRecord]() }

// ElementType is the type of the value inside.
func (IdentityRecordMapOutput) ElementType() reflect.Type {
	return reflect.TypeFor[map[string]IdentityRecord]()
}

// ElementType is the type of the value inside.
func (GrantRecordOutput) ElementType() reflect.Type { return reflect.TypeFor[GrantRecord]() }

// ElementType is the type of the value inside.
func (GrantRecordArrayOutput) ElementType() reflect.Type { return reflect.TypeFor[[]GrantRecord]() }

// ElementType is the type of the value inside.
func (PlannedGrantRecordOutput) ElementType() reflect.Type {
	return reflect.TypeFor[PlannedGrantRecord]()
}

// ElementType is the type of the value inside.
func (PlannedGrantRecordArrayOutput) ElementType() reflect.Type {
	return reflect.TypeFor[[]PlannedGrantRecord]()
}

// Pulumi finds output types by what is in them, and wants them registered before any program runs.
func init() {
	pulumi.RegisterOutputType(IdentityRecordOutput{})
	pulumi.RegisterOutputType(IdentityRecordMapOutput{})
	pulumi.RegisterOutputType(GrantRecordOutput{})
	pulumi.RegisterOutputType(GrantRecordArrayOutput{})
	pulumi.RegisterOutputType(PlannedGrantRecordOutput{})
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
