package main

import (
	"bytes"
	"context"
	"io"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
)

func put(t *testing.T, f *fileCloud, id string) {
	t.Helper()
	_, err := f.Put(context.Background(), id, map[string]any{"location": "westeurope"})
	if err != nil {
		t.Error(err)
	}
}

func group(name string) string { return azuresim.GroupID(azuresim.DefaultSubscriptionID, name) }

func TestProcessesShareOneFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "azure.json")
	var all sync.WaitGroup
	for _, name := range []string{"a", "b", "c", "d"} {
		process := &fileCloud{path: path}
		all.Add(1)
		go func() {
			defer all.Done()
			put(t, process, group(name))
		}()
	}
	all.Wait()
	for _, name := range []string{"a", "b", "c", "d"} {
		if _, err := (&fileCloud{path: path}).Get(context.Background(), group(name)); err != nil {
			t.Errorf("no process overwrites what another one made: %v", err)
		}
	}
}

func TestShow(t *testing.T) {
	path := filepath.Join(t.TempDir(), "azure.json")
	f := &fileCloud{path: path}
	put(t, f, group("rg"))
	identity := azuresim.ID("rg", azuresim.IdentityType, "identity")
	put(t, f, identity)
	made, err := f.Get(context.Background(), identity)
	if err != nil {
		t.Fatal(err)
	}
	_, err = f.Put(context.Background(),
		group("rg")+"/providers/Microsoft.Authorization/roleAssignments/00000000-0000-4000-8000-000000000001",
		map[string]any{"properties": map[string]any{
			"principalId":      made.Body["properties"].(map[string]any)["principalId"],
			"principalType":    "ServicePrincipal",
			"roleDefinitionId": "/providers/Microsoft.Authorization/roleDefinitions/4d97b98b-1d4f-4787-a291-c67834d212e7",
			"description":      "because",
		}})
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := run(context.Background(), "azuresim", []string{"show", "-state", path}, &out); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{group("rg"), azuresim.IdentityType, "identity", "Network Contributor", "because"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("the tables mention %q, got:\n%s", want, out.String())
		}
	}
}

func TestServeAndPluginAnnounceTheirPort(t *testing.T) {
	cases := []struct {
		name, reason, program string
		args                  []string
		want                  string
	}{
		{"serve", "the first line is for the environment", "azuresim", []string{"serve"}, "PULUMI_DEBUG_PROVIDERS=azure-native:"},
		{"plugin", "the first line is the port", pluginName, nil, ""},
		{"Resource Manager", "the first line says what follows", "azuresim", []string{"serve", "-certificate", filepath.Join(t.TempDir(), "azuresim.pem")}, "# Pulumi"},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			t.Setenv(stateEnv, filepath.Join(t.TempDir(), "azure.json"))
			ctx, cancel := context.WithCancel(context.Background())
			reader, writer := io.Pipe()
			done := make(chan error, 1)
			go func() {
				done <- run(ctx, tc.program, tc.args, writer)
				_ = writer.Close()
			}()
			text := make([]byte, 64)
			n, err := reader.Read(text)
			if line := string(text[:n]); err != nil || !strings.HasPrefix(line, tc.want) || strings.TrimSpace(line) == tc.want {
				t.Errorf("%s: got %q %v", tc.reason, line, err)
			}
			go func() { _, _ = io.Copy(io.Discard, reader) }()
			cancel()
			if err := <-done; err != nil {
				t.Errorf("it stops without an error, got %v", err)
			}
		})
	}
}

func TestBadUse(t *testing.T) {
	cases := []struct {
		name, reason string
		args         []string
		want         string
	}{
		{"command", "an unknown command is named", []string{"destroy"}, `unknown command "destroy"`},
		{"no certificate", "clients cannot trust without it", []string{"serve", "-arm", "1"}, "need -certificate FILE"},
		{"no state", "show needs to know what", []string{"show"}, "show needs -state FILE"},
		{"no file", "a missing file is an error", []string{"show", "-state", "/nowhere/azure.json"}, "loading the cloud"},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			err := run(context.Background(), "azuresim", tc.args, io.Discard)
			if err == nil || !strings.Contains(err.Error(), tc.want) {
				t.Errorf("%s: got %v, want %q", tc.reason, err, tc.want)
			}
		})
	}
}
