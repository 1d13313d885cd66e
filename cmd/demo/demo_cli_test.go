//go:build cli

package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/pulumi/pulumi-azure-native-sdk/resources/v2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	outside "github.com/aksidentity/pulumi-aksidentity/examples/outside/program"
	article "github.com/aksidentity/pulumi-aksidentity/examples/quickstart/program"
	"github.com/aksidentity/pulumi-aksidentity/tests/golden"
)

var update = flag.Bool("update", false, "rewrite the golden file of this package")

// screen is what a demo wrote: all of it, and its own part.
type screen struct{ all, own bytes.Buffer }

// newDemo is the demo with the CLI of `make test`; its temporary folder is in folder.
func newDemo(t *testing.T) (d demo, out *screen, folder string) {
	t.Helper()
	cli := os.Getenv("PULUMI_BIN")
	if cli == "" {
		t.Fatal("PULUMI_BIN must name a Pulumi CLI; `make test` sets it")
	}
	folder = t.TempDir()
	t.Setenv("TMPDIR", folder)
	out = &screen{}
	return demo{
		out: io.MultiWriter(&out.all, &out.own), progress: &out.all, article: article.Program, outside: outside.Program,
		cli: cli, color: "never",
	}, out, folder
}

// requireNothingLeft fails if the demo left anything of its own in folder.
func requireNothingLeft(t *testing.T, folder string) {
	t.Helper()
	left, err := filepath.Glob(filepath.Join(folder, "aksidentity-demo-*"))
	if err != nil {
		t.Fatal(err)
	}
	if len(left) > 0 {
		t.Errorf("the demo left %v", left)
	}
}

// TestDemo runs all of it. What the demo says itself is golden; what Pulumi says comes in another order each time.
func TestDemo(t *testing.T) {
	d, out, folder := newDemo(t)
	if err := d.run(context.Background()); err != nil {
		t.Fatalf("%v\n%s", err, &out.all)
	}
	compare(t, out.own.String())
	for _, line := range strings.Split(out.all.String(), "\n") {
		if columns(line) > width {
			t.Errorf("a line has %d columns, more than %d: %q", columns(line), width, line)
		}
	}
	for _, want := range []string{ // Pulumi's own display, operation by operation
		"Previewing update (demo):", "Updating (demo):", "Refreshing (demo):", "Destroying (demo):",
		"azure-native:containerservice/v20250101:ManagedCluster quickstart created",
		"azure-native:containerservice/v20250101:ManagedCluster shop created",
		"    + 12 to create", "    6 unchanged", "    - 1 deleted\n    11 unchanged", "    + 1 created\n    11 unchanged",
	} {
		if !strings.Contains(out.all.String(), want) {
			t.Errorf("Pulumi does not say %q:\n%s", want, &out.all)
		}
	}
	if bytes.Contains(out.all.Bytes(), []byte("client-key-data")) || bytes.Contains(out.all.Bytes(), []byte("apiVersion")) {
		t.Errorf("the demo shows the kubeconfig:\n%s", &out.all)
	}
	requireNothingLeft(t, folder)
}

// random are the parts of the transcript that Pulumi draws anew each time: the end of a name that it chooses, and what the
// simulated Azure derives from that name.
var random = regexp.MustCompile(`(shop-control-plane)[0-9a-f]{8}\b|\b[0-9a-f]{8}(\.\.\.)`)

func compare(t *testing.T, transcript string) {
	t.Helper()
	file := filepath.Join("testdata", "demo.golden.txt")
	transcript = random.ReplaceAllString(transcript, "${1}########${2}")
	golden.Compare(t, file, transcript, *update, "make golden")
}

// TestDemoFails: a claim that does not hold ends the demo with an error, and so with exit code 1.
func TestDemoFails(t *testing.T) {
	cases := []struct {
		name   string
		reason string
		change func(*demo)
		says   string
	}{
		{"no grants", "a cluster that mentions nothing outside has nothing to show in the preview",
			func(d *demo) { d.outside = article.Program }, "the preview shows no grants"},
		{"left behind", "what stays after destroy is no clean end",
			func(d *demo) { d.article = leavingAGroup }, "after destroy: Azure is not as it was: resource group forgotten"},
		{"broken program", "an error of Pulumi is an error of the demo",
			func(d *demo) { d.article = func(*pulumi.Context) error { return errors.New("no such luck") } }, "article: pulumi up: "},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			d, out, folder := newDemo(t)
			tc.change(&d)
			err := d.run(context.Background())
			if err == nil || !strings.Contains(err.Error(), tc.says) {
				t.Errorf("%s: want an error with %q, got %v\n%s", tc.reason, tc.says, err, &out.all)
			}
			requireNothingLeft(t, folder)
		})
	}
}

// leavingAGroup is the article's program with a resource group that destroy leaves alone.
func leavingAGroup(ctx *pulumi.Context) error {
	_, err := resources.NewResourceGroup(ctx, "forgotten", &resources.ResourceGroupArgs{Location: pulumi.StringPtr("westeurope")},
		pulumi.RetainOnDelete(true))
	return errors.Join(err, article.Program(ctx))
}

// interrupter cancels the demo's context as soon as the first resource of the program is on the screen.
type interrupter struct{ cancel context.CancelFunc }

func (i interrupter) Write(p []byte) (int, error) {
	if bytes.Contains(p, []byte("azure-native:")) {
		i.cancel()
	}
	return len(p), nil
}

func TestDemoInterrupted(t *testing.T) {
	d, _, folder := newDemo(t)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	d.progress = interrupter{cancel}
	err := d.run(ctx)
	if code := exitCode(ctx, err, &bytes.Buffer{}); code != 130 {
		t.Errorf("interrupted in the middle of an up, the exit code is %d (%v), want 130", code, err)
	}
	requireNothingLeft(t, folder)
}
