package provider_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"testing"

	gogen "github.com/pulumi/pulumi/pkg/v3/codegen/go"
)

// consumer is a program that makes a cluster, and takes its outputs into the arguments of two other components.
const consumer = `package main

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/sdk/go/aksidentity"
)

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		cluster, err := aksidentity.NewManagedIdentityCluster(ctx, "shop", &aksidentity.ManagedIdentityClusterArgs{
			ApiServer: aksidentity.APIServerArgs{},
		})
		if err != nil {
			return err
		}
		_, err = aksidentity.NewVnetDelegation(ctx, "network", &aksidentity.VnetDelegationArgs{PrincipalId: cluster.PrincipalId})
		if err != nil {
			return err
		}
		_, err = aksidentity.NewAddonIdentityGrants(ctx, "pull", &aksidentity.AddonIdentityGrantsArgs{
			KubeletPrincipalId: cluster.Kubelet.PrincipalId(),
		})
		ctx.Export("grants", cluster.Grants)
		return err
	})
}
`

// TestTheGoSDKBuilds: the compiler takes what is generated for Go, and a program that uses it.
func TestTheGoSDKBuilds(t *testing.T) {
	files, err := gogen.GeneratePackage("aksidentity", bound(t), nil)
	if err != nil {
		t.Fatal(err)
	}
	module, err := os.ReadFile(filepath.Join("..", "go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	sums, err := os.ReadFile(filepath.Join("..", "go.sum"))
	if err != nil {
		t.Fatal(err)
	}
	// The versions are those of this module, so that nothing is downloaded.
	files["go.mod"] = regexp.MustCompile(`(?m)^module .*$`).ReplaceAll(module, []byte("module github.com/aksidentity/pulumi-aksidentity/sdk/go"))
	files["go.sum"], files["consumer/main.go"] = sums, []byte(consumer)
	dir := t.TempDir()
	for name, text := range files {
		write(t, filepath.Join(dir, name), text)
	}
	build := exec.Command("go", "vet", "./...")
	build.Dir = dir
	build.Env = append(os.Environ(), "GOWORK=off", "GOFLAGS=-mod=mod", "GOPROXY=off")
	if text, err := build.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, text)
	}
}
