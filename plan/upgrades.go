package plan

import (
	"strconv"
	"strings"
)

// UpgradesVersions tells whether AKS raises the Kubernetes version of a cluster by itself.
func (u Upgrade) UpgradesVersions() bool {
	switch u.Channel {
	case UpgradeChannelRapid, UpgradeChannelStable, UpgradeChannelPatch:
		return true
	default:
		return false
	}
}

// HasVersion tells whether a cluster that runs a version needs no upgrade to one that is asked for, 1.30 or 1.30.10. AKS takes no
// cluster back to an older version, so one that has gone further by itself has it too. What is no version is not had.
func HasVersion(running, asked string) bool {
	is, okIs := versionNumbers(running)
	wanted, okWanted := versionNumbers(asked)
	if !okIs || !okWanted {
		return false
	}
	for i := range min(len(is), len(wanted)) {
		if is[i] != wanted[i] {
			return is[i] > wanted[i]
		}
	}
	return len(is) >= len(wanted)
}

func versionNumbers(version string) ([]int, bool) {
	if !versionPattern.MatchString(version) {
		return nil, false
	}
	var numbers []int
	for part := range strings.SplitSeq(version, ".") {
		number, err := strconv.Atoi(part)
		if err != nil {
			return nil, false
		}
		numbers = append(numbers, number)
	}
	return numbers, true
}
