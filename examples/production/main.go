// Production: a cluster with three pools as a platform team runs it, and what it does to it on day two.
package main

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/examples/production/program"
)

func main() { pulumi.Run(program.Program) }
