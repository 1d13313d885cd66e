package azuresim

// TokenAudience is the audience of the tokens that pods exchange (Microsoft, AKS workload identity overview, read 2026-11-26).
const TokenAudience = "api://AzureADTokenExchange"

// ServiceAccountToken is what a cluster's issuer says of a Kubernetes service account. There is no signature in it.
type ServiceAccountToken struct{ Issuer, Subject, Audience string }

// ServiceAccountToken is the token that pods of a service account of the cluster get for Entra. A cluster without OIDC issuer gives none.
func (cl *Cluster) ServiceAccountToken(namespace, name string) (ServiceAccountToken, error) {
	cl.cloud.mu.Lock()
	defer cl.cloud.mu.Unlock()
	r := cl.cloud.lookup(cl.ID)
	if r == nil {
		return ServiceAccountToken{}, refuse(404, CodeResourceNotFound, "", "The managed cluster '%s' was not found.", cl.ID)
	}
	issuer := text(r.Body, "properties", "oidcIssuerProfile", "issuerURL")
	if issuer == "" {
		return ServiceAccountToken{}, badRequest(CodeBadRequest, "oidcIssuerProfile", "The OIDC issuer of '%s' is off, so nobody trusts its tokens.", cl.ID)
	}
	return ServiceAccountToken{issuer, "system:serviceaccount:" + namespace + ":" + name, TokenAudience}, nil
}

// Codes with which Entra refuses to exchange a token (Microsoft, Entra authentication and authorization error codes, and public reports,
// read 2026-11-26).
const (
	CodeUnknownApplication = "AADSTS700016"
	CodeNoMatchingIssuer   = "AADSTS700211"
	CodeNoMatchingAudience = "AADSTS700212"
	CodeNoMatchingSubject  = "AADSTS700213"
)

// ExchangeToken is Entra's answer to a pod that wants to act as the identity with the client ID: the object ID of the principal that it
// then is, for [Cloud.Can]. Entra compares issuer, subject and audience with the federated credentials of the identity, letter by letter.
func (c *Cloud) ExchangeToken(clientID string, token ServiceAccountToken) (principalID string, err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	identity := c.identityWithClient(clientID)
	if identity == nil {
		return "", refuse(400, CodeUnknownApplication, "", "Application with identifier '%s' was not found in the directory.", clientID)
	}
	// What matches best says what is wrong with the others.
	code, what, value := CodeNoMatchingIssuer, "issuer", token.Issuer
	for _, credential := range c.childrenOf(identity.ID, FederatedCredentialType) {
		props := credential.properties()
		switch {
		case text(props, "issuer") != token.Issuer:
		case text(props, "subject") != token.Subject:
			if code == CodeNoMatchingIssuer {
				code, what, value = CodeNoMatchingSubject, "subject", token.Subject
			}
		case !hasText(list(props, "audiences"), token.Audience):
			code, what, value = CodeNoMatchingAudience, "audience", token.Audience
		default:
			return text(identity.properties(), "principalId"), nil
		}
	}
	return "", refuse(400, code, "", "No matching federated identity record found for presented assertion %s '%s'.", what, value)
}

func hasText(all []any, want string) bool {
	for _, one := range all {
		if one == want {
			return true
		}
	}
	return false
}
