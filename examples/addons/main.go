// Add-ons: every add-on with an identity of its own, granted what it works with.
package main

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/examples/addons/program"
)

func main() { pulumi.Run(program.Program) }
