package main

import (
	"strings"
	"sync"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
	"github.com/aksidentity/pulumi-aksidentity/components"
	"github.com/aksidentity/pulumi-aksidentity/examples/production/daytwo"
	"github.com/aksidentity/pulumi-aksidentity/examples/production/program"
)

// kubeconfigs are those that have reached the provider for Kubernetes.
type kubeconfigs struct {
	mu   sync.Mutex
	seen []string
}

// provider is the fake of Kubernetes, which notes what it is configured with.
func (k *kubeconfigs) provider() simtest.Fake {
	fake := simtest.Kubernetes()
	check := fake.Configure
	fake.Configure = func(config resource.PropertyMap) error {
		if v := config["kubeconfig"]; v.IsString() || v.IsSecret() {
			if v.IsSecret() {
				v = v.SecretValue().Element
			}
			k.mu.Lock()
			defer k.mu.Unlock()
			k.seen = append(k.seen, v.StringValue())
		}
		return check(config)
	}
	return fake
}

// TestThePipelineMakesItsNamespace: the namespace is made with the kubeconfig of the same run, which asks for no device code; what is done
// to the cluster later does not touch the provider or the namespace.
func TestThePipelineMakesItsNamespace(t *testing.T) {
	world, reached := daytwo.NewWorld(), &kubeconfigs{}
	world.Config["namespace"] = "orders"
	s := newStack(t, world, simtest.WithFake("kubernetes", reached.provider()))
	up := mustSucceed(t, "the first day", s.Up())
	made := up.Resources.ByType("kubernetes:core/v1:Namespace")
	if len(made) != 1 || made[0].ID != "orders" {
		t.Errorf("the namespace orders is made, got %v", made)
	}
	if len(reached.seen) == 0 {
		t.Fatal("no kubeconfig reached the provider")
	}
	for _, kubeconfig := range reached.seen {
		if strings.Contains(kubeconfig, "devicecode") || !strings.Contains(kubeconfig, "azurecli") {
			t.Errorf("the kubeconfig makes the pipeline wait for a person:\n%s", kubeconfig)
		}
	}
	s.SetProgram(program.Edited(func(p *program.Platform) {
		p.Cluster.SystemPool.Autoscaling = &components.AutoscalingArgs{Min: pulumi.Int(3), Max: pulumi.Int(9)}
	}))
	change := []string{"update ManagedCluster shop"}
	mustBe(t, "a change of the cluster, previewed", s.Preview(), change)
	mustBe(t, "a change of the cluster", s.Up(), change)
	mustSucceed(t, "destroy", s.Destroy())
}
