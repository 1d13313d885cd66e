package recordings

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
)

// differsFrom compares what a body has to hold with the body: the JSON type of every value, and every text, number and truth
// value that says something. An empty value leaves the choice to Azure, so only its type counts; null says nothing at all.
// Keys and texts that are IDs are compared without regard to case. What the body has besides is not compared.
func differsFrom(path string, want, got any) []string {
	if want == nil {
		return nil
	}
	if kindOf(want) != kindOf(got) {
		return []string{fmt.Sprintf("%s: %s, answered %s", orWhole(path), kindOf(want), kindOf(got))}
	}
	switch want := want.(type) {
	case map[string]any:
		var out []string
		object := got.(map[string]any)
		for key, value := range want {
			out = append(out, differsFrom(below(path, key), value, valueOf(object, key))...)
		}
		return out
	case []any:
		return listDiffersFrom(path, want, got.([]any))
	case string:
		if want != "" && want != got && (!isID(want) || !strings.EqualFold(want, got.(string))) {
			return []string{fmt.Sprintf("%s: %q, answered %q", path, want, got)}
		}
	case float64, bool:
		if want != got && want != 0.0 {
			return []string{fmt.Sprintf("%s: %v, answered %v", path, want, got)}
		}
	}
	return nil
}

func listDiffersFrom(path string, want, got []any) []string {
	if len(want) > len(got) {
		return []string{fmt.Sprintf("%s: %d items, answered %d", path, len(want), len(got))}
	}
	var out []string
	for i, value := range want {
		out = append(out, differsFrom(fmt.Sprintf("%s[%d]", path, i), value, got[i])...)
	}
	return out
}

func below(path, key string) string {
	if isID(key) {
		key = "<id>"
	}
	if path == "" {
		return key
	}
	return path + "." + key
}

func orWhole(path string) string {
	if path == "" {
		return "the body"
	}
	return path
}

func isID(text string) bool { return strings.HasPrefix(text, "/subscriptions/") }

func valueOf(object map[string]any, key string) any {
	if value, there := object[key]; there || !isID(key) {
		return value
	}
	for other, value := range object {
		if strings.EqualFold(other, key) {
			return value
		}
	}
	return nil
}

func kindOf(v any) string {
	switch v.(type) {
	case nil:
		return "nothing"
	case map[string]any:
		return "an object"
	case []any:
		return "a list"
	case string:
		return "a text"
	case float64:
		return "a number"
	case bool:
		return "a truth value"
	default:
		return fmt.Sprintf("%T", v)
	}
}

// unchangedBy is what an update of the CLI only sends back: all but what these commands change. A secret is never read.
func unchangedBy(body map[string]any) map[string]any {
	out := maps.Clone(body)
	delete(out, "identity")
	properties := maps.Clone(inside(body, "properties"))
	delete(properties, "addonProfiles")
	delete(properties, "storageProfile") // the CLI fills it itself (update_storage_profile of its acs module)
	out["properties"] = properties
	return out
}

// atTop is a body as the CLI prints it: what stands under properties moves to the top.
func atTop(body any) any {
	object, isObject := body.(map[string]any)
	if !isObject {
		return body
	}
	out := maps.Clone(object)
	maps.Copy(out, inside(object, "properties"))
	if issuer := inside(out, "oidcIssuerProfile"); issuer != nil {
		out["oidcIssuerProfile"] = map[string]any{"enabled": issuer["enabled"], "issuerUrl": issuer["issuerURL"]} // its model's name for it
	}
	return out
}

type object = map[string]any

// resourceShape is what every resource of Azure has.
func resourceShape(properties object, more ...object) object {
	out := object{"id": "", "name": "", "type": "", "properties": properties}
	for _, m := range more {
		maps.Copy(out, m)
	}
	return out
}

var located = object{"location": ""}

