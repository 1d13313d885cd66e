package plan

import (
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

// Mention is one external resource that the arguments name, in one use.
type Mention struct {
	Use Use
	// Path is the property path of the argument that holds the ID; mentions with the same path are the same resource.
	Path Path
	// ID is the resource ID, known or late. Absent when Own tells whose it is.
	ID Value[string]
	// Own is a resource that the deployment makes itself.
	Own Own
	// Above is the level of the resource that is meant, when ID is that of something inside it. Empty for the resource itself.
	Above Level
	// Detail completes the reason: which pool, which add-on.
	Detail string
	// Former are naming keys under which earlier versions knew the same mention.
	Former []NamingKey

	// renamed are former keys of the user's own, the oldest last.
	renamed []NamingKey
}

// Own is a resource that the deployment makes and grants something on.
type Own string

// Resources of a deployment's own.
const (
	OwnCluster         Own = "the cluster"
	OwnKubeletIdentity Own = "the kubelet identity"
)

// Each mentions every value of a map of IDs by the user's keys.
func Each(use Use, argument Path, ids map[string]Value[string]) []Mention {
	mentions := make([]Mention, 0, len(ids))
	for _, key := range slices.Sorted(maps.Keys(ids)) {
		mentions = append(mentions, Mention{Use: use, Path: argument.Key(key), ID: ids[key]})
	}
	return mentions
}

// One mentions an ID that may be absent.
func One(use Use, path Path, id Value[string]) []Mention {
	if !id.IsSet() {
		return nil
	}
	return []Mention{{Use: use, Path: path, ID: id}}
}

// argument is the path without the user's key.
func (m Mention) argument() Path {
	if at := strings.LastIndex(string(m.Path), `["`); at > 0 {
		return m.Path[:at] // a quoted key may hold any character
	}
	if at := strings.LastIndexAny(string(m.Path), ".["); at > 0 {
		return m.Path[:at]
	}
	return m.Path
}

// key is the mention's part of a grant's name.
func (m Mention) key() NamingKey { return NamingKey(m.Path) }

// keys are all that were part of a grant's name, today's first and the oldest of the user's own last.
func (m Mention) keys() []NamingKey { return slices.Concat([]NamingKey{m.key()}, m.Former, m.renamed) }

// resourceType of what ID names.
func (m Mention) resourceType(info UseInfo) string {
	if m.Above == AtVirtualNetwork {
		return typeSubnet
	}
	return info.ResourceType
}

// mentionsOf are the mentions in one use.
func mentionsOf(mentions []Mention, use Use) []Mention {
	var of []Mention
	for _, m := range mentions {
		if m.Use == use {
			of = append(of, m)
		}
	}
	return of
}

// checkMentions reports everything that is wrong with what is mentioned: uses that nobody knows, keys that cannot become part
// of a name, absent values, IDs of something else.
func (p *problems) checkMentions(mentions []Mention) {
	seen := map[Path]bool{}
	for _, m := range mentions {
		info, err := lookup(m.Use)
		if err != nil {
			p.add(m.Path, err.Error(), "use one of plan.Uses().")
			continue
		}
		if seen[m.Path] || m.Own != "" {
			continue
		}
		seen[m.Path] = true
		if !p.checkKey(m) {
			continue
		}
		if !m.ID.IsSet() {
			p.add(m.Path, "it has no value", fmt.Sprintf("give the ID of the %s, or leave the key out.", m.Use))
		}
		p.checkID(m.Path, m.ID, m.resourceType(info))
	}
	p.checkGroups(mentions)
}

// checkGroups: when the groups of some resources are given, each of the resources lies in one of them.
func (p *problems) checkGroups(mentions []Mention) {
	for _, m := range mentions {
		info, err := lookup(m.Use)
		if err != nil || info.Group == nil {
			continue
		}
		groups := mentionsOf(mentions, info.Group.Use)
		inside := func(g Mention) bool {
			group, groupKnown := scopeOf(g.ID)
			scope, known := scopeOf(m.ID)
			return !groupKnown || !known || group.Contains(scope)
		}
		if len(groups) > 0 && !slices.ContainsFunc(groups, inside) {
			p.add(m.Path, fmt.Sprintf("it lies in none of the groups in %s, and gets its right from there", groups[0].argument()),
				fmt.Sprintf("add its group to %s.", groups[0].argument()))
		}
	}
}

// scopeOf parses an ID that is known and well-formed.
func scopeOf(id Value[string]) (rbac.Scope, bool) {
	text, known := id.Get()
	if !known {
		return rbac.Scope{}, false
	}
	scope, err := rbac.ParseScope(text)
	return scope, err == nil
}

var keyPattern = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_-]{0,62}$`)

// checkKey reports a key of a map that cannot become part of a logical name.
func (p *problems) checkKey(m Mention) bool {
	if strings.Contains(string(m.Path), `["`) {
		return p.checkMapKey(m.argument(), strings.TrimSuffix(string(m.Path[len(m.argument())+2:]), `"]`))
	}
	return p.checkMapKey(m.argument(), string(m.Path[strings.LastIndex(string(m.Path), ".")+1:]))
}

func (p *problems) checkMapKey(argument Path, key string) bool {
	if keyPattern.MatchString(key) {
		return true
	}
	p.add(argument, fmt.Sprintf("the key %q cannot be part of a name", key),
		"use 1 to 63 letters, digits, - or _, beginning with a letter or digit.")
	return false
}

// checkID reports a known resource ID that is malformed or of another kind. A late one is checked when it arrives, with
// the same words: see [CheckResourceID].
func (p *problems) checkID(path Path, id Value[string], resourceType string) {
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
func CheckResourceID(path Path, id, resourceType string) (rbac.Scope, *Problem) {
	if strings.Contains(id, ",") {
		return rbac.Scope{}, &Problem{
			Path: path, What: fmt.Sprintf("%q is more than one ID, or none.", id), Fix: "give one resource: " + exampleID(resourceType) + ".",
		}
	}
	scope, err := rbac.ParseScope(id)
	if err != nil {
		return rbac.Scope{}, &Problem{
			Path: path, What: fmt.Sprintf("%q is not a resource ID: %s.", id, reasonIn(err)),
			Fix: "give the full ID, " + exampleID(resourceType) + ".",
		}
	}
	if !strings.HasPrefix(id, "/") {
		return rbac.Scope{}, &Problem{Path: path, What: fmt.Sprintf("%q does not begin with a slash.", id), Fix: "give the full ID, " + scope.String() + "."}
	}
	if sub := scope.SubscriptionID(); sub != "" && !guidPattern.MatchString(sub) {
		return rbac.Scope{}, &Problem{
			Path: path, What: fmt.Sprintf("%q is not the ID of a subscription: it is not a GUID.", sub),
			Fix: "give the full ID, as Azure shows it: " + exampleID(resourceType) + ".",
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

// reasonIn is why a text is no scope, without the text, which stands before it.
func reasonIn(err error) string {
	if scope := (*rbac.ScopeError)(nil); errors.As(err, &scope) {
		return scope.Reason
	}
	return err.Error()
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
