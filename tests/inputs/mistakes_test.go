package inputs_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
	"github.com/aksidentity/pulumi-aksidentity/components"
	"github.com/aksidentity/pulumi-aksidentity/tests/arguments"
)

// mistake is something wrong in a program with a secret, of a kind whose message could quote the secret.
type mistake struct {
	name, reason string
	// ways in which it is tried: what a component says is the same in all, what the engine adds to it is not.
	ways []string
	// with is the program, and what it plants; ok is false where the mistake cannot be made.
	with func(t *testing.T, p planting, cloud *azuresim.Cloud) (args any, marker string, ok bool)
}

func mistakes() []mistake {
	return []mistake{
		{"nonsense", "a late value is judged when it arrives, and the message would quote it", ways, func(_ *testing.T, p planting, cloud *azuresim.Cloud) (any, string, bool) {
			v := of("nonsense " + p.name)
			if number[p.leaf.Type] {
				v = of("918273645")
			}
			return p.args(cloud, v), v.marker, true
		}},
		{"another type", "an ID of the wrong type is quoted with its type", ways[:1], func(_ *testing.T, p planting, cloud *azuresim.Cloud) (any, string, bool) {
			return p.args(cloud, value{azuresim.ID("shop", "Microsoft.Elsewhere/things", p.name), p.name}), p.name, !number[p.leaf.Type]
		}},
		{"not there", "Azure and the look-ups of the component name what they do not find", ways[:1], func(_ *testing.T, p planting, cloud *azuresim.Cloud) (any, string, bool) {
			gone := strings.ReplaceAll(p.value.text, p.value.marker, "zqgone"+strings.Trim(p.name, "z"))
			return p.args(cloud, of(gone)), "zqgone" + strings.Trim(p.name, "z"), strings.HasPrefix(p.value.text, "/")
		}},
		{"a word elsewhere", "the other problems are told, and the secret stands beside them", ways[1:], func(_ *testing.T, p planting, cloud *azuresim.Cloud) (any, string, bool) {
			args := p.args(cloud, p.value)
			spoil(args)
			return args, p.value.marker, len(p.value.marker) >= 5
		}},
	}
}

// spoil makes mistakes in everything that takes a word from a closed set, in what is there.
func spoil(args any) {
	for _, leaf := range arguments.LeavesOf(args) {
		top, _, nested := strings.Cut(leaf.Path, ".")
		if leaf.Type.Kind() == reflect.String && leaf.Type != reflect.TypeFor[string]() && (!nested || top == "upgrade") {
			leaf.Put(args, "nonsense")
		}
	}
	if cluster, is := args.(*components.ManagedIdentityClusterArgs); is {
		cluster.APIServer.Public, cluster.APIServer.Private = true, true
	}
}

// TestSecretsWithMistakes: what is wrong is told, in a preview or by a deployment, without the secret.
func TestSecretsWithMistakes(t *testing.T) {
	all, runs, refused := plantings(t), map[string]int{}, 0
	for _, m := range mistakes() {
		for _, p := range all {
			for _, way := range m.ways {
				t.Run(m.name+"/"+p.subject.name+"/"+p.leaf.Path+"/"+way, func(t *testing.T) {
					cloud := p.cloud(p.value)
					args, marker, ok := m.with(t, p, cloud)
					if !ok {
						return
					}
					s := simtest.New(t, p.program(way, args), simtest.WithCloud(cloud), asProvider(), simtest.AllowRaces())
					up := s.Up()
					for _, where := range p.revealed(look(t, marker, s, up), map[string]int{}) {
						if !byOthers(up, where) {
							t.Errorf("%s: %q can be read: %s", m.reason, marker, where)
						}
					}
					if up.Err != nil {
						refused++
					}
					runs[m.name]++
				})
			}
		}
	}
	t.Logf("%d arguments, programs by mistake %v, %d of them refused", len(all), runs, refused)
}

// byOthers tells that not the component speaks: without hooks the engine prints Azure's words as they come (see
// TestSecretsInAzuresRefusal), and it prints the value of a property that azure-native refuses by itself, as a name with a space in it
// (engine 3.259.0, step_generator.go, issueCheckErrors).
func byOthers(up simtest.Result, where sighting) bool {
	if where.kind != inDiagnostic && where.kind != inError || strings.Contains(up.Explain(), "in the arguments of") {
		return false
	}
	return strings.Contains(up.Explain(), "Status=") || strings.Contains(where.at, "azure-native:") && strings.Contains(where.at, "} has a problem: ")
}

// TestSecretsInPlainArguments: what decides the shape cannot be secret, and the refusal does not show it. In Go a plain argument takes
// no output.
func TestSecretsInPlainArguments(t *testing.T) {
	count := 0
	for _, s := range subjects() {
		for i, leaf := range arguments.LeavesOf(s.base(azuresim.New(), "")) {
			if leaf.IsInput() {
				continue
			}
			count++
			t.Run(s.name+"/"+leaf.Path, func(t *testing.T) {
				cloud, marker := azuresim.New(), fmt.Sprintf("zq%dplain", i)
				args := s.base(cloud, leaf.Path)
				leaf.Put(args, reflect.Zero(leaf.Type).Interface())
				properties := arguments.Properties(args)
				leaf.PutInto(properties, pulumi.ToSecret(pulumi.String(marker)))
				stack := simtest.New(t, func(ctx *pulumi.Context) error {
					return ctx.RegisterRemoteComponentResource(s.token, "served", properties, &remote{})
				}, simtest.WithCloud(cloud), asProvider())
				up := stack.Up()
				if up.Err == nil || !strings.Contains(up.Diagnostics(), "property "+leaf.Path) {
					t.Errorf("the secret is not refused at its path: %s", up.Explain())
				}
				for _, where := range look(t, marker, stack, up) {
					t.Errorf("%q can be read: %s", marker, where)
				}
			})
		}
	}
	t.Logf("%d plain arguments of %d served components", count, len(subjects()))
}
