package azure_test

import (
	"crypto/tls"
	"crypto/x509"
	"flag"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore/cloud"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"
	"github.com/Azure/azure-sdk-for-go/sdk/azidentity"
	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/arm"
	"github.com/aksidentity/pulumi-aksidentity/cmd/aksid/internal/audit"
	"github.com/aksidentity/pulumi-aksidentity/cmd/aksid/internal/azure"
	"github.com/aksidentity/pulumi-aksidentity/rbac"
	"github.com/aksidentity/pulumi-aksidentity/tests/golden"
)

// world is a simulated Azure in which the Azure CLI has been at work, and the way to it.
type world struct {
	*azuresim.Cloud
	t      testing.TB
	access azure.Access
}

func newWorld(t testing.TB) *world {
	t.Helper()
	w := &world{Cloud: azuresim.New(), t: t}
	server := httptest.NewTLSServer(arm.New(w.Cloud, arm.WithPageSize(2))) // small pages: every list has several
	t.Cleanup(server.Close)
	options := policy.ClientOptions{
		Transport: server.Client(), Retry: policy.RetryOptions{MaxRetries: 1, RetryDelay: time.Millisecond, MaxRetryDelay: time.Millisecond},
		Cloud: cloud.Configuration{
			ActiveDirectoryAuthorityHost: server.URL + "/",
			Services: map[cloud.ServiceName]cloud.ServiceConfiguration{
				cloud.ResourceManager: {Endpoint: server.URL, Audience: "https://management.azure.com"},
			},
		},
	}
	credential, err := azidentity.NewClientSecretCredential(azuresim.DefaultTenantID, azuresim.DefaultDeployerClientID, arm.DefaultClientSecret,
		&azidentity.ClientSecretCredentialOptions{ClientOptions: options, DisableInstanceDiscovery: true})
	if err != nil {
		t.Fatal(err)
	}
	w.access = azure.Access{Credential: credential, Options: options, Graph: server.URL}
	return w
}

func (w *world) audit() audit.Report {
	w.t.Helper()
	e, source, err := azure.Read(w.t.Context(), azuresim.DefaultSubscriptionID, w.access)
	if err != nil {
		w.t.Fatal(err)
	}
	r, err := audit.Of(e, source)
	if err != nil {
		w.t.Fatal(err)
	}
	return r
}

// subnet of the one network of a group.
func (w *world) subnet(name string) string { return w.MustSeedSubnet("network-team", "hub", name) }

func (w *world) thing(resourceType, name string) string {
	return w.MustSeed(azuresim.ID("others", resourceType, name), nil)
}

func networkOf(subnet string) string {
	network, _, _ := strings.Cut(subnet, "/subnets/")
	return network
}

// cluster seeds one with its nodes in the subnet; properties are more of its properties.
func (w *world) cluster(name, subnet string, properties map[string]any) *azuresim.Cluster {
	w.t.Helper()
	all := map[string]any{
		"networkProfile":    map[string]any{"networkPlugin": "azure"},
		"agentPoolProfiles": []any{map[string]any{"name": "nodepool1", "mode": "System", "count": 1.0, "vmSize": "Standard_D4s_v5", "vnetSubnetID": subnet}},
	}
	for key, value := range properties {
		all[key] = value
	}
	return w.MustSeedCluster("demo", name, map[string]any{"properties": all, "identity": map[string]any{"type": "SystemAssigned"}})
}

// grant is what az role assignments look like: a random name, no description.
func (w *world) grant(principal string, role rbac.RoleName, scope string) {
	w.t.Helper()
	known, ok := rbac.BuiltinRole(role)
	if !ok || principal == "" {
		w.t.Fatalf("%s for %q cannot be granted", role, principal)
	}
	name := rbac.AssignmentName(rbac.MustParseScope(scope), principal, known.ID)
	w.MustSeed(scope+"/providers/"+azuresim.RoleAssignmentType+"/"+name, map[string]any{"properties": map[string]any{
		"principalId": principal, "roleDefinitionId": known.ID.DefinitionID(azuresim.DefaultSubscriptionID),
	}})
}

// answer is the text at the path in what Azure answers about the cluster.
func (w *world) answer(c *azuresim.Cluster, path ...string) string {
	w.t.Helper()
	got, err := w.Get(w.t.Context(), c.ID)
	if err != nil {
		w.t.Fatal(err)
	}
	var value any = got.Body
	for _, key := range path {
		object, _ := value.(map[string]any)
		value = object[key]
	}
	text, _ := value.(string)
	if text == "" {
		w.t.Fatalf("%s has no %s", c.ID, strings.Join(path, "."))
	}
	return text
}

