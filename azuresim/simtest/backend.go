package simtest

import (
	"context"
	"fmt"

	"github.com/pulumi/pulumi/pkg/v3/resource/deploy"
	"github.com/pulumi/pulumi/pkg/v3/resource/deploy/deploytest"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	stackvalue "github.com/pulumi/pulumi/sdk/v3/go/property"
)

// organization is the one of every stack in a backend without accounts.
const organization = "organization"

// backend answers for the one stack that there is: a program may read the outputs of its own stack, as they were before the
// operation, and those of its resources.
func (s *Stack) backend(snapshot *deploy.Snapshot) deploy.BackendClient {
	own := fmt.Sprintf("%s/%s/%s", organization, s.project, s.stack)
	known := func(name string) error {
		if name != own {
			return fmt.Errorf("there is no stack %q, only %q", name, own)
		}
		return nil
	}
	resources := resourcesOf(snapshot)
	return &deploytest.BackendClient{
		GetStackOutputsF: func(_ context.Context, name string, _ func(error) error) (stackvalue.Map, error) {
			return resource.FromResourcePropertyMap(resources.stackOutputs()), known(name)
		},
		GetStackResourceOutputsF: func(_ context.Context, name string) (stackvalue.Map, error) {
			all := map[string]stackvalue.Value{}
			for _, r := range resources {
				all[string(r.URN)] = stackvalue.New(map[string]stackvalue.Value{
					"type": stackvalue.New(r.Type), "outputs": stackvalue.New(resource.FromResourcePropertyMap(r.Outputs)),
				})
			}
			return stackvalue.NewMap(all), known(name)
		},
	}
}
