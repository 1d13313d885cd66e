package main

import (
	"testing"

	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
	"github.com/aksidentity/pulumi-aksidentity/examples/platform/program"
)

func TestPlatform(t *testing.T) { simtest.Run(t, program.Platform, simtest.WithFakes()) }
