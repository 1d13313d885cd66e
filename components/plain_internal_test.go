package components

import (
	"reflect"
	"testing"
)

// What an SDK's types look like: properties by their tags, nested ones as pointers.
type (
	aCluster struct {
		Name     *string             `pulumi:"name"`
		Network  *aNetwork           `pulumi:"network"`
		Pools    []aPool             `pulumi:"pools"`
		Profiles map[string]aProfile `pulumi:"profiles"`
	}
	aNetwork struct {
		Plugin *string `pulumi:"plugin"`
	}
	aPool struct {
		Count *int `pulumi:"count"`
	}
	aProfile struct {
		ResourceID *string `pulumi:"resourceId"`
	}
)

// TestAnAnswerIsReducedToWhatCanBeSent: what Azure answers has more properties than one may send, at every depth.
func TestAnAnswerIsReducedToWhatCanBeSent(t *testing.T) {
	type object = map[string]any
	for _, tc := range []struct {
		name, reason string
		answer, want object
	}{
		{"read-only", "nobody sends it", object{"name": "shop", "fqdn": "shop.example"}, object{"name": "shop"}},
		{"absent", "null says nothing", object{"name": nil}, object{}},
		{"below a pointer", "optional objects are pointers", object{"network": object{"plugin": "azure", "ports": 1.0}}, object{"network": object{"plugin": "azure"}}},
		{"in a list", "each element is reduced", object{"pools": []any{object{"count": 1.0, "state": "Running"}}}, object{"pools": []any{object{"count": 1.0}}}},
		{
			"in a map", "keys are the user's, values are reduced",
			object{"profiles": object{"kubelet": object{"resourceId": "/id", "state": "Running"}}}, object{"profiles": object{"kubelet": object{"resourceId": "/id"}}},
		},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := asInputs(tc.answer, reflect.TypeFor[*aCluster]()); !reflect.DeepEqual(got, tc.want) {
				t.Errorf("%v, want %v: %s", got, tc.want, tc.reason)
			}
		})
	}
	untyped := object{"anything": object{"deep": true}}
	if got := asInputs(untyped, nil); !reflect.DeepEqual(got, untyped) {
		t.Errorf("%v, want it as it is: nothing is known of its type", got)
	}
}
