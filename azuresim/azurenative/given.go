package azurenative

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
)

// typeOf tells how to treat a resource with these inputs (of all its versions at hand): as schema.json describes it, as another
// version of the same type describes it, or as given.
func (p *provider) typeOf(token string, inputs ...resource.PropertyMap) (*resourceType, error) {
	s, err := readSchema()
	if err != nil {
		return nil, err
	}
	if p.onlyDefaults {
		if versionOf(token) != "" {
			return nil, fmt.Errorf("Resource type %s not found", token)
		}
		if newest, described := s.newest(token); described {
			return newest, nil
		}
	}
	if r, described := s.Resources[token]; described {
		return r, nil
	}
	if other, ok := s.otherVersion(token); ok {
		return other.widened(inputs...), nil
	}
	return p.givenType(token, inputs...)
}

// newest describes a type without an API version by the newest version of it that there is: the defaults of version 3 are later ones
// than those of version 2.
func (s *schema) newest(token string) (*resourceType, bool) {
	var found *resourceType
	for _, other := range s.versions(token) {
		if r := s.Resources[other]; found == nil || r.API > found.API {
			found = r
		}
	}
	if found == nil {
		return nil, false
	}
	r := *found
	r.token = token
	return &r, true
}

// otherVersion describes a version of a type that is not in schema.json by the default version, or else by the newest.
func (s *schema) otherVersion(token string) (*resourceType, bool) {
	others := s.versions(token)
	if len(others) == 0 {
		return nil, false
	}
	r := *s.Resources[others[len(others)-1]]
	if unversioned, ok := s.Resources[Name+":"+kindOf(token)]; ok {
		r = *unversioned
	}
	r.note = fmt.Sprintf("%s is treated like %s: properties that it does not have are kept as given", token, r.token)
	r.token, r.open = token, true
	if api := versionOf(token); api != "" {
		r.API = api
	}
	return &r, true
}

// versionOf turns "azure-native:network/v20230501:Subnet" into "2023-05-01", "" for a token without version.
func versionOf(token string) string {
	_, rest, _ := strings.Cut(token, "/v")
	version, _, _ := strings.Cut(rest, ":")
	if len(version) < 8 {
		return ""
	}
	api := version[:4] + "-" + version[4:6] + "-" + version[6:8]
	if stage := version[8:]; stage != "" {
		api += "-" + stage
	}
	return api
}

// widened is the type with the inputs that it does not have, as whatever they are.
func (r *resourceType) widened(inputs ...resource.PropertyMap) *resourceType {
	wide := *r
	wide.In = maps.Clone(r.In)
	for _, m := range inputs {
		for key := range m {
			if _, has := wide.In[string(key)]; !has && !strings.HasPrefix(string(key), "__") {
				wide.In[string(key)] = "any"
			}
		}
	}
	return &wide
}

// identityType is how azure-native takes identities, whatever the resource.
const identityType = "Identity"

// beforeProperties are the inputs that ARM keeps beside "properties".
var beforeProperties = []string{
	"location", "tags", "identity", "sku", "zones", "kind", "plan", "extendedLocation", "etag", "managedBy",
}

// givenType makes a type of nothing but its inputs. Its path is one that the user or givenPaths says, else a guess.
func (p *provider) givenType(token string, inputs ...resource.PropertyMap) (*resourceType, error) {
	if parts := strings.Split(token, ":"); len(parts) != 3 || parts[0] != Name || parts[1] == "" || parts[2] == "" {
		return nil, fmt.Errorf("%q is not the type of an azure-native resource; one looks like azure-native:network:VirtualNetwork", token)
	}
	r := &resourceType{
		token: token, API: versionOf(token), open: true, Top: beforeProperties, Out: []string{"name", "type"},
		In: map[string]typeExpr{},
		objects: map[string]*objectType{identityType: {
			In:  map[string]typeExpr{"type": "string!", identitiesProperty: "[]string"},
			Out: []string{"principalId", "tenantId"},
		}},
	}
	origin := "as you said"
	switch path, said := p.paths[kindOf(token)]; {
	case said:
		r.Path = path
	case givenPaths[kindOf(token)] != "":
		r.Path, origin = givenPaths[kindOf(token)], "as the REST reference has it"
	default:
		r.Path, origin = guessPath(token, inputs...), "a guess: WithPath says a better one"
	}
	r.note = fmt.Sprintf("%s is not modelled and kept as given: its properties are not checked, outputs that only Azure knows are "+
		"missing, and nothing but its name, its place and its location replaces it. Its path is %s (%s)", token, r.Path, origin)
	for _, name := range r.pathNames() {
		if !strings.HasPrefix(name, "__") {
			r.In[name] = "string!"
		}
	}
	wide := r.widened(inputs...)
	if _, has := wide.In["identity"]; has {
		wide.In["identity"] = "#" + identityType
	}
	if name := wide.nameInput(); wide.In[name] != "" {
		wide.In[name] = "string" // there is autonaming
	}
	return wide, nil
}

