package differential

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/azurenative"
)

// pluginName is what the Pulumi CLI calls the program of the real provider.
const pluginName = "pulumi-resource-azure-native"

// TestMain lets the test binary be a plugin under the name of the real one: it takes the environment for its way to Azure, as the
// real one does, knows nothing but the public cloud, and tells its port on the first line.
func TestMain(m *testing.M) {
	if filepath.Base(os.Args[0]) == pluginName {
		os.Exit(standIn())
	}
	os.Exit(m.Run())
}

func standIn() int {
	server, err := azurenative.Serve(context.Background(), olderRegistries{&cloud{client: http.DefaultClient,
		resourceManager: "https://management.azure.com", authority: "https://login.microsoftonline.com",
		secret: os.Getenv("ARM_CLIENT_SECRET")}})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	fmt.Println(server.Port())
	select {} // until it is killed
}

// olderRegistries leaves out what no API version of azure-native 2.92.3 has, as the real provider does (azurenative's package
// documentation).
type olderRegistries struct{ azurenative.Cloud }

func (c olderRegistries) Get(ctx context.Context, id string) (azuresim.Response, error) {
	response, err := c.Cloud.Get(ctx, id)
	if properties, ok := response.Body["properties"].(map[string]any); ok && strings.EqualFold(typeOf(id), azuresim.RegistryType) {
		delete(properties, "roleAssignmentMode")
	}
	return response, err
}

// standInPath is a program like the real plugin.
func standInPath(t *testing.T) string {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), pluginName)
	if err := os.Symlink(self, path); err != nil {
		t.Fatal(err)
	}
	return path
}
