package azuresim

import "strings"

// fillProfile sets the outputs and the defaults of the service. They were recorded from real deployments through
// azure-native 2.76 and 2.90; generation makes the issuer and the addresses those of this life of the cluster.
func (v *clusterView) fillProfile(generation int) {
	p := v.props
	for name, value := range map[string]any{
		"enableRBAC": true, "supportPlan": "KubernetesOfficial", "disableLocalAccounts": false,
	} {
		setDefault(p, value, name)
	}
	p["provisioningState"], p["maxAgentPools"] = "Succeeded", float64(100)
	p["powerState"] = map[string]any{"code": "Running"}
	v.body["sku"] = overlay(map[string]any{"name": "Base", "tier": "Free"}, orEmpty(object(v.body, "sku")))
	v.fillVersion()
	v.fillAddresses(generation)
	v.fillNetwork()
	v.fillIssuer(generation)
}

func (v *clusterView) fillVersion() {
	full, _ := v.c.resolveVersion(text(v.props, "kubernetesVersion"))
	setDefault(v.props, full, "kubernetesVersion")
	if current := text(v.props, "currentKubernetesVersion"); current == "" || compareVersions(current, full) < 0 {
		v.props["currentKubernetesVersion"] = full
	}
}

// fillAddresses: <prefix>-<8>.hcp.<region>.azmk8s.io, and for a private cluster a name in its zone.
func (v *clusterView) fillAddresses(generation int) {
	prefix := text(v.props, "dnsPrefix")
	if sub := text(v.props, "fqdnSubdomain"); sub != "" {
		prefix = sub
	}
	mark := short("fqdn", v.id, string(rune('0'+generation%10)))
	label := strings.ToLower(prefix) + "-" + mark
	v.props["azurePortalFQDN"] = label + ".portal.hcp." + v.location + ".azmk8s.io"
	access := object(v.props, "apiServerAccessProfile")
	private := truth(access, "enablePrivateCluster")
	public, given := access["enablePrivateClusterPublicFQDN"].(bool)
	if !private || !given || public {
		v.props["fqdn"] = label + ".hcp." + v.location + ".azmk8s.io"
	}
	if !private {
		return
	}
	setDefault(v.props, "system", "apiServerAccessProfile", "privateDNSZone")
	zone := text(v.props, "apiServerAccessProfile", "privateDNSZone")
	switch strings.ToLower(zone) {
	case "none":
	case "system":
		v.props["privateFQDN"] = label + "." + derive("zone", v.id) + ".privatelink." + v.location + ".azmk8s.io"
	default:
		v.props["privateFQDN"] = label + "." + zone[strings.LastIndex(zone, "/")+1:]
	}
}

// fillNetwork sets the service's defaults: Azure CNI overlay, a standard load balancer with one managed address. A
// networkProfile that leaves out the plugin gets the same default (not verified).
func (v *clusterView) fillNetwork() {
	p := v.props
	if text(p, "networkProfile", "networkPlugin") == "" {
		put(p, "azure", "networkProfile", "networkPlugin")
		setDefault(p, "overlay", "networkProfile", "networkPluginMode")
	}
	defaults := map[string]any{
		"networkPolicy": "none", "outboundType": "loadBalancer", "loadBalancerSku": "standard",
		"serviceCidr": defaultServiceCIDR, "dnsServiceIP": defaultDNSServiceIP,
	}
	if text(p, "networkProfile", "networkPlugin") == "azure" {
		defaults["networkDataplane"] = "azure"
	}
	if v.needsPodCIDR() {
		defaults["podCidr"] = "10.244.0.0/16"
	}
	for name, value := range defaults {
		setDefault(p, value, "networkProfile", name)
	}
	network := object(p, "networkProfile")
	network["serviceCidrs"] = []any{network["serviceCidr"]}
	if cidr := network["podCidr"]; cidr != nil {
		network["podCidrs"] = []any{cidr}
	}
	setDefault(network, []any{"IPv4"}, "ipFamilies")
	if network["outboundType"] == "loadBalancer" {
		v.fillLoadBalancer(network)
	}
}

func (v *clusterView) needsPodCIDR() bool {
	plugin := text(v.props, "networkProfile", "networkPlugin")
	return plugin == "kubenet" || text(v.props, "networkProfile", "networkPluginMode") == "overlay"
}

func (v *clusterView) fillLoadBalancer(network map[string]any) {
	profile := object(network, "loadBalancerProfile")
	if profile == nil {
		profile = map[string]any{"managedOutboundIPs": map[string]any{"count": float64(1)}}
		network["loadBalancerProfile"] = profile
	}
	setDefault(profile, "nodeIPConfiguration", "backendPoolType")
	effective := []any{}
	for _, ip := range objects(profile, "outboundIPs", "publicIPs") {
		effective = append(effective, map[string]any{"id": text(ip, "id")})
	}
	if managed := object(profile, "managedOutboundIPs"); managed != nil {
		ip := v.make(PublicIPAddressType, derive("outbound", v.id), map[string]any{
			"publicIPAllocationMethod": "Static", "ipAddress": addressOf(v.id)})
		effective = append(effective, map[string]any{"id": ip.ID})
	}
	profile["effectiveOutboundIPs"] = effective
}

// fillIssuer: stable for the life of a cluster, on by default from Kubernetes 1.34 (AKS documentation, August 2026).
func (v *clusterView) fillIssuer(generation int) {
	if dig(v.props, "oidcIssuerProfile", "enabled") == nil && v.old == nil {
		modern := compareVersions(text(v.props, "currentKubernetesVersion"), "1.34.0") >= 0
		put(v.props, modern, "oidcIssuerProfile", "enabled")
	}
	if truth(v.props, "oidcIssuerProfile", "enabled") {
		life := derive("issuer", v.id, string(rune('0'+generation%10)))
		put(v.props, "https://"+v.location+".oic.prod-aks.azure.com/"+DefaultTenantID+"/"+life+"/", "oidcIssuerProfile", "issuerURL")
	}
}

// fillPool sets the defaults of a pool, as recorded from real deployments.
func (v *clusterView) fillPool(pool *poolView) {
	p := pool.props
	current := text(v.props, "currentKubernetesVersion")
	setDefault(p, current, "orchestratorVersion")
	full, _ := v.c.resolveVersion(text(p, "orchestratorVersion"))
	maxPods := 30.0
	switch {
	case text(v.props, "networkProfile", "networkPluginMode") == "overlay":
		maxPods = 250
	case text(v.props, "networkProfile", "networkPlugin") == "kubenet":
		maxPods = 110
	}
	for name, value := range map[string]any{
		"count": 1.0, "enableAutoScaling": false, "enableFIPS": false, "enableNodePublicIP": false, "kubeletDiskType": "OS",
		"maxPods": maxPods, "mode": "User", "osDiskSizeGB": 128.0, "osDiskType": "Managed", "osType": "Linux",
		"scaleDownMode": "Delete", "type": "VirtualMachineScaleSets",
		"upgradeSettings": map[string]any{"maxSurge": "10%"},
	} {
		setDefault(p, value, name)
	}
	setDefault(p, defaultOSSKU(text(p, "osType")), "osSKU")
	p["currentOrchestratorVersion"], p["provisioningState"] = full, "Succeeded"
	p["powerState"] = map[string]any{"code": "Running"}
	p["nodeImageVersion"] = "AKS" + text(p, "osSKU") + "-gen2containerd-" + minor(full)
}

func defaultOSSKU(osType string) string {
	if strings.EqualFold(osType, "Windows") {
		return "Windows2022"
	}
	return "Ubuntu"
}
