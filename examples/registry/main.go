// Registry: two registries, and a kubelet identity whose pull rights precede the nodes.
package main

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/examples/registry/program"
)

func main() { pulumi.Run(program.Program) }
