//go:build cli

package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/azurenative"
	"github.com/aksidentity/pulumi-aksidentity/tests/languages"
)

// attach makes the Pulumi CLI of the test deploy into a simulated Azure, and keep what it writes in a folder of its own.
func attach(t *testing.T) *azuresim.Cloud {
	t.Helper()
	cli := os.Getenv("PULUMI_BIN")
	if cli == "" {
		t.Fatal("PULUMI_BIN must name a Pulumi CLI; `make test` sets it")
	}
	folder := t.TempDir()
	for _, name := range []string{"bin", "home", "state"} {
		if err := os.Mkdir(filepath.Join(folder, name), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink(cli, filepath.Join(folder, "bin", "pulumi")); err != nil {
		t.Fatal(err)
	}
	cloud := azuresim.New()
	server, err := azurenative.Serve(t.Context(), cloud)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close() })
	for _, setting := range append(server.Env(),
		"PATH="+filepath.Join(folder, "bin")+string(os.PathListSeparator)+os.Getenv("PATH"),
		"PULUMI_HOME="+filepath.Join(folder, "home"), "PULUMI_BACKEND_URL=file://"+filepath.ToSlash(filepath.Join(folder, "state")),
		"PULUMI_CONFIG_PASSPHRASE=test", "PULUMI_CONFIG_PASSPHRASE_FILE=",
	) {
		name, value, _ := strings.Cut(setting, "=")
		t.Setenv(name, value)
	}
	return cloud
}

func TestAutomation(t *testing.T) {
	languages.Record(t, languages.Row{Example: "automation", Language: languages.Go, Done: languages.Deployed, How: "with the Pulumi CLI, by the tool itself"})
	cloud := attach(t)
	shop := order{team: "shop", subnet: cloud.MustSeedSubnet("network-team", "hub", "shop")}
	says := func(deploy bool, wants ...string) string {
		t.Helper()
		var out strings.Builder
		if err := shop.run(t.Context(), &out, deploy); err != nil {
			t.Fatal(err)
		}
		for _, want := range wants {
			if !strings.Contains(out.String(), want) {
				t.Errorf("it does not say %q:\n%s", want, out.String())
			}
		}
		return out.String()
	}
	planned := []string{"control-plane", "Network Contributor", "subnets.nodes", "join nodes and internal load balancers to the subnet"}
	const nothing = "preview: 0 to create, 0 to update, 0 to replace, 0 to delete"
	if said := says(false, append(planned, " to create, 0 to update, 0 to replace, 0 to delete")...); strings.Contains(said, nothing) || !cloud.Empty() {
		t.Fatalf("showing it makes nothing and announces all: %s%v", said, cloud.Resources())
	}
	says(true, append(planned, "made: /subscriptions/", "granted: Network Contributor to control-plane on "+shop.subnet)...)
	decision, err := cloud.Clusters()[0].Perform("internal-lb-external-subnet", shop.subnet)
	if err != nil || !decision.Allowed() {
		t.Errorf("the cluster cannot use its subnet: missing %v %v", decision.Missing, err)
	}
	says(true, nothing)
}
