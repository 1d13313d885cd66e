package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore/cloud"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"
	"github.com/Azure/azure-sdk-for-go/sdk/azidentity"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/arm"
	"github.com/aksidentity/pulumi-aksidentity/cmd/aksid/internal/azure"
)

const others = "/subscriptions/00000000-0000-4000-8000-0000000000aa/resourceGroups/others/providers/"

// auditedState is a cluster in a subnet; with granted its control plane has the right on it.
func auditedState(granted bool) []byte {
	const principal, subnet = "83f0c9bd-3c4c-579d-945d-aac3968e28b4", others + "Microsoft.Network/virtualNetworks/hub/subnets/nodes"
	cluster := `{"urn": "urn:pulumi:dev::shop::azure-native:containerservice:ManagedCluster::shop", "custom": true,
		"type": "azure-native:containerservice:ManagedCluster", "id": "` + others + `Microsoft.ContainerService/managedClusters/shop",
		"outputs": {"identity": {"type": "SystemAssigned", "principalId": "` + principal + `"}, "nodeResourceGroup": "MC_shop",
			"agentPoolProfiles": [{"name": "system", "vnetSubnetID": "` + subnet + `"}]}}`
	if !granted {
		return []byte(`{"version": 3, "deployment": {"resources": [` + cluster + `]}}`)
	}
	return []byte(`{"version": 3, "deployment": {"resources": [` + cluster + `, {
		"urn": "urn:pulumi:dev::shop::azure-native:authorization:RoleAssignment::subnet", "custom": true, "type": "azure-native:authorization:RoleAssignment",
		"id": "` + subnet + `/providers/Microsoft.Authorization/roleAssignments/ab69f3d7-7623-5c7f-8578-d46077b08e2e",
		"inputs": {"principalId": "` + principal + `", "principalType": "ServicePrincipal", "scope": "` + subnet + `",
			"roleDefinitionId": "/providers/Microsoft.Authorization/roleDefinitions/4d97b98b-1d4f-4787-a291-c67834d212e7"}}]}}`)
}

// TestTheExitCodeOfAnAuditTellsFindingsFromFailures: a pipeline stops for both, and tells them apart.
func TestTheExitCodeOfAnAuditTellsFindingsFromFailures(t *testing.T) {
	missing, granted := auditedState(false), auditedState(true)
	encrypted := bytes.Replace(granted, []byte(`"83f0c9bd-3c4c-579d-945d-aac3968e28b4"}, "nodeResourceGroup"`),
		[]byte(`{"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", "ciphertext": "v1:abc"}}, "nodeResourceGroup"`), 1)
	cases := []struct {
		name, reason string
		input        []byte
		args         []string
		code         int
		says         string
	}{
		{"nothing to say", "all is granted", granted, []string{"-"}, 0, "nothing to say about 1 cluster"},
		{"findings", "the right on the subnet is missing", missing, []string{"-"}, 1, "1 error in 1 cluster"},
		{"empty stack", "it was never deployed", []byte(`{"version": 3}`), []string{"-"}, 0, "nothing to say about 0 clusters"},
		{"encrypted principal", "who holds what is not known", encrypted, []string{"-"}, 0, "Not judged: the control plane of shop is not known"},
		{"nothing at all", "a pipe whose first command failed", nil, []string{"-"}, 2, "it is empty"},
		{"broken", "it was cut off", missing[:len(missing)/2], []string{"-"}, 2, "it ends too early"},
		{"no state", "another document", []byte(`{"kind": "Pod"}`), []string{"-"}, 2, "pulumi stack export"},
		{"no file", "a misspelled name", nil, []string{"there-is-none.json"}, 2, "there-is-none.json"},
		{"unknown format", "a misspelled one", missing, []string{"-", "--format", "html"}, 2, "give one of text, json, sarif, markdown"},
		{"unknown flag", "a misspelled one", missing, []string{"-", "--fromat", "json"}, 2, "--fromat"},
		{"two files", "one is judged at a time", nil, []string{"a", "b"}, 2, "at most 1 arg"},
		{"stack and subscription", "one source at a time", nil, []string{"--subscription", azuresim.DefaultSubscriptionID, "--stack", "dev"}, 2, "either --subscription, or a stack"},
		{"no subscription", "its name in place of its ID", nil, []string{"--subscription", "Production"}, 2, "az account list"},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			code, stdout, stderr := run(t, tc.input, append([]string{"audit"}, tc.args...)...)
			unbroken := strings.Join(strings.Fields(stdout+stderr), " ")
			if code != tc.code || !strings.Contains(unbroken, tc.says) {
				t.Errorf("%s: want exit code %d and %q, got %d\n%s%s", tc.reason, tc.code, tc.says, code, stdout, stderr)
			}
			if tc.code == 2 && (stdout != "" || stderr == "") {
				t.Errorf("a failure is told on the standard error: %q %q", stdout, stderr)
			}
		})
	}
}

