//go:build cli

package tests

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/auto/debug"
	"github.com/pulumi/pulumi/sdk/v3/go/auto/optup"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/azurenative"
	"github.com/aksidentity/pulumi-aksidentity/components"
)

func TestSecretsThroughTheCLI(t *testing.T) {
	cloud := azuresim.New()
	server, err := azurenative.Serve(context.Background(), cloud)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = server.Close() }()
	args := baseCluster(way{"UserAssigned", "builtin"})
	args.Tags = pulumi.StringMap{"t": pulumi.ToSecret(pulumi.String("zqtagmarker")).(pulumi.StringOutput)}
	args.DNSPrefix = pulumi.ToSecret(pulumi.String("zqdnsmarker")).(pulumi.StringOutput).ToStringPtrOutput()
	_ = components.Today
	stack := newCLIStack(t, server.Port(), clusterProgram(args))
	level := uint(9)
	var out strings.Builder
	up, err := stack.Up(t.Context(), optup.DebugLogging(debug.LoggingOptions{LogLevel: &level, LogToStdErr: true}), optup.ErrorProgressStreams(&out))
	if err != nil {
		t.Fatal(err)
	}
	os.WriteFile("/tmp/v9.txt", []byte(out.String()), 0o600)
	os.WriteFile("/tmp/v9err.txt", []byte(up.StdErr), 0o600)
	os.WriteFile("/tmp/v9out.txt", []byte(up.StdOut), 0o600)
	root := filepath.Dir(stack.Workspace().WorkDir())
	filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() {
			b, _ := os.ReadFile(path)
			t.Log(path, len(b), strings.Contains(string(b), "zqtagmarker"), strings.Contains(string(b), "zqdnsmarker"))
			if strings.Contains(string(b), "zqtagmarker") {
				os.WriteFile("/tmp/leak-"+filepath.Base(path), b, 0o600)
			}
		}
		return nil
	})
}
