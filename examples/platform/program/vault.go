package program

import (
	"errors"
	"strings"

	"github.com/pulumi/pulumi-azure-native-sdk/authorization/v2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// vault is what the rest of the platform needs to know of the vault.
type vault struct {
	id       pulumi.IDOutput
	keyURI   pulumi.StringOutput // of one version of the key
	password pulumi.StringOutput
}

const vaultZone = "privatelink.vaultcore.azure.net"

// vault makes a vault with a key for etcd and a password for the database, and its private endpoint in the hub.
func (p *platform) vault(n network) vault {
	made := p.azure("keyvault:Vault", "secrets", pulumi.Map{
		"location": pulumi.String(location),
		"properties": pulumi.Map{
			"tenantId": pulumi.String(p.tenantID()), "enableRbacAuthorization": pulumi.Bool(true),
			"sku": pulumi.Map{"family": pulumi.String("A"), "name": pulumi.String("standard")},
		},
	})
	key := p.azure("keyvault:Key", "etcd", pulumi.Map{
		"vaultName": nameOf(made), "properties": pulumi.Map{"kty": pulumi.String("RSA"), "keySize": pulumi.Int(2048)},
	})
	password := p.any("random:index/randomPassword:RandomPassword", "database", pulumi.Map{"length": pulumi.Int(24)})
	p.azure("keyvault:Secret", "database", pulumi.Map{
		"vaultName": nameOf(made), "properties": pulumi.Map{"value": password.Result},
	})
	p.privateEndpoint(n, made)
	return vault{id: made.ID(), keyURI: key.KeyURIWithVersion, password: password.Result}
}

// tenantID is the tenant that the program runs in.
func (p *platform) tenantID() string {
	client, err := authorization.GetClientConfig(p.ctx)
	if err != nil {
		p.err = errors.Join(p.err, err)
		return ""
	}
	return client.TenantId
}

// privateEndpoint gives the vault an address in the hub, and its name there.
func (p *platform) privateEndpoint(n network, vault *anything) {
	endpoint := p.azure("network:PrivateEndpoint", "vault", pulumi.Map{
		"location": pulumi.String(location), "subnet": ref(n.endpoints),
		"privateLinkServiceConnections": pulumi.Array{pulumi.Map{
			"name": pulumi.String("vault"), "privateLinkServiceId": vault.ID(), "groupIds": pulumi.ToStringArray([]string{"vault"}),
		}},
	})
	zone := p.azure("network:PrivateZone", "vault", pulumi.Map{
		"privateZoneName": pulumi.String(vaultZone), "location": pulumi.String("Global"),
	})
	p.azure("network:VirtualNetworkLink", "hub", pulumi.Map{
		"privateZoneName": nameOf(zone), "location": pulumi.String("Global"), "virtualNetwork": ref(n.hub),
		"registrationEnabled": pulumi.Bool(false),
	})
	p.azure("network:PrivateDnsZoneGroup", "vault", pulumi.Map{
		"privateEndpointName":   nameOf(endpoint),
		"privateDnsZoneConfigs": pulumi.Array{pulumi.Map{"name": pulumi.String("vault"), "privateDnsZoneId": zone.ID()}},
	})
}

// diagnostics sends the logs of a resource to the platform's workspace.
func (p *platform) diagnostics(name string, of pulumi.StringInput, category string) {
	if p.workspace == (pulumi.IDOutput{}) {
		p.workspace = p.azure("operationalinsights:Workspace", "logs", pulumi.Map{"location": pulumi.String(location)}).ID()
	}
	p.any("azure-native:insights:DiagnosticSetting", name, pulumi.Map{
		"resourceUri": of, "workspaceId": p.workspace,
		"logs": pulumi.Array{pulumi.Map{"category": pulumi.String(category), "enabled": pulumi.Bool(true)}},
	})
}

// nameOf is the name in Azure: the end of the ID.
func nameOf(r *anything) pulumi.StringOutput {
	return r.ID().ApplyT(func(id pulumi.ID) string {
		return string(id)[strings.LastIndex(string(id), "/")+1:]
	}).(pulumi.StringOutput)
}

func text(value any) string {
	if s, ok := value.(string); ok {
		return s
	}
	return ""
}
