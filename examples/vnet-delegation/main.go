// VNet delegation: a subnet, a route table, a static IP and a disk of other resource groups, delegated to the identity of a
// cluster before the cluster is made.
package main

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/examples/vnet-delegation/program"
)

func main() { pulumi.Run(program.Program) }
