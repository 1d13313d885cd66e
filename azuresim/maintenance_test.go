package azuresim_test

import (
	"testing"
	"time"

	sim "github.com/aksidentity/pulumi-aksidentity/azuresim"
)

const day = 24 * time.Hour

// TestAClusterIsUpgradedInItsWindow: Epoch is a Thursday, the first window begins on the Saturday after it at 22:00 UTC.
func TestAClusterIsUpgradedInItsWindow(t *testing.T) {
	weekly := func(interval int) object {
		return object{"maintenanceWindow": object{"durationHours": 4, "startTime": "00:00", "utcOffset": "+02:00",
			"schedule": object{"weekly": object{"intervalWeeks": interval, "dayOfWeek": "Sunday"}}}}
	}
	for _, tc := range []struct {
		name, reason, channel string
		window                object
		after                 time.Duration
		version               string
	}{
		{"patch", "the newest patch of its minor", "patch", weekly(1), 3 * day, "1.31.13"},
		{"before the window", "nothing happens before", "patch", weekly(1), 2*day + 21*time.Hour, "1.31.5"},
		{"at its beginning", "midnight two hours east of Greenwich", "patch", weekly(1), 2*day + 22*time.Hour, "1.31.13"},
		{"stable", "one minor a window, up to the last but one", "stable", weekly(1), 10 * day, "1.33.5"},
		{"stable, much later", "not further", "stable", weekly(1), 100 * day, "1.34.1"},
		{"every other week", "the second window is two weeks after the first", "stable", weekly(2), 10 * day, "1.32.9"},
		{"rapid", "up to the newest", "rapid", weekly(1), 100 * day, "1.35.0"},
		{"node image", "changes no version", "node-image", weekly(1), 100 * day, "1.31.5"},
		{"no window", "AKS would choose a time; here it does not", "stable", nil, 100 * day, "1.31.5"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			w := newWorld(t)
			w.must(clusterID, clusterBody(object{"kubernetesVersion": "1.31.5", "autoUpgradeProfile": object{"upgradeChannel": tc.channel}}))
			if tc.window != nil {
				w.must(clusterID+"/maintenanceConfigurations/aksManagedAutoUpgradeSchedule", object{"properties": tc.window})
			}
			w.forward(tc.after)
			cluster := w.get(clusterID)
			if got := at(cluster, "properties.currentKubernetesVersion"); got != tc.version {
				t.Errorf("%s: after %s the cluster runs %v, not %s", tc.reason, tc.after, got, tc.version)
			}
			if got := at(cluster, "properties.agentPoolProfiles.0.currentOrchestratorVersion"); got != tc.version {
				t.Errorf("its nodes run %v", got)
			}
		})
	}
}

func TestAWindowThatIsOverDoesNotUpgradeAgain(t *testing.T) {
	w := newWorld(t)
	w.must(clusterID, clusterBody(object{"kubernetesVersion": "1.31.13", "autoUpgradeProfile": object{"upgradeChannel": "patch"}}))
	w.must(clusterID+"/maintenanceConfigurations/aksManagedAutoUpgradeSchedule", object{"properties": object{"maintenanceWindow": object{
		"durationHours": 4, "startTime": "00:00", "schedule": object{"weekly": object{"intervalWeeks": 1, "dayOfWeek": "Sunday"}}}}})
	w.forward(3 * day)
	w.get(clusterID)
	w.Configure(sim.WithKubernetesVersions("1.31.14", "1.32.9"))
	if got := at(w.get(clusterID), "properties.currentKubernetesVersion"); got != "1.31.13" {
		t.Errorf("a version that came after the window is there already: %v", got)
	}
	w.forward(7 * day)
	if got := at(w.get(clusterID), "properties.currentKubernetesVersion"); got != "1.31.14" {
		t.Errorf("the next window brings it, got %v", got)
	}
}
