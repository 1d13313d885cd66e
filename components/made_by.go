package components

import (
	"fmt"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/urn"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// madeBy names the component in its stack, for descriptions in Azure. It takes the oldest name: a component that gets another one
// changes nothing in Azure, its descriptions neither, as long as it has the alias.
func (g *granter) madeBy() string {
	return fmt.Sprintf("made by Pulumi: project %s, stack %s, %s %s", g.ctx.Project(), g.ctx.Stack(), typeName(g.token), g.names[len(g.names)-1])
}

// namesOf are the component's name and those that it had before by its aliases, the oldest of which comes last.
func namesOf(name string, given *pulumi.ResourceOptions) []string {
	names := []string{name}
	for _, alias := range given.Aliases {
		if former, known := valueOf[string](alias.Name).Get(); known {
			names = append(names, former)
		}
		if former, known := valueOf[string](alias.URN).Get(); known && urn.URN(former).IsValid() {
			names = append(names, urn.URN(former).Name())
		}
	}
	return names
}
