package languages

import (
	"encoding/json"
	"fmt"
	"slices"

	"github.com/pulumi/pulumi/sdk/v3/go/common/apitype"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
)

// Dependencies are the edges of a state: for each resource of a provider, by type and name, those that come before it, components left
// out. Edges go also through a component: what waits for a component waits for what is in it.
type Dependencies map[string][]string

// DependenciesOf reads the edges of an exported state, as `pulumi stack export` and simtest's Export write it.
func DependenciesOf(export []byte) (Dependencies, error) {
	var whole apitype.UntypedDeployment
	if err := json.Unmarshal(export, &whole); err != nil {
		return nil, fmt.Errorf("the exported state: %w", err)
	}
	var state apitype.DeploymentV3
	if err := json.Unmarshal(whole.Deployment, &state); err != nil {
		return nil, fmt.Errorf("the exported state: %w", err)
	}
	children := map[resource.URN][]resource.URN{}
	for _, r := range state.Resources {
		if r.Custom && !ofPulumi(r.URN) {
			children[r.Parent] = append(children[r.Parent], r.URN)
		}
	}
	out := Dependencies{}
	for _, r := range state.Resources {
		if r.Custom && !ofPulumi(r.URN) {
			out[nameOf(r.URN)] = before(r.Dependencies, children)
		}
	}
	return out, nil
}

// before are the names of the resources, and of those in the components among them.
func before(urns []resource.URN, children map[resource.URN][]resource.URN) []string {
	names := []string{}
	for _, urn := range urns {
		if inside := children[urn]; len(inside) > 0 {
			names = append(names, before(inside, children)...)
			continue
		}
		names = append(names, nameOf(urn))
	}
	slices.Sort(names)
	return slices.Compact(names)
}

func ofPulumi(urn resource.URN) bool { return urn.Type().Package() == "pulumi" }

func nameOf(urn resource.URN) string { return string(urn.Type()) + " " + urn.Name() }
