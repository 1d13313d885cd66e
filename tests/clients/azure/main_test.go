package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore/cloud"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/arm"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/contract"
)

// trial is a run against a simulated Azure on the loopback address, signed in as the SDK's default credential does.
type trial struct {
	t        *testing.T
	cloud    *azuresim.Cloud
	around   surroundings
	out      bytes.Buffer
	env      map[string]string
	requests atomic.Int32
}

// newTrial lets between, when it is given, stand between the clients and the simulator.
func newTrial(t *testing.T, between func(http.Handler) http.Handler, opts ...azuresim.Option) *trial {
	t.Helper()
	tr := &trial{t: t, cloud: azuresim.New(opts...)}
	handler := http.Handler(arm.New(tr.cloud))
	if between != nil {
		handler = between(handler)
	}
	server := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		tr.requests.Add(1)
		handler.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	t.Setenv("AZURE_TENANT_ID", azuresim.DefaultTenantID)
	t.Setenv("AZURE_CLIENT_ID", azuresim.DefaultDeployerClientID)
	t.Setenv("AZURE_CLIENT_SECRET", arm.DefaultClientSecret)
	tr.env = map[string]string{"AZURE_SUBSCRIPTION_ID": azuresim.DefaultSubscriptionID, "AKSID_AZURE": "yes", "AKSID_AZURE_CLUSTER": "yes"}
	tr.around = surroundings{
		getenv: func(name string) string { return tr.env[name] }, out: &tr.out, poll: time.Millisecond, custom: true,
		patience: contract.Patience{For: 10 * time.Millisecond, Every: time.Millisecond},
		client: policy.ClientOptions{
			Transport: server.Client(),
			Retry:     policy.RetryOptions{MaxRetries: -1},
			Cloud: cloud.Configuration{ActiveDirectoryAuthorityHost: server.URL + "/", Services: map[cloud.ServiceName]cloud.ServiceConfiguration{
				cloud.ResourceManager: {Endpoint: server.URL, Audience: "https://management.azure.com"}}}},
	}
	return tr
}

func (tr *trial) run(args ...string) int { return run(tr.t.Context(), args, tr.around) }

// says wants a text in the output.
func (tr *trial) says(texts ...string) {
	tr.t.Helper()
	for _, text := range texts {
		if !strings.Contains(tr.out.String(), text) {
			tr.t.Errorf("the output does not say %q:\n%s", text, &tr.out)
		}
	}
}

func (tr *trial) nothingIsLeft() {
	tr.t.Helper()
	if left := tr.cloud.Resources(); len(left) > 0 || len(tr.cloud.Assignments()) > 0 {
		tr.t.Errorf("this is left: %v %v\n%s", left, tr.cloud.Assignments(), &tr.out)
	}
}

func TestTheSimulatorAgreesWithItselfThroughTheClients(t *testing.T) {
	tr := newTrial(t, nil)
	if code := tr.run(); code != 0 {
		t.Errorf("exit code %d:\n%s", code, &tr.out)
	}
	for _, c := range contract.Cases(contract.Place{}) {
		verdict := "agrees   " + c.Name + ": "
		if c.Simulated != "" {
			verdict = "left out: " + c.Name + " ("
		}
		tr.says(verdict)
	}
	tr.nothingIsLeft()
	t.Log(tr.out.String())
}

// replacing plants another text in all answers to a method.
func replacing(method, old, planted string) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.Method != method {
				next.ServeHTTP(w, r)
				return
			}
			recorder := httptest.NewRecorder()
			next.ServeHTTP(recorder, r)
			for name, values := range recorder.Header() {
				w.Header()[name] = values
			}
			w.Header().Del("Content-Length")
			w.WriteHeader(recorder.Code)
			_, _ = io.WriteString(w, strings.ReplaceAll(recorder.Body.String(), old, planted))
		})
	}
}

