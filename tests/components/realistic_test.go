package components_test

import (
	"testing"
	"time"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
	"github.com/aksidentity/pulumi-aksidentity/components"
	"github.com/aksidentity/pulumi-aksidentity/plan"
)

// TestMinutesOfWaitingCostNothing: in an Azure that takes its time the component waits for its grants in the time of that Azure.
func TestMinutesOfWaitingCostNothing(t *testing.T) {
	cloud := azuresim.New(azuresim.Realistic(), azuresim.WithPermissionDelay(
		func(azuresim.RoleAssignment) time.Duration { return 5 * time.Minute }))
	args := smallest()
	args.Identity = &components.ClusterIdentityArgs{Type: plan.UserAssigned}
	args.KubeletIdentity = &components.KubeletIdentityArgs{}
	begun := time.Now()
	simtest.Run(t, program(args), simtest.WithCloud(cloud), simtest.WithCheck(func(*simtest.Stack, simtest.Result) {
		// group, identities 2 s, grant 1 s, then the grant's 5 minutes from its creation on, then the cluster's 4.
		if took := cloud.Clock().Now().Sub(azuresim.Epoch); took < 9*time.Minute || took > 10*time.Minute {
			t.Errorf("the deployment took %s of simulated time", took)
		}
	}))
	t.Logf("%s of simulated time in %s", cloud.Clock().Now().Sub(azuresim.Epoch), time.Since(begun).Round(time.Millisecond))
}
