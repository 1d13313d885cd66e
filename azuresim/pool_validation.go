package azuresim

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// poolRules are the rules of one pool. The codes of system pools, versions and counts are from a public list of AKS error
// codes (about 2021); where Azure has a code of its own that is not known, it is InvalidParameter.
var poolRules = []func(*clusterView, *poolView) *Error{
	(*clusterView).poolUnchanged,
	(*clusterView).poolComplete,
	(*clusterView).poolCounts,
	(*clusterView).poolSystem,
	(*clusterView).poolVersion,
	(*clusterView).poolLabels,
	(*clusterView).poolRetired,
}

func (v *clusterView) checkPool(pool *poolView) *Error {
	for _, rule := range poolRules {
		if err := rule(v, pool); err != nil {
			return err
		}
	}
	return nil
}

func (v *clusterView) poolUnchanged(pool *poolView) *Error {
	if pool.old == nil {
		return nil
	}
	return checkMerged(AgentPoolType, map[string]any{"properties": pool.old}, map[string]any{"properties": pool.props})
}

func (v *clusterView) poolComplete(pool *poolView) *Error {
	if _, given := number(pool.props, "count"); !given {
		return badRequest(CodeInvalidParameter, "agentPoolProfile.count",
			"Required parameter agentPoolProfile.count of '%s' is missing (null).", pool.name)
	}
	if text(pool.props, "vmSize") == "" {
		return badRequest(CodeInvalidParameter, "agentPoolProfile.vmSize",
			"Required parameter agentPoolProfile.vmSize of '%s' is missing (null).", pool.name)
	}
	if strings.EqualFold(text(pool.props, "osType"), "Windows") && len(pool.name) > 6 {
		return badRequest(CodeInvalidParameter, "agentPoolProfile.name",
			"The name of a Windows agent pool has at most 6 characters: '%s'.", pool.name)
	}
	return nil
}

func (v *clusterView) poolCounts(pool *poolView) *Error {
	count, _ := number(pool.props, "count")
	least := 0.0
	if isSystemPool(pool.props) {
		least = 1
	}
	if count < least || count > 1000 {
		return badRequest(CodeInvalidParameter, "agentPoolProfile.count",
			"The count of '%s' is %v; it must be in %v..1000.", pool.name, count, least)
	}
	return pool.autoscaling(count, least)
}

// autoscaling checks bounds and count of an autoscaled pool. A pool that exists may have fewer nodes than its new minimum: the
// autoscaler adds them (Azure/AKS#1758, read 2026-11-26). Its count is the autoscaler's: a request with another one is refused
// (hashicorp/terraform-provider-azurerm#4543, of 2019, read 2026-11-26; whether AKS does so still is not verified).
func (p *poolView) autoscaling(count, least float64) *Error {
	if !truth(p.props, "enableAutoScaling") {
		return nil
	}
	low, hasLow := number(p.props, "minCount")
	high, hasHigh := number(p.props, "maxCount")
	before, existed := number(p.old, "count")
	if !hasLow || !hasHigh || low < least || low > high || count > high || low > count && !existed {
		return badRequest(CodeInvalidParameter, "agentPoolProfile.minCount",
			"Autoscaling of '%s' needs minCount <= count <= maxCount, got %v, %v, %v.", p.name, low, count, high)
	}
	if truth(p.old, "enableAutoScaling") && count != before {
		return badRequest(CodeInvalidParameter, "agentPoolProfile.count", "Cannot manually scale AgentPool '%s' of an AKS cluster "+
			"with cluster autoscaler enabled. Please disable cluster autoscaler in the cluster to manually scale.", p.name)
	}
	return nil
}

func (v *clusterView) poolSystem(pool *poolView) *Error {
	if !isSystemPool(pool.props) {
		return nil
	}
	switch {
	case strings.EqualFold(text(pool.props, "osType"), "Windows"):
		return badRequest("SystemPoolMustBeLinux", "agentPoolProfile.osType", "The system pool '%s' must be Linux.", pool.name)
	case strings.EqualFold(text(pool.props, "scaleSetPriority"), "Spot"):
		return badRequest("SystemPoolMustBeRegular", "agentPoolProfile.scaleSetPriority", "The system pool '%s' cannot be Spot.", pool.name)
	case cores(text(pool.props, "vmSize")) < 2:
		return badRequest("SystemPoolSkuTooLow", "agentPoolProfile.vmSize",
			"The VM size '%s' of the system pool '%s' has fewer than 2 cores.", text(pool.props, "vmSize"), pool.name)
	}
	for _, taint := range texts(pool.props, "nodeTaints") {
		if !slices.Contains(systemTaints, taint) && !strings.HasSuffix(taint, ":PreferNoSchedule") {
			return badRequest("SystemPoolHasRestrictedTaint", "agentPoolProfile.nodeTaints",
				"The taint '%s' is not allowed on the system pool '%s'.", taint, pool.name)
		}
	}
	return nil
}

var systemTaints = []string{"CriticalAddonsOnly=true:NoSchedule"}

var coresInSize = regexp.MustCompile(`^(?i:Standard|Basic)_[A-Za-z]+(\d+)`)

// cores guesses the number of cores from the first number in the name of a VM size. An unknown form passes.
func cores(size string) int {
	m := coresInSize.FindStringSubmatch(size)
	if m == nil {
		return 2
	}
	n, err := strconv.Atoi(m[1])
	if err != nil {
		return 2
	}
	return n
}

// poolVersion: a pool is never newer than the control plane and at most three minors older (n-3, from 1.28 on).
func (v *clusterView) poolVersion(pool *poolView) *Error {
	asked := text(pool.props, "orchestratorVersion")
	if asked == "" {
		return nil
	}
	full, ok := v.c.resolveVersion(asked)
	if !ok {
		return badRequest("AgentPoolK8sVersionNotSupported", "agentPoolProfile.orchestratorVersion",
			"Version %s of agent pool '%s' is not supported in this region.", asked, pool.name)
	}
	control, _ := v.c.resolveVersion(text(v.props, "kubernetesVersion"))
	if current := text(v.props, "currentKubernetesVersion"); current != "" && compareVersions(current, control) > 0 {
		control = current
	}
	if compareVersions(full, control) > 0 || minorsBetween(full, control) > 3 {
		return badRequest("NodePoolMcVersionIncompatible", "agentPoolProfile.orchestratorVersion",
			"Node pool version %s and control plane version %s are incompatible.", full, control)
	}
	return nil
}

// checkVersion: offered, no minor skipped, no way back.
func (v *clusterView) checkVersion() *Error {
	asked := text(v.props, "kubernetesVersion")
	full, ok := v.c.resolveVersion(asked)
	if !ok {
		return badRequest("K8sVersionNotSupported", "kubernetesVersion", "Managed cluster %s is on version %s which is not "+
			"supported in this region.", v.name(), asked)
	}
	if v.old == nil {
		return nil
	}
	current := text(v.old.properties(), "currentKubernetesVersion")
	v.props["currentKubernetesVersion"] = current
	if asked == text(v.old.properties(), "kubernetesVersion") || asked == minor(current) {
		return nil
	}
	if compareVersions(full, current) < 0 || minorsBetween(current, full) > 1 {
		return badRequest(CodeOperationNotAllowed, "kubernetesVersion",
			"Upgrading Kubernetes version %s to %s is not allowed.", current, full)
	}
	return nil
}
