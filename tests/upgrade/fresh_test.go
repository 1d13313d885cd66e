//go:build upgrade

package upgrade

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
	"github.com/aksidentity/pulumi-aksidentity/tests/languages"
)

// TestTheRecordingIsWhatThePreviousVersionDeploys compares the recording in testdata with the one that was just made from git and that
// -previous names. `make test-upgrade` does both.
func TestTheRecordingIsWhatThePreviousVersionDeploys(t *testing.T) {
	const kept = "previous.json.gz"
	recorded, fresh := mustRead(t, filepath.Join("testdata", kept)), mustRead(t, *previousRecording)
	if *previousRecording == filepath.Join("testdata", kept) {
		t.Fatal("-previous must name a recording that was just made; `make test-upgrade` makes one")
	}
	if diff := cmp.Diff(facts(recorded), facts(fresh)); diff != "" {
		t.Errorf("the recordings are not of the same version (-testdata +fresh):\n%s", diff)
	}
	for name, deployment := range fresh.Deployments {
		t.Run(name, func(t *testing.T) {
			before, there := recorded.Deployments[name]
			if !there {
				t.Fatal("it is not in the recording of testdata: run make record-previous")
			}
			if diff := cmp.Diff(inputs(t, before), inputs(t, deployment)); diff != "" {
				t.Errorf("the states differ (-testdata +fresh): run make record-previous\n%s", diff)
			}
			if diff := languages.Differences(loaded(t, before.Azure), loaded(t, deployment.Azure)); diff != "" {
				t.Errorf("the simulated Azures differ (-testdata +fresh): run make record-previous\n%s", diff)
			}
		})
	}
}

// facts are a recording without what was deployed.
func facts(r recording) []string {
	return append([]string{r.Version, r.Commit, r.Date, fmt.Sprint(len(r.Deployments))}, r.Examples...)
}

// inputs are those of all resources of the states, by URN. Objects of Kubernetes are left out: the fake gives them names by chance.
func inputs(t *testing.T, d deployed) map[string]any {
	t.Helper()
	out := map[string]any{}
	for _, s := range d.Stacks {
		stack := simtest.New(t, nil, simtest.WithNames(s.Project, stackName), simtest.WithState(s.State))
		for _, r := range stack.Resources() {
			if !strings.HasPrefix(r.Type, "kubernetes:") {
				out[string(r.URN)] = plain(r.Inputs)
			}
		}
	}
	return out
}
