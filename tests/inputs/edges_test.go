package inputs_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/pulumi/pulumi-azure-native-sdk/resources/v2"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
)

// before is the resource that a late argument comes out of.
const before = "before"

// after is a program that gives the argument out of a resource, which it makes first.
func (p planting) after(way string, cloud *azuresim.Cloud, give func(pulumi.IDOutput) pulumi.Input) pulumi.RunFunc {
	return func(ctx *pulumi.Context) error {
		group, err := resources.NewResourceGroup(ctx, before, &resources.ResourceGroupArgs{Location: pulumi.StringPtr("westeurope")})
		if err != nil {
			return err
		}
		args := p.base(cloud, p.leaf.Path)
		p.leaf.Put(args, give(group.ID()))
		return p.program(way, args)(ctx)
	}
}

// edges are what each resource waits for, by its name: as a whole, and in each of its properties.
func edges(all simtest.Resources) map[string][]string {
	out := map[string][]string{}
	for _, r := range all.Custom() {
		at := r.Type[strings.LastIndex(r.Type, ":")+1:] + " " + r.Name
		out[at] = namesOf(r.Dependencies)
		for property, urns := range r.PropertyDependencies {
			if len(urns) > 0 {
				out[at+"."+string(property)] = namesOf(urns)
			}
		}
	}
	return out
}

func namesOf(urns []resource.URN) []string {
	all := make([]string, len(urns))
	for i, urn := range urns {
		all[i] = string(urn.QualifiedType()[strings.LastIndex(string(urn.QualifiedType()), ":")+1:]) + " " + urn.Name()
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// TestALateArgumentMakesTheSameResourcesWaitInEveryLanguage: whatever the argument, what waits for it in a program in Go waits for it
// in every language, and nothing else does. New arguments are compared by themselves.
func TestALateArgumentMakesTheSameResourcesWaitInEveryLanguage(t *testing.T) {
	compared, waiting := 0, 0
	for _, p := range plantings(t) {
		for name, give := range p.lateForms() {
			t.Run(p.subject.name+"/"+p.leaf.Path+"/"+name, func(t *testing.T) {
				var found [2]map[string][]string
				for i, way := range ways {
					cloud := p.cloud(p.value)
					up := simtest.New(t, p.after(way, cloud, give), simtest.WithCloud(cloud), asProvider()).Up()
					if up.Err != nil {
						t.Fatal(up.Explain())
					}
					found[i] = edges(up.Resources)
				}
				if diff := cmp.Diff(found[0], found[1]); diff != "" {
					t.Errorf("what waits for what (-Go +served):\n%s", diff)
				}
				compared++
				for _, on := range found[0] {
					if slices.ContainsFunc(on, func(name string) bool { return strings.HasSuffix(name, " "+before) }) {
						waiting++
						break
					}
				}
			})
		}
	}
	if waiting < compared*9/10 {
		t.Errorf("of %d late arguments only %d have a resource that waits for them: they are not late", compared, waiting)
	}
	t.Logf("%d late arguments compared, %d with resources that wait for them", compared, waiting)
}

// lateForms are the ways in which the argument can be late: as a whole, and for a map what is in it.
func (p planting) lateForms() map[string]func(pulumi.IDOutput) pulumi.Input {
	if noValue[p.leaf.Path] != "" {
		return nil
	}
	forms := map[string]func(pulumi.IDOutput) pulumi.Input{
		"whole": func(from pulumi.IDOutput) pulumi.Input { return p.leaf.From(from, p.value.text) },
	}
	within := func(from pulumi.IDOutput) pulumi.StringOutput {
		return from.ApplyT(func(pulumi.ID) string { return p.value.text }).(pulumi.StringOutput)
	}
	switch p.leaf.Type {
	case reflect.TypeFor[pulumi.StringMapInput]():
		forms["value"] = func(from pulumi.IDOutput) pulumi.Input { return pulumi.StringMap{"key": within(from)} }
	case reflect.TypeFor[pulumi.MapInput]():
		forms["value"] = func(from pulumi.IDOutput) pulumi.Input { return pulumi.Map{"tags": pulumi.Map{"key": within(from)}} }
	}
	return forms
}
