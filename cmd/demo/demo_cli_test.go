//go:build cli

package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/aksidentity/pulumi-aksidentity/examples/quickstart/program"
)

// newDemo is the demo with the CLI of `make test`, writing to the returned buffer; its temporary folder is in folder.
func newDemo(t *testing.T) (d demo, out *bytes.Buffer, folder string) {
	t.Helper()
	cli := os.Getenv("PULUMI_BIN")
	if cli == "" {
		t.Fatal("PULUMI_BIN must name a Pulumi CLI; `make test` sets it")
	}
	folder = t.TempDir()
	t.Setenv("TMPDIR", folder)
	out = &bytes.Buffer{}
	return demo{out: out, program: program.Program, cli: cli, color: "never"}, out, folder
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

func TestDemo(t *testing.T) {
	d, out, folder := newDemo(t)
	if err := d.run(context.Background()); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for _, want := range []string{
		"azure-native:containerservice", // Pulumi's own display
		"[secret]",
		"control plane of ",
		"kubelet of ",
		"Nothing changed: ",
		"The simulated Azure is empty again.",
	} {
		if !bytes.Contains(out.Bytes(), []byte(want)) {
			t.Errorf("the demo does not say %q:\n%s", want, out)
		}
	}
	if bytes.Contains(out.Bytes(), []byte("client-key-data")) || bytes.Contains(out.Bytes(), []byte("apiVersion")) {
		t.Errorf("the demo shows the kubeconfig:\n%s", out)
	}
	requireNothingLeft(t, folder)
}

// interrupter cancels the demo's context as soon as the first resource of the program is on the screen.
type interrupter struct {
	bytes.Buffer
	cancel context.CancelFunc
}

func (i *interrupter) Write(p []byte) (int, error) {
	if bytes.Contains(p, []byte("azure-native:")) {
		i.cancel()
	}
	return i.Buffer.Write(p)
}

func TestDemoInterrupted(t *testing.T) {
	d, _, folder := newDemo(t)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	d.out = &interrupter{cancel: cancel}
	err := d.run(ctx)
	if code := exitCode(ctx, err, &bytes.Buffer{}); code != 130 {
		t.Errorf("interrupted in the middle of an up, the exit code is %d (%v), want 130", code, err)
	}
	requireNothingLeft(t, folder)
}
