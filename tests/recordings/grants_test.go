package recordings

import (
	"flag"
	"fmt"
	"os"
	"sort"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

var update = flag.Bool("update", false, "rewrite docs/cli-comparison.md")

// ourGrant is a role assignment that the component made, said like the CLI's.
type ourGrant struct {
	principal, role, scope, reason string
}

// granted are the assignments that a deployment left in the simulated Azure.
func granted(w *world) []ourGrant {
	cluster := w.cloud.Clusters()[0]
	who := map[string]string{cluster.ControlPlane(): "controlPlane", cluster.Kubelet(): "kubelet"}
	for _, addon := range []string{"omsagent", "ingressApplicationGateway", "aciConnectorLinux", "azureKeyvaultSecretsProvider", "azurepolicy"} {
		if id := cluster.Addon(addon); id != "" {
			who[id] = "addon:" + addon
		}
	}
	var out []ourGrant
	for _, a := range w.cloud.RoleAssignments() {
		out = append(out, ourGrant{who[a.PrincipalID], string(a.Role.ID), a.Scope.String(), a.Description})
	}
	sort.Slice(out, func(i, j int) bool { return fmt.Sprint(out[i]) < fmt.Sprint(out[j]) })
	return out
}

// oursOnly are grants that the CLI does not make, by the role and what it is for.
func oursOnly(g ourGrant) string {
	role, _ := rbac.BuiltinRoleByID(rbac.RoleID(g.role))
	kind := rbac.MustParseScope(g.scope).ResourceType()
	switch string(role.Name) + " on " + kind {
	case "Private DNS Zone Contributor on Microsoft.Network/privateDnsZones":
		return "AKS refuses the cluster without it (CustomPrivateDNSZoneMissingPermissionError)"
	case "Network Contributor on Microsoft.Network/virtualNetworks":
		return "AKS links the private zone to the network, and fails without it after the cluster was accepted"
	case "Network Contributor on Microsoft.Network/publicIPAddresses":
		return "every later change of the load balancer joins the address again (Azure/AKS issue 1945)"
	case "Reader on Microsoft.Compute/diskEncryptionSets":
		return "disks that the cluster makes read the set"
	case "Key Vault Crypto User on Microsoft.KeyVault/vaults":
		return "AKS encrypts with the key and refuses the cluster without it"
	case "Key Vault Contributor on Microsoft.KeyVault/vaults":
		return "AKS approves the private endpoint to the vault"
	case "Network Contributor on Microsoft.Network/virtualNetworks/subnets":
		return "the CLI was told to skip it, or took an assignment of somebody else for it (azure-cli ignores who holds it)"
	case "Managed Identity Operator on Microsoft.ManagedIdentity/userAssignedIdentities":
		return "the CLI found the right already there under another name or further up; ours is made at the identity itself"
	default:
		return ""
	}
}

// row is one line of the comparison.
type row struct{ recording, who, theirs, ours, verdict string }

func TestGrantsAgainstTheCLI(t *testing.T) {
	var rows []row
	for _, name := range names(t) {
		s := situations()[name]
		if s.set == nil || s.refused != "" {
			continue
		}
		if s.grantsApart != "" {
			rows = append(rows, row{recording: name, verdict: s.grantsApart})
			continue
		}
		w, up := s.deploy(t)
		if up.Err != nil {
			t.Fatalf("%s: %s", name, up.Explain())
		}
		rows = append(rows, compareGrants(t, load(t, name), granted(w))...)
	}
	text := document(rows)
	const file = "../../docs/cli-comparison.md"
	if *update {
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), text); diff != "" {
		t.Errorf("docs/cli-comparison.md is stale (-have +want); go test ./tests/recordings -update:\n%s", diff)
	}
}