// hiddenName keeps the name of a resource whose inputs do not tell which of them is the name.
const hiddenName = "__name"

// guessPath makes an ARM path by convention: Microsoft.<module>/<type in the plural>, below the scope, the resource group or the
// subscription, with one level for each other name.
func guessPath(token string, inputs ...resource.PropertyMap) string {
	module, typeName, _ := strings.Cut(kindOf(token), ":")
	names := namesOf(inputs...)
	own := ownName(typeName, names)
	base := "/subscriptions/{" + subscriptionInput + "}"
	switch {
	case has(groupInput, inputs...):
		base += "/resourceGroups/{" + groupInput + "}"
	case has(scopeInput, inputs...):
		base = "/{" + scopeInput + "}"
	case has(resourceURIInput, inputs...):
		base = "/{" + resourceURIInput + "}"
	}
	path := base + "/providers/" + namespaceOf(module)
	if !has(locationInput, inputs...) { // what has a location is no part of something else
		for _, name := range names {
			if name != own && !strings.HasPrefix(name, "__") {
				path += "/" + plural(strings.TrimSuffix(name, "Name")) + "/{" + name + "}"
			}
		}
	}
	return path + "/" + plural(strings.ToLower(typeName[:1])+typeName[1:]) + "/{" + own + "}"
}

func has(name string, inputs ...resource.PropertyMap) bool {
	return slices.ContainsFunc(inputs, func(m resource.PropertyMap) bool { return given(m, resource.PropertyKey(name)) })
}

// neverInPath are inputs that end in Name and name something else than the resource or what it is in.
var neverInPath = []string{
	groupInput, "displayName", "friendlyName", "domainName", "dnsName", "hostName", "userName", "principalName", "skuName",
	"administratorLoginName", "groupShortName",
}

// namesOf lists the inputs that may be names of the resource and of what it is in, sorted.
func namesOf(inputs ...resource.PropertyMap) []string {
	found := map[string]bool{}
	for _, m := range inputs {
		for key, v := range m {
			name := string(key)
			text := open(v).IsString() || v.ContainsUnknowns()
			if text && strings.HasSuffix(strings.ToLower(name), "name") && !strings.HasPrefix(name, "__") && !slices.Contains(neverInPath, name) {
				found[name] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(found))
}

// ownName is the input that names the resource: accountName of a StorageAccount, resourceName, or name.
func ownName(typeName string, names []string) string {
	best := ""
	for _, name := range names {
		stem := strings.ToLower(strings.TrimSuffix(name, "Name"))
		if strings.HasSuffix(strings.ToLower(typeName), stem) && stem != "name" && len(name) > len(best) {
			best = name
		}
	}
	switch {
	case best != "":
		return best
	case slices.Contains(names, "name"):
		return "name"
	case slices.Contains(names, "resourceName"):
		return "resourceName"
	default:
		return hiddenName
	}
}

func plural(word string) string {
	switch {
	case strings.HasSuffix(word, "y") && !strings.HasSuffix(word, "ey") && !strings.HasSuffix(word, "ay"):
		return strings.TrimSuffix(word, "y") + "ies"
	case strings.HasSuffix(word, "s"), strings.HasSuffix(word, "x"), strings.HasSuffix(word, "ch"):
		return word + "es"
	default:
		return word + "s"
	}
}

func namespaceOf(module string) string {
	if namespace, ok := namespaces[module]; ok {
		return namespace
	}
	return "Microsoft." + module
}
