package components_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/arm"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/azurenative"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
	"github.com/aksidentity/pulumi-aksidentity/components"
	"github.com/aksidentity/pulumi-aksidentity/plan"
	"github.com/aksidentity/pulumi-aksidentity/provider"
	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

// manager is Azure Resource Manager on this machine, which azure-native's token leads to.
type manager struct {
	url   string
	token string        // the last that was handed out
	asked *atomic.Int32 // how often permissions were asked for
}

// manages serves a cloud; answer, when given, answers for permissions in place of the cloud.
func manages(t *testing.T, cloud *azuresim.Cloud, answer http.HandlerFunc) *manager {
	t.Helper()
	m := &manager{asked: &atomic.Int32{}}
	azure := arm.New(cloud)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "/providers/Microsoft.Authorization/permissions") {
			m.asked.Add(1)
			if answer != nil {
				answer(w, r)
				return
			}
		}
		azure.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	m.url = server.URL
	return m
}

// signIn gets a token of the deployer, as azure-native does from Entra.
func (m *manager) signIn(context.Context) (string, error) {
	response, err := http.PostForm(m.url+"/"+azuresim.DefaultTenantID+"/oauth2/v2.0/token", url.Values{ //nolint:noctx // of a test
		"grant_type": {"client_credentials"}, "client_id": {azuresim.DefaultDeployerClientID}, "client_secret": {arm.DefaultClientSecret},
		"scope": {m.url + "/.default"},
	})
	if err != nil {
		return "", err
	}
	defer func() { _ = response.Body.Close() }()
	var answer struct {
		Token string `json:"access_token"`
	}
	err = json.NewDecoder(response.Body).Decode(&answer)
	m.token = answer.Token
	return answer.Token, err
}

func (m *manager) option() simtest.Option {
	return simtest.WithAzureNative(azurenative.WithClientToken(m.signIn))
}

const wholeSubscription = "/subscriptions/" + azuresim.DefaultSubscriptionID

// as is a deployer with built-in roles, each at a scope.
func as(grants ...string) azuresim.Option {
	var held []rbac.Assignment
	for i := 0; i < len(grants); i += 2 {
		role, known := rbac.BuiltinRole(rbac.RoleName(grants[i]))
		if !known {
			panic(grants[i])
		}
		held = append(held, rbac.Assignment{Role: role, Scope: rbac.MustParseScope(grants[i+1])})
	}
	return azuresim.WithDeployer(held...)
}

// thirteen is a program that makes a group, two identities, seven grants and more, on a subnet and a registry of others.
func thirteen(cloud *azuresim.Cloud) *components.ManagedIdentityClusterArgs {
	args := smallest()
	args.Identity = &components.ClusterIdentityArgs{Type: plan.UserAssigned}
	args.KubeletIdentity = &components.KubeletIdentityArgs{}
	args.Subnets = ids{"nodes": pulumi.String(cloud.MustSeedSubnet("net", "hub", "nodes"))}
	args.SystemPool.Subnet = "nodes"
	args.RegistryIDs = ids{"main": pulumi.String(cloud.MustSeed(azuresim.ID("pull", azuresim.RegistryType, "images"), nil))}
	args.Propagation = quick(1)
	return args
}

func servedThirteen(cloud *azuresim.Cloud, check bool) pulumi.RunFunc {
	subnet := cloud.MustSeedSubnet("net", "hub", "nodes")
	return func(ctx *pulumi.Context) error {
		return ctx.RegisterRemoteComponentResource(components.ManagedIdentityClusterToken, "aks", pulumi.Map{
			"location": pulumi.String("westeurope"), "apiServer": pulumi.Map{"public": pulumi.Bool(true)},
			"identity": pulumi.Map{"type": pulumi.String(string(plan.UserAssigned))}, "kubeletIdentity": pulumi.Map{},
			"subnets": pulumi.Map{"nodes": pulumi.String(subnet)}, "systemPool": pulumi.Map{"subnet": pulumi.String("nodes")},
			"propagation":   pulumi.Map{"timeoutSeconds": pulumi.Int(1), "firstDelayMilliseconds": pulumi.Int(1)},
			"checkDeployer": pulumi.Bool(check),
		}, &pulumi.ResourceState{})
	}
}

func nativeThirteen(cloud *azuresim.Cloud, check bool) pulumi.RunFunc {
	args := thirteen(cloud)
	args.CheckDeployer = &check
	return program(args)
}

// puts are what the deployment made or tried to make.
func puts(cloud *azuresim.Cloud) (made []string) {
	for _, op := range cloud.Operations() {
		if op.Method == azuresim.MethodPut {
			made = append(made, op.ID)
		}
	}
	return made
}

func servedToo() simtest.Option {
	return simtest.WithProvider(provider.Name, "0.1.0", func() (pulumirpc.ResourceProviderServer, error) { return provider.NewServer("0.1.0") })
}

