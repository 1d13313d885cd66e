package plan

import (
	"fmt"
	"regexp"
	"sort"
	"strings"

	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

// Use is one way in which a deployment touches an external resource. Each use has its rules: who needs what there.
type Use string

// Target is one external resource in one use.
type Target struct {
	Use Use
	// Path is the property path of the argument that holds the ID; targets with the same path are the same resource.
	Path string
	// ID is the resource ID, known or late.
	ID Value[string]
	// Detail completes the reason: which pool, which add-on.
	Detail string
}

var keyPattern = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_-]{0,62}$`)

// checkKey reports a key of a map that cannot become part of a logical name.
func (p *problems) checkKey(path, key string) bool {
	if keyPattern.MatchString(key) {
		return true
	}
	p.add(path, "use 1 to 63 letters, digits, - or _, beginning with a letter or digit.", "the key %q cannot be part of a name", key)
	return false
}

// checkID reports a known resource ID that is malformed or of another kind. A late one is checked when it arrives, with
// the same words: see [CheckResourceID].
func (p *problems) checkID(path string, id Value[string], resourceType string) {
	text, ok := id.Get()
	if !ok {
		return
	}
	if _, problem := CheckResourceID(path, text, resourceType); problem != nil {
		p.list = append(p.list, *problem)
	}
}

// CheckResourceID parses the ID of the resource that the argument at path names, and says what is wrong when it is no ID
// or the ID of something else. Letter case is of no importance. An empty resourceType accepts every kind.
func CheckResourceID(path, id, resourceType string) (rbac.Scope, *Problem) {
	scope, err := rbac.ParseScope(id)
	if err != nil {
		return rbac.Scope{}, &Problem{
			Path: path, What: fmt.Sprintf("%q is not a resource ID: %v.", id, err),
			Fix: "give the full ID, " + exampleID(resourceType) + ".",
		}
	}
	if !isOfType(scope, resourceType) {
		is := scope.ResourceType()
		if is == "" {
			is = "a " + scopeKindName(scope)
		}
		return rbac.Scope{}, &Problem{
			Path: path, What: fmt.Sprintf("%q is %s, not a %s.", id, is, resourceType),
			Fix: "give " + exampleID(resourceType) + ".",
		}
	}
	return scope, nil
}

func isOfType(scope rbac.Scope, resourceType string) bool {
	switch resourceType {
	case "":
		return true
	case ResourceGroupType:
		return scope.Kind() == rbac.ResourceGroup
	default:
		return scope.HasType(resourceType)
	}
}

func scopeKindName(s rbac.Scope) string {
	switch s.Kind() {
	case rbac.ResourceGroup:
		return "resource group"
	case rbac.Subscription:
		return "subscription"
	case rbac.ManagementGroup:
		return "management group"
	default:
		return "tenant"
	}
}

// ResourceGroupType stands for a resource group where an argument wants the ID of one.
const ResourceGroupType = "Microsoft.Resources/resourceGroups"

func exampleID(resourceType string) string {
	const group = "/subscriptions/<subscription>/resourceGroups/<group>"
	if resourceType == ResourceGroupType {
		return group
	}
	namespace, types, ok := strings.Cut(resourceType, "/")
	if !ok {
		return group + "/providers/..."
	}
	id := group + "/providers/" + namespace
	for _, t := range strings.Split(types, "/") {
		id += "/" + t + "/<name>"
	}
	return id
}

// sortedKeys of a map, so that nothing depends on map order.
func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	return keys
}