func TestAnAuditIsWrittenInEachFormat(t *testing.T) {
	for format, begins := range map[string]string{"text": "shop/dev: 1 error", "json": "{", "sarif": "{", "markdown": "# Audit of shop/dev"} {
		file := filepath.Join(t.TempDir(), "audit")
		if code, _, stderr := run(t, auditedState(false), "audit", "-", "--format", format, "--output", file); code != 1 {
			t.Errorf("--format %s: exit code %d %s", format, code, stderr)
		}
		text, err := os.ReadFile(file)
		if err != nil || !strings.HasPrefix(string(text), begins) || !strings.Contains(string(text), "has no right to join nodes and internal load balancers") {
			t.Errorf("--format %s: %v\n%s", format, err, text)
		}
		if begins == "{" && !json.Valid(text) {
			t.Errorf("--format %s is no JSON", format)
		}
	}
}

// TestAStackIsAskedForByItsName: without a file the Pulumi CLI gives the state.
func TestAStackIsAskedForByItsName(t *testing.T) {
	folder := t.TempDir()
	pulumi, state := filepath.Join(folder, "pulumi"), filepath.Join(folder, "state.json")
	script := "#!/bin/sh\n[ \"$*\" = 'stack export --non-interactive --stack dev' ] && cat '" + state + "'\n"
	if err := errors.Join(os.WriteFile(pulumi, []byte(script), 0o755), os.WriteFile(state, auditedState(false), 0o600)); err != nil {
		t.Fatal(err)
	}
	if code, stdout, stderr := run(t, nil, "audit", "--pulumi", pulumi, "--stack", "dev"); code != 1 || !strings.Contains(stdout, "1 error in 1 cluster") {
		t.Errorf("exit code %d\n%s%s", code, stdout, stderr)
	}
}

// TestASubscriptionIsAuditedByTheCommand: the same call, with Azure in place of a stack.
func TestASubscriptionIsAuditedByTheCommand(t *testing.T) {
	simulated := azuresim.New()
	server := httptest.NewTLSServer(arm.New(simulated))
	t.Cleanup(server.Close)
	simulated.MustSeedCluster("demo", "demo", map[string]any{"properties": map[string]any{
		"networkProfile":    map[string]any{"networkPlugin": "azure"},
		"agentPoolProfiles": []any{map[string]any{"name": "system", "mode": "System", "count": 1.0, "vmSize": "Standard_D4s_v5", "vnetSubnetID": simulated.MustSeedSubnet("network-team", "hub", "nodes")}},
	}})
	options := policy.ClientOptions{Transport: server.Client(), Cloud: cloud.Configuration{
		ActiveDirectoryAuthorityHost: server.URL + "/",
		Services:                     map[cloud.ServiceName]cloud.ServiceConfiguration{cloud.ResourceManager: {Endpoint: server.URL, Audience: "https://management.azure.com"}},
	}}
	var out bytes.Buffer
	p := program{stdout: &out, stderr: &out}
	a := &auditing{
		input: input{program: p}, subscription: azuresim.DefaultSubscriptionID,
		formatted: formatted{output: output{program: p}, formats: []string{"text"}, format: "text", width: 100},
	}
	a.access = func() (azure.Access, error) {
		credential, err := azidentity.NewClientSecretCredential(azuresim.DefaultTenantID, azuresim.DefaultDeployerClientID, arm.DefaultClientSecret,
			&azidentity.ClientSecretCredentialOptions{ClientOptions: options, DisableInstanceDiscovery: true})
		return azure.Access{Credential: credential, Options: options, Graph: server.URL}, err
	}
	if err := a.run(t.Context(), nil); !errors.Is(err, errTold) || !strings.Contains(out.String(), "subscription "+azuresim.DefaultSubscriptionID+": 1 error in 1 cluster.") {
		t.Errorf("%v\n%s", err, out.String())
	}
	a.access = func() (azure.Access, error) { return azure.Access{}, errors.New("nobody is signed in") }
	if err := a.run(t.Context(), nil); !errors.As(err, &unread{}) {
		t.Errorf("nobody is signed in: %v", err)
	}
}
