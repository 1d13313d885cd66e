// Outside: the quickstart's cluster, with a subnet, a static address, a disk and a registry that other teams made.
package main

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/examples/outside/program"
)

func main() { pulumi.Run(program.Program) }
