package components

import (
	"context"
	"maps"
	"slices"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/plan"
)

// tellingFormer warns when the cluster gets another control plane: the former one keeps a right that AKS made. It is a transform, because
// which identity is sent is known only there.
func (b *clusterBuilder) tellingFormer() []pulumi.ResourceOption {
	return transformed(func(ctx context.Context, args *pulumi.ResourceTransformArgs) *pulumi.ResourceTransformResult {
		outputs, found := b.grants.deployedOutputs(ctx, args.Type, "")
		before, known := inputsIn(outputs, found)
		now := sentAs(ctx, args.Props).ObjectValue()
		group, _ := outputs["nodeResourceGroup"].(string)
		if former := controlPlaneIn(outputs); known == deployedAlready && former != "" && b.anotherIdentity(before[identityInput], now[identityInput]) {
			b.grants.warn(plan.FormerIdentityNote(former, group))
		}
		return nil
	})
}

// anotherIdentity tells whether the cluster gets another control plane. An identity of the same type whose ID is not known yet may be the
// same one: it is told when it is known.
func (b *clusterBuilder) anotherIdentity(before, now resource.PropertyValue) bool {
	if !before.IsObject() {
		return false
	}
	if was := before.ObjectValue()["type"]; was.IsString() && was.StringValue() != string(b.effective.Identity.Type) {
		return true
	}
	return b.effective.IsUserAssigned() && now.IsObject() && !now.ContainsUnknowns() && !sameIdentity(before, now)
}

// controlPlaneIn is the principal of the control plane in the outputs of a cluster.
func controlPlaneIn(outputs map[string]any) string {
	identity, _ := outputs[identityInput].(map[string]any)
	if principal, _ := identity["principalId"].(string); principal != "" {
		return principal
	}
	users, _ := identity[userAssignedInput].(map[string]any)
	for _, id := range slices.Sorted(maps.Keys(users)) {
		user, _ := users[id].(map[string]any)
		principal, _ := user["principalId"].(string)
		return principal
	}
	return ""
}
