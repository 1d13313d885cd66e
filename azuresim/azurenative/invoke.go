package azurenative

import (
	"context"
	"fmt"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
)

// clientConfigToken is answered by the provider itself, from its credentials.
const clientConfigToken = "azure-native:authorization:getClientConfig"

// clientTokenToken too; see WithClientToken.
const clientTokenToken = "azure-native:authorization:getClientToken"

// action is a list function: a POST on a resource.
type action struct {
	resource string // "ManagedCluster"
	name     string // ARM action
}

// actions maps functions (without version) to ARM actions.
var actions = map[string]action{
	"containerservice:listManagedClusterUserCredentials":           {"ManagedCluster", "listClusterUserCredential"},
	"containerservice:listManagedClusterAdminCredentials":          {"ManagedCluster", "listClusterAdminCredential"},
	"containerservice:listManagedClusterMonitoringUserCredentials": {"ManagedCluster", "listClusterMonitoringUserCredential"},
}

// ahead lists what get functions answer here although version 2.92.3 of the real provider does not: the mode of a registry
// came with API version 2025-03-01-preview, and the newest that 2.92.3 knows is 2024-11-01-preview (read in its SDK,
// 2026-11-25). Programs that look at it are meant for a later provider; this one gives them no value.
var ahead = map[string][]string{
	"containerregistry:Registry": {"roleAssignmentMode"},
}

// Invoke answers getX for every served type, the list functions of actions, and getClientConfig. Nothing in the answer
// is marked secret, as in the real provider.
func (p *provider) Invoke(ctx context.Context, req *pulumirpc.InvokeRequest) (*pulumirpc.InvokeResponse, error) {
	args, err := read("args", req.Args)
	if err != nil {
		return nil, err
	}
	answer, err := p.invoke(ctx, req.Tok, args)
	if err != nil {
		return nil, err
	}
	result, err := write("result", answer)
	return &pulumirpc.InvokeResponse{Return: result}, err
}

func (p *provider) invoke(ctx context.Context, token string, args resource.PropertyMap) (resource.PropertyMap, error) {
	if token == clientConfigToken {
		return p.clientConfig(ctx), nil
	}
	if token == clientTokenToken && p.token != nil {
		text, err := p.token(ctx)
		return resource.PropertyMap{"token": resource.NewProperty(text)}, err // not marked as secret, as in 2.92.3
	}
	if a, ok := actions[kindOf(token)]; ok {
		return p.invokeAction(ctx, token, a, args)
	}
	if name, ok := functionResource(token, "get"); ok {
		r, err := p.typeOf(name, args)
		if err != nil {
			return nil, err
		}
		return p.invokeGet(ctx, r, args)
	}
	return nil, fmt.Errorf("the simulator does not serve function %q; it serves getX for every resource type, "+
		"getClientConfig and the listManagedCluster...Credentials functions", token)
}

// functionResource turns "azure-native:network:getSubnet" into "azure-native:network:Subnet".
func functionResource(token, prefix string) (string, bool) {
	i := strings.LastIndex(token, ":") + 1
	rest, ok := strings.CutPrefix(token[i:], prefix)
	return token[:i] + rest, ok
}

func (p *provider) clientConfig(ctx context.Context) resource.PropertyMap {
	c := p.cloud.ClientConfig()
	return resource.PropertyMap{
		"clientId":        resource.NewProperty(c.ClientID),
		"objectId":        resource.NewProperty(c.ObjectID),
		subscriptionInput: resource.NewProperty(p.settings(ctx).subscription),
		"tenantId":        resource.NewProperty(c.TenantID),
	}
}

func (p *provider) invokeGet(
	ctx context.Context, r *resourceType, args resource.PropertyMap,
) (resource.PropertyMap, error) {
	id, err := r.armID(args, p.settings(ctx).subscription)
	if err != nil {
		return nil, err
	}
	answer, err := p.get(withAPIVersion(ctx, r), id)
	if err != nil {
		return nil, fmt.Errorf("request failed %s: %w", id, err)
	}
	out := r.outputs(answer.Body)
	properties, _ := answer.Body["properties"].(map[string]any)
	for _, name := range ahead[r.kind()] {
		if value, ok := properties[name]; ok && value != nil {
			out[resource.PropertyKey(name)] = resource.NewPropertyValue(value)
		}
	}
	if text, ok := answer.Body["id"].(string); ok {
		out["id"] = resource.NewProperty(text)
	}
	out[apiVersionKey] = resource.NewProperty(r.API)
	return out, nil
}

func (p *provider) invokeAction(
	ctx context.Context, token string, a action, args resource.PropertyMap,
) (resource.PropertyMap, error) {
	i := strings.LastIndex(token, ":") + 1
	r, err := p.typeOf(token[:i]+a.resource, args)
	if err != nil {
		return nil, err
	}
	id, err := r.armID(args, p.settings(ctx).subscription)
	if err != nil {
		return nil, err
	}
	query := map[string]any{}
	for key, value := range args {
		if !r.inPath(string(key)) && !value.IsNull() {
			query[string(key)] = plain(value)
		}
	}
	answer, err := p.post(withAPIVersion(ctx, r), id, a.name, query)
	if err != nil {
		return nil, fmt.Errorf("request failed %s: %w", id, err)
	}
	return resource.NewPropertyMapFromMap(answer.Body), nil
}
