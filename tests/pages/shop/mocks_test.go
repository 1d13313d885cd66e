package main

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// mocks answer with the inputs, and pass on what the program asks for.
type mocks chan pulumi.MockResourceArgs

func (m mocks) NewResource(args pulumi.MockResourceArgs) (string, resource.PropertyMap, error) {
	m <- args
	return args.Name + "-id", args.Inputs, nil
}

func (mocks) Call(args pulumi.MockCallArgs) (resource.PropertyMap, error) { return args.Args, nil }

func TestTheSubnetIsGranted(t *testing.T) {
	const subnet = "/subscriptions/00000000-0000-4000-8000-0000000000aa/resourceGroups/hub/providers/Microsoft.Network/virtualNetworks/hub/subnets/shop"
	t.Setenv("PULUMI_CONFIG", `{"shop:subnetId": "`+subnet+`", "shop:myAddress": "192.0.2.7"}`)
	asked := make(mocks, 100)
	if err := pulumi.RunErr(shop, pulumi.WithMocks("shop", "dev", asked)); err != nil {
		t.Fatal(err)
	}
	close(asked)
	for args := range asked {
		if args.TypeToken == "azure-native:authorization:RoleAssignment" && args.Inputs["scope"].StringValue() == subnet {
			return
		}
	}
	t.Error("nothing is granted on the subnet")
}
