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