func (w *world) control(c *azuresim.Cluster) string { return w.answer(c, "identity", "principalId") }

func (w *world) kubelet(c *azuresim.Cluster) string {
	return w.answer(c, "properties", "identityProfile", "kubeletidentity", "objectId")
}

func (w *world) addon(c *azuresim.Cluster, key string) string {
	return w.answer(c, "properties", "addonProfiles", key, "identity", "objectId")
}

func on(config map[string]any) map[string]any {
	return map[string]any{"enabled": true, "config": config}
}

// situations are what the Azure CLI leaves, as the recordings of az 2.45.0 have it.
func situations() []struct {
	name, reason string
	make         func(w *world)
	want         []string
} {
	return []struct {
		name, reason string
		make         func(w *world)
		want         []string
	}{
		{
			"own subnet and a registry", "az aks create --vnet-subnet-id --attach-acr: both grants are right",
			func(w *world) {
				c := w.cluster("demo", w.subnet("nodes"), nil)
				w.grant(w.control(c), rbac.NetworkContributor, w.subnet("nodes"))
				w.grant(w.kubelet(c), rbac.AcrPull, w.thing(azuresim.RegistryType, "teamshop"))
			}, nil,
		},
		{
			"virtual nodes and an ingress gateway", "Contributor on the whole network, and on the gateway's group",
			func(w *world) {
				nodes, gateway := w.subnet("nodes"), w.thing(azuresim.ApplicationGatewayType, "edge")
				w.subnet("aci")
				c := w.cluster("demo", nodes, map[string]any{"addonProfiles": map[string]any{
					"aciConnectorLinux":         on(map[string]any{"SubnetName": "aci"}),
					"ingressApplicationGateway": on(map[string]any{"applicationGatewayId": gateway}),
				}})
				group, _, _ := strings.Cut(gateway, "/providers/")
				w.grant(w.control(c), rbac.NetworkContributor, nodes)
				w.grant(w.addon(c, "aciConnectorLinux"), rbac.Contributor, networkOf(nodes))
				w.grant(w.addon(c, "ingressApplicationGateway"), rbac.Contributor, group)
			},
			[]string{
				"warning role-stronger-than-use demo/addon-ingressApplicationGateway", "warning scope-wider-than-use demo/addon-aciConnectorLinux",
			},
		},
		{
			"cluster made again in the subnet of a former one", "the former one's assignment stays, and suppresses that of the new one",
			func(w *world) {
				nodes := w.subnet("nodes")
				former := w.cluster("former", nodes, nil)
				w.grant(w.control(former), rbac.NetworkContributor, nodes)
				w.grant(w.kubelet(former), rbac.AcrPull, w.thing(azuresim.RegistryType, "teamshop"))
				if _, err := w.Delete(w.t.Context(), former.ID); err != nil {
					w.t.Fatal(err)
				}
				w.cluster("demo", nodes, nil)
			},
			[]string{
				"error missing-right demo/control-plane", "warning assignment-without-holder principal", "warning assignment-without-holder principal",
			},
		},
		{
			"virtual nodes switched off again", "az aks disable-addons leaves the assignment",
			func(w *world) {
				nodes := w.subnet("nodes")
				w.subnet("aci")
				c := w.cluster("demo", nodes, map[string]any{"addonProfiles": map[string]any{"aciConnectorLinux": on(map[string]any{"SubnetName": "aci"})}})
				w.grant(w.control(c), rbac.NetworkContributor, nodes)
				w.grant(w.addon(c, "aciConnectorLinux"), rbac.Contributor, networkOf(nodes))
				got, err := w.Get(w.t.Context(), c.ID)
				if err != nil {
					w.t.Fatal(err)
				}
				got.Body["properties"].(map[string]any)["addonProfiles"] = map[string]any{"aciConnectorLinux": map[string]any{"enabled": false}}
				if _, err := w.Put(w.t.Context(), c.ID, got.Body); err != nil {
					w.t.Fatal(err)
				}
			},
			[]string{"warning assignment-without-holder principal"},
		},
		{
			"pod subnet and an outbound address", "az grants neither",
			func(w *world) {
				c := w.cluster("demo", w.subnet("nodes"), map[string]any{
					"networkProfile": map[string]any{"networkPlugin": "azure", "loadBalancerProfile": map[string]any{
						"outboundIPs": map[string]any{"publicIPs": []any{map[string]any{"id": w.thing(azuresim.PublicIPAddressType, "outbound")}}},
					}},
					"agentPoolProfiles": []any{map[string]any{
						"name": "nodepool1", "mode": "System", "count": 1.0, "vmSize": "Standard_D4s_v5", "vnetSubnetID": w.subnet("nodes"), "podSubnetID": w.subnet("pods"),
					}},
				})
				w.grant(w.control(c), rbac.NetworkContributor, w.subnet("nodes"))
			},
			[]string{"error missing-right demo/control-plane", "error missing-right demo/control-plane"},
		},
		{
			"identity that nothing uses", "left over when the cluster changed to another one",
			func(w *world) {
				c := w.cluster("demo", w.subnet("nodes"), nil)
				w.grant(w.control(c), rbac.NetworkContributor, w.subnet("nodes"))
				w.MustSeedIdentity("demo", "former")
				pods := w.MustSeedIdentity("demo", "orders")
				w.MustSeed(pods.ID+"/federatedIdentityCredentials/orders", map[string]any{"properties": map[string]any{
					"issuer": "https://issuer.example/", "subject": "system:serviceaccount:shop:orders", "audiences": []any{"api://AzureADTokenExchange"},
				}})
			},
			[]string{"warning identity-without-use former"},
		},
		{
			"cluster that changed to another identity", "AKS leaves the former control plane Contributor on the nodes, system-assigned or not",
			func(w *world) {
				former, now, gone := w.MustSeedIdentity("demo", "former"), w.MustSeedIdentity("demo", "now"), w.MustSeedIdentity("demo", "gone")
				nodes := w.subnet("nodes")
				w.grant(now.PrincipalID, rbac.NetworkContributor, nodes)
				c := w.MustSeedCluster("demo", "demo", map[string]any{
					"identity": map[string]any{"type": "UserAssigned", "userAssignedIdentities": map[string]any{now.ID: map[string]any{}}},
					"properties": map[string]any{
						"networkProfile":    map[string]any{"networkPlugin": "azure"},
						"agentPoolProfiles": []any{map[string]any{"name": "nodepool1", "mode": "System", "count": 1.0, "vmSize": "Standard_D4s_v5", "vnetSubnetID": nodes}},
					},
				})
				w.grant(now.PrincipalID, rbac.Contributor, c.NodeResourceGroup())
				w.grant(former.PrincipalID, rbac.Contributor, c.NodeResourceGroup())
				w.grant(gone.PrincipalID, rbac.Contributor, c.NodeResourceGroup())
				w.remove(gone.ID)
				w.grant(w.stranger("operators"), rbac.Contributor, c.NodeResourceGroup())
				w.grant(w.stranger("scanner"), rbac.Reader, c.NodeResourceGroup())
			},
			[]string{
				"note former-identity-keeps-nodes demo/principal", "warning former-identity-keeps-nodes demo/former",
				"warning former-identity-keeps-nodes demo/principal", "warning identity-without-use former",
			},
		},
		{
			"identity made again under its name", "its new principal holds nothing, and the former one's grant stays",
			func(w *world) {
				first := w.MustSeedIdentity("demo", "control")
				nodes := w.subnet("nodes")
				w.grant(first.PrincipalID, rbac.NetworkContributor, nodes)
				w.remove(first.ID)
				second := w.MustSeedIdentity("demo", "control")
				if second.PrincipalID == first.PrincipalID {
					w.t.Fatal("it has the same principal again")
				}
				w.MustSeedCluster("demo", "demo", map[string]any{
					"identity": map[string]any{"type": "UserAssigned", "userAssignedIdentities": map[string]any{second.ID: map[string]any{}}},
					"properties": map[string]any{
						"networkProfile":    map[string]any{"networkPlugin": "azure"},
						"agentPoolProfiles": []any{map[string]any{"name": "nodepool1", "mode": "System", "count": 1.0, "vmSize": "Standard_D4s_v5", "vnetSubnetID": nodes}},
					},
				})
			},
			[]string{"error missing-right demo/control-plane", "warning assignment-without-holder principal"},
		},
	}
}

