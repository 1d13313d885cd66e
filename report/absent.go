package report

import (
	"fmt"
	"strings"
)

// absent are grants that somebody may look for and that the table does not have, with the reason.
func absent() [][2]string {
	return [][2]string{
		{"proximity placement groups", "the documentation asks the right of whoever deploys, not of an identity of the cluster"},
		{"the hub network of a private zone", "AKS links a zone to the nodes' network only; other links are made by whoever owns the zone"},
		{"etcd encryption at the key, by the cluster's own arguments", "`security.kms` grants at the vault, where AKS reads the key too; a delegation can grant at the key (`kmsKeyIds`)"},
		{"node auto-provisioning, static egress and API-server subnets, by the cluster's own arguments", "the API version that the cluster is made with does not have them; a delegation grants for all three"},
		{"Azure Policy, KEDA, Prometheus, cost analysis", "no source names a role outside the node resource group"},
	}
}

func writeAbsent(b *strings.Builder) {
	b.WriteString("## What is not in the table\n\n")
	for _, line := range absent() {
		fmt.Fprintf(b, "- %s: %s.\n", capital(line[0]), line[1])
	}
	b.WriteString("\n")
}
