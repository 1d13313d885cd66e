//go:build az

package az

import (
	"bytes"
	"encoding/json"
	"errors"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/tests/golden"
)

// audited is what somebody does with the Azure CLI, and what aksid audit --subscription finds afterwards.
type audited struct {
	name, reason string
	// given is what was there before; nil is nothing.
	given func(place)
	// lines are for the CLI, one after the other. One that begins with ! fails.
	lines []string
	// want are the findings: severity, rule, holder, and the resource.
	want []string
}

// create makes a cluster without asking anything.
const create = "aks create -g {group} -n demo --no-ssh-key --yes -o none "

// audits are the situations in which the Azure CLI of today grants something, leaves something behind, or leaves something out.
func audits() []audited {
	return []audited{
		{name: "no network of one's own", reason: "there is nothing to grant, and nothing is", lines: []string{create}},
		{name: "own subnet, system-assigned", reason: "the CLI grants what is documented", lines: []string{create + flatInSubnet}},
		{
			name: "own subnet, the role not assigned", reason: "--skip-subnet-role-assignment",
			lines: []string{create + flatInSubnet + "--skip-subnet-role-assignment"},
			want:  []string{"error missing-right demo/control-plane on demo-group/vnet/nodes"},
		},
		{
			name: "own subnet, user-assigned, with the nodes' own identity", reason: "both identities are granted what is documented",
			lines: []string{create + flatInSubnet + ownControl + "--assign-kubelet-identity {id:nodes}"},
		},
		{
			name: "one identity for both", reason: "the CLI lets it operate itself, which AKS asks for",
			lines: []string{create + flatInSubnet + "--assign-identity {id:nodes} --assign-kubelet-identity {id:nodes}"},
		},
		{
			name: "somebody else holds the role on the subnet", reason: "the CLI takes anybody's assignment for the cluster's own",
			given: func(p place) { p.grant("somebody else", "Network Contributor", p.subnet("nodes")) },
			lines: []string{create + flatInSubnet},
			want:  []string{"error missing-right demo/control-plane on demo-group/vnet/nodes"},
		},
		{
			name: "pods in a subnet of their own", reason: "the CLI grants the nodes' subnet only",
			given: func(p place) { p.subnet("pods") },
			lines: []string{create + flatInSubnet + "--pod-subnet-id {subnet:pods}"},
			want:  []string{"error missing-right demo/control-plane on demo-group/vnet/pods"},
		},
		{name: "registry attached", reason: "to the kubelet, which pulls", lines: []string{create + "--attach-acr {registry}"}},
		{
			name: "registry detached", reason: "az aks update --detach-acr takes its grant away",
			lines: []string{create + "--attach-acr {registry}", "aks update -g {group} -n demo --detach-acr {registry} -o none"},
		},
		{
			name: "private DNS zone of one's own, not granted", reason: "the CLI does not grant it, and AKS refuses the cluster",
			lines: []string{"! " + create + ownControl + existingZone},
			want:  []string{"warning identity-without-use control on demo-group/control"},
		},
		{
			name: "private DNS zone of one's own, granted by hand on the group", reason: "as public guides do: more than the zone",
			lines: []string{
				"role assignment create --assignee-object-id {principal:control} --assignee-principal-type ServicePrincipal --role Contributor --scope {groupid} -o none",
				create + ownControl + existingZone + flatInSubnet,
			},
			want: []string{"warning scope-wider-than-use demo/control-plane on resource group demo-group"},
		},
		{
			name: "ingress gateway that exists", reason: "the CLI grants Contributor on the gateway's group",
			lines: []string{create + "--network-plugin azure --enable-addons ingress-appgw --appgw-id {gateway}"},
			want:  []string{"warning role-stronger-than-use demo/addon-ingressApplicationGateway on resource group demo-group"},
		},
		{
			name: "ingress gateway in a subnet", reason: "Network Contributor on the subnet, as documented",
			lines: []string{create + "--network-plugin azure --enable-addons ingress-appgw --appgw-name gateway --appgw-subnet-id {subnet:appgw}"},
		},
		{
			name: "ingress gateway in a range of the own network", reason: "the CLI grants Contributor on the network, where Network Contributor is documented",
			lines: []string{create + flatInSubnet + "--enable-addons ingress-appgw --appgw-name gateway --appgw-subnet-cidr 10.2.0.0/16"},
			want:  []string{"warning role-stronger-than-use demo/addon-ingressApplicationGateway on demo-group/vnet"},
		},
		{
			name: "ingress gateway switched off again", reason: "az aks disable-addons leaves the assignment",
			lines: []string{
				create + "--network-plugin azure --enable-addons ingress-appgw --appgw-name gateway --appgw-subnet-id {subnet:appgw}",
				"aks disable-addons -g {group} -n demo --addons ingress-appgw -o none",
			},
			want: []string{"warning assignment-without-holder principal on demo-group/vnet/appgw"},
		},
		{
			name: "virtual nodes", reason: "the CLI grants Contributor on the whole network",
			given: func(p place) { p.subnet("aci") },
			lines: []string{create + flatInSubnet + "--enable-addons virtual-node --aci-subnet-name aci"},
			want:  []string{"warning scope-wider-than-use demo/addon-aciConnectorLinux on demo-group/vnet"},
		},
		{
			name: "virtual nodes switched off again", reason: "az aks disable-addons leaves the assignment",
			given: func(p place) { p.subnet("aci") },
			lines: []string{
				create + flatInSubnet + "--enable-addons virtual-node --aci-subnet-name aci",
				"aks disable-addons -g {group} -n demo --addons virtual-node -o none",
			},
			want: []string{"warning assignment-without-holder principal on demo-group/vnet"},
		},
		{
			name: "monitoring, policy and secrets provider", reason: "monitoring publishes its metrics to the cluster, the others get nothing",
			lines: []string{create + "--workspace-resource-id {workspace} --enable-addons " + monitoringEtc},
		},
		{
			name: "monitoring, policy and secrets provider switched off again", reason: "az aks disable-addons leaves the assignment",
			lines: []string{
				create + "--workspace-resource-id {workspace} --enable-addons " + monitoringEtc,
				"aks disable-addons -g {group} -n demo --addons " + monitoringEtc + " -o none",
			},
			want: []string{"warning assignment-without-holder principal on demo-group/demo"},
		},
		{
			name: "outbound address of one's own", reason: "the CLI does not grant it",
			lines: []string{create + "--load-balancer-outbound-ips {address}"},
			want:  []string{"error missing-right demo/control-plane on demo-group/outbound"},
		},
		{
			name: "disk encryption set", reason: "the CLI does not grant it",
			lines: []string{create + "--node-osdisk-diskencryptionset-id {set}"},
			want:  []string{"error missing-right demo/control-plane on demo-group/disks"},
		},
		{
			name: "own identity in place of the system-assigned one", reason: "the CLI grants the new one nothing, and leaves the former one's",
			lines: []string{
				create + flatInSubnet, "aks update -g {group} -n demo --enable-managed-identity --assign-identity {id:control} --yes -o none",
			},
			want: []string{
				"error missing-right demo/control-plane on demo-group/vnet/nodes", "warning assignment-without-holder principal on demo-group/vnet/nodes",
				"warning former-identity-keeps-nodes demo/principal on resource group MC_demo-group_demo_westeurope",
			},
		},
		{
			name: "own identity of which nothing is left", reason: "it was deleted and made again under its name, and the cluster with it",
			lines: []string{
				create + flatInSubnet + ownControl, "aks delete -g {group} -n demo --yes -o none", "identity delete -g {group} -n control",
				"identity create -g {group} -n control -o none",
				create + flatInSubnet + ownControl,
			},
			want: []string{
				"error missing-right demo/control-plane on demo-group/vnet/nodes", "warning assignment-without-holder principal on demo-group/vnet/nodes",
			},
		},
		{
			name: "cluster deleted", reason: "az aks delete leaves what the CLI had granted",
			lines: []string{create + flatInSubnet + "--attach-acr {registry}", "aks delete -g {group} -n demo --yes -o none"},
			want: []string{
				"warning assignment-without-holder principal on demo-group/imagesdemogroup", "warning assignment-without-holder principal on demo-group/vnet/nodes",
			},
		},
		{
			name: "cluster made again in the subnet of a deleted one", reason: "the assignment that was left suppresses that of the new cluster",
			lines: []string{create + flatInSubnet, "aks delete -g {group} -n demo --yes -o none", create + flatInSubnet},
			want: []string{
				"error missing-right demo/control-plane on demo-group/vnet/nodes", "warning assignment-without-holder principal on demo-group/vnet/nodes",
			},
		},
	}
}

