package plan

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

// The rules below are those that can be known before Azure is asked. Codes are Azure's where the facts name one
// (AKS error codes, read 2026-08); where a refusal's code is not verified the rule is kept strict and carries none.

var (
	clusterNamePattern = regexp.MustCompile(`^[A-Za-z0-9]$|^[A-Za-z0-9][A-Za-z0-9_-]{0,61}[A-Za-z0-9]$`)
	dnsPrefixPattern   = regexp.MustCompile(`^[A-Za-z0-9]$|^[A-Za-z0-9][A-Za-z0-9-]{0,52}[A-Za-z0-9]$`)
	groupNamePattern   = regexp.MustCompile(`^[\p{L}\p{N}_().-]{1,90}$`)
	locationPattern    = regexp.MustCompile(`^[\p{L}\p{N} ()._-]*$`)
	versionPattern     = regexp.MustCompile(`^(\d+)\.(\d+)(\.\d+)?$`)
	guidPattern        = regexp.MustCompile(`^[0-9A-Fa-f]{8}-([0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}$`)
)

func (c Cluster) checkAll(p *problems, mentions []Mention) {
	c.checkNames(p)
	c.checkIdentity(p)
	c.checkKubelet(p)
	p.checkMentions(c.Mentions)
	p.checkRegistryModes(c.Mentions)
	c.checkShared(p)
	c.checkSubnets(p)
	c.checkPools(p)
	c.checkNetwork(p)
	c.checkEgress(p)
	c.checkAPIServer(p)
	c.checkEntra(p)
	c.checkLogin(p)
	c.checkSecurity(p)
	c.checkOperations(p)
	c.checkAddons(p)
	c.checkAdditions(p)
	c.checkRetired(p)
	c.checkSystemAssigned(p, mentions)
	oneOf(p, "roleStrategy", c.Strategy)
	oneOf(p, "grantMode", c.Grants)
	oneOf(p, "explain", c.Explain)
	c.checkAdopted(p)
	p.checkPropagation(c.Propagation)
}

// matches reports a known text that does not have the form.
func (p *problems) matches(path Path, value Value[string], form *regexp.Regexp, fix string) {
	if text, ok := value.Get(); ok && !form.MatchString(text) {
		p.add(path, fmt.Sprintf("%q does not have the form that Azure asks for", text), fix)
	}
}

// eachGiven reports elements of a list that are absent.
func (p *problems) eachGiven(path Path, list []Value[string]) {
	for i, value := range list {
		if !value.IsSet() {
			p.add(path.Index(i), "it has no value", "give one, or leave the element out.")
		}
	}
}

// between reports a known number out of bounds, both included.
func (p *problems) between(path Path, value Value[int], low, high int, unit string) {
	if n, ok := value.Get(); ok && (n < low || n > high) {
		p.add(path, fmt.Sprintf("%d is out of bounds", n), fmt.Sprintf("give %d to %d%s.", low, high, unit))
	}
}

func (c Cluster) checkNames(p *problems) {
	p.matches("clusterName", c.Name, clusterNamePattern,
		"use 1 to 63 letters, digits, - and _, beginning and ending with a letter or digit.")
	p.matches("dnsPrefix", c.DNSPrefix, dnsPrefixPattern,
		"use 1 to 54 letters, digits and -, beginning and ending with a letter or digit.")
	p.matches("resourceGroupName", c.ResourceGroup, groupNamePattern, "use at most 90 letters, digits and _().-")
	p.matches("newResourceGroupName", c.NewResourceGroup, groupNamePattern, "use at most 90 letters, digits and _().-")
	p.matches("location", c.Location, locationPattern, `give the name of a region, like "westeurope".`)
	if c.ResourceGroup.IsSet() && c.NewResourceGroup.IsSet() {
		p.add("newResourceGroupName", "both an existing and a new resource group are named",
			"keep one: resourceGroupName for a group that exists, newResourceGroupName for one to create.")
	}
	c.checkNodeGroup(p)
	c.checkDNS(p)
	if c.Tags > 50 {
		p.add("tags", fmt.Sprintf("%d tags are more than Azure allows", c.Tags), "keep 50 tags or fewer.")
	}
}

func (c Cluster) checkNodeGroup(p *problems) {
	name, ok := c.NodeResourceGroup.Get()
	if !ok {
		return
	}
	if len(name) > 80 || !groupNamePattern.MatchString(name) {
		p.add("nodeResourceGroup", fmt.Sprintf("%q does not have the form that Azure asks for", name),
			"use at most 80 letters, digits and _().-")
	}
	for _, group := range []Value[string]{c.ResourceGroup, c.NewResourceGroup} {
		if own, ok := group.Get(); ok && strings.EqualFold(own, name) {
			p.refused("NodeResourceGroupSameAsResourceGroup", "nodeResourceGroup", fmt.Sprintf("the node resource group cannot be the cluster's own group %q", own),
				"choose another name, or leave it out.")
		}
	}
}

func (c Cluster) checkDNS(p *problems) {
	if !c.FQDNSubdomain.IsSet() {
		return
	}
	if c.DNSPrefix.IsSet() {
		p.add("fqdnSubdomain", "dnsPrefix and fqdnSubdomain exclude each other", "keep one of them.")
	}
	if !c.mentioned(PrivateZone) {
		p.add("fqdnSubdomain", "a subdomain needs an own private DNS zone", "give apiServer.privateDnsZoneId too, or use dnsPrefix.")
	}
}

