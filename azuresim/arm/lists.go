package arm

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
)

// filter is a condition of $filter: it tells whether an item stays, given what stands behind "eq" or in the brackets.
type filter func(h *Handler, item map[string]any, value string) bool

// filters are those that a list knows, by the words of the condition in lower case: "atscope()", "rolename eq".
type filters map[string]filter

// condition is one of the parts of a $filter that "and" joins:
//
//	atScope()
//	assignedTo('00000000-0000-0000-0000-000000000000')
//	roleName eq 'Owner'
//
// A quote in a value is doubled. "or", "not", brackets and other operators are refused.
var condition = regexp.MustCompile(`^\s*(?:(\w+)\(\s*(?:'((?:[^']|'')*)')?\s*\)|([\w./]+)\s+(eq)\s+'((?:[^']|'')*)')\s*(?:and\s+|$)`)

// filtersOf are the filters of a list, from the documentation of the REST API of each (learn.microsoft.com, read 2026-11).
func filtersOf(kind string, t target) filters {
	switch kind {
	case azuresim.RoleAssignmentType:
		return assignmentFilters(t.holder())
	case azuresim.RoleDefinitionType:
		return roleFilters
	default:
		return nil
	}
}

func assignmentFilters(scope string) filters {
	ofPrincipal := func(_ *Handler, item map[string]any, value string) bool {
		return strings.EqualFold(property(item, "principalId"), value)
	}
	return filters{
		// At the scope or above, not below.
		"atscope()": func(h *Handler, item map[string]any, _ string) bool {
			return h.cloud.Covers(property(item, "scope"), scope)
		},
		// assignedTo also finds what a principal holds through groups; the directory here has no members.
		"assignedto()":   ofPrincipal,
		"principalid eq": ofPrincipal,
	}
}

var roleFilters = filters{
	"rolename eq": func(_ *Handler, item map[string]any, value string) bool {
		return strings.EqualFold(property(item, "roleName"), value)
	},
	"type eq": func(_ *Handler, item map[string]any, value string) bool {
		return strings.EqualFold(property(item, "type"), value)
	},
	"atscopeandbelow()": func(*Handler, map[string]any, string) bool { return true },
}

// resourceFilters are those of the list of all resources.
var resourceFilters = filters{
	"resourcetype eq": func(_ *Handler, item map[string]any, value string) bool {
		return strings.EqualFold(word(item, "type"), value)
	},
	"name eq": func(_ *Handler, item map[string]any, value string) bool {
		return strings.EqualFold(word(item, "name"), value)
	},
	"location eq": func(_ *Handler, item map[string]any, value string) bool {
		return strings.EqualFold(word(item, "location"), value)
	},
	"resourcegroup eq": func(_ *Handler, item map[string]any, value string) bool {
		segments := strings.Split(word(item, "id"), "/")
		return len(segments) > 4 && strings.EqualFold(segments[4], value)
	},
	"tagname eq": func(_ *Handler, item map[string]any, value string) bool {
		_, tagged := tags(item)[value]
		return tagged
	},
	"tagvalue eq": func(_ *Handler, item map[string]any, value string) bool {
		for _, given := range tags(item) {
			if given == value {
				return true
			}
		}
		return false
	},
}

var groupFilters = filters{"tagname eq": resourceFilters["tagname eq"], "tagvalue eq": resourceFilters["tagvalue eq"]}

func word(item map[string]any, name string) string {
	s, _ := item[name].(string)
	return s
}

func property(item map[string]any, name string) string {
	properties, _ := item["properties"].(map[string]any)
	return word(properties, name)
}

func tags(item map[string]any) map[string]any {
	out, _ := item["tags"].(map[string]any)
	return out
}

// keep tells what a $filter wants, or what is wrong with it.
func (h *Handler) keep(expression string, known filters) (func(item map[string]any) bool, error) {
	var all []func(map[string]any) bool
	for rest := expression; strings.TrimSpace(rest) != ""; {
		m := condition.FindStringSubmatch(rest)
		if m == nil {
			return nil, fmt.Errorf("it is none that the simulator understands: %q", rest)
		}
		name, value := strings.ToLower(m[3])+" eq", m[5]
		if m[1] != "" {
			name, value = strings.ToLower(m[1])+"()", m[2]
		}
		fits, there := known[name]
		if !there {
			return nil, fmt.Errorf("this list does not know the condition %q", strings.TrimSuffix(m[0], "and "))
		}
		value = strings.ReplaceAll(value, "''", "'")
		all = append(all, func(item map[string]any) bool { return fits(h, item, value) })
		rest = rest[len(m[0]):]
	}
	return func(item map[string]any) bool {
		return !slices.ContainsFunc(all, func(fits func(map[string]any) bool) bool { return !fits(item) })
	}, nil
}

// list answers with the items that $filter keeps, page by page.
func (h *Handler) list(r *http.Request, items []map[string]any, known filters) answer {
	wanted, err := h.keep(r.URL.Query().Get("$filter"), known)
	if err != nil {
		return refused(http.StatusBadRequest, codeInvalidFilter, "The filter '%s' is invalid: %v.",
			r.URL.Query().Get("$filter"), err)
	}
	kept := slices.DeleteFunc(items, func(item map[string]any) bool { return !wanted(item) })
	return h.page(r, kept)
}

// page cuts a list. The token in nextLink is the number of items before the page.
func (h *Handler) page(r *http.Request, items []map[string]any) answer {
	query := r.URL.Query()
	size, start := h.pageSize, 0
	if top := query.Get("$top"); top != "" {
		n, err := strconv.Atoi(top)
		if err != nil || n < 1 {
			return refused(http.StatusBadRequest, "InvalidTopInQueryString", "The $top '%s' is not a positive number.", top)
		}
		size = min(size, n)
	}
	if token := query.Get("$skiptoken"); token != "" {
		n, err := strconv.Atoi(token)
		if err != nil || n < 0 {
			return refused(http.StatusBadRequest, "InvalidSkipToken", "The $skiptoken '%s' is not one of this list.", token)
		}
		start = min(n, len(items))
	}
	end := min(start+size, len(items))
	body := map[string]any{"value": items[start:end]}
	if end < len(items) {
		query.Set("$skiptoken", strconv.Itoa(end))
		next := url.URL{Path: r.URL.Path, RawQuery: query.Encode()}
		body["nextLink"] = origin(r) + next.String()
	}
	return ok(body)
}
