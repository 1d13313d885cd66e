package components

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/plan"
)

// What is known late is checked when it arrives, by the plan and in its words; what is known at preview the plan has checked.

// arrived is the problems of values that have arrived, without the secrets among them. Under mocks values mean nothing.
func (g *granter) arrived(found plan.Problems, inputs ...pulumi.Input) error {
	if g.mocked() {
		return nil
	}
	return g.hide(found.Err(), inputs...)
}

// text is a text that is checked when it arrives.
func (g *granter) text(in pulumi.StringPtrInput, check func(string) plan.Problems) pulumi.StringPtrInput {
	if !valueOf[string](in).IsLate() {
		return in
	}
	return in.ToStringPtrOutput().ApplyT(func(text *string) (*string, error) {
		if text == nil {
			return nil, nil //nolint:nilnil // an output without a value is an argument that is not given
		}
		return text, g.arrived(check(*text), in)
	}).(pulumi.StringPtrOutput)
}

// textOf is a text that the plan has, which is checked when it arrives.
func (g *granter) textOf(value plan.Value[string], check func(string) plan.Problems) pulumi.StringInput {
	if text, known := value.Get(); known {
		return pulumi.String(text)
	}
	return inputOf(value).ToStringOutput().ApplyT(func(text string) (string, error) {
		return text, g.arrived(check(text), inputOf(value))
	}).(pulumi.StringOutput)
}

// numberOf is a number that the plan has, which is checked when it arrives.
func (g *granter) numberOf(value plan.Value[int], check func(int) plan.Problems) pulumi.IntInput {
	in, isLate := value.Origin().(pulumi.IntPtrInput)
	if number, known := value.Get(); known || !isLate {
		return pulumi.Int(number)
	}
	return in.ToIntPtrOutput().Elem().ApplyT(func(number int) (int, error) {
		return number, g.arrived(check(number), in)
	}).(pulumi.IntOutput)
}

// list is a list of texts that is checked when all of it has arrived.
func (g *granter) list(in pulumi.StringArrayInput, check func([]string) plan.Problems) pulumi.StringArrayInput {
	values := valuesIn(in)
	if len(values) == 0 {
		return nil
	}
	for _, value := range values {
		if value.IsLate() {
			return in.ToStringArrayOutput().ApplyT(func(texts []string) ([]string, error) {
				return texts, g.arrived(check(texts), in)
			}).(pulumi.StringArrayOutput)
		}
	}
	return in
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