func (c Cluster) checkIdentity(p *problems) {
	kind := strings.ReplaceAll(string(c.Identity.Type), " ", "")
	if strings.EqualFold(kind, "SystemAssigned,UserAssigned") || strings.EqualFold(kind, "UserAssigned,SystemAssigned") {
		p.refused("InvalidParameter", "identity.type", "AKS has no combined identity type; a control plane has exactly one identity",
			`choose "SystemAssigned" or "UserAssigned".`)
	} else {
		oneOf(p, "identity.type", c.Identity.Type)
	}
	if c.Identity.User == nil || c.Identity.User.Existing == nil {
		return
	}
	if !c.IsUserAssigned() {
		p.add("identity.userAssigned", "an identity is given, but the control plane is system-assigned",
			`set identity.type to "UserAssigned", or leave userAssigned out.`)
	}
	c.Identity.User.Existing.check(p, "identity.userAssigned")
}

func (e ExistingIdentity) check(p *problems, path Path) {
	for _, part := range []struct {
		name  string
		value Value[string]
	}{{"resourceId", e.ResourceID}, {"principalId", e.PrincipalID}, {"clientId", e.ClientID}} {
		if text, known := part.value.Get(); !part.value.IsSet() || (known && text == "") {
			p.add(path.Field(part.name), "it is missing; grants need the principal ID and AKS needs all three",
				"give resourceId, principalId and clientId of the identity resource.")
		}
	}
	if text, ok := e.ResourceID.Get(); ok && text != "" {
		p.checkID(path.Field("resourceId"), e.ResourceID, TypeUserAssignedIdentity)
	}
	p.guid(path.Field("principalId"), e.PrincipalID)
	p.guid(path.Field("clientId"), e.ClientID)
	given := IdentityIDs{Principal: e.PrincipalID.Or(""), Client: e.ClientID.Or("")}
	p.list = append(p.list, CheckIdentityIDs(path, e.ResourceID.Or("the identity"), given, IdentityIDs{})...)
}

// CheckPrincipal compares the principal that was given for an identity with the one that Azure answers; an empty answer is none.
func CheckPrincipal(path Path, identity, given, answered string) *Problem {
	if answered == "" || strings.EqualFold(given, answered) {
		return nil
	}
	return &Problem{
		Path: path, What: fmt.Sprintf("the principal of %s is %s, not %s; the grants went to somebody else.", identity, answered, given),
		Fix: "give the principal ID (the object ID, not the client ID) of the identity in resourceId.",
	}
}

func (p *problems) guid(path Path, value Value[string]) {
	if text, ok := value.Get(); ok && text != "" && !guidPattern.MatchString(text) {
		p.add(path, fmt.Sprintf("%q is not a GUID", text), "give the GUID that Azure shows for it.")
	}
}

func (c Cluster) checkKubelet(p *problems) {
	if c.KubeletIdentity == nil {
		return
	}
	if c.KubeletIdentity.Existing != nil {
		c.KubeletIdentity.Existing.check(p, "kubeletIdentity.existing")
	} else if c.Grants == GrantNone {
		p.add("kubeletIdentity", "the identity that the component makes cannot be granted elsewhere before the cluster needs it",
			`give kubeletIdentity.existing, or leave grants at "auto".`)
	}
}

// checkSubnets: all pools lie in one virtual network, and either all of them in subnets of yours or none.
func (c Cluster) checkSubnets(p *problems) {
	networks := map[string]bool{}
	for _, id := range c.Subnets {
		if network, ok := networkOf(id); ok {
			networks[network.Key()] = true
		}
	}
	if len(networks) > 1 {
		p.add("subnets", fmt.Sprintf("the pools' subnets lie in %d virtual networks; AKS wants all pools in one", len(networks)),
			"use subnets of one virtual network.")
	}
	for _, pool := range c.pools() {
		if (pool.Subnet == "") != (c.SystemPool.Subnet == "") {
			p.add(pool.path.Field("subnet"), "some pools lie in subnets of yours and others do not; AKS wants all pools in one network",
				"give every pool a subnet, or none.")
		}
	}
}

// networkOf is the virtual network of a subnet whose ID is known.
func networkOf(id Value[string]) (rbac.Scope, bool) {
	scope, known := scopeOf(id)
	if !known {
		return rbac.Scope{}, false
	}
	return scope.Ancestor(typeNetwork)
}

// nodeNetwork is the virtual network of the system pool's subnet, when it is known.
func (c Cluster) nodeNetwork() (rbac.Scope, bool) {
	return networkOf(c.Subnets[c.SystemPool.Subnet])
}

// mentioned tells whether the arguments name a resource for the use by itself.
func (c Cluster) mentioned(use Use) bool { return len(mentionsOf(c.Mentions, use)) > 0 }

// checkSystemAssigned refuses what AKS refuses with a system-assigned control plane, before anything is created.
func (c Cluster) checkSystemAssigned(p *problems, mentions []Mention) {
	if c.IsUserAssigned() {
		return
	}
	const fix = `set identity.type to "UserAssigned".`
	seen := map[Path]bool{}
	for _, m := range mentions {
		if info, err := lookup(m.Use); err == nil && !seen[m.Path] {
			seen[m.Path] = info.Refusal != nil
			p.refuseSystemAssigned(m, info, fix)
		}
	}
	if c.Network.Plugin == NetworkPluginKubenet && c.Network.OutboundType == OutboundTypeUserDefinedRouting && !c.mentioned(RouteTable) {
		p.refused("CustomRouteTableWithUnsupportedMSIType", "network.outboundType", "kubenet on an own route table needs a user-assigned identity", fix)
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
