// Package program is a whole platform in one stack: a hub with a firewall, a vault that is reached through a private endpoint, and
// beside them the cluster with a namespace in it.
//
// Most resources are registered by their type token, since the packages network and keyvault of azure-native take minutes to
// compile, and a program for the simulated Azure needs no more than the token. A program of yours would call
// network.NewAzureFirewall, keyvault.NewKey, random.NewRandomPassword and so on; the resources are the same.
package program

import (
	"github.com/pulumi/pulumi-azure-native-sdk/resources/v2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

const location = "westeurope"

// Platform is the stack.
func Platform(ctx *pulumi.Context) error {
	group, err := resources.NewResourceGroup(ctx, "platform", &resources.ResourceGroupArgs{Location: pulumi.StringPtr(location)})
	if err != nil {
		return err
	}
	p := &platform{ctx: ctx, group: group.Name}
	network := p.hubAndSpoke()
	vault := p.vault(network)
	if p.err != nil {
		return p.err
	}
	cluster, err := p.cluster(network, vault)
	if err != nil {
		return err
	}
	p.diagnostics("cluster", cluster.ClusterID, "kube-audit-admin")
	p.diagnostics("vault", vault.id, "AuditEvent")
	p.tenant(cluster, vault)
	ctx.Export("clusterId", cluster.ClusterID)
	ctx.Export("firewallAddress", network.firewallAddress)
	return p.err
}

// platform makes resources in one group until one of them fails.
type platform struct {
	ctx       *pulumi.Context
	group     pulumi.StringInput
	workspace pulumi.IDOutput
	err       error
}

// anything is a resource of which the outputs that the program uses are read.
type anything struct {
	pulumi.CustomResourceState

	KeyURIWithVersion pulumi.StringOutput   `pulumi:"keyUriWithVersion"`
	IPConfigurations  pulumi.MapArrayOutput `pulumi:"ipConfigurations"`
	Result            pulumi.StringOutput   `pulumi:"result"`
	Metadata          pulumi.MapOutput      `pulumi:"metadata"`
}

// azure makes a resource of azure-native in the platform's group.
func (p *platform) azure(kind, name string, inputs pulumi.Map, opts ...pulumi.ResourceOption) *anything {
	inputs["resourceGroupName"] = p.group
	return p.any("azure-native:"+kind, name, inputs, opts...)
}

func (p *platform) any(token, name string, inputs pulumi.Map, opts ...pulumi.ResourceOption) *anything {
	r := &anything{}
	if p.err == nil {
		p.err = p.ctx.RegisterResource(token, name, inputs, r, opts...)
	}
	return r
}

// ref is how Azure's bodies refer to another resource.
func ref(id pulumi.IDOutput) pulumi.Map { return pulumi.Map{"id": id} }
