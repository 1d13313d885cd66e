package recordings

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

// TestClusterBodies compares the body with which the CLI PUT the cluster with ours, property by property.
func TestClusterBodies(t *testing.T) {
	used := map[difference]bool{}
	compared := 0
	for _, s := range situations() {
		if !s.deploys() {
			continue
		}
		t.Run(s.name(), func(t *testing.T) {
			theirs, o := load(t, s.recording).clusterBody(), s.mustRun(t)
			ours := s.ourBody(t, theirs, o)
			if theirs == nil || ours == nil {
				return
			}
			compared++
			for _, d := range unintended(flatten(theirs), ours, s.differences(), used) {
				t.Errorf("%s: the CLI sends %s, we send %s, and nobody intended that", d.path, d.cli, d.ours)
			}
		})
	}
	if compared == 0 {
		t.Fatal("no body was compared")
	}
	for _, s := range situations() {
		for _, d := range s.differences() {
			if s.deploys() && !used[d.key()] {
				t.Errorf("%s: that the CLI sends %s and we send %s occurs in no recording any more; take it from the list", d.path, d.cli, d.ours)
				used[d.key()] = true
			}
		}
	}
}

// ourBody is what we PUT where the CLI PUT theirs. Where we leave the cluster alone it is the body that the cluster has had
// since we made it, nil when we never did.
func (s situation) ourBody(t *testing.T, theirs map[string]any, o outcome) map[string]string {
	t.Helper()
	puts := 1
	if theirs == nil || s.untouched != "" {
		puts = 0
	}
	if len(o.sent) != puts {
		t.Fatalf("the cluster was PUT %d times, and not %d", len(o.sent), puts)
	}
	if puts == 0 {
		return o.standing
	}
	return o.sent[0]
}

// placeholder stands for an ID that Azure made up.
var placeholder = regexp.MustCompile(`^\{(clientId|principalId):`)

// unintended lists the differences that are not in the list with these very values, and marks those that are as used.
func unintended(theirs, ours map[string]string, intended []difference, used map[difference]bool) []difference {
	listed := map[difference]bool{}
	for _, d := range intended {
		listed[d.key()] = true
	}
	paths := map[string]string{}
	maps.Copy(paths, theirs)
	maps.Copy(paths, ours)
	var out []difference
	for _, path := range slices.Sorted(maps.Keys(paths)) {
		d := difference{path: path, cli: valueAt(theirs, path), ours: valueAt(ours, path)}
		switch {
		case d.cli == d.ours, placeholder.MatchString(d.cli) && d.ours != absent:
		case strings.HasPrefix(d.cli, "/subscriptions/") && strings.EqualFold(d.cli, d.ours): // Azure's letters
		case listed[d]:
			used[d] = true
		default:
			out = append(out, d)
		}
	}
	return out
}

// TestUnintendedFindsWhatItShould guards the comparison: one that takes everything for intended would pass for ever.
func TestUnintendedFindsWhatItShould(t *testing.T) {
	const pool = "agentPoolProfiles[0]."
	cases := []struct {
		name, reason string
		theirs, ours map[string]string
		found        bool
	}{
		{"a default of ours", "listed with its value", nil, map[string]string{"sku.tier": "Standard"}, false},
		{"another value", "a listed path is no licence for every value", nil, map[string]string{"sku.tier": "Premium"}, true},
		{"a public address on nodes", "the CLI sends false, and leaving it out is listed; turning it on is not",
			map[string]string{pool + "enableNodePublicIP": "false"}, map[string]string{pool + "enableNodePublicIP": "true"}, true},
		{"an ID in other letters", "Azure spells IDs in several ways",
			map[string]string{"x": "/subscriptions/s/resourceGroups/G"}, map[string]string{"x": "/subscriptions/s/resourcegroups/g"}, false},
		{"a text in other letters", "other texts are compared as they are", map[string]string{"x": "True"}, map[string]string{"x": "true"}, true},
		{"a principal", "Azure made it up", map[string]string{"x": "{principalId:kubelet}"}, map[string]string{"x": "1"}, false},
		{"no principal", "but there has to be one", map[string]string{"x": "{principalId:kubelet}"}, nil, true},
		{"an empty object", "it is a value too", map[string]string{"x": "{}"}, nil, true},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			if got := unintended(tc.theirs, tc.ours, differences(), map[difference]bool{}); (len(got) > 0) != tc.found {
				t.Errorf("%s: got %v", tc.reason, got)
			}
		})
	}
}

func valueAt(body map[string]string, path string) string {
	if value, sent := body[path]; sent {
		return value
	}
	return absent
}

// TestBodiesOfOtherResources: whatever the CLI says about a resource beside the cluster, we say too.
func TestBodiesOfOtherResources(t *testing.T) {
	but := map[string]string{
		"location":             "an association has none of its own, azure-native knows no such property; the rule's is compared",
		"tags":                 "none were asked for",
		"dataCollectionRuleId": "our rule has another name",
	}
	compared := 0
	for _, s := range situations() {
		if !s.deploys() {
			continue
		}
		var o outcome
		for _, q := range load(t, s.recording).puts() {
			if isCluster(q.Path) {
				continue
			}
			if o.w == nil {
				o = s.mustRun(t)
			}
			scope := rbac.MustParseScope(q.Path)
			ours := flatten(o.w.madeBody(scope.ResourceType()))
			for path, theirs := range flatten(q.Body) {
				compared++
				if got := valueAt(ours, path); got != theirs && (but[path] == "" || path == "location" && got != absent) {
					t.Errorf("%s: %s of %s: the CLI sends %s, ours is %s", s.name(), path, scope.ResourceType(), theirs, got)
				}
			}
		}
	}
	if compared == 0 {
		t.Fatal("no body was compared")
	}
}

// madeBody is the body of the only resource of the type that our deployment made.
func (w *world) madeBody(resourceType string) map[string]any {
	for _, r := range w.cloud.Resources() {
		if !r.Seeded && strings.EqualFold(r.Type, resourceType) {
			return r.Body
		}
	}
	return nil
}