// TestADeployerWithoutRightsLearnsBeforeAnythingIsMade: the error names the action, the scope, what needs it and the command that helps.
func TestADeployerWithoutRightsLearnsBeforeAnythingIsMade(t *testing.T) {
	const subnet = wholeSubscription + "/resourceGroups/net/providers/Microsoft.Network/virtualNetworks/hub/subnets/nodes"
	administers := []string{"Role Based Access Control Administrator", wholeSubscription}
	for _, tc := range []struct {
		name, reason string
		program      func(*azuresim.Cloud, bool) pulumi.RunFunc
		deployer     []string
		parallel     int
		want         []string // nothing: it deploys
	}{
		{
			"contributor", "Contributor of the subscription cannot grant", nativeThirteen, []string{"Contributor", wholeSubscription}, 16,
			[]string{
				"Microsoft.Authorization/roleAssignments/write on " + subnet + ": grant control-plane-created-network-contributor-subnets.nodes",
				"Microsoft.Authorization/roleAssignments/write on " + wholeSubscription + ": grant control-plane-created-managed-identity-operator-kubeletIdentity",
				"az role assignment create --assignee-object-id " + azuresim.DefaultDeployerObjectID,
				`--role "Role Based Access Control Administrator" --scope ` + subnet, "checkDeployer: false", "docs/deployer.md",
			},
		},
		{
			"one at a time", "the look needs no second worker of the engine", nativeThirteen, []string{"Contributor", wholeSubscription}, 1,
			[]string{"Microsoft.Authorization/roleAssignments/write on " + subnet},
		},
		{
			"served", "programs in other languages learn the same", servedThirteen, []string{"Contributor", wholeSubscription}, 16,
			[]string{"Microsoft.Authorization/roleAssignments/write on " + subnet + ": grant "},
		},
		{
			"no join", "who grants everywhere may still not put nodes into the subnet", nativeThirteen,
			append([]string{"Contributor", wholeSubscription + "/resourceGroups/elsewhere"}, administers...), 16,
			[]string{
				"Microsoft.Network/virtualNetworks/subnets/join/action on " + subnet + ": cluster", `--role "Network Contributor" --scope ` + subnet,
				"Microsoft.Resources/subscriptions/resourceGroups/write on " + wholeSubscription + ": resource group",
				`--role "Contributor" --scope ` + wholeSubscription,
			},
		},
		{"both", "Contributor and administrator of roles are enough", nativeThirteen, append([]string{"Contributor", wholeSubscription}, administers...), 16, nil},
		{"both, served", "as in Go", servedThirteen, append([]string{"Contributor", wholeSubscription}, administers...), 16, nil},
		{"owner", "may do everything", nativeThirteen, []string{"Owner", wholeSubscription}, 1, nil},
	} {
		t.Run(tc.name, func(t *testing.T) {
			cloud := azuresim.New()
			m := manages(t, cloud, nil)
			run := tc.program(cloud, true)
			cloud.Configure(as(tc.deployer...))
			s := simtest.New(t, run, simtest.WithCloud(cloud), simtest.WithParallel(tc.parallel), m.option(), servedToo())
			before := len(puts(cloud))
			preview := must(t, "preview", s.Preview())
			up := s.Up()
			if tc.want == nil {
				if up.Err != nil || strings.Contains(preview.Diagnostics(), "lacks rights") {
					t.Errorf("%s: %s%s", tc.reason, preview.Diagnostics(), up.Explain())
				}
				return
			}
			if up.Err == nil || len(puts(cloud)) > before {
				t.Errorf("%s: want nothing made and an error, got %v %v", tc.reason, puts(cloud)[before:], up.Err)
			}
			for _, words := range tc.want {
				if !strings.Contains(up.Diagnostics(), words) {
					t.Errorf("%s: the error does not say %q:\n%s", tc.reason, words, up.Diagnostics())
				}
				if !strings.Contains(preview.Diagnostics(), words) {
					t.Errorf("%s: the warning of the preview does not say %q:\n%s", tc.reason, words, preview.Diagnostics())
				}
			}
			if all := up.Diagnostics() + preview.Diagnostics() + string(s.Export()); m.token == "" || strings.Contains(all, m.token) {
				t.Error("the token got out")
			}
		})
	}
}

// TestWhatIsNotKnownOfTheDeployerStopsNothing: a deployment that works is not stopped by a question that has no answer.
func TestWhatIsNotKnownOfTheDeployerStopsNothing(t *testing.T) {
	status := func(code int, body string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(code)
			_, _ = fmt.Fprint(w, body)
		}
	}
	elsewhere := httptest.NewServer(status(200, `{"value":[]}`))
	defer elsewhere.Close()
	for _, tc := range []struct {
		name, reason string
		answer       http.HandlerFunc
	}{
		{"may not ask", "whoever deploys need not have the right to read permissions", status(403, `{"error":{"code":"AuthorizationFailed"}}`)},
		{"not there", "the scope does not exist yet", status(404, `{"error":{"code":"ResourceNotFound"}}`)},
		{"busy", "Azure asks to come back later", status(429, ``)},
		{"broken", "Azure is not well", status(500, `oops`)},
		{"no list", "an answer without permissions is none", status(200, `{}`)},
		{"no JSON", "a proxy answers with a page", status(200, `<html>`)},
		{"one page of several", "the right may stand on the next", status(200, `{"value":[],"nextLink":"https://management.azure.com/next"}`)},
		{"elsewhere", "a redirection is not followed", http.RedirectHandler(elsewhere.URL, http.StatusFound).ServeHTTP},
	} {
		t.Run(tc.name, func(t *testing.T) {
			cloud := azuresim.New()
			m := manages(t, cloud, tc.answer)
			s := simtest.New(t, nativeThirteen(cloud, true), simtest.WithCloud(cloud), m.option())
			up := must(t, tc.reason, s.Up())
			if m.asked.Load() == 0 {
				t.Errorf("%s: nobody asked:\n%s", tc.reason, up.Diagnostics())
			}
		})
	}
}

