package arm

import (
	"net/http"
	"slices"
	"strings"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
)

// subscriptionDoor finds what answers for the paths that name no resource:
//
//	/tenants  /subscriptions  /subscriptions/S  /subscriptions/S/WORD
//	/subscriptions/S/resourceGroups/G/resources
//	/subscriptions/S/providers/NAMESPACE[/register]
//	/subscriptions/S/operationresults/NAME
func subscriptionDoor(segments []string) func(*Handler, *http.Request, []string) answer {
	fixed := make([]string, len(segments))
	for i, segment := range segments {
		fixed[i] = strings.ToLower(segment)
		if i == 1 || i == 3 {
			fixed[i] = "*" // a name
		}
	}
	return subscriptionDoors[strings.Join(fixed, "/")]
}

var subscriptionDoors = map[string]func(*Handler, *http.Request, []string) answer{
	"tenants":                                    (*Handler).tenants,
	"subscriptions":                              (*Handler).subscriptions,
	"subscriptions/*":                            (*Handler).subscription,
	"subscriptions/*/locations":                  (*Handler).locations,
	"subscriptions/*/resourcegroups":             (*Handler).groups,
	"subscriptions/*/resources":                  (*Handler).resources,
	"subscriptions/*/resourcegroups/*/resources": (*Handler).resources,
	"subscriptions/*/providers":                  (*Handler).providers,
	"subscriptions/*/providers/*":                (*Handler).provider,
	"subscriptions/*/providers/*/register":       (*Handler).register,
	"subscriptions/*/operationresults/*": func(h *Handler, r *http.Request, segments []string) answer {
		return h.operationResult(r, segments[3])
	},
}

// onlyGet refuses other methods, and versions that are not known.
func onlyGet(r *http.Request, word string) *answer {
	if r.Method != http.MethodGet {
		a := refused(http.StatusMethodNotAllowed, codeMethodNotAllowed, "%s is not allowed here.", r.Method)
		return &a
	}
	return checkVersion(r, word)
}

func (h *Handler) tenants(r *http.Request, _ []string) answer {
	if a := onlyGet(r, "tenants"); a != nil {
		return *a
	}
	tenant := h.cloud.ClientConfig().TenantID
	return h.page(r, []map[string]any{{"id": "/tenants/" + tenant, "tenantId": tenant, "displayName": "Simulated",
		"tenantCategory": "Home", "countryCode": "NL", "defaultDomain": "simulated.onmicrosoft.com"}})
}

func (h *Handler) subscriptions(r *http.Request, _ []string) answer {
	if a := onlyGet(r, "subscriptions"); a != nil {
		return *a
	}
	var out []map[string]any
	for _, id := range h.cloud.Subscriptions() {
		out = append(out, h.subscriptionBody(id))
	}
	return h.page(r, out)
}

func (h *Handler) subscriptionBody(id string) map[string]any {
	return map[string]any{"id": "/subscriptions/" + id, "subscriptionId": id, "tenantId": h.cloud.ClientConfig().TenantID,
		"displayName": "Simulated " + id[max(0, len(id)-4):], "state": "Enabled", "authorizationSource": "RoleBased",
		"managedByTenants": []any{}, "subscriptionPolicies": map[string]any{"locationPlacementId": "Public_2014-09-01",
			"quotaId": "PayAsYouGo_2014-09-01", "spendingLimit": "Off"}}
}

func (h *Handler) subscription(r *http.Request, segments []string) answer {
	if a := onlyGet(r, "subscriptions"); a != nil {
		return *a
	}
	if a := h.knownSubscription(segments[1]); a != nil {
		return *a
	}
	return ok(h.subscriptionBody(segments[1]))
}

func (h *Handler) knownSubscription(id string) *answer {
	if slices.ContainsFunc(h.cloud.Subscriptions(), func(known string) bool { return strings.EqualFold(known, id) }) {
		return nil
	}
	a := refused(http.StatusNotFound, azuresim.CodeSubscriptionNotFound, "The subscription '%s' could not be found.", id)
	return &a
}

// regions are a few of Azure's; the simulator takes every name of a location.
var regions = []struct{ name, title, paired string }{
	{"westeurope", "West Europe", "northeurope"},
	{"northeurope", "North Europe", "westeurope"},
	{"swedencentral", "Sweden Central", "swedensouth"},
	{"germanywestcentral", "Germany West Central", "germanynorth"},
	{"eastus", "East US", "westus"},
	{"eastus2", "East US 2", "centralus"},
	{"westus2", "West US 2", "westcentralus"},
}

