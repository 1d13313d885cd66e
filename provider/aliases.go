package provider

import (
	"cmp"
	"context"

	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	sdkprovider "github.com/pulumi/pulumi/sdk/v3/go/pulumi/provider"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/protobuf/proto"
)

// aliased is a provider that understands aliases in every form, and tells what dependsOn names from what arguments come out of, see
// saidDependencies. pulumi-go-provider 1.5.0 hands aliases that are URNs to a component and drops those that say what was different
// (name, type, parent, project, stack), so a rename would make everything anew.
type aliased struct {
	pulumirpc.ResourceProviderServer
}

// Construct makes a component, with aliases that are all URNs and without the dependencies that come out of its arguments.
func (a aliased) Construct(ctx context.Context, req *pulumirpc.ConstructRequest) (*pulumirpc.ConstructResponse, error) {
	inFull, ok := proto.Clone(req).(*pulumirpc.ConstructRequest)
	if !ok {
		return a.ResourceProviderServer.Construct(ctx, req)
	}
	for i, alias := range inFull.Aliases {
		if spec := alias.GetSpec(); spec != nil {
			inFull.Aliases[i] = &pulumirpc.Alias{Alias: &pulumirpc.Alias_Urn{Urn: string(formerURN(req, spec))}}
		}
	}
	inFull.Dependencies = saidDependencies(req)
	return a.ResourceProviderServer.Construct(ctx, inFull)
}

// formerURN is the URN that a component had: what the alias does not say is as it is today (Pulumi's engine 3.259, collapseAliasToUrn).
func formerURN(req *pulumirpc.ConstructRequest, spec *pulumirpc.Alias_Spec) resource.URN {
	parent := resource.URN(cmp.Or(spec.GetParentUrn(), req.GetParent()))
	if spec.GetNoParent() || parent != "" && parent.QualifiedType() == resource.RootStackType {
		// The stack is everybody's parent and stands in no URN.
		parent = ""
	}
	return resource.CreateURN(
		cmp.Or(spec.GetName(), req.GetName()), cmp.Or(spec.GetType(), req.GetType()), parent,
		cmp.Or(spec.GetProject(), req.GetProject()), cmp.Or(spec.GetStack(), req.GetStack()),
	)
}

// serverOf makes the provider as the protocol wants it, for an engine at the host.
func serverOf(made p.Provider, version string, host *sdkprovider.HostClient) (pulumirpc.ResourceProviderServer, error) {
	server, err := p.RawServer(Name, version, made)(host)
	if err != nil {
		return nil, err
	}
	return aliased{server}, nil
}
