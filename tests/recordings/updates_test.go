package recordings

const isUpdate = "an update of a cluster that something else made; the component deploys the wanted state instead"

func updates() []situation {
	return []situation{
		{recording: "19a-update-sp-to-system-assigned", apart: isUpdate},
		{recording: "19d-update-system-to-user-assigned", apart: isUpdate + ": TestSwitchingIdentities"},
		{recording: "19e-update-user-to-system-assigned", apart: isUpdate + ": TestSwitchingIdentities"},
		{recording: "20a-update-attach-acr", apart: isUpdate},
		{recording: "20b-update-detach-acr", apart: isUpdate},
		{recording: "20d-update-attach-acr-exists", apart: isUpdate},
		{recording: "21b-enable-addon-ingress-appgw-subnet-id", apart: isUpdate + "; the grant is the one of 09b"},
		{recording: "21c-enable-addon-virtual-node", apart: isUpdate + "; the grant is the one of 10"},
		{recording: "21g-disable-addon-ingress-appgw", apart: isUpdate + "; the CLI leaves the assignment behind, the component removes it"},
	}
}