// compareGrants holds that ours give at least what the CLI's give, and are never broader in role or scope.
func compareGrants(t *testing.T, r recording, ours []ourGrant) []row {
	t.Helper()
	var rows []row
	matched := map[int]bool{}
	for _, theirs := range r.grants() {
		found := false
		for i, g := range ours {
			verdict := against(theirs, g)
			if verdict == "" || matched[i] {
				continue
			}
			found, matched[i] = true, true
			rows = append(rows, row{r.name, g.principal, place(theirs.role, theirs.scope), place(g.role, g.scope), verdict})
			break
		}
		if !found {
			t.Errorf("%s: the CLI gives %s %s, and nothing of ours does that without being broader: %v", r.name, theirs.principal, place(theirs.role, theirs.scope), ours)
		}
	}
	for i, g := range ours {
		if matched[i] {
			continue
		}
		reason := oursOnly(g)
		if reason == "" {
			t.Errorf("%s: %s gets %s, which the CLI does not give, and no reason is listed", r.name, g.principal, place(g.role, g.scope))
		}
		rows = append(rows, row{r.name, g.principal, "nothing", place(g.role, g.scope), reason})
	}
	if len(rows) == 0 {
		rows = append(rows, row{recording: r.name, verdict: "neither grants anything"})
	}
	return rows
}

// against says how our grant stands beside the CLI's; empty when it does not stand in for it, or is broader.
func against(theirs cliGrant, ours ourGrant) string {
	their, okTheir := rbac.BuiltinRoleByID(rbac.RoleID(theirs.role))
	our, okOur := rbac.BuiltinRoleByID(rbac.RoleID(ours.role))
	theirScope, ourScope := rbac.MustParseScope(theirs.scope), rbac.MustParseScope(ours.scope)
	if !okTheir || !okOur || theirs.principal != ours.principal || !theirScope.Contains(ourScope) {
		return ""
	}
	verdict := []string{}
	if !theirScope.Equal(ourScope) {
		verdict = append(verdict, "narrower scope")
	}
	if their.ID != our.ID {
		if missing := their.Permissions.Covers(our.Permissions.Actions, our.Permissions.DataActions); len(missing) > 0 {
			return ""
		}
		verdict = append(verdict, "narrower role")
	}
	if len(verdict) == 0 {
		return "the same"
	}
	return strings.Join(verdict, ", ")
}

func place(roleID, scope string) string {
	role, _ := rbac.BuiltinRoleByID(rbac.RoleID(roleID))
	parsed := rbac.MustParseScope(scope)
	kind := parsed.ResourceType()
	if kind == "" {
		kind = "resource group"
	}
	return string(role.Name) + " on " + kind[strings.LastIndex(kind, "/")+1:] + " " + parsed.Name()
}

func document(rows []row) string {
	var b strings.Builder
	b.WriteString(`# What the Azure CLI grants, and what we grant

The recordings are of ` + "`az`" + ` 2.45.0 (August 2026, against a fake of Azure; tests/recordings/testdata). For each situation our
component deployed the same cluster into the simulated Azure. Ours give at least the same and are never broader in role or
scope; the test that writes this page fails otherwise.

| recording | identity | the CLI | ours | |
| --- | --- | --- | --- | --- |
`)
	for _, r := range rows {
		fmt.Fprintf(&b, "| %s | %s | %s | %s | %s |\n", r.recording, r.who, r.theirs, r.ours, r.verdict)
	}
	b.WriteString("\n## Recordings that are not compared\n\n| recording | why |\n| --- | --- |\n")
	known := situations()
	ordered := make([]string, 0, len(known))
	for name := range known {
		ordered = append(ordered, name)
	}
	sort.Strings(ordered)
	for _, name := range ordered {
		switch s := known[name]; {
		case s.apart != "":
			fmt.Fprintf(&b, "| %s | %s |\n", name, s.apart)
		case s.refused != "":
			fmt.Fprintf(&b, "| %s | refused at `%s`%s before anything is made; the CLI goes on |\n", name, s.refused, code(s.code))
		}
	}
	b.WriteString("\n## Properties of the cluster that we send otherwise\n\n| property | the CLI | ours | why |\n| --- | --- | --- | --- |\n")
	for _, d := range differences() {
		fmt.Fprintf(&b, "| `%s` | %s | %s | %s |\n", d.path, d.cli, d.ours, d.reason)
	}
	return b.String()
}

func code(azure string) string {
	if azure == "" {
		return ""
	}
	return " (" + azure + ")"
}
