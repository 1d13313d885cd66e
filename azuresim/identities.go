package azuresim

import "strings"

// putIdentity makes a user-assigned identity with a principal in the directory. A re-created identity of the same name
// gets a new principal.
func (c *Cloud) putIdentity(q *request) (*change, *Error) {
	if err := c.checkTracked(q); err != nil {
		return nil, err
	}
	r := c.draft(q, map[string]any{"location": region(text(q.body, "location"))})
	if tags := object(q.body, "tags"); tags != nil {
		r.Body["tags"] = tags
	}
	principal := identityOf(r.ID, r.Generation)
	r.Body["properties"] = map[string]any{
		"principalId": principal.ID, "clientId": principal.ClientID, "tenantId": DefaultTenantID,
	}
	plan := c.stored(q, r)
	plan.apply = func() {
		c.store(r)
		if q.old == nil {
			c.addPrincipal(principal)
		}
	}
	return plan, nil
}

// maxCredentials is the limit of federated credentials on one identity (Microsoft, important considerations and restrictions for
// federated identity credentials, read 2026-11-26; the code of the refusal is not documented).
const maxCredentials = 20

// putCredential checks a federated credential: the issuer and subject are unique on the identity, there is exactly one
// audience, and there are at most 20.
func (c *Cloud) putCredential(q *request) (*change, *Error) {
	if err := c.checkTracked(q); err != nil {
		return nil, err
	}
	props := object(q.body, "properties")
	issuer, subject := text(props, "issuer"), text(props, "subject")
	for name, value := range map[string]string{"issuer": issuer, "subject": subject} {
		if value == "" {
			return nil, badRequest(CodeBadRequest, name, "The %s of a federated identity credential is required.", name)
		}
	}
	if len(list(props, "audiences")) != 1 {
		return nil, badRequest(CodeBadRequest, "audiences", "A federated identity credential has exactly one audience.")
	}
	identity, _ := q.id.parent()
	siblings := c.childrenOf(identity, FederatedCredentialType)
	for _, s := range siblings {
		if s != q.old && text(s.Body, "properties", "issuer") == issuer && text(s.Body, "properties", "subject") == subject {
			return nil, refuse(409, CodeConflict, "", "Issuer and subject combination already exists for this Managed Identity.")
		}
	}
	if q.old == nil && len(siblings) >= maxCredentials {
		return nil, badRequest("FederatedIdentityCredentialLimitExceeded", "",
			"An identity has at most %d federated identity credentials.", maxCredentials)
	}
	r := c.draft(q, map[string]any{"properties": map[string]any{
		"issuer": issuer, "subject": subject, "audiences": list(props, "audiences")}})
	return c.stored(q, r), nil
}

// credentialCollision is how a second write of credentials of one identity is refused.
func credentialCollision(running Operation) *Error {
	return refuse(409, CodeConcurrentCredentialWrites, "", "Too many concurrent writes of federated identity "+
		"credentials of one managed identity: '%s' is in progress.", running.ID)
}

// assignable finds a user-assigned identity that the caller may attach. path names the property in errors.
func (c *Cloud) assignable(q *request, id, path string) (*resource, *Error) {
	parsed, err := parseID(id)
	if err != nil || !strings.EqualFold(parsed.typeName(), IdentityType) {
		return nil, badRequest(CodeInvalidManagedIdentityResourceID, path,
			"'%s' is not the resource id of a user-assigned identity.", id)
	}
	if err := c.linked(q, IdentityType+"/assign/action", id); err != nil {
		return nil, err
	}
	info, err := c.types.of(parsed)
	if err != nil {
		return nil, badRequest(CodeInvalidManagedIdentityResourceID, path, "'%s': %s", id, err.Message)
	}
	r := c.lookup(parsed.canonical(info))
	if r == nil {
		return nil, badRequest(CodeFailedIdentityOperation, path, "The identity '%s' was not found.", id)
	}
	return r, nil
}

func (c *Cloud) identityWithClient(clientID string) *resource {
	for _, r := range c.resources {
		if r.Type == IdentityType && strings.EqualFold(text(r.Body, "properties", "clientId"), clientID) {
			return r
		}
	}
	return nil
}
