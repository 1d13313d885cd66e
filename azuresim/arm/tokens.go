package arm

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
)

// Audiences of tokens.
const (
	managementAudience = "https://management.azure.com"
	graphAudience      = "https://graph.microsoft.com"
)

// sameAudience are the names under which clients ask for a token of Azure Resource Manager.
var sameAudience = map[string]string{"https://management.core.windows.net": managementAudience}

// signingKey signs the tokens. It is no secret, and the same in every process, so that a token outlives a restart.
var signingKey = []byte("azuresim")

const tokenLifetime = time.Hour

// signIn answers for Entra:
//
//	GET  /common/discovery/instance
//	GET  /TENANT/[v2.0/].well-known/openid-configuration
//	POST /TENANT/oauth2/[v2.0/]token
func (h *Handler) signIn(r *http.Request) answer {
	path := strings.Trim(r.URL.Path, "/")
	tenant, rest, _ := strings.Cut(path, "/")
	switch strings.ToLower(rest) {
	case "discovery/instance":
		return discovery(r)
	case "v2.0/.well-known/openid-configuration", ".well-known/openid-configuration":
		return h.inTenant(tenant, func() answer { return h.openIDConfiguration(r) })
	case "oauth2/v2.0/token", "oauth2/token":
		return h.inTenant(tenant, func() answer { return h.token(r) })
	case "discovery/v2.0/keys", "discovery/keys":
		return ok(map[string]any{"keys": []any{}}) // tokens are signed with a shared secret
	default:
		return notServed(r)
	}
}

// tenants that stand for whichever the client belongs to.
var anyTenant = []string{"common", "organizations"}

func (h *Handler) inTenant(tenant string, serve func() answer) answer {
	known := h.cloud.ClientConfig().TenantID
	if !strings.EqualFold(tenant, known) && !slices.Contains(anyTenant, tenant) {
		return denied(http.StatusBadRequest, "invalid_request", 90002, "Tenant '"+tenant+"' not found.")
	}
	return serve()
}

// denied is an error of Entra, with its AADSTS number.
func denied(status int, code string, number int, description string) answer {
	return answer{status: status, body: map[string]any{"error": code, "error_codes": []int{number},
		"error_description": "AADSTS" + strconv.Itoa(number) + ": " + description}}
}

// publicAuthority is the host of Entra in the public cloud; clients that come through the proxy use it.
const publicAuthority = "login.microsoftonline.com"

// discovery tells MSAL about the authority that it asks about: one of the public cloud, or that of a cloud of its own. Older
// clients ask the public host about every authority.
func discovery(r *http.Request) answer {
	base := origin(r)
	if asked, err := url.Parse(r.URL.Query().Get("authorization_endpoint")); err == nil && asked.Host != "" {
		base = asked.Scheme + "://" + asked.Host
	}
	_, host, _ := strings.Cut(base, "://")
	hosts, preferred := []string{publicAuthority, "login.windows.net", "login.microsoft.com", "sts.windows.net"}, publicAuthority
	if !slices.Contains(hosts, host) {
		hosts, preferred = []string{host}, host
	}
	return ok(map[string]any{
		"tenant_discovery_endpoint": base + "/" + azuresim.DefaultTenantID + "/v2.0/.well-known/openid-configuration",
		"api-version":               "1.1",
		"metadata": []any{map[string]any{"preferred_network": preferred, "preferred_cache": preferred,
			"aliases": hosts}},
	})
}

func (h *Handler) openIDConfiguration(r *http.Request) answer {
	base := origin(r) + "/" + h.cloud.ClientConfig().TenantID
	return ok(map[string]any{
		"token_endpoint": base + "/oauth2/v2.0/token", "authorization_endpoint": base + "/oauth2/v2.0/authorize",
		"device_authorization_endpoint": base + "/oauth2/v2.0/devicecode", "issuer": base + "/v2.0",
		"jwks_uri": base + "/discovery/v2.0/keys", "tenant_region_scope": "EU",
		"token_endpoint_auth_methods_supported": []string{"client_secret_post"},
		"response_types_supported":              []string{"code", "id_token"},
		"subject_types_supported":               []string{"pairwise"},
		"id_token_signing_alg_values_supported": []string{"HS256"},
	})
}

