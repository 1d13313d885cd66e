package recordings

// What stands here is wrong with us today. Each test that looks at it fails as soon as it is mended, so that the line goes.

// notYetSent are differences of bodies that ought not to be, by situation.
func notYetSent() map[string][]difference {
	return map[string][]difference{
		"21g-disable-addon-ingress-appgw": {{
			"addonProfiles.ingressApplicationGateway.enabled", "false", absent,
			"not right yet: AKS keeps an add-on that a PUT does not mention (Azure/AKS issue 2904), so it stays on, without its grant",
		}},
	}
}
