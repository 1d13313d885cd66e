package plan

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// The rules below are those that can be known before Azure is asked. Codes are Azure's where the facts name one
// (AKS error codes, read 2026-08); where a refusal's code is not verified the rule is kept strict and carries none.

var (
	clusterNamePattern = regexp.MustCompile(`^[A-Za-z0-9]$|^[A-Za-z0-9][A-Za-z0-9_-]{0,61}[A-Za-z0-9]$`)
	dnsPrefixPattern   = regexp.MustCompile(`^[A-Za-z0-9]$|^[A-Za-z0-9][A-Za-z0-9-]{0,52}[A-Za-z0-9]$`)
	groupNamePattern   = regexp.MustCompile(`^[\p{L}\p{N}_().-]{1,90}$`)
	versionPattern     = regexp.MustCompile(`^(\d+)\.(\d+)(\.\d+)?$`)
	guidPattern        = regexp.MustCompile(`^[0-9A-Fa-f]{8}-([0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}$`)
)

func (c Cluster) checkAll(p *problems) {
	c.checkNames(p)
	c.checkIdentity(p)
	c.checkKubelet(p)
	c.checkSubnets(p)
	c.checkPools(p)
	c.checkNetwork(p)
	c.checkAPIServer(p)
	c.checkEntra(p)
	c.checkSecurity(p)
	c.checkOperations(p)
	c.checkAddons(p)
	c.checkSystemAssigned(p)
	p.oneOf("roleStrategy", string(c.Strategy), string(BuiltinRoles), string(CustomRoles))
}

// matches reports a known text that does not have the form.
func (p *problems) matches(path string, value Value[string], form *regexp.Regexp, fix string) {
	if text, ok := value.Get(); ok && !form.MatchString(text) {
		p.add(path, fix, "%q does not have the form that Azure asks for", text)
	}
}

// between reports a known number out of bounds, both included.
func (p *problems) between(path string, value Value[int], low, high int, unit string) {
	if n, ok := value.Get(); ok && (n < low || n > high) {
		p.add(path, fmt.Sprintf("give %d to %d%s.", low, high, unit), "%d is out of bounds", n)
	}
}

func (c Cluster) checkNames(p *problems) {
	p.matches("clusterName", c.Name, clusterNamePattern,
		"use 1 to 63 letters, digits, - and _, beginning and ending with a letter or digit.")
	p.matches("dnsPrefix", c.DNSPrefix, dnsPrefixPattern,
		"use 1 to 54 letters, digits and -, beginning and ending with a letter or digit.")
	p.matches("resourceGroupName", c.ResourceGroup, groupNamePattern, "use at most 90 letters, digits and _().-")
	p.matches("newResourceGroupName", c.NewResourceGroup, groupNamePattern, "use at most 90 letters, digits and _().-")
	if c.ResourceGroup.IsSet() && c.NewResourceGroup.IsSet() {
		p.add("newResourceGroupName", "keep one: resourceGroupName for a group that exists, newResourceGroupName for one to create.",
			"both an existing and a new resource group are named")
	}
	c.checkNodeGroup(p)
	c.checkDNS(p)
	if c.Tags > 50 {
		p.add("tags", "keep 50 tags or fewer.", "%d tags are more than Azure allows", c.Tags)
	}
}

func (c Cluster) checkNodeGroup(p *problems) {
	name, ok := c.NodeResourceGroup.Get()
	if !ok {
		return
	}
	if len(name) > 80 || !groupNamePattern.MatchString(name) {
		p.add("nodeResourceGroup", "use at most 80 letters, digits and _().-", "%q does not have the form that Azure asks for", name)
	}
	for _, group := range []Value[string]{c.ResourceGroup, c.NewResourceGroup} {
		if own, ok := group.Get(); ok && strings.EqualFold(own, name) {
			p.refused("NodeResourceGroupSameAsResourceGroup", "nodeResourceGroup", "choose another name, or leave it out.",
				"the node resource group cannot be the cluster's own group %q", own)
		}
	}
}

func (c Cluster) checkDNS(p *problems) {
	if !c.FQDNSubdomain.IsSet() {
		return
	}
	if c.DNSPrefix.IsSet() {
		p.add("fqdnSubdomain", "keep one of them.", "dnsPrefix and fqdnSubdomain exclude each other")
	}
	if !c.APIServer.PrivateZoneID.IsSet() {
		p.add("fqdnSubdomain", "give apiServer.privateDnsZoneId too, or use dnsPrefix.", "a subdomain needs an own private DNS zone")
	}
}