// TestATokenThatLeadsNowhereStopsNothing: without an Azure to ask the deployment goes on (which addresses are asked: components/resource_manager_test.go).
func TestATokenThatLeadsNowhereStopsNothing(t *testing.T) {
	for _, token := range []string{
		"", "opaque", "a.b.c", "a.eyJhdWQiOiJodHRwczovL2V4YW1wbGUub3JnIn0.c", "a.eyJhdWQiOlsiaHR0cHM6Ly9tYW5hZ2VtZW50LmF6dXJlLmNvbSJdfQ.c",
		"a.eyJhdWQiOiJmaWxlOi8vMTI3LjAuMC4xIn0.c",
	} {
		t.Run(token, func(t *testing.T) {
			cloud := azuresim.New()
			s := simtest.New(t, nativeThirteen(cloud, true), simtest.WithCloud(cloud),
				simtest.WithAzureNative(azurenative.WithClientToken(func(context.Context) (string, error) { return token, nil })))
			must(t, "up", s.Up())
		})
	}
}

// TestTheLookAtTheDeployerCanBeSwitchedOff: then Azure's own refusal is the first that is heard, and nobody is asked.
func TestTheLookAtTheDeployerCanBeSwitchedOff(t *testing.T) {
	for name, run := range map[string]func(*azuresim.Cloud, bool) pulumi.RunFunc{"native": nativeThirteen, "served": servedThirteen} {
		t.Run(name, func(t *testing.T) {
			cloud := azuresim.New()
			m := manages(t, cloud, nil)
			s := simtest.New(t, run(cloud, false), simtest.WithCloud(cloud), m.option(), servedToo())
			cloud.Configure(as("Contributor", wholeSubscription))
			up := s.Up()
			if up.Err == nil || m.asked.Load() > 0 || m.token != "" || !strings.Contains(up.Diagnostics(), "AuthorizationFailed") {
				t.Errorf("asked %d times: %s", m.asked.Load(), up.Explain())
			}
		})
	}
}

// TestADeploymentThatMakesNothingNeedsNoRights: whoever may only read deploys without a change, and whoever may add a pool adds one.
func TestADeploymentThatMakesNothingNeedsNoRights(t *testing.T) {
	for _, exports := range []bool{true, false} {
		t.Run(fmt.Sprintf("outputs %t", exports), func(t *testing.T) {
			cloud := azuresim.New()
			m := manages(t, cloud, nil)
			args := thirteen(cloud)
			deploy := func() pulumi.RunFunc {
				if exports {
					return exporting(args)
				}
				return program(args)
			}
			s := simtest.New(t, deploy(), simtest.WithCloud(cloud), m.option())
			must(t, "up", s.Up())
			asked := m.asked.Load()
			cloud.Configure(as("Reader", wholeSubscription, "Azure Kubernetes Service Cluster User Role", wholeSubscription))
			unchanged(t, "up as a reader", s.Up())
			if m.asked.Load() > asked {
				t.Error("somebody asked for the rights of a deployment that makes nothing")
			}
			if !exports {
				return // without outputs the state cannot be read, and a new pool is taken for a part of something new
			}
			cloud.Configure(as("Contributor", wholeSubscription))
			args.Pools = []*components.NodePoolArgs{{Name: "more", Subnet: "nodes"}}
			s.SetProgram(deploy())
			up := must(t, "up with another pool, as contributor", s.Up())
			if len(up.Steps.Op("create")) != 1 {
				t.Errorf("want one pool made, got %v", up.Steps.Changing())
			}
		})
	}
}

// recordedCalls counts the functions that a program under mocks calls.
type recordedCalls struct {
	echo
	calls []string
}

func (r *recordedCalls) Call(args pulumi.MockCallArgs) (resource.PropertyMap, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.calls = append(r.calls, args.Token)
	return args.Args, nil
}

// TestMocksAreNotAskedForTheDeployersRights: there is no Azure behind them.
func TestMocksAreNotAskedForTheDeployersRights(t *testing.T) {
	mocks := &recordedCalls{}
	if err := pulumi.RunErr(program(thirteen(azuresim.New())), pulumi.WithMocks("project", "stack", mocks)); err != nil {
		t.Fatal(err)
	}
	if slices.Contains(mocks.calls, "azure-native:authorization:getClientToken") {
		t.Errorf("a mock was asked for a token: %v", mocks.calls)
	}
}
