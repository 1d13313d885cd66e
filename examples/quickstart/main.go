// Quickstart: a resource group, an AKS cluster with a managed identity, and its credentials.
package main

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/examples/quickstart/program"
)

func main() { pulumi.Run(program.Program) }
