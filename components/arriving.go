package components

import (
	"context"
	"slices"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/plan"
)

// What is known late is checked when it arrives, by the plan and in its words; what is known at preview the plan has checked.

// judging tells the problems of a late value together with those of all other late arguments, whichever of them arrives first. What it
// returns is the error for the value itself. Under mocks values mean nothing.
func judging[T any](g *granter, in pulumi.Output, check func(T) plan.Problems) func(T) error {
	if g.mocked() {
		return func(T) error { return nil }
	}
	g.late.checks = append(g.late.checks, func(ctx context.Context, _ *claims) plan.Problems {
		if value, come := g.come(ctx, in); come {
			if value, ok := value.(T); ok {
				return check(value)
			}
		}
		return nil
	})
	return func(value T) error {
		found := check(value)
		if len(found) == 0 {
			return nil
		}
		g.learn(in)
		return g.refusal(found)
	}
}

// text is a text that is checked when it arrives.
func (g *granter) text(in pulumi.StringPtrInput, check func(string) plan.Problems) pulumi.StringPtrInput {
	if !valueOf[string](in).IsLate() {
		return in
	}
	late := in.ToStringPtrOutput()
	refused := judging(g, late, func(text *string) plan.Problems {
		if text == nil {
			return nil // an output without a value is an argument that is not given
		}
		return check(*text)
	})
	return late.ApplyT(func(text *string) (*string, error) { return text, refused(text) }).(pulumi.StringPtrOutput)
}

// textOf is a text that the plan has, which is checked when it arrives.
func (g *granter) textOf(value plan.Value[string], check func(string) plan.Problems) pulumi.StringInput {
	if text, known := value.Get(); known {
		return pulumi.String(text)
	}
	late := inputOf(value).ToStringOutput()
	refused := judging(g, late, check)
	return late.ApplyT(func(text string) (string, error) { return text, refused(text) }).(pulumi.StringOutput)
}

// numberOf is a number that the plan has, which is checked when it arrives.
func (g *granter) numberOf(value plan.Value[int], check func(int) plan.Problems) pulumi.IntInput {
	in, isLate := value.Origin().(pulumi.IntPtrInput)
	if number, known := value.Get(); known || !isLate {
		return pulumi.Int(number)
	}
	late := in.ToIntPtrOutput().Elem()
	refused := judging(g, late, check)
	return late.ApplyT(func(number int) (int, error) { return number, refused(number) }).(pulumi.IntOutput)
}

// list is a list of texts that is checked when all of it has arrived.
func (g *granter) list(in pulumi.StringArrayInput, check func([]string) plan.Problems) pulumi.StringArrayInput {
	values := valuesIn(in)
	if len(values) == 0 {
		return nil
	}
	if !slices.ContainsFunc(values, plan.Value[string].IsLate) {
		return in
	}
	late := in.ToStringArrayOutput()
	refused := judging(g, late, check)
	return late.ApplyT(func(texts []string) ([]string, error) { return texts, refused(texts) }).(pulumi.StringArrayOutput)
}

// valuesIn are the values of a list. Of one that is late as a whole it is known only that it is given: one late value stands for all.
func valuesIn(in pulumi.StringArrayInput) []plan.Value[string] {
	if isNil(in) {
		return nil
	}
	if list, known := in.(pulumi.StringArray); known {
		return valuesOf(list)
	}
	return []plan.Value[string]{plan.Late[string]().From(in)}
}
