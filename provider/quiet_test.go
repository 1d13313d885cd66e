package provider_test

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
)

// TestServedClustersAreQuiet: in another language too, a refresh that finds three pools in the cluster leaves nothing to do, and the next
// change of the system pool is applied.
func TestServedClustersAreQuiet(t *testing.T) {
	pool := func(name string) pulumi.Map { return pulumi.Map{"name": pulumi.String(name)} }
	args := pulumi.Map{
		"location":   pulumi.String("westeurope"),
		"apiServer":  pulumi.Map{"public": pulumi.Bool(true)},
		"systemPool": pulumi.Map{"count": pulumi.Int(2)},
		"pools":      pulumi.Array{pool("web"), pool("batch")},
	}
	s := simtest.New(t, served(args), asProvider())
	quiet := func(step string) {
		t.Helper()
		if preview := s.Preview(); preview.Err != nil || !preview.Unchanged() {
			t.Errorf("%s: %s\n%s", step, preview.Explain(), preview.Steps.Changing())
		}
	}
	if up := s.Up(); up.Err != nil {
		t.Fatal(up.Explain())
	}
	if refresh := s.Refresh(); refresh.Err != nil {
		t.Fatal(refresh.Explain())
	}
	quiet("after a refresh")
	args["systemPool"] = pulumi.Map{"count": pulumi.Int(3)}
	up := s.Up()
	if changes := up.Steps.Changing(); up.Err != nil || len(changes) != 1 || changes[0].Op != "update" || changes[0].Name != "aks" {
		t.Fatalf("the cluster is updated: %s\n%s", up.Explain(), changes)
	}
	quiet("after a change")
}
