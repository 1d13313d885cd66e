package components

import "github.com/pulumi/pulumi/sdk/v3/go/pulumi"

// inheritedOptions are the options of a component that Pulumi does not hand down and that its children have to heed all the
// same: who says that a component depends on something means everything in it. Providers are handed down by Pulumi.
func inheritedOptions(opts []pulumi.ResourceOption) []pulumi.ResourceOption {
	given, err := pulumi.NewResourceOptions(opts...)
	if err != nil {
		// Registering the component has failed with the same error by now.
		return nil
	}
	var inherited []pulumi.ResourceOption
	if len(given.DependsOn) > 0 {
		inherited = append(inherited, pulumi.DependsOn(given.DependsOn))
	}
	for _, late := range given.DependsOnInputs {
		inherited = append(inherited, pulumi.DependsOnInputs(late))
	}
	return inherited
}
