package azuresim_test

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"os"
	"slices"
	"strings"
	"testing"

	sim "github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

type object = map[string]any

var ctx = context.Background()

const location = "westeurope"

// world is a cloud with the resource group "aks" made by the program.
type world struct {
	*sim.Cloud
	t testing.TB
}

func newWorld(t testing.TB, opts ...sim.Option) world {
	t.Helper()
	w := world{Cloud: sim.New(append(opts, sim.WithCheckedAnswers())...), t: t}
	t.Cleanup(func() {
		for _, problem := range w.Shapes().Problems {
			t.Error(problem)
		}
	})
	w.must(groupID("aks"), object{"location": location})
	return w
}

func groupID(name string) string { return sim.GroupID(sim.DefaultSubscriptionID, name) }

// must puts and returns the answer's body.
func (w world) must(id string, body object) object {
	w.t.Helper()
	r, err := w.Put(ctx, id, body)
	if err != nil {
		w.t.Fatalf("PUT %s: %v", id, err)
	}
	return r.Body
}

func (w world) get(id string) object {
	w.t.Helper()
	r, err := w.Get(ctx, id)
	if err != nil {
		w.t.Fatalf("GET %s: %v", id, err)
	}
	return r.Body
}

func (w world) remove(id string) {
	w.t.Helper()
	if _, err := w.Delete(ctx, id); err != nil {
		w.t.Fatalf("DELETE %s: %v", id, err)
	}
}

// refused puts, and wants the code; "" wants success.
func (w world) refused(id string, body object, code string) *sim.Error {
	w.t.Helper()
	_, err := w.Put(ctx, id, body)
	if sim.Code(err) != code {
		w.t.Fatalf("PUT %s: got %v, want code %q", id, err, code)
	}
	var e *sim.Error
	errors.As(err, &e)
	return e
}

// identity makes a user-assigned identity and returns its id and principal.
func (w world) identity(name string) (id, principal string) {
	w.t.Helper()
	body := w.must(sim.ID("aks", sim.IdentityType, name), object{"location": location})
	return body["id"].(string), at(body, "properties.principalId").(string)
}

func roleID(t testing.TB, role string) string {
	t.Helper()
	r, ok := rbac.BuiltinRole(rbac.RoleName(role))
	if !ok {
		t.Fatalf("no role %q", role)
	}
	return r.ID.DefinitionID(sim.DefaultSubscriptionID)
}

// assignmentID is the deterministic id of a grant.
func assignmentID(t testing.TB, scope, principal, role string) string {
	t.Helper()
	r, ok := rbac.BuiltinRole(rbac.RoleName(role))
	if !ok {
		t.Fatalf("no role %q", role)
	}
	return scope + "/providers/" + sim.RoleAssignmentType + "/" + rbac.AssignmentName(rbac.MustParseScope(scope), principal, r.ID)
}

func assignmentBody(t testing.TB, principal, role string) object {
	return object{"properties": object{"principalId": principal, "roleDefinitionId": roleID(t, role),
		"principalType": sim.ServicePrincipal}}
}

// grant gives a principal a built-in role.
func (w world) grant(principal, role, scope string) string {
	w.t.Helper()
	id := assignmentID(w.t, scope, principal, role)
	w.must(id, assignmentBody(w.t, principal, role))
	return id
}

var clusterID = sim.ID("aks", sim.ManagedClusterType, "demo")

func pool(changes object) object {
	return merge(object{"name": "system", "mode": "System", "count": 1, "vmSize": "Standard_D4ds_v5"}, changes)
}

// clusterBody is a minimal system-assigned cluster with changed properties; the keys "identity", "sku" and "tags" go to the
// top of the body.
func clusterBody(changes object) object {
	body := object{"location": location, "identity": object{"type": "SystemAssigned"}}
	props := object{"dnsPrefix": "demo", "agentPoolProfiles": []any{pool(nil)}}
	for k, v := range changes {
		switch k {
		case "identity", "sku", "tags", "location":
			body[k] = v
		default:
			props[k] = v
		}
	}
	body["properties"] = props
	return body
}

func merge(base, changes object) object {
	out := object{}
	for k, v := range base {
		out[k] = v
	}
	for k, v := range changes {
		if v == nil {
			delete(out, k)
			continue
		}
		out[k] = v
	}
	return out
}

func userAssigned(id string) object {
	return object{"type": "UserAssigned", "userAssignedIdentities": object{id: object{}}}
}

// at follows a dotted path; a number is an index into a list.
func at(body any, path string) any {
	for _, key := range strings.Split(path, ".") {
		switch v := body.(type) {
		case map[string]any:
			body = v[key]
		case []any:
			if i := int(key[0] - '0'); i < len(v) {
				body = v[i]
				continue
			}
			return nil
		default:
			return nil
		}
	}
	return body
}

func (w world) cluster(id string) *sim.Cluster {
	w.t.Helper()
	cl, err := w.Cluster(id)
	if err != nil {
		w.t.Fatal(err)
	}
	return cl
}

func decode(t testing.TB, s string) string {
	t.Helper()
	out, err := base64.StdEncoding.DecodeString(s)
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

// recordedPut is a PUT of the Azure CLI.
type recordedPut struct {
	Method, Path string
	Body         object
}

// puts lists what a recording in testdata sends with PUT, in the default subscription.
func puts(t testing.TB, recording string) []recordedPut {
	t.Helper()
	content, err := os.ReadFile("testdata/" + recording + ".json")
	if err != nil {
		t.Fatal(err)
	}
	var out struct{ Requests []recordedPut }
	text := strings.ReplaceAll(string(content), "{subscriptionId}", sim.DefaultSubscriptionID)
	if err := json.Unmarshal([]byte(text), &out); err != nil {
		t.Fatal(err)
	}
	return slices.DeleteFunc(out.Requests, func(r recordedPut) bool { return r.Method != "PUT" })
}

// thingNames are names that a resource of a type, and what encloses it, can have: thing0a, thing0b.
func thingNames(resourceType string) []string {
	parts := strings.Split(resourceType, "/")[1:]
	names := make([]string, len(parts))
	for i, part := range parts {
		names[i] = "thing0" + string(rune('a'+i))
		if strings.HasSuffix(strings.ToLower(part), "dnszones") {
			names[i] += ".example"
		}
	}
	return names
}
