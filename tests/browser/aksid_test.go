package browser

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

const subscription = "/subscriptions/00000000-0000-4000-8000-0000000000aa"

// roles are those that the clusters of the tests hold, by the GUIDs that Azure has given them.
var roles = []string{
	"4d97b98b-1d4f-4787-a291-c67834d212e7", // Network Contributor
	"9980e02c-c2be-4d73-94e8-173b1dc7cf3c", // Virtual Machine Contributor
	"b12aa53e-6015-4669-85d0-8515ebb3ae7f", // Private DNS Zone Contributor
	"7f951dda-4ed3-4680-a7ca-43fe172d538d", // AcrPull
}

// state is a stack of clusters, each with an identity of its own that holds that many grants.
func state(t *testing.T, clusters, grants int) []byte {
	t.Helper()
	var all []map[string]any
	add := func(kind, name, id string, inputs, outputs map[string]any, after ...string) string {
		urn := "urn:pulumi:prod::shop::azure-native:" + kind + "::" + name
		all = append(all, map[string]any{"urn": urn, "custom": true, "type": "azure-native:" + kind, "id": subscription + id,
			"inputs": inputs, "outputs": outputs, "dependencies": after})
		return urn
	}
	for c := range clusters {
		name := fmt.Sprintf("shop-%d", c)
		principal := fmt.Sprintf("83f0c9bd-3c4c-579d-945d-%012d", c)
		identity := "/resourceGroups/shop/providers/Microsoft.ManagedIdentity/userAssignedIdentities/" + name
		before := []string{add("managedidentity:UserAssignedIdentity", name, identity, nil, map[string]any{"principalId": principal})}
		for g := range grants {
			scope := fmt.Sprintf("/resourceGroups/network-team-of-the-company/providers/Microsoft.Network/virtualNetworks/hub/subnets/nodes-%d", (c+g)%7)
			before = append(before, add("authorization:RoleAssignment", fmt.Sprintf("%s-%d", name, g),
				fmt.Sprintf("%s/providers/Microsoft.Authorization/roleAssignments/ab69f3d7-7623-5c7f-%04d-%012d", scope, c, g),
				map[string]any{
					"principalId": principal, "scope": subscription + scope, "description": "join nodes and internal load balancers to the subnet",
					"roleDefinitionId": subscription + "/providers/Microsoft.Authorization/roleDefinitions/" + roles[g%len(roles)],
				}, map[string]any{}, before[0]))
		}
		add("containerservice:ManagedCluster", name, "/resourceGroups/shop/providers/Microsoft.ContainerService/managedClusters/"+name,
			map[string]any{"identity": map[string]any{"type": "UserAssigned", "userAssignedIdentities": []string{subscription + identity}}},
			map[string]any{"name": name}, before...)
	}
	text, err := json.Marshal(map[string]any{"version": 3, "deployment": map[string]any{"resources": all}})
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// show lets aksid write a file of the state, and is its address.
func show(t *testing.T, state []byte, command, format string) string {
	t.Helper()
	program, err := filepath.Abs(filepath.Join("..", "..", "bin", "aksid"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(program); err != nil {
		t.Fatalf("%v: build it with make bin/aksid; make test-browser does so", err)
	}
	file := filepath.Join(t.TempDir(), "shown."+format)
	run := exec.Command(program, command, "-", "--format", format, "--output", file)
	run.Stdin = bytes.NewReader(state)
	if out, err := run.CombinedOutput(); err != nil {
		t.Fatalf("%v: %v\n%s", run, err, out)
	}
	return "file://" + file
}

// sizes are a stack that one looks at whole, and one that one searches in.
var sizes = []struct {
	name             string
	clusters, grants int
}{{"four grants", 1, 4}, {"forty grants", 5, 8}}

// TestTheReportIsReadable at each width, by day and by night; and its search finds.
func TestTheReportIsReadable(t *testing.T) {
	for _, size := range sizes {
		address := show(t, state(t, size.clusters, size.grants), "report", "html")
		eachLook(t, "report of "+size.name, address, searchTheReport)
	}
}

// searchTheReport types a role: the rows that are left name it, and others are gone.
func searchTheReport(t *testing.T, w *window) {
	var shown, hidden []string
	w.typeInto("#find", "acrpull")
	w.run(
		chromedp.Evaluate(`[...document.querySelectorAll('tr.row')].filter(r => r.checkVisibility()).map(r => r.textContent)`, &shown),
		chromedp.Evaluate(`[...document.querySelectorAll('tr.row')].filter(r => !r.checkVisibility()).map(r => r.textContent)`, &hidden))
	if len(shown) == 0 || len(hidden) == 0 {
		t.Fatalf("%d rows are shown, and %d are not", len(shown), len(hidden))
	}
	for _, row := range shown {
		if !strings.Contains(row, "AcrPull") {
			t.Errorf("this row does not name AcrPull: %s", row)
		}
	}
	if found, want := w.text("#found"), fmt.Sprintf("%d of %d rows", len(shown), len(shown)+len(hidden)); found != want {
		t.Errorf("the page says %q, want %q", found, want)
	}
	for _, fault := range w.faults(".find") {
		t.Errorf("after the search: %s", fault)
	}
}

// TestThePictureIsReadable: the picture alone has the size that its text needs, and a window scrolls to what it does not show.
func TestThePictureIsReadable(t *testing.T) {
	for _, size := range sizes {
		address := show(t, state(t, size.clusters, size.grants), "graph", "svg")
		for _, l := range looks {
			t.Run(size.name+" "+l.String(), func(t *testing.T) {
				w := open(t, "data:text/html,<!doctype html><meta name=viewport content=width=device-width><link rel=icon href=data:,>", l.width, l.scheme)
				w.embed(address)
				w.shoot(strings.ReplaceAll("graph of "+size.name, " ", "-") + "-" + l.String())
				for _, fault := range w.faults("body") {
					t.Error(fault)
				}
			})
		}
	}
}

// embed puts the picture into the page, in a box that scrolls, as a browser shows it alone.
func (w *window) embed(address string) {
	w.t.Helper()
	svg, err := os.ReadFile(strings.TrimPrefix(address, "file://"))
	if err != nil {
		w.t.Fatal(err)
	}
	w.run(chromedp.Evaluate(fmt.Sprintf(`document.body.innerHTML = '<div style="overflow:auto">' + %q + '</div>'; 0`, svg), nil))
}
