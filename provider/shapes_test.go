package provider

import (
	"context"
	"errors"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi-go-provider/infer"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/plugin"
	"github.com/pulumi/pulumi/sdk/v3/go/common/tokens"
	"github.com/pulumi/pulumi/sdk/v3/go/common/util/rpcutil/rpcerror"
	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	perrors "github.com/pulumi/pulumi/sdk/v3/go/pulumi/errors"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"

	"github.com/aksidentity/pulumi-aksidentity/components"
	"github.com/aksidentity/pulumi-aksidentity/plan"
)

type (
	object = map[string]property.Value
	list   = []property.Value
)

var (
	text     = property.New("x")
	unknown  = property.New(property.Computed)
	somebody = []resource.URN{"urn:pulumi:s::p::t::n"}
)

func shapesOf(t *testing.T) *shapes {
	t.Helper()
	made, err := New("1.0.0")
	if err != nil {
		t.Fatal(err)
	}
	spec, err := p.GetSchema(context.Background(), Name, "1.0.0", made)
	if err != nil {
		t.Fatal(err)
	}
	return &shapes{spec: spec}
}

func TestShapesProblems(t *testing.T) {
	shapes := shapesOf(t)
	cases := []struct {
		name, reason string
		inputs       object
		want         []string // "path: what"
	}{
		{"literals", "nothing is wrong", object{"tier": text, "subnets": property.New(object{"nodes": text})}, nil},
		{"late values", "values of inputs may be late, in lists, maps and objects too", object{
			"location": unknown, "subnets": property.New(object{"nodes": unknown}),
			"apiServer": property.New(object{"authorizedIpRanges": property.New(list{unknown})}),
			"pools":     property.New(list{property.New(object{"name": text, "count": unknown})}),
		}, nil},
		{"late shape", "what decides what is created must be known", object{
			"tier": unknown, "subnets": unknown, "pools": property.New(list{property.New(object{"name": unknown}), unknown}),
		}, []string{
			"pools[0].name: its value is not known before the deployment, but it decides what is created.",
			"pools[1]: its value is not known before the deployment, but it decides what is created.",
			"subnets: its value is not known before the deployment, but it decides what is created.",
			"tier: its value is not known before the deployment, but it decides what is created.",
		}},
		{"secret shape", "what is created cannot be hidden", object{"tier": text.WithSecret(true)},
			[]string{"tier: it is secret, but what is created depends on it and shows it."}},
		{"secret values", "values of inputs may be secret", object{"tags": property.New(object{"a": text}).WithSecret(true)}, nil},
		{"misspelt", "languages without a compiler let it through", object{"pool": text, "apiServer": property.New(object{"pubic": text})},
			[]string{`apiServer.pubic: there is no such argument; did you mean "public"?`, `pool: there is no such argument; did you mean "pools"?`}},
		{"wrong kinds", "all of them, each with its path", object{
			"pools": text, "location": property.New(1.0), "subnets": property.New(list{}), "enableRbac": text,
			"propagation": property.New(object{"timeoutSeconds": property.New(1.5)}), "apiServer": text,
		}, []string{
			"apiServer: it must be an object of type APIServer, and is text.",
			"enableRbac: it must be true or false, and is text.",
			"location: it must be text, and is a number.",
			"pools: it must be a list, and is text.",
			"propagation.timeoutSeconds: it must be a whole number, and is 1.5.",
			"subnets: it must be a map, and is a list.",
		}},
		{"odd keys", "a key that is no name is quoted", object{"subnets": property.New(object{"a.b": property.New(true)})},
			[]string{`subnets["a.b"]: it must be text, and is true or false.`}},
		{"escape hatch", "anything goes", object{"additionalProperties": property.New(object{"a": property.New(list{text})})}, nil},
		{"late escape hatch", "it is an input as a whole", object{"additionalProperties": unknown}, nil},
		{"empty values", "null means not given", object{"tier": property.Value{}, "network": property.Value{}}, nil},
		{"empty elements", "a key without a value is not given; an element of a list cannot be absent", object{
			"subnets": property.New(object{"a": property.Value{}}), "pools": property.New(list{property.Value{}}),
		}, []string{"pools[0]: it is empty."}},
		{"missing", "what an object cannot be without", object{"pools": property.New(list{property.New(object{
			"autoscaling": property.New(object{"min": property.New(1.0)}),
		})})}, []string{"pools[0].autoscaling.max: it is missing."}},
		{"Pulumi's own", "keys of the engine are no arguments", object{"__internal": text}, nil},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			_, problems := shapes.check(components.ManagedIdentityClusterToken, property.NewMap(tc.inputs))
			var got []string
			for _, problem := range problems {
				got = append(got, string(problem.Path)+": "+problem.What)
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("%s (-want +got):\n%s", tc.reason, diff)
			}
		})
	}
}

// TestShapesSpreadMarks: what comes out of another stack is marked as a whole.
func TestShapesSpreadMarks(t *testing.T) {
	late := text.WithDependencies(somebody)
	cases := []struct {
		name, reason string
		give, want   object
	}{
		{"map", "the grant on each subnet waits for what the map waits for",
			object{"subnets": property.New(object{"a": text}).WithDependencies(somebody)},
			object{"subnets": property.New(object{"a": late})}},
		{"list of objects", "the mark goes down to what can carry it, and a plain value is what it is",
			object{"pools": property.New(list{property.New(object{"name": text, "vmSize": text})}).WithDependencies(somebody)},
			object{"pools": property.New(list{property.New(object{"name": text, "vmSize": late})})}},
		{"secret", "each tag is secret",
			object{"tags": property.New(object{"a": text}).WithSecret(true)},
			object{"tags": property.New(object{"a": text.WithSecret(true)})}},
		{"empty list", "it is not the same as none",
			object{"pools": property.New(list{property.New(object{"name": text, "nodeTaints": property.New(list{})})})},
			object{"pools": property.New(list{property.New(object{"name": text, "nodeTaints": property.New(list{})})})}},
	}
	shapes := shapesOf(t)
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			got, problems := shapes.check(components.ManagedIdentityClusterToken, property.NewMap(tc.give))
			if len(problems) > 0 {
				t.Fatal(problems)
			}
			if want := property.New(tc.want); !property.New(got).Equals(want) {
				t.Errorf("%s: got %#v, want %#v", tc.reason, property.New(got), want)
			}
		})
	}
}