func TestAPlantedDifferenceIsALineOfTheTable(t *testing.T) {
	for _, c := range []struct{ name, reason, method, old, planted, line string }{
		{"code", "a refusal with another code", http.MethodPut, azuresim.CodeRoleAssignmentExists, "RoleAssignmentIsThere",
			"| grant | PUT Microsoft.Authorization/roleAssignments/UNIQUE-0000-4000-8000-000000000002 | code | RoleAssignmentExists | RoleAssignmentIsThere |"},
		{"property", "an output with another value", http.MethodGet, `"mode":"System"`, `"mode":"User"`,
			"| cluster | GET Microsoft.ContainerService/managedClusters/demo/agentPools/system | properties.mode | System | User |"},
		{"unique names", "they say nothing in a table", http.MethodGet, ".azurecr.io", ".azurecr.example",
			"| outputs | PUT Microsoft.ContainerRegistry/registries/imagesUNIQUE | properties.loginServer | imagesUNIQUE.azurecr.io | imagesUNIQUE.azurecr.example |"},
	} {
		t.Run(c.name, func(t *testing.T) {
			tr := newTrial(t, replacing(c.method, c.old, c.planted))
			if code := tr.run(); code != 1 {
				t.Errorf("%s: exit code %d, want 1", c.reason, code)
			}
			tr.says(c.line, "1 answers differ")
			tr.nothingIsLeft()
		})
	}
}

func TestAllOfARunCarriesTheTag(t *testing.T) {
	var untagged []string
	tr := newTrial(t, func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.Method == http.MethodPut {
				body, _ := io.ReadAll(r.Body)
				r.Body = io.NopCloser(bytes.NewReader(body))
				if text := string(body); strings.Contains(text, `"location"`) && !strings.Contains(text, tagValue) {
					untagged = append(untagged, r.URL.Path)
				}
			}
			next.ServeHTTP(w, r)
		})
	})
	if code := tr.run(); code != 0 || len(untagged) > 0 {
		t.Errorf("exit code %d, without the tag: %v", code, untagged)
	}
}

func TestTheGroupIsRemovedAfterAFailure(t *testing.T) {
	for _, c := range []struct {
		name, reason string
		plan         func(*azuresim.Cloud)
		says         string
	}{
		{"preparation", "an identity cannot be made", func(cloud *azuresim.Cloud) {
			cloud.Fail(azuresim.Match{Method: azuresim.MethodPut, Type: azuresim.IdentityType, Times: -1}, azuresim.ServiceUnavailable())
		}, "preparing /subscriptions/"},
		{"clearing", "the lock of a case cannot be deleted, then it can", func(cloud *azuresim.Cloud) {
			cloud.Fail(azuresim.Match{Method: azuresim.MethodDelete, Type: azuresim.LockType}, azuresim.ServiceUnavailable())
		}, `clearing "locked"`},
	} {
		t.Run(c.name, func(t *testing.T) {
			tr := newTrial(t, nil)
			c.plan(tr.cloud)
			if code := tr.run(); code != 1 {
				t.Errorf("%s: exit code %d, want 1", c.reason, code)
			}
			tr.says(c.says, "Removed "+groupPrefix)
			tr.nothingIsLeft()
		})
	}
}

func TestTheGroupIsRemovedAfterAnInterrupt(t *testing.T) {
	ctx, interrupt := context.WithCancel(t.Context())
	tr := newTrial(t, func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			next.ServeHTTP(w, r)
			if strings.Contains(r.URL.Path, "/registries/") {
				interrupt()
			}
		})
	})
	if code := run(ctx, nil, tr.around); code != 1 || !errors.Is(ctx.Err(), context.Canceled) {
		t.Errorf("exit code %d, want 1", code)
	}
	tr.says("interrupted in", "Removed "+groupPrefix)
	tr.nothingIsLeft()
}

