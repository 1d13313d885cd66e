package components

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/pulumi/pulumi-azure-native-sdk/authorization/v2"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/urn"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/plan"
)

// asFound are the properties of an assignment that stay as they were when it was taken over. Its description stays: whoever deploys
// may have the right to read it only. The scope is compared by the ID: azure-native 2.92.3 reads it without its first slash, and
// would replace the assignment for that.
func asFound() []string { return []string{"description", "scope"} }

// adopting makes Pulumi read the assignment that the grant takes over, in place of making one, and leave alone what it has taken
// over before.
func (g *granter) adopting(grant plan.Grant, d decision) []pulumi.ResourceOption {
	if grant.AdoptedName != "" {
		id := d.scope.ToStringOutput().ApplyT(func(scope string) pulumi.ID {
			return pulumi.ID(scope + "/providers/Microsoft.Authorization/roleAssignments/" + grant.AdoptedName)
		}).(pulumi.IDOutput)
		return []pulumi.ResourceOption{pulumi.Import(id), pulumi.IgnoreChanges(asFound())}
	}
	before, deployed := g.assignmentBefore(grant)
	switch {
	case deployed && isImported(before):
		return transformed(keeping(before))
	case !deployed && g.adopt != "":
		return transformed(g.takingOver(grant))
	default:
		return nil
	}
}

func transformed(transform pulumi.ResourceTransform) []pulumi.ResourceOption {
	return []pulumi.ResourceOption{pulumi.Transforms([]pulumi.ResourceTransform{transform})}
}

// takingOver looks the assignment up that has the name which the grant gives. A preview does not look for one whose scope or principal
// it does not know.
func (g *granter) takingOver(grant plan.Grant) pulumi.ResourceTransform {
	return func(ctx context.Context, args *pulumi.ResourceTransformArgs) *pulumi.ResourceTransformResult {
		sent := sentAs(ctx, args.Props).ObjectValue()
		scope, name := sent["scope"], sent["roleAssignmentName"]
		if !scope.IsString() || !name.IsString() {
			return nil
		}
		found, err := g.assignmentAt(scope.StringValue(), name.StringValue())
		if err == nil && found != nil {
			found.HeldBy = g.heldAs(name.StringValue())
			if problem := found.Check(grant, g.adopt, g.madeBy()); problem != nil {
				err = g.refusal(plan.Problems{*problem})
			}
		}
		switch {
		case err != nil:
			// A transform returns no error, but a property that fails makes it fail.
			return &pulumi.ResourceTransformResult{Props: pulumi.Map{"scope": failed(err)}, Opts: args.Opts}
		case found == nil:
			return nil
		}
		args.Opts.Import = pulumi.ID(found.ID)
		args.Opts.IgnoreChanges = append(args.Opts.IgnoreChanges, asFound()...)
		return &pulumi.ResourceTransformResult{Props: args.Props, Opts: args.Opts}
	}
}

// isMissing is in what azure-native says of a resource that is not there.
var isMissing = regexp.MustCompile(`NotFound|\b404\b`)

// assignmentAt is the assignment with the name at the scope; nil when there is none. azure-native 2.92.3 has no list of assignments,
// so one that has another name cannot be found.
func (g *granter) assignmentAt(scope, name string) (*plan.ExistingAssignment, error) {
	answer, err := authorization.LookupRoleAssignment(g.ctx, &authorization.LookupRoleAssignmentArgs{
		Scope: strings.TrimPrefix(scope, "/"), RoleAssignmentName: name,
	}, pulumi.Parent(g.component))
	switch {
	case err != nil && isMissing.MatchString(err.Error()):
		return nil, nil
	case err != nil:
		return nil, fmt.Errorf("the assignment %s on %s cannot be looked up (whoever deploys needs the right to read assignments there): %w", name, scope, err)
	}
	return &plan.ExistingAssignment{ID: answer.Id, Description: text(answer.Description)}, nil
}

// isImported tells an assignment that was taken over: azure-native 2.92.3 reads the scope without its first slash.
func isImported(inputs resource.PropertyMap) bool {
	scope := inputs["scope"]
	return scope.IsString() && !strings.HasPrefix(scope.StringValue(), "/")
}

// keeping leaves alone what was taken over, also when no argument says so any more: as long as it is the same grant.
func keeping(before resource.PropertyMap) pulumi.ResourceTransform {
	return func(ctx context.Context, args *pulumi.ResourceTransformArgs) *pulumi.ResourceTransformResult {
		now := sentAs(ctx, args.Props).ObjectValue()
		if slices.ContainsFunc(triple(), func(key resource.PropertyKey) bool { return !sameID(before[key], now[key]) }) {
			return nil
		}
		args.Opts.IgnoreChanges = append(args.Opts.IgnoreChanges, append(asFound(), "roleAssignmentName")...)
		return &pulumi.ResourceTransformResult{Props: args.Props, Opts: args.Opts}
	}
}

const assignmentToken = "azure-native:authorization:RoleAssignment"

// assignments are the role assignments in the stack's state, read once.
type assignments struct {
	once sync.Once
	// inputs by the name of the resource; nothing for a name that two have.
	inputs map[string]resource.PropertyMap
	// resources are their URNs, by the assignment's own name, which is a GUID in lower case.
	resources map[string]urn.URN
	// known is false when the state cannot be read: while the stack has no outputs.
	known bool
}

func (g *granter) deployedAssignments() *assignments {
	a := &g.deployed
	a.once.Do(func() {
		a.inputs, a.resources = map[string]resource.PropertyMap{}, map[string]urn.URN{}
		if g.mocked() {
			return
		}
		var stack map[string]any
		stack, a.known = g.stackResources(g.ctx.Context())
		for text, entry := range stack {
			fields, _ := entry.(map[string]any)
			if fields["type"] == assignmentToken {
				outputs, _ := fields["outputs"].(map[string]any)
				a.add(urn.URN(text), outputs)
			}
		}
	})
	return a
}

func (a *assignments) add(of urn.URN, outputs map[string]any) {
	if guid, named := outputs["name"].(string); named {
		a.resources[strings.ToLower(guid)] = of
	}
	inputs, known := inputsIn(outputs, deployedAlready)
	if known != deployedAlready {
		return
	}
	if _, two := a.inputs[of.Name()]; two {
		inputs = nil
	}
	a.inputs[of.Name()] = inputs
}

// assignmentBefore are the inputs with which the grant's assignment was deployed last, under any name that it had.
func (g *granter) assignmentBefore(grant plan.Grant) (resource.PropertyMap, bool) {
	deployed := g.deployedAssignments()
	for _, component := range g.names {
		for _, name := range append([]string{grant.Name}, grant.FormerNames...) {
			if inputs := deployed.inputs[component+"-"+name]; inputs != nil {
				return inputs, true
			}
		}
	}
	return nil, false
}

// heldAs is the resource of the stack that is the assignment already; "" when there is none.
func (g *granter) heldAs(guid string) string {
	of, held := g.deployedAssignments().resources[strings.ToLower(guid)]
	if !held {
		return ""
	}
	return of.Name()
}
