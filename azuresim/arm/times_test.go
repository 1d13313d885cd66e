package arm_test

import (
	"testing"
	"time"

	sim "github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/arm"
)

func TestWhoAsksHasWaited(t *testing.T) {
	c := newClient(t, arm.WithRetryAfter(time.Minute))
	c.cloud.Configure(sim.Realistic())
	c.group()
	made := c.must(201, "PUT", clusterID, clusterBody())
	begun, status := c.cloud.Clock().Now(), ""
	asked := 0
	for status != "Succeeded" && asked < 10 {
		status, _ = c.must(200, "GET", made.header.Get("Azure-AsyncOperation"), nil).at("status").(string)
		asked++
	}
	if took := c.cloud.Clock().Now().Sub(begun); took != 4*time.Minute || asked != 4 {
		t.Errorf("a cluster of 4 minutes, asked for every minute, took %s and %d questions", took, asked)
	}
}

func TestTimePassesForUnaskedOperations(t *testing.T) {
	c := newClient(t)
	c.cloud.Configure(sim.Realistic())
	c.group()
	c.must(201, "PUT", clusterID, clusterBody())
	clock, ok := c.cloud.Clock().(*sim.SimulatedClock)
	if !ok {
		t.Fatal("the cloud has no simulated clock")
	}
	clock.Advance(4 * time.Minute)
	if got := c.must(200, "GET", clusterID, nil).at("properties.provisioningState"); got != "Succeeded" {
		t.Errorf("after 4 minutes the cluster is %v", got)
	}
}