// TestAuditOfWhatAzLeaves: the real CLI makes, changes and deletes clusters in a simulated Azure, and aksid, which signs in as the SDKs do,
// reads the subscription: it names grants that are too broad, those that are left behind, and those that are missing.
func TestAuditOfWhatAzLeaves(t *testing.T) {
	program := buildAksid(t)
	session := signIn(t)
	for _, a := range audits() {
		t.Run(a.name, func(t *testing.T) {
			w := newWorld(t)
			w.env = append(w.env, session)
			p := newPlace(w.cloud, "demo-group")
			if a.given != nil {
				a.given(p)
			}
			for _, line := range a.lines {
				command, fails := strings.CutPrefix(line, "! ")
				if done := w.run(p.expandPrincipals(command)); (done.exit != 0) != fails {
					t.Fatalf("az %s: exit %d\n%s", command, done.exit, done.errors)
				}
			}
			if diff := cmp.Diff(a.want, w.findings(program)); diff != "" {
				t.Errorf("%s (-want +got):\n%s", a.reason, diff)
			}
			code, text := w.audit(program, "text")
			if (code == 1) != (len(a.want) > 0) {
				t.Errorf("exit code %d with %d findings", code, len(a.want))
			}
			file := filepath.Join("testdata", "audits", strings.NewReplacer(" ", "-", ",", "", "'", "").Replace(a.name)+".txt")
			golden.Compare(t, file, a.transcript(text), *update, "go test -tags az ./tests/az -run AuditOf -update")
		})
	}
}

