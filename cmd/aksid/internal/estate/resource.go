package estate

import (
	"regexp"
	"strings"

	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

// Resource is one resource as Pulumi writes it down.
type Resource struct {
	URN  string `json:"urn"`
	Type string `json:"type"`
	// ID is the Azure resource ID; empty for components, and for what does not exist yet.
	ID     string `json:"id"`
	Custom bool   `json:"custom"`
	// Deleting tells that a newer one stands in its place, and that this one still has to go.
	Deleting bool `json:"delete"`
	// External resources are read, not managed.
	External     bool           `json:"external"`
	Parent       string         `json:"parent"`
	Dependencies []string       `json:"dependencies"`
	Inputs       map[string]any `json:"inputs"`
	Outputs      map[string]any `json:"outputs"`
}

// Name is its name in the program.
func (r Resource) Name() string {
	if at := strings.LastIndex(r.URN, "::"); at >= 0 {
		return r.URN[at+2:]
	}
	return r.URN
}

var azureNative = regexp.MustCompile(`^azure-native:([a-zA-Z0-9]+)(?:/v[a-z0-9]+)?:([A-Za-z0-9]+)$`)

// Is tells whether it is an azure-native resource of the module and the type, in whatever API version:
// Is("containerservice", "ManagedCluster"). Versions that are packages of their own, as azure-native_containerservice_v20250101, too.
func (r Resource) Is(module, name string) bool {
	m, n := r.Native()
	return m == module && n == name
}

// Native are module and type of an azure-native resource; both are empty for any other.
func (r Resource) Native() (module, name string) {
	if parts := azureNative.FindStringSubmatch(r.Type); parts != nil {
		return parts[1], parts[2]
	}
	// A local package of one API version: azure-native_containerservice_v20250101:containerservice:ManagedCluster.
	if rest, local := strings.CutPrefix(r.Type, "azure-native_"); local {
		if parts := strings.Split(rest, ":"); len(parts) == 3 {
			return parts[1], parts[2]
		}
	}
	return "", ""
}

// ARMType is the type in Azure, as Microsoft.ContainerService/managedClusters; empty while there is no ID.
func (r Resource) ARMType() string {
	scope, err := rbac.ParseScope(r.ID)
	if err != nil {
		return ""
	}
	if scope.Kind() == rbac.ResourceGroup {
		return "Microsoft.Resources/subscriptions/resourceGroups"
	}
	return scope.ResourceType()
}

// Text is the text at the path, in the outputs or else in the inputs. It is empty when there is none, when it is not known yet, and
// when it is an encrypted secret.
func (r Resource) Text(path ...string) string {
	if text := Text(r.Outputs, path...); text != "" {
		return text
	}
	return Text(r.Inputs, path...)
}
