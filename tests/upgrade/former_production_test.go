package upgrade

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/examples/production/program"
)

// formerProduction is the example production with the version of Kubernetes that it had in the previous version: who deployed that upgrades it
// when it suits, one minor version at a time.
var formerProduction = program.Edited(func(p *program.Platform) {
	version := pulumi.StringPtr("1.33")
	p.Cluster.KubernetesVersion, p.Cluster.SystemPool.KubernetesVersion = version, version
	for _, pool := range p.Cluster.Pools {
		pool.KubernetesVersion = version
	}
})
