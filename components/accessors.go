package components

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/plan"
)

// MapIndex is the identity of an add-on, by key in any letter case. It is empty when AKS made none for the add-on.
func (o IdentityRecordMapOutput) MapIndex(key pulumi.StringInput) IdentityRecordOutput {
	return pulumi.All(o, key.ToStringOutput()).ApplyT(func(parts []any) IdentityRecord {
		return parts[0].(map[string]IdentityRecord)[string(plan.SpellAddon(parts[1].(string)))]
	}).(IdentityRecordOutput)
}

// Index is the grant at a place of the list, 0-based; an empty one outside the list.
func (o GrantRecordArrayOutput) Index(i pulumi.IntInput) GrantRecordOutput {
	return pulumi.All(o, i).ApplyT(func(parts []any) GrantRecord {
		return elementAt(parts[0].([]GrantRecord), parts[1].(int))
	}).(GrantRecordOutput)
}

// Index is the planned grant at a place of the list, 0-based; an empty one outside the list.
func (o PlannedGrantRecordArrayOutput) Index(i pulumi.IntInput) PlannedGrantRecordOutput {
	return pulumi.All(o, i).ApplyT(func(parts []any) PlannedGrantRecord {
		return elementAt(parts[0].([]PlannedGrantRecord), parts[1].(int))
	}).(PlannedGrantRecordOutput)
}

// elementAt is the zero value outside the list, as with Pulumi's own lists: an output has no other way to say so.
func elementAt[T any](list []T, i int) (element T) {
	if i >= 0 && i < len(list) {
		element = list[i]
	}
	return element
}

// textIn is a text in a late record.
func textIn[R any](record pulumi.Output, read func(R) string) pulumi.StringOutput {
	return record.ApplyT(read).(pulumi.StringOutput)
}

// ResourceID of the identity in Azure.
func (o IdentityRecordOutput) ResourceID() pulumi.StringOutput {
	return textIn(o, func(r IdentityRecord) string { return r.ResourceID })
}

// PrincipalID of the identity, for a grant.
func (o IdentityRecordOutput) PrincipalID() pulumi.StringOutput {
	return textIn(o, func(r IdentityRecord) string { return r.PrincipalID })
}

// ClientID of the identity, for a token request.
func (o IdentityRecordOutput) ClientID() pulumi.StringOutput {
	return textIn(o, func(r IdentityRecord) string { return r.ClientID })
}

// Name of the grant in the plan.
func (o GrantRecordOutput) Name() pulumi.StringOutput {
	return textIn(o, func(r GrantRecord) string { return r.Name })
}

// Identity that holds the grant, as control-plane.
func (o GrantRecordOutput) Identity() pulumi.StringOutput {
	return textIn(o, func(r GrantRecord) string { return r.Identity })
}

// PrincipalID that holds the grant.
func (o GrantRecordOutput) PrincipalID() pulumi.StringOutput {
	return textIn(o, func(r GrantRecord) string { return r.PrincipalID })
}

// Role by name.
func (o GrantRecordOutput) Role() pulumi.StringOutput {
	return textIn(o, func(r GrantRecord) string { return r.Role })
}

// Scope at which the role holds: an Azure resource ID.
func (o GrantRecordOutput) Scope() pulumi.StringOutput {
	return textIn(o, func(r GrantRecord) string { return r.Scope })
}

// Reason for which the grant was made.
func (o GrantRecordOutput) Reason() pulumi.StringOutput {
	return textIn(o, func(r GrantRecord) string { return r.Reason })
}

// AssignmentID is the role assignment's Azure resource ID.
func (o GrantRecordOutput) AssignmentID() pulumi.StringOutput {
	return textIn(o, func(r GrantRecord) string { return r.AssignmentID })
}

// Name of the grant in the plan.
func (o PlannedGrantRecordOutput) Name() pulumi.StringOutput {
	return textIn(o, func(r PlannedGrantRecord) string { return r.Name })
}

// Identity that gets the grant, as control-plane.
func (o PlannedGrantRecordOutput) Identity() pulumi.StringOutput {
	return textIn(o, func(r PlannedGrantRecord) string { return r.Identity })
}

// Role by name.
func (o PlannedGrantRecordOutput) Role() pulumi.StringOutput {
	return textIn(o, func(r PlannedGrantRecord) string { return r.Role })
}

// On names the argument whose resource it is for, as subnets.nodes.
func (o PlannedGrantRecordOutput) On() pulumi.StringOutput {
	return textIn(o, func(r PlannedGrantRecord) string { return r.On })
}

// Reason for which the grant is made.
func (o PlannedGrantRecordOutput) Reason() pulumi.StringOutput {
	return textIn(o, func(r PlannedGrantRecord) string { return r.Reason })
}

// Phase in which it is made, as before the cluster.
func (o PlannedGrantRecordOutput) Phase() pulumi.StringOutput {
	return textIn(o, func(r PlannedGrantRecord) string { return r.Phase })
}
