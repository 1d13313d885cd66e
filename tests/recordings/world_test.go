package recordings

import (
	"context"
	"fmt"
	"maps"
	"strings"
	"sync"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/azurenative"
	"github.com/aksidentity/pulumi-aksidentity/components"
	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

// world is a simulated Azure with what was there before, under the names of the recordings.
type world struct {
	cloud *azuresim.Cloud
	// given are the identities that were there, as the recordings call them, by principal.
	given map[string]string
	// faults are the misbehaviours of the service that a precondition asks for.
	faults []*azuresim.Rule

	mu   sync.Mutex
	sent []map[string]string // the bodies with which the cluster was PUT, flattened
}

func newWorld() *world {
	return &world{cloud: azuresim.New(azuresim.WithSeedLocation("westus2")), given: map[string]string{}}
}

// id of a resource that is there.
func (w *world) id(group, resourceType string, names ...string) string {
	return w.seeded(azuresim.ID(group, resourceType, names...), nil)
}

// seeded is a resource that is there; seeding it again would undo what happened to it.
func (w *world) seeded(id string, body map[string]any) string {
	for _, r := range w.cloud.Resources() {
		if strings.EqualFold(r.ID, id) {
			return r.ID
		}
	}
	return w.cloud.MustSeed(id, body)
}

func (w *world) subnet(name string) pulumi.String {
	return pulumi.String(w.id("networkRG", azuresim.SubnetType, "myVnet", name))
}

func (w *world) network() string {
	w.subnet("nodes")
	return azuresim.ID("networkRG", azuresim.VirtualNetworkType, "myVnet")
}

func (w *world) registry() pulumi.String {
	return pulumi.String(w.id("registryRG", azuresim.RegistryType, "myRegistry"))
}

// controlPlane and kubelet are the identities that the recordings give to a cluster.
func (w *world) controlPlane() azuresim.SeededIdentity {
	return w.identity("myControlPlane", "controlPlane")
}
func (w *world) kubelet() azuresim.SeededIdentity { return w.identity("myKubelet", "kubelet") }

func (w *world) identity(name, calledBy string) azuresim.SeededIdentity {
	id := w.cloud.MustSeedIdentity("identityRG", name)
	// The recordings' own spelling of the ID, which Azure's answers do not keep.
	id.ID = azuresim.ID("identityRG", azuresim.IdentityType, name)
	w.given[id.PrincipalID] = calledBy
	return id
}

func existing(id azuresim.SeededIdentity) *components.UserAssignedIdentityArgs {
	return &components.UserAssignedIdentityArgs{
		ResourceID: pulumi.String(id.ID), PrincipalID: pulumi.String(id.PrincipalID), ClientID: pulumi.String(id.ClientID),
	}
}

// somebodyElse is a principal that has nothing to do with the cluster.
func (w *world) somebodyElse() string {
	const id = "00000000-0000-4000-8000-00000000e15e"
	w.cloud.AddPrincipal(id, azuresim.ServicePrincipal, "somebody else")
	return id
}

// foreignName is the name of a role assignment that the library would not compute.
const foreignName = "f0e1d2c3-0000-4000-8000-000000000001"

// grant seeds a role assignment that somebody made before, under a name of their own.
func (w *world) grant(principal, roleName, scope string) {
	role, known := rbac.BuiltinRole(rbac.RoleName(roleName))
	if !known {
		panic("no role is called " + roleName)
	}
	w.cloud.MustSeed(scope+assignmentPath+foreignName, map[string]any{"properties": map[string]any{
		"principalId": principal, "principalType": azuresim.ServicePrincipal,
		"roleDefinitionId": role.ID.DefinitionID(azuresim.DefaultSubscriptionID),
	}})
}

// refuseGrants makes the service answer so many requests for role assignments with the error; -1 is all of them.
func (w *world) refuseGrants(times, status int, code string) {
	w.faults = append(w.faults, w.cloud.Fail(
		azuresim.Match{Method: azuresim.MethodPut, Type: azuresim.RoleAssignmentType, Times: times},
		azuresim.Error{Status: status, Code: code, Message: "refused"},
	))
}

// principals tells who is who now, in the words of the recordings.
func (w *world) principals() map[string]string {
	clusters := w.cloud.Clusters()
	if len(clusters) == 0 {
		return maps.Clone(w.given)
	}
	who := map[string]string{clusters[0].ControlPlane(): "controlPlane", clusters[0].Kubelet(): "kubelet"}
	for _, addon := range []string{"omsagent", "ingressApplicationGateway", "aciConnectorLinux", "azureKeyvaultSecretsProvider", "azurepolicy"} {
		if id := clusters[0].Addon(addon); id != "" {
			who[id] = "addon:" + addon
		}
	}
	return who
}

// seededGrants are the role assignments of others that are still there.
func (w *world) seededGrants() []string {
	var out []string
	for _, a := range w.cloud.RoleAssignments() {
		if a.Seeded {
			out = append(out, fmt.Sprintln(a.ID, a.PrincipalID, a.Role.ID))
		}
	}
	return out
}

// mustHaveStruck: a misbehaviour that never came about was no precondition.
func (w *world) mustHaveStruck(t *testing.T) {
	t.Helper()
	for _, fault := range w.faults {
		if fault.Hits() == 0 {
			t.Error("the precondition never came about")
		}
	}
}

// recordingProvider stands before the simulator's own, which has a lower version, and keeps the bodies of clusters as they
// are sent, accepted or not.
func (w *world) recordingProvider() (pulumirpc.ResourceProviderServer, error) {
	return azurenative.NewProvider(&recorder{Cloud: w.cloud, world: w}), nil
}

type recorder struct {
	*azuresim.Cloud
	world *world
}

func (r *recorder) Put(ctx context.Context, id string, body map[string]any) (azuresim.Response, error) {
	if isCluster(id) {
		r.world.mu.Lock()
		r.world.sent = append(r.world.sent, flatten(body))
		r.world.mu.Unlock()
	}
	return r.Cloud.Put(ctx, id, body)
}
