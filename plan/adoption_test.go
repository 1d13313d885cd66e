package plan_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/aksidentity/pulumi-aksidentity/plan"
)

type object = map[string]any

// given are the arguments that a program gives.
func given(paths ...plan.Path) func(plan.Path) bool {
	return func(path plan.Path) bool { return slices.Contains(paths, path) }
}

func TestWhatIsNotSaidStays(t *testing.T) {
	image := object{"imageCleaner": object{"enabled": true, "intervalHours": 168.0}}
	cases := []struct {
		name, reason string
		found, sent  object
		given        []plan.Path
		left         []string
	}{
		{"the same", "there is nothing to leave alone", object{"sku": object{"tier": "Free"}}, object{"sku": object{"tier": "Free"}}, nil, nil},
		{"other letters", "Azure means the same", object{"sku": object{"tier": "free"}}, object{"sku": object{"tier": "Free"}}, []plan.Path{"tier"}, []string{"sku.tier"}},
		{"a default", "it gives way", object{"sku": object{"tier": "Free"}}, object{"sku": object{"tier": "Standard"}}, nil, []string{"sku.tier"}},
		{"what AKS filled in", "the program does not have it", object{"networkProfile": object{"podCidr": "10.244.0.0/16"}}, object{"networkProfile": object{}}, nil, []string{"networkProfile.podCidr"}},
		{"what the component does not know", "it is left whole", object{"autoScalerProfile": object{"expander": "random"}}, object{}, nil, []string{"autoScalerProfile"}},
		{"a default that Azure lacks", "nothing of it can be left out of what is not there", object{"securityProfile": object{"workloadIdentity": object{"enabled": false}}}, object{"securityProfile": object{"workloadIdentity": object{"enabled": false}, "imageCleaner": image["imageCleaner"]}}, nil, []string{"securityProfile.imageCleaner"}},
		{"an empty object", "azure-native does not import it", object{"addonProfiles": object{}}, object{"addonProfiles": object{"azurepolicy": object{"enabled": true}}}, nil, []string{"addonProfiles"}},
		{"an empty list", "azure-native does not import it", object{"tags": []any{}}, object{"tags": []any{}}, nil, []string{"tags"}},
		{"off, and not there", "it is the same", object{}, object{"disableLocalAccounts": false}, []plan.Path{"disableLocalAccounts"}, []string{"disableLocalAccounts"}},
		{"AKS's default, and not there", "it is the same", object{}, object{"supportPlan": "KubernetesOfficial"}, []plan.Path{"supportPlan"}, []string{"supportPlan"}},
		{"a version in short", "the cluster has one of them", object{"kubernetesVersion": "1.30.4"}, object{"kubernetesVersion": "1.30"}, []plan.Path{"kubernetesVersion"}, []string{"kubernetesVersion"}},
		{"another order", "a list of ranges has none", object{"apiServerAccessProfile": object{"authorizedIPRanges": []any{"a", "b"}}},
			object{"apiServerAccessProfile": object{"authorizedIPRanges": []any{"b", "a"}}}, []plan.Path{"apiServer.authorizedIpRanges"}, []string{"apiServerAccessProfile.authorizedIPRanges"}},
		{"an add-on in other letters", "its key stays Azure's", object{"addonProfiles": object{"azurePolicy": object{"enabled": true}}},
			object{"addonProfiles": object{"azurepolicy": object{"enabled": true}}}, []plan.Path{"addons.azurePolicy"}, []string{"addonProfiles.azurepolicy", "addonProfiles.azurePolicy"}},
		{"two add-ons in other letters", "each keeps Azure's key", object{"addonProfiles": object{"azurePolicy": object{"enabled": true}, "omsAgent": object{"enabled": true}}},
			object{"addonProfiles": object{"azurepolicy": object{"enabled": true}, "omsagent": object{"enabled": true}}}, []plan.Path{"addons.azurePolicy", "addons.monitoring"},
			[]string{"addonProfiles.azurepolicy", "addonProfiles.azurePolicy", "addonProfiles.omsagent", "addonProfiles.omsAgent"}},
		{"numbers in another order", "a list has none", object{"things": []any{1.0, 2.0}}, object{"things": []any{2.0, 1.0}}, nil, []string{"things"}},
		{"objects in other letters", "Azure means the same", object{"things": []any{object{"a": "X", "b": true}}}, object{"things": []any{object{"A": "x", "b": true}}}, nil, []string{"things"}},
		{"a late value", "nobody can say", object{"sku": object{"tier": "Free"}}, object{"sku": object{"tier": plan.Unknown{}}}, []plan.Path{"tier"}, nil},
		{"a balancer that nobody mentions", "it is left whole", object{"networkProfile": object{"loadBalancerProfile": object{"backendPoolType": "nodeIP"}}},
			object{"networkProfile": object{}}, nil, []string{"networkProfile.loadBalancerProfile"}},
		{"identities as a map", "they are sent as a list", object{"identity": object{"userAssignedIdentities": object{"/A": object{}}}},
			object{"identity": object{"userAssignedIdentities": []any{"/a"}}}, []plan.Path{"identity.userAssigned"}, []string{"identity.userAssignedIdentities"}},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			left, problems := plan.AdoptedResource{
				Rules: plan.AdoptedCluster, Name: "the cluster", Found: tc.found, Sent: tc.sent, Given: given(tc.given...), Taking: true,
			}.Left()
			var paths []string
			for _, path := range left {
				paths = append(paths, strings.Join(path, "."))
			}
			if diff := cmp.Diff(tc.left, paths); diff != "" || problems != nil {
				t.Errorf("%s (-want +got):\n%s%v", tc.reason, diff, problems)
			}
		})
	}
}