// remove deletes it in Azure; what was granted to it stays.
func (w *world) remove(id string) {
	w.t.Helper()
	if _, err := w.Delete(w.t.Context(), id); err != nil {
		w.t.Fatal(err)
	}
}

// stranger is a service principal that is no managed identity.
func (w *world) stranger(name string) string {
	principal := uuid.NewSHA1(uuid.NameSpaceOID, []byte(name)).String()
	w.AddPrincipal(principal, azuresim.ServicePrincipal, name)
	return principal
}

func said(r audit.Report) (lines []string) {
	for _, f := range r.Findings {
		who := f.Identity
		if f.Cluster != "" {
			who = f.Cluster + "/" + who
		}
		lines = append(lines, string(f.Severity)+" "+string(f.Kind)+" "+who)
	}
	slices.Sort(lines)
	return lines
}

// TestWhatTheAzureCLILeavesIsNamed: the clients of the Azure SDK read the simulated Azure, in which az was at work.
func TestWhatTheAzureCLILeavesIsNamed(t *testing.T) {
	for _, s := range situations() {
		t.Run(s.name, func(t *testing.T) {
			w := newWorld(t)
			s.make(w)
			r := w.audit()
			if diff := cmp.Diff(s.want, said(r)); diff != "" {
				t.Errorf("%s\n%s\n%s", s.reason, diff, r.Text(120))
			}
			compare(t, s.name, r.Text(110))
		})
	}
}

