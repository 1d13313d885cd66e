package recordings

import (
	"encoding/json"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

// application is the service principal that a person has for clusters; it returns the application's ID.
func (w *world) application() string {
	const principal = "00000000-0000-4000-8000-0000000000a9"
	w.cloud.AddPrincipal(principal, azuresim.ServicePrincipal, "an application")
	for _, p := range w.cloud.Principals() {
		if p.ID == principal {
			return p.ClientID
		}
	}
	panic("the principal that was just added is not there")
}

// presuppose puts into the world what a recording says was there: its group, the resources that it names and neither makes
// nor misses, the cluster that a command about one found, and its precondition.
func (w *world) presuppose(t *testing.T, r recording) {
	t.Helper()
	// The latest version of the time of the recordings is the last but one here, so that it is AKS's default.
	w.cloud.Configure(azuresim.WithKubernetesVersions("1.23.15", "1.24.9", "1.25.5"))
	w.cloud.AddSubscription(otherSubscription)
	if !r.makes("/resourcegroups/myResourceGroup") {
		w.seeded(azuresim.GroupID(azuresim.DefaultSubscriptionID, "myResourceGroup"), map[string]any{"location": "westus2"})
	}
	standing := w.standingCluster(t, r)
	for _, id := range r.namedResources(standing) {
		w.seedNamed(id)
	}
	if unnamed := unnamedResources(r.name); unnamed != nil {
		unnamed(base(), w)
	}
	if standing != nil {
		w.cloud.MustSeedCluster("myResourceGroup", "MyManagedCluster", standing)
	}
	if becomesTrue := precondition(r.name); becomesTrue != nil {
		becomesTrue(w)
	}
}

func (w *world) seedNamed(id string) {
	scope := rbac.MustParseScope(id)
	switch scope.ResourceType() {
	case azuresim.IdentityType:
		w.identity(scope.Name(), map[string]string{"myControlPlane": "controlPlane", "myKubelet": "kubelet"}[scope.Name()])
	case azuresim.WorkspaceType:
		w.seeded(id, map[string]any{"location": "westus2"}) // where the CLI makes the rule
	default:
		w.seeded(id, nil)
	}
}

var resourceID = regexp.MustCompile(`(?i)/subscriptions/[^/"' ,]+/resourceGroups/[^/"' ,]+/providers/[A-Za-z.]+(/[A-Za-z]+/[^/"' ,{}]+)+`)

// seededNamespaces hold the resources that the commands use; role assignments and clusters are not among them.
var seededNamespaces = []string{"Microsoft.Network", "Microsoft.ManagedIdentity", "Microsoft.ContainerRegistry",
	"Microsoft.OperationalInsights", "Microsoft.KeyVault", "Microsoft.Compute"}

// namedResources are the IDs in the requests and in the cluster that was there, outermost first, in the spelling of the bodies.
func (r recording) namedResources(standing map[string]any) []string {
	found := map[string]string{}
	for _, text := range r.texts(standing) {
		for _, id := range resourceID.FindAllString(text, -1) {
			id, _, _ = strings.Cut(id, "/providers/Microsoft.Authorization/")
			namespace, _, _ := strings.Cut(id[strings.LastIndex(id, "/providers/")+len("/providers/"):], "/")
			lower := strings.ToLower(id)
			_, seen := found[lower]
			if seen || !slices.Contains(seededNamespaces, namespace) || strings.HasSuffix(id, "/missing") || strings.Contains(id, "/MC_") {
				continue
			}
			found[lower] = id
		}
	}
	return slices.SortedFunc(maps.Values(found), func(a, b string) int {
		return strings.Compare(strings.ToLower(a), strings.ToLower(b))
	})
}

// texts are the command, the bodies and then the paths: paths have IDs in the letters of the client's model.
func (r recording) texts(standing map[string]any) []string {
	out := strings.Fields(r.Command)
	bodies := []map[string]any{standing}
	for _, q := range r.Requests {
		bodies = append(bodies, q.Body)
	}
	for _, body := range bodies {
		if text, err := json.Marshal(body); err == nil {
			out = append(out, string(text))
		}
	}
	for _, q := range r.Requests {
		out = append(out, q.Path)
	}
	return out
}

func (r recording) makes(suffix string) bool {
	return slices.ContainsFunc(r.Requests, func(q request) bool {
		return q.Method == "PUT" && strings.HasSuffix(q.Path, suffix)
	})
}

// standingCluster is the cluster that was there, nil when a command makes one. What an update sends back is what it had read,
// so its body is that of a recorded update without the change.
func (w *world) standingCluster(t *testing.T, r recording) map[string]any {
	t.Helper()
	const alone, inSubnet = "20a-update-attach-acr", "21b-enable-addon-ingress-appgw-subnet-id"
	addons := func(name string, config map[string]any) func(map[string]any) {
		return func(body map[string]any) {
			inside(body, "properties")["addonProfiles"] = map[string]any{name: map[string]any{"enabled": true, "config": config}}
		}
	}
	monitoring := addons("omsagent", map[string]any{"logAnalyticsWorkspaceResourceID": workspaceID, "useAADAuth": "False"})
	gateway := addons("ingressApplicationGateway", map[string]any{"applicationGatewayName": "myGateway",
		"subnetId": azuresim.ID("networkRG", azuresim.SubnetType, "myVnet", "appgw")})
	switch r.Precondition {
	case "system assigned cluster exists", "kubelet holds AcrPull on the registry", "kubelet already holds AcrPull":
		return standing(t, alone, nil)
	case "service principal cluster exists":
		return standing(t, alone, w.ofApplication)
	case "user assigned cluster exists":
		return standing(t, alone, withControlPlane)
	case "system assigned cluster with the monitoring add-on exists":
		return standing(t, alone, monitoring)
	case "system assigned cluster with an own subnet exists":
		return standing(t, inSubnet, nil)
	case "user assigned cluster with an own subnet exists":
		return standing(t, inSubnet, withControlPlane)
	case "system assigned cluster with ingress-appgw exists", "ingress-appgw is enabled and its identity holds Network Contributor on the gateway subnet":
		return standing(t, inSubnet, gateway)
	}
	if r.name == "01d-seed-get-credentials" { // says nothing; it follows 01c
		return standing(t, alone, nil)
	}
	return nil
}

var workspaceID = azuresim.ID("monitorRG", azuresim.WorkspaceType, "myWorkspace")

func (w *world) ofApplication(body map[string]any) {
	delete(body, "identity")
	inside(body, "properties")["servicePrincipalProfile"] = map[string]any{"clientId": w.application(), "secret": "secret"}
}

func withControlPlane(body map[string]any) {
	id := azuresim.ID("identityRG", azuresim.IdentityType, "myControlPlane")
	body["identity"] = map[string]any{"type": "UserAssigned", "userAssignedIdentities": map[string]any{id: map[string]any{}}}
}

// standing is the body of a recorded update as it was before, without what only answers have.
func standing(t *testing.T, recording string, change func(map[string]any)) map[string]any {
	t.Helper()
	body := load(t, recording).clusterBody()
	for _, answered := range []string{"identityProfile", "servicePrincipalProfile", "addonProfiles"} {
		delete(inside(body, "properties"), answered)
	}
	if change != nil {
		change(body)
	}
	return body
}

// unnamedResources are those that no request names by ID.
func unnamedResources(recording string) step {
	switch {
	case strings.HasPrefix(recording, "06"):
		return ownRoutes // the route table is on the subnet
	case recording == "07b-attach-acr-by-name":
		return registry
	case recording == "07f-attach-acr-not-found", strings.Contains(recording, "ID unknown"):
		return registry // another one in the group
	case strings.Contains(recording, "virtual-node"):
		return func(_ *clusterArgs, w *world) { w.subnet("aci") } // it is called by its name
	}
	return nil
}

// precondition is that of the situation, which says it of the same world, or of a recording whose state before our deployments
// reach in another way.
func precondition(recording string) func(*world) {
	switch recording {
	case "20b-update-detach-acr":
		return func(w *world) { w.grant(w.cloud.Clusters()[0].Kubelet(), "AcrPull", string(w.registry())) }
	case "21g-disable-addon-ingress-appgw":
		return func(w *world) {
			w.grant(w.cloud.Clusters()[0].Addon("ingressApplicationGateway"), "Network Contributor", string(w.subnet("appgw")))
		}
	case "25b-role-assignment-create-again":
		return func(w *world) {
			w.grant(w.cloud.Clusters()[0].ControlPlane(), "Network Contributor", string(w.subnet("nodes")))
		}
	}
	for _, s := range situations() {
		if s.recording == recording && s.precondition != nil {
			return s.precondition
		}
	}
	return nil
}