func TestNothingIsAskedWithoutAYes(t *testing.T) {
	for _, c := range []struct{ name, reason, variable, value, says string }{
		{"no yes", "the cost comes first", "AKSID_AZURE", "", "set AKSID_AZURE=yes"},
		{"another word", "only yes is yes", "AKSID_AZURE", "no", "set AKSID_AZURE=yes"},
		{"no subscription", "nobody guesses one", "AZURE_SUBSCRIPTION_ID", "", "AZURE_SUBSCRIPTION_ID is not set"},
	} {
		t.Run(c.name, func(t *testing.T) {
			tr := newTrial(t, nil)
			tr.env[c.variable] = c.value
			if code := tr.run(); code != 1 || tr.requests.Load() > 0 {
				t.Errorf("%s: exit code %d, %d requests", c.reason, code, tr.requests.Load())
			}
			tr.says(c.says)
		})
	}
}

func TestTheCostIsSaidFirst(t *testing.T) {
	for _, c := range []struct{ name, reason, clusters, says string }{
		{"without clusters", "nearly nothing", "", "Estimated cost: 0.01 USD"},
		{"with clusters", "well below a dollar", "yes", "Estimated cost: 0.59 USD"},
	} {
		t.Run(c.name, func(t *testing.T) {
			tr := newTrial(t, nil)
			tr.env["AKSID_AZURE"], tr.env["AKSID_AZURE_CLUSTER"] = "", c.clusters
			tr.run()
			tr.says(c.says)
		})
	}
}

func TestWithoutAYesThereIsNoCluster(t *testing.T) {
	tr := newTrial(t, nil)
	tr.env["AKSID_AZURE_CLUSTER"] = ""
	asked := tr.cloud.Fail(azuresim.Match{Type: azuresim.ManagedClusterType, Times: -1}, azuresim.ServiceUnavailable())
	if code := tr.run(); code != 0 || asked.Hits() > 0 {
		t.Errorf("exit code %d, %d requests about clusters:\n%s", code, asked.Hits(), &tr.out)
	}
	tr.says("left out: cluster (AKSID_AZURE_CLUSTER=yes makes clusters)")
	tr.nothingIsLeft()
}

func TestAGrantThatWorksLateIsWaitedFor(t *testing.T) {
	tr := newTrial(t, nil, azuresim.WithPropagationDelay(3))
	if code := tr.run(); code != 0 {
		t.Errorf("exit code %d:\n%s", code, &tr.out)
	}
	hasty := newTrial(t, nil, azuresim.WithPropagationDelay(3))
	hasty.around.patience = contract.Patience{}
	if code := hasty.run(); code != 1 {
		t.Errorf("without patience: exit code %d, want 1", code)
	}
	hasty.says(azuresim.CodeKubeletIdentityMissingPermission)
}

func TestLeftoversAreRemovedAndNothingElse(t *testing.T) {
	tr := newTrial(t, nil)
	tagged := map[string]any{"location": "westeurope", "tags": map[string]any{tagName: tagValue}}
	for name, body := range map[string]map[string]any{groupPrefix + "0a0a0a0a": tagged, groupPrefix + "team": nil, "shop": tagged} {
		tr.cloud.MustSeed(azuresim.GroupID(azuresim.DefaultSubscriptionID, name), body)
	}
	left := contract.Place{Subscription: azuresim.DefaultSubscriptionID, Group: groupPrefix + "0a0a0a0a"}
	tr.cloud.MustSeedIdentity(left.Group, "nodes")
	tr.cloud.MustSeed(left.Lock(), map[string]any{"properties": map[string]any{"level": "CanNotDelete"}})

	tr.env["AKSID_AZURE"] = ""
	if code := tr.run("clean"); code != 1 || len(tr.cloud.Resources()) != 5 {
		t.Errorf("without a yes: exit code %d, left: %v", code, tr.cloud.Resources())
	}
	tr.env["AKSID_AZURE"] = "yes"
	if code := tr.run("clean"); code != 0 || len(tr.cloud.Resources()) != 2 {
		t.Errorf("exit code %d, left: %v", code, tr.cloud.Resources())
	}
	tr.says("has 1 resource groups of earlier runs.", left.Group, "Removed "+left.Group)
	if code := tr.run("tidy"); code != 1 {
		t.Errorf("an unknown word: exit code %d, want 1", code)
	}
}
