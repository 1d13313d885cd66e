package azuresim

import (
	"strconv"
	"strings"
	"time"
)

// upgradeWindow is the maintenance configuration that says when AKS upgrades a cluster by itself.
const upgradeWindow = "aksManagedAutoUpgradeSchedule"

// maintain does what AKS has done by itself since the last call: a cluster with an upgrade channel is upgraded in each of its windows
// that has begun meanwhile. Only weekly windows are known, and channels that change versions (patch, stable, rapid; AKS
// documentation, auto-upgrade-cluster, read 2026-08); a cluster without a window stays as it is, though AKS chooses a time then.
func (c *Cloud) maintain() {
	now := c.clock.Now()
	if !now.After(c.maintained) {
		return
	}
	for _, window := range c.inside("") {
		if window.Type != MaintenanceConfigurationType || !strings.EqualFold(window.Name, upgradeWindow) {
			continue
		}
		id, err := parseID(window.ID)
		if err != nil {
			continue
		}
		cluster, _ := id.parent()
		since := c.maintained
		if since.Before(window.UpdatedOn) {
			since = window.UpdatedOn
		}
		for range beginnings(object(window.Body, "properties", "maintenanceWindow"), since, now) {
			c.upgradeByItself(c.lookup(cluster))
		}
	}
	c.maintained = now
}

// beginnings counts how often a window begins after since, until now. The weeks of a longer interval count from the first one on.
func beginnings(window map[string]any, since, now time.Time) int {
	weekly := object(window, "schedule", "weekly")
	day, known := weekdays[strings.ToLower(text(weekly, "dayOfWeek"))]
	clock, err := time.Parse("15:04 -07:00", text(window, "startTime")+" "+offset(text(window, "utcOffset")))
	if !known || err != nil {
		return 0
	}
	interval, _ := number(weekly, "intervalWeeks")
	every := max(1, int(interval))
	count, weeks := 0, 0
	for at := time.Date(since.Year(), since.Month(), since.Day()-1, clock.Hour(), clock.Minute(), 0, 0, clock.Location()); !at.After(now); at = at.AddDate(0, 0, 1) {
		if at.Weekday() != day || !at.After(since) {
			continue
		}
		if weeks%every == 0 {
			count++
		}
		weeks++
	}
	return count
}

var weekdays = func() map[string]time.Weekday {
	out := map[string]time.Weekday{}
	for day := range time.Weekday(7) {
		out[strings.ToLower(day.String())] = day
	}
	return out
}()

// offset is +00:00 unless a window says otherwise.
func offset(given string) string {
	if given == "" {
		return "+00:00"
	}
	return given
}

// upgradeByItself brings a cluster and its pools one step nearer to what its channel wants: AKS never skips a minor.
func (c *Cloud) upgradeByItself(cluster *resource) {
	if cluster == nil {
		return
	}
	current := text(cluster.Body, "properties", "currentKubernetesVersion")
	version := c.next(current, text(cluster.Body, "properties", "autoUpgradeProfile", "upgradeChannel"))
	if version == "" || compareVersions(version, current) <= 0 {
		return
	}
	// A version is JSON, so that nothing can be wrong with it.
	_ = c.edited(cluster, func(body map[string]any) { setVersion(body, version, clusterVersions...) })
	for _, pool := range c.childrenOf(cluster.ID, AgentPoolType) {
		_ = c.edited(pool, func(body map[string]any) { setVersion(body, version, poolVersions...) })
	}
}

// next is the version that a channel upgrades to; "" for one that does not.
func (c *Cloud) next(current, channel string) string {
	if len(c.versions) == 0 {
		return ""
	}
	var target string
	switch strings.ToLower(channel) {
	case "patch":
		target = minor(current)
	case "stable":
		target = minor(c.defaultVersion())
	case "rapid":
		target = minor(c.versions[len(c.versions)-1])
	default:
		return ""
	}
	if minorsBetween(current, target) > 1 {
		target = "1." + strconv.Itoa(versionPart(current, 1)+1)
	}
	full, _ := c.resolveVersion(target)
	return full
}

// The properties that say which Kubernetes a cluster and a pool run.
var (
	clusterVersions = []string{"kubernetesVersion", "currentKubernetesVersion"}
	poolVersions    = []string{"orchestratorVersion", "currentOrchestratorVersion"}
)

func setVersion(body map[string]any, version string, names ...string) {
	for _, name := range names {
		put(body, version, "properties", name)
	}
}
