//go:build cli

package main

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/auto"
	"github.com/pulumi/pulumi/sdk/v3/go/auto/optpreview"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/azurenative"
	"github.com/aksidentity/pulumi-aksidentity/tests/golden"
)

var update = flag.Bool("update", false, "rewrite the golden file of this package")

// stack is the program behind the real CLI, in a simulated Azure with the subnet.
func stack(t *testing.T) (auto.Stack, *azuresim.Cloud) {
	t.Helper()
	cli := os.Getenv("PULUMI_BIN")
	if cli == "" {
		t.Fatal("PULUMI_BIN must name a Pulumi CLI; `make test` sets it")
	}
	bin, cloud := t.TempDir(), azuresim.New()
	if err := os.Symlink(cli, filepath.Join(bin, "pulumi")); err != nil {
		t.Fatal(err)
	}
	server, err := azurenative.Serve(t.Context(), cloud)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close() })
	for _, setting := range append(server.Env(), "PATH="+bin+string(os.PathListSeparator)+os.Getenv("PATH"), "PULUMI_HOME="+t.TempDir(),
		"PULUMI_BACKEND_URL=file://"+filepath.ToSlash(t.TempDir()), "PULUMI_CONFIG_PASSPHRASE=test", "PULUMI_CONFIG_PASSPHRASE_FILE=") {
		name, value, _ := strings.Cut(setting, "=")
		t.Setenv(name, value)
	}
	made, err := auto.UpsertStackInlineSource(t.Context(), "dev", "shop", shop)
	if err != nil {
		t.Fatal(err)
	}
	subnet := cloud.MustSeedSubnet("hub", "hub", "shop")
	for key, value := range map[string]string{"azure-native:location": "westeurope", "shop:subnetId": subnet, "shop:myAddress": "192.0.2.7"} {
		if err := made.SetConfig(t.Context(), key, auto.ConfigValue{Value: value}); err != nil {
			t.Fatal(err)
		}
	}
	return made, cloud
}

// TestThePreviewOfThePage: the real CLI previews, deploys, answers and destroys, and the page shows what its preview says.
func TestThePreviewOfThePage(t *testing.T) {
	ctx := t.Context()
	s, cloud := stack(t)
	preview, err := s.Preview(ctx, optpreview.Color("never"))
	if err != nil {
		t.Fatal(err)
	}
	golden.Compare(t, "testdata/preview.golden.txt", final(preview.StdOut), *update, "go test -tags cli ./tests/pages/shop -update")
	up, err := s.Up(ctx)
	if err != nil || !up.Outputs["kubeconfig"].Secret || len(cloud.Assignments()) != 1 {
		t.Errorf("a cluster with one grant and a kubeconfig that is secret: %v, %v, %v", up.Outputs, cloud.Assignments(), err)
	}
	if _, err := s.Destroy(ctx); err != nil || len(cloud.Clusters())+len(cloud.Assignments()) > 0 {
		t.Errorf("destroy leaves nothing: %v, %v, %v", cloud.Clusters(), cloud.Assignments(), err)
	}
}

// final is what the preview ends with. Before that is its progress, in whatever order things were looked at.
func final(stdout string) string {
	return stdout[max(0, strings.Index(stdout, "Diagnostics:")):]
}
