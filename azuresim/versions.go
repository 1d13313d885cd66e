package azuresim

import (
	"strconv"
	"strings"
)

// defaultVersions are the Kubernetes versions that the service offers: one full version for each minor, ascending. A
// plausible set of 2026, not a copy of any region's; see WithKubernetesVersions.
func defaultVersions() []string {
	return []string{"1.29.15", "1.30.14", "1.31.13", "1.32.9", "1.33.5", "1.34.1", "1.35.0"}
}

// defaultVersion is the last but one minor, as AKS does (N-1).
func (c *Cloud) defaultVersion() string {
	if n := len(c.versions); n > 1 {
		return c.versions[n-2]
	}
	return strings.Join(c.versions, "")
}

// resolveVersion turns "1.30" into the full version on offer, and checks a full one. ok is false for what is not offered.
func (c *Cloud) resolveVersion(asked string) (full string, ok bool) {
	if asked == "" {
		return c.defaultVersion(), true
	}
	for _, offered := range c.versions {
		if minor(offered) != minor(asked) {
			continue
		}
		if asked == minor(asked) {
			return offered, true
		}
		return asked, compareVersions(asked, offered) <= 0
	}
	return "", false
}

// minor is "1.30" of "1.30.14".
func minor(version string) string {
	parts := strings.SplitN(version, ".", 3)
	if len(parts) < 2 {
		return version
	}
	return parts[0] + "." + parts[1]
}

// minorsBetween is how many minors b is ahead of a.
func minorsBetween(a, b string) int { return versionPart(b, 1) - versionPart(a, 1) }

func versionPart(version string, i int) int {
	parts := strings.Split(version, ".")
	if i >= len(parts) {
		return 0
	}
	n, _ := strconv.Atoi(parts[i])
	return n
}

func compareVersions(a, b string) int {
	for i := range 3 {
		if d := versionPart(a, i) - versionPart(b, i); d != 0 {
			return d
		}
	}
	return 0
}
