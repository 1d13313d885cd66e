//go:build cli

package languages_test

import (
	"strings"
	"testing"
	"time"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
	"github.com/aksidentity/pulumi-aksidentity/tests/worlds"
)

// TestNoExampleUsesWhatAzureGivesUp: who begins with one does not have to change it soon. Of none a preview warns on the day on which this
// was written, and on one on which all of it is gone each is deployed; a version of Kubernetes has to be a newer one by then.
func TestNoExampleUsesWhatAzureGivesUp(t *testing.T) {
	const version = "kubernetesVersion: "
	for _, day := range []string{string(worlds.Day), "2029-01-01"} {
		begin, err := time.Parse(time.DateOnly, day)
		if err != nil {
			t.Fatal(err)
		}
		for _, tw := range twins() {
			t.Run(tw.example+" "+tw.variant+" on "+day, func(t *testing.T) {
				cloud, values := tw.world()
				cloud.Configure(azuresim.WithClock(azuresim.NewSimulatedClock(begin)))
				for _, s := range tw.stacks {
					up := simtest.New(t, s.program, simtest.WithCloud(cloud), simtest.WithNames(s.project, "dev"), simtest.WithConfig(s.values(values))).Up()
					for _, line := range strings.Split(up.Diagnostics(), "\n") {
						if strings.Contains(line, "retired") && (day == string(worlds.Day) || !strings.Contains(line, version)) {
							t.Errorf("%s: %s", s.project, line)
						}
					}
					if up.Err != nil {
						t.Errorf("%s: %s", s.project, up.Explain())
					}
				}
			})
		}
	}
}
