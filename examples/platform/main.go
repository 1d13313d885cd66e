// Platform: a hub with a firewall, a vault behind a private endpoint, a cluster, and a namespace in it.
package main

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/examples/platform/program"
)

func main() { pulumi.Run(program.Platform) }
