package azurenative

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
)

// pathNames returns the inputs that the ARM path names, in order, without the subscription.
func (r *resourceType) pathNames() []string {
	var names []string
	for _, segment := range strings.Split(r.Path, "/") {
		if name, ok := placeholder(segment); ok && name != subscriptionInput {
			names = append(names, name)
		}
	}
	return names
}

const (
	subscriptionInput = "subscriptionId"
	groupInput        = "resourceGroupName"
	scopeInput        = "scope"
	resourceURIInput  = "resourceUri"
	parentPathInput   = "parentResourcePath"
)

func placeholder(segment string) (string, bool) {
	if strings.HasPrefix(segment, "{") && strings.HasSuffix(segment, "}") {
		return segment[1 : len(segment)-1], true
	}
	return "", false
}

// inPath tells whether an input is part of the ARM path, and so not of the body.
func (r *resourceType) inPath(name string) bool {
	return strings.Contains(r.Path, "{"+name+"}")
}

// nameInput is the input that holds the resource's own name: the last segment of the path.
func (r *resourceType) nameInput() string {
	names := r.pathNames()
	if len(names) == 0 || !strings.HasSuffix(r.Path, "{"+names[len(names)-1]+"}") {
		return ""
	}
	return names[len(names)-1]
}

// armID fills the path in from the inputs. A missing or unknown path input is an error.
func (r *resourceType) armID(inputs resource.PropertyMap, subscription string) (string, error) {
	segments := strings.Split(r.Path, "/")
	var out []string
	for _, segment := range segments[1:] {
		name, ok := placeholder(segment)
		if !ok {
			out = append(out, segment)
			continue
		}
		value, err := pathValue(inputs, name, subscription)
		if err != nil {
			return "", fmt.Errorf("%s: %w", r.token, err)
		}
		if value = strings.Trim(value, "/"); value != "" {
			out = append(out, value)
		}
	}
	return "/" + strings.Join(out, "/"), nil
}

func pathValue(inputs resource.PropertyMap, name, subscription string) (string, error) {
	value, ok := inputs[resource.PropertyKey(name)]
	switch {
	case ok && value.IsString():
		return value.StringValue(), nil
	case name == subscriptionInput:
		return subscription, nil
	case ok && value.ContainsUnknowns():
		return "", fmt.Errorf("%q is not known", name)
	default:
		return "", fmt.Errorf("missing required property '%s'", name)
	}
}

// parseID reads the path inputs back from an ARM id. As in the real provider, the scope of a role assignment comes
// back without its leading slash (https://github.com/pulumi/pulumi-azure-native/issues/2144, fixed after 2.92.3).
func (r *resourceType) parseID(id string) (resource.PropertyMap, error) {
	match := r.idPattern().FindStringSubmatch(id)
	if match == nil {
		return nil, fmt.Errorf("%q is not the id of a %s; its form is %s", id, r.token, r.Path)
	}
	inputs := resource.PropertyMap{}
	pattern := r.idPattern()
	for i, name := range pattern.SubexpNames() {
		if name != "" && name != subscriptionInput {
			inputs[resource.PropertyKey(name)] = resource.NewProperty(match[i])
		}
	}
	return inputs, nil
}

func (r *resourceType) idPattern() *regexp.Regexp {
	var pattern strings.Builder
	pattern.WriteString("(?i)^")
	for _, segment := range strings.Split(r.Path, "/")[1:] {
		name, ok := placeholder(segment)
		switch {
		case !ok:
			pattern.WriteString("/" + regexp.QuoteMeta(segment))
		case name == scopeInput || name == resourceURIInput || name == parentPathInput:
			fmt.Fprintf(&pattern, "/(?P<%s>.+)", name)
		default:
			fmt.Fprintf(&pattern, "/(?P<%s>[^/]+)", name)
		}
	}
	return regexp.MustCompile(pattern.String() + "$")
}
