package components

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"

	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

// azureManager asks Azure Resource Manager what azure-native has no function for.
type azureManager struct {
	endpoint, token string
	client          *http.Client
}

// managers are the addresses of Azure Resource Manager by the audience of its tokens: those of the public cloud, of the US government
// and of China (Azure SDK for Go, azcore/cloud, read 2026-11-26), and the older ones of the classic service for each. A token is sent
// nowhere else but to this machine, where simulators answer.
var managers = map[string]string{
	"https://management.azure.com":              "https://management.azure.com",
	"https://management.core.windows.net":       "https://management.azure.com",
	"https://management.usgovcloudapi.net":      "https://management.usgovcloudapi.net",
	"https://management.core.usgovcloudapi.net": "https://management.usgovcloudapi.net",
	"https://management.chinacloudapi.cn":       "https://management.chinacloudapi.cn",
	"https://management.core.chinacloudapi.cn":  "https://management.chinacloudapi.cn",
}

// resourceManager is the one that the token is for.
func resourceManager(token string) (azureManager, error) {
	audience, err := audienceOf(token)
	if err != nil {
		return azureManager{}, err
	}
	endpoint, known := managers[audience]
	if !known && onThisMachine(audience) {
		endpoint, known = audience, true
	}
	if !known {
		return azureManager{}, fmt.Errorf("the token is for %q, which is no Azure that this library knows", audience)
	}
	return azureManager{endpoint, token, &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}, nil
}

// audienceOf reads for whom a token is. Nothing of the token stands in the error.
func audienceOf(token string) (string, error) {
	parts := strings.Split(token, ".")
	if len(parts) != 3 {
		return "", errors.New("the token is none that this library can read")
	}
	content, err := base64.RawURLEncoding.DecodeString(parts[1])
	var claims struct {
		Audience string `json:"aud"`
	}
	if err != nil || json.Unmarshal(content, &claims) != nil {
		return "", errors.New("the token is none that this library can read")
	}
	return strings.ToLower(strings.TrimRight(claims.Audience, "/")), nil
}

func onThisMachine(address string) bool {
	at, err := url.Parse(address)
	if err != nil || at.Scheme != "http" && at.Scheme != "https" {
		return false
	}
	ip := net.ParseIP(at.Hostname())
	return at.Hostname() == "localhost" || ip != nil && ip.IsLoopback()
}

// longestAnswer is more than any list of permissions or credentials takes, in bytes.
const longestAnswer = 4 << 20

// permissions are what the holder of the token may do at a scope, one entry for each of its roles there: the operations
// Permissions_ListForResourceGroup and Permissions_ListForResource of Microsoft.Authorization 2022-04-01 (Azure REST API, read
// 2026-11-26). The same at a subscription is not documented, and answers all the same. Conditions of assignments are not told, and deny
// assignments neither. Whatever is no plain answer is an error.
func (m azureManager) permissions(ctx context.Context, scope rbac.Scope) ([]rbac.Permissions, error) {
	return listed[rbac.Permissions](ctx, m, scope.String()+"/providers/Microsoft.Authorization/permissions?api-version=2022-04-01")
}

// credential is a federated credential as Azure answers it.
type credential struct {
	Name       string `json:"name"`
	Properties struct {
		Issuer  string `json:"issuer"`
		Subject string `json:"subject"`
	} `json:"properties"`
}

// credentials are those on a user-assigned identity: the operation FederatedIdentityCredentials_List of Microsoft.ManagedIdentity
// 2023-01-31 (Azure REST API, read 2026-11-26), for which azure-native 2.92.3 has no function.
func (m azureManager) credentials(ctx context.Context, identity rbac.Scope) ([]credential, error) {
	return listed[credential](ctx, m, identity.WithKeywords().String()+"/federatedIdentityCredentials?api-version=2023-01-31")
}

// listed is a list that is complete.
func listed[T any](ctx context.Context, m azureManager, path string) ([]T, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, m.endpoint+path, nil)
	if err != nil {
		return nil, err
	}
	request.Header.Set("Authorization", "Bearer "+m.token)
	response, err := m.client.Do(request)
	if err != nil {
		return nil, err
	}
	defer func() { _ = response.Body.Close() }()
	if response.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("Azure answers %s", response.Status)
	}
	var answer struct {
		Value    []T    `json:"value"`
		NextLink string `json:"nextLink"`
	}
	if err := json.NewDecoder(io.LimitReader(response.Body, longestAnswer)).Decode(&answer); err != nil {
		return nil, err
	}
	if answer.Value == nil || answer.NextLink != "" {
		return nil, errors.New("Azure answers with a list that is not complete")
	}
	return answer.Value, nil
}
