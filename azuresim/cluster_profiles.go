package azuresim

import "strings"

// profileRules are combinations of cluster settings that AKS refuses. RBACNotEnabledForAAD is a known code; the codes of
// the others are not verified.
var profileRules = []struct {
	code, target, message string
	broken                func(props, sku map[string]any) bool
}{
	{"RBACNotEnabledForAAD", "enableRBAC", "Entra integration needs Kubernetes RBAC.", func(p, _ map[string]any) bool {
		enabled, given := p["enableRBAC"].(bool)
		return object(p, "aadProfile") != nil && given && !enabled
	}},
	{CodeBadRequest, "disableLocalAccounts", "Local accounts can be disabled only with managed Entra integration.",
		func(p, _ map[string]any) bool {
			return truth(p, "disableLocalAccounts") && !truth(p, "aadProfile", "managed")
		}},
	{CodeInvalidParameter, "securityProfile.workloadIdentity", "Workload identity needs the OIDC issuer.",
		func(p, _ map[string]any) bool {
			enabled, given := dig(p, "oidcIssuerProfile", "enabled").(bool)
			return truth(p, "securityProfile", "workloadIdentity", "enabled") && (!given || !enabled)
		}},
	{CodeInvalidParameter, "metricsProfile.costAnalysis", "Cost analysis needs the tier Standard or Premium.",
		func(p, sku map[string]any) bool {
			tier := strings.ToLower(text(sku, "tier"))
			return truth(p, "metricsProfile", "costAnalysis", "enabled") && (tier == "" || tier == "free")
		}},
}

func (v *clusterView) checkProfiles() *Error {
	sku := object(v.body, "sku")
	for _, rule := range profileRules {
		if rule.broken(v.props, sku) {
			return badRequest(rule.code, rule.target, "%s", rule.message)
		}
	}
	return nil
}
