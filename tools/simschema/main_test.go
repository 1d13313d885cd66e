package main

import (
	"go/parser"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

const sdkSource = `package things

import "github.com/pulumi/pulumi/sdk/v3/go/pulumi"

type Kind string

// A thing.
//
// Uses Azure REST API version 2023-04-01. In version 1.x of the Azure Native provider, it used API version 2021-03-01.
type Thing struct {
	Identity IdentityResponsePtrOutput ` + "`pulumi:\"identity\"`" + `
	Name     pulumi.StringOutput       ` + "`pulumi:\"name\"`" + `
	Tags     pulumi.StringMapOutput    ` + "`pulumi:\"tags\"`" + `
}

func NewThing(args *ThingArgs) error {
	if args.Zones == nil {
		return errors.New("invalid value for required argument 'Zones'")
	}
	if args.Kind == nil {
		args.Kind = pulumi.StringPtr("small")
	}
	return nil
}

func (val *Identity) Defaults() *Identity {
	if val == nil {
		return nil
	}
	tmp := *val
	if tmp.Type == nil {
		type_ := "SystemAssigned"
		tmp.Type = &type_
	}
	return &tmp
}

type thingArgs struct {
	Identity *Identity         ` + "`pulumi:\"identity\"`" + `
	Kind     *Kind             ` + "`pulumi:\"kind\"`" + `
	Ports    []int             ` + "`pulumi:\"ports\"`" + `
	Tags     map[string]string ` + "`pulumi:\"tags\"`" + `
	Zones    []string          ` + "`pulumi:\"zones\"`" + `
}

type Identity struct {
	Type string ` + "`pulumi:\"type\"`" + `
}

type IdentityResponse struct {
	PrincipalId string ` + "`pulumi:\"principalId\"`" + `
	Type        string ` + "`pulumi:\"type\"`" + `
}
`

func parseThing(t *testing.T) (*builder, *resourceType) {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "thing.go"), []byte(sdkSource), 0o600); err != nil {
		t.Fatal(err)
	}
	src, err := parsePackage(dir)
	if err != nil {
		t.Fatal(err)
	}
	b := &builder{pkg: "things", source: src, objects: map[string]*object{}}
	return b, b.resource(served{name: "Thing", path: "/things/{name}"})
}

func TestResource(t *testing.T) {
	b, r := parseThing(t)
	want := map[string]string{
		"identity": "#Identity", "kind": "string", "ports": "[]integer", "tags": "map[string]", "zones": "[]string!",
	}
	if !maps.Equal(r.In, want) {
		t.Errorf("inputs have their type and whether the constructor demands them: got %v, want %v", r.In, want)
	}
	if !slices.Equal(r.Out, []string{"name"}) {
		t.Errorf("what is no input is an output only, got %v", r.Out)
	}
	if !slices.Equal(r.Top, []string{"identity", "kind", "tags", "zones"}) {
		t.Errorf("some inputs stay beside the properties, got %v", r.Top)
	}
	if r.API != "2023-04-01" {
		t.Errorf("the API version is in the doc comment, got %q", r.API)
	}
	if want := map[string]any{"kind": "small"}; !maps.Equal(r.Defaults, want) {
		t.Errorf("the constructor sets defaults: got %v, want %v", r.Defaults, want)
	}
	identity := b.objects["Identity"]
	if want := map[string]any{"type": "SystemAssigned"}; !maps.Equal(identity.Defaults, want) {
		t.Errorf("so does the method of an object: got %v, want %v", identity.Defaults, want)
	}
	if !maps.Equal(identity.In, map[string]string{"type": "string!"}) || !slices.Equal(identity.Out, []string{"principalId"}) {
		t.Errorf("objects know what only the service fills in, got %+v", identity)
	}
}

func TestPackageVersion(t *testing.T) {
	cases := []struct{ name, reason, pkg, want string }{
		{"stable", "digits become a date", "v20250101", "2025-01-01"},
		{"preview", "a suffix is kept", "v20220501preview", "2022-05-01-preview"},
		{"none", "the default package has no version in its name", "", ""},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			if got := packageVersion(tc.pkg); got != tc.want {
				t.Errorf("%s: got %q, want %q", tc.reason, got, tc.want)
			}
		})
	}
}

func TestOutputElement(t *testing.T) {
	cases := []struct{ name, reason, in, want string }{
		{"pointer", "pointers", "IdentityResponsePtrOutput", "IdentityResponse"},
		{"map", "maps", "UserAssignedIdentityResponseMapOutput", "UserAssignedIdentityResponse"},
		{"array", "and lists are looked through", "PoolResponseArrayOutput", "PoolResponse"},
		{"inner type", "also of types inside of types", "RuleResponseDestinationsPtrOutput", "RuleResponseDestinations"},
		{"object", "an object is itself", "PowerStateResponseOutput", "PowerStateResponse"},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			if got := outputElement(tc.in); got != tc.want {
				t.Errorf("%s: got %q, want %q", tc.reason, got, tc.want)
			}
		})
	}
}

const azureSource = `package armthings

func (t Identity) MarshalJSON() ([]byte, error) {
	objectMap := make(map[string]any)
	populate(objectMap, "type", t.Type)
	return json.Marshal(objectMap)
}

func (t ThingProperties) MarshalJSON() ([]byte, error) {
	objectMap := make(map[string]any)
	populate(objectMap, "thing-ports", t.Ports)
	populateTime[datetime.RFC3339](objectMap, "zones", t.Zones)
	return json.Marshal(objectMap)
}
`

func TestNamesThatArmSpellsDifferently(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "models_serde.go"), []byte(azureSource), 0o600); err != nil {
		t.Fatal(err)
	}
	arm := armNames{}
	if err := arm.addFolder(dir); err != nil {
		t.Fatal(err)
	}
	b, _ := parseThing(t)
	b.arm, b.objects = arm, map[string]*object{}
	r := b.resource(served{name: "Thing", path: "/things/{name}"})
	if want := map[string]string{"ports": "thing-ports"}; !maps.Equal(r.ARM, want) {
		t.Errorf("only what differs is listed, also of the model of the properties: got %v, want %v", r.ARM, want)
	}
	if identity := b.objects["Identity"]; identity.ARM != nil {
		t.Errorf("equal names need no entry, got %v", identity.ARM)
	}
}

func TestLiteral(t *testing.T) {
	cases := []struct {
		name, reason, source string
		want                 any
		ok                   bool
	}{
		{"text", "strings", `"a"`, "a", true},
		{"number", "numbers are JSON's", "30", 30.0, true},
		{"negative", "with their sign", "-1.0", -1.0, true},
		{"truth", "booleans", "false", false, true},
		{"name", "nothing else", "x", false, false},
		{"call", "nothing else", "f(1)", nil, false},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			expr, err := parser.ParseExpr(tc.source)
			if err != nil {
				t.Fatal(err)
			}
			if got, ok := literal(expr); got != tc.want || ok != tc.ok {
				t.Errorf("%s: got %v, %v", tc.reason, got, ok)
			}
		})
	}
}
