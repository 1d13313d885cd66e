package recordings

// updates are changes of a cluster. Its state before is deployed by us too, so what changes is what our second deployment does.
func updates() []situation {
	const (
		oldIdentity = "the CLI leaves it to an identity that the cluster does not have any more"
		noNeed      = "a registry is attached by a grant; nothing of the cluster changes, and we do not send it again"
	)
	attached := all(asItIs, registry)
	withGateway := all(inSubnet, gateway(gatewayInSubnet))
	return []situation{
		{recording: "19a-update-sp-to-system-assigned", apart: servicePrincipal},
		{
			recording: "19d-update-system-to-user-assigned", before: inSubnet, set: all(inSubnet, userAssigned),
			more: map[string]string{
				"Network Contributor on subnets nodes":         "the CLI switches to an identity without rights on the cluster's own subnet",
				"removes Network Contributor on subnets nodes": oldIdentity,
			},
		},
		{
			recording: "19e-update-user-to-system-assigned", before: all(inSubnet, userAssigned), set: inSubnet,
			more: map[string]string{
				"Network Contributor on subnets nodes":         "the CLI switches to an identity without rights on the cluster's own subnet",
				"removes Network Contributor on subnets nodes": oldIdentity,
			},
		},
		{recording: "20a-update-attach-acr", before: asItIs, set: attached, untouched: noNeed},
		{recording: "20b-update-detach-acr", before: attached, set: asItIs, untouched: noNeed},
		{
			recording: "20d-update-attach-acr-exists", before: asItIs, set: attached, untouched: noNeed,
			precondition: func(w *world) { w.grant(w.cloud.Clusters()[0].Kubelet(), "AcrPull", string(w.registry())) },
			stops:        existsAlready(),
		},
		{recording: "21b-enable-addon-ingress-appgw-subnet-id", before: inSubnet, set: withGateway},
		{
			recording: "21c-enable-addon-virtual-node", before: inSubnet, set: all(inSubnet, virtualNode),
			refused: []refusal{{"addons.virtualNode", "ACIConnectorRequiresAzureNetworking"}},
		},
		{
			recording: "21c-enable-addon-virtual-node", variant: "with the azure plugin",
			before: all(flat, inSubnet), set: all(flat, inSubnet, virtualNode),
			but: []difference{{"networkProfile.networkPlugin", "kubenet", "azure", "virtual nodes need the azure plugin"}},
		},
		{
			recording: "21g-disable-addon-ingress-appgw", before: withGateway, set: inSubnet,
			more: map[string]string{"removes Network Contributor on subnets appgw": "the CLI leaves it to an identity that is gone"},
		},
	}
}
