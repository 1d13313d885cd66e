package components

import (
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/urn"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// former is the component as it was called before, by one of its aliases.
type former struct {
	name string
	urn  pulumi.URNOutput
}

// formersOf are the former components of the aliases whose names are known now.
func formersOf(ctx *pulumi.Context, token, name string, given *pulumi.ResourceOptions) (all []former) {
	for _, alias := range given.Aliases {
		if text, known := valueOf[string](alias.URN).Get(); known {
			if urn.URN(text).IsValid() {
				all = append(all, former{urn.URN(text).Name(), pulumi.URN(text).ToURNOutput()})
			}
			continue
		}
		if !isNil(alias.URN) {
			continue
		}
		was := former{name: name}
		if !isNil(alias.Name) {
			text, known := valueOf[string](alias.Name).Get()
			if !known {
				continue
			}
			if text != "" {
				was.name = text
			}
		}
		was.urn = pulumi.CreateURN(pulumi.String(was.name), orText(alias.Type, token), parentOf(alias, given.Parent),
			orText(alias.Project, ctx.Project()), orText(alias.Stack, ctx.Stack()))
		all = append(all, was)
	}
	return all
}

// parentOf is the URN of the parent that the alias is about; nil when it is none.
func parentOf(alias pulumi.Alias, now pulumi.Resource) pulumi.StringInput {
	if none, known := valueOf[bool](alias.NoParent).Get(); known && none {
		return nil
	}
	switch {
	case alias.Parent != nil:
		return alias.Parent.URN().ToStringOutput()
	case !isNil(alias.ParentURN):
		return alias.ParentURN.ToURNOutput().ToStringOutput()
	case now != nil:
		return now.URN().ToStringOutput()
	}
	return nil
}

// orText is what is given, else the other. What comes from another language gives an empty text where nothing was said.
func orText(in pulumi.StringInput, otherwise string) pulumi.StringInput {
	if text, known := valueOf[string](in).Get(); isNil(in) || known && text == "" {
		return pulumi.String(otherwise)
	}
	return in
}

// formerly are the aliases of a child under the former names of the component. The engine hands the aliases of a component down to its
// children in one run only, the one in which it finds the component itself under its former name (pulumi 3.259.0, step_generator.go,
// generateAliases, read 2026-11-26): when that run stops halfway, the next one would make anew what it had not come to, and delete
// what is there.
func (g *granter) formerly(child string) (aliases []pulumi.Alias) {
	for _, was := range g.formers {
		name := child
		if rest, ours := strings.CutPrefix(child, g.name); ours {
			name = was.name + rest
		}
		// Pulumi's snapshot gives a child the type of its new parent at once, and leaves it its name.
		aliases = append(aliases, pulumi.Alias{Name: pulumi.String(name), ParentURN: was.urn}, pulumi.Alias{Name: pulumi.String(name)})
	}
	return aliases
}

// keepingPlace gives a child, whatever its name, its former ones.
func (g *granter) keepingPlace() []pulumi.ResourceOption {
	if len(g.formers) == 0 {
		return nil
	}
	return []pulumi.ResourceOption{pulumi.Transformations([]pulumi.ResourceTransformation{
		func(args *pulumi.ResourceTransformationArgs) *pulumi.ResourceTransformationResult {
			return &pulumi.ResourceTransformationResult{
				Props: args.Props, Opts: append(args.Opts, pulumi.Aliases(g.formerly(args.Name))),
			}
		},
	})}
}
