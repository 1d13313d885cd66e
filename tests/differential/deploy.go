package differential

import (
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/pkg/v3/resource/plugin"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/arm"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
)

// observed is what was seen of one example through one provider.
type observed struct {
	// results are the errors of the operations, "" for a success: "up" -> "...".
	results map[string]string
	// steps are the changes that a second preview and a refresh show: "preview: update ... [tags]".
	steps []string
	// state has the properties of all resources: "ManagedCluster shop: input dnsPrefix" -> value.
	state    map[string]string
	requests []request
}

// project is the name of the project of every example.
const project = "shop"

// deploy takes an example through its life against a simulated Azure of its own: up, a second preview, refresh, destroy.
func deploy(t *testing.T, e example, start side) observed {
	t.Helper()
	cloud, recorder := azuresim.New(), &recorder{}
	config := map[string]string{}
	for key, value := range e.before(cloud) {
		config[project+":"+key] = value
	}
	server := running(t, cloud, recorder.around)
	s := simtest.New(t, e.program, simtest.WithCloud(cloud), simtest.WithNames(project, "dev"), simtest.WithConfig(config),
		simtest.WithAzureNativePlugin(func(engine string) (plugin.Provider, error) { return start(server, engine) }))
	up := s.Up()
	out := observed{results: map[string]string{"up": up.Explain()}, state: stateOf(up.Resources)}
	out.see("preview", s.Preview())
	out.see("refresh", s.Refresh())
	out.results["destroy"] = s.Destroy().Explain()
	if !cloud.Empty() {
		out.results["destroy"] += "something is left in Azure"
	}
	out.requests = recorder.requests()
	return out
}

// running is a server of the cloud, until the test ends. Its long operations end at once: the real provider waits long between
// two questions.
func running(t *testing.T, cloud *azuresim.Cloud, around func(http.Handler) http.Handler) *arm.Server {
	t.Helper()
	server, err := arm.Serve(t.Context(), arm.New(cloud, arm.WithPolls(0)),
		arm.Listen{CertificateFile: filepath.Join(t.TempDir(), "azuresim.pem"), Wrap: around})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := server.Close(); err != nil {
			t.Error(err)
		}
	})
	return server
}

func (o *observed) see(operation string, result simtest.Result) {
	o.results[operation] = result.Explain()
	for _, step := range result.Steps.Changing() {
		o.steps = append(o.steps, operation+": "+simtest.Steps{step}.String())
	}
	slices.Sort(o.steps)
}

// stateOf flattens the state. Providers and the stack have nothing that is up to azure-native.
func stateOf(resources simtest.Resources) map[string]string {
	out := map[string]string{}
	for _, r := range resources {
		if strings.HasPrefix(r.Type, "pulumi:") {
			continue
		}
		of := r.Type[strings.LastIndex(r.Type, ":")+1:] + " " + r.Name + ": "
		out[of+"id"] = r.ID
		flattenMap(out, of+"input ", r.Inputs)
		flattenMap(out, of+"output ", r.Outputs)
	}
	return out
}