// token signs the deployer in by its secret. Nobody else has one, and no other way is served.
func (h *Handler) token(r *http.Request) answer {
	if err := r.ParseForm(); err != nil || r.Method != http.MethodPost {
		return denied(http.StatusBadRequest, "invalid_request", 900144, "The request body must contain 'grant_type'.")
	}
	deployer := h.cloud.ClientConfig()
	switch {
	case r.PostForm.Get("grant_type") != "client_credentials":
		return denied(http.StatusBadRequest, "unsupported_grant_type", 70003,
			"The simulator knows the grant type client_credentials only, not '"+r.PostForm.Get("grant_type")+"'.")
	case !strings.EqualFold(r.PostForm.Get("client_id"), deployer.ClientID):
		return denied(http.StatusBadRequest, "unauthorized_client", 700016, "Application with identifier '"+
			r.PostForm.Get("client_id")+"' was not found in the directory.")
	case !hmac.Equal([]byte(r.PostForm.Get("client_secret")), []byte(h.secret)):
		return denied(http.StatusUnauthorized, "invalid_client", 7000215, "Invalid client secret provided.")
	}
	audience, known := audienceOf(r.PostForm)
	if !known {
		return denied(http.StatusBadRequest, "invalid_scope", 70011, "The scope must be one resource with /.default.")
	}
	seconds := int(tokenLifetime.Seconds())
	return ok(map[string]any{"token_type": "Bearer", "expires_in": seconds, "ext_expires_in": seconds, "resource": audience,
		"access_token": h.sign(origin(r), audience)})
}

// audienceOf is the one resource that a token is wanted for: "resource" of the old endpoint, or the scope that ends in /.default.
// MSAL adds scopes of OpenID Connect to it.
func audienceOf(form url.Values) (string, bool) {
	if resource := form.Get("resource"); resource != "" {
		return resource, true
	}
	wanted := slices.DeleteFunc(strings.Fields(form.Get("scope")), func(scope string) bool {
		return slices.Contains([]string{"openid", "offline_access", "profile"}, scope)
	})
	if len(wanted) != 1 {
		return "", false
	}
	return strings.CutSuffix(wanted[0], "/.default")
}

// sign makes an access token: a JWT with the claims that clients read.
func (h *Handler) sign(issuer, audience string) string {
	who, now := h.cloud.ClientConfig(), h.now()
	claims, _ := json.Marshal(map[string]any{
		"aud": audience, "iss": issuer + "/" + who.TenantID + "/", "iat": now.Unix(), "nbf": now.Unix(),
		"exp": now.Add(tokenLifetime).Unix(), "appid": who.ClientID, "oid": who.ObjectID, "sub": who.ObjectID,
		"tid": who.TenantID, "idtyp": "app", "ver": "1.0",
	})
	head := base64.RawURLEncoding.EncodeToString([]byte(`{"alg":"HS256","typ":"JWT"}`))
	content := head + "." + base64.RawURLEncoding.EncodeToString(claims)
	return content + "." + base64.RawURLEncoding.EncodeToString(mac(content))
}

func mac(content string) []byte {
	m := hmac.New(sha256.New, signingKey)
	_, _ = m.Write([]byte(content))
	return m.Sum(nil)
}

// checkToken refuses a request whose token is missing, forged, too old, or for somebody else.
func (h *Handler) checkToken(r *http.Request, audience string) *answer {
	given, isBearer := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	if !isBearer {
		return h.unauthorized(r, codeAuthenticationFails, "Authentication failed. The 'Authorization' header is missing.")
	}
	claims, valid := claimsOf(given)
	if !valid {
		return h.unauthorized(r, "InvalidAuthenticationToken", "The access token is invalid.")
	}
	if h.now().Unix() >= claims.Expires {
		return h.unauthorized(r, "ExpiredAuthenticationToken", "The access token expiry has passed.")
	}
	asked := strings.TrimRight(claims.Audience, "/")
	if same := sameAudience[asked]; same != "" {
		asked = same
	}
	if asked != audience && asked != origin(r) {
		return h.unauthorized(r, "InvalidAuthenticationTokenAudience", "The access token has been obtained for wrong audience or "+
			"resource '"+claims.Audience+"'.")
	}
	return nil
}

type tokenClaims struct {
	Audience string `json:"aud"`
	Expires  int64  `json:"exp"`
}

func claimsOf(token string) (tokenClaims, bool) {
	var claims tokenClaims
	at := strings.LastIndex(token, ".")
	if at < 0 {
		return claims, false
	}
	signature, err := base64.RawURLEncoding.DecodeString(token[at+1:])
	if err != nil || !hmac.Equal(signature, mac(token[:at])) {
		return claims, false
	}
	_, payload, _ := strings.Cut(token[:at], ".")
	content, err := base64.RawURLEncoding.DecodeString(payload)
	return claims, err == nil && json.Unmarshal(content, &claims) == nil
}

func (h *Handler) unauthorized(r *http.Request, code, message string) *answer {
	a := refused(http.StatusUnauthorized, code, "%s", message)
	a.headers = map[string]string{"WWW-Authenticate": `Bearer authorization_uri="` + origin(r) + "/" +
		h.cloud.ClientConfig().TenantID + `", error="invalid_token", error_description="` + message + `"`}
	return &a
}
