package plan

import (
	"fmt"
	"strings"

	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

// CheckKubeletKept is the problem of a cluster whose arguments name no kubelet identity while its nodes act as one that AKS did not
// make; nil when there is none, or when either text is empty. AKS makes its own in the node resource group (Microsoft, "Use a managed
// identity in AKS", read 2026-11-26). Later it can be exchanged (az aks update --assign-kubelet-identity); the documentation has no
// way back, and an update that names no identity is taken to keep the one there is. To go on would delete that identity, or the
// control plane's right to assign it, and AKS would refuse every update from then on.
func CheckKubeletKept(identity, nodeResourceGroup string) *Problem {
	scope, err := rbac.ParseScope(identity)
	if err != nil || nodeResourceGroup == "" || strings.EqualFold(scope.ResourceGroup(), nodeResourceGroup) {
		return nil
	}
	return &Problem{
		Path: "kubeletIdentity",
		What: fmt.Sprintf("it was taken away, while the nodes of the cluster act as %s; AKS can exchange that identity, and cannot take it back.", identity),
		Fix: "give kubeletIdentity again as it was (without existing when the component made the identity), or an existing identity to change to; " +
			"only a new cluster gets an identity that AKS makes (pulumi up --replace <URN of the cluster>).",
	}
}
