package components

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/plan"
)

// adopting makes Pulumi read the assignment that the grant takes over, in place of making one. Its description stays: whoever
// deploys may have the right to read it only. The scope is compared by the ID: azure-native 2.92.3 reads it without its first slash,
// and would replace the assignment for that.
func adopting(grant plan.Grant, d decision) []pulumi.ResourceOption {
	if grant.AdoptedName == "" {
		return nil
	}
	id := d.scope.ToStringOutput().ApplyT(func(scope string) pulumi.ID {
		return pulumi.ID(scope + "/providers/Microsoft.Authorization/roleAssignments/" + grant.AdoptedName)
	}).(pulumi.IDOutput)
	return []pulumi.ResourceOption{pulumi.Import(id), pulumi.IgnoreChanges([]string{"description", "scope"})}
}