// capture serves a constructor that only looks at its arguments.
func capture(t *testing.T, inputs object, look func(*components.ManagedIdentityClusterArgs) error) error {
	t.Helper()
	c := served(func(_ *pulumi.Context, _ string, args *components.ManagedIdentityClusterArgs, _ ...pulumi.ResourceOption,
	) (*components.ManagedIdentityCluster, error) {
		return nil, look(args)
	})
	made, err := infer.NewProviderBuilder().WithComponents(c.inferred).
		WithModuleMap(map[tokens.ModuleName]tokens.ModuleName{"components": "index"}).Build()
	if err != nil {
		t.Fatal(err)
	}
	made.Construct = guarded(shapesOf(t), made.Construct)
	server, err := p.RawServer(Name, "1.0.0", made)(nil)
	if err != nil {
		t.Fatal(err)
	}
	// The constructor ends before it talks to an engine, so there need be none at this address.
	if _, err := server.Attach(t.Context(), &pulumirpc.PluginAttach{Address: "127.0.0.1:1"}); err != nil {
		t.Fatal(err)
	}
	properties, err := plugin.MarshalProperties(resource.ToResourcePropertyMap(property.NewMap(inputs)), plugin.MarshalOptions{
		KeepUnknowns: true, KeepSecrets: true, KeepResources: true, KeepOutputValues: true,
	})
	if err != nil {
		t.Fatal(err)
	}
	_, err = server.Construct(t.Context(), &pulumirpc.ConstructRequest{
		Project: "p", Stack: "s", Type: components.ManagedIdentityClusterToken, Name: "aks", DryRun: true, Inputs: properties,
		AcceptsOutputValues: true,
	})
	return err
}

// TestKnownValuesAreLiterals: the plan of a served program looks into what is known, and only into that.
func TestKnownValuesAreLiterals(t *testing.T) {
	errSeen := errors.New("seen")
	err := capture(t, object{
		"location": text, "clusterName": text.WithDependencies(somebody), "dnsPrefix": unknown,
		"registryIds": property.New(object{"plain": text, "secret": text.WithSecret(true)}),
		"subnets":     property.New(object{"a": text}).WithDependencies(somebody),
		"systemPool":  property.New(object{"name": text, "count": property.New(3.0), "nodeTaints": property.New(list{})}),
	}, func(args *components.ManagedIdentityClusterArgs) error {
		got := map[string]string{}
		for name, input := range map[string]pulumi.Input{
			"known": args.Location, "depends on a resource": args.ClusterName, "unknown": args.DNSPrefix, "ID": args.RegistryIDs["plain"],
			"secret ID": args.RegistryIDs["secret"], "out of another stack": args.Subnets["a"], "number": args.SystemPool.Count,
		} {
			got[name] = reflect.TypeOf(input).String()
		}
		want := map[string]string{
			"known": "pulumi.String", "depends on a resource": "pulumi.StringOutput", "unknown": "pulumi.StringOutput",
			"ID": "pulumi.String", "secret ID": "pulumi.StringOutput", "out of another stack": "pulumi.StringOutput",
			"number": "pulumi.Int",
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		if args.SystemPool.NodeTaints == nil {
			t.Error("an empty list arrived as none")
		}
		return errSeen
	})
	if err == nil || !strings.Contains(err.Error(), errSeen.Error()) {
		t.Errorf("the constructor's error did not come back: %v", err)
	}
}

func TestPanicIsAnError(t *testing.T) {
	err := capture(t, object{}, func(*components.ManagedIdentityClusterArgs) error { panic("no such pool") })
	for _, want := range []string{"no such pool", "internal error", `"aks"`, "shapes_test.go"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("the error does not mention %q: %v", want, err)
		}
	}
}

func TestProblemsHavePaths(t *testing.T) {
	err := capture(t, object{}, func(*components.ManagedIdentityClusterArgs) error {
		return plan.Problems{
			{Path: "tier", What: "it is odd.", Fix: "even it."},
			{Path: "systemPool.count", What: "it is 0.", Code: "InvalidParameter"},
		}
	})
	converted, ok := rpcerror.FromError(err)
	if !ok {
		t.Fatalf("not an error of the protocol: %v", err)
	}
	want := []perrors.InputPropertyErrorDetails{
		{PropertyPath: "tier", Reason: "it is odd. Fix: even it."},
		{PropertyPath: "systemPool.count", Reason: "it is 0. (Azure: InvalidParameter)"},
	}
	if diff := cmp.Diff(want, converted.InputPropertiesErrors()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if converted.Message() != "2 problems in the arguments:" {
		t.Errorf("message is %q", converted.Message())
	}
}

func TestNewRefusesAVersionThatIsNone(t *testing.T) {
	for _, version := range []string{"", "v1.0.0", "latest"} {
		if _, err := New(version); err == nil {
			t.Errorf("version %q was accepted", version)
		}
	}
}