func TestWhatIsSaidHasToBeTrue(t *testing.T) {
	cases := []struct {
		name, reason string
		rules        plan.AdoptionRules
		at           plan.Path
		found, sent  object
		given        []plan.Path
		says         string
	}{
		{"another value", "Azure would be changed", plan.AdoptedCluster, "", object{"sku": object{"tier": "Free"}}, object{"sku": object{"tier": "Premium"}}, []plan.Path{"tier"},
			"tier: it has Free, and the program would make it Premium. Fix: say tier: Free, or leave it out, and change it once it is taken over."},
		{"a new one", "Azure would be changed", plan.AdoptedCluster, "", object{}, object{"diskEncryptionSetID": "/set"}, []plan.Path{"diskEncryptionSetId"},
			"diskEncryptionSetId: it has no diskEncryptionSetID, and the program would make it /set. Fix: leave diskEncryptionSetId out, and give it once it is taken over."},
		{"a default that the plan is made with", "grants depend on it", plan.AdoptedCluster, "", object{"networkProfile": object{"networkPlugin": "kubenet"}},
			object{"networkProfile": object{"networkPlugin": "azure"}}, nil, "network.plugin: it has kubenet, and the program would make it azure. Fix: say network.plugin: kubenet; another value takes a new resource."},
		{"what grants depend on", "they would not be made", plan.AdoptedCluster, "", object{"networkProfile": object{"loadBalancerProfile": object{"outboundIPs": object{"publicIPs": []any{object{"id": "/ip"}}}}}},
			object{}, nil, `network.loadBalancer: it has {"publicIPs":[{"id":"/ip"}]}, and the arguments do not say it. Fix: name the addresses`},
		{"a pool's", "the path is that of the pool", plan.AdoptedPool, "pools[1]", object{"vmSize": "a"}, object{"vmSize": "b"}, []plan.Path{"pools[1].vmSize"}, "pools[1].vmSize: it has a, and"},
		{"letters of a label", "they count", plan.AdoptedPool, "pools[0]", object{"nodeLabels": object{"team": "A"}}, object{"nodeLabels": object{"team": "a"}}, []plan.Path{"pools[0].nodeLabels"}, "pools[0].nodeLabels: it has A"},
		{"another version", "the cluster has none of them", plan.AdoptedCluster, "", object{"kubernetesVersion": "1.30.4"}, object{"kubernetesVersion": "1.29"}, []plan.Path{"kubernetesVersion"}, "kubernetesVersion: it has 1.30.4, and"},
		{"a version that begins alike", "1.3 is not 1.30", plan.AdoptedCluster, "", object{"kubernetesVersion": "1.30.4"}, object{"kubernetesVersion": "1.3"}, []plan.Path{"kubernetesVersion"}, "kubernetesVersion: it has 1.30.4, and"},
		{"a longer text that is no version", "Azure would be changed", plan.AdoptedCluster, "", object{"sku": object{"tier": "Free.1"}}, object{"sku": object{"tier": "Free"}}, []plan.Path{"tier"}, "tier: it has Free.1, and"},
		{"other members of a list", "as many are not the same", plan.AdoptedCluster, "", object{"things": []any{"a", "b"}}, object{"things": []any{"a", "c"}}, nil, `things: it has ["a","b"], and`},
		{"fewer members of a list", "one is missing", plan.AdoptedCluster, "", object{"things": []any{"a", "b"}}, object{"things": []any{"a"}}, nil, `things: it has ["a","b"], and`},
		{"an object with more in it", "one is missing", plan.AdoptedCluster, "", object{"things": []any{object{"a": 1.0, "b": 2.0}}}, object{"things": []any{object{"a": 1.0}}}, nil, "things: it has"},
		{"other numbers", "Azure would be changed", plan.AdoptedCluster, "", object{"things": []any{1.0, 2.0}}, object{"things": []any{1.0, 3.0}}, nil, "things: it has [1,2], and"},
		{"text where an object would be", "it is another kind of value", plan.AdoptedCluster, "", object{"things": []any{"a"}}, object{"things": []any{object{}}}, nil, `things: it has ["a"], and`},
		{"text where a list would be", "it is another kind of value", plan.AdoptedCluster, "", object{"things": "a"}, object{"things": []any{}}, nil, "things: it has a, and"},
		{"an object where text would be", "it is another kind of value", plan.AdoptedCluster, "", object{"things": object{"a": "b"}}, object{"things": "c"}, nil, `things: it has {"a":"b"}, and the program would make it c`},
		{"what no argument decides", "an additional property", plan.AdoptedCluster, "", object{"autoScalerProfile": object{"expander": "random"}}, object{"autoScalerProfile": object{"expander": "priority"}}, nil,
			"autoScalerProfile.expander: it has random, and the program would make it priority."},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			resource := plan.AdoptedResource{Rules: tc.rules, At: tc.at, Name: "it", Found: tc.found, Sent: tc.sent, Given: given(tc.given...), Taking: true}
			_, problems := resource.Left()
			if len(problems) != 1 || !strings.Contains(problems[0].String(), tc.says) {
				t.Errorf("%s: %v does not say %q", tc.reason, problems, tc.says)
			}
			resource.Taking = false
			if left, problems := resource.Left(); len(left) > 0 || problems != nil {
				t.Errorf("once it is taken over it is a change as any other: %v %v", left, problems)
			}
		})
	}
}
