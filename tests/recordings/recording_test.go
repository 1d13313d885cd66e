package recordings

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
)

// recording is one run of the Azure CLI.
type recording struct {
	name     string
	Command  string    `json:"command"`
	ExitCode int       `json:"exitCode"`
	Requests []request `json:"requests"`
}

type request struct {
	Method string         `json:"method"`
	Path   string         `json:"path"`
	Body   map[string]any `json:"body"`
	Status int            `json:"status"`
}

const otherSubscription = "00000000-0000-4000-8000-0000000000bb"

func load(t *testing.T, name string) recording {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", name+".json"))
	if err != nil {
		t.Fatal(err)
	}
	filled := strings.NewReplacer("{subscriptionId}", azuresim.DefaultSubscriptionID, "{otherSubscriptionId}", otherSubscription).Replace(string(text))
	r := recording{name: name}
	if err := json.Unmarshal([]byte(filled), &r); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return r
}

func names(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob("testdata/*.json")
	if err != nil || len(files) == 0 {
		t.Fatalf("no recordings: %v", err)
	}
	out := make([]string, len(files))
	for i, f := range files {
		out[i] = strings.TrimSuffix(filepath.Base(f), ".json")
	}
	return out
}

// clusterBody is the body with which the cluster was PUT.
func (r recording) clusterBody(t *testing.T) map[string]any {
	t.Helper()
	for _, q := range r.Requests {
		if q.Method == "PUT" && strings.Contains(q.Path, "/managedClusters/") && !strings.Contains(q.Path, "roleAssignments") && q.Body != nil {
			return q.Body
		}
	}
	t.Fatalf("%s: the cluster was not PUT", r.name)
	return nil
}

// cliGrant is a role assignment that the CLI made.
type cliGrant struct{ principal, role, scope string }

func (r recording) grants() []cliGrant {
	seen := map[cliGrant]bool{}
	var out []cliGrant
	for _, q := range r.Requests {
		scope, _, isGrant := strings.Cut(q.Path, "/providers/Microsoft.Authorization/roleAssignments/")
		if q.Method != "PUT" || !isGrant {
			continue
		}
		properties, _ := q.Body["properties"].(map[string]any)
		role, _ := properties["roleDefinitionId"].(string)
		principal, _ := properties["principalId"].(string)
		g := cliGrant{principal: strings.Trim(strings.TrimPrefix(principal, "{principalId:"), "{}"), role: role[strings.LastIndex(role, "/")+1:], scope: scope}
		if !seen[g] {
			seen[g] = true
			out = append(out, g)
		}
	}
	return out
}

// flatten lists the leaves of an ARM body by path; an empty object, list or text is a leaf too. What stands under properties
// moves to the top, which shortens the paths, and the map of user-assigned identities becomes the list of its keys.
func flatten(body map[string]any) map[string]string {
	out := map[string]string{}
	for key, value := range body {
		properties, ok := value.(map[string]any)
		switch {
		case key == "properties" && ok:
			for inner, v := range properties {
				leaves(out, inner, v)
			}
		default:
			leaves(out, key, value)
		}
	}
	return out
}

func leaves(out map[string]string, path string, v any) {
	switch v := v.(type) {
	case map[string]any:
		if path == "identity.userAssignedIdentities" {
			leaves(out, path, keysOf(v))
			return
		}
		for key, value := range v {
			leaves(out, path+"."+key, value)
		}
		if len(v) == 0 {
			out[path] = "{}"
		}
	case []any:
		for i, value := range v {
			leaves(out, fmt.Sprintf("%s[%d]", path, i), value)
		}
		if len(v) == 0 {
			out[path] = "[]"
		}
	case string:
		if out[path] = v; v == "" {
			out[path] = `""`
		}
	case nil:
	default:
		out[path] = fmt.Sprint(v)
	}
}

func keysOf(m map[string]any) []any {
	list := make([]any, 0, len(m))
	for _, key := range slices.Sorted(maps.Keys(m)) {
		list = append(list, key)
	}
	return list
}