// answerShapes are the bodies that the CLI reads, by the last type of the path in lower case: the properties of the models in
// the Azure SDK for Python that Azure CLI 2.45 of Debian comes with (/usr/lib/python3/dist-packages/azure/mgmt, the API
// versions of the recordings), those that Azure always fills; for Microsoft Graph what azure/cli/command_modules/role reads
// (2026-11-26). An empty text stands for any text, and so on.
var answerShapes = map[string]object{
	"resourcegroups": resourceShape(object{"provisioningState": ""}, located),
	"managedclusters": resourceShape(object{"provisioningState": "", "powerState": object{"code": ""}, "kubernetesVersion": "",
		"currentKubernetesVersion": "", "fqdn": "", "nodeResourceGroup": "", "enableRBAC": true, "maxAgentPools": 0.0,
		"servicePrincipalProfile": object{"clientId": ""},
		"agentPoolProfiles": []any{object{"name": "", "count": 0.0, "vmSize": "", "osDiskSizeGB": 0.0, "osDiskType": "",
			"maxPods": 0.0, "type": "", "mode": "", "osType": "", "provisioningState": "", "powerState": object{"code": ""},
			"orchestratorVersion": "", "nodeImageVersion": ""}},
		"networkProfile": object{"networkPlugin": "", "serviceCidr": "", "dnsServiceIP": "", "outboundType": "", "loadBalancerSku": ""}},
		located, object{"sku": object{"name": "", "tier": ""}}),
	"roleassignments": resourceShape(object{"roleDefinitionId": "", "principalId": "", "principalType": "", "scope": "",
		"createdOn": "", "updatedOn": "", "createdBy": "", "updatedBy": ""}),
	"roledefinitions": resourceShape(object{"roleName": "", "type": "", "description": "", "assignableScopes": []any{""},
		"permissions": []any{object{"actions": []any{}, "notActions": []any{}}}}),
	"userassignedidentities": resourceShape(object{"tenantId": "", "principalId": "", "clientId": ""}, located),
	"registries": resourceShape(object{"loginServer": "", "creationDate": "", "provisioningState": "", "adminUserEnabled": false},
		located, object{"sku": object{"name": "", "tier": ""}}),
	"workspaces":                     resourceShape(object{"provisioningState": "", "customerId": "", "retentionInDays": 0.0}, located),
	"datacollectionrules":            resourceShape(object{"provisioningState": "", "immutableId": "", "dataFlows": []any{}}, located),
	"datacollectionruleassociations": resourceShape(object{"dataCollectionRuleId": ""}),
	"locations":                      {"id": "", "name": "", "displayName": "", "metadata": object{}},
	"providers":                      {"id": "", "namespace": "", "registrationState": "", "resourceTypes": []any{object{"resourceType": "", "locations": []any{""}, "apiVersions": []any{""}}}},
	"resources":                      {"id": "", "name": "", "type": "", "location": ""},
	"listclusterusercredential":      {"kubeconfigs": []any{object{"name": "", "value": ""}}},
	"serviceprincipals":              {"id": "", "appId": "", "displayName": ""},
	"getbyids":                       {"id": "", "displayName": ""},
}

// oneFound are lists from which the CLI takes an item, and fails without it: a role by its name, a service principal by its
// client ID, regions.
var oneFound = []string{"roledefinitions", "serviceprincipals", "getbyids", "locations"}

// shapeOf the answer to a request, as far as it is known without looking at the recording.
func shapeOf(q request, status int) any {
	if status >= 300 {
		return object{"error": object{"code": "", "message": ""}}
	}
	word, isList := answered(q)
	shape := answerShapes[word]
	switch {
	case shape == nil:
		return object{"there is no shape for " + word: ""}
	case !isList:
		return shape
	case slices.Contains(oneFound, word):
		return object{"value": []any{shape}}
	default:
		return object{"value": []any{}}
	}
}

// itemsDifferFrom compares every item of a list with the shape of one.
func itemsDifferFrom(q request, body map[string]any) []string {
	word, isList := answered(q)
	if !isList {
		return nil
	}
	var out []string
	for _, one := range items(body) {
		out = append(out, differsFrom("value[0]", answerShapes[word], one)...)
	}
	return out
}

// answered is the word that stands for the kind of the answer, and whether it is a list of them.
func answered(q request) (word string, isList bool) {
	segments := strings.Split(strings.ToLower(strings.Trim(q.Path, "/")), "/")
	last := segments[len(segments)-1]
	switch {
	case last == "listclusterusercredential":
		return last, false
	case q.Method == http.MethodPost, q.APIVersion == "":
		return last, true
	case answerShapes[last] != nil:
		return last, true
	default:
		return segments[len(segments)-2], false
	}
}

// TestDiffersFromFindsWhatItShould guards the comparison of bodies: one that finds nothing would pass for ever.
func TestDiffersFromFindsWhatItShould(t *testing.T) {
	id := azuresim.ID("g", azuresim.IdentityType, "i")
	cases := []struct {
		name, reason string
		want, got    any
		found        []string
	}{
		{"the same", "equal", object{"a": "x"}, object{"a": "x"}, nil},
		{"more", "Azure answers more than was sent", object{"a": "x"}, object{"a": "x", "b": 1.0}, nil},
		{"a missing key", "the client would read nothing", object{"a": object{"b": ""}}, object{"a": object{}}, []string{"a.b: a text, answered nothing"}},
		{"another type", "the client would not understand it", object{"a": []any{}}, object{"a": object{}}, []string{"a: a list, answered an object"}},
		{"another text", "what was sent has to come back", object{"a": "x"}, object{"a": "y"}, []string{`a: "x", answered "y"`}},
		{"an empty text", "it asks for a default", object{"a": ""}, object{"a": "y"}, nil},
		{"another number", "what was sent has to come back", object{"a": 1.0}, object{"a": 2.0}, []string{"a: 1, answered 2"}},
		{"false", "a truth value is never empty", object{"a": false}, object{"a": true}, []string{"a: false, answered true"}},
		{"fewer items", "one got lost", object{"a": []any{"x", "y"}}, object{"a": []any{"x"}}, []string{"a: 2 items, answered 1"}},
		{"an item", "items are compared too", object{"a": []any{object{"b": "x"}}}, object{"a": []any{object{"b": "y"}}}, []string{`a[0].b: "x", answered "y"`}},
		{"an ID in other letters", "Azure spells IDs in several ways", object{id: object{}}, object{strings.ToLower(id): object{}}, nil},
		{"null", "it says nothing", object{"a": nil}, object{}, nil},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			if got := differsFrom("", tc.want, tc.got); !slices.Equal(got, tc.found) {
				t.Errorf("%s: got %q, want %q", tc.reason, got, tc.found)
			}
		})
	}
}
