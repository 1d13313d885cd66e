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
	for _, on := range given.DependsOn {
		if component, ours := on.(readiness); ours {
			inherited = append(inherited, pulumi.DependsOnInputs(whenReady(component, on)))
		}
	}
	for _, late := range given.DependsOnInputs {
		inherited = append(inherited, pulumi.DependsOnInputs(late))
	}
	return inherited
}

// readiness is a component of ours.
type readiness interface{ isReady() pulumi.BoolOutput }

func (c *ManagedIdentityCluster) isReady() pulumi.BoolOutput { return c.Ready }
func (c *VnetDelegation) isReady() pulumi.BoolOutput         { return c.Ready }
func (c *AddonIdentityGrants) isReady() pulumi.BoolOutput    { return c.Ready }
func (c *WorkloadIdentity) isReady() pulumi.BoolOutput       { return c.Ready }

// whenReady is a component of ours, once all its children are there. Pulumi's Go SDK (v3.259.0) adds children to their parent while
// it registers them, in the background, so who depends on a component that has just been made misses those that are late.
func whenReady(component readiness, resource pulumi.Resource) pulumi.ResourceArrayInput {
	return component.isReady().ApplyT(func(bool) []pulumi.Resource { return []pulumi.Resource{resource} }).(pulumi.ResourceArrayOutput)
}
