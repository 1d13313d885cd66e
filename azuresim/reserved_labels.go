package azuresim

import (
	"maps"
	"slices"
	"strings"
)

// reservedLabel is a kind of node label that AKS keeps for itself.
type reservedLabel struct {
	name     string
	reserved func(key string) bool // of a key in lower case
	says     string                // with one %s for the key
	source   string
}

// reservedLabels are refused on a pool, unless the pool has them already.
var reservedLabels = []reservedLabel{
	{"aks", hasLabelPrefix("kubernetes.azure.com"),
		"Invalid node label key %s. The 'kubernetes.azure.com' prefix is preserved by aks system labels",
		"ams0/aks-nvme-ssd-provisioner#5, azure-aks-docs use-labels.md, read 2026-11-26"},
	{"kubernetes", kubernetesLabel,
		"Node label keys in the 'kubernetes.io' or 'k8s.io' namespace must begin with an allowed prefix " +
			"(kubelet.kubernetes.io, node.kubernetes.io): %s",
		"Azure/AKS#2866, hashicorp/terraform-provider-azurerm#18567, read 2026-11-26"},
	{"system", systemLabel, "Invalid node label key %s. It is a label of the system.",
		"azure-aks-docs use-labels.md, hashicorp/terraform-provider-azurerm#28636, read 2026-11-26; the text is not verified"},
}

// hasLabelPrefix tells whether a key belongs to a domain or to one below it.
func hasLabelPrefix(domain string) func(key string) bool {
	return func(key string) bool {
		prefix, _, prefixed := strings.Cut(key, "/")
		return prefixed && (prefix == domain || strings.HasSuffix(prefix, "."+domain))
	}
}

// kubernetesLabel: the domains of Kubernetes, but for what a kubelet may set itself.
func kubernetesLabel(key string) bool {
	own := hasLabelPrefix("kubernetes.io")(key) || hasLabelPrefix("k8s.io")(key)
	allowed := hasLabelPrefix("kubelet.kubernetes.io")(key) || hasLabelPrefix("node.kubernetes.io")(key)
	return own && !allowed
}

// systemLabel: labels without a prefix, and one with an allowed prefix, that AKS sets.
func systemLabel(key string) bool {
	switch key {
	case "agentpool", "storageprofile", "storagetier", "accelerator", "node.kubernetes.io/instance-type":
		return true
	}
	return false
}

// poolLabels refuses reserved labels. The label that AKS gives to spot pools can be said, as users of Terraform do.
func (v *clusterView) poolLabels(pool *poolView) *Error {
	before, labels := object(pool.old, "nodeLabels"), object(pool.props, "nodeLabels")
	for _, label := range slices.Sorted(maps.Keys(labels)) {
		value := labels[label]
		if before[label] == value || isSpotLabel(pool, label, value) {
			continue
		}
		for _, row := range reservedLabels {
			if row.reserved(strings.ToLower(label)) {
				return badRequest(CodeBadRequest, "agentPoolProfile.nodeLabels", row.says, label)
			}
		}
	}
	return nil
}

func isSpotLabel(pool *poolView, label string, value any) bool {
	return label == "kubernetes.azure.com/scalesetpriority" && value == "spot" &&
		strings.EqualFold(text(pool.props, "scaleSetPriority"), "Spot")
}