func (h *Handler) locations(r *http.Request, segments []string) answer {
	if a := onlyGet(r, "locations"); a != nil {
		return *a
	}
	if a := h.knownSubscription(segments[1]); a != nil {
		return *a
	}
	var out []map[string]any
	for _, region := range regions {
		out = append(out, map[string]any{"id": "/subscriptions/" + segments[1] + "/locations/" + region.name, "name": region.name,
			"displayName": region.title, "regionalDisplayName": region.title, "type": "Region",
			"metadata": map[string]any{"regionType": "Physical", "regionCategory": "Recommended",
				"pairedRegion": []any{map[string]any{"name": region.paired}}}})
	}
	return h.page(r, out)
}

func (h *Handler) groups(r *http.Request, segments []string) answer {
	if a := onlyGet(r, azuresim.ResourceGroupType); a != nil {
		return *a
	}
	items, err := h.cloud.List(r.Context(), "/subscriptions/"+segments[1], azuresim.ResourceGroupType)
	if err != nil {
		return failed(err)
	}
	return h.list(r, items, groupFilters)
}

// resources lists everything in a subscription or a group, without the properties, as ARM does.
func (h *Handler) resources(r *http.Request, segments []string) answer {
	if a := onlyGet(r, "resources"); a != nil {
		return *a
	}
	items, err := h.cloud.List(r.Context(), joined(segments[:len(segments)-1]), "")
	if err != nil {
		return failed(err)
	}
	for _, item := range items {
		delete(item, "properties")
	}
	return h.list(r, items, resourceFilters)
}

// namespaces lists the providers of what is modelled and of what is there, sorted.
func (h *Handler) namespaces() []string {
	var out []string
	for _, known := range slices.Concat(azuresim.KnownTypes(), h.cloud.GivenTypes()) {
		if namespace, _, _ := strings.Cut(known, "/"); !slices.Contains(out, namespace) {
			out = append(out, namespace)
		}
	}
	slices.Sort(out)
	return out
}

func (h *Handler) providers(r *http.Request, segments []string) answer {
	if a := onlyGet(r, "providers"); a != nil {
		return *a
	}
	var out []map[string]any
	for _, namespace := range h.namespaces() {
		out = append(out, h.providerBody(segments[1], namespace))
	}
	return h.page(r, out)
}

func (h *Handler) provider(r *http.Request, segments []string) answer {
	if a := onlyGet(r, "providers"); a != nil {
		return *a
	}
	return h.providerAnswer(segments)
}

// register answers that the provider is registered: here they all are, at any time.
func (h *Handler) register(r *http.Request, segments []string) answer {
	if a := checkVersion(r, "providers"); a != nil {
		return *a
	}
	if r.Method != http.MethodPost {
		return refused(http.StatusMethodNotAllowed, codeMethodNotAllowed, "%s is not allowed here.", r.Method)
	}
	return h.providerAnswer(segments)
}

func (h *Handler) providerAnswer(segments []string) answer {
	if namespace := segments[3]; !h.isProvider(namespace) {
		return refused(http.StatusNotFound, codeInvalidNamespace, "The resource namespace '%s' is invalid: no role of Azure names "+
			"it, and the simulator has nothing of it.", namespace)
	}
	return ok(h.providerBody(segments[1], spelledNamespace(segments[3])))
}

func (h *Handler) providerBody(subscription, namespace string) map[string]any {
	var titles []string
	for _, region := range regions {
		titles = append(titles, region.title)
	}
	kinds := []map[string]any{}
	for _, kind := range h.givenIn(namespace) {
		kinds = append(kinds, map[string]any{"resourceType": kind, "locations": titles, "apiVersions": []string{anyVersion}})
	}
	for _, kind := range typesOf(namespace) {
		kinds = append(kinds, map[string]any{"resourceType": kind, "locations": titles,
			"apiVersions": APIVersions(namespace + "/" + kind)})
	}
	return map[string]any{"id": "/subscriptions/" + subscription + "/providers/" + namespace, "namespace": namespace,
		"registrationState": "Registered", "registrationPolicy": "RegistrationRequired", "resourceTypes": kinds}
}
