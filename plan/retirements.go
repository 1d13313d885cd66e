package plan

import "strings"

// Retirement tells when something went and what to use instead.
type Retirement struct {
	// Since is the day, as 2025-03-03, or the Kubernetes version that dropped it.
	Since string
	// Day is the day from which it is refused; empty means always.
	Day       Day
	Successor string
	// Source with the day of reading.
	Source string
}

// Retirements by add-on key, in the spelling of the AKS documentation.
func Retirements() map[AddonKey]Retirement {
	const notes = "AKS release notes, read 2026-08-07"
	return map[AddonKey]Retirement{
		KubeDashboard: {
			Since: "Kubernetes 1.19 (2020-11-09)", Successor: "the portal's Kubernetes resource view, or a dashboard that you deploy", Source: notes,
		},
		HTTPRouting: {Since: "2025-03-03", Successor: "addons.appRouting", Source: notes},
		"podIdentity": {
			Since: "2022-10-24 (deprecated)", Successor: "workloadIdentity and a WorkloadIdentity component",
			Source: "codit.eu on the migration from pod identity, read 2026-11-23",
		},
		"networkMonitoring": {Since: "Kubernetes 1.21 (2021-10-08)", Successor: "Container Insights or Prometheus metrics", Source: notes},
		OpenServiceMesh: {
			Since: "2027-09-30", Day: "2027-09-30", Successor: "addons.istio", Source: "AKS documentation includes, read 2026-08-21",
		},
	}
}

// RetiredArguments are arguments of a cluster that Azure no longer serves from a day on, by property path.
func RetiredArguments() map[Path]Retirement {
	return map[Path]Retirement{
		"addons.monitoring.legacyAuthentication": {
			Since: legacyMonitoringEnds, Day: legacyMonitoringEnds,
			Successor: "Entra authentication, which is the default: leave it out", Source: "AKS documentation, read 2026-08-21",
		},
	}
}

// Message says in two sentences when something goes and what to use.
func (r Retirement) Message() string {
	return "It is retired since " + r.Since + ". Use " + r.Successor + "."
}

// RetiredValue says when a value of a closed set goes and what to use; empty for one that stays. AKS takes CBLMariner for AzureLinux
// (AKS documentation, read 2026-08).
func RetiredValue(set, value string) string {
	if set == OSSKUCBLMariner.Set().Name && value == string(OSSKUCBLMariner) {
		return "It is the former name of AzureLinux. Use " + string(OSSKUAzureLinux) + "."
	}
	return ""
}

const legacyMonitoringEnds = "2026-09-30"

// retirementOf finds what is retired by key, in any letter case.
func retirementOf(key string) (Retirement, bool) {
	for name, retirement := range Retirements() {
		if strings.EqualFold(string(name), key) {
			return retirement, true
		}
	}
	return Retirement{}, false
}
