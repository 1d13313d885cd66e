package provider_test

import (
	"fmt"
	"maps"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
	"github.com/pulumi/pulumi/sdk/v3/go/common/util/rpcutil/rpcerror"
	"github.com/pulumi/pulumi/sdk/v3/go/property"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"

	"github.com/aksidentity/pulumi-aksidentity/components"
	"github.com/aksidentity/pulumi-aksidentity/plan"
	"github.com/aksidentity/pulumi-aksidentity/provider"
)

// memberName is what every language can make a name of.
var memberName = regexp.MustCompile(`^[A-Z][A-Za-z0-9]*$`)

// TestEnumerationsAreTheClosedSets: every set that the plan knows, and no other, with the descriptions of its values.
func TestEnumerationsAreTheClosedSets(t *testing.T) {
	got, want := map[string]plan.Set{}, map[string]plan.Set{}
	for _, set := range plan.Sets() {
		want[provider.Name+":index:"+set.Name] = set
	}
	for token, object := range specOf(t).Types {
		if len(object.Enum) == 0 {
			continue
		}
		name := token[strings.LastIndex(token, ":")+1:]
		set := plan.Set{Name: name, Description: want[token].Description}
		if rest := strings.ToLower(object.Description[:1]) + object.Description[1:]; !strings.HasSuffix(set.Description, rest) || strings.Contains(rest, name) {
			t.Errorf("%s is described as %q, in the plan as %q", token, object.Description, set.Description)
		}
		names := map[string]bool{}
		for _, value := range object.Enum {
			set.Choices = append(set.Choices, plan.Choice{Value: fmt.Sprint(value.Value), Description: value.Description})
			if !memberName.MatchString(value.Name) || names[value.Name] {
				t.Errorf("%s: %q is no name of a member, or is there twice", token, value.Name)
			}
			names[value.Name] = true
		}
		got[token] = set
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-plan +schema):\n%s", diff)
	}
}

// enumerated are the places of the arguments that are enumerations.
func enumerated(spec schema.PackageSpec, token string) []place {
	var found []place
	for _, at := range placesIn(spec, spec.Resources[token].InputProperties, nil) {
		if len(enumerationAt(spec, token, at).Enum) > 0 {
			found = append(found, at)
		}
	}
	return found
}

// enumerationAt is the type at a place; one without values when it is no enumeration.
func enumerationAt(spec schema.PackageSpec, token string, at place) schema.ComplexTypeSpec {
	properties, t := spec.Resources[token].InputProperties, schema.TypeSpec{}
	for _, step := range at {
		switch step {
		case "[]":
			t = *t.Items
		case "{}":
			t = *t.AdditionalProperties
		default:
			t = properties[step].TypeSpec
		}
		properties = spec.Types[strings.TrimPrefix(t.Ref, "#/types/")].Properties
	}
	return spec.Types[strings.TrimPrefix(t.Ref, "#/types/")]
}

// TestEnumerationsArePlain: they decide what is created, so a compiler lets no late value through.
func TestEnumerationsArePlain(t *testing.T) {
	spec := specOf(t)
	for _, p := range propertiesOf(spec) {
		for s := &p.spec.TypeSpec; s != nil; s = s.Items {
			if len(spec.Types[strings.TrimPrefix(s.Ref, "#/types/")].Enum) > 0 && !s.Plain {
				t.Errorf("%s is not plain", p.where)
			}
		}
	}
}

// TestServedWordsOfClosedSets says a wrong word at every enumeration, over the protocol: the answer is the plan's, with the path
// and the value that was meant.
func TestServedWordsOfClosedSets(t *testing.T) {
	spec, monitor := specOf(t), startMonitor(t)
	server, err := provider.NewServer(version)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := server.Attach(t.Context(), &pulumirpc.PluginAttach{Address: monitor}); err != nil {
		t.Fatal(err)
	}
	said := 0
	for token := range spec.Resources {
		for _, at := range enumerated(spec, token) {
			first := enumerationAt(spec, token, at).Enum[0].Value.(string)
			for word, want := range map[string]string{
				first + "x":            fmt.Sprintf("%q is not a known value; did you mean %q?", first+"x", first),
				strings.ToUpper(first): fmt.Sprintf("%q is written in another letter case than %q.", strings.ToUpper(first), first),
			} {
				said++
				inputs := needed(at.put(valid(token), property.New(word)))
				if got := reasons(t, construct(t, server, monitor, token, inputs))[pathOf(at)]; !strings.Contains(got, want) {
					t.Errorf("%s %s: got %q, want %q", token, pathOf(at), got, want)
				}
			}
		}
	}
	if said < 2*len(plan.Sets()) {
		t.Errorf("%d wrong words for %d sets", said, len(plan.Sets()))
	}
}

// needed adds what an object of the arguments cannot be without.
func needed(inputs object) object {
	if security := inputs["security"]; security.IsMap() {
		inputs["security"] = property.New(object{"kms": property.New(object{
			"networkAccess": security.AsMap().Get("kms").AsMap().Get("networkAccess"),
			"keyId":         property.New("https://shop.vault.azure.net/keys/etcd/1"), "keyVaultId": property.New("/"),
		})})
	}
	if deployer := inputs["deployerAccess"]; deployer.IsMap() {
		inputs["deployerAccess"] = letIn(deployer)
	}
	if access := inputs["access"]; access.IsMap() {
		entry := letIn(access.AsMap().Get("x")).AsMap().Set("principalId", property.New("00000000-0000-4000-8000-00000000000a"))
		inputs["access"] = property.New(object{"x": property.New(entry)})
	}
	return inputs
}

// letIn completes the role of somebody inside the cluster.
func letIn(said property.Value) property.Value {
	whole := object{"principalType": property.New("User"), "role": property.New("Reader"), "reason": property.New("they run it")}
	maps.Copy(whole, said.AsMap().AsMap())
	return property.New(whole)
}

// pathOf is the place as problems name it.
func pathOf(at place) string {
	return strings.NewReplacer(".[]", "[0]", ".{}", ".x").Replace(strings.Join(at, "."))
}

// reasons by path, of an error that has them.
func reasons(t *testing.T, err error) map[string]string {
	t.Helper()
	converted, ok := rpcerror.FromError(err)
	if !ok {
		t.Fatalf("not an error of the protocol: %v", err)
	}
	found := map[string]string{}
	for _, detail := range converted.InputPropertiesErrors() {
		found[detail.PropertyPath] += detail.Reason + " "
	}
	return found
}

// TestRightWordsArrive: the values of an enumeration get through to the plan as what they are.
func TestRightWordsArrive(t *testing.T) {
	monitor := startMonitor(t)
	server, err := provider.NewServer(version)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := server.Attach(t.Context(), &pulumirpc.PluginAttach{Address: monitor}); err != nil {
		t.Fatal(err)
	}
	inputs := valid(components.ManagedIdentityClusterToken)
	inputs["tier"] = property.New("Premium")
	inputs["network"] = property.New(object{"ipFamilies": property.New(list{property.New("IPv4"), property.New("IPv6")})})
	if err := construct(t, server, monitor, components.ManagedIdentityClusterToken, inputs); err != nil {
		t.Error(err)
	}
}
