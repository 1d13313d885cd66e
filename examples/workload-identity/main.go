// Workload identity: the pods of one service account read a key vault without a secret.
package main

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/examples/workload-identity/program"
)

func main() { pulumi.Run(program.Program) }
