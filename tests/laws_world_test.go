package tests

import (
	"context"
	"strings"
	"testing"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/plan"
	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

type object = map[string]any

// world is a simulated Azure with what was there before the program, and the cluster that the laws are about.
type world struct {
	*azuresim.Cloud
	t testing.TB
	// cluster is nil as long as there is none.
	cluster *azuresim.Cluster
	// groups of what is seeded; a name without one has a group of its own.
	groups map[string]string
	// spare is a part of the scope of an assignment that may be taken away; empty for none.
	spare string
	// nested allows every assignment to be taken away that lies under another one of the same principal: random
	// combinations name a disk and its whole group, say. nestedSeen counts them.
	nested     bool
	nestedSeen int
}

func newWorld(t testing.TB) *world {
	return &world{Cloud: azuresim.New(), t: t, groups: map[string]string{}}
}

// resource seeds a resource and returns its ID.
func (w *world) resource(resourceType, name string, body object) string {
	return w.MustSeed(azuresim.ID(w.group(name), resourceType, name), body)
}

func (w *world) group(name string) string {
	if group, ok := w.groups[name]; ok {
		return group
	}
	return "group-of-" + name
}

// groupOf seeds the resource group of a name and returns its ID.
func (w *world) groupOf(name string) string {
	return w.MustSeed(azuresim.GroupID(azuresim.DefaultSubscriptionID, w.group(name)), nil)
}

// subnet seeds a subnet of the network "network".
func (w *world) subnet(name string) string { return w.MustSeedSubnet("network", "network", name) }

// network seeds a virtual network with one subnet, and returns both.
func (w *world) network(name string) (network, subnet string) {
	subnet = w.MustSeedSubnet(w.group(name), name, "inside")
	return strings.TrimSuffix(subnet, "/subnets/inside"), subnet
}

const clusterInGroup = "aks"

// seedCluster is a cluster that somebody else made, without one grant, with every add-on that has an identity and a
// backup extension.
func (w *world) seedCluster(identityType plan.IdentityType) {
	w.t.Helper()
	id := azuresim.ID(clusterInGroup, azuresim.ManagedClusterType, "cluster")
	identity := object{"type": string(identityType)}
	if identityType == plan.UserAssigned {
		identity["userAssignedIdentities"] = object{w.MustSeedIdentity(clusterInGroup, "control-plane").ID: object{}}
	}
	addon := func(config object) object { return object{"enabled": true, "config": config} }
	w.subnet("virtual-nodes")
	w.MustSeed(id, object{
		"identity": identity,
		"properties": object{
			"dnsPrefix":         "cluster",
			"agentPoolProfiles": []any{object{"name": "system", "mode": "System", "count": 1, "vmSize": "Standard_D4ds_v5", "vnetSubnetID": w.subnet("aks-nodes")}},
			"addonProfiles": object{
				string(plan.IngressGateway): addon(object{"applicationGatewayId": w.resource(azuresim.ApplicationGatewayType, "first-gateway", nil)}),
				string(plan.VirtualNode):    addon(object{"SubnetName": "virtual-nodes"}),
				string(plan.Monitoring): addon(object{"useAADAuth": "false",
					"logAnalyticsWorkspaceResourceID": w.resource(azuresim.WorkspaceType, "workspace", nil)}),
				string(plan.SecretsProvider): addon(nil),
			},
			"ingressProfile": object{string(plan.WebAppRouting): object{"enabled": true}},
		},
	})
	w.MustSeed(id+"/providers/"+azuresim.ExtensionType+"/azure-aks-backup", object{
		"identity":   object{"type": "SystemAssigned"},
		"properties": object{"extensionType": "microsoft.dataprotection.kubernetes"},
	})
	cluster, err := w.Cluster(id)
	if err != nil {
		w.t.Fatal(err)
	}
	w.cluster = cluster
}

// deployed are the role assignments that the program made.
func (w *world) deployed() []azuresim.RoleAssignment {
	var made []azuresim.RoleAssignment
	for _, a := range w.RoleAssignments() {
		if !a.Seeded {
			made = append(made, a)
		}
	}
	return made
}

// without takes one assignment away, looks, and puts it back.
func (w *world) without(a azuresim.RoleAssignment, look func()) {
	w.t.Helper()
	ctx := context.Background()
	stored, err := w.Get(ctx, a.ID)
	if err != nil {
		w.t.Fatal(err)
	}
	if _, err := w.Delete(ctx, a.ID); err != nil {
		w.t.Fatal(err)
	}
	look()
	if _, err := w.Put(ctx, a.ID, object{"properties": stored.Body["properties"]}); err != nil {
		w.t.Fatal(err)
	}
}

// probe is one thing that an identity of the cluster has to be able to do.
type probe struct {
	capability rbac.CapabilityID
	target     string
	// holder and needs stand for an operation that the simulator does not perform as the identity in question; why says
	// so. The question is then only whether the holder has the actions.
	holder string
	needs  []rbac.Need
	why    string
}

func does(capability rbac.CapabilityID, target string) probe {
	return probe{capability: capability, target: target}
}

// has asks for actions instead of an operation.
func has(why, holder, target string, data bool, actions ...string) probe {
	p := probe{capability: "has", target: target, holder: holder, why: why}
	for _, action := range actions {
		p.needs = append(p.needs, rbac.Need{Action: action, Data: data, Scope: rbac.MustParseScope(target)})
	}
	return p
}

// decide asks the simulated cluster.
func (w *world) decide(p probe) rbac.Decision {
	w.t.Helper()
	if p.needs != nil {
		return w.Can(p.holder, p.needs...)
	}
	decision, err := w.cluster.Perform(p.capability, p.target)
	if err != nil {
		w.t.Fatalf("%s on %s has no answer: %v", p.capability, p.target, err)
	}
	return decision
}

// denied are the probes that fail now.
func (w *world) denied(probes []probe) []probe {
	var failing []probe
	for _, p := range probes {
		if !w.decide(p).Allowed() {
			failing = append(failing, p)
		}
	}
	return failing
}
