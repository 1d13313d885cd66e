package upgrade

import (
	"flag"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
)

var previousRecording = flag.String("previous", filepath.Join("testdata", "previous.json.gz"), "the recording of the previous version")

// TestAnUpgradeReplacesAndDeletesNothing goes on with what the previous version deployed, with the examples of this version: at once, and
// after a refresh.
func TestAnUpgradeReplacesAndDeletesNothing(t *testing.T) {
	previous := mustRead(t, *previousRecording)
	for _, d := range deployments() {
		before, recorded := previous.Deployments[d.name()]
		if !recorded {
			continue // TestEveryExampleIsUpgraded tells whether it should be
		}
		for name, refreshed := range map[string]bool{"at once": false, "after a refresh": true} {
			t.Run(d.name()+"/"+name, func(t *testing.T) {
				t.Parallel()
				mustBeExplained(t, d.name(), d.upgrade(t, before, refreshed))
			})
		}
	}
}

// TestAnUpgradeToTheSameVersionChangesNothing: what the other test finds comes of the version, not of the recording.
func TestAnUpgradeToTheSameVersionChangesNothing(t *testing.T) {
	for _, d := range deployments() {
		t.Run(d.name(), func(t *testing.T) {
			t.Parallel()
			for _, c := range d.upgrade(t, d.deploy(t), false) {
				t.Errorf("%s", c)
			}
		})
	}
}

// upgrade previews and deploys the stacks of a deployment over what was there before, and takes all down in the end. It returns what
// was changed.
func (d deployment) upgrade(t *testing.T, before deployed, refreshed bool) []change {
	t.Helper()
	if len(before.Stacks) != len(d.stacks) {
		t.Fatalf("it had %d stacks before and has %d now: say in examples_test.go which goes on with which", len(before.Stacks), len(d.stacks))
	}
	cloud, config := d.found(t, before)
	var changed []change
	var stacks []*simtest.Stack
	for i, s := range d.stacks {
		was := before.Stacks[i]
		maps.Copy(config, was.Config)
		stack := simtest.New(t, s.program, append(s.options(cloud, config), simtest.WithState(was.State))...)
		if refreshed {
			mustSucceed(t, "the refresh", stack.Refresh())
		}
		changed = append(changed, deployOver(t, stack)...)
		stacks = append(stacks, stack)
	}
	takeDown(t, cloud, stacks)
	return changed
}

// found is the Azure of before and the configuration of today; things and people that the example finds today and did not find then
// are added.
func (d deployment) found(t *testing.T, before deployed) (cloud *azuresim.Cloud, config map[string]string) {
	t.Helper()
	cloud = loaded(t, before.Azure)
	today, config := d.world()
	if config == nil {
		config = map[string]string{}
	}
	there := map[string]bool{}
	for _, r := range cloud.Resources() {
		there[r.ID] = true
	}
	for _, r := range today.Resources() {
		if !there[r.ID] {
			cloud.MustSeed(r.ID, r.Body)
		}
	}
	for _, p := range today.Principals() {
		if p.Owner == "" && !slices.ContainsFunc(cloud.Principals(), func(known azuresim.Principal) bool { return known.ID == p.ID }) {
			cloud.AddPrincipal(p.ID, p.Type, p.Name)
		}
	}
	return cloud, config
}

func loaded(t *testing.T, azure []byte) *azuresim.Cloud {
	t.Helper()
	path := filepath.Join(t.TempDir(), "azure.json")
	if err := os.WriteFile(path, azure, 0o600); err != nil {
		t.Fatal(err)
	}
	cloud, err := azuresim.Load(path)
	if err != nil {
		t.Fatal(err)
	}
	return cloud
}

// deployOver deploys over a state of before, unless the preview announces that something is taken away. The preview announces what then
// happens, and afterwards there is nothing left to do.
func deployOver(t *testing.T, stack *simtest.Stack) []change {
	t.Helper()
	preview := stack.Preview()
	mustSucceed(t, "the preview", preview)
	announced := changesOf(preview)
	if slices.ContainsFunc(announced, change.takes) {
		return announced // nobody should deploy that
	}
	up := stack.Up()
	if up.Err != nil {
		t.Fatalf("the deployment failed; the preview announced:\n%s\n%s", lines(announced), up.Explain())
	}
	changed := changesOf(up)
	if got, want := operations(changed), operations(announced); got != want {
		t.Errorf("the preview announced\n%s\nand this happened:\n%s", want, got)
	}
	again := stack.Up()
	mustSucceed(t, "the deployment after it", again)
	if !again.Unchanged() {
		t.Errorf("a second deployment should change nothing, but:\n%s", again.Steps.Changing())
	}
	return changed
}

// takeDown destroys the stacks, the last one first: the state still knows all that is in Azure.
func takeDown(t *testing.T, cloud *azuresim.Cloud, stacks []*simtest.Stack) {
	t.Helper()
	for i := len(stacks) - 1; i >= 0; i-- {
		mustSucceed(t, "destroy", stacks[i].Destroy())
	}
	if !cloud.Empty() {
		t.Errorf("destroy after the upgrade left %v", cloud.Resources())
	}
}

func mustRead(t *testing.T, path string) recording {
	t.Helper()
	r, err := readRecording(path)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func mustSucceed(t *testing.T, name string, result simtest.Result) {
	t.Helper()
	if result.Err != nil {
		t.Fatalf("%s failed: %s", name, result.Explain())
	}
}
