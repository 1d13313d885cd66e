package components

import (
	"fmt"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// inheritedOptions are the options of a component that Pulumi does not hand down and that its children have to heed all the
// same: who says that a component depends on something means everything in it, and who gives it time gives it to each resource in it.
// Providers, protect, retainOnDelete and deletedWith are handed down by Pulumi (its engine, inheritFromParent, v3.259.0).
func inheritedOptions(given *pulumi.ResourceOptions) []pulumi.ResourceOption {
	var inherited []pulumi.ResourceOption
	if given.CustomTimeouts != nil {
		inherited = append(inherited, pulumi.Timeouts(given.CustomTimeouts))
	}
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

// lostOptions are the options that have no effect on a component, neither by Pulumi nor by us: the paths in them are those of one
// resource, and a component is several.
func lostOptions(given *pulumi.ResourceOptions) (lost []string) {
	for _, option := range []struct {
		name string
		here bool
	}{
		{"ignoreChanges", len(given.IgnoreChanges) > 0},
		{"replaceOnChanges", len(given.ReplaceOnChanges) > 0},
		{"additionalSecretOutputs", len(given.AdditionalSecretOutputs) > 0},
		{"deleteBeforeReplace", given.DeleteBeforeReplace},
	} {
		if option.here {
			lost = append(lost, option.name)
		}
	}
	return lost
}

// warnOfLostOptions names the options that do nothing: Pulumi itself is silent about them.
func (g *granter) warnOfLostOptions() error {
	lost := lostOptions(g.given)
	if len(lost) == 0 {
		return nil
	}
	return g.ctx.Log.Warn(fmt.Sprintf("The option %s of a component does not reach the resources in it. Give the argument ignoreChanges of a "+
		"cluster or pool instead, or change the options of the resource meant in a transform; the documentation of the component has its name.",
		strings.Join(lost, ", ")), &pulumi.LogArgs{Resource: g.component})
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
