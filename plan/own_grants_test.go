package plan_test

import (
	"errors"
	"testing"

	"github.com/aksidentity/pulumi-aksidentity/plan"
)

// TestPowerIsAskedForInWriting: roles whose holder can grant roles, and scopes above resource groups, take an argument of their own,
// for a workload and for an identity of the cluster alike.
func TestPowerIsAskedForInWriting(t *testing.T) {
	const (
		subscription = "/subscriptions/11111111-1111-1111-1111-111111111111"
		management   = "/providers/Microsoft.Management/managementGroups/corp"
	)
	for _, tc := range []struct {
		role, resource      string
		grantsRoles, isWide bool
	}{
		{"Reader", vnet, false, false},
		{"Owner", vnet, true, false},
		{"User Access Administrator", vnet, true, false},
		{"Role Based Access Control Administrator", vnet, true, false},
		{"Reader", subscription + "/resourceGroups/shop", false, false},
		{"Reader", subscription, false, true},
		{"Reader", management, false, true},
		{"Reader", "/", false, true},
		{"Owner", management, true, true},
	} {
		for _, asked := range []bool{false, true} {
			own := plan.OwnGrant{Role: tc.role, Resource: plan.Known(tc.resource), Reason: "test", GrantsRoles: asked, WideScope: asked}
			workload := plan.ForWorkload(plan.Workload{
				Name: "orders", ResourceGroup: plan.Known("shop"), Issuer: plan.Late[string](),
				ServiceAccounts: map[string]plan.ServiceAccount{"orders": {Namespace: plan.Known("shop"), Name: plan.Known("orders")}},
				Grants:          map[string]plan.OwnGrant{"it": own},
			})
			cluster := plan.ForCluster(plan.Cluster{
				SystemPool: system(), APIServer: open(), ExtraGrants: map[string]plan.ExtraGrant{"it": {Identity: "kubelet", OwnGrant: own}},
			})
			for root, p := range map[plan.Path]plan.Plan{"roles.it": workload, "extraGrants.it": cluster} {
				told := map[plan.Path]bool{}
				for _, problem := range p.Problems {
					told[problem.Path] = true
				}
				if told[root.Field("role")] != (tc.grantsRoles && !asked) || told[root.Field("resourceId")] != (tc.isWide && !asked) {
					t.Errorf("%s at %s, asked for: %v: %v", tc.role, tc.resource, asked, p.Problems)
				}
			}
		}
		late := plan.OwnGrant{Role: tc.role, Resource: plan.Late[string](), Reason: "test", GrantsRoles: true}
		p := plan.ForCluster(plan.Cluster{
			SystemPool: system(), APIServer: open(), ExtraGrants: map[string]plan.ExtraGrant{"it": {Identity: "kubelet", OwnGrant: late}},
		})
		_, err := p.Grants[0].Resolve(tc.resource, "22222222-2222-2222-2222-222222222222")
		var problems plan.Problems
		if errors.As(err, &problems) != tc.isWide || tc.isWide && problems[0].Path != "extraGrants.it.resourceId" {
			t.Errorf("%s at %s, known late: %v", tc.role, tc.resource, err)
		}
	}
}
