package provider_test

import (
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
)

// TestOnlySecretOutputsThatWereAskedForAreWarnedOf: generated SDKs name the kubeconfig, which the schema marks; what a user names has no
// effect on a component, and is told.
func TestOnlySecretOutputsThatWereAskedForAreWarnedOf(t *testing.T) {
	cases := []struct {
		name, reason string
		outputs      []string
		warned       bool
	}{
		{"what an SDK adds", "nobody asked for it", []string{"kubeconfig"}, false},
		{"what a user adds", "it does nothing", []string{"kubeconfig", "fqdn"}, true},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			w := newWorld()
			program := served(w.servedArgs(), pulumi.AdditionalSecretOutputs(tc.outputs))
			up := simtest.New(t, program, asProvider(), simtest.WithCloud(w.cloud)).Up()
			if up.Err != nil {
				t.Fatal(up.Explain())
			}
			if got := strings.Contains(up.Diagnostics(), "additionalSecretOutputs"); got != tc.warned {
				t.Errorf("%s: %s", tc.reason, up.Diagnostics())
			}
		})
	}
}
