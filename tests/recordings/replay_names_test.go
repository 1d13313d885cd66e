package recordings

import (
	"fmt"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"
)

// The recordings have placeholders for what Azure or the CLI made up. The CLI read each of them in an answer before it sent
// it, so the replay does too: what no answer has told cannot be sent.

var placeholders = regexp.MustCompile(`\{[A-Za-z]+[A-Za-z0-9:]*\}`)

// newNamePrefix begins the names of role assignments that the CLI makes up; the number of the placeholder follows.
const newNamePrefix = "5ab00000-0000-4000-8000-"

// value of a placeholder.
func (p *replay) value(name string) (string, bool) {
	if number, isNew := strings.CutPrefix(name, "{newGuid"); isNew {
		return fmt.Sprintf("%s%012s", newNamePrefix, strings.TrimSuffix(number, "}")), true
	}
	value, known := p.known[name]
	return value, known
}

// unknown are the placeholders in a request that no answer has told.
func (p *replay) unknown(q request) []string {
	missing := map[string]bool{}
	note := func(text string) {
		for _, name := range placeholders.FindAllString(text, -1) {
			if _, known := p.value(name); !known {
				missing[name] = true
			}
		}
	}
	note(q.Path)
	for _, value := range q.Query {
		note(value)
	}
	_, inBody := p.fill(q.Body)
	for _, name := range inBody {
		missing[name] = true
	}
	return slices.Sorted(maps.Keys(missing))
}

// filled is the request with the values.
func (p *replay) filled(q request) request {
	q.Path, _ = p.fillText(q.Path)
	query := map[string]string{}
	for name, value := range q.Query {
		query[name], _ = p.fillText(value)
	}
	q.Query = query
	if q.Body != nil {
		body, _ := p.fill(q.Body)
		q.Body = body.(map[string]any)
	}
	return q
}

func (p *replay) fillText(text string) (string, []string) {
	var missing []string
	return placeholders.ReplaceAllStringFunc(text, func(name string) string {
		value, known := p.value(name)
		if !known {
			missing = append(missing, name)
			return name
		}
		return value
	}), missing
}

// fill puts the values into a JSON value, and lists what is not known.
func (p *replay) fill(v any) (any, []string) {
	switch v := v.(type) {
	case map[string]any:
		out, missing := make(map[string]any, len(v)), []string(nil)
		for key, inner := range v {
			filledKey, inKey := p.fillText(key)
			value, inValue := p.fill(inner)
			out[filledKey], missing = value, slices.Concat(missing, inKey, inValue)
		}
		return out, missing
	case []any:
		out, missing := make([]any, len(v)), []string(nil)
		for i, inner := range v {
			value, inValue := p.fill(inner)
			out[i], missing = value, append(missing, inValue...)
		}
		return out, missing
	case string:
		return p.fillText(v)
	default:
		return v, nil
	}
}

// learnFromCommand: who runs a command with an ID in it has read that ID before. A person with a service principal knows it.
func (p *replay) learnFromCommand() {
	p.known["{servicePrincipalAppId}"], p.known["{clientSecret}"] = p.w.application(), "secret"
	for principal, calledBy := range p.w.principals() {
		name := "{principalId:" + calledBy + "}"
		if strings.Contains(p.recording.Command, name) {
			p.known[name] = principal
		}
	}
}

// learn what the CLI reads in an answer.
func (p *replay) learn(sent request, body map[string]any) {
	switch {
	case codeOf(body) != "" || sent.Method == http.MethodDelete:
	case isCluster(sent.Path):
		p.read = body
		p.learnCluster(body)
	case strings.HasSuffix(strings.ToLower(sent.Path), "/mycontrolplane"):
		p.learnIdentity("controlPlane", inside(body, "properties"), "principalId")
	case strings.HasSuffix(strings.ToLower(sent.Path), "/mykubelet"):
		p.learnIdentity("kubelet", inside(body, "properties"), "principalId")
	case strings.HasSuffix(sent.Path, "/servicePrincipals"):
		for _, one := range items(body) {
			p.learnIdentity(p.calledBy(one), one, "id")
		}
	case strings.HasSuffix(sent.Path, "/roleDefinitions"):
		p.roles, _ = body["value"].([]any)
	case strings.HasSuffix(sent.Path, "/roleAssignments"):
		p.learnAssignment(body)
	}
}

func (p *replay) learnCluster(body map[string]any) {
	identity := inside(body, "identity")
	p.learnIdentity("controlPlane", identity, "principalId")
	for _, given := range inside(identity, "userAssignedIdentities") {
		one, _ := given.(map[string]any)
		p.learnIdentity("controlPlane", one, "principalId")
	}
	p.learnIdentity("kubelet", inside(body, "properties", "identityProfile", "kubeletidentity"), "objectId")
	for name, addon := range inside(body, "properties", "addonProfiles") {
		profile, _ := addon.(map[string]any)
		p.learnIdentity("addon:"+name, inside(profile, "identity"), "objectId")
	}
}

// learnIdentity: an identity may have been replaced by another one; the latest counts.
func (p *replay) learnIdentity(calledBy string, from map[string]any, principal string) {
	if id, _ := from[principal].(string); id != "" {
		p.known["{principalId:"+calledBy+"}"] = id
	}
	if id, _ := from["clientId"].(string); id != "" {
		p.known["{clientId:"+calledBy+"}"] = id
	}
}

// calledBy tells whom the CLI looked up: the service principal of the person, or the identity of the control plane.
func (p *replay) calledBy(found map[string]any) string {
	if found["appId"] == p.known["{servicePrincipalAppId}"] {
		return "servicePrincipal"
	}
	return "controlPlane"
}

// learnAssignment: the CLI removes the one whose principal it looks for.
func (p *replay) learnAssignment(body map[string]any) {
	for _, one := range items(body) {
		if principal := p.known["{principalId:kubelet}"]; principal != "" && inside(one, "properties")["principalId"] == principal {
			p.known["{existingRoleAssignment}"], _ = one["name"].(string)
		}
	}
}

// inside follows keys through objects; nil when there is no object.
func inside(body map[string]any, path ...string) map[string]any {
	for _, key := range path {
		body, _ = body[key].(map[string]any)
	}
	return body
}

func items(body map[string]any) []map[string]any {
	list, _ := body["value"].([]any)
	var out []map[string]any
	for _, one := range list {
		item, _ := one.(map[string]any)
		out = append(out, item)
	}
	return out
}
