package components

import (
	"fmt"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/urn"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// madeBy names the component in its stack, for descriptions in Azure.
func (g *granter) madeBy() string {
	return fmt.Sprintf("made by Pulumi: project %s, stack %s, %s %s", g.ctx.Project(), g.ctx.Stack(), typeName(g.token), g.firstName)
}

// firstName is the name that a component had before all its aliases, the oldest of which comes last: a component that gets another
// name changes nothing in Azure, its descriptions neither, as long as it has the alias.
func firstName(name string, opts []pulumi.ResourceOption) string {
	given, err := pulumi.NewResourceOptions(opts...)
	if err != nil {
		return name // as in inheritedOptions
	}
	for _, alias := range given.Aliases {
		if former, known := valueOf[string](alias.Name).Get(); known {
			name = former
		}
		if former, known := valueOf[string](alias.URN).Get(); known && urn.URN(former).IsValid() {
			name = urn.URN(former).Name()
		}
	}
	return name
}
