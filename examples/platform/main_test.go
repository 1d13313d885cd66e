package main

import (
	"testing"

	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
	"github.com/aksidentity/pulumi-aksidentity/examples/platform/program"
	"github.com/aksidentity/pulumi-aksidentity/tests/languages"
)

func TestPlatform(t *testing.T) {
	languages.Record(t, languages.Row{Example: "platform", Language: languages.Go, Done: languages.Deployed,
		How: "with Pulumi's engine in the test process, and fakes of random and kubernetes"})
	simtest.Run(t, program.Platform, simtest.WithFakes())
}
