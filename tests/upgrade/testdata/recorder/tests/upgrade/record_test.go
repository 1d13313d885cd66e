package upgrade

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/pulumi/pulumi/pkg/v3/resource/autonaming"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
)

var (
	recordTo      = flag.String("record", "", "the file that the recording of this version is written to; a temporary one when it is empty")
	recordVersion = flag.String("version", "", "the name of this version in the recording, a tag or a commit")
	recordCommit  = flag.String("commit", "", "its commit")
	recordDate    = flag.String("date", "", "the date of the commit")
)

// TestThisVersionIsRecorded deploys every example with this version. scripts/record-previous.sh runs it in a checkout of the previous
// version, where its result is what the other tests upgrade.
func TestThisVersionIsRecorded(t *testing.T) {
	path := *recordTo
	if path == "" {
		path = filepath.Join(t.TempDir(), "recording.json.gz")
	}
	if err := record(t).write(path); err != nil {
		t.Fatal(err)
	}
	back, err := readRecording(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range deployments() {
		if got := len(back.Deployments[d.name()].Stacks); got != len(d.stacks) {
			t.Errorf("%s has %d stacks, and %d are recorded", d.name(), len(d.stacks), got)
		}
	}
}

// record deploys every example.
func record(t *testing.T) recording {
	t.Helper()
	out := recording{Version: *recordVersion, Commit: *recordCommit, Date: *recordDate,
		Examples: exampleFolders(t), Deployments: map[string]deployed{}}
	for _, d := range deployments() {
		out.Deployments[d.name()] = d.deploy(t)
	}
	return out
}

// deploy gives what Pulumi names the name that it has in the program, so that two recordings of one version are alike.
func (d deployment) deploy(t *testing.T) deployed {
	t.Helper()
	cloud, config := d.world()
	var out deployed
	for _, s := range d.stacks {
		stack := simtest.New(t, s.program, append(s.options(cloud, config), simtest.WithAutonaming(autonaming.Verbatim()))...)
		if up := stack.Up(); up.Err != nil {
			t.Fatalf("%s: %s", d.name(), up.Explain())
		}
		out.Stacks = append(out.Stacks, deployedStack{Project: s.project, Config: config, State: stack.Export()})
	}
	out.Azure = saved(t, cloud)
	return out
}

func saved(t *testing.T, cloud *azuresim.Cloud) json.RawMessage {
	t.Helper()
	path := filepath.Join(t.TempDir(), "azure.json")
	if err := cloud.Save(path); err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return content
}

// exampleFolders lists the examples of the checkout.
func exampleFolders(t *testing.T) []string {
	t.Helper()
	entries, err := os.ReadDir(filepath.Join("..", "..", "examples"))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, entry := range entries {
		if entry.IsDir() {
			names = append(names, entry.Name())
		}
	}
	return names
}
