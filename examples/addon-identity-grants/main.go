// Add-on identity grants: the nodes and the add-ons of a cluster that somebody else made get what they work with.
package main

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/examples/addon-identity-grants/program"
)

func main() { pulumi.Run(program.Program) }
