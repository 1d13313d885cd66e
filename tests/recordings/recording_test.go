package recordings

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"sort"
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

// flatten lists the leaves of a body by path. What azure-native keeps under properties in ARM stands at the top, as in its
// inputs; the map of user-assigned identities becomes the list of its keys.
func flatten(body map[string]any) map[string]string {
	out := map[string]string{}
	var walk func(path string, v any)
	walk = func(path string, v any) {
		switch v := v.(type) {
		case map[string]any:
			for key, value := range v {
				inner := key
				if path != "" {
					inner = path + "." + key
				}
				if path == "" && key == "properties" {
					inner = ""
				}
				if path == "identity" && key == "userAssignedIdentities" {
					value = keysOf(value)
				}
				walk(inner, value)
			}
		case []any:
			for i, value := range v {
				walk(fmt.Sprintf("%s[%d]", path, i), value)
			}
		case nil:
		default:
			out[path] = fmt.Sprint(v)
		}
	}
	walk("", body)
	return out
}

func keysOf(v any) any {
	m, ok := v.(map[string]any)
	if !ok {
		return v
	}
	keys := make([]string, 0, len(m))
	for key := range m {
		keys = append(keys, key)
	}
	sort.Strings(keys)
	list := make([]any, len(keys))
	for i, key := range keys {
		list[i] = key
	}
	return list
}
