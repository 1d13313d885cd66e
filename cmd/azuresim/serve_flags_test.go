package main

import (
	"context"
	"testing"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/protobuf/types/known/structpb"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/azurenative"
)

func TestUnknownPropertiesAreDroppedOnDemand(t *testing.T) {
	inputs, err := structpb.NewStruct(map[string]any{"resourceGroupName": "rg", "location": "westeurope", "tag": "x"})
	if err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct {
		args     []string
		failures int
	}{{nil, 1}, {[]string{"-drop-unknown"}, 0}} {
		f, err := readServeFlags(tc.args)
		if err != nil {
			t.Fatal(err)
		}
		got, err := azurenative.NewProvider(azuresim.New(), f.options()...).Check(context.Background(), &pulumirpc.CheckRequest{
			Urn: "urn:pulumi:dev::demo::azure-native:resources:ResourceGroup::rg", News: inputs})
		if err != nil || len(got.Failures) != tc.failures {
			t.Errorf("%v: got %v %v, want %d failures", tc.args, got, err, tc.failures)
		}
	}
}
