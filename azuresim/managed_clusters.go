package azuresim

// clusterView is a cluster as its checks see it: the merged body of a PUT, or the stored one for a pool operation.
type clusterView struct {
	c        *Cloud
	q        *request
	id       string
	old      *resource // nil when the cluster is new
	body     map[string]any
	props    map[string]any // of body
	location string
	control  controlPlane
	pools    []*poolView // all pools, after the operation
	sent     []*poolView // those that the request names
}

// controlPlane is the identity that the cluster acts with.
type controlPlane struct {
	kind      string // SystemAssigned, UserAssigned or ServicePrincipal
	id        string // of the user-assigned identity
	principal string
}

const (
	systemAssigned = "SystemAssigned"
	userAssigned   = "UserAssigned"
)

func (p controlPlane) isSystem() bool { return p.kind == systemAssigned }

// readOnlyClusterProperties are not taken from a PUT.
var readOnlyClusterProperties = []string{
	"provisioningState", "powerState", "currentKubernetesVersion", "maxAgentPools", "fqdn", "privateFQDN",
	"azurePortalFQDN", "resourceUID",
}

// clusterChecks run in this order on a create or an update. Which of several mistakes AKS reports first is not known
// beyond: the caller's rights come before the content, and the content before the control plane's rights.
var clusterChecks = []func(*clusterView) *Error{
	(*clusterView).checkReferences,
	(*clusterView).checkUnchanged,
	(*clusterView).checkNames,
	(*clusterView).checkVersion,
	(*clusterView).checkRetired,
	(*clusterView).checkPools,
	(*clusterView).checkNetworkProfile,
	(*clusterView).checkOutbound,
	(*clusterView).checkAddressing,
	(*clusterView).checkAPIServer,
	(*clusterView).checkProfiles,
	(*clusterView).checkAddons,
	(*clusterView).checkKubeletIdentity,
	(*clusterView).checkRouteTables,
	(*clusterView).checkPrivateZone,
	(*clusterView).checkKMS,
	(*clusterView).checkPoolPlacement,
}

// putCluster creates or updates a cluster. Everything is checked before the operation is accepted; what AKS finds only
// while it works (see lateFailure) leaves a failed cluster behind.
func (c *Cloud) putCluster(q *request) (*change, *Error) {
	if err := c.checkTracked(q); err != nil {
		return nil, err
	}
	v, err := c.viewOfPut(q)
	if err != nil {
		return nil, err
	}
	if !q.seeding {
		defer c.ripen(v.control.principal)
	}
	for _, check := range clusterChecks {
		if err := check(v); err != nil {
			return nil, err
		}
	}
	r := c.draft(q, v.body)
	plan := c.stored(q, r)
	plan.apply = func() { v.build(r) }
	plan.fails = v.lateFailure()
	return plan, nil
}

// viewOfPut merges the request into the stored cluster.
func (c *Cloud) viewOfPut(q *request) (*clusterView, *Error) {
	v := &clusterView{c: c, q: q, old: q.old, id: q.id.canonical(q.info), location: region(text(q.body, "location"))}
	sent := orEmpty(object(q.body, "properties"))
	for _, name := range readOnlyClusterProperties {
		delete(sent, name)
	}
	base := map[string]any{}
	if v.old != nil {
		v.id = v.old.ID
		base = cloneObject(v.old.properties())
		alignKeys(object(sent, "addonProfiles"), object(base, "addonProfiles"))
	}
	for _, addon := range object(sent, "addonProfiles") {
		if profile, ok := addon.(map[string]any); ok {
			delete(profile, "identity")
		}
	}
	inline := objects(sent, "agentPoolProfiles")
	delete(sent, "agentPoolProfiles")
	v.props = overlay(base, sent)
	v.body = map[string]any{"location": v.location, "properties": v.props}
	for _, name := range []string{"tags", "sku", "kind", "extendedLocation"} {
		if value := dig(q.body, name); value != nil {
			v.body[name] = value
		} else if v.old != nil && name != "tags" && v.old.Body[name] != nil {
			v.body[name] = v.old.Body[name]
		}
	}
	if err := v.readIdentity(sent); err != nil {
		return nil, err
	}
	return v, v.readPools(inline)
}

// alignKeys renames keys of sent to the spelling of known, since add-on names have no case.
func alignKeys(sent, known map[string]any) {
	for spelling := range known {
		if given, value, ok := lookupFold(sent, spelling); ok && given != spelling {
			delete(sent, given)
			sent[spelling] = value
		}
	}
}

// viewOf is the view of a stored cluster, for a pool operation.
func (c *Cloud) viewOf(q *request, r *resource) *clusterView {
	v := &clusterView{c: c, q: q, id: r.ID, old: r, body: r.Body, props: r.properties(),
		location: text(r.Body, "location"), control: controlOf(r)}
	for _, pool := range c.childrenOf(r.ID, AgentPoolType) {
		v.pools = append(v.pools, &poolView{name: pool.Name, stored: pool, old: pool.properties(),
			props: cloneObject(pool.properties())})
	}
	return v
}

// controlOf reads the control-plane identity of a stored cluster.
func controlOf(r *resource) controlPlane {
	identity := object(r.Body, "identity")
	for id, entry := range object(identity, "userAssignedIdentities") {
		values, _ := entry.(map[string]any)
		return controlPlane{kind: userAssigned, id: id, principal: text(values, "principalId")}
	}
	if principal := text(identity, "principalId"); principal != "" {
		return controlPlane{kind: systemAssigned, principal: principal}
	}
	client := text(r.Body, "properties", "servicePrincipalProfile", "clientId")
	return controlPlane{kind: ServicePrincipal, principal: applicationPrincipal(client).ID}
}

// checkUnchanged refuses changes of what AKS never changes (immutable.go).
func (v *clusterView) checkUnchanged() *Error {
	if v.old == nil {
		return nil
	}
	return checkMerged(ManagedClusterType, v.old.Body, v.body)
}

// seedCluster makes a cluster as small as it can be.
func seedCluster(_ *Cloud, q *request) {
	body, name := q.body, q.id.name()
	if dig(body, "identity") == nil && dig(body, "properties", "servicePrincipalProfile") == nil {
		put(body, "SystemAssigned", "identity", "type")
	}
	if dig(body, "properties", "fqdnSubdomain") == nil {
		setDefault(body, name, "properties", "dnsPrefix")
	}
	pool := map[string]any{"name": "system", "mode": "System", "count": 1, "vmSize": "Standard_D4ds_v5"}
	setDefault(body, []any{pool}, "properties", "agentPoolProfiles")
}
