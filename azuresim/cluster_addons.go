package azuresim

import (
	"maps"
	"slices"
	"strings"
)

// addon is what AKS does with one add-on of addonProfiles.
type addon struct {
	key      string
	identity bool // AKS makes <lower-case key>-<cluster> in the node resource group
	retired  string
}

// addons: which exist, and which get an identity (observed responses and AKS documentation, August 2026; the refusal of
// retired ones is documented, its code is not verified).
var addons = []addon{
	{key: "azurepolicy", identity: true},
	{key: "ingressApplicationGateway", identity: true},
	{key: "omsagent", identity: true}, // not with useAADAuth
	{key: "aciConnectorLinux", identity: true},
	{key: "azureKeyvaultSecretsProvider", identity: true},
	{key: "openServiceMesh"},
	{key: "ACCSGXDevicePlugin"},
	{key: "extensionManager"},
	{key: "gitops"},
	{key: "httpApplicationRouting", retired: "retired on 2025-03-03"},
	{key: "kubeDashboard", retired: "not supported since Kubernetes 1.19"},
}

func addonNamed(name string) (addon, bool) {
	for _, a := range addons {
		if strings.EqualFold(a.key, name) {
			return a, true
		}
	}
	return addon{}, false
}

// config reads a value of an add-on's config; key names have no case.
func config(profile map[string]any, name string) string {
	_, value, _ := lookupFold(object(profile, "config"), name)
	s, _ := value.(string)
	return s
}

func (v *clusterView) addonProfile(name string) map[string]any {
	_, value, _ := lookupFold(object(v.props, "addonProfiles"), name)
	profile, _ := value.(map[string]any)
	return profile
}

// enabledAddon is the profile of an add-on that is on, else nil.
func (v *clusterView) enabledAddon(name string) map[string]any {
	if profile := v.addonProfile(name); truth(profile, "enabled") {
		return profile
	}
	return nil
}

func (v *clusterView) checkAddons() *Error {
	for _, name := range slices.Sorted(maps.Keys(object(v.props, "addonProfiles"))) {
		a, known := addonNamed(name)
		profile := v.addonProfile(name)
		if _, given := profile["enabled"].(bool); !known || !given {
			return badRequest(CodeAddonInvalid, "addonProfiles", "The add-on '%s' is not known, or has no 'enabled'.", name)
		}
		if a.retired != "" && truth(profile, "enabled") {
			return badRequest(CodeAddonInvalid, "addonProfiles", "The add-on '%s' cannot be enabled: %s.", name, a.retired)
		}
	}
	for _, check := range []func(*clusterView) *Error{
		(*clusterView).checkMonitoring, (*clusterView).checkGateway, (*clusterView).checkVirtualNodes,
	} {
		if err := check(v); err != nil {
			return err
		}
	}
	return nil
}

func (v *clusterView) checkMonitoring() *Error {
	profile := v.enabledAddon("omsagent")
	if profile == nil {
		return nil
	}
	workspace := config(profile, "logAnalyticsWorkspaceResourceID")
	if workspace == "" {
		return badRequest("LogAnalyticsWorkspaceNotSet", "addonProfiles.omsagent", "The Log Analytics workspace is not set.")
	}
	_, err := v.c.refer(v.q, workspace, reference{"addonProfiles.omsagent.config", WorkspaceType, WorkspaceType + "/read"})
	return err
}

// checkGateway: the ingress add-on takes exactly one of a gateway, a subnet and a subnet range. Code names after a public
// list of AKS error codes.
func (v *clusterView) checkGateway() *Error {
	profile := v.enabledAddon("ingressApplicationGateway")
	if profile == nil {
		return nil
	}
	gateway, subnet := config(profile, "applicationGatewayId"), config(profile, "subnetId")
	cidr := config(profile, "subnetCIDR") + config(profile, "subnetPrefix")
	given := 0
	for _, value := range []string{gateway, subnet, cidr} {
		if value != "" {
			given++
		}
	}
	if given != 1 {
		return badRequest("IngressAppGwAddonConfigInvalid", "addonProfiles.ingressApplicationGateway",
			"Give exactly one of applicationGatewayId, subnetId and subnetCIDR.")
	}
	if gateway != "" {
		return v.gatewayReference(gateway, ApplicationGatewayType, "IngressAppGwAddonConfigApplicationGatewayAccessDenied",
			"/read", "/write")
	}
	if subnet != "" {
		return v.gatewayReference(subnet, SubnetType, "IngressAppGwAddonConfigSubnetAccessDenied", "/join/action")
	}
	return nil
}

func (v *clusterView) gatewayReference(id, target, denied string, verbs ...string) *Error {
	if _, err := v.c.refer(v.q, id, reference{"addonProfiles.ingressApplicationGateway.config", target, ""}); err != nil {
		return err
	}
	for _, verb := range verbs {
		if err := v.c.linked(v.q, target+verb, id); err != nil {
			return badRequest(denied, "addonProfiles.ingressApplicationGateway", "%s", err.Message)
		}
	}
	return nil
}

func (v *clusterView) checkVirtualNodes() *Error {
	profile := v.enabledAddon("aciConnectorLinux")
	if profile == nil {
		return nil
	}
	if v.network("networkPlugin") == "kubenet" {
		return badRequest("ACIConnectorRequiresAzureNetworking", "addonProfiles.aciConnectorLinux",
			"Virtual nodes need the azure network plugin.")
	}
	name, subnets := config(profile, "SubnetName"), v.ownSubnets()
	if name == "" || len(subnets) > 0 && v.c.lookup(networkOf(subnets[0])+"/subnets/"+name) == nil {
		return badRequest("InvalidACIConnectorSubnetName", "addonProfiles.aciConnectorLinux",
			"SubnetName '%s' does not name a subnet of the cluster's virtual network.", name)
	}
	return nil
}

// keepAddons makes the identities of what is on and removes those of what is off.
func (v *clusterView) keepAddons() {
	for _, name := range slices.Sorted(maps.Keys(object(v.props, "addonProfiles"))) {
		a, _ := addonNamed(name)
		profile := v.addonProfile(name)
		entra := strings.EqualFold(a.key, "omsagent") && usesEntra(profile)
		v.keepAddonIdentity(profile, strings.ToLower(a.key)+"-"+v.name(), a.identity && !entra)
	}
	for _, ingress := range []string{"webAppRouting", "applicationLoadBalancer"} {
		if profile := object(v.props, "ingressProfile", ingress); profile != nil {
			v.keepAddonIdentity(profile, strings.ToLower(ingress)+"-"+v.name(), true)
		}
	}
	if profile := object(v.props, "metricsProfile", "costAnalysis"); truth(profile, "enabled") {
		v.makeIdentity("cost-analysis-identity") // the cluster response does not show it
	}
}

func (v *clusterView) keepAddonIdentity(profile map[string]any, name string, has bool) {
	delete(profile, "identity")
	id := v.nodeResourceID(IdentityType, name)
	if has && truth(profile, "enabled") {
		profile["identity"] = v.makeIdentity(name)
		return
	}
	if r := v.c.lookup(id); r != nil {
		v.c.remove(r)
	}
}