var update = flag.Bool("update", false, "write what is, as what should be")

// compare compares with testdata/NAME.txt.
func compare(t *testing.T, name, got string) {
	t.Helper()
	golden.Compare(t, filepath.Join("testdata", strings.ReplaceAll(name, " ", "-")+".txt"), got, *update, "go test ./internal/azure -update")
}

// TestAReadingChangesNothing: all that is sent are questions, apart from the sign-in.
func TestAReadingChangesNothing(t *testing.T) {
	w := newWorld(t)
	situations()[1].make(w)
	sent := &recorder{next: w.access.Options.Transport}
	w.access.Options.Transport = sent
	w.audit()
	questions := 0
	for _, r := range sent.requests {
		switch {
		case strings.HasPrefix(r, "GET /subscriptions/"):
			questions++
		case r != "POST /v1.0/directoryObjects/getByIds":
			t.Errorf("it sent %s", r)
		}
	}
	if questions < 10 {
		t.Errorf("only %d questions were seen: %v", questions, sent.requests)
	}
}

// recorder notes what is sent to ARM and Graph. The sign-in has a transport of its own.
type recorder struct {
	next     policy.Transporter
	requests []string
}

func (r *recorder) Do(request *http.Request) (*http.Response, error) {
	r.requests = append(r.requests, request.Method+" "+request.URL.Path)
	return r.next.Do(request)
}

// refuser refuses requests whose path has the part, as Azure refuses who has no right.
type refuser struct {
	next policy.Transporter
	part string
}

func (r refuser) Do(request *http.Request) (*http.Response, error) {
	if !strings.Contains(request.URL.Path, r.part) {
		return r.next.Do(request)
	}
	const body = `{"error": {"code": "AuthorizationFailed", "message": "The client has no right to this."}}`
	return &http.Response{
		StatusCode: http.StatusForbidden, Status: "403 Forbidden", Header: http.Header{"Content-Type": {"application/json"}},
		Body: io.NopCloser(strings.NewReader(body)), Request: request,
	}, nil
}

func TestWhoMayNotAskTheDirectoryGetsANote(t *testing.T) {
	w := newWorld(t)
	situations()[2].make(w)
	w.access.Options.Transport = refuser{w.access.Options.Transport, "getByIds"}
	r := w.audit()
	want := []string{"error missing-right demo/control-plane", "note assignment-without-holder principal"}
	if diff := cmp.Diff(want, said(r)); diff != "" {
		t.Errorf("what lies where the cluster works may be left behind, and nothing else is said of it\n%s", diff)
	}
	if notes := strings.Join(r.Notes, "\n"); !strings.Contains(notes, "Microsoft Graph") || !strings.Contains(notes, "AuthorizationFailed") {
		t.Errorf("no note tells why: %q", notes)
	}
}

func TestAListThatCannotBeReadIsAnError(t *testing.T) {
	for part, what := range map[string]string{
		"/managedClusters": "the clusters", "/userAssignedIdentities": "the user-assigned identities", "/roleAssignments": "the role assignments",
		"/roleDefinitions": "the custom roles",
	} {
		w := newWorld(t)
		situations()[0].make(w)
		w.access.Options.Transport = refuser{w.access.Options.Transport, part}
		_, _, err := azure.Read(t.Context(), azuresim.DefaultSubscriptionID, w.access)
		if err == nil || !strings.Contains(err.Error(), what+" of the subscription") || !strings.Contains(err.Error(), "AuthorizationFailed") {
			t.Errorf("%s: %v", what, err)
		}
	}
}

