package arm

import (
	"net/http"
	"slices"
	"strings"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
)

// resourceManager answers below /subscriptions, /providers and /tenants.
func (h *Handler) resourceManager(r *http.Request) answer {
	if a := h.checkToken(r, managementAudience); a != nil {
		return *a
	}
	h.endOverdue()
	segments := strings.Split(strings.Trim(r.URL.Path, "/"), "/")
	if serve := subscriptionDoor(segments); serve != nil {
		return serve(h, r, segments)
	}
	if isGroup(segments) {
		return h.resource(r, target{id: "/" + strings.Join(segments, "/"), namespace: "Microsoft.Resources",
			types: []string{"resourceGroups"}})
	}
	t, ok := parseTarget(r.URL.Path)
	switch {
	case !ok:
		return notServed(r)
	case strings.EqualFold(t.first(), "locations"):
		return h.location(r, t)
	case t.last == "":
		return h.resource(r, t)
	case r.Method == http.MethodPost:
		return h.action(r, t)
	default:
		return h.collection(r, t)
	}
}

func isGroup(segments []string) bool {
	return len(segments) == 4 && strings.EqualFold(segments[0], "subscriptions") &&
		strings.EqualFold(segments[2], "resourceGroups")
}

// first is the first word after the namespace.
func (t target) first() string {
	if len(t.types) > 0 {
		return t.types[0]
	}
	return t.last
}

// location answers what providers serve for a region: the operations.
func (h *Handler) location(r *http.Request, t target) answer {
	if len(t.types) != 2 || t.last != "" || r.Method != http.MethodGet {
		return notServed(r)
	}
	return h.operationDoor(r, t.types[1], t.id[strings.LastIndex(t.id, "/")+1:])
}

func (h *Handler) operationDoor(r *http.Request, kind, name string) answer {
	switch strings.ToLower(kind) {
	case "operations":
		return h.operationStatus(name)
	case "operationresults":
		return h.operationResult(r, name)
	default:
		return notServed(r)
	}
}

// check refuses a request whose version its type does not have, or whose type is not served.
func check(r *http.Request, resourceType string) *answer {
	if versions[resourceType] == nil {
		return checkGiven(r, resourceType)
	}
	return checkVersion(r, resourceType)
}

// resource answers for one resource.
func (h *Handler) resource(r *http.Request, t target) answer {
	kind := t.typeName()
	if a := check(r, kind); a != nil {
		return *a
	}
	switch r.Method {
	case http.MethodGet:
		h.askAbout(t.id)
		return h.respond(h.cloud.Get(r.Context(), t.id))
	case http.MethodHead:
		return h.exists(r, t)
	case http.MethodPut, http.MethodPatch, http.MethodDelete:
		return h.change(r, t, azuresim.Method(r.Method), kind)
	default:
		return refused(http.StatusMethodNotAllowed, codeMethodNotAllowed, "%s is not allowed on a resource.", r.Method)
	}
}

func (h *Handler) respond(response azuresim.Response, err error) answer {
	if err != nil {
		return failed(err)
	}
	return answer{status: response.Status, body: response.Body}
}

// exists answers a HEAD: 204 or 404.
func (h *Handler) exists(r *http.Request, t target) answer {
	if _, err := h.cloud.Get(r.Context(), t.id); err != nil {
		return failed(err)
	}
	return answer{status: http.StatusNoContent}
}

func (h *Handler) change(r *http.Request, t target, method azuresim.Method, kind string) answer {
	body, bad := read(r)
	if bad != nil {
		return *bad
	}
	if body == nil && method != azuresim.MethodDelete {
		return refused(http.StatusBadRequest, codeInvalidContent, "The request content is empty; a %s needs a body.", method)
	}
	if isLong(method, kind) {
		started, err := h.cloud.Start(r.Context(), method, t.id, body)
		switch {
		case err != nil:
			return failed(err)
		case started.Response.Status == http.StatusNoContent:
			return answer{status: http.StatusNoContent}
		}
		return h.begin(r, t, method, started)
	}
	switch method {
	case azuresim.MethodPut:
		return h.respond(h.cloud.Put(r.Context(), t.id, body))
	case azuresim.MethodPatch:
		return h.respond(h.cloud.Patch(r.Context(), t.id, body))
	default:
		return h.removed(h.cloud.Delete(r.Context(), t.id))
	}
}

// removed: a deleted role assignment or definition is the answer, everything else has no body.
func (h *Handler) removed(response azuresim.Response, err error) answer {
	a := h.respond(response, err)
	if err == nil && len(response.Body) == 0 {
		a.body = nil
	}
	return a
}

// noBody are the POSTs that the Cloud knows; they have no body in Azure either.
func (h *Handler) action(r *http.Request, t target) answer {
	if len(t.types) == 0 {
		return notServed(r)
	}
	if a := check(r, t.typeName()); a != nil {
		return *a
	}
	body, bad := read(r)
	if bad != nil {
		return *bad
	}
	if format := r.URL.Query().Get("format"); format != "" { // of credentials, which Azure takes in the query
		body = map[string]any{"format": format}
	}
	return h.respond(h.cloud.Post(r.Context(), t.id, t.last, body))
}

// collection answers a GET of a list.
func (h *Handler) collection(r *http.Request, t target) answer {
	if r.Method != http.MethodGet {
		return refused(http.StatusMethodNotAllowed, codeMethodNotAllowed, "%s is not allowed on a collection.", r.Method)
	}
	kind := t.listed()
	if strings.EqualFold(kind, permissionsType) {
		return h.permissions(r, t)
	}
	if a := check(r, kind); a != nil {
		return *a
	}
	items, err := h.items(r, kind, t)
	if err != nil {
		return failed(err)
	}
	return h.list(r, items, filtersOf(kind, t))
}

func (h *Handler) items(r *http.Request, kind string, t target) ([]map[string]any, error) {
	switch kind {
	case azuresim.RoleAssignmentType:
		return h.cloud.AssignmentsAround(r.Context(), t.holder())
	case azuresim.RoleDefinitionType:
		return h.cloud.Roles(r.Context(), t.holder())
	}
	all, err := h.cloud.List(r.Context(), t.holder(), kind)
	if len(t.types) == 0 {
		return all, err
	}
	// Children of one resource, and not those of a namesake deeper down.
	return slices.DeleteFunc(all, func(item map[string]any) bool {
		id, _ := item["id"].(string)
		return strings.Count(id, "/") != strings.Count(t.id, "/")+2
	}), err
}

const permissionsType = "Microsoft.Authorization/permissions"

func (h *Handler) permissions(r *http.Request, t target) answer {
	if a := checkVersion(r, "permissions"); a != nil {
		return *a
	}
	items, err := h.cloud.Permissions(r.Context(), t.holder())
	if err != nil {
		return failed(err)
	}
	return h.list(r, items, nil)
}
