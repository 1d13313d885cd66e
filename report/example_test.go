package report_test

import (
	"fmt"

	"github.com/aksidentity/pulumi-aksidentity/plan"
	"github.com/aksidentity/pulumi-aksidentity/report"
)

func ExamplePlan() {
	p := plan.ForDelegation(plan.Delegation{
		PrincipalID: plan.Late[string](),
		Mentions:    plan.Each(plan.RouteTable, "routeTableIds", map[string]plan.Value[string]{"firewall": plan.Late[string]()}),
	})
	fmt.Print(report.Plan(p))
	// Output:
	// identities
	//   principal: given by the caller; the resources are delegated to it
	//
	// grants before the resources are used: 1
	//   principal gets Network Contributor on routeTableIds.firewall (ID known later)
	//     to      write and remove the routes to the pods of each node
	//     source  Microsoft, AKS service permissions (azure-aks-docs aks-service-permissions.md, read 2026-08-21); kubernetes-sigs/cloud-provider-azure (read 2026-08-19); linked-access rule of ARM, seen in microsoft/tyger#320 (read 2026-11-26)
	//     name    principal-network-contributor-routeTableIds.firewall
}
