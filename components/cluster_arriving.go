package components

import (
	"reflect"
	"slices"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/plan"
)

// checkArriving puts checks on the cluster's late texts: each is judged when it arrives as if the plan had known it, by all its rules
// and in its words. The plan itself keeps the arguments as they were given.
func (b *clusterBuilder) checkArriving() error {
	if b.grants.mocked() {
		return nil
	}
	given, day := b.args, b.effective.AsOf
	b.args = withTexts(given, func(path plan.Path, in pulumi.Input) pulumi.Input {
		if !valueOf[string](in).IsLate() || slices.Contains(judgedTogether(), path) {
			return in
		}
		return b.grants.textAt(in, func(text string) plan.Problems {
			return PlanManagedIdentityCluster(withTexts(given, func(at plan.Path, in pulumi.Input) pulumi.Input {
				if at == path {
					return pulumi.String(text)
				}
				return in
			}), day).Problems
		})
	})
	return nil
}

// judgedTogether are texts that only make sense beside others, and are judged when all of them have come.
func judgedTogether() (paths []plan.Path) {
	for _, identity := range []plan.Path{"identity.userAssigned", "kubeletIdentity.existing"} {
		for _, name := range []string{"resourceId", "principalId", "clientId"} {
			paths = append(paths, identity.Field(name))
		}
	}
	return append(paths, "security.kms.keyId")
}

// textAt is a late text of any argument, as an input for the same argument.
func (g *granter) textAt(in pulumi.Input, check func(string) plan.Problems) pulumi.Input {
	if in, optional := in.(pulumi.StringPtrInput); optional {
		if _, required := in.(pulumi.StringInput); !required {
			return g.text(in, check)
		}
	}
	if in, required := in.(pulumi.StringInput); required {
		return g.textOf(plan.Late[string]().From(in), check)
	}
	return in
}

// withTexts is a copy of the arguments in which each text is what the function makes of it. Those of a window and of access are left:
// they are checked where they are used.
func withTexts(args *ManagedIdentityClusterArgs, to func(plan.Path, pulumi.Input) pulumi.Input) *ManagedIdentityClusterArgs {
	return withTextsIn(reflect.ValueOf(args), "", to).Interface().(*ManagedIdentityClusterArgs)
}

// elsewhere are arguments whose late texts are checked where they are used.
func elsewhere() []plan.Path { return []plan.Path{"maintenance", "access", "extraGrants"} }

func withTextsIn(v reflect.Value, path plan.Path, to func(plan.Path, pulumi.Input) pulumi.Input) reflect.Value {
	if isAbsent(v) {
		return v
	}
	out := reflect.New(v.Type()).Elem()
	out.Set(v)
	switch v.Kind() {
	case reflect.Interface:
		if isText(v.Type()) {
			out.Set(reflect.ValueOf(to(path, v.Interface().(pulumi.Input))))
		}
	case reflect.Pointer:
		out.Set(reflect.New(v.Type().Elem()))
		out.Elem().Set(withTextsIn(v.Elem(), path, to))
	case reflect.Struct:
		for i := range v.NumField() {
			if name := propertyOf(v.Type().Field(i)); name != "" && !slices.Contains(elsewhere(), path.Field(name)) {
				out.Field(i).Set(withTextsIn(v.Field(i), path.Field(name), to))
			}
		}
	case reflect.Slice:
		out.Set(reflect.MakeSlice(v.Type(), v.Len(), v.Len()))
		for i := range v.Len() {
			out.Index(i).Set(withTextsIn(v.Index(i), path.Index(i), to))
		}
	case reflect.Map:
		out.Set(reflect.MakeMapWithSize(v.Type(), v.Len()))
		for key, value := range v.Seq2() {
			out.SetMapIndex(key, withTextsIn(value, path.Key(key.String()), to))
		}
	}
	return out
}

func isAbsent(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Interface, reflect.Pointer, reflect.Slice, reflect.Map:
		return v.IsNil()
	default:
		return false
	}
}

func isText(t reflect.Type) bool {
	return t == reflect.TypeFor[pulumi.StringInput]() || t == reflect.TypeFor[pulumi.StringPtrInput]()
}
