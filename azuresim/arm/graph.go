package arm

import (
	"net/http"
	"regexp"
	"slices"
	"strings"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
)

// graph answers the look-ups in the directory:
//
//	GET  /v1.0/servicePrincipals[?$filter=...], /v1.0/users, /v1.0/groups
//	GET  /v1.0/servicePrincipals/ID, /v1.0/users/ID, /v1.0/groups/ID, /v1.0/directoryObjects/ID
//	GET  /v1.0/me                                   refused: an application is nobody's "me"
//	POST /v1.0/directoryObjects/getByIds
//
// A principal is found at once, however long role assignments wait for it (azuresim.WithReplicationDelay).
func (h *Handler) graph(r *http.Request) answer {
	if a := h.checkToken(r, graphAudience); a != nil {
		return *a
	}
	segments := strings.Split(strings.Trim(r.URL.Path, "/"), "/")[1:]
	switch {
	case len(segments) == 1 && segments[0] == "me":
		return refused(http.StatusBadRequest, "Request_BadRequest", "/me request is only valid with delegated authentication flow.")
	case len(segments) == 2 && segments[0] == "directoryObjects" && segments[1] == "getByIds" && r.Method == http.MethodPost:
		return h.byIDs(r)
	case r.Method != http.MethodGet || len(segments) == 0 || graphKinds[segments[0]] == nil:
		return notServed(r)
	case len(segments) == 1 && segments[0] != "directoryObjects":
		return h.found(r, segments[0])
	case len(segments) == 2:
		return h.directoryObject(r, segments[0], segments[1])
	default:
		return notServed(r)
	}
}

// graphKinds are the types of principals in each collection.
var graphKinds = map[string][]string{
	"servicePrincipals": {azuresim.ServicePrincipal},
	"users":             {azuresim.User},
	"groups":            {azuresim.Group},
	"directoryObjects":  {azuresim.ServicePrincipal, azuresim.User, azuresim.Group},
}

func (h *Handler) principals(kinds []string) []azuresim.Principal {
	return slices.DeleteFunc(h.cloud.Principals(), func(p azuresim.Principal) bool {
		return p.Deleted || !slices.Contains(kinds, p.Type)
	})
}

func (h *Handler) directoryObject(r *http.Request, collection, id string) answer {
	for _, p := range h.principals(graphKinds[collection]) {
		if strings.EqualFold(p.ID, id) {
			return ok(principalBody(p))
		}
	}
	return refused(http.StatusNotFound, "Request_ResourceNotFound", "Resource '%s' does not exist or one of its queried "+
		"reference-property objects are not present.", id)
}

// byIDs leaves out what it does not find, as Graph does.
func (h *Handler) byIDs(r *http.Request) answer {
	body, bad := read(r)
	if bad != nil {
		return *bad
	}
	ids, _ := body["ids"].([]any)
	found := []map[string]any{}
	for _, p := range h.principals(graphKinds["directoryObjects"]) {
		if slices.ContainsFunc(ids, func(id any) bool { s, _ := id.(string); return strings.EqualFold(s, p.ID) }) {
			found = append(found, principalBody(p))
		}
	}
	return ok(map[string]any{"value": found})
}

// graphCondition is one condition of Graph's $filter; several are joined by "or":
//
//	servicePrincipalNames/any(c:c eq 'ID')    appId eq 'ID'    userPrincipalName eq 'NAME'    startswith(displayName,'NAME')
var graphCondition = regexp.MustCompile(
	`^(?:servicePrincipalNames/any\(c: ?c eq '([^']*)'\)|(\w+) eq '([^']*)'|startswith\((\w+), ?'([^']*)'\))$`)

// graphProperties are what principals can be found by, in lower case.
var graphProperties = map[string]func(azuresim.Principal) string{
	"appid":             func(p azuresim.Principal) string { return p.ClientID },
	"id":                func(p azuresim.Principal) string { return p.ID },
	"displayname":       func(p azuresim.Principal) string { return p.Name },
	"userprincipalname": func(p azuresim.Principal) string { return p.Name },
	"mail":              func(p azuresim.Principal) string { return p.Name },
}

// found lists a collection, with or without a $filter.
func (h *Handler) found(r *http.Request, collection string) answer {
	out := []map[string]any{}
	wanted, known := graphFilter(r.URL.Query().Get("$filter"))
	if !known {
		return refused(http.StatusBadRequest, "Request_UnsupportedQuery", "The simulator does not know the filter '%s'.",
			r.URL.Query().Get("$filter"))
	}
	for _, p := range h.principals(graphKinds[collection]) {
		if wanted(p) {
			out = append(out, principalBody(p))
		}
	}
	return ok(map[string]any{"value": out})
}

func graphFilter(expression string) (func(azuresim.Principal) bool, bool) {
	if expression == "" {
		return func(azuresim.Principal) bool { return true }, true
	}
	var one []func(azuresim.Principal) bool
	for part := range strings.SplitSeq(expression, " or ") {
		m := graphCondition.FindStringSubmatch(strings.TrimSpace(part))
		if m == nil {
			return nil, false
		}
		property := graphProperties[strings.ToLower(m[2]+m[4])]
		switch {
		case m[1] != "":
			one = append(one, func(p azuresim.Principal) bool { return strings.EqualFold(p.ClientID, m[1]) })
		case property == nil:
			return nil, false
		case m[4] != "":
			one = append(one, func(p azuresim.Principal) bool {
				return strings.HasPrefix(strings.ToLower(property(p)), strings.ToLower(m[5]))
			})
		default:
			one = append(one, func(p azuresim.Principal) bool { return strings.EqualFold(property(p), m[3]) })
		}
	}
	return func(p azuresim.Principal) bool {
		return slices.ContainsFunc(one, func(fits func(azuresim.Principal) bool) bool { return fits(p) })
	}, true
}

func principalBody(p azuresim.Principal) map[string]any {
	body := map[string]any{"id": p.ID, "displayName": p.Name}
	switch p.Type {
	case azuresim.ServicePrincipal:
		body["@odata.type"], body["appId"] = "#microsoft.graph.servicePrincipal", p.ClientID
		body["servicePrincipalNames"] = []string{p.ClientID}
		body["servicePrincipalType"] = "Application"
		if p.Owner != "" {
			body["servicePrincipalType"] = "ManagedIdentity"
		}
	case azuresim.Group:
		body["@odata.type"] = "#microsoft.graph.group"
	default:
		body["@odata.type"], body["userPrincipalName"] = "#microsoft.graph.user", p.Name
	}
	return body
}