const hubSubscription = "00000000-0000-4000-8000-0000000000bb"

// TestGrantsInAnotherSubscriptionAreReadThere: a private zone in the network team's subscription.
func TestGrantsInAnotherSubscriptionAreReadThere(t *testing.T) {
	hub := func(granted bool) *world {
		w := newWorld(t)
		w.AddSubscription(hubSubscription)
		zone := w.MustSeed(strings.Replace(azuresim.ID("hub", azuresim.PrivateDNSZoneType, "privatelink.westeurope.azmk8s.io"),
			azuresim.DefaultSubscriptionID, hubSubscription, 1), nil)
		identity := w.MustSeedIdentity("demo", "control")
		nodes := w.subnet("nodes")
		w.grant(identity.PrincipalID, rbac.NetworkContributor, networkOf(nodes))
		w.grant(identity.PrincipalID, rbac.PrivateDNSZoneContributor, zone)
		w.MustSeedCluster("demo", "demo", map[string]any{
			"identity": map[string]any{"type": "UserAssigned", "userAssignedIdentities": map[string]any{identity.ID: map[string]any{}}},
			"properties": map[string]any{
				"fqdnSubdomain": "demo", "networkProfile": map[string]any{"networkPlugin": "azure"},
				"apiServerAccessProfile": map[string]any{"enablePrivateCluster": true, "privateDNSZone": zone},
				"agentPoolProfiles":      []any{map[string]any{"name": "nodepool1", "mode": "System", "count": 1.0, "vmSize": "Standard_D4s_v5", "vnetSubnetID": nodes}},
			},
		})
		if !granted {
			for _, a := range w.RoleAssignments() {
				if strings.EqualFold(a.Scope.String(), zone) {
					w.DeleteAssignment(a.ID)
				}
			}
		}
		return w
	}
	if r := hub(true).audit(); len(r.Findings) > 0 {
		t.Errorf("the zone is granted, and the link takes the whole network:\n%s", r.Text(120))
	}
	if diff := cmp.Diff([]string{"error missing-right demo/control-plane"}, said(hub(false).audit())); diff != "" {
		t.Errorf("the zone is not granted\n%s", diff)
	}
	w := hub(false)
	w.access.Options.Transport = refuser{w.access.Options.Transport, hubSubscription + "/providers/Microsoft.Authorization"}
	r := w.audit()
	if len(r.Findings) > 0 || !strings.Contains(strings.Join(r.Notes, "\n"), "the assignments in the subscription "+hubSubscription+" cannot be read (AuthorizationFailed)") {
		t.Errorf("what nobody could read is not judged:\n%s", r.Text(120))
	}
}

// TestTheUsualCredentialsSignIn: what the Azure SDK finds in the environment is enough, and the public cloud's hosts are asked.
func TestTheUsualCredentialsSignIn(t *testing.T) {
	cloud := azuresim.New()
	server, err := arm.Serve(t.Context(), arm.New(cloud), arm.Listen{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close() })
	cloud.MustSeedCluster("demo", "demo", nil)
	proxy, err := url.Parse(server.ProxyURL)
	if err != nil {
		t.Fatal(err)
	}
	trusted := x509.NewCertPool()
	trusted.AppendCertsFromPEM(server.Certificate)
	transport := &http.Transport{Proxy: http.ProxyURL(proxy), TLSClientConfig: &tls.Config{RootCAs: trusted, MinVersion: tls.VersionTLS12}}
	t.Cleanup(transport.CloseIdleConnections)
	options := policy.ClientOptions{Transport: &http.Client{Transport: transport}}
	for name, value := range map[string]string{
		"AZURE_TENANT_ID": azuresim.DefaultTenantID, "AZURE_CLIENT_ID": azuresim.DefaultDeployerClientID, "AZURE_CLIENT_SECRET": arm.DefaultClientSecret,
	} {
		t.Setenv(name, value)
	}
	credential, err := azidentity.NewDefaultAzureCredential(&azidentity.DefaultAzureCredentialOptions{ClientOptions: options})
	if err != nil {
		t.Fatal(err)
	}
	e, _, err := azure.Read(t.Context(), azuresim.DefaultSubscriptionID, azure.Access{Credential: credential, Options: options})
	if err != nil || len(e.Clusters) != 1 {
		t.Errorf("%v %v", e, err)
	}
}
