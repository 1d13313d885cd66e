package arm

import (
	"net/http"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

// effective are the namespaces whose resources change other ones: a deployment makes what its template says, a tag resource tags.
// To keep them as given would be a success in which nothing happened.
var effective = []string{"Microsoft.Resources", "Microsoft.Features", "Microsoft.Management"}

// dated is how ARM writes API versions: a day, and for previews of which kind (ARM's contract for resource providers, from general
// knowledge, 2026-11).
var dated = regexp.MustCompile(`^\d{4}-\d{2}-\d{2}(-(preview|privatepreview|alpha|beta|rc))?$`)

// checkGiven refuses a request about a type that the Cloud keeps as given. Its versions are not known, so every well-formed one is
// taken.
func checkGiven(r *http.Request, resourceType string) *answer {
	asked := r.URL.Query().Get("api-version")
	if asked == "" {
		return missingVersion()
	}
	namespace, _, _ := strings.Cut(resourceType, "/")
	if slices.ContainsFunc(effective, func(one string) bool { return strings.EqualFold(one, namespace) }) {
		a := notServed(r)
		return &a
	}
	if !isDated(asked) {
		a := refused(http.StatusBadRequest, codeInvalidAPIVersion, "The api-version '%s' is invalid. A version is a day, as in "+
			"'2024-05-01' or '2024-05-01-preview'.", asked)
		return &a
	}
	return nil
}

func isDated(version string) bool {
	if !dated.MatchString(version) {
		return false
	}
	_, err := time.Parse(time.DateOnly, version[:len(time.DateOnly)])
	return err == nil
}

// namedInRoles are the namespaces that Azure's built-in roles name, in lower case: providers that exist.
var namedInRoles = sync.OnceValue(func() map[string]bool {
	out := map[string]bool{}
	for _, role := range rbac.AllBuiltinRoles() {
		for _, action := range role.Permissions.Actions {
			namespace, _, _ := strings.Cut(strings.ToLower(action), "/")
			out[namespace] = true
		}
	}
	return out
})

// anyVersion is the version that a provider tells for its types that are kept as given, since some clients ask which there are.
const anyVersion = "2024-01-01"

// givenIn lists the types of a namespace that the Cloud keeps as given, without it.
func (h *Handler) givenIn(namespace string) []string {
	var out []string
	for _, name := range h.cloud.GivenTypes() {
		if prefix, kind, _ := strings.Cut(name, "/"); strings.EqualFold(prefix, namespace) {
			out = append(out, kind)
		}
	}
	return out
}

// isProvider tells whether a namespace is one of Azure's, or one that the Cloud has something of.
func (h *Handler) isProvider(namespace string) bool {
	return len(typesOf(namespace)) > 0 || namedInRoles()[strings.ToLower(namespace)] || len(h.givenIn(namespace)) > 0
}

// spelledNamespace is a namespace in Azure's spelling, as given when it is not known.
func spelledNamespace(namespace string) string {
	for _, known := range azuresim.KnownTypes() {
		if prefix, _, _ := strings.Cut(known, "/"); strings.EqualFold(prefix, namespace) {
			return prefix
		}
	}
	return namespace
}
