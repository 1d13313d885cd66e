package main

import (
	"errors"
	"strings"
	"testing"

	"github.com/aksidentity/pulumi-aksidentity/plan"
)

// TestMistakesAreToldBeforePulumiStarts: there is no CLI in this test, and none is missed.
func TestMistakesAreToldBeforePulumiStarts(t *testing.T) {
	t.Setenv("PATH", "")
	var out strings.Builder
	err := order{team: "shop", subnet: "nodes"}.run(t.Context(), &out, true)
	var problems plan.Problems
	if !errors.As(err, &problems) || len(problems) != 1 || problems[0].Path != "subnets.nodes" {
		t.Errorf("want one problem of subnets.nodes, got %v", err)
	}
	if out.Len() > 0 {
		t.Errorf("it said %s", out.String())
	}
}
