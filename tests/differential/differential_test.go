package differential

import (
	"context"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/pkg/v3/resource/plugin"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/arm"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/azurenative"
)

// TestAProviderInAProcessOfItsOwnAgreesWithOurs takes the way of the real plugin, with a stand-in that is our provider.
func TestAProviderInAProcessOfItsOwnAgreesWithOurs(t *testing.T) {
	path := standInPath(t)
	for _, e := range examples() {
		t.Run(e.name, func(t *testing.T) {
			a, b := deploy(t, e, installed(path)), deploy(t, e, ours)
			mustSucceed(t, a)
			if excused, others := judge(compare(a, b), accepted()); len(others) > 0 {
				t.Error(verdict(a, excused, others))
			}
			if len(a.state) < 100 || len(a.requests) < 20 {
				t.Errorf("%d properties and %d requests are too few: this compares nothing", len(a.state), len(a.requests))
			}
		})
	}
}

func mustSucceed(t *testing.T, o observed) {
	t.Helper()
	for operation, err := range o.results {
		if err != "" {
			t.Errorf("%s: %s", operation, err)
		}
	}
	if len(o.steps) > 0 {
		t.Errorf("nothing changes after the deployment, but: %s", o.steps)
	}
}

// TestAProgramThatIsNoPluginIsNamed: the failure says what was started.
func TestAProgramThatIsNoPluginIsNamed(t *testing.T) {
	folder := t.TempDir()
	for name, text := range map[string]string{"silent": "", "talkative": "echo hello"} {
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, []byte("#!/bin/sh\n"+text+"\n"), 0o700); err != nil {
			t.Fatal(err)
		}
		if _, err := installed(path)(running(t, azuresim.New(), nil), ""); err == nil || !strings.Contains(err.Error(), path+" did not tell its port") {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

// planted is an Azure that is asked, or answers, otherwise.
type planted struct {
	azurenative.Cloud
	get    func(id string, answered azuresim.Response) azuresim.Response
	put    func(ctx context.Context, azure azurenative.Cloud, id string, body map[string]any) (azuresim.Response, error)
	delete func(id string) bool // whether it is sent
}

func (p planted) Get(ctx context.Context, id string) (azuresim.Response, error) {
	response, err := p.Cloud.Get(ctx, id)
	if p.get != nil && err == nil {
		response = p.get(id, response)
	}
	return response, err
}

func (p planted) Put(ctx context.Context, id string, body map[string]any) (azuresim.Response, error) {
	if p.put != nil && isCluster(id) {
		return p.put(ctx, p.Cloud, id, body)
	}
	return p.Cloud.Put(ctx, id, body)
}

func (p planted) Delete(ctx context.Context, id string) (azuresim.Response, error) {
	if p.delete != nil && !p.delete(id) {
		return azuresim.Response{}, nil
	}
	return p.Cloud.Delete(ctx, id)
}

func isCluster(id string) bool { return typeOf(id) == azuresim.ManagedClusterType }

func TestPlantedDifferencesAreFound(t *testing.T) {
	e := examples()[0]
	ordinary := deploy(t, e, ours)
	for _, c := range []struct {
		name, reason string
		plant        planted
		want         string // a part of a line
	}{
		{"body", "another value is sent", planted{put: changing(func(body map[string]any) {
			body["properties"].(map[string]any)["dnsPrefix"] = "planted"
		})}, `body.properties.dnsPrefix: "quickstart" | "planted"`},
		{"more in a body", "a value is sent that the other provider does not send", planted{put: changing(func(body map[string]any) {
			body["tags"] = map[string]any{"planted": "yes"}
		})}, `body.tags.planted: (nothing) | "yes"`},
		{"API version", "another one is asked for", planted{
			put: func(_ context.Context, azure azurenative.Cloud, id string, body map[string]any) (azuresim.Response, error) {
				return azure.Put(context.Background(), id, body) // without a version: the newest
			}}, "api-version: 2025-01-01 | 2025-02-01"},
		{"twice", "a change is sent twice", planted{
			put: func(ctx context.Context, azure azurenative.Cloud, id string, body map[string]any) (azuresim.Response, error) {
				if _, err := azure.Put(ctx, id, body); err != nil {
					return azuresim.Response{}, err
				}
				return azure.Put(ctx, id, body)
			}}, "(2): (nothing) | sent"},
		{"refused", "an operation fails", planted{
			put: func(context.Context, azurenative.Cloud, string, map[string]any) (azuresim.Response, error) {
				return azuresim.Response{}, &azuresim.Error{Status: 400, Code: "Planted"}
			}}, "result: up:  | "},
		{"output", "another value comes into the state", planted{get: func(id string, answered azuresim.Response) azuresim.Response {
			if isCluster(id) {
				answered.Body["properties"].(map[string]any)["fqdn"] = "planted.example"
			}
			return answered
		}}, "ManagedCluster quickstart: output fqdn: "},
		{"drift", "what Azure answers changes, so a refresh finds something", planted{get: drifting()}, "steps: refresh: update"},
		{"not deleted", "a request is missing, and something is left", planted{delete: func(id string) bool {
			return !isCluster(id)
		}}, "request: DELETE /subscriptions/"},
		{"left", "the result tells it", planted{delete: func(string) bool { return false }}, "result: destroy:  | something is left in Azure"},
	} {
		t.Run(c.name, func(t *testing.T) {
			other := deploy(t, e, func(server *arm.Server, engine string) (plugin.Provider, error) {
				return imitation(server, engine, func(azure azurenative.Cloud) azurenative.Cloud {
					c.plant.Cloud = azure
					return c.plant
				})
			})
			_, others := judge(compare(ordinary, other), nil)
			if text := verdict(ordinary, nil, others); !strings.HasPrefix(text, "DIFFERS") || !strings.Contains(text, c.want) {
				t.Errorf("%s: want %q in\n%s", c.reason, c.want, text)
			}
		})
	}
}

// drifting answers with a new tag each time that a cluster is read.
func drifting() func(string, azuresim.Response) azuresim.Response {
	times := ""
	return func(id string, answered azuresim.Response) azuresim.Response {
		if isCluster(id) {
			times += "x"
			answered.Body["tags"] = map[string]any{"planted": times}
		}
		return answered
	}
}

// changing changes the body of a cluster before it is sent.
func changing(change func(body map[string]any)) func(context.Context, azurenative.Cloud, string, map[string]any) (azuresim.Response, error) {
	return func(ctx context.Context, azure azurenative.Cloud, id string, body map[string]any) (azuresim.Response, error) {
		change(body)
		return azure.Put(ctx, id, body)
	}
}

func TestOnlyWhatIsInTheTableIsAccepted(t *testing.T) {
	a := observed{state: map[string]string{"Pool web: output count": "1", "Pool web: output mode": "User"}}
	b := observed{state: map[string]string{"Pool web: output count": "2", "Pool web: output mode": "System"}}
	table := []exception{
		{inRequest, regexp.MustCompile(`.`), "another kind"},
		{inState, regexp.MustCompile(`^Pool \S+: output count$`), "because"},
	}
	excused, others := judge(compare(a, b), table)
	want := "DIFFERS: 2 properties and 0 requests compared\naccepted, 1 times: because\nstate: Pool web: output mode: User | System"
	if got := verdict(a, excused, others); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	excused, others = judge(compare(a, a), table)
	if got := verdict(a, excused, others); got != "agrees: 2 properties and 0 requests compared" {
		t.Errorf("got %s", got)
	}
}

// TestTheTableAcceptsNothingAtLarge: an exception is about one kind of thing, and says why.
func TestTheTableAcceptsNothingAtLarge(t *testing.T) {
	for _, e := range accepted() {
		if e.reason == "" || e.places.MatchString("") || e.places.MatchString("ManagedCluster shop: output planted") {
			t.Errorf("%s %s: an exception has a reason and covers only the places that it names", e.of, e.places)
		}
	}
}

func TestWhatIsCompared(t *testing.T) {
	for _, c := range []struct {
		name, reason string
		a, b         observed
		want         []string
	}{
		{"secret", "that a value is secret is compared as well",
			stateWith(resource.MakeSecret(resource.NewProperty("x"))), stateWith(resource.NewProperty("x")), []string{"state: p: secret of 1 bytes | x"}},
		{"empty", "an empty list is not a missing one",
			stateWith(resource.NewProperty([]resource.PropertyValue{})), observed{}, []string{"state: p: [] | (nothing)"}},
		{"order in a list", "it counts", bodyWith([]any{"x", "y"}), bodyWith([]any{"y", "x"}),
			[]string{`request: PUT /x body.p[0]: "x" | "y"`, `request: PUT /x body.p[1]: "y" | "x"`}},
		{"null", "it is not a missing value", bodyWith(nil), observed{requests: []request{{method: "PUT", path: "/x", body: map[string]any{}}}},
			[]string{`request: PUT /x body: (nothing) | {}`, `request: PUT /x body.p: null | (nothing)`}},
		{"reading again", "how often does not count",
			observed{requests: []request{{method: "GET", path: "/x"}, {method: "GET", path: "/x"}}},
			observed{requests: []request{{method: "GET", path: "/x"}}}, nil},
		{"reading another version", "it counts", observed{requests: []request{{method: "GET", path: "/x", version: "1"}}},
			observed{requests: []request{{method: "GET", path: "/x", version: "2"}}},
			[]string{"request: GET /x with api-version 1: read | (nothing)", "request: GET /x with api-version 2: (nothing) | read"}},
		{"steps", "how often the same line is there counts", observed{steps: []string{"preview: update X"}},
			observed{steps: []string{"preview: update X", "preview: update X"}}, []string{"steps: preview: update X: 1 | 2"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, d := range compare(c.a, c.b) {
				got = append(got, d.String())
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("%s: got %q, want %q", c.reason, got, c.want)
			}
		})
	}
}

func stateWith(v resource.PropertyValue) observed {
	out := observed{state: map[string]string{}}
	flattenProperty(out.state, "p", v)
	return out
}

func bodyWith(v any) observed {
	return observed{requests: []request{{method: "PUT", path: "/x", body: map[string]any{"p": v}}}}
}

// TestEveryExampleIsComparedOrSaysWhyNot looks into the folder.
func TestEveryExampleIsComparedOrSaysWhyNot(t *testing.T) {
	entries, err := os.ReadDir("../../examples")
	if err != nil {
		t.Fatal(err)
	}
	compared := map[string]bool{}
	for _, e := range examples() {
		name, _, _ := strings.Cut(e.name, ",")
		compared[name] = true
	}
	for _, entry := range entries {
		if reason := notCompared[entry.Name()]; entry.IsDir() && compared[entry.Name()] == (reason != "") {
			t.Errorf("%s: compared %v, reason not to: %q", entry.Name(), compared[entry.Name()], reason)
		}
	}
}
