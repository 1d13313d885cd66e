package simtest_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/pulumi/pulumi-azure-native-sdk/resources/v2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/config"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
)

// t stands for the *testing.T of a test; an example has none.
var t = bench{}

type bench struct{ testing.TB }

func (bench) Helper()                           {}
func (bench) Fatalf(format string, args ...any) { fmt.Printf(format+"\n", args...) }

// program makes a resource group in the configured region.
func program(ctx *pulumi.Context) error {
	group, err := resources.NewResourceGroup(ctx, "shop", &resources.ResourceGroupArgs{
		ResourceGroupName: pulumi.StringPtr("shop"), Location: pulumi.StringPtr(config.Get(ctx, "region")),
	})
	if err != nil {
		return err
	}
	ctx.Export("region", group.Location)
	return nil
}

func inRegion(region string) simtest.Option {
	return simtest.WithConfig(map[string]string{"region": region})
}

// The whole life of a program in one line: preview, up, up again, refresh, destroy.
func ExampleRun() {
	life := simtest.Run(t, program, inRegion("westeurope"))
	fmt.Println("created:", life.Up.Op("create"), "deleted:", life.Destroy.Op("delete"))
	// Output:
	// created: 2 deleted: 2
}

// A look at what is there between the first deployment and the end.
func ExampleWithCheck() {
	simtest.Run(t, program, inRegion("westeurope"), simtest.WithCheck(func(s *simtest.Stack, up simtest.Result) {
		group, found := up.Resources.Find("azure-native:resources:ResourceGroup", "shop")
		fmt.Println(found, group.Input("location"), len(s.Cloud().Resources()))
	}))
	// Output:
	// true westeurope 1
}

// One operation after the other, with a change of the program's configuration in between.
func ExampleNew() {
	s := simtest.New(t, program, inRegion("westeurope"))
	fmt.Println(s.Up().Steps.Type("azure-native:resources:ResourceGroup"))
	s.SetConfig("region", "northeurope")
	fmt.Println(s.Preview().Steps.Type("azure-native:resources:ResourceGroup").Op("replace"))
	// Output:
	// create azure-native:resources:ResourceGroup shop
	// replace azure-native:resources:ResourceGroup shop [location]
}

// A preview changes nothing and knows what can be known.
func ExampleStack_Preview() {
	s := simtest.New(t, program, inRegion("westeurope"))
	preview := s.Preview()
	fmt.Println(preview.Op("create"), preview.Steps.Name("shop")[0].Input("location"), len(s.Cloud().Resources()))
	// Output:
	// 2 westeurope 0
}

// What goes wrong in Azure comes back as the engine tells it.
func ExampleStack_Up() {
	cloud := azuresim.New()
	cloud.Fail(azuresim.Match{Method: azuresim.MethodPut, Type: azuresim.ResourceGroupType}, azuresim.Error{
		Status: 403, Code: azuresim.CodeAuthorizationFailed, Message: "not today",
	})
	s := simtest.New(t, program, inRegion("westeurope"), simtest.WithCloud(cloud))
	up := s.Up()
	fmt.Println(up.Err != nil, strings.Contains(up.Diagnostics(), azuresim.CodeAuthorizationFailed))
	again := s.Up()
	region, secret := again.Output("region")
	fmt.Println(again.Err, region, secret)
	// Output:
	// true true
	// <nil> westeurope false
}

// Somebody deletes the group; a refresh notices, and the next deployment makes it again.
func ExampleStack_Refresh() {
	s := simtest.New(t, program, inRegion("westeurope"))
	up := s.Up()
	group, _ := up.Resources.Find("azure-native:resources:ResourceGroup", "shop")
	_, err := s.Cloud().Delete(context.Background(), group.ID)
	fmt.Println(err, s.Refresh().Op("delete"), s.Up().Op("create"))
	// Output:
	// <nil> 1 1
}

// The next version of a program, deployed into what the first one made.
func ExampleStack_SetProgram() {
	s := simtest.New(t, program, inRegion("westeurope"))
	s.Up()
	s.SetProgram(func(*pulumi.Context) error { return nil })
	fmt.Println(s.Up().Steps.Changing())
	// Output:
	// delete azure-native:resources:ResourceGroup shop
}

func ExampleStack_Destroy() {
	s := simtest.New(t, program, inRegion("westeurope"))
	s.Up()
	fmt.Println(s.Destroy().Op("delete"), s.Cloud().Empty())
	// Output:
	// 2 true
}

// What is there already comes under the program's care.
func ExampleStack_Import() {
	cloud := azuresim.New()
	id := cloud.MustSeed(azuresim.GroupID(azuresim.DefaultSubscriptionID, "shop"), map[string]any{"location": "westeurope"})
	s := simtest.New(t, program, inRegion("westeurope"), simtest.WithCloud(cloud))
	fmt.Println(s.Import("azure-native:resources:ResourceGroup", "shop", id).Op("import"))
	fmt.Println(s.Up().Unchanged())
	// Output:
	// 1
	// true
}

// A secret stays secret in the state; searching the export for its text shows whether it leaked.
func ExampleStack_Export() {
	s := simtest.New(t, func(ctx *pulumi.Context) error {
		ctx.Export("password", config.RequireSecret(ctx, "password"))
		return nil
	}, simtest.WithSecretConfig(map[string]string{"password": "open sesame"}))
	s.Up()
	fmt.Println(strings.Contains(string(s.Export()), "open sesame"))
	// Output:
	// false
}