// buildAksid builds the command, which is in a module of its own.
func buildAksid(t *testing.T) string {
	t.Helper()
	program := filepath.Join(t.TempDir(), "aksid")
	build := exec.CommandContext(t.Context(), "go", "build", "-buildvcs=false", "-o", program, ".")
	build.Dir = filepath.Join("..", "..", "cmd", "aksid")
	build.Env = append(build.Environ(), "GOWORK=off")
	if said, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, said)
	}
	return program
}

// signIn is the setting of a session of the CLI: it is the same person in every simulated Azure.
func signIn(t *testing.T) string {
	t.Helper()
	w := newWorld(t)
	session := "AZURE_CONFIG_DIR=" + t.TempDir()
	w.env = append(w.env, session)
	if a := w.run("login --service-principal {login} -o none"); a.exit != 0 {
		t.Fatalf("az login: exit %d: %s", a.exit, a.errors)
	}
	return session
}

// expandPrincipals is expand, and the words that name principals.
func (p place) expandPrincipals(line string) string {
	if strings.Contains(line, "{principal:control}") {
		line = strings.ReplaceAll(line, "{principal:control}", p.identity("control").PrincipalID)
	}
	line = strings.ReplaceAll(line, "{groupid}", azuresim.GroupID(azuresim.DefaultSubscriptionID, p.group))
	if strings.Contains(line, "{subnet:pods}") {
		line = strings.ReplaceAll(line, "{subnet:pods}", p.subnet("pods"))
	}
	return p.expand(line)
}

// audit runs aksid on the subscription.
func (w world) audit(program, format string) (code int, text string) {
	w.t.Helper()
	run := exec.CommandContext(w.t.Context(), program, "audit", "--subscription", azuresim.DefaultSubscriptionID, "--format", format)
	run.Env = w.env
	var out, errs bytes.Buffer
	run.Stdout, run.Stderr = &out, &errs
	var failed *exec.ExitError
	if err := run.Run(); err != nil && !errors.As(err, &failed) {
		w.t.Fatal(err)
	}
	if run.ProcessState.ExitCode() > 1 {
		w.t.Fatalf("aksid audit: exit code %d\n%s", run.ProcessState.ExitCode(), errs.String())
	}
	return run.ProcessState.ExitCode(), out.String()
}

func (w world) findings(program string) (lines []string) {
	w.t.Helper()
	var report struct {
		Findings []struct{ Severity, Kind, Cluster, Identity, Where string }
	}
	_, text := w.audit(program, "json")
	if err := json.Unmarshal([]byte(text), &report); err != nil {
		w.t.Fatal(err)
	}
	for _, f := range report.Findings {
		who := f.Identity
		if f.Cluster != "" {
			who = f.Cluster + "/" + who
		}
		lines = append(lines, f.Severity+" "+f.Kind+" "+who+" on "+f.Where)
	}
	slices.Sort(lines)
	return lines
}

// assignmentInID is the name of an assignment, which the CLI makes up anew in each run.
var assignmentInID = regexp.MustCompile(`(roleAssignments/)[0-9a-f-]{36}`)

// transcript is what was done, and what the audit says.
func (a audited) transcript(report string) string {
	var b strings.Builder
	for _, line := range a.lines {
		command, fails := strings.CutPrefix(line, "! ")
		b.WriteString("$ az " + strings.TrimSpace(command) + "\n")
		if fails {
			b.WriteString("(refused)\n")
		}
	}
	b.WriteString("$ aksid audit --subscription " + azuresim.DefaultSubscriptionID + "\n" + assignmentInID.ReplaceAllString(report, "$1{assignment}"))
	return b.String()
}