func (c Cluster) checkIdentity(p *problems) {
	kind := strings.ReplaceAll(c.Identity.Type, " ", "")
	if strings.EqualFold(kind, "SystemAssigned,UserAssigned") || strings.EqualFold(kind, "UserAssigned,SystemAssigned") {
		p.refused("InvalidParameter", "identity.type", `choose "SystemAssigned" or "UserAssigned".`,
			"AKS has no combined identity type; a control plane has exactly one identity")
	} else {
		p.oneOf("identity.type", c.Identity.Type, SystemAssigned, UserAssigned)
	}
	if c.Identity.Existing == nil {
		return
	}
	if !c.IsUserAssigned() {
		p.add("identity.userAssigned", `set identity.type to "UserAssigned", or leave userAssigned out.`,
			"an identity is given, but the control plane is system-assigned")
	}
	c.Identity.Existing.check(p, "identity.userAssigned")
}

func (e ExistingIdentity) check(p *problems, path string) {
	for _, part := range []struct {
		name  string
		value Value[string]
	}{{"resourceId", e.ResourceID}, {"principalId", e.PrincipalID}, {"clientId", e.ClientID}} {
		if text, known := part.value.Get(); !part.value.IsSet() || (known && text == "") {
			p.add(path+"."+part.name, "give resourceId, principalId and clientId of the identity resource.",
				"it is missing; grants need the principal ID and AKS needs all three")
		}
	}
	if text, ok := e.ResourceID.Get(); ok && text != "" {
		p.checkID(path+".resourceId", e.ResourceID, TypeUserAssignedIdentity)
	}
	p.guid(path+".principalId", e.PrincipalID)
	p.guid(path+".clientId", e.ClientID)
}

func (p *problems) guid(path string, value Value[string]) {
	if text, ok := value.Get(); ok && text != "" && !guidPattern.MatchString(text) {
		p.add(path, "give the GUID that Azure shows for it.", "%q is not a GUID", text)
	}
}

func (c Cluster) checkKubelet(p *problems) {
	if c.KubeletIdentity != nil && !c.KubeletIdentity.Create {
		c.KubeletIdentity.check(p, "kubeletIdentity")
	}
}

func (c Cluster) checkSubnets(p *problems) {
	used := map[string]bool{}
	for _, pool := range c.Pools {
		used[pool.Subnet], used[pool.PodSubnet] = true, true
	}
	networks := map[string]string{}
	for _, key := range sortedKeys(c.Subnets) {
		path := "subnets." + key
		if !p.checkKey("subnets", key) {
			continue
		}
		if !c.Subnets[key].IsSet() {
			p.add(path, "give the subnet's ID, or leave the key out.", "it has no value")
		}
		p.checkID(path, c.Subnets[key], typeSubnet)
		if !used[key] {
			p.add(path, "name it in pools[].subnet or pools[].podSubnet, or leave it out; for other uses there is VnetDelegation.",
				"no pool uses the subnet")
		}
		if network := networkOf(c.Subnets[key]); network != "" {
			networks[strings.ToLower(network)] = network
		}
	}
	if len(networks) > 1 {
		p.add("subnets", "use subnets of one virtual network.", "the pools' subnets lie in %d virtual networks; AKS wants all pools in one", len(networks))
	}
}

func networkOf(id Value[string]) string {
	text, ok := id.Get()
	if !ok {
		return ""
	}
	scope, problem := CheckResourceID("", text, typeSubnet)
	if problem != nil {
		return ""
	}
	network, _ := scope.Ancestor(typeNetwork)
	return network.String()
}

// checkSystemAssigned refuses what AKS refuses with a system-assigned control plane, before anything is created.
func (c Cluster) checkSystemAssigned(p *problems) {
	if c.IsUserAssigned() {
		return
	}
	seen := map[string]bool{}
	for _, t := range c.targets() {
		info, _ := UseOf(t.Use)
		if info.Refusal == nil || seen[t.Path] {
			continue
		}
		seen[t.Path] = true
		p.refused(info.Refusal.Code, t.Path, fixUserAssigned, "AKS refuses it with a system-assigned identity: %s", info.Refusal.Why)
	}
	if c.Network.Plugin == "kubenet" && c.Network.OutboundType == "userDefinedRouting" {
		p.refused("CustomRouteTableWithUnsupportedMSIType", "network.outboundType", fixUserAssigned,
			"kubenet on an own route table needs a user-assigned identity")
	}
}

func majorMinor(version string) (major, minor int, ok bool) {
	m := versionPattern.FindStringSubmatch(version)
	if m == nil {
		return 0, 0, false
	}
	major, errMajor := strconv.Atoi(m[1])
	minor, errMinor := strconv.Atoi(m[2])
	return major, minor, errMajor == nil && errMinor == nil
}
