package main

import (
	"testing"

	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
	"github.com/aksidentity/pulumi-aksidentity/examples/quickstart/program"
)

func TestQuickstart(t *testing.T) { simtest.Run(t, program.Program) }
