package azuresim

import (
	"maps"
	"slices"
	"strings"
)

// How many days a workspace may keep (the documentation of retention, read 2026-11-25). The refusal code is not verified.
const (
	leastRetention = 30
	mostRetention  = 730
	freeRetention  = 7
)

func checkWorkspace(_ *Cloud, q *request) *Error {
	sku := text(q.body, "properties", "sku", "name")
	days, given := number(q.body, "properties", "retentionInDays")
	if !given || days >= leastRetention && days <= mostRetention || days == freeRetention && strings.EqualFold(sku, "Free") {
		return nil
	}
	return badRequest(CodeInvalidParameter, "retentionInDays", "A workspace keeps data for %d to %d days, got %v.",
		leastRetention, mostRetention, days)
}

func fillWorkspace(_ *Cloud, r *resource) {
	p := r.properties()
	put(p, derive("workspace", r.ID), "customerId")
	setDefault(p, "PerGB2018", "sku", "name")
	setDefault(p, float64(leastRetention), "retentionInDays")
	setDefault(p, true, "features", "enableLogAccessUsingOnlyResourcePermissions")
	setDefault(p, float64(-1), "workspaceCapping", "dailyQuotaGb")
	for _, access := range []string{"publicNetworkAccessForIngestion", "publicNetworkAccessForQuery"} {
		setDefault(p, "Enabled", access)
	}
}

// ruleChecks are the rules of a data collection rule: what flows where. The code InvalidPayload was seen in user reports for
// an unknown stream (hashicorp/terraform-provider-azurerm#18481); that the other mistakes have it too is not verified.
var ruleChecks = []func(*Cloud, *request) *Error{
	checkEndpoint, checkRuleNames, checkExtensions, checkFlows,
}

func checkRule(c *Cloud, q *request) *Error {
	for _, check := range ruleChecks {
		if err := check(c, q); err != nil {
			return err
		}
	}
	return nil
}

func invalidRule(target, format string, args ...any) *Error {
	err := badRequest(CodeInvalidPayload, target, format, args...)
	err.Message = "Data collection rule is invalid: " + err.Message
	return err
}

// checkEndpoint refuses what the simulator does not have.
func checkEndpoint(_ *Cloud, q *request) *Error {
	if id := text(q.body, "properties", "dataCollectionEndpointId"); id != "" {
		return refuse(404, CodeInvalidResourceType, "dataCollectionEndpointId",
			"Data collection endpoints are not known to the simulator: '%s'.", id)
	}
	return nil
}

// checkRuleNames: the names of destinations are unique in a rule, so are those of data sources.
func checkRuleNames(_ *Cloud, q *request) *Error {
	for _, part := range []string{"destinations", "dataSources"} {
		seen := map[string]bool{}
		for _, name := range partNames(object(q.body, "properties", part)) {
			if name == "" || seen[strings.ToLower(name)] {
				return invalidRule(part, "the name '%s' in %s is empty or used twice.", name, part)
			}
			seen[strings.ToLower(name)] = true
		}
	}
	return nil
}

// partNames lists the names of the destinations or data sources of a rule, which are kept by kind, in a list or alone.
func partNames(kinds map[string]any) []string {
	var out []string
	for _, kind := range slices.Sorted(maps.Keys(kinds)) {
		if one := object(kinds, kind); one != nil {
			out = append(out, text(one, "name"))
		}
		for _, each := range objects(kinds, kind) {
			out = append(out, text(each, "name"))
		}
	}
	return out
}

func checkExtensions(_ *Cloud, q *request) *Error {
	for _, extension := range objects(q.body, "properties", "dataSources", "extensions") {
		if text(extension, "extensionName") == "" {
			return invalidRule("dataSources", "the extension '%s' has no extensionName.", text(extension, "name"))
		}
	}
	return nil
}

func checkFlows(_ *Cloud, q *request) *Error {
	destinations := partNames(object(q.body, "properties", "destinations"))
	for _, flow := range objects(q.body, "properties", "dataFlows") {
		streams, ends := texts(flow, "streams"), texts(flow, "destinations")
		if len(streams) == 0 || len(ends) == 0 {
			return invalidRule("dataFlows", "a data flow needs streams and destinations.")
		}
		for _, stream := range streams {
			if !strings.HasPrefix(stream, "Microsoft-") && !strings.HasPrefix(stream, "Custom-") {
				return invalidRule("dataFlows", "InvalidStream: '%s' is neither a custom stream nor one of Microsoft's.", stream)
			}
		}
		for _, end := range ends {
			if !slices.Contains(destinations, end) {
				return invalidRule("dataFlows", "the destination '%s' is not declared.", end)
			}
		}
	}
	return nil
}

// fillRule sets the outputs of a rule: its immutable id, and the workspaces' own ids.
func (c *Cloud) fillRule(r *resource) {
	p := r.properties()
	put(p, "dcr-"+undashed(derive("rule", r.ID)), "immutableId")
	for _, destination := range objects(p, "destinations", "logAnalytics") {
		if workspace := c.lookup(text(destination, "workspaceResourceId")); workspace != nil {
			destination["workspaceId"] = text(workspace.Body, "properties", "customerId")
		}
	}
}

// checkAssociation: an association has a rule or an endpoint. The code is not verified.
func checkAssociation(c *Cloud, q *request) *Error {
	if err := checkEndpoint(c, q); err != nil {
		return err
	}
	if text(q.body, "properties", "dataCollectionRuleId") == "" {
		return badRequest(CodeInvalidPayload, "dataCollectionRuleId", "An association names a data collection rule.")
	}
	return nil
}

// ruleUnbound and clusterUnbound refuse to delete a rule or a cluster alone while an association binds them. For rules users
// report it (hashicorp/terraform-provider-azurerm#24785, #28198), for both a comment in azure-cli says it (acs,
// addonconfiguration.py, read 2026-11-25); the code is not verified. An association that goes with the same tree does not count.
func (c *Cloud) ruleUnbound(q *request) *Error {
	return c.unbound(q.old, func(association *resource) string {
		return text(association.Body, "properties", "dataCollectionRuleId")
	})
}

func (c *Cloud) clusterUnbound(q *request) *Error { return c.unbound(q.old, associatedWith) }

// unbound refuses while an association's end is r.
func (c *Cloud) unbound(r *resource, end func(association *resource) string) *Error {
	for _, k := range slices.Sorted(maps.Keys(c.resources)) {
		association := c.resources[k]
		if association.Type == RuleAssociationType && sameID(end(association), r.ID) {
			return refuse(409, CodeAssociationInUse, "", "Resource %s cannot be deleted while the association %s exists.",
				r.ID, association.ID)
		}
	}
	return nil
}

// associatedWith is the id of the resource that an association stands on.
func associatedWith(association *resource) string {
	return association.ID[:len(association.ID)-len("/providers/"+RuleAssociationType+"/"+association.Name)]
}
