package plan

import "fmt"

// FormerIdentityNote says that AKS leaves a former control plane its right on the node resource group, with the command that takes it away
// (Azure/AKS#4610 of 2024-10-28, hashicorp/terraform-provider-azurerm#30942 of 2025-10-24, read 2026-11-26). Pulumi cannot: AKS makes the
// assignment, and no state has it.
func FormerIdentityNote(principal, nodeResourceGroup string) string {
	return fmt.Sprintf("identity: the control plane gets another identity, and AKS leaves the former one (principal %s) Contributor on the node resource group; "+
		"take it away afterwards: az role assignment delete --assignee %[1]s --role Contributor --resource-group %[2]s", principal, nodeResourceGroup)
}
